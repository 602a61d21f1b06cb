#include "picture/overlaps.h"

#define ASCENT  0.72
#define DESCENT 0.2
#define SLACK   0.3 /* points by which boxes may touch */

typedef struct {
    const OfElement *element;
    double x0, y0, x1, y1;
} TextBox;

static TextBox text_box(const OfElement *element, const OfShape *shape)
{
    const double shift = shape->align == OF_ALIGN_LEFT ? 0 : shape->align == OF_ALIGN_CENTER ? 0.5 : 1;
    TextBox box = {.element = element};
    box.x0 = shape->points[0].x - shift * shape->text_width + SLACK;
    box.x1 = box.x0 + shape->text_width - 2 * SLACK;
    box.y0 = shape->points[0].y - ASCENT * shape->font_size + SLACK;
    box.y1 = shape->points[0].y + DESCENT * shape->font_size - SLACK;
    return box;
}

static gint compare_left(gconstpointer a, gconstpointer b)
{
    const TextBox *left = a, *right = b;
    return left->x0 < right->x0 ? -1 : left->x0 > right->x0;
}

static GArray *collect_boxes(const OfPicture *picture)
{
    GArray *boxes = g_array_new(FALSE, FALSE, sizeof(TextBox));
    for (guint i = 0; i < picture->elements->len; i++) {
        const OfElement *element = picture->elements->pdata[i];
        for (guint j = 0; j < element->shapes->len; j++) {
            const OfShape *shape = &g_array_index(element->shapes, OfShape, j);
            if (shape->kind == OF_SHAPE_TEXT && shape->n_points > 0) {
                const TextBox box = text_box(element, shape);
                g_array_append_val(boxes, box);
            }
        }
    }
    g_array_sort(boxes, compare_left);
    return boxes;
}

static guint count_label_pairs(const GArray *boxes)
{
    guint n = 0;
    for (guint i = 0; i < boxes->len; i++) {
        const TextBox *a = &g_array_index(boxes, TextBox, i);
        for (guint j = i + 1; j < boxes->len && g_array_index(boxes, TextBox, j).x0 < a->x1; j++) {
            const TextBox *b = &g_array_index(boxes, TextBox, j);
            n += a->element != b->element && a->y0 < b->y1 && b->y0 < a->y1;
        }
    }
    return n;
}

/* Clips the segment to one side of the box after Liang and Barsky (1984). */
static bool clip(double direction, double distance, double *enter, double *leave)
{
    if (direction == 0) {
        return distance >= 0;
    }
    const double at = distance / direction;
    if (direction < 0) {
        *enter = MAX(*enter, at);
    } else {
        *leave = MIN(*leave, at);
    }
    return *enter < *leave;
}

static bool segment_hits(const TextBox *box, OfPoint a, OfPoint b)
{
    double enter = 0, leave = 1;
    const double dx = b.x - a.x, dy = b.y - a.y;
    return clip(-dx, a.x - box->x0, &enter, &leave) && clip(dx, box->x1 - a.x, &enter, &leave) &&
           clip(-dy, a.y - box->y0, &enter, &leave) && clip(dy, box->y1 - a.y, &enter, &leave);
}

static OfPoint bezier_at(const OfPoint *p, double t)
{
    const double s = 1 - t, a = s * s * s, b = 3 * s * s * t, c = 3 * s * t * t, d = t * t * t;
    return (OfPoint){a * p[0].x + b * p[1].x + c * p[2].x + d * p[3].x, a * p[0].y + b * p[1].y + c * p[2].y + d * p[3].y};
}

static bool curve_hits(const TextBox *box, const OfPoint *p)
{
    static const int STEPS = 24;
    double left = p[0].x, right = p[0].x, top = p[0].y, bottom = p[0].y;
    for (int i = 1; i < 4; i++) {
        left = MIN(left, p[i].x);
        right = MAX(right, p[i].x);
        top = MIN(top, p[i].y);
        bottom = MAX(bottom, p[i].y);
    }
    if (left > box->x1 || right < box->x0 || top > box->y1 || bottom < box->y0) {
        return false; /* a Bézier stays within the hull of its control points */
    }
    OfPoint before = p[0];
    for (int i = 1; i <= STEPS; i++) {
        const OfPoint here = bezier_at(p, (double) i / STEPS);
        if (segment_hits(box, before, here)) {
            return true;
        }
        before = here;
    }
    return false;
}

/* A way as thick as it is drawn, against what is written. */
static bool way_hits(const TextBox *text, const OfShape *shape)
{
    const double half = MAX(shape->line_width / 2 - SLACK, 0);
    const TextBox grown = {text->element, text->x0 - half, text->y0 - half, text->x1 + half, text->y1 + half}, *box = &grown;
    if (shape->kind == OF_SHAPE_BEZIER && !shape->filled) {
        for (guint i = 0; i + 3 < shape->n_points; i += 3) {
            if (curve_hits(box, shape->points + i)) {
                return true;
            }
        }
    } else if (shape->kind == OF_SHAPE_POLYLINE) {
        for (guint i = 0; i + 1 < shape->n_points; i++) {
            if (segment_hits(box, shape->points[i], shape->points[i + 1])) {
                return true;
            }
        }
    }
    return false;
}

static guint count_line_pairs(const OfPicture *picture, const GArray *boxes)
{
    guint n = 0;
    for (guint i = 0; i < picture->elements->len; i++) {
        const OfElement *element = picture->elements->pdata[i];
        for (guint j = 0; element->kind == OF_ELEMENT_EDGE && j < boxes->len; j++) {
            const TextBox *box = &g_array_index(boxes, TextBox, j);
            bool hit = false;
            for (guint k = 0; box->element != element && !hit && k < element->shapes->len; k++) {
                hit = way_hits(box, &g_array_index(element->shapes, OfShape, k));
            }
            n += hit;
        }
    }
    return n;
}

OfOverlaps of_picture_count_overlaps(const OfPicture *picture)
{
    g_autoptr(GArray) boxes = collect_boxes(picture);
    return (OfOverlaps){count_label_pairs(boxes), count_line_pairs(picture, boxes)};
}
