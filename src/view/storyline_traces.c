/* People's ways in a storyline of two revisions: which panel shows which part of which line, and how. */
#include "view/storyline_scene.h"

#include <math.h>
#include <string.h>

/* Points. */
#define QUIET_WIDTH      1.3
#define NEW_WIDTH        3.2
#define OLD_WIDTH        1.6
#define QUIET_TWIN_WIDTH 0.8
#define NEW_TWIN_WIDTH   1.9
#define OLD_TWIN_WIDTH   1.0
#define QUIET_LEAD_WIDTH 2.8
#define NEW_LEAD_WIDTH   5.6
#define OLD_LEAD_WIDTH   3.6

/* --- Stretches --- */

/* Where a revision that ends earlier than the window stops: behind its last day, and behind what is under way then. */
static double known_x(const OfScene *scene, guint line, OfRevisionSide side)
{
    const OfDay day = scene->known[side];
    if (day >= scene->drawing->selection.to) {
        return scene->input.page.right;
    }
    const OfTimescale *scale = scene->line->timescale;
    const guint slot = of_slots_find(scene->line->slots, day);
    double x = MAX(of_timescale_get_x(scale, day + 1), scale->x[slot] + scale->half[slot]);
    guint n = 0;
    const OfWay *ways = of_routes_get_ways(scene->line->routes, line, &n);
    for (guint i = 0; i < n && ways[i].kind != OF_WAY_TWIN; i++) {
        const OfLayoutPoint *points = of_routes_get_points(scene->line->routes, &ways[i]);
        const bool crosses = ways[i].kind == OF_WAY_MOVE || ways[i].kind == OF_WAY_UNCERTAIN;
        if (crosses && points[0].x < x && points[ways[i].n - 1].x > x && (points[0].x + points[ways[i].n - 1].x) / 2 < x) {
            x = points[ways[i].n - 1].x;
        }
    }
    return MIN(x, scene->input.page.right);
}

/* The part of a person that x lies in, or -1: those with days before those that only say something else. */
static gint find_part(const OfScene *scene, guint person, double x)
{
    guint first = 0, end = 0;
    gint found = -1;
    of_scene_person_parts(scene, person, &first, &end);
    for (guint i = first; i < end; i++) {
        const OfPart *part = of_scene_part(scene, i);
        if (part->x0 <= x && x <= part->x1 && (found < 0 || part->from < part->to)) {
            found = (gint) i;
        }
    }
    return found;
}

static bool panel_shows(OfPanel panel, OfPartOwner owner, OfDelta delta)
{
    switch (panel) {
    case OF_PANEL_BEFORE:
        return owner != OF_PART_NEW;
    case OF_PANEL_AFTER:
        return owner != OF_PART_OLD;
    default:
        return owner != OF_PART_OLD || delta != OF_DELTA_UNCHANGED;
    }
}

static gint compare_numbers(gconstpointer a, gconstpointer b)
{
    const double left = *(const double *) a, right = *(const double *) b;
    return (left > right) - (left < right);
}

static gint compare_stretches(gconstpointer a, gconstpointer b)
{
    const OfStretch *left = a, *right = b;
    return left->x0 != right->x0 ? (left->x0 > right->x0) - (left->x0 < right->x0)
                                 : (left->x1 > right->x1) - (left->x1 < right->x1);
}

/* Where lines are cut, the same in all panels. */
static GArray *list_cuts(const OfScene *scene, guint person)
{
    GArray *cuts = g_array_new(FALSE, FALSE, sizeof(double));
    guint first = 0, end = 0;
    of_scene_person_parts(scene, person, &first, &end);
    for (int side = 0; side < OF_N_REVISIONS; side++) {
        const double x = known_x(scene, person, side);
        g_array_append_val(cuts, x);
    }
    for (guint i = first; i < end; i++) {
        g_array_append_val(cuts, of_scene_part(scene, i)->x0);
        g_array_append_val(cuts, of_scene_part(scene, i)->x1);
    }
    g_array_sort(cuts, compare_numbers);
    return cuts;
}

