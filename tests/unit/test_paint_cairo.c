/* Images and documents; the parts of painters and SVG are in test_paint.c. */
#include "sample_picture.h"
#include <cairo.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <math.h>
#include <zlib.h>

/* Images */

typedef struct {
    const guint8 *bytes;
    gsize length;
} Stream;

static cairo_status_t read_stream(void *closure, unsigned char *data, unsigned int length)
{
    Stream *stream = closure;
    if (length > stream->length) {
        return CAIRO_STATUS_READ_ERROR;
    }
    memcpy(data, stream->bytes, length);
    stream->bytes += length;
    stream->length -= length;
    return CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *decode_png(const char *png, gsize length)
{
    Stream stream = {(const guint8 *) png, length};
    cairo_surface_t *image = cairo_image_surface_create_from_png_stream(read_stream, &stream);
    g_assert_cmpint(cairo_surface_status(image), ==, CAIRO_STATUS_SUCCESS);
    return image;
}

static cairo_surface_t *draw_image(OfPicture *picture)
{
    gsize length;
    g_autofree char *png = sample_paint("png", picture, &length);
    return decode_png(png, length);
}

/* 0xAARRGGBB at a place given in points of the page; alpha only where the image has it. */
static guint32 read_pixel(cairo_surface_t *image, double x, double y)
{
    int u = (int) (x * 2), v = (int) (y * 2);
    g_assert_cmpint(u, <, cairo_image_surface_get_width(image));
    g_assert_cmpint(v, <, cairo_image_surface_get_height(image));
    const unsigned char *row = cairo_image_surface_get_data(image) + v * cairo_image_surface_get_stride(image);
    guint32 pixel = ((const guint32 *) (const void *) row)[u];
    return cairo_image_surface_get_format(image) == CAIRO_FORMAT_RGB24 ? pixel & 0xFFFFFF : pixel;
}

static void assert_near(guint32 pixel, guint32 wanted)
{
    for (int shift = 0; shift < 24; shift += 8) {
        g_assert_cmpint(ABS((int) (pixel >> shift & 0xFF) - (int) (wanted >> shift & 0xFF)), <=, 2);
    }
}

static void test_png_shapes(void)
{
    g_autoptr(OfPicture) picture = sample_picture_with_all();
    cairo_surface_t *image = draw_image(picture);
    g_assert_cmpint(cairo_image_surface_get_width(image), ==, 960);
    g_assert_cmpint(cairo_image_surface_get_height(image), ==, 720);
    g_assert_cmpint(cairo_image_surface_get_format(image), ==, CAIRO_FORMAT_RGB24);
    g_assert_cmphex(read_pixel(image, 5, 5), ==, 0xffffff);
    g_assert_cmphex(read_pixel(image, 300, 50), ==, 0xcfe8ff);  /* the lane */
    g_assert_cmphex(read_pixel(image, 300, 20), ==, 0x3070b0);  /* its border */
    g_assert_cmphex(read_pixel(image, 190, 310), ==, 0x8040c0); /* the triangle */
    g_assert_cmphex(read_pixel(image, 165, 285), ==, 0xffffff); /* beside it */
    assert_near(read_pixel(image, 80, 300), 0xffefbf);          /* half-transparent on white */
    assert_near(read_pixel(image, 40, 300), 0x803000);          /* the ellipse's border */
    assert_near(read_pixel(image, 240, 140), 0xc05621);         /* on the solid curve, at an end of a piece */
    assert_near(read_pixel(image, 21, 120), 0xc05621);          /* dashed, 2 points wide: 8 on, 5 off */
    g_assert_cmphex(read_pixel(image, 30.5, 120), ==, 0xffffff);
    assert_near(read_pixel(image, 20, 140), 0xc05621); /* a dot of 3 points, 6 apart */
    g_assert_cmphex(read_pixel(image, 23, 140), ==, 0xffffff);
    cairo_surface_destroy(image);
}

static void test_png_background(void)
{
    g_autoptr(OfPicture) picture = sample_picture_new(50.25, 20);
    picture->background = sample_color(0x102030ff);
    cairo_surface_t *image = draw_image(picture);
    g_assert_cmpint(cairo_image_surface_get_width(image), ==, 101);
    g_assert_cmphex(read_pixel(image, 50, 10), ==, 0x102030); /* the half pixel at the edge is no blend with black */
    cairo_surface_destroy(image);

    picture->has_background = false;
    image = draw_image(picture);
    g_assert_cmpint(cairo_image_surface_get_format(image), ==, CAIRO_FORMAT_ARGB32);
    g_assert_cmphex(read_pixel(image, 25, 10), ==, 0);
    cairo_surface_destroy(image);

    picture->has_background = true;
    picture->background.alpha = 128;
    image = draw_image(picture);
    g_assert_cmphex(read_pixel(image, 25, 10) >> 24, ==, 128);
    cairo_surface_destroy(image);
}

/* The leftmost and rightmost column with ink, in points. */
static void find_ink(cairo_surface_t *image, double *left, double *right)
{
    int width = cairo_image_surface_get_width(image), height = cairo_image_surface_get_height(image);
    *left = width;
    *right = -1;
    for (int v = 0; v < height; v++) {
        for (int u = 0; u < width; u++) {
            if (read_pixel(image, u / 2.0, v / 2.0) != 0xffffff) {
                *left = MIN(*left, u / 2.0);
                *right = MAX(*right, u / 2.0);
            }
        }
    }
}

static void test_png_alignment(void)
{
    static const char *const words[] = {"HHHHHHHH", "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D"}; /* from the left, from the right */
    for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
        double left[3], right[3];
        for (guint align = OF_ALIGN_LEFT; align <= OF_ALIGN_RIGHT; align++) {
            g_autoptr(OfPicture) picture = sample_picture_new(400, 40);
            OfElement *element = sample_add_element(picture, OF_ELEMENT_NODE, "n", NULL, NULL);
            sample_add_text(element, 200, 30, (OfAlign) align, words[i], 16);
            cairo_surface_t *image = draw_image(picture);
            find_ink(image, &left[align], &right[align]);
            cairo_surface_destroy(image);
        }
        g_assert_cmpfloat(fabs(left[OF_ALIGN_LEFT] - 200), <, 4);
        g_assert_cmpfloat(fabs(right[OF_ALIGN_RIGHT] - 200), <, 4);
        g_assert_cmpfloat(fabs((left[OF_ALIGN_CENTER] + right[OF_ALIGN_CENTER]) / 2 - 200), <, 4);
        g_assert_cmpfloat(right[OF_ALIGN_LEFT] - left[OF_ALIGN_LEFT], >, 20);
    }
}

