/* A storyline as a graph: words and marks as nodes, ways as edges, lanes in the background. */
#include "view/axis.h"
#include "view/event_text.h"
#include "view/steps.h"
#include "view/storyline_scene.h"

#include <math.h>
#include <string.h>

/* Points. */
#define DIAMOND        7.0
#define MARKED_DIAMOND 9.0
#define SIZE_YEAR      11.0

static const OfDifference unchanged = {OF_DELTA_UNCHANGED, NULL};

/* --- Words --- */

Agnode_t *of_scene_add_text(const OfScene *scene, const char *name, const char *class, char **lines, OfFace face, double size,
                            const char *color, char align, double x, double y, double least_width)
{
    OfDrawing *drawing = scene->drawing;
    double width = MAX(least_width, 1);
    g_autoptr(GString) label = g_string_new(NULL);
    for (char **line = lines; *line != NULL; line++) {
        g_autofree char *escaped = of_label_escape(*line);
        width = MAX(width, of_scene_text_width(scene, face, size, *line));
        g_string_append_printf(label, "%s\\%c", escaped, align);
    }
    /* Graphviz sets lines OF_LINE_PITCH apart; y is the top of the letters' room, which is the type size for a single line. */
    const guint n = g_strv_length(lines);
    const double height = n * size * OF_LINE_PITCH;
    y -= n == 1 ? size * (OF_LINE_PITCH - 1) / 2 : 0;
    Agnode_t *node = of_graph_node(drawing->graph, name);
    g_autofree char *cx = of_number_text(align == 'r' ? x - width / 2 : x + width / 2);
    g_autofree char *cy = of_number_text(of_scene_graph_y(scene, y + height / 2));
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
        of_scene_append_gridline(scene, ops, x, tick->major);
        if (x + width <= input->page.right + scene->right_names) {
            Agnode_t *node = of_scene_add_text(scene, name, "tick", lines, face, size, scene->drawing->theme->muted, 'l', x + 2,
                                               scene->plot_height + 4 + (tick->major ? 0 : 1.5), 0);
            of_graph_set(node, "data_kind", "tick", NULL);
            of_scene_set_change(scene, node, &unchanged);
        }
    }
}

/* Strikes the words of a node made by of_scene_add_text() through, but for the sign before them. */
static void strike(const OfScene *scene, Agnode_t *node, char **lines, OfFace face, double size, char align)
{
    static const char sign[] = "− ";
    OfMarkup *label = of_markup_new();
    double width = 0;
    for (char **line = lines; *line != NULL; line++) {
        const bool signed_line = line == lines && g_str_has_prefix(*line, sign);
        width = MAX(width, of_scene_text_width(scene, face, size, *line));
        if (signed_line) {
            of_markup_add(label, OF_MARKUP_PLAIN, size, NULL, sign);
        }
        of_markup_add(label, OF_MARKUP_STRUCK, size, NULL, signed_line ? *line + strlen(sign) : *line);
        of_markup_break(label, align);
    }
    of_markup_finish_block(label, node, width, align);
}

static bool is_struck(const OfScene *scene, const OfDifference *difference)
{
    return difference->delta == OF_DELTA_REMOVED && of_scene_is_marked(scene, difference->delta);
}

/* Whether the picture's revision has a lane at that edge of the plot. A lane that it has at neither edge is named wherever the layout has it. */
static bool reaches_edge(const OfScene *scene, guint lane, bool at_left)
{
    const OfSceneLane *sides = of_scene_lane_sides(scene, lane);
    const OfRevisionSide side = of_scene_shown(scene);
    const bool begins = sides->begin[side] <= scene->drawing->selection.from, ends = sides->end[side] == OF_DAY_OPEN;
    return !of_scene_is_union(scene) || scene->drawing->panel == OF_PANEL_DIFF || (!begins && !ends) || (at_left ? begins : ends);
}

