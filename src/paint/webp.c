/* WebP: the steps of a drawing as an animation, or a drawing without steps as an image. Lossless. */
#include "paint/check.h"
#include "paint/painters.h"

#ifndef ORGFLOW_WEBP

GBytes *of_webp_paint(OfPicture *const *pictures G_GNUC_UNUSED, guint n G_GNUC_UNUSED,
                      const OfPaintSettings *settings G_GNUC_UNUSED, GError **error)
{
    g_set_error_literal(error, OF_ERROR, OF_ERROR_ENVIRONMENT,
                        "this orgflow was built without WebP (Debian: libwebp-dev); --steps with --animate plays in an SVG");
    return NULL;
}

#else

#include "paint/image.h"
#include <math.h>
#include <webp/encode.h>
#include <webp/mux.h>

#define METHOD      3 /* 0 is fast, 6 small */
#define FINAL_PACES 2 /* the last step is seen for longer, where a viewer begins anew */
#define MILLISECOND 1000

/* Images of WebP are not multiplied by alpha, those of cairo are. */
static guint32 plain_pixel(guint32 pixel)
{
    const guint32 alpha = pixel >> 24;
    if (alpha == 255 || alpha == 0) {
        return alpha == 0 ? 0 : pixel;
    }
    guint32 plain = alpha << 24;
    for (guint shift = 0; shift <= 16; shift += 8) {
        const guint32 channel = MIN(255, ((pixel >> shift & 255) * 255 + alpha / 2) / alpha);
        plain |= channel << shift;
    }
    return plain;
}

static void copy_pixels(cairo_surface_t *surface, WebPPicture *frame)
{
    const bool opaque = cairo_image_surface_get_format(surface) == CAIRO_FORMAT_RGB24;
    const unsigned char *data = cairo_image_surface_get_data(surface);
    const gsize stride = (gsize) cairo_image_surface_get_stride(surface);
    for (int y = 0; y < frame->height; y++) {
        const guint32 *row = (gconstpointer) (data + (gsize) y * stride);
        guint32 *to = frame->argb + (gsize) y * (gsize) frame->argb_stride;
        for (int x = 0; x < frame->width; x++) {
            to[x] = opaque ? row[x] | 0xff000000U : plain_pixel(row[x]);
        }
    }
}

static bool fail(GError **error, const char *reason)
{
    g_set_error(error, OF_ERROR, OF_ERROR_ENVIRONMENT, "cannot make the WebP: %s", reason);
    return false;
}

/* Adds what is seen from a moment on. */
static bool add_frame(WebPAnimEncoder *encoder, const WebPConfig *config, const OfPicture *picture, const OfPaintSettings *settings,
                      int width, int height, int moment, GError **error)
{
    cairo_surface_t *surface = of_image_draw(picture, settings, width, height, error);
    WebPPicture frame;
    if (surface == NULL) {
        return false;
    }
    bool added = WebPPictureInit(&frame) != 0;
    frame.use_argb = 1;
    frame.width = width;
    frame.height = height;
    added = added && WebPPictureAlloc(&frame) != 0;
    if (added) {
        copy_pixels(surface, &frame);
        added = WebPAnimEncoderAdd(encoder, &frame, moment, config) != 0;
    }
    WebPPictureFree(&frame);
    cairo_surface_destroy(surface);
    return added || fail(error, WebPAnimEncoderGetError(encoder));
}

static bool add_frames(WebPAnimEncoder *encoder, const OfPicture *picture, const OfPaintSettings *settings, int width, int height,
                       GError **error)
{
    const guint n = picture->steps != NULL ? picture->steps->len : 1;
    const double pace = settings->pace * MILLISECOND;
    WebPConfig config;
    bool added = WebPConfigInit(&config) != 0;
    config.lossless = 1;
    config.method = METHOD;
    for (guint k = 0; added && k < n; k++) {
        OfPicture *step = picture->steps != NULL ? of_picture_at_step(picture, k) : NULL;
        added = add_frame(encoder, &config, step != NULL ? step : picture, settings, width, height, (int) lround(k * pace), error);
        of_picture_free(step);
    }
    return added && (WebPAnimEncoderAdd(encoder, NULL, (int) lround((n - 1 + FINAL_PACES) * pace), NULL) != 0 ||
                     fail(error, WebPAnimEncoderGetError(encoder)));
}

GBytes *of_webp_paint(OfPicture *const *pictures, guint n, const OfPaintSettings *settings, GError **error)
{
    int width, height;
    WebPAnimEncoderOptions options;
    if (!of_paint_check(pictures, n, false, settings, error) ||
        !of_image_measure(pictures[0], settings, WEBP_MAX_DIMENSION, &width, &height, error)) {
        return NULL;
    }
    WebPAnimEncoder *encoder = NULL;
    if (WebPAnimEncoderOptionsInit(&options) != 0) {
        options.anim_params.loop_count = 1;
        encoder = WebPAnimEncoderNew(width, height, &options);
    }
    if (encoder == NULL) {
        fail(error, "out of memory");
        return NULL;
    }
    WebPData data = {NULL, 0};
    GBytes *bytes = NULL;
    if (add_frames(encoder, pictures[0], settings, width, height, error)) {
        if (WebPAnimEncoderAssemble(encoder, &data) != 0) {
            bytes = g_bytes_new(data.bytes, data.size);
        } else {
            fail(error, WebPAnimEncoderGetError(encoder));
        }
    }
    WebPDataClear(&data);
    WebPAnimEncoderDelete(encoder);
    return bytes;
}

#endif
