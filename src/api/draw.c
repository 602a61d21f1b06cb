#include "api/draw.h"

#include "api/details.h"
#include "graphviz/listing.h"
#include "graphviz/sequential_ids.h"
#include "view/change_summary.h"
#include "view/frame.h"
#include "view/graph.h"
#include "view/label_runs.h"
#include "view/overlay.h"
#include "view/steps.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* An arrangement that could be magnified this much is good enough: further ones are not tried. */
#define GOOD_SCALE 1.3

/* An arrangement that fits gives way to one with type this much larger. */
#define CLEARLY_BETTER 1.15

/* Sizes are rounded to hundredths of a point on the way to what fits. */
#define FITS 0.999

/* So often a page grows: a view that fills the page that it is given may need a little more at each. */
#define GROWTHS 8

/* Smallest room of a drawing with nothing in it, points. */
#define EMPTY_HEIGHT 40.0

/* Of a node over the text in it: no measuring of the text, in whole pixels for instance, makes it wider than the node. */
#define ROOM_TO_SPARE 2.0

/* Points: further out nothing can be drawn, see base/number.h. */
#define MOST_POINTS 1e9

typedef struct {
    double x0, y0, x1, y1;
} Box;

void of_drawn_clear(OfDrawn *drawn)
{
    g_clear_pointer(&drawn->picture, of_picture_free);
    g_clear_pointer(&drawn->text, g_bytes_unref);
    g_clear_pointer(&drawn->facts, of_facts_free);
    g_clear_pointer(&drawn->cohorts, g_ptr_array_unref);
    g_clear_pointer(&drawn->flow_facts, of_flow_facts_free);
}

static bool read_box(Agraph_t *graph, Box *box, GError **error)
{
    const char *text = agget(graph, (char *) "bb");
    double *const sides[] = {&box->x0, &box->y0, &box->x1, &box->y1};
    char *at = (char *) (text != NULL ? text : "");
    for (gsize i = 0; i < G_N_ELEMENTS(sides); i++) {
        char *end = at;
        *sides[i] = g_ascii_strtod(at, &end);
        if (end == at || !(fabs(*sides[i]) < MOST_POINTS)) { /* nor is what is no number */
            g_set_error_literal(error, OF_ERROR, OF_ERROR_ENVIRONMENT, "Graphviz gave a layout without a bounding box");
            return false;
        }
        at = *end == ',' ? end + 1 : end;
    }
    return true;
}

/* A storyline has a limit of its own, on its people. */
static bool check_size(const OfDrawing *drawing, GError **error)
{
    return drawing->facts != NULL || of_drawing_check_nodes(drawing, agnnodes(drawing->graph), error);
}

/* Puts a graph that has been laid out in the place of the one there is. */
static bool take_graph(OfDrawing *drawing, GBytes *bytes, GError **error)
{
    Agraph_t *graph = of_graph_read(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes), error);
    if (graph == NULL) {
        return false;
    }
    of_graph_declare(graph);
    agclose(drawing->graph);
    drawing->graph = graph;
    return true;
}

/* A view that has nothing to say of two revisions shows the one that the panel is of, and lists all that changed. */
static bool build_alone(OfDrawing *drawing, GError **error)
{
    const bool old = drawing->panel == OF_PANEL_BEFORE;
    if (!drawing->view->build(old ? drawing->other : drawing, error)) {
        return false;
    }
    if (old) {
        of_drawing_swap_made(drawing);
    }
    of_change_summary_make(drawing, 0);
    return true;
}

/* Fills the graph, of two revisions from both. */
static bool build(OfDrawing *drawing, GError **error)
{
    if (drawing->revisions != NULL && drawing->view->alone) {
        return build_alone(drawing, error);
    }
    if (drawing->revisions != NULL && drawing->view->shows != NULL) {
        return of_overlay_build(drawing, error);
    }
    if (!drawing->view->build(drawing, error)) {
        return false;
    }
    if (drawing->view->place != NULL) {
        drawing->view->place(drawing);
    }
    /* Where the layout does not need them, the steps are made of what the view has said. */
    return !of_drawing_is_stepped(drawing) || drawing->empty || drawing->steps != NULL || of_drawing_make_steps(drawing, error);
}

