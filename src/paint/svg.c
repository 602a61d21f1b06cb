#include "paint/svg.h"
#include "base/number.h"
#include "paint/check.h"
#include "paint/dash.h"
#include "paint/embedded_fonts.h"
#include "paint/font.h"
#include "paint/link.h"
#include "paint/literal.h"
#include "paint/painters.h"
#include "paint/svg_dark.h"
#include "paint/svg_motion.h"
#include "paint/xml.h"
#include <math.h>
#include <string.h>

#define SVG_NAMESPACE   "http://www.w3.org/2000/svg"
#define XLINK_NAMESPACE "http://www.w3.org/1999/xlink"
#define RDF_NAMESPACE   "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
#define DC_NAMESPACE    "http://purl.org/dc/elements/1.1/"

#define PIXELS_PER_POINT 2
#define PLACES           2 /* of coordinates: a hundredth of a point is a fiftieth of a pixel */
#define OPACITY_PLACES   3 /* 1/255 is 0.004 */

typedef struct {
    OfXml *xml;
    const char *prefix;      /* of all ids */
    const OfSvgInset *inset; /* or NULL: it is a document */
    OfTextMode mode;
    OfWords *words;
    OfEmbeddedFonts *fonts; /* or NULL */
    OfSvgDark *dark;        /* or NULL */
    OfSvgMotion *motion;    /* or NULL */
} OfSvg;

static void set_color(OfSvg *svg, const char *name, const char *opacity_name, OfColor color)
{
    char hex[8];
    g_snprintf(hex, sizeof hex, "#%02x%02x%02x", (guint) color.red, (guint) color.green, (guint) color.blue);
    of_xml_set_word(svg->xml, name, hex);
    if (color.alpha < 255) {
        of_xml_set_number(svg->xml, opacity_name, color.alpha / 255.0, OPACITY_PLACES);
    }
}

static void set_id(OfSvg *svg, const char *name, const char *format, const char *id)
{
    g_autofree char *whole = g_strdup_printf(format, svg->prefix, id);
    of_xml_set_text(svg->xml, name, whole);
}

static void append_points(GString *text, const OfPoint *points, guint n)
{
    for (guint i = 0; i < n; i++) {
        g_string_append(text, i > 0 ? " " : "");
        of_number_append(text, points[i].x, PLACES);
        g_string_append_c(text, ',');
        of_number_append(text, points[i].y, PLACES);
    }
}

static void set_stroke(OfSvg *svg, const OfShape *shape)
{
    OfDashPattern pattern = of_dash_pattern(shape->dash, shape->line_width);

    set_color(svg, "stroke", "stroke-opacity", shape->stroke);
    of_xml_set_number(svg->xml, "stroke-width", shape->line_width, PLACES);
    if (shape->kind == OF_SHAPE_POLYLINE || shape->kind == OF_SHAPE_BEZIER) {
        of_xml_set_word(svg->xml, "stroke-linejoin", "round");
    }
    if (pattern.n_lengths > 0) {
        g_autoptr(GString) lengths = g_string_new(NULL);
        for (guint i = 0; i < pattern.n_lengths; i++) {
            g_string_append(lengths, i > 0 ? "," : "");
            of_number_append(lengths, pattern.lengths[i], PLACES);
        }
        of_xml_set_word(svg->xml, "stroke-dasharray", lengths->str);
        if (shape->dash_offset > 0) {
            of_xml_set_number(svg->xml, "stroke-dashoffset", shape->dash_offset, PLACES);
        }
    }
    if (pattern.round_caps) {
        of_xml_set_word(svg->xml, "stroke-linecap", "round");
    }
}

/* What CSS does with a shape; without CSS what has gone at the end is not seen. */
static void set_classes(OfSvg *svg, const OfShape *shape)
{
    g_autofree char *dark = svg->dark != NULL ? of_svg_dark_class(svg->dark, shape) : NULL;
    g_autofree char *motion = svg->motion != NULL ? of_svg_motion_class(svg->motion, shape) : NULL;
    if (dark != NULL || motion != NULL) {
        g_autofree char *classes =
            dark != NULL && motion != NULL ? g_strjoin(" ", dark, motion, NULL) : g_strdup(dark != NULL ? dark : motion);
        of_xml_set_word(svg->xml, "class", classes);
    }
    if (svg->motion != NULL && of_svg_motion_is_past(svg->motion, shape)) {
        of_xml_set_word(svg->xml, "visibility", "hidden");
    }
}

