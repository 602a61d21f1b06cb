#include "layout/slots.h"

#include "layout/random.h"

static const OfLayoutLane LANES[] = {
    {OF_LANE_NONE, 0, OF_DAY_OPEN}, {OF_LANE_NONE, 20, 40}, {OF_LANE_NONE, -100, 10}, {OF_LANE_NONE, 0, OF_DAY_OPEN}};

static OfSlots *make(const OfLayoutStint *stints, guint n)
{
    return of_slots_new(LANES, G_N_ELEMENTS(LANES), 3, stints, n, 0, 100);
}

static void assert_stay(const OfSlots *slots, guint person, guint index, gint32 lane, gint32 from, gint32 to)
{
    guint n = 0;
    const OfLaneStay *stays = of_slots_get_stays(slots, person, &n);
    g_assert_cmpuint(index, <, n);
    g_assert_cmpint(stays[index].lane, ==, lane);
    g_assert_cmpint(slots->day[stays[index].first], ==, from);
    g_assert_cmpint(slots->day[stays[index].end], ==, to);
}

static void test_gap_and_return(void)
{
    const OfLayoutStint stints[] = {{.person = 1, .lane = 3, .from = 50, .to = OF_DAY_OPEN},
                                    {.person = 1, .lane = 0, .from = -5, .to = 30}};
    g_autoptr(OfSlots) slots = make(stints, G_N_ELEMENTS(stints));
    guint n = 0;
    of_slots_get_stays(slots, 1, &n);
    g_assert_cmpuint(n, ==, 3);
    assert_stay(slots, 1, 0, 0, 0, 30);
    assert_stay(slots, 1, 1, OF_LANE_NONE, 30, 50);
    assert_stay(slots, 1, 2, 3, 50, 100);
    of_slots_get_stays(slots, 0, &n);
    g_assert_cmpuint(n, ==, 0);
    of_slots_get_stays(slots, 2, &n);
    g_assert_cmpuint(n, ==, 0);
}

static void test_earlier_stint_is_main(void)
{
    const OfLayoutStint stints[] = {{.person = 0, .lane = 0, .from = 0, .to = 60},
                                    {.person = 0, .lane = 1, .from = 30, .to = 80},
                                    {.person = 0, .lane = 3, .from = 35, .to = 50}};
    g_autoptr(OfSlots) slots = make(stints, G_N_ELEMENTS(stints));
    guint n = 0;
    of_slots_get_stays(slots, 0, &n);
    g_assert_cmpuint(n, ==, 2);
    assert_stay(slots, 0, 0, 0, 0, 60);
    assert_stay(slots, 0, 1, 1, 60, 80);
    g_assert_cmpuint(slots->twins->len, ==, 2);
    const OfTwin *first = &g_array_index(slots->twins, OfTwin, 0);
    const OfTwin *second = &g_array_index(slots->twins, OfTwin, 1);
    g_assert_cmpuint(first->lane, ==, 1);
    g_assert_cmpint(slots->day[first->first], ==, 30);
    g_assert_cmpint(slots->day[first->end], ==, 60);
    g_assert_cmpuint(second->lane, ==, 3);
    g_assert_cmpint(slots->day[second->end], ==, 50);
}

static void test_concurrent_is_not_main(void)
{
    const OfLayoutStint stints[] = {{.person = 0, .lane = 0, .from = 0, .to = 60, .concurrent = TRUE},
                                    {.person = 0, .lane = 3, .from = 0, .to = 60}};
    g_autoptr(OfSlots) slots = make(stints, G_N_ELEMENTS(stints));
    assert_stay(slots, 0, 0, 3, 0, 60);
    g_assert_cmpuint(slots->twins->len, ==, 1);
}

static void test_same_lab_again_is_one_stay(void)
{
    const OfLayoutStint stints[] = {{.person = 2, .lane = 3, .from = 10, .to = 20}, {.person = 2, .lane = 3, .from = 20, .to = 30}};
    g_autoptr(OfSlots) slots = make(stints, G_N_ELEMENTS(stints));
    guint n = 0;
    const OfLaneStay *stays = of_slots_get_stays(slots, 2, &n);
    g_assert_cmpuint(n, ==, 1);
    assert_stay(slots, 2, 0, 3, 10, 30);
    g_assert_cmpint(stays[0].first_stint, ==, 0);
    g_assert_cmpint(stays[0].last_stint, ==, 1);
}

