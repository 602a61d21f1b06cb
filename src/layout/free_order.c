/* Free lanes: steps at which nobody changes group are dropped, the rest is searched (search.c), and the order of a dropped step
 * is that of the step before it. */
#include "layout/free_order.h"

/* Budgets in cell updates, and after how many local optima without gain the search gives up. A modern core does about 400
 * million updates a second; every instance of the test bed but war.txt is at its least within a tenth of "normal". */
static const struct {
    guint64 budget;
    guint patience;
} EFFORTS[] = {
    [OF_EFFORT_FAST] = {100000000u, 20},
    [OF_EFFORT_NORMAL] = {1000000000u, 120},
    [OF_EFFORT_BEST] = {10000000000u, 1500},
};

/* The same where a good order and a bound are known already: what is left to gain is little. */
static const struct {
    guint64 budget;
    guint patience;
} REFINE_EFFORTS[] = {
    [OF_EFFORT_FAST] = {20000000u, 10},
    [OF_EFFORT_NORMAL] = {200000000u, 60},
    [OF_EFFORT_BEST] = {4000000000u, 1000},
};

/* Whether the same lines stand together at @step as at the step before. @seen has room for each group: the line that stood for
 * it, plus one. */
static gboolean is_like_before(const OfGrouping *grouping, guint step, guint32 *seen)
{
    const gint32 *group = grouping->group + (gsize) step * grouping->n_lines;
    const gint32 *before = group - grouping->n_lines;
    for (gint32 i = 0; i < grouping->n_groups; i++) {
        seen[i] = 0;
        seen[grouping->n_groups + i] = 0;
    }
    for (guint32 line = 0; line < grouping->n_lines; line++) {
        gint32 now = group[line];
        gint32 then = before[line];
        if (now == then && (now < 0 || of_grouping_is_alone(grouping, now) || grouping->fixed)) {
            continue;
        }
        if (now < 0 || then < 0 || grouping->fixed || of_grouping_is_alone(grouping, now) || of_grouping_is_alone(grouping, then)) {
            return FALSE;
        }
        guint32 *first_now = seen + now;
        guint32 *first_then = seen + grouping->n_groups + then;
        if (*first_now != *first_then) {
            return FALSE;
        }
        if (*first_now == 0) {
            *first_now = line + 1;
            *first_then = line + 1;
        }
    }
    return TRUE;
}

/* Fills @kept with the steps at which something changes; returns the story of these alone. */
static OfGrouping *drop_equal_steps(const OfGrouping *grouping, GArray *kept)
{
    g_autofree guint32 *seen = g_new(guint32, 2 * (gsize) grouping->n_groups + 1);
    for (guint32 step = 0; step < grouping->n_steps; step++) {
        if (step == 0 || !is_like_before(grouping, step, seen)) {
            g_array_append_val(kept, step);
        }
    }
    OfGrouping *distinct = of_grouping_new(grouping->n_lines, kept->len, (guint) grouping->n_groups, grouping->fixed);
    for (guint i = 0; i < kept->len; i++) {
        for (guint line = 0; line < grouping->n_lines; line++) {
            gint32 group = of_grouping_get_group(grouping, line, g_array_index(kept, guint32, i));
            if (group != OF_GROUP_ABSENT) {
                of_grouping_set_group(distinct, line, i, group);
            }
        }
    }
    of_grouping_close(distinct);
    return distinct;
}

static void copy_step(OfRanking *to, guint step_to, const OfRanking *from, guint step_from)
{
    of_ranking_set_step(to, step_to, from->line + (gsize) step_from * from->n_lines, from->n[step_from]);
}

static OfRanking *search_distinct(const OfGrouping *grouping, OfSearch *search, const OfRanking *start, gint64 *crossings,
                                  guint64 *work)
{
    g_autoptr(GArray) kept = g_array_new(FALSE, FALSE, sizeof(guint32));
    g_autoptr(OfGrouping) distinct = drop_equal_steps(grouping, kept);
    g_autoptr(OfRanking) distinct_start = NULL;
    if (start != NULL) {
        distinct_start = of_ranking_new(grouping->n_lines, kept->len);
        for (guint i = 0; i < kept->len; i++) {
            copy_step(distinct_start, i, start, g_array_index(kept, guint32, i));
        }
    }
    search->start = distinct_start;
    g_autoptr(OfRanking) found = of_search_order(distinct, search, crossings, work);
    OfRanking *ranking = of_ranking_new(grouping->n_lines, grouping->n_steps);
    for (guint step = 0, i = 0; step < grouping->n_steps; step++) {
        while (i + 1 < kept->len && g_array_index(kept, guint32, i + 1) <= step) {
            i++;
        }
        copy_step(ranking, step, found, i);
    }
    return ranking;
}

OfRanking *of_free_order_search(const OfGrouping *grouping, OfEffort effort, guint64 seed, const OfRanking *start,
                                gint64 *crossings, guint64 *work)
{
    OfSearch search = {.budget = EFFORTS[effort].budget, .patience = EFFORTS[effort].patience, .seed = seed};
    return search_distinct(grouping, &search, start, crossings, work);
}

OfRanking *of_free_order_refine(const OfGrouping *grouping, OfEffort effort, gint64 bound, const OfRanking *start,
                                gint64 *crossings)
{
    OfSearch search = {.budget = REFINE_EFFORTS[effort].budget, .patience = REFINE_EFFORTS[effort].patience, .bound = bound};
    return search_distinct(grouping, &search, start, crossings, NULL);
}
