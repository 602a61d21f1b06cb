/* Random stories that make sense, in random ways of writing them: for laws that hold whatever the data is. */
#ifndef OF_TEST_RANDOM_STORIES_H
#define OF_TEST_RANDOM_STORIES_H

#include <glib.h>
#include <stdbool.h>
#include <string.h>

enum { RANDOM_LABS = 5, RANDOM_PEOPLE = 6, RANDOM_MILESTONES = 5, RANDOM_SECTIONS = 8 };

/* Whether ids differ between the stories of a pair, and whether `was` tells so. */
typedef enum { RANDOM_RENAMES_NONE, RANDOM_RENAMES_SAID, RANDOM_RENAMES_UNSAID, RANDOM_N_RENAMES } RandomRenames;

/* Decisions: those of a pair of stories are the same but for one in `change_one_in` of them. */
typedef struct {
    GRand *shared, *own;
    guint change_one_in;                  /* 0: none */
    GPtrArray *sections[RANDOM_SECTIONS]; /* of GPtrArray of char *: an item as key, value, key, value …; values are JSON */
    const char *lab_ids[RANDOM_LABS], *person_ids[RANDOM_PEOPLE];
    char *title; /* JSON, or NULL */
} RandomStory;

static const char *const random_section_names[RANDOM_SECTIONS] = {"sources", "strategies", "labs",   "groups",
                                                                  "people",  "events",     "claims", "views"};

/* Texts as JSON that are hard to write. */
static const char *const random_texts[] = {
    "\"Plain words\"", "\"a: b\"",  "\"#x\"",     "\"it's\"",         "\"\\\"quoted\\\"\"", "\"- x\"",
    "\"yes\"",         "\"2023\"",  "\"é ü\"",    "\"a, b [c] {d}\"", "\"back\\\\slash\"",  "\"*star &and !bang\"",
    "\"null\"",        "\"x # y\"", "\"1e3\"",    "\"emoji 🙂\"",   "\"tab\\there\"",     "\"@at `tick`\"",
    "\"trailing: \"",  "\"~\"",     "\"? what\"", "\"%percent\"",     "\"a\\u00a0b\"",      "\"<<<<<<< ours\"",
};

static guint random_pick(RandomStory *story, guint n)
{
    const guint common = (guint) g_rand_int_range(story->shared, 0, (gint32) n);
    if (story->change_one_in > 0 && g_rand_int_range(story->own, 0, (gint32) story->change_one_in) == 0) {
        return (guint) g_rand_int_range(story->own, 0, (gint32) n);
    }
    return common;
}

static const char *random_text(RandomStory *story)
{
    return random_texts[random_pick(story, G_N_ELEMENTS(random_texts))];
}

static GPtrArray *random_item(RandomStory *story, guint section)
{
    GPtrArray *item = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(story->sections[section], item);
    return item;
}

static void random_put(GPtrArray *item, const char *key, const char *format, ...) G_GNUC_PRINTF(3, 4);

static void random_put(GPtrArray *item, const char *key, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_ptr_array_add(item, g_strdup(key));
    g_ptr_array_add(item, g_strdup_vprintf(format, arguments));
    va_end(arguments);
}

/* A subset of names as JSON, in any order; NULL where it is empty. */
static char *random_set(RandomStory *story, const char *const *names, guint n)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < n; i++) {
        if (random_pick(story, 3) == 0) {
            g_autofree char *name = g_strdup_printf("\"%s\"", names[i]);
            const bool first = text->len == 0;
            if (g_rand_int_range(story->own, 0, 2) == 0) {
                g_string_append_printf(text, "%s%s", first ? "" : ", ", name);
            } else {
                g_autofree char *front = g_strconcat(name, first ? "" : ", ", NULL);
                g_string_prepend(text, front);
            }
        }
    }
    if (text->len == 0) {
        return g_string_free(text, TRUE);
    }
    g_string_prepend_c(text, '[');
    g_string_append_c(text, ']');
    return g_string_free(text, FALSE);
}

