/* Who and what is in a storyline: labs as lanes, people as lines, milestones; of one revision, or of two together. */
#include "view/storyline_scene.h"

#include <string.h>

#define MOST_NAMES 600 /* people whose lines carry names */

void of_scene_init(OfScene *scene, OfDrawing *drawing)
{
    *scene = (OfScene){.drawing = drawing};
    scene->labs = g_ptr_array_new();
    scene->lane_sides = g_array_new(FALSE, TRUE, sizeof(OfSceneLane));
    scene->lane_of = g_hash_table_new(NULL, NULL);
    scene->seen_labs = g_hash_table_new(NULL, NULL);
    scene->people = g_ptr_array_new();
    scene->cast = g_array_new(FALSE, TRUE, sizeof(OfCast));
    scene->parts = g_array_new(FALSE, TRUE, sizeof(OfPart));
    scene->first_part = g_array_new(FALSE, TRUE, sizeof(guint));
    scene->stints = g_ptr_array_new();
    scene->first_stint = g_array_new(FALSE, TRUE, sizeof(guint));
    scene->lanes = g_array_new(FALSE, TRUE, sizeof(OfLayoutLane));
    scene->layout_stints = g_array_new(FALSE, TRUE, sizeof(OfLayoutStint));
    scene->variant_of = g_array_new(FALSE, TRUE, sizeof(guint32));
    scene->pinned = g_array_new(FALSE, TRUE, sizeof(gint32));
    scene->milestones = g_array_new(FALSE, TRUE, sizeof(OfMilestone));
    scene->words = g_array_new(FALSE, TRUE, sizeof(OfWord));
    scene->marks = g_array_new(FALSE, TRUE, sizeof(OfMark));
    scene->cuts = g_array_new(FALSE, TRUE, sizeof(double));
    scene->line_cuts = g_ptr_array_new_with_free_func(g_free);
    for (int side = 0; side < OF_N_REVISIONS; side++) {
        const OfDay to = drawing->selection.to;
        const OfDrawing *of_side = of_scene_side(scene, side);
        scene->known[side] = of_side != NULL && of_scene_is_union(scene) ? MIN(to, of_side->story->last_day) : to;
    }
}

void of_scene_clear(OfScene *scene)
{
    of_scene_clear_words(scene);
    g_array_unref(scene->words);
    g_array_unref(scene->marks);
    g_array_unref(scene->cuts);
    g_ptr_array_unref(scene->line_cuts);
    of_storyline_free(scene->line);
    of_scene_clear_earlier(scene);
    for (guint i = 0; i < scene->parts->len; i++) {
        OfPart *part = &g_array_index(scene->parts, OfPart, i);
        of_difference_clear(&part->difference);
        g_free(part->note);
    }
    g_array_unref(scene->parts);
    g_array_unref(scene->first_part);
    g_ptr_array_unref(scene->labs);
    g_array_unref(scene->lane_sides);
    g_hash_table_unref(scene->lane_of);
    g_hash_table_unref(scene->seen_labs);
    g_ptr_array_unref(scene->people);
    g_array_unref(scene->cast);
    g_ptr_array_unref(scene->stints);
    g_array_unref(scene->first_stint);
    g_array_unref(scene->lanes);
    g_array_unref(scene->layout_stints);
    g_array_unref(scene->variant_of);
    g_array_unref(scene->pinned);
    g_array_unref(scene->milestones);
}

/* --- Sides --- */

bool of_scene_is_union(const OfScene *scene)
{
    return scene->drawing->other != NULL;
}

OfDrawing *of_scene_side(const OfScene *scene, OfRevisionSide side)
{
    return side == OF_NEW ? scene->drawing : scene->drawing->other;
}

OfRevisionSide of_scene_side_of(const OfScene *scene, const OfItem *item)
{
    return of_scene_is_union(scene) && of_revisions_is_old(scene->drawing->revisions, item) ? OF_OLD : OF_NEW;
}

OfRevisionSide of_scene_shown(const OfScene *scene)
{
    return of_scene_is_union(scene) && scene->drawing->panel == OF_PANEL_BEFORE ? OF_OLD : OF_NEW;
}

bool of_scene_shows(const OfScene *scene, OfRevisionSide side)
{
    return !of_scene_is_union(scene) || scene->drawing->panel == OF_PANEL_DIFF || of_scene_shown(scene) == side;
}

