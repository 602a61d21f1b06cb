/* Where words inside the plot of a storyline stand. Each lists the places it could have, best first; layout/labels.h chooses. */
#include "view/change_summary.h"
#include "view/storyline_scene.h"

#include <math.h>

/* Points. */
#define LINE_FACTOR    1.0 /* room of a single line over type size: words fit between people's lines */
#define SLIDE          9.0 /* step of a label that slides along its lane */
#define MOST_SLIDES    14
#define NARROW_LABEL   84.0 /* width at which a milestone's words break where one line finds no place */
#define LABEL_MARGIN   0.6
#define HALF_OF_LINE   1.2 /* half of a line's width */
#define HALF_OF_MARKED 1.8 /* the same where it may be drawn thick because it changed */
#define MOST_ROWS      40

const OfOutline *of_scene_outline_at(const OfScene *scene, gint32 lane, double x)
{
    const GArray *outlines = scene->line->outlines->outlines;
    for (guint i = 0; i < outlines->len; i++) {
        const OfOutline *outline = &g_array_index(outlines, OfOutline, i);
        if (outline->lane == lane && outline->from <= x + 0.01 && x - 0.01 <= outline->to) {
            return outline;
        }
    }
    return NULL;
}

double of_scene_text_width(const OfScene *scene, OfFace face, double size, const char *text)
{
    return ceil(of_fonts_width(scene->drawing->fonts, face, size, text) * OF_TEXT_FACTOR) + 1;
}

void of_scene_clear_words(OfScene *scene)
{
    for (guint i = 0; i < scene->words->len; i++) {
        OfWord *word = &g_array_index(scene->words, OfWord, i);
        g_free(word->text);
        g_free(word->alone[OF_OLD]);
        g_free(word->alone[OF_NEW]);
        g_free(word->listed);
        of_difference_clear(&word->difference);
        g_array_unref(word->places);
        g_ptr_array_unref(word->lines);
    }
    g_array_set_size(scene->words, 0);
    g_array_set_size(scene->marks, 0);
}

static void free_lines(gpointer lines)
{
    g_strfreev(lines);
}

OfWord *of_scene_add_word(OfScene *scene, OfWordKind kind, char *text, OfFace face, double size, const char *color)
{
    const OfWord word = {.kind = kind,
                         .text = text,
                         .face = face,
                         .plain = face,
                         .size = size,
                         .color = color,
                         .owner = OF_OWNER_NONE,
                         .place = -1,
                         .places = g_array_new(FALSE, FALSE, sizeof(OfLayoutRect)),
                         .lines = g_ptr_array_new_with_free_func(free_lines)};
    g_array_append_val(scene->words, word);
    return &g_array_index(scene->words, OfWord, scene->words->len - 1);
}

/* The words in lines of at most width points (0: one line), with the room they take. */
OfLayoutRect of_scene_measure(const OfScene *scene, const OfWord *word, double width, char ***lines)
{
    *lines = of_fonts_wrap(scene->drawing->fonts, word->face, word->size, word->text, width > 0 ? width : 1e6);
    OfLayoutRect rect = {0, 0, 0, (g_strv_length(*lines) - 1) * word->size * OF_LINE_PITCH + word->size * LINE_FACTOR};
    for (char **line = *lines; *line != NULL; line++) {
        rect.width = MAX(rect.width, of_scene_text_width(scene, word->face, word->size, *line));
    }
    return rect;
}

/* A place whose rectangle lies within the plot; others are passed over. */
void of_scene_add_place(const OfScene *scene, OfWord *word, OfLayoutRect rect, double x, double y, char **lines)
{
    const OfLayoutPage *page = &scene->input.page;
    rect.x = x;
    rect.y = y;
    if (x < page->left - 0.5 || x + rect.width > page->right + 0.5 || y < -1 || y + rect.height > scene->plot_height + 1) {
        return;
    }
    g_array_append_val(word->places, rect);
    g_ptr_array_add(word->lines, g_strdupv(lines));
}

/* The box of a lane at x, or NULL. */
static const OfBox *box_at(const OfScene *scene, gint32 lane, double x)
{
    const OfStorylineInput *input = &scene->input;
    const double share = (x - input->page.left) / MAX(input->page.right - input->page.left, 1);
    const guint slot = of_slots_find(scene->line->slots, input->first_day + (gint32) (share * (input->end_day - input->first_day)));
    guint n = 0;
    if (slot >= scene->line->slots->n_slots) {
        return NULL;
    }
    const OfBox *boxes = of_heights_get_boxes(scene->line->heights, slot, &n);
    for (guint i = 0; i < n; i++) {
        if (boxes[i].lane == lane) {
            return &boxes[i];
        }
    }
    return NULL;
}

