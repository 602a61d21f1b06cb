/* The display list made of xdot: written by hand, and as the layout process sends it (ORGFLOW_LAYOUT_PROGRAM must name it). */
#include "graphviz/layout.h"
#include "picture/picture.h"
#include "picture/xdot_shapes.h"

#include <locale.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
/* libxdot 2.42 does not free what it had read of an operation that then proves malformed. */
__attribute__((visibility("default"))) const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libxdot.so\n";
}
#endif

#define PAGE "xdotversion=1.7, data_page=\"0,0,200,100\""

static OfPicture *read_text(const char *text, GError **error)
{
    of_cgraph_lock();
    OfPicture *picture = of_picture_from_xdot(text, strlen(text), error);
    of_cgraph_unlock();
    return picture;
}

static OfPicture *read_good(const char *text)
{
    g_autoptr(GError) error = NULL;
    OfPicture *picture = read_text(text, &error);
    g_assert_no_error(error);
    return picture;
}

static const OfElement *element_at(const OfPicture *picture, guint index)
{
    g_assert_cmpuint(index, <, picture->elements->len);
    return g_ptr_array_index(picture->elements, index);
}

static const OfElement *element_called(const OfPicture *picture, const char *id)
{
    for (guint i = 0; i < picture->elements->len; i++) {
        const OfElement *element = g_ptr_array_index(picture->elements, i);
        if (strcmp(element->id, id) == 0) {
            return element;
        }
    }
    g_test_message("no element %s", id);
    g_assert_not_reached();
}

static const OfShape *shape_at(const OfElement *element, guint index)
{
    g_assert_cmpuint(index, <, element->shapes->len);
    return &g_array_index(element->shapes, OfShape, index);
}

static void assert_point(const OfShape *shape, guint index, double x, double y)
{
    g_assert_cmpuint(index, <, shape->n_points);
    g_assert_cmpfloat_with_epsilon(shape->points[index].x, x, 1e-9);
    g_assert_cmpfloat_with_epsilon(shape->points[index].y, y, 1e-9);
}

static void assert_color(OfColor color, guint32 rgba)
{
    const guint32 is = (guint32) color.red << 24 | (guint32) color.green << 16 | (guint32) color.blue << 8 | color.alpha;
    g_assert_cmphex(is, ==, rgba);
}

static const char *datum(const OfElement *element, const char *name)
{
    for (guint i = 0; i < element->data->len; i++) {
        const OfDatum *one = &g_array_index(element->data, OfDatum, i);
        if (strcmp(one->name, name) == 0) {
            return one->value;
        }
    }
    return NULL;
}

static void test_color(void)
{
    static const struct {
        const char *text;
        bool good;
        guint32 rgba;
    } cases[] = {
        {"#000000", true, 0x000000ff},
        {"#FFaa01", true, 0xffaa01ff},
        {"#11223344", true, 0x11223344},
        {"#fffffe00", true, 0xfffffe00},
        {"", false, 0},
        {"red", false, 0},
        {"#fff", false, 0},
        {"#12345", false, 0},
        {"#1234567", false, 0},
        {"#gggggg", false, 0},
        {"0112233", false, 0},
        {"#112233445", false, 0},
        {NULL, false, 0},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        OfColor color = {1, 2, 3, 4};
        g_assert_cmpint(of_color_parse(cases[i].text, &color), ==, cases[i].good);
        assert_color(color, cases[i].good ? cases[i].rgba : 0x01020304);
    }
}

