/* Compares two images as an eye would:
 *
 *     compare_png REFERENCE ACTUAL [--tolerance SHARE] [--slack PIXELS] [--blur PIXELS]
 *
 * prints the share of the ink that differs and ends with 0 where it is at most SHARE (0.002 unless told), 1 where it is more or
 * the sizes differ, 2 where an image cannot be read.
 *
 * Both are laid on white and blurred over so many pixels to each side (1 unless told), so that another rasteriser's half pixel does not count; a pixel differs
 * where one of its channels is more than DIFFERENCE apart. Ink is what differs from the reference's upper left corner in either
 * image: on a mostly empty page a share of all pixels would hide a missing line.
 *
 * With slack a pixel is like the other image where one like it is at most that many pixels away, seen from both: other versions of the
 * libraries that measure text move words and lines a little, and nothing may be missing or new for all that. */
#include <cairo.h>
#include <glib.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#define DIFFERENCE 32
#define CHANNELS   3

typedef struct {
    int width, height;
    guint8 *values; /* CHANNELS a pixel, row by row */
} Image;

static void free_image(Image *image)
{
    if (image != NULL) {
        g_free(image->values);
        g_free(image);
    }
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Image, free_image)

static Image *read_image(const char *path)
{
    cairo_surface_t *file = cairo_image_surface_create_from_png(path);
    if (cairo_surface_status(file) != CAIRO_STATUS_SUCCESS) {
        g_printerr("compare_png: cannot read `%s`: %s\n", path, cairo_status_to_string(cairo_surface_status(file)));
        cairo_surface_destroy(file);
        return NULL;
    }
    Image *image = g_new0(Image, 1);
    image->width = cairo_image_surface_get_width(file);
    image->height = cairo_image_surface_get_height(file);
    image->values = g_malloc((gsize) image->width * (gsize) image->height * CHANNELS);

    cairo_surface_t *paper = cairo_image_surface_create(CAIRO_FORMAT_RGB24, image->width, image->height);
    cairo_t *cr = cairo_create(paper);
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_paint(cr);
    cairo_set_source_surface(cr, file, 0, 0);
    cairo_paint(cr);
    bool drawn = cairo_status(cr) == CAIRO_STATUS_SUCCESS;
    cairo_destroy(cr);
    cairo_surface_destroy(file);
    cairo_surface_flush(paper);
    for (int y = 0; drawn && y < image->height; y++) {
        const guint8 *row = cairo_image_surface_get_data(paper) + (gsize) y * (gsize) cairo_image_surface_get_stride(paper);
        guint8 *out = image->values + (gsize) y * (gsize) image->width * CHANNELS;
        for (int x = 0; x < image->width; x++) {
            guint32 pixel = ((const guint32 *) (const void *) row)[x];
            for (int channel = 0; channel < CHANNELS; channel++) {
                *out++ = (guint8) (pixel >> (8 * channel) & 0xFF);
            }
        }
    }
    cairo_surface_destroy(paper);
    if (!drawn) {
        g_printerr("compare_png: cannot draw `%s`\n", path);
        free_image(image);
        return NULL;
    }
    return image;
}

static const guint8 *pixel_at(const Image *image, int x, int y)
{
    return image->values + ((gsize) y * (gsize) image->width + (gsize) x) * CHANNELS;
}

/* Each pixel the mean of itself and those up to radius around it that there are. */
static Image *blur(const Image *image, int radius)
{
    Image *blurred = g_new0(Image, 1);
    blurred->width = image->width;
    blurred->height = image->height;
    blurred->values = g_malloc((gsize) image->width * (gsize) image->height * CHANNELS);
    guint8 *out = blurred->values;
    for (int y = 0; y < image->height; y++) {
        for (int x = 0; x < image->width; x++) {
            int sums[CHANNELS] = {0}, n = 0;
            for (int v = MAX(y - radius, 0); v <= MIN(y + radius, image->height - 1); v++) {
                for (int u = MAX(x - radius, 0); u <= MIN(x + radius, image->width - 1); u++) {
                    for (int channel = 0; channel < CHANNELS; channel++) {
                        sums[channel] += pixel_at(image, u, v)[channel];
                    }
                    n++;
                }
            }
            for (int channel = 0; channel < CHANNELS; channel++) {
                *out++ = (guint8) (sums[channel] / n);
            }
        }
    }
    return blurred;
}

