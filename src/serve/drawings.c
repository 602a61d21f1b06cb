#include "serve/drawings.h"

#include <string.h>

#include "serve/reading.h"

/* Digits of a drawing's checksum that tell it from others. */
#define DRAWING_DIGITS 16

typedef struct {
    char *name;
    GBytes *bytes;       /* the last good drawing, or NULL */
    OrgflowJob *job;     /* that has drawn it, from … */
    OfReading *of;       /* … this */
    char *drawing;       /* its name */
    char *tried;         /* key of the reading that was drawn last, well or not; or NULL */
    char *failure;       /* why not, or NULL */
    guint64 wanted;      /* not 0: to be drawn, the least number first */
    OfProblems problems; /* of the theme; json NULL: none */
} View;

/* One drawing in the making: written by the drawer, but for stop. */
typedef struct {
    OfDrawings *drawings;
    OfReading *reading;
    OrgflowJob *job;
    char *view;
    gint stop; /* atomic */
    OrgflowStatus status;
    GBytes *bytes;
    char *failure;
    OfProblems problems;
} Draw;

struct OfDrawings {
    const OfServeTask *task;
    void (*changed)(void *data);
    void *data;
    GPtrArray *names;  /* of char *: the views of the last good data */
    GHashTable *views; /* name -> View */
    guint64 n_wanted;
    OfReading *reading;           /* the newest */
    GThreadPool *reader, *drawer; /* a thread each */
    bool is_reading, saved;       /* saved: since reading began */
    Draw *draw;                   /* under way, or NULL */
    bool gave_up;                 /* the last one */
    char *told;
};

static void free_view(gpointer data)
{
    View *view = data;
    g_free(view->name);
    g_clear_pointer(&view->bytes, g_bytes_unref);
    orgflow_job_free(view->job);
    of_reading_unref(view->of);
    g_free(view->drawing);
    g_free(view->tried);
    g_free(view->failure);
    if (view->problems.json != NULL) {
        of_problems_clear(&view->problems);
    }
    g_free(view);
}

static View *get_view(OfDrawings *drawings, const char *name)
{
    View *view = g_hash_table_lookup(drawings->views, name);
    if (view == NULL) {
        view = g_new0(View, 1);
        view->name = g_strdup(name);
        g_hash_table_insert(drawings->views, view->name, view);
    }
    return view;
}

static bool is_named(const OfDrawings *drawings, const char *name)
{
    return name != NULL && g_ptr_array_find_with_equal_func(drawings->names, name, g_str_equal, NULL);
}

static bool is_due(const OfDrawings *drawings, const View *view)
{
    return drawings->reading->key != NULL && g_strcmp0(view->tried, drawings->reading->key) != 0;
}

static bool is_broken(const OfDrawings *drawings, const View *view)
{
    return drawings->reading->key == NULL || (!is_due(drawings, view) && view->failure != NULL);
}

/* ---- Drawing: in the drawer's thread ---- */

static bool goes_on(const char *stage G_GNUC_UNUSED, double share G_GNUC_UNUSED, void *data)
{
    return g_atomic_int_get(&((Draw *) data)->stop) == 0;
}

static OrgflowStatus set_theme(OrgflowJob *job, const OfServeTask *task, const OfReading *reading, OfProblems *problems,
                               char **message)
{
    OrgflowInputs *inputs = orgflow_inputs_new();
    OrgflowStory *found = NULL;
    gsize length = 0;
    const void *bytes = g_bytes_get_data(reading->theme, &length);
    orgflow_inputs_add_memory(inputs, task->theme, bytes, length);
    const OrgflowStatus status = orgflow_job_read_theme(job, inputs, &found, message);
    if (found != NULL) {
        of_problems_add(problems, task, found);
    }
    orgflow_story_free(found);
    orgflow_inputs_free(inputs);
    return status;
}

/* Sets all that was asked for. view may be NULL: none. */
static OrgflowStatus prepare(OrgflowJob *job, const OfDrawings *drawings, const char *view, char **message)
{
    const OfServeTask *task = drawings->task;
    OrgflowStatus status = orgflow_job_set_format(job, "html", message);
    for (const char *const *option = task->options; *option != NULL && status == ORGFLOW_OK; option += 2) {
        status = orgflow_job_set_option(job, option[0], option[1], message);
    }
    return status == ORGFLOW_OK && view != NULL ? orgflow_job_add_view(job, view, message) : status;
}