/* Every text is drawn as it is, without markup: the width tells. */
static void test_png_hostile(void)
{
    g_autoptr(OfPicture) picture = sample_picture_new(400, 40);
    OfElement *element = sample_add_element(picture, OF_ELEMENT_NODE, "n", NULL, NULL);
    sample_add_text(element, 10, 30, OF_ALIGN_LEFT, "<b>x</b>", 16);
    cairo_surface_t *image = draw_image(picture);
    double left, right;
    find_ink(image, &left, &right);
    g_assert_cmpfloat(right - left, >, 50);
    cairo_surface_destroy(image);

    g_autoptr(OfPicture) hostile = sample_picture_hostile();
    g_autofree char *word = g_strnfill(900, 'W');
    sample_add_text(g_ptr_array_index(hostile->elements, 0), 20, 15, OF_ALIGN_CENTER, word, 12);
    cairo_surface_destroy(draw_image(hostile));
}

static void test_png_limits(void)
{
    static const struct {
        double width, height, scale;
        const char *message;
    } rows[] = {
        {5000, 5000, 1, "*10000 x 10000 pixels*100000000 in all*`pixels`*50000000*"},
        {5000, 5000, 0.5, NULL},
        {16384, 10, 1, "*32768 x 20 pixels*32767*"},
        {16383.5, 10, 1, NULL},
        {10, 10, 1000, "*20000 x 20000 pixels*"},
        {0.1, 0.1, 0.1, NULL},
    };
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(OfPicture) picture = sample_picture_new(rows[i].width, rows[i].height);
        g_autoptr(GError) error = NULL;
        g_autoptr(GBytes) png = sample_try_paint("png", &picture, 1, rows[i].scale, &error);
        if (rows[i].message == NULL) {
            g_assert_no_error(error);
            g_assert_nonnull(png);
        } else {
            g_assert_null(png);
            g_assert_error(error, OF_ERROR, OF_ERROR_LIMIT);
            g_assert_true(g_pattern_match_simple(rows[i].message, error->message));
        }
    }
}

