/* Where two revisions of a person's way part. The new way is the person's line; where only the old one is somewhere the line goes on as the
 * old one's; where both are somewhere else the old way is laid out as a version of the line (layout/variants.h). What happens after the
 * last day that a revision speaks of says nothing against it: who has not left by then has not stayed. */
#include "view/storyline_scene.h"

#define ABSENT (-2) /* beside lanes and OF_LANE_NONE, between two labs */

/* Where the main line is over some days. */
typedef struct {
    OfDay from, to;
    gint32 lane; /* or OF_LANE_NONE */
    const OfStint *stint;
} Leg;

typedef struct {
    OfScene *scene;
    guint person;
    GArray *legs[OF_N_REVISIONS]; /* of Leg */
} Pair;

guint of_scene_line_person(const OfScene *scene, guint line)
{
    return line < scene->people->len ? line : g_array_index(scene->variant_of, guint32, line);
}

void of_scene_person_parts(const OfScene *scene, guint person, guint *first, guint *end)
{
    const bool any = scene->first_part->len > 0;
    *first = any ? g_array_index(scene->first_part, guint, person) : 0;
    *end = any ? g_array_index(scene->first_part, guint, person + 1) : 0;
}

OfPart *of_scene_part(const OfScene *scene, guint index)
{
    return &g_array_index(scene->parts, OfPart, index);
}

const OfStint *of_scene_counterpart(const OfScene *scene, const OfStint *stint, OfRevisionSide side)
{
    if (!of_scene_is_union(scene) || of_scene_side_of(scene, &stint->person->item) == side) {
        return stint;
    }
    const OfPerson *person = (gconstpointer) of_revisions_mate(scene->drawing->revisions, &stint->person->item);
    const gint32 lane = of_scene_lane(scene, stint->lab);
    const OfStint *best = NULL;
    gint64 most = 0;
    for (guint i = 0; person != NULL && i < person->stints.n; i++) {
        const OfStint *other = person->stints.items[i];
        const gint64 days = (gint64) MIN(stint->end_day, other->end_day) - MAX(stint->begin_day, other->begin_day);
        if (of_scene_lane(scene, other->lab) == lane && lane != OF_LANE_NONE && days > most) {
            best = other;
            most = days;
        }
    }
    return best;
}

/* --- Legs --- */

static gint compare_stints(gconstpointer a, gconstpointer b, gpointer data)
{
    const OfSelection *selection = data;
    const OfStint *left = *(const OfStint *const *) a, *right = *(const OfStint *const *) b;
    const OfDay from = MAX(left->begin_day, selection->from), other = MAX(right->begin_day, selection->from);
    return from != other ? (from > other) - (from < other) : (int) left->concurrent - (int) right->concurrent;
}

/* The main line as layout/slots.c finds it. */
static GArray *list_legs(const OfScene *scene, OfRevisionSide side, const OfPerson *person)
{
    GArray *legs = g_array_new(FALSE, FALSE, sizeof(Leg));
    if (person == NULL) {
        return legs;
    }
    OfSelection *selection = &of_scene_side(scene, side)->selection;
    g_autoptr(GPtrArray) stints = g_ptr_array_new();
    for (guint i = 0; i < person->stints.n; i++) {
        if (of_selection_shows_stint(selection, person->stints.items[i])) {
            g_ptr_array_add(stints, (gpointer) person->stints.items[i]);
        }
    }
    g_ptr_array_sort_with_data(stints, compare_stints, selection);
    OfDay day = selection->from;
    for (guint i = 0; i < stints->len; i++) {
        const OfStint *stint = stints->pdata[i];
        const OfDay begin = MAX(stint->begin_day, selection->from), end = MIN(stint->end_day, selection->to + 1);
        const Leg leg = {legs->len > 0 ? MAX(begin, day) : begin, end, of_scene_lane(scene, stint->lab), stint};
        if (leg.from >= leg.to) {
            continue;
        }
        if (legs->len > 0 && day < leg.from) {
            const Leg gap = {day, leg.from, OF_LANE_NONE, NULL};
            g_array_append_val(legs, gap);
        }
        g_array_append_val(legs, leg);
        day = end;
    }
    return legs;
}