/* Places at x inside a lane: above its lines, between them, below them. */
static void add_places_between(const OfScene *scene, OfWord *word, const OfOutline *outline, OfLayoutRect rect, double x,
                               char **lines)
{
    const OfHeights *heights = scene->line->heights;
    const OfBox *box = box_at(scene, outline->lane, x + rect.width / 2);
    double top = 0, bottom = 0;
    of_outlines_get_span(scene->line->outlines, outline, x, &top, &bottom);
    if (box == NULL || box->n_rows == 0) {
        of_scene_add_place(scene, word, rect, x, (top + bottom - rect.height) / 2, lines);
        return;
    }
    const double half = heights->line_gap / 2;
    for (guint row = 0; row <= MIN(box->n_rows, MOST_ROWS); row++) {
        const double middle = of_heights_get_row_y(heights, box, row) - half;
        if (middle - rect.height / 2 >= top - 1 && middle + rect.height / 2 <= bottom + 1) {
            of_scene_add_place(scene, word, rect, x, middle - rect.height / 2, lines);
        }
    }
}

/* Places of a word that belongs to a lane: inside it from x on, sliding right to limit; then above and below it. */
void of_scene_add_places_along(const OfScene *scene, OfWord *word, const OfOutline *outline, double x, double limit)
{
    g_auto(GStrv) lines = NULL;
    const OfLayoutRect rect = of_scene_measure(scene, word, 0, &lines);
    for (int slide = 0; slide < MOST_SLIDES && x + slide * SLIDE + rect.width <= limit; slide++) {
        add_places_between(scene, word, outline, rect, x + slide * SLIDE, lines);
    }
    for (int slide = 0; slide < MOST_SLIDES && x + slide * SLIDE + rect.width <= limit; slide += 2) {
        double top = 0, bottom = 0;
        of_outlines_get_span(scene->line->outlines, outline, x + slide * SLIDE, &top, &bottom);
        of_scene_add_place(scene, word, rect, x + slide * SLIDE, top - rect.height - 0.5, lines);
        of_scene_add_place(scene, word, rect, x + slide * SLIDE, bottom + 0.5, lines);
    }
}

/* To the right, to the left, above and below a mark, near before far, in one line before two. */
void of_scene_add_places_around(const OfScene *scene, OfWord *word, double x, double y)
{
    static const double widths[] = {0, NARROW_LABEL};
    for (gsize i = 0; i < G_N_ELEMENTS(widths); i++) {
        g_auto(GStrv) lines = NULL;
        const OfLayoutRect rect = of_scene_measure(scene, word, widths[i], &lines);
        if (widths[i] > 0 && lines[1] == NULL) {
            continue;
        }
        for (int far = 0; far < 4; far++) {
            const double dx = OF_MARK + 2, dy = far * rect.height * 0.6;
            const double columns[] = {x + dx, x - dx - rect.width, x - rect.width / 2, x, x - rect.width};
            for (gsize j = 0; j < G_N_ELEMENTS(columns); j++) {
                const bool beside = j < 2;
                const double gap = beside ? -rect.height / 2 : OF_MARK + 1;
                of_scene_add_place(scene, word, rect, columns[j], y + gap + dy, lines);
                of_scene_add_place(scene, word, rect, columns[j], y - gap - rect.height - dy, lines);
            }
        }
    }
}

/* The ties between marks: 4 points each. */
static GArray *collect_ties(const OfScene *scene)
{
    GArray *ties = g_array_new(FALSE, FALSE, sizeof(OfLayoutPoint));
    for (guint i = 0; of_scene_is_union(scene) && i < scene->marks->len; i++) {
        OfLayoutPoint tie[4];
        if (of_scene_find_tie(scene, &g_array_index(scene->marks, OfMark, i), tie)) {
            /* From left to right, as lines are. */
            for (guint j = 0; j < 4; j++) {
                g_array_append_val(ties, tie[tie[0].x <= tie[3].x ? j : 3 - j]);
            }
        }
    }
    return ties;
}

