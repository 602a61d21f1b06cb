/* Where the parts of people's ways in which two revisions differ begin and end in the picture. */
#include "view/storyline_scene.h"

#include <math.h>

/* The x at which a person's line is about to change, or has changed, on a day: where the change itself begins or ends. */
static double find_x(const OfScene *scene, guint line, OfDay day, bool end)
{
    guint n = 0;
    const OfRoutes *routes = scene->line->routes;
    const OfWay *ways = of_routes_get_ways(routes, line, &n);
    const OfSlots *slots = scene->line->slots;
    const double x = scene->line->timescale->x[of_slots_find(slots, day)];
    for (guint i = 0; i < n && ways[i].kind != OF_WAY_TWIN; i++) {
        const OfLayoutPoint *points = of_routes_get_points(routes, &ways[i]);
        if (ways[i].kind != OF_WAY_STAY && points[0].x < x - 1e-6 && x + 1e-6 < points[ways[i].n - 1].x) {
            return end ? points[ways[i].n - 1].x : points[0].x;
        }
    }
    return x;
}

static void add_knots(GArray *knots, const GArray *way)
{
    for (guint i = 0; i < way->len; i += 3) {
        g_array_append_val(knots, g_array_index(way, OfLayoutPoint, i).x);
    }
}

static gint compare_x(gconstpointer a, gconstpointer b)
{
    const double left = *(const double *) a, right = *(const double *) b;
    return (left > right) - (left < right);
}

static bool ways_differ(const GArray *old, const GArray *whole, double x)
{
    const OfLayoutPoint *points = (const OfLayoutPoint *) (gpointer) whole->data,
                        *own = (const OfLayoutPoint *) (gpointer) old->data;
    if (whole->len == 0 || x < points[0].x || x > points[whole->len - 1].x) {
        return true;
    }
    return fabs(of_bezier_get_y(points, whole->len, x) - of_bezier_get_y(own, old->len, x)) > 0.05;
}

/* Where an old way is not the line itself. */
static void find_old_range(const OfScene *scene, OfPart *part)
{
    g_autoptr(GArray) old = of_scene_main_way(scene, part->old_line), whole = of_scene_main_way(scene, part->person);
    g_autoptr(GArray) knots = g_array_new(FALSE, FALSE, sizeof(double));
    part->old_x0 = part->old_x1 = 0;
    if (old->len == 0) {
        return;
    }
    add_knots(knots, old);
    add_knots(knots, whole);
    g_array_sort(knots, compare_x);
    const double begin = g_array_index(old, OfLayoutPoint, 0).x, end = g_array_index(old, OfLayoutPoint, old->len - 1).x;
    bool any = false;
    for (guint i = 0; i + 1 < knots->len; i++) {
        const double x = MAX(g_array_index(knots, double, i), begin), next = MIN(g_array_index(knots, double, i + 1), end);
        if (next - x > 1e-6 && (ways_differ(old, whole, x + (next - x) / 3) || ways_differ(old, whole, x + (next - x) / 2))) {
            part->old_x0 = any ? part->old_x0 : x;
            part->old_x1 = next;
            any = true;
        }
    }
}

void of_scene_place_parts(OfScene *scene)
{
    for (guint i = 0; i < scene->parts->len; i++) {
        OfPart *part = of_scene_part(scene, i);
        part->x0 = find_x(scene, part->person, part->from, false);
        part->x1 = find_x(scene, part->person, part->to, true);
        if (part->old_line != OF_VARIANT_NONE) {
            find_old_range(scene, part);
            part->x0 = MIN(part->x0, part->old_x0);
            part->x1 = MAX(part->x1, part->old_x1);
        }
    }
}
