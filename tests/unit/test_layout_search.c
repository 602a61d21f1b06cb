#include <string.h>

#include "layout/barycentre.h"
#include "layout/blocks.h"
#include "layout/free_order.h"
#include "layout/recombine.h"
#include "layout/reinsert.h"
#include "layout_brute.h"

/* Random groups; lines arrive and leave, and are on their own now and then. */
static OfGrouping *make_story(OfRandom *random, guint n_lines, guint n_steps, guint n_groups, gboolean fixed)
{
    OfGrouping *grouping = of_grouping_new(n_lines, n_steps, n_groups, fixed);
    for (guint line = 0; line < n_lines; line++) {
        guint first = of_random_below(random, 3) == 0 ? of_random_below(random, n_steps) : 0;
        guint last = first + of_random_below(random, n_steps - first);
        last = of_random_below(random, 3) > 0 ? n_steps - 1 : last;
        gint32 group = 0;
        for (guint step = first; step <= last; step++) {
            if (step == first || of_random_below(random, 2) == 0) {
                group = (gint32) of_random_below(random, n_groups + 1);
            }
            of_grouping_set_group(grouping, line, step, group);
        }
    }
    of_grouping_close(grouping);
    return grouping;
}

static OfRanking *make_start(const OfGrouping *grouping, OfRandom *random)
{
    OfRanking *ranking = of_ranking_new(grouping->n_lines, grouping->n_steps);
    g_autoptr(OfReinserter) reinserter = of_reinserter_new(grouping, ranking, random);
    for (guint line = 0; line < grouping->n_lines; line++) {
        if (grouping->first[line] <= grouping->last[line]) {
            of_reinsert_put_back(reinserter, line, grouping->first[line], grouping->last[line]);
        }
    }
    return ranking;
}

static gint64 count_naively(const OfRanking *ranking)
{
    gint64 count = 0;
    for (guint step = 1; step < ranking->n_steps; step++) {
        for (guint a = 0; a < ranking->n_lines; a++) {
            for (guint b = 0; b < a; b++) {
                gint32 a0 = of_ranking_get_rank(ranking, step - 1, a);
                gint32 a1 = of_ranking_get_rank(ranking, step, a);
                gint32 b0 = of_ranking_get_rank(ranking, step - 1, b);
                gint32 b1 = of_ranking_get_rank(ranking, step, b);
                gboolean both = a0 >= 0 && a1 >= 0 && b0 >= 0 && b1 >= 0;
                count += both && (a0 < b0) != (a1 < b1) ? 1 : 0;
            }
        }
    }
    return count;
}

static void test_free_equals_brute_force(void)
{
    for (guint64 seed = 1; seed <= 400; seed++) {
        OfRandom random = {.state = seed};
        g_autoptr(OfGrouping) grouping = make_story(&random, 2 + of_random_below(&random, 4), 2 + of_random_below(&random, 7),
                                                    1 + of_random_below(&random, 3), FALSE);
        gint64 crossings = 0;
        g_autoptr(OfRanking) found = of_free_order_search(grouping, OF_EFFORT_FAST, 0, NULL, &crossings, NULL);
        g_assert_true(of_ranking_is_legal(found, grouping));
        g_assert_cmpint(count_naively(found), ==, crossings);
        g_assert_cmpint(crossings, ==, brute_find_least(grouping));
    }
}

/* Taking a line out and putting it back never costs, counts what it says, and is the best for this line. */
static void test_reinserting_a_line(void)
{
    for (guint64 seed = 1; seed <= 300; seed++) {
        OfRandom random = {.state = seed};
        gboolean fixed = of_random_below(&random, 2) == 0;
        g_autoptr(OfGrouping) grouping = make_story(&random, 25, 12, 4, fixed);
        g_autoptr(OfRanking) ranking = make_start(grouping, &random);
        g_autoptr(OfReinserter) reinserter = of_reinserter_new(grouping, ranking, &random);
        gint64 crossings = of_ranking_count(ranking);
        g_assert_cmpint(crossings, ==, count_naively(ranking));
        for (guint i = 0; i < 40; i++) {
            guint line = of_random_below(&random, grouping->n_lines);
            if (grouping->first[line] > grouping->last[line]) {
                continue;
            }
            guint length = grouping->last[line] - grouping->first[line] + 1;
            guint a = grouping->first[line] + of_random_below(&random, length);
            guint b = grouping->first[line] + of_random_below(&random, length);
            gint64 gone = of_reinsert_take_out(reinserter, line, MIN(a, b), MAX(a, b));
            gint64 come = of_reinsert_put_back(reinserter, line, MIN(a, b), MAX(a, b));
            g_assert_cmpint(come, <=, gone);
            crossings += come - gone;
            g_assert_cmpint(crossings, ==, count_naively(ranking));
            g_assert_true(of_ranking_is_legal(ranking, grouping));
        }
    }
}