static void write_outline(OfSvg *svg, const OfShape *shape)
{
    bool filled = shape->filled && shape->fill.alpha > 0;
    bool stroked = shape->stroked && shape->stroke.alpha > 0 && shape->line_width > 0;
    if (!filled && !stroked) {
        return;
    }
    g_autoptr(GString) points = g_string_new(NULL);
    switch (shape->kind) {
    case OF_SHAPE_POLYGON:
    case OF_SHAPE_POLYLINE:
        of_xml_open(svg->xml, shape->kind == OF_SHAPE_POLYGON ? "polygon" : "polyline");
        append_points(points, shape->points, shape->n_points);
        of_xml_set_word(svg->xml, "points", points->str);
        break;
    case OF_SHAPE_BEZIER:
        of_xml_open(svg->xml, "path");
        g_string_append_c(points, 'M');
        append_points(points, shape->points, 1);
        g_string_append_c(points, 'C');
        append_points(points, shape->points + 1, shape->n_points - 1);
        of_xml_set_word(svg->xml, "d", points->str);
        break;
    default:
        of_xml_open(svg->xml, "ellipse");
        of_xml_set_number(svg->xml, "cx", shape->points[0].x, PLACES);
        of_xml_set_number(svg->xml, "cy", shape->points[0].y, PLACES);
        of_xml_set_number(svg->xml, "rx", fabs(shape->points[1].x), PLACES);
        of_xml_set_number(svg->xml, "ry", fabs(shape->points[1].y), PLACES);
    }
    if (filled) {
        set_color(svg, "fill", "fill-opacity", shape->fill);
    } else {
        of_xml_set_word(svg->xml, "fill", "none");
    }
    if (stroked) {
        set_stroke(svg, shape);
    }
    set_classes(svg, shape);
    of_xml_close(svg->xml);
}

/* Without xml:space, SVG 1.1 (10.15) cuts spaces at both ends and joins runs of them. */
static bool has_notable_spaces(const char *text)
{
    gsize length = strlen(text);
    return length > 0 && (text[0] == ' ' || text[length - 1] == ' ' || strstr(text, "  ") != NULL);
}

static void set_font(OfSvg *svg, const OfShape *shape, const OfShapedLine *line)
{
    g_autoptr(OfFont) font = of_font_new(shape->font);
    g_autofree char *families = of_font_css_families(font);
    if (svg->fonts != NULL) {
        g_autofree char *named = families;
        g_autofree char *embedded = of_embedded_fonts_families(svg->fonts, line, font->weight, font->slant);
        families = g_strconcat(embedded, named, NULL);
    }
    of_xml_set_text(svg->xml, "font-family", families);
    of_xml_set_number(svg->xml, "font-size", shape->font_size, PLACES);
    if (font->weight != 400) {
        of_xml_set_number(svg->xml, "font-weight", font->weight, 0);
    }
    if (strcmp(font->slant, "normal") != 0) {
        of_xml_set_word(svg->xml, "font-style", font->slant);
    }
    if (strcmp(font->stretch, "normal") != 0) {
        of_xml_set_word(svg->xml, "font-stretch", font->stretch);
    }
    if (shape->struck) {
        of_xml_set_word(svg->xml, "text-decoration", "line-through");
    }
}

/* The element is a paragraph of its own to the bidirectional algorithm (SVG 1.1, 10.7.4), so what the text overrides ends with
 * it. */
static void set_alignment(OfSvg *svg, const OfShape *shape, const char *literal)
{
    bool right_to_left = of_literal_is_right_to_left(literal);

    /* SVG anchors where the text starts to be read, pictures where it stands. */
    if (shape->align == OF_ALIGN_CENTER) {
        of_xml_set_word(svg->xml, "text-anchor", "middle");
    } else if ((shape->align == OF_ALIGN_RIGHT) != right_to_left) {
        of_xml_set_word(svg->xml, "text-anchor", "end");
    }
    if (right_to_left || of_literal_has_bidi_controls(literal)) {
        of_xml_set_word(svg->xml, "direction", right_to_left ? "rtl" : "ltr");
        of_xml_set_word(svg->xml, "unicode-bidi", "isolate");
    }
}

