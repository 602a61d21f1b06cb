#include "layout/storyline.h"

#include <string.h>

#include "layout/random.h"

enum { N_LANES = 5, N_PEOPLE = 12, N_DAYS = 400 };

typedef struct {
    OfLayoutLane lanes[N_LANES];
    GArray *stints;
    OfStorylineInput input;
} Instance;

static const OfLayoutPage PAGE = {.left = 100,
                                  .right = 1500,
                                  .top = 50,
                                  .height = 900,
                                  .line_gap = 7,
                                  .max_line_gap = 20,
                                  .lane_padding = 9,
                                  .lane_gap = 6,
                                  .max_stretch = 3,
                                  .least_lane = 22,
                                  .bend = 14};

/* Random careers with gaps, overlaps, uncertain dates, and lanes that begin late or end early. */
static void make_instance(Instance *instance, guint64 seed, gboolean certain)
{
    OfRandom random = {.state = seed};
    instance->stints = g_array_new(FALSE, FALSE, sizeof(OfLayoutStint));
    for (gint32 i = 0; i < N_LANES; i++) {
        gint32 parent = i > 1 && of_random_below(&random, 3) == 0 ? (gint32) of_random_below(&random, 2) : OF_LANE_NONE;
        gint32 begin = (gint32) of_random_below(&random, 100);
        instance->lanes[i] = (OfLayoutLane){parent, begin, of_random_below(&random, 2) == 0 ? OF_DAY_OPEN : 300};
    }
    for (guint32 person = 0; person < N_PEOPLE; person++) {
        gint32 day = (gint32) of_random_below(&random, 150);
        while (day < N_DAYS) {
            gint32 to = day + 20 + (gint32) of_random_below(&random, 150);
            gint32 blur = certain || of_random_below(&random, 3) > 0 ? 0 : (gint32) of_random_below(&random, 30);
            OfLayoutStint stint = {.person = person,
                                   .lane = of_random_below(&random, N_LANES),
                                   .from = day,
                                   .to = to,
                                   .from_first = day - blur,
                                   .from_last = day + blur,
                                   .to_first = to,
                                   .to_last = to + blur};
            g_array_append_val(instance->stints, stint);
            day = of_random_below(&random, 6) == 0 ? to - 15 : to + (gint32) (of_random_below(&random, 2) * 12);
            if (of_random_below(&random, 8) == 0) {
                break;
            }
        }
    }
    instance->input = (OfStorylineInput){.lanes = instance->lanes,
                                         .n_lanes = N_LANES,
                                         .n_people = N_PEOPLE,
                                         .stints = (const OfLayoutStint *) (const void *) instance->stints->data,
                                         .n_stints = instance->stints->len,
                                         .first_day = 0,
                                         .end_day = N_DAYS,
                                         .mode = seed % 3 == 0 ? OF_LANES_FREE : OF_LANES_FIXED,
                                         .effort = OF_EFFORT_FAST,
                                         .page = PAGE};
}

static void check_boxes(const OfStoryline *storyline, const OfStorylineInput *input)
{
    const OfHeights *heights = storyline->heights;
    g_assert_cmpfloat(heights->height, >=, heights->needed_height);
    g_assert_cmpfloat(heights->line_gap, >=, input->page.line_gap);
    for (guint slot = 0; slot < storyline->slots->n_slots; slot++) {
        guint n = 0;
        const OfBox *boxes = of_heights_get_boxes(heights, slot, &n);
        double y = input->page.top;
        for (guint i = 0; i < n; i++) {
            double last_row = of_heights_get_row_y(heights, &boxes[i], MAX(boxes[i].n_rows, 1) - 1);
            double padding = boxes[i].lane >= 0 && boxes[i].n_rows > 0 ? input->page.lane_padding : 0;
            g_assert_cmpfloat(boxes[i].top, >=, y - 1e-6);
            if (boxes[i].n_rows > 0) {
                g_assert_cmpfloat(boxes[i].first_row, >=, boxes[i].top + padding - 1e-6);
                g_assert_cmpfloat(last_row, <=, boxes[i].top + boxes[i].height - padding + 1e-6);
            }
            y = boxes[i].top + boxes[i].height + input->page.lane_gap;
        }
        g_assert_cmpfloat(y - input->page.lane_gap, <=, input->page.top + heights->height + 1e-6);
    }
}