static void random_put_common(RandomStory *story, GPtrArray *item)
{
    static const char *const sources[] = {"s0", "s1", "s2"}, *const tags[] = {"t0", "t1"};
    static const char *const confidences[] = {"confirmed", "reported", "disputed", "unverified"};
    g_autofree char *cited = random_set(story, sources, G_N_ELEMENTS(sources));
    g_autofree char *tagged = random_set(story, tags, G_N_ELEMENTS(tags));
    if (cited != NULL) {
        random_put(item, "sources", "%s", cited);
    }
    if (tagged != NULL) {
        random_put(item, "tags", "%s", tagged);
    }
    if (random_pick(story, 5) == 0) {
        random_put(item, "confidence", "\"%s\"", confidences[random_pick(story, 4)]);
    }
    if (random_pick(story, 5) == 0) {
        random_put(item, "note", "%s", random_text(story));
    }
}

static void random_vocabulary(RandomStory *story)
{
    for (guint i = 0; i < 3; i++) {
        GPtrArray *source = random_item(story, 0);
        random_put(source, "", "s%u", i);
        random_put(source, "title", "%s", random_text(story));
    }
    for (guint i = 0; i < 2; i++) {
        GPtrArray *strategy = random_item(story, 1), *group = random_item(story, 3);
        random_put(strategy, "", "x%u", i);
        random_put(group, "", "g%u", i);
        if (random_pick(story, 2) == 0) {
            random_put(group, "name", "%s", random_text(story));
        }
    }
}

static void random_labs(RandomStory *story, RandomRenames renames)
{
    static const char *const ids[][2] = {{"l0", "z0"}, {"l1", "b1"}, {"l2", "z2"}, {"l3", "b3"}, {"l4", "z4"}};
    for (guint i = 0; i < RANDOM_LABS; i++) {
        const guint which = renames != RANDOM_RENAMES_NONE && random_pick(story, 4) == 0 ? 1 : 0;
        GPtrArray *lab = random_item(story, 2);
        story->lab_ids[i] = ids[i][which];
        random_put(lab, "", "%s", ids[i][which]);
        if (random_pick(story, 4) > 0) {
            random_put(lab, "name", "%s", random_text(story));
        }
        if (renames == RANDOM_RENAMES_SAID) {
            random_put(lab, "was", "\"%s\"", ids[i][1 - which]);
        }
        if (random_pick(story, 3) == 0) {
            random_put(lab, "strategy", "\"x%u\"", random_pick(story, 2));
        }
        random_put_common(story, lab);
    }
}

static char *random_stints(RandomStory *story)
{
    GString *text = g_string_new("[");
    const guint n = 1 + random_pick(story, 3);
    guint lab = random_pick(story, RANDOM_LABS);
    for (guint k = 0; k < n; k++) {
        const guint from = 2010 + 3 * k + random_pick(story, 2);
        g_string_append_printf(text, "%s{\"lab\": \"%s\", \"from\": \"%u-0%u~\"", k > 0 ? ", " : "", story->lab_ids[lab], from,
                               1 + random_pick(story, 3));
        if (k + 1 < n) {
            g_string_append_printf(text, ", \"to\": \"%u\"", from + 1);
        }
        if (random_pick(story, 4) == 0) {
            g_string_append_printf(text, ", \"role\": %s", random_text(story));
        }
        if (random_pick(story, 6) == 0) {
            g_string_append_printf(text, ", \"accounts\": [{\"date\": \"%u\", \"sources\": [\"s%u\"]}]", from,
                                   random_pick(story, 3));
        }
        g_string_append_c(text, '}');
        lab = (lab + 1 + random_pick(story, RANDOM_LABS - 1)) % RANDOM_LABS;
    }
    g_string_append_c(text, ']');
    return g_string_free(text, FALSE);
}

