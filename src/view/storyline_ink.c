/* The storyline as a graph: lanes, gridlines and ticks in the background, ways as edges, marks and words as nodes. */
#include "base/number.h"
#include "view/axis.h"
#include "view/event_text.h"
#include "view/storyline_scene.h"

#include <math.h>
#include <string.h>

/* Points. */
#define LINE_WIDTH    2.0
#define LEAD_WIDTH    4.2
#define TWIN_WIDTH    1.0
#define BETWEEN_WIDTH 1.0
#define DOT           5.0
#define DIAMOND       7.0
#define COLUMN_GAP    8.0
#define LINE_FACTOR   1.22
#define SIZE_YEAR     11.0
#define EDGE_SHARE    0.45 /* of a lab's colour in the edges of its lane */
#define CERTAIN_DAYS  31   /* a date as good as a month is not drawn as uncertain */

static double graph_y(const OfScene *scene, double y)
{
    return scene->drawing->height - y;
}

static void append_point(const OfScene *scene, GString *text, OfLayoutPoint point, char between)
{
    g_string_append(text, text->len > 0 ? " " : "");
    of_number_append(text, point.x, 3);
    g_string_append_c(text, between);
    of_number_append(text, graph_y(scene, point.y), 3);
}

/* --- Background: xdot operations without text --- */

static void append_color(GString *ops, char operator, const char * color)
{
    g_string_append_printf(ops, " %c %zu -%s", operator, strlen(color), color);
}

static void append_points(const OfScene *scene, GString *ops, char operator, const OfLayoutPoint * points, guint n)
{
    g_string_append_printf(ops, " %c %u", operator, n);
    for (guint i = 0; i < n; i++) {
        append_point(scene, ops, points[i], ' ');
    }
}

static void append_area(const OfScene *scene, GString *ops, const OfOutline *outline, double from, double to, const char *color)
{
    g_autoptr(GArray) path = of_outlines_cut(scene->line->outlines, outline, from, to);
    if (path->len > 0) {
        append_color(ops, 'c', color);
        append_color(ops, 'C', color);
        append_points(scene, ops, 'b', (const OfLayoutPoint *) (gpointer) path->data, path->len);
    }
}

/* The upper and lower edge of a lane in the lab's colour, thin and light: lanes of one stance side by side stay apart. */
static void append_edges(const OfScene *scene, GString *ops, const OfOutline *outline)
{
    OfDrawing *drawing = scene->drawing;
    const OfLayoutPoint *points = (const OfLayoutPoint *) (gpointer) scene->line->outlines->points->data;
    g_autofree char *color = of_color_mix(of_coloring_lab(drawing->coloring, of_scene_lab(scene, outline->lane)),
                                          drawing->theme->background, EDGE_SHARE);
    g_string_append(ops, " S 17 -setlinewidth(0.8)");
    append_color(ops, 'c', color);
    append_points(scene, ops, 'B', points + outline->top, outline->n_top);
    append_points(scene, ops, 'B', points + outline->bottom, outline->n_bottom);
}

/* A lane's area in the tints of its stances. */
static void append_lane(const OfScene *scene, GString *ops, const OfOutline *outline)
{
    OfDrawing *drawing = scene->drawing;
    const OfLab *lab = of_scene_lab(scene, outline->lane);
    const bool lab_stands_out = of_selection_stands_out(&drawing->selection, lab->item.id);
    double x = outline->from;
    for (guint i = 0; i <= lab->stances.n && x < outline->to; i++) {
        /* The stance before the first one is none. */
        const OfLabState *state = i > 0 ? lab->stances.items[i - 1] : NULL;
        const OfLabState *next = i < lab->stances.n ? lab->stances.items[i] : NULL;
        const double end = next == NULL
                               ? outline->to
                               : MIN(MAX(of_timescale_get_x(scene->line->timescale, next->day), outline->from), outline->to);
        const OfStrategy *strategy = state != NULL ? state->strategy : NULL;
        const char *tint = strategy != NULL ? of_coloring_stance(drawing->coloring, strategy) : drawing->theme->stance_rest;
        const bool stands_out =
            lab_stands_out || (strategy != NULL && of_selection_stands_out(&drawing->selection, strategy->item.id));
        if (end > x) {
            append_area(scene, ops, outline, x, end,
                        of_drawing_color(drawing, tint, stands_out || drawing->selection.highlight == NULL));
            x = end;
        }
    }
}

