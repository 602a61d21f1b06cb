/* The layout process: what it draws, and what becomes of us when it does not. ORGFLOW_LAYOUT_PROGRAM must name the real one. */
#include "graphviz/layout.h"
#include "graphviz/protocol.h"
#include "graphviz/sequential_ids.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define UNDER_SANITIZER true
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define UNDER_SANITIZER true
#endif
#endif
#ifndef UNDER_SANITIZER
#define UNDER_SANITIZER false
#endif

static char *real_program;

typedef struct {
    OfLimits limits;
    char *folder;
} Fixture;

static void set_up(Fixture *fixture, gconstpointer data)
{
    (void) data;
    fixture->limits = of_limits_default();
    fixture->folder = g_dir_make_tmp("orgflow-test-XXXXXX", NULL);
    g_assert_nonnull(fixture->folder);
    g_setenv("ORGFLOW_LAYOUT_PROGRAM", real_program, TRUE);
}

static void tear_down(Fixture *fixture, gconstpointer data)
{
    (void) data;
    GDir *folder = g_dir_open(fixture->folder, 0, NULL);
    for (const char *name = g_dir_read_name(folder); name != NULL; name = g_dir_read_name(folder)) {
        g_autofree char *path = g_build_filename(fixture->folder, name, NULL);
        g_unlink(path);
    }
    g_dir_close(folder);
    g_rmdir(fixture->folder);
    g_free(fixture->folder);
}

/* Puts a shell script in the program's place. */
static void inject(const Fixture *fixture, const char *script)
{
    g_autofree char *path = g_build_filename(fixture->folder, "program", NULL),
                    *text = g_strconcat("#!/bin/sh\n", script, "\n", NULL);
    g_autoptr(GError) error = NULL;
    g_file_set_contents_full(path, text, -1, G_FILE_SET_CONTENTS_NONE, 0755, &error);
    g_assert_no_error(error);
    g_setenv("ORGFLOW_LAYOUT_PROGRAM", path, TRUE);
}

static Agraph_t *small_graph(void)
{
    g_autoptr(GError) error = NULL;
    static const char text[] = "digraph small { a [data_lab=\"fair\"]; a -> b; }";
    of_cgraph_lock();
    Agraph_t *graph = of_graph_read(text, strlen(text), &error);
    of_cgraph_unlock();
    g_assert_no_error(error);
    return graph;
}

/* So large that dot works on it for many seconds. */
static Agraph_t *large_graph(int nodes, int edges)
{
    of_cgraph_lock();
    GRand *random = g_rand_new_with_seed(7);
    Agraph_t *graph = agopen((char *) "large", Agdirected, NULL);
    GPtrArray *made = g_ptr_array_new();
    for (int i = 0; i < nodes; i++) {
        g_autofree char *name = g_strdup_printf("node %d with a long name to measure", i);
        g_ptr_array_add(made, agnode(graph, name, TRUE));
    }
    for (int i = 0; i < edges; i++) {
        agedge(graph, g_ptr_array_index(made, g_rand_int_range(random, 0, nodes)),
               g_ptr_array_index(made, g_rand_int_range(random, 0, nodes)), NULL, TRUE);
    }
    g_ptr_array_free(made, TRUE);
    g_rand_free(random);
    of_cgraph_unlock();
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

/* Starts what is in the program's place, has it draw a small graph, and expects an error. */
static void expect_failure(const Fixture *fixture, int code, const char *words)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(OfLayoutProcess) process = of_layout_process_start(&fixture->limits, &error);
    g_assert_no_error(error);
    Agraph_t *graph = small_graph();
    g_autoptr(GBytes) bytes = of_layout_process_run(process, graph, "dot", "xdot", &error);
    g_assert_null(bytes);
    g_assert_error(error, OF_ERROR, code);
    g_test_message("%s", error->message);
    g_assert_nonnull(strstr(error->message, words));
    g_clear_error(&error);
    g_assert_null(of_layout_process_run(process, graph, "dot", "xdot", &error)); /* it is gone, and that is said */
    g_assert_error(error, OF_ERROR, OF_ERROR_ENVIRONMENT);
    close_graph(graph);
}

