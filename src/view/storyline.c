/* The view `storyline`: who was where, when, and what the labs stood for. People are lines in the lanes of labs, time runs to the right. */
#include "view/frame.h"
#include "view/storyline_scene.h"

#include <math.h>
#include <string.h>

/* Points. */
#define LINE_GAP      13.2
#define MOST_LINE_GAP 40.0
#define LANE_PADDING  3.5
#define LANE_GAP      5.5
#define LEAST_LANE    12.5
#define BEND          12.0
#define COLUMN_GAP    8.0
#define MOST_STRETCH  6.0
#define AXIS_HEIGHT   20.0

/* The natural width: so much for a year, within bounds. */
#define YEAR_WIDTH   220.0
#define MOMENT_WIDTH 14.0
#define LEAST_PLOT   420.0
#define MOST_PLOT    2400.0

#define MOST_NAMES 600 /* people whose lines carry names */

const OfLab *of_scene_lab(const OfScene *scene, gint32 lane)
{
    return lane == OF_LANE_NONE ? NULL : scene->labs->pdata[lane];
}

gint32 of_scene_lane(const OfScene *scene, const OfLab *lab)
{
    const guint index = GPOINTER_TO_UINT(g_hash_table_lookup(scene->lane_of, lab));
    return index > 0 ? (gint32) index - 1 : OF_LANE_NONE;
}

double of_scene_text_width(const OfScene *scene, OfFace face, double size, const char *text)
{
    return ceil(of_fonts_width(scene->drawing->fonts, face, size, text) * OF_TEXT_FACTOR) + 1;
}

static OfDay parent_day(const OfScene *scene, const OfLab *lab)
{
    return MIN(scene->drawing->selection.to, lab->end_day == OF_DAY_MAX ? OF_DAY_MAX : lab->end_day - 1);
}

static void add_lab(OfScene *scene, GHashTable *known, const OfLab *lab)
{
    if (lab != NULL && g_hash_table_add(known, (gpointer) lab)) {
        g_ptr_array_add(scene->labs, (gpointer) lab);
        add_lab(scene, known, of_lab_parent_on(lab, parent_day(scene, lab)));
    }
}

static gint compare_labs(gconstpointer a, gconstpointer b)
{
    const OfLab *const *left = a, *const *right = b;
    return strcmp((*left)->item.id, (*right)->item.id);
}

static void collect_people(OfScene *scene)
{
    const OfDrawing *drawing = scene->drawing;
    g_autoptr(GHashTable) known = g_hash_table_new(NULL, NULL);
    for (guint i = 0; i < drawing->story->people.n; i++) {
        const OfPerson *person = drawing->story->people.items[i];
        if (!of_selection_shows_person(&drawing->selection, person)) {
            continue;
        }
        g_ptr_array_add(scene->people, (gpointer) person);
        for (guint j = 0; j < person->stints.n; j++) {
            if (of_selection_shows_stint(&drawing->selection, person->stints.items[j])) {
                add_lab(scene, known, person->stints.items[j]->lab);
            }
        }
    }
    g_ptr_array_sort(scene->labs, compare_labs);
    for (guint i = 0; i < scene->labs->len; i++) {
        g_hash_table_insert(scene->lane_of, scene->labs->pdata[i], GUINT_TO_POINTER(i + 1));
    }
}

static const OfLab *milestone_lab(const OfEvent *event)
{
    return event->lab != NULL ? event->lab : event->to;
}

static void collect_milestones(OfScene *scene)
{
    const OfDrawing *drawing = scene->drawing;
    for (guint i = 0; i < drawing->story->events.n; i++) {
        const OfEvent *event = drawing->story->events.items[i];
        const bool shown = of_event_type_info(event->type)->milestone || event->type == OF_EVENT_TRANSFER;
        const OfLab *lab = milestone_lab(event);
        if (shown && lab != NULL && of_scene_lane(scene, lab) != OF_LANE_NONE && event->day >= drawing->selection.from &&
            event->day <= drawing->selection.to && of_selection_has_event(&drawing->selection, event)) {
            g_ptr_array_add(scene->milestones, (gpointer) event);
        }
    }
}

/* The days over which the drawing knows of a lab. */
typedef struct {
    OfDay begin, end; /* end excluded */
} Span;