static void test_lanes_and_bad_stints(void)
{
    const OfLayoutStint stints[] = {{.person = 0, .lane = 3, .from = 50, .to = 50},
                                    {.person = 0, .lane = 3, .from = 60, .to = 55},
                                    {.person = 0, .lane = 3, .from = 200, .to = 300},
                                    {.person = 9, .lane = 3, .from = 0, .to = 10},
                                    {.person = 0, .lane = 9, .from = 0, .to = 10}};
    g_autoptr(OfSlots) slots = make(stints, G_N_ELEMENTS(stints));
    g_assert_cmpuint(slots->stays->len, ==, 0);
    g_assert_cmpuint(slots->n_slots, ==, 4); /* 0, 10, 20, 40 */
    g_assert_cmpint(slots->day[slots->lane_first[1]], ==, 20);
    g_assert_cmpint(slots->day[slots->lane_end[1]], ==, 40);
    g_assert_cmpint(slots->day[slots->lane_end[2]], ==, 10);
    g_assert_cmpuint(slots->lane_end[0], ==, slots->n_slots);
}

static void test_no_days(void)
{
    const OfLayoutStint stint = {.person = 0, .lane = 0, .from = 0, .to = OF_DAY_OPEN};
    g_autoptr(OfSlots) slots = of_slots_new(LANES, 4, 1, &stint, 1, 7, 7);
    g_assert_cmpuint(slots->n_slots, ==, 0);
    g_assert_cmpuint(slots->stays->len, ==, 0);
}

/* The lane that counts on one day, by going through all stints. */
static gint32 find_lane(const OfLayoutStint *stints, guint n, guint32 person, gint32 day, gint32 *until)
{
    gint32 lane = OF_LANE_NONE;
    const OfLayoutStint *main = NULL;
    *until = G_MININT32;
    for (guint i = 0; i < n; i++) {
        const OfLayoutStint *stint = &stints[i];
        if (stint->person == person && stint->from < stint->to) {
            *until = MAX(*until, stint->to);
            if (stint->from <= day && day < stint->to && (main == NULL || stint->from < main->from)) {
                main = stint;
                lane = (gint32) stint->lane;
            }
        }
    }
    return lane;
}

static void test_random_days(void)
{
    for (guint64 seed = 1; seed <= 300; seed++) {
        OfRandom random = {.state = seed};
        OfLayoutStint stints[9];
        guint n = 1 + of_random_below(&random, 9);
        for (guint i = 0; i < n; i++) {
            gint32 from = (gint32) of_random_below(&random, 100);
            stints[i] = (OfLayoutStint){.person = of_random_below(&random, 3),
                                        .lane = of_random_below(&random, 4),
                                        .from = from,
                                        .to = from + (gint32) of_random_below(&random, 40)};
        }
        g_autoptr(OfSlots) slots = make(stints, n);
        for (guint i = 0; i < slots->stays->len; i++) {
            const OfLaneStay *stay = &g_array_index(slots->stays, OfLaneStay, i);
            for (gint32 day = slots->day[stay->first]; day < slots->day[stay->end]; day++) {
                gint32 until = 0;
                g_assert_cmpint(find_lane(stints, n, stay->person, day, &until), ==, stay->lane);
                g_assert_cmpint(day, <, until);
            }
        }
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/layout/slots/gap_and_return", test_gap_and_return);
    g_test_add_func("/layout/slots/earlier_stint_is_main", test_earlier_stint_is_main);
    g_test_add_func("/layout/slots/concurrent_is_not_main", test_concurrent_is_not_main);
    g_test_add_func("/layout/slots/same_lab_again_is_one_stay", test_same_lab_again_is_one_stay);
    g_test_add_func("/layout/slots/lanes_and_bad_stints", test_lanes_and_bad_stints);
    g_test_add_func("/layout/slots/no_days", test_no_days);
    g_test_add_func("/layout/slots/random_days", test_random_days);
    return g_test_run();
}