static void test_draws(Fixture *fixture, gconstpointer data)
{
    (void) data;
    g_autoptr(GError) error = NULL;
    g_autoptr(OfLayoutProcess) process = of_layout_process_start(&fixture->limits, &error);
    g_assert_no_error(error);
    Agraph_t *graph = small_graph();
    g_autoptr(GBytes) bytes = of_layout_process_run(process, graph, "dot", "xdot", &error);
    g_assert_no_error(error);
    g_autofree char *text = text_of(bytes);
    g_assert_nonnull(strstr(text, "xdotversion"));
    g_assert_nonnull(strstr(text, "data_lab=fair"));
    of_cgraph_lock();
    Agraph_t *drawn = of_graph_read(text, strlen(text), &error);
    g_assert_no_error(error);
    g_assert_cmpint(agnnodes(drawn), ==, 2);
    g_assert_nonnull(agget(agnode(drawn, (char *) "a", FALSE), (char *) "_draw_"));
    of_cgraph_unlock();
    g_autoptr(GBytes) again = of_layout_process_run(process, drawn, "nop2", "xdot", &error);
    g_assert_no_error(error);
    g_assert_nonnull(again);
    for (const char *const *format = of_layout_text_formats(); *format != NULL; format++) {
        g_autoptr(GBytes) other = of_layout_process_run(process, graph, "dot", *format, &error);
        g_assert_no_error(error);
        g_assert_cmpuint(g_bytes_get_size(other), >, 0);
    }
    close_graph(drawn);
    close_graph(graph);
}

static void test_many(Fixture *fixture, gconstpointer data)
{
    (void) data;
    g_autoptr(GError) error = NULL;
    g_autoptr(OfLayoutProcess) process = of_layout_process_start(&fixture->limits, &error);
    g_assert_no_error(error);
    Agraph_t *graph = large_graph(40, 60);
    g_autoptr(GBytes) first = of_layout_process_run(process, graph, "dot", "xdot", &error);
    g_assert_no_error(error);
    for (int i = 0; i < 50; i++) {
        g_autoptr(GBytes) bytes = of_layout_process_run(process, graph, "dot", "xdot", &error);
        g_assert_no_error(error);
        g_assert_true(g_bytes_equal(first, bytes));
    }
    close_graph(graph);
}

static void test_large_answer(Fixture *fixture, gconstpointer data)
{
    (void) data;
    g_autoptr(GError) error = NULL;
    g_autoptr(OfLayoutProcess) process = of_layout_process_start(&fixture->limits, &error);
    Agraph_t *graph = large_graph(4000, 0);
    g_autoptr(GBytes) bytes = of_layout_process_run(process, graph, "dot", "xdot", &error);
    g_assert_no_error(error);
    g_assert_cmpuint(g_bytes_get_size(bytes), >, 1000000);
    g_autofree char *text = text_of(bytes);
    Agraph_t *drawn = of_graph_read(text, strlen(text), &error);
    g_assert_no_error(error);
    g_assert_cmpint(agnnodes(drawn), ==, 4000);
    agclose(drawn);
    close_graph(graph);
}

static void test_refuses(Fixture *fixture, gconstpointer data)
{
    (void) data;
    g_autoptr(GError) error = NULL;
    g_autoptr(OfLayoutProcess) process = of_layout_process_start(&fixture->limits, &error);
    g_assert_no_error(error);
    Agraph_t *graph = small_graph();
    static const char *const wrong[][2] = {
        {"fdp", "xdot"}, {"dot", "png"}, {"dot", ""}, {"", "xdot"}, {"dot", "xdot:cairo:gd:and:so:on"}};
    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_assert_null(of_layout_process_run(process, graph, wrong[i][0], wrong[i][1], &error));
        g_assert_error(error, OF_ERROR, OF_ERROR_ENVIRONMENT);
        g_clear_error(&error);
    }
    g_assert_null(of_layout_process_run(process, graph, "nop2", "xdot", &error)); /* without positions */
    g_assert_error(error, OF_ERROR, OF_ERROR_ENVIRONMENT);
    g_assert_nonnull(strstr(error->message, "has no position"));
    g_clear_error(&error);
    g_autoptr(GBytes) bytes = of_layout_process_run(process, graph, "dot", "xdot", &error); /* and it goes on working */
    g_assert_no_error(error);
    g_assert_nonnull(bytes);
    close_graph(graph);
}

