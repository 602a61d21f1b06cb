#include "paint/cairo_page.h"
#include "paint/dash.h"
#include "paint/language.h"
#include "paint/literal.h"
#include <hb-ot.h>
#include <math.h>
#include <pango/pangocairo.h>

/* SVG's default, so that sharp corners look alike. */
#define MITER_LIMIT 4

typedef struct {
    cairo_t *cr;
    PangoContext *context;
    PangoLayout *layout;
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
    cairo_set_dash(cr, pattern.lengths, (int) pattern.n_lengths, 0);
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

/* Glyphs of pictures (emoji) have no outline to fill. */
static bool has_color_glyphs(PangoLayoutLine *line)
{
    for (const GSList *l = line->runs; l != NULL; l = l->next) {
        const PangoGlyphItem *run = l->data;
        hb_font_t *font = pango_font_get_hb_font(run->item->analysis.font);
        hb_face_t *face = font != NULL ? hb_font_get_face(font) : NULL;
        if (face != NULL && (hb_ot_color_has_png(face) || hb_ot_color_has_layers(face) || hb_ot_color_has_svg(face))) {
            return true;
        }
    }
    return false;
}

/* Through the middle of small letters. What fonts say of it differs: of some the line would run below the letters, and pango leaves it white where
 * it meets a letter that is drawn as a curve. */
static void strike(cairo_t *cr, double x, double baseline, double width, double size)
{
    const double middle = 0.27, thickness = 0.06; /* of the type size */
    cairo_rectangle(cr, x, baseline - (middle + thickness / 2) * size, width, thickness * size);
    cairo_fill(cr);
}

static void draw_text(OfCairoPage *page, const OfShape *shape)
{
    g_autofree char *literal = of_literal_new(shape->text);
    if (*literal == '\0' || shape->font_size <= 0 || shape->fill.alpha == 0) {
        return;
    }
    PangoFontDescription *font = pango_font_description_from_string(shape->font != NULL ? shape->font : "");
    pango_font_description_set_absolute_size(font, shape->font_size * PANGO_SCALE);
    bool right_to_left = of_literal_is_right_to_left(literal);
    pango_context_set_base_dir(page->context, right_to_left ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
    pango_layout_set_font_description(page->layout, font);
    pango_font_description_free(font);
    pango_layout_set_text(page->layout, literal, -1);
    PangoAttrList *languages = of_language_attributes(literal, pango_context_get_language(page->context));
    pango_layout_set_attributes(page->layout, languages);
    pango_attr_list_unref(languages);
    pango_layout_context_changed(page->layout);

    PangoLayoutLine *line = pango_layout_get_line_readonly(page->layout, 0);
    PangoRectangle logical;
    pango_layout_line_get_extents(line, NULL, &logical);
    double width = (double) logical.width / PANGO_SCALE;
    double before = shape->align == OF_ALIGN_LEFT ? 0 : shape->align == OF_ALIGN_CENTER ? width / 2 : width;

    set_color(page->cr, shape->fill);
    cairo_move_to(page->cr, shape->points[0].x - before, shape->points[0].y);
    if (page->mode == OF_CAIRO_TEXT_GLYPHS || has_color_glyphs(line)) {
        pango_cairo_show_layout_line(page->cr, line);
    } else {
        pango_cairo_layout_line_path(page->cr, line);
        cairo_fill(page->cr);
    }
    if (shape->struck) {
        strike(page->cr, shape->points[0].x - before, shape->points[0].y, width, shape->font_size);
    }
    cairo_new_path(page->cr);
}

/* The context has nothing of the machine in it: no hinting, no subpixels, no language of the environment. */
static PangoContext *make_context(cairo_t *cr, const OfPicture *picture)
{
    PangoContext *context = pango_cairo_create_context(cr);
    cairo_font_options_t *options = cairo_font_options_create();

    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    cairo_font_options_set_subpixel_order(options, CAIRO_SUBPIXEL_ORDER_DEFAULT);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);
    pango_cairo_context_set_resolution(context, 72);
    pango_context_set_round_glyph_positions(context, FALSE);
    pango_context_set_language(context, pango_language_from_string(picture->language != NULL ? picture->language : "en"));
    return context;
}

/* Without any font pango draws boxes in place of words, and says nothing. */
static bool check_fonts(PangoContext *context, GError **error)
{
    PangoFontDescription *any = pango_font_description_from_string("sans-serif 12");
    PangoFont *font = pango_context_load_font(context, any);
    pango_font_description_free(any);
    if (font == NULL) {
        g_set_error(error, OF_ERROR, OF_ERROR_ENVIRONMENT,
                    "no fonts are installed, or fontconfig does not find them: `fc-list` lists them");
        return false;
    }
    g_object_unref(font);
    return true;
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

bool of_cairo_page_draw(cairo_t *cr, const OfPicture *picture, OfCairoText text, GError **error)
{
    OfCairoPage page = {.cr = cr, .context = make_context(cr, picture), .mode = text};
    bool drawn = check_fonts(page.context, error);
    if (drawn) {
        page.layout = pango_layout_new(page.context);
        pango_layout_set_auto_dir(page.layout, FALSE);
        pango_layout_set_single_paragraph_mode(page.layout, TRUE);
        draw_page(&page, picture);
        g_object_unref(page.layout);
        drawn = of_cairo_check_status(cairo_status(cr), "the page", error);
    }
    g_object_unref(page.context);
    return drawn;
}
