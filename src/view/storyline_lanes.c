/* The background of a storyline: lanes in the tints of their stances, and gridlines, as xdot operations without text. */
#include "view/storyline_scene.h"

#include <string.h>

#include "base/number.h"

#define EDGE_SHARE    0.45 /* of a lab's colour in the edges of its lane */
#define EDGE_WIDTH    0.8
#define OUTLINE_WIDTH 1.2 /* of the edges where a theme has outlined lanes */

/* Of two revisions, points. */
#define STRIP    4.4 /* height of what a lane stood for before */
#define HATCH    5.0 /* distance of its strokes */
#define NEW_EDGE 1.4
#define NEW_BAR  2.6 /* where a lane begins or ends */
#define OLD_EDGE 0.9
#define OLD_BAR  1.4
#define DASH     5.0
#define GAP      3.5

static void append_color(GString *ops, char operator, const char * color)
{
    g_string_append_printf(ops, " %c %zu -%s", operator, strlen(color), color);
}

static void append_points(const OfScene *scene, GString *ops, char operator, const OfLayoutPoint * points, guint n)
{
    g_string_append_printf(ops, " %c %u", operator, n);
    for (guint i = 0; i < n; i++) {
        g_string_append_c(ops, ' ');
        of_number_append(ops, points[i].x, 3);
        g_string_append_c(ops, ' ');
        of_number_append(ops, scene->drawing->height - points[i].y, 3);
    }
}

static void append_width(GString *ops, double width)
{
    g_autofree char *text = of_number_text(width);
    g_string_append_printf(ops, " S %zu -setlinewidth(%s)", strlen("setlinewidth()") + strlen(text), text);
}

/* A lane in one colour. parts: the days of its shapes, where there are steps. */
typedef struct {
    GString *ops;
    const OfOutline *outline;
    const char *color;
} Area;

static guint append_area_piece(const OfScene *scene, double from, double to, gpointer data)
{
    const Area *area = data;
    g_autoptr(GArray) path = of_outlines_cut(scene->line->outlines, area->outline, from, to);
    if (path->len == 0) {
        return 0;
    }
    append_color(area->ops, 'c', area->color);
    append_color(area->ops, 'C', area->color);
    append_points(scene, area->ops, 'b', (const OfLayoutPoint *) (gpointer) path->data, path->len);
    return 1;
}

static void append_area(const OfScene *scene, GString *ops, GString *parts, const OfOutline *outline, double from, double to,
                        const char *color)
{
    Area area = {ops, outline, color};
    of_scene_each_piece(scene, from, to, parts, append_area_piece, &area);
}

static const OfLayoutPoint *outline_points(const OfScene *scene, guint32 first)
{
    return &g_array_index(scene->line->outlines->points, OfLayoutPoint, first);
}

static char *edge_color(const OfScene *scene, const OfOutline *outline, double share)
{
    OfDrawing *drawing = scene->drawing;
    return of_color_mix(of_coloring_lab(drawing->coloring, of_scene_lab(scene, outline->lane)), drawing->theme->background, share);
}

static guint append_edge_pieces(const OfScene *scene, double from, double to, gpointer data)
{
    const Area *area = data;
    const struct {
        const OfLayoutPoint *points;
        guint n;
    } sides[] = {{outline_points(scene, area->outline->top), area->outline->n_top},
                 {outline_points(scene, area->outline->bottom), area->outline->n_bottom}};
    guint n = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(sides); i++) {
        g_autoptr(GArray) piece = g_array_new(FALSE, FALSE, sizeof(OfLayoutPoint));
        if (from <= sides[i].points[0].x && to >= sides[i].points[sides[i].n - 1].x) {
            g_array_append_vals(piece, sides[i].points, sides[i].n);
        } else {
            of_bezier_cut(sides[i].points, sides[i].n, from, to, piece);
        }
        if (piece->len >= 4) {
            append_points(scene, area->ops, 'B', (const OfLayoutPoint *) (gpointer) piece->data, piece->len);
            n++;
        }
    }
    return n;
}

