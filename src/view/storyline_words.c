/* The words of a storyline's lanes, stances and milestones, with the places they could have. */
#include "view/event_text.h"
#include "view/storyline_scene.h"

#include <math.h>

#define STANCE_STEP 9.0 /* in search of the beginning of a lane */

/* --- What lanes are called --- */

static const OfLabState *state_on(const OfLabState *const *states, guint n, OfDay day)
{
    const OfLabState *found = NULL;
    for (guint i = 0; i < n && states[i]->day <= day; i++) {
        found = states[i];
    }
    return found;
}

/* The changes behind a difference between two states: of their events, else of the labs. */
static void explain_states(const OfScene *scene, OfDifference *difference, const OfSceneLane *lane, const OfLabState *const *states)
{
    for (int side = 0; side < OF_N_REVISIONS; side++) {
        const OfEvent *event = states[side] != NULL ? states[side]->event : NULL;
        const OfItem *item = event != NULL ? &event->item : lane->sides[side] != NULL ? &lane->sides[side]->item : NULL;
        of_scene_add_change(scene, &difference->changes, item);
    }
}

/* "(Meta → MSL)" where the lane stands under another one than before, else NULL. What is said of one day says so only at the lane's end. */
static char *compare_parents(const OfScene *scene, const OfSceneLane *lane, OfDay day, OfDifference *difference)
{
    const OfDay last = MAX(lane->end[OF_OLD], lane->end[OF_NEW]);
    if (day < scene->drawing->selection.to && last == OF_DAY_OPEN) {
        return NULL;
    }
    const char *names[OF_N_REVISIONS];
    const OfLabState *states[OF_N_REVISIONS];
    gint32 lanes[OF_N_REVISIONS];
    for (int side = 0; side < OF_N_REVISIONS; side++) {
        const OfLab *lab = lane->sides[side], *parent = of_scene_parent(scene, lab);
        lanes[side] = parent != NULL ? of_scene_lane(scene, parent) : OF_LANE_NONE;
        names[side] = parent != NULL ? of_lab_name_on(parent, scene->drawing->selection.to) : "alone";
        states[side] = state_on(lab->parents.items, lab->parents.n, scene->drawing->selection.to);
    }
    if (lanes[OF_OLD] == lanes[OF_NEW]) {
        return NULL;
    }
    explain_states(scene, difference, lane, states);
    return difference->changes != NULL ? g_strdup_printf("(%s → %s)", names[OF_OLD], names[OF_NEW]) : NULL;
}

static char *name_both(const OfScene *scene, const OfSceneLane *lane, OfDay day, OfDifference *difference)
{
    const char *names[OF_N_REVISIONS];
    const OfLabState *states[OF_N_REVISIONS];
    for (int side = 0; side < OF_N_REVISIONS; side++) {
        names[side] = of_lab_name_on(lane->sides[side], day);
        states[side] = state_on(lane->sides[side]->names.items, lane->sides[side]->names.n, day);
    }
    if (!g_str_equal(names[OF_OLD], names[OF_NEW])) {
        explain_states(scene, difference, lane, states);
    }
    const bool begins = lane->begin[OF_OLD] != lane->begin[OF_NEW], ends = lane->end[OF_OLD] != lane->end[OF_NEW];
    if (begins || ends) {
        for (int side = 0; side < OF_N_REVISIONS; side++) {
            const OfLab *lab = lane->sides[side];
            const OfEvent *event = begins ? lab->begin_event : lab->end_event;
            of_scene_add_change(scene, &difference->changes, event != NULL ? &event->item : &lab->item);
        }
    }
    g_autofree char *parents = compare_parents(scene, lane, day, difference);
    difference->delta = difference->changes != NULL ? OF_DELTA_CHANGED : OF_DELTA_UNCHANGED;
    g_autofree char *text = of_difference_text(difference->delta, names[OF_OLD], names[OF_NEW]);
    return parents != NULL ? g_strdup_printf("%s %s", text, parents) : g_steal_pointer(&text);
}

