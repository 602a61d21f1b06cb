#include "view/inline_labels.h"

#include <string.h>

#define PREFIX "label-" /* of the names of nodes that stand for labels */

typedef struct {
    double x, y;
} Point;

Agedge_t *of_inline_label_new(Agraph_t *graph, Agraph_t *within, Agnode_t *tail, Agnode_t *head, const char *name, bool horizontal,
                              Agnode_t **label)
{
    g_autofree char *label_name = g_strconcat(PREFIX, name, NULL);
    g_autofree char *first_name = g_strconcat(name, "-in", NULL);
    *label = of_graph_node(within, label_name);
    of_graph_set(*label, "shape", "box", "style", "invis", "margin", "0.02,0.01", "width", "0.1", "height", "0.1", NULL);
    Agedge_t *first = of_graph_edge(graph, tail, *label, first_name);
    Agedge_t *second = of_graph_edge(graph, *label, head, name);
    /* Words stand above a line to the right, and to the right of a line that runs down. */
    of_graph_set(first, "headport", horizontal ? OF_MARKUP_PORT ":w" : OF_MARKUP_PORT ":n", "arrowhead", "none", "weight", "2", NULL);
    of_graph_set(second, "tailport", horizontal ? OF_MARKUP_PORT ":e" : OF_MARKUP_PORT ":s", "weight", "2", NULL);
    return second;
}

/* Reads the control points of `pos`: "e,x,y x,y x,y …". *end: the point of the arrowhead, as it is written, or NULL. */
static GArray *read_points(const char *pos, char **end)
{
    GArray *points = g_array_new(FALSE, FALSE, sizeof(Point));
    g_auto(GStrv) words = g_strsplit(pos, " ", -1);
    *end = NULL;
    for (char **word = words; *word != NULL; word++) {
        if (g_str_has_prefix(*word, "e,")) {
            *end = g_strdup(*word);
            continue;
        }
        char *comma = NULL;
        Point point = {.x = g_ascii_strtod(*word, &comma)};
        if (*comma == ',') {
            point.y = g_ascii_strtod(comma + 1, NULL);
            g_array_append_val(points, point);
        }
    }
    return points;
}

static void append_point(GString *text, double x, double y)
{
    g_autofree char *px = of_number_text(x);
    g_autofree char *py = of_number_text(y);
    g_string_append_printf(text, "%s%s,%s", text->len > 0 ? " " : "", px, py);
}

/* The first way, a straight piece along the label, the second way. */
static char *join_ways(const char *first_pos, const char *second_pos)
{
    g_autofree char *end = NULL, *no_end = NULL;
    g_autoptr(GArray) first = read_points(first_pos, &no_end);
    g_autoptr(GArray) second = read_points(second_pos, &end);
    if (first->len == 0 || second->len == 0) {
        return NULL;
    }
    GString *text = g_string_new(end);
    const Point *points = (const Point *) (gpointer) first->data;
    const Point a = points[first->len - 1], b = g_array_index(second, Point, 0);
    for (guint i = 0; i < first->len; i++) {
        append_point(text, points[i].x, points[i].y);
    }
    for (int i = 1; i <= 2; i++) {
        append_point(text, a.x + i * (b.x - a.x) / 3, a.y + i * (b.y - a.y) / 3);
    }
    for (guint i = 0; i < second->len; i++) {
        append_point(text, g_array_index(second, Point, i).x, g_array_index(second, Point, i).y);
    }
    return g_string_free(text, FALSE);
}

static void join_one(Agraph_t *graph, Agnode_t *label)
{
    Agedge_t *first = agfstin(graph, label), *second = agfstout(graph, label);
    g_return_if_fail(first != NULL && second != NULL);
    g_autofree char *pos = join_ways(agget(first, (char *) "pos"), agget(second, (char *) "pos"));
    Agedge_t *joined = of_graph_edge(graph, agtail(first), aghead(second), agnameof(label) + strlen(PREFIX));
    agcopyattr(second, joined);
    of_graph_set(joined, "tailport", "", "pos", pos, "lp", agget(label, (char *) "pos"), "label", agget(label, (char *) "label"), "fontname",
                 agget(label, (char *) "fontname"), NULL);
    agdelnode(graph, label);
}

void of_inline_labels_join(Agraph_t *graph)
{
    g_autoptr(GPtrArray) labels = g_ptr_array_new();
    for (Agnode_t *node = agfstnode(graph); node != NULL; node = agnxtnode(graph, node)) {
        if (g_str_has_prefix(agnameof(node), PREFIX)) {
            g_ptr_array_add(labels, node);
        }
    }
    for (guint i = 0; i < labels->len; i++) {
        join_one(graph, labels->pdata[i]);
    }
}