/* The upper and lower edge of a lane in the lab's colour, thin and light: lanes of one stance side by side stay apart. */
static void append_edges(const OfScene *scene, GString *ops, GString *parts, const OfOutline *outline)
{
    const bool outlined = scene->drawing->theme->outlined;
    g_autofree char *color = edge_color(scene, outline, outlined ? 1 : EDGE_SHARE);
    Area area = {ops, outline, color};
    append_width(ops, outlined ? OUTLINE_WIDTH : EDGE_WIDTH);
    append_color(ops, 'c', color);
    of_scene_each_piece(scene, outline->from, outline->to, parts, append_edge_pieces, &area);
}

/* A lane's area between two x in the tints of a lab's stances. */
static void append_stances(const OfScene *scene, GString *ops, GString *parts, const OfOutline *outline, OfRevisionSide side,
                           const OfLab *lab, double begin, double last)
{
    OfDrawing *drawing = scene->drawing;
    const OfSelection *selection = &of_scene_side(scene, side)->selection;
    const bool lab_stands_out = of_selection_stands_out(selection, lab->item.id);
    double x = begin;
    for (guint i = 0; i <= lab->stances.n && x < last; i++) {
        /* The stance before the first one is none. */
        const OfLabState *state = i > 0 ? lab->stances.items[i - 1] : NULL;
        const OfLabState *next = i < lab->stances.n ? lab->stances.items[i] : NULL;
        const double end = next == NULL ? last : MIN(MAX(of_timescale_get_x(scene->line->timescale, next->day), begin), last);
        const OfStrategy *strategy = state != NULL ? state->strategy : NULL;
        const char *tint = strategy != NULL ? of_coloring_stance(drawing->coloring, strategy) : drawing->theme->stance_rest;
        const bool stands_out = lab_stands_out || (strategy != NULL && of_selection_stands_out(selection, strategy->item.id));
        if (end > x) {
            append_area(scene, ops, parts, outline, x, end,
                        drawing->theme->outlined ? drawing->theme->background
                                                 : of_drawing_color(drawing, tint, stands_out || selection->highlight == NULL));
            x = end;
        }
    }
}

/* --- Two revisions --- */

/* The x of a day at which a lane may begin or end. */
static double lane_x(const OfScene *scene, OfDay day)
{
    return scene->line->timescale->x[of_slots_find(scene->line->slots, MAX(day, scene->drawing->selection.from))];
}

/* An edge of a lane between two x, dashed or solid. */
static void append_edge(const OfScene *scene, GString *ops, const OfLayoutPoint *edge, guint n, double from, double to, bool dashed)
{
    for (double x = from; x < to; x += DASH + GAP) {
        g_autoptr(GArray) part = g_array_new(FALSE, FALSE, sizeof(OfLayoutPoint));
        of_bezier_cut(edge, n, x, dashed ? MIN(x + DASH, to) : to, part);
        if (part->len > 1) {
            append_points(scene, ops, 'B', (const OfLayoutPoint *) (gpointer) part->data, part->len);
        }
        if (!dashed) {
            return;
        }
    }
}

/* Both edges of a lane between two x. */
static void append_edges_between(const OfScene *scene, GString *ops, const OfOutline *outline, double from, double to, bool dashed)
{
    if (to > from) {
        append_edge(scene, ops, outline_points(scene, outline->top), outline->n_top, from, to, dashed);
        append_edge(scene, ops, outline_points(scene, outline->bottom), outline->n_bottom, from, to, dashed);
    }
}

/* The edges of what one revision alone has of a lane, and bars where that begins and ends. */
static void append_marked_edges(const OfScene *scene, GString *ops, const OfOutline *outline, double from, double to, bool dashed)
{
    g_autofree char *color = edge_color(scene, outline, 1);
    if (to <= from) {
        return;
    }
    append_width(ops, dashed ? OLD_EDGE : NEW_EDGE);
    append_color(ops, 'c', color);
    append_edges_between(scene, ops, outline, from, to, dashed);
    const double ends[] = {from, to};
    append_width(ops, dashed ? OLD_BAR : NEW_BAR);
    for (gsize i = 0; i < G_N_ELEMENTS(ends); i++) {
        double top = 0, bottom = 0;
        of_outlines_get_span(scene->line->outlines, outline, ends[i], &top, &bottom);
        const bool inside = ends[i] > scene->input.page.left + 0.5 && ends[i] < scene->input.page.right - 0.5;
        for (double y = top; inside && y < bottom; y += dashed ? DASH + GAP : bottom - top) {
            const OfLayoutPoint bar[] = {{ends[i], y}, {ends[i], dashed ? MIN(y + DASH, bottom) : bottom}};
            append_points(scene, ops, 'L', bar, 2);
        }
    }
}

