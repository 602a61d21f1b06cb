/* People's ways through a storyline as edges: how each part of a way is drawn, who leads a lab, rival accounts. */
#include "base/number.h"
#include "view/steps.h"
#include "view/storyline_scene.h"

/* Points. */
#define LINE_WIDTH    2.0
#define TWIN_WIDTH    1.0
#define BETWEEN_WIDTH 1.0
#define CERTAIN_DAYS  31 /* a date as good as a month is not drawn as uncertain */

double of_scene_graph_y(const OfScene *scene, double y)
{
    return scene->drawing->height - y;
}

void of_scene_append_point(const OfScene *scene, GString *text, OfLayoutPoint point, char between)
{
    g_string_append(text, text->len > 0 ? " " : "");
    of_number_append(text, point.x, 3);
    g_string_append_c(text, between);
    of_number_append(text, of_scene_graph_y(scene, point.y), 3);
}

const OfStint *of_scene_way_stint(const OfScene *scene, const OfWay *way)
{
    return way->stint != OF_STINT_NONE ? scene->stints->pdata[way->stint] : NULL;
}

static bool is_doubtful(const OfDate *date)
{
    return of_date_is_set(date) && (date->approximate || date->uncertain || date->last - date->first > CERTAIN_DAYS);
}

OfStroke of_scene_stroke(const OfScene *scene, const OfWay *way, const OfStint *stint)
{
    OfDrawing *drawing = scene->drawing;
    const char *ink = drawing->theme->ink;
    switch (way->kind) {
    case OF_WAY_BETWEEN:
        of_drawing_add_legend(
            drawing, (OfLegendEntry){.kind = OF_LEGEND_LINE, .style = "dotted", .color = ink, .width = BETWEEN_WIDTH, .order = 12},
            "between two labs");
        return (OfStroke){"dotted", "between", BETWEEN_WIDTH};
    case OF_WAY_TWIN:
        of_drawing_add_legend(
            drawing, (OfLegendEntry){.kind = OF_LEGEND_LINE, .style = "solid", .color = ink, .width = TWIN_WIDTH, .order = 13},
            "second affiliation");
        return (OfStroke){"solid", "twin", TWIN_WIDTH};
    case OF_WAY_MOVE:
    case OF_WAY_UNCERTAIN:
        break;
    default:
        return (OfStroke){"solid", "stay", LINE_WIDTH};
    }
    if (stint == NULL) {
        return (OfStroke){"solid", "move", LINE_WIDTH};
    }
    if (stint->confidence == OF_CONFIDENCE_REPORTED ||
        (stint->confidence == OF_CONFIDENCE_CONFIRMED && is_doubtful(&stint->from))) {
        of_drawing_add_legend(drawing,
                              (OfLegendEntry){.kind = OF_LEGEND_LINE, .style = "dashed", .color = ink, .width = 1.5, .order = 1},
                              "reported, or date not certain");
        return (OfStroke){"dashed", "move", LINE_WIDTH};
    }
    return (OfStroke){of_drawing_line_style(drawing, stint->confidence),
                      stint->confidence == OF_CONFIDENCE_DISPUTED ? "move disputed" : "move", LINE_WIDTH};
}

/* A point without ink that ways hang on. Stories of thousands have a hundred thousand: it says no more than it must. */
static Agnode_t *joint(const OfScene *scene, const char *name, OfLayoutPoint point)
{
    Agnode_t *node = of_graph_node(scene->drawing->graph, name);
    g_autoptr(GString) pos = g_string_new(NULL);
    of_scene_append_point(scene, pos, point, ',');
    of_graph_set(node, "shape", "point", "style", "invis", "label", "", "width", "0.01", "height", "0.01", "pos", pos->str, NULL);
    return node;
}

/* An edge along points, from tail (NULL: a joint of its own) to a joint of its own. */
Agedge_t *of_scene_add_way(const OfScene *scene, const char *name, Agnode_t *tail, const OfLayoutPoint *points, guint n,
                           const OfStroke *stroke, const char *color)
{
    g_autofree char *begin = g_strconcat(name, "-a", NULL);
    g_autofree char *end = g_strconcat(name, "-b", NULL);
    g_autoptr(GString) pos = g_string_new(NULL);
    for (guint i = 0; i < n; i++) {
        of_scene_append_point(scene, pos, points[i], ',');
    }
    Agnode_t *head = joint(scene, end, points[n - 1]);
    Agedge_t *edge = of_graph_edge(scene->drawing->graph, tail != NULL ? tail : joint(scene, begin, points[0]), head, name);
    of_graph_set(edge, "id", name, "class", stroke->class, "pos", pos->str, "style", stroke->style, "color", color, "dir", "none",
                 "data_kind", "way", NULL);
    of_graph_set_number(edge, "penwidth", stroke->width);
    return edge;
}