static const Leg *find_leg(const GArray *legs, OfDay day)
{
    for (guint i = 0; i < legs->len; i++) {
        const Leg *leg = &g_array_index(legs, Leg, i);
        if (leg->from <= day && day < leg->to) {
            return leg;
        }
    }
    return NULL;
}

static gint32 lane_on(const Pair *pair, OfRevisionSide side, OfDay day)
{
    const Leg *leg = find_leg(pair->legs[side], day);
    return leg != NULL ? leg->lane : ABSENT;
}

static gint compare_days(gconstpointer a, gconstpointer b)
{
    const OfDay left = *(const OfDay *) a, right = *(const OfDay *) b;
    return (left > right) - (left < right);
}

static void sort_days(GArray *days)
{
    guint n = 0;
    g_array_sort(days, compare_days);
    for (guint i = 0; i < days->len; i++) {
        const OfDay day = g_array_index(days, OfDay, i);
        if (n == 0 || g_array_index(days, OfDay, n - 1) != day) {
            g_array_index(days, OfDay, n++) = day;
        }
    }
    g_array_set_size(days, n);
}

/* --- Parts --- */

static void add_stint_changes(const OfScene *scene, OfChangeSet **changes, const OfStint *stint, OfDay from, OfDay to)
{
    const struct {
        OfDay day;
        const OfEvent *event;
    } ends[] = {{stint->begin_day, stint->begin_event}, {stint->end_day, stint->end_event}};
    for (gsize i = 0; i < G_N_ELEMENTS(ends); i++) {
        if (ends[i].day >= from && ends[i].day <= to) {
            of_scene_add_change(scene, changes, ends[i].event != NULL ? &ends[i].event->item : &stint->person->item);
        }
    }
}

/* The changes behind a part: of what begins and ends stints within it, else of the labs. */
static void explain(const Pair *pair, OfPart *part)
{
    const OfScene *scene = pair->scene;
    OfChangeSet *changes = NULL;
    const OfCast *cast = of_scene_cast(scene, pair->person);
    for (int pass = 0; pass < 2 && changes == NULL; pass++) {
        for (int side = 0; side < OF_N_REVISIONS; side++) {
            const OfPerson *person = cast->sides[side];
            for (guint i = 0; person != NULL && i < person->stints.n; i++) {
                const OfStint *stint = person->stints.items[i];
                if (stint->begin_day > part->to || stint->end_day < part->from) {
                    continue;
                }
                if (pass == 0) {
                    add_stint_changes(scene, &changes, stint, part->from, part->to);
                } else {
                    of_scene_add_change(scene, &changes, &stint->lab->item);
                }
            }
        }
    }
    part->difference = (OfDifference){of_scene_delta(changes), changes};
}

/* A revision's first arrival within some days, or NULL. */
static const OfStint *find_arrival(const Pair *pair, OfRevisionSide side, OfDay from, OfDay to)
{
    const GArray *legs = pair->legs[side];
    for (guint i = 0; i < legs->len; i++) {
        const Leg *leg = &g_array_index(legs, Leg, i);
        if (leg->stint != NULL && leg->stint->begin_day >= from && leg->stint->begin_day <= to) {
            return leg->stint;
        }
    }
    return NULL;
}

static const OfStint *find_departure(const Pair *pair, OfRevisionSide side, OfDay from, OfDay to)
{
    const GArray *legs = pair->legs[side];
    for (guint i = legs->len; i-- > 0;) {
        const Leg *leg = &g_array_index(legs, Leg, i);
        if (leg->stint != NULL && leg->stint->end_day >= from && leg->stint->end_day <= to) {
            return leg->stint;
        }
    }
    return NULL;
}