static void test_shapes(void)
{
    g_autoptr(OfPicture) picture =
        read_good("digraph g { graph [" PAGE ", data_scale=2];"
                  "a [id=a, _draw_=\"S 17 -setlinewidth(2.5) c 7 -#ff0000 C 9 -#00ff0080 P 3 0 0 10 0 10 20 p 4 0 0 1 0 1 1 0 1 "
                  "S 6 -dashed L 2 5 5 6 6 S 6 -dotted B 4 0 0 1 1 2 2 3 3 b 7 0 0 1 1 2 2 3 3 4 4 5 5 6 6 S 5 -solid e 50 50 3 4 "
                  "E 50 50 3 4 \"];"
                  "}");
    g_assert_cmpfloat(picture->width, ==, 400);
    g_assert_cmpfloat(picture->height, ==, 200);
    const OfElement *a = element_at(picture, 0);
    static const struct {
        OfShapeKind kind;
        bool filled;
        OfDash dash;
        guint n_points;
    } expected[] = {
        {OF_SHAPE_POLYGON, true, OF_DASH_SOLID, 3},    {OF_SHAPE_POLYGON, false, OF_DASH_SOLID, 4},
        {OF_SHAPE_POLYLINE, false, OF_DASH_DASHED, 2}, {OF_SHAPE_BEZIER, false, OF_DASH_DOTTED, 4},
        {OF_SHAPE_BEZIER, true, OF_DASH_DOTTED, 7},    {OF_SHAPE_ELLIPSE, false, OF_DASH_SOLID, 2},
        {OF_SHAPE_ELLIPSE, true, OF_DASH_SOLID, 2},
    };
    g_assert_cmpuint(a->shapes->len, ==, G_N_ELEMENTS(expected));
    for (guint i = 0; i < a->shapes->len; i++) {
        const OfShape *shape = shape_at(a, i);
        g_assert_cmpint(shape->kind, ==, expected[i].kind);
        g_assert_cmpint(shape->filled, ==, expected[i].filled);
        g_assert_true(shape->stroked);
        g_assert_cmpint(shape->dash, ==, expected[i].dash);
        g_assert_cmpuint(shape->n_points, ==, expected[i].n_points);
        g_assert_cmpfloat(shape->line_width, ==, 5);
        assert_color(shape->stroke, 0xff0000ff);
        assert_color(shape->fill, 0x00ff0080);
    }
    assert_point(shape_at(a, 0), 0, 0, 200); /* y turned over, all of it scaled */
    assert_point(shape_at(a, 0), 2, 20, 160);
    assert_point(shape_at(a, 5), 0, 100, 100);
    assert_point(shape_at(a, 5), 1, 6, 8);
}

static void test_unseen(void)
{
    g_autoptr(OfPicture) picture = read_good(
        "digraph g { graph [" PAGE "];"
        "a [_draw_=\"c 9 -#fffffe00 C 9 -#12345600 P 3 0 0 10 0 10 20 p 3 0 0 1 0 1 1 T 5 5 0 9 1 -x \"];" /* transparent */
        "b [_draw_=\"S 15 -setlinewidth(0) p 3 0 0 1 0 1 1 S 5 -invis C 7 -#ffffff P 3 0 0 1 1 2 0 T 5 5 0 9 1 -x \"];"
        "c [_ldraw_=\"F 14 4 -Sans T 5 5 0 9 2 -   I 0 0 9 9 5 -a.png \"];" /* blanks, an image */
        "d [_draw_=\"\"]; e [];"
        "f [id=f, _draw_=\"c 9 -#fffffe00 C 7 -#123456 P 3 0 0 10 0 10 20 S 5 -invis S 5 -solid S 4 -bold c 7 -#000001 L 2 0 0 1 1 "
        "\"];"
        "}");
    g_assert_cmpuint(picture->elements->len, ==, 1);
    const OfElement *f = element_called(picture, "f");
    g_assert_true(shape_at(f, 0)->filled);
    g_assert_false(shape_at(f, 0)->stroked);
    g_assert_cmpfloat(shape_at(f, 1)->line_width, ==, 2);
    g_assert_cmpuint(f->shapes->len, ==, 2);
}

static void test_paint(void)
{
    g_autoptr(OfPicture) picture =
        read_good("digraph g { graph [" PAGE "];"
                  "a [_draw_=\"C 45 -[173 400 227 400 2 0 7 -#ff0000 1 7 -#0000ff] P 3 0 0 10 0 10 20 "
                  "C 57 -(700 300 22.02 700 300 88.09 2 0 7 -#00ff00 1 7 -#00ff00) E 5 5 5 5 c 3 -red L 2 0 0 1 1 "
                  "S 29 -dashed(dotted,invis,invisible L 2 0 0 1 1 \"];"
                  "b [class=\"move disputed\", _draw_=\"S 6 -dashed L 2 0 0 1 1 S 6 -dotted L 2 0 0 1 1 S 5 -solid L 2 0 0 1 1 \"];"
                  "c [class=\"undisputed\", _draw_=\"S 6 -dashed L 2 0 0 1 1 \"];"
                  "}");
    const OfElement *a = element_called(picture, "node"), *b = element_called(picture, "node-2"),
                    *c = element_called(picture, "node-3");
    assert_color(shape_at(a, 0)->fill, 0xff0000ff); /* of a gradient the first colour */
    assert_color(shape_at(a, 1)->fill, 0x00ff00ff);
    assert_color(shape_at(a, 2)->stroke, 0x000000ff);
    g_assert_cmpint(shape_at(a, 3)->dash, ==, OF_DASH_DASHED); /* as 2.42 writes tables */
    g_assert_cmpint(shape_at(b, 0)->dash, ==, OF_DASH_DASH_DOT);
    g_assert_cmpint(shape_at(b, 1)->dash, ==, OF_DASH_DOTTED);
    g_assert_cmpint(shape_at(b, 2)->dash, ==, OF_DASH_SOLID);
    g_assert_cmpint(shape_at(c, 0)->dash, ==, OF_DASH_DASHED);
}

