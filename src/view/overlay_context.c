#include "view/overlay_context.h"

#include <string.h>

#include "base/hash.h"
#include "view/inline_labels.h"
#include "view/overlay_marks.h"
#include "view/view.h"

typedef struct {
    OfDrawing *drawing;
    GHashTable *near;    /* node -> it is to stay */
    GHashTable *members; /* what nodes stay together by -> GPtrArray of Agnode_t */
} Context;

/* The row or the box that a node is of, or NULL. */
static const char *company_of(const Context *context, Agnode_t *node)
{
    const char *row = agget(node, (char *) "group");
    return row != NULL && *row != '\0' ? row : g_hash_table_lookup(context->members, node);
}

static void add(Context *context, Agnode_t *node, GPtrArray *found)
{
    if (g_hash_table_add(context->near, node)) {
        g_ptr_array_add(found, node);
    }
}

/* What a line leads to; the words on it are no stop of their own. */
static void add_neighbours(Context *context, Agnode_t *node, GPtrArray *found)
{
    Agraph_t *graph = context->drawing->graph;
    for (Agedge_t *edge = agfstedge(graph, node); edge != NULL; edge = agnxtedge(graph, edge, node)) {
        Agnode_t *other = agtail(edge) == node ? aghead(edge) : agtail(edge);
        const char *style = agget(edge, (char *) "style");
        if (style != NULL && strstr(style, "invis") != NULL) {
            continue;
        }
        const bool is_new = !g_hash_table_contains(context->near, other);
        add(context, other, found);
        if (is_new && of_inline_label_is(other)) {
            g_ptr_array_remove_fast(found, other);
            add_neighbours(context, other, found);
        }
    }
}

/* Everyone of the same row or box. */
static void add_company(Context *context, GPtrArray *found)
{
    g_autoptr(GHashTable) companies = g_hash_table_new(of_text_hash, g_str_equal);
    Agraph_t *graph = context->drawing->graph;
    for (Agnode_t *node = agfstnode(graph); node != NULL; node = agnxtnode(graph, node)) {
        const char *company = g_hash_table_contains(context->near, node) ? company_of(context, node) : NULL;
        if (company != NULL) {
            g_hash_table_add(companies, (gpointer) company);
        }
    }
    for (Agnode_t *node = agfstnode(graph); node != NULL; node = agnxtnode(graph, node)) {
        const char *company = company_of(context, node);
        if (company != NULL && g_hash_table_contains(companies, company)) {
            add(context, node, found);
        }
    }
}

static void add_marked(Context *context, GPtrArray *found)
{
    OfDrawing *drawing = context->drawing;
    Agraph_t *graph = drawing->graph;
    for (Agnode_t *node = agfstnode(graph); node != NULL; node = agnxtnode(graph, node)) {
        const OfMark *mark = of_overlay_find(drawing->overlay, node);
        if (mark != NULL && mark->delta != OF_DELTA_UNCHANGED && !of_inline_label_is(node)) {
            add(context, node, found);
        }
        for (Agedge_t *edge = agfstout(graph, node); edge != NULL; edge = agnxtout(graph, edge)) {
            mark = of_overlay_find(drawing->overlay, edge);
            if (mark != NULL && mark->delta != OF_DELTA_UNCHANGED) {
                add(context, agtail(edge), found);
                add(context, aghead(edge), found);
            }
        }
    }
}

/* Where people stand in boxes, those of one box are together. */
static void collect_boxes(Context *context, Agraph_t *graph)
{
    for (Agraph_t *inner = agfstsubg(graph); inner != NULL; inner = agnxtsubg(inner)) {
        for (Agnode_t *node = agfstnode(inner); node != NULL; node = agnxtnode(inner, node)) {
            g_hash_table_insert(context->members, node, agnameof(inner));
        }
        collect_boxes(context, inner);
    }
}

static bool is_title(Agnode_t *node)
{
    const char *class = agget(node, (char *) "class");
    return class != NULL && strstr(class, "lab-name") != NULL;
}

/* A box that stays keeps its name. */
static void keep_titles(Context *context, Agraph_t *graph)
{
    for (Agraph_t *inner = agfstsubg(graph); inner != NULL; inner = agnxtsubg(inner)) {
        bool stays = false;
        for (Agnode_t *node = agfstnode(inner); node != NULL; node = agnxtnode(inner, node)) {
            stays = stays || g_hash_table_contains(context->near, node);
        }
        for (Agnode_t *node = stays ? agfstnode(inner) : NULL; node != NULL; node = agnxtnode(inner, node)) {
            if (is_title(node) && g_strcmp0(g_hash_table_lookup(context->members, node), agnameof(inner)) == 0) {
                g_hash_table_add(context->near, node);
            }
        }
        keep_titles(context, inner);
    }
}

static void drop_rest(Context *context)
{
    Agraph_t *graph = context->drawing->graph;
    for (Agnode_t *node = agfstnode(graph), *next; node != NULL; node = next) {
        next = agnxtnode(graph, node);
        if (!g_hash_table_contains(context->near, node)) {
            agdelnode(graph, node);
        }
    }
}

static void drop_empty(Agraph_t *graph)
{
    for (Agraph_t *inner = agfstsubg(graph), *next; inner != NULL; inner = next) {
        next = agnxtsubg(inner);
        drop_empty(inner);
        if (agnnodes(inner) == 0) {
            agclose(inner);
        }
    }
}

void of_overlay_keep_context(OfDrawing *drawing, guint steps)
{
    Context context = {drawing, g_hash_table_new(NULL, NULL), g_hash_table_new(NULL, NULL)};
    const bool boxes = g_str_equal(drawing->view->engine, "nop2");
    g_autoptr(GPtrArray) front = g_ptr_array_new();
    if (boxes) {
        collect_boxes(&context, drawing->graph);
    }
    add_marked(&context, front);
    for (guint i = 0; i < steps && front->len > 0; i++) {
        g_autoptr(GPtrArray) found = g_ptr_array_new();
        for (guint j = 0; j < front->len; j++) {
            add_neighbours(&context, front->pdata[j], found);
        }
        if (boxes) {
            add_company(&context, found);
        }
        g_ptr_array_set_size(front, 0);
        g_ptr_array_extend(front, found, NULL, NULL);
    }
    if (boxes) {
        keep_titles(&context, drawing->graph);
    } else {
        add_company(&context, front);
    }
    drop_rest(&context);
    drop_empty(drawing->graph);
    g_hash_table_unref(context.near);
    g_hash_table_unref(context.members);
}