/* The name of a lane beside the plot, in the middle of its height there. */
static void add_lane_name(const OfScene *scene, guint lane, bool at_left)
{
    OfDrawing *drawing = scene->drawing;
    const OfLab *lab = scene->labs->pdata[lane];
    const OfLayoutPage *page = &scene->input.page;
    const double x = at_left ? page->left : page->right;
    const OfDay day = at_left ? drawing->selection.from : drawing->selection.to;
    const OfOutline *outline = reaches_edge(scene, lane, at_left) ? of_scene_outline_at(scene, (gint32) lane, x) : NULL;
    OfDifference difference;
    g_autofree char *text = outline != NULL ? of_scene_lane_name(scene, lane, day, scene->drawing->panel, &difference) : NULL;
    if (text == NULL) {
        return;
    }
    double top = 0, bottom = 0;
    of_outlines_get_span(scene->line->outlines, outline, x, &top, &bottom);
    g_auto(GStrv) lines = of_fonts_wrap(drawing->fonts, OF_FACE_BOLD, OF_SIZE_NAME, text, OF_MOST_LANE_NAME);
    g_autofree char *name = g_strdup_printf("lane-%s-%s", at_left ? "begin" : "end", of_drawing_key(drawing, &lab->item));
    const double height = g_strv_length(lines) * OF_SIZE_NAME * OF_LINE_PITCH;
    const bool stands_out = of_selection_stands_out(&drawing->selection, lab->item.id);
    const char *color = of_scene_word_color(scene, difference.delta,
                                            of_drawing_color(drawing, of_coloring_lab(drawing->coloring, lab), stands_out));
    const double left = at_left ? x - scene->left_names - 2 : x + scene->right_names + OF_COLUMN_GAP;
    Agnode_t *node =
        of_scene_add_text(scene, name, "lane-name", lines, OF_FACE_BOLD, OF_SIZE_NAME, color, at_left ? 'r' : 'l', left,
                          (top + bottom - height) / 2, of_scene_is_union(scene) ? of_scene_lane_name_width(scene, lane, day) : 0);
    of_graph_set(node, "data_kind", "lab", "data_lab", lab->item.id, "data_title", text, NULL);
    of_drawing_set_echo(drawing, node, at_left ? OF_DAY_MIN : drawing->selection.to);
    of_scene_set_change(scene, node, &difference);
    if (is_struck(scene, &difference)) {
        strike(scene, node, lines, OF_FACE_BOLD, OF_SIZE_NAME, at_left ? 'r' : 'l');
    }
    of_difference_clear(&difference);
}

/* The name of a person at an old way that goes on to the end of the window. */
static void add_old_name(const OfScene *scene, const OfPart *part)
{
    g_autoptr(GArray) way = of_scene_main_way(scene, part->old_line);
    const OfPerson *shown = of_scene_cast(scene, part->person)->sides[OF_OLD];
    if (way->len == 0 || part->old_x1 < scene->input.page.right - 0.5) {
        return;
    }
    const OfLayoutPoint point = g_array_index(way, OfLayoutPoint, way->len - 1);
    g_autofree char *text = of_scene_old_name(scene, part);
    char *lines[] = {text, NULL};
    const char *color = of_scene_person_color(scene, part->old_line);
    const double x = point.x + OF_COLUMN_GAP - 2, y = point.y - OF_SIZE_NAME * OF_LINE_PITCH / 2;
    g_autofree char *name = g_strdup_printf("name-old-%s-%u", of_drawing_key(scene->drawing, &shown->item), part->old_line);
    Agnode_t *node = of_scene_add_text(scene, name, "person-name", lines, OF_FACE_REGULAR, OF_SIZE_NAME, color, 'l', x, y, 0);
    of_graph_set(node, "data_kind", "person", "data_person", shown->item.id, "data_title", of_item_label(&shown->item), NULL);
    const OfDifference gone = {part->difference.delta == OF_DELTA_ADDED ? OF_DELTA_REMOVED : part->difference.delta,
                               part->difference.changes};
    of_scene_set_change(scene, node, &gone);
    strike(scene, node, lines, OF_FACE_REGULAR, OF_SIZE_NAME, 'l');
}

static void add_old_names(const OfScene *scene)
{
    for (guint i = 0; i < scene->parts->len && of_scene_has_names(scene); i++) {
        const OfPart *part = of_scene_part(scene, i);
        if (part->old_line != OF_VARIANT_NONE && of_scene_is_marked(scene, part->difference.delta)) {
            add_old_name(scene, part);
        }
    }
}