void of_scene_set_way_data(const OfScene *scene, Agedge_t *edge, const OfWay *way, const OfStint *stint)
{
    const OfPerson *person = stint != NULL ? stint->person : scene->people->pdata[of_scene_line_person(scene, way->person)];
    const OfLab *lab =
        way->kind != OF_WAY_TWIN && stint != NULL && way->lane != OF_LANE_NONE ? stint->lab : of_scene_lab(scene, way->lane);
    g_autofree char *date = stint != NULL && of_date_is_set(&stint->from) ? of_date_format(&stint->from) : NULL;
    g_autofree char *shown = stint != NULL && of_date_is_set(&stint->from) ? of_date_display(&stint->from) : NULL;
    const bool moves = way->kind == OF_WAY_MOVE || way->kind == OF_WAY_UNCERTAIN;
    g_autofree char *title = lab == NULL
                                 ? g_strdup_printf("%s: between two labs", of_item_label(&person->item))
                                 : g_strdup_printf("%s: %s%s%s%s", of_item_label(&person->item), moves ? "to " : "",
                                                   of_lab_name_on(lab, scene->drawing->selection.to),
                                                   shown != NULL ? moves ? ", " : ", since " : "", shown != NULL ? shown : "");
    of_graph_set(edge, "data_person", person->item.id, "data_lab", lab != NULL ? lab->item.id : NULL, "data_date", date,
                 "data_event", stint != NULL && stint->begin_event != NULL ? stint->begin_event->item.key : NULL, "data_confidence",
                 stint != NULL ? of_confidence_names[stint->confidence] : NULL, "data_title", title, NULL);
}

static bool same_stroke(const OfStroke *a, const OfStroke *b)
{
    return g_str_equal(a->style, b->style) && g_str_equal(a->class, b->class) && a->width == b->width;
}

/* The ways of one person, those alike in one edge. */
static void add_person_ways(const OfScene *scene, guint person)
{
    guint n = 0, n_edges = 0;
    Agnode_t *before = NULL; /* where the way before ended */
    const OfRoutes *routes = scene->line->routes;
    const OfWay *ways = of_routes_get_ways(routes, person, &n);
    const OfPerson *shown = scene->people->pdata[person];
    const char *color = of_scene_person_color(scene, person);
    for (guint i = 0; i < n;) {
        const OfStroke stroke = of_scene_stroke(scene, &ways[i], of_scene_way_stint(scene, &ways[i]));
        g_autoptr(GArray) points = g_array_new(FALSE, FALSE, sizeof(OfLayoutPoint));
        g_array_append_vals(points, of_routes_get_points(routes, &ways[i]), ways[i].n);
        guint next = i + 1;
        for (; next < n && ways[next].lane == ways[i].lane && ways[next].kind != OF_WAY_TWIN; next++) {
            const OfStroke other = of_scene_stroke(scene, &ways[next], of_scene_way_stint(scene, &ways[next]));
            if (!same_stroke(&stroke, &other)) {
                break;
            }
            g_array_append_vals(points, of_routes_get_points(routes, &ways[next]) + 1, ways[next].n - 1);
        }
        g_autofree char *name = g_strdup_printf("way-%s-%u", shown->item.id, ++n_edges);
        const bool twin = ways[i].kind == OF_WAY_TWIN;
        Agedge_t *edge = of_scene_add_way(scene, name, twin ? NULL : before, (const OfLayoutPoint *) (gpointer) points->data,
                                          points->len, &stroke, color);
        const OfStint *stint = of_scene_way_stint(scene, &ways[i]);
        of_scene_cut_way(scene, person, edge, (const OfLayoutPoint *) (gpointer) points->data, points->len,
                         stint != NULL ? stint->begin_day : OF_DAY_MIN);
        before = aghead(edge);
        of_scene_set_way_data(scene, edge, &ways[i], stint);
        i = next;
    }
}

GArray *of_scene_main_way(const OfScene *scene, guint line)
{
    guint n = 0;
    const OfRoutes *routes = scene->line->routes;
    const OfWay *ways = of_routes_get_ways(routes, line, &n);
    GArray *points = g_array_new(FALSE, FALSE, sizeof(OfLayoutPoint));
    for (guint i = 0; i < n && ways[i].kind != OF_WAY_TWIN; i++) {
        g_array_append_vals(points, of_routes_get_points(routes, &ways[i]) + (i > 0), ways[i].n - (i > 0));
    }
    return points;
}