GArray *of_scene_trace(const OfScene *scene, guint person, OfPanel panel)
{
    GArray *trace = g_array_new(FALSE, FALSE, sizeof(OfStretch));
    g_autoptr(GArray) way = of_scene_main_way(scene, person), cuts = list_cuts(scene, person);
    if (way->len == 0) {
        return trace;
    }
    const double begin = g_array_index(way, OfLayoutPoint, 0).x, last = g_array_index(way, OfLayoutPoint, way->len - 1).x;
    const double until =
        panel == OF_PANEL_DIFF ? scene->input.page.right : known_x(scene, person, panel == OF_PANEL_BEFORE ? OF_OLD : OF_NEW);
    g_array_append_val(cuts, last);
    double x = begin;
    for (guint i = 0; i < cuts->len; i++) {
        const double next = MIN(g_array_index(cuts, double, i), last);
        if (next <= x + 1e-6) {
            continue;
        }
        const gint index = find_part(scene, person, (x + next) / 2);
        const OfPart *part = index >= 0 ? of_scene_part(scene, (guint) index) : NULL;
        const OfStretch stretch = {person, x, next, index};
        if (x < until - 1e-6 && panel_shows(panel, part != NULL ? part->owner : OF_PART_BOTH,
                                            part != NULL ? part->difference.delta : OF_DELTA_UNCHANGED)) {
            g_array_append_val(trace, stretch);
        }
        x = next;
    }
    guint first = 0, end = 0;
    of_scene_person_parts(scene, person, &first, &end);
    for (guint i = first; i < end && panel != OF_PANEL_AFTER; i++) {
        const OfPart *part = of_scene_part(scene, i);
        if (part->old_line != OF_VARIANT_NONE && part->old_x1 > part->old_x0 &&
            panel_shows(panel, OF_PART_OLD, part->difference.delta)) {
            /* Cut where the old revision ends, the same in both panels. */
            const double known = MIN(MAX(known_x(scene, part->old_line, OF_OLD), part->old_x0), part->old_x1);
            const OfStretch stretches[] = {{part->old_line, part->old_x0, known, (gint) i},
                                           {part->old_line, known, part->old_x1, (gint) i}};
            for (gsize j = 0; j < (panel == OF_PANEL_DIFF ? 2 : 1); j++) {
                if (stretches[j].x1 > stretches[j].x0 + 1e-6) {
                    g_array_append_val(trace, stretches[j]);
                }
            }
        }
    }
    g_array_sort(trace, compare_stretches);
    return trace;
}

GArray *of_scene_cut(const OfScene *scene, const OfStretch *stretch)
{
    g_autoptr(GArray) way = of_scene_main_way(scene, stretch->line);
    GArray *cut = g_array_new(FALSE, FALSE, sizeof(OfLayoutPoint));
    if (way->len > 1) {
        of_bezier_cut((const OfLayoutPoint *) (gpointer) way->data, way->len, stretch->x0, stretch->x1, cut);
    }
    return cut;
}

bool of_scene_find_ends(const OfScene *scene, guint person, OfPanel panel, OfLayoutPoint ends[2])
{
    g_autoptr(GArray) trace = of_scene_trace(scene, person, panel);
    bool any = false;
    for (guint i = 0; i < trace->len; i++) {
        const OfStretch *stretch = &g_array_index(trace, OfStretch, i);
        if (panel == OF_PANEL_DIFF && stretch->line != person) {
            continue; /* an old way has no dots of its own */
        }
        g_autoptr(GArray) cut = of_scene_cut(scene, stretch);
        if (cut->len > 0 && (!any || g_array_index(cut, OfLayoutPoint, 0).x < ends[0].x)) {
            ends[0] = g_array_index(cut, OfLayoutPoint, 0);
        }
        if (cut->len > 0 && (!any || g_array_index(cut, OfLayoutPoint, cut->len - 1).x > ends[1].x)) {
            ends[1] = g_array_index(cut, OfLayoutPoint, cut->len - 1);
        }
        any = any || cut->len > 0;
    }
    return any;
}

/* --- How they look --- */

/* What is painted below what. */
typedef enum { PASS_QUIET, PASS_OLD, PASS_NEW, N_PASSES } Pass;

static Pass pass_of(const OfScene *scene, bool old, OfDelta delta)
{
    return !of_scene_is_marked(scene, delta) ? PASS_QUIET : old ? PASS_OLD : PASS_NEW;
}

