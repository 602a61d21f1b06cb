/* The order of blocks with the fewest weighted crossings, by the search for an order of lanes (lane_order.c).
 *
 * 1. Flows between columns, from lane to lane, scaled down where people are very many, become terms of pairs of lanes.
 * 2. One order for all columns: the order of lanes that costs least.
 * 3. One order a column: each block is a lane of its own, under a lane that stands for its column; columns are pinned, and what
 *    costs is the same as before. The search begins at the order of step 2, so that it never ends with more crossings.
 * 4. Where blocks are too many for one search, columns are searched in windows, each beginning with the last column of the one
 *    before, as that has it. */
#include "layout/alluvial_parts.h"

#include "layout/lane_order.h"

/* Blocks, with those above them, that are searched at once. */
#define MOST_SEARCHED 1200
#define FEW_SEARCHED  100

/* The most people of a slice that terms can take. */
static const gint64 MOST_PEOPLE = 1 << 20;

/* Step 1: flows between different columns from lane to lane; a flow's slice is the column it leaves. */
static GArray *list_flows(const OfAlluvial *alluvial, const OfAlluvialInput *input)
{
    GArray *flows = g_array_new(FALSE, FALSE, sizeof(OfLayoutFlow));
    gint64 most = 0, total = 0;
    for (guint i = 0; i < input->n_flows; i++) {
        total = i > 0 && input->flows[i].slice == input->flows[i - 1].slice ? total : 0;
        total += input->flows[i].people;
        most = MAX(most, total);
    }
    guint shift = 0;
    while (most >> shift > MOST_PEOPLE / 2) {
        shift++;
    }
    for (guint i = 0; i < input->n_flows; i++) {
        OfLayoutFlow flow = input->flows[i];
        const guint column = alluvial->column[flow.slice];
        if (flow.from >= 0 && flow.to >= 0 && column != alluvial->column[flow.slice + 1]) {
            flow.slice = column;
            flow.people = MAX(flow.people >> shift, 1);
            g_array_append_val(flows, flow);
        }
    }
    return flows;
}

/* Step 2. */
static gint32 *order_lanes(OfAlluvial *alluvial, const OfAlluvialInput *input, const GArray *flows)
{
    const OfLaneOrder request = {.lanes = input->lanes,
                                 .n_lanes = input->n_lanes,
                                 .pinned = input->pinned,
                                 .n_pinned = input->n_pinned,
                                 .effort = input->effort};
    if (input->n_lanes > OF_MAX_SEARCHED_LANES) {
        return of_lane_order_find(&request, NULL, NULL);
    }
    OfLaneTerms *terms =
        of_lane_terms_from_flows(input->n_lanes, (const OfLayoutFlow *) (const void *) flows->data, flows->len, TRUE);
    gint32 *order = of_lane_order_find(&request, terms, &alluvial->work);
    of_lane_terms_free(terms);
    return order;
}

/* --- Steps 3 and 4 --- */

typedef struct {
    OfAlluvial *alluvial;
    const OfAlluvialInput *input;
    const GArray *flows;
    GArray *order; /* gint32: the result, column after column */
    guint32 *start;
    gboolean *stands; /* [column * n_lanes + lane]: the lane has people there, or is above one that has */
    gint32 *node;     /* [column * n_lanes + lane]: number of the lane in the window, or -1 */
} Free;

static void find_standing(const Free *free_order)
{
    const OfAlluvialInput *input = free_order->input;
    for (guint slice = 0; slice < input->n_slices; slice++) {
        gboolean *stands = free_order->stands + (gsize) free_order->alluvial->column[slice] * input->n_lanes;
        for (guint i = 0; i < input->n_lanes; i++) {
            gint32 lane = input->people[(gsize) slice * input->n_lanes + i] > 0 ? (gint32) i : OF_LANE_NONE;
            for (; lane >= 0 && !stands[lane]; lane = input->lanes[lane].parent) {
                stands[lane] = TRUE;
            }
        }
    }
}

