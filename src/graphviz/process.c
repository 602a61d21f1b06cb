/* The side that starts orgflow-layout, speaks with it and ends it. */
#define _GNU_SOURCE
#include "base/progress.h"
#include "graphviz/layout.h"
#include "graphviz/protocol.h"
#include "graphviz/wire.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define PROGRAM_NAME "orgflow-layout"

/* Of what the process says on standard error, the end is kept: what made it stop comes last. */
#define MOST_WORDS ((gsize) 4096)

#define READ_AT_ONCE ((gsize) 64 * 1024)

/* How long a process that has closed its side may take to end by itself. */
#define GRACE_USEC (2 * G_USEC_PER_SEC)

struct OfLayoutProcess {
    pid_t pid;   /* 0 once it is gone */
    int channel; /* our end of the socket pair, not blocking */
    int words;   /* our end of the pipe that its standard error is, not blocking */
    GString *said;
    OfLimits limits;
    OfMeasureSpan measure; /* or NULL */
    gpointer measure_data;
    GHashTable *measured; /* question (GBytes) → OfTextSize */
    GHashTable *ahead;    /* the same, to go before the next graph */
};

const char *const *of_layout_text_formats(void)
{
    return of_layout_formats();
}

/* Where the program stands: ORGFLOW_LAYOUT_PROGRAM, else beside the library this code is in, else where it is installed. */
static char *find_program(void)
{
    const char *named = g_getenv("ORGFLOW_LAYOUT_PROGRAM");
    if (named != NULL && *named != '\0') {
        return g_strdup(named);
    }
    static const char here = 0; /* an object rather than a function: ISO C has no way from a function to void * */
    Dl_info library;
    if (dladdr(&here, &library) != 0 && library.dli_fname != NULL && strchr(library.dli_fname, '/') != NULL) {
        g_autofree char *folder = g_path_get_dirname(library.dli_fname);
        g_autofree char *joined = g_build_filename(folder, ORGFLOW_LIBEXEC_FROM_LIB, PROGRAM_NAME, NULL);
        g_autofree char *program = g_canonicalize_filename(joined, NULL);
        if (g_file_test(program, G_FILE_TEST_IS_EXECUTABLE)) {
            return g_steal_pointer(&program);
        }
    }
    return g_build_filename(ORGFLOW_LIBEXEC, PROGRAM_NAME, NULL);
}

/* What the process may know of our surroundings: where fonts, libraries and temporary files are, and how to run under a
 * sanitizer. What is left out makes Graphviz read other files (GVBINDIR, GV_FILE_PATH, SERVER_NAME, DOTFONTPATH) or draw
 * differently (the locale, FC_LANG, PANGO_LANGUAGE). */
static char **make_environment(void)
{
    static const char *const names[] = {"HOME", "PATH", "TMPDIR", "LD_LIBRARY_PATH", NULL};
    static const char *const prefixes[] = {"XDG_", "FONTCONFIG_", "ASAN_", "UBSAN_", "LSAN_", "GCOV_", NULL};
    GPtrArray *kept = g_ptr_array_new();
    g_auto(GStrv) all = g_get_environ();
    for (char **entry = all; *entry != NULL; entry++) {
        g_autofree char *name = g_strndup(*entry, strcspn(*entry, "="));
        bool keep = g_strv_contains(names, name);
        for (gsize i = 0; prefixes[i] != NULL; i++) {
            keep = keep || g_str_has_prefix(name, prefixes[i]);
        }
        if (keep) {
            g_ptr_array_add(kept, g_strdup(*entry));
        }
    }
    g_ptr_array_add(kept, g_strdup("LC_ALL=C"));
    g_ptr_array_add(kept, NULL);
    return (char **) g_ptr_array_free(kept, FALSE);
}

static void close_fd(int *fd)
{
    if (*fd >= 0) {
        close(*fd);
        *fd = -1;
    }
}

/* In a program that has closed its standard streams a new descriptor can be 0, 1 or 2, and would be run over while the child's
 * own are being set. */