/* --- Lanes --- */

const OfLab *of_scene_lab(const OfScene *scene, gint32 lane)
{
    return lane == OF_LANE_NONE ? NULL : scene->labs->pdata[lane];
}

gint32 of_scene_lane(const OfScene *scene, const OfLab *lab)
{
    const guint index = GPOINTER_TO_UINT(g_hash_table_lookup(scene->lane_of, lab));
    return index > 0 ? (gint32) index - 1 : OF_LANE_NONE;
}

const OfSceneLane *of_scene_lane_sides(const OfScene *scene, guint lane)
{
    return &g_array_index(scene->lane_sides, OfSceneLane, lane);
}

const OfLab *of_scene_parent(const OfScene *scene, const OfLab *lab)
{
    return of_lab_parent_on(lab, MIN(scene->drawing->selection.to, lab->end_day == OF_DAY_MAX ? OF_DAY_MAX : lab->end_day - 1));
}

static gconstpointer mate_of(const OfScene *scene, const OfItem *item)
{
    return of_scene_is_union(scene) ? of_revisions_mate(scene->drawing->revisions, item) : NULL;
}

/* Adds a lab and those above it, unless it or its mate is there. */
static void add_lab(OfScene *scene, const OfLab *lab)
{
    for (; lab != NULL && g_hash_table_add(scene->seen_labs, (gpointer) lab); lab = of_scene_parent(scene, lab)) {
        const OfLab *mate = mate_of(scene, &lab->item);
        if (mate == NULL || !g_hash_table_contains(scene->seen_labs, mate)) {
            g_ptr_array_add(scene->labs, (gpointer) lab);
        }
    }
}

static gint compare_labs(gconstpointer a, gconstpointer b, gpointer data)
{
    const OfDrawing *drawing = data;
    const OfLab *const *left = a, *const *right = b;
    return strcmp(of_drawing_key(drawing, &(*left)->item), of_drawing_key(drawing, &(*right)->item));
}

static void number_lanes(OfScene *scene)
{
    g_ptr_array_sort_with_data(scene->labs, compare_labs, scene->drawing);
    for (guint i = 0; i < scene->labs->len; i++) {
        const OfLab *lab = scene->labs->pdata[i], *mate = mate_of(scene, &lab->item);
        const OfRevisionSide side = of_scene_side_of(scene, &lab->item);
        OfSceneLane sides = {.begin = {OF_DAY_MAX, OF_DAY_MAX}, .end = {OF_DAY_MIN, OF_DAY_MIN}};
        sides.sides[side] = lab;
        g_hash_table_insert(scene->lane_of, (gpointer) lab, GUINT_TO_POINTER(i + 1));
        if (mate != NULL) {
            sides.sides[!side] = mate;
            g_hash_table_insert(scene->lane_of, (gpointer) mate, GUINT_TO_POINTER(i + 1));
        }
        g_array_append_val(scene->lane_sides, sides);
    }
}

/* --- People --- */

static void collect_side(OfScene *scene, OfRevisionSide side, GHashTable *people)
{
    const OfDrawing *drawing = of_scene_side(scene, side);
    for (guint i = 0; i < drawing->story->people.n; i++) {
        const OfPerson *person = drawing->story->people.items[i];
        if (!of_selection_shows_person(&drawing->selection, person)) {
            continue;
        }
        const OfPerson *mate = mate_of(scene, &person->item);
        OfCast *known = mate != NULL ? g_hash_table_lookup(people, mate) : NULL;
        if (known == NULL) {
            known = g_new0(OfCast, 1);
            g_hash_table_insert(people, (gpointer) person, known);
            g_ptr_array_add(scene->people, (gpointer) person);
        }
        known->sides[side] = person;
    }
}

static void collect_labs(OfScene *scene, OfRevisionSide side)
{
    const OfSelection *selection = &of_scene_side(scene, side)->selection;
    for (guint i = 0; i < scene->cast->len; i++) {
        const OfPerson *person = of_scene_cast(scene, i)->sides[side];
        for (guint j = 0; person != NULL && j < person->stints.n; j++) {
            if (of_selection_shows_stint(selection, person->stints.items[j])) {
                add_lab(scene, person->stints.items[j]->lab);
            }
        }
    }
}

