#include "layout/lane_order.h"

#include "layout/random.h"

enum { N_LANES = 6 };

/* Random stints in @n_lanes lanes, without gaps. */
static OfSlots *make_slots(OfRandom *random, const OfLayoutLane *lanes, guint n_lanes, guint n_people)
{
    g_autoptr(GArray) stints = g_array_new(FALSE, FALSE, sizeof(OfLayoutStint));
    for (guint32 person = 0; person < n_people; person++) {
        gint32 day = (gint32) of_random_below(random, 20);
        while (day < 60) {
            gint32 length = 1 + (gint32) of_random_below(random, 15);
            OfLayoutStint stint = {.person = person, .lane = of_random_below(random, n_lanes), .from = day, .to = day + length};
            g_array_append_val(stints, stint);
            day += length;
        }
    }
    return of_slots_new(lanes, n_lanes, n_people, (const OfLayoutStint *) (const void *) stints->data, stints->len, 0, 60);
}

/* Changes of order of all pairs of people, day by day. */
static gint64 count_changes(const OfSlots *slots, const gint32 *place)
{
    gint64 count = 0;
    for (guint p = 0; p < slots->n_people; p++) {
        for (guint q = 0; q < p; q++) {
            gint last = 0;
            for (guint slot = 0; slot < slots->n_slots; slot++) {
                gint32 lane[2] = {OF_LANE_NONE, OF_LANE_NONE};
                for (guint side = 0; side < 2; side++) {
                    guint n = 0;
                    const OfLaneStay *stays = of_slots_get_stays(slots, side == 0 ? p : q, &n);
                    for (guint i = 0; i < n; i++) {
                        if (stays[i].first <= slot && slot < stays[i].end) {
                            lane[side] = stays[i].lane;
                        }
                    }
                }
                if (lane[0] < 0 || lane[1] < 0 || lane[0] == lane[1]) {
                    continue;
                }
                gint now = place[lane[0]] < place[lane[1]] ? -1 : 1;
                count += last != 0 && now != last ? 1 : 0;
                last = now;
            }
        }
    }
    return count;
}

/* Whether every subtree stands together with its top first. */
static gboolean obeys_tree(const OfLayoutLane *lanes, guint n, const gint32 *order)
{
    for (guint i = 0; i < n; i++) {
        gint32 above[N_LANES + 1];
        gint32 parent = lanes[order[i]].parent;
        guint n_above = 0;
        for (gint32 up = i > 0 ? order[i - 1] : OF_LANE_NONE; up >= 0; up = lanes[up].parent) {
            above[n_above++] = up;
        }
        above[n_above++] = OF_LANE_NONE;
        /* Read depth first, a lane's parent is the lane before or one above that. */
        gboolean found = FALSE;
        for (guint j = 0; j < n_above; j++) {
            found = found || above[j] == parent;
        }
        if (!found) {
            return FALSE;
        }
    }
    return TRUE;
}

typedef struct {
    const OfLayoutLane *lanes;
    const OfLaneTerms *terms;
    gint64 least;
    gint64 least_travel;
} Best;

static void try_orders(Best *best, gint32 *order, guint at)
{
    if (at == N_LANES) {
        gint32 place[N_LANES];
        gint64 travel = 0;
        if (!obeys_tree(best->lanes, N_LANES, order)) {
            return;
        }
        for (guint i = 0; i < N_LANES; i++) {
            place[order[i]] = (gint32) i;
        }
        gint64 count = of_lane_terms_count(best->terms, place, &travel);
        if (count < best->least || (count == best->least && travel < best->least_travel)) {
            best->least = count;
            best->least_travel = travel;
        }
        return;
    }
    for (guint i = at; i < N_LANES; i++) {
        gint32 kept = order[at];
        order[at] = order[i];
        order[i] = kept;
        try_orders(best, order, at + 1);
        kept = order[at];
        order[at] = order[i];
        order[i] = kept;
    }
}

static void make_lanes(OfRandom *random, OfLayoutLane *lanes, gboolean tree)
{
    for (gint32 i = 0; i < N_LANES; i++) {
        gboolean child = tree && i > 0 && of_random_below(random, 2) == 0;
        lanes[i] = (OfLayoutLane){child ? (gint32) of_random_below(random, (guint32) i) : OF_LANE_NONE, 0, OF_DAY_OPEN};
    }
}

static void check_least(gboolean tree)
{
    for (guint64 seed = 1; seed <= 80; seed++) {
        OfRandom random = {.state = seed};
        OfLayoutLane lanes[N_LANES];
        gint32 order[N_LANES] = {0, 1, 2, 3, 4, 5};
        make_lanes(&random, lanes, tree);
        g_autoptr(OfSlots) slots = make_slots(&random, lanes, N_LANES, 12);
        g_autoptr(OfLaneTerms) terms = of_lane_terms_new(slots);
        Best best = {lanes, terms, G_MAXINT64, G_MAXINT64};
        try_orders(&best, order, 0);
        OfLaneOrder request = {.lanes = lanes, .n_lanes = N_LANES, .effort = OF_EFFORT_NORMAL};
        g_autofree gint32 *found = of_lane_order_find(&request, terms, NULL);
        gint32 place[N_LANES];
        gint64 travel = 0;
        for (guint i = 0; i < N_LANES; i++) {
            place[found[i]] = (gint32) i;
        }
        g_assert_true(obeys_tree(lanes, N_LANES, found));
        g_assert_cmpint(of_lane_terms_count(terms, place, &travel), ==, best.least);
        g_assert_cmpint(travel, ==, best.least_travel);
        g_assert_cmpint(count_changes(slots, place), ==, best.least);
    }
}