static void append_gridline(const OfScene *scene, GString *ops, double x, bool major)
{
    const OfLayoutPoint ends[] = {{x, 0}, {x, scene->plot_height + (major ? 4 : 2)}};
    g_string_append(ops, major ? " S 17 -setlinewidth(0.8)" : " S 17 -setlinewidth(0.4)");
    append_color(ops, 'c', scene->drawing->theme->faint);
    append_points(scene, ops, 'L', ends, 2);
}

/* --- Words --- */

/* A node of words whose left (or, align 'r', right) edge is x and whose top is y. */
static Agnode_t *add_text(const OfScene *scene, const char *name, const char *class, char **lines, OfFace face, double size,
                          const char *color, char align, double x, double y)
{
    OfDrawing *drawing = scene->drawing;
    double width = 1;
    g_autoptr(GString) label = g_string_new(NULL);
    for (char **line = lines; *line != NULL; line++) {
        g_autofree char *escaped = of_label_escape(*line);
        width = MAX(width, of_scene_text_width(scene, face, size, *line));
        g_string_append_printf(label, "%s\\%c", escaped, align);
    }
    /* Graphviz sets lines LINE_FACTOR apart; y is the top of the letters' room, which is the type size for a single line. */
    const guint n = g_strv_length(lines);
    const double height = n * size * LINE_FACTOR;
    y -= n == 1 ? size * (LINE_FACTOR - 1) / 2 : 0;
    Agnode_t *node = of_graph_node(drawing->graph, name);
    g_autofree char *cx = of_number_text(align == 'r' ? x - width / 2 : x + width / 2);
    g_autofree char *cy = of_number_text(graph_y(scene, y + height / 2));
    g_autofree char *pos = g_strdup_printf("%s,%s", cx, cy);
    of_graph_set(node, "id", name, "class", class, "shape", "none", "margin", "0", "fixedsize", "true", "label", label->str,
                 "fontname", of_fonts_name(drawing->fonts, face), "fontcolor", color, "pos", pos, NULL);
    of_graph_set_number(node, "fontsize", size);
    of_graph_set_number(node, "width", width / 72);
    of_graph_set_number(node, "height", (height + n * OF_LABEL_LINE_ROUNDING) / 72);
    return node;
}

static void add_ticks(const OfScene *scene, GString *ops)
{
    const OfTimescale *scale = scene->line->timescale;
    const OfStorylineInput *input = &scene->input;
    const double day_width = (input->page.right - input->page.left) / MAX(input->end_day - input->first_day, 1);
    g_autoptr(GArray) ticks = of_axis_ticks(input->first_day, input->end_day - 1, day_width);
    for (guint i = 0; i < ticks->len; i++) {
        const OfTick *tick = &g_array_index(ticks, OfTick, i);
        const double x = of_timescale_get_x(scale, tick->day);
        const OfFace face = tick->major ? OF_FACE_BOLD : OF_FACE_REGULAR;
        const double size = tick->major ? SIZE_YEAR : OF_SIZE_NOTE;
        char *lines[] = {(char *) tick->text, NULL};
        g_autofree char *name = g_strdup_printf("tick-%u", i + 1);
        const double width = of_scene_text_width(scene, face, size, tick->text);
        append_gridline(scene, ops, x, tick->major);
        if (x + width <= input->page.right + scene->right_names) {
            Agnode_t *node = add_text(scene, name, "tick", lines, face, size, scene->drawing->theme->muted, 'l', x + 2,
                                      scene->plot_height + 4 + (tick->major ? 0 : 1.5));
            of_graph_set(node, "data_kind", "tick", NULL);
        }
    }
}