/* Whether a person's own data or what moves them has changed. */
static bool has_changed(const OfScene *scene, const OfCast *cast)
{
    const OfRevisions *revisions = scene->drawing->revisions;
    bool changed = false;
    for (int side = 0; side < OF_N_REVISIONS; side++) {
        const OfPerson *person = cast->sides[side];
        changed = changed || (person != NULL && of_revisions_find(revisions, &person->item) != NULL);
        for (guint i = 0; person != NULL && i < person->stints.n && !changed; i++) {
            const OfStint *stint = person->stints.items[i];
            const OfEvent *const events[] = {stint->begin_event, stint->end_event};
            for (gsize j = 0; j < G_N_ELEMENTS(events); j++) {
                changed = changed || (events[j] != NULL && of_revisions_find(revisions, &events[j]->item) != NULL);
            }
        }
    }
    return changed;
}

/* Notes the labs of a person, or tells whether one of them is noted; labs of both revisions count as one. */
static bool meet_labs(const OfScene *scene, const OfCast *cast, GHashTable *labs, bool note)
{
    bool met = false;
    for (int side = 0; side < OF_N_REVISIONS; side++) {
        const OfPerson *person = cast->sides[side];
        for (guint i = 0; person != NULL && i < person->stints.n; i++) {
            const OfLab *lab = person->stints.items[i]->lab;
            gconstpointer mate = mate_of(scene, &lab->item);
            met = met || g_hash_table_contains(labs, lab);
            if (note) {
                g_hash_table_add(labs, (gpointer) lab);
                g_hash_table_add(labs, (gpointer) (mate != NULL ? mate : lab));
            }
        }
    }
    return met;
}

/* --context: those whose ways changed, and with each step those who were ever at a lab of theirs. */
static void keep_context(OfScene *scene)
{
    const guint n = scene->cast->len;
    g_autofree bool *kept = g_new0(bool, (gsize) n + 1);
    g_autoptr(GHashTable) labs = g_hash_table_new(NULL, NULL);
    for (guint i = 0; i < n; i++) {
        kept[i] = has_changed(scene, of_scene_cast(scene, i));
    }
    bool grown = true;
    for (int step = 0; step < scene->drawing->task->context && grown; step++) {
        grown = false;
        for (guint i = 0; i < n; i++) {
            if (kept[i]) {
                meet_labs(scene, of_scene_cast(scene, i), labs, true);
            }
        }
        for (guint i = 0; i < n; i++) {
            const bool near = !kept[i] && meet_labs(scene, of_scene_cast(scene, i), labs, false);
            kept[i] = kept[i] || near;
            grown = grown || near;
        }
    }
    for (guint i = n; i-- > 0;) {
        if (!kept[i]) {
            g_array_remove_index(scene->cast, i);
            g_ptr_array_remove_index(scene->people, i);
        }
    }
}

static gint compare_people(gconstpointer a, gconstpointer b, gpointer data)
{
    const OfDrawing *drawing = data;
    const OfPerson *const *left = a, *const *right = b;
    return strcmp(of_drawing_key(drawing, &(*left)->item), of_drawing_key(drawing, &(*right)->item));
}

static void collect_people(OfScene *scene)
{
    g_autoptr(GHashTable) people = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    collect_side(scene, OF_NEW, people);
    if (of_scene_is_union(scene)) {
        collect_side(scene, OF_OLD, people);
        g_ptr_array_sort_with_data(scene->people, compare_people, scene->drawing);
    }
    for (guint i = 0; i < scene->people->len; i++) {
        g_array_append_vals(scene->cast, g_hash_table_lookup(people, scene->people->pdata[i]), 1);
    }
    if (of_scene_is_union(scene) && scene->drawing->task->context >= 0) {
        keep_context(scene);
    }
    collect_labs(scene, OF_NEW);
    if (of_scene_is_union(scene)) {
        collect_labs(scene, OF_OLD);
    }
    number_lanes(scene);
}

const OfCast *of_scene_cast(const OfScene *scene, guint person)
{
    return &g_array_index(scene->cast, OfCast, person);
}

bool of_scene_find_person(const OfScene *scene, const OfPerson *person)
{
    for (guint i = 0; person != NULL && i < scene->cast->len; i++) {
        const OfCast *cast = of_scene_cast(scene, i);
        if (cast->sides[OF_OLD] == person || cast->sides[OF_NEW] == person) {
            return true;
        }
    }
    return false;
}