static bool move_off_standard(int *fd)
{
    if (*fd > STDERR_FILENO) {
        return true;
    }
    const int moved = fcntl(*fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    close_fd(fd);
    *fd = moved;
    return moved >= 0;
}

static bool make_channels(int channel[2], int words[2])
{
    return socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, channel) == 0 && pipe2(words, O_CLOEXEC) == 0 &&
           move_off_standard(&channel[0]) && move_off_standard(&channel[1]) && move_off_standard(&words[0]) &&
           move_off_standard(&words[1]) && fcntl(channel[0], F_SETFL, O_NONBLOCK) == 0 && fcntl(words[0], F_SETFL, O_NONBLOCK) == 0;
}

/* Returns 0 or an errno. */
static int spawn(const char *program, gint64 mib, int channel, int words, pid_t *pid)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    g_auto(GStrv) environment = make_environment();
    char *limit = g_strdup_printf("%" G_GINT64_FORMAT, mib);
    char *arguments[] = {(char *) program, limit, NULL};
    int failed = posix_spawn_file_actions_init(&actions);
    if (failed == 0) {
        failed = posix_spawnattr_init(&attributes);
        if (failed == 0) {
            posix_spawn_file_actions_adddup2(&actions, channel, STDIN_FILENO);
            posix_spawn_file_actions_adddup2(&actions, channel, STDOUT_FILENO);
            posix_spawn_file_actions_adddup2(&actions, words, STDERR_FILENO);
            posix_spawnattr_setsigmask(&attributes, &none); /* what we ignore or block is not for the child */
            posix_spawnattr_setsigdefault(&attributes, &all);
            posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
            failed = posix_spawn(pid, program, &actions, &attributes, arguments, environment);
            posix_spawnattr_destroy(&attributes);
        }
        posix_spawn_file_actions_destroy(&actions);
    }
    g_free(limit);
    return failed;
}

OfLayoutProcess *of_layout_process_start(const OfLimits *limits, GError **error)
{
    g_autofree char *program = find_program();
    int channel[2] = {-1, -1}, words[2] = {-1, -1};
    pid_t pid = 0;
    const int failed =
        make_channels(channel, words) ? spawn(program, limits->value[OF_LIMIT_LAYOUT_MIB], channel[1], words[1], &pid) : errno;
    close_fd(&channel[1]);
    close_fd(&words[1]);
    if (failed != 0) {
        close_fd(&channel[0]);
        close_fd(&words[0]);
        g_set_error(error, OF_ERROR, OF_ERROR_ENVIRONMENT, "cannot start the layout process %s: %s", program, g_strerror(failed));
        return NULL;
    }
    OfLayoutProcess *process = g_new0(OfLayoutProcess, 1);
    process->pid = pid;
    process->channel = channel[0];
    process->words = words[0];
    process->said = g_string_new(NULL);
    process->measured = g_hash_table_new_full(g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref, g_free);
    process->ahead = g_hash_table_new_full(g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref, g_free);
    process->limits = *limits;
    return process;
}

void of_layout_process_set_measure(OfLayoutProcess *process, OfMeasureSpan measure, gpointer data)
{
    process->measure = measure;
    process->measure_data = data;
    g_hash_table_remove_all(process->measured);
}

/* 0 where it is not known. */
static OfTextSize measure(OfLayoutProcess *process, GBytes *question, const OfTextSpan *span)
{
    const OfTextSize *known = g_hash_table_lookup(process->measured, question);
    OfTextSize size = {0};
    if (known != NULL) {
        return *known;
    }
    if (process->measure != NULL && !process->measure(span, &size.width, process->measure_data)) {
        size.width = 0;
    }
    g_hash_table_insert(process->measured, g_bytes_ref(question), g_memdup2(&size, sizeof size));
    return size;
}

