/* Numbers as drawings write them: short, the same in every locale. */
#ifndef OF_BASE_NUMBER_H
#define OF_BASE_NUMBER_H

#include <glib.h>

/* Appends value rounded to at most `decimals` places (0 to 4), without trailing zeros and never as "-0". value must be finite
 * and below 1e12 in size; pictures are held to that by of_paint_check. */
void of_number_append(GString *text, double value, guint decimals);

/* Appends value so that reading it again gives the same number: 15 digits where they are enough, else 17. value must be finite. */
void of_number_append_exact(GString *text, double value);

#endif
