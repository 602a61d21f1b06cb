/* A drawing as an image of pixels, for the formats made of them. */
#ifndef OF_PAINT_IMAGE_H
#define OF_PAINT_IMAGE_H

#include "paint/paint.h"
#include <cairo.h>

#define OF_IMAGE_PIXELS_PER_POINT 2 /* times the scale */

/* Width and height in pixels. They are never made smaller than asked for: what is over the limit, or over side_max, is an error
 * (OF_ERROR_LIMIT). */
bool of_image_measure(const OfPicture *picture, const OfPaintSettings *settings, int side_max, int *width, int *height,
                      GError **error);

/* Draws it: opaque (RGB24) where the background is, else ARGB32. NULL with error (OF_ERROR_ENVIRONMENT) where memory or fonts
 * are missing. Owned by the caller. */
cairo_surface_t *of_image_draw(const OfPicture *picture, const OfPaintSettings *settings, int width, int height, GError **error);

#endif
