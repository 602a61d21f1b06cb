/* A storyline in steps: at each the picture is cut at its day. */
#include "view/event_text.h"
#include "view/steps.h"
#include "view/storyline_scene.h"

#include <string.h>

#define AHEAD 6.0 /* points: so far the lanes reach beyond the day, so that what begins on it can be seen */
#define LEAST 0.05
#define NEAR  40.0

static const OfStep *step_at(const OfScene *scene, guint k)
{
    return &g_array_index(scene->drawing->steps, OfStep, k);
}

static bool in_window(const OfScene *scene, OfDay day)
{
    return day > scene->drawing->selection.from && day <= scene->drawing->selection.to;
}

static bool begins_on(const OfScene *scene, guint first, guint end, OfDay day)
{
    for (guint i = first; i < end; i++) {
        if (((const OfStint *) scene->stints->pdata[i])->begin_day == day) {
            return true;
        }
    }
    return false;
}

static void add_stints(const OfScene *scene, guint person)
{
    OfDrawing *drawing = scene->drawing;
    guint first = 0, end = 0;
    of_scene_person_stints(scene, person, &first, &end);
    for (guint i = first; i < end; i++) {
        const OfStint *stint = scene->stints->pdata[i];
        const char *who = of_item_label(&stint->person->item), *lab = of_lab_name_on(stint->lab, drawing->selection.to);
        if (in_window(scene, stint->begin_day)) {
            of_drawing_add_beginning(drawing, stint->begin_day, &stint->from, g_strdup_printf("%s to %s", who, lab));
        } else {
            of_drawing_add_beginning(drawing, drawing->selection.from, NULL, NULL);
        }
        if (in_window(scene, stint->end_day) && !begins_on(scene, first, end, stint->end_day)) {
            of_drawing_add_beginning(drawing, stint->end_day, &stint->to, g_strdup_printf("%s leaves %s", who, lab));
        }
    }
}

static void add_lab(const OfScene *scene, guint lane)
{
    OfDrawing *drawing = scene->drawing;
    const OfLab *lab = scene->labs->pdata[lane];
    const char *name = of_lab_name_on(lab, drawing->selection.to);
    const OfDay begin = g_array_index(scene->lanes, OfLayoutLane, lane).begin;
    if (of_date_is_set(&lab->begin) && in_window(scene, begin)) { /* else with the first who is there */
        of_drawing_add_beginning(drawing, begin, &lab->begin, g_strdup_printf("%s begins", name));
    }
    for (guint i = 0; i < lab->stances.n; i++) {
        const OfLabState *state = lab->stances.items[i];
        if (state->event != NULL && state->strategy != NULL && in_window(scene, state->day)) {
            of_drawing_add_beginning(drawing, state->day, &state->date,
                                     g_strdup_printf("%s turns to %s", name, of_item_label(&state->strategy->item)));
        }
    }
    for (guint i = 0; i < lab->leads.n; i++) {
        const OfLabState *state = lab->leads.items[i];
        if (state->person != NULL && in_window(scene, state->day) && g_ptr_array_find(scene->people, state->person, NULL)) {
            of_drawing_add_beginning(drawing, state->day, &state->date,
                                     g_strdup_printf("%s leads %s", of_item_label(&state->person->item), name));
        }
    }
}

static bool check_lines(const OfScene *scene, GError **error)
{
    const gint64 most = scene->drawing->limits->value[OF_LIMIT_LINES];
    const gint64 n = (gint64) scene->people->len * scene->drawing->steps->len;
    if (n <= most) {
        return true;
    }
    g_set_error(error, OF_ERROR, OF_ERROR_LIMIT,
                "the storyline has %u people in %u steps, together more than the limit lines of %" G_GINT64_FORMAT
                "; fewer --steps or a filter (--group, --lab, --person, --from, --to) make it smaller",
                scene->people->len, scene->drawing->steps->len, most);
    return false;
}

/* Before the page is settled all milestones count; then those that have a mark. */
static bool is_drawn(const OfScene *scene, const OfEvent *event)
{
    bool marked = scene->line->outlines == NULL;
    for (guint i = 0; i < scene->marks->len && !marked; i++) {
        marked = g_array_index(scene->marks, OfMark, i).event == event;
    }
    return marked;
}

