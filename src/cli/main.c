#include "cli/command.h"
#include "program/allocator.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Takes standard descriptors that were closed from the start, so that no file opened later gets them: in the wrong direction, so that reading and
 * writing them fails as on what is closed. */
static void occupy_standard_descriptors(void)
{
    for (int fd = 0; fd <= 2; fd++) {
        if (fcntl(fd, F_GETFD) >= 0 || errno != EBADF) {
            continue;
        }
        if (open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) < 0) { /* the lowest free descriptor is fd */
            _exit(ORGFLOW_ENVIRONMENT);
        }
    }
}

int write_stdout(const void *bytes, size_t length)
{
    const char *rest = bytes;
    while (length > 0) {
        const ssize_t n = write(STDOUT_FILENO, rest, length);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n < 0 && errno == EAGAIN) { /* who shares the descriptor may have set it not to block */
            struct pollfd ready = {.fd = STDOUT_FILENO, .events = POLLOUT};
            poll(&ready, 1, -1);
            continue;
        }
        if (n < 0) {
            break;
        }
        rest += n;
        length -= (size_t) n;
    }
    if (length > 0) {
        say_error("cannot write standard output: %s", g_strerror(errno));
        return ORGFLOW_ENVIRONMENT;
    }
    return ORGFLOW_OK;
}

char *escape_controls(const char *text)
{
    GString *shown = g_string_new(NULL);
    for (const char *at = text; *at != '\0';) {
        const gunichar letter = g_utf8_get_char_validated(at, -1);
        const bool valid = letter != (gunichar) -1 && letter != (gunichar) -2;
        const gsize length = valid ? (gsize) (g_utf8_next_char(at) - at) : 1;
        if (valid && !g_unichar_iscntrl(letter)) {
            g_string_append_len(shown, at, (gssize) length);
        } else {
            for (gsize i = 0; i < length; i++) {
                g_string_append_printf(shown, "\\x%02X", (guint8) at[i]);
            }
        }
        at += length;
    }
    return g_string_free(shown, FALSE);
}

static void say(const char *prefix, const char *format, va_list arguments)
{
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    g_autofree char *shown = escape_controls(text);
    fprintf(stderr, "%s%s\n", prefix, shown);
}

void say_error(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    say("orgflow: ", format, arguments);
    va_end(arguments);
}

void say_note(const Request *request, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    if (!request->quiet) {
        say("", format, arguments);
    }
    va_end(arguments);
}

const Command *command_find(const char *name)
{
    for (const Command *command = commands; command->name != NULL; command++) {
        if (strcmp(command->name, name) == 0) {
            return command;
        }
    }
    return NULL;
}

static bool asks_for(const char *argument, const char *brief, const char *full)
{
    return strcmp(argument, brief) == 0 || strcmp(argument, full) == 0;
}

static int show_help(const Command *command)
{
    g_autofree char *text = help_text(command);
    return write_stdout(text, strlen(text));
}

/* An end like others, where GLib and other libraries would end the program with a signal. Nothing is allocated. */
void of_allocator_refused(void)
{
    static const char words[] = "orgflow: out of memory\n";
    (void) !write(STDERR_FILENO, words, sizeof words - 1); /* there is nothing to do where it cannot be said */
    _exit(ORGFLOW_ENVIRONMENT);
}

/* GLib's only errors of this level are about memory; they come here where nobody else has been asked for it. */
static void end_out_of_memory(const gchar *domain, GLogLevelFlags level, const gchar *message, gpointer data G_GNUC_UNUSED)
{
    if ((level & G_LOG_LEVEL_ERROR) != 0) {
        of_allocator_refused();
    }
    g_log_default_handler(domain, level, message, NULL);
}

int main(int argc, char **argv)
{
    of_allocator_keep();
    g_log_set_default_handler(end_out_of_memory, NULL);
    occupy_standard_descriptors();
    signal(SIGPIPE, SIG_IGN); /* a closed pipe and a file that may not grow are errors like others: status 5 */
    signal(SIGXFSZ, SIG_IGN);
    if (argc < 2) {
        g_autofree char *text = help_text(NULL);
        fputs(text, stderr);
        return ORGFLOW_USAGE;
    }
    if (asks_for(argv[1], "-h", "--help")) {
        return show_help(NULL);
    }
    if (asks_for(argv[1], "-V", "--version")) {
        return run_version(1, argv + 1);
    }
    const Command *command = command_find(argv[1]);
    if (command == NULL) {
        say_error("there is no command `%s` (see `orgflow help`)", argv[1]);
        return ORGFLOW_USAGE;
    }
    for (int i = 2; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (asks_for(argv[i], "-h", "--help")) {
            return show_help(command);
        }
        if (asks_for(argv[i], "-V", "--version")) {
            return run_version(1, argv + 1);
        }
    }
    return command->run(argc - 1, argv + 1);
}
