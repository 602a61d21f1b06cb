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

static void free_shapes(GArray *shapes)
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

void of_element_free(OfElement *element)
{
    if (element == NULL) {
        return;
    }
    g_free(element->id);
    g_free(element->classes);
    g_free(element->title);
    g_free(element->url);
    free_data(element->data);
    free_shapes(element->shapes);
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
    if (picture->elements != NULL) {
        for (guint i = 0; i < picture->elements->len; i++) {
            of_element_free(g_ptr_array_index(picture->elements, i));
        }
        g_ptr_array_set_free_func(picture->elements, NULL);
        g_ptr_array_free(picture->elements, TRUE);
    }
    g_free(picture);
}
