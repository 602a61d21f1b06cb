/* Shapes of the background that belong to nodes and edges. */
#include "graphviz/layout.h"
#include "picture/picture.h"

#include <string.h>

static OfPicture *read_picture(const char *elements)
{
    /* Four bars and, at the end, an area. */
    g_autofree char *text = g_strdup_printf(
        "digraph { graph [xdotversion=1.7, data_page=\"0,0,200,100\", _draw_=\"c 7 -#000000 L 2 0 0 10 0 L 2 0 0 20 0 "
        "L 2 0 0 30 0 L 2 0 0 40 0 C 7 -#ff0000 P 3 0 0 50 0 0 50\"];\n node [data_area=\"\"]; edge [data_area=\"\"];\n%s }",
        elements);
    g_autoptr(GError) error = NULL;
    of_cgraph_lock();
    OfPicture *picture = of_picture_from_xdot(text, strlen(text), &error);
    of_cgraph_unlock();
    g_assert_no_error(error);
    return picture;
}

/* Ids with how far each shape reaches: "a:10,20 graph:30". */
static char *summary(const OfPicture *picture)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < picture->elements->len; i++) {
        const OfElement *element = picture->elements->pdata[i];
        g_string_append_printf(text, "%s%s:", i > 0 ? " " : "", element->id);
        for (guint k = 0; k < element->shapes->len; k++) {
            g_string_append_printf(text, "%s%.0f", k > 0 ? "," : "", g_array_index(element->shapes, OfShape, k).points[1].x);
        }
    }
    return g_string_free(text, FALSE);
}

static void check(const char *elements, const char *expected)
{
    g_autoptr(OfPicture) picture = read_picture(elements);
    g_autofree char *found = summary(picture);
    g_assert_cmpstr(found, ==, expected);
}

static void test_taken(void)
{
    check("", "graph:10,20,30,40,50");
    check("a [id=a, data_area=\"2-3\"];", "a:20,30 graph:10,40,50");
    check("b [id=b, data_area=\"5\"]; a [id=a, data_area=\"1-2\"];", "a:10,20 b:50 graph:30,40");
    /* An edge's own line gives way; nothing is left for the background. */
    check("a -> b [id=e, data_area=\"1-4\", _draw_=\"c 7 -#000000 L 2 0 0 99 0\"]; c [id=c, data_area=\"5-5\"];",
          "e:10,20,30,40 c:50");
}

static void test_wrong(void)
{
    static const char *const areas[] = {"0", "6", "2-9", "3-2", "-1", "1-", "-", "1-2-3", "x", "1 ", "99999999999999999999"};
    for (gsize i = 0; i < G_N_ELEMENTS(areas); i++) {
        g_autofree char *node = g_strdup_printf("a [id=a, data_area=\"%s\"];", areas[i]);
        check(node, "graph:10,20,30,40,50");
    }
    /* What is taken once is gone. */
    check("a [id=a, data_area=\"1-3\"]; b [id=b, data_area=\"2-4\"]; c [id=c, data_area=\"1\"];", "a:10,20,30 b:40 graph:50");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/areas/taken", test_taken);
    g_test_add_func("/areas/wrong", test_wrong);
    return g_test_run();
}
