/* Pictures made by hand, for the tests of painters. */
#ifndef OF_TESTS_SAMPLE_PICTURE_H
#define OF_TESTS_SAMPLE_PICTURE_H

#include "paint/paint.h"
#include <string.h>

#define SAMPLE_INK 0x202020ff

/* What a name, title or label may hold without being anything but itself. */
static const char *const sample_hostile[] = {
    "<script>alert(1)</script>",
    "\"><svg onload=alert(1)>",
    "</script>",
    "<!--",
    "]]>",
    "\\N \\G \\L C:\\new",
    "{a|b}",
    "<b>x</b>",
    "&lt;",
    "&#60;",
    "a:b:c",
    "cluster_x",
    "%3",
    "--",
    "node",
    "graph",
    "it's (a) \"quote\" \\",
    "\xF0\x9F\x98\x80 \xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E \xD8\xB3\xD9\x84\xD8\xA7\xD9\x85 e\xCC\x81",
    "a\xE2\x80\xAEoverride",
    "  two  spaces  ",
};

/* A colour from 0xRRGGBBAA. */
static inline OfColor sample_color(guint32 rgba)
{
    return (OfColor){(guint8) (rgba >> 24 & 0xFF), (guint8) (rgba >> 16 & 0xFF), (guint8) (rgba >> 8 & 0xFF),
                     (guint8) (rgba & 0xFF)};
}

/* A white page in pixels, without elements. */
static inline OfPicture *sample_picture_new(double width, double height)
{
    OfPicture *picture = g_new0(OfPicture, 1);
    picture->width = width;
    picture->height = height;
    picture->pixels = true;
    picture->has_background = true;
    picture->background = sample_color(0xffffffff);
    picture->id = g_strdup("story");
    picture->title = g_strdup("Meta's Llama (team)");
    picture->description = g_strdup("Who left, and where to: caf\xC3\xA9.");
    picture->language = g_strdup("en");
    picture->digest = g_strdup("sha256:0123");
    picture->program = g_strdup("orgflow 0.1.0");
    picture->elements = g_ptr_array_new();
    return picture;
}

static inline OfElement *sample_add_element(OfPicture *picture, OfElementKind kind, const char *id, const char *title,
                                            const char *url)
{
    OfElement *element = g_new0(OfElement, 1);
    element->kind = kind;
    element->id = g_strdup(id);
    element->title = g_strdup(title);
    element->url = g_strdup(url);
    element->data = g_array_new(FALSE, FALSE, sizeof(OfDatum));
    element->shapes = g_array_new(FALSE, FALSE, sizeof(OfShape));
    g_ptr_array_add(picture->elements, element);
    return element;
}

static inline void sample_add_datum(OfElement *element, const char *name, const char *value)
{
    OfDatum datum = {g_strdup(name), g_strdup(value)};
    g_array_append_val(element->data, datum);
}

/* fill and stroke: 0 for none. Returns the shape, borrowed until the next is added. */
static inline OfShape *sample_add_outline(OfElement *element, OfShapeKind kind, const OfPoint *points, guint n_points, guint32 fill,
                                          guint32 stroke, double line_width, OfDash dash)
{
    OfShape shape = {.kind = kind,
                     .filled = fill != 0,
                     .stroked = stroke != 0,
                     .fill = sample_color(fill),
                     .stroke = sample_color(stroke),
                     .line_width = line_width,
                     .dash = dash,
                     .points = g_memdup2(points, n_points * sizeof *points),
                     .n_points = n_points};
    g_array_append_val(element->shapes, shape);
    return &g_array_index(element->shapes, OfShape, element->shapes->len - 1);
}

static inline OfShape *sample_add_text(OfElement *element, double x, double baseline, OfAlign align, const char *text,
                                       double font_size)
{
    OfPoint place = {x, baseline};
    OfShape *shape = sample_add_outline(element, OF_SHAPE_TEXT, &place, 1, SAMPLE_INK, 0, 0, OF_DASH_SOLID);
    shape->text = g_strdup(text);
    shape->align = align;
    shape->font_size = font_size;
    shape->text_width = (double) g_utf8_strlen(text, -1) * font_size / 2;
    shape->font = g_strdup("DejaVu Sans");
    return shape;
}

