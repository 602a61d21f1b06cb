/* 1. Boxes and their rows are listed (boxes.c).
 * 2. The line distance is the largest at which every slot fits into most of the target height; then padding and lane gaps grow.
 * 3. Each box is a variable of a linear programme, its top; boxes of one slot keep their distance. What is least is the sum of
 *    the ways that people go up and down between slots, and, a little lighter, the ways of the lanes' middles.
 * 4. The programme is solved exactly (network_simplex.c). In fixed lanes, neighbouring slots share the variables of a lane when
 *    there would be more than MOST_VARIABLES. In free lanes the story is cut into windows of MOST_IN_WINDOW, each begun from
 *    where the one before ended.
 *
 * Source: Gansner, Koutsofios, North and Vo, IEEE TSE 19 (1993), §4.2, use the same programme for x coordinates. */
#include "layout/heights.h"

#include <math.h>
#include <stdlib.h>

#include "layout/boxes.h"
#include "layout/network_simplex.h"

enum { MOST_VARIABLES = 12000, MOST_IN_WINDOW = 6000 };
static const double UNITS = 16; /* a point, in units of the programme */
/* The rest of the height stays free even at the fullest moment: lines that need not move aside by a little stay level. */
static const double MOST_FILLED = 0.95;
static const gint64 PERSON_WEIGHT = 4;
static const gint64 LANE_WEIGHT = 3; /* a lane is an area whose jumps are seen as well */

typedef struct {
    guint32 node;
    guint32 node_after;
    gint64 shift; /* how much further down the person stands in the box after */
    gint64 weight;
} Way;

/* A lane in a column of slots, or a space between lanes. */
typedef struct {
    gboolean is_lane;
    guint32 n_rows;
} Band;

typedef struct {
    const OfSlots *slots;
    const OfOrder *order;
    const gint32 *place;
    OfHeights *heights;
    double padding;
    double least_lane;
    GArray *bands;        /* Band: what stands in each column, top to bottom, at its tallest */
    GArray *column_start; /* guint32: a column's first band; one more entry ends the last */
    guint32 *node;        /* [box]: its variable in the window, from 1 */
    guint32 *column;      /* [slot]: slots of one column share variables */
    gint64 *y;            /* [box]: top in units, once it is known */
    guint32 *box_of;      /* [person]: box at the slot before, plus one */
    guint32 *row_of;      /* [person] */
    guint32 *seen;        /* [person]: slot, plus one */
    GArray *ways;         /* Way */
    guint32 *node_of_band;
} Solver;

static double get_box_height(const Solver *solver, const OfBox *box)
{
    double lines = box->n_rows > 1 ? (box->n_rows - 1) * solver->heights->line_gap : 0;
    if (box->lane < 0) {
        return lines;
    }
    return MAX(lines + 2 * solver->padding, solver->least_lane);
}

/* Height of a column as @fixed + @lines · line distance; a lane at its least height is taken to be so at any distance. */
static double measure_column(const Solver *solver, guint column, const OfLayoutPage *page, double stretch, double line_gap)
{
    guint32 first = g_array_index(solver->column_start, guint32, column);
    guint32 end = g_array_index(solver->column_start, guint32, column + 1);
    double height = end > first ? (end - first - 1) * page->lane_gap * stretch : 0;
    for (guint32 i = first; i < end; i++) {
        const Band *band = &g_array_index(solver->bands, Band, i);
        double lines = band->n_rows > 1 ? (band->n_rows - 1) * line_gap : 0;
        height += band->is_lane ? MAX(lines + 2 * page->lane_padding * stretch, page->least_lane) : lines;
    }
    return height;
}

static double get_tallest(const Solver *solver, const OfLayoutPage *page, double stretch, double line_gap)
{
    double tallest = 0;
    for (guint column = 0; column + 1 < solver->column_start->len; column++) {
        tallest = MAX(tallest, measure_column(solver, column, page, stretch, line_gap));
    }
    return tallest;
}

