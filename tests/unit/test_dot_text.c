/* Graphs as DOT text and back: whatever is in them, and whatever comes in their place. */
#include "graphviz/layout.h"

#include <string.h>

static void test_read(void)
{
    /* Of the last ones the graph itself is sound: Graphviz that forgets what it has not used passes over what stands behind it. */
    enum { N_BEHIND = 5 };
    static const char *const bad[] = {
        "",
        " ",
        "garbage",
        "digraph {",
        "digraph { a -> ; }",
        "digraph { a [label=\"unfinished",
        "digraph { a [label=<unfinished <b>",
        "/* unfinished",
        "digraph { a -> b [l=\"x\" + \"y",
        "graph { subgraph x { a;",
        "digraph { a } /* unfinished",
        "digraph { a } trailing",
        "digraph { a } \"trailing",
        "digraph { a } <trailing",
        "digraph { a } digraph { b; c }",
    };
    static const char good[] = "digraph good { a -> b; }\n // end\n";
    for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autoptr(GError) error = NULL;
        Agraph_t *graph = of_graph_read(bad[i], strlen(bad[i]), &error);
        if (graph != NULL) {
            g_assert_cmpuint(i, >=, G_N_ELEMENTS(bad) - N_BEHIND);
            g_assert_cmpint(agnnodes(graph), ==, 1);
            agclose(graph);
        } else {
            g_assert_error(error, OF_ERROR, OF_ERROR_ENVIRONMENT);
            g_clear_error(&error);
        }
        graph = of_graph_read(good, strlen(good), &error); /* nothing is left over from before */
        g_assert_no_error(error);
        g_assert_cmpstr(agnameof(graph), ==, "good");
        g_assert_cmpint(agnnodes(graph), ==, 2);
        agclose(graph);
    }
    g_autoptr(GError) error = NULL;
    g_assert_null(of_graph_read("digraph {\0}", 11, &error));
    g_assert_error(error, OF_ERROR, OF_ERROR_ENVIRONMENT);
    g_clear_error(&error);
    g_autofree char *name = g_strnfill(5000, 'x'); /* stands in cgraph's message: error functions of 2.42 crash at 1024 bytes */
    g_assert_null(of_graph_read(name, strlen(name), &error));
    g_assert_error(error, OF_ERROR, OF_ERROR_ENVIRONMENT);
    g_assert_nonnull(strstr(error->message, name));
}

static void test_write(void)
{
    static const char *const values[] = {"",
                                         "plain",
                                         "two words",
                                         "\"quoted\"",
                                         "back\\slash",
                                         "trailing\\",
                                         "<b>x</b>",
                                         "\u00fcn\u00efx",
                                         "semi;colon",
                                         "graph",
                                         "-1.5",
                                         "a\\N",
                                         "a\\\"b",
                                         "a\\\\\"b",
                                         "\\",
                                         "-",
                                         "-.",
                                         "1.2.3",
                                         "\\ ; \\\" ]; evil [label=\"x"};
    g_autoptr(GError) error = NULL;
    Agraph_t *graph = agopen((char *) "a \"name\"", Agdirected, NULL);
    agattr(graph, AGNODE, (char *) "data_x", (char *) "");
    for (gsize i = 0; i < G_N_ELEMENTS(values); i++) {
        g_autofree char *name = g_strdup_printf("n%zu", i);
        agset(agnode(graph, name, TRUE), (char *) "data_x", (char *) values[i]);
    }
    g_autoptr(GBytes) bytes = of_graph_write(graph, &error);
    g_assert_no_error(error);
    agclose(graph);
    gsize length = 0;
    const char *text = g_bytes_get_data(bytes, &length);
    graph = of_graph_read(text, length, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(agnameof(graph), ==, "a \"name\"");
    for (gsize i = 0; i < G_N_ELEMENTS(values); i++) {
        g_autofree char *name = g_strdup_printf("n%zu", i);
        g_autofree char *value = of_graph_literal(agget(agnode(graph, name, FALSE), (char *) "data_x"));
        g_assert_cmpstr(value, ==, values[i]);
    }
    g_assert_cmpint(agnnodes(graph), ==, G_N_ELEMENTS(values));
    agset(agnode(graph, (char *) "n0", FALSE), (char *) "data_x", (char *) "line\nbreak\ttab");
    g_autoptr(GBytes) again = of_graph_write(graph, &error);
    g_assert_no_error(error);
    g_assert_nonnull(again);
    g_assert_cmpstr(agget(agnode(graph, (char *) "n0", FALSE), (char *) "data_x"), ==, "line break tab");
    agclose(graph);
}

static void *take_lock(void *taken)
{
    of_cgraph_lock();
    g_atomic_int_set((int *) taken, 1);
    of_cgraph_unlock();
    return NULL;
}

static void test_lock(void)
{
    int taken = 0;
    of_cgraph_lock();
    of_cgraph_lock(); /* recursive */
    GThread *thread = g_thread_new(NULL, take_lock, &taken);
    g_usleep(50 * 1000);
    of_cgraph_unlock();
    g_usleep(50 * 1000);
    g_assert_cmpint(g_atomic_int_get(&taken), ==, 0);
    of_cgraph_unlock();
    g_thread_join(thread);
    g_assert_cmpint(taken, ==, 1);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/graphviz/dot-text/read", test_read);
    g_test_add_func("/graphviz/dot-text/write", test_write);
    g_test_add_func("/graphviz/dot-text/lock", test_lock);
    return g_test_run();
}