static char *date_words(const OfDate *old, const OfDate *new)
{
    if (!of_date_is_set(old) || !of_date_is_set(new)) {
        return NULL;
    }
    g_autofree char *before = of_date_format(old), *after = of_date_format(new);
    return g_str_equal(before, after) ? NULL : g_strdup_printf("%s → %s", before, after);
}

/* What a reader is told where the ways part: the dates and labs of the arrivals, else of the departures. */
static void add_note(const Pair *pair, OfPart *part)
{
    const OfScene *scene = pair->scene;
    /* Before the window they came when they came. */
    const OfDay from = part->from > scene->drawing->selection.from ? part->from : OF_DAY_MIN;
    const OfStint *old = find_arrival(pair, OF_OLD, from, part->to), *new = find_arrival(pair, OF_NEW, from, part->to);
    g_autofree char *dates = NULL, *labs = NULL;
    if (old != NULL && new != NULL) {
        const OfDay last = scene->drawing->selection.to;
        dates = date_words(&old->from, &new->from);
        if (of_scene_lane(scene, old->lab) != of_scene_lane(scene, new->lab)) {
            labs = g_strdup_printf("to: %s → %s", of_lab_name_on(old->lab, last), of_lab_name_on(new->lab, last));
        }
        part->note_day = MAX(new->begin_day, scene->drawing->selection.from);
    } else if (old == NULL && new == NULL) {
        old = find_departure(pair, OF_OLD, part->from, part->to);
        new = find_departure(pair, OF_NEW, part->from, part->to);
        dates = old != NULL && new != NULL ? date_words(&old->to, &new->to) : NULL;
        part->note_day = new != NULL ? new->end_day : part->to;
    }
    if (dates != NULL || labs != NULL) {
        part->note =
            g_strdup_printf("%s %s%s%s", part->difference.delta == OF_DELTA_RETARGETED ? "↪" : "Δ", labs != NULL ? labs : "",
                            labs != NULL && dates != NULL ? ", " : "", dates != NULL ? dates : "");
    }
}

/* Adds the days from begin to before end, over which the revisions disagree throughout. */
static void add_part(Pair *pair, OfDay begin, OfDay end, bool old_alone, bool new_alone)
{
    OfScene *scene = pair->scene;
    const bool old_known = begin <= scene->known[OF_OLD], new_known = begin <= scene->known[OF_NEW];
    OfPart part = {.person = pair->person, .from = begin, .to = end, .owner = OF_PART_NEW, .old_line = OF_VARIANT_NONE};
    explain(pair, &part);
    if (old_alone) {
        part.owner = old_known ? OF_PART_OLD : OF_PART_BOTH;
        part.to = old_known ? end : begin; /* the new line ends here; the old one did not know */
    } else if (!new_alone && old_known) {
        part.old_line = 0; /* gets its number when all lines are known */
    }
    if (!new_known && part.owner == OF_PART_NEW) {
        part.owner = part.old_line != OF_VARIANT_NONE ? OF_PART_NEW : OF_PART_BOTH;
    }
    if (part.difference.delta != OF_DELTA_UNCHANGED) {
        add_note(pair, &part);
    }
    g_array_append_val(scene->parts, part);
}

static void compare_legs(Pair *pair)
{
    g_autoptr(GArray) days = g_array_new(FALSE, FALSE, sizeof(OfDay));
    for (int side = 0; side < OF_N_REVISIONS; side++) {
        for (guint i = 0; i < pair->legs[side]->len; i++) {
            const Leg *leg = &g_array_index(pair->legs[side], Leg, i);
            g_array_append_val(days, leg->from);
            g_array_append_val(days, leg->to);
        }
    }
    sort_days(days);
    for (guint i = 0, next = 0; i + 1 < days->len; i = next) {
        bool old_alone = true, new_alone = true;
        for (next = i; next + 1 < days->len; next++) {
            const OfDay day = g_array_index(days, OfDay, next);
            const gint32 old = lane_on(pair, OF_OLD, day), new = lane_on(pair, OF_NEW, day);
            if (old == new) {
                break;
            }
            old_alone = old_alone && new == ABSENT;
            new_alone = new_alone && old == ABSENT;
        }
        if (next > i) {
            add_part(pair, g_array_index(days, OfDay, i), g_array_index(days, OfDay, next), old_alone, new_alone);
        } else {
            next++;
        }
    }
}