/* The ways of people and ties; for words that are to keep to one side of a lane's edge, the edges too. ties: must outlive the lines. */
static GArray *collect_lines(const OfScene *scene, const GArray *ties, bool edges)
{
    GArray *lines = g_array_new(FALSE, FALSE, sizeof(OfLabelLine));
    const OfRoutes *routes = scene->line->routes;
    for (guint i = 0; i < routes->ways->len; i++) {
        const OfWay *way = &g_array_index(routes->ways, OfWay, i);
        const OfLabelLine line = {of_routes_get_points(routes, way), way->n, of_scene_line_person(scene, way->person),
                                  of_scene_is_union(scene) ? HALF_OF_MARKED : HALF_OF_LINE};
        g_array_append_val(lines, line);
    }
    for (guint i = 0; i < ties->len; i += 4) {
        const OfLabelLine line = {&g_array_index(ties, OfLayoutPoint, i), 4, OF_OWNER_NONE, 0.5};
        g_array_append_val(lines, line);
    }
    const OfOutlines *outlines = scene->line->outlines;
    const OfLayoutPoint *points = (const OfLayoutPoint *) (gpointer) outlines->points->data;
    for (guint i = 0; edges && i < outlines->outlines->len; i++) {
        const OfOutline *outline = &g_array_index(outlines->outlines, OfOutline, i);
        const OfLabelLine sides[] = {{points + outline->top, outline->n_top, OF_OWNER_NONE, 0.3},
                                     {points + outline->bottom, outline->n_bottom, OF_OWNER_NONE, 0.3}};
        g_array_append_vals(lines, sides, G_N_ELEMENTS(sides));
    }
    return lines;
}

/* Squares around the marks of milestones. */
static GArray *collect_taken(const OfScene *scene)
{
    GArray *taken = g_array_new(FALSE, FALSE, sizeof(OfLayoutRect));
    for (guint i = 0; i < scene->marks->len; i++) {
        const OfMark *mark = &g_array_index(scene->marks, OfMark, i);
        const OfLayoutRect rect = {mark->x - OF_MARK, mark->y - OF_MARK, 2 * OF_MARK, 2 * OF_MARK};
        g_array_append_val(taken, rect);
    }
    return taken;
}

/* The words as an entry of the list under the axis. side: in whose picture. Owned by the caller. */
static char *remark_text(const OfScene *scene, const OfWord *word, const char *text, OfRevisionSide side)
{
    const OfDay last = scene->drawing->selection.to;
    const OfLab *lab = word->lab;
    if (lab != NULL && of_scene_is_union(scene) && of_scene_side_of(scene, &lab->item) != side) {
        const OfItem *mate = of_revisions_mate(scene->drawing->revisions, &lab->item);
        lab = mate != NULL ? (gconstpointer) mate : lab;
    }
    switch (word->kind) {
    case OF_WORD_LANE:
        return g_strdup_printf("%u  Lane %s", word->number, text);
    case OF_WORD_STANCE:
    case OF_WORD_MILESTONE: {
        g_autofree char *date = word->event != NULL ? of_date_display(&word->event->date) : NULL;
        return g_strdup_printf("%u  %s: %s%s%s", word->number, of_lab_name_on(lab, last), text, date != NULL ? ", " : "",
                               date != NULL ? date : "");
    }
    default:
        return word->listed != NULL ? g_strdup_printf("%u  %s: %s", word->number, word->listed, text)
                                    : g_strdup_printf("%u  %s", word->number, text);
    }
}

/* Whose name stands at one end of the line at least. One a person. */
static bool *find_named(const OfScene *scene)
{
    const OfLayoutPage *page = &scene->input.page;
    const OfRoutes *routes = scene->line->routes;
    bool *named = g_new0(bool, scene->people->len);
    for (guint person = 0; person < scene->people->len; person++) {
        guint n = 0;
        const OfWay *ways = of_routes_get_ways(routes, person, &n);
        for (guint i = 0; i < n; i++) {
            const OfLayoutPoint *points = of_routes_get_points(routes, &ways[i]);
            named[person] = named[person] || points[0].x <= page->left + 0.5 || points[ways[i].n - 1].x >= page->right - 0.5;
        }
    }
    for (guint i = 0; i < scene->words->len; i++) {
        const OfWord *word = &g_array_index(scene->words, OfWord, i);
        if (word->owner != OF_OWNER_NONE && word->place >= 0) {
            named[word->owner] = true;
        }
    }
    return named;
}