/* Where the reader's font is another, its letters are made as wide as those that the drawing was laid out with: nothing then runs into anything. */
static void set_width(OfSvg *svg, const OfShapedLine *line)
{
    of_xml_set_number(svg->xml, "textLength", line->width, PLACES);
    of_xml_set_word(svg->xml, "lengthAdjust", "spacingAndGlyphs");
}

static void write_words(OfSvg *svg, const OfShape *shape, const OfShapedLine *line)
{
    of_xml_open(svg->xml, "text");
    of_xml_set_number(svg->xml, "x", shape->points[0].x, PLACES);
    of_xml_set_number(svg->xml, "y", shape->points[0].y, PLACES);
    set_alignment(svg, shape, line->literal);
    set_font(svg, shape, line);
    set_width(svg, line);
    set_color(svg, "fill", "fill-opacity", shape->fill);
    set_classes(svg, shape);
    if (has_notable_spaces(line->literal)) {
        of_xml_set_word(svg->xml, "xml:space", "preserve");
    }
    of_xml_write_literal(svg->xml, line->literal);
    of_xml_close(svg->xml);
}

static void append_pair(GString *path, double x, double y)
{
    of_number_append(path, x, PLACES);
    g_string_append_c(path, ',');
    of_number_append(path, y, PLACES);
}

/* The outlines of a line's glyphs as the data of an SVG path. NULL where there are none. Owned by the caller. */
static char *trace_words(const OfShape *shape, const OfShapedLine *line)
{
    static const struct {
        char letter;
        int n; /* points */
    } operators[] = {[CAIRO_PATH_MOVE_TO] = {'M', 1},
                     [CAIRO_PATH_LINE_TO] = {'L', 1},
                     [CAIRO_PATH_CURVE_TO] = {'C', 3},
                     [CAIRO_PATH_CLOSE_PATH] = {'Z', 0}};
    /* Without bounds: cairo leaves out glyphs that stand outside of a surface. */
    cairo_surface_t *surface = cairo_recording_surface_create(CAIRO_CONTENT_ALPHA, NULL);
    cairo_t *cr = cairo_create(surface);
    cairo_move_to(cr, shape->points[0].x - line->before, shape->points[0].y);
    cairo_set_tolerance(cr, 0.01);
    pango_cairo_layout_line_path(cr, line->line);
    cairo_path_t *path = cairo_copy_path(cr);
    GString *text = g_string_new(NULL);
    for (int i = 0; path->status == CAIRO_STATUS_SUCCESS && i < path->num_data; i += path->data[i].header.length) {
        const cairo_path_data_t *data = &path->data[i];
        /* Text ends with a move to where it would go on. */
        if (data->header.type == CAIRO_PATH_MOVE_TO && i + data->header.length >= path->num_data) {
            break;
        }
        g_string_append_c(text, operators[data->header.type].letter);
        for (int k = 1; k <= operators[data->header.type].n; k++) {
            g_string_append(text, k > 1 ? " " : "");
            append_pair(text, data[k].point.x, data[k].point.y);
        }
    }
    cairo_path_destroy(path);
    cairo_destroy(cr);
    cairo_surface_destroy(surface);
    if (shape->struck) {
        const OfStrike strike = of_words_strike(shape, line);
        g_string_append_c(text, 'M');
        append_pair(text, strike.x, strike.y);
        const OfPoint corners[] = {{strike.x + strike.width, strike.y},
                                   {strike.x + strike.width, strike.y + strike.height},
                                   {strike.x, strike.y + strike.height}};
        for (gsize i = 0; i < G_N_ELEMENTS(corners); i++) {
            g_string_append_c(text, 'L');
            append_pair(text, corners[i].x, corners[i].y);
        }
        g_string_append_c(text, 'Z');
    }
    const bool empty = text->len == 0;
    return g_string_free(text, empty);
}

