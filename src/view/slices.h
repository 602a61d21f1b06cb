/* The days that an alluvial drawing cuts through. */
#ifndef OF_VIEW_SLICES_H
#define OF_VIEW_SLICES_H

#include "view/selection.h"

typedef struct {
    OfDay day;
    OfDate date; /* as it is shown: "2023", "Jan 2023", "26 May 2025" */
} OfSlice;

/* The slices that the options ask for, in time order, each day once:
 *   - `slices`: each date at its drawn day, the middle (2023 is 2 July 2023);
 *   - else the first and last day of the window, and the first day of every `every` between, unless it is within a third of
 *     that period of either; without `every` years, or finer periods where these are under three slices, coarser where they are
 *     more than most.
 * first_day: where the window begins unless `from` says it. Returns an array of OfSlice, at least one; freed with
 * g_array_unref(). */
GArray *of_slices_choose(const OfSelection *selection, OfDay first_day, guint most);

#endif
