/* The drawing as an SVG element, for files and for pages that hold it. */
#ifndef OF_PAINT_SVG_H
#define OF_PAINT_SVG_H

#include "paint/paint.h"

/* Writes one picture, which of_paint_check has passed, as an <svg> element with its namespaces, with an XML declaration before
 * it where `document`. All ids begin with the picture's, so that several can stand in one page. Returns UTF-8 with a newline at
 * its end, owned by the caller, or NULL with error (see OfPainter.paint). */
char *of_svg_write(const OfPicture *picture, const OfPaintSettings *settings, bool document, GError **error);

#endif