/* Glyphs that are pictures have no outline: they stay text. */
static bool write_outlined_words(OfSvg *svg, const OfShape *shape, const OfShapedLine *line)
{
    g_autofree char *path = of_words_have_pictures(line) ? NULL : trace_words(shape, line);
    if (path == NULL) {
        return false;
    }
    of_xml_open(svg->xml, "path");
    of_xml_set_word(svg->xml, "role", "img");
    of_xml_set_text(svg->xml, "aria-label", line->literal);
    of_xml_set_word(svg->xml, "d", path);
    set_color(svg, "fill", "fill-opacity", shape->fill);
    set_classes(svg, shape);
    of_xml_close(svg->xml);
    return true;
}

static void write_text(OfSvg *svg, const OfShape *shape)
{
    OfShapedLine line;
    if (of_words_shape(svg->words, shape, &line) && (svg->mode != OF_TEXT_OUTLINE || !write_outlined_words(svg, shape, &line))) {
        write_words(svg, shape, &line);
    }
}

static void open_link(OfSvg *svg, const char *target, const char *title)
{
    of_xml_open(svg->xml, "a");
    of_xml_set_word(svg->xml, "href", target);
    of_xml_set_word(svg->xml, "xlink:href", target); /* for readers of SVG 1.1 */
    if (title != NULL) {
        of_xml_set_text(svg->xml, "aria-label", title);
    }
}

static void write_element(OfSvg *svg, const OfElement *element)
{
    g_autofree char *target = of_link_target(element->url);

    of_xml_open(svg->xml, "g");
    if (element->id != NULL) {
        set_id(svg, "id", "%s-%s", element->id);
    }
    if (element->classes != NULL) {
        of_xml_set_text(svg->xml, "class", element->classes);
    }
    for (guint i = 0; element->data != NULL && i < element->data->len; i++) {
        const OfDatum *datum = &g_array_index(element->data, OfDatum, i);
        g_autofree char *name = g_strconcat("data-", datum->name, NULL);
        of_xml_set_text(svg->xml, name, datum->value);
    }
    if (element->title != NULL) {
        of_xml_write_text(svg->xml, "title", element->title);
    }
    if (target != NULL) {
        open_link(svg, target, element->title);
    }
    for (guint i = 0; element->shapes != NULL && i < element->shapes->len; i++) {
        const OfShape *shape = &g_array_index(element->shapes, OfShape, i);
        if (shape->kind == OF_SHAPE_TEXT) {
            write_text(svg, shape);
        } else {
            write_outline(svg, shape);
        }
    }
    if (target != NULL) {
        of_xml_close(svg->xml);
    }
    of_xml_close(svg->xml);
}

static bool has_links(const OfPicture *picture)
{
    for (guint i = 0; picture->elements != NULL && i < picture->elements->len; i++) {
        const OfElement *element = g_ptr_array_index(picture->elements, i);
        g_autofree char *target = of_link_target(element->url);
        if (target != NULL) {
            return true;
        }
    }
    return false;
}

static void set_view_box(OfSvg *svg, const OfSvgInset *inset)
{
    const double numbers[] = {inset->x, inset->y, inset->width, inset->height};
    g_autoptr(GString) box = g_string_new(NULL);
    for (guint i = 0; i < G_N_ELEMENTS(numbers); i++) {
        g_string_append(box, i > 0 ? " " : "");
        of_number_append(box, numbers[i], PLACES);
    }
    of_xml_set_word(svg->xml, "viewBox", box->str);
}

/* Pages asked for in pixels have that many; others have their size on paper. */
static void set_page_size(OfSvg *svg, const OfPicture *picture, double scale)
{
    const double sides[] = {picture->width, picture->height};
    const char *const names[] = {"width", "height"};
    g_autoptr(GString) box = g_string_new("0 0");

    for (guint i = 0; i < G_N_ELEMENTS(sides); i++) {
        g_autoptr(GString) side = g_string_new(NULL);
        of_number_append(side, sides[i] * scale * (picture->pixels ? PIXELS_PER_POINT : 1), PLACES);
        g_string_append(side, picture->pixels ? "" : "pt");
        of_xml_set_word(svg->xml, names[i], side->str);
        g_string_append_c(box, ' ');
        of_number_append(box, sides[i], PLACES);
    }
    of_xml_set_word(svg->xml, "viewBox", box->str);
}