static void random_moves(RandomStory *story, guint person, guint lab)
{
    const guint n = random_pick(story, 4);
    for (guint k = 0; k < n; k++) {
        GPtrArray *event = random_item(story, 5);
        lab = (lab + 1 + random_pick(story, RANDOM_LABS - 1)) % RANDOM_LABS;
        if (random_pick(story, 3) == 0) {
            random_put(event, "id", "\"e%u-%u\"", person, k);
        }
        random_put(event, "date", "\"%u\"", 2015 + 2 * k + random_pick(story, 2));
        random_put(event, "type", "\"move\"");
        random_put(event, "people", random_pick(story, 2) == 0 ? "\"%s\"" : "[\"%s\"]", story->person_ids[person]);
        random_put(event, "to", "\"%s\"", story->lab_ids[lab]);
        if (random_pick(story, 3) == 0) {
            random_put(event, "role", "%s", random_text(story));
        }
        random_put_common(story, event);
    }
}

static void random_people(RandomStory *story, RandomRenames renames)
{
    static const char *const ids[][2] = {{"p0", "a0"}, {"p1", "q1"}, {"p2", "p2"}, {"p3", "p3"}, {"p4", "p4"}, {"p5", "p5"}};
    static const char *const groups[] = {"g0", "g1"};
    for (guint i = 0; i < RANDOM_PEOPLE; i++) {
        const guint which = renames != RANDOM_RENAMES_NONE && random_pick(story, 4) == 0 ? 1 : 0;
        const guint lab = random_pick(story, RANDOM_LABS);
        story->person_ids[i] = NULL;
        if (random_pick(story, 6) == 0) {
            continue;
        }
        GPtrArray *person = random_item(story, 4);
        story->person_ids[i] = ids[i][which];
        random_put(person, "", "%s", ids[i][which]);
        random_put(person, "name", "%s", random_text(story));
        if (renames == RANDOM_RENAMES_SAID && ids[i][0] != ids[i][1]) {
            random_put(person, "was", "\"%s\"", ids[i][1 - which]);
        }
        g_autofree char *members = random_set(story, groups, G_N_ELEMENTS(groups));
        if (members != NULL) {
            random_put(person, "groups", "%s", members);
        }
        if (i % 3 == 0) {
            g_autofree char *stints = random_stints(story);
            random_put(person, "stints", "%s", stints);
        } else {
            random_put(person, "lab", "\"%s\"", story->lab_ids[lab]);
            random_put(person, "since", "\"2001~\"");
            random_moves(story, i, lab);
        }
        random_put_common(story, person);
    }
}

static void random_milestones(RandomStory *story)
{
    for (guint i = 0; i < RANDOM_MILESTONES; i++) {
        GPtrArray *event = random_item(story, 5);
        const bool named = random_pick(story, 2) == 0;
        if (named) {
            random_put(event, "id", "\"m%u\"", i);
        }
        random_put(event, "date", "\"%u-%02u\"", 2020 + i, 1 + random_pick(story, 3));
        random_put(event, "type", random_pick(story, 2) == 0 ? "\"release\"" : "\"note\"");
        random_put(event, "lab", "\"%s\"", story->lab_ids[random_pick(story, 2)]);
        random_put(event, "title", "%s", random_text(story));
        random_put_common(story, event);
    }
    GPtrArray *cause = random_item(story, 5), *split = random_item(story, 5);
    random_put(cause, "id", "\"cause\"");
    random_put(cause, "date", "\"2001-0%u\"", 1 + random_pick(story, 3));
    random_put(cause, "type", "\"note\"");
    random_put(cause, "lab", "\"%s\"", story->lab_ids[3]);
    random_put(cause, "title", "%s", random_text(story));
    random_put(split, "date", "\"2002\"");
    random_put(split, "type", "\"split\"");
    random_put(split, "lab", "\"%s\"", story->lab_ids[2]);
    random_put(split, "into", "{\"%s\": [], \"%s\": []}", story->lab_ids[2], story->lab_ids[random_pick(story, 2)]);
    if (random_pick(story, 2) == 0) {
        random_put(split, "because", "[\"cause\"]");
    }
}

