/* Callouts: remarks tied to a point of a graph. */
#include "view/drawing.h"

#define CALLOUT_WIDTH 130.0

static const char *target_label(const OfDrawing *drawing, const OfCallout *callout)
{
    if (callout->event != NULL) {
        const OfEvent *event = of_story_find_event(drawing->story, callout->event);
        return event != NULL ? of_item_label(&event->item) : callout->event;
    }
    if (callout->person != NULL) {
        const OfPerson *person = of_story_find_person(drawing->story, callout->person);
        return person != NULL ? of_item_label(&person->item) : callout->person;
    }
    const OfLab *lab = of_story_find_lab(drawing->story, callout->lab);
    return lab != NULL ? of_item_label(&lab->item) : callout->lab;
}

static void add_note(OfDrawing *drawing, const OfCallout *callout, Agnode_t *target, guint index)
{
    g_autofree char *name = g_strdup_printf("callout-%u", index + 1);
    Agnode_t *note = of_graph_node(drawing->graph, name);
    of_graph_set(note, "id", name, "class", "callout", "shape", "note", "style", "filled", "fillcolor", drawing->theme->background, "color",
                 drawing->theme->muted, "margin", "0.06,0.04", "width", "0.1", "height", "0.1", "fontname",
                 of_fonts_name(drawing->fonts, OF_FACE_REGULAR), "data_kind", "callout", "data_title", callout->text, "data_event",
                 callout->event, "data_person", callout->person, "data_lab", callout->lab, NULL);
    OfMarkup *label = of_markup_new();
    of_drawing_add_lines(drawing, label, OF_MARKUP_ITALIC, OF_SIZE_NOTE, drawing->theme->ink, callout->text, CALLOUT_WIDTH, 'l');
    of_markup_finish(label, note);
    Agedge_t *tie = of_graph_edge(drawing->graph, note, target, name);
    g_autofree char *tie_id = g_strconcat(name, "-tie", NULL);
    of_graph_set(tie, "id", tie_id, "class", "callout-tie", "style", "dotted", "color", drawing->theme->muted, "arrowhead", "none",
                 "constraint", "false", "data_kind", "callout", NULL);
}

void of_drawing_add_callouts(OfDrawing *drawing, Agnode_t *(*node_of)(OfDrawing *drawing, const OfCallout *callout))
{
    const GArray *callouts = drawing->options->callouts;
    for (guint i = 0; callouts != NULL && i < callouts->len; i++) {
        const OfCallout *callout = &g_array_index(callouts, OfCallout, i);
        Agnode_t *target = node_of(drawing, callout);
        if (target != NULL) {
            add_note(drawing, callout, target, i);
        } else {
            of_drawing_add_remark(drawing, g_strdup_printf("%s: %s", target_label(drawing, callout), callout->text));
        }
    }
}
