/* What changed between two stories: verbs and fields by example, laws on random pairs. */
#include "seal_fixture.h"

#include "diff/changes.h"
#include "diff/forms.h"
#include "diff/json_text.h"
#include "model/canonical.h"

/* All changes without their places: "event.redated move:p:2021 content /date \"2020\" -> \"2021\"\n…" */
static char *tell_changes(const OfChanges *changes)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < changes->list->len; i++) {
        const OfChange *change = changes->list->pdata[i];
        g_string_append_printf(text, "%s %s %s", change->verb, of_change_key(change), of_match_names[change->match]);
        for (guint k = 0; k < change->fields->len; k++) {
            const OfFieldChange *field = change->fields->pdata[k];
            g_string_append_printf(text, " %s%s%s %s -> %s", field->path, field->path_to != NULL ? "=>" : "",
                                   field->path_to != NULL ? field->path_to : "", field->before != NULL ? field->before : "nothing",
                                   field->after != NULL ? field->after : "nothing");
        }
        g_string_append_printf(text, "%s%s\n", change->item != NULL ? " " : "", change->item != NULL ? change->item : "");
    }
    return g_string_free(text, FALSE);
}

static void assert_read(const Sealed *sealed, const char *yaml)
{
    if (sealed->story == NULL) {
        g_autofree char *messages = tell_messages(sealed->diagnostics);
        g_error("%s: %s", yaml, messages);
    }
}

#define BASE "labs: {a: {}, b: {}, c: {}}\nstrategies: {x: {}, y: {}, z: {}}\ngroups: {g: {}}\n"