static void test_text(void)
{
    g_autoptr(OfPicture) picture =
        read_good("digraph g { graph [" PAGE ", data_scale=1.5, data_page=\"10,20,200,100\"];"
                  "a [_ldraw_=\"F 14 10 -Inter Bold c 7 -#123456 T 20 40 -1 30 5 -left  F 10 5 -Inter T 20 40 0 30 4 -a  b t 1 T "
                  "20 40 1 30 1 -c "
                  "t 3 T 1 1 0 1 1 -d t 2 T 1 1 0 1 1 -e t 4 T 1 1 0 1 1 -f t 0 T 1 1 0 1 7 -\u00fc & <x \"];"
                  "}");
    const OfElement *a = element_at(picture, 0);
    static const struct {
        const char *text, *font;
        OfAlign align;
    } expected[] = {
        {"left ", "Inter Bold", OF_ALIGN_LEFT},      {"a  b", "Inter", OF_ALIGN_CENTER},     {"c", "Inter Bold", OF_ALIGN_RIGHT},
        {"d", "Inter Bold Italic", OF_ALIGN_CENTER}, {"e", "Inter Italic", OF_ALIGN_CENTER}, {"f", "Inter", OF_ALIGN_CENTER},
        {"\u00fc & <x", "Inter", OF_ALIGN_CENTER},
    };
    g_assert_cmpuint(a->shapes->len, ==, G_N_ELEMENTS(expected));
    for (guint i = 0; i < a->shapes->len; i++) {
        const OfShape *shape = shape_at(a, i);
        g_assert_cmpint(shape->kind, ==, OF_SHAPE_TEXT);
        g_assert_cmpstr(shape->text, ==, expected[i].text);
        g_assert_cmpstr(shape->font, ==, expected[i].font);
        g_assert_cmpint(shape->align, ==, expected[i].align);
        g_assert_cmpfloat(shape->font_size, ==, i == 0 ? 21 : 15);
        g_assert_true(shape->filled);
        assert_color(shape->fill, 0x123456ff);
    }
    assert_point(shape_at(a, 0), 0, 15, 120);
    g_assert_cmpfloat(shape_at(a, 0)->text_width, ==, 45);
}

static void test_invalid_text(void)
{
    g_autoptr(OfPicture) picture =
        read_good("digraph g { graph [" PAGE "];"
                  "a [class=\"x\xff\", data_x=\"y\xfe\", data_title=\"\xc3\", _ldraw_=\"F 14 2 -I\xf0 T 5 5 0 9 3 -a\xffz \"];"
                  "}");
    const OfElement *a = element_at(picture, 0);
    g_assert_true(g_utf8_validate(a->classes, -1, NULL));
    g_assert_true(g_utf8_validate(a->title, -1, NULL));
    g_assert_true(g_utf8_validate(datum(a, "x"), -1, NULL));
    g_assert_true(g_utf8_validate(shape_at(a, 0)->font, -1, NULL));
    g_assert_cmpstr(shape_at(a, 0)->text, ==, "a\xef\xbf\xbdz");
}

#define LINE "_draw_=\"L 2 0 0 1 1 \""

