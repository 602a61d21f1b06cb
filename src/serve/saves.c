#include "serve/saves.h"

#include <gio/gio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Milliseconds between what is heard and what is told. Saving is several steps, and several files may be saved at once: so what has been
 * finished waits a moment, and what may be half done yet (a file emptied, a file gone) waits for what finishes it. */
#define DONE_MS 20
#define HALF_MS 200

/* Seconds between looks: nothing is heard of network file systems, nor of what a folder further up takes along. */
#define LOOK_SECONDS 2

typedef struct {
    OfSaves *saves;
    char *path;
    char *target;            /* where it leads to in the end, by all symbolic links; NULL where it is itself, or leads nowhere */
    GFileMonitor *self;      /* of the name; hears of a folder that it comes and goes */
    GFileMonitor *of_target; /* the same for the target, or NULL */
    GFileMonitor *inside;    /* of a folder's files, or NULL */
} Watched;

struct OfSaves {
    GPtrArray *watched; /* of Watched */
    void (*saved)(void *data);
    void *data;
    char *looks;  /* what the inputs looked like when that was last told */
    guint look;   /* source that looks */
    guint due;    /* source that tells, or 0 */
    gint64 since; /* when what is due was heard first, monotonic microseconds */
};

static void append_look(GString *looks, const char *path)
{
    struct stat found;
    if (stat(path, &found) != 0) {
        g_string_append(looks, "-;");
        return;
    }
    g_string_append_printf(looks, "%lld %lld %lld %lld.%09ld %lld.%09ld;", (long long) found.st_dev, (long long) found.st_ino,
                           (long long) found.st_size, (long long) found.st_mtim.tv_sec, found.st_mtim.tv_nsec,
                           (long long) found.st_ctim.tv_sec, found.st_ctim.tv_nsec);
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *) a, *(const char *const *) b);
}

static void append_folder_looks(GString *looks, const char *path)
{
    g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    for (const char *name; folder != NULL && (name = g_dir_read_name(folder)) != NULL;) {
        if (g_str_has_suffix(name, ".yaml")) {
            g_ptr_array_add(names, g_strdup(name));
        }
    }
    g_ptr_array_sort(names, compare_names);
    for (guint i = 0; i < names->len; i++) {
        g_autofree char *file = g_build_filename(path, names->pdata[i], NULL);
        g_string_append(looks, names->pdata[i]);
        append_look(looks, file);
    }
}

/* What tells one state of the inputs from another, whatever they say. Owned by the caller. */
static char *take_looks(const OfSaves *saves)
{
    GString *looks = g_string_new(NULL);
    for (guint i = 0; i < saves->watched->len; i++) {
        const Watched *watched = saves->watched->pdata[i];
        if (g_file_test(watched->path, G_FILE_TEST_IS_DIR)) {
            append_folder_looks(looks, watched->path); /* of the folder itself the time changes with any file in it */
        } else {
            append_look(looks, watched->path);
        }
    }
    return g_string_free(looks, FALSE);
}

static gboolean tell(gpointer data)
{
    OfSaves *saves = data;
    saves->due = 0;
    g_free(saves->looks);
    saves->looks = take_looks(saves);
    saves->saved(saves->data);
    return G_SOURCE_REMOVE;
}

/* anew: from now on, instead of when it is due anyway; but who saves without a pause is told of too. */
static void tell_in(OfSaves *saves, guint ms, bool anew)
{
    const gint64 now = g_get_monotonic_time();
    if (saves->due == 0) {
        saves->since = now;
    } else if (!anew || now - saves->since > HALF_MS * G_TIME_SPAN_MILLISECOND) {
        return;
    } else {
        g_source_remove(saves->due);
    }
    saves->due = g_timeout_add_full(G_PRIORITY_DEFAULT, ms, tell, saves, NULL);
}

static void hear(OfSaves *saves, GFileMonitorEvent event)
{
    switch (event) {
    case G_FILE_MONITOR_EVENT_CHANGES_DONE_HINT:
    case G_FILE_MONITOR_EVENT_RENAMED:
    case G_FILE_MONITOR_EVENT_MOVED_IN:
        tell_in(saves, DONE_MS, true);
        break;
    case G_FILE_MONITOR_EVENT_ATTRIBUTE_CHANGED: /* it may be readable now */
    default:
        tell_in(saves, HALF_MS, false);
    }
}

static void watch_inside(Watched *watched);
static void watch_target(Watched *watched);

static void hear_self(GFileMonitor *monitor G_GNUC_UNUSED, GFile *file G_GNUC_UNUSED, GFile *other G_GNUC_UNUSED,
                      GFileMonitorEvent event, gpointer data)
{
    Watched *watched = data;
    if (event != G_FILE_MONITOR_EVENT_CHANGED && event != G_FILE_MONITOR_EVENT_CHANGES_DONE_HINT) {
        watch_target(watched); /* another file may have the name now */
        watch_inside(watched);
    }
    hear(watched->saves, event);
}