static gsize cell(const Free *free_order, guint column, gint32 lane)
{
    return (gsize) column * free_order->input->n_lanes + (guint) lane;
}

static guint count_standing(const Free *free_order, guint column)
{
    guint n = 1;
    for (gint32 lane = 0; lane < (gint32) free_order->input->n_lanes; lane++) {
        n += free_order->stands[cell(free_order, column, lane)] ? 1 : 0;
    }
    return n;
}

/* A window of columns as lanes: first those that stand for columns, then the blocks. */
typedef struct {
    guint first, end;
    GArray *lanes;    /* OfLayoutLane */
    GArray *lane_of;  /* gint32: the lane of each, OF_LANE_NONE for a column */
    GArray *pinned;   /* gint32 */
    GArray *previous; /* gint32 */
    GArray *flows;    /* OfLayoutFlow */
} Window;

static void append_node(const Window *window, gint32 parent, gint32 lane)
{
    const OfLayoutLane node = {.parent = parent};
    g_array_append_val(window->lanes, node);
    g_array_append_val(window->lane_of, lane);
}

static void append_index(GArray *list, gint32 index)
{
    g_array_append_val(list, index);
}

static void add_column(const Free *free_order, const Window *window, guint column, const gint32 *order)
{
    const OfAlluvialInput *input = free_order->input;
    /* Parents stand before their children in the order, and so get their numbers first. */
    for (guint i = 0; i < input->n_lanes; i++) {
        const gint32 lane = order[i], parent = input->lanes[lane].parent;
        gint32 *node = &free_order->node[cell(free_order, column, lane)];
        if (free_order->stands[cell(free_order, column, lane)]) {
            *node = (gint32) window->lanes->len;
            append_node(window,
                        parent >= 0 ? free_order->node[cell(free_order, column, parent)] : (gint32) (column - window->first), lane);
            append_index(window->previous, *node);
        }
    }
    for (guint i = 0; i < input->n_pinned; i++) {
        if (input->pinned[i] >= 0 && free_order->stands[cell(free_order, column, input->pinned[i])]) {
            append_index(window->pinned, free_order->node[cell(free_order, column, input->pinned[i])]);
        }
    }
}

/* Holds the window's first column as the window before has left it. */
static void pin_first(const Free *free_order, const Window *window)
{
    const guint column = window->first;
    for (guint i = free_order->start[column]; window->first > 0 && i < free_order->start[column + 1]; i++) {
        append_index(window->pinned, free_order->node[cell(free_order, column, g_array_index(free_order->order, gint32, i))]);
    }
}

static void add_flows(const Free *free_order, const Window *window)
{
    for (guint i = 0; i < free_order->flows->len; i++) {
        OfLayoutFlow flow = g_array_index(free_order->flows, OfLayoutFlow, i);
        if (flow.slice >= window->first && flow.slice + 1 < window->end) {
            flow.from = free_order->node[cell(free_order, flow.slice, flow.from)];
            flow.to = free_order->node[cell(free_order, flow.slice + 1, flow.to)];
            flow.slice -= window->first;
            g_array_append_val(window->flows, flow);
        }
    }
}

/* Where blocks are many, one order for all columns is a good start, and a level less of effort is enough. */
static OfEffort window_effort(const Window *window, OfEffort effort)
{
    return window->lanes->len <= FEW_SEARCHED || effort == OF_EFFORT_FAST ? effort
           : effort == OF_EFFORT_BEST                                     ? OF_EFFORT_NORMAL
                                                                          : OF_EFFORT_FAST;
}