static guint32 read_big_endian(const guint8 *bytes)
{
    return (guint32) bytes[0] << 24 | (guint32) bytes[1] << 16 | (guint32) bytes[2] << 8 | bytes[3];
}

/* Reads the chunks, checking their sums. Returns the data of the one of that type whose data begin with keyword, NULs as bars. */
static char *find_chunk(const guint8 *png, gsize length, const char *type, const char *keyword)
{
    char *found = NULL;
    gsize offset = 8;
    while (offset + 12 <= length) {
        guint32 size = read_big_endian(png + offset);
        const guint8 *data = png + offset + 8;
        g_assert_cmpuint(offset + 12 + size, <=, length);
        g_assert_cmphex(crc32(crc32(0, NULL, 0), png + offset + 4, size + 4), ==, read_big_endian(data + size));
        if (memcmp(png + offset + 4, type, 4) == 0 && size >= strlen(keyword) && memcmp(data, keyword, strlen(keyword)) == 0) {
            g_assert_null(found);
            found = g_malloc(size + 1);
            for (guint32 i = 0; i < size; i++) {
                found[i] = data[i] != 0 ? (char) data[i] : '|';
            }
            found[size] = '\0';
        }
        offset += 12 + size;
    }
    g_assert_cmpuint(offset, ==, length);
    return found;
}

static void test_png_metadata(void)
{
    static const struct {
        const char *type, *keyword, *data;
    } rows[] = {
        {"tEXt", "Title", "Title|Meta's Llama (team)"},
        {"iTXt", "Description", "Description|||||Who left, and where to: caf\xC3\xA9."},
        {"tEXt", "Software", "Software|orgflow 0.1.0"},
        {"tEXt", "orgflow-digest", "orgflow-digest|sha256:0123"},
        {"tEXt", "Author", NULL},
        {"tIME", "", NULL},
        {"pHYs", "", "||\x16\x25||\x16\x25\x01"}, /* 5669 a metre: 144 an inch */
    };
    g_autoptr(OfPicture) picture = sample_picture_with_all();
    gsize length;
    g_autofree char *png = sample_paint("png", picture, &length);
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *data = find_chunk((const guint8 *) png, length, rows[i].type, rows[i].keyword);
        g_assert_cmpstr(data, ==, rows[i].data);
    }
}

/* Other programs */

/* Runs a program on a temporary file with those bytes; `@` in arguments stands for its name. False where the program is not
 * there. */
static bool run_on_file(const char *const *arguments, const char *bytes, gsize length, int *status, char **output, char **messages)
{
    g_autofree char *program = g_find_program_in_path(arguments[0]);
    if (program == NULL) {
        return false;
    }
    g_autofree char *path = NULL;
    g_autoptr(GError) error = NULL;
    int fd = g_file_open_tmp("orgflow-paint-XXXXXX", &path, &error);
    g_assert_no_error(error);
    g_close(fd, NULL);
    g_file_set_contents(path, bytes, (gssize) length, &error);
    g_assert_no_error(error);
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    for (guint i = 0; arguments[i] != NULL; i++) {
        g_ptr_array_add(words, (char *) (strcmp(arguments[i], "@") == 0 ? path : arguments[i]));
    }
    g_ptr_array_add(words, NULL);
    g_spawn_sync(NULL, (char **) words->pdata, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, output, messages, status, &error);
    g_assert_no_error(error);
    g_unlink(path);
    return true;
}