/* A way as the panel draws it. */
static OfStroke look(const OfScene *scene, const OfWay *way, const OfStint *stint, Pass pass)
{
    static const double widths[N_PASSES][2] = {
        {QUIET_WIDTH, QUIET_TWIN_WIDTH}, {OLD_WIDTH, OLD_TWIN_WIDTH}, {NEW_WIDTH, NEW_TWIN_WIDTH}};
    OfStroke stroke = of_scene_stroke(scene, way, stint);
    if (scene->drawing->panel == OF_PANEL_DIFF) {
        const bool thin = way->kind == OF_WAY_TWIN || way->kind == OF_WAY_BETWEEN;
        stroke.width = widths[pass][thin];
        stroke.style = way->kind == OF_WAY_BETWEEN ? "dotted" : pass == PASS_OLD ? "dashed" : "solid";
        stroke.class = g_str_equal(stroke.class, "move disputed") ? "move" : stroke.class;
    }
    return stroke;
}

/* The stint that a way shows in this panel. */
static const OfStint *shown_stint(const OfScene *scene, const OfWay *way, bool old)
{
    const OfStint *stint = of_scene_way_stint(scene, way);
    const OfRevisionSide side = old ? OF_OLD : of_scene_shown(scene);
    const OfStint *other = stint != NULL ? of_scene_counterpart(scene, stint, side) : NULL;
    return other != NULL ? other : stint;
}

/* Says what happened to a way: where something new ends the old one, that is gone, and the other way round. */
static void set_way_change(const OfScene *scene, Agedge_t *edge, bool old, const OfDifference *difference)
{
    OfDifference own = *difference;
    if (own.delta == (old ? OF_DELTA_ADDED : OF_DELTA_REMOVED)) {
        own.delta = old ? OF_DELTA_REMOVED : OF_DELTA_ADDED;
    }
    of_scene_set_change(scene, edge, &own);
}

static void add_piece(const OfScene *scene, const char *name, const OfWay *way, double from, double to, bool old,
                      const OfDifference *difference)
{
    g_autoptr(GArray) points = g_array_new(FALSE, FALSE, sizeof(OfLayoutPoint));
    of_bezier_cut(of_routes_get_points(scene->line->routes, way), way->n, from, to, points);
    if (points->len < 4) {
        return;
    }
    const OfStint *stint = shown_stint(scene, way, old);
    const Pass pass = pass_of(scene, old, difference->delta);
    const OfStroke stroke = look(scene, way, stint, pass);
    const char *color = of_scene_line_color(scene, difference->delta, of_scene_person_color(scene, way->person));
    Agedge_t *edge =
        of_scene_add_way(scene, name, NULL, (const OfLayoutPoint *) (gpointer) points->data, points->len, &stroke, color);
    of_scene_set_way_data(scene, edge, way, stint);
    set_way_change(scene, edge, old, difference);
}

static const char *person_key(const OfScene *scene, guint person)
{
    return of_drawing_key(scene->drawing, &((const OfPerson *) scene->people->pdata[person])->item);
}

/* The pieces of one stretch, way by way. Names count ways and cuts, not what the panel shows, so that they are the same in all. */
static void add_stretch(const OfScene *scene, guint person, const OfStretch *stretch, Pass pass)
{
    static const OfDifference none = {OF_DELTA_UNCHANGED, NULL};
    const OfPart *part = stretch->part >= 0 ? of_scene_part(scene, (guint) stretch->part) : NULL;
    const OfDifference *difference = part != NULL ? &part->difference : &none;
    const bool old = stretch->line != person || (part != NULL && part->owner == OF_PART_OLD);
    const bool doubted = part != NULL && stretch->line == person && part->owner == OF_PART_NEW && part->from > scene->known[OF_NEW];
    difference = doubted ? &none : difference;
    if (pass_of(scene, old, difference->delta) != pass) {
        return;
    }
    guint n = 0;
    const OfWay *ways = of_routes_get_ways(scene->line->routes, stretch->line, &n);
    for (guint i = 0; i < n && ways[i].kind != OF_WAY_TWIN; i++) {
        const OfLayoutPoint *points = of_routes_get_points(scene->line->routes, &ways[i]);
        const double from = MAX(points[0].x, stretch->x0), to = MIN(points[ways[i].n - 1].x, stretch->x1);
        if (to > from + 1e-6) {
            g_autofree char *at = g_strdup_printf("%.0f", from * 10);
            g_autofree char *name = stretch->line == person ? g_strdup_printf("way-%s-%u-%s", person_key(scene, person), i + 1, at)
                                                            : g_strdup_printf("old-way-%s-%d-%u-%s", person_key(scene, person),
                                                                              stretch->part, i + 1, at);
            add_piece(scene, name, &ways[i], from, to, old, difference);
        }
    }
}

