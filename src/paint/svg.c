#include "paint/svg.h"
#include "base/number.h"
#include "paint/check.h"
#include "paint/dash.h"
#include "paint/font.h"
#include "paint/link.h"
#include "paint/literal.h"
#include "paint/painters.h"
#include <libxml/parser.h>
#include <libxml/xmlwriter.h>
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
    xmlTextWriter *writer;
    const char *prefix; /* of all ids */
    bool failed;        /* sticks: no call is checked where it is made */
} OfSvg;

static void open_element(OfSvg *svg, const char *name)
{
    svg->failed |= xmlTextWriterStartElement(svg->writer, BAD_CAST name) < 0;
}

static void close_element(OfSvg *svg)
{
    svg->failed |= xmlTextWriterEndElement(svg->writer) < 0;
}

/* value is ours: known to be plain. */
static void set_word(OfSvg *svg, const char *name, const char *value)
{
    svg->failed |= xmlTextWriterWriteAttribute(svg->writer, BAD_CAST name, BAD_CAST value) < 0;
}

static void set_text(OfSvg *svg, const char *name, const char *value)
{
    g_autofree char *literal = of_literal_new(value);
    set_word(svg, name, literal);
}

static void set_number(OfSvg *svg, const char *name, double value, guint places)
{
    g_autoptr(GString) number = g_string_new(NULL);
    of_number_append(number, value, places);
    set_word(svg, name, number->str);
}

static void set_color(OfSvg *svg, const char *name, const char *opacity_name, OfColor color)
{
    char hex[8];
    g_snprintf(hex, sizeof hex, "#%02x%02x%02x", (guint) color.red, (guint) color.green, (guint) color.blue);
    set_word(svg, name, hex);
    if (color.alpha < 255) {
        set_number(svg, opacity_name, color.alpha / 255.0, OPACITY_PLACES);
    }
}

static void set_id(OfSvg *svg, const char *name, const char *format, const char *id)
{
    g_autofree char *whole = g_strdup_printf(format, svg->prefix, id);
    set_text(svg, name, whole);
}

static void write_text_element(OfSvg *svg, const char *name, const char *text)
{
    g_autofree char *literal = of_literal_new(text);
    svg->failed |= xmlTextWriterWriteElement(svg->writer, BAD_CAST name, BAD_CAST literal) < 0;
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
    set_number(svg, "stroke-width", shape->line_width, PLACES);
    if (shape->kind == OF_SHAPE_POLYLINE || shape->kind == OF_SHAPE_BEZIER) {
        set_word(svg, "stroke-linejoin", "round");
    }
    if (pattern.n_lengths > 0) {
        g_autoptr(GString) lengths = g_string_new(NULL);
        for (guint i = 0; i < pattern.n_lengths; i++) {
            g_string_append(lengths, i > 0 ? "," : "");
            of_number_append(lengths, pattern.lengths[i], PLACES);
        }
        set_word(svg, "stroke-dasharray", lengths->str);
    }
    if (pattern.round_caps) {
        set_word(svg, "stroke-linecap", "round");
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
        open_element(svg, shape->kind == OF_SHAPE_POLYGON ? "polygon" : "polyline");
        append_points(points, shape->points, shape->n_points);
        set_word(svg, "points", points->str);
        break;
    case OF_SHAPE_BEZIER:
        open_element(svg, "path");
        g_string_append_c(points, 'M');
        append_points(points, shape->points, 1);
        g_string_append_c(points, 'C');
        append_points(points, shape->points + 1, shape->n_points - 1);
        set_word(svg, "d", points->str);
        break;
    default:
        open_element(svg, "ellipse");
        set_number(svg, "cx", shape->points[0].x, PLACES);
        set_number(svg, "cy", shape->points[0].y, PLACES);
        set_number(svg, "rx", fabs(shape->points[1].x), PLACES);
        set_number(svg, "ry", fabs(shape->points[1].y), PLACES);
    }
    if (filled) {
        set_color(svg, "fill", "fill-opacity", shape->fill);
    } else {
        set_word(svg, "fill", "none");
    }
    if (stroked) {
        set_stroke(svg, shape);
    }
    close_element(svg);
}

/* Without xml:space, SVG 1.1 (10.15) cuts spaces at both ends and joins runs of them. */
static bool has_notable_spaces(const char *text)
{
    gsize length = strlen(text);
    return length > 0 && (text[0] == ' ' || text[length - 1] == ' ' || strstr(text, "  ") != NULL);
}