/* The name of a lane beside the plot, in the middle of its height there. */
static void add_lane_name(const OfScene *scene, guint lane, bool at_left)
{
    OfDrawing *drawing = scene->drawing;
    const OfLab *lab = scene->labs->pdata[lane];
    const OfLayoutPage *page = &scene->input.page;
    const double x = at_left ? page->left : page->right;
    const OfDay day = at_left ? drawing->selection.from : drawing->selection.to;
    const OfOutline *outline = of_scene_outline_at(scene, (gint32) lane, x);
    if (outline == NULL) {
        return;
    }
    double top = 0, bottom = 0;
    of_outlines_get_span(scene->line->outlines, outline, x, &top, &bottom);
    g_auto(GStrv) lines = of_fonts_wrap(drawing->fonts, OF_FACE_BOLD, OF_SIZE_NAME, of_lab_name_on(lab, day), OF_MOST_LANE_NAME);
    g_autofree char *name = g_strdup_printf("lane-%s-%s", at_left ? "begin" : "end", lab->item.id);
    const double height = g_strv_length(lines) * OF_SIZE_NAME * LINE_FACTOR;
    const bool stands_out = of_selection_stands_out(&drawing->selection, lab->item.id);
    Agnode_t *node =
        add_text(scene, name, "lane-name", lines, OF_FACE_BOLD, OF_SIZE_NAME,
                 of_drawing_color(drawing, of_coloring_lab(drawing->coloring, lab), stands_out), at_left ? 'r' : 'l',
                 at_left ? x - scene->left_names - 2 : x + scene->right_names + COLUMN_GAP, (top + bottom - height) / 2);
    of_graph_set(node, "data_kind", "lab", "data_lab", lab->item.id, "data_title", of_lab_name_on(lab, day), NULL);
}

static void add_person_name(const OfScene *scene, guint person, OfLayoutPoint point, bool at_left)
{
    const OfPerson *shown = scene->people->pdata[person];
    char *lines[] = {(char *) of_item_label(&shown->item), NULL};
    g_autofree char *name = g_strdup_printf("name-%s-%s", at_left ? "begin" : "end", shown->item.id);
    Agnode_t *node = add_text(
        scene, name, "person-name", lines, OF_FACE_REGULAR, OF_SIZE_NAME, of_scene_person_color(scene, person), at_left ? 'r' : 'l',
        at_left ? point.x - COLUMN_GAP + 2 : point.x + COLUMN_GAP - 2, point.y - OF_SIZE_NAME * LINE_FACTOR / 2);
    of_graph_set(node, "data_kind", "person", "data_person", shown->item.id, "data_title", of_item_label(&shown->item), NULL);
    g_autofree char *cited = at_left ? NULL : of_scene_cite_person(scene, person);
    if (cited != NULL) {
        char *numbers[] = {cited, NULL};
        g_autofree char *cite_name = g_strdup_printf("cited-%s", shown->item.id);
        const double width = of_scene_text_width(scene, OF_FACE_REGULAR, OF_SIZE_NAME, lines[0]);
        node = add_text(scene, cite_name, "cited", numbers, OF_FACE_REGULAR, OF_SIZE_NOTE, scene->drawing->theme->muted, 'l',
                        point.x + COLUMN_GAP - 2 + width + OF_CITE_GAP, point.y - OF_SIZE_NOTE * LINE_FACTOR / 2 + 1);
        of_graph_set(node, "data_kind", "cited", "data_person", shown->item.id, NULL);
    }
}

static void add_words(const OfScene *scene)
{
    static const char *const classes[] = {"lane-name",   "stance-name", "milestone-name",
                                          "person-name", "person-name", "milestone-number"};
    for (guint i = 0; i < scene->words->len; i++) {
        const OfWord *word = &g_array_index(scene->words, OfWord, i);
        g_autofree char *name = g_strdup_printf("word-%u", i + 1);
        if (word->place < 0) {
            continue; /* it is in the list under the axis */
        }
        const OfLayoutRect *rect = &g_array_index(word->places, OfLayoutRect, word->place);
        const bool to_the_left = word->mark_x > rect->x + rect->width / 2;
        Agnode_t *node = add_text(scene, name, classes[word->kind], word->lines->pdata[word->place], word->face, word->size,
                                  word->color, to_the_left ? 'r' : 'l', to_the_left ? rect->x + rect->width : rect->x, rect->y);
        of_graph_set(node, "data_lab", word->lab != NULL ? word->lab->item.id : NULL, "data_event",
                     word->event != NULL ? word->event->item.key : NULL, "data_person",
                     word->owner != OF_OWNER_NONE ? ((const OfPerson *) scene->people->pdata[word->owner])->item.id : NULL, NULL);
    }
}