static bool is_like(const guint8 *a, const guint8 *b)
{
    return abs(a[0] - b[0]) <= DIFFERENCE && abs(a[1] - b[1]) <= DIFFERENCE && abs(a[2] - b[2]) <= DIFFERENCE;
}

/* Whether a pixel like this one is at the same place, or no further than slack from it. */
static bool is_near(const Image *image, int x, int y, int slack, const guint8 *pixel)
{
    if (is_like(pixel_at(image, x, y), pixel)) {
        return true;
    }
    for (int v = MAX(y - slack, 0); v <= MIN(y + slack, image->height - 1); v++) {
        for (int u = MAX(x - slack, 0); u <= MIN(x + slack, image->width - 1); u++) {
            if (is_like(pixel_at(image, u, v), pixel)) {
                return true;
            }
        }
    }
    return false;
}

static double differing_share(const Image *reference, const Image *actual, int slack, int radius)
{
    g_autoptr(Image) a = blur(reference, radius);
    g_autoptr(Image) b = blur(actual, radius);
    const guint8 *paper = reference->values;
    gint64 ink = 0, differing = 0;
    for (int y = 0; y < a->height; y++) {
        for (int x = 0; x < a->width; x++) {
            const guint8 *left = pixel_at(a, x, y), *right = pixel_at(b, x, y);
            const bool differs = !is_near(b, x, y, slack, left) || !is_near(a, x, y, slack, right);
            ink += !is_like(left, paper) || !is_like(right, paper) || differs;
            differing += differs;
        }
    }
    return ink > 0 ? (double) differing / (double) ink : 0;
}

int main(int argc, char **argv)
{
    double tolerance = 0.002;
    int slack = 0, radius = 1;
    g_auto(GStrv) paths = NULL;
    const GOptionEntry entries[] = {
        {"tolerance", 't', 0, G_OPTION_ARG_DOUBLE, &tolerance, "Largest share of ink that may differ", "SHARE"},
        {"slack", 's', 0, G_OPTION_ARG_INT, &slack, "How far what is alike may be apart", "PIXELS"},
        {"blur", 'b', 0, G_OPTION_ARG_INT, &radius, "Pixels to each side over which both are blurred", "PIXELS"},
        {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &paths, NULL, "REFERENCE ACTUAL"},
        G_OPTION_ENTRY_NULL,
    };
    g_autoptr(GOptionContext) context = g_option_context_new(NULL);
    g_autoptr(GError) error = NULL;

    g_option_context_add_main_entries(context, entries, NULL);
    if (!g_option_context_parse(context, &argc, &argv, &error) || paths == NULL || g_strv_length(paths) != 2) {
        g_printerr("compare_png: %s\n",
                   error != NULL ? error->message : "usage: compare_png REFERENCE ACTUAL [--tolerance SHARE] [--slack PIXELS]");
        return 2;
    }
    g_autoptr(Image) reference = read_image(paths[0]);
    g_autoptr(Image) actual = read_image(paths[1]);
    if (reference == NULL || actual == NULL) {
        return 2;
    }
    if (reference->width != actual->width || reference->height != actual->height) {
        g_print("sizes differ: %d x %d, %d x %d\n", reference->width, reference->height, actual->width, actual->height);
        return 1;
    }
    double share = differing_share(reference, actual, slack, MAX(radius, 0));
    g_print("%.5f\n", share);
    return share <= tolerance ? 0 : 1;
}