static void test_least_of_all(void)
{
    check_least(FALSE);
}

static void test_least_of_all_trees(void)
{
    check_least(TRUE);
}

static void test_pinned(void)
{
    const OfLayoutLane lanes[N_LANES] = {{-1, 0, OF_DAY_OPEN}, {-1, 0, OF_DAY_OPEN}, {0, 0, OF_DAY_OPEN},
                                         {0, 0, OF_DAY_OPEN},  {-1, 0, OF_DAY_OPEN}, {-1, 0, OF_DAY_OPEN}};
    const gint32 pinned[] = {4, 3, 77, -5, 1};
    OfRandom random = {.state = 3};
    g_autoptr(OfSlots) slots = make_slots(&random, lanes, N_LANES, 12);
    g_autoptr(OfLaneTerms) terms = of_lane_terms_new(slots);
    OfLaneOrder request = {.lanes = lanes, .n_lanes = N_LANES, .pinned = pinned, .n_pinned = G_N_ELEMENTS(pinned)};
    g_autofree gint32 *found = of_lane_order_find(&request, terms, NULL);
    const gint32 wanted[] = {4, 0, 3, 2, 1, 5};
    for (guint i = 0; i < N_LANES; i++) {
        g_assert_cmpint(found[i], ==, wanted[i]);
    }
}

static void test_previous_stays_among_equals(void)
{
    OfLayoutLane lanes[N_LANES];
    const gint32 previous[] = {5, 3, 1, 0, 2, 4};
    OfRandom random = {.state = 1};
    make_lanes(&random, lanes, FALSE);
    g_autoptr(OfSlots) slots = of_slots_new(lanes, N_LANES, 0, NULL, 0, 0, 60);
    g_autoptr(OfLaneTerms) terms = of_lane_terms_new(slots);
    OfLaneOrder request = {.lanes = lanes, .n_lanes = N_LANES, .previous = previous, .n_previous = N_LANES};
    g_autofree gint32 *found = of_lane_order_find(&request, terms, NULL);
    for (guint i = 0; i < N_LANES; i++) {
        g_assert_cmpint(found[i], ==, previous[i]);
    }
}

/* A cycle among parents, a lane above itself, a parent that is not there: no hang, every lane once. */
static void test_no_tree(void)
{
    const OfLayoutLane lanes[] = {{1, 0, 9}, {2, 0, 9}, {0, 0, 9}, {3, 0, 9}, {99, 0, 9}};
    OfLaneOrder request = {.lanes = lanes, .n_lanes = 5};
    g_autofree gint32 *found = of_lane_order_find(&request, NULL, NULL);
    guint seen = 0;
    for (guint i = 0; i < 5; i++) {
        seen |= 1u << found[i];
    }
    g_assert_cmpuint(seen, ==, 31);
}

/* Changes of order of two people who go from @a and @b to @c and @d, the first one first. */
static gint64 count_signs(const gint32 *place, guint a, guint b, guint c, guint d)
{
    gint start = place[a] - place[b];
    gint middle = place[c] - place[b];
    gint end = place[c] - place[d];
    gint64 count = start != 0 && (start < 0) != (middle < 0) ? 1 : 0;
    return count + (end != 0 && (middle < 0) != (end < 0) ? 1 : 0);
}

/* Counting lane by lane, as for many people, gives what following every pair gives, where nobody comes along with another. */
static void test_many_people(void)
{
    OfLayoutLane lanes[N_LANES];
    OfRandom random = {.state = 9};
    make_lanes(&random, lanes, FALSE);
    g_autoptr(GArray) stints = g_array_new(FALSE, FALSE, sizeof(OfLayoutStint));
    for (guint32 person = 0; person < 2100; person++) {
        OfLayoutStint before = {.person = person, .lane = person % 3, .from = 0, .to = 10 + (gint32) person};
        OfLayoutStint after = {.person = person, .lane = 3 + person % 3, .from = before.to, .to = OF_DAY_OPEN};
        g_array_append_val(stints, before);
        g_array_append_val(stints, after);
    }
    g_autoptr(OfSlots) slots =
        of_slots_new(lanes, N_LANES, 2100, (const OfLayoutStint *) (const void *) stints->data, stints->len, 0, 3000);
    g_autoptr(OfLaneTerms) terms = of_lane_terms_new(slots);
    g_assert_false(terms->exact);
    const gint32 places[][N_LANES] = {{0, 1, 2, 3, 4, 5}, {0, 1, 2, 5, 4, 3}, {2, 5, 0, 1, 3, 4}};
    for (guint i = 0; i < G_N_ELEMENTS(places); i++) {
        gint64 count = 0;
        for (guint q = 0; q < 2100; q++) {
            for (guint p = 0; p < q; p++) {
                /* p moves before q does. */
                count += count_signs(places[i], p % 3, q % 3, 3 + p % 3, 3 + q % 3);
            }
        }
        g_assert_cmpint(of_lane_terms_count(terms, places[i], NULL), ==, count);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/layout/lane_order/least_of_all", test_least_of_all);
    g_test_add_func("/layout/lane_order/least_of_all_trees", test_least_of_all_trees);
    g_test_add_func("/layout/lane_order/pinned", test_pinned);
    g_test_add_func("/layout/lane_order/previous_stays_among_equals", test_previous_stays_among_equals);
    g_test_add_func("/layout/lane_order/no_tree", test_no_tree);
    g_test_add_func("/layout/lane_order/many_people", test_many_people);
    return g_test_run();
}
