/* From days to x: a true scale for dates, and for the moments of change the same scale with crowds spread out. */
#ifndef OF_LAYOUT_TIMESCALE_H
#define OF_LAYOUT_TIMESCALE_H

#include "layout/heights.h"
#include "layout/slots.h"

typedef struct {
    double left;
    double right;
    gint32 first_day;
    gint32 end_day;
    guint n_slots;
    double *x;    /* [n_slots + 1]: where the change at the beginning of a slot is drawn; the last is the end of the story */
    double *half; /* [n_slots + 1]: half of the width of that change: no two overlap */
} OfTimescale;

/* of_timescale_new:
 * @slots: slots
 * @n_moves: [n_slots + 1]: number of lines that change lane at the beginning of each slot
 * @page: left and right edge, and the bend wished for
 *
 * A change wishes for room that grows with the number of moves. Where changes are too close for that, they are pushed apart
 * so that the sum of the squares of the shifts is least; elsewhere they stand at their true place.
 *
 * Source: isotonic regression by pooling adjacent violators, Ayer et al., Annals of Mathematical Statistics 26 (1955).
 *
 * Returns: (transfer full): free with of_timescale_free(). */
OfTimescale *of_timescale_new(const OfSlots *slots, const guint32 *n_moves, const OfLayoutPage *page);

/* of_timescale_free:
 * @timescale: (nullable): what to free */
void of_timescale_free(OfTimescale *timescale);

/* of_timescale_get_x:
 * @timescale: scale
 * @day: a day
 *
 * Returns: its x by the true scale, within the plot. */
double of_timescale_get_x(const OfTimescale *timescale, gint32 day);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(OfTimescale, of_timescale_free)

#endif