static void test_order(void)
{
    g_autoptr(OfPicture) picture =
        read_good("digraph g { graph [" PAGE ", _draw_=\"c 7 -#000000 L 2 0 0 1 1 \"];"
                  "z [id=z, " LINE "]; subgraph cluster_out { graph [id=outer, " LINE ", _ldraw_=\"T 1 1 0 1 1 -x \"];"
                  "  subgraph plain { subgraph cluster_in { graph [id=inner, _draw_=\"L 2 0 0 2 2 \"]; n1 [id=n1, " LINE "]; } } }"
                  "subgraph marked { graph [cluster=true, id=marked, _draw_=\"L 2 0 0 3 3 \"]; n2 [id=n2, " LINE "]; }"
                  "n2 -> z [id=last, " LINE
                  "]; z -> n1 [id=first, _hdraw_=\"L 2 0 0 5 5 \", _draw_=\"L 2 0 0 4 4 \", _ldraw_=\"T 1 1 0 1 1 -x \"]; }");
    static const struct {
        OfElementKind kind;
        const char *id;
    } expected[] = {
        {OF_ELEMENT_GRAPH, "graph"},    {OF_ELEMENT_CLUSTER, "outer"}, {OF_ELEMENT_CLUSTER, "inner"},
        {OF_ELEMENT_CLUSTER, "marked"}, {OF_ELEMENT_EDGE, "first"},    {OF_ELEMENT_EDGE, "last"},
        {OF_ELEMENT_NODE, "z"},         {OF_ELEMENT_NODE, "n1"},       {OF_ELEMENT_NODE, "n2"},
    };
    g_assert_cmpuint(picture->elements->len, ==, G_N_ELEMENTS(expected));
    for (guint i = 0; i < picture->elements->len; i++) {
        g_assert_cmpstr(element_at(picture, i)->id, ==, expected[i].id);
        g_assert_cmpint(element_at(picture, i)->kind, ==, expected[i].kind);
    }
    const OfElement *first = element_called(picture, "first");
    assert_point(shape_at(first, 0), 1, 4, 96); /* line, head, label */
    assert_point(shape_at(first, 1), 1, 5, 95);
    g_assert_cmpint(shape_at(first, 2)->kind, ==, OF_SHAPE_TEXT);
}

static void test_headings(void)
{
    g_autoptr(OfPicture) picture =
        read_good("digraph g { graph [" PAGE ", id=\"1 <p>\", data_pixels=true, data_title=\"T & \u00fc\", data_description=D,"
                  "data_language=en, data_digest=\"sha256:1\", data_program=\"orgflow 1\", data_view=storyline, class=root, "
                  "bgcolor=\"#123456\","
                  "_draw_=\"c 9 -#fffffe00 C 7 -#123456 P 4 0 0 0 100 200 100 200 0 c 7 -#ff0000 L 2 0 0 1 1 \"];"
                  "subgraph cluster_a { graph [_draw_=\"L 2 0 0 1 1 \"]; a } }");
    g_assert_cmpstr(picture->id, ==, "_1__p_");
    g_assert_cmpstr(picture->title, ==, "T & \u00fc");
    g_assert_cmpstr(picture->description, ==, "D");
    g_assert_cmpstr(picture->language, ==, "en");
    g_assert_cmpstr(picture->digest, ==, "sha256:1");
    g_assert_cmpstr(picture->program, ==, "orgflow 1");
    g_assert_true(picture->pixels);
    g_assert_true(picture->has_background);
    assert_color(picture->background, 0x123456ff);
    const OfElement *graph = element_at(picture, 0), *cluster = element_at(picture, 1);
    g_assert_cmpuint(graph->shapes->len, ==, 1); /* the canvas is no shape */
    g_assert_cmpstr(graph->classes, ==, "root");
    g_assert_null(graph->title);
    g_assert_cmpuint(graph->data->len, ==, 1);
    g_assert_cmpstr(datum(graph, "view"), ==, "storyline");
    g_assert_cmpstr(cluster->id, ==, "cluster"); /* nothing is taken over from the root */
    g_assert_null(cluster->title);
    g_assert_null(cluster->classes);
    g_assert_cmpuint(cluster->data->len, ==, 0);

    g_autoptr(OfPicture) plain = read_good("digraph g { graph [xdotversion=1.7, bb=\"-10,-5,90,45\", bgcolor=transparent,"
                                           "_draw_=\"c 9 -#fffffe00 C 7 -#ffffff P 4 0 0 0 1 1 1 1 0 c 9 -#ff000000 C 7 -#00ff00 P "
                                           "4 -10 -5 90 -5 90 45 -10 45 \"]; }");
    g_assert_false(plain->has_background);
    g_assert_false(plain->pixels);
    g_assert_cmpstr(plain->id, ==, "orgflow");
    g_assert_null(plain->title);
    g_assert_cmpfloat(plain->width, ==, 100);
    g_assert_cmpfloat(plain->height, ==, 50);
    g_assert_cmpuint(element_at(plain, 0)->shapes->len, ==, 1);
    assert_point(shape_at(element_at(plain, 0), 0), 0, 0, 50);
}