/* Who leads a lab is drawn thick for that time. */
static void add_leads(const OfScene *scene, guint person, const GArray *way)
{
    OfDrawing *drawing = scene->drawing;
    const OfPerson *shown = scene->people->pdata[person];
    guint n_edges = 0;
    for (guint lane = 0; lane < scene->labs->len; lane++) {
        const OfLab *lab = scene->labs->pdata[lane];
        for (guint i = 0; i < lab->leads.n; i++) {
            const OfLabState *state = lab->leads.items[i];
            const OfDay end = i + 1 < lab->leads.n ? lab->leads.items[i + 1]->day : OF_DAY_MAX;
            if (state->person != shown || state->day > drawing->selection.to || end <= drawing->selection.from) {
                continue;
            }
            const double from = of_timescale_get_x(scene->line->timescale, MAX(state->day, drawing->selection.from));
            const double to =
                end > drawing->selection.to ? scene->input.page.right : of_timescale_get_x(scene->line->timescale, end);
            g_autoptr(GArray) part = g_array_new(FALSE, FALSE, sizeof(OfLayoutPoint));
            of_bezier_cut((const OfLayoutPoint *) (gpointer) way->data, way->len, from, to, part);
            if (part->len < 4) {
                continue;
            }
            const OfStroke stroke = {"solid", "lead", OF_LEAD_WIDTH};
            g_autofree char *name = g_strdup_printf("lead-%s-%u", shown->item.id, ++n_edges);
            g_autofree char *title =
                g_strdup_printf("%s leads %s", of_item_label(&shown->item), of_lab_name_on(lab, drawing->selection.to));
            Agedge_t *edge = of_scene_add_way(scene, name, NULL, (const OfLayoutPoint *) (gpointer) part->data, part->len, &stroke,
                                              of_scene_person_color(scene, person));
            of_scene_cut_way(scene, person, edge, (const OfLayoutPoint *) (gpointer) part->data, part->len, state->day);
            of_graph_set(edge, "data_person", shown->item.id, "data_lab", lab->item.id, "data_title", title, NULL);
        }
    }
}

/* A rival account of an arrival: a ghost from the person's line to the lab, and at the day, that it says. */
static void add_ghost(const OfScene *scene, guint person, const GArray *way, const OfAccount *account, const OfStint *stint,
                      guint number)
{
    static const double REACH = 16;
    OfDrawing *drawing = scene->drawing;
    const OfPerson *shown = scene->people->pdata[person];
    const OfLab *lab = account->to != NULL ? account->to : stint->lab;
    const OfDay day = of_date_is_set(&account->date) ? of_date_middle(&account->date) : stint->begin_day;
    const gint32 lane = of_scene_lane(scene, lab);
    if (lane == OF_LANE_NONE || day < drawing->selection.from || day > drawing->selection.to) {
        return; /* it is listed under the axis */
    }
    const double x = of_timescale_get_x(scene->line->timescale, day), end = MIN(x + REACH, scene->input.page.right);
    const OfOutline *outline = of_scene_outline_at(scene, lane, end);
    if (outline == NULL) {
        return;
    }
    double top = 0, bottom = 0;
    of_outlines_get_span(scene->line->outlines, outline, end, &top, &bottom);
    const OfLayoutPoint begin = {x, of_bezier_get_y((const OfLayoutPoint *) (gpointer) way->data, way->len, x)};
    g_autoptr(GArray) points = g_array_new(FALSE, FALSE, sizeof(OfLayoutPoint));
    g_array_append_val(points, begin);
    of_bezier_bend_to(points, end, (top + bottom) / 2);
    const OfStroke stroke = {"dotted", "account", TWIN_WIDTH};
    g_autofree char *name = g_strdup_printf("account-%s-%u", shown->item.id, number);
    g_autofree char *title = g_strdup_printf("Another account: %s to %s", of_item_label(&shown->item), of_item_label(&lab->item));
    Agedge_t *edge = of_scene_add_way(scene, name, NULL, (const OfLayoutPoint *) (gpointer) points->data, points->len, &stroke,
                                      drawing->theme->muted);
    of_drawing_set_begin(drawing, edge, day);
    of_graph_set(edge, "data_person", shown->item.id, "data_lab", lab->item.id, "data_title", title, NULL);
}