static void add_milestone(const OfScene *scene, const OfEvent *event)
{
    if (event != NULL && is_drawn(scene, event)) {
        const OfLab *lab = of_scene_milestone_lab(event);
        g_autofree char *text = of_event_text(event);
        of_drawing_add_beginning(scene->drawing, event->day, &event->date,
                                 g_strdup_printf("%s: %s", of_lab_name_on(lab, event->day), text));
    }
}

bool of_scene_make_steps(OfScene *scene, GError **error)
{
    OfDrawing *drawing = scene->drawing;
    g_array_set_size(drawing->beginnings, 0);
    /* Of two revisions also the old ways of people who went another way. */
    for (guint line = 0; line < MAX(scene->people->len, scene->variant_of->len); line++) {
        add_stints(scene, line);
    }
    for (guint lane = 0; lane < scene->labs->len; lane++) {
        add_lab(scene, lane);
    }
    for (guint i = 0; i < scene->milestones->len; i++) {
        const OfMilestone *milestone = &g_array_index(scene->milestones, OfMilestone, i);
        for (guint side = 0; side < OF_N_REVISIONS; side++) {
            add_milestone(scene, milestone->sides[side]);
        }
    }
    return of_drawing_make_steps(drawing, error) && check_lines(scene, error);
}

static bool is_whole(const OfScene *scene, guint step)
{
    return step_at(scene, step)->day >= scene->drawing->selection.to;
}

/* All changes of that day and before it are within the cut, none after it, though crowds of them stand beside their true places. */
static double cut_of(const OfScene *scene, guint k)
{
    const OfTimescale *scale = scene->line->timescale;
    const OfSlots *slots = scene->line->slots;
    const OfDay day = step_at(scene, k)->day;
    if (is_whole(scene, k)) {
        return scene->input.page.right;
    }
    if (day < scene->input.first_day) {
        return scene->input.page.left;
    }
    double x = of_timescale_get_x(scale, day) + AHEAD;
    const guint slot = of_slots_find(slots, day);
    if (slot < slots->n_slots) {
        x = MAX(x, scale->x[slot] + scale->half[slot]);
    }
    if (slot + 1 < slots->n_slots) {
        x = MIN(x, scale->x[slot + 1] - scale->half[slot + 1]);
    }
    return CLAMP(x, scene->input.page.left, scene->input.page.right);
}

static double *find_line_cuts(const OfScene *scene, guint person)
{
    guint n = 0;
    const OfRoutes *routes = scene->line->routes;
    const OfWay *ways = of_routes_get_ways(routes, person, &n);
    double *cuts = g_memdup2(scene->cuts->data, scene->cuts->len * sizeof(double));
    for (guint k = 0; k < scene->cuts->len; k++) {
        for (guint i = 0; i < n; i++) {
            const OfLayoutPoint *points = of_routes_get_points(routes, &ways[i]);
            const OfStint *stint = of_scene_way_stint(scene, &ways[i]);
            const bool changes = (ways[i].kind == OF_WAY_MOVE || ways[i].kind == OF_WAY_UNCERTAIN) && stint != NULL;
            /* Who arrives has arrived, also where an uncertain date makes the way long. */
            if (changes && points[0].x < cuts[k] && stint->begin_day <= step_at(scene, k)->day) {
                cuts[k] = MAX(cuts[k], points[ways[i].n - 1].x);
            }
        }
        cuts[k] = k > 0 ? MAX(cuts[k], cuts[k - 1]) : cuts[k];
    }
    return cuts;
}

void of_scene_make_cuts(OfScene *scene)
{
    /* Fewer than before, if anything: that cannot fail. */
    if (scene->drawing->steps == NULL || !of_scene_make_steps(scene, NULL)) {
        return;
    }
    OfDrawing *drawing = scene->drawing;
    if (drawing->task->interactive) {
        g_clear_pointer(&drawing->step_cuts, g_array_unref);
        drawing->step_cuts = g_array_new(FALSE, FALSE, sizeof(double));
    }
    /* Without cuts in the scene its lines are drawn in one piece. */
    GArray *cuts = drawing->task->interactive ? drawing->step_cuts : scene->cuts;
    for (guint k = 0; k < drawing->steps->len; k++) {
        const double before = k > 0 ? g_array_index(cuts, double, k - 1) : scene->input.page.left;
        const double cut = is_whole(scene, k) && drawing->task->interactive ? drawing->width : MAX(cut_of(scene, k), before);
        g_array_append_val(cuts, cut);
    }
    for (guint person = 0; scene->cuts->len > 0 && person < scene->people->len; person++) {
        g_ptr_array_add(scene->line_cuts, find_line_cuts(scene, person));
    }
}