/* --- Second affiliations --- */

/* Whose a twin is, and what changed of it. */
static OfPartOwner compare_twin(const OfScene *scene, guint person, const OfStint *stint, OfDifference *difference)
{
    const OfCast *cast = of_scene_cast(scene, person);
    guint first = 0, end = 0;
    *difference = (OfDifference){OF_DELTA_UNCHANGED, NULL};
    if (cast->sides[OF_OLD] == NULL || cast->sides[OF_NEW] == NULL) {
        of_scene_person_parts(scene, person, &first, &end);
        *difference = of_difference_copy(&of_scene_part(scene, first)->difference);
        return of_scene_part(scene, first)->owner;
    }
    const OfRevisionSide side = of_scene_side_of(scene, &stint->person->item);
    const OfStint *other = of_scene_counterpart(scene, stint, !side);
    if (other != NULL && other->begin_day == stint->begin_day &&
        (other->end_day == stint->end_day || MAX(stint->end_day, other->end_day) == OF_DAY_MAX)) {
        return OF_PART_BOTH;
    }
    const OfStint *const stints[] = {stint, other};
    for (gsize i = 0; i < G_N_ELEMENTS(stints); i++) {
        if (stints[i] != NULL) {
            of_scene_add_change(scene, &difference->changes,
                                stints[i]->begin_event != NULL ? &stints[i]->begin_event->item : &stints[i]->person->item);
            of_scene_add_change(scene, &difference->changes, stints[i]->end_event != NULL ? &stints[i]->end_event->item : NULL);
        }
    }
    difference->delta = of_scene_delta(difference->changes);
    return side == OF_OLD ? OF_PART_OLD : OF_PART_NEW;
}

static void add_twins(const OfScene *scene, guint person, Pass pass)
{
    guint n = 0;
    const OfWay *ways = of_routes_get_ways(scene->line->routes, person, &n);
    for (guint i = 0; i < n; i++) {
        if (ways[i].kind != OF_WAY_TWIN) {
            continue;
        }
        OfDifference difference;
        const OfPartOwner owner = compare_twin(scene, person, of_scene_way_stint(scene, &ways[i]), &difference);
        const OfLayoutPoint *points = of_routes_get_points(scene->line->routes, &ways[i]);
        g_autofree char *name = g_strdup_printf("way-%s-%u", person_key(scene, person), i + 1);
        const OfPanel panel = scene->drawing->panel;
        const double last = points[ways[i].n - 1].x;
        const double end = panel == OF_PANEL_DIFF ? last : MIN(last, known_x(scene, person, of_scene_shown(scene)));
        if (panel_shows(panel, owner, difference.delta) && end > points[0].x &&
            pass_of(scene, owner == OF_PART_OLD, difference.delta) == pass) {
            add_piece(scene, name, &ways[i], points[0].x, end, owner == OF_PART_OLD, &difference);
        }
        of_difference_clear(&difference);
    }
}

/* --- Leads --- */

static void clear_lead(gpointer data)
{
    of_difference_clear(&((OfLead *) data)->difference);
}

/* The state by which a person leads a lab on a day, and the one that ends it (or NULL). */
static const OfLabState *lead_on(const OfLab *lab, const OfPerson *person, OfDay day, const OfLabState **next)
{
    *next = NULL;
    for (guint i = lab != NULL && person != NULL ? lab->leads.n : 0; i-- > 0;) {
        const OfLabState *state = lab->leads.items[i];
        if (state->day <= day) {
            return state->person == person ? state : NULL;
        }
        *next = state;
    }
    return NULL;
}

static void explain_lead(const OfScene *scene, OfLead *lead, const OfSceneLane *lane, const OfCast *cast)
{
    for (int side = 0; side < OF_N_REVISIONS; side++) {
        const OfLabState *next = NULL, *state = lead_on(lane->sides[side], cast->sides[side], lead->from, &next);
        if (state == NULL) {
            /* What took the lead away, or had given it before. */
            const OfLab *lab = lane->sides[side];
            for (guint i = 0; lab != NULL && i < lab->leads.n; i++) {
                const OfEvent *event = lab->leads.items[i]->event;
                if (lab->leads.items[i]->day >= lead->from && lab->leads.items[i]->day <= lead->to && event != NULL) {
                    of_scene_add_change(scene, &lead->difference.changes, &event->item);
                }
            }
            continue;
        }
        of_scene_add_change(scene, &lead->difference.changes,
                            state->event != NULL ? &state->event->item : &cast->sides[side]->item);
    }
    lead->difference.delta = of_scene_delta(lead->difference.changes);
}

