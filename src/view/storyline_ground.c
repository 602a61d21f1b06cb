/* The ground of a storyline: lanes and gridlines, as xdot operations without text. */
#include "base/number.h"
#include "view/storyline_scene.h"

#include <string.h>

#define EDGE_SHARE    0.45 /* of a lab's colour in the edges of its lane */

static void append_point(const OfScene *scene, GString *ops, OfLayoutPoint point)
{
    g_string_append_c(ops, ' ');
    of_number_append(ops, point.x, 3);
    g_string_append_c(ops, ' ');
    of_number_append(ops, of_scene_graph_y(scene, point.y), 3);
}

static void append_color(GString *ops, char operator, const char * color)
{
    g_string_append_printf(ops, " %c %zu -%s", operator, strlen(color), color);
}

static void append_points(const OfScene *scene, GString *ops, char operator, const OfLayoutPoint * points, guint n)
{
    g_string_append_printf(ops, " %c %u", operator, n);
    for (guint i = 0; i < n; i++) {
        append_point(scene, ops, points[i]);
    }
}

/* A lane in one colour. */
typedef struct {
    GString *ops;
    const OfOutline *outline;
    const char *color;
} Area;

static guint append_area(const OfScene *scene, double from, double to, gpointer data)
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

static guint append_edge_parts(const OfScene *scene, double from, double to, gpointer data)
{
    const Area *area = data;
    const OfLayoutPoint *points = (const OfLayoutPoint *) (gpointer) scene->line->outlines->points->data;
    const struct {
        const OfLayoutPoint *points;
        guint n;
    } sides[] = {{points + area->outline->top, area->outline->n_top}, {points + area->outline->bottom, area->outline->n_bottom}};
    guint n = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(sides); i++) {
        g_autoptr(GArray) part = g_array_new(FALSE, FALSE, sizeof(OfLayoutPoint));
        if (from <= sides[i].points[0].x && to >= sides[i].points[sides[i].n - 1].x) {
            g_array_append_vals(part, sides[i].points, sides[i].n);
        } else {
            of_bezier_cut(sides[i].points, sides[i].n, from, to, part);
        }
        if (part->len >= 4) {
            append_points(scene, area->ops, 'B', (const OfLayoutPoint *) (gpointer) part->data, part->len);
            n++;
        }
    }
    return n;
}

/* The upper and lower edge of a lane in the lab's colour, thin and light: lanes of one stance side by side stay apart. */
static void append_edges(OfScene *scene, GString *ops, const OfOutline *outline)
{
    OfDrawing *drawing = scene->drawing;
    g_autofree char *color = of_color_mix(of_coloring_lab(drawing->coloring, of_scene_lab(scene, outline->lane)),
                                          drawing->theme->background, EDGE_SHARE);
    Area area = {ops, outline, color};
    g_string_append(ops, " S 17 -setlinewidth(0.8)");
    append_color(ops, 'c', color);
    of_scene_each_part(scene, outline->from, outline->to, append_edge_parts, &area);
}

/* A lane's area in the tints of its stances. */
static void append_tints(OfScene *scene, GString *ops, const OfOutline *outline)
{
    OfDrawing *drawing = scene->drawing;
    const OfLab *lab = of_scene_lab(scene, outline->lane);
    const bool lab_stands_out = of_selection_stands_out(&drawing->selection, lab->item.id);
    double x = outline->from;
    for (guint i = 0; i <= lab->stances.n && x < outline->to; i++) {
        /* The stance before the first one is none. */
        const OfLabState *state = i > 0 ? lab->stances.items[i - 1] : NULL;
        const OfLabState *next = i < lab->stances.n ? lab->stances.items[i] : NULL;
        const double end = next == NULL
                               ? outline->to
                               : MIN(MAX(of_timescale_get_x(scene->line->timescale, next->day), outline->from), outline->to);
        const OfStrategy *strategy = state != NULL ? state->strategy : NULL;
        const char *tint = strategy != NULL ? of_coloring_stance(drawing->coloring, strategy) : drawing->theme->stance_rest;
        const bool stands_out =
            lab_stands_out || (strategy != NULL && of_selection_stands_out(&drawing->selection, strategy->item.id));
        if (end > x) {
            Area area = {ops, outline, of_drawing_color(drawing, tint, stands_out || drawing->selection.highlight == NULL)};
            of_scene_each_part(scene, x, end, append_area, &area);
            x = end;
        }
    }
}

void of_scene_append_lane(OfScene *scene, GString *ops, const OfOutline *outline)
{
    append_tints(scene, ops, outline);
    append_edges(scene, ops, outline);
}

void of_scene_append_gridline(OfScene *scene, GString *ops, double x, bool major)
{
    const OfLayoutPoint ends[] = {{x, 0}, {x, scene->plot_height + (major ? 4 : 2)}};
    g_string_append(ops, major ? " S 17 -setlinewidth(0.8)" : " S 17 -setlinewidth(0.4)");
    append_color(ops, 'c', scene->drawing->theme->faint);
    append_points(scene, ops, 'L', ends, 2);
    of_scene_note_part(scene, OF_DAY_MIN);
}
