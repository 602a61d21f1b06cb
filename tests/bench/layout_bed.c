/* Lays out the storyline test bed and prints the crossings found against the least known, with the processor time taken; then a large
 * made-up story, and one twice as large, to see how the time grows.
 *
 * Usage: layout_bed FOLDER [fast|normal|best] [SEEDS]
 *
 * FOLDER holds films/, stories/ and stints/; what is not there is said and skipped. Free lanes are laid out with SEEDS different
 * seeds (1), by the filled rule. Crossings are counted anew from the order that comes out. Exit status 1: something was missed. */
#include <json-glib/json-glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "layout/free_order.h"
#include "layout/random.h"
#include "layout/storyline.h"

typedef struct {
    const char *file;
    gint64 least; /* crossings to reach */
} Instance;

static const Instance INSTANCES[] = {
    {"films/starwars.txt", 39},        {"films/inception.txt", 35},
    {"films/thematrix.txt", 12},       {"stories/JurassicParkTune.json", 21},
    {"stories/KingLearTune.json", 37}, {"stories/Naruto.json", 6},
    {"stories/Coco.json", 3},          {"stories/Frozen.json", 2},
    {"stories/Minions.json", 2},       {"films/war.txt", 18600}, /* the least is not known */
};

static const Instance NBA = {"stints/nba.csv", 2569}; /* fixed lanes */

typedef struct {
    guint line, step, group;
} Listing;

static guint get_line(GHashTable *lines, const char *name)
{
    gpointer found = NULL;
    if (!g_hash_table_lookup_extended(lines, name, NULL, &found)) {
        found = GUINT_TO_POINTER(g_hash_table_size(lines));
        g_hash_table_insert(lines, g_strdup(name), found);
    }
    return GPOINTER_TO_UINT(found);
}

static guint read_film(const char *text, GHashTable *lines, GArray *listings)
{
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

static guint read_story(const char *text, GHashTable *lines, GArray *listings)
{
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
            guint start = (guint) json_object_get_int_member(span, "Start");
            guint end = (guint) json_object_get_int_member(span, "End");
            for (guint step = start; step < end; step++) {
                Listing listing = {line, step, (guint) json_object_get_int_member(span, "Session")};
                g_array_append_val(listings, listing);
            }
            n_steps = MAX(n_steps, end);
        }
    }
    return n_steps;
}

static OfGrouping *make_story(const GArray *listings, guint n_lines, guint n_steps)
{
    guint n_groups = 0;
    for (guint i = 0; i < listings->len; i++) {
        n_groups = MAX(n_groups, g_array_index(listings, Listing, i).group + 1);
    }
    OfGrouping *grouping = of_grouping_new(n_lines, n_steps, n_groups, FALSE);
    for (guint i = 0; i < listings->len; i++) {
        Listing listing = g_array_index(listings, Listing, i);
        of_grouping_set_group(grouping, listing.line, listing.step, (gint32) listing.group);
    }
    of_grouping_close(grouping);
    return grouping;
}

static gboolean read_text(const char *folder, const Instance *instance, char **text)
{
    g_autofree char *path = g_build_filename(folder, instance->file, NULL);
    if (g_file_get_contents(path, text, NULL, NULL)) {
        return TRUE;
    }
    printf("%-32s skipped: not there\n", instance->file);
    return FALSE;
}

static gboolean print_result(const Instance *instance, guint n_lines, guint n_steps, gint64 counted, gint64 said, double seconds)
{
    gboolean reached = counted <= instance->least && counted == said;
    printf("%-32s %5u lines %4u steps  found %6" G_GINT64_FORMAT "  to reach %6" G_GINT64_FORMAT "  %7.3f s  %s\n", instance->file,
           n_lines, n_steps, counted, instance->least, seconds,
           counted != said ? "MISCOUNTED"
           : reached       ? "reached"
                           : "MISSED");
    fflush(stdout);
    return reached;
}

/* Processor time: other work on the machine does not count. */
static double get_seconds(void)
{
    return (double) clock() / CLOCKS_PER_SEC;
}

/* Returns the number of seeds that missed. */
static guint run_free(const char *folder, const Instance *instance, OfEffort effort, guint n_seeds)
{
    g_autofree char *text = NULL;
    guint n_missed = 0;
    if (!read_text(folder, instance, &text)) {
        return 0;
    }
    g_autoptr(GHashTable) lines = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GArray) listings = g_array_new(FALSE, FALSE, sizeof(Listing));
    gboolean film = g_str_has_suffix(instance->file, ".txt");
    guint n_steps = film ? read_film(text, lines, listings) : read_story(text, lines, listings);
    g_autoptr(OfGrouping) grouping = make_story(listings, g_hash_table_size(lines), n_steps);
    for (guint seed = 0; seed < n_seeds; seed++) {
        gint64 crossings = 0;
        double start = get_seconds();
        g_autoptr(OfRanking) ranking = of_free_order_search(grouping, effort, seed, NULL, &crossings, NULL);
        double seconds = get_seconds() - start;
        gint64 counted = of_ranking_is_legal(ranking, grouping) ? of_ranking_count(ranking) : G_MAXINT64;
        n_missed += print_result(instance, grouping->n_lines, n_steps, counted, crossings, seconds) ? 0 : 1;
    }
    return n_missed;
}

