/* Barycentre sweeps under the constraint that groups stay together.
 *
 * 1. Every step begins with its groups and their members in random order.
 * 2. A sweep goes through the steps one way. At each, a line is drawn towards its relative height at the step before in the
 *    sweep, or where it did not stand there, towards the height it has; a group is drawn towards the mean of its lines. Groups
 *    are sorted, and the lines within each.
 * 3. A trip is a sweep there and one back.
 *
 * Source: Liu et al., "StoryFlow", IEEE TVCG 19 (2013), §5.2, after Sugiyama, Tagawa and Toda (1981). */
#include "layout/barycentre.h"

#include <stdlib.h>

typedef struct {
    gint64 group_key;
    gint64 key;
    gint32 group;
    gint32 rank;
    gint32 line;
} Pull;

static gint compare_pulls(gconstpointer a, gconstpointer b)
{
    const Pull *p = a;
    const Pull *q = b;
    if (p->group_key != q->group_key) {
        return p->group_key < q->group_key ? -1 : 1;
    }
    if (p->group != q->group) {
        return p->group < q->group ? -1 : 1;
    }
    if (p->key != q->key) {
        return p->key < q->key ? -1 : 1;
    }
    return p->rank < q->rank ? -1 : p->rank > q->rank;
}

/* Heights are counted in 2^16 parts of the order. */
static gint64 get_height(gint32 rank, guint n)
{
    return ((gint64) (2 * rank + 1) << 15) / MAX(n, 1);
}

/* Sorts @step by the pull of @from, or, where that is @step itself, by what the pulls already say. */
static void sort_step(const OfGrouping *grouping, OfRanking *ranking, guint step, guint from, Pull *pulls, gint64 *sums,
                      gint32 *lines)
{
    guint n = ranking->n[step];
    gsize n_keys = (gsize) grouping->n_groups + grouping->n_lines;
    gint64 *counts = sums + n_keys;
    for (guint i = 0; i < n; i++) {
        gint32 line = of_ranking_get_line(ranking, step, i);
        gint32 group = of_grouping_get_group(grouping, (guint) line, step);
        gint32 there = of_ranking_get_rank(ranking, from, (guint) line);
        gint64 key = there >= 0 ? get_height(there, ranking->n[from]) : get_height((gint32) i, n);
        pulls[i] = (Pull){.key = key, .group = group, .rank = (gint32) i, .line = line};
        sums[group] = 0;
        counts[group] = 0;
    }
    for (guint i = 0; i < n; i++) {
        sums[pulls[i].group] += pulls[i].key;
        counts[pulls[i].group]++;
    }
    for (guint i = 0; i < n; i++) {
        pulls[i].group_key = sums[pulls[i].group] / counts[pulls[i].group];
    }
    qsort(pulls, n, sizeof(Pull), compare_pulls);
    for (guint i = 0; i < n; i++) {
        lines[i] = pulls[i].line;
    }
    of_ranking_set_step(ranking, step, lines, n);
}

void of_barycentre_order(const OfGrouping *grouping, OfRandom *random, guint n_trips, OfRanking *ranking)
{
    g_autofree Pull *pulls = g_new(Pull, (gsize) grouping->n_lines + 1);
    g_autofree gint64 *sums = g_new(gint64, 2 * ((gsize) grouping->n_groups + grouping->n_lines) + 1);
    g_autofree gint32 *lines = g_new(gint32, (gsize) grouping->n_lines + 1);
    for (guint step = 0; step < grouping->n_steps; step++) {
        guint n = 0;
        for (guint line = 0; line < grouping->n_lines; line++) {
            if (of_grouping_get_group(grouping, line, step) != OF_GROUP_ABSENT) {
                lines[n++] = (gint32) line;
            }
        }
        of_random_shuffle(random, (guint32 *) lines, n);
        of_ranking_set_step(ranking, step, lines, n);
        sort_step(grouping, ranking, step, step, pulls, sums, lines);
    }
    for (guint trip = 0; trip < n_trips; trip++) {
        for (guint step = 1; step < grouping->n_steps; step++) {
            sort_step(grouping, ranking, step, step - 1, pulls, sums, lines);
        }
        for (guint step = grouping->n_steps - 1; step-- > 0;) {
            sort_step(grouping, ranking, step, step + 1, pulls, sums, lines);
        }
    }
}