static void hear_inside(GFileMonitor *monitor G_GNUC_UNUSED, GFile *file, GFile *other, GFileMonitorEvent event, gpointer data)
{
    Watched *watched = data;
    g_autofree char *name = file != NULL ? g_file_get_basename(file) : NULL;
    g_autofree char *other_name = other != NULL ? g_file_get_basename(other) : NULL;
    if ((name != NULL && g_str_has_suffix(name, ".yaml")) || (other_name != NULL && g_str_has_suffix(other_name, ".yaml"))) {
        hear(watched->saves, event);
    }
}

/* Where a monitor cannot be had, looking is left. */
static GFileMonitor *monitor_new(const char *path, bool folder, GCallback heard, Watched *watched)
{
    g_autoptr(GFile) file = g_file_new_for_path(path);
    GFileMonitor *monitor = folder ? g_file_monitor_directory(file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL)
                                   : g_file_monitor_file(file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
    if (monitor != NULL) {
        g_signal_connect(monitor, "changed", heard, watched);
    }
    return monitor;
}

static void drop_monitor(GFileMonitor **monitor)
{
    if (*monitor != NULL) {
        g_signal_handlers_disconnect_matched(*monitor, G_SIGNAL_MATCH_ID, g_signal_lookup("changed", G_TYPE_FILE_MONITOR), 0, NULL,
                                             NULL, NULL);
        g_file_monitor_cancel(*monitor);
        g_clear_object(monitor);
    }
}

static void watch_inside(Watched *watched)
{
    drop_monitor(&watched->inside);
    if (g_file_test(watched->path, G_FILE_TEST_IS_DIR)) {
        watched->inside = monitor_new(watched->path, true, G_CALLBACK(hear_inside), watched);
    }
}

static void watch_target(Watched *watched)
{
    char *real = realpath(watched->path, NULL);
    char *target = g_strdup(real);
    free(real);
    g_autofree char *own = g_canonicalize_filename(watched->path, NULL);
    if (g_strcmp0(target, own) == 0) {
        g_clear_pointer(&target, g_free);
    }
    if (g_strcmp0(target, watched->target) != 0) {
        drop_monitor(&watched->of_target);
        if (target != NULL) {
            watched->of_target = monitor_new(target, false, G_CALLBACK(hear_self), watched);
        }
    }
    g_free(watched->target);
    watched->target = target;
}

static gboolean look_again(gpointer data)
{
    OfSaves *saves = data;
    g_autofree char *looks = saves->due == 0 ? take_looks(saves) : NULL;
    if (looks != NULL && strcmp(looks, saves->looks) != 0) {
        for (guint i = 0; i < saves->watched->len; i++) { /* what was not heard may need a new ear */
            watch_target(saves->watched->pdata[i]);
            watch_inside(saves->watched->pdata[i]);
        }
        tell_in(saves, HALF_MS, false);
    }
    return G_SOURCE_CONTINUE;
}

static void free_watched(gpointer data)
{
    Watched *watched = data;
    drop_monitor(&watched->self);
    drop_monitor(&watched->of_target);
    drop_monitor(&watched->inside);
    g_free(watched->path);
    g_free(watched->target);
    g_free(watched);
}

static void watch(OfSaves *saves, const char *path)
{
    Watched *watched = g_new0(Watched, 1);
    watched->saves = saves;
    watched->path = g_strdup(path);
    watched->self = monitor_new(path, false, G_CALLBACK(hear_self), watched);
    watch_target(watched);
    watch_inside(watched);
    g_ptr_array_add(saves->watched, watched);
}

OfSaves *of_saves_new(const char *const *paths, const char *theme, void (*saved)(void *data), void *data)
{
    OfSaves *saves = g_new0(OfSaves, 1);
    saves->saved = saved;
    saves->data = data;
    saves->watched = g_ptr_array_new_with_free_func(free_watched);
    for (const char *const *path = paths; *path != NULL; path++) {
        if (strcmp(*path, "-") != 0) {
            watch(saves, *path);
        }
    }
    if (theme != NULL) {
        watch(saves, theme);
    }
    saves->looks = take_looks(saves);
    saves->look = g_timeout_add_seconds(LOOK_SECONDS, look_again, saves);
    return saves;
}

void of_saves_free(OfSaves *saves)
{
    if (saves == NULL) {
        return;
    }
    g_source_remove(saves->look);
    if (saves->due != 0) {
        g_source_remove(saves->due);
    }
    g_ptr_array_unref(saves->watched);
    g_free(saves->looks);
    g_free(saves);
}