static void set_font(OfSvg *svg, const OfShape *shape)
{
    g_autoptr(OfFont) font = of_font_new(shape->font);
    g_autofree char *families = of_font_css_families(font);

    set_text(svg, "font-family", families);
    set_number(svg, "font-size", shape->font_size, PLACES);
    if (font->weight != 400) {
        set_number(svg, "font-weight", font->weight, 0);
    }
    if (strcmp(font->slant, "normal") != 0) {
        set_word(svg, "font-style", font->slant);
    }
    if (strcmp(font->stretch, "normal") != 0) {
        set_word(svg, "font-stretch", font->stretch);
    }
    if (shape->struck) {
        set_word(svg, "text-decoration", "line-through");
    }
}

/* The element is a paragraph of its own to the bidirectional algorithm (SVG 1.1, 10.7.4), so what the text overrides ends with
 * it. */
static void set_alignment(OfSvg *svg, const OfShape *shape, const char *literal)
{
    bool right_to_left = of_literal_is_right_to_left(literal);

    /* SVG anchors where the text starts to be read, pictures where it stands. */
    if (shape->align == OF_ALIGN_CENTER) {
        set_word(svg, "text-anchor", "middle");
    } else if ((shape->align == OF_ALIGN_RIGHT) != right_to_left) {
        set_word(svg, "text-anchor", "end");
    }
    if (right_to_left || of_literal_has_bidi_controls(literal)) {
        set_word(svg, "direction", right_to_left ? "rtl" : "ltr");
        set_word(svg, "unicode-bidi", "isolate");
    }
}

static void write_text(OfSvg *svg, const OfShape *shape)
{
    g_autofree char *literal = of_literal_new(shape->text);
    if (*literal == '\0' || shape->font_size <= 0 || shape->fill.alpha == 0) {
        return;
    }
    open_element(svg, "text");
    set_number(svg, "x", shape->points[0].x, PLACES);
    set_number(svg, "y", shape->points[0].y, PLACES);
    set_alignment(svg, shape, literal);
    set_font(svg, shape);
    set_color(svg, "fill", "fill-opacity", shape->fill);
    if (has_notable_spaces(literal)) {
        set_word(svg, "xml:space", "preserve");
    }
    svg->failed |= xmlTextWriterWriteString(svg->writer, BAD_CAST literal) < 0;
    close_element(svg);
}

static void open_link(OfSvg *svg, const char *target, const char *title)
{
    open_element(svg, "a");
    set_word(svg, "href", target);
    set_word(svg, "xlink:href", target); /* for readers of SVG 1.1 */
    if (title != NULL) {
        set_text(svg, "aria-label", title);
    }
}

static void write_element(OfSvg *svg, const OfElement *element)
{
    g_autofree char *target = of_link_target(element->url);

    open_element(svg, "g");
    if (element->id != NULL) {
        set_id(svg, "id", "%s-%s", element->id);
    }
    if (element->classes != NULL) {
        set_text(svg, "class", element->classes);
    }
    for (guint i = 0; element->data != NULL && i < element->data->len; i++) {
        const OfDatum *datum = &g_array_index(element->data, OfDatum, i);
        g_autofree char *name = g_strconcat("data-", datum->name, NULL);
        set_text(svg, name, datum->value);
    }
    if (element->title != NULL) {
        write_text_element(svg, "title", element->title);
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
        close_element(svg);
    }
    close_element(svg);
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
        set_word(svg, names[i], side->str);
        g_string_append_c(box, ' ');
        of_number_append(box, sides[i], PLACES);
    }
    set_word(svg, "viewBox", box->str);
}

static void set_labels(OfSvg *svg, const OfPicture *picture)
{
    g_autoptr(GString) ids = g_string_new(NULL);
    if (picture->title != NULL) {
        g_string_append_printf(ids, "%s--title", svg->prefix);
    }
    if (picture->description != NULL) {
        g_string_append_printf(ids, "%s%s--desc", ids->len > 0 ? " " : "", svg->prefix);
    }
    if (ids->len > 0) {
        set_text(svg, "aria-labelledby", ids->str);
    }
}