static void list_leads_of_lane(const OfScene *scene, guint person, guint lane, GArray *leads)
{
    const OfSceneLane *sides = of_scene_lane_sides(scene, lane);
    const OfCast *cast = of_scene_cast(scene, person);
    const OfSelection *selection = &scene->drawing->selection;
    g_autoptr(GArray) days = g_array_new(FALSE, FALSE, sizeof(double));
    const double ends[] = {selection->from, (double) selection->to + 1};
    g_array_append_vals(days, ends, G_N_ELEMENTS(ends));
    for (int side = 0; side < OF_N_REVISIONS; side++) {
        const OfLab *lab = sides->sides[side];
        for (guint i = 0; lab != NULL && i < lab->leads.n; i++) {
            const double day = lab->leads.items[i]->day;
            if (day > ends[0] && day < ends[1]) {
                g_array_append_val(days, day);
            }
        }
    }
    g_array_sort(days, compare_numbers);
    for (guint i = 0; i + 1 < days->len; i++) {
        OfLead lead = {
            .lane = lane, .from = (OfDay) g_array_index(days, double, i), .to = (OfDay) g_array_index(days, double, i + 1)};
        const OfLabState *next = NULL;
        for (int side = 0; side < OF_N_REVISIONS; side++) {
            lead.sides[side] = lead_on(sides->sides[side], cast->sides[side], lead.from, &next) != NULL;
        }
        if (lead.from == lead.to || (!lead.sides[OF_OLD] && !lead.sides[OF_NEW])) {
            continue;
        }
        if (lead.sides[OF_OLD] && !lead.sides[OF_NEW] && lead.from > scene->known[OF_OLD]) {
            continue; /* nobody says so */
        }
        if (lead.sides[OF_OLD] != lead.sides[OF_NEW]) {
            explain_lead(scene, &lead, sides, cast);
        }
        g_array_append_val(leads, lead);
    }
}

GArray *of_scene_list_leads(const OfScene *scene, guint person)
{
    GArray *leads = g_array_new(FALSE, FALSE, sizeof(OfLead));
    g_array_set_clear_func(leads, clear_lead);
    for (guint lane = 0; lane < scene->labs->len; lane++) {
        list_leads_of_lane(scene, person, lane, leads);
    }
    return leads;
}

/* A lead drawn along what its revision shows of the person. */
static void add_lead(const OfScene *scene, guint person, const OfLead *lead, guint number)
{
    const bool old = !lead->sides[OF_NEW];
    const OfPanel panel = scene->drawing->panel;
    g_autoptr(GArray) trace = of_scene_trace(scene, person, old || panel == OF_PANEL_BEFORE ? OF_PANEL_BEFORE : OF_PANEL_AFTER);
    const Pass pass = pass_of(scene, old, lead->difference.delta);
    static const double widths[N_PASSES] = {QUIET_LEAD_WIDTH, OLD_LEAD_WIDTH, NEW_LEAD_WIDTH};
    const OfStroke stroke = {pass == PASS_OLD ? "dashed" : "solid", "lead", panel == OF_PANEL_DIFF ? widths[pass] : OF_LEAD_WIDTH};
    const OfTimescale *scale = scene->line->timescale;
    const double from = of_timescale_get_x(scale, lead->from);
    const double to = lead->to > scene->drawing->selection.to ? scene->input.page.right : of_timescale_get_x(scale, lead->to);
    for (guint i = 0; i < trace->len; i++) {
        OfStretch stretch = g_array_index(trace, OfStretch, i);
        stretch.x0 = MAX(stretch.x0, from);
        stretch.x1 = MIN(stretch.x1, to);
        if (stretch.x1 <= stretch.x0 + 1e-6) {
            continue;
        }
        g_autoptr(GArray) cut = of_scene_cut(scene, &stretch);
        g_autofree char *name = g_strdup_printf("lead-%s-%u-%.0f", person_key(scene, person), number, stretch.x0 * 10);
        if (cut->len < 4) {
            continue;
        }
        const OfSceneLane *sides = of_scene_lane_sides(scene, lead->lane);
        const OfLab *lab = sides->sides[old ? OF_OLD : OF_NEW];
        const OfPerson *shown = of_scene_cast(scene, person)->sides[old ? OF_OLD : OF_NEW];
        g_autofree char *title =
            g_strdup_printf("%s leads %s", of_item_label(&shown->item), of_lab_name_on(lab, scene->drawing->selection.to));
        Agedge_t *edge =
            of_scene_add_way(scene, name, NULL, (const OfLayoutPoint *) (gpointer) cut->data, cut->len, &stroke,
                             of_scene_line_color(scene, lead->difference.delta, of_scene_person_color(scene, stretch.line)));
        of_graph_set(edge, "data_person", shown->item.id, "data_lab", lab->item.id, "data_title", title, NULL);
        set_way_change(scene, edge, old, &lead->difference);
    }
}