static bool same_words(const OfDate *a, const OfDate *b)
{
    return of_date_is_set(a) == of_date_is_set(b) && (!of_date_is_set(a) || of_date_compare(a, b) == 0);
}

/* Arrivals on one day whose dates are written otherwise, or that are surer than before. */
static void compare_words(Pair *pair)
{
    OfScene *scene = pair->scene;
    for (guint i = 0; i < pair->legs[OF_NEW]->len; i++) {
        const OfStint *new = g_array_index(pair->legs[OF_NEW], Leg, i).stint;
        const OfStint *old = new != NULL ? of_scene_counterpart(scene, new, OF_OLD) : NULL;
        if (old == NULL || new->begin_day < scene->drawing->selection.from || old->begin_day != new->begin_day ||
            (same_words(&old->from, &new->from) && old->confidence == new->confidence)) {
            continue;
        }
        OfPart part = {.person = pair->person,
                       .from = new->begin_day,
                       .to = new->begin_day,
                       .owner = OF_PART_BOTH,
                       .old_line = OF_VARIANT_NONE,
                       .note_day = new->begin_day};
        explain(pair, &part);
        g_autofree char *dates = date_words(&old->from, &new->from);
        part.note = dates != NULL
                        ? g_strdup_printf("Δ %s", dates)
                        : g_strdup_printf("Δ %s → %s", of_confidence_names[old->confidence], of_confidence_names[new->confidence]);
        if (part.difference.delta != OF_DELTA_UNCHANGED) {
            g_array_append_val(scene->parts, part);
        } else {
            of_difference_clear(&part.difference);
            g_free(part.note);
        }
    }
}

/* All of a person whom one revision does not have. */
static void add_whole(Pair *pair, OfRevisionSide side)
{
    const OfCast *cast = of_scene_cast(pair->scene, pair->person);
    const OfSelection *selection = &pair->scene->drawing->selection;
    OfPart part = {.person = pair->person,
                   .from = selection->from,
                   .to = selection->to + 1,
                   .owner = side == OF_OLD ? OF_PART_OLD : OF_PART_NEW,
                   .old_line = OF_VARIANT_NONE};
    OfChangeSet *changes = NULL;
    of_scene_add_change(pair->scene, &changes, &cast->sides[side]->item);
    part.difference = (OfDifference){of_scene_delta(changes), changes};
    const OfDelta delta = part.difference.delta;
    for (guint i = 0; delta != OF_DELTA_UNCHANGED && i < cast->sides[side]->stints.n; i++) {
        add_stint_changes(pair->scene, &part.difference.changes, cast->sides[side]->stints.items[i], OF_DAY_MIN, OF_DAY_MAX);
    }
    g_array_append_val(pair->scene->parts, part);
}

/* --- Lines --- */

/* Old ways that have no place of their own on the main line: second affiliations that the new revision does not have so. */
static void add_old_twins(OfScene *scene, const Pair *pair)
{
    const OfPerson *person = of_scene_cast(scene, pair->person)->sides[OF_OLD];
    for (guint i = 0; i < person->stints.n; i++) {
        const OfStint *stint = person->stints.items[i];
        const OfStint *new = of_scene_counterpart(scene, stint, OF_NEW);
        OfDay end = stint->end_day;
        for (guint j = 0; j < pair->legs[OF_OLD]->len; j++) {
            const Leg *leg = &g_array_index(pair->legs[OF_OLD], Leg, j);
            end = leg->stint == stint ? MIN(end, leg->from) : end;
        }
        const bool same = new != NULL &&new->begin_day == stint->begin_day &&
                          (new->end_day == stint->end_day || new->end_day > scene->known[OF_OLD]);
        if (stint->begin_day < end && !same && of_selection_shows_stint(&of_scene_side(scene, OF_OLD)->selection, stint)) {
            of_scene_add_stint(scene, pair->person, stint, OF_DAY_MIN, end);
            g_array_index(scene->layout_stints, OfLayoutStint, scene->layout_stints->len - 1).aside = TRUE;
        }
    }
}

