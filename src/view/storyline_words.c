/* All words inside the plot of a storyline, and where they stand. Each lists the places it could have, best first; layout/labels.h chooses. */
#include "view/event_text.h"
#include "view/storyline_scene.h"

#include <math.h>

/* Points. */
#define LINE_PITCH   1.22 /* line distance over type size, as Graphviz sets lines */
#define LINE_FACTOR  1.0  /* room of a single line over type size: words fit between people's lines */
#define MARK         3.5  /* half of a milestone's mark */
#define SLIDE        9.0  /* step of a label that slides along its lane */
#define MOST_SLIDES  14
#define NARROW_LABEL 84.0 /* width at which a milestone's words break where one line finds no place */
#define LABEL_MARGIN 0.6
#define MOST_ROWS    40

void of_scene_clear_words(OfScene *scene)
{
    for (guint i = 0; i < scene->words->len; i++) {
        OfWord *word = &g_array_index(scene->words, OfWord, i);
        g_free(word->text);
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

static OfWord *add_word(OfScene *scene, OfWordKind kind, char *text, OfFace face, double size, const char *color)
{
    const OfWord word = {.kind = kind,
                         .text = text,
                         .face = face,
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
static OfLayoutRect measure(const OfScene *scene, const OfWord *word, double width, char ***lines)
{
    *lines = of_fonts_wrap(scene->drawing->fonts, word->face, word->size, word->text, width > 0 ? width : 1e6);
    OfLayoutRect rect = {0, 0, 0, (g_strv_length(*lines) - 1) * word->size * LINE_PITCH + word->size * LINE_FACTOR};
    for (char **line = *lines; *line != NULL; line++) {
        rect.width = MAX(rect.width, of_scene_text_width(scene, word->face, word->size, *line));
    }
    return rect;
}

/* A place whose rectangle lies within the plot; others are passed over. */
static void add_place(const OfScene *scene, OfWord *word, OfLayoutRect rect, double x, double y, char **lines)
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
        add_place(scene, word, rect, x, (top + bottom - rect.height) / 2, lines);
        return;
    }
    const double half = heights->line_gap / 2;
    for (guint row = 0; row <= MIN(box->n_rows, MOST_ROWS); row++) {
        const double middle = of_heights_get_row_y(heights, box, row) - half;
        if (middle - rect.height / 2 >= top - 1 && middle + rect.height / 2 <= bottom + 1) {
            add_place(scene, word, rect, x, middle - rect.height / 2, lines);
        }
    }
}

/* Places of a word that belongs to a lane: inside it from x on, sliding right to limit; then above and below it. */
static void add_places_along(const OfScene *scene, OfWord *word, const OfOutline *outline, double x, double limit)
{
    g_auto(GStrv) lines = NULL;
    const OfLayoutRect rect = measure(scene, word, 0, &lines);
    for (int slide = 0; slide < MOST_SLIDES && x + slide * SLIDE + rect.width <= limit; slide++) {
        add_places_between(scene, word, outline, rect, x + slide * SLIDE, lines);
    }
    for (int slide = 0; slide < MOST_SLIDES && x + slide * SLIDE + rect.width <= limit; slide += 2) {
        double top = 0, bottom = 0;
        of_outlines_get_span(scene->line->outlines, outline, x + slide * SLIDE, &top, &bottom);
        add_place(scene, word, rect, x + slide * SLIDE, top - rect.height - 0.5, lines);
        add_place(scene, word, rect, x + slide * SLIDE, bottom + 0.5, lines);
    }
}

/* Lanes that begin and end within the plot carry their names there; others have them in the columns beside it. */
static void add_lane_names(OfScene *scene)
{
    const GArray *outlines = scene->line->outlines->outlines;
    gint32 named = OF_LANE_NONE;
    for (guint i = 0; i < outlines->len; i++) {
        const OfOutline *outline = &g_array_index(outlines, OfOutline, i);
        if (outline->lane == named || outline->from <= scene->input.page.left + 0.5 ||
            outline->to >= scene->input.page.right - 0.5) {
            named = outline->lane;
            continue;
        }
        named = outline->lane;
        const OfLab *lab = of_scene_lab(scene, outline->lane);
        OfDrawing *drawing = scene->drawing;
        const bool stands_out = of_selection_stands_out(&drawing->selection, lab->item.id);
        OfWord *word = add_word(scene, OF_WORD_LANE, g_strdup(of_lab_name_on(lab, drawing->selection.to)), OF_FACE_BOLD,
                                OF_SIZE_NAME, of_drawing_color(drawing, of_coloring_lab(drawing->coloring, lab), stands_out));
        word->lab = lab;
        g_auto(GStrv) lines = NULL;
        const OfLayoutRect rect = measure(scene, word, 0, &lines);
        double top = 0, bottom = 0;
        of_outlines_get_span(scene->line->outlines, outline, outline->from, &top, &bottom);
        add_place(scene, word, rect, outline->from - rect.width - 5, (top + bottom - rect.height) / 2, lines);
        add_place(scene, word, rect, outline->from - rect.width - 5, top, lines);
        add_place(scene, word, rect, outline->from - rect.width - 5, bottom - rect.height, lines);
        add_places_along(scene, word, outline, outline->from + 4, outline->to);
    }
}

/* The x of the day at which a stance of a lab gives way to the next. */
static double stance_end(const OfScene *scene, const OfLab *lab, guint index)
{
    return index + 1 < lab->stances.n ? of_timescale_get_x(scene->line->timescale, lab->stances.items[index + 1]->day)
                                      : scene->input.page.right;
}

static void add_stance_names(OfScene *scene)
{
    OfDrawing *drawing = scene->drawing;
    for (guint lane = 0; lane < scene->labs->len; lane++) {
        const OfLab *lab = scene->labs->pdata[lane];
        for (guint i = 0; i < lab->stances.n; i++) {
            const OfLabState *state = lab->stances.items[i];
            const double end = stance_end(scene, lab, i);
            double from = of_timescale_get_x(scene->line->timescale, MAX(state->day, drawing->selection.from));
            const OfOutline *outline = NULL;
            for (double x = from; outline == NULL && x < end; x += SLIDE) {
                outline = of_scene_outline_at(scene, (gint32) lane, x);
                from = x;
            }
            if (state->strategy == NULL || outline == NULL || state->day > drawing->selection.to || end <= scene->input.page.left) {
                continue;
            }
            const bool stands_out = of_selection_stands_out(&drawing->selection, lab->item.id) ||
                                    of_selection_stands_out(&drawing->selection, state->strategy->item.id);
            OfWord *word = add_word(scene, OF_WORD_STANCE, g_strdup(of_item_label(&state->strategy->item)), OF_FACE_ITALIC,
                                    OF_SIZE_NOTE, of_drawing_color(drawing, drawing->theme->ink, stands_out));
            word->lab = lab;
            word->event = state->event;
            add_places_along(scene, word, outline, MAX(from, outline->from) + 4, MAX(MIN(end, outline->to), from + 40));
        }
    }
}

static bool mark_is_free(const OfScene *scene, double x, double y)
{
    for (guint i = 0; i < scene->marks->len; i++) {
        const OfMark *mark = &g_array_index(scene->marks, OfMark, i);
        if (fabs(mark->x - x) < 2 * MARK && fabs(mark->y - y) < 2 * MARK) {
            return false;
        }
    }
    return true;
}

/* A milestone's mark stands at its day on its lane: on the lower edge, else the upper one, else between. */
static void add_marks(OfScene *scene)
{
    for (guint i = 0; i < scene->milestones->len; i++) {
        const OfEvent *event = scene->milestones->pdata[i];
        const OfLab *lab = event->lab != NULL ? event->lab : event->to;
        OfMark mark = {.event = event, .lab = lab, .x = of_timescale_get_x(scene->line->timescale, event->day)};
        const OfOutline *outline = of_scene_outline_at(scene, of_scene_lane(scene, lab), mark.x);
        if (outline == NULL) {
            continue;
        }
        double top = 0, bottom = 0;
        of_outlines_get_span(scene->line->outlines, outline, mark.x, &top, &bottom);
        const double heights[] = {bottom, top, (top + bottom) / 2, bottom - 2 * MARK, top + 2 * MARK};
        mark.y = heights[0];
        for (gsize j = 0; j < G_N_ELEMENTS(heights); j++) {
            if (mark_is_free(scene, mark.x, heights[j])) {
                mark.y = heights[j];
                break;
            }
        }
        g_array_append_val(scene->marks, mark);
    }
}

/* To the right, to the left, above and below a mark, near before far, in one line before two. */
static void add_places_around(const OfScene *scene, OfWord *word, double x, double y)
{
    static const double widths[] = {0, NARROW_LABEL};
    for (gsize i = 0; i < G_N_ELEMENTS(widths); i++) {
        g_auto(GStrv) lines = NULL;
        const OfLayoutRect rect = measure(scene, word, widths[i], &lines);
        if (widths[i] > 0 && lines[1] == NULL) {
            continue;
        }
        for (int far = 0; far < 4; far++) {
            const double dx = MARK + 2, dy = far * rect.height * 0.6;
            const double columns[] = {x + dx, x - dx - rect.width, x - rect.width / 2, x, x - rect.width};
            for (gsize j = 0; j < G_N_ELEMENTS(columns); j++) {
                const bool beside = j < 2;
                const double gap = beside ? -rect.height / 2 : MARK + 1;
                add_place(scene, word, rect, columns[j], y + gap + dy, lines);
                add_place(scene, word, rect, columns[j], y - gap - rect.height - dy, lines);
            }
        }
    }
}

static void add_milestone_words(OfScene *scene)
{
    OfDrawing *drawing = scene->drawing;
    for (guint i = 0; i < scene->marks->len; i++) {
        const OfMark *mark = &g_array_index(scene->marks, OfMark, i);
        const bool stands_out = of_selection_stands_out(&drawing->selection, mark->event->item.key) ||
                                of_selection_stands_out(&drawing->selection, mark->lab->item.id);
        g_autofree char *text = of_event_text(mark->event);
        g_autofree char *cited = of_drawing_cite(drawing, &mark->event->item);
        char *words = cited != NULL ? g_strdup_printf("%s %s", text, cited) : g_steal_pointer(&text);
        OfWord *word = add_word(scene, OF_WORD_MILESTONE, words, OF_FACE_REGULAR, OF_SIZE_NOTE,
                                of_drawing_color(drawing, drawing->theme->ink, stands_out));
        word->lab = mark->lab;
        word->event = mark->event;
        word->mark_x = mark->x;
        word->mark_y = mark->y;
        add_places_around(scene, word, mark->x, mark->y);
    }
}

/* Names where a line begins or ends within the plot; at its edges they stand in the columns beside it. */
static void add_line_names(OfScene *scene)
{
    if (!of_scene_has_names(scene)) {
        of_drawing_add_remark(
            scene->drawing,
            g_strdup_printf(
                "The names of %u people are left out: --group, --lab, --person or --from show fewer people, with names.",
                scene->people->len));
        return;
    }
    const OfRoutes *routes = scene->line->routes;
    for (guint person = 0; person < scene->people->len; person++) {
        guint n = 0;
        const OfWay *ways = of_routes_get_ways(routes, person, &n);
        const OfWay *last = NULL;
        for (guint i = 0; i < n; i++) {
            last = ways[i].kind != OF_WAY_TWIN ? &ways[i] : last;
        }
        if (last == NULL) {
            continue;
        }
        const OfLayoutPoint begin = of_routes_get_points(routes, &ways[0])[0];
        const OfLayoutPoint end = of_routes_get_points(routes, last)[last->n - 1];
        const bool inside[] = {begin.x > scene->input.page.left + 0.5, end.x < scene->input.page.right - 0.5};
        for (int at = 0; at < 2; at++) {
            if (!inside[at]) {
                continue;
            }
            const OfPerson *shown = scene->people->pdata[person];
            OfWord *word = add_word(scene, at == 0 ? OF_WORD_START : OF_WORD_END, g_strdup(of_item_label(&shown->item)),
                                    OF_FACE_REGULAR, OF_SIZE_NAME, of_scene_person_color(scene, person));
            word->owner = person;
            g_auto(GStrv) lines = NULL;
            const OfLayoutRect rect = measure(scene, word, 0, &lines);
            const OfLayoutPoint point = at == 0 ? begin : end;
            const double beside = at == 0 ? point.x - rect.width - 4 : point.x + 4;
            for (int far = 0; far < 6; far++) {
                const double dy = far * rect.height / 2;
                add_place(scene, word, rect, beside, point.y - rect.height / 2 - dy, lines);
                add_place(scene, word, rect, beside, point.y - rect.height / 2 + dy, lines);
                const double over = at == 0 ? point.x : point.x - rect.width;
                add_place(scene, word, rect, over, point.y - rect.height - 1.5 - dy, lines);
                add_place(scene, word, rect, over, point.y + 1.5 + dy, lines);
            }
        }
    }
}

/* The ways of people; for words that are to keep to one side of a lane's edge, the edges too. */
static GArray *collect_lines(const OfScene *scene, bool edges)
{
    GArray *lines = g_array_new(FALSE, FALSE, sizeof(OfLabelLine));
    const OfRoutes *routes = scene->line->routes;
    for (guint i = 0; i < routes->ways->len; i++) {
        const OfWay *way = &g_array_index(routes->ways, OfWay, i);
        const OfLabelLine line = {of_routes_get_points(routes, way), way->n, way->person, 1.2};
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
        const OfLayoutRect rect = {mark->x - MARK, mark->y - MARK, 2 * MARK, 2 * MARK};
        g_array_append_val(taken, rect);
    }
    return taken;
}

/* The words as an entry of the list under the axis. Owned by the caller. */
static char *remark_text(const OfScene *scene, const OfWord *word)
{
    const OfDay last = scene->drawing->selection.to;
    switch (word->kind) {
    case OF_WORD_LANE:
        return g_strdup_printf("%u  Lane %s", word->number, word->text);
    case OF_WORD_STANCE:
    case OF_WORD_MILESTONE: {
        g_autofree char *date = word->event != NULL ? of_date_display(&word->event->date) : NULL;
        return g_strdup_printf("%u  %s: %s%s%s", word->number, of_lab_name_on(word->lab, last), word->text,
                               date != NULL ? ", " : "", date != NULL ? date : "");
    }
    default:
        return g_strdup_printf("%u  %s", word->number, word->text);
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

/* What has no place is listed under the axis, but for a name that stands at the other end of its line. */
static void number_unplaced(OfScene *scene)
{
    guint number = 0;
    g_autofree bool *named = find_named(scene);
    for (guint i = 0; i < scene->words->len; i++) {
        OfWord *word = &g_array_index(scene->words, OfWord, i);
        if (word->place < 0 && (word->owner == OF_OWNER_NONE || !named[word->owner])) {
            if (word->owner != OF_OWNER_NONE) {
                named[word->owner] = true; /* once is enough */
            }
            word->number = ++number;
            of_drawing_add_remark_on(scene->drawing, remark_text(scene, word), of_scene_word_begin(scene, word));
        }
    }
}

/* Places the words from index first on that have no place yet; the room they take is taken for all that follow. */
static void place_from(OfScene *scene, guint first, GArray *taken, bool edges)
{
    g_autoptr(GArray) open = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = first; i < scene->words->len; i++) {
        if (g_array_index(scene->words, OfWord, i).place < 0) {
            g_array_append_val(open, i);
        }
    }
    if (open->len == 0 || !of_scene_has_names(scene)) {
        return; /* among the lines of thousands there is no room: all of it is listed */
    }
    g_autoptr(GArray) lines = collect_lines(scene, edges);
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
        if (word.place < 0 && word.kind == OF_WORD_MILESTONE) {
            OfWord *number =
                add_word(scene, OF_WORD_NUMBER, g_strdup_printf("%u", word.number), OF_FACE_BOLD, OF_SIZE_NOTE, word.color);
            number->lab = word.lab;
            number->event = word.event;
            number->mark_x = word.mark_x;
            add_places_around(scene, number, word.mark_x, word.mark_y);
        }
    }
}

void of_scene_place_words(OfScene *scene)
{
    /* What matters most chooses first; where words find no place to one side of the lanes' edges, they may cross them. */
    static void (*const stages[])(OfScene * scene) = {add_lane_names, add_line_names, add_stance_names, add_milestone_words};
    add_marks(scene);
    g_autoptr(GArray) taken = collect_taken(scene);
    for (gsize i = 0; i < G_N_ELEMENTS(stages); i++) {
        const guint first = scene->words->len;
        stages[i](scene);
        place_from(scene, first, taken, true);
        place_from(scene, first, taken, false);
    }
    number_unplaced(scene);
    const guint first = scene->words->len;
    add_numbers(scene);
    place_from(scene, first, taken, false);
}