char *of_scene_lane_name(const OfScene *scene, guint lane, OfDay day, OfPanel panel, OfDifference *difference)
{
    const OfSceneLane *sides = of_scene_lane_sides(scene, lane);
    *difference = (OfDifference){OF_DELTA_UNCHANGED, NULL};
    if (!of_scene_is_union(scene)) {
        return g_strdup(of_lab_name_on(sides->sides[OF_NEW], day));
    }
    if (panel != OF_PANEL_DIFF) {
        const OfLab *lab = sides->sides[panel == OF_PANEL_BEFORE ? OF_OLD : OF_NEW];
        return lab != NULL ? g_strdup(of_lab_name_on(lab, day)) : NULL;
    }
    if (sides->sides[OF_OLD] != NULL && sides->sides[OF_NEW] != NULL) {
        return name_both(scene, sides, day, difference);
    }
    const OfLab *lab = sides->sides[sides->sides[OF_NEW] != NULL];
    of_scene_add_change(scene, &difference->changes, &lab->item);
    difference->delta = of_scene_delta(difference->changes);
    return of_difference_text(difference->delta, of_lab_name_on(lab, day), of_lab_name_on(lab, day));
}

double of_scene_lane_name_width(const OfScene *scene, guint lane, OfDay day)
{
    double width = 0;
    for (OfPanel panel = OF_PANEL_DIFF; panel <= (of_scene_is_union(scene) ? OF_PANEL_AFTER : OF_PANEL_DIFF); panel++) {
        OfDifference difference;
        g_autofree char *name = of_scene_lane_name(scene, lane, day, panel, &difference);
        of_difference_clear(&difference);
        g_auto(GStrv) lines =
            of_fonts_wrap(scene->drawing->fonts, OF_FACE_BOLD, OF_SIZE_NAME, name != NULL ? name : "", OF_MOST_LANE_NAME);
        for (char **line = lines; *line != NULL; line++) {
            width = MAX(width, of_scene_text_width(scene, OF_FACE_BOLD, OF_SIZE_NAME, *line));
        }
    }
    return width;
}

/* Sets what a word says alone in each revision. */
static void set_alone(OfWord *word, char *old, char *new)
{
    word->alone[OF_OLD] = old;
    word->alone[OF_NEW] = new;
}

static char *lane_name_alone(const OfScene *scene, guint lane, OfPanel panel)
{
    OfDifference none;
    return !of_scene_is_union(scene) ? NULL : of_scene_lane_name(scene, lane, scene->drawing->selection.to, panel, &none);
}

/* Lanes that begin and end within the plot carry their names there; others have them in the columns beside it. */
void of_scene_add_lane_names(OfScene *scene)
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
        OfDifference difference;
        char *name = of_scene_lane_name(scene, (guint) outline->lane, drawing->selection.to, OF_PANEL_DIFF, &difference);
        OfWord *word = of_scene_add_word(scene, OF_WORD_LANE, name, OF_FACE_BOLD, OF_SIZE_NAME,
                                         of_drawing_color(drawing, of_coloring_lab(drawing->coloring, lab), stands_out));
        word->difference = difference;
        set_alone(word, lane_name_alone(scene, (guint) outline->lane, OF_PANEL_BEFORE),
                  lane_name_alone(scene, (guint) outline->lane, OF_PANEL_AFTER));
        word->lab = lab;
        g_auto(GStrv) lines = NULL;
        const OfLayoutRect rect = of_scene_measure(scene, word, 0, &lines);
        double top = 0, bottom = 0;
        of_outlines_get_span(scene->line->outlines, outline, outline->from, &top, &bottom);
        of_scene_add_place(scene, word, rect, outline->from - rect.width - 5, (top + bottom - rect.height) / 2, lines);
        of_scene_add_place(scene, word, rect, outline->from - rect.width - 5, top, lines);
        of_scene_add_place(scene, word, rect, outline->from - rect.width - 5, bottom - rect.height, lines);
        of_scene_add_places_along(scene, word, outline, outline->from + 4, outline->to);
    }
}

/* --- Stances --- */

static void clear_stance(gpointer data)
{
    of_difference_clear(&((OfStance *) data)->difference);
}

/* Whether two states are one state's versions: both at the start, or of one event. */
static bool are_mates(const OfScene *scene, const OfLabState *old, const OfLabState *new)
{
    return (old->event == NULL && new->event == NULL) ||
           (old->event != NULL &&
            new->event != NULL &&of_revisions_mate(scene->drawing->revisions, &old->event->item) == &new->event->item);
}

