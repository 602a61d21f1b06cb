#include "layout/lane_terms.h"
#include "layout/people_order.h"
#include "layout_brute.h"

enum { N_INSTANCES = 4000 };

/* Random stints with arrivals, departures, gaps, returns and overlaps. */
static GArray *make_stints(OfRandom *random, guint n_people, guint n_lanes, gint32 n_days)
{
    GArray *stints = g_array_new(FALSE, TRUE, sizeof(OfLayoutStint));
    for (guint32 person = 0; person < n_people; person++) {
        gint32 day = of_random_below(random, 2) == 0 ? 0 : (gint32) of_random_below(random, (guint32) n_days);
        while (day < n_days) {
            gint32 length = 1 + (gint32) of_random_below(random, 4);
            OfLayoutStint stint = {.person = person,
                                   .lane = of_random_below(random, n_lanes),
                                   .from = day,
                                   .to = of_random_below(random, 6) == 0 ? OF_DAY_OPEN : day + length};
            g_array_append_val(stints, stint);
            if (of_random_below(random, 5) == 0) {
                break;
            }
            day += length + (of_random_below(random, 4) == 0 ? 1 + (gint32) of_random_below(random, 2) : 0);
        }
    }
    return stints;
}

static OfSlots *make_slots(const GArray *stints, guint n_people, guint n_lanes, gint32 n_days)
{
    OfLayoutLane lanes[8];
    for (guint i = 0; i < n_lanes; i++) {
        lanes[i] = (OfLayoutLane){OF_LANE_NONE, 0, OF_DAY_OPEN};
    }
    return of_slots_new(lanes, n_lanes, n_people, (const OfLayoutStint *) (const void *) stints->data, stints->len, 0, n_days);
}

static void check_instance(guint64 seed, guint most_people)
{
    OfRandom random = {.state = seed};
    guint n_people = 2 + of_random_below(&random, most_people - 1);
    guint n_lanes = 1 + of_random_below(&random, 4);
    gint32 n_days = 3 + (gint32) of_random_below(&random, 7);
    g_autoptr(GArray) stints = make_stints(&random, n_people, n_lanes, n_days);
    g_autoptr(OfSlots) slots = make_slots(stints, n_people, n_lanes, n_days);
    gint32 lane_order[8];
    gint32 place[8];
    for (guint i = 0; i < n_lanes; i++) {
        lane_order[i] = (gint32) i;
    }
    of_random_shuffle(&random, (guint32 *) lane_order, n_lanes);
    for (guint i = 0; i < n_lanes; i++) {
        place[lane_order[i]] = (gint32) i;
    }
    g_autoptr(OfLaneTerms) terms = of_lane_terms_new(slots);
    gint64 bound = of_lane_terms_count(terms, place, NULL);
    gint64 crossings = 0;
    g_autoptr(OfOrder) order = of_people_order_find(slots, lane_order, NULL, bound, OF_EFFORT_NORMAL, &crossings);
    g_autoptr(OfGrouping) grouping = of_people_order_make_grouping(slots, place);
    g_autoptr(OfRanking) ranking = of_order_to_ranking(order, n_people);
    gint64 least = brute_find_least(grouping);
    g_assert_true(of_ranking_is_legal(ranking, grouping));
    g_assert_cmpint(of_ranking_count(ranking), ==, crossings);
    g_assert_cmpint(bound, <=, least);
    if (crossings != least) {
        g_test_message("seed %" G_GUINT64_FORMAT, seed);
    }
    g_assert_cmpint(crossings, ==, least);
}

static void test_equals_brute_force(void)
{
    for (guint64 seed = 1; seed <= N_INSTANCES; seed++) {
        check_instance(seed, 5);
    }
}

static void test_equals_brute_force_with_six(void)
{
    for (guint64 seed = 1; seed <= N_INSTANCES / 20; seed++) {
        check_instance(seed + 100000, 6);
    }
}

