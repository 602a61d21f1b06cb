/* The painters' table and parts, and SVG; images and documents are in test_paint_cairo.c. */
#include "base/number.h"
#include "paint/check.h"
#include "paint/dash.h"
#include "paint/font.h"
#include "paint/link.h"
#include "paint/literal.h"
#include "paint/svg.h"
#include "sample_picture.h"
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <math.h>

static void test_table(void)
{
    guint n = 0;
    for (const OfPainter *painter = of_painters; painter->name != NULL; painter++, n++) {
        g_assert_true(of_painter_find(painter->name) == painter);
        g_assert_nonnull(painter->media_type);
        g_assert_nonnull(painter->summary);
        g_assert_true(painter->paint != NULL);
    }
    g_assert_cmpuint(n, >=, 3);
    g_assert_false(of_painter_find("svg")->many_pages);
    g_assert_true(of_painter_find("pdf")->many_pages);
    g_assert_null(of_painter_find("SVG"));
    g_assert_null(of_painter_find(""));
    g_assert_null(of_painter_find(NULL));
}

static void test_number(void)
{
    static const struct {
        double value;
        guint decimals;
        const char *text;
    } rows[] = {
        {0, 2, "0"},         {-0.0, 2, "0"},      {-0.004, 2, "0"},  {0.005, 2, "0.01"},
        {1, 2, "1"},         {100, 0, "100"},     {1.5, 2, "1.5"},   {-1.25, 2, "-1.25"},
        {-0.5, 2, "-0.5"},   {0.05, 2, "0.05"},   {12.999, 2, "13"}, {12.999, 3, "12.999"},
        {0.004, 3, "0.004"}, {1e6, 2, "1000000"}, {2.675, 0, "3"},   {-999999.99, 2, "-999999.99"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GString) text = g_string_new(NULL);
        of_number_append(text, rows[i].value, rows[i].decimals);
        g_assert_cmpstr(text->str, ==, rows[i].text);
    }
}

static void test_dash(void)
{
    g_assert_cmpuint(of_dash_pattern(OF_DASH_SOLID, 3).n_lengths, ==, 0);
    OfDashPattern thin = of_dash_pattern(OF_DASH_DASHED, 1), thick = of_dash_pattern(OF_DASH_DASHED, 3);
    g_assert_cmpuint(thin.n_lengths, ==, 2);
    g_assert_cmpfloat_with_epsilon(thick.lengths[0], 3 * thin.lengths[0], 1e-9);
    g_assert_cmpfloat(of_dash_pattern(OF_DASH_DASHED, 0).lengths[0], >, 0);
    g_assert_true(of_dash_pattern(OF_DASH_DOTTED, 1).round_caps);
    g_assert_false(thin.round_caps);
    g_assert_cmpuint(of_dash_pattern(OF_DASH_DASH_DOT, 1).n_lengths, ==, 4);
    g_assert_cmpuint(of_dash_pattern((OfDash) 99, 1).n_lengths, ==, 0);
}