static bool same_stance(const OfScene *scene, const OfStrategy *old, const OfStrategy *new)
{
    return old == NULL || new == NULL ? old == new
                                      : of_revisions_mate(scene->drawing->revisions, &old->item) ==
                                            &new->item &&g_str_equal(of_item_label(&old->item), of_item_label(&new->item));
}

static void compare_stance(const OfScene *scene, const OfSceneLane *lane, OfStance *stance)
{
    const OfLabState *old = stance->sides[OF_OLD], *new = stance->sides[OF_NEW];
    OfDifference *difference = &stance->difference;
    if (old != NULL && new != NULL && old->day == new->day &&same_stance(scene, old->strategy, new->strategy)) {
        return;
    }
    explain_states(scene, difference, lane, stance->sides);
    for (int side = 0; side < OF_N_REVISIONS && old != NULL && new != NULL; side++) {
        const OfStrategy *strategy = stance->sides[side]->strategy;
        of_scene_add_change(scene, &difference->changes, strategy != NULL ? &strategy->item : NULL);
    }
    difference->delta =
        old != NULL && new != NULL && difference->changes != NULL ? OF_DELTA_CHANGED : of_scene_delta(difference->changes);
}

/* Whether a state of a lane is in the window while its lab is there. */
static bool is_in_lane(const OfScene *scene, const OfSceneLane *lane, OfRevisionSide side, const OfLabState *state)
{
    const OfSelection *selection = &scene->drawing->selection;
    OfDay end = MIN(selection->to, lane->end[side] == OF_DAY_OPEN ? selection->to : lane->end[side] - 1);
    if (lane->sides[side] == NULL) {
        return false;
    }
    for (guint i = 0; state != NULL && i + 1 < lane->sides[side]->stances.n; i++) {
        if (lane->sides[side]->stances.items[i] == state) {
            end = MIN(end, lane->sides[side]->stances.items[i + 1]->day - 1);
        }
    }
    return state != NULL && state->strategy != NULL && MAX(MAX(state->day, selection->from), lane->begin[side]) <= end;
}

static gint compare_stances(gconstpointer a, gconstpointer b)
{
    const OfStance *left = a, *right = b;
    const OfLabState *first = left->sides[left->sides[OF_NEW] != NULL], *second = right->sides[right->sides[OF_NEW] != NULL];
    return (first->day > second->day) - (first->day < second->day);
}

GArray *of_scene_list_stances(const OfScene *scene, guint lane)
{
    const OfSceneLane *sides = of_scene_lane_sides(scene, lane);
    const OfLab *old = sides->sides[OF_OLD], *new = sides->sides[OF_NEW];
    GArray *stances = g_array_new(FALSE, FALSE, sizeof(OfStance));
    g_array_set_clear_func(stances, clear_stance);
    for (guint i = 0; new != NULL &&i < new->stances.n; i++) {
        OfStance stance = {.sides = {NULL, new->stances.items[i]}};
        for (guint j = 0; old != NULL && j < old->stances.n; j++) {
            if (are_mates(scene, old->stances.items[j], stance.sides[OF_NEW])) {
                stance.sides[OF_OLD] = old->stances.items[j];
            }
        }
        g_array_append_val(stances, stance);
    }
    for (guint i = 0; old != NULL && i < old->stances.n; i++) {
        bool paired = false;
        for (guint j = 0; new != NULL &&j < new->stances.n; j++) {
            paired = paired || are_mates(scene, old->stances.items[i], new->stances.items[j]);
        }
        if (!paired) {
            const OfStance stance = {.sides = {old->stances.items[i], NULL}};
            g_array_append_val(stances, stance);
        }
    }
    for (guint i = 0; of_scene_is_union(scene) && i < stances->len; i++) {
        OfStance *stance = &g_array_index(stances, OfStance, i);
        if (is_in_lane(scene, sides, OF_OLD, stance->sides[OF_OLD]) || is_in_lane(scene, sides, OF_NEW, stance->sides[OF_NEW])) {
            compare_stance(scene, sides, stance);
        }
    }
    if (of_scene_is_union(scene)) {
        g_array_sort(stances, compare_stances);
    }
    return stances;
}