static void test_data(void)
{
    g_autoptr(OfPicture) picture = read_good(
        "digraph g { graph [" PAGE "]; node [data_lab=\"\", data_b_c=\"\", data_=\"\", " LINE "]; edge [" LINE "];"
        "a [id=\"a\", data_title=\"A\", data_url=\"https://x/?a='b'\", data_lab=\"<fair> \\\"q\\\"\", data_b_c=1, data_Big=2];"
        "b [id=\"a\", data_url=\"javascript:alert(1)\"]; c [id=\"a\", data_url=\"//host\"]; d [id=\"a-2\", "
        "data_url=\"MAILTO:x@y\"];"
        "e [id=\"\u00fc -.\", data_url=\"data:x\"]; f [id=\"-\"]; h [id=\"a\"];"
        "a -> b [data_from=fair]; a -> b [data_from=genai]; a -> c [id=\"a\"]; }");
    static const char *const ids[] = {"edge", "edge-2", "a", "a-2", "a-3", "a-4", "a-2-2", "___-.", "_-", "a-5"};
    g_assert_cmpuint(picture->elements->len, ==, G_N_ELEMENTS(ids));
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < picture->elements->len; i++) {
        g_assert_cmpstr(element_at(picture, i)->id, ==, ids[i]);
        g_assert_true(g_hash_table_add(seen, element_at(picture, i)->id));
    }
    const OfElement *a = element_called(picture, "a-2");
    g_assert_cmpstr(a->title, ==, "A");
    g_assert_cmpstr(a->url, ==, "https://x/?a='b'");
    g_assert_cmpuint(a->data->len, ==, 3);
    g_assert_cmpstr(g_array_index(a->data, OfDatum, 0).name, ==, "b-c"); /* sorted */
    g_assert_cmpstr(g_array_index(a->data, OfDatum, 1).name, ==, "big");
    g_assert_cmpstr(datum(a, "lab"), ==, "<fair> \"q\"");
    g_assert_null(element_called(picture, "a-3")->url);
    g_assert_null(element_called(picture, "a-4")->url);
    g_assert_cmpstr(element_called(picture, "a-2-2")->url, ==, "MAILTO:x@y");
    g_assert_null(element_called(picture, "___-.")->url);
    g_assert_cmpuint(element_called(picture, "a-3")->data->len, ==, 0);
    g_assert_cmpstr(datum(element_called(picture, "edge-2"), "from"), ==, "genai");
}