static void test_label_error(Fixture *fixture, gconstpointer data)
{
    (void) data;
    g_autoptr(GError) error = NULL;
    g_autoptr(OfLayoutProcess) process = of_layout_process_start(&fixture->limits, &error);
    g_assert_no_error(error);
    GString *text = g_string_new("digraph { a [label=<<NO>");
    for (int i = 0; i < 10000; i++) {
        g_string_append(text, "x\u00e9");
    }
    g_string_append(text, "</NO>>]; }");
    Agraph_t *graph = of_graph_read(text->str, text->len, &error);
    g_assert_no_error(error);
    g_assert_null(of_layout_process_run(process, graph, "dot", "xdot", &error));
    g_assert_error(error, OF_ERROR, OF_ERROR_ENVIRONMENT);
    g_assert_nonnull(strstr(error->message, "NO"));
    g_assert_cmpuint(strlen(error->message), <, 5000);
    g_assert_true(g_utf8_validate(error->message, -1, NULL));
    agclose(graph);
    g_string_free(text, TRUE);
}

static void test_time_limit(Fixture *fixture, gconstpointer data)
{
    (void) data;
    g_autoptr(GError) error = NULL;
    fixture->limits.value[OF_LIMIT_LAYOUT_SECONDS] = 1;
    g_autoptr(OfLayoutProcess) process = of_layout_process_start(&fixture->limits, &error);
    g_assert_no_error(error);
    Agraph_t *graph = large_graph(4000, 20000);
    const gint64 begun = g_get_monotonic_time();
    g_assert_null(of_layout_process_run(process, graph, "dot", "xdot", &error));
    g_assert_error(error, OF_ERROR, OF_ERROR_LIMIT);
    g_assert_cmpstr(error->message, ==, "layout took longer than 1 s (limit layout-seconds)");
    g_assert_cmpint(g_get_monotonic_time() - begun, <, 10 * G_USEC_PER_SEC);
    g_assert_cmpint(waitpid(-1, NULL, WNOHANG), ==, -1); /* gone and reaped */
    g_assert_cmpint(errno, ==, ECHILD);
    close_graph(graph);
}

static void test_time_limit_of_others(Fixture *fixture, gconstpointer data)
{
    static const char *const scripts[] = {
        "exec sleep 100",      /* says nothing, reads nothing */
        "exec cat >/dev/null", /* reads and never answers */
        "exec yes error >&2",  /* a flood of words */
        "trap '' TERM INT HUP; while :; do :; done",
    };
    (void) data;
    fixture->limits.value[OF_LIMIT_LAYOUT_SECONDS] = 1;
    for (gsize i = 0; i < G_N_ELEMENTS(scripts); i++) {
        inject(fixture, scripts[i]);
        const gint64 begun = g_get_monotonic_time();
        expect_failure(fixture, OF_ERROR_LIMIT, "layout took longer than 1 s");
        g_assert_cmpint(g_get_monotonic_time() - begun, <, 10 * G_USEC_PER_SEC);
    }
    inject(fixture, scripts[0]);
    g_autoptr(GError) error = NULL;
    g_autoptr(OfLayoutProcess) process = of_layout_process_start(&fixture->limits, &error);
    Agraph_t *graph = large_graph(4000, 20000); /* more than a socket holds */
    g_assert_null(of_layout_process_run(process, graph, "dot", "xdot", &error));
    g_assert_error(error, OF_ERROR, OF_ERROR_LIMIT);
    close_graph(graph);
}