void of_scene_each_piece(const OfScene *scene, double from, double to, GString *parts, OfPieceOf draw, gpointer data)
{
    if (scene->cuts->len == 0) {
        draw(scene, from, to, data);
        return;
    }
    double begin = from;
    for (guint k = 0; k < scene->cuts->len && begin < to; k++) {
        const double end = MIN(g_array_index(scene->cuts, double, k), to);
        if (end - begin > LEAST) {
            for (guint n = draw(scene, begin, end, data); n > 0; n--) {
                g_string_append_printf(parts, "%s%d-", parts->len > 0 ? " " : "", step_at(scene, k)->day);
            }
            begin = end;
        }
    }
}

static void append_way(const OfScene *scene, GString *pos, const GArray *piece)
{
    for (guint i = 0; i < piece->len; i++) {
        g_autoptr(GString) point = g_string_new(NULL);
        of_scene_append_point(scene, point, g_array_index(piece, OfLayoutPoint, i), ',');
        g_string_append_printf(pos, "%s%s", i > 0 ? " " : pos->len > 0 ? ";" : "", point->str);
    }
}

void of_scene_cut_way(const OfScene *scene, guint person, void *edge, const OfLayoutPoint *points, guint n, OfDay news)
{
    g_autoptr(GString) pos = g_string_new(NULL), parts = g_string_new(NULL);
    g_autoptr(GArray) piece = g_array_new(FALSE, FALSE, sizeof(OfLayoutPoint));
    double begin = points[0].x;
    const double last = points[n - 1].x;
    for (guint k = 0; k < scene->cuts->len && begin < last; k++) {
        /* A rest without length would be no curve. */
        const double cut = ((const double *) scene->line_cuts->pdata[person])[k], end = last - cut < LEAST ? last : cut;
        if (end - begin <= LEAST) {
            continue;
        }
        g_array_set_size(piece, 0);
        of_bezier_cut(points, n, begin, end, piece);
        if (piece->len >= 4) {
            /* That a line goes on is no news. */
            const OfDay day = step_at(scene, k)->day, before = k > 0 ? step_at(scene, k - 1)->day : OF_DAY_MIN;
            const bool is_new = parts->len == 0 || (news <= day && news > before);
            append_way(scene, pos, piece);
            g_string_append_printf(parts, "%s%d%s", parts->len > 0 ? " " : "", day, is_new ? "" : "-");
        }
        begin = end;
    }
    if (pos->len > 0) {
        of_graph_set(edge, "pos", pos->str, "data_parts", parts->str, NULL);
    } else if (scene->cuts->len > 0) {
        of_drawing_set_begin(scene->drawing, edge, OF_DAY_MAX); /* no step comes to it */
    }
}

/* --- Who is where at the cut --- */

typedef struct {
    OfLayoutRect rect;
    OfDay begin;
} Taken;

static bool overlaps(const OfLayoutRect *a, const OfLayoutRect *b)
{
    return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height && b->y < a->y + a->height;
}

static bool is_free(const OfScene *scene, const GArray *taken, const OfLayoutRect *rect, OfDay day)
{
    for (guint i = 0; i < taken->len; i++) {
        const Taken *one = &g_array_index(taken, Taken, i);
        if (one->begin <= day && overlaps(&one->rect, rect)) {
            return false;
        }
    }
    return rect->x + rect->width <= scene->drawing->width && rect->y > -2 && rect->y + rect->height < scene->plot_height + 2;
}

/* Lines that run on beyond the cut, of people who have arrived already where the date is not certain. */
static void take_ways(const OfScene *scene, GArray *taken, guint k, const GPtrArray *ways)
{
    static const double PIECE = 6, HALF = 3;
    for (guint person = 0; person < ways->len; person++) {
        const GArray *way = ways->pdata[person];
        const OfLayoutPoint *points = (const OfLayoutPoint *) (gpointer) way->data;
        const double *cuts = scene->line_cuts->pdata[person];
        for (double x = g_array_index(scene->cuts, double, k); way->len > 0 && x < cuts[k]; x += PIECE) {
            const Taken one = {{x, of_bezier_get_y(points, way->len, x) - HALF, MIN(PIECE, cuts[k] - x), 2 * HALF},
                               step_at(scene, k)->day};
            if (x >= points[0].x && x <= points[way->len - 1].x) {
                g_array_append_val(taken, one);
            }
        }
    }
}

