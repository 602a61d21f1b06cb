/* A story from bytes to its digest. */
#include <string.h>

#include "model/story.h"

static const char *const views[] = {"moves", NULL};

#define LABS "orgflow: 1\ntitle: T\nlabs: {fair: {}, genai: {}}\nsources: {s: {title: S}}\n"
#define PEOPLE                                                                                                                     \
    "orgflow: 1\npeople: {lample: {lab: fair, sources: [s]}}\n"                                                                    \
    "events: [{date: 2023, type: move, people: lample, to: genai, sources: [s]}]\n"

typedef struct {
    const char *name, *text;
} File;

static OfStory *read_files(const File *files, guint n, OfDiagnostics *diagnostics)
{
    OfInput inputs[4];
    for (guint i = 0; i < n; i++) {
        inputs[i] = (OfInput){files[i].name, g_strdup(files[i].text), strlen(files[i].text)};
    }
    OfLimits limits = of_limits_default();
    OfStory *story = of_story_read(inputs, n, &limits, views, diagnostics);
    for (guint i = 0; i < n; i++) {
        g_assert_null(inputs[i].bytes);
    }
    of_diagnostics_sort(diagnostics);
    return story;
}

/* Neither the order of files nor how the data is split or written changes the digest; what it says does. */
static void test_digest(void)
{
    static const File rows[][2] = {
        {{"a.yaml", LABS}, {"b.yaml", PEOPLE}},
        {{"b.yaml", PEOPLE}, {"a.yaml", LABS}},
        {{"b.yaml", LABS}, {"a.yaml", PEOPLE}},
        {{"a.yaml",
          "{\"orgflow\": 1, \"sources\": {\"s\": {\"title\": \"S\"}}, \"labs\": {\"genai\": {}, \"fair\": {}}, \"title\": \"T\"}"},
         {"b.yaml", PEOPLE}},
        {{"a.yaml", LABS},
         {"b.yaml", "orgflow: 1\npeople: {lample: {lab: genai, sources: [s]}}\n"
                    "events: [{date: 2023, type: move, people: lample, to: fair, sources: [s]}]\n"}},
    };
    char digest[65] = "";
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(OfDiagnostics) diagnostics = of_diagnostics_new();
        g_autoptr(OfStory) story = read_files(rows[i], 2, diagnostics);
        g_assert_nonnull(story);
        g_assert_cmpuint(of_diagnostics_count(diagnostics), ==, 0);
        g_assert_cmpuint(strlen(of_story_digest(story)), ==, 64);
        if (i == 0) {
            memcpy(digest, of_story_digest(story), sizeof digest);
        }
        g_assert_true((strcmp(digest, of_story_digest(story)) == 0) == (i < 4));
    }
}

/* The codes of all errors, sorted by place, with blanks between them. */
static char *error_codes(const OfDiagnostics *diagnostics)
{
    GString *codes = g_string_new(NULL);
    for (guint i = 0; i < of_diagnostics_count(diagnostics); i++) {
        const OfDiagnostic *entry = of_diagnostics_get(diagnostics, i);
        if (entry->severity == OF_SEVERITY_ERROR) {
            g_string_append_printf(codes, "%s%s", codes->len > 0 ? " " : "", entry->code);
        }
    }
    return g_string_free(codes, FALSE);
}

static void test_errors(void)
{
    static const struct {
        const char *text, *codes;
        bool has_story;
    } rows[] = {
        /* what is wrong with a name does not hide what is wrong with time */
        {"orgflow: 1\nlabs:\n  a: {colour: red}\n  b: {founded: 2024, closed: 2023}\n", "unknown-key end-before-start", false},
        {"orgflow: 1\nlabs: {a: {}}\npeople: {p: {lab: a}}\ngroups: {g: {}}\nclaims: [{text: x, person: p, lab: a, at: 2023, "
         "count: 0}]\n",
         "claim-contradicted", true},
        {"orgflow: 1\nlabs: {a: {}}\npeople: {p: {lab: a}}\nclaims: [{text: x, person: q, lab: a, at: 2023, count: 0}]\n",
         "unknown-person", false},
        /* a lab that is not known hides nothing but what would follow from it */
        {"orgflow: 1\nlabs: {a: {}}\npeople: {p: {lab: a}, q: {lab: c}}\nevents: [{date: 2023, type: leave, people: q, from: a}]\n",
         "unknown-lab", false},
        {"orgflow: 2\nlabs: {a: {}}\n", "wrong-version", false},
        {"orgflow: 1\nlabs: []\npeople: {p: {lab: a}}\n", "wrong-type", false},
        {"orgflow: 1\n", "", true},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(OfDiagnostics) diagnostics = of_diagnostics_new();
        g_autoptr(OfStory) story = read_files(&(File){"a.yaml", rows[i].text}, 1, diagnostics);
        g_autofree char *codes = error_codes(diagnostics);
        g_assert_cmpstr(codes, ==, rows[i].codes);
        g_assert_true((story != NULL) == rows[i].has_story);
    }
}