/* Lists a word that has no place, in each picture as it says it; in a difference what did not change is only counted. */
static void list_word(OfScene *scene, const OfWord *word)
{
    OfDrawing *drawing = scene->drawing;
    if (!of_scene_is_union(scene)) {
        of_drawing_add_remark_on(drawing, remark_text(scene, word, word->text, OF_NEW), of_scene_word_begin(scene, word));
        return;
    }
    GPtrArray *const alone[] = {of_scene_side(scene, OF_OLD)->remarks, drawing->remarks};
    for (int side = 0; side < OF_N_REVISIONS; side++) {
        if (word->alone[side] != NULL) {
            g_ptr_array_add(alone[side], of_remark_new(remark_text(scene, word, word->alone[side], side), NULL));
        }
    }
    if (word->difference.delta != OF_DELTA_UNCHANGED && !word->alone_only) {
        g_ptr_array_add(drawing->diff_remarks,
                        of_remark_new(remark_text(scene, word, word->text, OF_NEW), of_change_ids(word->difference.changes)));
    }
}

/* What has no place is listed under the axis, but for a name that stands at the other end of its line. What changed comes first. */
static void number_unplaced(OfScene *scene)
{
    guint number = 0, n_quiet = 0;
    g_autofree bool *named = find_named(scene);
    for (int pass = of_scene_is_union(scene) ? 0 : 1; pass < 2; pass++) {
        for (guint i = 0; i < scene->words->len; i++) {
            OfWord *word = &g_array_index(scene->words, OfWord, i);
            const bool quiet = word->difference.delta == OF_DELTA_UNCHANGED;
            if (quiet != (pass == 1) || word->place >= 0 || (word->owner != OF_OWNER_NONE && named[word->owner])) {
                continue;
            }
            if (word->owner != OF_OWNER_NONE) {
                named[word->owner] = true; /* once is enough */
            }
            word->number = ++number;
            n_quiet += quiet;
            list_word(scene, word);
        }
    }
    if (of_scene_is_union(scene) && n_quiet > 0) {
        g_autofree char *count = of_text_count(n_quiet, "unchanged label has", "unchanged labels have");
        char *text =
            g_strdup_printf("%s no place here: the pictures before and after list %s.", count, n_quiet == 1 ? "it" : "them");
        g_ptr_array_add(scene->drawing->diff_remarks, of_remark_new(text, NULL));
    }
}

/* Places the words from index first on that have no place yet, or those of them that say what changed; the room they take is taken for all that
 * follow. */
static void place_from(OfScene *scene, guint first, bool changed, GArray *taken, const GArray *lines)
{
    g_autoptr(GArray) open = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = first; i < scene->words->len; i++) {
        const OfWord *word = &g_array_index(scene->words, OfWord, i);
        if (word->place < 0 && (!changed || word->difference.delta != OF_DELTA_UNCHANGED)) {
            g_array_append_val(open, i);
        }
    }
    if (open->len == 0 || !of_scene_has_names(scene)) {
        return; /* among the lines of thousands there is no room: all of it is listed */
    }
    g_autofree OfLabel *labels = g_new0(OfLabel, open->len);
    for (guint i = 0; i < open->len; i++) {
        const OfWord *word = &g_array_index(scene->words, OfWord, g_array_index(open, guint, i));
        labels[i] = (OfLabel){(const OfLayoutRect *) (gpointer) word->places->data, word->places->len, word->owner};
    }
    const OfLabelInput input = {.labels = labels,
                                .n_labels = open->len,
                                .lines = (const OfLabelLine *) (gpointer) lines->data,
                                .n_lines = lines->len,
                                .taken = (const OfLayoutRect *) (gpointer) taken->data,
                                .n_taken = taken->len,
                                .margin = LABEL_MARGIN};
    g_autofree gint32 *places = of_labels_place(&input, NULL);
    for (guint i = 0; i < open->len; i++) {
        OfWord *word = &g_array_index(scene->words, OfWord, g_array_index(open, guint, i));
        word->place = places[i];
        if (word->place >= 0) {
            g_array_append_val(taken, g_array_index(word->places, OfLayoutRect, word->place));
        }
    }
}

/* The number of a milestone in the list stands at its mark, where there is room for that. */
static void add_numbers(OfScene *scene)
{
    const guint n = scene->words->len;
    for (guint i = 0; i < n; i++) {
        const OfWord word = g_array_index(scene->words, OfWord, i);
        if (word.place < 0 && (word.kind == OF_WORD_MILESTONE || (word.kind == OF_WORD_CHANGE && word.number > 0))) {
            OfWord *number = of_scene_add_word(scene, OF_WORD_NUMBER, g_strdup_printf("%u", word.number), OF_FACE_BOLD,
                                               OF_SIZE_NOTE, word.color);
            number->lab = word.lab;
            number->event = word.event;
            number->mark_x = word.mark_x;
            for (int side = 0; side < OF_N_REVISIONS; side++) {
                number->alone[side] = word.alone[side] != NULL ? g_strdup(number->text) : NULL;
            }
            number->alone_only = word.alone_only || (of_scene_is_union(scene) && word.difference.delta == OF_DELTA_UNCHANGED);
            number->difference = of_difference_copy(&word.difference);
            of_scene_add_places_around(scene, number, word.mark_x, word.mark_y);
        }
    }
}