/* --- Marks --- */

static Agnode_t *add_mark(const OfScene *scene, const char *name, const char *shape, double size, const char *color, double x,
                          double y)
{
    Agnode_t *node = of_graph_node(scene->drawing->graph, name);
    g_autofree char *cx = of_number_text(x);
    g_autofree char *cy = of_number_text(graph_y(scene, y));
    g_autofree char *pos = g_strdup_printf("%s,%s", cx, cy);
    of_graph_set(node, "id", name, "shape", shape, "style", "filled", "fillcolor", color, "color", color, "label", "", "fixedsize",
                 "true", "pos", pos, NULL);
    of_graph_set_number(node, "width", size / 72);
    of_graph_set_number(node, "height", size / 72);
    return node;
}

static void add_milestones(const OfScene *scene)
{
    OfDrawing *drawing = scene->drawing;
    for (guint i = 0; i < scene->marks->len; i++) {
        const OfMark *mark = &g_array_index(scene->marks, OfMark, i);
        const bool stands_out = of_selection_stands_out(&drawing->selection, mark->event->item.key) ||
                                of_selection_stands_out(&drawing->selection, mark->lab->item.id);
        g_autofree char *name = g_strdup_printf("milestone-%u", mark->event->index + 1);
        g_autofree char *date = of_date_format(&mark->event->date);
        g_autofree char *shown = of_date_display(&mark->event->date);
        g_autofree char *text = of_event_text(mark->event);
        g_autofree char *title = g_strdup_printf("%s: %s, %s", of_lab_name_on(mark->lab, mark->event->day), text, shown);
        Agnode_t *node =
            add_mark(scene, name, "diamond", DIAMOND, of_drawing_color(drawing, drawing->theme->ink, stands_out), mark->x, mark->y);
        of_graph_set(node, "class", "milestone", "data_kind", "milestone", "data_type", of_event_type_info(mark->event->type)->name,
                     "data_lab", mark->lab->item.id, "data_event", mark->event->item.key, "data_date", date, "data_confidence",
                     of_confidence_names[mark->event->item.confidence], "data_title", title, NULL);
    }
}

/* --- Ways --- */

typedef struct {
    const char *style, *class;
    double width;
} Stroke;

static bool is_doubtful(const OfDate *date)
{
    return of_date_is_set(date) && (date->approximate || date->uncertain || date->last - date->first > CERTAIN_DAYS);
}

static Stroke stroke_of(const OfScene *scene, const OfWay *way)
{
    OfDrawing *drawing = scene->drawing;
    const char *ink = drawing->theme->ink;
    const OfStint *stint = way->stint != OF_STINT_NONE ? scene->stints->pdata[way->stint] : NULL;
    switch (way->kind) {
    case OF_WAY_BETWEEN:
        of_drawing_add_legend(drawing, (OfLegendEntry){OF_LEGEND_LINE, "dotted", ink, BETWEEN_WIDTH, false, NULL, 12},
                              "between two labs");
        return (Stroke){"dotted", "between", BETWEEN_WIDTH};
    case OF_WAY_TWIN:
        of_drawing_add_legend(drawing, (OfLegendEntry){OF_LEGEND_LINE, "solid", ink, TWIN_WIDTH, false, NULL, 13},
                              "second affiliation");
        return (Stroke){"solid", "twin", TWIN_WIDTH};
    case OF_WAY_MOVE:
    case OF_WAY_UNCERTAIN:
        break;
    default:
        return (Stroke){"solid", "stay", LINE_WIDTH};
    }
    if (stint == NULL) {
        return (Stroke){"solid", "move", LINE_WIDTH};
    }
    if (stint->confidence == OF_CONFIDENCE_REPORTED ||
        (stint->confidence == OF_CONFIDENCE_CONFIRMED && is_doubtful(&stint->from))) {
        of_drawing_add_legend(drawing, (OfLegendEntry){OF_LEGEND_LINE, "dashed", ink, 1.5, false, NULL, 1},
                              "reported, or date not certain");
        return (Stroke){"dashed", "move", LINE_WIDTH};
    }
    return (Stroke){of_drawing_line_style(drawing, stint->confidence),
                    stint->confidence == OF_CONFIDENCE_DISPUTED ? "move disputed" : "move", LINE_WIDTH};
}