static void widen(Span *span, OfDay begin, OfDay end)
{
    span->begin = MIN(span->begin, begin);
    span->end = MAX(span->end, end);
}

/* From stints, those of the labs below included, and milestones. One span a lane. */
static Span *collect_spans(const OfScene *scene)
{
    Span *spans = g_new(Span, scene->labs->len);
    for (guint i = 0; i < scene->labs->len; i++) {
        spans[i] = (Span){OF_DAY_MAX, OF_DAY_MIN};
    }
    for (guint i = 0; i < scene->stints->len; i++) {
        const OfStint *stint = scene->stints->pdata[i];
        for (const OfLab *lab = stint->lab; lab != NULL; lab = of_lab_parent_on(lab, parent_day(scene, lab))) {
            widen(&spans[of_scene_lane(scene, lab)], stint->begin_day, stint->end_day);
        }
    }
    for (guint i = 0; i < scene->milestones->len; i++) {
        const OfEvent *event = scene->milestones->pdata[i];
        widen(&spans[of_scene_lane(scene, milestone_lab(event))], event->day, event->day + 1);
    }
    return spans;
}

/* A lane begins and ends with its lab; where that is not known, with the first and last that the drawing knows of it. */
static void make_lanes(OfScene *scene)
{
    const OfSelection *selection = &scene->drawing->selection;
    g_autofree Span *spans = collect_spans(scene);
    for (guint i = 0; i < scene->labs->len; i++) {
        const OfLab *lab = scene->labs->pdata[i];
        const bool known_begin = of_date_is_set(&lab->begin), known_end = of_date_is_set(&lab->end);
        OfLayoutLane lane = {.parent = of_scene_lane(scene, of_lab_parent_on(lab, parent_day(scene, lab)))};
        lane.begin = known_begin ? lab->begin_day : spans[i].begin;
        lane.end = known_end ? lab->end_day : known_begin ? OF_DAY_OPEN : spans[i].end;
        lane.end = lane.end > selection->to ? OF_DAY_OPEN : lane.end;
        g_array_append_val(scene->lanes, lane);
    }
}

static void make_stints(OfScene *scene)
{
    const OfSelection *selection = &scene->drawing->selection;
    for (guint i = 0; i < scene->people->len; i++) {
        const OfPerson *person = scene->people->pdata[i];
        g_array_append_val(scene->first_stint, scene->stints->len);
        for (guint j = 0; j < person->stints.n; j++) {
            const OfStint *stint = person->stints.items[j];
            if (!of_selection_shows_stint(selection, stint)) {
                continue;
            }
            OfLayoutStint made = {.person = i, .lane = (guint32) of_scene_lane(scene, stint->lab), .concurrent = stint->concurrent};
            made.from = made.from_first = made.from_last = MAX(stint->begin_day, selection->from);
            made.to = made.to_first = made.to_last = stint->end_day > selection->to ? OF_DAY_OPEN : stint->end_day;
            if (of_date_is_set(&stint->from) && stint->begin_day > selection->from) {
                made.from_first = MIN(MAX(stint->from.first, selection->from), made.from);
                made.from_last = MAX(MIN(stint->from.last, selection->to), made.from);
            }
            if (of_date_is_set(&stint->to) && made.to != OF_DAY_OPEN) {
                made.to_first = MIN(MAX(stint->to.first, selection->from), made.to);
                made.to_last = MAX(MIN(stint->to.last, selection->to), made.to);
            }
            g_array_append_val(scene->layout_stints, made);
            g_ptr_array_add(scene->stints, (gpointer) stint);
        }
    }
    g_array_append_val(scene->first_stint, scene->stints->len);
}

static void pin_lanes(OfScene *scene)
{
    for (char **id = scene->drawing->options->order; id != NULL && *id != NULL; id++) {
        const OfLab *lab = of_story_find_lab(scene->drawing->story, *id);
        const gint32 lane = lab != NULL ? of_scene_lane(scene, lab) : OF_LANE_NONE;
        if (lane != OF_LANE_NONE) {
            g_array_append_val(scene->pinned, lane);
        }
    }
}

