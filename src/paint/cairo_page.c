#include "paint/cairo_page.h"
#include "paint/dash.h"
#include <math.h>

/* SVG's default, so that sharp corners look alike. */
#define MITER_LIMIT 4

typedef struct {
    cairo_t *cr;
    OfWords *words;
    OfCairoText mode;
} OfCairoPage;

bool of_cairo_check_status(cairo_status_t status, const char *what, GError **error)
{
    if (status == CAIRO_STATUS_SUCCESS) {
        return true;
    }
    g_set_error(error, OF_ERROR, OF_ERROR_ENVIRONMENT, "cannot draw %s: %s", what, cairo_status_to_string(status));
    return false;
}

cairo_status_t of_cairo_write_bytes(void *closure, const unsigned char *bytes, unsigned int length)
{
    GByteArray *array = (GByteArray *) closure;
    if (length > G_MAXUINT - array->len) {
        return CAIRO_STATUS_WRITE_ERROR;
    }
    g_byte_array_append(array, bytes, length);
    return CAIRO_STATUS_SUCCESS;
}

static void set_color(cairo_t *cr, OfColor color)
{
    cairo_set_source_rgba(cr, color.red / 255.0, color.green / 255.0, color.blue / 255.0, color.alpha / 255.0);
}

static void trace_polyline(cairo_t *cr, const OfShape *shape)
{
    for (guint i = 0; i < shape->n_points; i++) {
        cairo_line_to(cr, shape->points[i].x, shape->points[i].y);
    }
}

static void trace_polygon(cairo_t *cr, const OfShape *shape)
{
    trace_polyline(cr, shape);
    cairo_close_path(cr);
}

static void trace_bezier(cairo_t *cr, const OfShape *shape)
{
    const OfPoint *p = shape->points;
    cairo_move_to(cr, p[0].x, p[0].y);
    for (guint i = 1; i + 2 < shape->n_points; i += 3) {
        cairo_curve_to(cr, p[i].x, p[i].y, p[i + 1].x, p[i + 1].y, p[i + 2].x, p[i + 2].y);
    }
}

static void trace_ellipse(cairo_t *cr, const OfShape *shape)
{
    double rx = fabs(shape->points[1].x), ry = fabs(shape->points[1].y);
    if (rx == 0 || ry == 0) {
        return; /* nothing in SVG either; a scale of zero would be an error that sticks */
    }
    cairo_save(cr);
    cairo_translate(cr, shape->points[0].x, shape->points[0].y);
    cairo_scale(cr, rx, ry);
    cairo_arc(cr, 0, 0, 1, 0, 2 * G_PI);
    cairo_close_path(cr);
    cairo_restore(cr);
}

static void (*const tracers[])(cairo_t *, const OfShape *) = {
    [OF_SHAPE_POLYGON] = trace_polygon,
    [OF_SHAPE_POLYLINE] = trace_polyline,
    [OF_SHAPE_BEZIER] = trace_bezier,
    [OF_SHAPE_ELLIPSE] = trace_ellipse,
};

static void stroke_path(cairo_t *cr, const OfShape *shape)
{
    OfDashPattern pattern = of_dash_pattern(shape->dash, shape->line_width);
    bool line = shape->kind == OF_SHAPE_POLYLINE || shape->kind == OF_SHAPE_BEZIER;

    set_color(cr, shape->stroke);
    cairo_set_line_width(cr, shape->line_width);
    cairo_set_dash(cr, pattern.lengths, (int) pattern.n_lengths, shape->dash_offset);
    cairo_set_line_cap(cr, pattern.round_caps ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT);
    cairo_set_line_join(cr, line ? CAIRO_LINE_JOIN_ROUND : CAIRO_LINE_JOIN_MITER);
    cairo_stroke_preserve(cr);
}

static void draw_outline(cairo_t *cr, const OfShape *shape)
{
    cairo_new_path(cr);
    tracers[shape->kind](cr, shape);
    if (shape->filled && shape->fill.alpha > 0) {
        set_color(cr, shape->fill);
        cairo_fill_preserve(cr);
    }
    if (shape->stroked && shape->stroke.alpha > 0 && shape->line_width > 0) {
        stroke_path(cr, shape);
    }
    cairo_new_path(cr);
}

static void draw_text(OfCairoPage *page, const OfShape *shape)
{
    OfShapedLine line;
    if (!of_words_shape(page->words, shape, &line)) {
        return;
    }
    set_color(page->cr, shape->fill);
    cairo_move_to(page->cr, shape->points[0].x - line.before, shape->points[0].y);
    if (page->mode == OF_CAIRO_TEXT_GLYPHS || of_words_have_pictures(&line)) {
        pango_cairo_show_layout_line(page->cr, line.line);
    } else {
        pango_cairo_layout_line_path(page->cr, line.line);
        cairo_fill(page->cr);
    }
    if (shape->struck) {
        const OfStrike strike = of_words_strike(shape, &line);
        cairo_rectangle(page->cr, strike.x, strike.y, strike.width, strike.height);
        cairo_fill(page->cr);
    }
    cairo_new_path(page->cr);
}

static void draw_element(OfCairoPage *page, const OfElement *element)
{
    for (guint i = 0; element->shapes != NULL && i < element->shapes->len; i++) {
        const OfShape *shape = &g_array_index(element->shapes, OfShape, i);
        if (shape->kind == OF_SHAPE_TEXT) {
            draw_text(page, shape);
        } else {
            draw_outline(page->cr, shape);
        }
    }
}

static void draw_page(OfCairoPage *page, const OfPicture *picture)
{
    cairo_save(page->cr);
    cairo_set_miter_limit(page->cr, MITER_LIMIT);
    if (picture->has_background && picture->background.alpha > 0) {
        set_color(page->cr, picture->background);
        cairo_paint(page->cr); /* all of it: an image's last row and column may be part of the page only */
    }
    for (guint i = 0; picture->elements != NULL && i < picture->elements->len; i++) {
        draw_element(page, g_ptr_array_index(picture->elements, i));
    }
    cairo_restore(page->cr);
}

bool of_cairo_page_draw(cairo_t *cr, const OfPicture *picture, OfCairoText text, OfTypesetter *typesetter, GError **error)
{
    g_autoptr(OfWords) words = of_words_new(typesetter, picture->language, error);
    if (words == NULL) {
        return false;
    }
    OfCairoPage page = {.cr = cr, .words = words, .mode = text};
    draw_page(&page, picture);
    return of_cairo_check_status(cairo_status(cr), "the page", error);
}
