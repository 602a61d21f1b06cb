#include "paint/slide_shapes.h"

#include <math.h>
#include <pango/pangocairo.h>
#include <string.h>

#include "paint/dash.h"
#include "paint/font.h"
#include "paint/literal.h"
#include "paint/slide.h"

/* Sites are numbered against the clock from the top. */
enum { N_SITES = 4 };

const OfSlideBox of_slide_box_none = {INFINITY, INFINITY, -INFINITY, -INFINITY};

bool of_slide_shape_is_seen(const OfShape *shape)
{
    if (shape->kind == OF_SHAPE_TEXT) {
        return shape->font_size > 0 && shape->fill.alpha > 0 && shape->text != NULL && *shape->text != '\0';
    }
    return (shape->filled && shape->fill.alpha > 0) || (shape->stroked && shape->stroke.alpha > 0 && shape->line_width > 0);
}

OfSlideBox of_slide_box_join(OfSlideBox a, OfSlideBox b)
{
    return (OfSlideBox){fmin(a.left, b.left), fmin(a.top, b.top), fmax(a.right, b.right), fmax(a.bottom, b.bottom)};
}

/* ---- Text ---- */

typedef struct {
    double ascent, descent; /* points */
} LineRoom;

/* A line of text is as high as its font says: the baseline stands below the frame's top by the ascent. */
static LineRoom measure_line(const OfShape *shape)
{
    PangoContext *context = pango_font_map_create_context(pango_cairo_font_map_get_default()); /* the thread's own */
    PangoFontDescription *font = pango_font_description_from_string(shape->font != NULL ? shape->font : "sans-serif");
    pango_font_description_set_absolute_size(font, 100 * PANGO_SCALE);
    PangoFontMetrics *metrics = pango_context_get_metrics(context, font, pango_language_from_string("en"));
    const double per_point = shape->font_size / (100.0 * PANGO_SCALE);
    const LineRoom room = {pango_font_metrics_get_ascent(metrics) * per_point, pango_font_metrics_get_descent(metrics) * per_point};
    pango_font_metrics_unref(metrics);
    g_object_unref(context);
    pango_font_description_free(font);
    return room;
}

static OfSlideBox text_box(const OfShape *shape)
{
    const LineRoom room = measure_line(shape);
    const double before = shape->align == OF_ALIGN_LEFT     ? 0
                          : shape->align == OF_ALIGN_CENTER ? shape->text_width / 2
                                                            : shape->text_width;
    const double left = shape->points[0].x - before, baseline = shape->points[0].y;
    return (OfSlideBox){left, baseline - room.ascent, left + shape->text_width, baseline + room.descent};
}

/* What the template calls a colour, or NULL. */
static const char *name_color(const OfTemplate *template, OfColor color)
{
    char text[8];
    g_snprintf(text, sizeof text, "#%02x%02x%02x", (guint) color.red, (guint) color.green, (guint) color.blue);
    for (guint i = 0; template != NULL && i < OF_TEMPLATE_COLORS; i++) {
        if (strcmp(template->colors[i], text) == 0) {
            return of_template_color_names[i];
        }
    }
    return NULL;
}

static void write_color(OfXml *xml, OfColor color, const OfSlideStyle *style)
{
    char hex[8];
    g_snprintf(hex, sizeof hex, "%02X%02X%02X", (guint) color.red, (guint) color.green, (guint) color.blue);
    const char *name = name_color(style->template, color);
    of_xml_open(xml, "a:solidFill");
    of_xml_open_with(xml, name != NULL ? "a:schemeClr" : "a:srgbClr", "val", name != NULL ? name : hex, NULL);
    if (color.alpha < 255) {
        of_xml_open(xml, "a:alpha");
        of_xml_set_integer(xml, "val", (gint64) lround(color.alpha * 100000 / 255.0));
        of_xml_close(xml);
    }
    of_xml_close(xml);
    of_xml_close(xml);
}