/* Places taken by words and marks. */
static GArray *collect_taken(const OfScene *scene)
{
    static const double MARK = 5;
    GArray *taken = g_array_new(FALSE, FALSE, sizeof(Taken));
    for (guint i = 0; i < scene->words->len; i++) {
        const OfWord *word = &g_array_index(scene->words, OfWord, i);
        if (word->place >= 0) {
            const Taken one = {g_array_index(word->places, OfLayoutRect, word->place), of_scene_word_begin(scene, word)};
            g_array_append_val(taken, one);
        }
    }
    for (guint i = 0; i < scene->marks->len; i++) {
        const OfMark *mark = &g_array_index(scene->marks, OfMark, i);
        const Taken one = {{mark->x - MARK, mark->y - MARK, 2 * MARK, 2 * MARK}, mark->event->day};
        g_array_append_val(taken, one);
    }
    return taken;
}

OfDay of_scene_word_begin(const OfScene *scene, const OfWord *word)
{
    switch (word->kind) {
    case OF_WORD_START:
        return of_scene_person_begin(scene, word->owner);
    case OF_WORD_END:
        return of_scene_person_end(scene, word->owner);
    case OF_WORD_CHANGE:
        return OF_DAY_MIN;
    default:
        break;
    }
    /* Of milestones, stances and what is listed; of a difference, numbers may stand for lanes and people too. */
    if (word->kind != OF_WORD_LANE && word->event != NULL) {
        return word->event->day;
    }
    const gint32 lane = word->lab != NULL ? of_scene_lane(scene, word->lab) : OF_LANE_NONE;
    return lane != OF_LANE_NONE ? g_array_index(scene->lanes, OfLayoutLane, lane).begin : OF_DAY_MIN;
}

OfDay of_scene_person_begin(const OfScene *scene, guint person)
{
    guint first = 0, end = 0;
    OfDay begin = OF_DAY_MAX;
    of_scene_person_stints(scene, person, &first, &end);
    for (guint i = first; i < end; i++) {
        begin = MIN(begin, g_array_index(scene->layout_stints, OfLayoutStint, i).from);
    }
    return begin;
}

OfDay of_scene_person_end(const OfScene *scene, guint person)
{
    guint first = 0, end = 0;
    OfDay last = OF_DAY_MIN;
    of_scene_person_stints(scene, person, &first, &end);
    for (guint i = first; i < end; i++) {
        const OfLayoutStint *stint = &g_array_index(scene->layout_stints, OfLayoutStint, i);
        last = MAX(last, stint->to == OF_DAY_OPEN ? scene->drawing->selection.to : stint->to);
    }
    return MIN(last, scene->drawing->selection.to);
}

/* A text that is seen at one step alone, its left edge at x and its middle at y, where nothing stands in its way. */
static void add_name(const OfScene *scene, GArray *taken, guint k, const char *name, const char *class, const char *text,
                     OfFace face, const char *color, double x, double y, const char *lab, const char *person)
{
    OfDrawing *drawing = scene->drawing;
    const OfDay day = step_at(scene, k)->day, end = k + 1 < scene->cuts->len ? step_at(scene, k + 1)->day : OF_DAY_MAX;
    const Taken one = {{x, y - OF_SIZE_NAME / 2, of_scene_text_width(scene, face, OF_SIZE_NAME, text), OF_SIZE_NAME}, day};
    if (!is_free(scene, taken, &one.rect, day)) {
        return;
    }
    char *lines[] = {(char *) text, NULL};
    Agnode_t *node = of_scene_add_text(scene, name, class, lines, face, OF_SIZE_NAME, color, 'l', x, one.rect.y, 0);
    of_graph_set(node, "data_lab", lab, "data_person", person, "data_title", text, NULL);
    of_drawing_set_time(drawing, node, day, end);
    g_array_append_val(taken, one);
}