/* --- Milestones --- */

const OfLab *of_scene_milestone_lab(const OfEvent *event)
{
    return event->lab != NULL ? event->lab : event->to;
}

static bool is_milestone(const OfScene *scene, OfRevisionSide side, const OfEvent *event)
{
    const OfSelection *selection = &of_scene_side(scene, side)->selection;
    const bool shown = of_event_type_info(event->type)->milestone || event->type == OF_EVENT_TRANSFER;
    const OfLab *lab = of_scene_milestone_lab(event);
    return shown && lab != NULL && g_hash_table_contains(scene->seen_labs, lab) && event->day >= selection->from &&
           event->day <= selection->to && of_selection_has_event(selection, event);
}

static gint compare_milestones(gconstpointer a, gconstpointer b, gpointer data)
{
    const OfDrawing *drawing = data;
    const OfMilestone *left = a, *right = b;
    const OfEvent *first = left->sides[left->sides[OF_NEW] != NULL], *second = right->sides[right->sides[OF_NEW] != NULL];
    return first->day != second->day ? (first->day > second->day) - (first->day < second->day)
                                     : strcmp(of_drawing_key(drawing, &first->item), of_drawing_key(drawing, &second->item));
}

static void collect_milestones(OfScene *scene)
{
    const OfStory *story = scene->drawing->story;
    g_autoptr(GHashTable) paired = g_hash_table_new(NULL, NULL);
    for (guint i = 0; i < story->events.n; i++) {
        const OfEvent *event = story->events.items[i];
        if (is_milestone(scene, OF_NEW, event)) {
            OfMilestone milestone = {.sides = {mate_of(scene, &event->item), event}};
            if (milestone.sides[OF_OLD] != NULL && is_milestone(scene, OF_OLD, milestone.sides[OF_OLD])) {
                g_hash_table_add(paired, (gpointer) milestone.sides[OF_OLD]);
            } else {
                milestone.sides[OF_OLD] = NULL;
            }
            g_array_append_val(scene->milestones, milestone);
        }
    }
    if (!of_scene_is_union(scene)) {
        return;
    }
    const OfStory *old = of_scene_side(scene, OF_OLD)->story;
    for (guint i = 0; i < old->events.n; i++) {
        const OfEvent *event = old->events.items[i];
        if (is_milestone(scene, OF_OLD, event) && !g_hash_table_contains(paired, event)) {
            const OfMilestone milestone = {.sides = {event, NULL}};
            g_array_append_val(scene->milestones, milestone);
        }
    }
    g_array_sort_with_data(scene->milestones, compare_milestones, scene->drawing);
}

/* --- Days of lanes --- */

/* The days over which the drawing knows of a lab. */
typedef struct {
    OfDay begin, end; /* end excluded */
} Span;

static void widen(Span *span, OfDay begin, OfDay end)
{
    span->begin = MIN(span->begin, begin);
    span->end = MAX(span->end, end);
}

/* From a revision's stints, those of the labs below included, and milestones. One span a lane. */
static Span *collect_spans(const OfScene *scene, OfRevisionSide side)
{
    const OfSelection *selection = &of_scene_side(scene, side)->selection;
    Span *spans = g_new(Span, scene->labs->len);
    for (guint i = 0; i < scene->labs->len; i++) {
        spans[i] = (Span){OF_DAY_MAX, OF_DAY_MIN};
    }
    for (guint i = 0; i < scene->cast->len; i++) {
        const OfPerson *person = of_scene_cast(scene, i)->sides[side];
        for (guint j = 0; person != NULL && j < person->stints.n; j++) {
            const OfStint *stint = person->stints.items[j];
            const OfLab *lab = of_selection_shows_stint(selection, stint) ? stint->lab : NULL;
            for (; lab != NULL; lab = of_scene_parent(scene, lab)) {
                widen(&spans[of_scene_lane(scene, lab)], stint->begin_day, stint->end_day);
            }
        }
    }
    for (guint i = 0; i < scene->milestones->len; i++) {
        const OfEvent *event = g_array_index(scene->milestones, OfMilestone, i).sides[side];
        if (event != NULL) {
            widen(&spans[of_scene_lane(scene, of_scene_milestone_lab(event))], event->day, event->day + 1);
        }
    }
    return spans;
}

