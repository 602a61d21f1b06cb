/* orgflow-layout: lays out and draws graphs for liborgflow. Graphviz can exit, crash, hang or eat all memory; here that costs
 * one process and nothing else. Reads requests (see protocol.h) from standard input, a stream socket, and answers them there
 * until it is closed. Graphviz's messages go to standard error, where the library reads them. Started as `orgflow-layout MIB`,
 * MIB being its limit of memory. */
#include "graphviz/channel.h"
#include "graphviz/protocol.h"
#include "graphviz/sequential_ids.h"
#include "graphviz/text_sizes.h"
#include "graphviz/wire.h"
#include "program/allocator.h"

#include <errno.h>
#include <fcntl.h>
#include <graphviz/gvc.h>
#include <malloc.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#define EXIT_USAGE 2

/* With less than this left, a crash is put down to want of memory: a new thread's stack takes 8 MiB. */
#define ENOUGH_TO_GO_ON ((size_t) 16 << 20)

#define SEEN_BY_LIBRARIES __attribute__((visibility("default")))

#if OF_UNDER_SANITIZER
/* Graphviz leaks a little by itself; what the sanitizers are to find here is misuse. */
SEEN_BY_LIBRARIES const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "detect_leaks=0";
}
#endif

/* The status says why, see protocol.h. */
void of_allocator_refused(void)
{
    _exit(OF_LAYOUT_EXIT_MEMORY);
}

/* Sets the soft limit of a resource, as far as the surroundings allow: a hard limit that was inherited is kept. */
static void limit_resource(int resource, rlim_t soft)
{
    struct rlimit limit;
    if (getrlimit(resource, &limit) != 0) {
        return;
    }
    limit.rlim_cur = limit.rlim_max != RLIM_INFINITY && limit.rlim_max < soft ? limit.rlim_max : soft;
    setrlimit(resource, &limit); /* where it is refused, the inherited limit holds */
}

static void limit_self(guint64 mib)
{
    limit_resource(RLIMIT_CORE, 0);
    limit_resource(RLIMIT_STACK, (rlim_t) 64 << 20); /* dot recurses as deep as a graph has ranks */
    struct rlimit space;
    const rlim_t bytes = mib < ((guint64) 1 << 40) ? (rlim_t) (mib << 20) : RLIM_INFINITY;
    if (!OF_UNDER_SANITIZER && getrlimit(RLIMIT_AS, &space) == 0 && (space.rlim_cur == RLIM_INFINITY || space.rlim_cur > bytes)) {
        limit_resource(RLIMIT_AS, bytes);
    }
}