/* ---- Widths of texts, before Graphviz asks for them: each question costs two switches between processes ---- */

static void expect_runs(const char *label, const char *font, OfLayoutProcess *process)
{
    for (const char *at = strstr(label, "<FONT"); at != NULL; at = strstr(at, "<FONT")) {
        OfLabelRun run;
        at = of_label_run_read(at, &run);
        g_autofree char *text = of_markup_unescape(run.text);
        of_layout_process_expect(process, &(OfTextSpan){font, text, run.size, run.bold, run.italic}, 0);
        of_label_run_clear(&run);
    }
}

/* Points: the width of a node that has it fixed, 0 of all else. */
static double fixed_width_of(void *object)
{
    const bool fixed = AGTYPE(object) == AGNODE && g_strcmp0(agget(object, (char *) "fixedsize"), "true") == 0;
    const char *width = fixed ? agget(object, (char *) "width") : NULL;
    return width != NULL ? g_ascii_strtod(width, NULL) * 72 : 0;
}

/* The lines of a plain label, up to one with anything escaped in it, which is left to be asked for. In a node with room to spare nothing
 * moves with their width, and as they are drawn they have been measured; what painters set around words (boxes on slides, links of a PDF)
 * is as wide as what is drawn then. */
static void expect_lines(OfDrawing *drawing, void *object, const char *font, const char *label, OfLayoutProcess *process)
{
    const char *size_text = agget(object, (char *) "fontsize");
    const double size = size_text != NULL ? g_ascii_strtod(size_text, NULL) : 0, room = fixed_width_of(object);
    while (size > 0 && *label != '\0') {
        const gsize length = strcspn(label, "\\&");
        const char *end = label + length;
        if (*end == '&' || (*end == '\\' && (end[1] == '\0' || strchr("lrn", end[1]) == NULL))) {
            return;
        }
        g_autofree char *line = g_strndup(label, length);
        const double drawn = room > 0 && length > 0 ? of_fonts_width_in(drawing->fonts, font, size, line) : 0;
        if (length > 0) {
            of_layout_process_expect(process, &(OfTextSpan){font, line, size, false, false},
                                     drawn * ROOM_TO_SPARE < room ? drawn : 0);
        }
        label = *end == '\0' ? end : end + 2;
    }
}

static void expect_label(OfDrawing *drawing, void *object, OfLayoutProcess *process)
{
    char *font = agget(object, (char *) "fontname"), *label = agget(object, (char *) "label");
    if (font != NULL && label != NULL && aghtmlstr(label)) {
        expect_runs(label, font, process);
    } else if (font != NULL && label != NULL) {
        expect_lines(drawing, object, font, label, process);
    }
}

static void expect_labels(OfDrawing *drawing, Agraph_t *graph, OfLayoutProcess *process)
{
    expect_label(drawing, graph, process);
    for (Agraph_t *inner = agfstsubg(graph); inner != NULL; inner = agnxtsubg(inner)) {
        expect_labels(drawing, inner, process);
    }
}

static GBytes *run_layout(OfDrawing *drawing, OfLayoutProcess *process, const char *engine, const char *format, GError **error)
{
    Agraph_t *graph = drawing->graph;
    expect_labels(drawing, graph, process);
    for (Agnode_t *node = agfstnode(graph); node != NULL; node = agnxtnode(graph, node)) {
        expect_label(drawing, node, process);
        for (Agedge_t *edge = agfstout(graph, node); edge != NULL; edge = agnxtout(graph, edge)) {
            expect_label(drawing, edge, process);
        }
    }
    return of_layout_process_run(process, graph, engine, format, error);
}