/* The ways of a person lead on from each other, never back, from the first to the last day. */
static void check_ways(const OfStoryline *storyline, guint person)
{
    guint n_ways = 0;
    guint n_stays = 0;
    const OfWay *ways = of_routes_get_ways(storyline->routes, person, &n_ways);
    const OfLaneStay *stays = of_slots_get_stays(storyline->slots, person, &n_stays);
    g_assert_cmpint(n_ways > 0, ==, n_stays > 0);
    double x = n_stays > 0 ? storyline->timescale->x[stays[0].first] : 0;
    for (guint i = 0; i < n_ways; i++) {
        const OfLayoutPoint *points = of_routes_get_points(storyline->routes, &ways[i]);
        g_assert_cmpuint(ways[i].n % 3, ==, 1);
        for (guint j = 1; j < ways[i].n; j++) {
            g_assert_cmpfloat(points[j].x, >=, points[j - 1].x - 1e-6);
        }
        if (ways[i].kind == OF_WAY_TWIN) {
            continue;
        }
        g_assert_cmpuint(ways[i].n, >, 1);
        g_assert_cmpfloat_with_epsilon(points[0].x, x, 1e-6);
        if (i > 0) {
            const OfLayoutPoint *before = of_routes_get_points(storyline->routes, &ways[i - 1]);
            g_assert_cmpfloat_with_epsilon(points[0].y, before[ways[i - 1].n - 1].y, 1e-6);
        }
        x = points[ways[i].n - 1].x;
    }
    if (n_stays > 0) {
        g_assert_cmpfloat_with_epsilon(x, storyline->timescale->x[stays[n_stays - 1].end], 1e-6);
    }
}

/* Height of the main line of a person at @x. */
static double get_y(const OfStoryline *storyline, guint person, double x)
{
    guint n = 0;
    const OfWay *ways = of_routes_get_ways(storyline->routes, person, &n);
    for (guint i = 0; i < n; i++) {
        const OfLayoutPoint *points = of_routes_get_points(storyline->routes, &ways[i]);
        if (ways[i].kind != OF_WAY_TWIN && points[ways[i].n - 1].x >= x) {
            return of_bezier_get_y(points, ways[i].n, x);
        }
    }
    return -1;
}

/* In the middle of each slot the lines stand in the order that is reported, a line distance apart. */
static void check_drawn_order(const OfStoryline *storyline)
{
    for (guint slot = 0; slot < storyline->slots->n_slots; slot++) {
        double x = (storyline->timescale->x[slot] + storyline->timescale->x[slot + 1]) / 2;
        double y = -1000;
        guint n_runs = 0;
        const OfRun *runs = of_order_get_runs(storyline->order, slot, &n_runs);
        for (guint i = 0; i < n_runs; i++) {
            const guint32 *people = of_order_get_people(storyline->order, &runs[i]);
            for (guint j = 0; j < runs[i].n; j++) {
                double next = get_y(storyline, people[j], x);
                g_assert_cmpfloat(next - y, >=, PAGE.lane_gap - 1);
                y = next;
            }
        }
    }
}

static gint64 recount(const OfOrder *order)
{
    g_autoptr(OfRanking) ranking = of_order_to_ranking(order, N_PEOPLE);
    gint64 count = 0;
    for (guint slot = 1; slot < order->n_slots; slot++) {
        for (guint a = 0; a < N_PEOPLE; a++) {
            for (guint b = 0; b < a; b++) {
                gint32 a0 = of_ranking_get_rank(ranking, slot - 1, a);
                gint32 a1 = of_ranking_get_rank(ranking, slot, a);
                gint32 b0 = of_ranking_get_rank(ranking, slot - 1, b);
                gint32 b1 = of_ranking_get_rank(ranking, slot, b);
                gboolean both = a0 >= 0 && a1 >= 0 && b0 >= 0 && b1 >= 0;
                count += both && (a0 < b0) != (a1 < b1) ? 1 : 0;
            }
        }
    }
    return count;
}

