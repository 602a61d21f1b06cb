/* What the layout process asks and lists. ORGFLOW_LAYOUT_PROGRAM must name it. */
#include "graphviz/layout.h"
#include "graphviz/listing.h"

#include <string.h>

static Agraph_t *read_graph(const char *dot)
{
    g_autoptr(GError) error = NULL;
    of_cgraph_lock();
    Agraph_t *graph = of_graph_read(dot, strlen(dot), &error);
    of_cgraph_unlock();
    g_assert_no_error(error);
    return graph;
}

static void close_graph(Agraph_t *graph)
{
    of_cgraph_lock();
    agclose(graph);
    of_cgraph_unlock();
}

static char *text_of(GBytes *bytes)
{
    gsize length = 0;
    const char *data = g_bytes_get_data(bytes, &length);
    return g_strndup(data, length);
}

static bool note_object(void *object, gpointer data, GError **error)
{
    (void) error;
    const bool graph = AGTYPE(object) == AGRAPH, node = AGTYPE(object) == AGNODE;
    g_string_append_printf(data, "%s ", graph || node ? agnameof(object) : "edge");
    return true;
}

/* What Graphviz sets comes back as a list, and means the same as the graph that it would write. */
static void test_listings(void)
{
    g_autoptr(GError) error = NULL;
    const OfLimits limits = of_limits_default();
    g_autoptr(OfLayoutProcess) process = of_layout_process_start(&limits, &error);
    g_assert_no_error(error);
    Agraph_t *graph = read_graph("digraph small { a [data_lab=\"fair\"]; a -> b; }");
    g_autoptr(GBytes) written = of_layout_process_run(process, graph, "dot", "dot", &error);
    g_assert_no_error(error);
    g_autoptr(GBytes) places = of_layout_process_run(process, graph, "dot", OF_LISTING_POSITIONS, &error);
    g_assert_no_error(error);
    g_autofree char *text = text_of(written);
    g_autoptr(GString) seen = g_string_new(NULL);
    of_cgraph_lock();
    Agraph_t *placed = of_graph_read(text, strlen(text), &error);
    g_assert_no_error(error);
    g_assert_true(of_listing_apply(graph, places, note_object, seen, &error));
    g_assert_no_error(error);
    g_assert_cmpstr(seen->str, ==, "small edge a b ");
    g_assert_cmpstr(agget(graph, (char *) "bb"), ==, agget(placed, (char *) "bb"));
    for (const char *name = "a"; name != NULL; name = *name == 'a' ? "b" : NULL) {
        void *mine = agnode(graph, (char *) name, FALSE), *other = agnode(placed, (char *) name, FALSE);
        g_assert_cmpstr(agget(mine, (char *) "pos"), ==, agget(other, (char *) "pos"));
        g_assert_cmpstr(agget(mine, (char *) "width"), ==, agget(other, (char *) "width"));
    }
    of_cgraph_unlock();
    g_autoptr(GBytes) strokes = of_layout_process_run(process, graph, "nop2", OF_LISTING_DRAWING, &error);
    g_assert_no_error(error);
    of_cgraph_lock();
    g_assert_true(of_listing_apply(graph, strokes, NULL, NULL, &error));
    g_assert_nonnull(strstr(agget(agnode(graph, (char *) "a", FALSE), (char *) "_ldraw_"), "-a"));
    agclose(placed);
    of_cgraph_unlock();
    close_graph(graph);
}

/* Lists that make no sense: cut off anywhere, of objects that are not there, of no kind. */
static void test_bad_listings(void)
{
    static const char good[] = "n\0a\0pos\0"
                               "1,2\0";
    static const char *const bad[] = {"n\0none\0\0", "g\0none\0\0", "e\0a\0b\0none\0\0", "x\0a\0b\0c\0\0"};
    static const gsize lengths[] = {8, 8, 12, 9};
    Agraph_t *graph = read_graph("digraph small { a [data_lab=\"fair\"]; a -> b; }");
    of_cgraph_lock();
    for (gsize length = 1; length <= sizeof good - 1; length++) { /* its last text, which is empty, is missing */
        g_autoptr(GError) error = NULL;
        g_autoptr(GBytes) bytes = g_bytes_new_static(good, length);
        g_assert_false(of_listing_apply(graph, bytes, NULL, NULL, &error));
        g_assert_error(error, OF_ERROR, OF_ERROR_ENVIRONMENT);
    }
    g_autoptr(GBytes) whole = g_bytes_new_static(good, sizeof good);
    g_assert_true(of_listing_apply(graph, whole, NULL, NULL, NULL));
    for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autoptr(GBytes) bytes = g_bytes_new_static(bad[i], lengths[i]);
        g_assert_false(of_listing_apply(graph, bytes, NULL, NULL, NULL));
    }
    of_cgraph_unlock();
    close_graph(graph);
}

static bool measure_letters(const OfTextSpan *span, double *width, gpointer data)
{
    g_string_append_printf(data, "%s %g %d %d %s;", span->font, span->size, span->bold, span->italic, span->text);
    *width = 10 * (double) strlen(span->text);
    return true;
}

/* Texts are as wide as the library says, and it is asked for each once. */
static void test_measures(void)
{
    const OfLimits limits = of_limits_default();
    static const char dot[] = "digraph g { a [label=<x<B>yy</B>>, fontname=F, fontsize=9]; b [label=zzz, fontname=F, margin=0]; }";
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) asked = g_string_new(NULL);
    g_autoptr(OfLayoutProcess) process = of_layout_process_start(&limits, &error);
    g_assert_no_error(error);
    of_layout_process_set_measure(process, measure_letters, asked);
    Agraph_t *graph = read_graph(dot);
    for (int i = 0; i < 2; i++) {
        g_autoptr(GBytes) bytes = of_layout_process_run(process, graph, "dot", "xdot", &error);
        g_assert_no_error(error);
        g_autofree char *text = text_of(bytes);
        g_assert_nonnull(strstr(text, " 31 3 -zzz"));
        g_assert_cmpstr(asked->str, ==, "F 9 0 0 x;F 9 1 0 yy;F 14 0 0 zzz;");
    }
    close_graph(graph);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/graphviz/listing/listings", test_listings);
    g_test_add_func("/graphviz/listing/bad", test_bad_listings);
    g_test_add_func("/graphviz/listing/measures", test_measures);
    return g_test_run();
}