static void test_bad(void)
{
    static const char *const bad[] = {
        "",
        "garbage",
        "digraph {",
        "digraph { a }",                          /* no xdot */
        "digraph { graph [bb=\"0,0,9,9\"]; a }",  /* dot */
        "digraph { graph [xdotversion=1.7]; a }", /* no page */
        "digraph { graph [xdotversion=1.7, bb=\"0,0,0,0\"]; }",
        "digraph { graph [xdotversion=1.7, bb=\"0,0,9\"]; }",
        "digraph { graph [xdotversion=1.7, bb=\"0,0,9,9,9\"]; }",
        "digraph { graph [xdotversion=1.7, bb=\"0,0,nan,9\"]; }",
        "digraph { graph [xdotversion=1.7, bb=\"0,0,inf,9\"]; }",
        "digraph { graph [xdotversion=1.7, data_page=\"0,0,-1,9\"]; }",
        "digraph { graph [xdotversion=1.7, data_page=\"x\", bb=\"0,0,9,9\"]; }",
        "digraph { graph [" PAGE ", data_scale=0]; }",
        "digraph { graph [" PAGE ", data_scale=x]; }",
        "digraph { graph [xdotversion=1.7, data_page=\"0,0,1e300,1\", data_scale=\"1e300\"]; }",
        "digraph { graph [" PAGE "]; a [_draw_=\"nonsense\"]; }",
        "digraph { graph [" PAGE "]; a [_draw_=\"L 2 0 0 nan 1 \"]; }",
        "digraph { graph [" PAGE "]; a [_draw_=\"L 2 0 0 1e999 1 \"]; }",
        "digraph { graph [" PAGE "]; a [_draw_=\"L 1 0 0 \"]; }",
        "digraph { graph [" PAGE "]; a [_draw_=\"P 1 0 0 \"]; }",
        "digraph { graph [" PAGE "]; a [_draw_=\"B 5 0 0 1 1 2 2 3 3 4 4 \"]; }",
        "digraph { graph [" PAGE "]; a [_draw_=\"S 17 -setlinewidth(1e999) L 2 0 0 1 1 \"]; }",
        "digraph { graph [" PAGE "]; a [_draw_=\"F inf 1 -x T 1 1 0 1 1 -x \"]; }",
        "digraph { graph [" PAGE "]; a [_draw_=\"T 1 1 0 1 100 -x \"]; }",
        "digraph { graph [" PAGE "]; subgraph cluster_x { graph [_draw_=\"p\"]; a; } }",
        "digraph { graph [" PAGE "]; a -> b [_hdraw_=\"e 1 1\"]; }",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autoptr(GError) error = NULL;
        OfPicture *picture = read_text(bad[i], &error);
        g_test_message("%s: %s", bad[i], error != NULL ? error->message : "read");
        g_assert_null(picture);
        g_assert_error(error, OF_ERROR, OF_ERROR_ENVIRONMENT);
    }
    of_picture_free(NULL);
    of_element_free(NULL);
    of_picture_free(g_new0(OfPicture, 1));
    of_element_free(g_new0(OfElement, 1));
}

/* Programs around us may run in a locale with decimal commas. */
static void test_locale(void)
{
    static const char *const names[] = {"de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8", "fr_FR.utf8", "nl_NL.UTF-8"};
    bool set = false;
    for (gsize i = 0; i < G_N_ELEMENTS(names) && !set; i++) {
        set = setlocale(LC_ALL, names[i]) != NULL;
    }
    if (!set) {
        g_test_skip("no locale with decimal commas is installed");
        return;
    }
    g_autoptr(OfPicture) picture = read_good("digraph g { graph [" PAGE "]; a [_draw_=\"L 2 0.5 0.25 1.5 1.75 \"]; }");
    assert_point(shape_at(element_at(picture, 0), 0), 0, 0.5, 99.75);
    setlocale(LC_ALL, "C");
}

/* Escapes text for a label the way a view does. */
static char *label_of(const char *text)
{
    GString *label = g_string_new(text);
    g_string_replace(label, "\\", "\\\\\u2060", 0);
    g_string_replace(label, "&", "&amp;", 0);
    return g_string_free(label, FALSE);
}

static const char *const hostile[] = {
    "<script>alert(1)</script>",
    "\"><svg onload=alert(1)>",
    "</script>",
    "<!--",
    "\\N \\G \\L C:\\new",
    "{a|b}",
    "<b>x</b>",
    "&lt;",
    "&#60;",
    "&amp;",
    "a:b:c",
    "cluster_x",
    "%3",
    "--",
    "node",
    "graph",
    "\\",
    "\\\\",
    "a\\\"b",
    "a\\\\\"b",
    "\\ ; \\\" ]; evil [label=\"x",
    "C:\\ new folder \\ x",
    "trailing\\",
    "\"",
    "\"\"\"\"\"\"\"\"\"\"\"", /* as many as fill a piece of memory to its end, where the writer forgets the NUL */
    "-.",
    "1.2.3",
    "]",
    "\\l\\r\\n",
    "\u202eoverride",
    "\u65e5\u672c\u8a9e",
    "\u0639\u0631\u0628\u064a",
    "e\u0301",
    "\U0001f600",
    "<",
    ">",
    "#",
    "// x",
    "/*",
    "*/",
    "'",
};

static const char *hostile_text(gsize index)
{
    static char word[901];
    memset(word, 'w', sizeof word - 1);
    return index < G_N_ELEMENTS(hostile) ? hostile[index] : word;
}

#define N_HOSTILE (G_N_ELEMENTS(hostile) + 1)