/* A point without ink that ways hang on. Stories of thousands have a hundred thousand: it says no more than it must. */
static Agnode_t *joint(const OfScene *scene, const char *name, OfLayoutPoint point)
{
    Agnode_t *node = of_graph_node(scene->drawing->graph, name);
    g_autoptr(GString) pos = g_string_new(NULL);
    append_point(scene, pos, point, ',');
    of_graph_set(node, "shape", "point", "style", "invis", "width", "0.01", "height", "0.01", "pos", pos->str, NULL);
    return node;
}

/* An edge along points, from tail (NULL: a joint of its own) to a joint of its own. */
static Agedge_t *add_way(const OfScene *scene, const char *name, Agnode_t *tail, const OfLayoutPoint *points, guint n,
                         const Stroke *stroke, const char *color)
{
    g_autofree char *begin = g_strconcat(name, "-a", NULL);
    g_autofree char *end = g_strconcat(name, "-b", NULL);
    g_autoptr(GString) pos = g_string_new(NULL);
    for (guint i = 0; i < n; i++) {
        append_point(scene, pos, points[i], ',');
    }
    Agnode_t *head = joint(scene, end, points[n - 1]);
    Agedge_t *edge = of_graph_edge(scene->drawing->graph, tail != NULL ? tail : joint(scene, begin, points[0]), head, name);
    of_graph_set(edge, "id", name, "class", stroke->class, "pos", pos->str, "style", stroke->style, "color", color, "dir", "none",
                 "data_kind", "way", NULL);
    of_graph_set_number(edge, "penwidth", stroke->width);
    return edge;
}

static void set_way_data(const OfScene *scene, Agedge_t *edge, const OfWay *way)
{
    const OfPerson *person = scene->people->pdata[way->person];
    const OfLab *lab = of_scene_lab(scene, way->lane);
    const OfStint *stint = way->stint != OF_STINT_NONE ? scene->stints->pdata[way->stint] : NULL;
    g_autofree char *date = stint != NULL && of_date_is_set(&stint->from) ? of_date_format(&stint->from) : NULL;
    g_autofree char *shown = stint != NULL && of_date_is_set(&stint->from) ? of_date_display(&stint->from) : NULL;
    const bool moves = way->kind == OF_WAY_MOVE || way->kind == OF_WAY_UNCERTAIN;
    g_autofree char *title = lab == NULL
                                 ? g_strdup_printf("%s: between two labs", of_item_label(&person->item))
                                 : g_strdup_printf("%s: %s%s%s%s", of_item_label(&person->item), moves ? "to " : "",
                                                   of_lab_name_on(lab, scene->drawing->selection.to),
                                                   shown != NULL ? moves ? ", " : ", since " : "", shown != NULL ? shown : "");
    of_graph_set(edge, "data_person", person->item.id, "data_lab", lab != NULL ? lab->item.id : NULL, "data_date", date,
                 "data_event", stint != NULL && stint->begin_event != NULL ? stint->begin_event->item.key : NULL, "data_confidence",
                 stint != NULL ? of_confidence_names[stint->confidence] : NULL, "data_title", title, NULL);
}

static bool same_stroke(const Stroke *a, const Stroke *b)
{
    return g_str_equal(a->style, b->style) && g_str_equal(a->class, b->class) && a->width == b->width;
}