static double round_up(double points)
{
    return ceil(points * UNITS) / UNITS;
}

static double round_down(double points)
{
    return floor(points * UNITS) / UNITS;
}

/* The largest value from @least to @most for which the tallest column fits; @as_stretch: of the stretch, else the line
 * distance. */
static double find_largest(const Solver *solver, const OfLayoutPage *page, double least, double most, double line_gap,
                           gboolean as_stretch)
{
    double tried = most;
    for (guint i = 0; i < 30; i++) {
        double tallest = get_tallest(solver, page, as_stretch ? tried : 1, as_stretch ? line_gap : tried);
        if (tallest <= page->height * MOST_FILLED) {
            least = tried;
        } else {
            most = tried;
        }
        if (least >= most) {
            break;
        }
        tried = (least + most) / 2;
    }
    return least;
}

/* Step 2. All distances are whole units, so that sums are exact. */
static void choose_distances(Solver *solver, const OfLayoutPage *given)
{
    OfHeights *heights = solver->heights;
    OfLayoutPage page = *given;
    double stretch = 1;
    page.line_gap = round_up(page.line_gap);
    page.lane_gap = round_up(page.lane_gap);
    page.lane_padding = round_up(page.lane_padding);
    page.least_lane = round_up(page.least_lane);
    double gap = page.line_gap;
    heights->needed_height = get_tallest(solver, &page, 1, gap);
    if (page.height > heights->needed_height) {
        double widest = MAX(round_down(page.max_line_gap), gap);
        gap = round_down(find_largest(solver, &page, gap, widest, gap, FALSE));
        if (gap >= widest) {
            stretch = find_largest(solver, &page, 1, MAX(page.max_stretch, 1), gap, TRUE);
        }
    }
    heights->line_gap = gap;
    heights->lane_gap = round_down(page.lane_gap * stretch);
    heights->lane_padding = round_down(page.lane_padding * stretch);
    heights->height = MAX(round_down(page.height), heights->needed_height);
    solver->padding = heights->lane_padding;
    solver->least_lane = page.least_lane;
}

static gint64 to_units(double points)
{
    return (gint64) floor(points * UNITS + 0.5);
}

/* First row of a box below its top. A lane that is taller than its rows need has them in its middle. */
static double get_first_row(const Solver *solver, const OfBox *box)
{
    double lines = box->n_rows > 1 ? (box->n_rows - 1) * solver->heights->line_gap : 0;
    return (get_box_height(solver, box) - lines) / 2;
}

/* Step 4: which slots share variables. */
static void choose_columns(Solver *solver)
{
    guint n_slots = solver->slots->n_slots;
    guint most_boxes = 1;
    for (guint slot = 0; slot < n_slots; slot++) {
        guint n = 0;
        of_heights_get_boxes(solver->heights, slot, &n);
        most_boxes = MAX(most_boxes, n);
    }
    guint n_columns = MAX(MOST_VARIABLES / most_boxes, 1);
    gboolean share = solver->place != NULL && n_slots > n_columns;
    gint64 length = n_slots > 0 ? (gint64) solver->slots->day[n_slots] - solver->slots->day[0] : 1;
    for (guint slot = 0; slot < n_slots; slot++) {
        gint64 day = (gint64) solver->slots->day[slot] - solver->slots->day[0];
        solver->column[slot] = share ? (guint32) (day * n_columns / length) : slot;
    }
}

static int compare_ways(const void *a, const void *b)
{
    const Way *p = a;
    const Way *q = b;
    if (p->node != q->node) {
        return p->node < q->node ? -1 : 1;
    }
    if (p->node_after != q->node_after) {
        return p->node_after < q->node_after ? -1 : 1;
    }
    return p->shift < q->shift ? -1 : p->shift > q->shift;
}