static void write_run(OfXml *xml, const OfShape *shape, const char *literal, const OfSlideStyle *style)
{
    g_autoptr(OfFont) font = of_font_new(shape->font);
    of_xml_open(xml, "a:r");
    of_xml_open(xml, "a:rPr");
    if (style->language != NULL) {
        of_xml_set_text(xml, "lang", style->language);
    }
    of_xml_set_integer(xml, "sz", (gint64) lround(shape->font_size * 100));
    of_xml_set_word(xml, "b", font->weight >= 600 ? "1" : "0");
    of_xml_set_word(xml, "i", strcmp(font->slant, "normal") != 0 ? "1" : "0");
    if (shape->struck) {
        of_xml_set_word(xml, "strike", "sngStrike");
    }
    of_xml_set_word(xml, "dirty", "0");
    write_color(xml, shape->fill, style);
    static const char *const scripts[] = {"a:latin", "a:ea", "a:cs"};
    static const char *const of_theme[] = {"+mn-lt", "+mn-ea", "+mn-cs"}; /* the theme's font of body text */
    for (gsize i = 0; i < G_N_ELEMENTS(scripts); i++) {
        of_xml_open(xml, scripts[i]);
        of_xml_set_text(xml, "typeface", style->template != NULL ? of_theme[i] : font->families[0]);
        of_xml_close(xml);
    }
    of_xml_close(xml);
    of_xml_open(xml, "a:t");
    of_xml_write_literal(xml, literal);
    of_xml_close(xml);
    of_xml_close(xml);
}

/* Lines of one alignment, in one paragraph that the first line's letters give its direction. */
static void write_words(OfXml *xml, const OfShape *const *lines, guint n, const char *wrap, const OfSlideStyle *style)
{
    static const char *const aligns[] = {[OF_ALIGN_LEFT] = "l", [OF_ALIGN_CENTER] = "ctr", [OF_ALIGN_RIGHT] = "r"};
    g_autofree char *first = of_literal_new(lines[0]->text);
    of_xml_open(xml, "p:txBody");
    of_xml_open_with(xml, "a:bodyPr", "wrap", wrap, "lIns", "0", "tIns", "0", "rIns", "0", "bIns", "0", "anchor", "t", NULL);
    of_xml_write_empty(xml, "a:noAutofit", NULL);
    of_xml_close(xml);
    of_xml_write_empty(xml, "a:lstStyle", NULL);
    of_xml_open(xml, "a:p");
    of_xml_open_with(xml, "a:pPr", "marL", "0", "indent", "0", "algn", aligns[lines[0]->align], "rtl",
                     of_literal_is_right_to_left(first) ? "1" : "0", NULL);
    of_xml_open(xml, "a:lnSpc");
    of_xml_write_empty(xml, "a:spcPct", "val", "100000", NULL);
    of_xml_close(xml);
    of_xml_open(xml, "a:spcBef");
    of_xml_write_empty(xml, "a:spcPts", "val", "0", NULL);
    of_xml_close(xml);
    of_xml_write_empty(xml, "a:buNone", NULL);
    of_xml_close(xml);
    for (guint i = 0; i < n; i++) {
        g_autofree char *literal = of_literal_new(lines[i]->text);
        if (i > 0) {
            of_xml_write_empty(xml, "a:br", NULL);
        }
        write_run(xml, lines[i], literal, style);
    }
    of_xml_close(xml);
    of_xml_close(xml);
}

/* ---- Outlines ---- */

static OfSlideBox points_box(const OfShape *shape)
{
    OfSlideBox box = of_slide_box_none;
    for (guint i = 0; i < shape->n_points; i++) {
        const OfPoint p = shape->points[i];
        box = of_slide_box_join(box, (OfSlideBox){p.x, p.y, p.x, p.y});
    }
    return box;
}

OfSlideBox of_slide_shape_box(const OfShape *shape)
{
    if (shape->kind == OF_SHAPE_TEXT) {
        return text_box(shape);
    }
    if (shape->kind == OF_SHAPE_ELLIPSE) {
        const OfPoint c = shape->points[0];
        const double rx = fabs(shape->points[1].x), ry = fabs(shape->points[1].y);
        return (OfSlideBox){c.x - rx, c.y - ry, c.x + rx, c.y + ry};
    }
    return points_box(shape);
}

