/* Callouts: remarks tied to a point of a graph. */
#include "view/drawing.h"

#include <math.h>
#include <string.h>

/* Points. */
#define CALLOUT_WIDTH 130.0
#define CALLOUT_GAP   18.0

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

/* A remark on a person who has no point of their own in the drawing says who is meant. */
static char *note_text(const OfDrawing *drawing, const OfCallout *callout, Agnode_t *target)
{
    const char *person = agget(target, (char *) "data_person");
    return callout->person == NULL || g_strcmp0(person, callout->person) == 0
               ? g_strdup(callout->text)
               : g_strdup_printf("%s: %s", target_label(drawing, callout), callout->text);
}

static Agnode_t *add_note(OfDrawing *drawing, const OfCallout *callout, guint index, Agnode_t *target)
{
    g_autofree char *name = g_strdup_printf("callout-%u", index + 1);
    Agnode_t *note = of_graph_node(drawing->graph, name);
    of_graph_set(note, "id", name, "class", "callout", "shape", "box", "style", "rounded,filled", "fillcolor",
                 drawing->theme->background, "color", drawing->theme->muted, "margin", "0.08,0.05", "width", "0.1", "height", "0.1",
                 "fontname", of_fonts_name(drawing->fonts, OF_FACE_REGULAR), "data_kind", "callout", "data_title", callout->text,
                 "data_event", callout->event, "data_person", callout->person, "data_lab", callout->lab, "data_time",
                 agget(target, (char *) "data_time"), NULL);
    g_autofree char *text = note_text(drawing, callout, target);
    OfMarkup *label = of_markup_new();
    of_drawing_add_lines(drawing, label, OF_MARKUP_ITALIC, OF_SIZE_NOTE, drawing->theme->ink, text, CALLOUT_WIDTH, 'l');
    of_markup_finish(label, note);
    return note;
}

/* In the order of ranks: the note comes next to its target. */
static Agedge_t *add_tie(OfDrawing *drawing, Agnode_t *note, Agnode_t *target)
{
    Agedge_t *tie = of_graph_edge(drawing->graph, target, note, agnameof(note));
    g_autofree char *id = g_strconcat(agnameof(note), "-tie", NULL);
    of_graph_set(tie, "id", id, "class", "callout-tie", "style", "dotted", "color", drawing->theme->muted, "arrowhead", "none",
                 "data_kind", "callout", "data_time", agget(target, (char *) "data_time"), NULL);
    return tie;
}

/* Keeps a note in its target's rank: the drawing becomes no longer. */
static void set_beside(OfDrawing *drawing, Agnode_t *note, Agnode_t *target, Agedge_t *tie)
{
    g_autofree char *name = g_strconcat("rank-", agnameof(note), NULL);
    Agraph_t *same = agsubg(drawing->graph, name, TRUE);
    of_graph_set(same, "rank", "same", NULL);
    agsubnode(same, note, TRUE);
    agsubnode(same, target, TRUE);
    of_graph_set(tie, "constraint", "false", NULL);
}

void of_drawing_add_callouts(OfDrawing *drawing, OfCalloutTarget node_of, bool same_rank)
{
    const GArray *callouts = drawing->options->callouts;
    for (guint i = 0; callouts != NULL && i < callouts->len; i++) {
        const OfCallout *callout = &g_array_index(callouts, OfCallout, i);
        Agnode_t *target = node_of(drawing, callout);
        if (target != NULL) {
            Agnode_t *note = add_note(drawing, callout, i, target);
            Agedge_t *tie = add_tie(drawing, note, target);
            if (same_rank) {
                set_beside(drawing, note, target, tie);
            }
        } else {
            of_drawing_add_remark(drawing, g_strdup_printf("%s: %s", target_label(drawing, callout), callout->text));
        }
    }
}

/* A note of the column and where its tie goes. */
typedef struct {
    const OfCallout *callout;
    guint index;
    Agnode_t *target;
    double x, y; /* right edge and middle of the target, in the graph's points */
    double width, height;
} Note;