/* Notes where everyone stands at @slot. */
static void note_slot(Solver *solver, guint slot)
{
    for (guint32 i = solver->heights->start[slot]; i < solver->heights->start[slot + 1]; i++) {
        const OfBox *box = &g_array_index(solver->heights->boxes, OfBox, i);
        if (box->run == OF_RUN_NONE) {
            continue;
        }
        const OfRun *run = &g_array_index(solver->order->runs, OfRun, box->run);
        const guint32 *people = of_order_get_people(solver->order, run);
        for (guint j = 0; j < run->n; j++) {
            solver->box_of[people[j]] = i;
            solver->row_of[people[j]] = box->n_above + j;
            solver->seen[people[j]] = slot + 1;
        }
    }
}

static gint64 get_row_units(const Solver *solver, const OfBox *box, guint row)
{
    return to_units(get_first_row(solver, box)) + row * to_units(solver->heights->line_gap);
}

/* Adds the ways that people take from the slot noted to the next one. In the window's first slot the boxes before are known
 * heights: node 0 with a shift. */
static void add_ways(Solver *solver, OfSimplex *simplex, guint slot, gboolean before_is_known)
{
    const GArray *boxes = solver->heights->boxes;
    g_array_set_size(solver->ways, 0);
    for (guint32 i = solver->heights->start[slot]; i < solver->heights->start[slot + 1]; i++) {
        const OfBox *box = &g_array_index(boxes, OfBox, i);
        if (box->run == OF_RUN_NONE) {
            continue;
        }
        const OfRun *run = &g_array_index(solver->order->runs, OfRun, box->run);
        const guint32 *people = of_order_get_people(solver->order, run);
        for (guint j = 0; j < run->n; j++) {
            guint32 person = people[j];
            if (solver->seen[person] != slot) {
                continue;
            }
            guint32 before = solver->box_of[person];
            Way way = {.node = before_is_known ? 0 : solver->node[before],
                       .node_after = solver->node[i],
                       .shift = get_row_units(solver, box, box->n_above + j) -
                                get_row_units(solver, &g_array_index(boxes, OfBox, before), solver->row_of[person]) -
                                (before_is_known ? solver->y[before] : 0),
                       .weight = PERSON_WEIGHT};
            Way *last = solver->ways->len > 0 ? &g_array_index(solver->ways, Way, solver->ways->len - 1) : NULL;
            if (last != NULL && compare_ways(last, &way) == 0) {
                last->weight += PERSON_WEIGHT;
            } else {
                g_array_append_val(solver->ways, way);
            }
        }
    }
    if (solver->ways->len > 0) {
        qsort(solver->ways->data, solver->ways->len, sizeof(Way), compare_ways);
    }
    for (guint i = 0; i < solver->ways->len; i++) {
        Way way = g_array_index(solver->ways, Way, i);
        while (i + 1 < solver->ways->len && compare_ways(&way, &g_array_index(solver->ways, Way, i + 1)) == 0) {
            way.weight += g_array_index(solver->ways, Way, ++i).weight;
        }
        of_simplex_add_cost(simplex, way.node, way.node_after, way.shift, way.weight);
    }
}

/* Lanes themselves move as little as they can: their middles count. */
static void add_lane_ways(Solver *solver, OfSimplex *simplex, guint slot, gboolean before_is_known, guint32 *last_box)
{
    for (guint32 i = solver->heights->start[slot]; i < solver->heights->start[slot + 1]; i++) {
        const OfBox *box = &g_array_index(solver->heights->boxes, OfBox, i);
        if (box->lane < 0) {
            continue;
        }
        guint32 before = last_box[box->lane];
        if (slot > 0 && before != OF_RUN_NONE && before >= solver->heights->start[slot - 1]) {
            const OfBox *box_before = &g_array_index(solver->heights->boxes, OfBox, before);
            gint64 shift = to_units((get_box_height(solver, box) - get_box_height(solver, box_before)) / 2);
            of_simplex_add_cost(simplex, before_is_known ? 0 : solver->node[before], solver->node[i],
                                shift - (before_is_known ? solver->y[before] : 0), LANE_WEIGHT);
        }
        last_box[box->lane] = i;
    }
}

