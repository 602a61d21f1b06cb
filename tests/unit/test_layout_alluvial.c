#include "layout/alluvial.h"

#include <math.h>
#include <string.h>

#include "layout/random.h"

#define MOST_LANES  7
#define MOST_SLICES 12

/* People on their ways through slices, and what the layout is given of them. */
typedef struct {
    guint n_lanes, n_slices;
    OfLayoutLane lanes[MOST_LANES];
    GArray *people; /* gint64 */
    GArray *flows;  /* OfLayoutFlow */
} Crowd;

static void crowd_clear(Crowd *crowd)
{
    g_array_unref(crowd->people);
    g_array_unref(crowd->flows);
}

/* A random tree where @nested; each of @n_people walks through the slices on their own, and may be outside. */
static Crowd make_crowd(OfRandom *random, guint n_lanes, guint n_slices, guint n_people, gboolean nested)
{
    Crowd crowd = {.n_lanes = n_lanes, .n_slices = n_slices};
    crowd.people = g_array_new(FALSE, TRUE, sizeof(gint64));
    crowd.flows = g_array_new(FALSE, FALSE, sizeof(OfLayoutFlow));
    g_array_set_size(crowd.people, n_lanes * n_slices);
    gint64 *people = (gint64 *) (gpointer) crowd.people->data;
    for (guint lane = 0; lane < n_lanes; lane++) {
        const gboolean below = nested && lane > 0 && of_random_below(random, 2) == 0;
        crowd.lanes[lane].parent = below ? (gint32) of_random_below(random, lane) : OF_LANE_NONE;
    }
    for (guint i = 0; i < n_people; i++) {
        const gint64 weight = 1 + of_random_below(random, 20);
        gint32 before = OF_LANE_NONE;
        for (guint slice = 0; slice < n_slices; slice++) {
            gint32 lane = (gint32) of_random_below(random, n_lanes + 1) - 1;
            lane = of_random_below(random, 3) == 0 ? before : lane;
            if (lane >= 0) {
                people[slice * n_lanes + (guint) lane] += weight;
            }
            if (slice > 0 && (lane >= 0 || before >= 0)) {
                const OfLayoutFlow flow = {slice - 1, before, lane, weight};
                g_array_append_val(crowd.flows, flow);
            }
            before = lane;
        }
    }
    of_flows_merge(crowd.flows);
    return crowd;
}

static OfAlluvialInput input_of(const Crowd *crowd, gboolean free_order)
{
    return (OfAlluvialInput){.n_slices = crowd->n_slices,
                             .n_lanes = crowd->n_lanes,
                             .lanes = crowd->lanes,
                             .people = (const gint64 *) (gpointer) crowd->people->data,
                             .flows = (const OfLayoutFlow *) (gpointer) crowd->flows->data,
                             .n_flows = crowd->flows->len,
                             .free = free_order,
                             .effort = OF_EFFORT_NORMAL};
}

/* --- Brute force --- */

typedef struct {
    guint place[MOST_LANES];
} Places;

/* Whether a parent stands directly above its children and every subtree together. */
static gboolean obeys_tree(const OfLayoutLane *lanes, const guint *order, guint n)
{
    for (guint top = 0; top < n; top++) {
        /* All of the subtree, and nothing else, from here on. */
        guint size = 0;
        for (guint lane = 0; lane < n; lane++) {
            gint32 up = (gint32) lane;
            while (up >= 0 && (guint) up != order[top]) {
                up = lanes[up].parent;
            }
            size += up >= 0 ? 1 : 0;
        }
        for (guint i = top; i < top + size; i++) {
            gint32 up = i < n ? (gint32) order[i] : OF_LANE_NONE;
            while (up >= 0 && (guint) up != order[top]) {
                up = lanes[up].parent;
            }
            if (up < 0) {
                return FALSE;
            }
        }
    }
    return TRUE;
}