static Agraph_t *make_hostile_graph(void)
{
    static const char *const attributes[] = {"label", "data_x", "data_title", "id"};
    of_cgraph_lock();
    Agraph_t *graph = agopen((char *) "hostile", Agdirected, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(attributes); i++) {
        agattr(graph, AGNODE, (char *) attributes[i], (char *) "");
    }
    for (gsize i = 0; i < N_HOSTILE; i++) {
        g_autofree char *name = g_strdup_printf("n%zu", i), *label = label_of(hostile_text(i));
        Agnode_t *node = agnode(graph, name, TRUE);
        agset(node, (char *) "id", name);
        agset(node, (char *) "label", label);
        agset(node, (char *) "data_x", (char *) hostile_text(i));
        agset(node, (char *) "data_title", (char *) hostile_text(i));
    }
    of_cgraph_unlock();
    return graph;
}

/* Draws graph and expects every hostile text literally, in drawing, title and data. */
static void check_hostile(OfLayoutProcess *process, Agraph_t *graph, const char *engine)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = of_layout_process_run(process, graph, engine, "xdot", &error);
    g_assert_no_error(error);
    gsize length = 0;
    const char *xdot = g_bytes_get_data(bytes, &length);
    g_autoptr(OfPicture) picture = of_picture_from_xdot(xdot, length, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(picture->elements->len, ==, N_HOSTILE);
    for (gsize i = 0; i < N_HOSTILE; i++) {
        g_autofree char *name = g_strdup_printf("n%zu", i);
        const OfElement *element = element_called(picture, name);
        g_assert_cmpstr(shape_at(element, 1)->text, ==, hostile_text(i));
        g_assert_cmpstr(element->title, ==, hostile_text(i));
        g_assert_cmpstr(datum(element, "x"), ==, hostile_text(i));
    }
}

static void test_hostile(void)
{
    g_autoptr(GError) error = NULL;
    OfLimits limits = of_limits_default();
    g_autoptr(OfLayoutProcess) process = of_layout_process_start(&limits, &error);
    g_assert_no_error(error);
    Agraph_t *graph = make_hostile_graph();
    check_hostile(process, graph, "dot");
    g_autoptr(GBytes) bytes = of_layout_process_run(process, graph, "dot", "dot", &error);
    g_assert_no_error(error);
    agclose(graph);
    gsize length = 0;
    const char *dot = g_bytes_get_data(bytes, &length);
    graph = of_graph_read(dot, length, &error); /* and once more from where it lies now */
    g_assert_no_error(error);
    check_hostile(process, graph, "nop2");
    agclose(graph);
}

/* What HTML-like labels and clusters say is drawn literally too. */
static void test_hostile_html(void)
{
    g_autoptr(GError) error = NULL;
    OfLimits limits = of_limits_default();
    g_autoptr(OfLayoutProcess) process = of_layout_process_start(&limits, &error);
    g_assert_no_error(error);
    Agraph_t *graph = agopen((char *) "html", Agdirected, NULL);
    agattr(graph, AGNODE, (char *) "label", (char *) "");
    agattr(graph, AGRAPH, (char *) "label", (char *) "");
    static const char *const lines[] = {"a\\&quot;b \\ ; ", "C:\\", "&lt;b&gt;&amp;lt;", NULL};
    g_autofree char *body = g_strjoinv("</FONT><BR/><FONT>", (char **) lines), *html = g_strconcat("<FONT>", body, "</FONT>", NULL);
    agset(agnode(graph, (char *) "a", TRUE), (char *) "label", agstrdup_html(graph, html));
    Agraph_t *cluster = agsubg(graph, (char *) "cluster_x", TRUE);
    agsubnode(cluster, agnode(graph, (char *) "a", FALSE), TRUE);
    agset(cluster, (char *) "label", (char *) "x\\\\\u2060\" ]");
    g_autoptr(GBytes) bytes = of_layout_process_run(process, graph, "dot", "xdot", &error);
    g_assert_no_error(error);
    agclose(graph);
    gsize length = 0;
    const char *xdot = g_bytes_get_data(bytes, &length);
    g_autoptr(OfPicture) picture = of_picture_from_xdot(xdot, length, &error);
    g_assert_no_error(error);
    const OfElement *box = element_called(picture, "cluster"), *node = element_called(picture, "node");
    g_assert_cmpstr(shape_at(box, box->shapes->len - 1)->text, ==, "x\\\" ]");
    g_assert_cmpstr(shape_at(node, 1)->text, ==, "a\\\"b \\ ; ");
    g_assert_cmpstr(shape_at(node, 2)->text, ==, "C:\\");
    g_assert_cmpstr(shape_at(node, 3)->text, ==, "<b>&lt;");
}