static void test_memory_limit(Fixture *fixture, gconstpointer data)
{
    (void) data;
    if (UNDER_SANITIZER) {
        g_test_skip("the address sanitizer needs more address space than any limit gives");
        return;
    }
    g_autoptr(GError) error = NULL;
    fixture->limits.value[OF_LIMIT_LAYOUT_MIB] = 100;
    g_autoptr(OfLayoutProcess) process = of_layout_process_start(&fixture->limits, &error);
    g_assert_no_error(error);
    Agraph_t *graph = large_graph(5000, 100000);
    g_assert_null(of_layout_process_run(process, graph, "dot", "xdot", &error));
    g_assert_error(error, OF_ERROR, OF_ERROR_LIMIT);
    g_assert_cmpstr(error->message, ==, "layout needed more than 100 MiB of memory (limit layout-mib)");
    close_graph(graph);
}

static void test_inherited_limits(Fixture *fixture, gconstpointer data)
{
    (void) data;
    if (UNDER_SANITIZER) {
        g_test_skip("the address sanitizer needs more address space than any limit gives");
        return;
    }
    g_autoptr(GError) error = NULL;
    g_autofree char *quoted = g_shell_quote(real_program);
    g_autofree char *enough = g_strdup_printf("ulimit -c unlimited; ulimit -s 1024; ulimit -v 1000000; exec %s \"$@\"", quoted);
    inject(fixture, enough);
    OfLayoutProcess *process = of_layout_process_start(&fixture->limits, &error);
    g_assert_no_error(error);
    Agraph_t *graph = small_graph();
    GBytes *bytes = of_layout_process_run(process, graph, "dot", "xdot", &error);
    g_assert_no_error(error);
    g_bytes_unref(bytes);
    of_layout_process_stop(process);

    g_autofree char *little = g_strdup_printf("ulimit -v 6000; exec %s \"$@\"", quoted);
    inject(fixture, little);
    process = of_layout_process_start(&fixture->limits, &error);
    g_assert_no_error(error);
    g_assert_null(of_layout_process_run(process, graph, "dot", "xdot", &error));
    g_assert_true(g_error_matches(error, OF_ERROR, OF_ERROR_LIMIT) || g_error_matches(error, OF_ERROR, OF_ERROR_ENVIRONMENT));
    of_layout_process_stop(process);
    close_graph(graph);
}

static void test_ends(Fixture *fixture, gconstpointer data)
{
    (void) data;
    inject(fixture, "kill -SEGV $$");
    expect_failure(fixture, OF_ERROR_ENVIRONMENT, "the layout process ended with signal 11");
    inject(fixture, "printf 'no such\\nthing\\t\\033[31m\\377' >&2; exit 1");
    expect_failure(fixture, OF_ERROR_ENVIRONMENT, "the layout process ended with status 1: no such; thing  [31m\xef\xbf\xbd");
    inject(fixture, "exit 0");
    expect_failure(fixture, OF_ERROR_ENVIRONMENT, "the layout process ended with status 0");
    g_autofree char *memory = g_strdup_printf("exit %d", OF_LAYOUT_EXIT_MEMORY);
    inject(fixture, memory);
    expect_failure(fixture, OF_ERROR_LIMIT, "(limit layout-mib)");
    inject(fixture, "exec <&- >&-; exec sleep 100"); /* hangs up and stays */
    expect_failure(fixture, OF_ERROR_ENVIRONMENT, "the layout process ended with signal 9");

    inject(fixture, "exit 3"); /* while more is sent than it takes: no SIGPIPE for us */
    g_autoptr(GError) error = NULL;
    g_autoptr(OfLayoutProcess) process = of_layout_process_start(&fixture->limits, &error);
    Agraph_t *graph = large_graph(4000, 20000);
    g_assert_null(of_layout_process_run(process, graph, "dot", "xdot", &error));
    g_assert_error(error, OF_ERROR, OF_ERROR_ENVIRONMENT);
    close_graph(graph);
}

