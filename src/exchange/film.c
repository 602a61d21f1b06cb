/* Who is in which scene together: a line is a step; groups are separated by tabs, their members by commas. */
#include <string.h>

#include "base/hash.h"
#include "base/shorten.h"
#include "base/text_index.h"
#include "exchange/scenes.h"

/* People who are together, from one step to another, without anyone coming or going. */
typedef struct {
    GBytes *members; /* of guint, ascending: the people */
    gint64 from, last;
    OfPlace place;
} Scene;

typedef struct {
    OfRoster *roster;
    const OfSourceText *text;
    OfDiagnostics *diagnostics;
    OfTextMark mark;    /* of the last place that was asked for */
    GHashTable *scenes; /* members -> Scene of the step before … */
    GHashTable *now;    /* … and of this one */
    GPtrArray *order;   /* the scenes of both, in the order in which they begin; owns them */
    GArray *members;    /* of guint: the group being read */
    GArray *seen;       /* of gint64: of each person the last step that names them, counted from 1 */
    gint64 step;
} Film;

static guint hash_members(gconstpointer data)
{
    gsize n;
    const void *bytes = g_bytes_get_data((GBytes *) (gsize) data, &n);
    return of_bytes_hash(bytes, n);
}

static void free_scene(gpointer data)
{
    Scene *scene = data;
    g_bytes_unref(scene->members);
    g_free(scene);
}

static OfPlace place_at(Film *film, const char *at, guint length)
{
    of_text_mark_move(film->text, &film->mark, (gsize) (at - film->text->bytes));
    return (OfPlace){film->text, film->mark.line, film->mark.column, MAX(length, 1)};
}

static int compare_members(gconstpointer a, gconstpointer b)
{
    const guint x = *(const guint *) a, y = *(const guint *) b;
    return (x > y) - (x < y);
}

static void read_member(Film *film, const char *at, const char *end)
{
    g_autofree char *name = g_strstrip(g_strndup(at, (gsize) (end - at)));
    const gsize blanks = strspn(at, " ");
    const OfPlace place = place_at(film, *name != '\0' ? at + blanks : at, (guint) g_utf8_strlen(name, -1));
    if (*name == '\0') {
        of_diagnostics_add(film->diagnostics, OF_SEVERITY_ERROR, "missing-value", &place, NULL, "a name is missing");
        return;
    }
    const guint person = of_roster_person(film->roster, name, &place);
    if (person >= film->seen->len) {
        g_array_set_size(film->seen, person + 1);
    }
    gint64 *seen = &g_array_index(film->seen, gint64, person);
    if (*seen == film->step + 1) {
        g_autofree char *shown = of_text_shorten(name, -1);
        of_diagnostics_add(film->diagnostics, OF_SEVERITY_ERROR, "named-twice", &place,
                           g_strdup("at one step, a person is in one group"), "`%s` is named twice on this line", shown);
        return;
    }
    *seen = film->step + 1;
    g_array_append_val(film->members, person);
}

/* A group of the step is the scene of the step before if its members are the same, else a new one. */
static void read_group(Film *film, const char *at, const char *end)
{
    const OfPlace place = place_at(film, at, 1);
    g_array_set_size(film->members, 0);
    for (const char *member = at; member <= end;) {
        const char *comma = memchr(member, ',', (gsize) (end - member));
        const char *stop = comma != NULL ? comma : end;
        read_member(film, member, stop);
        member = stop + 1;
    }
    if (film->members->len == 0) {
        return;
    }
    g_array_sort(film->members, compare_members);
    g_autoptr(GBytes) key = g_bytes_new(film->members->data, film->members->len * sizeof(guint));
    Scene *scene = g_hash_table_lookup(film->scenes, key);
    if (scene == NULL) {
        scene = g_new(Scene, 1);
        *scene = (Scene){.members = g_bytes_ref(key), .from = film->step, .place = place};
        g_ptr_array_add(film->order, scene);
    }
    scene->last = film->step;
    g_hash_table_insert(film->now, scene->members, scene);
}

static void read_line(Film *film, const char *at, const char *end)
{
    for (const char *group = at; group <= end;) {
        const char *tab = memchr(group, '\t', (gsize) (end - group));
        const char *stop = tab != NULL ? tab : end;
        const char *first = group;
        while (first < stop && *first == ' ') {
            first++;
        }
        if (first < stop) {
            read_group(film, group, stop);
        }
        group = stop + 1;
    }
    GHashTable *before = film->scenes;
    g_hash_table_remove_all(before);
    film->scenes = film->now;
    film->now = before;
}

static void add_stints(Film *film)
{
    gint64 last_step = -1;
    for (guint i = 0; i < film->order->len; i++) {
        const Scene *scene = film->order->pdata[i];
        gsize size;
        const guint *members = g_bytes_get_data(scene->members, &size);
        of_scenes_add(film->roster, &(OfSceneSpan){members, (guint) (size / sizeof(guint)), (gint64) i + 1, scene->from,
                                                   scene->last, scene->place});
        last_step = MAX(last_step, scene->last);
    }
    of_scenes_close(film->roster, last_step);
}

/* Reads all lines. Returns false where there are more steps than days. */
static bool read_lines(Film *film)
{
    const char *end = film->text->bytes + film->text->length;
    OfDay day;
    for (const char *at = film->text->bytes + film->mark.offset; at < end; film->step++) {
        const char *stop = at + strcspn(at, "\r\n");
        if (!of_roster_step_day(film->step + 1, &day)) {
            const OfPlace place = place_at(film, at, 1);
            of_diagnostics_add(film->diagnostics, OF_SEVERITY_ERROR, "invalid-step", &place, NULL,
                               "there are more steps than days from 2000-01-01 to 9999-12-31");
            return false;
        }
        read_line(film, at, stop);
        at = stop + (*stop == '\r' && stop[1] == '\n' ? 2 : 1);
    }
    return true;
}

void of_import_film(OfRoster *roster, const OfSourceText *text, OfDiagnostics *diagnostics)
{
    Film film = {.roster = roster, .text = text, .diagnostics = diagnostics, .mark = of_text_mark_start(text)};
    film.scenes = g_hash_table_new(hash_members, g_bytes_equal);
    film.now = g_hash_table_new(hash_members, g_bytes_equal);
    film.order = g_ptr_array_new_with_free_func(free_scene);
    film.members = g_array_new(FALSE, FALSE, sizeof(guint));
    film.seen = g_array_new(FALSE, TRUE, sizeof(gint64));
    if (read_lines(&film)) {
        add_stints(&film);
    }
    g_array_unref(film.seen);
    g_array_unref(film.members);
    g_hash_table_unref(film.scenes);
    g_hash_table_unref(film.now);
    g_ptr_array_unref(film.order);
}