/* The ways of one person, those alike in one edge. */
static void add_person_ways(const OfScene *scene, guint person)
{
    guint n = 0, n_edges = 0;
    Agnode_t *before = NULL; /* where the way before ended */
    const OfRoutes *routes = scene->line->routes;
    const OfWay *ways = of_routes_get_ways(routes, person, &n);
    const OfPerson *shown = scene->people->pdata[person];
    const char *color = of_scene_person_color(scene, person);
    for (guint i = 0; i < n;) {
        const Stroke stroke = stroke_of(scene, &ways[i]);
        g_autoptr(GArray) points = g_array_new(FALSE, FALSE, sizeof(OfLayoutPoint));
        g_array_append_vals(points, of_routes_get_points(routes, &ways[i]), ways[i].n);
        guint next = i + 1;
        for (; next < n && ways[next].lane == ways[i].lane && ways[next].kind != OF_WAY_TWIN; next++) {
            const Stroke other = stroke_of(scene, &ways[next]);
            if (!same_stroke(&stroke, &other)) {
                break;
            }
            g_array_append_vals(points, of_routes_get_points(routes, &ways[next]) + 1, ways[next].n - 1);
        }
        g_autofree char *name = g_strdup_printf("way-%s-%u", shown->item.id, ++n_edges);
        const bool twin = ways[i].kind == OF_WAY_TWIN;
        Agedge_t *edge = add_way(scene, name, twin ? NULL : before, (const OfLayoutPoint *) (gpointer) points->data, points->len,
                                 &stroke, color);
        before = aghead(edge);
        set_way_data(scene, edge, &ways[i]);
        i = next;
    }
}

/* The way of a person's main line, whole, for cutting. NULL where there is none. */
static GArray *main_way(const OfScene *scene, guint person)
{
    guint n = 0;
    const OfRoutes *routes = scene->line->routes;
    const OfWay *ways = of_routes_get_ways(routes, person, &n);
    GArray *points = g_array_new(FALSE, FALSE, sizeof(OfLayoutPoint));
    for (guint i = 0; i < n && ways[i].kind != OF_WAY_TWIN; i++) {
        g_array_append_vals(points, of_routes_get_points(routes, &ways[i]) + (i > 0), ways[i].n - (i > 0));
    }
    return points;
}

/* Who leads a lab is drawn thick for that time. */
static void add_leads(const OfScene *scene, guint person, const GArray *way)
{
    OfDrawing *drawing = scene->drawing;
    const OfPerson *shown = scene->people->pdata[person];
    guint n_edges = 0;
    for (guint lane = 0; lane < scene->labs->len; lane++) {
        const OfLab *lab = scene->labs->pdata[lane];
        for (guint i = 0; i < lab->leads.n; i++) {
            const OfLabState *state = lab->leads.items[i];
            const OfDay end = i + 1 < lab->leads.n ? lab->leads.items[i + 1]->day : OF_DAY_MAX;
            if (state->person != shown || state->day > drawing->selection.to || end <= drawing->selection.from) {
                continue;
            }
            const double from = of_timescale_get_x(scene->line->timescale, MAX(state->day, drawing->selection.from));
            const double to =
                end > drawing->selection.to ? scene->input.page.right : of_timescale_get_x(scene->line->timescale, end);
            g_autoptr(GArray) part = g_array_new(FALSE, FALSE, sizeof(OfLayoutPoint));
            of_bezier_cut((const OfLayoutPoint *) (gpointer) way->data, way->len, from, to, part);
            if (part->len < 4) {
                continue;
            }
            const Stroke stroke = {"solid", "lead", LEAD_WIDTH};
            g_autofree char *name = g_strdup_printf("lead-%s-%u", shown->item.id, ++n_edges);
            g_autofree char *title =
                g_strdup_printf("%s leads %s", of_item_label(&shown->item), of_lab_name_on(lab, drawing->selection.to));
            Agedge_t *edge = add_way(scene, name, NULL, (const OfLayoutPoint *) (gpointer) part->data, part->len, &stroke,
                                     of_scene_person_color(scene, person));
            of_graph_set(edge, "data_person", shown->item.id, "data_lab", lab->item.id, "data_title", title, NULL);
        }
    }
}