/* A graph with positions of our own: nothing moves, the page is the one asked for. */
static void test_positions(void)
{
    g_autoptr(GError) error = NULL;
    OfLimits limits = of_limits_default();
    g_autoptr(OfLayoutProcess) process = of_layout_process_start(&limits, &error);
    g_assert_no_error(error);
    static const char text[] =
        "digraph g { graph [pad=0, data_page=\"0,0,960,540\", data_title=T, bgcolor=\"#fafafa\", notranslate=true,"
        "_background=\"c 9 -#ffffff00 C 9 -#ffffff00 P 4 0 0 960 0 960 540 0 540 c 9 -#ffffff00 C 7 -#eeeeff P 4 10 10 50 10 50 20 "
        "10 20 \"];"
        "node [shape=none, margin=0, fixedsize=true, width=1, height=0.25, fontname=\"Inter Bold\", fontsize=10];"
        "a [id=a, label=\"left\\l\", pos=\"100,100\"]; b [id=b, label=\"right\\r\", pos=\"300,200\"];"
        "a -> b [id=e, pos=\"136,100 200,100 200,200 264,200\", arrowhead=none, penwidth=2, color=\"#336699\"]; }";
    Agraph_t *graph = of_graph_read(text, strlen(text), &error);
    g_assert_no_error(error);
    g_autoptr(GBytes) bytes = of_layout_process_run(process, graph, "nop2", "xdot", &error);
    g_assert_no_error(error);
    agclose(graph);
    gsize length = 0;
    const char *xdot = g_bytes_get_data(bytes, &length);
    g_autoptr(OfPicture) picture = of_picture_from_xdot(xdot, length, &error);
    g_assert_no_error(error);
    assert_color(picture->background, 0xfafafaff);
    const OfElement *ground = element_at(picture, 0), *line = element_at(picture, 1);
    g_assert_cmpuint(ground->shapes->len, ==, 1); /* without canvas and corners */
    assert_point(shape_at(ground, 0), 0, 10, 530);
    g_assert_cmpstr(line->id, ==, "e");
    assert_point(shape_at(line, 0), 0, 136, 440);
    assert_point(shape_at(line, 0), 3, 264, 340);
    g_assert_cmpfloat(shape_at(line, 0)->line_width, ==, 2);
    const OfShape *left = shape_at(element_called(picture, "a"), 0), *right = shape_at(element_called(picture, "b"), 0);
    g_assert_cmpint(left->align, ==, OF_ALIGN_LEFT);
    g_assert_cmpfloat(left->points[0].x, ==, 64); /* at the very edge of its node */
    g_assert_cmpint(right->align, ==, OF_ALIGN_RIGHT);
    g_assert_cmpfloat(right->points[0].x, ==, 336);
    g_assert_cmpstr(left->font, ==, "Inter Bold");
    g_assert_cmpfloat(left->font_size, ==, 10);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    if (g_getenv("ORGFLOW_LAYOUT_PROGRAM") == NULL) {
        g_printerr("ORGFLOW_LAYOUT_PROGRAM must name orgflow-layout\n");
        return 1;
    }
    g_test_add_func("/picture/color", test_color);
    g_test_add_func("/picture/shapes", test_shapes);
    g_test_add_func("/picture/unseen", test_unseen);
    g_test_add_func("/picture/paint", test_paint);
    g_test_add_func("/picture/text", test_text);
    g_test_add_func("/picture/invalid-text", test_invalid_text);
    g_test_add_func("/picture/order", test_order);
    g_test_add_func("/picture/headings", test_headings);
    g_test_add_func("/picture/data", test_data);
    g_test_add_func("/picture/bad", test_bad);
    g_test_add_func("/picture/locale", test_locale);
    g_test_add_func("/picture/hostile", test_hostile);
    g_test_add_func("/picture/hostile-html", test_hostile_html);
    g_test_add_func("/picture/positions", test_positions);
    return g_test_run();
}