/* SVG, drawn by another program, is the image to within a thousandth of its light. */
static void test_png_like_svg(void)
{
    g_autoptr(OfPicture) picture = sample_picture_with_all();
    gsize length;
    g_autofree char *svg = sample_paint("svg", picture, &length), *target = NULL;
    g_autoptr(GError) error = NULL;
    int fd = g_file_open_tmp("orgflow-paint-XXXXXX.png", &target, &error), status;
    g_assert_no_error(error);
    g_close(fd, NULL);
    const char *const arguments[] = {"rsvg-convert", "-o", target, "@", NULL};
    if (!run_on_file(arguments, svg, length, &status, NULL, NULL)) {
        g_unlink(target);
        g_test_skip("rsvg-convert is not installed");
        return;
    }
    g_assert_true(g_spawn_check_wait_status(status, NULL));
    cairo_surface_t *theirs = cairo_image_surface_create_from_png(target), *ours = draw_image(picture);
    g_unlink(target);
    g_assert_cmpint(cairo_image_surface_get_width(theirs), ==, 960);
    g_assert_cmpint(cairo_image_surface_get_height(theirs), ==, 720);
    double difference = 0;
    for (int v = 0; v < 720; v++) {
        for (int u = 0; u < 960; u++) {
            guint32 a = read_pixel(ours, u / 2.0, v / 2.0), b = read_pixel(theirs, u / 2.0, v / 2.0);
            for (int shift = 0; shift < 24; shift += 8) {
                difference += abs((int) (a >> shift & 0xFF) - (int) (b >> shift & 0xFF));
            }
        }
    }
    g_assert_cmpfloat(difference / (960.0 * 720 * 3 * 255), <, 0.001);
    cairo_surface_destroy(theirs);
    cairo_surface_destroy(ours);
}

/* Documents */

static guint count_words(const char *bytes, gsize length, const char *word)
{
    guint n = 0;
    for (gsize i = 0; i + strlen(word) <= length; i++) {
        n += memcmp(bytes + i, word, strlen(word)) == 0;
    }
    return n;
}

static void assert_pdf_is_sound(const char *pdf, gsize length)
{
    g_assert_cmpint(memcmp(pdf, "%PDF-1.", 7), ==, 0);
    g_autofree char *output = NULL, *messages = NULL;
    const char *const arguments[] = {"qpdf", "--check", "@", NULL};
    int status;
    if (!run_on_file(arguments, pdf, length, &status, &output, &messages)) {
        g_test_message("qpdf is not installed: the document's structure is not checked");
        return;
    }
    g_assert_cmpstr(messages, ==, "");
    g_assert_true(g_spawn_check_wait_status(status, NULL));
}

static void test_pdf_file(void)
{
    g_autoptr(OfPicture) picture = sample_picture_with_all();
    g_free(picture->title);
    picture->title = g_strdup("Who left Meta");
    gsize length;
    g_autofree char *pdf = sample_paint("pdf", picture, &length);
    assert_pdf_is_sound(pdf, length);
    g_assert_cmpuint(count_words(pdf, length, "/MediaBox [ 0 0 480 360 ]"), ==, 1);
    g_assert_cmpuint(count_words(pdf, length, "/Title (Who left Meta)"), ==, 2); /* metadata and outline */
    g_assert_cmpuint(count_words(pdf, length, "(sha256:0123)"), ==, 1);
    g_assert_cmpuint(count_words(pdf, length, "(orgflow 0.1.0)"), ==, 1);
    g_assert_cmpuint(count_words(pdf, length, "/CreationDate (D:19700101000000Z"), ==, 1);
    g_assert_cmpuint(count_words(pdf, length, "/ModDate (D:19700101000000Z"), ==, 1);
    g_assert_cmpuint(count_words(pdf, length, "/URI (mailto:a@example.org)"), ==, 5); /* two outlines, three texts */
    g_assert_cmpuint(count_words(pdf, length, "/URI (https://example.org/a)"), >=, 5);
}