static void end_if_memory_is_out(void)
{
    if (mmap(NULL, ENOUGH_TO_GO_ON, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED) {
        _exit(OF_LAYOUT_EXIT_MEMORY);
    }
}

/* What is not asked of the allocator can fail for want of memory too: a stack that cannot grow any more ends in SIGSEGV, a
 * library that gives up in SIGABRT or SIGTRAP. Where not even a little memory is left, that was the reason. */
static void judge_crash(int signal_number)
{
    end_if_memory_is_out();
    raise(signal_number); /* for the system this time: the handler is gone once it has been called */
}

static void catch_crashes(void)
{
    static char stack_memory[64 * 1024];
    static const int signals[] = {SIGSEGV, SIGBUS, SIGABRT, SIGTRAP};
    const stack_t stack = {.ss_sp = stack_memory, .ss_size = sizeof stack_memory};
    struct sigaction action = {.sa_handler = judge_crash, .sa_flags = (int) (SA_ONSTACK | SA_RESETHAND)};
    sigaltstack(&stack, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(signals); i++) {
        sigaction(signals[i], &action, NULL);
    }
}

/* Ends the process as soon as the other side is gone, even in the midst of a layout. PR_SET_PDEATHSIG would not do: it follows
 * the thread that started the process, and a threaded program may end that one and go on drawing from another. */
static void *watch_channel(void *argument)
{
    struct pollfd peer = {.fd = *(const int *) argument, .events = 0};
    for (;;) {
        if (poll(&peer, 1, -1) > 0 && (peer.revents & (POLLHUP | POLLERR | POLLNVAL)) != 0) {
            poll(NULL, 0, 100); /* milliseconds: who is not at work sees the end of the stream by itself, and ends in order */
            _exit(EXIT_SUCCESS);
        }
    }
    return NULL;
}

static bool start_watch(const int *channel)
{
    pthread_t thread;
    pthread_attr_t attributes;
    if (pthread_attr_init(&attributes) != 0) {
        return false;
    }
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    pthread_attr_setstacksize(&attributes, (size_t) 256 << 10); /* the usual 8 MiB would count against the limit of memory */
    const bool started = pthread_create(&thread, &attributes, watch_channel, (void *) (gintptr) channel) == 0;
    pthread_attr_destroy(&attributes);
    return started;
}

static bool answer(int channel, OfLayoutStatus status, const char *bytes, gsize length)
{
    const OfLayoutAnswer header = {.magic = OF_LAYOUT_ANSWER_MAGIC, .status = status, .length = length};
    return of_channel_write(channel, &header, sizeof header) && of_channel_write(channel, bytes, length);
}

/* Says that a step has failed. What is half done is not safe to free: it stays, within the limit of memory. */
static bool fail(int channel, const char *step)
{
    return answer(channel, OF_LAYOUT_FAILED, step, strlen(step));
}

/* Renders a graph that is laid out and sends it. Into a stream: gvRenderData() makes its bytes larger line by line, and takes
 * their length in types that depend on the version. */
static bool send_rendered(int channel, GVC_t *context, Agraph_t *graph, const char *format)
{
    char *bytes = NULL;
    size_t length = 0;
    FILE *stream = open_memstream(&bytes, &length);
    const bool drawn = stream != NULL && gvRender(context, graph, format, stream) == 0 && agerrors() == 0;
    const bool whole = stream != NULL && fclose(stream) == 0 && length > 0;
    const bool sent = drawn && whole ? answer(channel, OF_LAYOUT_DRAWN, bytes, length) : fail(channel, "drawing failed");
    free(bytes);
    return sent;
}

static bool send_listing(int channel, GVC_t *context, Agraph_t *graph, const char *what)
{
    if (strcmp(what, OF_LISTING_POSITIONS) == 0) {
        attach_attrs(graph);
    } else if (gvRender(context, graph, "xdot", NULL) != 0) { /* to nowhere: it sets the operations as attributes */
        return fail(channel, "drawing failed");
    }
    GString *list = of_listing_write(graph, what);
    const bool sent =
        agerrors() > 0 || list->len == 0 ? fail(channel, "drawing failed") : answer(channel, OF_LAYOUT_DRAWN, list->str, list->len);
    g_string_free(list, TRUE);
    return sent;
}

/* The graph that was drawn last. It is freed when the next one comes: the last of all goes with the process. */
static Agraph_t *drawn;

static void free_drawn(GVC_t *context)
{
    if (drawn != NULL) {
        gvFreeLayout(context, drawn);
        agclose(drawn);
        drawn = NULL;
    }
}

/* Draws a graph (length bytes and a NUL) and sends the answer. Returns false where it cannot be sent. */
static bool draw(int channel, GVC_t *context, const char *bytes, gsize length, const char *engine, const char *format)
{
    const bool listed = g_strv_contains(of_layout_listings(), format);
    free_drawn(context);
    /* Graphviz's return values are 0 after many errors: its count of errors and the bytes themselves are looked at too. */
    agreseterrors();
    Agraph_t *graph = listed ? of_wire_read(bytes, length) : of_sequential_read(bytes);
    if (graph == NULL || agerrors() > 0) {
        return fail(channel, "reading the graph failed");
    }
    if (gvLayout(context, graph, engine) != 0 || agerrors() > 0) {
        return fail(channel, "layout failed");
    }
    const bool sent = listed ? send_listing(channel, context, graph, format) : send_rendered(channel, context, graph, format);
    drawn = agerrors() == 0 ? graph : NULL;
    return sent;
}

static bool is_text_of(const char *field, gsize size, const char *const *known)
{
    return memchr(field, '\0', size) != NULL && g_strv_contains(known, field);
}

static void say(const char *words)
{
    of_channel_write(STDERR_FILENO, words, strlen(words));
}

static void end_for_no_sense(void)
{
    say("orgflow-layout: a request that makes no sense\n");
    _exit(EXIT_USAGE);
}

/* Reads length bytes, and puts a NUL behind them. Returns NULL at the end of the stream. */
static char *read_body(int channel, guint64 length)
{
    char *bytes = malloc((gsize) length + 1);
    if (bytes == NULL) {
        _exit(OF_LAYOUT_EXIT_MEMORY);
    }
    if (!of_channel_read(channel, bytes, (gsize) length)) {
        free(bytes);
        return NULL;
    }
    bytes[length] = '\0';
    return bytes;
}

/* Serves one request. Returns false at the end of the stream. */
static bool serve(int channel, GVC_t *context)
{
    OfLayoutRequest request;
    if (!of_channel_read(channel, &request, sizeof request)) {
        return false;
    }
    if (request.magic != OF_LAYOUT_REQUEST_MAGIC || request.length >= G_MAXSIZE || request.known >= G_MAXSIZE ||
        !is_text_of(request.engine, sizeof request.engine, of_layout_engines()) ||
        (!is_text_of(request.format, sizeof request.format, of_layout_formats()) &&
         !is_text_of(request.format, sizeof request.format, of_layout_listings()))) {
        end_for_no_sense();
    }
    char *known = read_body(channel, request.known), *graph = known != NULL ? read_body(channel, request.length) : NULL;
    if (known != NULL && !of_text_sizes_learn(known, (gsize) request.known)) {
        end_for_no_sense();
    }
    const bool served = graph != NULL && draw(channel, context, graph, (gsize) request.length, request.engine, request.format);
    free(known);
    free(graph);
    return served;
}

/* What it has to say of its configuration is no warning to us: without its plugins there is no drawing. */
static GVC_t *open_context(int channel)
{
    agseterr(AGMAX); /* kept, not printed */
    GVC_t *context = gvContextPlugins(of_text_sizes_plugin(channel), 1);
    agseterr(AGWARN);
    const char *words = aglasterr();
    if (words != NULL && *words != '\0') {
        end_if_memory_is_out();
        say(words);
        _exit(EXIT_FAILURE);
    }
    return context;
}

int main(int argc, char **argv)
{
    guint64 mib = 0;
    if (argc != 2 || !g_ascii_string_to_unsigned(argv[1], 10, 1, G_MAXUINT64, &mib, NULL)) {
        say("orgflow-layout is started by orgflow, with its memory limit in MiB\n");
        return EXIT_USAGE;
    }
#ifdef __GLIBC__
    closefrom(STDERR_FILENO + 1); /* what the program that started us left open is none of our business */
    mallopt(M_ARENA_MAX, 1);      /* threads of pango's would reserve 64 MiB each out of the limit */
#endif
    limit_self(mib);
    if (!OF_UNDER_SANITIZER) { /* which catches and explains crashes itself */
        catch_crashes();
    }
    /* The channel gets a number of its own, so that nothing a plugin prints can end up among the answers. */
    static int channel;
    channel = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    const int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (channel < 0 || nothing < 0 || dup2(nothing, STDIN_FILENO) < 0 || dup2(STDERR_FILENO, STDOUT_FILENO) < 0 ||
        !start_watch(&channel)) {
        return EXIT_FAILURE;
    }
    GVC_t *context = open_context(channel);
    while (serve(channel, context)) {
    }
    return EXIT_SUCCESS; /* nothing is freed: Graphviz's own shutdown is one more thing that can go wrong */
}