static OrgflowStatus run(Draw *draw, char **message)
{
    OrgflowJob *job = draw->job;
    const OfDrawings *drawings = draw->drawings;
    OrgflowStatus status = prepare(job, drawings, draw->view, message);
    if (status == ORGFLOW_OK && draw->reading->theme != NULL) {
        status = set_theme(job, drawings->task, draw->reading, &draw->problems, message);
    }
    orgflow_job_set_progress(job, goes_on, draw);
    return status == ORGFLOW_OK ? orgflow_job_run(job, message) : status;
}

static gboolean finish_draw(gpointer data);

static void draw_view(gpointer data, gpointer user_data G_GNUC_UNUSED)
{
    Draw *draw = data;
    OrgflowArtefact artefact;
    char *message = NULL;
    of_problems_init(&draw->problems);
    draw->status = run(draw, &message);
    if (draw->status == ORGFLOW_OK && orgflow_job_artefact(draw->job, 0, &artefact)) {
        draw->bytes = g_bytes_new(artefact.bytes, artefact.length);
    } else if (message != NULL) {
        g_free(draw->failure);
        draw->failure = of_message_take(message);
    }
    g_idle_add_full(G_PRIORITY_DEFAULT, finish_draw, draw, NULL);
}

/* ---- What comes next: in the main loop ---- */

static void go_on(OfDrawings *drawings);

/* What there is to say on the terminal now, where it is not what was said last. */
static void tell(OfDrawings *drawings)
{
    const OfReading *reading = drawings->reading;
    g_autoptr(GString) text = g_string_new(reading->problems.terminal->str);
    if (reading->failure != NULL) {
        g_string_append_printf(text, "orgflow: %s\n", reading->failure);
    }
    for (guint i = 0; i < drawings->names->len; i++) {
        const View *view = g_hash_table_lookup(drawings->views, drawings->names->pdata[i]);
        if (view == NULL || is_due(drawings, view) || reading->key == NULL) {
            continue;
        }
        g_string_append(text, view->problems.json != NULL ? view->problems.terminal->str : "");
        if (view->failure != NULL) {
            g_string_append_printf(text, "orgflow: %s: %s\n", view->name, view->failure);
        }
    }
    if (strcmp(text->str, drawings->told) != 0) {
        g_free(drawings->told);
        drawings->told = g_strdup(text->str);
        drawings->task->told(text->str, drawings->task->data);
    }
}

static void free_draw(Draw *draw)
{
    orgflow_job_free(draw->job);
    of_reading_unref(draw->reading);
    g_free(draw->view);
    g_clear_pointer(&draw->bytes, g_bytes_unref);
    g_free(draw->failure);
    if (draw->problems.json != NULL) {
        of_problems_clear(&draw->problems);
    }
    g_free(draw);
}

/* Takes over what was drawn; a failure leaves the last good drawing. */
static void take_draw(View *view, Draw *draw)
{
    g_free(view->tried);
    view->tried = g_strdup(draw->reading->key);
    g_free(view->failure);
    view->failure = draw->bytes != NULL ? NULL : g_strdup(draw->failure != NULL ? draw->failure : "the theme cannot be read");
    if (view->problems.json != NULL) {
        of_problems_clear(&view->problems);
    }
    view->problems = draw->problems;
    draw->problems = (OfProblems){.json = NULL};
    if (draw->bytes != NULL) {
        g_clear_pointer(&view->bytes, g_bytes_unref);
        view->bytes = g_steal_pointer(&draw->bytes);
        orgflow_job_free(view->job);
        of_reading_unref(view->of);
        view->job = g_steal_pointer(&draw->job);
        view->of = of_reading_ref(draw->reading);
        g_free(view->drawing);
        view->drawing = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, view->bytes);
        view->drawing[DRAWING_DIGITS] = '\0';
    }
}

static gboolean finish_draw(gpointer data)
{
    Draw *draw = data;
    OfDrawings *drawings = draw->drawings;
    drawings->draw = NULL;
    drawings->gave_up = draw->status == ORGFLOW_STOPPED;
    if (!drawings->gave_up && is_named(drawings, draw->view)) {
        take_draw(get_view(drawings, draw->view), draw);
    }
    free_draw(draw);
    tell(drawings);
    drawings->changed(drawings->data); /* who still looks at a view that is due asks for it again */
    go_on(drawings);
    return G_SOURCE_REMOVE;
}

