#include "view/overlay.h"

#include <math.h>
#include <string.h>

#include "base/hash.h"
#include "view/change_summary.h"
#include "view/graph_copy.h"
#include "view/overlay_context.h"
#include "view/overlay_marks.h"
#include "view/view.h"

/* Behind the name of a line that runs another way in the new revision, for the old way; ids have no capitals. */
#define GHOST "-BEFORE"

/* Of a size: as much as the last of five digits can hide, and the places that sizes are written with here. */
#define ROUNDING 5e-5
#define PLACES   1e4

static void free_mark(gpointer data)
{
    OfMark *mark = data;
    of_label_merge_free(mark->label);
    g_hash_table_unref(mark->changes);
    g_free(mark);
}

void of_overlay_free(OfOverlay *overlay)
{
    if (overlay != NULL) {
        g_hash_table_unref(overlay->marks);
        agclose(overlay->graphs[1]);
        g_free(overlay);
    }
}

/* "0within-meta": kinds apart. Owned by the caller. */
static char *name_of(void *element)
{
    const char *name = agnameof(element);
    return g_strdup_printf("%d%s", AGTYPE(element) == AGINEDGE ? AGOUTEDGE : AGTYPE(element), name != NULL ? name : "");
}

OfMark *of_overlay_find(const OfOverlay *overlay, void *element)
{
    g_autofree char *name = name_of(element);
    return g_hash_table_lookup(overlay->marks, name);
}

static void know(OfOverlay *overlay, void *element, guint side, void *own)
{
    g_autofree char *name = name_of(element);
    OfMark *mark = g_hash_table_lookup(overlay->marks, name);
    if (mark == NULL) {
        mark = g_new0(OfMark, 1);
        mark->changes = g_hash_table_new(NULL, NULL);
        g_hash_table_insert(overlay->marks, g_steal_pointer(&name), mark);
    }
    mark->sides[side] = own;
}

/* ---- One graph of two ---- */

typedef struct {
    OfOverlay *overlay;
    Agraph_t *both;        /* being made */
    guint side;            /* the one being added */
    GHashTable *subgraphs; /* name -> Agraph_t of both */
    GHashTable *edges;     /* name -> Agedge_t of both */
} Merging;

static void add_subgraphs(Merging *merging, Agraph_t *own, Agraph_t *into)
{
    for (Agraph_t *inner = agfstsubg(own); inner != NULL; inner = agnxtsubg(inner)) {
        const char *name = agnameof(inner);
        Agraph_t *known = g_hash_table_lookup(merging->subgraphs, name);
        if (known == NULL) {
            known = agsubg(into, (char *) name, TRUE);
            of_graph_copy_attributes(inner, known, NULL);
            g_hash_table_insert(merging->subgraphs, (gpointer) name, known);
        }
        know(merging->overlay, known, merging->side, inner);
        add_subgraphs(merging, inner, known);
    }
}

static void add_nodes(Merging *merging, Agraph_t *own)
{
    for (Agnode_t *node = agfstnode(own); node != NULL; node = agnxtnode(own, node)) {
        Agnode_t *known = agnode(merging->both, agnameof(node), FALSE);
        if (known == NULL) {
            known = agnode(merging->both, agnameof(node), TRUE);
            of_graph_copy_attributes(node, known, NULL);
        }
        know(merging->overlay, known, merging->side, node);
    }
}

/* What is in both stands where the new side has it; lists of what shares a rank are joined. */
static void add_members(Merging *merging, Agraph_t *own)
{
    for (Agraph_t *inner = agfstsubg(own); inner != NULL; inner = agnxtsubg(inner)) {
        Agraph_t *known = g_hash_table_lookup(merging->subgraphs, agnameof(inner));
        const bool is_cluster = g_str_has_prefix(agnameof(inner), "cluster");
        for (Agnode_t *node = agfstnode(inner); node != NULL; node = agnxtnode(inner, node)) {
            Agnode_t *member = agnode(merging->both, agnameof(node), FALSE);
            const OfMark *mark = of_overlay_find(merging->overlay, member);
            if (merging->side == 1 || !is_cluster || mark->sides[1] == NULL) {
                agsubnode(known, member, TRUE);
            }
        }
        add_members(merging, inner);
    }
}