static void permute(const Crowd *crowd, guint *order, guint at, GArray *all)
{
    if (at == crowd->n_lanes) {
        if (obeys_tree(crowd->lanes, order, at)) {
            Places places;
            for (guint i = 0; i < at; i++) {
                places.place[order[i]] = i;
            }
            g_array_append_val(all, places);
        }
        return;
    }
    for (guint i = at; i < crowd->n_lanes; i++) {
        guint kept = order[at];
        order[at] = order[i];
        order[i] = kept;
        permute(crowd, order, at + 1, all);
        kept = order[at];
        order[at] = order[i];
        order[i] = kept;
    }
}

static GArray *list_orders(const Crowd *crowd)
{
    GArray *all = g_array_new(FALSE, FALSE, sizeof(Places));
    guint order[MOST_LANES];
    for (guint i = 0; i < crowd->n_lanes; i++) {
        order[i] = i;
    }
    permute(crowd, order, 0, all);
    return all;
}

static gint64 count_between(const Crowd *crowd, guint slice, const guint *before, const guint *after)
{
    gint64 count = 0;
    for (guint i = 0; i < crowd->flows->len; i++) {
        const OfLayoutFlow *a = &g_array_index(crowd->flows, OfLayoutFlow, i);
        for (guint j = 0; a->slice == slice && a->from >= 0 && a->to >= 0 && j < i; j++) {
            const OfLayoutFlow *b = &g_array_index(crowd->flows, OfLayoutFlow, j);
            if (b->slice == slice && b->from >= 0 && b->to >= 0 && a->from != b->from && a->to != b->to &&
                (before[a->from] < before[b->from]) != (after[a->to] < after[b->to])) {
                count += a->people * b->people;
            }
        }
    }
    return count;
}

static gint64 brute_fixed(const Crowd *crowd)
{
    g_autoptr(GArray) orders = list_orders(crowd);
    gint64 least = G_MAXINT64;
    for (guint i = 0; i < orders->len; i++) {
        const guint *place = g_array_index(orders, Places, i).place;
        gint64 count = 0;
        for (guint slice = 0; slice + 1 < crowd->n_slices; slice++) {
            count += count_between(crowd, slice, place, place);
        }
        least = MIN(least, count);
    }
    return least;
}

static gint64 brute_free(const Crowd *crowd)
{
    g_autoptr(GArray) orders = list_orders(crowd);
    g_autofree gint64 *cost = g_new0(gint64, orders->len);
    g_autofree gint64 *next = g_new0(gint64, orders->len);
    gint64 least = G_MAXINT64;
    for (guint slice = 0; slice + 1 < crowd->n_slices; slice++) {
        for (guint i = 0; i < orders->len; i++) {
            next[i] = G_MAXINT64;
            for (guint j = 0; j < orders->len; j++) {
                next[i] = MIN(next[i], cost[j] + count_between(crowd, slice, g_array_index(orders, Places, j).place,
                                                               g_array_index(orders, Places, i).place));
            }
        }
        memcpy(cost, next, orders->len * sizeof *cost);
    }
    for (guint i = 0; i < orders->len; i++) {
        least = MIN(least, cost[i]);
    }
    return least;
}

/* What the blocks, as they stand, come to. */
static gint64 recount(const Crowd *crowd, const OfAlluvial *alluvial)
{
    gint64 count = 0;
    for (guint slice = 0; slice + 1 < crowd->n_slices; slice++) {
        Places places[2];
        for (guint lane = 0; lane < crowd->n_lanes; lane++) {
            places[0].place[lane] = of_alluvial_find_block(alluvial, slice, (gint32) lane);
            places[1].place[lane] = of_alluvial_find_block(alluvial, slice + 1, (gint32) lane);
        }
        count += count_between(crowd, slice, places[0].place, places[1].place);
    }
    return count;
}

