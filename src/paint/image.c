#include "paint/image.h"

#include "paint/cairo_page.h"

#include <math.h>

bool of_image_measure(const OfPicture *picture, const OfPaintSettings *settings, int side_max, int *width, int *height,
                      GError **error)
{
    double wanted_width = fmax(1, round(picture->width * OF_IMAGE_PIXELS_PER_POINT * settings->scale));
    double wanted_height = fmax(1, round(picture->height * OF_IMAGE_PIXELS_PER_POINT * settings->scale));
    gint64 most = settings->limits->value[OF_LIMIT_PIXELS];

    if (wanted_width > side_max || wanted_height > side_max) {
        g_set_error(error, OF_ERROR, OF_ERROR_LIMIT, "the image would be %.0f x %.0f pixels, and no side may have more than %d",
                    wanted_width, wanted_height, side_max);
        return false;
    }
    if (wanted_width * wanted_height > (double) most) {
        g_set_error(error, OF_ERROR, OF_ERROR_LIMIT,
                    "the image would be %.0f x %.0f pixels, %.0f in all, and the limit `%s` is %" G_GINT64_FORMAT, wanted_width,
                    wanted_height, wanted_width * wanted_height, of_limit_info(OF_LIMIT_PIXELS)->name, most);
        return false;
    }
    *width = (int) wanted_width;
    *height = (int) wanted_height;
    return true;
}

cairo_surface_t *of_image_draw(const OfPicture *picture, const OfPaintSettings *settings, int width, int height, GError **error)
{
    const bool opaque = picture->has_background && picture->background.alpha == 255;
    cairo_surface_t *surface = cairo_image_surface_create(opaque ? CAIRO_FORMAT_RGB24 : CAIRO_FORMAT_ARGB32, width, height);
    bool drawn = of_cairo_check_status(cairo_surface_status(surface), "the image", error);
    if (drawn) {
        cairo_t *cr = cairo_create(surface);
        cairo_scale(cr, OF_IMAGE_PIXELS_PER_POINT * settings->scale, OF_IMAGE_PIXELS_PER_POINT * settings->scale);
        drawn = of_cairo_page_draw(cr, picture, OF_CAIRO_TEXT_OUTLINES, settings->typesetter, error);
        cairo_destroy(cr);
    }
    if (!drawn) {
        cairo_surface_destroy(surface);
        return NULL;
    }
    cairo_surface_flush(surface);
    return surface;
}
