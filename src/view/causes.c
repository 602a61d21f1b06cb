/* The view `causes`: what led to what. Events are nodes, `because` runs from cause to effect. */
#include "view/event_text.h"
#include "view/steps.h"
#include "view/view.h"

#include <string.h>

#define SIZE_TITLE 10.0

static const struct {
    const char *rankdir, *ranksep, *nodesep;
    double width; /* of an event's words, points */
} arrangements[] = {{"LR", "0.3", "0.15", 120}, {"LR", "0.2", "0.08", 96}, {"TB", "0.3", "0.15", 110}, {"TB", "0.2", "0.08", 84}};

typedef struct {
    OfDrawing *drawing;
    GHashTable *shown; /* OfEvent */
} Causes;

/* An event is in the story of causes where it led to another one that the filters let through, or came of one. */
static bool is_linked(const OfSelection *selection, const OfEvent *event)
{
    for (guint i = 0; i < event->because.n; i++) {
        if (of_selection_has_event(selection, event->because.items[i])) {
            return true;
        }
    }
    for (guint i = 0; i < event->effects.n; i++) {
        if (of_selection_has_event(selection, event->effects.items[i])) {
            return true;
        }
    }
    return false;
}

static bool event_stands_out(const OfSelection *selection, const OfEvent *event)
{
    if (of_selection_stands_out(selection, event->item.key)) {
        return true;
    }
    g_autoptr(GPtrArray) labs = of_event_labs(event);
    for (guint i = 0; i < labs->len; i++) {
        const OfLab *lab = labs->pdata[i];
        if (of_selection_stands_out(selection, lab->item.id)) {
            return true;
        }
    }
    for (guint i = 0; i < event->people.n; i++) {
        if (of_selection_stands_out(selection, event->people.items[i]->item.id)) {
            return true;
        }
    }
    return event->to_strategy != NULL && of_selection_stands_out(selection, event->to_strategy->item.id);
}

static Agnode_t *find_event_node(OfDrawing *drawing, const OfEvent *event)
{
    g_autofree char *name = g_strdup_printf("event-%u", of_drawing_event_number(drawing, event));
    return agnode(drawing->graph, name, FALSE);
}

static void add_event(OfDrawing *drawing, const OfEvent *event)
{
    const OfLab *lab = of_event_main_lab(event);
    const bool stands_out = event_stands_out(&drawing->selection, event);
    const double width = arrangements[drawing->variant].width;
    const char *color = of_drawing_color(drawing, of_coloring_lab(drawing->coloring, lab), stands_out);
    const char *ink = of_drawing_text_color(drawing, drawing->theme->ink, stands_out);
    const char *muted = of_drawing_text_color(drawing, drawing->theme->muted, stands_out);
    g_autofree char *fill = of_color_mix(color, drawing->theme->background, 0.1);
    g_autofree char *name = g_strdup_printf("event-%u", of_drawing_event_number(drawing, event));
    g_autofree char *text = of_event_text(event);
    g_autofree char *date = of_date_display(&event->date);
    g_autofree char *canonical = of_date_format(&event->date);
    g_autofree char *cited = of_drawing_cite(drawing, &event->item);
    g_autofree char *when = cited != NULL ? g_strdup_printf("%s %s", date, cited) : g_strdup(date);
    Agnode_t *node = of_graph_node(drawing->graph, name);
    const OfConfidence confidence = event->item.confidence;
    g_autofree char *style = g_strdup_printf("filled,%s", of_drawing_line_style(drawing, confidence));
    of_graph_set(node, "id", name, "class", confidence == OF_CONFIDENCE_DISPUTED ? "event disputed" : "event", "shape", "box",
                 "style", style, "color", color, "fillcolor", fill, "penwidth", "1.2", "margin", "0.07,0.05", "width", "0.5",
                 "height", "0.3", "fontname", of_fonts_name(drawing->fonts, OF_FACE_REGULAR), "data_kind", "event", "data_event",
                 event->item.key, "data_type", of_event_type_info(event->type)->name, "data_lab", lab != NULL ? lab->item.id : NULL,
                 "data_date", canonical, "data_confidence", of_confidence_names[confidence], "data_title", text, NULL);
    of_drawing_set_begin(drawing, node, event->day);
    of_drawing_add_beginning(drawing, event->day, &event->date, g_strdup(text));
    OfMarkup *label = of_markup_new();
    of_drawing_add_lines(drawing, label, OF_MARKUP_BOLD, SIZE_TITLE, ink, text, width, 'l');
    /* On the tint of its own hue, text in that hue would be too weak. */
    if (lab != NULL && strstr(text, of_lab_name_on(lab, event->day)) == NULL) {
        g_autofree char *legible =
            of_color_mix_until(of_drawing_text_color(drawing, of_coloring_lab(drawing->coloring, lab), stands_out),
                               drawing->theme->ink, fill, stands_out ? OF_CONTRAST_TEXT : OF_CONTRAST_RECEDED);
        of_drawing_add_lines(drawing, label, OF_MARKUP_PLAIN, OF_SIZE_NOTE, legible, of_lab_name_on(lab, event->day), width, 'l');
    }
    of_drawing_add_lines(drawing, label, OF_MARKUP_PLAIN, OF_SIZE_NOTE, muted, when, width, 'l');
    of_markup_finish(label, node);
}