/* Numbers the boxes of the slots of a column from @n_nodes + 1 on: one variable a lane, or a space between two. Returns the last
 * number. The numbers stand in the order of the lanes. */
static guint number_column(Solver *solver, guint first, guint end, guint n_nodes)
{
    const OfHeights *heights = solver->heights;
    guint n_bands = 2 * solver->slots->n_lanes + 1;
    if (end == first + 1) {
        for (guint32 i = heights->start[first]; i < heights->start[end]; i++) {
            solver->node[i] = ++n_nodes;
        }
        return n_nodes;
    }
    for (guint band = 0; band < n_bands; band++) {
        solver->node_of_band[band] = 0;
    }
    for (guint pass = 0; pass < 2; pass++) {
        for (guint slot = first; slot < end; slot++) {
            guint band = 0;
            for (guint32 i = heights->start[slot]; i < heights->start[slot + 1]; i++) {
                gint32 lane = g_array_index(heights->boxes, OfBox, i).lane;
                band = lane >= 0 ? 2 * (guint) solver->place[lane] + 1 : (band + 1) / 2 * 2;
                solver->node_of_band[band] = pass == 0 ? 1 : solver->node_of_band[band];
                solver->node[i] = solver->node_of_band[band];
            }
        }
        for (guint band = 0; pass == 0 && band < n_bands; band++) {
            solver->node_of_band[band] = solver->node_of_band[band] > 0 ? ++n_nodes : 0;
        }
    }
    return n_nodes;
}

/* Lists the bands of every column, with the most rows that each has there. */
static void list_bands(Solver *solver)
{
    const OfHeights *heights = solver->heights;
    guint n_slots = solver->slots->n_slots;
    g_array_append_val(solver->column_start, solver->bands->len);
    for (guint first = 0, end = 0; first < n_slots; first = end) {
        guint32 before = solver->bands->len;
        while (end < n_slots && solver->column[end] == solver->column[first]) {
            end++;
        }
        guint n = number_column(solver, first, end, 0);
        g_array_set_size(solver->bands, before + n);
        for (guint i = 0; i < n; i++) {
            g_array_index(solver->bands, Band, before + i) = (Band){FALSE, 0};
        }
        for (guint32 i = heights->start[first]; i < heights->start[end]; i++) {
            const OfBox *box = &g_array_index(heights->boxes, OfBox, i);
            Band *band = &g_array_index(solver->bands, Band, before + solver->node[i] - 1);
            band->is_lane = box->lane >= 0;
            band->n_rows = MAX(band->n_rows, box->n_rows);
        }
        g_array_append_val(solver->column_start, solver->bands->len);
    }
}

/* Demands that the boxes of @slot keep their distances. */
static void add_distances(const Solver *solver, OfSimplex *simplex, guint slot)
{
    const OfHeights *heights = solver->heights;
    gint64 gap = to_units(heights->lane_gap);
    gint64 height = to_units(heights->height);
    for (guint32 i = heights->start[slot]; i < heights->start[slot + 1]; i++) {
        gint64 own = to_units(get_box_height(solver, &g_array_index(heights->boxes, OfBox, i)));
        if (i + 1 < heights->start[slot + 1]) {
            of_simplex_add_distance(simplex, solver->node[i], solver->node[i + 1], own + gap);
        } else {
            of_simplex_add_distance(simplex, solver->node[i], 0, own - height);
        }
    }
}

