/* Recombination of orders.
 *
 * 1. Crossings between each order at a step and each order at the next are counted once, when an order enters the pool:
 *    O(T E n log n) for one of E orders over T steps.
 * 2. An upside-down order needs no counts of its own: two that are both turned cross as often as before, and where one of them
 *    is turned, the crossing pairs are those that did not cross.
 * 3. The cheapest way through the steps, one order a step, is found as Viterbi does: O(T (2E)²).
 *
 * Source: Viterbi, IEEE Transactions on Information Theory 13 (1967); the pool is our own. */
#include "layout/recombine.h"

#include <string.h>

enum { POOL_SIZE = 64, POOL_LEAST = 8 };
/* The pool shrinks on large stories, so that it takes at most about 32 MB of counts and 64 MB of orders. */
static const gsize MAX_COUNTS = (gsize) 1 << 23;
static const gsize MAX_CELLS = (gsize) 1 << 23;

struct _OfPool {
    const OfGrouping *grouping;
    guint n;
    guint size;
    OfRanking *orders[POOL_SIZE];
    gint64 crossings[POOL_SIZE];
    gint32 *count;   /* [(step * size + i) * size + j]: crossings from order i at @step to order j at @step + 1 */
    gint64 *pairs;   /* [step]: pairs of lines that stand at @step and at @step + 1 */
    gint32 *scratch; /* 2 * n_lines */
    guint64 work;
};

OfPool *of_pool_new(const OfGrouping *grouping)
{
    OfPool *pool = g_new0(OfPool, 1);
    gsize n_steps = MAX(grouping->n_steps, 1);
    gsize cells = MAX(n_steps * grouping->n_lines, 1);
    pool->grouping = grouping;
    pool->size = POOL_SIZE;
    while (pool->size > POOL_LEAST && (pool->size * pool->size * n_steps > MAX_COUNTS || pool->size * cells > MAX_CELLS)) {
        pool->size--;
    }
    pool->count = g_new0(gint32, pool->size * pool->size * n_steps);
    pool->pairs = g_new0(gint64, n_steps);
    pool->scratch = g_new(gint32, 2 * (gsize) grouping->n_lines + 1);
    for (guint step = 0; step + 1 < grouping->n_steps; step++) {
        gint64 n = 0;
        for (guint line = 0; line < grouping->n_lines; line++) {
            n += grouping->first[line] <= step && step + 1 <= grouping->last[line] ? 1 : 0;
        }
        pool->pairs[step] = n * (n - 1) / 2;
    }
    return pool;
}

void of_pool_free(OfPool *pool)
{
    if (pool == NULL) {
        return;
    }
    for (guint i = 0; i < pool->n; i++) {
        of_ranking_free(pool->orders[i]);
    }
    g_free(pool->count);
    g_free(pool->pairs);
    g_free(pool->scratch);
    g_free(pool);
}

static gboolean are_equal(const OfRanking *a, const OfRanking *b)
{
    return memcmp(a->rank, b->rank, (gsize) a->n_lines * a->n_steps * sizeof(gint32)) == 0;
}

/* Finds the place for a new order, or −1 where it is not wanted. */
static gint find_place(const OfPool *pool, const OfRanking *ranking, gint64 crossings)
{
    guint worst = 0;
    for (guint i = 0; i < pool->n; i++) {
        if (pool->crossings[i] == crossings && are_equal(pool->orders[i], ranking)) {
            return -1;
        }
        if (pool->crossings[i] >= pool->crossings[worst]) {
            worst = i;
        }
    }
    if (pool->n < pool->size) {
        return (gint) pool->n;
    }
    return crossings <= pool->crossings[worst] ? (gint) worst : -1;
}

void of_pool_add(OfPool *pool, const OfRanking *ranking, gint64 crossings)
{
    const OfGrouping *grouping = pool->grouping;
    gint place = find_place(pool, ranking, crossings);
    if (place < 0 || grouping->n_steps == 0) {
        return;
    }
    guint at = (guint) place;
    if (at == pool->n) {
        pool->orders[at] = of_ranking_new(grouping->n_lines, grouping->n_steps);
        pool->n++;
    }
    of_ranking_copy_steps(pool->orders[at], ranking, 0, grouping->n_steps - 1);
    pool->crossings[at] = crossings;
    for (guint step = 0; step + 1 < grouping->n_steps; step++) {
        gint32 *count = pool->count + (gsize) step * pool->size * pool->size;
        for (guint i = 0; i < pool->n; i++) {
            count[at * pool->size + i] = (gint32) of_ranking_count_between(ranking, step, pool->orders[i], step + 1, pool->scratch);
            count[i * pool->size + at] = (gint32) of_ranking_count_between(pool->orders[i], step, ranking, step + 1, pool->scratch);
        }
        pool->work += (guint64) pool->n * ranking->n[step] * 4;
    }
}

/* Copies one step of a pool's order, upside down where @turned. */
static void copy_step(OfRanking *to, const OfRanking *from, guint step, gboolean turned, gint32 *scratch)
{
    guint n = from->n[step];
    for (guint i = 0; i < n; i++) {
        scratch[i] = of_ranking_get_line(from, step, turned ? n - 1 - i : i);
    }
    of_ranking_set_step(to, step, scratch, n);
}

gint64 of_pool_mix(OfPool *pool, OfRandom *random, OfRanking *mixture)
{
    guint n_steps = pool->grouping->n_steps;
    guint n = pool->n;
    guint n_states = pool->grouping->fixed ? n : 2 * n; /* state n + i is order i upside down */
    g_autofree gint64 *value = g_new0(gint64, n_states);
    g_autofree gint64 *value_after = g_new0(gint64, n_states);
    g_autofree guint32 *from = g_new0(guint32, (gsize) n_steps * n_states + 1);
    if (n_steps == 0) {
        return 0;
    }
    for (guint step = 0; step + 1 < n_steps; step++) {
        const gint32 *count = pool->count + (gsize) step * pool->size * pool->size;
        for (guint j = 0; j < n_states; j++) {
            gint64 least = G_MAXINT64;
            guint32 n_ties = 0;
            for (guint i = 0; i < n_states; i++) {
                gint64 crossings = count[(i % n) * pool->size + j % n];
                crossings = value[i] + ((i < n) == (j < n) ? crossings : pool->pairs[step] - crossings);
                if (crossings > least) {
                    continue;
                }
                n_ties = crossings < least ? 1 : n_ties + 1;
                if (n_ties == 1 || of_random_below(random, n_ties) == 0) {
                    from[(gsize) (step + 1) * n_states + j] = i;
                }
                least = crossings;
            }
            value_after[j] = least;
        }
        memcpy(value, value_after, n_states * sizeof(gint64));
    }
    guint state = 0;
    for (guint i = 1; i < n_states; i++) {
        state = value[i] < value[state] ? i : state;
    }
    gint64 total = value[state];
    for (guint step = n_steps; step-- > 0;) {
        copy_step(mixture, pool->orders[state % n], step, state >= n, pool->scratch);
        state = from[(gsize) step * n_states + state];
    }
    pool->work += (guint64) n_steps * n_states * n_states;
    return total;
}

guint64 of_pool_get_work(const OfPool *pool)
{
    return pool->work;
}