/* Every kind of shape, every dash, every alignment, data and two links, on 480 x 360 points. */
static inline OfPicture *sample_picture_with_all(void)
{
    static const OfPoint lane[] = {{20, 20}, {460, 20}, {460, 80}, {20, 80}};
    static const OfPoint way[] = {{20, 100}, {120, 100}, {120, 140}, {240, 140}, {300, 140}, {300, 100}, {400, 100}};
    static const OfPoint zigzag[] = {{410, 100}, {430, 92}, {450, 108}, {470, 100}};
    static const OfPoint ellipse[] = {{80, 300}, {40, 20}};
    static const OfPoint triangle[] = {{160, 320}, {190, 280}, {220, 320}};
    static const char *const words[] = {"Left of the line", "Centred on it", "Right of it"};
    OfPicture *picture = sample_picture_new(480, 360);

    OfElement *element = sample_add_element(picture, OF_ELEMENT_CLUSTER, "lab-fair", "FAIR", NULL);
    sample_add_datum(element, "kind", "lab");
    sample_add_datum(element, "lab", "fair");
    sample_add_outline(element, OF_SHAPE_POLYGON, lane, G_N_ELEMENTS(lane), 0xcfe8ffff, 0x3070b0ff, 2, OF_DASH_SOLID);
    sample_add_text(element, 24, 34, OF_ALIGN_LEFT, "FAIR", 12);
    for (guint dash = OF_DASH_SOLID; dash <= OF_DASH_DASH_DOT; dash++) {
        g_autofree char *id = g_strdup_printf("move-%u", dash);
        element =
            sample_add_element(picture, OF_ELEMENT_EDGE, id, "A move", dash == OF_DASH_DASHED ? "https://example.org/a" : NULL);
        sample_add_outline(element, OF_SHAPE_BEZIER, way, G_N_ELEMENTS(way), 0, 0xc05621ff, 1 + dash, (OfDash) dash);
        sample_add_outline(element, OF_SHAPE_POLYLINE, zigzag, G_N_ELEMENTS(zigzag), 0, 0x20805080, 2, (OfDash) dash);
        for (guint i = 0; i < element->shapes->len; i++) {
            OfShape *shape = &g_array_index(element->shapes, OfShape, i);
            for (guint k = 0; k < shape->n_points; k++) {
                shape->points[k].y += 20 * dash;
            }
        }
    }
    element = sample_add_element(picture, OF_ELEMENT_NODE, "person", "A person", "mailto:a@example.org");
    sample_add_outline(element, OF_SHAPE_ELLIPSE, ellipse, 2, 0xffe08080, 0x803000ff, 2, OF_DASH_SOLID);
    sample_add_outline(element, OF_SHAPE_POLYGON, triangle, G_N_ELEMENTS(triangle), 0x8040c0ff, 0, 0, OF_DASH_SOLID);
    for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
        sample_add_text(element, 360, 260 + 30 * i, (OfAlign) i, words[i], 14);
    }
    return picture;
}

/* Each hostile string as a text, a title, a class and a datum of an element of its own. */
static inline OfPicture *sample_picture_hostile(void)
{
    OfPicture *picture = sample_picture_new(600, 20.0 * G_N_ELEMENTS(sample_hostile) + 20);
    for (guint i = 0; i < G_N_ELEMENTS(sample_hostile); i++) {
        g_autofree char *id = g_strdup_printf("e%u", i);
        OfElement *element = sample_add_element(picture, OF_ELEMENT_NODE, id, sample_hostile[i], NULL);
        element->classes = g_strdup(sample_hostile[i]);
        element->url = g_strconcat("https://example.org/?q=", sample_hostile[i], NULL);
        sample_add_datum(element, "name", sample_hostile[i]);
        sample_add_text(element, 20, 20.0 * (i + 1), OF_ALIGN_LEFT, sample_hostile[i], 12);
    }
    return picture;
}

static inline GBytes *sample_try_paint(const char *format, OfPicture *const *pictures, guint n, double scale, GError **error)
{
    const OfLimits limits = of_limits_default();
    const OfPaintSettings settings = {.scale = scale, .limits = &limits, .epoch = 0};
    return of_painter_find(format)->paint(pictures, n, &settings, error);
}

/* The bytes of one picture at scale 1, followed by a NUL that is not counted. */
static inline char *sample_paint(const char *format, OfPicture *picture, gsize *length)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = sample_try_paint(format, &picture, 1, 1, &error);
    g_assert_no_error(error);
    g_assert_nonnull(bytes);
    gsize size = 0;
    const char *data = g_bytes_get_data(bytes, &size);
    char *copy = g_malloc(size + 1);
    memcpy(copy, data, size);
    copy[size] = '\0';
    if (length != NULL) {
        *length = size;
    }
    return copy;
}

#endif