/* Readers of a page can ask for the description; elsewhere it is a part of the name, which all programs say. */
static void set_labels(OfSvg *svg, const OfPicture *picture)
{
    g_autoptr(GString) ids = g_string_new(NULL);
    if (picture->title != NULL) {
        g_string_append_printf(ids, "%s--title", svg->prefix);
    }
    if (picture->description != NULL && svg->inset == NULL) {
        g_string_append_printf(ids, "%s%s--desc", ids->len > 0 ? " " : "", svg->prefix);
    }
    if (ids->len > 0) {
        of_xml_set_text(svg->xml, "aria-labelledby", ids->str);
    }
    if (picture->description != NULL && svg->inset != NULL) {
        g_autofree char *id = g_strdup_printf("%s--desc", svg->prefix);
        of_xml_set_text(svg->xml, "aria-describedby", id);
    }
}

static const char *role_of(const OfSvg *svg, const OfPicture *picture)
{
    return svg->inset != NULL ? "group" : has_links(picture) ? "graphics-document" : "img";
}

static void set_root(OfSvg *svg, const OfPicture *picture, double scale)
{
    of_xml_set_word(svg->xml, "xmlns", SVG_NAMESPACE);
    if (svg->inset == NULL && has_links(picture)) {
        of_xml_set_word(svg->xml, "xmlns:xlink", XLINK_NAMESPACE);
    }
    of_xml_set_text(svg->xml, "id", svg->prefix);
    of_xml_set_word(svg->xml, "role", role_of(svg, picture));
    set_labels(svg, picture);
    if (picture->language != NULL) {
        of_xml_set_text(svg->xml, "lang", picture->language);
        of_xml_set_text(svg->xml, "xml:lang", picture->language);
    }
    if (svg->inset != NULL) {
        set_view_box(svg, svg->inset);
        return;
    }
    set_page_size(svg, picture, scale);
    if (picture->program != NULL) {
        const char *space = strrchr(picture->program, ' ');
        of_xml_set_text(svg->xml, "data-orgflow-version", space != NULL ? space + 1 : picture->program);
    }
    if (picture->digest != NULL) {
        of_xml_set_text(svg->xml, "data-orgflow-digest", picture->digest);
    }
}

/* <title> and <desc>. Two hyphens: no element's id, an XML name, begins with one, so these cannot meet an element called
 * "title". */
static void write_labels(OfSvg *svg, const OfPicture *picture)
{
    const char *const texts[] = {picture->title, picture->description};
    const char *const names[] = {"title", "desc"};

    for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
        if (texts[i] != NULL) {
            g_autofree char *literal = of_literal_new(texts[i]);
            of_xml_open(svg->xml, names[i]);
            set_id(svg, "id", "%s--%s", names[i]);
            of_xml_write_literal(svg->xml, literal);
            of_xml_close(svg->xml);
        }
    }
}

/* The same in Dublin Core, which editors such as Inkscape show and keep. */
static void write_metadata(OfSvg *svg, const OfPicture *picture)
{
    const char *const values[] = {picture->title, picture->description, picture->program, picture->digest, picture->language};
    static const char *const names[] = {"dc:title", "dc:description", "dc:creator", "dc:identifier", "dc:language"};

    of_xml_open(svg->xml, "metadata");
    of_xml_open(svg->xml, "rdf:RDF");
    of_xml_set_word(svg->xml, "xmlns:rdf", RDF_NAMESPACE);
    of_xml_set_word(svg->xml, "xmlns:dc", DC_NAMESPACE);
    of_xml_open(svg->xml, "rdf:Description");
    of_xml_set_word(svg->xml, "rdf:about", "");
    for (guint i = 0; i < G_N_ELEMENTS(values); i++) {
        if (values[i] != NULL) {
            of_xml_write_text(svg->xml, names[i], values[i]);
        }
    }
    of_xml_close(svg->xml);
    of_xml_close(svg->xml);
    of_xml_close(svg->xml);
}

static void write_background(OfSvg *svg, const OfPicture *picture)
{
    if (!picture->has_background || picture->background.alpha == 0) {
        return;
    }
    of_xml_open(svg->xml, "rect");
    of_xml_set_number(svg->xml, "width", picture->width, PLACES);
    of_xml_set_number(svg->xml, "height", picture->height, PLACES);
    set_color(svg, "fill", "fill-opacity", picture->background);
    of_xml_close(svg->xml);
}

