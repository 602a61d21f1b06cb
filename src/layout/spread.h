/* Labels of one column moved apart until none touches the next. */
#ifndef OF_LAYOUT_SPREAD_H
#define OF_LAYOUT_SPREAD_H

#include <glib.h>

/* A label of a column: where it wishes its middle to be, and how high it is. Points. */
typedef struct {
    double wish, height;
    double middle; /* (out) */
} OfSpreadLabel;

/* of_spread_place:
 * @labels: (inout) (array length=n): rising by their wishes
 * @top: no label begins above it
 * @bottom: no label ends below it, as long as all have room
 *
 * Sets the middles so that no two labels overlap and the sum of squared distances from the wishes is least: labels that would touch
 * become a block that stands at the mean of its wishes, as in the pool-adjacent-violators algorithm (Ayer et al., "An empirical distribution function for sampling with incomplete
 * information", 1955). */
void of_spread_place(OfSpreadLabel *labels, guint n, double top, double bottom);

#endif
