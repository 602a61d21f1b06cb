#include "view/inline_labels.h"

#include <string.h>

#define PREFIX "label-" /* of the names of nodes that stand for labels */

#define REST "-REST" /* behind the name of the edge that has no arrowhead; ids have no capitals */

typedef struct {
    double x, y;
} Point;

static bool is_called(Agedge_t *edge, const char *name)
{
    return g_strcmp0(agnameof(edge), name) == 0;
}

Agedge_t *of_inline_label_new(Agraph_t *graph, Agraph_t *within, Agnode_t *tail, Agnode_t *head, const char *name, bool horizontal,
                              bool reversed, Agnode_t **label)
{
    g_autofree char *label_name = g_strconcat(PREFIX, name, NULL);
    g_autofree char *rest_name = g_strconcat(name, REST, NULL);
    g_assert(agnode(graph, label_name, FALSE) == NULL);
    *label = of_graph_node(within, label_name);
    of_graph_set(*label, "shape", "box", "style", "invis", "margin", "0.02,0.01", "width", "0.1", "height", "0.1", NULL);
    Agedge_t *first = of_graph_edge(graph, reversed ? head : tail, *label, reversed ? name : rest_name);
    Agedge_t *second = of_graph_edge(graph, *label, reversed ? tail : head, reversed ? rest_name : name);
    /* Words stand above a line to the right, and to the right of a line that runs down. */
    of_graph_set(first, "headport", horizontal ? OF_MARKUP_PORT ":w" : OF_MARKUP_PORT ":n", "weight", "2", NULL);
    of_graph_set(second, "tailport", horizontal ? OF_MARKUP_PORT ":e" : OF_MARKUP_PORT ":s", "weight", "2", NULL);
    of_graph_set(reversed ? second : first, "arrowhead", "none", NULL);
    if (reversed) {
        of_graph_set(first, "dir", "back", NULL);
    }
    return reversed ? first : second;
}

Agnode_t *of_inline_label_find(Agraph_t *graph, const char *name)
{
    g_autofree char *label_name = g_strconcat(PREFIX, name, NULL);
    return agnode(graph, label_name, FALSE);
}

bool of_inline_label_is(Agnode_t *node)
{
    return g_str_has_prefix(agnameof(node), PREFIX);
}

char *of_inline_label_whole(const char *name)
{
    return g_str_has_suffix(name, REST) ? g_strndup(name, strlen(name) - strlen(REST)) : NULL;
}

/* Reads the control points of `pos`: "s,x,y e,x,y x,y x,y …". *tip: the point of an arrowhead, as "x,y", or NULL. */
static GArray *read_points(const char *pos, char **tip)
{
    GArray *points = g_array_new(FALSE, FALSE, sizeof(Point));
    g_auto(GStrv) words = g_strsplit(pos, " ", -1);
    *tip = NULL;
    for (char **word = words; *word != NULL; word++) {
        if (g_str_has_prefix(*word, "e,") || g_str_has_prefix(*word, "s,")) {
            g_free(*tip);
            *tip = g_strdup(*word + 2);
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

/* The first way, a straight piece along the label, the second way: from the tail to the head, or the other way round where
 * reversed says that it was laid out so. The arrowhead is at the head. */
static char *join_ways(const char *first_pos, const char *second_pos, bool reversed)
{
    g_autofree char *first_tip = NULL, *second_tip = NULL;
    g_autoptr(GArray) way = read_points(first_pos, &first_tip);
    g_autoptr(GArray) second = read_points(second_pos, &second_tip);
    if (way->len == 0 || second->len == 0) {
        return NULL;
    }
    const Point a = g_array_index(way, Point, way->len - 1), b = g_array_index(second, Point, 0);
    for (int i = 1; i <= 2; i++) {
        const Point between = {a.x + i * (b.x - a.x) / 3, a.y + i * (b.y - a.y) / 3};
        g_array_append_val(way, between);
    }
    g_array_append_vals(way, second->data, second->len);
    const char *tip = reversed ? first_tip : second_tip;
    GString *text = g_string_new(NULL);
    if (tip != NULL) {
        g_string_append_printf(text, "e,%s", tip);
    }
    for (guint i = 0; i < way->len; i++) {
        const Point *point = &g_array_index(way, Point, reversed ? way->len - 1 - i : i);
        append_point(text, point->x, point->y);
    }
    return g_string_free(text, FALSE);
}

/* What else is tied to a label's node. */
static void move_ties(Agraph_t *graph, Agnode_t *label, Agnode_t *to, const Agedge_t *first, const Agedge_t *second)
{
    for (Agedge_t *edge = agfstout(graph, label); edge != NULL; edge = agnxtout(graph, edge)) {
        if (edge != first && edge != second) {
            Agedge_t *tie = of_graph_edge(graph, to, aghead(edge), agnameof(edge));
            agcopyattr(edge, tie);
        }
    }
}

static void join_one(Agraph_t *graph, Agnode_t *label)
{
    const char *name = agnameof(label) + strlen(PREFIX);
    g_autofree char *rest_name = g_strconcat(name, REST, NULL);
    Agedge_t *first = NULL, *second = NULL;
    for (Agedge_t *edge = agfstin(graph, label); edge != NULL && first == NULL; edge = agnxtin(graph, edge)) {
        first = is_called(edge, name) || is_called(edge, rest_name) ? edge : NULL;
    }
    for (Agedge_t *edge = agfstout(graph, label); edge != NULL && second == NULL; edge = agnxtout(graph, edge)) {
        second = is_called(edge, name) || is_called(edge, rest_name) ? edge : NULL;
    }
    g_return_if_fail(first != NULL && second != NULL);
    const bool reversed = is_called(first, name);
    Agnode_t *tail = reversed ? aghead(second) : agtail(first), *head = reversed ? agtail(first) : aghead(second);
    g_autofree char *pos = join_ways(agget(first, (char *) "pos"), agget(second, (char *) "pos"), reversed);
    Agedge_t *joined = of_graph_edge(graph, tail, head, name);
    agcopyattr(AGMKOUT(reversed ? first : second), joined); /* attributes go from out-edge to out-edge alone */
    of_graph_set(joined, "headport", "", "tailport", "", "dir", "forward", "pos", pos, "lp", agget(label, (char *) "pos"), "label",
                 agget(label, (char *) "label"), "fontname", agget(label, (char *) "fontname"), "data_words",
                 agget(label, (char *) "data_words"), NULL);
    move_ties(graph, label, head, first, second);
    agdelnode(graph, label);
}

void of_inline_labels_join(Agraph_t *graph)
{
    g_autoptr(GPtrArray) labels = g_ptr_array_new();
    for (Agnode_t *node = agfstnode(graph); node != NULL; node = agnxtnode(graph, node)) {
        if (of_inline_label_is(node)) {
            g_ptr_array_add(labels, node);
        }
    }
    for (guint i = 0; i < labels->len; i++) {
        join_one(graph, labels->pdata[i]);
    }
}
