/* What happened to each element of an overlay, and by which changes. */
#include "view/overlay_marks.h"

#include <string.h>

#include "base/hash.h"
#include "view/change_index.h"
#include "view/graph_copy.h"
#include "view/inline_labels.h"
#include "view/view.h"

typedef struct {
    OfDrawing *drawing;
    OfChangeIndex *index;
    GHashTable *renames;     /* old name of a person -> new one */
    GHashTable *clusters[2]; /* by side: node's name -> innermost cluster's name */
} Marking;

static const OfStory *story_of(const OfDrawing *drawing, guint side)
{
    return side == 0 ? drawing->other->story : drawing->story;
}

static const char *value_of(void *element, const char *name)
{
    const char *value = element != NULL ? agget(element, (char *) name) : NULL;
    return value != NULL ? value : "";
}

static bool is_word(const char *text, const char *word)
{
    g_auto(GStrv) words = g_strsplit(text, ",", -1);
    return g_strv_contains((const char *const *) words, word);
}

static const char *dash_of(void *element)
{
    static const char *const dashes[] = {"dashed", "dotted", "invis"};
    for (gsize i = 0; i < G_N_ELEMENTS(dashes); i++) {
        if (is_word(value_of(element, "style"), dashes[i])) {
            return dashes[i];
        }
    }
    return "solid";
}

static bool is_callout(void *element)
{
    return g_str_equal(value_of(element, "data_kind"), "callout");
}

static void collect_clusters(Agraph_t *graph, GHashTable *clusters)
{
    for (Agraph_t *inner = agfstsubg(graph); inner != NULL; inner = agnxtsubg(inner)) {
        for (Agnode_t *node = agfstnode(inner); g_str_has_prefix(agnameof(inner), "cluster") && node != NULL;
             node = agnxtnode(inner, node)) {
            g_hash_table_insert(clusters, agnameof(node), agnameof(inner));
        }
        collect_clusters(inner, clusters); /* inner ones write over outer ones */
    }
}

/* Where an element stands on a side. */
static const char *place_of(const Marking *marking, const OfMark *mark, guint side)
{
    void *element = mark->sides[side];
    const char *place = NULL;
    if (AGTYPE(element) == AGNODE && !of_inline_label_is(element)) {
        place = g_hash_table_lookup(marking->clusters[side], agnameof(element));
    } else if (AGTYPE(element) == AGRAPH) {
        place = agnameof(agparent(element));
    }
    return place != NULL ? place : "";
}

static bool differs(const Marking *marking, const OfMark *mark)
{
    static const char *const attributes[] = {"data_stance", "data_confidence", "data_lead"};
    if (mark->sides[0] == NULL || mark->sides[1] == NULL) {
        return true;
    }
    const bool edge = AGTYPE(mark->sides[0]) != AGRAPH && AGTYPE(mark->sides[0]) != AGNODE;
    bool differ = (mark->label != NULL && of_label_merge_differs(mark->label)) ||
                  !g_str_equal(dash_of(mark->sides[0]), dash_of(mark->sides[1])) ||
                  !g_str_equal(place_of(marking, mark, 0), place_of(marking, mark, 1));
    for (gsize i = edge ? G_N_ELEMENTS(attributes) : 0; i < 1; i++) {
        differ = differ || !g_str_equal(value_of(mark->sides[0], attributes[i]), value_of(mark->sides[1], attributes[i]));
    }
    return differ;
}

static bool all_retargeted(const OfMark *mark)
{
    GHashTableIter iter;
    gpointer change;
    g_hash_table_iter_init(&iter, mark->changes);
    while (g_hash_table_iter_next(&iter, &change, NULL)) {
        if (of_change_delta(change) != OF_DELTA_RETARGETED) {
            return false;
        }
    }
    return true;
}

/* Whether an element on one side alone stands for a lab or an event that both revisions have: what is new or gone is what it is shown for, its
 * lines or what is in it. */
static bool is_known(const Marking *marking, const OfMark *mark)
{
    const guint side = mark->sides[1] != NULL ? 1 : 0;
    void *element = mark->sides[side];
    const OfStory *story = story_of(marking->drawing, side);
    const char *kind = value_of(element, "data_kind");
    const OfItem *item = g_str_equal(kind, "lab")     ? (gconstpointer) of_story_find_lab(story, value_of(element, "data_lab"))
                         : g_str_equal(kind, "event") ? (gconstpointer) of_story_find_event(story, value_of(element, "data_event"))
                                                      : NULL;
    return mark->sides[1 - side] == NULL && item != NULL && of_revisions_mate(marking->drawing->revisions, item) != NULL;
}

