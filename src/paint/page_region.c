#include "paint/page_region.h"

#include "paint/literal.h"

#include <math.h>
#include <string.h>

#define ROOM    6.0  /* points */
#define ASCENT  0.95 /* of the type size */
#define DESCENT 0.3

typedef struct {
    double left, top, right, bottom;
} Bounds;

const char *of_element_datum(const OfElement *element, const char *name)
{
    for (guint i = 0; element->data != NULL && i < element->data->len; i++) {
        const OfDatum *datum = &g_array_index(element->data, OfDatum, i);
        if (strcmp(datum->name, name) == 0) {
            return datum->value;
        }
    }
    return NULL;
}

char *of_element_words(const OfPicture *picture, const OfElement *element)
{
    GString *words = g_string_new(NULL);
    for (guint i = 0; i < element->shapes->len; i++) {
        const OfShape *shape = &g_array_index(element->shapes, OfShape, i);
        const bool is_past = picture->steps != NULL && shape->end_step < picture->steps->len;
        if (shape->kind == OF_SHAPE_TEXT && !is_past) {
            g_autofree char *literal = of_literal_new_closed(shape->text);
            g_string_append_printf(words, "%s%s", words->len > 0 ? " " : "", literal);
        }
    }
    return g_string_free(words, FALSE);
}

const OfElement *of_page_find_kind(const OfPicture *picture, const char *kind)
{
    for (guint i = 0; i < picture->elements->len; i++) {
        const OfElement *element = picture->elements->pdata[i];
        if (g_strcmp0(of_element_datum(element, "kind"), kind) == 0) {
            return element;
        }
    }
    return NULL;
}

char *of_page_subtitle(const OfPicture *picture)
{
    const OfElement *subtitle = of_page_find_kind(picture, "subtitle");
    return subtitle != NULL ? of_element_words(picture, subtitle) : NULL;
}

bool of_page_region_leaves_out(const OfElement *element)
{
    static const char *const kinds[] = {"title", "subtitle", "remark", "source", NULL};
    const char *kind = of_element_datum(element, "kind");
    return kind != NULL && g_strv_contains(kinds, kind);
}

static void include(Bounds *bounds, double left, double top, double right, double bottom)
{
    bounds->left = fmin(bounds->left, left);
    bounds->top = fmin(bounds->top, top);
    bounds->right = fmax(bounds->right, right);
    bounds->bottom = fmax(bounds->bottom, bottom);
}

static void include_text(Bounds *bounds, const OfShape *shape)
{
    const double before = shape->align == OF_ALIGN_LEFT     ? 0
                          : shape->align == OF_ALIGN_CENTER ? shape->text_width / 2
                                                            : shape->text_width;
    const double left = shape->points[0].x - before, baseline = shape->points[0].y;
    include(bounds, left, baseline - ASCENT * shape->font_size, left + shape->text_width, baseline + DESCENT * shape->font_size);
}

/* Curves by their control points, between which they run. */
static void include_shape(Bounds *bounds, const OfShape *shape)
{
    const bool seen = (shape->filled && shape->fill.alpha > 0) || (shape->stroked && shape->stroke.alpha > 0);
    const double half = shape->stroked ? shape->line_width / 2 : 0;
    if (shape->kind == OF_SHAPE_TEXT) {
        include_text(bounds, shape);
    } else if (seen && shape->kind == OF_SHAPE_ELLIPSE) {
        const OfPoint center = shape->points[0], radii = {fabs(shape->points[1].x) + half, fabs(shape->points[1].y) + half};
        include(bounds, center.x - radii.x, center.y - radii.y, center.x + radii.x, center.y + radii.y);
    } else if (seen) {
        for (guint i = 0; i < shape->n_points; i++) {
            const OfPoint point = shape->points[i];
            include(bounds, point.x - half, point.y - half, point.x + half, point.y + half);
        }
    }
}

OfPageRegion of_page_region(const OfPicture *picture)
{
    Bounds bounds = {INFINITY, INFINITY, -INFINITY, -INFINITY};
    for (guint i = 0; i < picture->elements->len; i++) {
        const OfElement *element = picture->elements->pdata[i];
        for (guint k = 0; !of_page_region_leaves_out(element) && k < element->shapes->len; k++) {
            include_shape(&bounds, &g_array_index(element->shapes, OfShape, k));
        }
    }
    if (!(bounds.left < bounds.right && bounds.top < bounds.bottom)) {
        return (OfPageRegion){0, 0, picture->width, picture->height};
    }
    return (OfPageRegion){bounds.left - ROOM, bounds.top - ROOM, bounds.right - bounds.left + 2 * ROOM,
                          bounds.bottom - bounds.top + 2 * ROOM};
}