static const OfLayoutPage PAGE = {.right = 1600,
                                  .height = 900,
                                  .line_gap = 0.5,
                                  .max_line_gap = 16,
                                  .lane_padding = 3,
                                  .lane_gap = 3,
                                  .max_stretch = 3,
                                  .least_lane = 6,
                                  .bend = 14};

static void lay_out(const GArray *stints, guint n_people, guint n_lanes, gint32 end_day, OfEffort effort, OfStoryline **storyline,
                    double *seconds)
{
    g_autofree OfLayoutLane *lanes = g_new(OfLayoutLane, n_lanes);
    for (guint i = 0; i < n_lanes; i++) {
        lanes[i] = (OfLayoutLane){OF_LANE_NONE, 0, OF_DAY_OPEN};
    }
    OfStorylineInput input = {.lanes = lanes,
                              .n_lanes = n_lanes,
                              .n_people = n_people,
                              .stints = (const OfLayoutStint *) (const void *) stints->data,
                              .n_stints = stints->len,
                              .end_day = end_day,
                              .effort = effort,
                              .page = PAGE};
    double start = get_seconds();
    *storyline = of_storyline_new(&input);
    *seconds = get_seconds() - start;
}

static guint run_fixed(const char *folder, OfEffort effort)
{
    g_autofree char *text = NULL;
    if (!read_text(folder, &NBA, &text)) {
        return 0;
    }
    g_autoptr(GHashTable) people = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) labs = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GArray) stints = g_array_new(FALSE, FALSE, sizeof(OfLayoutStint));
    g_autoptr(OfStoryline) storyline = NULL;
    g_auto(GStrv) rows = g_strsplit(text, "\n", -1);
    double seconds = 0;
    gint32 end_day = 0;
    for (guint i = 1; rows[i] != NULL && rows[i][0] != '\0'; i++) {
        g_auto(GStrv) cells = g_strsplit(g_strchomp(rows[i]), ",", 4);
        gint32 from = (gint32) g_ascii_strtoll(cells[2], NULL, 10);
        gint32 to = (gint32) g_ascii_strtoll(cells[3], NULL, 10) + 1;
        OfLayoutStint stint = {get_line(people, cells[1]), get_line(labs, cells[0]), from, to, from, from, to, to, FALSE};
        g_array_append_val(stints, stint);
        end_day = MAX(end_day, to);
    }
    lay_out(stints, g_hash_table_size(people), g_hash_table_size(labs), end_day, effort, &storyline, &seconds);
    g_autoptr(OfRanking) ranking = of_order_to_ranking(storyline->order, g_hash_table_size(people));
    gint64 counted = of_ranking_count(ranking);
    return print_result(&NBA, g_hash_table_size(people), storyline->slots->n_slots, counted, storyline->crossings, seconds) ? 0 : 1;
}

/* @n_people with three stints each in 50 labs over twenty years, now and then with a gap. */
static double run_crowd(guint n_people, OfEffort effort)
{
    enum { DAYS = 7300, LABS = 50, STINTS = 3 };
    OfRandom random = {.state = 7};
    g_autoptr(GArray) stints = g_array_new(FALSE, FALSE, sizeof(OfLayoutStint));
    g_autoptr(OfStoryline) storyline = NULL;
    double seconds = 0;
    for (guint32 person = 0; person < n_people; person++) {
        gint32 day = (gint32) of_random_below(&random, DAYS / 2);
        for (guint i = 0; i < STINTS; i++) {
            gint32 to = i + 1 < STINTS ? day + 1 + (gint32) of_random_below(&random, DAYS / 4) : OF_DAY_OPEN;
            OfLayoutStint stint = {person, of_random_below(&random, LABS), day, to, day, day, to, to, FALSE};
            g_array_append_val(stints, stint);
            day = of_random_below(&random, 4) == 0 ? to + (gint32) of_random_below(&random, 200) : to;
            if (to == OF_DAY_OPEN || day >= DAYS) {
                break;
            }
        }
    }
    lay_out(stints, n_people, LABS, DAYS, effort, &storyline, &seconds);
    printf("%5u people, %5u stints, %u labs, %u slots: %" G_GINT64_FORMAT " crossings, %.3f s\n", n_people, stints->len,
           (guint) LABS, storyline->slots->n_slots, storyline->crossings, seconds);
    return seconds;
}

int main(int argc, char **argv)
{
    static const char *const names[] = {"fast", "normal", "best"};
    OfEffort effort = OF_EFFORT_NORMAL;
    guint n_missed = 0;
    if (argc < 2) {
        fprintf(stderr, "usage: layout_bed FOLDER [fast|normal|best] [SEEDS]\n");
        return 2;
    }
    for (guint i = 0; argc > 2 && i < G_N_ELEMENTS(names); i++) {
        effort = strcmp(argv[2], names[i]) == 0 ? (OfEffort) i : effort;
    }
    guint n_seeds = argc > 3 ? (guint) MAX(g_ascii_strtoll(argv[3], NULL, 10), 1) : 1;
    for (guint i = 0; i < G_N_ELEMENTS(INSTANCES); i++) {
        n_missed += run_free(argv[1], &INSTANCES[i], effort, n_seeds);
    }
    n_missed += run_fixed(argv[1], effort);
    double once = run_crowd(10000, effort);
    double twice = run_crowd(20000, effort);
    printf("twice as many take %.2f times as long\n", twice / once);
    return n_missed > 0 ? 1 : 0;
}