void of_scene_person_stints(const OfScene *scene, guint person, guint *first, guint *end)
{
    *first = g_array_index(scene->first_stint, guint, person);
    *end = g_array_index(scene->first_stint, guint, person + 1);
}

bool of_scene_has_names(const OfScene *scene)
{
    return scene->people->len <= MOST_NAMES;
}

const OfLab *of_scene_last_lab(const OfScene *scene, guint person)
{
    const OfStint *last = NULL;
    guint first = 0, end = 0;
    of_scene_person_stints(scene, person, &first, &end);
    for (guint i = first; i < end; i++) {
        const OfStint *stint = scene->stints->pdata[i];
        if (last == NULL || stint->end_day > last->end_day) {
            last = stint;
        }
    }
    return last != NULL ? last->lab : NULL;
}

bool of_scene_person_stands_out(const OfScene *scene, guint index)
{
    const OfSelection *selection = &scene->drawing->selection;
    const OfPerson *person = scene->people->pdata[index];
    bool stands_out = of_selection_stands_out(selection, person->item.id);
    for (guint i = 0; i < person->stints.n && !stands_out; i++) {
        const OfStint *stint = person->stints.items[i];
        stands_out = of_selection_shows_stint(selection, stint) &&
                     (of_selection_stands_out(selection, stint->lab->item.id) ||
                      (stint->begin_event != NULL && of_selection_stands_out(selection, stint->begin_event->item.key)));
    }
    return stands_out;
}

const char *of_scene_person_color(const OfScene *scene, guint person)
{
    OfDrawing *drawing = scene->drawing;
    return of_drawing_color(drawing, of_coloring_lab(drawing->coloring, of_scene_last_lab(scene, person)),
                            of_scene_person_stands_out(scene, person));
}

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

static double lane_name_width(const OfScene *scene, guint lane, OfDay day)
{
    double width = 0;
    g_auto(GStrv) lines = of_fonts_wrap(scene->drawing->fonts, OF_FACE_BOLD, OF_SIZE_NAME,
                                        of_lab_name_on(scene->labs->pdata[lane], day), OF_MOST_LANE_NAME);
    for (char **line = lines; *line != NULL; line++) {
        width = MAX(width, of_scene_text_width(scene, OF_FACE_BOLD, OF_SIZE_NAME, *line));
    }
    return width;
}

/* The columns beside the plot: names of people and lanes at both ends. */
static void measure_columns(OfScene *scene)
{
    const OfSelection *selection = &scene->drawing->selection;
    for (guint i = 0; of_scene_has_names(scene) && i < scene->people->len; i++) {
        const OfPerson *person = scene->people->pdata[i];
        const double width = of_scene_text_width(scene, OF_FACE_REGULAR, OF_SIZE_NAME, of_item_label(&person->item)) + COLUMN_GAP;
        guint first = 0, end = 0;
        of_scene_person_stints(scene, i, &first, &end);
        for (guint j = first; j < end; j++) {
            const OfLayoutStint *stint = &g_array_index(scene->layout_stints, OfLayoutStint, j);
            if (stint->from <= selection->from) {
                scene->left_names = MAX(scene->left_names, width);
            }
            if (stint->to == OF_DAY_OPEN) {
                g_autofree char *cited = of_scene_cite_person(scene, i);
                const double note =
                    cited != NULL ? of_scene_text_width(scene, OF_FACE_REGULAR, OF_SIZE_NOTE, cited) + OF_CITE_GAP : 0;
                scene->right_names = MAX(scene->right_names, width + note);
            }
        }
    }
    for (guint i = 0; i < scene->labs->len; i++) {
        const OfLayoutLane *lane = &g_array_index(scene->lanes, OfLayoutLane, i);
        if (lane->begin <= selection->from) {
            scene->left_lanes = MAX(scene->left_lanes, lane_name_width(scene, i, selection->from) + COLUMN_GAP);
        }
        if (lane->end == OF_DAY_OPEN && lane->begin <= selection->to) {
            scene->right_lanes = MAX(scene->right_lanes, lane_name_width(scene, i, selection->to) + COLUMN_GAP);
        }
    }
}

static double natural_plot(const OfScene *scene)
{
    const double years = (scene->input.end_day - scene->input.first_day) / 365.25;
    const double wished = MAX(years * YEAR_WIDTH, scene->line->slots->n_slots * MOMENT_WIDTH);
    return MIN(MAX(wished, LEAST_PLOT), MOST_PLOT);
}