static void test_examples(void)
{
    static const struct {
        const char *from, *to, *told;
    } rows[] = {
        {"people: {p: {lab: a}}", "people: {p: {lab: a}}", ""},
        {"people: {p: {lab: a}}", "people: {q: {lab: a}}",
         "person.removed p id {\"lab\":\"a\"}\nperson.added q id {\"lab\":\"a\"}\n"},
        {"title: T", "title: U\nlang: de", "story.changed story id /lang nothing -> \"de\" /title \"T\" -> \"U\"\n"},
        {"people: {p: {lab: a}}\nevents: [{date: 2020, type: move, people: p, to: b}]",
         "people: {p: {lab: a}}\nevents: [{date: 2021, type: move, people: p, to: b}]",
         "event.redated move:p:2021 content /date \"2020\" -> \"2021\"\n"},
        {"people: {p: {lab: a}}\nevents: [{date: 2020, type: move, people: p, to: b}]",
         "people: {p: {lab: a}}\nevents: [{date: 2020, type: move, people: p, to: c}]",
         "event.retargeted move:p:2020 content /to \"b\" -> \"c\"\n"},
        /* nothing in common but who and what: two events */
        {"people: {p: {lab: a}}\nevents: [{date: 2020, type: move, people: p, to: b}]",
         "people: {p: {lab: a}}\nevents: [{date: 2021, type: move, people: p, to: c}]",
         "event.removed move:p:2020 id {\"date\":\"2020\",\"people\":[\"p\"],\"to\":\"b\",\"type\":\"move\"}\n"
         "event.added move:p:2021 id {\"date\":\"2021\",\"people\":[\"p\"],\"to\":\"c\",\"type\":\"move\"}\n"},
        /* an id given later */
        {"people: {p: {lab: a}}\nevents: [{date: 2020, type: move, people: p, to: b}]",
         "people: {p: {lab: a}}\nevents: [{id: e, date: 2020, type: move, people: p, to: b}]",
         "event.changed e content /id nothing -> \"e\"\n"},
        {"events: [{date: 2020, type: shift, lab: a, to: x}]", "events: [{date: 2020, type: shift, lab: a, to: y}]",
         "shift.changed shift:a:2020 content /to \"x\" -> \"y\"\n"},
        {"events: [{date: 2020, type: shift, lab: a, to: x}]", "events: [{date: 2021, type: shift, lab: a, to: x}]",
         "event.redated shift:a:2021 content /date \"2020\" -> \"2021\"\n"},
        {"events: [{id: r, date: 2020, type: release, lab: a, title: R}]",
         "events: [{id: r, date: 2020, type: delay, lab: a, title: R}]", "event.changed r id /type \"release\" -> \"delay\"\n"},
        {"people: {p: {lab: a}}\nclaims: [{text: A, person: p, lab: a, at: 2020, count: 1}]",
         "people: {p: {lab: a}}\nclaims: [{text: A, person: p, lab: a, at: 2021, count: 1}]",
         "claim.changed claim:p:2021 content /at \"2020\" -> \"2021\"\n"},
        /* a rename takes the references to it along, in both directions of time */
        {"people: {p: {stints: [{lab: a, from: 2010}]}}\nevents: [{date: 2020, type: move, people: p, to: b}]\n"
         "views: [{id: v, type: moves, highlight: [p], callouts: [{person: p, text: X}]}]",
         "people: {o: {was: p, stints: [{lab: a, from: 2010}]}}\nevents: [{date: 2020, type: move, people: o, to: b}]\n"
         "views: [{id: v, type: moves, highlight: [o], callouts: [{person: o, text: X}]}]",
         "person.renamed o was /id \"p\" -> \"o\" /was nothing -> [\"p\"]\n"},
        {"people: {o: {was: p, lab: a}}", "people: {p: {lab: b}}",
         "person.renamed p was /id \"o\" -> \"p\" /lab \"a\" -> \"b\" /was [\"p\"] -> nothing\n"},
        /* stints one by one */
        {"people: {p: {stints: [{lab: a, from: 2010, to: 2012}, {lab: b, from: 2012}]}}",
         "people: {p: {stints: [{lab: c, from: 2008, to: 2010}, {lab: a, from: 2010, to: 2013}, {lab: b, from: 2013}]}}",
         "person.changed p id /stints/0 nothing -> {\"from\":\"2008\",\"lab\":\"c\",\"to\":\"2010\"} "
         "/stints/0/to=>/stints/1/to \"2012\" -> \"2013\" /stints/1/from=>/stints/2/from \"2012\" -> \"2013\"\n"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *from_text = g_strconcat(BASE, rows[i].from, "\n", NULL);
        g_autofree char *to_text = g_strconcat(BASE, rows[i].to, "\n", NULL);
        Sealed from = sealed_read(from_text), to = sealed_read(to_text);
        assert_read(&from, from_text);
        assert_read(&to, to_text);
        g_autoptr(OfChanges) changes = of_changes_new(from.story, to.story, 0);
        g_autofree char *told = tell_changes(changes);
        g_assert_cmpstr(told, ==, rows[i].told);
        sealed_clear(&from);
        sealed_clear(&to);
    }
}

/* ---- Random pairs ---- */

enum { N_LABS = 5, N_PEOPLE = 7, N_MILESTONES = 8, MOST_MOVES = 3 };

/* Decisions: those of a pair are the same but for one in `change_one_in` of them. */
typedef struct {
    GRand *shared, *own;
    guint change_one_in; /* 0: none */
    GPtrArray *labs, *people, *events;
    const char *lab_ids[N_LABS];
} Maker;

static guint pick(Maker *maker, guint n)
{
    const guint common = (guint) g_rand_int_range(maker->shared, 0, (gint32) n);
    if (maker->change_one_in > 0 && g_rand_int_range(maker->own, 0, (gint32) maker->change_one_in) == 0) {
        return (guint) g_rand_int_range(maker->own, 0, (gint32) n);
    }
    return common;
}

static void make_labs(Maker *maker, bool renames)
{
    static const char *const ids[][2] = {{"l0", "z0"}, {"l1", "b1"}, {"l2", "z2"}, {"l3", "b3"}, {"l4", "z4"}};
    for (guint i = 0; i < N_LABS; i++) {
        const guint which = renames && pick(maker, 3) == 0 ? 1 : 0;
        maker->lab_ids[i] = ids[i][which];
        g_ptr_array_add(maker->labs, g_strdup_printf("  %s: {name: N%u%s%s}\n", ids[i][which], pick(maker, 2),
                                                     renames ? ", was: " : "", renames ? ids[i][1 - which] : ""));
    }
}

static void make_moves(Maker *maker, guint person, guint lab)
{
    const guint n = pick(maker, MOST_MOVES + 1);
    for (guint k = 0; k < n; k++) {
        static const char *const roles[] = {"", ", role: R", ", role: S"};
        lab = (lab + 1 + pick(maker, N_LABS - 1)) % N_LABS;
        g_autofree char *id = pick(maker, 4) == 0 ? g_strdup_printf("id: e%u-%u, ", person, k) : g_strdup("");
        g_ptr_array_add(maker->events,
                        g_strdup_printf("  - {%sdate: %u, type: move, people: p%u, to: %s%s}\n", id, 2015 + 2 * k + pick(maker, 2),
                                        person, maker->lab_ids[lab], roles[pick(maker, 3)]));
    }
}

static char *make_stints(Maker *maker)
{
    GString *text = g_string_new("stints: [");
    const guint n = 1 + pick(maker, 3);
    guint lab = pick(maker, N_LABS);
    for (guint k = 0; k < n; k++) {
        const guint from = 2010 + 3 * k + pick(maker, 2);
        g_string_append_printf(text, "%s{lab: %s, from: %u", k > 0 ? ", " : "", maker->lab_ids[lab], from);
        g_string_append_printf(text, k + 1 < n ? ", to: %u}" : "}", from + 1);
        lab = (lab + 1 + pick(maker, N_LABS - 1)) % N_LABS;
    }
    g_string_append_c(text, ']');
    return g_string_free(text, FALSE);
}

static void make_people(Maker *maker)
{
    for (guint i = 0; i < N_PEOPLE; i++) {
        if (pick(maker, 5) == 0) {
            continue;
        }
        const guint lab = pick(maker, N_LABS);
        if (i % 3 == 0) {
            g_autofree char *stints = make_stints(maker);
            g_ptr_array_add(maker->people, g_strdup_printf("  p%u: {name: P%u, %s}\n", i, pick(maker, 2), stints));
        } else {
            g_ptr_array_add(maker->people,
                            g_strdup_printf("  p%u: {name: P%u, lab: %s}\n", i, pick(maker, 2), maker->lab_ids[lab]));
            make_moves(maker, i, lab);
        }
    }
}

static void make_milestones(Maker *maker)
{
    for (guint i = 0; i < N_MILESTONES; i++) {
        static const char *const types[] = {"release", "note"};
        const guint type = pick(maker, 2), lab = pick(maker, 2), year = pick(maker, 4);
        g_ptr_array_add(maker->events,
                        g_strdup_printf("  - {date: %u, type: %s, lab: %s, title: T%u%s}\n", 2020 + year, types[type],
                                        maker->lab_ids[lab], pick(maker, 3), pick(maker, 3) == 0 ? ", tags: [t]" : ""));
    }
}

static void shuffle(GPtrArray *lines, GRand *rand)
{
    for (guint i = lines->len; i > 1; i--) {
        const guint k = (guint) g_rand_int_range(rand, 0, (gint32) i);
        gpointer kept = lines->pdata[i - 1];
        lines->pdata[i - 1] = lines->pdata[k];
        lines->pdata[k] = kept;
    }
}

static void append_lines(GString *text, const char *head, const GPtrArray *lines, guint first, guint end)
{
    g_string_append(text, first < end ? head : "");
    for (guint i = first; i < end; i++) {
        g_string_append(text, lines->pdata[i]);
    }
}

static Sealed read_made(const Maker *maker, bool split)
{
    OfLimits limits = of_limits_default();
    Sealed sealed = {.diagnostics = of_diagnostics_new()};
    GString *first = g_string_new("orgflow: 1\n"), *second = g_string_new("orgflow: 1\n");
    GString *other = split ? second : first;
    const guint half = split ? maker->events->len / 2 : maker->events->len;
    append_lines(other, "people:\n", maker->people, 0, maker->people->len);
    append_lines(first, "labs:\n", maker->labs, 0, maker->labs->len);
    append_lines(first, "events:\n", maker->events, 0, half);
    append_lines(second, "events:\n", maker->events, half, maker->events->len);
    OfInput inputs[] = {{"a.yaml", first->str, first->len}, {"b.yaml", second->str, second->len}};
    g_string_free(first, FALSE);
    g_string_free(second, FALSE);
    sealed.story = of_story_read(inputs, 2, &limits, sealed_views, sealed.diagnostics);
    assert_read(&sealed, "a random story");
    return sealed;
}

/* A story, and the same one shuffled and split into files. */
static void make_story(guint32 seed, guint32 own, guint change_one_in, bool renames, Sealed *plain, Sealed *shuffled)
{
    Maker maker = {g_rand_new_with_seed(seed),
                   g_rand_new_with_seed(own),
                   change_one_in,
                   g_ptr_array_new_with_free_func(g_free),
                   g_ptr_array_new_with_free_func(g_free),
                   g_ptr_array_new_with_free_func(g_free),
                   {NULL}};
    make_labs(&maker, renames);
    make_people(&maker);
    make_milestones(&maker);
    *plain = read_made(&maker, false);
    shuffle(maker.labs, maker.own);
    shuffle(maker.people, maker.own);
    shuffle(maker.events, maker.own);
    *shuffled = read_made(&maker, true);
    g_ptr_array_unref(maker.labs);
    g_ptr_array_unref(maker.people);
    g_ptr_array_unref(maker.events);
    g_rand_free(maker.shared);
    g_rand_free(maker.own);
}

static char *tell_between(const Sealed *from, const Sealed *to)
{
    g_autoptr(OfChanges) changes = of_changes_new(from->story, to->story, 0);
    return tell_changes(changes);
}

/* The fields of an item with the changes done, but for its stints and id. */
static void assert_fields_lead_on(const OfChanges *changes, const OfChange *change)
{
    g_autoptr(JsonNode) from = of_item_fields(changes->from, change->kind, change->from);
    g_autoptr(JsonNode) to = of_item_fields(changes->to, change->kind, change->to);
    JsonObject *fields = json_node_get_object(from), *wanted = json_node_get_object(to);
    for (guint i = 0; i < change->fields->len; i++) {
        const OfFieldChange *field = change->fields->pdata[i];
        const char *name = field->path + 1;
        if (g_str_equal(name, "id") || g_str_has_prefix(name, "stints")) {
            continue;
        }
        g_autofree char *before = json_object_has_member(fields, name) ? of_json_text(json_object_get_member(fields, name)) : NULL;
        g_assert_cmpstr(before, ==, field->before);
        if (field->after != NULL) {
            json_object_set_member(fields, name, json_from_string(field->after, NULL));
        } else {
            json_object_remove_member(fields, name);
        }
    }
    json_object_remove_member(fields, "stints");
    json_object_remove_member(wanted, "stints");
    g_assert_true(json_node_equal(from, to));
}

static void check_pair(guint32 seed, bool renames)
{
    Sealed a, a_shuffled, b, b_shuffled;
    make_story(seed, seed + 1, 0, renames, &a, &a_shuffled);
    make_story(seed, seed + 2, 2 + seed % 30, renames, &b, &b_shuffled);
    g_autofree char *same = tell_between(&a, &a_shuffled);
    g_autofree char *forward = tell_between(&a, &b);
    g_autofree char *shuffled = tell_between(&a_shuffled, &b_shuffled);
    g_autofree char *backward = tell_between(&b, &a);
    g_autoptr(OfChanges) changes = of_changes_new(a.story, b.story, 0);
    g_assert_cmpstr(same, ==, "");
    g_assert_cmpstr(shuffled, ==, forward);
    g_assert_true((*forward == '\0') == g_str_equal(of_story_digest(a.story), of_story_digest(b.story)));
    for (guint i = 0; i < changes->list->len && !renames; i++) {
        const OfChange *change = changes->list->pdata[i];
        if (of_change_is_pair(change)) {
            assert_fields_lead_on(changes, change);
        }
    }
    of_changes_invert(changes);
    g_autofree char *inverted = tell_changes(changes);
    g_assert_cmpstr(inverted, ==, backward);
    of_changes_invert(changes);
    g_autofree char *again = tell_changes(changes);
    g_assert_cmpstr(again, ==, forward);
    sealed_clear(&a);
    sealed_clear(&b);
    sealed_clear(&a_shuffled);
    sealed_clear(&b_shuffled);
}

static void test_laws(void)
{
    for (guint32 seed = 1; seed <= 1500; seed++) {
        check_pair(seed, false);
    }
}

static void test_laws_with_renames(void)
{
    for (guint32 seed = 1; seed <= 1500; seed++) {
        check_pair(seed, true);
    }
}

/* ---- Many at one person: step by step ---- */

static Sealed read_many(guint n, guint shift)
{
    GString *text = g_string_new("labs: {a: {}}\nevents:\n");
    for (guint i = 0; i < n; i++) {
        g_string_append_printf(text, "- {date: %u-01-%02u, type: release, lab: a, title: T%u}\n", 1000 + i, 1 + shift, i);
    }
    Sealed sealed = sealed_read(text->str);
    g_string_free(text, TRUE);
    return sealed;
}

static void test_many(void)
{
    enum { N = 3000 };
    Sealed from = read_many(N, 0), to = read_many(N, 1);
    g_autoptr(OfChanges) changes = of_changes_new(from.story, to.story, 0);
    g_assert_cmpuint(changes->list->len, ==, N);
    for (guint i = 0; i < N; i++) {
        g_assert_cmpstr(((const OfChange *) changes->list->pdata[i])->verb, ==, "event.redated");
    }
    g_autofree char *backward = tell_between(&to, &from);
    of_changes_invert(changes);
    g_autofree char *inverted = tell_changes(changes);
    g_assert_cmpstr(inverted, ==, backward);

    /* Markdown is cut, and says how much is left. */
    GString *text = g_string_new(NULL);
    of_diff_write_markdown(text, changes, &(OfSideNames){NULL, NULL}, false);
    g_assert_cmpuint(text->len, <=, 60000);
    g_assert_cmpuint(text->len, >, 59000);
    guint lines = 0;
    for (const char *at = strstr(text->str, "\n- "); at != NULL; at = strstr(at + 1, "\n- ")) {
        lines++;
    }
    g_autofree char *rest = g_strdup_printf("…and %u more:", N - lines);
    g_assert_nonnull(strstr(text->str, rest));
    g_string_free(text, TRUE);
    sealed_clear(&from);
    sealed_clear(&to);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/diff/examples", test_examples);
    g_test_add_func("/diff/laws", test_laws);
    g_test_add_func("/diff/laws-with-renames", test_laws_with_renames);
    g_test_add_func("/diff/many", test_many);
    return g_test_run();
}