/* By what stands behind it; without that it is not marked. */
static void set_delta(OfMark *mark)
{
    const bool old_alone = mark->sides[1] == NULL, new_alone = mark->sides[0] == NULL;
    mark->hidden = old_alone && g_hash_table_size(mark->changes) == 0;
    mark->delta = g_hash_table_size(mark->changes) == 0 ? OF_DELTA_UNCHANGED
                  : all_retargeted(mark)                ? OF_DELTA_RETARGETED
                  : old_alone                           ? OF_DELTA_REMOVED
                  : new_alone                           ? OF_DELTA_ADDED
                                                        : OF_DELTA_CHANGED;
}

static void mark_one(const Marking *marking, OfMark *mark)
{
    if (is_known(marking, mark)) {
        mark->hidden = mark->sides[1] == NULL;
        return;
    }
    if (!differs(marking, mark)) {
        return;
    }
    for (guint side = 0; side < 2; side++) {
        if (mark->sides[side] != NULL) {
            of_change_index_add_own(marking->index, story_of(marking->drawing, side), mark->sides[side], mark->changes);
        }
    }
    GHashTableIter iter;
    gpointer change;
    g_hash_table_iter_init(&iter, mark->changes);
    while (g_hash_table_iter_next(&iter, &change, NULL)) {
        of_drawing_draw_change(marking->drawing, change);
    }
    /* What differs without a change of its own, a number of people, say, follows from changes near by: those that are drawn tell most. */
    const bool own = g_hash_table_size(mark->changes) > 0;
    for (guint side = 0; side < 2 && !own; side++) {
        if (mark->sides[side] != NULL) {
            of_change_index_add_near(marking->index, story_of(marking->drawing, side), mark->sides[side], mark->changes);
        }
    }
    if (!own) {
        of_changes_prefer(mark->changes, marking->drawing->drawn);
    }
    set_delta(mark);
}

static void merge_labels(const Marking *marking, OfMark *mark, bool is_list)
{
    const char *const labels[] = {mark->sides[0] != NULL ? of_graph_markup(mark->sides[0]) : NULL,
                                  mark->sides[1] != NULL ? of_graph_markup(mark->sides[1]) : NULL};
    if (labels[0] != NULL || labels[1] != NULL) {
        const bool same_title = mark->sides[0] != NULL && mark->sides[1] != NULL &&
                                g_str_equal(value_of(mark->sides[0], "data_kind"), "lab") &&
                                g_str_equal(value_of(mark->sides[0], "data_title"), value_of(mark->sides[1], "data_title"));
        mark->label = of_label_merge_new(labels[0], labels[1], is_list, same_title, marking->renames);
    }
}

/* An edge that runs along a label is three elements until it is joined: its label's node and the two pieces share one mark. */
static void mark_edge(const Marking *marking, Agedge_t *edge, OfMark *mark)
{
    OfDrawing *drawing = marking->drawing;
    void *own = mark->sides[1] != NULL ? mark->sides[1] : mark->sides[0];
    mark->has_ink = !g_str_equal(dash_of(own), "invis") && !is_callout(own);
    g_autofree char *whole = of_inline_label_whole(agnameof(edge));
    if (!mark->has_ink || whole != NULL) {
        mark->hidden = is_callout(own) && mark->sides[1] == NULL;
        return;
    }
    Agnode_t *node = of_inline_label_find(drawing->graph, agnameof(edge));
    OfMark *words = node != NULL ? of_overlay_find(drawing->overlay, node) : NULL;
    if (words != NULL) {
        merge_labels(marking, words, true);
        mark->label = g_steal_pointer(&words->label);
    }
    mark_one(marking, mark);
    if (words != NULL) {
        words->label = g_steal_pointer(&mark->label);
        words->delta = mark->delta;
        words->hidden = mark->hidden;
        words->has_ink = true;
    }
}

static void take_whole(const Marking *marking, Agedge_t *edge, OfMark *mark)
{
    g_autofree char *whole = of_inline_label_whole(agnameof(edge));
    g_autofree char *name = whole != NULL ? g_strdup_printf("%d%s", AGOUTEDGE, whole) : NULL;
    const OfMark *known = name != NULL ? g_hash_table_lookup(marking->drawing->overlay->marks, name) : NULL;
    if (known != NULL) {
        mark->delta = known->delta;
        mark->hidden = known->hidden;
    }
}