/* A few lanes do not fill every height: the axis stands right below the lowest. */
static double lowest_edge(const OfScene *scene)
{
    const OfHeights *heights = scene->line->heights;
    double lowest = 1;
    for (guint i = 0; i < heights->boxes->len; i++) {
        const OfBox *box = &g_array_index(heights->boxes, OfBox, i);
        lowest = MAX(lowest, box->top + box->height);
    }
    return MIN(lowest + LANE_GAP, heights->height);
}

/* Lays the scene out on a body of width x height points; 0: as large as it needs. Returns the height it takes. */
static double place_on(OfScene *scene, double width, double height)
{
    OfLayoutPage *page = &scene->input.page;
    scene->axis_height = AXIS_HEIGHT;
    page->left = scene->left_lanes + scene->left_names + 2;
    const double after = scene->right_names + scene->right_lanes, notes = of_drawing_callout_column_width(scene->drawing);
    const double beside = page->left + after;
    page->right = width > 0 ? MAX(width - after - notes, page->left + LEAST_PLOT / 2) : page->left + natural_plot(scene);
    page->top = 0;
    page->height = height > 0 ? MAX(height - scene->axis_height, 1) : 0;
    const gint64 begin = g_get_monotonic_time();
    of_storyline_place(scene->line, &scene->input);
    scene->drawing->layout_us += g_get_monotonic_time() - begin;
    scene->drawing->width = beside + page->right - page->left;
    scene->plot_height = lowest_edge(scene);
    scene->drawing->height = scene->plot_height + scene->axis_height;
    of_scene_clear_words(scene);
    g_ptr_array_set_size(scene->drawing->remarks, 0);
    of_scene_place_words(scene);
    of_scene_announce(scene);
    return scene->drawing->height;
}

/* Lays the scene out for the page asked for, its body to be magnified by scale. What the legend, the notes and the list under the axis take depends on
 * where words found a place, and the other way round: a few rounds settle it. Returns whether it fits. */
static bool fit_scaled(OfScene *scene, double scale)
{
    enum { ROUNDS = 8 };
    OfDrawing *drawing = scene->drawing;
    g_ptr_array_set_size(drawing->remarks, 0);
    OfPageFit fit = of_frame_fit(drawing, 1, 1);
    double height = fit.body_height;
    for (int round = 0; round < ROUNDS; round++) {
        const double used = place_on(scene, fit.body_width / scale, height / scale) * scale;
        fit = of_frame_fit(drawing, drawing->width, drawing->height);
        if (used <= fit.body_height + 0.01) {
            return true;
        }
        /* Never higher again: a list that grows and shrinks in turn would go round for ever. */
        height = MIN(height, fit.body_height);
    }
    return false;
}

/* On a page with room to spare type and lines grow, as long as no more words are left without a place. */
static void fit_page(OfScene *scene)
{
    static const double scales[] = {1.5, 1.25};
    OfDrawing *drawing = scene->drawing;
    if (drawing->options->size.width <= 0) {
        place_on(scene, 0, 0);
        return;
    }
    if (!fit_scaled(scene, 1)) {
        return;
    }
    const guint n_listed = drawing->remarks->len;
    for (gsize i = 0; i < G_N_ELEMENTS(scales); i++) {
        if (fit_scaled(scene, scales[i]) && drawing->remarks->len <= n_listed) {
            return;
        }
    }
    fit_scaled(scene, 1);
}