static void test_font(void)
{
    static const struct {
        const char *description, *families;
        guint weight;
        const char *slant, *stretch;
    } rows[] = {
        {"Inter", "Inter, 'Helvetica Neue', Arial, sans-serif", 400, "normal", "normal"},
        {"Inter Bold", "Inter, 'Helvetica Neue', Arial, sans-serif", 700, "normal", "normal"},
        {"Inter Semi-Bold Italic 14", "Inter, 'Helvetica Neue', Arial, sans-serif", 600, "italic", "normal"},
        {"Inter Book", "Inter, 'Helvetica Neue', Arial, sans-serif", 400, "normal", "normal"},
        {"DejaVu Serif Oblique", "'DejaVu Serif', Georgia, 'Times New Roman', serif", 400, "oblique", "normal"},
        {"DejaVu Sans Mono", "'DejaVu Sans Mono', Menlo, Consolas, monospace", 400, "normal", "normal"},
        {"DejaVu Sans Condensed", "'DejaVu Sans', 'Helvetica Neue', Arial, sans-serif", 400, "normal", "condensed"},
        {"Inter, Open Sans Heavy", "Inter, 'Open Sans', 'Helvetica Neue', Arial, sans-serif", 900, "normal", "normal"},
        {"Sans", "sans-serif", 400, "normal", "normal"},
        {"Serif Bold", "serif", 700, "normal", "normal"},
        {"", "sans-serif", 400, "normal", "normal"},
        {NULL, "sans-serif", 400, "normal", "normal"},
        {"x'\"><script>\\,", "'x\\'\"><script>\\\\', 'Helvetica Neue', Arial, sans-serif", 400, "normal", "normal"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(OfFont) font = of_font_new(rows[i].description);
        g_autofree char *families = of_font_css_families(font);
        g_assert_cmpstr(families, ==, rows[i].families);
        g_assert_cmpuint(font->weight, ==, rows[i].weight);
        g_assert_cmpstr(font->slant, ==, rows[i].slant);
        g_assert_cmpstr(font->stretch, ==, rows[i].stretch);
    }
    of_font_free(NULL);
}

static void test_link(void)
{
    static const struct {
        const char *url, *target;
    } rows[] = {
        {"https://example.org/a?b=c&d#e", "https://example.org/a?b=c&d#e"},
        {"HTTP://example.org", "HTTP://example.org"},
        {"mailto:a@example.org", "mailto:a@example.org"},
        {"https://e.org/A_(b)'\"\\<>", "https://e.org/A_%28b%29%27%22%5C%3C%3E"},
        {"https://e.org/a b\n\xC3\xA9%20", "https://e.org/a%20b%0A%C3%A9%20"},
        {"javascript:alert(1)", NULL},
        {"data:text/html,x", NULL},
        {"file:///etc/passwd", NULL},
        {"//host/x", NULL},
        {" https://e.org", NULL},
        {"", NULL},
        {NULL, NULL},
    };
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *target = of_link_target(rows[i].url);
        g_assert_cmpstr(target, ==, rows[i].target);
    }
}