/* A lane begins and ends with its lab; where that is not known, with the first and last that the drawing knows of it. */
static void date_lanes(OfScene *scene, OfRevisionSide side)
{
    g_autofree Span *spans = collect_spans(scene, side);
    for (guint i = 0; i < scene->labs->len; i++) {
        OfSceneLane *sides = &g_array_index(scene->lane_sides, OfSceneLane, i);
        const OfLab *lab = sides->sides[side];
        if (lab == NULL || (of_scene_is_union(scene) && spans[i].begin == OF_DAY_MAX)) {
            sides->sides[side] = NULL;
            continue;
        }
        const bool known_begin = of_date_is_set(&lab->begin), known_end = of_date_is_set(&lab->end);
        sides->begin[side] = known_begin ? lab->begin_day : spans[i].begin;
        sides->end[side] = known_end ? lab->end_day : known_begin ? OF_DAY_OPEN : spans[i].end;
        if (sides->end[side] > scene->drawing->selection.to) {
            sides->end[side] = OF_DAY_OPEN;
        }
    }
}

/* One revision's lane lasts to the end of the window because it knows of no end yet: then the other's end holds. */
static void settle_ends(OfScene *scene, OfSceneLane *lane)
{
    for (int side = 0; side < OF_N_REVISIONS; side++) {
        if (lane->sides[side] != NULL && lane->sides[!side] != NULL && lane->end[side] == OF_DAY_OPEN &&
            lane->end[!side] > scene->known[side]) {
            lane->end[side] = lane->end[!side];
        }
    }
}

static void make_lanes(OfScene *scene)
{
    for (int side = of_scene_is_union(scene) ? OF_OLD : OF_NEW; side < OF_N_REVISIONS; side++) {
        date_lanes(scene, side);
    }
    for (guint i = 0; i < scene->labs->len; i++) {
        OfSceneLane *sides = &g_array_index(scene->lane_sides, OfSceneLane, i);
        settle_ends(scene, sides);
        const OfLab *parent = of_scene_parent(scene, scene->labs->pdata[i]);
        const OfLayoutLane lane = {.parent = of_scene_lane(scene, parent),
                                   .begin = MIN(sides->begin[OF_OLD], sides->begin[OF_NEW]),
                                   .end = MAX(sides->end[OF_OLD], sides->end[OF_NEW])};
        g_array_append_val(scene->lanes, lane);
    }
}

static void pin_lanes(OfScene *scene)
{
    for (int side = OF_NEW; side >= 0 && of_scene_side(scene, side) != NULL; side--) {
        const OfDrawing *drawing = of_scene_side(scene, side);
        for (char **id = drawing->options->order; id != NULL && *id != NULL; id++) {
            const OfLab *lab = of_story_find_lab(drawing->story, *id);
            const gint32 lane = lab != NULL ? of_scene_lane(scene, lab) : OF_LANE_NONE;
            bool pinned = lane == OF_LANE_NONE;
            for (guint i = 0; i < scene->pinned->len && of_scene_is_union(scene); i++) {
                pinned = pinned || g_array_index(scene->pinned, gint32, i) == lane;
            }
            if (!pinned) {
                g_array_append_val(scene->pinned, lane);
            }
        }
    }
}

/* --- Stints --- */

void of_scene_add_stint(OfScene *scene, guint line, const OfStint *stint, OfDay begin, OfDay end)
{
    const OfSelection *selection = &scene->drawing->selection;
    const OfDay from = MAX(begin, selection->from), to = MIN(stint->end_day, end);
    OfLayoutStint made = {.person = line, .lane = (guint32) of_scene_lane(scene, stint->lab), .concurrent = stint->concurrent};
    made.from = made.from_first = made.from_last = MAX(stint->begin_day, from);
    made.to = made.to_first = made.to_last = to > selection->to ? OF_DAY_OPEN : to;
    if (of_date_is_set(&stint->from) && stint->begin_day > selection->from && stint->begin_day >= from) {
        made.from_first = MIN(MAX(stint->from.first, selection->from), made.from);
        made.from_last = MAX(MIN(stint->from.last, selection->to), made.from);
    }
    if (of_date_is_set(&stint->to) && made.to != OF_DAY_OPEN && to == stint->end_day) {
        made.to_first = MIN(MAX(stint->to.first, selection->from), made.to);
        made.to_last = MAX(MIN(stint->to.last, selection->to), made.to);
    }
    g_array_append_val(scene->layout_stints, made);
    g_ptr_array_add(scene->stints, (gpointer) stint);
}