static void check_outlines(const OfStoryline *storyline)
{
    for (guint i = 0; i < storyline->outlines->outlines->len; i++) {
        const OfOutline *outline = &g_array_index(storyline->outlines->outlines, OfOutline, i);
        g_autoptr(GArray) whole = of_outlines_cut(storyline->outlines, outline, -1e6, 1e6);
        g_assert_cmpuint(whole->len % 3, ==, 1);
        for (double x = outline->from; x < outline->to; x += 7) {
            double top = 0;
            double bottom = 0;
            of_outlines_get_span(storyline->outlines, outline, x, &top, &bottom);
            g_assert_cmpfloat(top, <, bottom);
            g_autoptr(GArray) part = of_outlines_cut(storyline->outlines, outline, x, x + 5);
            OfLayoutPoint first = g_array_index(part, OfLayoutPoint, 0);
            OfLayoutPoint last = g_array_index(part, OfLayoutPoint, part->len - 1);
            g_assert_cmpuint(part->len % 3, ==, 1);
            g_assert_cmpfloat_with_epsilon(first.x, last.x, 1e-6);
            g_assert_cmpfloat_with_epsilon(first.y, top, 0.01);
        }
    }
}

static void check_all(guint64 seed, gboolean certain)
{
    Instance instance;
    make_instance(&instance, seed, certain);
    g_autoptr(OfStoryline) storyline = of_storyline_new(&instance.input);
    g_assert_cmpint(recount(storyline->order), ==, storyline->crossings);
    check_boxes(storyline, &instance.input);
    for (guint person = 0; person < N_PEOPLE; person++) {
        check_ways(storyline, person);
    }
    if (certain) {
        check_drawn_order(storyline);
    }
    check_outlines(storyline);
    g_array_unref(instance.stints);
}

static void test_certain(void)
{
    for (guint64 seed = 1; seed <= 120; seed++) {
        check_all(seed, TRUE);
    }
}

static void test_uncertain(void)
{
    for (guint64 seed = 1; seed <= 120; seed++) {
        check_all(seed, FALSE);
    }
}

static void test_page_too_low(void)
{
    Instance instance;
    make_instance(&instance, 5, TRUE);
    instance.input.page.height = 40;
    g_autoptr(OfStoryline) storyline = of_storyline_new(&instance.input);
    g_assert_cmpfloat(storyline->heights->needed_height, >, 40);
    double needed = storyline->heights->needed_height;
    check_boxes(storyline, &instance.input);
    instance.input.page.height = needed;
    of_storyline_place(storyline, &instance.input);
    g_assert_cmpfloat(storyline->heights->height, ==, needed);
    check_boxes(storyline, &instance.input);
    g_array_unref(instance.stints);
}

static void test_height_is_filled(void)
{
    for (guint64 seed = 1; seed <= 20; seed++) {
        Instance instance;
        make_instance(&instance, seed, TRUE);
        instance.input.page.max_line_gap = 500;
        g_autoptr(OfStoryline) storyline = of_storyline_new(&instance.input);
        double tallest = 0;
        for (guint slot = 0; slot < storyline->slots->n_slots; slot++) {
            guint n = 0;
            const OfBox *boxes = of_heights_get_boxes(storyline->heights, slot, &n);
            double height = 0;
            for (guint i = 0; i < n; i++) {
                height += boxes[i].height + (i > 0 ? storyline->heights->lane_gap : 0);
            }
            tallest = MAX(tallest, height);
        }
        g_assert_cmpfloat(tallest, <=, PAGE.height);
        g_assert_cmpfloat(tallest, >, PAGE.height * 0.93);
        g_array_unref(instance.stints);
    }
}