static void random_views(RandomStory *story)
{
    const guint n = random_pick(story, 3);
    for (guint i = 0; i < n; i++) {
        GPtrArray *view = random_item(story, 7);
        g_autofree char *lit = random_set(story, story->lab_ids, RANDOM_LABS);
        random_put(view, "id", "\"v%u\"", i);
        random_put(view, "type", "\"moves\"");
        if (lit != NULL) {
            random_put(view, "highlight", "%s", lit);
        }
        if (random_pick(story, 2) == 0) {
            random_put(view, "callouts", "[{\"lab\": \"%s\", \"at\": \"2020\", \"text\": %s}]",
                       story->lab_ids[random_pick(story, 3)], random_text(story));
        }
        if (random_pick(story, 2) == 0) {
            random_put(view, "from", "\"201%u\"", random_pick(story, 3));
        }
    }
}

/* The same seed gives the same story, but for the decisions that `own` and change_one_in make. */
static RandomStory random_story(guint32 seed, guint32 own, guint change_one_in, RandomRenames renames)
{
    RandomStory story = {g_rand_new_with_seed(seed), g_rand_new_with_seed(own), change_one_in, {NULL}, {NULL}, {NULL}, NULL};
    for (guint i = 0; i < RANDOM_SECTIONS; i++) {
        story.sections[i] = g_ptr_array_new_with_free_func((GDestroyNotify) g_ptr_array_unref);
    }
    random_vocabulary(&story);
    random_labs(&story, renames);
    random_people(&story, renames);
    random_milestones(&story);
    random_views(&story);
    story.title = random_pick(&story, 2) == 0 ? g_strdup(random_text(&story)) : NULL;
    return story;
}

static void random_story_clear(RandomStory *story)
{
    for (guint i = 0; i < RANDOM_SECTIONS; i++) {
        g_ptr_array_unref(story->sections[i]);
    }
    g_rand_free(story->shared);
    g_rand_free(story->own);
    g_free(story->title);
}

/* ---- Writing ---- */

typedef struct {
    GRand *rand;
    GString *out;
    bool is_json, comments, aliases;
    guint n_comments, n_anchors;
    GHashTable *anchors; /* value -> its name */
} RandomText;

static bool random_chance(RandomText *text, gint32 one_in)
{
    return g_rand_int_range(text->rand, 0, one_in) == 0;
}

/* A comment on a line of its own, which is to stay whatever happens. */
static void random_comment(RandomText *text, const char *indent)
{
    if (text->comments && random_chance(text, 4)) {
        g_string_append_printf(text->out, "%s# keep %u\n", indent, text->n_comments++);
    }
}

/* A value as it is, or as an anchor and its aliases. */
static void random_write_value(RandomText *text, const char *value)
{
    const char *known = g_hash_table_lookup(text->anchors, value);
    if (text->aliases && known != NULL && random_chance(text, 2)) {
        g_string_append_printf(text->out, "*%s", known);
    } else if (text->aliases && known == NULL && strlen(value) > 5 && random_chance(text, 3)) {
        char *name = g_strdup_printf("n%u", text->n_anchors++);
        g_string_append_printf(text->out, "&%s %s", name, value);
        g_hash_table_insert(text->anchors, g_strdup(value), name);
    } else {
        g_string_append(text->out, value);
    }
}

static void random_write_flow(RandomText *text, const GPtrArray *item, guint first)
{
    g_string_append_c(text->out, '{');
    for (guint i = first; i < item->len; i += 2) {
        g_string_append_printf(text->out, text->is_json ? "%s\"%s\": " : "%s%s: ", i > first ? ", " : "", (char *) item->pdata[i]);
        random_write_value(text, item->pdata[i + 1]);
    }
    g_string_append_c(text->out, '}');
}

static void random_write_block(RandomText *text, const GPtrArray *item, guint first, const char *indent, bool dash)
{
    for (guint i = first; i < item->len; i += 2) {
        if (i > first) {
            random_comment(text, indent);
        }
        g_string_append_printf(text->out, "%s%s: ", dash && i == first ? "" : indent, (char *) item->pdata[i]);
        random_write_value(text, item->pdata[i + 1]);
        g_string_append(text->out, text->comments && random_chance(text, 5) ? "  # goes with it\n" : "\n");
    }
}