/* The x of the day at which a state of a lab gives way to the next. */
static double stance_end(const OfScene *scene, const OfLab *lab, const OfLabState *state)
{
    for (guint i = 0; i + 1 < lab->stances.n; i++) {
        if (lab->stances.items[i] == state) {
            return of_timescale_get_x(scene->line->timescale, lab->stances.items[i + 1]->day);
        }
    }
    return scene->input.page.right;
}

static char *stance_text(const OfStance *stance, bool lane_alone)
{
    const OfLabState *old = stance->sides[OF_OLD], *new = stance->sides[OF_NEW];
    const char *before = old != NULL && old->strategy != NULL ? of_item_label(&old->strategy->item) : NULL;
    const char *after = new != NULL &&new->strategy != NULL ? of_item_label(&new->strategy->item) : NULL;
    if (old != NULL && new != NULL && stance->difference.delta != OF_DELTA_UNCHANGED &&before != NULL &&after != NULL &&
        old->day != new->day &&g_str_equal(before, after)) {
        g_autofree char *from = of_date_format(&old->date), *to = of_date_format(&new->date);
        return g_strdup_printf("Δ %s, %s → %s", after, from, to);
    }
    return of_difference_text(lane_alone ? OF_DELTA_UNCHANGED : stance->difference.delta, before, after);
}

/* Adds the words of one side's state of a stance, if that is in the picture. Returns NULL where it is not. */
static OfWord *add_stance_word(OfScene *scene, guint lane, const OfStance *stance, OfRevisionSide side)
{
    OfDrawing *drawing = scene->drawing;
    const OfSceneLane *sides = of_scene_lane_sides(scene, lane);
    const OfLab *lab = sides->sides[side];
    const OfLabState *state = stance->sides[side];
    const double end = stance_end(scene, lab, state);
    double from = of_timescale_get_x(scene->line->timescale, MAX(state->day, drawing->selection.from));
    const OfOutline *outline = NULL;
    for (double x = from; outline == NULL && x < end; x += STANCE_STEP) {
        outline = of_scene_outline_at(scene, (gint32) lane, x);
        from = x;
    }
    if (state->strategy == NULL || outline == NULL || state->day > drawing->selection.to || end <= scene->input.page.left ||
        (of_scene_is_union(scene) && !is_in_lane(scene, sides, side, state))) {
        return NULL;
    }
    const OfSelection *selection = &of_scene_side(scene, side)->selection;
    const bool stands_out =
        of_selection_stands_out(selection, lab->item.id) || of_selection_stands_out(selection, state->strategy->item.id);
    char *text = stance_text(stance, sides->sides[!side] == NULL);
    OfWord *word = of_scene_add_word(scene, OF_WORD_STANCE, text, OF_FACE_ITALIC, OF_SIZE_NOTE,
                                     of_drawing_color(drawing, drawing->theme->ink, stands_out));
    word->lab = lab;
    word->event = state->event;
    word->alone[side] = g_strdup(of_item_label(&state->strategy->item));
    word->difference = of_difference_copy(&stance->difference);
    const OfLabState *other = stance->sides[!side];
    if (other != NULL && stance->difference.delta != OF_DELTA_UNCHANGED && other->day < state->day) {
        from = of_timescale_get_x(scene->line->timescale, MAX(other->day, drawing->selection.from));
    }
    of_scene_add_places_along(scene, word, outline, MAX(from, outline->from) + 4, MAX(MIN(end, outline->to), from + 40));
    return word;
}

void of_scene_add_stance_names(OfScene *scene)
{
    for (guint lane = 0; lane < scene->labs->len; lane++) {
        g_autoptr(GArray) stances = of_scene_list_stances(scene, lane);
        for (guint i = 0; i < stances->len; i++) {
            const OfStance *stance = &g_array_index(stances, OfStance, i);
            const OfLabState *old = stance->sides[OF_OLD], *new = stance->sides[OF_NEW];
            OfWord *word = new != NULL ? add_stance_word(scene, lane, stance, OF_NEW) : NULL;
            if (old != NULL && word != NULL && old->day == new->day) {
                const bool shown = is_in_lane(scene, of_scene_lane_sides(scene, lane), OF_OLD, old);
                word->alone[OF_OLD] = shown ? g_strdup(of_item_label(&old->strategy->item)) : NULL;
            } else if (old != NULL) {
                word = add_stance_word(scene, lane, stance, OF_OLD);
                if (word != NULL) {
                    word->alone_only = is_in_lane(scene, of_scene_lane_sides(scene, lane), OF_NEW, new);
                }
            }
        }
    }
}

