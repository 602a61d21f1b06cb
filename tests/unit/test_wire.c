/* A graph on its way to the layout process. */
#include "graphviz/layout.h"
#include "graphviz/wire.h"

#include <string.h>

static const char whole[] = "digraph story {\n"
                            " graph [label=<<B>a</B> &amp; b>, rankdir=LR];\n"
                            " node [label=\"\\N\", shape=box];\n"
                            " edge [weight=1];\n"
                            " subgraph cluster_a {\n"
                            "  graph [label=outer, color=\"#ff0000\"];\n"
                            "  subgraph cluster_b { graph [label=\"\"]; b2 [shape=oval]; b1 [label=<<I>i</I>>]; }\n"
                            "  a1 [label=\"quote \\\" and \\\\ back\"];\n"
                            " }\n"
                            " subgraph same { graph [rank=same]; z [label=z]; b1; }\n"
                            " z -> a1 [key=first, weight=2];\n"
                            " z -> a1 [key=second, label=\"\xc3\xa9\"];\n"
                            " a1 -> b2:n [tailport=s];\n"
                            " b1 -> z -> b1;\n"
                            " lone [label=\"\"];\n"
                            "}\n";

static Agraph_t *read_graph(const char *dot)
{
    g_autoptr(GError) error = NULL;
    Agraph_t *graph = of_graph_read(dot, strlen(dot), &error);
    g_assert_no_error(error);
    return graph;
}

static char *text_of(Agraph_t *graph)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = of_graph_write(graph, &error);
    g_assert_no_error(error);
    gsize length = 0;
    const char *data = g_bytes_get_data(bytes, &length);
    return g_strndup(data, length);
}

static Agraph_t *pass(Agraph_t *graph)
{
    g_autoptr(GBytes) bytes = of_wire_write(graph);
    gsize length = 0;
    const char *data = g_bytes_get_data(bytes, &length);
    return of_wire_read(data, length);
}

/* What arrives is what would have arrived as DOT, to the order of nodes and edges. */
static void test_as_dot(void)
{
    of_cgraph_lock();
    Agraph_t *graph = read_graph(whole), *passed = pass(graph);
    g_assert_nonnull(passed);
    g_autofree char *sent = text_of(graph), *arrived = text_of(passed);
    Agraph_t *read = read_graph(sent);
    g_autofree char *twice = text_of(read);
    g_assert_cmpstr(arrived, ==, twice);
    g_assert_true(aghtmlstr(agget(passed, (char *) "label")));
    g_assert_true(aghtmlstr(agget(agnode(passed, (char *) "b1", FALSE), (char *) "label")));
    g_assert_false(aghtmlstr(agget(agnode(passed, (char *) "a1", FALSE), (char *) "label")));
    agclose(graph);
    agclose(passed);
    agclose(read);
    of_cgraph_unlock();
}

/* What is ours alone stays here, and nothing is declared that no object has. */
static void test_bare(void)
{
    of_cgraph_lock();
    Agraph_t *graph =
        read_graph("digraph g { node [group=\"\", style=\"\"]; a [data_lab=fair, class=lab, id=lab, label=x, style=bold]; }");
    Agraph_t *passed = pass(graph);
    g_assert_nonnull(passed);
    static const char *const gone[] = {"data_lab", "class", "id", "group"}, *const here[] = {"label", "style"};
    for (gsize i = 0; i < G_N_ELEMENTS(gone); i++) {
        g_assert_null(agattr(passed, AGNODE, (char *) gone[i], NULL));
    }
    for (gsize i = 0; i < G_N_ELEMENTS(here); i++) {
        g_assert_nonnull(agattr(passed, AGNODE, (char *) here[i], NULL));
    }
    agclose(graph);
    agclose(passed);
    of_cgraph_unlock();
}

/* Cut off anywhere, and with each byte another: a graph or none, and no step outside of the bytes. */
static void test_bad(void)
{
    of_cgraph_lock();
    Agraph_t *graph = read_graph(whole);
    g_autoptr(GBytes) bytes = of_wire_write(graph);
    gsize length = 0;
    const char *data = g_bytes_get_data(bytes, &length);
    guint refused = 0;
    for (gsize i = 0; i < 2 * length; i++) {
        const gsize at = i / 2, n = i % 2 == 0 ? at : length;
        g_autofree char *bad = g_memdup2(data, n + 1); /* whose end the sanitizer watches */
        if (i % 2 == 1) {
            bad[at] = (char) ~bad[at];
        }
        Agraph_t *read = of_wire_read(bad, n);
        refused += read == NULL ? 1 : 0;
        if (read != NULL) {
            agclose(read);
        }
    }
    g_assert_cmpuint(refused, >, length); /* letters and lengths of the records tell most of them */
    agclose(graph);
    of_cgraph_unlock();
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/graphviz/wire/as-dot", test_as_dot);
    g_test_add_func("/graphviz/wire/bare", test_bare);
    g_test_add_func("/graphviz/wire/bad", test_bad);
    return g_test_run();
}
