#include "layout/bezier.h"

static OfLayoutPoint get_last(const GArray *points)
{
    return g_array_index(points, OfLayoutPoint, points->len - 1);
}

static void add_piece(GArray *points, double x1, double y1, double x2, double y2, double x3, double y3)
{
    OfLayoutPoint piece[] = {{x1, y1}, {x2, y2}, {x3, y3}};
    g_array_append_vals(points, piece, G_N_ELEMENTS(piece));
}

void of_bezier_line_to(GArray *points, double x, double y)
{
    OfLayoutPoint last = get_last(points);
    double dx = (x - last.x) / 3;
    double dy = (y - last.y) / 3;
    if (ABS(dx) > 1e-9 || ABS(dy) > 1e-9) {
        add_piece(points, last.x + dx, last.y + dy, x - dx, y - dy, x, y);
    }
}

void of_bezier_bend_to(GArray *points, double x, double y)
{
    OfLayoutPoint last = get_last(points);
    double middle = (last.x + x) / 2;
    if (ABS(y - last.y) <= 1e-9) {
        of_bezier_line_to(points, x, y);
        return;
    }
    add_piece(points, middle, last.y, middle, y, x, y);
}

static OfLayoutPoint mix(OfLayoutPoint a, OfLayoutPoint b, double t)
{
    return (OfLayoutPoint){a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t};
}

/* Splits the piece at @t into seven points. */
static void split(const OfLayoutPoint *piece, double t, OfLayoutPoint *halves)
{
    OfLayoutPoint middle = mix(piece[1], piece[2], t);
    halves[0] = piece[0];
    halves[1] = mix(piece[0], piece[1], t);
    halves[2] = mix(halves[1], middle, t);
    halves[6] = piece[3];
    halves[5] = mix(piece[2], piece[3], t);
    halves[4] = mix(middle, halves[5], t);
    halves[3] = mix(halves[2], halves[4], t);
}

/* The parameter at which the piece is at @x, by halving: 40 steps are far below any pixel. */
static double find_parameter(const OfLayoutPoint *piece, double x)
{
    double low = 0;
    double high = 1;
    for (guint i = 0; i < 40; i++) {
        double t = (low + high) / 2;
        OfLayoutPoint halves[7];
        split(piece, t, halves);
        if (halves[3].x < x) {
            low = t;
        } else {
            high = t;
        }
    }
    return (low + high) / 2;
}

double of_bezier_get_y(const OfLayoutPoint *points, guint n, double x)
{
    if (x <= points[0].x) {
        return points[0].y;
    }
    for (guint i = 0; i + 3 < n; i += 3) {
        if (x <= points[i + 3].x) {
            OfLayoutPoint halves[7];
            split(points + i, find_parameter(points + i, x), halves);
            return halves[3].y;
        }
    }
    return points[n - 1].y;
}

void of_bezier_cut(const OfLayoutPoint *points, guint n, double from, double to, GArray *part)
{
    guint start = part->len;
    for (guint i = 0; i + 3 < n; i += 3) {
        OfLayoutPoint piece[4] = {points[i], points[i + 1], points[i + 2], points[i + 3]};
        OfLayoutPoint halves[7];
        if (piece[3].x <= from || piece[0].x >= to) {
            continue;
        }
        if (piece[0].x < from) {
            split(piece, find_parameter(piece, from), halves);
            for (guint j = 0; j < 4; j++) {
                piece[j] = halves[3 + j];
            }
        }
        if (piece[3].x > to) {
            split(piece, find_parameter(piece, to), halves);
            for (guint j = 0; j < 4; j++) {
                piece[j] = halves[j];
            }
        }
        guint skip = part->len > start ? 1 : 0;
        g_array_append_vals(part, piece + skip, 4 - skip);
    }
    if (part->len == start) {
        OfLayoutPoint point = {from, of_bezier_get_y(points, n, from)};
        g_array_append_val(part, point);
    }
}