static void search_window(const Free *free_order, const Window *window)
{
    const OfLaneOrder request = {.lanes = (const OfLayoutLane *) (const void *) window->lanes->data,
                                 .n_lanes = window->lanes->len,
                                 .pinned = (const gint32 *) (const void *) window->pinned->data,
                                 .n_pinned = window->pinned->len,
                                 .previous = (const gint32 *) (const void *) window->previous->data,
                                 .n_previous = window->previous->len,
                                 .effort = window_effort(window, free_order->input->effort)};
    guint64 work = 0;
    OfLaneTerms *terms =
        window->lanes->len <= OF_MAX_SEARCHED_LANES
            ? of_lane_terms_from_flows(window->lanes->len, (const OfLayoutFlow *) (const void *) window->flows->data,
                                       window->flows->len, FALSE)
            : NULL;
    g_autofree gint32 *order = of_lane_order_find(&request, terms, &work);
    free_order->alluvial->work += work;
    of_lane_terms_free(terms);
    guint column = window->first;
    for (guint i = 0; i < window->lanes->len; i++) {
        const gint32 lane = g_array_index(window->lane_of, gint32, order[i]);
        if (lane != OF_LANE_NONE) {
            if (column > window->first || column == 0) { /* else the column is there already */
                append_index(free_order->order, lane);
            }
        } else if (order[i] > 0) {
            column = window->first + (guint) order[i];
            free_order->start[column] = free_order->order->len;
        }
    }
    free_order->start[window->end] = free_order->order->len;
}

static void order_columns(const Free *free_order, const gint32 *order)
{
    const guint n_columns = free_order->alluvial->n_columns;
    guint first = 0;
    while (first + 1 < n_columns || first == 0) {
        Window window = {.first = first, .end = first};
        guint n_nodes = 0;
        while (window.end < n_columns &&
               (window.end < first + 2 || n_nodes + count_standing(free_order, window.end) <= MOST_SEARCHED)) {
            n_nodes += count_standing(free_order, window.end++);
        }
        window.lanes = g_array_new(FALSE, FALSE, sizeof(OfLayoutLane));
        window.lane_of = g_array_new(FALSE, FALSE, sizeof(gint32));
        window.pinned = g_array_new(FALSE, FALSE, sizeof(gint32));
        window.previous = g_array_new(FALSE, FALSE, sizeof(gint32));
        window.flows = g_array_new(FALSE, FALSE, sizeof(OfLayoutFlow));
        for (guint column = first; column < window.end; column++) {
            append_node(&window, OF_LANE_NONE, OF_LANE_NONE);
            append_index(window.pinned, (gint32) (column - first));
            append_index(window.previous, (gint32) (column - first));
        }
        for (guint column = first; column < window.end; column++) {
            add_column(free_order, &window, column, order);
        }
        pin_first(free_order, &window);
        add_flows(free_order, &window);
        search_window(free_order, &window);
        g_array_unref(window.lanes);
        g_array_unref(window.lane_of);
        g_array_unref(window.pinned);
        g_array_unref(window.previous);
        g_array_unref(window.flows);
        if (window.end == n_columns) {
            break;
        }
        first = window.end - 1;
    }
}

GArray *of_alluvial_find_order(OfAlluvial *alluvial, const OfAlluvialInput *input, guint32 *start)
{
    g_autoptr(GArray) flows = list_flows(alluvial, input);
    g_autofree gint32 *lanes = order_lanes(alluvial, input, flows);
    GArray *order = g_array_new(FALSE, FALSE, sizeof(gint32));
    const gsize n_cells = (gsize) alluvial->n_columns * input->n_lanes;
    if (!input->free) {
        for (guint column = 0; column < alluvial->n_columns; column++) {
            g_array_append_vals(order, lanes, input->n_lanes);
            start[column + 1] = order->len;
        }
        return order;
    }
    const Free free_order = {.alluvial = alluvial,
                             .input = input,
                             .flows = flows,
                             .order = order,
                             .start = start,
                             .stands = g_new0(gboolean, n_cells + 1),
                             .node = g_new0(gint32, n_cells + 1)};
    find_standing(&free_order);
    order_columns(&free_order, lanes);
    g_free(free_order.stands);
    g_free(free_order.node);
    return order;
}