static void set_root(OfSvg *svg, const OfPicture *picture, double scale)
{
    bool linked = has_links(picture);

    set_word(svg, "xmlns", SVG_NAMESPACE);
    if (linked) {
        set_word(svg, "xmlns:xlink", XLINK_NAMESPACE);
    }
    set_text(svg, "id", svg->prefix);
    set_word(svg, "role", linked ? "graphics-document" : "img");
    set_labels(svg, picture);
    if (picture->language != NULL) {
        set_text(svg, "lang", picture->language);
        set_text(svg, "xml:lang", picture->language);
    }
    set_page_size(svg, picture, scale);
    if (picture->program != NULL) {
        const char *space = strrchr(picture->program, ' ');
        set_text(svg, "data-orgflow-version", space != NULL ? space + 1 : picture->program);
    }
    if (picture->digest != NULL) {
        set_text(svg, "data-orgflow-digest", picture->digest);
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
            open_element(svg, names[i]);
            set_id(svg, "id", "%s--%s", names[i]);
            svg->failed |= xmlTextWriterWriteString(svg->writer, BAD_CAST literal) < 0;
            close_element(svg);
        }
    }
}

/* The same in Dublin Core, which editors such as Inkscape show and keep. */
static void write_metadata(OfSvg *svg, const OfPicture *picture)
{
    const char *const values[] = {picture->title, picture->description, picture->program, picture->digest, picture->language};
    static const char *const names[] = {"dc:title", "dc:description", "dc:creator", "dc:identifier", "dc:language"};

    open_element(svg, "metadata");
    open_element(svg, "rdf:RDF");
    set_word(svg, "xmlns:rdf", RDF_NAMESPACE);
    set_word(svg, "xmlns:dc", DC_NAMESPACE);
    open_element(svg, "rdf:Description");
    set_word(svg, "rdf:about", "");
    for (guint i = 0; i < G_N_ELEMENTS(values); i++) {
        if (values[i] != NULL) {
            write_text_element(svg, names[i], values[i]);
        }
    }
    close_element(svg);
    close_element(svg);
    close_element(svg);
}

static void write_background(OfSvg *svg, const OfPicture *picture)
{
    if (!picture->has_background || picture->background.alpha == 0) {
        return;
    }
    open_element(svg, "rect");
    set_number(svg, "width", picture->width, PLACES);
    set_number(svg, "height", picture->height, PLACES);
    set_color(svg, "fill", "fill-opacity", picture->background);
    close_element(svg);
}

static void write_root(OfSvg *svg, const OfPicture *picture, double scale)
{
    open_element(svg, "svg");
    set_root(svg, picture, scale);
    write_labels(svg, picture);
    write_metadata(svg, picture);
    write_background(svg, picture);
    for (guint i = 0; picture->elements != NULL && i < picture->elements->len; i++) {
        write_element(svg, g_ptr_array_index(picture->elements, i));
    }
    close_element(svg);
}

char *of_svg_write(const OfPicture *picture, double scale, bool document, GError **error)
{
    static gsize prepared = 0;
    if (g_once_init_enter(&prepared)) {
        xmlInitParser(); /* libxml2 before 2.11 sets up its tables on first use without a lock */
        g_once_init_leave(&prepared, 1);
    }

    xmlBuffer *buffer = xmlBufferCreate();
    OfSvg svg = {.writer = buffer != NULL ? xmlNewTextWriterMemory(buffer, 0) : NULL,
                 .prefix = picture->id != NULL && *picture->id != '\0' ? picture->id : "orgflow"};
    svg.failed = svg.writer == NULL;
    if (!svg.failed) {
        svg.failed |= xmlTextWriterSetIndent(svg.writer, 1) < 0 || xmlTextWriterSetIndentString(svg.writer, BAD_CAST " ") < 0;
        svg.failed |= document && xmlTextWriterStartDocument(svg.writer, NULL, "UTF-8", NULL) < 0;
        write_root(&svg, picture, scale);
        svg.failed |= xmlTextWriterEndDocument(svg.writer) < 0;
        xmlFreeTextWriter(svg.writer); /* flushes into the buffer */
    }
    char *text = NULL;
    if (svg.failed) {
        g_set_error(error, OF_ERROR, OF_ERROR_ENVIRONMENT, "out of memory while writing SVG");
    } else {
        text = g_strndup((const char *) xmlBufferContent(buffer), (gsize) xmlBufferLength(buffer));
    }
    xmlBufferFree(buffer);
    return text;
}

GBytes *of_svg_paint(OfPicture *const *pictures, guint n, const OfPaintSettings *settings, GError **error)
{
    if (!of_paint_check(pictures, n, false, settings, error)) {
        return NULL;
    }
    char *text = of_svg_write(pictures[0], settings->scale, true, error);
    return text != NULL ? g_bytes_new_take(text, strlen(text)) : NULL;
}