/* What no attribute can say: fonts in the file, colours on a dark page, and motion. */
static void write_style(OfSvg *svg)
{
    g_autoptr(GString) css = g_string_new(NULL);
    if (svg->fonts != NULL) {
        g_autofree char *fonts = of_embedded_fonts_css(svg->fonts);
        g_string_append(css, fonts);
    }
    if (svg->dark != NULL) {
        g_autofree char *colors = of_svg_dark_css(svg->dark, svg->prefix);
        g_string_append(css, colors);
    }
    if (svg->motion != NULL) {
        g_autofree char *motion = of_svg_motion_css(svg->motion, svg->prefix);
        g_string_append(css, motion);
    }
    if (css->len > 0) {
        of_xml_open(svg->xml, "style");
        of_xml_write_literal(svg->xml, css->str);
        of_xml_close(svg->xml);
    }
}

static void write_root(OfSvg *svg, const OfPicture *picture, double scale)
{
    of_xml_open(svg->xml, "svg");
    set_root(svg, picture, scale);
    write_labels(svg, picture);
    if (svg->inset == NULL) {
        write_metadata(svg, picture);
        write_style(svg);
        write_background(svg, picture);
    }
    for (guint i = 0; picture->elements != NULL && i < picture->elements->len; i++) {
        write_element(svg, g_ptr_array_index(picture->elements, i));
    }
    of_xml_close(svg->xml);
}

/* Makes subsets of the fonts of all words. */
static bool embed_fonts(OfSvg *svg, const OfPicture *picture, GError **error)
{
    svg->fonts = of_embedded_fonts_new();
    for (guint i = 0; picture->elements != NULL && i < picture->elements->len; i++) {
        const OfElement *element = picture->elements->pdata[i];
        for (guint k = 0; element->shapes != NULL && k < element->shapes->len; k++) {
            const OfShape *shape = &g_array_index(element->shapes, OfShape, k);
            OfShapedLine line;
            if (shape->kind == OF_SHAPE_TEXT && of_words_shape(svg->words, shape, &line)) {
                g_autoptr(OfFont) font = of_font_new(shape->font);
                of_embedded_fonts_add(svg->fonts, &line, font->weight, font->slant);
            }
        }
    }
    return of_embedded_fonts_finish(svg->fonts, error);
}

char *of_svg_write(const OfPicture *picture, const OfPaintSettings *settings, OfSvgInset *inset, GError **error)
{
    g_autoptr(OfWords) words = of_words_new(settings->fonts, picture->language, error);
    OfSvg svg = {.prefix = picture->id != NULL && *picture->id != '\0' ? picture->id : "orgflow",
                 .inset = inset,
                 .mode = settings->text,
                 .words = words};
    if (words == NULL || (svg.mode == OF_TEXT_EMBED && !embed_fonts(&svg, picture, error))) {
        of_embedded_fonts_free(svg.fonts);
        return NULL;
    }
    g_autoptr(OfSvgDark) dark = picture->has_dark ? of_svg_dark_new(picture) : NULL;
    g_autoptr(OfSvgMotion) motion = picture->steps != NULL ? of_svg_motion_new(picture, settings->pace) : NULL;
    svg.dark = dark;
    svg.motion = motion;
    svg.xml = of_xml_new(inset == NULL);
    if (inset == NULL) {
        of_xml_begin(svg.xml, false);
    } else {
        inset->fonts = svg.fonts != NULL ? of_embedded_fonts_css(svg.fonts) : NULL;
        inset->dark = dark != NULL ? of_svg_dark_rules(dark, svg.prefix) : NULL;
    }
    write_root(&svg, picture, settings->scale);
    of_embedded_fonts_free(svg.fonts);
    return of_xml_finish(svg.xml, "SVG", error);
}

GBytes *of_svg_paint(OfPicture *const *pictures, guint n, const OfPaintSettings *settings, GError **error)
{
    if (!of_paint_check(pictures, n, false, settings, error)) {
        return NULL;
    }
    char *text = of_svg_write(pictures[0], settings, NULL, error);
    return text != NULL ? g_bytes_new_take(text, strlen(text)) : NULL;
}