void of_layout_process_expect(OfLayoutProcess *process, const OfTextSpan *span, double width)
{
    g_autoptr(GBytes) question = of_text_question(span->font, span->size, span->bold, span->italic, span->text);
    if (width <= 0 || !g_hash_table_contains(process->ahead, question)) {
        const OfTextSize size = width > 0 ? (OfTextSize){width} : measure(process, question, span);
        g_hash_table_replace(process->ahead, g_bytes_ref(question), g_memdup2(&size, sizeof size));
    }
}

/* Reads what the process has said by now. Returns false once it cannot say more. */
static bool hear(OfLayoutProcess *process)
{
    char bytes[4096];
    for (gsize heard = 0; heard < READ_AT_ONCE;) { /* bounded, so that no flood of words can hold up the clock */
        const ssize_t n = read(process->words, bytes, sizeof bytes);
        if (n > 0) {
            heard += (gsize) n;
            g_string_append_len(process->said, bytes, n);
            if (process->said->len > MOST_WORDS) {
                g_string_erase(process->said, 0, (gssize) (process->said->len - MOST_WORDS));
            }
        } else if (n == 0 || (errno != EINTR && errno != EAGAIN)) {
            return false;
        } else if (errno == EAGAIN) {
            break;
        }
    }
    return true;
}

/* Waits until the process has closed its standard error, which it does by ending at the latest. */
static void hear_out(OfLayoutProcess *process, gint64 deadline)
{
    while (hear(process)) {
        const gint64 left = deadline - g_get_monotonic_time();
        if (left <= 0) {
            return;
        }
        struct pollfd words = {.fd = process->words, .events = POLLIN};
        poll(&words, 1, (int) (left / 1000) + 1);
    }
}

/* Ends and reaps the process. at_once: with SIGKILL, else it gets time to end by itself. Returns its status as waitpid has it,
 * -1 where somebody else has reaped it. */
static int end_process(OfLayoutProcess *process, bool at_once)
{
    close_fd(&process->channel); /* a live process takes this as its sign to end */
    const gint64 deadline = g_get_monotonic_time() + (at_once ? 0 : GRACE_USEC);
    int status = -1;
    hear_out(process, deadline);
    pid_t reaped = waitpid(process->pid, &status, WNOHANG);
    while ((reaped == 0 || (reaped < 0 && errno == EINTR)) && g_get_monotonic_time() < deadline) {
        g_usleep(1000);
        reaped = waitpid(process->pid, &status, WNOHANG);
    }
    if (reaped == 0) {
        kill(process->pid, SIGKILL);
        do {
            reaped = waitpid(process->pid, &status, 0);
        } while (reaped < 0 && errno == EINTR);
    }
    const int result = reaped == process->pid ? status : -1;
    process->pid = 0;
    close_fd(&process->words);
    return result;
}

void of_layout_process_stop(OfLayoutProcess *process)
{
    if (process == NULL) {
        return;
    }
    if (process->pid != 0) {
        end_process(process, false);
    }
    g_string_free(process->said, TRUE);
    g_hash_table_unref(process->measured);
    g_hash_table_unref(process->ahead);
    g_free(process);
}

/* What the process has said, as the end of a message: ": …" on one line, or nothing. Owned by the caller. */
static char *words_of(OfLayoutProcess *process)
{
    g_autofree char *valid = g_utf8_make_valid(process->said->str, (gssize) process->said->len);
    g_strstrip(valid);
    GString *line = g_string_new(NULL);
    for (const char *c = valid; *c != '\0'; c = g_utf8_next_char(c)) {
        const gunichar letter = g_utf8_get_char(c);
        if (letter == '\n') {
            g_string_append(line, "; ");
        } else {
            g_string_append_unichar(line, g_unichar_iscntrl(letter) ? ' ' : letter);
        }
    }
    g_string_prepend(line, line->len > 0 ? ": " : "");
    return g_string_free(line, FALSE);
}

/* One request and its answer, as far as they have got. */
typedef struct {
    const GByteArray *message;
    gsize sent; /* of it */
    OfLayoutAnswer answer;
    gsize header_got, body_got, body_room;
    char *body;
    gint64 deadline; /* monotonic */
} Exchange;