static void add_person_name(const OfScene *scene, guint person, OfLayoutPoint point, bool at_left)
{
    const OfPerson *shown = scene->people->pdata[person];
    OfDifference difference;
    char *text = of_scene_person_name(scene, person, scene->drawing->panel, !at_left, &difference);
    g_auto(GStrv) lines = g_new0(char *, 2);
    lines[0] = text;
    if (text == NULL) {
        return;
    }
    const OfFace face = of_scene_is_marked(scene, difference.delta) ? OF_FACE_BOLD : OF_FACE_REGULAR;
    const char *key = of_drawing_key(scene->drawing, &shown->item);
    const char *color = of_scene_word_color(scene, difference.delta, of_scene_person_color(scene, person));
    const double x = at_left ? point.x - OF_COLUMN_GAP + 2 : point.x + OF_COLUMN_GAP - 2;
    g_autofree char *name = g_strdup_printf("name-%s-%s", at_left ? "begin" : "end", key);
    const double width = of_scene_person_name_width(scene, person, !at_left);
    Agnode_t *node = of_scene_add_text(scene, name, "person-name", lines, face, OF_SIZE_NAME, color, at_left ? 'r' : 'l', x,
                                       point.y - OF_SIZE_NAME * OF_LINE_PITCH / 2, width);
    of_graph_set(node, "data_kind", "person", "data_person", shown->item.id, "data_title", of_item_label(&shown->item), NULL);
    of_drawing_set_echo(scene->drawing, node, at_left ? OF_DAY_MIN : scene->drawing->selection.to);
    of_scene_set_change(scene, node, &difference);
    if (is_struck(scene, &difference)) {
        strike(scene, node, lines, face, OF_SIZE_NAME, at_left ? 'r' : 'l');
    }
    g_autofree char *cited = at_left ? NULL : of_scene_cite_person(scene, person);
    if (cited != NULL) {
        char *numbers[] = {cited, NULL};
        g_autofree char *cite_name = g_strdup_printf("cited-%s", key);
        node = of_scene_add_text(scene, cite_name, "cited", numbers, OF_FACE_REGULAR, OF_SIZE_NOTE, scene->drawing->theme->muted,
                                 'l', x + width + OF_CITE_GAP, point.y - OF_SIZE_NOTE * OF_LINE_PITCH / 2 + 1,
                                 of_scene_is_union(scene) ? of_scene_cited_width(scene, person) - OF_CITE_GAP : 0);
        of_graph_set(node, "data_kind", "cited", "data_person", shown->item.id, NULL);
        of_drawing_set_echo(scene->drawing, node, scene->drawing->selection.to);
        of_scene_set_change(scene, node, &unchanged);
    }
    of_difference_clear(&difference);
}

static const char *word_class(const OfWord *word)
{
    static const char *const classes[] = {"lane-name",   "stance-name",      "milestone-name", "person-name",
                                          "person-name", "milestone-number", "change-note"};
    return classes[word->kind];
}

static void add_word(const OfScene *scene, const OfWord *word, const char *name, char **lines, OfFace face)
{
    const OfLayoutRect *rect = &g_array_index(word->places, OfLayoutRect, word->place);
    const bool to_the_left = word->mark_x > rect->x + rect->width / 2;
    const char *color =
        word->kind == OF_WORD_CHANGE ? word->color : of_scene_word_color(scene, word->difference.delta, word->color);
    /* In the middle of its place: in columns of names that is lower than the words. */
    const double height = (g_strv_length(lines) - 1) * word->size * OF_LINE_PITCH + word->size;
    const double y = of_scene_is_union(scene) ? rect->y + (rect->height - height) / 2 : rect->y;
    Agnode_t *node =
        of_scene_add_text(scene, name, word_class(word), lines, face, word->size, color, to_the_left ? 'r' : 'l',
                          to_the_left ? rect->x + rect->width : rect->x, y, of_scene_is_union(scene) ? rect->width : 0);
    of_graph_set(node, "data_lab", word->lab != NULL ? word->lab->item.id : NULL, "data_event",
                 word->event != NULL ? word->event->item.key : NULL, "data_person",
                 word->owner != OF_OWNER_NONE ? ((const OfPerson *) scene->people->pdata[word->owner])->item.id : NULL, NULL);
    of_drawing_set_begin(scene->drawing, node, of_scene_word_begin(scene, word));
    of_scene_set_change(scene, node, &word->difference);
    if (is_struck(scene, &word->difference)) {
        strike(scene, node, lines, face, word->size, to_the_left ? 'r' : 'l');
    }
}

