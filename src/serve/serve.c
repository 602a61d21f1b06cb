#include "serve/serve.h"

#include <glib-unix.h>

#include "serve/saves.h"
#include "serve/server.h"
#include "serve/soup.h"

typedef struct {
    GMainLoop *loop;
    OfServer *server;
    OfDrawings *drawings;
    int signal;
} Serving;

typedef struct {
    Serving *serving;
    int number;
    guint source;
} Ending;

static gboolean end(gpointer data)
{
    Ending *ending = data;
    ending->serving->signal = ending->number;
    g_main_loop_quit(ending->serving->loop);
    return G_SOURCE_CONTINUE;
}

static void tell_change(void *data)
{
    Serving *serving = data;
    if (serving->server != NULL) {
        of_server_update(serving->server);
    }
}

static void read_again(void *data)
{
    of_drawings_saved(((Serving *) data)->drawings);
}

static void run_until_signal(const OfServeTask *task, Serving *serving)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
    Ending endings[G_N_ELEMENTS(numbers)];
    for (gsize i = 0; i < G_N_ELEMENTS(numbers); i++) {
        endings[i] = (Ending){.serving = serving, .number = numbers[i]};
        endings[i].source = g_unix_signal_add(numbers[i], end, &endings[i]);
    }
    OfSaves *saves = of_saves_new(task->paths, read_again, serving);
    of_drawings_saved(serving->drawings); /* who saved between the first reading and now was not heard */
    task->opened(of_server_address(serving->server), task->data);
    g_main_loop_run(serving->loop);
    of_saves_free(saves);
    for (gsize i = 0; i < G_N_ELEMENTS(numbers); i++) {
        g_source_remove(endings[i].source); /* a second one ends it at once */
    }
}

OrgflowStatus of_serve(const OfServeTask *task, int *signal, char **message)
{
    Serving serving = {.loop = NULL};
    OrgflowStatus status = ORGFLOW_ENVIRONMENT;
    *signal = 0;
    if (!of_soup_load(message)) {
        return status;
    }
    serving.drawings = of_drawings_new(task, tell_change, &serving, &status, message);
    if (serving.drawings != NULL) {
        serving.server = of_server_new(serving.drawings, task->port, message);
        status = serving.server != NULL ? ORGFLOW_OK : ORGFLOW_ENVIRONMENT;
    }
    if (status == ORGFLOW_OK) {
        serving.loop = g_main_loop_new(NULL, FALSE);
        run_until_signal(task, &serving);
        g_main_loop_unref(serving.loop);
        *signal = serving.signal;
    }
    of_server_free(serving.server);
    serving.server = NULL;
    of_drawings_free(serving.drawings);
    return status;
}