/* A rival account of an arrival: a ghost from the person's line to the lab, and at the day, that it says. */
static void add_ghost(const OfScene *scene, guint person, const GArray *way, const OfAccount *account, const OfStint *stint,
                      guint number)
{
    enum { REACH = 16 };
    OfDrawing *drawing = scene->drawing;
    const OfPerson *shown = scene->people->pdata[person];
    const OfLab *lab = account->to != NULL ? account->to : stint->lab;
    const OfDay day = of_date_is_set(&account->date) ? of_date_middle(&account->date) : stint->begin_day;
    const gint32 lane = of_scene_lane(scene, lab);
    if (lane == OF_LANE_NONE || day < drawing->selection.from || day > drawing->selection.to) {
        return; /* it is listed under the axis */
    }
    const double x = of_timescale_get_x(scene->line->timescale, day), end = MIN(x + REACH, scene->input.page.right);
    const OfOutline *outline = of_scene_outline_at(scene, lane, end);
    if (outline == NULL) {
        return;
    }
    double top = 0, bottom = 0;
    of_outlines_get_span(scene->line->outlines, outline, end, &top, &bottom);
    const OfLayoutPoint begin = {x, of_bezier_get_y((const OfLayoutPoint *) (gpointer) way->data, way->len, x)};
    g_autoptr(GArray) points = g_array_new(FALSE, FALSE, sizeof(OfLayoutPoint));
    g_array_append_val(points, begin);
    of_bezier_bend_to(points, end, (top + bottom) / 2);
    const Stroke stroke = {"dotted", "account", TWIN_WIDTH};
    g_autofree char *name = g_strdup_printf("account-%s-%u", shown->item.id, number);
    g_autofree char *title = g_strdup_printf("Another account: %s to %s", of_item_label(&shown->item), of_item_label(&lab->item));
    Agedge_t *edge =
        add_way(scene, name, NULL, (const OfLayoutPoint *) (gpointer) points->data, points->len, &stroke, drawing->theme->muted);
    of_graph_set(edge, "data_person", shown->item.id, "data_lab", lab->item.id, "data_title", title, NULL);
}

static void add_accounts(const OfScene *scene, guint person, const GArray *way)
{
    guint number = 0, first = 0, end = 0;
    of_scene_person_stints(scene, person, &first, &end);
    for (guint i = first; i < end; i++) {
        const OfStint *stint = scene->stints->pdata[i];
        for (guint j = 0; stint->begin_event != NULL && j < stint->begin_event->accounts.n; j++) {
            add_ghost(scene, person, way, stint->begin_event->accounts.items[j], stint, ++number);
        }
        for (guint j = 0; stint->decl != NULL && j < stint->decl->accounts.n; j++) {
            add_ghost(scene, person, way, stint->decl->accounts.items[j], stint, ++number);
        }
    }
}

static void add_ends(const OfScene *scene, guint person, const GArray *way)
{
    const OfPerson *shown = scene->people->pdata[person];
    const OfLayoutPoint ends[] = {g_array_index(way, OfLayoutPoint, 0), g_array_index(way, OfLayoutPoint, way->len - 1)};
    const OfLayoutPage *page = &scene->input.page;
    const bool at_edge[] = {ends[0].x <= page->left + 0.5, ends[1].x >= page->right - 0.5};
    for (int i = 0; i < 2; i++) {
        g_autofree char *name = g_strdup_printf("dot-%s-%s", i == 0 ? "begin" : "end", shown->item.id);
        if (i == 1 || !at_edge[i]) {
            Agnode_t *node = add_mark(scene, name, "circle", DOT, of_scene_person_color(scene, person), ends[i].x, ends[i].y);
            of_graph_set(node, "class", "end", "data_kind", "person", "data_person", shown->item.id, NULL);
        }
        if (at_edge[i] && of_scene_has_names(scene)) {
            add_person_name(scene, person, ends[i], i == 0);
        }
    }
}

/* --- What stands under the plot: known before the page is fitted --- */

static void announce_account(const OfScene *scene, const OfAccount *account, const OfStint *stint)
{
    OfDrawing *drawing = scene->drawing;
    const OfLab *lab = account->to != NULL ? account->to : stint->lab;
    const OfDay day = of_date_is_set(&account->date) ? of_date_middle(&account->date) : stint->begin_day;
    of_drawing_add_legend(drawing, (OfLegendEntry){OF_LEGEND_LINE, "dotted", drawing->theme->muted, TWIN_WIDTH, false, NULL, 15},
                          "another account");
    if (of_scene_lane(scene, lab) == OF_LANE_NONE || day < drawing->selection.from || day > drawing->selection.to) {
        g_autofree char *date = of_date_is_set(&account->date) ? of_date_display(&account->date) : NULL;
        of_drawing_add_remark(drawing,
                              g_strdup_printf("Another account: %s to %s%s%s", of_item_label(&stint->person->item),
                                              of_item_label(&lab->item), date != NULL ? ", " : "", date != NULL ? date : ""));
    }
}