static void add_main_line(Pair *pair)
{
    OfScene *scene = pair->scene;
    const OfCast *cast = of_scene_cast(scene, pair->person);
    const OfRevisionSide side = cast->sides[OF_NEW] != NULL ? OF_NEW : OF_OLD;
    const OfSelection *selection = &of_scene_side(scene, side)->selection;
    for (guint i = 0; i < cast->sides[side]->stints.n; i++) {
        if (of_selection_shows_stint(selection, cast->sides[side]->stints.items[i])) {
            of_scene_add_stint(scene, pair->person, cast->sides[side]->stints.items[i], OF_DAY_MIN, OF_DAY_MAX);
        }
    }
    if (side == OF_OLD || cast->sides[OF_OLD] == NULL) {
        return;
    }
    guint first = 0, end = 0;
    of_scene_person_parts(scene, pair->person, &first, &end);
    for (guint i = first; i < end; i++) {
        const OfPart *part = of_scene_part(scene, i);
        for (guint j = 0; part->owner == OF_PART_OLD && j < pair->legs[OF_OLD]->len; j++) {
            const Leg *leg = &g_array_index(pair->legs[OF_OLD], Leg, j);
            const OfDay from = MAX(leg->from, part->from), to = MIN(leg->to, part->to);
            if (leg->stint != NULL && from < to) {
                of_scene_add_stint(scene, pair->person, leg->stint, from, to);
            }
        }
    }
    add_old_twins(scene, pair);
}

/* The nearest day of change before (after) a day, or the day itself. */
static OfDay neighbour(const GArray *days, OfDay day, bool after)
{
    OfDay found = day;
    for (guint i = 0; i < days->len; i++) {
        const OfDay other = g_array_index(days, OfDay, i);
        if (!after && other < day) {
            found = other;
        } else if (after && other > day) {
            return other;
        }
    }
    return found;
}

/* Lets an old way begin, or end, on the new one: a slot together with it at the last lab before the ways part. */
static void add_joint_stint(const Pair *pair, guint line, const GArray *days, OfDay day, bool after)
{
    const GArray *legs = pair->legs[OF_OLD];
    const OfDay beside = after ? day : day - 1;
    const gint32 lane = lane_on(pair, OF_OLD, beside);
    if (lane == ABSENT || lane != lane_on(pair, OF_NEW, beside)) {
        return;
    }
    const Leg *leg = find_leg(legs, beside);
    while (leg != NULL && leg->lane == OF_LANE_NONE) {
        leg = find_leg(legs, after ? leg->to : leg->from - 1);
    }
    if (leg != NULL && after) {
        const OfDay from = MAX(day, leg->from);
        of_scene_add_stint(pair->scene, line, leg->stint, from, MIN(leg->to, neighbour(days, from, true)));
    } else if (leg != NULL) {
        const OfDay to = MIN(day, leg->to);
        of_scene_add_stint(pair->scene, line, leg->stint, MAX(leg->from, neighbour(days, to, false)), to);
    }
}