static void test_pdf_words(void)
{
    g_autoptr(OfPicture) picture = sample_picture_hostile();
    gsize length;
    g_autofree char *pdf = sample_paint("pdf", picture, &length), *output = NULL, *messages = NULL;
    assert_pdf_is_sound(pdf, length);
    const char *const arguments[] = {"pdftotext", "-raw", "@", "-", NULL};
    int status;
    if (!run_on_file(arguments, pdf, length, &status, &output, &messages)) {
        g_test_skip("pdftotext is not installed");
        return;
    }
    g_assert_true(g_spawn_check_wait_status(status, NULL));
    guint n_plain = 0;
    for (guint i = 0; i < G_N_ELEMENTS(sample_hostile); i++) {
        /* spaces, ligatures and directions are the reader's affair */
        if (g_str_is_ascii(sample_hostile[i]) && strstr(sample_hostile[i], "  ") == NULL) {
            g_assert_nonnull(strstr(output, sample_hostile[i]));
            n_plain++;
        }
    }
    g_assert_cmpuint(n_plain, >, 10);
}

/* A URL cannot end the attribute it stands in, nor the PDF's string. */
static void test_pdf_links(void)
{
    g_autoptr(OfPicture) picture = sample_picture_new(200, 200);
    OfElement *element = sample_add_element(picture, OF_ELEMENT_NODE, "n", "t", "https://e.org/') dest='x' \\(\"<>\n\xC3\xA9");
    sample_add_text(element, 20, 20, OF_ALIGN_LEFT, "text", 12);
    element = sample_add_element(picture, OF_ELEMENT_NODE, "m", "t", "javascript:alert(1)");
    sample_add_text(element, 20, 60, OF_ALIGN_LEFT, "text", 12);
    gsize length;
    g_autofree char *pdf = sample_paint("pdf", picture, &length);
    assert_pdf_is_sound(pdf, length);
    g_assert_cmpuint(count_words(pdf, length, "/URI (https://e.org/%27%29%20dest=%27x%27%20%5C%28%22%3C%3E%0A%C3%A9)"), ==, 1);
    g_assert_cmpuint(count_words(pdf, length, "/Subtype /Link"), ==, 1);
    g_assert_cmpuint(count_words(pdf, length, "javascript"), ==, 0);
}

/* Pages of their own sizes: empty ones, ones that a shape fills, with links and without (all that made cairo 1.16 stumble). */
static void test_pdf_pages(void)
{
    static const OfPoint page[] = {{0, 0}, {400, 0}, {400, 400}, {0, 400}};
    g_autoptr(GPtrArray) pictures = g_ptr_array_new_with_free_func((GDestroyNotify) of_picture_free);
    for (guint i = 0; i < 12; i++) {
        OfPicture *picture = sample_picture_new(300 + i, 200);
        picture->has_background = i % 3 != 0;
        g_clear_pointer(&picture->title, g_free);
        if (i % 2 != 0) {
            OfElement *element = sample_add_element(picture, OF_ELEMENT_NODE, "n", "t", i % 4 == 1 ? "https://e.org/" : NULL);
            sample_add_outline(element, OF_SHAPE_POLYGON, page, G_N_ELEMENTS(page), 0xf0f0f0ff, 0, 0, OF_DASH_SOLID);
            sample_add_text(element, 20, 60, OF_ALIGN_LEFT, "text", 12);
            sample_add_outline(element, OF_SHAPE_POLYGON, page, G_N_ELEMENTS(page), 0xf0f0f080, 0, 0, OF_DASH_SOLID);
        }
        g_ptr_array_add(pictures, picture);
    }
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = sample_try_paint("pdf", (OfPicture *const *) pictures->pdata, pictures->len, 1, &error);
    g_assert_no_error(error);
    gsize length;
    const char *pdf = g_bytes_get_data(bytes, &length);
    assert_pdf_is_sound(pdf, length);
    for (guint i = 0; i < pictures->len; i++) {
        g_autofree char *box = g_strdup_printf("/MediaBox [ 0 0 %u 200 ]", 300 + i);
        g_assert_cmpuint(count_words(pdf, length, box), ==, 1);
    }
}