static void start_draw(OfDrawings *drawings)
{
    GHashTableIter iter;
    gpointer value;
    View *next = NULL;
    g_hash_table_iter_init(&iter, drawings->views);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        View *view = value;
        if (view->wanted != 0 && (next == NULL || view->wanted < next->wanted)) {
            next = view;
        }
    }
    if (next != NULL) {
        next->wanted = 0;
        if (!is_due(drawings, next)) {
            start_draw(drawings);
            return;
        }
        drawings->draw = g_new0(Draw, 1);
        drawings->draw->drawings = drawings;
        drawings->draw->reading = of_reading_ref(drawings->reading);
        drawings->draw->view = g_strdup(next->name);
        drawings->draw->job = orgflow_job_new(drawings->reading->story);
        orgflow_job_start_from(drawings->draw->job, next->job);
        g_thread_pool_push(drawings->drawer, drawings->draw, NULL);
    }
}

/* The names of the views that the data has, or that were asked for. */
static void list_views(OfDrawings *drawings)
{
    g_ptr_array_set_size(drawings->names, 0);
    const char *name = NULL;
    for (size_t i = 0; drawings->task->views == NULL && (name = orgflow_story_view(drawings->reading->story, i)) != NULL; i++) {
        g_ptr_array_add(drawings->names, g_strdup(name));
    }
    for (const char *const *view = drawings->task->views; view != NULL && *view != NULL; view++) {
        if (!is_named(drawings, *view)) {
            g_ptr_array_add(drawings->names, g_strdup(*view));
        }
    }
    if (drawings->names->len == 0) {
        g_ptr_array_add(drawings->names, g_strdup("storyline"));
    }
}

static gboolean is_left_out(gpointer name, gpointer value G_GNUC_UNUSED, gpointer data)
{
    return !is_named(data, name);
}

/* Takes over what was read. A drawing under way that is out of date is given up, but never two of them one after another: so there is
 * one to see, however often the data is saved. */
static void take_reading(OfDrawings *drawings, OfReading *reading)
{
    of_reading_unref(drawings->reading);
    drawings->reading = reading;
    if (reading->key != NULL) {
        list_views(drawings);
        g_hash_table_foreach_remove(drawings->views, is_left_out, drawings);
    }
    Draw *draw = drawings->draw;
    if (draw != NULL && reading->key != NULL && strcmp(draw->reading->key, reading->key) != 0 && !drawings->gave_up) {
        g_atomic_int_set(&draw->stop, 1);
    }
}

typedef struct {
    OfDrawings *drawings;
    OfReading *reading;
} Read;

static gboolean finish_read(gpointer data)
{
    Read *read = data;
    OfDrawings *drawings = read->drawings;
    drawings->is_reading = false;
    take_reading(drawings, read->reading);
    g_free(read);
    tell(drawings);
    drawings->changed(drawings->data);
    go_on(drawings);
    return G_SOURCE_REMOVE;
}

static void read_inputs(gpointer data, gpointer user_data G_GNUC_UNUSED)
{
    Read *read = data;
    read->reading = of_reading_new(read->drawings->task);
    g_idle_add_full(G_PRIORITY_DEFAULT, finish_read, read, NULL);
}

static void go_on(OfDrawings *drawings)
{
    if (drawings->saved && !drawings->is_reading) {
        drawings->saved = false;
        drawings->is_reading = true;
        Read *read = g_new0(Read, 1);
        read->drawings = drawings;
        g_thread_pool_push(drawings->reader, read, NULL);
    }
    if (drawings->draw == NULL) {
        start_draw(drawings);
    }
}

void of_drawings_saved(OfDrawings *drawings)
{
    drawings->saved = true;
    go_on(drawings);
}

/* ---- What is asked ---- */

static void want(OfDrawings *drawings, View *view)
{
    const bool under_way = drawings->draw != NULL && strcmp(drawings->draw->view, view->name) == 0 &&
                           g_strcmp0(drawings->draw->reading->key, drawings->reading->key) == 0;
    if (view->wanted == 0 && is_due(drawings, view) && !under_way) {
        view->wanted = ++drawings->n_wanted;
        go_on(drawings);
    }
}

static void append_text(GString *json, const char *name, const char *text)
{
    g_string_append_printf(json, ",\"%s\":", name);
    of_json_append(json, text);
}

static void append_problems(GString *json, const OfProblems *problems, const OfProblems *more)
{
    const bool both = more->json != NULL && more->json->len > 0;
    const guint n_errors = problems->n_errors + more->n_errors, n_warnings = problems->n_warnings + more->n_warnings;
    g_string_append_printf(json, ",\"errors\":%u,\"warnings\":%u,\"unlisted\":%u,\"problems\":[%s%s%s]", n_errors, n_warnings,
                           n_errors + n_warnings - problems->n_listed - more->n_listed, problems->json->str,
                           both && problems->json->len > 0 ? "," : "", both ? more->json->str : "");
}