/* Quiet edges of a lane: of one revision, or of both, dashed where only the old one has it. */
static void append_quiet_edges(const OfScene *scene, GString *ops, const OfOutline *outline, const double *from, const double *to)
{
    g_autofree char *color = edge_color(scene, outline, EDGE_SHARE);
    append_width(ops, 0.8);
    append_color(ops, 'c', color);
    for (int side = 0; side < OF_N_REVISIONS; side++) {
        if (side == OF_NEW ? of_scene_shows(scene, OF_NEW) : of_scene_shown(scene) == OF_OLD) {
            append_edges_between(scene, ops, outline, from[side], to[side], false);
        }
    }
    if (scene->drawing->panel == OF_PANEL_DIFF) {
        append_edges_between(scene, ops, outline, from[OF_OLD], MIN(to[OF_OLD], MAX(from[OF_NEW], from[OF_OLD])), true);
        append_edges_between(scene, ops, outline, MAX(from[OF_OLD], to[OF_NEW]), to[OF_OLD], true);
    }
}

/* What a lane stood for before, where that was another stance: a strip in the old tint along its lower edge, hatched. */
static void append_old_stance(const OfScene *scene, GString *ops, const OfOutline *outline, double from, double to,
                              const char *tint)
{
    const OfLayoutPoint *edge = outline_points(scene, outline->bottom);
    const guint n = outline->n_bottom;
    g_autoptr(GArray) path = g_array_new(FALSE, FALSE, sizeof(OfLayoutPoint)),
                      back = g_array_new(FALSE, FALSE, sizeof(OfLayoutPoint));
    if (to - from < 1) {
        return;
    }
    of_bezier_cut(edge, n, from, to, path);
    g_array_append_vals(back, path->data, path->len);
    const OfLayoutPoint corner = g_array_index(back, OfLayoutPoint, back->len - 1), first = g_array_index(path, OfLayoutPoint, 0);
    of_bezier_line_to(path, corner.x, corner.y - STRIP);
    for (guint i = back->len - 1; i-- > 0;) {
        const OfLayoutPoint point = {g_array_index(back, OfLayoutPoint, i).x, g_array_index(back, OfLayoutPoint, i).y - STRIP};
        g_array_append_val(path, point);
    }
    of_bezier_line_to(path, first.x, first.y);
    append_color(ops, 'c', tint);
    append_color(ops, 'C', tint);
    append_points(scene, ops, 'b', (const OfLayoutPoint *) (gpointer) path->data, path->len);
    append_width(ops, 0.6);
    append_color(ops, 'c', scene->drawing->theme->muted);
    for (double x = from; x + STRIP < to; x += HATCH) {
        const OfLayoutPoint stroke[] = {{x, of_bezier_get_y(edge, n, x)}, {x + STRIP, of_bezier_get_y(edge, n, x + STRIP) - STRIP}};
        append_points(scene, ops, 'L', stroke, 2);
    }
}

static gint compare_days(gconstpointer a, gconstpointer b)
{
    const OfDay left = *(const OfDay *) a, right = *(const OfDay *) b;
    return (left > right) - (left < right);
}

static bool same_strategy(const OfScene *scene, const OfStrategy *old, const OfStrategy *new)
{
    return old == NULL || new == NULL ? old == new : of_revisions_mate(scene->drawing->revisions, &old->item) == &new->item;
}

static const OfStrategy *stance_on(const OfLab *lab, OfDay day)
{
    const OfLabState *state = of_lab_stance_on(lab, day);
    return state != NULL ? state->strategy : NULL;
}