static void test_pdf_limits(void)
{
    g_autoptr(OfPicture) picture = sample_picture_new(14401, 100);
    g_autoptr(GError) size = NULL, date = NULL;
    g_assert_null(sample_try_paint("pdf", &picture, 1, 1, &size));
    g_assert_error(size, OF_ERROR, OF_ERROR_LIMIT);
    g_assert_nonnull(strstr(size->message, "14401 x 100 points"));

    picture->width = 100;
    const OfLimits limits = of_limits_default();
    OfPaintSettings settings = {.scale = 1, .limits = &limits, .epoch = G_MAXINT64};
    g_assert_null(of_painter_find("pdf")->paint(&picture, 1, &settings, &date));
    g_assert_error(date, OF_ERROR, OF_ERROR_USAGE);

    settings.epoch = 1700000000;
    g_autoptr(GBytes) bytes = of_painter_find("pdf")->paint(&picture, 1, &settings, NULL);
    gsize length;
    const char *pdf = g_bytes_get_data(bytes, &length);
    g_assert_cmpuint(count_words(pdf, length, "(D:20231114221320Z"), ==, 2);
}

/* All formats */

/* A page with what depends on fonts and on the language, painted. Returns the bytes' checksum. */
static char *paint_sum(const char *format)
{
    g_autoptr(OfPicture) picture = sample_picture_hostile();
    OfElement *element = sample_add_element(picture, OF_ELEMENT_NODE, "n", NULL, NULL);
    OfShape *text = sample_add_text(element, 300, 30, OF_ALIGN_LEFT, "\xD0\xB1\xD0\xB3\xD0\xB4\xD0\xBF\xD1\x82", 16);
    g_free(text->font);
    text->font = g_strdup("DejaVu Serif Italic");
    gsize length;
    g_autofree char *bytes = sample_paint(format, picture, &length);
    return g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *) bytes, length);
}

static gpointer paint_in_thread(gpointer format)
{
    return paint_sum(format);
}

/* The same bytes at another time, and in threads at once. */
static void test_determinism(void)
{
    for (const OfPainter *painter = of_painters; painter->name != NULL; painter++) {
        g_autofree char *first = paint_sum(painter->name);
        g_usleep(1100000); /* a second later, for clocks */
        g_autofree char *second = paint_sum(painter->name);
        g_assert_cmpstr(first, ==, second);
        GThread *threads[4];
        for (guint i = 0; i < G_N_ELEMENTS(threads); i++) {
            threads[i] = g_thread_new("paint", paint_in_thread, (gpointer) painter->name);
        }
        for (guint i = 0; i < G_N_ELEMENTS(threads); i++) {
            g_autofree char *sum = g_thread_join(threads[i]);
            g_assert_cmpstr(sum, ==, first);
        }
    }
}

#define ENVIRONMENT_CHILD "--print-sums"

/* Run by test_environment as a process of its own. */
static int print_sums(void)
{
    setlocale(LC_ALL, "");
    for (const OfPainter *painter = of_painters; painter->name != NULL; painter++) {
        g_autofree char *sum = paint_sum(painter->name);
        g_print("%s %s\n", painter->name, sum);
    }
    return 0;
}