static bool same_way(Agedge_t *a, Agedge_t *b)
{
    return g_str_equal(agnameof(agtail(a)), agnameof(agtail(b))) && g_str_equal(agnameof(aghead(a)), agnameof(aghead(b)));
}

static void add_edges(Merging *merging, Agraph_t *own)
{
    for (Agnode_t *node = agfstnode(own); node != NULL; node = agnxtnode(own, node)) {
        for (Agedge_t *edge = agfstout(own, node); edge != NULL; edge = agnxtout(own, edge)) {
            Agedge_t *known = g_hash_table_lookup(merging->edges, agnameof(edge));
            if (known == NULL || !same_way(known, edge)) {
                g_autofree char *name = g_strconcat(agnameof(edge), known != NULL ? GHOST : NULL, NULL);
                Agnode_t *tail = agnode(merging->both, agnameof(agtail(edge)), FALSE),
                         *head = agnode(merging->both, agnameof(aghead(edge)), FALSE);
                known = agedge(merging->both, tail, head, name, TRUE);
                of_graph_copy_attributes(edge, known, NULL);
                of_graph_set(known, "id", name, NULL);
                g_hash_table_insert(merging->edges, agnameof(known), known);
            }
            know(merging->overlay, known, merging->side, edge);
        }
    }
}

/* The new side first, so that dot puts what is in it where it would stand alone, as far as it can. */
static Agraph_t *put_together(OfDrawing *drawing, OfOverlay *overlay)
{
    Agraph_t *both = of_graph_new(agnameof(overlay->graphs[1]), drawing->discipline);
    Merging merging = {.overlay = overlay, .both = both};
    merging.subgraphs = g_hash_table_new(of_text_hash, g_str_equal);
    merging.edges = g_hash_table_new(of_text_hash, g_str_equal);
    of_graph_copy_attributes(overlay->graphs[1], both, NULL);
    for (guint side = 2; side-- > 0;) {
        merging.side = side;
        add_nodes(&merging, overlay->graphs[side]);
        add_subgraphs(&merging, overlay->graphs[side], both);
        add_members(&merging, overlay->graphs[side]);
    }
    for (guint side = 2; side-- > 0;) {
        merging.side = side;
        add_edges(&merging, overlay->graphs[side]);
    }
    g_hash_table_unref(merging.subgraphs);
    g_hash_table_unref(merging.edges);
    return both;
}

/* ---- All of it ---- */

/* Legend entries of either side: what dashes say of confidence is not said in the difference, where they say what is gone. */
static void join_legends(OfDrawing *drawing)
{
    GPtrArray *sides[] = {drawing->other->legend, drawing->legend};
    g_autoptr(GHashTable) old = g_hash_table_new(of_text_hash, g_str_equal);
    for (guint i = 0; i < sides[0]->len; i++) {
        const OfLegendEntry *entry = sides[0]->pdata[i];
        g_hash_table_add(old, entry->text);
    }
    for (guint i = 0; i < sides[1]->len; i++) {
        OfLegendEntry *entry = sides[1]->pdata[i];
        const bool confidence = entry->order <= (int) OF_CONFIDENCE_DISPUTED;
        entry->panels = (guint8) (1 << OF_PANEL_AFTER | (confidence ? 0 : 1 << OF_PANEL_DIFF) |
                                  (g_hash_table_contains(old, entry->text) ? 1 << OF_PANEL_BEFORE : 0));
    }
    for (guint i = 0; i < sides[0]->len; i++) {
        OfLegendEntry entry = *(const OfLegendEntry *) sides[0]->pdata[i];
        const bool confidence = entry.order <= (int) OF_CONFIDENCE_DISPUTED;
        entry.panels = (guint8) (1 << OF_PANEL_BEFORE | (confidence ? 0 : 1 << OF_PANEL_DIFF));
        of_drawing_add_legend(drawing, entry, entry.text); /* what the new side has stays */
    }
}