/* Strips wherever the stances differ, as far as the old revision knows. */
static void append_old_stances(const OfScene *scene, GString *ops, const OfOutline *outline, double begin, double last)
{
    const OfSceneLane *lane = of_scene_lane_sides(scene, (guint) outline->lane);
    g_autoptr(GArray) days = g_array_new(FALSE, FALSE, sizeof(OfDay));
    g_autoptr(GArray) stances = of_scene_list_stances(scene, (guint) outline->lane);
    bool any = false;
    for (guint i = 0; i < stances->len; i++) {
        any = any || g_array_index(stances, OfStance, i).difference.delta != OF_DELTA_UNCHANGED;
    }
    const OfDay from = scene->drawing->selection.from, to = MIN(scene->known[OF_OLD], scene->drawing->selection.to) + 1;
    g_array_append_val(days, from);
    g_array_append_val(days, to);
    for (int side = 0; any && side < OF_N_REVISIONS; side++) {
        for (guint i = 0; i < lane->sides[side]->stances.n; i++) {
            const OfDay day = lane->sides[side]->stances.items[i]->day;
            if (day > from && day < to) {
                g_array_append_val(days, day);
            }
        }
    }
    g_array_sort(days, compare_days);
    for (guint i = 0; any && i + 1 < days->len; i++) {
        const OfDay day = g_array_index(days, OfDay, i);
        const OfStrategy *old = stance_on(lane->sides[OF_OLD], day);
        if (!same_strategy(scene, old, stance_on(lane->sides[OF_NEW], day))) {
            const OfTimescale *scale = scene->line->timescale;
            append_old_stance(scene, ops, outline, MAX(begin, of_timescale_get_x(scale, day)),
                              MIN(last, of_timescale_get_x(scale, g_array_index(days, OfDay, i + 1))),
                              of_coloring_stance(scene->drawing->coloring, old));
        }
    }
}

/* A lane as a panel shows it. */
static void append_lane_of_two(const OfScene *scene, GString *ops, const OfOutline *outline)
{
    const OfSceneLane *lane = of_scene_lane_sides(scene, (guint) outline->lane);
    double from[OF_N_REVISIONS], to[OF_N_REVISIONS];
    for (int side = 0; side < OF_N_REVISIONS; side++) {
        const bool has = lane->sides[side] != NULL;
        from[side] = has ? MAX(outline->from, lane_x(scene, lane->begin[side])) : 0;
        to[side] = has ? MIN(outline->to, lane->end[side] == OF_DAY_OPEN ? outline->to : lane_x(scene, lane->end[side])) : 0;
    }
    const bool diff = scene->drawing->panel == OF_PANEL_DIFF;
    const OfRevisionSide main = diff && lane->sides[OF_NEW] == NULL ? OF_OLD : of_scene_shown(scene);
    if (lane->sides[main] == NULL || to[main] <= from[main]) {
        return;
    }
    if (!diff || main == OF_NEW) {
        append_stances(scene, ops, NULL, outline, main, lane->sides[main], from[main], to[main]);
    }
    OfDifference difference;
    g_free(of_scene_lane_name(scene, (guint) outline->lane, scene->drawing->selection.to, OF_PANEL_DIFF, &difference));
    const bool marked = of_scene_is_marked(scene, difference.delta);
    of_difference_clear(&difference);
    if (marked && (lane->sides[OF_NEW] == NULL || lane->sides[OF_OLD] == NULL)) {
        append_marked_edges(scene, ops, outline, from[main], to[main], main == OF_OLD);
        return;
    }
    append_quiet_edges(scene, ops, outline, from, to);
    if (marked) {
        append_marked_edges(scene, ops, outline, from[OF_OLD], MIN(from[OF_NEW], to[OF_OLD]), true);
        append_marked_edges(scene, ops, outline, MAX(to[OF_NEW], from[OF_OLD]), to[OF_OLD], true);
        append_marked_edges(scene, ops, outline, from[OF_NEW], MIN(from[OF_OLD], to[OF_NEW]), false);
        append_marked_edges(scene, ops, outline, MAX(to[OF_OLD], from[OF_NEW]), to[OF_NEW], false);
    }
    if (diff && lane->sides[OF_OLD] != NULL && lane->sides[OF_NEW] != NULL) {
        append_old_stances(scene, ops, outline, MAX(from[OF_OLD], from[OF_NEW]), MIN(to[OF_OLD], to[OF_NEW]));
    }
}