static void test_wrong_answers(Fixture *fixture, gconstpointer data)
{
    (void) data;
    const OfLayoutAnswer good = {.magic = OF_LAYOUT_ANSWER_MAGIC, .status = OF_LAYOUT_DRAWN, .length = 100};
    OfLayoutAnswer answers[] = {good, good, good, good, good};
    answers[1].magic++;
    answers[2].status = 99;
    answers[3].length = 0;
    answers[4].length = (guint64) 1 << 60;
    for (gsize i = 0; i < G_N_ELEMENTS(answers); i++) {
        g_autofree char *path = g_build_filename(fixture->folder, "answer", NULL);
        g_assert_true(g_file_set_contents(path, (const char *) &answers[i], sizeof answers[i], NULL));
        g_autofree char *script = g_strdup_printf("head -c %zu >/dev/null; cat '%s'; printf short", sizeof(OfLayoutRequest), path);
        inject(fixture, script);
        expect_failure(fixture, OF_ERROR_ENVIRONMENT, i == 0 ? "ended with status 0" : "makes no sense");
    }
    inject(fixture, "head -c 40 >/dev/null; printf 'garbage garbage garbage'; exec sleep 100");
    expect_failure(fixture, OF_ERROR_ENVIRONMENT, "makes no sense");
    inject(fixture, "head -c 40 >/dev/null; printf ofa; exec true");
    expect_failure(fixture, OF_ERROR_ENVIRONMENT, "ended with status 0");
}

static void test_absent(Fixture *fixture, gconstpointer data)
{
    (void) data;
    static const char *const wrong[] = {"/nonexistent/orgflow-layout", "/", "/dev/null"};
    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autoptr(GError) error = NULL;
        g_setenv("ORGFLOW_LAYOUT_PROGRAM", wrong[i], TRUE);
        g_assert_null(of_layout_process_start(&fixture->limits, &error));
        g_assert_error(error, OF_ERROR, OF_ERROR_ENVIRONMENT);
        g_assert_nonnull(strstr(error->message, wrong[i]));
    }
}

static void test_stop(Fixture *fixture, gconstpointer data)
{
    (void) data;
    of_layout_process_stop(NULL);
    g_autoptr(GError) error = NULL;
    const gint64 begun = g_get_monotonic_time();
    OfLayoutProcess *process = of_layout_process_start(&fixture->limits, &error);
    g_assert_no_error(error);
    of_layout_process_stop(process);
    g_assert_cmpint(g_get_monotonic_time() - begun, <, G_USEC_PER_SEC);
    g_assert_cmpint(waitpid(-1, NULL, WNOHANG), ==, -1);
}

static void *draw_in_thread(void *data)
{
    const OfLimits *limits = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(OfLayoutProcess) process = of_layout_process_start(limits, &error);
    g_assert_no_error(error);
    GBytes *first = NULL;
    for (int i = 0; i < 10; i++) {
        Agraph_t *graph = large_graph(30, 40);
        GBytes *bytes = of_layout_process_run(process, graph, "dot", "xdot", &error);
        g_assert_no_error(error);
        gsize length = 0;
        const char *text = g_bytes_get_data(bytes, &length);
        of_cgraph_lock();
        Agraph_t *drawn = of_graph_read(text, length, &error);
        g_assert_no_error(error);
        agclose(drawn);
        of_cgraph_unlock();
        close_graph(graph);
        g_assert_true(first == NULL || g_bytes_equal(first, bytes));
        first = first == NULL ? g_bytes_ref(bytes) : first;
        g_bytes_unref(bytes);
    }
    return first;
}

static void test_threads(Fixture *fixture, gconstpointer data)
{
    (void) data;
    GThread *threads[4];
    GBytes *drawn[4];
    for (gsize i = 0; i < G_N_ELEMENTS(threads); i++) {
        threads[i] = g_thread_new(NULL, draw_in_thread, &fixture->limits);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(threads); i++) {
        drawn[i] = g_thread_join(threads[i]);
        g_assert_true(g_bytes_equal(drawn[0], drawn[i]));
    }
    for (gsize i = 0; i < G_N_ELEMENTS(threads); i++) {
        g_bytes_unref(drawn[i]);
    }
}

static void *start_in_thread(void *limits)
{
    return of_layout_process_start(limits, NULL);
}