char *of_drawings_look(OfDrawings *drawings, const char *wanted)
{
    static const OfProblems no_problems = {.json = NULL};
    const OfReading *reading = drawings->reading;
    const char *name = is_named(drawings, wanted) ? wanted : drawings->names->len > 0 ? drawings->names->pdata[0] : NULL;
    View *view = name != NULL ? get_view(drawings, name) : NULL;
    if (view != NULL) {
        want(drawings, view);
    }
    const bool broken = view == NULL || is_broken(drawings, view);
    GString *json = g_string_new("{\"name\":");
    of_json_append(json, reading->story != NULL ? orgflow_story_name(reading->story) : NULL);
    g_string_append(json, ",\"views\":[");
    for (guint i = 0; i < drawings->names->len; i++) {
        g_string_append(json, i > 0 ? "," : "");
        of_json_append(json, drawings->names->pdata[i]);
    }
    g_string_append_c(json, ']');
    append_text(json, "view", name);
    append_text(json, "drawing", view != NULL ? view->drawing : NULL);
    append_text(json, "phase", broken ? "broken" : is_due(drawings, view) ? "drawing" : "current");
    append_text(json, "failure",
                reading->failure != NULL                         ? reading->failure
                : broken && view != NULL && reading->key != NULL ? view->failure
                                                                 : NULL);
    append_problems(json, &reading->problems, view != NULL && reading->key != NULL ? &view->problems : &no_problems);
    g_string_append_c(json, '}');
    return g_string_free(json, FALSE);
}

GBytes *of_drawings_get(OfDrawings *drawings, const char *name, bool *known)
{
    *known = is_named(drawings, name);
    if (!*known) {
        return NULL;
    }
    View *view = get_view(drawings, name);
    want(drawings, view);
    return view->bytes != NULL ? g_bytes_ref(view->bytes) : NULL;
}

/* ---- Beginning and end ---- */

/* What is wrong whatever the data says: better said at once than on a page. */
static OrgflowStatus check_task(const OfDrawings *drawings, char **message)
{
    const OfReading *reading = drawings->reading;
    const char *const *views = drawings->task->views;
    if (reading->story == NULL) {
        *message = g_strdup(reading->failure);
        return reading->status;
    }
    char *found = NULL;
    OrgflowStatus status = ORGFLOW_OK;
    for (guint i = 0; status == ORGFLOW_OK && (i == 0 || (views != NULL && views[i - 1] != NULL)); i++) {
        OrgflowJob *job = orgflow_job_new(reading->story);
        /* Data that is broken now may have the view when it is mended. */
        status = prepare(job, drawings, i > 0 && reading->key != NULL ? views[i - 1] : NULL, &found);
        orgflow_job_free(job);
    }
    *message = of_message_take(found);
    return status;
}

OfDrawings *of_drawings_new(const OfServeTask *task, void (*changed)(void *data), void *data, OrgflowStatus *status, char **message)
{
    OfDrawings *drawings = g_new0(OfDrawings, 1);
    drawings->task = task;
    drawings->changed = changed;
    drawings->data = data;
    drawings->names = g_ptr_array_new_with_free_func(g_free);
    drawings->views = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, free_view);
    drawings->told = g_strdup("");
    drawings->reader = g_thread_pool_new(read_inputs, NULL, 1, TRUE, NULL);
    drawings->drawer = g_thread_pool_new(draw_view, NULL, 1, TRUE, NULL);
    take_reading(drawings, of_reading_new(task));
    *status = check_task(drawings, message);
    if (*status != ORGFLOW_OK) {
        of_drawings_free(drawings);
        return NULL;
    }
    tell(drawings);
    return drawings;
}

static void ignore_change(void *data G_GNUC_UNUSED)
{
}

void of_drawings_free(OfDrawings *drawings)
{
    if (drawings == NULL) {
        return;
    }
    drawings->changed = ignore_change;
    drawings->saved = false;
    GHashTableIter iter;
    gpointer view;
    g_hash_table_iter_init(&iter, drawings->views);
    while (g_hash_table_iter_next(&iter, NULL, &view)) {
        ((View *) view)->wanted = 0;
    }
    if (drawings->draw != NULL) {
        g_atomic_int_set(&drawings->draw->stop, 1);
    }
    while (drawings->draw != NULL || drawings->is_reading) {
        g_main_context_iteration(NULL, TRUE);
    }
    g_thread_pool_free(drawings->reader, FALSE, TRUE);
    g_thread_pool_free(drawings->drawer, FALSE, TRUE);
    g_hash_table_unref(drawings->views);
    g_ptr_array_unref(drawings->names);
    of_reading_unref(drawings->reading);
    g_free(drawings->told);
    g_free(drawings);
}