/* A dot and the name of a person at the cut. */
static void add_person(const OfScene *scene, GArray *taken, guint k, guint person, const GArray *way, double x)
{
    const OfPerson *shown = scene->people->pdata[person];
    const OfLayoutPoint *points = (const OfLayoutPoint *) (gpointer) way->data;
    const OfDay end = k + 1 < scene->cuts->len ? step_at(scene, k + 1)->day : OF_DAY_MAX;
    if (points[0].x > x - LEAST || points[way->len - 1].x < x + LEAST) {
        return;
    }
    const double y = of_bezier_get_y(points, way->len, x);
    const char *color = of_scene_person_color(scene, person);
    g_autofree char *dot = g_strdup_printf("now-%u-%s", k + 1, shown->item.id);
    g_autofree char *name = g_strdup_printf("now-name-%u-%s", k + 1, shown->item.id);
    Agnode_t *node = of_scene_add_mark(scene, dot, "circle", OF_SCENE_DOT, color, x, y);
    of_graph_set(node, "class", "now", "data_kind", "person", "data_person", shown->item.id, NULL);
    of_drawing_set_time(scene->drawing, node, step_at(scene, k)->day, end);
    /* Right beside the name that the line begins with, another is no help. */
    const bool named = points[0].x <= scene->input.page.left + 0.5 && x - points[0].x < NEAR;
    if (of_scene_has_names(scene) && !named) {
        add_name(scene, taken, k, name, "now-name", of_item_label(&shown->item), OF_FACE_REGULAR, color, x + OF_SCENE_DOT + 1, y,
                 NULL, shown->item.id);
    }
}

/* Behind the names in it: the name of a lane that has no other yet. */
static void add_lane(const OfScene *scene, GArray *taken, guint k, gint32 lane)
{
    OfDrawing *drawing = scene->drawing;
    const OfLab *lab = of_scene_lab(scene, lane);
    const double cut = g_array_index(scene->cuts, double, k);
    const OfOutline *outline = of_scene_outline_at(scene, lane, cut);
    const bool named = g_array_index(scene->lanes, OfLayoutLane, lane).begin <= drawing->selection.from;
    if (outline == NULL || named || outline->from > cut - LEAST || outline->to < scene->input.page.right - 0.5) {
        return;
    }
    double top = 0, bottom = 0, x = cut;
    of_outlines_get_span(scene->line->outlines, outline, cut, &top, &bottom);
    for (guint i = 0; i < taken->len; i++) {
        const Taken *one = &g_array_index(taken, Taken, i);
        const double middle = one->rect.y + one->rect.height / 2;
        if (one->begin <= step_at(scene, k)->day && one->rect.x + one->rect.width > cut && middle >= top && middle <= bottom) {
            x = MAX(x, one->rect.x + one->rect.width);
        }
    }
    g_autofree char *name = g_strdup_printf("now-lane-%u-%s", k + 1, lab->item.id);
    const bool stands_out = of_selection_stands_out(&drawing->selection, lab->item.id);
    add_name(scene, taken, k, name, "now-lane", of_lab_name_on(lab, step_at(scene, k)->day), OF_FACE_BOLD,
             of_drawing_color(drawing, of_coloring_lab(drawing->coloring, lab), stands_out), x + 8, (top + bottom) / 2,
             lab->item.id, NULL);
}

void of_scene_add_now(const OfScene *scene)
{
    g_autoptr(GPtrArray) ways = g_ptr_array_new_with_free_func((GDestroyNotify) g_array_unref);
    for (guint person = 0; scene->cuts->len > 0 && person < scene->people->len; person++) {
        g_ptr_array_add(ways, of_scene_main_way(scene, person));
    }
    for (guint k = 0; k < scene->cuts->len; k++) {
        if (is_whole(scene, k)) {
            continue; /* names stand at the ends of their lines */
        }
        g_autoptr(GArray) taken = collect_taken(scene);
        take_ways(scene, taken, k, ways);
        for (guint person = 0; person < ways->len; person++) {
            const GArray *way = ways->pdata[person];
            if (way->len > 0) {
                add_person(scene, taken, k, person, way, ((const double *) scene->line_cuts->pdata[person])[k]);
            }
        }
        for (guint lane = 0; lane < scene->labs->len; lane++) {
            add_lane(scene, taken, k, (gint32) lane);
        }
    }
}
