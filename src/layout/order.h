/* The vertical order at each slot, as runs of people: the people of a lane, or people between two labs.
 *
 * Runs that do not change from slot to slot share their list of people, so that a story of thousands of people over thousands
 * of slots needs room for what changes only. */
#ifndef OF_LAYOUT_ORDER_H
#define OF_LAYOUT_ORDER_H

#include "layout/ranking.h"
#include "layout/slots.h"

typedef struct {
    gint32 lane;   /* OF_LANE_NONE: each of its people stands alone */
    guint32 first; /* index of its topmost person in OfOrder.people */
    guint32 n;     /* at least 1 */
} OfRun;

typedef struct {
    guint n_slots;
    guint32 *start; /* [n_slots + 1]: index of the topmost run of a slot in @runs */
    GArray *runs;   /* OfRun, slot after slot, top to bottom */
    GArray *people; /* guint32 */
} OfOrder;

/* of_order_new:
 * @n_slots: number of slots
 *
 * Returns: (transfer full): an order without runs; free with of_order_free(). */
OfOrder *of_order_new(guint n_slots);

/* of_order_free:
 * @order: (nullable): what to free */
void of_order_free(OfOrder *order);

/* of_order_from_ranking:
 * @ranking: order of the people at each slot
 * @grouping: who stands together, with lanes for groups
 * @lane_of_group: (nullable): lane of each group; NULL: a group's number is its lane
 *
 * Returns: (transfer full): the same order as runs. */
OfOrder *of_order_from_ranking(const OfRanking *ranking, const OfGrouping *grouping, const gint32 *lane_of_group);

/* of_order_to_ranking:
 * @order: order
 * @n_people: number of people
 *
 * Returns: (transfer full): the same order as ranks. */
OfRanking *of_order_to_ranking(const OfOrder *order, guint n_people);

/* of_order_count_crossings:
 * @order: order
 * @n_people: number of people
 *
 * Returns: number of pairs whose order differs between consecutive slots, over all slots. A run that did not change counts as
 * one heavy line: O(m log m) for m changed people and runs a slot. */
gint64 of_order_count_crossings(const OfOrder *order, guint n_people);

/* of_order_get_runs:
 * @order: order
 * @slot: slot
 * @n: (out): their number
 *
 * Returns: (transfer none): the runs of @slot, top to bottom. */
static inline const OfRun *of_order_get_runs(const OfOrder *order, guint slot, guint *n)
{
    *n = order->start[slot + 1] - order->start[slot];
    return &g_array_index(order->runs, OfRun, order->start[slot]);
}

static inline const guint32 *of_order_get_people(const OfOrder *order, const OfRun *run)
{
    return &g_array_index(order->people, guint32, run->first);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(OfOrder, of_order_free)

#endif