/* Two people who never move, in one lab, and one who passes: nobody but this one bends. */
static void test_no_needless_movement(void)
{
    const OfLayoutLane lanes[] = {{-1, 0, OF_DAY_OPEN}, {-1, 0, OF_DAY_OPEN}, {-1, 0, OF_DAY_OPEN}};
    const OfLayoutStint stints[] = {
        {.person = 0, .lane = 0, .from = 0, .to = OF_DAY_OPEN, .to_first = OF_DAY_OPEN, .to_last = OF_DAY_OPEN},
        {.person = 1, .lane = 2, .from = 0, .to = OF_DAY_OPEN, .to_first = OF_DAY_OPEN, .to_last = OF_DAY_OPEN},
        {.person = 2, .lane = 0, .from = 0, .to = 50, .to_first = 50, .to_last = 50},
        {.person = 2, .lane = 1, .from = 50, .to = 80, .from_first = 50, .from_last = 50, .to_first = 80, .to_last = 80},
    };
    OfStorylineInput input = {
        .lanes = lanes, .n_lanes = 3, .n_people = 3, .stints = stints, .n_stints = 4, .end_day = 100, .page = PAGE};
    g_autoptr(OfStoryline) storyline = of_storyline_new(&input);
    g_assert_cmpint(storyline->crossings, ==, 0);
    g_assert_cmpuint(storyline->wiggles, ==, 0);
    for (guint person = 0; person < 2; person++) {
        g_assert_cmpfloat_with_epsilon(get_y(storyline, person, 110), get_y(storyline, person, 1490), 1e-6);
    }
}

static void test_twin_leaves_and_returns(void)
{
    const OfLayoutLane lanes[] = {{-1, 0, OF_DAY_OPEN}, {-1, 0, OF_DAY_OPEN}};
    const OfLayoutStint stints[] = {
        {.person = 0, .lane = 0, .from = 0, .to = OF_DAY_OPEN, .to_first = OF_DAY_OPEN, .to_last = OF_DAY_OPEN},
        {.person = 0, .lane = 1, .from = 30, .to = 60, .from_first = 30, .from_last = 30, .to_first = 60, .to_last = 60},
    };
    OfStorylineInput input = {
        .lanes = lanes, .n_lanes = 2, .n_people = 1, .stints = stints, .n_stints = 2, .end_day = 100, .page = PAGE};
    g_autoptr(OfStoryline) storyline = of_storyline_new(&input);
    guint n = 0;
    const OfWay *ways = of_routes_get_ways(storyline->routes, 0, &n);
    g_assert_cmpuint(n, ==, 2);
    g_assert_cmpint(ways[1].kind, ==, OF_WAY_TWIN);
    const OfLayoutPoint *points = of_routes_get_points(storyline->routes, &ways[1]);
    OfLayoutPoint last = points[ways[1].n - 1];
    g_assert_cmpfloat_with_epsilon(points[0].y, get_y(storyline, 0, points[0].x), 0.01);
    g_assert_cmpfloat_with_epsilon(last.y, get_y(storyline, 0, last.x), 0.01);
    double middle = of_bezier_get_y(points, ways[1].n, (points[0].x + last.x) / 2);
    g_assert_cmpfloat(ABS(middle - points[0].y), >, PAGE.line_gap);
}

/* An uncertain date makes a longer crossing. */
static void test_uncertain_is_longer(void)
{
    const OfLayoutLane lanes[] = {{-1, 0, OF_DAY_OPEN}, {-1, 0, OF_DAY_OPEN}};
    OfLayoutStint stints[] = {
        {.person = 0, .lane = 0, .from = 0, .to = 50, .to_first = 40, .to_last = 60},
        {.person = 0, .lane = 1, .from = 50, .to = 100, .from_first = 40, .from_last = 60, .to_first = 100, .to_last = 100},
    };
    OfStorylineInput input = {
        .lanes = lanes, .n_lanes = 2, .n_people = 1, .stints = stints, .n_stints = 2, .end_day = 100, .page = PAGE};
    g_autoptr(OfStoryline) storyline = of_storyline_new(&input);
    guint n = 0;
    const OfWay *ways = of_routes_get_ways(storyline->routes, 0, &n);
    g_assert_cmpuint(n, ==, 3);
    g_assert_cmpint(ways[1].kind, ==, OF_WAY_UNCERTAIN);
    const OfLayoutPoint *points = of_routes_get_points(storyline->routes, &ways[1]);
    g_assert_cmpfloat_with_epsilon(points[0].x, 100 + 0.4 * 1400, 0.01);
    g_assert_cmpfloat_with_epsilon(points[ways[1].n - 1].x, 100 + 0.6 * 1400, 0.01);
}