/* --- Milestones --- */

static bool mark_is_free(const OfScene *scene, double x, double y)
{
    for (guint i = 0; i < scene->marks->len; i++) {
        const OfMark *mark = &g_array_index(scene->marks, OfMark, i);
        if (fabs(mark->x - x) < 2 * OF_MARK && fabs(mark->y - y) < 2 * OF_MARK) {
            return false;
        }
    }
    return true;
}

/* The outline of a lane nearest to x: where changes crowd, a lane may stand a little off its days. NULL where the lane is nowhere. */
static const OfOutline *nearest_outline(const OfScene *scene, gint32 lane, double x)
{
    const GArray *outlines = scene->line->outlines->outlines;
    const OfOutline *nearest = NULL;
    double least = G_MAXDOUBLE;
    for (guint i = 0; i < outlines->len; i++) {
        const OfOutline *outline = &g_array_index(outlines, OfOutline, i);
        const double distance = MAX(MAX(outline->from - x, x - outline->to), 0);
        if (outline->lane == lane && distance < least) {
            nearest = outline;
            least = distance;
        }
    }
    return nearest;
}

/* Puts a mark at its day on its lane: on the lower edge, else the upper one, else between. */
static void add_mark(OfScene *scene, OfMark mark)
{
    mark.x = of_timescale_get_x(scene->line->timescale, mark.event->day);
    const OfOutline *outline = nearest_outline(scene, of_scene_lane(scene, mark.lab), mark.x);
    if (outline == NULL) {
        return;
    }
    mark.x = CLAMP(mark.x, outline->from, outline->to);
    double top = 0, bottom = 0;
    of_outlines_get_span(scene->line->outlines, outline, mark.x, &top, &bottom);
    const double heights[] = {bottom, top, (top + bottom) / 2, bottom - 2 * OF_MARK, top + 2 * OF_MARK};
    mark.y = heights[0];
    for (gsize j = 0; j < G_N_ELEMENTS(heights); j++) {
        if (mark_is_free(scene, mark.x, heights[j])) {
            mark.y = heights[j];
            break;
        }
    }
    g_array_append_val(scene->marks, mark);
}

static bool has_moved(const OfScene *scene, const OfMilestone *milestone)
{
    const OfEvent *old = milestone->sides[OF_OLD], *new = milestone->sides[OF_NEW];
    return old->day != new->day ||
           of_scene_lane(scene, of_scene_milestone_lab(old)) != of_scene_lane(scene, of_scene_milestone_lab(new));
}

void of_scene_add_marks(OfScene *scene)
{
    for (guint i = 0; i < scene->milestones->len; i++) {
        const OfMilestone *milestone = &g_array_index(scene->milestones, OfMilestone, i);
        const OfEvent *old = milestone->sides[OF_OLD], *new = milestone->sides[OF_NEW];
        const bool shared = old != NULL && new != NULL && !has_moved(scene, milestone);
        if (new != NULL) {
            add_mark(scene, (OfMark){.event = new,
                                     .lab = of_scene_milestone_lab(new),
                                     .milestone = i,
                                     .side = OF_NEW,
                                     .shared = shared,
                                     .other = old});
        }
        if (old != NULL && !shared) {
            add_mark(scene,
                     (OfMark){.event = old, .lab = of_scene_milestone_lab(old), .milestone = i, .side = OF_OLD, .other = new});
        }
    }
}