static void add_leads(const OfScene *scene, guint person, Pass pass)
{
    g_autoptr(GArray) leads = of_scene_list_leads(scene, person);
    const OfPanel panel = scene->drawing->panel;
    for (guint i = 0; i < leads->len; i++) {
        const OfLead *lead = &g_array_index(leads, OfLead, i);
        const OfPartOwner owner = lead->sides[OF_OLD] && lead->sides[OF_NEW] ? OF_PART_BOTH
                                  : lead->sides[OF_OLD]                      ? OF_PART_OLD
                                                                             : OF_PART_NEW;
        if (panel_shows(panel, owner, lead->difference.delta) &&
            pass_of(scene, owner == OF_PART_OLD, lead->difference.delta) == pass) {
            add_lead(scene, person, lead, i + 1);
        }
    }
}

/* --- All together --- */

void of_scene_add_traces(const OfScene *scene)
{
    for (Pass pass = PASS_QUIET; pass < N_PASSES; pass++) {
        for (guint person = 0; person < scene->people->len; person++) {
            g_autoptr(GArray) trace = of_scene_trace(scene, person, scene->drawing->panel);
            for (guint i = 0; i < trace->len; i++) {
                add_stretch(scene, person, &g_array_index(trace, OfStretch, i), pass);
            }
            add_twins(scene, person, pass);
            add_leads(scene, person, pass);
        }
    }
}

static void tell_lanes(const OfScene *scene)
{
    for (guint lane = 0; lane < scene->labs->len; lane++) {
        OfDifference difference;
        g_free(of_scene_lane_name(scene, lane, scene->drawing->selection.to, OF_PANEL_DIFF, &difference));
        of_scene_tell_change(scene, &difference);
        of_difference_clear(&difference);
        g_autoptr(GArray) stances = of_scene_list_stances(scene, lane);
        for (guint i = 0; i < stances->len; i++) {
            of_scene_tell_change(scene, &g_array_index(stances, OfStance, i).difference);
        }
    }
}

void of_scene_tell_changes(const OfScene *scene)
{
    tell_lanes(scene);
    for (guint person = 0; person < scene->people->len; person++) {
        OfDifference difference;
        g_free(of_scene_person_name(scene, person, OF_PANEL_DIFF, true, &difference));
        of_scene_tell_change(scene, &difference);
        of_difference_clear(&difference);
        g_autoptr(GArray) leads = of_scene_list_leads(scene, person);
        for (guint i = 0; i < leads->len; i++) {
            of_scene_tell_change(scene, &g_array_index(leads, OfLead, i).difference);
        }
        guint first = 0, end = 0;
        of_scene_person_stints(scene, person, &first, &end);
        for (guint i = first; i < end; i++) {
            if (g_array_index(scene->layout_stints, OfLayoutStint, i).concurrent) {
                compare_twin(scene, person, scene->stints->pdata[i], &difference);
                of_scene_tell_change(scene, &difference);
                of_difference_clear(&difference);
            }
        }
    }
    for (guint i = 0; i < scene->milestones->len; i++) {
        OfDifference difference;
        g_free(of_scene_milestone_text(scene, i, OF_PANEL_DIFF, &difference));
        of_scene_tell_change(scene, &difference);
        of_difference_clear(&difference);
    }
}