/* Changes on neighbouring days stand apart, and in order. */
static void test_crowded_days(void)
{
    enum { N = 40 };
    const OfLayoutLane lanes[] = {{-1, 0, OF_DAY_OPEN}, {-1, 0, OF_DAY_OPEN}};
    OfLayoutStint stints[2 * N];
    for (guint32 i = 0; i < N; i++) {
        gint32 day = 500 + (gint32) i;
        stints[2 * i] = (OfLayoutStint){.person = i, .lane = 0, .to = day, .to_first = day, .to_last = day};
        stints[2 * i + 1] =
            (OfLayoutStint){.person = i, .lane = 1, .from = day, .to = 1000, .from_first = day, .from_last = day, .to_first = 1000};
    }
    OfStorylineInput input = {
        .lanes = lanes, .n_lanes = 2, .n_people = N, .stints = stints, .n_stints = 2 * N, .end_day = 1000, .page = PAGE};
    g_autoptr(OfStoryline) storyline = of_storyline_new(&input);
    const OfTimescale *timescale = storyline->timescale;
    for (guint slot = 1; slot + 1 < timescale->n_slots; slot++) {
        g_assert_cmpfloat(timescale->x[slot + 1] - timescale->x[slot], >, 10);
        g_assert_cmpfloat(timescale->half[slot] + timescale->half[slot + 1], <=,
                          timescale->x[slot + 1] - timescale->x[slot] + 1e-6);
    }
    g_assert_cmpfloat_with_epsilon(of_timescale_get_x(timescale, 500), 800, 1e-6);
}

static OfPreviousOrder make_previous(const OfStoryline *storyline, guint32 **start, guint32 **people)
{
    const OfOrder *order = storyline->order;
    guint32 n = 0;
    *start = g_new0(guint32, order->n_slots + 1);
    *people = g_new0(guint32, (gsize) order->n_slots * N_PEOPLE + 1);
    for (guint slot = 0; slot < order->n_slots; slot++) {
        guint n_runs = 0;
        const OfRun *runs = of_order_get_runs(order, slot, &n_runs);
        for (guint i = 0; i < n_runs; i++) {
            memcpy(*people + n, of_order_get_people(order, &runs[i]), runs[i].n * sizeof(guint32));
            n += runs[i].n;
        }
        (*start)[slot + 1] = n;
    }
    return (OfPreviousOrder){storyline->lane_order, N_LANES, order->n_slots, storyline->slots->day, *start, *people};
}

/* With its own result as the order before, nothing changes. */
static void test_previous_order_is_kept(void)
{
    for (guint64 seed = 1; seed <= 30; seed++) {
        Instance instance;
        g_autofree guint32 *start = NULL;
        g_autofree guint32 *people = NULL;
        make_instance(&instance, seed, TRUE);
        g_autoptr(OfStoryline) first = of_storyline_order(&instance.input);
        OfPreviousOrder previous = make_previous(first, &start, &people);
        instance.input.previous = &previous;
        g_autoptr(OfStoryline) second = of_storyline_order(&instance.input);
        g_assert_cmpint(second->crossings, <=, first->crossings);
        for (guint i = 0; i < N_LANES && instance.input.mode == OF_LANES_FIXED; i++) {
            g_assert_cmpint(first->lane_order[i], ==, second->lane_order[i]);
        }
        if (instance.input.mode == OF_LANES_FREE && first->crossings == second->crossings) {
            g_autoptr(OfRanking) a = of_order_to_ranking(first->order, N_PEOPLE);
            g_autoptr(OfRanking) b = of_order_to_ranking(second->order, N_PEOPLE);
            g_assert_true(memcmp(a->rank, b->rank, (gsize) N_PEOPLE * a->n_steps * sizeof(gint32)) == 0);
        }
        g_array_unref(instance.stints);
    }
}