static guint add_links(Causes *causes, const OfEvent *effect)
{
    OfDrawing *drawing = causes->drawing;
    guint n = 0;
    for (guint i = 0; i < effect->because.n; i++) {
        const OfEvent *cause = effect->because.items[i];
        if (!g_hash_table_contains(causes->shown, cause)) {
            continue;
        }
        const bool stands_out = event_stands_out(&drawing->selection, cause) && event_stands_out(&drawing->selection, effect);
        g_autofree char *id =
            g_strdup_printf("because-%u-%u", of_drawing_event_number(drawing, cause), of_drawing_event_number(drawing, effect));
        g_autofree char *from = of_event_text(cause), *to = of_event_text(effect);
        g_autofree char *title = g_strdup_printf("“%s” led to “%s”", from, to);
        Agedge_t *edge = of_graph_edge(drawing->graph, find_event_node(drawing, cause), find_event_node(drawing, effect), id);
        of_graph_set(edge, "id", id, "class", "because", "color", of_drawing_color(drawing, drawing->theme->muted, stands_out),
                     "penwidth", "1.2", "arrowsize", "0.6", "data_kind", "because", "data_from", cause->item.key, "data_to",
                     effect->item.key, "data_title", title, NULL);
        of_drawing_set_begin(drawing, edge, MAX(cause->day, effect->day));
        n++;
    }
    return n;
}

static void describe(const Causes *causes, guint n_links)
{
    OfDrawing *drawing = causes->drawing;
    const OfEvent *root = NULL;
    for (guint i = 0; i < drawing->story->events.n; i++) {
        const OfEvent *event = drawing->story->events.items[i];
        if (g_hash_table_contains(causes->shown, event) && (root == NULL || event->effects.n > root->effects.n)) {
            root = event;
        }
    }
    if (root == NULL) {
        drawing->description = g_strdup("No two events of this part of the story are linked.");
        return;
    }
    g_autofree char *text = of_event_text(root);
    g_autofree char *date = of_date_display(&root->date);
    g_autofree char *events = of_text_count(g_hash_table_size(causes->shown), "event", "events");
    g_autofree char *links = of_text_count(n_links, "link", "links");
    drawing->description =
        g_strdup_printf("What led to what: %s and %s between them. Most follows from “%s” (%s).", events, links, text, date);
}

static Agnode_t *callout_node(OfDrawing *drawing, const OfCallout *callout)
{
    Agnode_t *node = NULL;
    for (guint i = 0; i < drawing->story->events.n; i++) {
        const OfEvent *event = drawing->story->events.items[i];
        bool meant = callout->event != NULL && g_str_equal(event->item.key, callout->event);
        for (guint j = 0; callout->person != NULL && j < event->people.n; j++) {
            meant = meant || g_str_equal(event->people.items[j]->item.id, callout->person);
        }
        if (callout->lab != NULL) {
            const OfLab *lab = of_event_main_lab(event);
            meant = meant || (lab != NULL && g_str_equal(lab->item.id, callout->lab));
        }
        if (meant && node == NULL) {
            node = find_event_node(drawing, event);
        }
    }
    return node;
}

bool of_view_build_causes(OfDrawing *drawing, GError **error G_GNUC_UNUSED)
{
    Causes causes = {.drawing = drawing, .shown = g_hash_table_new(NULL, NULL)};
    guint n_links = 0;
    drawing->graph = of_graph_new("causes", drawing->discipline);
    of_graph_set(drawing->graph, "rankdir", arrangements[drawing->variant].rankdir, "ranksep",
                 arrangements[drawing->variant].ranksep, "nodesep", arrangements[drawing->variant].nodesep, NULL);
    for (guint i = 0; i < drawing->story->events.n; i++) {
        const OfEvent *event = drawing->story->events.items[i];
        if (of_selection_has_event(&drawing->selection, event) && is_linked(&drawing->selection, event)) {
            g_hash_table_add(causes.shown, (gpointer) event);
            add_event(drawing, event);
        }
    }
    for (guint i = 0; i < drawing->story->events.n; i++) {
        if (g_hash_table_contains(causes.shown, drawing->story->events.items[i])) {
            n_links += add_links(&causes, drawing->story->events.items[i]);
        }
    }
    describe(&causes, n_links);
    of_drawing_add_callouts(drawing, callout_node, true);
    drawing->empty = g_hash_table_size(causes.shown) == 0;
    g_hash_table_unref(causes.shown);
    return true;
}
