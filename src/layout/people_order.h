/* The vertical order of people for a given order of lanes. */
#ifndef OF_LAYOUT_PEOPLE_ORDER_H
#define OF_LAYOUT_PEOPLE_ORDER_H

#include "layout/order.h"
#include "layout/search.h"

/* of_people_order_build:
 * @slots: who is where
 * @lane_order: (array length=n_lanes): lanes, top to bottom
 * @key: (nullable): [person]: breaks ties, lower stands higher; NULL: the index does
 *
 * Builds an order slot by slot in which two people change their order only when their lanes force them to. The choice between
 * two people whom nothing orders hangs on these two alone, so that one more person does not change it.
 *
 * Returns: (transfer full): free with of_order_free(). */
OfOrder *of_people_order_build(const OfSlots *slots, const gint32 *lane_order, const gint32 *key);

/* of_people_order_make_grouping:
 * @slots: who is where
 * @place: [lane]: its place in the order, or NULL where lanes are free
 *
 * Returns: (transfer full): people as lines, slots as steps; a group's number is the place of its lane, or the lane. */
OfGrouping *of_people_order_make_grouping(const OfSlots *slots, const gint32 *place);

/* of_people_order_find:
 * @slots: who is where
 * @lane_order: (array length=n_lanes): lanes, top to bottom
 * @key: (nullable): as for of_people_order_build()
 * @bound: crossings that no order for these lanes can undercut, or −1 if unknown
 * @effort: how much to search
 * @crossings: (out): crossings of the result
 *
 * Builds an order; where that does not reach @bound, and re-inserting every person once fits into the budget of the search,
 * searches for a better one.
 *
 * Returns: (transfer full): free with of_order_free(). */
OfOrder *of_people_order_find(const OfSlots *slots, const gint32 *lane_order, const gint32 *key, gint64 bound, OfEffort effort,
                              gint64 *crossings);

#endif