static void describe(OfScene *scene)
{
    OfDrawing *drawing = scene->drawing;
    const OfSelection *selection = &drawing->selection;
    const OfDate from = of_date_from_day(selection->from), to = of_date_from_day(selection->to);
    g_autofree char *begin = of_date_display(&from), *end = of_date_display(&to);
    g_autofree char *people = of_text_people(scene->people->len);
    if (scene->people->len == 0) {
        drawing->description = g_strdup("Nobody of this part of the story is at a lab in this time.");
        return;
    }
    g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func(g_free);
    g_autofree guint *at = g_new0(guint, scene->labs->len);
    for (guint i = 0; i < scene->people->len; i++) {
        guint first = 0, last = 0;
        of_scene_person_stints(scene, i, &first, &last);
        for (guint j = first; j < last; j++) {
            const OfLayoutStint *stint = &g_array_index(scene->layout_stints, OfLayoutStint, j);
            at[stint->lane] += stint->to == OF_DAY_OPEN && !stint->concurrent;
        }
    }
    for (guint lane = 0; lane < scene->labs->len; lane++) {
        if (at[lane] > 0) {
            g_ptr_array_add(parts, g_strdup_printf("%u at %s", at[lane], of_lab_name_on(scene->labs->pdata[lane], selection->to)));
        }
    }
    enum { MOST = 10 };
    g_autofree char *list = of_text_list((const char *const *) parts->pdata, parts->len, MOST);
    drawing->description =
        g_strdup_printf("Who was where from %s to %s: %s as lines through %u lab%s. At the end: %s.", begin, end, people,
                        scene->labs->len, scene->labs->len == 1 ? "" : "s", parts->len > 0 ? list : "nobody");
}

/* The sources of a person's stints: "[1 3]", or NULL. Owned by the caller. */
char *of_scene_cite_person(const OfScene *scene, guint person)
{
    g_autoptr(GPtrArray) items = g_ptr_array_new();
    guint first = 0, end = 0;
    of_scene_person_stints(scene, person, &first, &end);
    for (guint i = first; i < end; i++) {
        const OfStint *stint = scene->stints->pdata[i];
        const OfEvent *const events[] = {stint->begin_event, stint->end_event};
        for (gsize j = 0; j < G_N_ELEMENTS(events); j++) {
            if (events[j] != NULL && of_selection_has_date(&scene->drawing->selection, &events[j]->date)) {
                g_ptr_array_add(items, (gpointer) &events[j]->item);
            }
        }
        if (stint->decl != NULL) {
            g_ptr_array_add(items, (gpointer) &stint->decl->item);
        }
    }
    return of_drawing_cite_all(scene->drawing, (const OfItem *const *) items->pdata, items->len);
}

/* Sources take their numbers from top to bottom of the data: people, then milestones. */
static void cite_all(OfScene *scene)
{
    for (guint i = 0; i < scene->people->len; i++) {
        g_free(of_scene_cite_person(scene, i));
    }
    for (guint i = 0; i < scene->milestones->len; i++) {
        const OfEvent *event = scene->milestones->pdata[i];
        g_free(of_drawing_cite(scene->drawing, &event->item));
    }
}

static void collect(OfScene *scene)
{
    OfDrawing *drawing = scene->drawing;
    collect_people(scene);
    make_stints(scene);
    collect_milestones(scene);
    make_lanes(scene);
    pin_lanes(scene);
    const OfOptions *options = drawing->options;
    scene->input = (OfStorylineInput){
        .lanes = (const OfLayoutLane *) (gpointer) scene->lanes->data,
        .n_lanes = scene->lanes->len,
        .n_people = scene->people->len,
        .stints = (const OfLayoutStint *) (gpointer) scene->layout_stints->data,
        .n_stints = scene->layout_stints->len,
        .first_day = drawing->selection.from,
        .end_day = drawing->selection.to + 1,
        .mode = g_strcmp0(options->lanes, "free") == 0 ? OF_LANES_FREE : OF_LANES_FIXED,
        .effort = g_strcmp0(options->effort, "fast") == 0   ? OF_EFFORT_FAST
                  : g_strcmp0(options->effort, "best") == 0 ? OF_EFFORT_BEST
                                                            : OF_EFFORT_NORMAL,
        .pinned = (const gint32 *) (gpointer) scene->pinned->data,
        .n_pinned = scene->pinned->len,
        .page = {.line_gap = LINE_GAP,
                 .max_line_gap = MOST_LINE_GAP,
                 .lane_padding = LANE_PADDING,
                 .lane_gap = LANE_GAP,
                 .max_stretch = MOST_STRETCH,
                 .least_lane = LEAST_LANE,
                 .bend = BEND},
    };
}

