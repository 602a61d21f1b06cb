#include "paint/check.h"
#include <math.h>
#include <string.h>

static bool check_number(double value, const char *what, GError **error)
{
    if (!isfinite(value)) {
        g_set_error(error, OF_ERROR, OF_ERROR_ENVIRONMENT, "the layout gave %s that is no number", what);
        return false;
    }
    if (fabs(value) > OF_COORDINATE_MAX) {
        g_set_error(error, OF_ERROR, OF_ERROR_LIMIT, "the layout gave %s of %.0f points, and no drawing goes beyond %.0f", what,
                    value, OF_COORDINATE_MAX);
        return false;
    }
    return true;
}

static bool has_right_points(const OfShape *shape)
{
    switch (shape->kind) {
    case OF_SHAPE_POLYGON:
    case OF_SHAPE_POLYLINE:
        return shape->n_points >= 2;
    case OF_SHAPE_BEZIER:
        return shape->n_points >= 4 && shape->n_points % 3 == 1;
    case OF_SHAPE_ELLIPSE:
        return shape->n_points == 2;
    case OF_SHAPE_TEXT:
        return shape->n_points == 1 && shape->text != NULL;
    }
    return false;
}

static bool check_shape(const OfShape *shape, GError **error)
{
    if (!has_right_points(shape)) {
        g_set_error(error, OF_ERROR, OF_ERROR_ENVIRONMENT, "the layout gave a shape with %u points, which cannot be drawn",
                    shape->n_points);
        return false;
    }
    for (guint i = 0; i < shape->n_points; i++) {
        if (!check_number(shape->points[i].x, "a coordinate", error) || !check_number(shape->points[i].y, "a coordinate", error)) {
            return false;
        }
    }
    if (shape->kind == OF_SHAPE_TEXT) {
        /* An em for each byte is more than a text can take up; pango counts in 1024ths of a point and would overflow. */
        double most = shape->font_size * (double) strlen(shape->text);
        return check_number(shape->font_size, "a type size", error) && check_number(shape->text_width, "a text width", error) &&
               check_number(most, "a line of text", error);
    }
    return !shape->stroked || check_number(shape->line_width, "a line width", error);
}

static bool is_attribute_name(const char *name)
{
    bool good = name != NULL && *name != '\0';
    for (const char *p = name; good && *p != '\0'; p++) {
        good = g_ascii_islower(*p) || g_ascii_isdigit(*p) || *p == '-' || *p == '_' || *p == '.';
    }
    return good;
}

static bool check_data(const GArray *data, GError **error)
{
    for (guint i = 0; data != NULL && i < data->len; i++) {
        const OfDatum *datum = &g_array_index(data, OfDatum, i);
        bool twice = i > 0 && g_strcmp0(datum[-1].name, datum->name) == 0;
        if (twice || !is_attribute_name(datum->name)) {
            g_set_error(error, OF_ERROR, OF_ERROR_ENVIRONMENT, "`%s` cannot name a data attribute%s",
                        datum->name != NULL ? datum->name : "", twice ? " twice" : "");
            return false;
        }
    }
    return true;
}

static bool check_picture(const OfPicture *picture, GError **error)
{
    if (!check_number(picture->width, "a page width", error) || !check_number(picture->height, "a page height", error)) {
        return false;
    }
    if (picture->width <= 0 || picture->height <= 0) {
        g_set_error(error, OF_ERROR, OF_ERROR_ENVIRONMENT, "the layout gave a page without a size");
        return false;
    }
    for (guint i = 0; picture->elements != NULL && i < picture->elements->len; i++) {
        const OfElement *element = g_ptr_array_index(picture->elements, i);
        if (!check_data(element->data, error)) {
            return false;
        }
        for (guint k = 0; element->shapes != NULL && k < element->shapes->len; k++) {
            if (!check_shape(&g_array_index(element->shapes, OfShape, k), error)) {
                return false;
            }
        }
    }
    return true;
}

bool of_paint_check(OfPicture *const *pictures, guint n, bool many, const OfPaintSettings *settings, GError **error)
{
    if (n == 0 || (n > 1 && !many)) {
        g_set_error(error, OF_ERROR, OF_ERROR_USAGE, "%u drawings cannot go into one file of this format", n);
        return false;
    }
    if (!(settings->scale > 0 && settings->scale <= OF_SCALE_MAX)) {
        g_set_error(error, OF_ERROR, OF_ERROR_USAGE, "a drawing's scale is above 0 and at most %.0f", OF_SCALE_MAX);
        return false;
    }
    for (guint i = 0; i < n; i++) {
        if (!check_picture(pictures[i], error)) {
            return false;
        }
    }
    return true;
}