/* The process must outlive the thread that started it. */
static void test_starter_ends(Fixture *fixture, gconstpointer data)
{
    (void) data;
    g_autoptr(GError) error = NULL;
    g_autoptr(OfLayoutProcess) process = g_thread_join(g_thread_new(NULL, start_in_thread, &fixture->limits));
    g_assert_nonnull(process);
    g_usleep(200 * 1000);
    Agraph_t *graph = small_graph();
    g_autoptr(GBytes) bytes = of_layout_process_run(process, graph, "dot", "xdot", &error);
    g_assert_no_error(error);
    g_assert_nonnull(bytes);
    close_graph(graph);
}

/* Programs without standard streams, and with SIGCHLD ignored, can use it. */
static void test_odd_surroundings(Fixture *fixture, gconstpointer data)
{
    (void) data;
    g_autoptr(GError) error = NULL;
    Agraph_t *graph = small_graph();
    const int input = dup(STDIN_FILENO), output = dup(STDOUT_FILENO);
    close(STDIN_FILENO);
    close(STDOUT_FILENO);
    OfLayoutProcess *process = of_layout_process_start(&fixture->limits, &error);
    const bool in_place = fcntl(STDIN_FILENO, F_GETFD) >= 0 || fcntl(STDOUT_FILENO, F_GETFD) >= 0;
    dup2(input, STDIN_FILENO);
    dup2(output, STDOUT_FILENO);
    close(input);
    close(output);
    g_assert_no_error(error);
    g_assert_false(in_place);
    g_autoptr(GBytes) bytes = of_layout_process_run(process, graph, "dot", "xdot", &error);
    g_assert_no_error(error);
    g_assert_nonnull(bytes);
    of_layout_process_stop(process);
    close_graph(graph);

    signal(SIGCHLD, SIG_IGN);
    inject(fixture, "exit 1");
    expect_failure(fixture, OF_ERROR_ENVIRONMENT, "the layout process ended");
    signal(SIGCHLD, SIG_DFL);
}

/* Killed in the midst of a layout, a program leaves no process behind: that one sees its channel close. */
static void test_orphan(Fixture *fixture, gconstpointer data)
{
    (void) fixture;
    (void) data;
    int ends[2];
    GPid pid = 0;
    g_autoptr(GError) error = NULL;
    char *arguments[] = {real_program, (char *) "4096", NULL};
    g_assert_cmpint(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), ==, 0);
    g_spawn_async_with_fds(NULL, arguments, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, ends[1], -1, -1, &error);
    g_assert_no_error(error);
    close(ends[1]);
    Agraph_t *graph = large_graph(4000, 20000);
    g_autoptr(GBytes) dot = of_graph_write(graph, &error);
    close_graph(graph);
    gsize length = 0;
    const char *text = g_bytes_get_data(dot, &length);
    const OfLayoutRequest request = {.magic = OF_LAYOUT_REQUEST_MAGIC, .engine = "dot", .format = "xdot", .length = length};
    g_assert_cmpint(write(ends[0], &request, sizeof request), ==, sizeof request);
    for (gsize sent = 0; sent < length;) {
        const ssize_t n = write(ends[0], text + sent, length - sent);
        g_assert_cmpint(n, >, 0);
        sent += (gsize) n;
    }
    g_usleep(500 * 1000);
    g_assert_cmpint(waitpid(pid, NULL, WNOHANG), ==, 0); /* at work */
    close(ends[0]);
    pid_t ended = 0;
    for (int i = 0; i < 200 && ended == 0; i++) {
        g_usleep(20 * 1000);
        ended = waitpid(pid, NULL, WNOHANG);
    }
    g_assert_cmpint(ended, ==, pid);
}

/* By hand, or spoken to by something else, it says so and ends. */
static void test_misuse(Fixture *fixture, gconstpointer data)
{
    static const struct {
        const char *command, *words;
    } cases[] = {
        {"\"$0\" </dev/null", "is started by orgflow"},
        {"\"$0\" many </dev/null", "is started by orgflow"},
        {"\"$0\" 0 </dev/null", "is started by orgflow"},
        {"\"$0\" 100 200 </dev/null", "is started by orgflow"},
        {"head -c 4096 /dev/zero | \"$0\" 4096", "makes no sense"},
    };
    (void) fixture;
    (void) data;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const char *arguments[] = {"/bin/sh", "-c", cases[i].command, real_program, NULL};
        g_autofree char *words = NULL;
        int status = 0;
        g_assert_true(g_spawn_sync(NULL, (char **) arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, &words, &status, NULL));
        g_assert_true(WIFEXITED(status));
        g_assert_cmpint(WEXITSTATUS(status), ==, 2);
        g_assert_nonnull(strstr(words, cases[i].words));
    }
}

