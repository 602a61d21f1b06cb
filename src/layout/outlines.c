#include "layout/outlines.h"

/* Of one lane at one slot. */
typedef struct {
    gint32 lane;
    guint32 slot;
    double top;
    double bottom;
} Edge;

static gint compare_edges(gconstpointer a, gconstpointer b)
{
    const Edge *p = a;
    const Edge *q = b;
    if (p->lane != q->lane) {
        return p->lane < q->lane ? -1 : 1;
    }
    return p->slot < q->slot ? -1 : p->slot > q->slot;
}

static GArray *list_edges(const OfSlots *slots, const OfHeights *heights)
{
    GArray *edges = g_array_new(FALSE, FALSE, sizeof(Edge));
    for (guint slot = 0; slot < slots->n_slots; slot++) {
        guint n = 0;
        const OfBox *boxes = of_heights_get_boxes(heights, slot, &n);
        for (guint i = 0; i < n; i++) {
            if (boxes[i].lane >= 0) {
                Edge edge = {boxes[i].lane, slot, boxes[i].top, boxes[i].top + boxes[i].height};
                g_array_append_val(edges, edge);
            }
        }
    }
    g_array_sort(edges, compare_edges);
    return edges;
}

/* One edge of a run of slots; returns the number of points. */
static guint add_edge(GArray *points, const Edge *edges, guint n, const OfTimescale *timescale, gboolean bottom)
{
    guint before = points->len;
    double y = bottom ? edges[0].bottom : edges[0].top;
    OfLayoutPoint start = {timescale->x[edges[0].slot], y};
    g_array_append_val(points, start);
    for (guint i = 1; i < n; i++) {
        double next = bottom ? edges[i].bottom : edges[i].top;
        if (ABS(next - y) > 1e-6) {
            guint slot = edges[i].slot;
            of_bezier_line_to(points, timescale->x[slot] - timescale->half[slot], y);
            of_bezier_bend_to(points, timescale->x[slot] + timescale->half[slot], next);
            y = next;
        }
    }
    of_bezier_line_to(points, timescale->x[edges[n - 1].slot + 1], y);
    return points->len - before;
}

OfOutlines *of_outlines_new(const OfSlots *slots, const OfHeights *heights, const OfTimescale *timescale)
{
    OfOutlines *outlines = g_new0(OfOutlines, 1);
    g_autoptr(GArray) edges = list_edges(slots, heights);
    outlines->outlines = g_array_new(FALSE, FALSE, sizeof(OfOutline));
    outlines->points = g_array_new(FALSE, FALSE, sizeof(OfLayoutPoint));
    for (guint start = 0, end = 0; start < edges->len; start = end) {
        const Edge *edge = &g_array_index(edges, Edge, start);
        for (end = start + 1; end < edges->len; end++) {
            const Edge *next = &g_array_index(edges, Edge, end);
            if (next->lane != edge->lane || next->slot != edge->slot + (end - start)) {
                break;
            }
        }
        OfOutline outline = {.lane = edge->lane, .first_slot = edge->slot, .end_slot = edge->slot + (end - start)};
        outline.from = timescale->x[outline.first_slot];
        outline.to = timescale->x[outline.end_slot];
        outline.top = outlines->points->len;
        outline.n_top = add_edge(outlines->points, edge, end - start, timescale, FALSE);
        outline.bottom = outlines->points->len;
        outline.n_bottom = add_edge(outlines->points, edge, end - start, timescale, TRUE);
        g_array_append_val(outlines->outlines, outline);
    }
    return outlines;
}

void of_outlines_free(OfOutlines *outlines)
{
    if (outlines == NULL) {
        return;
    }
    g_array_unref(outlines->outlines);
    g_array_unref(outlines->points);
    g_free(outlines);
}

static const OfLayoutPoint *get_points(const OfOutlines *outlines, guint32 first)
{
    return &g_array_index(outlines->points, OfLayoutPoint, first);
}

void of_outlines_get_span(const OfOutlines *outlines, const OfOutline *outline, double x, double *top, double *bottom)
{
    *top = of_bezier_get_y(get_points(outlines, outline->top), outline->n_top, x);
    *bottom = of_bezier_get_y(get_points(outlines, outline->bottom), outline->n_bottom, x);
}

GArray *of_outlines_cut(const OfOutlines *outlines, const OfOutline *outline, double from, double to)
{
    GArray *path = g_array_new(FALSE, FALSE, sizeof(OfLayoutPoint));
    g_autoptr(GArray) bottom = g_array_new(FALSE, FALSE, sizeof(OfLayoutPoint));
    from = MAX(from, outline->from);
    to = MIN(to, outline->to);
    if (from >= to) {
        return path;
    }
    of_bezier_cut(get_points(outlines, outline->top), outline->n_top, from, to, path);
    of_bezier_cut(get_points(outlines, outline->bottom), outline->n_bottom, from, to, bottom);
    OfLayoutPoint corner = g_array_index(bottom, OfLayoutPoint, bottom->len - 1);
    OfLayoutPoint first = g_array_index(path, OfLayoutPoint, 0);
    of_bezier_line_to(path, corner.x, corner.y);
    for (guint i = bottom->len - 1; i-- > 0;) {
        OfLayoutPoint point = g_array_index(bottom, OfLayoutPoint, i);
        g_array_append_val(path, point);
    }
    of_bezier_line_to(path, first.x, first.y);
    return path;
}