/* One line alone in an order of others: the dynamic programme against trying every way. */
static void test_reinsertion_is_best(void)
{
    for (guint64 seed = 1; seed <= 200; seed++) {
        OfRandom random = {.state = seed};
        g_autoptr(OfGrouping) grouping = make_story(&random, 5, 4, 2, of_random_below(&random, 2) == 0);
        g_autoptr(OfRanking) ranking = make_start(grouping, &random);
        g_autoptr(OfReinserter) reinserter = of_reinserter_new(grouping, ranking, &random);
        guint line = of_random_below(&random, 5);
        guint first = grouping->first[line];
        guint last = grouping->last[line];
        if (first > last) {
            continue;
        }
        of_reinsert_take_out(reinserter, line, first, last);
        gint64 without = count_naively(ranking);
        guint ways[4] = {0};
        gint64 least = G_MAXINT64;
        for (guint code = 0; code < 625; code++) {
            guint rest = code;
            gboolean possible = TRUE;
            for (guint step = 0; step < 4; step++, rest /= 5) {
                ways[step] = rest % 5;
            }
            for (guint step = first; step <= last; step++) {
                possible = possible && ways[step] <= ranking->n[step];
            }
            if (!possible) {
                continue;
            }
            for (guint step = first; step <= last; step++) {
                of_ranking_insert(ranking, step, line, ways[step]);
            }
            if (of_ranking_is_legal(ranking, grouping)) {
                least = MIN(least, count_naively(ranking) - without);
            }
            of_ranking_remove(ranking, line, first, last);
        }
        g_assert_cmpint(of_reinsert_put_back(reinserter, line, first, last), ==, least);
    }
}

static void test_reinserting_blocks(void)
{
    for (guint64 seed = 1; seed <= 150; seed++) {
        OfRandom random = {.state = seed};
        g_autoptr(OfGrouping) grouping = make_story(&random, 20, 10, 3, of_random_below(&random, 2) == 0);
        g_autoptr(OfRanking) ranking = make_start(grouping, &random);
        g_autoptr(OfReinserter) reinserter = of_reinserter_new(grouping, ranking, &random);
        g_autoptr(OfBlocks) blocks = of_blocks_new(grouping);
        gint64 crossings = of_ranking_count(ranking);
        for (guint i = 0; i < blocks->blocks->len; i++) {
            const OfBlock *block = &g_array_index(blocks->blocks, OfBlock, i);
            const guint32 *members = &g_array_index(blocks->members, guint32, block->member);
            OfInnerOrder inner = (OfInnerOrder) of_random_below(&random, OF_N_INNER);
            gint64 change = of_reinsert_block(reinserter, members, block->n_members, block->first, block->last, inner);
            g_assert_cmpint(change, <=, 0);
            crossings += change;
            g_assert_cmpint(crossings, ==, count_naively(ranking));
            g_assert_true(of_ranking_is_legal(ranking, grouping));
        }
    }
}

static void test_mixture(void)
{
    for (guint64 seed = 1; seed <= 40; seed++) {
        OfRandom random = {.state = seed};
        g_autoptr(OfGrouping) grouping = make_story(&random, 9, 12, 3, seed % 2 == 0);
        g_autoptr(OfPool) pool = of_pool_new(grouping);
        g_autoptr(OfRanking) mixture = of_ranking_new(9, 12);
        gint64 least = G_MAXINT64;
        for (guint i = 0; i < 80; i++) {
            g_autoptr(OfRanking) ranking = make_start(grouping, &random);
            gint64 crossings = of_ranking_count(ranking);
            of_pool_add(pool, ranking, crossings);
            least = MIN(least, crossings);
            gint64 mixed = of_pool_mix(pool, &random, mixture);
            g_assert_cmpint(mixed, <=, least);
            g_assert_cmpint(mixed, ==, count_naively(mixture));
            g_assert_true(of_ranking_is_legal(mixture, grouping));
        }
    }
}

