/* Takes out of a template what is not its look: slides with their notes, comments and sections, thumbnails, properties, links to
 * slides. Private to template.c. */
#ifndef OF_PAINT_TEMPLATE_CLEAN_H
#define OF_PAINT_TEMPLATE_CLEAN_H

#include "paint/part.h"

/* presentation: the part's name. error, a sentence without a subject: see of_part_parse(). */
bool of_template_clean(OfPackage *package, const char *presentation, GError **error);

#endif