static gint compare_notes(gconstpointer a, gconstpointer b)
{
    const Note *left = a, *right = b;
    return left->y > right->y ? -1 : left->y < right->y ? 1 : left->index < right->index ? -1 : 1;
}

static double read_number(Agnode_t *node, const char *name)
{
    return g_ascii_strtod(agget(node, (char *) name), NULL);
}

static void place_note(OfDrawing *drawing, const Note *note, double left, double top)
{
    Agnode_t *node = add_note(drawing, note->callout, note->index, note->target);
    g_autofree char *x = of_number_text(left + note->width / 2 + 2);
    g_autofree char *y = of_number_text(top - note->height / 2);
    g_autofree char *pos = g_strdup_printf("%s,%s", x, y);
    of_graph_set(node, "pos", pos, NULL);
    of_graph_set_number(node, "width", note->width / 72);
    of_graph_set_number(node, "height", note->height / 72);
    const double from_x = left + 2, from_y = top - note->height / 2;
    g_autoptr(GString) way = g_string_new(NULL);
    for (int i = 0; i <= 3; i++) {
        g_autofree char *px = of_number_text(from_x + i * (note->x - from_x) / 3);
        g_autofree char *py = of_number_text(from_y + i * (note->y - from_y) / 3);
        g_string_append_printf(way, "%s%s,%s", i > 0 ? " " : "", px, py);
    }
    of_graph_set(add_tie(drawing, node, note->target), "pos", way->str, NULL);
}

double of_drawing_callout_column_width(const OfDrawing *drawing)
{
    return drawing->options->callouts != NULL && drawing->options->callouts->len > 0 ? CALLOUT_GAP + CALLOUT_WIDTH + 16 : 0;
}

void of_drawing_add_callout_column(OfDrawing *drawing, OfCalloutTarget node_of)
{
    const GArray *callouts = drawing->options->callouts;
    g_autoptr(GArray) notes = g_array_new(FALSE, TRUE, sizeof(Note));
    for (guint i = 0; callouts != NULL && i < callouts->len; i++) {
        Note note = {.callout = &g_array_index(callouts, OfCallout, i), .index = i};
        note.target = node_of(drawing, note.callout);
        if (note.target == NULL) {
            of_drawing_add_remark(drawing, g_strdup_printf("%s: %s", target_label(drawing, note.callout), note.callout->text));
            continue;
        }
        const char *pos = agget(note.target, (char *) "pos");
        const char *comma = strchr(pos, ',');
        g_autofree char *text = note_text(drawing, note.callout, note.target);
        g_auto(GStrv) lines = of_fonts_wrap(drawing->fonts, OF_FACE_ITALIC, OF_SIZE_NOTE, text, CALLOUT_WIDTH);
        note.x = g_ascii_strtod(pos, NULL) + read_number(note.target, "width") * 36;
        note.y = g_ascii_strtod(comma != NULL ? comma + 1 : pos, NULL);
        for (char **line = lines; *line != NULL; line++) {
            note.width = MAX(note.width, ceil(of_fonts_width(drawing->fonts, OF_FACE_ITALIC, OF_SIZE_NOTE, *line) * 1.06) + 12);
        }
        note.height = g_strv_length(lines) * OF_SIZE_NOTE * 1.25 + 8;
        g_array_append_val(notes, note);
    }
    if (notes->len == 0) {
        return;
    }
    g_array_sort(notes, compare_notes);
    const double left = drawing->width + CALLOUT_GAP;
    double top = drawing->height, lowest = 0;
    for (guint i = 0; i < notes->len; i++) {
        const Note *note = &g_array_index(notes, Note, i);
        top = MIN(top, note->y + note->height / 2);
        place_note(drawing, note, left, top);
        top -= note->height + CALLOUT_GAP / 3;
        lowest = MIN(lowest, top);
    }
    drawing->width += of_drawing_callout_column_width(drawing);
    drawing->below = -lowest;
}