static void test_fixed_least(void)
{
    OfRandom random = {.state = 1};
    for (guint set = 0; set < 200; set++) {
        Crowd crowd = make_crowd(&random, 2 + of_random_below(&random, 5), 2 + of_random_below(&random, 4),
                                 1 + of_random_below(&random, 25), set % 2 == 1);
        const OfAlluvialInput input = input_of(&crowd, FALSE);
        g_autoptr(OfAlluvial) alluvial = of_alluvial_order(&input);
        g_assert_cmpint((gint64) alluvial->crossings, ==, brute_fixed(&crowd));
        g_assert_cmpint((gint64) alluvial->crossings, ==, recount(&crowd, alluvial));
        crowd_clear(&crowd);
    }
}

static void test_free_least(void)
{
    OfRandom random = {.state = 2};
    for (guint set = 0; set < 200; set++) {
        Crowd crowd = make_crowd(&random, 2 + of_random_below(&random, 3), 2 + of_random_below(&random, 4),
                                 1 + of_random_below(&random, 15), set % 2 == 1);
        const OfAlluvialInput input = input_of(&crowd, TRUE);
        g_autoptr(OfAlluvial) alluvial = of_alluvial_order(&input);
        g_assert_cmpint((gint64) alluvial->crossings, ==, brute_free(&crowd));
        g_assert_cmpint((gint64) alluvial->crossings, ==, recount(&crowd, alluvial));
        crowd_clear(&crowd);
    }
}

/* --- Laws --- */

/* What flows in and out of a block fills it without gaps and overlaps, in the order of the other ends. */
static void check_sides(const OfAlluvial *alluvial)
{
    for (guint side = 0; side < 2; side++) {
        for (guint slice = 0; slice + 1 < alluvial->n_slices; slice++) {
            const guint column = alluvial->column[slice + side];
            for (guint32 block = alluvial->first_block[column]; block < alluvial->first_block[column + 1]; block++) {
                gint64 above = 0;
                guint32 last = 0;
                gboolean found = TRUE;
                while (found) {
                    found = FALSE;
                    for (guint i = 0; i < alluvial->ribbons->len && !found; i++) {
                        const OfRibbon *ribbon = &g_array_index(alluvial->ribbons, OfRibbon, i);
                        const gboolean here =
                            ribbon->flow.slice == slice && (side == 0 ? ribbon->from_block : ribbon->to_block) == block;
                        if (here && (side == 0 ? ribbon->from_above : ribbon->to_above) == above) {
                            const guint32 other = side == 0 ? ribbon->to_block : ribbon->from_block;
                            g_assert_cmpuint(other, >=, last);
                            last = other;
                            above += ribbon->flow.people;
                            found = TRUE;
                        }
                    }
                }
                g_assert_cmpint(above, ==, g_array_index(alluvial->blocks, OfAlluvialBlock, block).people);
            }
        }
    }
}

static void check_heights(const OfAlluvial *alluvial, const OfAlluvialPage *page)
{
    for (guint column = 0; column < alluvial->n_columns; column++) {
        double bottom = -page->gap;
        for (guint32 i = alluvial->first_block[column]; i < alluvial->first_block[column + 1]; i++) {
            const OfAlluvialBlock *block = &g_array_index(alluvial->blocks, OfAlluvialBlock, i);
            g_assert_cmpfloat(block->top, >=, bottom + page->gap - 0.011);
            bottom = block->top + block->height;
        }
        g_assert_cmpfloat(bottom, <=, alluvial->height + 0.2);
    }
}

static void test_laws(void)
{
    OfRandom random = {.state = 3};
    for (guint set = 0; set < 60; set++) {
        Crowd crowd = make_crowd(&random, 2 + of_random_below(&random, 6), 1 + of_random_below(&random, MOST_SLICES),
                                 1 + of_random_below(&random, 40), TRUE);
        const OfAlluvialPage page = {.height = 300, .gap = 8, .max_unit = 20, .least_total = 40};
        double crossings[2];
        for (guint mode = 0; mode < 2; mode++) {
            const OfAlluvialInput input = input_of(&crowd, mode == 1);
            g_autoptr(OfAlluvial) alluvial = of_alluvial_order(&input);
            of_alluvial_place(alluvial, &page);
            check_sides(alluvial);
            check_heights(alluvial, &page);
            crossings[mode] = alluvial->crossings;
        }
        g_assert_cmpfloat(crossings[1], <=, crossings[0]);
        crowd_clear(&crowd);
    }
}