/* Where everyone is there throughout, the order built is the best without any search. */
static void test_build_reaches_bound(void)
{
    for (guint64 seed = 1; seed <= 500; seed++) {
        OfRandom random = {.state = seed};
        g_autoptr(GArray) stints = g_array_new(FALSE, TRUE, sizeof(OfLayoutStint));
        for (guint32 person = 0; person < 12; person++) {
            for (gint32 day = 0; day < 20;) {
                gint32 length = 1 + (gint32) of_random_below(&random, 6);
                OfLayoutStint stint = {.person = person, .lane = of_random_below(&random, 5), .from = day, .to = day + length};
                g_array_append_val(stints, stint);
                day += length;
            }
        }
        g_autoptr(OfSlots) slots = make_slots(stints, 12, 5, 20);
        const gint32 lane_order[] = {3, 1, 4, 0, 2};
        const gint32 place[] = {3, 1, 4, 0, 2};
        g_autoptr(OfLaneTerms) terms = of_lane_terms_new(slots);
        g_autoptr(OfOrder) order = of_people_order_build(slots, lane_order, NULL);
        g_assert_cmpint(of_order_count_crossings(order, 12), ==, of_lane_terms_count(terms, place, NULL));
    }
}

/* Two orders of one slot agree on everyone but @newcomer. */
static void assert_same_but(const OfRanking *a, guint step_a, const OfRanking *b, guint step_b, gint32 newcomer)
{
    guint i = 0;
    for (guint j = 0; j < b->n[step_b]; j++) {
        gint32 person = of_ranking_get_line(b, step_b, j);
        if (person != newcomer) {
            g_assert_cmpint(of_ranking_get_line(a, step_a, i), ==, person);
            i++;
        }
    }
    g_assert_cmpuint(i, ==, a->n[step_a]);
}

static void add_career(GArray *stints, OfRandom *random, guint32 person, gint32 from, gint32 to)
{
    for (gint32 day = from; day < to;) {
        gint32 length = 1 + (gint32) of_random_below(random, 5);
        OfLayoutStint stint = {.person = person, .lane = of_random_below(random, 4), .from = day, .to = MIN(day + length, to)};
        g_array_append_val(stints, stint);
        day += length;
    }
}

/* One more person, of any index and at any time, leaves the order of all others as it was. */
static void test_newcomer_moves_nobody(void)
{
    for (guint64 seed = 1; seed <= 500; seed++) {
        OfRandom random = {.state = seed};
        g_autoptr(GArray) stints = g_array_new(FALSE, TRUE, sizeof(OfLayoutStint));
        guint32 newcomer = of_random_below(&random, 8);
        for (guint32 person = 0; person < 8; person++) {
            if (person != newcomer) {
                add_career(stints, &random, person, 0, 16);
            }
        }
        guint n_before = stints->len;
        gint32 arrival = (gint32) of_random_below(&random, 12);
        add_career(stints, &random, newcomer, arrival, arrival + 4);
        const gint32 lane_order[] = {2, 0, 3, 1};
        g_autoptr(OfSlots) with = make_slots(stints, 8, 4, 16);
        g_array_set_size(stints, n_before);
        g_autoptr(OfSlots) without = make_slots(stints, 8, 4, 16);
        g_autoptr(OfOrder) order_with = of_people_order_build(with, lane_order, NULL);
        g_autoptr(OfOrder) order_without = of_people_order_build(without, lane_order, NULL);
        g_autoptr(OfRanking) a = of_order_to_ranking(order_without, 8);
        g_autoptr(OfRanking) b = of_order_to_ranking(order_with, 8);
        for (guint slot = 0; slot < with->n_slots; slot++) {
            assert_same_but(a, of_slots_find(without, with->day[slot]), b, slot, (gint32) newcomer);
        }
    }
}

static void test_nobody(void)
{
    g_autoptr(GArray) stints = g_array_new(FALSE, TRUE, sizeof(OfLayoutStint));
    g_autoptr(OfSlots) slots = make_slots(stints, 0, 0, 5);
    gint64 crossings = -1;
    g_autoptr(OfOrder) order = of_people_order_find(slots, NULL, NULL, 0, OF_EFFORT_NORMAL, &crossings);
    g_assert_cmpint(crossings, ==, 0);
    g_assert_cmpuint(order->runs->len, ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/layout/people_order/equals_brute_force", test_equals_brute_force);
    g_test_add_func("/layout/people_order/equals_brute_force_with_six", test_equals_brute_force_with_six);
    g_test_add_func("/layout/people_order/build_reaches_bound", test_build_reaches_bound);
    g_test_add_func("/layout/people_order/newcomer_moves_nobody", test_newcomer_moves_nobody);
    g_test_add_func("/layout/people_order/nobody", test_nobody);
    return g_test_run();
}