static void add_changes(OfMark *mark, const OfMark *from)
{
    GHashTableIter iter;
    gpointer change;
    g_hash_table_iter_init(&iter, from->changes);
    while (g_hash_table_iter_next(&iter, &change, NULL)) {
        g_hash_table_add(mark->changes, change);
    }
}

static bool is_one_sided(const OfMark *mark)
{
    return mark->sides[0] == NULL || mark->sides[1] == NULL;
}

/* What is on one side alone and stands for nothing that changed came or went with the lines that it ends. What both revisions have is only shown
 * for their sake, or for that of its row. */
static void take_lines(const Marking *marking, Agnode_t *node, OfMark *mark)
{
    OfDrawing *drawing = marking->drawing;
    if (!mark->has_ink || g_hash_table_size(mark->changes) > 0 || !is_one_sided(mark) || of_inline_label_is(node)) {
        return;
    }
    const bool known = is_known(marking, mark);
    for (Agedge_t *edge = agfstedge(drawing->graph, node); edge != NULL; edge = agnxtedge(drawing->graph, edge, node)) {
        g_autofree char *whole = of_inline_label_whole(agnameof(edge));
        g_autofree char *name = g_strdup_printf("%d%s", AGOUTEDGE, whole != NULL ? whole : agnameof(edge));
        const OfMark *line = g_hash_table_lookup(drawing->overlay->marks, name);
        const OfMark *other = of_overlay_find(drawing->overlay, agtail(edge) == node ? aghead(edge) : agtail(edge));
        const bool marked = line != NULL && line->delta != OF_DELTA_UNCHANGED;
        if (marked && !known) {
            add_changes(mark, line);
        }
        mark->hidden = mark->hidden && !(known && (marked || (other != NULL && other->delta != OF_DELTA_UNCHANGED)));
    }
    if (!known) {
        set_delta(mark);
    }
}

static void mark_node(const Marking *marking, Agnode_t *node, OfMark *mark)
{
    void *own = mark->sides[1] != NULL ? mark->sides[1] : mark->sides[0];
    if (of_inline_label_is(node)) {
        return;
    }
    mark->has_ink = !g_str_equal(dash_of(own), "invis") && !is_callout(own);
    mark->hidden = is_callout(own) && mark->sides[1] == NULL;
    if (mark->has_ink) {
        merge_labels(marking, mark, false);
        mark_one(marking, mark);
    } else if (is_callout(own)) {
        merge_labels(marking, mark, false);
    }
}

/* A box is shown for the sake of what is in it, its name with it. */
static void mark_cluster(const Marking *marking, Agraph_t *cluster, OfMark *mark)
{
    mark->has_ink = true;
    merge_labels(marking, mark, false);
    mark_one(marking, mark);
    if (g_hash_table_size(mark->changes) > 0 || !is_one_sided(mark)) {
        return;
    }
    const bool known = is_known(marking, mark);
    for (Agnode_t *node = agfstnode(cluster); node != NULL; node = agnxtnode(cluster, node)) {
        const OfMark *inner = of_overlay_find(marking->drawing->overlay, node);
        if (inner->delta == OF_DELTA_UNCHANGED) {
            continue;
        }
        mark->hidden = false;
        if (!known) {
            add_changes(mark, inner);
        }
    }
    if (!known) {
        set_delta(mark);
    }
    for (Agnode_t *node = agfstnode(cluster); node != NULL; node = agnxtnode(cluster, node)) {
        OfMark *inner = of_overlay_find(marking->drawing->overlay, node);
        if (inner->delta == OF_DELTA_UNCHANGED && g_str_equal(value_of(node, "data_lab"), value_of(cluster, "data_lab")) &&
            g_str_equal(value_of(node, "data_kind"), "lab")) {
            inner->hidden = mark->hidden;
        }
    }
}