/* Words that the page has a place for; of two revisions each stands where the words of the difference do. */
static void add_words(const OfScene *scene)
{
    const bool alone = of_scene_is_union(scene) && scene->drawing->panel != OF_PANEL_DIFF;
    for (guint i = 0; i < scene->words->len; i++) {
        const OfWord *word = &g_array_index(scene->words, OfWord, i);
        g_autofree char *name = g_strdup_printf("word-%u", i + 1);
        const char *text = alone ? word->alone[of_scene_shown(scene)] : word->alone_only ? NULL : word->text;
        if (word->place < 0 || text == NULL) {
            continue; /* it is in the list under the axis */
        }
        char **lines = word->lines->pdata[word->place];
        if (!alone) {
            add_word(scene, word, name, lines, word->face);
            continue;
        }
        const double width = g_array_index(word->places, OfLayoutRect, word->place).width;
        g_auto(GStrv) own = of_fonts_wrap(scene->drawing->fonts, word->plain, word->size, text, lines[1] != NULL ? width : 1e6);
        add_word(scene, word, name, own, word->plain);
    }
}

/* --- Marks --- */

Agnode_t *of_scene_add_mark(const OfScene *scene, const char *name, const char *shape, double size, const char *color, double x,
                            double y)
{
    Agnode_t *node = of_graph_node(scene->drawing->graph, name);
    g_autofree char *cx = of_number_text(x);
    g_autofree char *cy = of_number_text(of_scene_graph_y(scene, y));
    g_autofree char *pos = g_strdup_printf("%s,%s", cx, cy);
    of_graph_set(node, "id", name, "shape", shape, "style", "filled", "fillcolor", color, "color", color, "label", "", "fixedsize",
                 "true", "pos", pos, NULL);
    of_graph_set_number(node, "width", size / 72);
    of_graph_set_number(node, "height", size / 72);
    return node;
}

/* A milestone as the panel shows it: of two revisions full where it stands, hollow where it stood. */
static void add_milestone(const OfScene *scene, const OfMark *mark)
{
    OfDrawing *drawing = scene->drawing;
    const OfSelection *selection = &of_scene_side(scene, mark->side)->selection;
    const bool stands_out =
        of_selection_stands_out(selection, mark->event->item.key) || of_selection_stands_out(selection, mark->lab->item.id);
    const OfEvent *event = mark->shared && of_scene_shown(scene) == OF_OLD ? mark->other : mark->event;
    g_autofree char *name = g_strdup_printf("milestone-%s%u", mark->side == OF_OLD && mark->other != NULL ? "old-" : "",
                                            of_drawing_event_number(of_scene_side(scene, mark->side), mark->event));
    g_autofree char *date = of_date_format(&event->date);
    g_autofree char *shown = of_date_display(&event->date);
    g_autofree char *text = of_event_text(event);
    g_autofree char *title = g_strdup_printf("%s: %s, %s", of_lab_name_on(mark->lab, mark->event->day), text, shown);
    OfDifference difference;
    g_free(of_scene_milestone_text(scene, mark->milestone, OF_PANEL_DIFF, &difference));
    const bool marked = of_scene_is_marked(scene, difference.delta);
    const char *color = of_scene_word_color(scene, difference.delta, of_drawing_color(drawing, drawing->theme->ink, stands_out));
    Agnode_t *node = of_scene_add_mark(scene, name, "diamond", marked ? MARKED_DIAMOND : DIAMOND, color, mark->x, mark->y);
    if (marked && mark->side == OF_OLD) {
        of_graph_set(node, "fillcolor", drawing->theme->background, NULL);
    }
    of_graph_set(node, "class", "milestone", "data_kind", "milestone", "data_type", of_event_type_info(event->type)->name,
                 "data_lab", mark->lab->item.id, "data_event", event->item.key, "data_date", date, "data_confidence",
                 of_confidence_names[event->item.confidence], "data_title", title, NULL);
    of_drawing_set_begin(drawing, node, mark->event->day);
    of_scene_set_change(scene, node, &difference);
    of_difference_clear(&difference);
}

static bool shows_mark(const OfScene *scene, const OfMark *mark)
{
    OfDifference difference;
    if (mark->shared || of_scene_shown(scene) == mark->side) {
        return true;
    }
    g_free(of_scene_milestone_text(scene, mark->milestone, OF_PANEL_DIFF, &difference));
    const bool changed = difference.delta != OF_DELTA_UNCHANGED;
    of_difference_clear(&difference);
    return of_scene_shows(scene, mark->side) && changed;
}