static void test_literal(void)
{
    static const struct {
        const char *text, *literal, *closed;
    } rows[] = {
        {NULL, "", ""},
        {"a <b>&\"'", "a <b>&\"'", "a <b>&\"'"},
        {"a\nb\tc\r", "a b c ", "a b c "},
        {"\x01\x1b[31m\x7f", "\xEF\xBF\xBD\xEF\xBF\xBD[31m\xEF\xBF\xBD", "\xEF\xBF\xBD\xEF\xBF\xBD[31m\xEF\xBF\xBD"},
        {"\xff", "\xEF\xBF\xBD", "\xEF\xBF\xBD"},
        {"\xEF\xBF\xBE\xC2\x9B", "\xEF\xBF\xBD\xEF\xBF\xBD", "\xEF\xBF\xBD\xEF\xBF\xBD"},
        /* an override, left open and closed */
        {"a\xE2\x80\xAE"
         "b",
         "a\xE2\x80\xAE"
         "b",
         "a\xE2\x80\xAE"
         "b\xE2\x80\xAC"},
        {"a\xE2\x80\xAE"
         "b\xE2\x80\xAC",
         "a\xE2\x80\xAE"
         "b\xE2\x80\xAC",
         "a\xE2\x80\xAE"
         "b\xE2\x80\xAC"},
        /* an isolate in an embedding, both open; a PDF within the isolate closes nothing */
        {"\xE2\x80\xAA\xE2\x81\xA7x\xE2\x80\xAC", "\xE2\x80\xAA\xE2\x81\xA7x\xE2\x80\xAC",
         "\xE2\x80\xAA\xE2\x81\xA7x\xE2\x80\xAC\xE2\x81\xA9\xE2\x80\xAC"},
        /* the isolate's end closes what was opened in it */
        {"\xE2\x81\xA6\xE2\x80\xAEx\xE2\x81\xA9", "\xE2\x81\xA6\xE2\x80\xAEx\xE2\x81\xA9", "\xE2\x81\xA6\xE2\x80\xAEx\xE2\x81\xA9"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *literal = of_literal_new(rows[i].text), *closed = of_literal_new_closed(rows[i].text);
        g_assert_cmpstr(literal, ==, rows[i].literal);
        g_assert_cmpstr(closed, ==, rows[i].closed);
    }
    g_assert_true(of_literal_has_bidi_controls("a\xE2\x80\xAE"));
    g_assert_false(of_literal_has_bidi_controls("a\xE2\x80\x93"));
    g_assert_true(of_literal_is_right_to_left("12 \xD8\xB3\xD9\x84 abc"));
    g_assert_false(of_literal_is_right_to_left("abc \xD8\xB3\xD9\x84"));
    g_assert_false(of_literal_is_right_to_left("\xE2\x80\xAE"
                                               "abc"));
    g_assert_false(of_literal_is_right_to_left("12"));
}

typedef enum {
    BREAK_COORDINATE,
    BREAK_RANGE,
    BREAK_LINE_WIDTH,
    BREAK_BEZIER,
    BREAK_POLYGON,
    BREAK_ELLIPSE,
    BREAK_TEXT,
    BREAK_LONG_TEXT,
    BREAK_DATA_NAME,
    BREAK_DATA_TWICE,
    BREAK_PAGE,
    BREAK_PAGE_NUMBER,
} Break;

/* Breaks the sample in one way. */
static void break_picture(OfPicture *picture, Break what)
{
    OfElement *lane = g_ptr_array_index(picture->elements, 0), *move = g_ptr_array_index(picture->elements, 1);
    OfElement *person = g_ptr_array_index(picture->elements, picture->elements->len - 1);
    OfShape *polygon = &g_array_index(lane->shapes, OfShape, 0), *text = &g_array_index(lane->shapes, OfShape, 1);
    OfShape *curve = &g_array_index(move->shapes, OfShape, 0), *ellipse = &g_array_index(person->shapes, OfShape, 0);
    OfDatum *datum = &g_array_index(lane->data, OfDatum, 1);
    switch (what) {
    case BREAK_COORDINATE:
        polygon->points[1].y = NAN;
        break;
    case BREAK_RANGE:
        polygon->points[1].y = 2e6;
        break;
    case BREAK_LINE_WIDTH:
        polygon->line_width = INFINITY;
        break;
    case BREAK_BEZIER:
        curve->n_points = 6;
        break;
    case BREAK_POLYGON:
        polygon->n_points = 1;
        break;
    case BREAK_ELLIPSE:
        ellipse->n_points = 1;
        break;
    case BREAK_TEXT:
        g_clear_pointer(&text->text, g_free);
        break;
    case BREAK_LONG_TEXT:
        text->font_size = 300000;
        break;
    case BREAK_DATA_NAME:
        datum->name[0] = '<';
        break;
    case BREAK_DATA_TWICE:
        g_free(datum->name);
        datum->name = g_strdup("kind");
        break;
    case BREAK_PAGE:
        picture->height = 0;
        break;
    case BREAK_PAGE_NUMBER:
        picture->width = NAN;
        break;
    }
}

static void test_check(void)
{
    static const int codes[] = {
        [BREAK_COORDINATE] = OF_ERROR_ENVIRONMENT, [BREAK_RANGE] = OF_ERROR_LIMIT,
        [BREAK_LINE_WIDTH] = OF_ERROR_ENVIRONMENT, [BREAK_BEZIER] = OF_ERROR_ENVIRONMENT,
        [BREAK_POLYGON] = OF_ERROR_ENVIRONMENT,    [BREAK_ELLIPSE] = OF_ERROR_ENVIRONMENT,
        [BREAK_TEXT] = OF_ERROR_ENVIRONMENT,       [BREAK_LONG_TEXT] = OF_ERROR_LIMIT,
        [BREAK_DATA_NAME] = OF_ERROR_ENVIRONMENT,  [BREAK_DATA_TWICE] = OF_ERROR_ENVIRONMENT,
        [BREAK_PAGE] = OF_ERROR_ENVIRONMENT,       [BREAK_PAGE_NUMBER] = OF_ERROR_ENVIRONMENT,
    };
    for (const OfPainter *painter = of_painters; painter->name != NULL; painter++) {
        for (guint i = 0; i < G_N_ELEMENTS(codes); i++) {
            g_autoptr(OfPicture) picture = sample_picture_with_all();
            g_autoptr(GError) error = NULL;
            break_picture(picture, (Break) i);
            g_assert_null(sample_try_paint(painter->name, &picture, 1, 1, &error));
            g_assert_error(error, OF_ERROR, codes[i]);
        }
        g_autoptr(OfPicture) picture = sample_picture_with_all();
        OfPicture *two[] = {picture, picture};
        const double bad_scales[] = {0, -1, NAN, INFINITY};
        for (guint i = 0; i < G_N_ELEMENTS(bad_scales); i++) {
            g_autoptr(GError) error = NULL;
            g_assert_null(sample_try_paint(painter->name, two, 1, bad_scales[i], &error));
            g_assert_error(error, OF_ERROR, OF_ERROR_USAGE);
        }
        g_autoptr(GError) none = NULL, many = NULL;
        g_assert_null(sample_try_paint(painter->name, two, 0, 1, &none));
        g_assert_error(none, OF_ERROR, OF_ERROR_USAGE);
        g_autoptr(GBytes) bytes = sample_try_paint(painter->name, two, 2, 1, &many);
        g_assert_true((bytes != NULL) == painter->many_pages);
        g_assert_true((many == NULL) == painter->many_pages);
    }
}

/* SVG: parsed again, and read as a program would. */

static xmlDoc *parse_svg(OfPicture *picture)
{
    gsize length;
    g_autofree char *svg = sample_paint("svg", picture, &length);
    xmlDoc *document = xmlReadMemory(svg, (int) length, "drawing.svg", NULL, XML_PARSE_NONET);
    g_assert_nonnull(document);
    return document;
}

static char *get_attribute(xmlNode *node, const char *name)
{
    xmlChar *value = xmlGetProp(node, BAD_CAST name);
    char *copy = g_strdup((const char *) value);
    xmlFree(value);
    return copy;
}

static void assert_attribute(xmlNode *node, const char *name, const char *wanted)
{
    g_autofree char *value = get_attribute(node, name);
    g_assert_cmpstr(value, ==, wanted);
}

/* The nth element of that name in document order, or NULL. */
static xmlNode *find_nth(xmlNode *node, const char *name, guint *n)
{
    for (; node != NULL; node = node->next) {
        if (node->type == XML_ELEMENT_NODE && g_strcmp0((const char *) node->name, name) == 0 && (*n)-- == 0) {
            return node;
        }
        xmlNode *found = find_nth(node->children, name, n);
        if (found != NULL) {
            return found;
        }
    }
    return NULL;
}

static xmlNode *find_element(xmlDoc *document, const char *name, guint n)
{
    return find_nth(xmlDocGetRootElement(document), name, &n);
}

static void assert_text(xmlNode *node, const char *wanted)
{
    g_assert_nonnull(node);
    xmlChar *content = xmlNodeGetContent(node);
    g_assert_cmpstr((const char *) content, ==, wanted);
    xmlFree(content);
}

/* Walks the tree: only elements and attributes that draw or say something, every id once and with the prefix. */
static void check_tree(xmlNode *node, GHashTable *ids)
{
    static const char *const elements[] = {"svg",        "title",    "desc",        "metadata", "RDF", "Description", "creator",
                                           "identifier", "language", "description", "rect",     "g",   "a",           "text",
                                           "polygon",    "polyline", "path",        "ellipse",  NULL};
    static const char *const attributes[] = {"id",
                                             "class",
                                             "role",
                                             "aria-labelledby",
                                             "aria-label",
                                             "lang",
                                             "space",
                                             "width",
                                             "height",
                                             "viewBox",
                                             "x",
                                             "y",
                                             "cx",
                                             "cy",
                                             "rx",
                                             "ry",
                                             "d",
                                             "points",
                                             "fill",
                                             "fill-opacity",
                                             "stroke",
                                             "stroke-width",
                                             "stroke-opacity",
                                             "stroke-linejoin",
                                             "stroke-dasharray",
                                             "stroke-linecap",
                                             "text-anchor",
                                             "direction",
                                             "unicode-bidi",
                                             "font-family",
                                             "font-size",
                                             "font-weight",
                                             "font-style",
                                             "font-stretch",
                                             "textLength",
                                             "lengthAdjust",
                                             "text-decoration",
                                             "href",
                                             "about",
                                             NULL};
    for (; node != NULL; node = node->next) {
        if (node->type != XML_ELEMENT_NODE) {
            g_assert_cmpint(node->type, ==, XML_TEXT_NODE);
            continue;
        }
        g_assert_true(g_strv_contains(elements, (const char *) node->name));
        for (xmlAttr *attribute = node->properties; attribute != NULL; attribute = attribute->next) {
            const char *name = (const char *) attribute->name;
            g_assert_true(g_str_has_prefix(name, "data-") || g_strv_contains(attributes, name));
            g_autofree char *value = get_attribute(node, name);
            g_assert_cmpstr(value, !=, "transparent");
            if (strcmp(name, "href") == 0) {
                g_assert_true(g_str_has_prefix(value, "https://") || g_str_has_prefix(value, "mailto:"));
            }
            if (strcmp(name, "id") == 0) {
                g_assert_true(g_str_has_prefix(value, "story"));
                g_assert_cmpint(xmlValidateNCName(BAD_CAST value, 0), ==, 0);
                g_assert_true(g_hash_table_add(ids, g_steal_pointer(&value)));
            }
        }
        check_tree(node->children, ids);
    }
}

static void assert_tree_is_safe(xmlDoc *document)
{
    g_autoptr(GHashTable) ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    check_tree(xmlDocGetRootElement(document), ids);
    g_assert_cmpuint(g_hash_table_size(ids), >, 2);
}

static void test_svg_root(void)
{
    g_autoptr(OfPicture) picture = sample_picture_with_all();
    xmlDoc *document = parse_svg(picture);
    xmlNode *root = xmlDocGetRootElement(document);
    assert_tree_is_safe(document);
    g_assert_cmpstr((const char *) root->ns->href, ==, "http://www.w3.org/2000/svg");
    assert_attribute(root, "id", "story");
    assert_attribute(root, "role", "graphics-document");
    assert_attribute(root, "aria-labelledby", "story--title story--desc");
    assert_attribute(root, "lang", "en");
    assert_attribute(root, "viewBox", "0 0 480 360");
    assert_attribute(root, "width", "960");
    assert_attribute(root, "height", "720");
    assert_attribute(root, "data-orgflow-digest", "sha256:0123");
    assert_attribute(root, "data-orgflow-version", "0.1.0");
    assert_attribute(find_element(document, "title", 0), "id", "story--title");
    assert_text(find_element(document, "title", 0), "Meta's Llama (team)");
    assert_text(find_element(document, "desc", 0), "Who left, and where to: caf\xC3\xA9.");
    assert_text(find_element(document, "identifier", 0), "sha256:0123");
    assert_attribute(find_element(document, "rect", 0), "fill", "#ffffff");
    xmlFreeDoc(document);
}

/* Pages hold the element alone: what is shown of the picture, with no size, metadata, rules of style or ground of its own. */
static void test_svg_inset(void)
{
    g_autoptr(OfPicture) picture = sample_picture_with_all();
    const OfPaintSettings settings = {.scale = 1};
    OfSvgInset inset = {10, 20, 300.5, 200, NULL, NULL};
    g_autofree char *document = of_svg_write(picture, &settings, NULL, NULL),
                    *element = of_svg_write(picture, &settings, &inset, NULL);
    g_assert_true(g_str_has_prefix(document, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg "));
    g_assert_true(g_str_has_prefix(element, "<svg "));
    xmlDoc *parsed = xmlReadMemory(element, (int) strlen(element), "element.svg", NULL, XML_PARSE_NONET);
    xmlNode *root = xmlDocGetRootElement(parsed);
    assert_attribute(root, "id", "story");
    assert_attribute(root, "viewBox", "10 20 300.5 200");
    assert_attribute(root, "width", NULL);
    assert_attribute(root, "height", NULL);
    g_assert_null(find_element(parsed, "metadata", 0));
    g_assert_null(find_element(parsed, "style", 0));
    g_assert_null(strstr(element, "xmlns:xlink"));
    xmlFreeDoc(parsed);
    g_assert_null(inset.fonts);
    g_assert_null(inset.dark);
}

static void test_svg_page(void)
{
    g_autoptr(OfPicture) picture = sample_picture_new(960, 540.5);
    picture->pixels = false;
    picture->has_background = false;
    g_clear_pointer(&picture->title, g_free);
    g_clear_pointer(&picture->description, g_free);
    g_clear_pointer(&picture->id, g_free);
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = sample_try_paint("svg", &picture, 1, 1.5, &error);
    g_assert_no_error(error);
    gsize length;
    const char *data = g_bytes_get_data(bytes, &length);
    xmlDoc *document = xmlReadMemory(data, (int) length, "drawing.svg", NULL, XML_PARSE_NONET);
    xmlNode *root = xmlDocGetRootElement(document);
    assert_attribute(root, "width", "1440pt");
    assert_attribute(root, "height", "810.75pt");
    assert_attribute(root, "viewBox", "0 0 960 540.5");
    assert_attribute(root, "role", "img");
    assert_attribute(root, "id", "orgflow");
    assert_attribute(root, "aria-labelledby", NULL);
    g_assert_null(find_element(document, "rect", 0));
    g_assert_null(g_strstr_len(data, (gssize) length, "xlink"));
    xmlFreeDoc(document);
}

static void test_svg_shapes(void)
{
    g_autoptr(OfPicture) picture = sample_picture_with_all();
    xmlDoc *document = parse_svg(picture);
    xmlNode *group = find_element(document, "g", 0);
    assert_attribute(group, "id", "story-lab-fair");
    assert_attribute(group, "data-kind", "lab");
    assert_attribute(group, "data-lab", "fair");
    xmlNode *node = find_element(document, "polygon", 0);
    assert_attribute(node, "points", "20,20 460,20 460,80 20,80");
    assert_attribute(node, "fill", "#cfe8ff");
    assert_attribute(node, "stroke", "#3070b0");
    assert_attribute(node, "stroke-width", "2");
    assert_attribute(node, "stroke-dasharray", NULL);
    node = find_element(document, "polygon", 1);
    assert_attribute(node, "stroke", NULL);
    node = find_element(document, "path", 1);
    assert_attribute(node, "d", "M20,120C120,120 120,160 240,160 300,160 300,120 400,120");
    assert_attribute(node, "fill", "none");
    assert_attribute(node, "stroke-dasharray", "8,5");
    node = find_element(document, "path", 2);
    assert_attribute(node, "stroke-dasharray", "0.3,6");
    assert_attribute(node, "stroke-linecap", "round");
    node = find_element(document, "polyline", 0);
    assert_attribute(node, "stroke-opacity", "0.502");
    node = find_element(document, "ellipse", 0);
    assert_attribute(node, "cx", "80");
    assert_attribute(node, "ry", "20");
    assert_attribute(node, "fill-opacity", "0.502");
    static const char *const anchors[] = {NULL, "middle", "end"};
    for (guint i = 0; i < G_N_ELEMENTS(anchors); i++) {
        node = find_element(document, "text", i + 1);
        assert_attribute(node, "x", "360");
        assert_attribute(node, "text-anchor", anchors[i]);
        assert_attribute(node, "font-size", "14");
        assert_attribute(node, "fill", "#202020");
        assert_attribute(node, "space", NULL);
    }
    xmlFreeDoc(document);
}

static void test_svg_links(void)
{
    g_autoptr(OfPicture) picture = sample_picture_with_all();
    OfElement *lane = g_ptr_array_index(picture->elements, 0);
    lane->url = g_strdup("javascript:alert(1)");
    xmlDoc *document = parse_svg(picture);
    xmlNode *first = find_element(document, "a", 0), *second = find_element(document, "a", 1);
    assert_attribute(first, "href", "https://example.org/a");
    xmlChar *old = xmlGetNsProp(first, BAD_CAST "href", BAD_CAST "http://www.w3.org/1999/xlink");
    g_assert_cmpstr((const char *) old, ==, "https://example.org/a");
    xmlFree(old);
    assert_attribute(first, "aria-label", "A move");
    assert_attribute(first->parent, "id", "story-move-1");
    assert_attribute(second, "href", "mailto:a@example.org");
    g_assert_null(find_element(document, "a", 2));
    xmlFreeDoc(document);
}

static void test_svg_hostile(void)
{
    g_autoptr(OfPicture) picture = sample_picture_hostile();
    xmlDoc *document = parse_svg(picture);
    assert_tree_is_safe(document);
    for (guint i = 0; i < G_N_ELEMENTS(sample_hostile); i++) {
        xmlNode *group = find_element(document, "g", i);
        assert_attribute(group, "data-name", sample_hostile[i]);
        assert_attribute(group, "class", sample_hostile[i]);
        assert_text(find_element(document, "text", i), sample_hostile[i]);
        assert_text(find_element(document, "title", i + 2), sample_hostile[i]); /* the page's and the metadata's come first */
    }
    xmlFreeDoc(document);
}

/* The page's own words, too, and characters that XML has no way to write. */
static void test_svg_hostile_page(void)
{
    g_autoptr(OfPicture) picture = sample_picture_new(100, 100);
    char **const fields[] = {&picture->title, &picture->description, &picture->language, &picture->digest, &picture->program};
    for (guint i = 0; i < G_N_ELEMENTS(fields); i++) {
        g_free(*fields[i]);
        *fields[i] = g_strdup("\"><script>alert(1)</script>\x01\xff");
    }
    OfElement *element = sample_add_element(picture, OF_ELEMENT_NODE, "n", "t", NULL);
    OfShape *text = sample_add_text(element, 0, 20, OF_ALIGN_LEFT, "a\x1b[31mb\nc", 10);
    g_free(text->font);
    text->font = g_strdup("x' onload='alert(1)\" onload=\"alert(1)");
    xmlDoc *document = parse_svg(picture);
    assert_tree_is_safe(document);
    assert_text(find_element(document, "desc", 0), "\"><script>alert(1)</script>\xEF\xBF\xBD\xEF\xBF\xBD");
    assert_text(find_element(document, "text", 0), "a\xEF\xBF\xBD[31mb c");
    xmlFreeDoc(document);
}

static void test_svg_directions(void)
{
    static const struct {
        const char *text;
        OfAlign align;
        const char *anchor, *direction, *isolation, *space;
    } rows[] = {
        {"abc", OF_ALIGN_RIGHT, "end", NULL, NULL, NULL},
        {"\xD8\xB3\xD9\x84\xD8\xA7\xD9\x85", OF_ALIGN_LEFT, "end", "rtl", "isolate", NULL},
        {"\xD8\xB3\xD9\x84\xD8\xA7\xD9\x85", OF_ALIGN_RIGHT, NULL, "rtl", "isolate", NULL},
        {"\xD8\xB3\xD9\x84\xD8\xA7\xD9\x85", OF_ALIGN_CENTER, "middle", "rtl", "isolate", NULL},
        {"a\xE2\x80\xAE"
         "b",
         OF_ALIGN_LEFT, NULL, "ltr", "isolate", NULL},
        {" a", OF_ALIGN_LEFT, NULL, NULL, NULL, "preserve"},
        {"a  b", OF_ALIGN_LEFT, NULL, NULL, NULL, "preserve"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(OfPicture) picture = sample_picture_new(100, 100);
        OfElement *element = sample_add_element(picture, OF_ELEMENT_NODE, "n", NULL, NULL);
        sample_add_text(element, 50, 50, rows[i].align, rows[i].text, 10);
        xmlDoc *document = parse_svg(picture);
        xmlNode *text = find_element(document, "text", 0);
        assert_text(text, rows[i].text);
        assert_attribute(text, "text-anchor", rows[i].anchor);
        assert_attribute(text, "direction", rows[i].direction);
        assert_attribute(text, "unicode-bidi", rows[i].isolation);
        assert_attribute(text, "space", rows[i].space);
        xmlFreeDoc(document);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/paint/table", test_table);
    g_test_add_func("/paint/number", test_number);
    g_test_add_func("/paint/dash", test_dash);
    g_test_add_func("/paint/font", test_font);
    g_test_add_func("/paint/link", test_link);
    g_test_add_func("/paint/literal", test_literal);
    g_test_add_func("/paint/check", test_check);
    g_test_add_func("/paint/svg/root", test_svg_root);
    g_test_add_func("/paint/svg/inset", test_svg_inset);
    g_test_add_func("/paint/svg/page", test_svg_page);
    g_test_add_func("/paint/svg/shapes", test_svg_shapes);
    g_test_add_func("/paint/svg/links", test_svg_links);
    g_test_add_func("/paint/svg/hostile", test_svg_hostile);
    g_test_add_func("/paint/svg/hostile-page", test_svg_hostile_page);
    g_test_add_func("/paint/svg/directions", test_svg_directions);
    return g_test_run();
}
