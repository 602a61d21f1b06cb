#include "paint/cairo_page.h"
#include "paint/check.h"
#include "paint/image.h"
#include "paint/literal.h"
#include "paint/painters.h"
#include <math.h>
#include <string.h>
#include <zlib.h>

#define SIDE_MAX         32767    /* of cairo's images */
#define HEADER_LENGTH    (8 + 25) /* the signature and the chunk IHDR */
#define POINTS_PER_METRE (7200 / 2.54)

static void append_number(GByteArray *bytes, guint32 number)
{
    guint32 big_endian = GUINT32_TO_BE(number);
    g_byte_array_append(bytes, (const guint8 *) &big_endian, sizeof big_endian);
}

/* A chunk as in the PNG specification, 5.3: length, type, data, CRC of type and data. */
static void append_chunk(GByteArray *png, const char *type, const GByteArray *data)
{
    append_number(png, data->len);
    guint start = png->len;
    g_byte_array_append(png, (const guint8 *) type, 4);
    g_byte_array_append(png, data->data, data->len);
    append_number(png, (guint32) crc32(crc32(0, NULL, 0), png->data + start, png->len - start));
}

/* tEXt where ASCII says it (11.3.4.3), else iTXt (11.3.4.5): uncompressed, without language and translated keyword. */
static void append_text_chunk(GByteArray *png, const char *keyword, const char *value)
{
    if (value == NULL) {
        return;
    }
    static const guint8 no_options[4] = {0, 0, 0, 0};
    g_autofree char *literal = of_literal_new_closed(value);
    bool ascii = g_str_is_ascii(literal);
    g_autoptr(GByteArray) data = g_byte_array_new();

    g_byte_array_append(data, (const guint8 *) keyword, (guint) strlen(keyword) + 1);
    if (!ascii) {
        g_byte_array_append(data, no_options, sizeof no_options);
    }
    g_byte_array_append(data, (const guint8 *) literal, (guint) strlen(literal));
    append_chunk(png, ascii ? "tEXt" : "iTXt", data);
}

/* How large the image is on paper or on a slide (11.3.5.3): without it, programs take 72 or 96 pixels for an inch. */
static void append_size_chunk(GByteArray *png, double scale)
{
    g_autoptr(GByteArray) data = g_byte_array_new();
    guint32 pixels_per_metre = (guint32) lround(OF_IMAGE_PIXELS_PER_POINT * scale * POINTS_PER_METRE);
    append_number(data, pixels_per_metre);
    append_number(data, pixels_per_metre);
    g_byte_array_append(data, (const guint8 *) "\1", 1);
    append_chunk(png, "pHYs", data);
}

/* cairo writes no texts, so they are put behind its header. */
static GBytes *add_metadata(const GByteArray *image, const OfPicture *picture, double scale)
{
    GByteArray *png = g_byte_array_sized_new(image->len + 1024);
    g_byte_array_append(png, image->data, HEADER_LENGTH);
    append_size_chunk(png, scale);
    append_text_chunk(png, "Title", picture->title);
    append_text_chunk(png, "Description", picture->description);
    append_text_chunk(png, "Software", picture->program);
    append_text_chunk(png, "orgflow-digest", picture->digest);
    g_byte_array_append(png, image->data + HEADER_LENGTH, image->len - HEADER_LENGTH);
    return g_byte_array_free_to_bytes(png);
}

GBytes *of_png_paint(OfPicture *const *pictures, guint n, const OfPaintSettings *settings, GError **error)
{
    const OfPicture *picture = n > 0 ? pictures[0] : NULL;
    int width, height;

    if (!of_paint_check(pictures, n, false, settings, error) ||
        !of_image_measure(picture, settings, SIDE_MAX, &width, &height, error)) {
        return NULL;
    }
    cairo_surface_t *surface = of_image_draw(picture, settings, width, height, error);
    g_autoptr(GByteArray) image = g_byte_array_new();
    GBytes *png = NULL;
    if (surface == NULL) {
        return NULL;
    }
    if (of_cairo_check_status(cairo_surface_write_to_png_stream(surface, of_cairo_write_bytes, image), "the image", error)) {
        png = add_metadata(image, picture, settings->scale);
    }
    cairo_surface_destroy(surface);
    return png;
}