/* Steps 3 and 4 for the slots from @first to before @end. */
static void solve_window(Solver *solver, guint first, guint end, guint n_nodes, guint32 *last_box)
{
    OfHeights *heights = solver->heights;
    g_autoptr(OfSimplex) simplex = of_simplex_new(n_nodes);
    g_autofree gint64 *y = g_new0(gint64, (gsize) n_nodes + 1);
    for (guint slot = first; slot < end; slot++) {
        gboolean same_column = slot > 0 && solver->column[slot] == solver->column[slot - 1];
        gboolean column_ends = slot + 1 == end || solver->column[slot + 1] != solver->column[slot];
        add_distances(solver, simplex, slot);
        if (slot > 0 && !same_column) {
            add_ways(solver, simplex, slot, slot == first);
        }
        add_lane_ways(solver, simplex, slot, slot == first, last_box);
        if (column_ends) {
            note_slot(solver, slot);
        }
    }
    of_simplex_solve(simplex, y);
    for (guint32 i = heights->start[first]; i < heights->start[end]; i++) {
        solver->y[i] = y[solver->node[i]];
    }
}

static void solve(Solver *solver)
{
    guint n_slots = solver->slots->n_slots;
    g_autofree guint32 *last_box = g_new(guint32, (gsize) solver->slots->n_lanes + 1);
    for (guint lane = 0; lane < solver->slots->n_lanes; lane++) {
        last_box[lane] = OF_RUN_NONE;
    }
    for (guint first = 0, end = 0; first < n_slots; first = end) {
        guint n_nodes = 0;
        while (end < n_slots && (n_nodes < MOST_IN_WINDOW || solver->place != NULL)) {
            guint next = end;
            while (next < n_slots && solver->column[next] == solver->column[end]) {
                next++;
            }
            n_nodes = number_column(solver, end, next, n_nodes);
            end = next;
        }
        solve_window(solver, first, end, n_nodes, last_box);
    }
}

static void place_boxes(Solver *solver, const OfLayoutPage *page)
{
    for (guint i = 0; i < solver->heights->boxes->len; i++) {
        OfBox *box = &g_array_index(solver->heights->boxes, OfBox, i);
        box->top = page->top + (double) solver->y[i] / UNITS;
        box->height = get_box_height(solver, box);
        box->first_row = box->top + get_first_row(solver, box);
    }
}

OfHeights *of_heights_new(const OfSlots *slots, const OfOrder *order, const gint32 *place, const OfLayoutPage *page)
{
    OfHeights *heights = g_new0(OfHeights, 1);
    gsize n_people = (gsize) slots->n_people + 1;
    heights->boxes = g_array_new(FALSE, FALSE, sizeof(OfBox));
    of_boxes_list(heights, slots, order, place);
    Solver solver = {.slots = slots,
                     .order = order,
                     .place = place,
                     .heights = heights,
                     .node = g_new0(guint32, (gsize) heights->boxes->len + 1),
                     .column = g_new0(guint32, (gsize) slots->n_slots + 1),
                     .y = g_new0(gint64, (gsize) heights->boxes->len + 1),
                     .box_of = g_new0(guint32, n_people),
                     .row_of = g_new0(guint32, n_people),
                     .seen = g_new0(guint32, n_people),
                     .ways = g_array_new(FALSE, FALSE, sizeof(Way)),
                     .node_of_band = g_new0(guint32, 2 * (gsize) slots->n_lanes + 1),
                     .bands = g_array_new(FALSE, FALSE, sizeof(Band)),
                     .column_start = g_array_new(FALSE, FALSE, sizeof(guint32))};
    choose_columns(&solver);
    list_bands(&solver);
    choose_distances(&solver, page);
    solve(&solver);
    place_boxes(&solver, page);
    g_free(solver.node);
    g_free(solver.column);
    g_free(solver.y);
    g_free(solver.box_of);
    g_free(solver.row_of);
    g_free(solver.seen);
    g_array_unref(solver.ways);
    g_array_unref(solver.bands);
    g_array_unref(solver.column_start);
    g_free(solver.node_of_band);
    return heights;
}

void of_heights_free(OfHeights *heights)
{
    if (heights == NULL) {
        return;
    }
    g_free(heights->start);
    g_array_unref(heights->boxes);
    g_free(heights->twin_start);
    g_free(heights->twin_box);
    g_free(heights->twin_row);
    g_free(heights);
}
