/* One vertical order of lanes for a whole drawing. */
#ifndef OF_LAYOUT_LANE_ORDER_H
#define OF_LAYOUT_LANE_ORDER_H

#include "layout/lane_terms.h"
#include "layout/search.h"

/* Above this many lanes their order is not searched: they stand as given, children under their parents. */
#define OF_MAX_SEARCHED_LANES 3000

typedef struct {
    const OfLayoutLane *lanes; /* (array length=n_lanes) */
    guint n_lanes;
    const gint32 *pinned;   /* (nullable) (array length=n_pinned): lanes that stand first, in this order, among their … */
    guint n_pinned;         /* … siblings; a lane moves with its children */
    const gint32 *previous; /* (nullable) (array length=n_previous): an order to keep unless another is better */
    guint n_previous;
    OfEffort effort;
} OfLaneOrder;

/* of_lane_order_find:
 * @request: what to order
 * @terms: (nullable): what an order costs; NULL: the lanes stand as given
 * @work: (out) (optional): coupling updates spent
 *
 * Finds the order with the fewest forced crossings; among those, the one in which people travel past the fewest lanes, then
 * the one nearest to the order of indices. A parent stands directly above its children, and a subtree stands together.
 *
 * Returns: (transfer full): n_lanes lane indices, top to bottom; free with g_free(). */
gint32 *of_lane_order_find(const OfLaneOrder *request, const OfLaneTerms *terms, guint64 *work);

#endif