bool of_scene_find_tie(const OfScene *scene, const OfMark *mark, OfLayoutPoint tie[4])
{
    for (guint i = 0; mark->side == OF_OLD && mark->other != NULL && i < scene->marks->len; i++) {
        const OfMark *other = &g_array_index(scene->marks, OfMark, i);
        for (guint j = 0; other->milestone == mark->milestone && other->side == OF_NEW && j < 4; j++) {
            tie[j] = (OfLayoutPoint){mark->x + (other->x - mark->x) * j / 3, mark->y + (other->y - mark->y) * j / 3};
        }
        if (other->milestone == mark->milestone && other->side == OF_NEW) {
            return true;
        }
    }
    return false;
}

static char *cited_text(const OfScene *scene, const OfEvent *event)
{
    OfDrawing *side = of_scene_side(scene, of_scene_side_of(scene, &event->item));
    g_autofree char *text = of_event_text(event), *cited = of_drawing_cite(side, &event->item);
    return cited != NULL ? g_strdup_printf("%s %s", text, cited) : g_steal_pointer(&text);
}

char *of_scene_milestone_text(const OfScene *scene, guint milestone, OfPanel panel, OfDifference *difference)
{
    const OfMilestone *sides = &g_array_index(scene->milestones, OfMilestone, milestone);
    const OfEvent *old = sides->sides[OF_OLD], *new = sides->sides[OF_NEW];
    *difference = (OfDifference){OF_DELTA_UNCHANGED, NULL};
    if (!of_scene_is_union(scene)) {
        return cited_text(scene, new);
    }
    if (panel != OF_PANEL_DIFF) {
        const OfEvent *event = panel == OF_PANEL_BEFORE ? old : new;
        return event != NULL ? cited_text(scene, event) : NULL;
    }
    g_autofree char *before = old != NULL ? of_event_text(old) : NULL, *after = new != NULL ? cited_text(scene, new) : NULL;
    g_autofree char *bare = new != NULL ? of_event_text(new) : NULL;
    const bool both = old != NULL && new != NULL, moved = both &&has_moved(scene, sides);
    const bool reworded = both && !g_str_equal(before, bare);
    if (!both || moved || reworded) {
        of_scene_add_change(scene, &difference->changes, new != NULL ? &new->item : &old->item);
        difference->delta = of_scene_delta(difference->changes);
    }
    g_autofree char *text = of_difference_text(difference->delta, reworded ? before : NULL, after != NULL ? after : before);
    if (both && old->day != new->day && difference->delta != OF_DELTA_UNCHANGED) {
        g_autofree char *from = of_date_format(&old->date), *to = of_date_format(&new->date);
        return g_strdup_printf("%s, %s → %s", text, from, to);
    }
    return g_steal_pointer(&text);
}

void of_scene_add_milestone_words(OfScene *scene)
{
    OfDrawing *drawing = scene->drawing;
    for (guint i = 0; i < scene->marks->len; i++) {
        const OfMark *mark = &g_array_index(scene->marks, OfMark, i);
        const OfSelection *selection = &of_scene_side(scene, mark->side)->selection;
        const bool stands_out =
            of_selection_stands_out(selection, mark->event->item.key) || of_selection_stands_out(selection, mark->lab->item.id);
        OfDifference difference, none;
        char *words = of_scene_milestone_text(scene, mark->milestone, OF_PANEL_DIFF, &difference);
        const bool marked = difference.delta != OF_DELTA_UNCHANGED;
        OfWord *word = of_scene_add_word(scene, OF_WORD_MILESTONE, words, marked ? OF_FACE_BOLD : OF_FACE_REGULAR, OF_SIZE_NOTE,
                                         of_drawing_color(drawing, drawing->theme->ink, stands_out));
        word->plain = OF_FACE_REGULAR;
        word->difference = difference;
        word->alone_only = mark->side == OF_OLD && mark->other != NULL;
        word->lab = mark->lab;
        word->event = mark->event;
        word->mark_x = mark->x;
        word->mark_y = mark->y;
        if (of_scene_is_union(scene) && (mark->shared || mark->side == OF_OLD)) {
            word->alone[OF_OLD] = of_scene_milestone_text(scene, mark->milestone, OF_PANEL_BEFORE, &none);
        }
        if (mark->side == OF_NEW) {
            word->alone[OF_NEW] = of_scene_milestone_text(scene, mark->milestone, OF_PANEL_AFTER, &none);
        }
        of_scene_add_places_around(scene, word, mark->x, mark->y);
    }
}
