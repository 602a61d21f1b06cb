#include "serve/serve.h"

#include <glib-unix.h>

#include "serve/saves.h"
#include "serve/server.h"
#include "serve/soup.h"

typedef struct {
    GMainLoop *loop;
    OfServer *server;
    OfDrawings *drawings;
} Serving;

static gboolean end(gpointer loop)
{
    g_main_loop_quit(loop);
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
    guint sources[G_N_ELEMENTS(numbers)];
    serving->loop = g_main_loop_new(NULL, FALSE);
    for (gsize i = 0; i < G_N_ELEMENTS(numbers); i++) {
        sources[i] = g_unix_signal_add(numbers[i], end, serving->loop);
    }
    OfSaves *saves = of_saves_new(task->paths, task->theme, read_again, serving);
    of_drawings_saved(serving->drawings); /* who saved between the first reading and now was not heard */
    task->opened(of_server_address(serving->server), task->data);
    g_main_loop_run(serving->loop);
    of_saves_free(saves);
    for (gsize i = 0; i < G_N_ELEMENTS(numbers); i++) {
        g_source_remove(sources[i]); /* a second one ends the program at once */
    }
    g_main_loop_unref(serving->loop);
}

OrgflowStatus of_serve(const OfServeTask *task, char **message)
{
    Serving serving = {.loop = NULL};
    OrgflowStatus status = ORGFLOW_ENVIRONMENT;
    if (!of_soup_load(message)) {
        return status;
    }
    serving.drawings = of_drawings_new(task, tell_change, &serving, &status, message);
    if (serving.drawings != NULL) {
        serving.server = of_server_new(serving.drawings, task->port, message);
        status = serving.server != NULL ? ORGFLOW_OK : ORGFLOW_ENVIRONMENT;
    }
    if (status == ORGFLOW_OK) {
        run_until_signal(task, &serving);
    }
    of_server_free(serving.server);
    serving.server = NULL;
    of_drawings_free(serving.drawings);
    return status;
}