static void add_accounts(const OfScene *scene, guint person, const GArray *way)
{
    guint number = 0, first = 0, end = 0;
    of_scene_person_stints(scene, person, &first, &end);
    for (guint i = first; i < end; i++) {
        const OfStint *stint = scene->stints->pdata[i];
        for (guint j = 0; stint->begin_event != NULL && j < stint->begin_event->accounts.n; j++) {
            add_ghost(scene, person, way, stint->begin_event->accounts.items[j], stint, ++number);
        }
        for (guint j = 0; stint->decl != NULL && j < stint->decl->accounts.n; j++) {
            add_ghost(scene, person, way, stint->decl->accounts.items[j], stint, ++number);
        }
    }
}

void of_scene_add_person(const OfScene *scene, guint person, const GArray *way)
{
    add_person_ways(scene, person);
    add_leads(scene, person, way);
    if (scene->drawing->options->accounts) {
        add_accounts(scene, person, way);
    }
}

/* --- What stands under the plot: known before the page is fitted --- */

static void announce_account(const OfScene *scene, const OfAccount *account, const OfStint *stint)
{
    OfDrawing *drawing = scene->drawing;
    const OfLab *lab = account->to != NULL ? account->to : stint->lab;
    const OfDay day = of_date_is_set(&account->date) ? of_date_middle(&account->date) : stint->begin_day;
    of_drawing_add_legend(
        drawing,
        (OfLegendEntry){
            .kind = OF_LEGEND_LINE, .style = "dotted", .color = drawing->theme->muted, .width = TWIN_WIDTH, .order = 15},
        "another account");
    if (of_scene_lane(scene, lab) == OF_LANE_NONE || day < drawing->selection.from || day > drawing->selection.to) {
        g_autofree char *date = of_date_is_set(&account->date) ? of_date_display(&account->date) : NULL;
        of_drawing_add_remark(drawing,
                              g_strdup_printf("Another account: %s to %s%s%s", of_item_label(&stint->person->item),
                                              of_item_label(&lab->item), date != NULL ? ", " : "", date != NULL ? date : ""));
    }
}

static void announce_leads(const OfScene *scene, const OfLab *lab)
{
    OfDrawing *drawing = scene->drawing;
    for (guint i = 0; lab != NULL && i < lab->leads.n; i++) {
        const OfLabState *state = lab->leads.items[i];
        const OfDay end = i + 1 < lab->leads.n ? lab->leads.items[i + 1]->day : OF_DAY_MAX;
        if (of_scene_find_person(scene, state->person) && state->day <= drawing->selection.to && end > drawing->selection.from) {
            of_drawing_add_legend(
                drawing,
                (OfLegendEntry){
                    .kind = OF_LEGEND_LINE, .style = "solid", .color = drawing->theme->ink, .width = OF_LEAD_WIDTH, .order = 14},
                "leads the lab");
        }
    }
}

/* In a difference dashes say what is gone, so what says how sure things are is in the pictures of one revision alone. */
static void restrict_legend(const OfScene *scene)
{
    enum { FIRST_NOT_SURE = 10 };
    for (guint i = 0; i < scene->drawing->legend->len; i++) {
        OfLegendEntry *entry = scene->drawing->legend->pdata[i];
        if (entry->order >= 0 && entry->order < FIRST_NOT_SURE) {
            entry->panels = 1 << OF_PANEL_BEFORE | 1 << OF_PANEL_AFTER;
        }
    }
}

void of_scene_announce(const OfScene *scene)
{
    OfDrawing *drawing = scene->drawing;
    const GArray *ways = scene->line->routes->ways;
    for (guint i = 0; i < ways->len; i++) {
        const OfWay *way = &g_array_index(ways, OfWay, i);
        const OfStint *stint = of_scene_way_stint(scene, way);
        of_scene_stroke(scene, way, stint); /* adds what it draws with to the legend */
        if (of_scene_is_union(scene) && stint != NULL) {
            of_scene_stroke(scene, way, of_scene_counterpart(scene, stint, !of_scene_side_of(scene, &stint->person->item)));
        }
    }
    for (guint lane = 0; lane < scene->labs->len; lane++) {
        const OfSceneLane *sides = of_scene_lane_sides(scene, lane);
        announce_leads(scene, sides->sides[OF_OLD]);
        announce_leads(scene, sides->sides[OF_NEW]);
    }
    for (guint i = 0; drawing->options->accounts && i < scene->stints->len; i++) {
        const OfStint *stint = scene->stints->pdata[i];
        for (guint j = 0; stint->begin_event != NULL && j < stint->begin_event->accounts.n; j++) {
            announce_account(scene, stint->begin_event->accounts.items[j], stint);
        }
        for (guint j = 0; stint->decl != NULL && j < stint->decl->accounts.n; j++) {
            announce_account(scene, stint->decl->accounts.items[j], stint);
        }
    }
    if (of_scene_is_union(scene)) {
        restrict_legend(scene);
    }
}