/* Someone who is gone from one place and new at another has moved. */
static void pair_people(const Marking *marking)
{
    OfDrawing *drawing = marking->drawing;
    g_autoptr(GHashTable) gone = g_hash_table_new(of_text_hash, g_str_equal);
    for (guint side = 0; side < 2; side++) {
        for (Agnode_t *node = agfstnode(drawing->graph); node != NULL; node = agnxtnode(drawing->graph, node)) {
            OfMark *mark = of_overlay_find(drawing->overlay, node);
            const bool alone = mark != NULL && mark->sides[side] != NULL && mark->sides[1 - side] == NULL;
            const OfPerson *person = alone && mark->delta != OF_DELTA_UNCHANGED
                                         ? of_story_find_person(story_of(drawing, side), value_of(node, "data_person"))
                                         : NULL;
            if (person == NULL) {
                continue;
            }
            const char *key = of_revisions_key(drawing->revisions, &person->item);
            OfMark *other = g_hash_table_lookup(gone, key);
            if (side == 0) {
                g_hash_table_insert(gone, (gpointer) key, mark);
            } else if (other != NULL) {
                mark->delta = other->delta = OF_DELTA_RETARGETED;
            }
        }
    }
}

static GHashTable *collect_renames(const OfRevisions *revisions)
{
    GHashTable *renames = g_hash_table_new(of_text_hash, g_str_equal);
    const OfChanges *changes = of_revisions_changes(revisions);
    for (guint i = 0; i < changes->list->len; i++) {
        const OfChange *change = changes->list->pdata[i];
        if (change->kind == OF_ITEM_PERSON && of_change_is_pair(change)) {
            g_hash_table_insert(renames, (gpointer) of_item_label(change->from), (gpointer) of_item_label(change->to));
        }
    }
    return renames;
}

typedef void (*MarkCall)(const Marking *marking, void *element, OfMark *mark);

static void each(const Marking *marking, Agraph_t *graph, int kind, MarkCall call)
{
    for (Agraph_t *inner = agfstsubg(graph); kind == AGRAPH && inner != NULL; inner = agnxtsubg(inner)) {
        each(marking, inner, kind, call); /* inner ones first: outer ones come and go with them */
        OfMark *mark = of_overlay_find(marking->drawing->overlay, inner);
        if (g_str_has_prefix(agnameof(inner), "cluster") && mark != NULL) {
            call(marking, inner, mark);
        }
    }
    for (Agnode_t *node = kind != AGRAPH ? agfstnode(graph) : NULL; node != NULL; node = agnxtnode(graph, node)) {
        if (kind == AGNODE) {
            call(marking, node, of_overlay_find(marking->drawing->overlay, node));
        }
        for (Agedge_t *edge = kind == AGEDGE ? agfstout(graph, node) : NULL; edge != NULL; edge = agnxtout(graph, edge)) {
            call(marking, edge, of_overlay_find(marking->drawing->overlay, edge));
        }
    }
}

static void call_edge(const Marking *marking, void *element, OfMark *mark)
{
    mark_edge(marking, element, mark);
}

static void call_whole(const Marking *marking, void *element, OfMark *mark)
{
    take_whole(marking, element, mark);
}

static void call_node(const Marking *marking, void *element, OfMark *mark)
{
    mark_node(marking, element, mark);
}

static void call_lines(const Marking *marking, void *element, OfMark *mark)
{
    take_lines(marking, element, mark);
}

static void call_cluster(const Marking *marking, void *element, OfMark *mark)
{
    mark_cluster(marking, element, mark);
}

guint of_overlay_mark_all(OfDrawing *drawing)
{
    Marking marking = {.drawing = drawing, .index = of_change_index_new(drawing->revisions, drawing->view->shows)};
    marking.renames = collect_renames(drawing->revisions);
    for (guint side = 0; side < 2; side++) {
        marking.clusters[side] = g_hash_table_new(of_text_hash, g_str_equal);
        collect_clusters(drawing->overlay->graphs[side], marking.clusters[side]);
    }
    each(&marking, drawing->graph, AGEDGE, call_edge);
    each(&marking, drawing->graph, AGEDGE, call_whole);
    each(&marking, drawing->graph, AGNODE, call_node);
    each(&marking, drawing->graph, AGNODE, call_lines);
    pair_people(&marking);
    each(&marking, drawing->graph, AGRAPH, call_cluster);
    for (guint side = 0; side < 2; side++) {
        g_hash_table_unref(marking.clusters[side]);
    }
    g_hash_table_unref(marking.renames);
    of_change_index_free(marking.index);
    guint marked = 0;
    GHashTableIter iter;
    gpointer value;
    g_hash_table_iter_init(&iter, drawing->overlay->marks);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        const OfMark *mark = value;
        marked |= mark->has_ink && !mark->hidden ? 1u << mark->delta : 0;
    }
    return marked;
}