/* Adds all kinds of words. With taken, places each kind at once. */
static void add_words(OfScene *scene, GArray *taken, const GArray *with_edges, const GArray *ways)
{
    /* What matters most chooses first; where words find no place to one side of the lanes' edges, they may cross them. */
    static void (*const stages[])(OfScene * scene) = {of_scene_add_lane_names, of_scene_add_line_names, of_scene_add_change_notes,
                                                      of_scene_add_stance_names, of_scene_add_milestone_words};
    for (gsize i = 0; i < G_N_ELEMENTS(stages); i++) {
        const guint first = scene->words->len;
        stages[i](scene);
        if (taken != NULL) {
            place_from(scene, first, false, taken, with_edges);
            place_from(scene, first, false, taken, ways);
        }
    }
}

void of_scene_place_words(OfScene *scene)
{
    const bool is_union = of_scene_is_union(scene);
    of_scene_add_marks(scene);
    g_autoptr(GArray) taken = collect_taken(scene), ties = collect_ties(scene), ways = collect_lines(scene, ties, false),
                      with_edges = collect_lines(scene, ties, true);
    add_words(scene, is_union ? NULL : taken, with_edges, ways);
    for (int pass = 0; is_union && pass < 2; pass++) { /* what changed before what did not */
        place_from(scene, 0, pass == 0, taken, with_edges);
        place_from(scene, 0, pass == 0, taken, ways);
    }
    number_unplaced(scene);
    const guint first = scene->words->len;
    add_numbers(scene);
    place_from(scene, first, false, taken, ways);
}

/* Whether a person whose own name has found no place is named at the other end of what the panel shows. */
static bool is_named(const OfScene *scene, const OfWord *unplaced)
{
    OfLayoutPoint ends[2];
    bool named = of_scene_find_ends(scene, unplaced->owner, scene->drawing->panel, ends) &&
                 (ends[0].x <= scene->input.page.left + 0.5 || ends[1].x >= scene->input.page.right - 0.5);
    for (guint i = 0; i < scene->words->len && !named; i++) {
        const OfWord *word = &g_array_index(scene->words, OfWord, i);
        named = word->owner == unplaced->owner && word->place >= 0 && word->alone[of_scene_shown(scene)] != NULL;
    }
    return named;
}

void of_scene_place_own_names(OfScene *scene)
{
    const OfPanel panel = scene->drawing->panel;
    if (!of_scene_is_union(scene) || panel == OF_PANEL_DIFF) {
        return;
    }
    g_autoptr(GArray) taken = collect_taken(scene), lines = g_array_new(FALSE, FALSE, sizeof(OfLabelLine));
    g_autoptr(GPtrArray) curves = g_ptr_array_new_with_free_func((GDestroyNotify) g_array_unref);
    for (guint i = 0; i < scene->words->len; i++) {
        const OfWord *word = &g_array_index(scene->words, OfWord, i);
        if (word->place >= 0 && word->alone[of_scene_shown(scene)] != NULL) {
            g_array_append_val(taken, g_array_index(word->places, OfLayoutRect, word->place));
        }
    }
    for (guint person = 0; person < scene->people->len; person++) {
        g_autoptr(GArray) trace = of_scene_trace(scene, person, panel);
        for (guint i = 0; i < trace->len; i++) {
            GArray *curve = of_scene_cut(scene, &g_array_index(trace, OfStretch, i));
            const OfLabelLine line = {(const OfLayoutPoint *) (gpointer) curve->data, curve->len, person, HALF_OF_LINE};
            g_ptr_array_add(curves, curve);
            if (curve->len > 1) {
                g_array_append_val(lines, line);
            }
        }
    }
    const guint first = scene->words->len;
    of_scene_add_own_names(scene);
    place_from(scene, first, false, taken, lines);
    for (guint i = first; i < scene->words->len; i++) {
        const OfWord *word = &g_array_index(scene->words, OfWord, i);
        if (word->place < 0 && !is_named(scene, word)) {
            of_drawing_add_remark(of_scene_side(scene, of_scene_shown(scene)), g_strdup(word->text));
        }
    }
}