typedef enum { GOING_ON, ANSWERED, LATE, STOPPED, ENDED, GARBLED, NO_MEMORY } Outcome;

/* Between two words about progress, milliseconds. */
#define TURN_MSEC 200

static bool all_sent(const Exchange *exchange)
{
    return exchange->sent == exchange->message->len;
}

static Outcome send_some(const OfLayoutProcess *process, Exchange *exchange)
{
    const ssize_t n =
        send(process->channel, exchange->message->data + exchange->sent, exchange->message->len - exchange->sent, MSG_NOSIGNAL);
    if (n < 0) {
        return errno == EAGAIN || errno == EINTR ? GOING_ON : ENDED;
    }
    exchange->sent += (gsize) n;
    return GOING_ON;
}

static Outcome judge_header(const OfLayoutProcess *process, const OfLayoutAnswer *answer)
{
    const guint64 most = (guint64) process->limits.value[OF_LIMIT_LAYOUT_MIB]; /* what it sends has stood in its memory */
    const bool sense = answer->magic == OF_LAYOUT_ANSWER_MAGIC && answer->status <= OF_LAYOUT_ASKS && answer->length > 0 &&
                       answer->length >> 20 <= most && answer->length < G_MAXSIZE;
    return sense ? GOING_ON : GARBLED;
}

/* Sends the few bytes that the process waits for, in as many pieces as it takes. */
static Outcome send_whole(const OfLayoutProcess *process, const void *bytes, gsize length)
{
    for (gsize sent = 0; sent < length;) {
        const ssize_t n = send(process->channel, (const char *) bytes + sent, length - sent, MSG_NOSIGNAL);
        if (n < 0 && errno != EINTR) {
            return ENDED; /* and where there is no room for them, for nobody reads */
        }
        sent += n > 0 ? (gsize) n : 0;
    }
    return GOING_ON;
}

/* Tells the process how large a text is, and waits for its next message. It waits for nothing else, so that the answer finds room. */
static Outcome answer_question(OfLayoutProcess *process, Exchange *exchange)
{
    const gsize fixed = sizeof(OfTextQuestion) - sizeof(OfLayoutAnswer);
    OfTextQuestion question;
    if (exchange->body_got <= fixed || exchange->body[exchange->body_got - 1] != '\0') {
        return GARBLED;
    }
    memcpy((char *) &question + sizeof question.answer, exchange->body, fixed);
    const char *names = exchange->body + fixed;
    if (question.text_at == 0 || question.text_at >= exchange->body_got - fixed || names[question.text_at - 1] != '\0') {
        return GARBLED;
    }
    const OfTextSpan span = {names, names + question.text_at, question.size, question.bold != 0, question.italic != 0};
    g_autoptr(GBytes) whole = of_text_question(span.font, span.size, span.bold, span.italic, span.text);
    const OfTextSize size = measure(process, whole, &span);
    exchange->header_got = exchange->body_got = 0;
    return send_whole(process, &size, sizeof size);
}

static Outcome receive_some(OfLayoutProcess *process, Exchange *exchange)
{
    const bool in_header = exchange->header_got < sizeof exchange->answer;
    if (!in_header && exchange->body_got == exchange->body_room) { /* room grows with what comes: the length is only a claim */
        exchange->body_room = MIN((gsize) exchange->answer.length, MAX(exchange->body_room * 2, READ_AT_ONCE));
        char *larger = g_try_realloc(exchange->body, exchange->body_room);
        if (larger == NULL) {
            return NO_MEMORY;
        }
        exchange->body = larger;
    }
    char *into = in_header ? (char *) &exchange->answer + exchange->header_got : exchange->body + exchange->body_got;
    const gsize room = in_header ? sizeof exchange->answer - exchange->header_got : exchange->body_room - exchange->body_got;
    const ssize_t n = recv(process->channel, into, room, 0);
    if (n <= 0) {
        return n < 0 && (errno == EAGAIN || errno == EINTR) ? GOING_ON : ENDED;
    }
    if (in_header) {
        exchange->header_got += (gsize) n;
        return exchange->header_got == sizeof exchange->answer ? judge_header(process, &exchange->answer) : GOING_ON;
    }
    exchange->body_got += (gsize) n;
    if (exchange->body_got < exchange->answer.length) {
        return GOING_ON;
    }
    return exchange->answer.status == OF_LAYOUT_ASKS ? answer_question(process, exchange) : ANSWERED;
}