/* How many shapes operations draw: all their operands are numbers, or begin with `-`. */
static guint count_shapes(const char *ops)
{
    guint n = 0;
    for (const char *at = strchr(ops, ' '); at != NULL; at = strchr(at + 1, ' ')) {
        n += strchr("bBLP", at[1]) != NULL && at[2] == ' ';
    }
    return n;
}

/* Makes the shapes of a lane one thing with a name: a node without ink in its middle, which says which of the background's they are. */
static void add_lane(const OfScene *scene, const OfOutline *outline, guint first, guint last, const char *parts)
{
    OfDrawing *drawing = scene->drawing;
    const OfLab *lab = of_scene_lab(scene, outline->lane);
    g_autofree char *name = g_strconcat("lane-of-", of_drawing_key(drawing, &lab->item), NULL);
    g_autofree char *area = g_strdup_printf("%u-%u", first, last);
    OfDifference difference;
    g_autofree char *title = of_scene_lane_name(scene, (guint) outline->lane, drawing->selection.to, drawing->panel, &difference);
    const double x = (outline->from + outline->to) / 2;
    double top = 0, bottom = 0;
    of_outlines_get_span(scene->line->outlines, outline, x, &top, &bottom);
    g_autoptr(GString) pos = g_string_new(NULL);
    of_number_append(pos, x, 3);
    g_string_append_c(pos, ',');
    of_number_append(pos, drawing->height - (top + bottom) / 2, 3);
    Agnode_t *node = of_graph_node(drawing->graph, name);
    of_graph_set(node, "id", name, "class", "lane", "shape", "point", "style", "invis", "label", "", "width", "0.01", "height",
                 "0.01", "pos", pos->str, "data_kind", "lab", "data_lab", lab->item.id, "data_title", title, "data_area", area,
                 "data_parts", parts, NULL);
    of_scene_set_change(scene, node, &difference);
    of_difference_clear(&difference);
}

static void append_lane(const OfScene *scene, GString *ops, GString *parts, const OfOutline *outline)
{
    if (of_scene_is_union(scene)) {
        append_lane_of_two(scene, ops, outline);
    } else {
        append_stances(scene, ops, parts, outline, OF_NEW, of_scene_lab(scene, outline->lane), outline->from, outline->to);
        append_edges(scene, ops, parts, outline);
    }
}

/* A lane may be out of the picture for a while: its outlines follow one another. */
void of_scene_append_lanes(const OfScene *scene, GString *ops)
{
    const GArray *outlines = scene->line->outlines->outlines;
    guint n = count_shapes(ops->str);
    for (guint i = 0; i < outlines->len;) {
        const OfOutline *first = &g_array_index(outlines, OfOutline, i);
        const gsize before = ops->len;
        g_autoptr(GString) parts = g_string_new(NULL);
        for (; i < outlines->len && g_array_index(outlines, OfOutline, i).lane == first->lane; i++) {
            append_lane(scene, ops, parts, &g_array_index(outlines, OfOutline, i));
        }
        const guint n_own = count_shapes(ops->str + before);
        if (n_own > 0) {
            add_lane(scene, first, n + 1, n + n_own, parts->len > 0 ? parts->str : NULL);
        }
        n += n_own;
    }
}

void of_scene_append_gridline(const OfScene *scene, GString *ops, double x, bool major)
{
    const OfLayoutPoint ends[] = {{x, 0}, {x, scene->plot_height + (major ? 4 : 2)}};
    append_width(ops, major ? 0.8 : 0.4);
    append_color(ops, 'c', scene->drawing->theme->faint);
    append_points(scene, ops, 'L', ends, 2);
}

void of_scene_append_tie(const OfScene *scene, GString *ops, OfLayoutPoint from, OfLayoutPoint to)
{
    const OfLayoutPoint ends[] = {from, to};
    append_width(ops, 0.9);
    append_color(ops, 'c', scene->drawing->theme->ink);
    append_points(scene, ops, 'L', ends, 2);
}