void of_scene_announce(const OfScene *scene)
{
    OfDrawing *drawing = scene->drawing;
    const GArray *ways = scene->line->routes->ways;
    for (guint i = 0; i < ways->len; i++) {
        stroke_of(scene, &g_array_index(ways, OfWay, i)); /* adds what it draws with to the legend */
    }
    for (guint lane = 0; lane < scene->labs->len; lane++) {
        const OfLab *lab = scene->labs->pdata[lane];
        for (guint i = 0; i < lab->leads.n; i++) {
            const OfLabState *state = lab->leads.items[i];
            const OfDay end = i + 1 < lab->leads.n ? lab->leads.items[i + 1]->day : OF_DAY_MAX;
            if (state->person != NULL && g_ptr_array_find(scene->people, state->person, NULL) &&
                state->day <= drawing->selection.to && end > drawing->selection.from) {
                of_drawing_add_legend(drawing,
                                      (OfLegendEntry){OF_LEGEND_LINE, "solid", drawing->theme->ink, LEAD_WIDTH, false, NULL, 14},
                                      "leads the lab");
            }
        }
    }
    for (guint i = 0; drawing->options->accounts && i < scene->stints->len; i++) {
        const OfStint *stint = scene->stints->pdata[i];
        for (guint j = 0; stint->begin_event != NULL && j < stint->begin_event->accounts.n; j++) {
            announce_account(scene, stint->begin_event->accounts.items[j], stint);
        }
        for (guint j = 0; stint->decl != NULL && j < stint->decl->accounts.n; j++) {
            announce_account(scene, stint->decl->accounts.items[j], stint);
        }
    }
}

static Agnode_t *callout_node(OfDrawing *drawing, const OfCallout *callout)
{
    Agnode_t *found = NULL;
    for (Agnode_t *node = agfstnode(drawing->graph); node != NULL; node = agnxtnode(drawing->graph, node)) {
        const char *class = agget(node, (char *) "class");
        if ((callout->event != NULL && g_str_equal(class, "milestone") &&
             g_strcmp0(agget(node, (char *) "data_event"), callout->event) == 0) ||
            (callout->person != NULL && g_str_equal(class, "person-name") &&
             g_strcmp0(agget(node, (char *) "data_person"), callout->person) == 0) ||
            (callout->lab != NULL && g_str_equal(class, "lane-name") &&
             g_strcmp0(agget(node, (char *) "data_lab"), callout->lab) == 0)) {
            found = node;
        }
    }
    return found;
}

void of_scene_draw(OfScene *scene)
{
    OfDrawing *drawing = scene->drawing;
    g_autoptr(GString) ops = g_string_new(NULL);
    const GArray *outlines = scene->line->outlines->outlines;
    for (guint i = 0; i < outlines->len; i++) {
        append_lane(scene, ops, &g_array_index(outlines, OfOutline, i));
        append_edges(scene, ops, &g_array_index(outlines, OfOutline, i));
    }
    add_ticks(scene, ops);
    for (guint person = 0; person < scene->people->len; person++) {
        g_autoptr(GArray) way = main_way(scene, person);
        if (way->len == 0) {
            continue;
        }
        add_person_ways(scene, person);
        add_leads(scene, person, way);
        if (drawing->options->accounts) {
            add_accounts(scene, person, way);
        }
        add_ends(scene, person, way);
    }
    add_milestones(scene);
    for (guint lane = 0; lane < scene->labs->len; lane++) {
        add_lane_name(scene, lane, true);
        add_lane_name(scene, lane, false);
    }
    add_words(scene);
    of_graph_set(drawing->graph, "_background", g_strstrip(ops->str), NULL);
    of_drawing_add_callout_column(drawing, callout_node);
}
