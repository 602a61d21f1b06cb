#include "graphviz/listing.h"

#include <string.h>

typedef struct {
    const char *const *of_graph, *const *of_node, *const *of_edge;
} Names;

static const char *const graph_places[] = {"bb", "lp", "lwidth", "lheight", NULL};
static const char *const node_places[] = {"pos", "width", "height", NULL};
static const char *const edge_places[] = {"pos", "lp", NULL};
static const char *const strokes[] = {"_draw_", "_ldraw_", NULL};
static const char *const edge_strokes[] = {"_draw_", "_ldraw_", "_hdraw_", "_tdraw_", "_hldraw_", "_tldraw_", NULL};

static const Names positions = {graph_places, node_places, edge_places}, drawing = {strokes, strokes, edge_strokes};

static void put(GString *list, const char *text)
{
    g_string_append_len(list, text, (gssize) strlen(text) + 1);
}

/* Lists an object whose names have been put since before, unless there is nothing set. */
static void put_values(GString *list, gsize before, void *object, const char *const *names)
{
    const gsize named = list->len;
    for (gsize i = 0; names[i] != NULL; i++) {
        const char *value = agget(object, (char *) names[i]);
        if (value != NULL && *value != '\0') {
            put(list, names[i]);
            put(list, value);
        }
    }
    if (list->len > named) {
        put(list, "");
    } else {
        g_string_truncate(list, before);
    }
}

static void put_graph(GString *list, Agraph_t *graph, const Names *names)
{
    const gsize before = list->len;
    put(list, "g");
    put(list, agnameof(graph));
    put_values(list, before, graph, names->of_graph);
    for (Agraph_t *inner = agfstsubg(graph); inner != NULL; inner = agnxtsubg(inner)) {
        put_graph(list, inner, names);
    }
}

static void put_edge(GString *list, Agedge_t *edge, const Names *names)
{
    const gsize before = list->len;
    const char *name = agnameof(edge);
    put(list, "e");
    put(list, agnameof(agtail(edge)));
    put(list, agnameof(aghead(edge)));
    put(list, name != NULL ? name : "");
    put_values(list, before, edge, names->of_edge);
}

GString *of_listing_write(Agraph_t *graph, const char *what)
{
    const Names *names = strcmp(what, OF_LISTING_DRAWING) == 0 ? &drawing : &positions;
    GString *list = g_string_new(NULL);
    put_graph(list, graph, names);
    for (Agnode_t *node = agfstnode(graph); node != NULL; node = agnxtnode(graph, node)) {
        for (Agedge_t *edge = agfstout(graph, node); edge != NULL; edge = agnxtout(graph, edge)) {
            put_edge(list, edge, names);
        }
    }
    for (Agnode_t *node = agfstnode(graph); node != NULL; node = agnxtnode(graph, node)) {
        const gsize before = list->len;
        put(list, "n");
        put(list, agnameof(node));
        put_values(list, before, node, names->of_node);
    }
    return list;
}
