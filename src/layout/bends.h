/* Where people's lines change their height: the first half of routing.h. */
#ifndef OF_LAYOUT_BENDS_H
#define OF_LAYOUT_BENDS_H

#include "layout/heights.h"
#include "layout/timescale.h"

/* A person stands at @y from @slot on, until the next bend. */
typedef struct {
    guint32 person;
    guint32 slot;
    guint32 stay; /* index in OfSlots.stays */
    gboolean changes_lane;
    double y_before; /* equal to @y for a person's first bend */
    double y;
    double from; /* x at which the line leaves the height before; that of the slot for a person's first bend */
    double to;   /* x at which it arrives */
} OfBend;

typedef struct {
    GArray *bends;         /* OfBend, by person, then slot */
    guint32 *person_start; /* [n_people + 1] */
} OfBends;

/* of_bends_new:
 * @slots: who is where
 * @order: vertical order
 * @heights: boxes
 * @timescale: where changes are drawn
 *
 * Shifts within a lane that add up to less than a quarter of a point (in a crowd, two points) are left out.
 *
 * Returns: (transfer full): free with of_bends_free(). */
OfBends *of_bends_new(const OfSlots *slots, const OfOrder *order, const OfHeights *heights, const OfTimescale *timescale);

/* of_bends_free:
 * @bends: (nullable): what to free */
void of_bends_free(OfBends *bends);

/* of_bends_get_y:
 * @bends: bends
 * @person: a person who lives at @slot
 * @slot: slot
 *
 * Returns: the height of their main line at @slot. */
double of_bends_get_y(const OfBends *bends, guint person, guint slot);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(OfBends, of_bends_free)

#endif