/* Builds the view in its current variant and lets Graphviz set the positions. */
static bool arrange(OfDrawing *drawing, guint variant, OfLayoutProcess *process, Box *box, GBytes **positioned, GError **error)
{
    of_drawing_reset(drawing, variant);
    if (!build(drawing, error) || !check_size(drawing, error)) {
        return false;
    }
    if (drawing->empty || g_str_equal(drawing->view->engine, "nop2")) {
        *box = drawing->empty ? (Box){0, 0, 0, EMPTY_HEIGHT} : (Box){0, -drawing->below, drawing->width, drawing->height};
        return true;
    }
    const gint64 begin = g_get_monotonic_time();
    g_autoptr(GBytes) bytes = run_layout(drawing, process, drawing->view->engine, OF_LISTING_POSITIONS, error);
    drawing->layout_us += g_get_monotonic_time() - begin;
    if (bytes == NULL || !of_listing_apply(drawing->graph, bytes, NULL, NULL, error)) {
        return false;
    }
    *positioned = g_steal_pointer(&bytes);
    return read_box(drawing->graph, box, error);
}

/* Without a size the natural arrangement; with one, the arrangement whose type comes out largest. Once one fits, another has
 * to be clearly better, and those that show less are not tried. */
static bool arrange_best(OfDrawing *drawing, OfLayoutProcess *process, Box *box, OfPageFit *fit, GError **error)
{
    const bool sized = drawing->options->size.width > 0;
    guint best = 0;
    double best_scale = -1;
    g_autoptr(GBytes) best_places = NULL;
    Box best_box = {0, 0, 0, 0};
    const guint n = sized ? drawing->view->n_variants : 1;
    for (guint variant = 0; variant < n && best_scale < (variant < drawing->view->n_full ? GOOD_SCALE : 1); variant++) {
        g_autoptr(GBytes) positioned = NULL;
        if (!arrange(drawing, variant, process, box, &positioned, error)) {
            return false;
        }
        *fit = of_frame_fit(drawing, box->x1 - box->x0, box->y1 - box->y0);
        if (fit->scale > best_scale * (best_scale >= 1 ? CLEARLY_BETTER : 1)) {
            best = variant;
            best_scale = fit->scale;
            best_box = *box;
            g_clear_pointer(&best_places, g_bytes_unref);
            best_places = g_steal_pointer(&positioned);
        }
    }
    if (drawing->variant != best) {
        of_drawing_reset(drawing, best);
        if (!build(drawing, error) || (best_places != NULL && !of_listing_apply(drawing->graph, best_places, NULL, NULL, error))) {
            return false;
        }
    }
    *box = best_box;
    *fit = of_frame_fit(drawing, box->x1 - box->x0, box->y1 - box->y0);
    return true;
}

/* Arranges a drawing for its page; a page that grows is grown in *grown, which takes the place of the drawing's options. */
static bool arrange_on_page(OfDrawing *drawing, OfLayoutProcess *process, Box *box, OfPageFit *fit, OfOptions **grown,
                            GError **error)
{
    for (guint round = 0; arrange_best(drawing, process, box, fit, error); round++) {
        const double width = box->x1 - box->x0, height = box->y1 - box->y0;
        if (fit->scale >= FITS) {
            return true;
        }
        if (!drawing->options->size.grows || round == GROWTHS) {
            return of_frame_fail_size(drawing, width, height, error);
        }
        const double factor = of_frame_least_factor(drawing, width, height);
        if (*grown == NULL) {
            drawing->options = *grown = of_options_copy(drawing->options);
        }
        (*grown)->size.width *= factor;
        (*grown)->size.height *= factor;
    }
    return false;
}

