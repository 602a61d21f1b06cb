#include "layout/bends.h"
#include "layout/storyline.h"
#include "layout/variants.h"

static const OfLayoutLane LANES[] = {
    {OF_LANE_NONE, 0, OF_DAY_OPEN}, {OF_LANE_NONE, 0, OF_DAY_OPEN}, {OF_LANE_NONE, 0, OF_DAY_OPEN}};

static const OfLayoutPage PAGE = {.right = 500,
                                  .line_gap = 10,
                                  .max_line_gap = 10,
                                  .lane_padding = 3,
                                  .lane_gap = 5,
                                  .max_stretch = 1,
                                  .least_lane = 10,
                                  .bend = 6};

static OfLayoutStint stint(guint32 person, guint32 lane, gint32 from, gint32 to)
{
    return (OfLayoutStint){person, lane, from, to, from, from, to, to, FALSE, FALSE};
}

static OfStorylineInput input_of(const OfLayoutStint *stints, guint n, const guint32 *variant_of, guint n_people)
{
    return (OfStorylineInput){.lanes = LANES,
                              .n_lanes = G_N_ELEMENTS(LANES),
                              .n_people = n_people,
                              .stints = stints,
                              .n_stints = n,
                              .variant_of = variant_of,
                              .end_day = 100,
                              .effort = OF_EFFORT_NORMAL,
                              .page = PAGE};
}

static guint count_people(const OfOrder *order, guint slot)
{
    guint n = 0;
    guint people = 0;
    const OfRun *runs = of_order_get_runs(order, slot, &n);
    for (guint i = 0; i < n; i++) {
        people += runs[i].n;
    }
    return people;
}

static double y_at(const OfStoryline *storyline, guint person, double x)
{
    guint n = 0;
    const OfWay *ways = of_routes_get_ways(storyline->routes, person, &n);
    for (guint i = 0; i < n; i++) {
        const OfLayoutPoint *points = of_routes_get_points(storyline->routes, &ways[i]);
        if (points[0].x <= x && x <= points[ways[i].n - 1].x) {
            return of_bezier_get_y(points, ways[i].n, x);
        }
    }
    g_assert_not_reached();
}

/* A move on day 60 that another version puts on day 30: one line before and after, two in between. */
static void test_part_and_join(void)
{
    const OfLayoutStint stints[] = {stint(0, 0, 0, 60), stint(0, 1, 60, OF_DAY_OPEN), stint(1, 0, 0, 100), stint(2, 0, 0, 30),
                                    stint(2, 1, 30, 80)};
    const guint32 variant_of[] = {OF_VARIANT_NONE, OF_VARIANT_NONE, 0};
    const OfStorylineInput input = input_of(stints, G_N_ELEMENTS(stints), variant_of, 3);
    g_autoptr(OfStoryline) storyline = of_storyline_new(&input);
    const OfSlots *slots = storyline->slots;
    for (guint slot = 0; slot < slots->n_slots; slot++) {
        gboolean apart = slots->day[slot] >= 30 && slots->day[slot] < 60;
        gboolean lives = slots->day[slot] < 80;
        g_assert_cmpuint(of_variants_get_joined(slots, 2, slot), ==, lives && !apart ? 0 : OF_VARIANT_NONE);
        g_assert_cmpuint(of_variants_get_joined(slots, 0, slot), ==, OF_VARIANT_NONE);
        g_assert_cmpuint(count_people(storyline->order, slot), ==, apart ? 3 : 2);
    }
    g_assert_cmpfloat_with_epsilon(y_at(storyline, 2, 50), y_at(storyline, 0, 50), 1e-6);
    g_assert_cmpfloat(ABS(y_at(storyline, 2, 225) - y_at(storyline, 0, 225)), >, 9);
    g_assert_cmpfloat_with_epsilon(y_at(storyline, 2, 380), y_at(storyline, 0, 380), 1e-6);
    g_assert_cmpint(storyline->crossings, ==, of_order_count_crossings(storyline->order, 3));
}

/* Where both move alike the version takes the very same way, though others move at that moment too. */
static void test_move_together(void)
{
    const OfLayoutStint stints[] = {stint(0, 0, 0, 40), stint(0, 1, 40, 100), stint(1, 0, 0, 40),  stint(1, 1, 40, 100),
                                    stint(2, 0, 0, 40), stint(2, 1, 40, 70),  stint(2, 2, 70, 100)};
    const guint32 variant_of[] = {OF_VARIANT_NONE, OF_VARIANT_NONE, 1};
    const OfStorylineInput input = input_of(stints, G_N_ELEMENTS(stints), variant_of, 3);
    g_autoptr(OfStoryline) storyline = of_storyline_new(&input);
    for (double x = 1; x < 330; x += 1) {
        g_assert_cmpfloat_with_epsilon(y_at(storyline, 2, x), y_at(storyline, 1, x), 1e-6);
    }
}

/* Without versions nothing is another layout than with an array that names none. */
static void test_none(void)
{
    const OfLayoutStint stints[] = {stint(0, 0, 0, 60), stint(0, 1, 60, OF_DAY_OPEN), stint(1, 1, 0, 30), stint(1, 0, 30, 100)};
    const guint32 variant_of[] = {OF_VARIANT_NONE, OF_VARIANT_NONE};
    const OfStorylineInput with = input_of(stints, G_N_ELEMENTS(stints), variant_of, 2),
                           without = input_of(stints, G_N_ELEMENTS(stints), NULL, 2);
    g_autoptr(OfStoryline) a = of_storyline_new(&with);
    g_autoptr(OfStoryline) b = of_storyline_new(&without);
    g_assert_cmpint(a->crossings, ==, b->crossings);
    g_assert_cmpuint(a->routes->points->len, ==, b->routes->points->len);
    for (guint i = 0; i < a->routes->points->len; i++) {
        const OfLayoutPoint *p = &g_array_index(a->routes->points, OfLayoutPoint, i);
        const OfLayoutPoint *q = &g_array_index(b->routes->points, OfLayoutPoint, i);
        g_assert_true(p->x == q->x && p->y == q->y);
    }
}

/* A stint that stands aside is a twin however early it begins, and only while the person is somewhere. */
static void test_aside(void)
{
    OfLayoutStint stints[] = {stint(0, 0, 20, 60), stint(0, 1, 0, 80), stint(1, 2, 0, 50)};
    stints[1].aside = TRUE;
    stints[2].aside = TRUE;
    g_autoptr(OfSlots) slots = of_slots_new(LANES, G_N_ELEMENTS(LANES), 2, stints, G_N_ELEMENTS(stints), 0, 100);
    guint n = 0;
    const OfLaneStay *stays = of_slots_get_stays(slots, 0, &n);
    g_assert_cmpuint(n, ==, 1);
    g_assert_cmpint(stays[0].lane, ==, 0);
    g_assert_cmpuint(slots->twins->len, ==, 1);
    const OfTwin *twin = &g_array_index(slots->twins, OfTwin, 0);
    g_assert_cmpuint(twin->lane, ==, 1);
    g_assert_cmpint(slots->day[twin->first], ==, 20);
    g_assert_cmpint(slots->day[twin->end], ==, 60);
    of_slots_get_stays(slots, 1, &n);
    g_assert_cmpuint(n, ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/layout/variants/part-and-join", test_part_and_join);
    g_test_add_func("/layout/variants/move-together", test_move_together);
    g_test_add_func("/layout/variants/none", test_none);
    g_test_add_func("/layout/variants/aside", test_aside);
    return g_test_run();
}
