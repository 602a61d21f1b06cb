/* Lays out the storyline test bed and prints the crossings found against the least known, with the time taken.
 *
 * Usage: layout_bed FOLDER [fast|normal|best] [SEEDS]; FOLDER holds films/, stories/ and stints/. What is not there is skipped.
 * The crossings are counted anew from the order that comes out. */
#include <json-glib/json-glib.h>
#include <stdio.h>
#include <string.h>

#include "layout/ranking.h"
#include "layout/search.h"
#include "layout/storyline.h"
#include "layout/story.h"

typedef struct {
    const char *file;
    gint64 least; /* crossings by the filled rule */
    gboolean open;
} Instance;

static const Instance INSTANCES[] = {
    {"films/starwars.txt", 39, FALSE},           {"films/inception.txt", 35, FALSE},
    {"films/thematrix.txt", 12, FALSE},          {"stories/JurassicParkTune.json", 21, FALSE},
    {"stories/KingLearTune.json", 37, FALSE},    {"stories/Naruto.json", 6, FALSE},
    {"stories/Coco.json", 3, FALSE},             {"stories/Frozen.json", 2, FALSE},
    {"stories/Minions.json", 2, FALSE},          {"films/war.txt", 18600, TRUE},
};

typedef struct {
    guint line, step, group;
} Listing;

static guint get_line(GHashTable *lines, const char *name) {
    gpointer found = NULL;
    if (!g_hash_table_lookup_extended(lines, name, NULL, &found)) {
        found = GUINT_TO_POINTER(g_hash_table_size(lines));
        g_hash_table_insert(lines, g_strdup(name), found);
    }
    return GPOINTER_TO_UINT(found);
}

static guint read_film(const char *text, GHashTable *lines, GArray *listings) {
    g_auto(GStrv) rows = g_strsplit(text, "\n", -1);
    guint n = g_strv_length(rows);
    while (n > 0 && rows[n - 1][0] == '\0') {
        n--;
    }
    for (guint step = 0; step < n; step++) {
        g_auto(GStrv) groups = g_strsplit(g_strchomp(rows[step]), "\t", -1);
        for (guint g = 0; groups[g] != NULL; g++) {
            g_auto(GStrv) names = g_strsplit(groups[g], ",", -1);
            for (guint i = 0; names[i] != NULL; i++) {
                if (names[i][0] != '\0') {
                    Listing listing = {get_line(lines, names[i]), step, g};
                    g_array_append_val(listings, listing);
                }
            }
        }
    }
    return n;
}

static guint read_story(const char *text, GHashTable *lines, GArray *listings) {
    g_autoptr(JsonParser) parser = json_parser_new();
    if (!json_parser_load_from_data(parser, text, -1, NULL)) {
        return 0;
    }
    JsonObject *root = json_node_get_object(json_parser_get_root(parser));
    JsonObject *people = json_object_get_object_member(json_object_get_object_member(root, "Story"), "Characters");
    g_autoptr(GList) names = json_object_get_members(people);
    guint n_steps = 0;
    for (GList *name = names; name != NULL; name = name->next) {
        JsonArray *spans = json_object_get_array_member(people, name->data);
        guint line = get_line(lines, name->data);
        for (guint i = 0; i < json_array_get_length(spans); i++) {
            JsonObject *span = json_array_get_object_element(spans, i);
            guint start = (guint)json_object_get_int_member(span, "Start");
            guint end = (guint)json_object_get_int_member(span, "End");
            for (guint step = start; step < end; step++) {
                Listing listing = {line, step, (guint)json_object_get_int_member(span, "Session")};
                g_array_append_val(listings, listing);
            }
            n_steps = MAX(n_steps, end);
        }
    }
    return n_steps;
}

static OfStory *make_story(const GArray *listings, guint n_lines, guint n_steps) {
    guint n_groups = 0;
    for (guint i = 0; i < listings->len; i++) {
        n_groups = MAX(n_groups, g_array_index(listings, Listing, i).group + 1);
    }
    OfStory *story = of_story_new(n_lines, n_steps, n_groups, FALSE);
    for (guint i = 0; i < listings->len; i++) {
        Listing listing = g_array_index(listings, Listing, i);
        of_story_set_group(story, listing.line, listing.step, (gint32)listing.group);
    }
    of_story_close(story);
    return story;
}

static void run_free(const char *folder, const Instance *instance, OfEffort effort, guint n_seeds) {
    g_autofree char *path = g_build_filename(folder, instance->file, NULL);
    g_autofree char *text = NULL;
    if (!g_file_get_contents(path, &text, NULL, NULL)) {
        printf("%-32s skipped: not there\n", instance->file);
        return;
    }
    g_autoptr(GHashTable) lines = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GArray) listings = g_array_new(FALSE, FALSE, sizeof(Listing));
    gboolean film = g_str_has_suffix(path, ".txt");
    guint n_steps = film ? read_film(text, lines, listings) : read_story(text, lines, listings);
    g_autoptr(OfStory) full = make_story(listings, g_hash_table_size(lines), n_steps);
    for (guint seed = 0; seed < n_seeds; seed++) {
        gint64 crossings = 0;
        guint64 work = 0;
        gint64 start = g_get_monotonic_time();
        g_autoptr(OfRanking) ranking = of_free_order_search(full, effort, seed, NULL, &crossings, &work);
        double seconds = (double)(g_get_monotonic_time() - start) / 1e6;
        gint64 counted = of_ranking_count(ranking);
        printf("%-32s %3u lines %4u steps  found %6" G_GINT64_FORMAT " %s %6" G_GINT64_FORMAT
               "  %7.3f s  %8.2f M cells%s%s\n",
               instance->file, full->n_lines, full->n_steps, counted,
               counted <= instance->least ? "ok, least" : "MISSED   ", instance->least, seconds, (double)work / 1e6,
               counted == crossings ? "" : "  MISCOUNTED", of_ranking_is_legal(ranking, full) ? "" : "  ILLEGAL");
        fflush(stdout);
    }
}
