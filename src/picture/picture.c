#include "picture/picture.h"

static void free_data(GArray *data)
{
    if (data == NULL) {
        return;
    }
    for (guint i = 0; i < data->len; i++) {
        OfDatum *datum = &g_array_index(data, OfDatum, i);
        g_free(datum->name);
        g_free(datum->value);
    }
    g_array_set_clear_func(data, NULL);
    g_array_free(data, TRUE);
}

void of_shape_clear(OfShape *shape)
{
    g_free(shape->points);
    g_free(shape->text);
    g_free(shape->font);
}

void of_shapes_free(GArray *shapes)
{
    if (shapes == NULL) {
        return;
    }
    for (guint i = 0; i < shapes->len; i++) {
        of_shape_clear(&g_array_index(shapes, OfShape, i));
    }
    g_array_set_clear_func(shapes, NULL);
    g_array_free(shapes, TRUE);
}

OfShape of_shape_copy(const OfShape *shape)
{
    OfShape copy = *shape;
    copy.points = g_memdup2(shape->points, shape->n_points * sizeof *shape->points);
    copy.text = g_strdup(shape->text);
    copy.font = g_strdup(shape->font);
    return copy;
}

void of_element_free(OfElement *element)
{
    if (element == NULL) {
        return;
    }
    g_free(element->id);
    g_free(element->classes);
    g_free(element->title);
    g_free(element->url);
    g_free(element->tail);
    g_free(element->head);
    free_data(element->data);
    of_shapes_free(element->shapes);
    for (guint i = 0; element->titles != NULL && i < element->titles->len; i++) {
        g_free(g_array_index(element->titles, OfStepTitle, i).title);
    }
    g_clear_pointer(&element->titles, g_array_unref);
    g_free(element);
}

void of_picture_free(OfPicture *picture)
{
    if (picture == NULL) {
        return;
    }
    g_free(picture->id);
    g_free(picture->title);
    g_free(picture->description);
    g_free(picture->language);
    g_free(picture->digest);
    g_free(picture->program);
    g_clear_pointer(&picture->steps, g_array_unref);
    of_details_free(picture->details);
    if (picture->elements != NULL) {
        for (guint i = 0; i < picture->elements->len; i++) {
            of_element_free(g_ptr_array_index(picture->elements, i));
        }
        g_ptr_array_set_free_func(picture->elements, NULL);
        g_ptr_array_free(picture->elements, TRUE);
    }
    g_free(picture);
}

static bool add_dark_shapes(GArray *shapes, const GArray *dark)
{
    if (shapes->len != dark->len) {
        return false;
    }
    for (guint i = 0; i < shapes->len; i++) {
        OfShape *shape = &g_array_index(shapes, OfShape, i);
        const OfShape *other = &g_array_index(dark, OfShape, i);
        if (shape->kind != other->kind) {
            return false;
        }
        shape->dark_fill = other->fill;
        shape->dark_stroke = other->stroke;
    }
    return true;
}

bool of_picture_add_dark(OfPicture *picture, const OfPicture *dark)
{
    if (picture->elements->len != dark->elements->len) {
        return false;
    }
    for (guint i = 0; i < picture->elements->len; i++) {
        OfElement *element = picture->elements->pdata[i];
        const OfElement *other = dark->elements->pdata[i];
        if (g_strcmp0(element->id, other->id) != 0 || !add_dark_shapes(element->shapes, other->shapes)) {
            return false;
        }
    }
    picture->dark_background = dark->background;
    picture->has_dark = true;
    return true;
}

void of_picture_scale_lines(OfPicture *picture, double factor)
{
    for (guint i = 0; i < picture->elements->len; i++) {
        const OfElement *element = picture->elements->pdata[i];
        for (guint k = 0; k < element->shapes->len; k++) {
            g_array_index(element->shapes, OfShape, k).line_width *= factor;
        }
    }
}
