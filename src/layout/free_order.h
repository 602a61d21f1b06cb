/* The vertical order of lines where a group may stand anywhere at each moment. */
#ifndef OF_LAYOUT_FREE_ORDER_H
#define OF_LAYOUT_FREE_ORDER_H

#include "layout/search.h"

/* of_free_order_search:
 * @grouping: who stands together; where its lanes are fixed they stay so
 * @effort: how much to search
 * @seed: of the pseudo-random choices; 0 for drawings
 * @start: (nullable): a legal order to begin with; it is returned unless another has fewer crossings
 * @crossings: (out): crossings of the result
 * @work: (out) (optional): cell updates spent
 *
 * Returns: (transfer full): an order with as few crossings as were found; free with of_ranking_free(). */
OfRanking *of_free_order_search(const OfGrouping *grouping, OfEffort effort, guint64 seed, const OfRanking *start,
                                gint64 *crossings, guint64 *work);

/* of_free_order_refine:
 * @grouping: who stands together
 * @effort: how much to search
 * @bound: a number of crossings that no order can undercut; reaching it ends the search
 * @start: a legal order, which is returned unless another has fewer crossings
 * @crossings: (out): crossings of the result
 *
 * The same search with a known bound.
 *
 * Returns: (transfer full): free with of_ranking_free(). */
OfRanking *of_free_order_refine(const OfGrouping *grouping, OfEffort effort, gint64 bound, const OfRanking *start,
                                gint64 *crossings);

#endif
