/* How far work has got, on a terminal. */
#include "cli/command.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define SILENCE_USEC (2 * G_USEC_PER_SEC) /* before the first line */
#define PAUSE_USEC   (G_USEC_PER_SEC / 10)

static const char erase_line[] = "\r\033[K";

static volatile sig_atomic_t shown = 0;
static gint64 began = 0, last = 0; /* of the monotonic clock */

static void erase(void)
{
    (void) !write(STDERR_FILENO, erase_line, sizeof erase_line - 1); /* a terminal that is gone shows nothing anyway */
}

/* What ends the program takes the line along, and ends it as it would have. */
static void end_by_signal(int number)
{
    if (shown) {
        erase();
    }
    raise(number); /* SA_RESETHAND: now it has its default effect, once this returns */
}

static void watch_signals(void)
{
    static const int ends[] = {SIGINT, SIGTERM, SIGHUP};
    for (gsize i = 0; i < G_N_ELEMENTS(ends); i++) {
        struct sigaction action = {.sa_handler = end_by_signal, .sa_flags = (int) SA_RESETHAND}, before;
        sigemptyset(&action.sa_mask);
        if (sigaction(ends[i], NULL, &before) == 0 && before.sa_handler == SIG_DFL) {
            sigaction(ends[i], &action, NULL);
        }
    }
}

bool show_progress(const char *stage, double share, void *request)
{
    const gint64 now = g_get_monotonic_time();
    began = began == 0 ? now : began;
    if (((const Request *) request)->quiet || now - began < SILENCE_USEC || now - last < PAUSE_USEC || !isatty(STDERR_FILENO) ||
        g_strcmp0(g_getenv("TERM"), "dumb") == 0) {
        return true;
    }
    if (last == 0) {
        watch_signals();
    }
    last = now;
    g_autofree char *percent = share >= 0 ? g_strdup_printf(" %d %%", (int) (MIN(share, 1) * 100)) : g_strdup("");
    g_autofree char *line = g_strdup_printf("%s%s%s …", erase_line, stage, percent);
    shown = 1;
    (void) !write(STDERR_FILENO, line, strlen(line));
    return true;
}

void hide_progress(void)
{
    if (shown) {
        erase();
        shown = 0;
    }
}
