/* The edges of lanes: a lane begins and ends with its lab and is as tall as its people need in between. */
#ifndef OF_LAYOUT_OUTLINES_H
#define OF_LAYOUT_OUTLINES_H

#include "layout/bezier.h"
#include "layout/heights.h"
#include "layout/timescale.h"

typedef struct {
    gint32 lane;
    guint32 first_slot;
    guint32 end_slot; /* slot after the last */
    double from;      /* x */
    double to;
    guint32 top; /* index in OfOutlines.points of the upper edge, left to right */
    guint32 n_top;
    guint32 bottom; /* of the lower edge, left to right */
    guint32 n_bottom;
} OfOutline;

typedef struct {
    GArray *outlines; /* OfOutline, by lane, then from left to right */
    GArray *points;   /* OfLayoutPoint */
} OfOutlines;

/* of_outlines_new:
 * @slots: slots
 * @heights: boxes
 * @timescale: where changes are drawn
 *
 * Returns: (transfer full): one outline for each unbroken time in which a lane is in the picture; free with
 * of_outlines_free(). */
OfOutlines *of_outlines_new(const OfSlots *slots, const OfHeights *heights, const OfTimescale *timescale);

/* of_outlines_free:
 * @outlines: (nullable): what to free */
void of_outlines_free(OfOutlines *outlines);

/* of_outlines_get_span:
 * @outlines: outlines
 * @outline: one of them
 * @x: where
 * @top: (out): y of its upper edge there
 * @bottom: (out): y of its lower edge there */
void of_outlines_get_span(const OfOutlines *outlines, const OfOutline *outline, double x, double *top, double *bottom);

/* of_outlines_cut:
 * @outlines: outlines
 * @outline: one of them
 * @from: left edge of the part wanted
 * @to: its right edge
 *
 * The area of a lane during a time, such as that of one stance.
 *
 * Returns: (transfer full): OfLayoutPoint, a closed path of 3 k + 1 points, the last equal to the first; empty where the lane
 * is not in the picture. Free with g_array_unref(). */
GArray *of_outlines_cut(const OfOutlines *outlines, const OfOutline *outline, double from, double to);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(OfOutlines, of_outlines_free)

#endif