void of_scene_person_stints(const OfScene *scene, guint line, guint *first, guint *end)
{
    *first = g_array_index(scene->first_stint, guint, line);
    *end = g_array_index(scene->first_stint, guint, line + 1);
}

void of_scene_collect(OfScene *scene)
{
    collect_people(scene);
    collect_milestones(scene);
    make_lanes(scene);
    of_scene_make_lines(scene);
    pin_lanes(scene);
}

/* --- What lines look like --- */

bool of_scene_has_names(const OfScene *scene)
{
    return scene->people->len <= MOST_NAMES;
}

/* The revision that a line speaks of in this picture. */
static OfRevisionSide side_of_line(const OfScene *scene, guint line)
{
    const OfCast *cast = of_scene_cast(scene, of_scene_line_person(scene, line));
    const OfRevisionSide wanted = line >= scene->people->len ? OF_OLD : of_scene_shown(scene);
    return cast->sides[wanted] != NULL ? wanted : (OfRevisionSide) !wanted;
}

static const OfLab *last_lab(const OfScene *scene, guint line)
{
    const OfRevisionSide side = side_of_line(scene, line);
    const OfPerson *person = of_scene_cast(scene, of_scene_line_person(scene, line))->sides[side];
    const OfStint *last = NULL;
    for (guint i = 0; i < person->stints.n; i++) {
        const OfStint *stint = person->stints.items[i];
        if (of_selection_shows_stint(&of_scene_side(scene, side)->selection, stint) &&
            (last == NULL || stint->end_day > last->end_day)) {
            last = stint;
        }
    }
    return last != NULL ? last->lab : NULL;
}

static bool stands_out_on(const OfScene *scene, const OfPerson *person)
{
    const OfSelection *selection = &of_scene_side(scene, of_scene_side_of(scene, &person->item))->selection;
    bool stands_out = of_selection_stands_out(selection, person->item.id);
    for (guint i = 0; i < person->stints.n && !stands_out; i++) {
        const OfStint *stint = person->stints.items[i];
        stands_out = of_selection_shows_stint(selection, stint) &&
                     (of_selection_stands_out(selection, stint->lab->item.id) ||
                      (stint->begin_event != NULL && of_selection_stands_out(selection, stint->begin_event->item.key)));
    }
    return stands_out;
}

bool of_scene_person_stands_out(const OfScene *scene, guint person)
{
    const OfCast *cast = of_scene_cast(scene, person);
    return (cast->sides[OF_NEW] != NULL && stands_out_on(scene, cast->sides[OF_NEW])) ||
           (cast->sides[OF_OLD] != NULL && stands_out_on(scene, cast->sides[OF_OLD]));
}

const char *of_scene_person_color(const OfScene *scene, guint line)
{
    OfDrawing *drawing = scene->drawing;
    return of_drawing_color(drawing, of_coloring_lab(drawing->coloring, last_lab(scene, line)),
                            of_scene_person_stands_out(scene, of_scene_line_person(scene, line)));
}

static void list_cited(GPtrArray *items, const OfSelection *selection, const OfPerson *person)
{
    for (guint i = 0; i < person->stints.n; i++) {
        const OfStint *stint = person->stints.items[i];
        const OfEvent *const events[] = {stint->begin_event, stint->end_event};
        for (gsize j = 0; of_selection_shows_stint(selection, stint) && j < G_N_ELEMENTS(events); j++) {
            if (events[j] != NULL && of_selection_has_date(selection, &events[j]->date)) {
                g_ptr_array_add(items, (gpointer) &events[j]->item);
            }
        }
        if (stint->decl != NULL && of_selection_shows_stint(selection, stint)) {
            g_ptr_array_add(items, (gpointer) &stint->decl->item);
        }
    }
}

char *of_scene_cite_person(const OfScene *scene, guint person)
{
    g_autoptr(GPtrArray) items = g_ptr_array_new();
    const OfRevisionSide side = side_of_line(scene, person);
    list_cited(items, &of_scene_side(scene, side)->selection, of_scene_cast(scene, person)->sides[side]);
    return of_drawing_cite_all(of_scene_side(scene, side), (const OfItem *const *) items->pdata, items->len);
}
