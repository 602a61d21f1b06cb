/* A pool of good orders of one story, and their best mixture: for each step the order of one of them. */
#ifndef OF_LAYOUT_RECOMBINE_H
#define OF_LAYOUT_RECOMBINE_H

#include "layout/grouping.h"
#include "layout/random.h"
#include "layout/ranking.h"

typedef struct _OfPool OfPool;

/* of_pool_new:
 * @grouping: (transfer none): must outlive the pool
 *
 * Returns: (transfer full): an empty pool; free with of_pool_free(). */
OfPool *of_pool_new(const OfGrouping *grouping);

/* of_pool_free:
 * @pool: (nullable): what to free */
void of_pool_free(OfPool *pool);

/* of_pool_add:
 * @pool: pool
 * @ranking: a legal order of the story; copied
 * @crossings: its crossings
 *
 * Adds the order; a full pool gives up its worst, or refuses what is worse than that. An order that is there is not added. */
void of_pool_add(OfPool *pool, const OfRanking *ranking, gint64 crossings);

/* of_pool_mix:
 * @pool: pool that is not empty
 * @random: breaks ties
 * @mixture: (out): the best mixture; where lanes are free, an order may be taken upside down
 *
 * Returns: the crossings of @mixture, never more than those of the pool's best. */
gint64 of_pool_mix(OfPool *pool, OfRandom *random, OfRanking *mixture);

/* of_pool_get_work:
 * @pool: pool
 *
 * Returns: work so far, in the unit of of_reinserter_get_work(). */
guint64 of_pool_get_work(const OfPool *pool);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(OfPool, of_pool_free)

#endif