static void test_empty(void)
{
    const OfLayoutLane lane = {OF_LANE_NONE, 10, 20};
    const OfLayoutStint stint = {.person = 0, .lane = 0, .from = 0, .to = OF_DAY_OPEN};
    const OfStorylineInput inputs[] = {
        {.page = PAGE},
        {.page = PAGE, .end_day = 100},
        {.lanes = &lane, .n_lanes = 1, .page = PAGE, .end_day = 100},
        {.lanes = &lane, .n_lanes = 1, .page = PAGE, .end_day = 100, .n_people = 3},
        {.lanes = &lane, .n_lanes = 1, .stints = &stint, .n_stints = 1, .n_people = 1, .page = PAGE},
        {.lanes = &lane, .n_lanes = 1, .stints = &stint, .n_stints = 1, .n_people = 1, .end_day = 1},
    };
    for (guint i = 0; i < G_N_ELEMENTS(inputs); i++) {
        for (guint mode = 0; mode < 2; mode++) {
            OfStorylineInput input = inputs[i];
            input.mode = mode == 0 ? OF_LANES_FIXED : OF_LANES_FREE;
            g_autoptr(OfStoryline) storyline = of_storyline_new(&input);
            g_assert_cmpint(storyline->crossings, ==, 0);
        }
    }
}

/* Thousands of people at thousands of moments: the places of lanes are shared between slots, and still nothing overlaps. */
static void test_crowd(void)
{
    enum { N = 3000, LANES = 40 };
    OfLayoutLane lanes[LANES];
    OfRandom random = {.state = 12};
    g_autoptr(GArray) stints = g_array_new(FALSE, FALSE, sizeof(OfLayoutStint));
    for (guint i = 0; i < LANES; i++) {
        lanes[i] = (OfLayoutLane){OF_LANE_NONE, 0, OF_DAY_OPEN};
    }
    for (guint32 person = 0; person < N; person++) {
        gint32 day = (gint32) of_random_below(&random, 3000);
        for (guint i = 0; i < 3; i++) {
            gint32 to = day + 1 + (gint32) of_random_below(&random, 2000);
            OfLayoutStint stint = {person, of_random_below(&random, LANES), day, to, day, day, to, to, FALSE, FALSE};
            g_array_append_val(stints, stint);
            day = to + (gint32) (of_random_below(&random, 2) * 30);
        }
    }
    OfStorylineInput input = {.lanes = lanes,
                              .n_lanes = LANES,
                              .n_people = N,
                              .stints = (const OfLayoutStint *) (const void *) stints->data,
                              .n_stints = stints->len,
                              .end_day = 6000,
                              .effort = OF_EFFORT_FAST,
                              .page = PAGE};
    input.page.line_gap = 0.25;
    g_autoptr(OfStoryline) storyline = of_storyline_new(&input);
    g_assert_cmpuint(storyline->slots->n_slots, >, 1000);
    check_boxes(storyline, &input);
    for (guint person = 0; person < N; person += 7) {
        check_ways(storyline, person);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/layout/storyline/certain", test_certain);
    g_test_add_func("/layout/storyline/uncertain", test_uncertain);
    g_test_add_func("/layout/storyline/page_too_low", test_page_too_low);
    g_test_add_func("/layout/storyline/height_is_filled", test_height_is_filled);
    g_test_add_func("/layout/storyline/no_needless_movement", test_no_needless_movement);
    g_test_add_func("/layout/storyline/twin_leaves_and_returns", test_twin_leaves_and_returns);
    g_test_add_func("/layout/storyline/uncertain_is_longer", test_uncertain_is_longer);
    g_test_add_func("/layout/storyline/crowded_days", test_crowded_days);
    g_test_add_func("/layout/storyline/previous_order_is_kept", test_previous_order_is_kept);
    g_test_add_func("/layout/storyline/empty", test_empty);
    g_test_add_func("/layout/storyline/crowd", test_crowd);
    return g_test_run();
}