static void add_old_line(Pair *pair, OfPart *part, const GArray *days)
{
    OfScene *scene = pair->scene;
    const guint line = scene->variant_of->len;
    part->old_line = line;
    g_array_append_val(scene->first_stint, scene->stints->len);
    g_array_append_val(scene->variant_of, pair->person);
    add_joint_stint(pair, line, days, part->from, false);
    for (guint i = 0; i < pair->legs[OF_OLD]->len; i++) {
        const Leg *leg = &g_array_index(pair->legs[OF_OLD], Leg, i);
        const OfDay from = MAX(leg->from, part->from), to = MIN(leg->to, part->to);
        if (leg->stint != NULL && from < to) {
            of_scene_add_stint(scene, line, leg->stint, from, to);
        }
    }
    add_joint_stint(pair, line, days, part->to, true);
}

static GArray *collect_days(const OfScene *scene)
{
    GArray *days = g_array_new(FALSE, FALSE, sizeof(OfDay));
    for (guint i = 0; i < scene->layout_stints->len; i++) {
        const OfLayoutStint *stint = &g_array_index(scene->layout_stints, OfLayoutStint, i);
        g_array_append_val(days, stint->from);
        g_array_append_val(days, stint->to);
    }
    for (guint i = 0; i < scene->lanes->len; i++) {
        const OfLayoutLane *lane = &g_array_index(scene->lanes, OfLayoutLane, i);
        g_array_append_val(days, lane->begin);
        g_array_append_val(days, lane->end);
    }
    for (guint i = 0; i < scene->parts->len; i++) {
        g_array_append_val(days, of_scene_part(scene, i)->from);
        g_array_append_val(days, of_scene_part(scene, i)->to);
    }
    sort_days(days);
    return days;
}

static void make_lines_of_one(OfScene *scene)
{
    for (guint i = 0; i < scene->people->len; i++) {
        const OfPerson *person = scene->people->pdata[i];
        g_array_append_val(scene->first_stint, scene->stints->len);
        for (guint j = 0; j < person->stints.n; j++) {
            if (of_selection_shows_stint(&scene->drawing->selection, person->stints.items[j])) {
                of_scene_add_stint(scene, i, person->stints.items[j], OF_DAY_MIN, OF_DAY_MAX);
            }
        }
    }
    g_array_append_val(scene->first_stint, scene->stints->len);
}

static void find_parts(Pair *pair)
{
    const OfCast *cast = of_scene_cast(pair->scene, pair->person);
    if (cast->sides[OF_OLD] == NULL || cast->sides[OF_NEW] == NULL) {
        add_whole(pair, cast->sides[OF_OLD] != NULL ? OF_OLD : OF_NEW);
    } else {
        compare_legs(pair);
        compare_words(pair);
    }
}

void of_scene_make_lines(OfScene *scene)
{
    const guint n = scene->people->len;
    if (!of_scene_is_union(scene)) {
        make_lines_of_one(scene);
        return;
    }
    g_autofree Pair *pairs = g_new0(Pair, (gsize) n + 1);
    for (guint i = 0; i < n; i++) {
        pairs[i] = (Pair){.scene = scene, .person = i};
        for (int side = 0; side < OF_N_REVISIONS; side++) {
            pairs[i].legs[side] = list_legs(scene, side, of_scene_cast(scene, i)->sides[side]);
        }
        g_array_append_val(scene->first_part, scene->parts->len);
        find_parts(&pairs[i]);
    }
    g_array_append_val(scene->first_part, scene->parts->len);
    for (guint i = 0; i < n; i++) {
        const guint32 none = OF_VARIANT_NONE;
        g_array_append_val(scene->first_stint, scene->stints->len);
        g_array_append_val(scene->variant_of, none);
        add_main_line(&pairs[i]);
    }
    g_autoptr(GArray) days = collect_days(scene);
    for (guint i = 0; i < scene->parts->len; i++) {
        OfPart *part = of_scene_part(scene, i);
        if (part->old_line != OF_VARIANT_NONE) {
            add_old_line(&pairs[part->person], part, days);
        }
    }
    g_array_append_val(scene->first_stint, scene->stints->len);
    for (guint i = 0; i < n; i++) {
        g_array_unref(pairs[i].legs[OF_OLD]);
        g_array_unref(pairs[i].legs[OF_NEW]);
    }
}