/* Runs that do not change share their people in the order, and so they do here. */
static OfFacts *collect_facts(const OfScene *scene)
{
    const OfStoryline *line = scene->line;
    OfFacts *facts = of_facts_new();
    facts->crossings = line->crossings;
    facts->wiggles = line->wiggles;
    for (guint i = 0; i < scene->labs->len; i++) {
        g_ptr_array_add(facts->lane_order, (gpointer) of_scene_lab(scene, line->lane_order[i])->item.id);
    }
    for (guint i = 0; i < line->order->people->len; i++) {
        const OfPerson *person = scene->people->pdata[g_array_index(line->order->people, guint32, i)];
        g_ptr_array_add(facts->people, (gpointer) person->item.id);
    }
    for (guint slot = 0; slot < line->slots->n_slots; slot++) {
        guint n = 0;
        const OfRun *runs = of_order_get_runs(line->order, slot, &n);
        OfFactsMoment moment = {line->slots->day[slot], facts->lanes->len, 0};
        for (guint i = 0; i < n; i++) {
            const OfLab *lab = of_scene_lab(scene, runs[i].lane);
            const guint size = lab != NULL ? runs[i].n : 1; /* between two labs everyone stands alone */
            for (guint j = 0; j < runs[i].n; j += size) {
                const OfFactsLane lane = {lab != NULL ? lab->item.id : NULL, runs[i].first + j, size};
                g_array_append_val(facts->lanes, lane);
            }
        }
        moment.n = facts->lanes->len - moment.first;
        g_array_append_val(facts->moments, moment);
    }
    return facts;
}

static void scene_init(OfScene *scene, OfDrawing *drawing)
{
    *scene = (OfScene){.drawing = drawing};
    scene->labs = g_ptr_array_new();
    scene->lane_of = g_hash_table_new(NULL, NULL);
    scene->people = g_ptr_array_new();
    scene->stints = g_ptr_array_new();
    scene->first_stint = g_array_new(FALSE, TRUE, sizeof(guint));
    scene->lanes = g_array_new(FALSE, TRUE, sizeof(OfLayoutLane));
    scene->layout_stints = g_array_new(FALSE, TRUE, sizeof(OfLayoutStint));
    scene->pinned = g_array_new(FALSE, TRUE, sizeof(gint32));
    scene->milestones = g_ptr_array_new();
    scene->words = g_array_new(FALSE, TRUE, sizeof(OfWord));
    scene->marks = g_array_new(FALSE, TRUE, sizeof(OfMark));
}

static void scene_clear(OfScene *scene)
{
    of_scene_clear_words(scene);
    g_array_unref(scene->words);
    g_array_unref(scene->marks);
    of_storyline_free(scene->line);
    g_ptr_array_unref(scene->labs);
    g_hash_table_unref(scene->lane_of);
    g_ptr_array_unref(scene->people);
    g_ptr_array_unref(scene->stints);
    g_array_unref(scene->first_stint);
    g_array_unref(scene->lanes);
    g_array_unref(scene->layout_stints);
    g_array_unref(scene->pinned);
    g_ptr_array_unref(scene->milestones);
}

static bool check_lines(const OfScene *scene, GError **error)
{
    const gint64 most = scene->drawing->limits->value[OF_LIMIT_LINES];
    if (scene->people->len <= most) {
        return true;
    }
    g_set_error(error, OF_ERROR, OF_ERROR_LIMIT,
                "the storyline has %u people, more than the limit lines of %" G_GINT64_FORMAT
                "; a filter (--group, --lab, --person, --from, --to) makes it smaller",
                scene->people->len, most);
    return false;
}

bool of_view_build_storyline(OfDrawing *drawing, GError **error)
{
    OfScene scene;
    scene_init(&scene, drawing);
    drawing->graph = of_graph_new("storyline", drawing->discipline);
    collect(&scene);
    describe(&scene);
    drawing->empty = scene.people->len == 0;
    const bool done = check_lines(&scene, error);
    if (done && !drawing->empty) {
        const gint64 begin = g_get_monotonic_time();
        scene.line = of_storyline_order(&scene.input);
        drawing->layout_us += g_get_monotonic_time() - begin;
        cite_all(&scene);
        measure_columns(&scene);
        fit_page(&scene);
        of_scene_draw(&scene);
        drawing->facts = collect_facts(&scene);
    }
    scene_clear(&scene);
    return done;
}