static gint64 units(double points)
{
    return (gint64) llround(points * OF_EMU);
}

static void write_pair(OfXml *xml, const char *element, const char *first, gint64 a, const char *second, gint64 b)
{
    of_xml_open(xml, element);
    of_xml_set_integer(xml, first, a);
    of_xml_set_integer(xml, second, b);
    of_xml_close(xml);
}

/* Both corners are rounded, so that frames that touch in the drawing touch on the slide. */
static gint64 width_units(OfSlideBox box)
{
    return units(box.right) - units(box.left);
}

static gint64 height_units(OfSlideBox box)
{
    return units(box.bottom) - units(box.top);
}

void of_slide_write_frame(OfXml *xml, OfSlideBox box, const OfSlideBox *inner)
{
    of_xml_open(xml, "a:xfrm");
    write_pair(xml, "a:off", "x", units(box.left), "y", units(box.top));
    write_pair(xml, "a:ext", "cx", width_units(box), "cy", height_units(box));
    if (inner != NULL) {
        write_pair(xml, "a:chOff", "x", units(inner->left), "y", units(inner->top));
        write_pair(xml, "a:chExt", "cx", width_units(*inner), "cy", height_units(*inner));
    }
    of_xml_close(xml);
}

static void write_point(OfXml *xml, OfSlideBox box, OfPoint point)
{
    write_pair(xml, "a:pt", "x", units(point.x) - units(box.left), "y", units(point.y) - units(box.top));
}

static void site_of(OfSlideBox box, guint site, gint64 *x, gint64 *y)
{
    static const struct {
        int x, y; /* halves of the frame */
    } sites[N_SITES] = {{1, 0}, {0, 1}, {1, 2}, {2, 1}};
    *x = width_units(box) * sites[site].x / 2;
    *y = height_units(box) * sites[site].y / 2;
}

guint of_slide_shape_site(const OfShape *shape, OfPoint point)
{
    const OfSlideBox box = of_slide_shape_box(shape);
    const double x = (double) (units(point.x) - units(box.left)), y = (double) (units(point.y) - units(box.top));
    guint nearest = 0;
    double least = INFINITY;
    for (guint i = 0; i < N_SITES; i++) {
        gint64 site_x = 0, site_y = 0;
        site_of(box, i, &site_x, &site_y);
        const double distance = hypot(x - (double) site_x, y - (double) site_y);
        if (distance < least) {
            least = distance;
            nearest = i;
        }
    }
    /* An ellipse has a site between any two of these. */
    return shape->kind == OF_SHAPE_ELLIPSE ? nearest * 2 : nearest;
}

static void write_sites(OfXml *xml, OfSlideBox box)
{
    static const char *const angles[N_SITES] = {"16200000", "10800000", "5400000", "0"};
    of_xml_open(xml, "a:cxnLst");
    for (guint i = 0; i < N_SITES; i++) {
        gint64 x = 0, y = 0;
        site_of(box, i, &x, &y);
        of_xml_open_with(xml, "a:cxn", "ang", angles[i], NULL);
        write_pair(xml, "a:pos", "x", x, "y", y);
        of_xml_close(xml);
    }
    of_xml_close(xml);
}

/* The path in the units of the frame. */
static void write_path(OfXml *xml, const OfShape *shape, OfSlideBox box)
{
    of_xml_open(xml, "a:pathLst");
    of_xml_open(xml, "a:path");
    of_xml_set_integer(xml, "w", width_units(box));
    of_xml_set_integer(xml, "h", height_units(box));
    if (!shape->filled) {
        of_xml_set_word(xml, "fill", "none");
    }
    of_xml_open(xml, "a:moveTo");
    write_point(xml, box, shape->points[0]);
    of_xml_close(xml);
    const bool curved = shape->kind == OF_SHAPE_BEZIER;
    const guint step = curved ? 3 : 1;
    for (guint i = 1; i + step <= shape->n_points; i += step) {
        of_xml_open(xml, curved ? "a:cubicBezTo" : "a:lnTo");
        for (guint k = 0; k < step; k++) {
            write_point(xml, box, shape->points[i + k]);
        }
        of_xml_close(xml);
    }
    if (shape->kind == OF_SHAPE_POLYGON || (curved && shape->filled)) {
        of_xml_write_empty(xml, "a:close", NULL);
    }
    of_xml_close(xml);
    of_xml_close(xml);
}