/* Waits for the next thing to happen and takes it in. */
static Outcome go_on(OfLayoutProcess *process, Exchange *exchange, bool *hearing)
{
    const gint64 left = exchange->deadline - g_get_monotonic_time();
    if (left <= 0) {
        return LATE;
    }
    if (!of_progress_tell("laying out", -1)) {
        return STOPPED;
    }
    struct pollfd fds[] = {{.fd = process->channel, .events = (short) (POLLIN | (all_sent(exchange) ? 0 : POLLOUT))},
                           {.fd = *hearing ? process->words : -1, .events = POLLIN}};
    if (poll(fds, G_N_ELEMENTS(fds), (int) MIN(left / 1000 + 1, TURN_MSEC)) < 0) {
        return errno == EINTR ? GOING_ON : ENDED;
    }
    if (fds[1].revents != 0) {
        *hearing = hear(process);
    }
    Outcome outcome = GOING_ON;
    if ((fds[0].revents & POLLIN) != 0) { /* before sending: what is refused may have been explained */
        outcome = receive_some(process, exchange);
        if (outcome == GOING_ON && exchange->header_got == sizeof exchange->answer && exchange->body_got == 0) {
            outcome = receive_some(process, exchange); /* as a rule the rest is there */
        }
    } else if ((fds[0].revents & (POLLHUP | POLLERR | POLLNVAL)) != 0) {
        outcome = ENDED;
    }
    if (outcome == GOING_ON && (fds[0].revents & POLLOUT) != 0 && !all_sent(exchange)) {
        outcome = send_some(process, exchange);
    }
    return outcome;
}

static void set_ended_error(OfLayoutProcess *process, GError **error)
{
    const int status = end_process(process, false);
    g_autofree char *words = words_of(process);
    if (status != -1 && WIFEXITED(status) && WEXITSTATUS(status) == OF_LAYOUT_EXIT_MEMORY) {
        g_set_error(error, OF_ERROR, OF_ERROR_LIMIT, "layout needed more than %" G_GINT64_FORMAT " MiB of memory (limit %s)",
                    process->limits.value[OF_LIMIT_LAYOUT_MIB], of_limit_info(OF_LIMIT_LAYOUT_MIB)->name);
    } else if (status == -1) {
        g_set_error(error, OF_ERROR, OF_ERROR_ENVIRONMENT, "the layout process ended%s", words);
    } else {
        g_set_error(error, OF_ERROR, OF_ERROR_ENVIRONMENT, "the layout process ended with %s %d%s",
                    WIFSIGNALED(status) ? "signal" : "status", WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status), words);
    }
}

/* Takes the outcome apart: the drawing, or error. After anything but an answer the process is gone. */
static GBytes *conclude(OfLayoutProcess *process, Exchange *exchange, Outcome outcome, GError **error)
{
    if (outcome == ANSWERED) {
        hear(process); /* said before the answer was sent, so it is here */
        g_autofree char *words = words_of(process);
        g_string_truncate(process->said, 0);
        if (exchange->answer.status == OF_LAYOUT_DRAWN) {
            return g_bytes_new_take(g_steal_pointer(&exchange->body), exchange->body_got);
        }
        g_autofree char *step = g_utf8_make_valid(exchange->body, (gssize) MIN(exchange->body_got, MOST_WORDS));
        g_set_error(error, OF_ERROR, OF_ERROR_ENVIRONMENT, "Graphviz: %s%s", step, words);
    } else if (outcome == LATE) {
        end_process(process, true);
        g_set_error(error, OF_ERROR, OF_ERROR_LIMIT, "layout took longer than %" G_GINT64_FORMAT " s (limit %s)",
                    process->limits.value[OF_LIMIT_LAYOUT_SECONDS], of_limit_info(OF_LIMIT_LAYOUT_SECONDS)->name);
    } else if (outcome == STOPPED) {
        end_process(process, true);
        g_set_error_literal(error, OF_ERROR, OF_ERROR_STOPPED, "stopped");
    } else if (outcome == ENDED) {
        set_ended_error(process, error);
    } else {
        end_process(process, true);
        g_set_error_literal(error, OF_ERROR, OF_ERROR_ENVIRONMENT,
                            outcome == GARBLED ? "the layout process gave an answer that makes no sense"
                                               : "out of memory for a drawing");
    }
    return NULL;
}