/* What a panel shows of what has been laid out: laid, or where a view puts both revisions together itself, what it builds for the panel. */
static bool show_panel(OfDrawing *drawing, OfPanel panel, GBytes *laid, GError **error)
{
    drawing->panel = panel;
    if (drawing->overlay != NULL) {
        if (!take_graph(drawing, laid, error)) {
            return false;
        }
        of_overlay_show(drawing);
    } else if (drawing->revisions != NULL) {
        of_drawing_reset(drawing, drawing->variant);
        return build(drawing, error);
    }
    return true;
}

static bool hand_over(OfDrawing *drawing, const OfDrawTask *task, OfDrawn *drawn, GError **error)
{
    const gint64 begin = g_get_monotonic_time();
    g_autoptr(GBytes) bytes =
        run_layout(drawing, task->process, "nop2", task->text_format != NULL ? task->text_format : OF_LISTING_DRAWING, error);
    if (bytes == NULL) {
        return false;
    }
    if (task->text_format != NULL) {
        drawn->text = g_steal_pointer(&bytes);
    } else {
        drawn->picture = of_picture_from_listing(drawing->graph, bytes, error);
        if (drawn->picture != NULL && drawing->theme->lines > 0) {
            of_picture_scale_lines(drawn->picture, drawing->theme->lines);
        }
        if (drawn->picture != NULL && task->details) {
            drawn->picture->details = of_details_collect(drawing, drawn->picture);
        }
    }
    drawn->draw_us = g_get_monotonic_time() - begin;
    return task->text_format != NULL || drawn->picture != NULL;
}

static bool draw_panels(OfDrawing *drawing, const OfDrawTask *task, OfDrawn *drawn, GError **error)
{
    Box box = {0, 0, 0, 0};
    OfPageFit fit;
    gint64 begin = g_get_monotonic_time();
    g_autoptr(OfOptions) grown = NULL;
    if (!arrange_on_page(drawing, task->process, &box, &fit, &grown, error)) {
        return false;
    }
    g_autoptr(GBytes) laid = drawing->overlay != NULL ? of_graph_write(drawing->graph, error) : NULL;
    if (drawing->overlay != NULL && laid == NULL) {
        return false;
    }
    for (guint i = 0; i < task->n_panels; i++) {
        if (!show_panel(drawing, task->panels[i], laid, error)) {
            return false;
        }
        if (drawing->view->finish != NULL && !drawing->empty) {
            drawing->view->finish(drawing);
        }
        drawn[i].n_nodes = (guint) agnnodes(drawing->graph);
        drawn[i].n_edges = (guint) agnedges(drawing->graph);
        drawn[i].n_unplaced = of_drawing_list_remarks(drawing)->len - drawing->n_notes;
        drawn[i].facts = g_steal_pointer(&drawing->facts);
        drawn[i].cohorts = g_steal_pointer(&drawing->cohorts);
        drawn[i].flow_facts = g_steal_pointer(&drawing->flow_facts);
        drawn[i].width = fit.width;
        drawn[i].height = fit.height;
        of_frame_add(drawing, &fit, box.x0, box.y0, box.x1, box.y1);
        drawn[i].layout_us = drawing->layout_us;
        drawn[i].view_us = g_get_monotonic_time() - begin - drawing->layout_us;
        if (!hand_over(drawing, task, &drawn[i], error)) {
            return false;
        }
        begin = g_get_monotonic_time();
        drawing->layout_us = 0;
    }
    return true;
}

bool of_draw(const OfDrawTask *task, OfDrawn *drawn, GError **error)
{
    for (guint i = 0; i < task->n_panels; i++) {
        drawn[i] = (OfDrawn){.picture = NULL};
    }
    of_cgraph_lock();
    bool done = false;
    OfDrawing *drawing = of_drawing_new(&task->drawing, error);
    if (drawing != NULL) {
        drawing->discipline = of_sequential_discipline();
        if (drawing->other != NULL) {
            drawing->other->discipline = drawing->discipline;
        }
        done = draw_panels(drawing, task, drawn, error);
    }
    of_drawing_free(drawing);
    of_cgraph_unlock();
    return done;
}