/* Another file that cannot be read makes names unknown that may well stand in it. */
static void test_broken_file(void)
{
    static const File files[] = {
        {"a.yaml", "orgflow: 1\nlabs: [fair\n"}, {"b.yaml", PEOPLE}, {"c.yaml", "orgflow: 1\npeople: {\n"}};
    g_autoptr(OfDiagnostics) diagnostics = of_diagnostics_new();
    g_assert_null(read_files(files, 3, diagnostics));
    g_assert_cmpuint(of_diagnostics_count(diagnostics), ==, 2);
    g_assert_cmpstr(of_diagnostics_get(diagnostics, 0)->place.text->name, ==, "a.yaml");
    g_assert_cmpstr(of_diagnostics_get(diagnostics, 1)->place.text->name, ==, "c.yaml");
}

static void test_input_limit(void)
{
    g_autoptr(OfDiagnostics) diagnostics = of_diagnostics_new();
    OfLimits limits = of_limits_default();
    limits.value[OF_LIMIT_INPUT_BYTES] = (int64_t) (strlen(LABS) + strlen(PEOPLE) - 1);
    OfInput inputs[] = {{"a.yaml", g_strdup(LABS), strlen(LABS)}, {"b.yaml", g_strdup(PEOPLE), strlen(PEOPLE)}};
    g_assert_null(of_story_read(inputs, 2, &limits, views, diagnostics));
    g_assert_cmpuint(of_diagnostics_count(diagnostics), ==, 1);
    g_assert_true(of_diagnostics_has_limit(diagnostics));
    const OfDiagnostic *entry = of_diagnostics_get(diagnostics, 0);
    g_assert_cmpstr(entry->code, ==, "limit-input-bytes");
    g_autofree char *message = g_strdup_printf("the input holds more than %" G_GINT64_FORMAT " bytes, the limit `input-bytes`",
                                               limits.value[OF_LIMIT_INPUT_BYTES]);
    g_assert_cmpstr(entry->message, ==, message);
    g_assert_cmpstr(entry->hint, ==, "the limit can be raised: --limit input-bytes=N");
}

static void test_look_ups(void)
{
    static const File files[] = {{"a.yaml", LABS}, {"b.yaml", PEOPLE}};
    g_autoptr(OfDiagnostics) diagnostics = of_diagnostics_new();
    g_autoptr(OfStory) story = read_files(files, 2, diagnostics);
    g_assert_nonnull(story);
    g_assert_cmpstr(of_story_find_lab(story, "fair")->item.id, ==, "fair");
    g_assert_null(of_story_find_lab(story, "lample"));
    g_assert_cmpstr(of_story_find_person(story, "lample")->item.id, ==, "lample");
    g_assert_true(of_story_find_event(story, "move:lample:2023") == story->events.items[0]);
    g_assert_null(of_story_find_group(story, "g"));
    g_assert_null(of_story_find_view(story, "v"));
    g_assert_cmpstr(of_kind_name(OF_ITEM_STRATEGY), ==, "strategy");
    g_assert_cmpstr(of_confidence_names[OF_CONFIDENCE_DISPUTED], ==, "disputed");
    of_story_free(NULL);
}

static void test_tags(void)
{
    static const File files[] = {{"a.yaml", LABS},
                                 {"b.yaml", "orgflow: 1\npeople: {lample: {lab: fair, tags: [new, late]}}\n"
                                            "events: [{date: 2023, type: move, people: lample, to: genai, tags: late}]\n"}};
    g_autoptr(OfDiagnostics) diagnostics = of_diagnostics_new();
    g_autoptr(OfStory) story = read_files(files, 2, diagnostics);
    g_assert_nonnull(story);
    g_assert_true(of_story_has_tag(story, "late"));
    g_assert_false(of_story_has_tag(story, "lat"));
    g_autoptr(GPtrArray) tags = of_story_list_tags(story);
    g_assert_cmpuint(tags->len, ==, 2);
    g_assert_cmpstr(tags->pdata[0], ==, "late");
    g_assert_cmpstr(tags->pdata[1], ==, "new");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/story/digest", test_digest);
    g_test_add_func("/story/errors", test_errors);
    g_test_add_func("/story/broken-file", test_broken_file);
    g_test_add_func("/story/input-limit", test_input_limit);
    g_test_add_func("/story/look-ups", test_look_ups);
    g_test_add_func("/story/tags", test_tags);
    return g_test_run();
}