static char *run_print_sums(const char *locale, const char *language, const char *zone)
{
    g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
    g_assert_nonnull(program);
    char *arguments[] = {program, (char *) ENVIRONMENT_CHILD, NULL}, *output = NULL;
    g_auto(GStrv) environment = g_environ_setenv(g_get_environ(), "LC_ALL", locale, TRUE);
    environment = g_environ_setenv(environment, "LANGUAGE", language, TRUE);
    environment = g_environ_setenv(environment, "TZ", zone, TRUE);
    int status;
    g_autoptr(GError) error = NULL;
    g_spawn_sync(NULL, arguments, environment, G_SPAWN_DEFAULT, NULL, NULL, &output, NULL, &status, &error);
    g_assert_no_error(error);
    g_assert_true(g_spawn_check_wait_status(status, NULL));
    return output;
}

/* Serbian and Russian have other forms of some letters, and pango asks the environment which are wanted. */
static void test_environment(void)
{
    g_autofree char *first = run_print_sums("C", "sr", "UTC");
    g_autofree char *second = run_print_sums("C.UTF-8", "ja", "Asia/Tokyo");
    g_autofree char *third = run_print_sums("de_DE.UTF-8", "ru", "America/New_York");
    g_assert_true(g_str_has_prefix(first, "svg "));
    g_assert_cmpstr(first, ==, second);
    g_assert_cmpstr(first, ==, third);
}

static void test_no_fonts(void)
{
    if (g_test_subprocess()) {
        static const char *const formats[] = {"png", "pdf"};
        g_autofree char *path = NULL;
        g_autoptr(GError) file_error = NULL;
        int fd = g_file_open_tmp("orgflow-fonts-XXXXXX", &path, &file_error);
        g_assert_no_error(file_error);
        g_close(fd, NULL);
        g_file_set_contents(path, "<fontconfig></fontconfig>", -1, &file_error);
        g_assert_no_error(file_error);
        g_setenv("FONTCONFIG_FILE", path, TRUE);
        g_autoptr(OfPicture) picture = sample_picture_with_all();
        for (guint i = 0; i < G_N_ELEMENTS(formats); i++) {
            g_autoptr(GError) error = NULL;
            g_assert_null(sample_try_paint(formats[i], &picture, 1, 1, &error));
            g_assert_error(error, OF_ERROR, OF_ERROR_ENVIRONMENT);
            g_assert_nonnull(strstr(error->message, "no fonts are installed"));
        }
        g_unlink(path);
        return;
    }
    g_test_trap_subprocess(NULL, 0, 0);
    g_test_trap_assert_passed();
    g_test_trap_assert_stderr_unmatched("*WARNING*");
    g_test_trap_assert_stderr_unmatched("*CRITICAL*");
}

int main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], ENVIRONMENT_CHILD) == 0) {
        return print_sums();
    }
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/paint/png/shapes", test_png_shapes);
    g_test_add_func("/paint/png/background", test_png_background);
    g_test_add_func("/paint/png/alignment", test_png_alignment);
    g_test_add_func("/paint/png/hostile", test_png_hostile);
    g_test_add_func("/paint/png/limits", test_png_limits);
    g_test_add_func("/paint/png/metadata", test_png_metadata);
    g_test_add_func("/paint/png/like-svg", test_png_like_svg);
    g_test_add_func("/paint/pdf/file", test_pdf_file);
    g_test_add_func("/paint/pdf/words", test_pdf_words);
    g_test_add_func("/paint/pdf/links", test_pdf_links);
    g_test_add_func("/paint/pdf/pages", test_pdf_pages);
    g_test_add_func("/paint/pdf/limits", test_pdf_limits);
    g_test_add_func("/paint/determinism", test_determinism);
    g_test_add_func("/paint/environment", test_environment);
    g_test_add_func("/paint/no-fonts", test_no_fonts);
    return g_test_run();
}