/* Where nobody joins, leaves or moves between two slices, everything between them is straight; so is all where nobody ever does. */
static void test_straight(void)
{
    OfRandom random = {.state = 4};
    for (guint set = 0; set < 60; set++) {
        Crowd crowd = make_crowd(&random, 2 + of_random_below(&random, 6), 6, 20, FALSE);
        gint64 *people = (gint64 *) (gpointer) crowd.people->data;
        /* Slice 3 becomes what slice 2 is; what came after slice 3 came after slice 2. */
        GArray *flows = g_array_new(FALSE, FALSE, sizeof(OfLayoutFlow));
        memcpy(people + 3 * crowd.n_lanes, people + 2 * crowd.n_lanes, crowd.n_lanes * sizeof *people);
        for (guint i = 0; i < crowd.flows->len; i++) {
            const OfLayoutFlow *flow = &g_array_index(crowd.flows, OfLayoutFlow, i);
            if (flow->slice < 2) {
                g_array_append_vals(flows, flow, 1);
            }
        }
        for (guint lane = 0; lane < crowd.n_lanes; lane++) {
            if (people[2 * crowd.n_lanes + lane] > 0) {
                const OfLayoutFlow stay = {2, (gint32) lane, (gint32) lane, people[2 * crowd.n_lanes + lane]};
                g_array_append_val(flows, stay);
            }
        }
        g_array_unref(crowd.flows);
        crowd.flows = flows;
        crowd.n_slices = 4;
        for (guint mode = 0; mode < 2; mode++) {
            const OfAlluvialInput input = input_of(&crowd, mode == 1);
            const OfAlluvialPage page = {.height = 200, .gap = 8, .max_unit = 20, .least_total = 40};
            g_autoptr(OfAlluvial) alluvial = of_alluvial_order(&input);
            of_alluvial_place(alluvial, &page);
            for (guint i = 0; i < alluvial->ribbons->len; i++) {
                const OfRibbon *ribbon = &g_array_index(alluvial->ribbons, OfRibbon, i);
                if (ribbon->flow.slice == 2) {
                    g_assert_cmpfloat(ribbon->from_y, ==, ribbon->to_y);
                }
            }
        }
        crowd_clear(&crowd);
    }
}

/* Who joins and leaves at the bottom moves nobody above: stays are straight where nothing forces a bend. */
static void test_straight_stays(void)
{
    OfLayoutLane lanes[2] = {{.parent = OF_LANE_NONE}, {.parent = OF_LANE_NONE}};
    const gint64 people[] = {10, 5, 10, 8, 10, 2};
    const OfLayoutFlow flows[] = {{0, OF_LANE_NONE, 1, 3}, {0, 0, 0, 10},           {0, 1, 1, 5},
                                  {1, 0, 0, 10},           {1, 1, OF_LANE_NONE, 6}, {1, 1, 1, 2}};
    const OfAlluvialInput input = {.n_slices = 3, .n_lanes = 2, .lanes = lanes, .people = people, .flows = flows, .n_flows = 6};
    const OfAlluvialPage page = {.height = 200, .gap = 8, .max_unit = 20, .least_total = 40};
    g_autoptr(OfAlluvial) alluvial = of_alluvial_order(&input);
    of_alluvial_place(alluvial, &page);
    g_assert_cmpfloat(alluvial->crossings, ==, 0);
    g_assert_cmpfloat(alluvial->bend, <, 0.2);
}