static void test_barycentre_is_legal(void)
{
    for (guint64 seed = 1; seed <= 50; seed++) {
        OfRandom random = {.state = seed};
        g_autoptr(OfGrouping) grouping = make_story(&random, 30, 20, 5, FALSE);
        g_autoptr(OfRanking) ranking = of_ranking_new(30, 20);
        of_barycentre_order(grouping, &random, 3, ranking);
        g_assert_true(of_ranking_is_legal(ranking, grouping));
    }
}

static void test_same_result_twice(void)
{
    OfRandom random = {.state = 4};
    g_autoptr(OfGrouping) grouping = make_story(&random, 14, 30, 4, FALSE);
    gint64 crossings[2] = {0, 0};
    guint64 work[2] = {0, 0};
    g_autoptr(OfRanking) a = of_free_order_search(grouping, OF_EFFORT_FAST, 0, NULL, &crossings[0], &work[0]);
    g_autoptr(OfRanking) b = of_free_order_search(grouping, OF_EFFORT_FAST, 0, NULL, &crossings[1], &work[1]);
    g_assert_cmpint(crossings[0], ==, crossings[1]);
    g_assert_cmpuint(work[0], ==, work[1]);
    g_assert_true(memcmp(a->rank, b->rank, 14u * 30u * sizeof(gint32)) == 0);
}

/* What no other order beats is kept as it is. */
static void test_start_is_kept(void)
{
    OfRandom random = {.state = 11};
    g_autoptr(OfGrouping) grouping = make_story(&random, 10, 20, 3, FALSE);
    gint64 first = 0;
    gint64 second = 0;
    g_autoptr(OfRanking) best = of_free_order_search(grouping, OF_EFFORT_NORMAL, 77, NULL, &first, NULL);
    g_autoptr(OfRanking) again = of_free_order_search(grouping, OF_EFFORT_FAST, 0, best, &second, NULL);
    g_assert_cmpint(first, ==, second);
    g_assert_true(memcmp(best->rank, again->rank, 10u * 20u * sizeof(gint32)) == 0);
}

static void test_empty(void)
{
    g_autoptr(OfGrouping) nobody = of_grouping_new(0, 5, 2, FALSE);
    g_autoptr(OfGrouping) never = of_grouping_new(3, 0, 2, FALSE);
    g_autoptr(OfGrouping) unlisted = of_grouping_new(3, 4, 2, FALSE);
    OfGrouping *stories[] = {nobody, never, unlisted};
    for (guint i = 0; i < G_N_ELEMENTS(stories); i++) {
        gint64 crossings = -1;
        of_grouping_close(stories[i]);
        g_autoptr(OfRanking) ranking = of_free_order_search(stories[i], OF_EFFORT_FAST, 0, NULL, &crossings, NULL);
        g_assert_cmpint(crossings, ==, 0);
        g_assert_true(of_ranking_is_legal(ranking, stories[i]));
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/layout/search/free_equals_brute_force", test_free_equals_brute_force);
    g_test_add_func("/layout/search/reinserting_a_line", test_reinserting_a_line);
    g_test_add_func("/layout/search/reinsertion_is_best", test_reinsertion_is_best);
    g_test_add_func("/layout/search/reinserting_blocks", test_reinserting_blocks);
    g_test_add_func("/layout/search/mixture", test_mixture);
    g_test_add_func("/layout/search/barycentre_is_legal", test_barycentre_is_legal);
    g_test_add_func("/layout/search/same_result_twice", test_same_result_twice);
    g_test_add_func("/layout/search/start_is_kept", test_start_is_kept);
    g_test_add_func("/layout/search/empty", test_empty);
    return g_test_run();
}
