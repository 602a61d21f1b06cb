/* Taking a line, or a block of lines that stay together, out of an order and putting it back where it crosses least.
 *
 * Re-insertion is exact for the block, given the order of all others: a dynamic programme over the steps whose states are
 * the ranks at which the block may stand. It is the move that every search for vertical orders here is made of. */
#ifndef OF_LAYOUT_REINSERT_H
#define OF_LAYOUT_REINSERT_H

#include "layout/grouping.h"
#include "layout/random.h"
#include "layout/ranking.h"

typedef struct _OfReinserter OfReinserter;

/* How the members of a block stand among themselves when it is put back. */
typedef enum {
    OF_INNER_AS_IS,
    OF_INNER_BY_BEFORE, /* as they stand at the step before the span */
    OF_INNER_BY_AFTER,  /* as they stand at the step after it */
    OF_INNER_REVERSED,
    OF_N_INNER,
} OfInnerOrder;

/* of_reinserter_new:
 * @grouping: (transfer none): must outlive the result
 * @ranking: (transfer none): the order to work on; must outlive the result
 * @random: (nullable) (transfer none): breaks ties between equally good ways at random; without it the topmost wins
 *
 * Returns: (transfer full): free with of_reinserter_free(). */
OfReinserter *of_reinserter_new(const OfGrouping *grouping, OfRanking *ranking, OfRandom *random);

/* of_reinserter_free:
 * @reinserter: (nullable): what to free */
void of_reinserter_free(OfReinserter *reinserter);

/* of_reinserter_get_work:
 * @reinserter: re-inserter
 *
 * Returns: number of cells updated so far: the unit in which budgets are counted. */
guint64 of_reinserter_get_work(const OfReinserter *reinserter);

/* of_reinsert_take_out:
 * @reinserter: re-inserter
 * @line: a line that stands at all of the steps
 * @first: first step
 * @last: last step, included
 *
 * Returns: number of crossings that went with it. */
gint64 of_reinsert_take_out(OfReinserter *reinserter, guint line, guint first, guint last);

/* of_reinsert_put_back:
 * @reinserter: re-inserter
 * @line: a line that stands at none of the steps
 * @first: first step
 * @last: last step, included
 *
 * Returns: number of crossings that came with it, the least possible for the order of the others. */
gint64 of_reinsert_put_back(OfReinserter *reinserter, guint line, guint first, guint last);

/* of_reinsert_block:
 * @reinserter: re-inserter
 * @members: @n lines that stand in one group, without a foreign line between them, at each of the steps
 * @n: their number
 * @first: first step
 * @last: last step, included
 * @inner: how the members stand among themselves afterwards
 *
 * Moves the block to where it crosses least; leaves everything as it was if that would be worse than before.
 *
 * Returns: the change in the number of crossings, never above 0. */
gint64 of_reinsert_block(OfReinserter *reinserter, const guint32 *members, guint n, guint first, guint last, OfInnerOrder inner);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(OfReinserter, of_reinserter_free)

#endif