/* A page that is too low is made as high as the words and the least thickness take. */
static void test_height(void)
{
    OfLayoutLane lanes[2] = {{.parent = OF_LANE_NONE}, {.parent = OF_LANE_NONE}};
    const gint64 people[] = {3, 1};
    const OfBlockRoom room[] = {{15, 12}, {15, 0}};
    const OfAlluvialInput input = {.n_slices = 1, .n_lanes = 2, .lanes = lanes, .people = people};
    OfAlluvialPage page = {.height = 10, .gap = 4, .max_unit = 20, .least_total = 40, .room = room};
    g_autoptr(OfAlluvial) alluvial = of_alluvial_order(&input);
    of_alluvial_place(alluvial, &page);
    g_assert_cmpfloat_with_epsilon(alluvial->unit, 10, 1e-6);
    g_assert_cmpfloat_with_epsilon(alluvial->height, 12 + 30 + 4 + 10, 3); /* words reach over the lower block by 2.5 each way */
    page.height = 500;
    of_alluvial_place(alluvial, &page);
    g_assert_cmpfloat_with_epsilon(alluvial->unit, 20, 1e-6);
    g_assert_cmpfloat(alluvial->height, ==, 500);
}

/* Many slices are searched and placed in windows: blocks stay in their order, and free orders are not worse than a fixed one. */
static void test_windows(void)
{
    enum { N_LANES = 60, N_SLICES = 90 };
    OfRandom random = {.state = 5};
    g_autofree OfLayoutLane *lanes = g_new0(OfLayoutLane, N_LANES);
    g_autofree gint64 *people = g_new0(gint64, N_LANES * N_SLICES);
    g_autoptr(GArray) flows = g_array_new(FALSE, FALSE, sizeof(OfLayoutFlow));
    for (guint lane = 0; lane < N_LANES; lane++) {
        lanes[lane].parent = OF_LANE_NONE;
    }
    for (guint i = 0; i < 400; i++) {
        gint32 lane = (gint32) of_random_below(&random, N_LANES);
        for (guint slice = 0; slice < N_SLICES; slice++) {
            const gint32 before = lane;
            lane = of_random_below(&random, 10) == 0 ? (gint32) of_random_below(&random, N_LANES) : lane;
            people[slice * N_LANES + (guint) lane]++;
            const OfLayoutFlow flow = {slice - 1, before, lane, 1};
            if (slice > 0) {
                g_array_append_val(flows, flow);
            } else {
                continue;
            }
        }
    }
    of_flows_merge(flows);
    double crossings[2];
    for (guint mode = 0; mode < 2; mode++) {
        const OfAlluvialInput input = {.n_slices = N_SLICES,
                                       .n_lanes = N_LANES,
                                       .lanes = lanes,
                                       .people = people,
                                       .flows = (const OfLayoutFlow *) (gpointer) flows->data,
                                       .n_flows = flows->len,
                                       .free = mode == 1,
                                       .effort = OF_EFFORT_FAST};
        const OfAlluvialPage page = {.height = 2000, .gap = 4, .max_unit = 10, .least_total = 40};
        g_autoptr(OfAlluvial) alluvial = of_alluvial_order(&input);
        of_alluvial_place(alluvial, &page);
        check_heights(alluvial, &page);
        g_assert_cmpuint(alluvial->blocks->len, >, 4000);
        crossings[mode] = alluvial->crossings;
    }
    g_assert_cmpfloat(crossings[1], <, crossings[0]);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/layout/alluvial/fixed-least", test_fixed_least);
    g_test_add_func("/layout/alluvial/free-least", test_free_least);
    g_test_add_func("/layout/alluvial/laws", test_laws);
    g_test_add_func("/layout/alluvial/straight", test_straight);
    g_test_add_func("/layout/alluvial/straight-stays", test_straight_stays);
    g_test_add_func("/layout/alluvial/height", test_height);
    g_test_add_func("/layout/alluvial/windows", test_windows);
    return g_test_run();
}
