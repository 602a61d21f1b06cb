/* The view `storyline`: who was where, when, and what the labs stood for. People are lines in the lanes of labs, time runs to the right. */
#include "view/change_summary.h"
#include "view/frame.h"
#include "view/steps.h"
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
#define MOST_STRETCH  6.0
#define AXIS_HEIGHT   20.0

/* The natural width: so much for a year, within bounds. */
#define YEAR_WIDTH   220.0
#define MOMENT_WIDTH 14.0
#define LEAST_PLOT   420.0
#define MOST_PLOT    2400.0

/* The columns beside the plot: names of people and lanes at both ends. */
static void measure_columns(OfScene *scene)
{
    const OfSelection *selection = &scene->drawing->selection;
    for (guint i = 0; of_scene_has_names(scene) && i < scene->people->len; i++) {
        guint first = 0, end = 0;
        of_scene_person_stints(scene, i, &first, &end);
        for (guint j = first; j < end; j++) {
            const OfLayoutStint *stint = &g_array_index(scene->layout_stints, OfLayoutStint, j);
            if (stint->from <= selection->from) {
                scene->left_names = MAX(scene->left_names, of_scene_person_name_width(scene, i, false) + OF_COLUMN_GAP);
            }
            if (stint->to == OF_DAY_OPEN) {
                scene->right_names = MAX(scene->right_names, of_scene_person_name_width(scene, i, true) + OF_COLUMN_GAP +
                                                                 of_scene_cited_width(scene, i));
            }
        }
    }
    for (guint i = 0; of_scene_has_names(scene) && i < scene->parts->len; i++) {
        const OfPart *part = of_scene_part(scene, i);
        if (part->old_line != OF_VARIANT_NONE && part->to > selection->to) {
            g_autofree char *name = of_scene_old_name(scene, part);
            const double width = of_scene_text_width(scene, OF_FACE_REGULAR, OF_SIZE_NAME, name) + OF_COLUMN_GAP;
            scene->right_names = MAX(scene->right_names, width);
        }
    }
    for (guint i = 0; i < scene->labs->len; i++) {
        const OfLayoutLane *lane = &g_array_index(scene->lanes, OfLayoutLane, i);
        if (lane->begin <= selection->from) {
            scene->left_lanes = MAX(scene->left_lanes, of_scene_lane_name_width(scene, i, selection->from) + OF_COLUMN_GAP);
        }
        if (lane->end == OF_DAY_OPEN && lane->begin <= selection->to) {
            scene->right_lanes = MAX(scene->right_lanes, of_scene_lane_name_width(scene, i, selection->to) + OF_COLUMN_GAP);
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

static void clear_remarks(OfScene *scene)
{
    g_ptr_array_set_size(scene->drawing->remarks, 0);
    if (of_scene_is_union(scene)) {
        g_ptr_array_set_size(of_scene_side(scene, OF_OLD)->remarks, 0);
        g_clear_pointer(&scene->drawing->diff_remarks, g_ptr_array_unref);
        scene->drawing->diff_remarks = of_remarks_new();
    }
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
    clear_remarks(scene);
    of_scene_place_parts(scene);
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
    clear_remarks(scene);
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

/* One revision's story in words. */
static char *describe_side(const OfScene *scene, OfRevisionSide side)
{
    const OfSelection *selection = &of_scene_side(scene, side)->selection;
    const OfDate from = of_date_from_day(selection->from), to = of_date_from_day(selection->to);
    g_autofree char *begin = of_date_display(&from), *end = of_date_display(&to);
    g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func(g_free);
    g_autofree guint *at = g_new0(guint, (gsize) scene->labs->len + 1);
    guint n_people = 0, n_labs = 0;
    for (guint i = 0; i < scene->people->len; i++) {
        const OfPerson *person = of_scene_cast(scene, i)->sides[side];
        n_people += person != NULL;
        for (guint j = 0; person != NULL && j < person->stints.n; j++) {
            const OfStint *stint = person->stints.items[j];
            if (of_selection_shows_stint(selection, stint)) {
                at[of_scene_lane(scene, stint->lab)] += stint->end_day > selection->to && !stint->concurrent;
            }
        }
    }
    for (guint lane = 0; lane < scene->labs->len; lane++) {
        const OfLab *lab = of_scene_lane_sides(scene, lane)->sides[side];
        n_labs += lab != NULL;
        if (at[lane] > 0 && lab != NULL) {
            g_ptr_array_add(parts, g_strdup_printf("%u at %s", at[lane], of_lab_name_on(lab, selection->to)));
        }
    }
    if (n_people == 0) {
        return g_strdup("Nobody of this part of the story is at a lab in this time.");
    }
    enum { MOST = 10 };
    g_autofree char *people = of_text_people(n_people);
    g_autofree char *list = of_text_list((const char *const *) parts->pdata, parts->len, MOST);
    return g_strdup_printf("Who was where from %s to %s: %s as lines through %u lab%s. At the end: %s.", begin, end, people, n_labs,
                           n_labs == 1 ? "" : "s", parts->len > 0 ? list : "nobody");
}

static void describe(OfScene *scene)
{
    for (int side = 0; side < OF_N_REVISIONS; side++) {
        if (of_scene_side(scene, side) != NULL) {
            of_scene_side(scene, side)->description = describe_side(scene, side);
        }
    }
}

/* Sources take their numbers from top to bottom of the data: people, then milestones. */
static void cite_all(OfScene *scene)
{
    for (guint i = 0; i < scene->people->len; i++) {
        of_scene_cited_width(scene, i);
    }
    for (guint i = 0; i < scene->milestones->len; i++) {
        for (int side = OF_NEW; side >= 0; side--) {
            const OfEvent *event = g_array_index(scene->milestones, OfMilestone, i).sides[side];
            g_free(event != NULL ? of_drawing_cite(of_scene_side(scene, side), &event->item) : NULL);
        }
    }
}

static void collect(OfScene *scene)
{
    OfDrawing *drawing = scene->drawing;
    of_scene_collect(scene);
    const OfOptions *options = drawing->options;
    scene->input = (OfStorylineInput){
        .lanes = (const OfLayoutLane *) (gpointer) scene->lanes->data,
        .n_lanes = scene->lanes->len,
        .n_people = scene->first_stint->len - 1,
        .stints = (const OfLayoutStint *) (gpointer) scene->layout_stints->data,
        .n_stints = scene->layout_stints->len,
        .variant_of = scene->variant_of->len > scene->people->len ? (const guint32 *) (gpointer) scene->variant_of->data : NULL,
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
    if (drawing->task->earlier != NULL && !of_scene_is_union(scene)) {
        of_scene_start_from(scene, drawing->task->earlier);
    }
}

/* The order without the lines of old ways: people as the report names them. */
static OfOrder *order_of_people(const OfScene *scene)
{
    const OfOrder *order = scene->line->order;
    OfOrder *people = of_order_new(order->n_slots);
    for (guint slot = 0; slot < order->n_slots; slot++) {
        guint n = 0;
        const OfRun *runs = of_order_get_runs(order, slot, &n);
        people->start[slot] = people->runs->len;
        for (guint i = 0; i < n; i++) {
            OfRun run = {runs[i].lane, people->people->len, 0};
            for (guint j = 0; j < runs[i].n; j++) {
                const guint32 line = of_order_get_people(order, &runs[i])[j];
                if (line < scene->people->len) {
                    g_array_append_val(people->people, line);
                    run.n++;
                }
            }
            if (run.n > 0) {
                g_array_append_val(people->runs, run);
            }
        }
        people->start[slot + 1] = people->runs->len;
    }
    return people;
}

static const char *keep_key(const OfScene *scene, OfFacts *facts, const OfItem *item)
{
    return of_scene_is_union(scene) ? of_facts_keep(facts, of_drawing_key(scene->drawing, item)) : item->id;
}

static void list_moment(const OfScene *scene, const OfOrder *order, guint slot, OfFacts *facts)
{
    guint n = 0;
    const OfRun *runs = of_order_get_runs(order, slot, &n);
    OfFactsMoment moment = {scene->line->slots->day[slot], facts->lanes->len, 0};
    for (guint i = 0; i < n; i++) {
        const OfLab *lab = of_scene_lab(scene, runs[i].lane);
        const guint size = lab != NULL ? runs[i].n : 1; /* between two labs everyone stands alone */
        for (guint j = 0; j < runs[i].n; j += size) {
            const OfFactsLane lane = {lab != NULL ? keep_key(scene, facts, &lab->item) : NULL, runs[i].first + j, size};
            g_array_append_val(facts->lanes, lane);
        }
    }
    moment.n = facts->lanes->len - moment.first;
    g_array_append_val(facts->moments, moment);
}

/* Runs that do not change share their people in the order, and so they do here. */
static OfFacts *collect_facts(const OfScene *scene)
{
    const OfStoryline *line = scene->line;
    g_autoptr(OfOrder) people = of_scene_is_union(scene) ? order_of_people(scene) : NULL;
    const OfOrder *order = people != NULL ? people : line->order;
    OfFacts *facts = of_facts_new();
    facts->crossings = people != NULL ? of_order_count_crossings(people, scene->people->len) : line->crossings;
    facts->wiggles = line->wiggles;
    for (guint i = 0; i < scene->labs->len; i++) {
        g_ptr_array_add(facts->lane_order, (gpointer) keep_key(scene, facts, &of_scene_lab(scene, line->lane_order[i])->item));
    }
    for (guint i = 0; i < order->people->len; i++) {
        const OfPerson *person = scene->people->pdata[g_array_index(order->people, guint32, i)];
        g_ptr_array_add(facts->people, (gpointer) keep_key(scene, facts, &person->item));
    }
    for (guint slot = 0; slot < line->slots->n_slots; slot++) {
        list_moment(scene, order, slot, facts);
    }
    return facts;
}

static bool check_lines(const OfScene *scene, GError **error)
{
    const gint64 most = scene->drawing->limits->value[OF_LIMIT_LINES];
    if (scene->people->len <= most) {
        return true;
    }
    g_set_error(error, OF_ERROR, OF_ERROR_LIMIT,
                "the storyline has %u people, more than the limit lines of %" G_GINT64_FORMAT
                "; a filter (--group, --lab, --person, --from, --to) makes it smaller, the view alluvial shows any number,"
                " `--limit lines=%u` lets it through",
                scene->people->len, most, scene->people->len);
    return false;
}

bool of_view_build_storyline(OfDrawing *drawing, GError **error)
{
    OfScene scene;
    of_scene_init(&scene, drawing);
    drawing->graph = of_graph_new("storyline", drawing->discipline);
    collect(&scene);
    describe(&scene);
    drawing->empty = scene.people->len == 0;
    bool done = check_lines(&scene, error);
    if (of_scene_is_union(&scene)) {
        of_scene_tell_changes(&scene);
        of_change_summary_make(drawing, 1u << OF_DELTA_UNCHANGED);
    }
    if (done && !drawing->empty) {
        const gint64 begin = g_get_monotonic_time();
        scene.line = of_storyline_order(&scene.input);
        drawing->layout_us += g_get_monotonic_time() - begin;
        const bool has_steps = of_drawing_is_stepped(drawing) || of_drawing_is_cut_alone(drawing);
        done = !has_steps || of_scene_make_steps(&scene, error);
    }
    if (done && !drawing->empty) {
        cite_all(&scene);
        measure_columns(&scene);
        fit_page(&scene);
        of_scene_draw(&scene);
        drawing->facts = collect_facts(&scene);
    }
    of_scene_clear(&scene);
    return done;
}