/* Clusters stay in the order they were made in, wherever their names come to lie in memory. */
static void test_order(Fixture *fixture, gconstpointer data)
{
    (void) data;
    g_autoptr(GError) error = NULL;
    g_autoptr(OfLayoutProcess) process = of_layout_process_start(&fixture->limits, &error);
    g_assert_no_error(error);
    GString *text = g_string_new("digraph order {");
    Agraph_t *made = agopen((char *) "order", Agdirected, of_sequential_discipline());
    for (int i = 0; i < 200; i++) {
        g_autofree char *name = g_strnfill(1 + (gsize) (i * 37 % 91), 'c'); /* names of many sizes come from many places */
        g_autofree char *cluster = g_strdup_printf("cluster_%s%d", name, i), *node = g_strdup_printf("%s%d", name, i);
        g_string_append_printf(text, "subgraph %s { %s; }", cluster, node);
        agsubnode(agsubg(made, cluster, TRUE), agnode(made, node, TRUE), TRUE);
        g_assert_cmpstr(agnameof(agsubg(made, cluster, FALSE)), ==, cluster);
    }
    g_string_append(text, "}");
    Agraph_t *read = of_graph_read(text->str, text->len, &error);
    g_assert_no_error(error);
    g_autoptr(GBytes) one = of_layout_process_run(process, made, "dot", "dot", &error),
                      other = of_layout_process_run(process, read, "dot", "dot", &error);
    g_assert_no_error(error);
    g_assert_true(g_bytes_equal(one, other));
    int i = 0;
    for (Agraph_t *inner = agfstsubg(read); inner != NULL; inner = agnxtsubg(inner), i++) {
        g_autofree char *end = g_strdup_printf("c%d", i);
        g_assert_true(g_str_has_suffix(agnameof(inner), end));
    }
    g_assert_cmpint(i, ==, 200);
    agclose(made);
    agclose(read);
    g_string_free(text, TRUE);
}

int main(int argc, char **argv)
{
    static const struct {
        const char *path;
        void (*test)(Fixture *fixture, gconstpointer data);
    } tests[] = {
        {"/graphviz/process/order", test_order},
        {"/graphviz/process/draws", test_draws},
        {"/graphviz/process/many", test_many},
        {"/graphviz/process/large-answer", test_large_answer},
        {"/graphviz/process/refuses", test_refuses},
        {"/graphviz/process/label-error", test_label_error},
        {"/graphviz/process/time-limit", test_time_limit},
        {"/graphviz/process/time-limit-of-others", test_time_limit_of_others},
        {"/graphviz/process/memory-limit", test_memory_limit},
        {"/graphviz/process/inherited-limits", test_inherited_limits},
        {"/graphviz/process/ends", test_ends},
        {"/graphviz/process/wrong-answers", test_wrong_answers},
        {"/graphviz/process/absent", test_absent},
        {"/graphviz/process/stop", test_stop},
        {"/graphviz/process/threads", test_threads},
        {"/graphviz/process/starter-ends", test_starter_ends},
        {"/graphviz/process/odd-surroundings", test_odd_surroundings},
        {"/graphviz/process/orphan", test_orphan},
        {"/graphviz/process/misuse", test_misuse},
    };
    g_test_init(&argc, &argv, NULL);
    real_program = g_strdup(g_getenv("ORGFLOW_LAYOUT_PROGRAM"));
    if (real_program == NULL || !g_file_test(real_program, G_FILE_TEST_IS_EXECUTABLE)) {
        g_printerr("ORGFLOW_LAYOUT_PROGRAM must name orgflow-layout\n");
        return 1;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(tests); i++) {
        g_test_add(tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
    }
    const int failed = g_test_run();
    g_free(real_program);
    return failed;
}
