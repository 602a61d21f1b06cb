/* Smooth curves as lists of points: a start, then two control points and an end for each piece (3 k + 1 points in all). */
#ifndef OF_LAYOUT_BEZIER_H
#define OF_LAYOUT_BEZIER_H

#include <glib.h>

typedef struct {
    double x; /* points, to the right */
    double y; /* points, downwards */
} OfLayoutPoint;

/* of_bezier_line_to:
 * @points: (inout): OfLayoutPoint; at least one
 * @x: end
 * @y: end
 *
 * Appends a straight piece, unless it would have no length. */
void of_bezier_line_to(GArray *points, double x, double y);

/* of_bezier_bend_to:
 * @points: (inout): OfLayoutPoint; at least one
 * @x: end, not before the last point
 * @y: end
 *
 * Appends a piece that leaves and arrives horizontally. */
void of_bezier_bend_to(GArray *points, double x, double y);

/* of_bezier_get_y:
 * @points: (array length=n): a curve whose pieces never run back to the left
 * @n: 3 k + 1
 * @x: where; outside the curve its nearer end counts
 *
 * Returns: the height of the curve at @x. */
double of_bezier_get_y(const OfLayoutPoint *points, guint n, double x);

/* of_bezier_cut:
 * @points: (array length=n): a curve whose pieces never run back to the left
 * @n: 3 k + 1
 * @from: left end of the part wanted
 * @to: right end, not before @from
 * @part: (inout): OfLayoutPoint; gets the 3 k + 1 points of the part, after what it holds
 *
 * Cuts by de Casteljau's construction. */
void of_bezier_cut(const OfLayoutPoint *points, guint n, double from, double to, GArray *part);

#endif
