/* Ticks of a time axis: years, quarters, months or days, by the room there is. */
#ifndef OF_VIEW_AXIS_H
#define OF_VIEW_AXIS_H

#include "base/date.h"

typedef struct {
    OfDay day;
    bool major;    /* a year, or the coarser of two steps */
    char text[24]; /* "2024", "Q2", "Apr", "14" */
} OfTick;

/* Ticks from first to last day (both included) on a scale of day_width points a day. Returns an array of OfTick in time order, at least one
 * where any step falls into the span; freed with g_array_unref(). */
GArray *of_axis_ticks(OfDay first, OfDay last, double day_width);

#endif