static void write_geometry(OfXml *xml, const OfShape *shape, OfSlideBox box)
{
    if (shape->kind == OF_SHAPE_TEXT || shape->kind == OF_SHAPE_ELLIPSE) {
        of_xml_open_with(xml, "a:prstGeom", "prst", shape->kind == OF_SHAPE_TEXT ? "rect" : "ellipse", NULL);
        of_xml_write_empty(xml, "a:avLst", NULL);
        of_xml_close(xml);
        return;
    }
    of_xml_open(xml, "a:custGeom");
    static const char *const lists[] = {"a:avLst", "a:gdLst", "a:ahLst"};
    for (gsize i = 0; i < G_N_ELEMENTS(lists); i++) {
        of_xml_write_empty(xml, lists[i], NULL);
    }
    write_sites(xml, box);
    of_xml_write_empty(xml, "a:rect", "l", "0", "t", "0", "r", "r", "b", "b", NULL);
    write_path(xml, shape, box);
    of_xml_close(xml);
}

/* A dash is told in thousandths of a hundredth of the line's width. */
static void write_dash(OfXml *xml, const OfShape *shape)
{
    const OfDashPattern pattern = of_dash_pattern(shape->dash, shape->line_width);
    if (pattern.n_lengths == 0) {
        of_xml_write_empty(xml, "a:prstDash", "val", "solid", NULL);
        return;
    }
    of_xml_open(xml, "a:custDash");
    for (guint i = 0; i < pattern.n_lengths; i += 2) {
        const double gap = pattern.lengths[i + 1 < pattern.n_lengths ? i + 1 : i];
        write_pair(xml, "a:ds", "d", (gint64) llround(pattern.lengths[i] / shape->line_width * 100000), "sp",
                   (gint64) llround(gap / shape->line_width * 100000));
    }
    of_xml_close(xml);
}

static void write_line(OfXml *xml, const OfShape *shape, const OfSlideStyle *style)
{
    const bool seen = shape->kind != OF_SHAPE_TEXT && shape->stroked && shape->stroke.alpha > 0 && shape->line_width > 0;
    of_xml_open(xml, "a:ln");
    if (!seen) {
        of_xml_write_empty(xml, "a:noFill", NULL);
        of_xml_close(xml);
        return;
    }
    of_xml_set_integer(xml, "w", units(shape->line_width));
    of_xml_set_word(xml, "cap", of_dash_pattern(shape->dash, shape->line_width).round_caps ? "rnd" : "flat");
    write_color(xml, shape->stroke, style);
    write_dash(xml, shape);
    if (shape->kind == OF_SHAPE_POLYGON || shape->kind == OF_SHAPE_ELLIPSE) {
        of_xml_write_empty(xml, "a:miter", "lim", "400000", NULL);
    } else {
        of_xml_write_empty(xml, "a:round", NULL);
    }
    of_xml_close(xml);
}

static void write_properties(OfXml *xml, const OfShape *shape, const OfSlideStyle *style)
{
    const OfSlideBox box = of_slide_shape_box(shape);
    of_xml_open(xml, "p:spPr");
    of_slide_write_frame(xml, box, NULL);
    write_geometry(xml, shape, box);
    if (shape->kind != OF_SHAPE_TEXT && shape->filled && shape->fill.alpha > 0) {
        write_color(xml, shape->fill, style);
    } else {
        of_xml_write_empty(xml, "a:noFill", NULL);
    }
    write_line(xml, shape, style);
    of_xml_close(xml);
}

/* ---- Shapes ---- */