bool of_overlay_build(OfDrawing *drawing, GError **error)
{
    if (!drawing->view->build(drawing, error) || !drawing->view->build(drawing->other, error)) {
        return false;
    }
    OfOverlay *overlay = g_new0(OfOverlay, 1);
    overlay->graphs[0] = drawing->other->graph;
    overlay->graphs[1] = drawing->graph;
    overlay->marks = g_hash_table_new_full(of_text_hash, g_str_equal, g_free, free_mark);
    drawing->overlay = overlay;
    drawing->graph = put_together(drawing, overlay);
    drawing->empty = drawing->empty && drawing->other->empty;
    const guint marked = of_overlay_mark_all(drawing);
    if (drawing->task->context >= 0) {
        of_overlay_keep_context(drawing, (guint) drawing->task->context);
        if (agnnodes(drawing->graph) == 0) {
            drawing->empty = true;
            g_free(drawing->description);
            drawing->description = g_strdup("Nothing that this view shows has changed.");
        }
    }
    of_overlay_paint_difference(drawing);
    join_legends(drawing);
    of_change_summary_make(drawing, marked);
    if (drawing->view->place != NULL && !drawing->empty) {
        drawing->view->place(drawing);
    }
    return true;
}

/* Graphviz writes a size with five digits, and makes a node larger where its label is: one that it rounded down would hang on what a panel's
   label says. */
static void round_size_up(OfDrawing *drawing, void *node, OfMark *mark)
{
    (void) drawing;
    (void) mark;
    static const char *const names[] = {"width", "height"};
    for (gsize i = 0; i < G_N_ELEMENTS(names) && g_strcmp0(agget(node, (char *) "fixedsize"), "true") != 0; i++) {
        const char *text = agget(node, (char *) names[i]);
        if (text != NULL && *text != '\0') {
            of_graph_set_number(node, names[i], ceil(g_ascii_strtod(text, NULL) * (1 + ROUNDING) * PLACES) / PLACES);
        }
    }
}

void of_overlay_show(OfDrawing *drawing)
{
    of_overlay_each(drawing, AGNODE, round_size_up);
    if (drawing->panel != OF_PANEL_DIFF) {
        of_overlay_paint_side(drawing);
    }
}

/* ---- Going over it ---- */

static void each_cluster(OfDrawing *drawing, Agraph_t *graph, OfElementCall call)
{
    for (Agraph_t *inner = agfstsubg(graph); inner != NULL; inner = agnxtsubg(inner)) {
        OfMark *mark = of_overlay_find(drawing->overlay, inner);
        if (g_str_has_prefix(agnameof(inner), "cluster") && mark != NULL) {
            call(drawing, inner, mark);
        }
        each_cluster(drawing, inner, call);
    }
}

void of_overlay_each(OfDrawing *drawing, int kind, OfElementCall call)
{
    Agraph_t *graph = drawing->graph;
    if (kind == AGRAPH) {
        each_cluster(drawing, graph, call);
        return;
    }
    for (Agnode_t *node = agfstnode(graph); node != NULL; node = agnxtnode(graph, node)) {
        OfMark *mark = kind == AGNODE ? of_overlay_find(drawing->overlay, node) : NULL;
        if (mark != NULL) {
            call(drawing, node, mark);
        }
        for (Agedge_t *edge = agfstout(graph, node); kind == AGEDGE && edge != NULL; edge = agnxtout(graph, edge)) {
            mark = of_overlay_find(drawing->overlay, edge);
            if (mark != NULL) {
                call(drawing, edge, mark);
            }
        }
    }
}