static void add_milestones(const OfScene *scene, GString *ops)
{
    for (guint i = 0; i < scene->marks->len; i++) {
        const OfMark *mark = &g_array_index(scene->marks, OfMark, i);
        if (shows_mark(scene, mark)) {
            OfLayoutPoint tie[4];
            if (scene->drawing->panel == OF_PANEL_DIFF && of_scene_find_tie(scene, mark, tie)) {
                of_scene_append_tie(scene, ops, tie[0], tie[3]);
            }
            add_milestone(scene, mark);
        }
    }
}

/* Dots and, at the edges of the plot, names at the ends of a line. */
static void add_ends(const OfScene *scene, guint person, const OfLayoutPoint *ends, const OfLayoutPoint *whole)
{
    const OfPerson *shown = scene->people->pdata[person];
    const OfLayoutPage *page = &scene->input.page;
    const bool at_edge[] = {ends[0].x <= page->left + 0.5, ends[1].x >= page->right - 0.5};
    OfDifference difference;
    g_free(of_scene_person_name(scene, person, OF_PANEL_DIFF, true, &difference));
    for (int i = 0; i < 2; i++) {
        const bool own = fabs(ends[i].x - whole[i].x) > 0.05 || fabs(ends[i].y - whole[i].y) > 0.05;
        g_autofree char *name = g_strdup_printf("dot-%s%s-%s", own ? of_scene_shown(scene) == OF_OLD ? "old-" : "new-" : "",
                                                i == 0 ? "begin" : "end", of_drawing_key(scene->drawing, &shown->item));
        if (i == 1 || !at_edge[i]) {
            Agnode_t *node = of_scene_add_mark(scene, name, "circle", OF_SCENE_DOT,
                                               of_scene_line_color(scene, difference.delta, of_scene_person_color(scene, person)),
                                               ends[i].x, ends[i].y);
            of_graph_set(node, "class", "end", "data_kind", "person", "data_person", shown->item.id, NULL);
            if (at_edge[i]) {
                of_drawing_set_echo(scene->drawing, node, scene->drawing->selection.to);
            } else {
                of_drawing_set_begin(scene->drawing, node,
                                     i == 0 ? of_scene_person_begin(scene, person) : of_scene_person_end(scene, person));
            }
            of_scene_set_change(scene, node, &difference);
        }
        if (at_edge[i] && !own && of_scene_has_names(scene)) {
            add_person_name(scene, person, ends[i], i == 0);
        }
    }
    of_difference_clear(&difference);
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

static void add_people(const OfScene *scene)
{
    if (of_scene_is_union(scene)) {
        of_scene_add_traces(scene);
    }
    for (guint person = 0; person < scene->people->len; person++) {
        g_autoptr(GArray) way = of_scene_main_way(scene, person);
        OfLayoutPoint whole[2], ends[2];
        if (way->len == 0) {
            continue;
        }
        whole[0] = g_array_index(way, OfLayoutPoint, 0);
        whole[1] = g_array_index(way, OfLayoutPoint, way->len - 1);
        if (!of_scene_is_union(scene)) {
            of_scene_add_person(scene, person, way);
            add_ends(scene, person, whole, whole);
        } else if (of_scene_find_ends(scene, person, scene->drawing->panel, ends)) {
            add_ends(scene, person, ends, whole);
        }
    }
}

void of_scene_draw(OfScene *scene)
{
    OfDrawing *drawing = scene->drawing;
    g_autoptr(GString) ops = g_string_new(NULL);
    of_scene_make_cuts(scene);
    of_scene_append_lanes(scene, ops);
    add_ticks(scene, ops);
    add_people(scene);
    of_scene_add_now(scene);
    add_old_names(scene);
    add_milestones(scene, ops);
    for (guint lane = 0; lane < scene->labs->len; lane++) {
        add_lane_name(scene, lane, true);
        add_lane_name(scene, lane, false);
    }
    of_scene_place_own_names(scene);
    add_words(scene);
    of_graph_set(drawing->graph, "_background", g_strstrip(ops->str), NULL);
    of_drawing_add_callout_column(drawing, callout_node);
}