void of_slide_write_name(OfXml *xml, const OfSlideName *name)
{
    of_xml_open(xml, "p:cNvPr");
    of_xml_set_integer(xml, "id", name->id);
    of_xml_set_text(xml, "name", name->name);
    if (name->description != NULL) {
        of_xml_set_text(xml, "descr", name->description);
    }
    if (name->link != NULL) {
        of_xml_write_empty(xml, "a:hlinkClick", "r:id", name->link, NULL);
    }
    of_xml_close(xml);
}

void of_slide_write_shape(OfXml *xml, const OfShape *shape, const OfSlideName *name, const OfSlideStyle *style)
{
    of_xml_open(xml, "p:sp");
    of_xml_open(xml, "p:nvSpPr");
    of_slide_write_name(xml, name);
    of_xml_open(xml, "p:cNvSpPr");
    if (shape->kind == OF_SHAPE_TEXT) {
        of_xml_set_word(xml, "txBox", "1");
    }
    of_xml_close(xml);
    of_xml_write_empty(xml, "p:nvPr", NULL);
    of_xml_close(xml);
    write_properties(xml, shape, style);
    if (shape->kind == OF_SHAPE_TEXT) {
        write_words(xml, &shape, 1, "none", style);
    }
    of_xml_close(xml);
}

/* Up to the place of the title, left open within `p:sp`. */
static void open_title(OfXml *xml, const OfSlideName *name)
{
    of_xml_open(xml, "p:sp");
    of_xml_open(xml, "p:nvSpPr");
    of_slide_write_name(xml, name);
    of_xml_open(xml, "p:cNvSpPr");
    of_xml_write_empty(xml, "a:spLocks", "noGrp", "1", NULL);
    of_xml_close(xml);
    of_xml_open(xml, "p:nvPr");
    of_xml_write_empty(xml, "p:ph", "type", "title", NULL);
    of_xml_close(xml);
    of_xml_close(xml);
}

void of_slide_write_title(OfXml *xml, const OfShape *const *lines, guint n, OfSlideBox frame, const OfSlideName *name,
                          const OfSlideStyle *style)
{
    open_title(xml, name);
    of_xml_open(xml, "p:spPr");
    of_slide_write_frame(xml, frame, NULL);
    of_xml_close(xml);
    write_words(xml, lines, n, "square", style);
    of_xml_close(xml);
}

void of_slide_write_layout_title(OfXml *xml, const char *text, const OfSlideName *name, const OfSlideStyle *style)
{
    g_autofree char *literal = of_literal_new(text);
    open_title(xml, name);
    of_xml_write_empty(xml, "p:spPr", NULL);
    of_xml_open(xml, "p:txBody");
    of_xml_write_empty(xml, "a:bodyPr", NULL);
    of_xml_write_empty(xml, "a:lstStyle", NULL);
    of_xml_open(xml, "a:p");
    of_xml_open(xml, "a:r");
    of_xml_open(xml, "a:rPr");
    if (style->language != NULL) {
        of_xml_set_text(xml, "lang", style->language);
    }
    of_xml_set_word(xml, "dirty", "0");
    of_xml_close(xml);
    of_xml_open(xml, "a:t");
    of_xml_write_literal(xml, literal);
    of_xml_close(xml);
    of_xml_close(xml);
    of_xml_close(xml);
    of_xml_close(xml);
    of_xml_close(xml);
}

static void write_glue(OfXml *xml, const char *element, OfSlideGlue glue)
{
    if (glue.id > 0) {
        write_pair(xml, element, "id", glue.id, "idx", glue.site);
    }
}

void of_slide_write_connector(OfXml *xml, const OfShape *shape, const OfSlideName *name, OfSlideGlue begin, OfSlideGlue end,
                              const OfSlideStyle *style)
{
    of_xml_open(xml, "p:cxnSp");
    of_xml_open(xml, "p:nvCxnSpPr");
    of_slide_write_name(xml, name);
    of_xml_open(xml, "p:cNvCxnSpPr");
    write_glue(xml, "a:stCxn", begin);
    write_glue(xml, "a:endCxn", end);
    of_xml_close(xml);
    of_xml_write_empty(xml, "p:nvPr", NULL);
    of_xml_close(xml);
    write_properties(xml, shape, style);
    of_xml_close(xml);
}