static gint64 deadline_of(const OfLimits *limits)
{
    const gint64 now = g_get_monotonic_time();
    const gint64 seconds = limits->value[OF_LIMIT_LAYOUT_SECONDS];
    return seconds < (G_MAXINT64 - now) / G_USEC_PER_SEC ? now + seconds * G_USEC_PER_SEC : G_MAXINT64;
}

/* With the same texts as in DOT: what is drawn and what is exported are alike. */
static GBytes *write_to_wire(Agraph_t *graph)
{
    of_graph_make_writable(graph);
    return of_wire_write(graph);
}

/* In any order: what is read is a table. */
static void append_ahead(GByteArray *message, GHashTable *ahead)
{
    GHashTableIter iter;
    gpointer question, size;
    g_hash_table_iter_init(&iter, ahead);
    while (g_hash_table_iter_next(&iter, &question, &size)) {
        gsize length = 0;
        const guint8 *bytes = g_bytes_get_data(question, &length);
        g_byte_array_append(message, bytes, (guint) length);
        g_byte_array_append(message, size, sizeof(OfTextSize));
    }
    g_hash_table_remove_all(ahead);
}

/* The request, what is known ahead, and the graph. */
static GByteArray *write_message(OfLayoutProcess *process, const char *engine, const char *format, GBytes *graph)
{
    gsize length = 0;
    const guint8 *bytes = g_bytes_get_data(graph, &length);
    OfLayoutRequest request = {.magic = OF_LAYOUT_REQUEST_MAGIC, .length = length};
    g_strlcpy(request.engine, engine, sizeof request.engine);
    g_strlcpy(request.format, format, sizeof request.format);
    GByteArray *message = g_byte_array_new();
    g_byte_array_set_size(message, sizeof request);
    append_ahead(message, process->ahead);
    request.known = message->len - sizeof request;
    memcpy(message->data, &request, sizeof request);
    g_byte_array_append(message, bytes, (guint) length);
    return message;
}

GBytes *of_layout_process_run(OfLayoutProcess *process, Agraph_t *graph, const char *engine, const char *format, GError **error)
{
    if (process->pid == 0) {
        g_set_error_literal(error, OF_ERROR, OF_ERROR_ENVIRONMENT, "the layout process has ended before");
        return NULL;
    }
    const bool listed = g_strv_contains(of_layout_listings(), format);
    if (!g_strv_contains(of_layout_engines(), engine) || (!listed && !g_strv_contains(of_layout_formats(), format))) {
        g_set_error(error, OF_ERROR, OF_ERROR_ENVIRONMENT, "no layout engine or format called %s, %s", engine, format);
        return NULL;
    }
    of_cgraph_lock();
    g_autoptr(GBytes) written = listed ? write_to_wire(graph) : of_graph_write(graph, error);
    of_cgraph_unlock();
    if (written == NULL) {
        return NULL;
    }
    g_autoptr(GByteArray) message = write_message(process, engine, format, written);
    Exchange exchange = {.message = message, .deadline = deadline_of(&process->limits)};
    bool hearing = true;
    Outcome outcome = GOING_ON;
    while (outcome == GOING_ON) {
        outcome = go_on(process, &exchange, &hearing);
    }
    GBytes *drawing = conclude(process, &exchange, outcome, error);
    g_free(exchange.body);
    return drawing;
}