static void random_write_section(RandomText *text, const char *name, const GPtrArray *items, guint start, guint end)
{
    const bool is_map = !g_str_equal(name, "events") && !g_str_equal(name, "claims") && !g_str_equal(name, "views");
    const bool flow = random_chance(text, 8);
    random_comment(text, "");
    g_string_append_printf(text->out, flow ? is_map ? "%s: {" : "%s: [" : "%s:\n", name);
    for (guint i = start; i < end; i++) {
        const GPtrArray *item = items->pdata[i];
        const guint first = is_map ? 2 : 0;
        const bool block = !flow && random_chance(text, 2) && item->len > first;
        if (flow) {
            g_string_append(text->out, i > start ? random_chance(text, 2) ? ", " : ",\n    " : "");
            g_string_append_printf(text->out, is_map ? "%s: " : "%s", is_map ? (char *) item->pdata[1] : "");
            random_write_flow(text, item, first);
            continue;
        }
        random_comment(text, "  ");
        g_string_append(text->out, is_map ? "  " : "  - ");
        g_string_append_printf(text->out, is_map ? block ? "%s:\n" : "%s: " : "%s", is_map ? (char *) item->pdata[1] : "");
        if (block) {
            random_write_block(text, item, first, "    ", !is_map);
        } else {
            random_write_flow(text, item, first);
            g_string_append_c(text->out, '\n');
        }
    }
    g_string_append(text->out, flow ? is_map ? "}\n" : "]\n" : "");
}

static void random_write_json(RandomText *text, const RandomStory *story)
{
    const char *gap = random_chance(text, 2) ? "\n  " : " ";
    g_string_append(text->out, "{\"orgflow\": 1");
    if (story->title != NULL) {
        g_string_append_printf(text->out, ",%s\"title\": %s", gap, story->title);
    }
    for (guint s = 0; s < RANDOM_SECTIONS; s++) {
        const bool is_map = s < 5;
        const GPtrArray *items = story->sections[s];
        if (items->len > 0) {
            g_string_append_printf(text->out, ",%s\"%s\": %s", gap, random_section_names[s], is_map ? "{" : "[");
        }
        for (guint i = 0; i < items->len; i++) {
            const GPtrArray *item = items->pdata[i];
            g_string_append_printf(text->out, is_map ? "%s%s\"%s\": " : "%s%s%s", i > 0 ? "," : "", gap,
                                   is_map ? (char *) item->pdata[1] : "");
            random_write_flow(text, item, is_map ? 2 : 0);
        }
        if (items->len > 0) {
            g_string_append_c(text->out, is_map ? '}' : ']');
        }
    }
    g_string_append(text->out, "}\n");
}

/* The story as text; style: what ways of writing are taken. part: 0 of 1, or 0 and 1 of 2. Owned by the caller. */
static char *random_write(const RandomStory *story, guint32 style, guint part, guint parts)
{
    RandomText text = {g_rand_new_with_seed(style),
                       g_string_new(NULL),
                       parts == 1 && style % 7 == 3,
                       true,
                       style % 3 == 0,
                       0,
                       0,
                       g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free)};
    if (text.is_json) {
        text.comments = text.aliases = false;
        random_write_json(&text, story);
    } else {
        g_string_append(text.out, style % 11 == 1 ? "\xef\xbb\xbforgflow: 1\n" : "orgflow: 1\n");
        if (story->title != NULL && part == 0) {
            g_string_append_printf(text.out, "title: %s\n", story->title);
        }
        for (guint s = 0; s < RANDOM_SECTIONS; s++) {
            const guint n = story->sections[s]->len, start = n * part / parts, end = n * (part + 1) / parts;
            if (start < end) {
                random_write_section(&text, random_section_names[s], story->sections[s], start, end);
            }
        }
        if (style % 13 == 2) {
            g_string_truncate(text.out, text.out->len - 1);
        }
        if (style % 5 == 4) {
            g_string_replace(text.out, "\n", "\r\n", 0);
        }
    }
    g_hash_table_unref(text.anchors);
    g_rand_free(text.rand);
    return g_string_free(text.out, FALSE);
}

#endif
