/* Records applied and revisions merged, by their laws, on random stories in random ways of writing. */
#include "api/handles.h"
#include "diff/merge.h"
#include "random_stories.h"

/* Seeds of random stories; each gives several pairs. The sanitizers take five times as long. */
#ifdef __SANITIZE_ADDRESS__
#define N_SEEDS 25
#else
#define N_SEEDS 200
#endif

/* Files of one story. */
typedef struct {
    char *texts[2];
    guint n;
} Files;

static void clear_files(Files *files)
{
    for (guint i = 0; i < files->n; i++) {
        g_clear_pointer(&files->texts[i], g_free);
    }
}

static const char *const names[] = {"a.yaml", "b.yaml"};

static OrgflowStory *read_files(const Files *files)
{
    OrgflowInputs *inputs = orgflow_inputs_new();
    OrgflowStory *story;
    for (guint i = 0; i < files->n; i++) {
        orgflow_inputs_add_memory(inputs, names[i], files->texts[i], strlen(files->texts[i]));
    }
    orgflow_story_read(inputs, &story);
    orgflow_inputs_free(inputs);
    return story;
}

static void fail_unless_drawable(const OrgflowStory *story, const char *what, const char *text)
{
    OrgflowProblem problem;
    for (size_t i = 0; !orgflow_story_is_drawable(story) && orgflow_story_problem(story, i, &problem); i++) {
        g_printerr("%s:%u: %s\n", problem.file != NULL ? problem.file : "", problem.line, problem.message);
    }
    if (!orgflow_story_is_drawable(story)) {
        g_error("%s does not make sense:\n%s", what, text);
    }
}

static Files write_story(guint32 seed, guint32 own, guint change_one_in, RandomRenames renames, guint32 style)
{
    RandomStory story = random_story(seed, own, change_one_in, renames);
    Files files = {{NULL, NULL}, style % 4 == 1 ? 2 : 1};
    for (guint i = 0; i < files.n; i++) {
        files.texts[i] = random_write(&story, style, i, files.n);
    }
    random_story_clear(&story);
    return files;
}

static OrgflowStory *read_story(guint32 seed, guint32 own, guint change_one_in, RandomRenames renames, guint32 style, Files *files)
{
    *files = write_story(seed, own, change_one_in, renames, style);
    OrgflowStory *story = read_files(files);
    fail_unless_drawable(story, "a random story", files->texts[0]);
    return story;
}

static Files take_files(const OrgflowResult *result)
{
    Files files = {{NULL, NULL}, 0};
    OrgflowFile file;
    for (size_t i = 0; orgflow_result_file(result, i, &file); i++) {
        g_assert_cmpuint(strlen(file.bytes), ==, file.length);
        files.texts[files.n++] = g_strdup(file.bytes);
    }
    return files;
}

static char *write_record(const OrgflowStory *from, const OrgflowStory *to, guint likeness, bool reverse)
{
    OrgflowDiff *diff;
    char *text;
    g_assert_cmpint(orgflow_diff_new(from, to, &diff), ==, ORGFLOW_OK);
    orgflow_diff_find_renames(diff, likeness);
    if (reverse) {
        orgflow_diff_reverse(diff);
    }
    orgflow_diff_write(diff, "json", 0, &text, NULL);
    orgflow_diff_free(diff);
    return text;
}

/* Every comment that stands on a line of its own is still there. */
static guint count_comments(const Files *files)
{
    guint n = 0;
    for (guint i = 0; i < files->n; i++) {
        for (const char *at = strstr(files->texts[i], "# keep "); at != NULL; at = strstr(at + 1, "# keep ")) {
            n++;
        }
    }
    return n;
}

/* No line ends in another way than the others, and JSON stays JSON. */
static void assert_style(const Files *before, const Files *after, guint32 style)
{
    for (guint i = 0; i < after->n; i++) {
        const bool crlf = strstr(before->texts[i], "\r\n") != NULL;
        for (const char *at = strchr(after->texts[i], '\n'); crlf && at != NULL; at = strchr(at + 1, '\n')) {
            g_assert_true(at[-1] == '\r');
        }
        g_assert_true(crlf || strchr(after->texts[i], '\r') == NULL);
        g_assert_true(g_str_has_prefix(before->texts[i], "\xef\xbb\xbf") == g_str_has_prefix(after->texts[i], "\xef\xbb\xbf"));
        g_assert_true(before->texts[i][0] != '{' || after->texts[i][0] == '{');
    }
    g_assert_cmpuint(style, >, 0);
}

/* apply(a, record) is b. */
static Files assert_applied(const OrgflowStory *a, const Files *files, const char *record, const OrgflowStory *b)
{
    OrgflowResult *result;
    char *message = NULL;
    const OrgflowStatus status = orgflow_apply(a, "record", record, strlen(record), &result, &message);
    if (status != ORGFLOW_OK) {
        g_error("%s\n%s\n%s", message, record, files->texts[0]);
    }
    if (g_strcmp0(orgflow_story_digest(orgflow_result_story(result)), orgflow_story_digest(b)) != 0) {
        g_error("applied otherwise:\n%s\n%s", record, files->texts[0]);
    }
    const Files written = take_files(result);
    orgflow_result_free(result);
    return written;
}

static guint n_likely; /* records with guessed renames */

static void check_apply(guint32 seed, RandomRenames renames)
{
    Files a_files, b_files, c_files;
    const guint32 style = seed * 3 + renames;
    OrgflowStory *a = read_story(seed, seed + 1, 0, renames, style, &a_files);
    OrgflowStory *b = read_story(seed, seed + 2, 2 + seed % 40, renames, style + 1, &b_files);
    OrgflowStory *c = read_story(seed, seed + 3, 2 + seed % 30, renames, style + 2, &c_files);
    const guint likeness = renames == RANDOM_RENAMES_UNSAID ? 1 + seed % 70 : 0;
    g_autofree char *ab = write_record(a, b, likeness, false), *bc = write_record(b, c, likeness, false);
    g_autofree char *ba = write_record(a, b, likeness, true), *backward = write_record(b, a, likeness, false);
    g_assert_cmpstr(ba, ==, backward);
    n_likely += strstr(ab, "\"by\": \"likely\"") != NULL;
    Files at_b = assert_applied(a, &a_files, ab, b);
    assert_style(&a_files, &at_b, style);
    g_assert_cmpuint(count_comments(&at_b), <=, count_comments(&a_files));
    OrgflowStory *b_again = read_files(&at_b);
    Files at_c = assert_applied(b_again, &at_b, bc, c), at_a = assert_applied(b_again, &at_b, ba, a);
    /* What is done already is refused. */
    if (!g_str_equal(orgflow_story_digest(a), orgflow_story_digest(b))) {
        OrgflowResult *result;
        g_assert_cmpint(orgflow_apply(b, "record", ab, strlen(ab), &result, NULL), ==, ORGFLOW_INVALID);
        orgflow_result_free(result);
    }
    clear_files(&at_a);
    clear_files(&at_b);
    clear_files(&at_c);
    clear_files(&a_files);
    clear_files(&b_files);
    clear_files(&c_files);
    orgflow_story_free(a);
    orgflow_story_free(b);
    orgflow_story_free(b_again);
    orgflow_story_free(c);
}

static void test_apply(void)
{
    for (guint32 seed = 1; seed <= N_SEEDS; seed++) {
        for (guint renames = 0; renames < RANDOM_N_RENAMES; renames++) {
            check_apply(seed, (RandomRenames) renames);
        }
    }
    g_assert_cmpuint(n_likely, >, N_SEEDS / 8);
}

/* ---- Merging ---- */

static OrgflowResult *merge(const OrgflowStory *base, const OrgflowStory *ours, const OrgflowStory *theirs, OrgflowStatus *status)
{
    OrgflowResult *result;
    char *message = NULL;
    *status = orgflow_merge(base, ours, theirs, NULL, &result, &message);
    g_assert_cmpstr(message, ==, NULL);
    g_assert_nonnull(result);
    return result;
}

static void assert_merged(const OrgflowStory *base, const OrgflowStory *ours, const OrgflowStory *theirs,
                          const OrgflowStory *expected)
{
    OrgflowStatus status;
    OrgflowResult *result = merge(base, ours, theirs, &status);
    for (size_t i = 0; i < orgflow_result_n_conflicts(result); i++) {
        g_printerr("%s\n", orgflow_result_conflict(result, i));
    }
    g_assert_cmpint(status, ==, ORGFLOW_OK);
    g_assert_cmpstr(orgflow_story_digest(orgflow_result_story(result)), ==, orgflow_story_digest(expected));
    orgflow_result_free(result);
}

/* The text with conflicts settled for one side: 0 ours, 1 base, 2 theirs. */
static char *settle(const char *text, guint wanted)
{
    GString *out = g_string_new(NULL);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    guint side = G_MAXUINT;
    for (guint i = 0; lines[i] != NULL; i++) {
        if (g_str_has_prefix(lines[i], "<<<<<<< ours")) {
            side = 0;
        } else if (g_str_has_prefix(lines[i], "||||||| base")) {
            side = 1;
        } else if (g_str_equal(g_strchomp(lines[i]), "=======")) {
            side = 2;
        } else if (g_str_has_prefix(lines[i], ">>>>>>> theirs")) {
            side = G_MAXUINT;
        } else if (side == G_MAXUINT || side == wanted) {
            g_string_append_printf(out, "%s%s", lines[i], lines[i + 1] != NULL ? "\n" : "");
        }
    }
    return g_string_free(out, FALSE);
}

/* Whether the story reads as YAML, whatever it says. */
static bool reads(const Files *files, guint side)
{
    Files settled = {{NULL, NULL}, files->n};
    for (guint i = 0; i < files->n; i++) {
        settled.texts[i] = settle(files->texts[i], side);
    }
    OrgflowStory *story = read_files(&settled);
    OrgflowProblem problem;
    bool found = true;
    for (size_t i = 0; orgflow_story_problem(story, i, &problem); i++) {
        const bool meaning =
            !problem.is_error || g_str_has_prefix(problem.code, "unknown-") || strstr(problem.code, "yaml") == NULL;
        if (!meaning) {
            g_printerr("%s: %s\n%s", problem.code, problem.message, settled.texts[0]);
        }
        found = found && meaning;
    }
    clear_files(&settled);
    orgflow_story_free(story);
    return found;
}

/* The same conflicts with their sides swapped. */
static void assert_sides_swapped(const OrgflowStory *base, const OrgflowStory *ours, const OrgflowStory *theirs)
{
    g_autoptr(OfMerge) merged = of_merge_new(base->story, ours->story, theirs->story);
    g_autoptr(OfMerge) swapped = of_merge_new(base->story, theirs->story, ours->story);
    g_assert_cmpuint(merged->conflicts->len, ==, swapped->conflicts->len);
    for (guint i = 0; i < merged->conflicts->len; i++) {
        const OfConflict *one = merged->conflicts->pdata[i], *other = swapped->conflicts->pdata[i];
        g_assert_cmpint(one->kind, ==, other->kind);
        g_assert_cmpstr(one->key, ==, other->key);
        g_assert_cmpstr(one->path, ==, other->path);
        g_assert_cmpstr(one->ours, ==, other->theirs);
        g_assert_cmpstr(one->base, ==, other->base);
        g_assert_cmpstr(one->theirs, ==, other->ours);
    }
}

static guint n_clean, n_conflicts;

static void check_swapped(const OrgflowStory *base, const OrgflowStory *ours, const OrgflowStory *theirs)
{
    OrgflowStatus status, swapped_status;
    OrgflowResult *result = merge(base, ours, theirs, &status), *swapped = merge(base, theirs, ours, &swapped_status);
    g_assert_cmpint(status, ==, swapped_status);
    g_assert_cmpuint(orgflow_result_n_conflicts(result), ==, orgflow_result_n_conflicts(swapped));
    if (orgflow_result_n_conflicts(result) == 0) {
        n_clean++;
        g_assert_cmpstr(orgflow_story_digest(orgflow_result_story(result)), ==,
                        orgflow_story_digest(orgflow_result_story(swapped)));
    } else {
        n_conflicts++;
        Files files = take_files(result);
        for (guint side = 0; side < 3; side++) {
            g_assert_true(reads(&files, side));
        }
        OrgflowStory *marked = read_files(&files);
        OrgflowProblem problem;
        g_assert_true(orgflow_story_problem(marked, 0, &problem));
        g_assert_cmpstr(problem.code, ==, "merge-conflict");
        orgflow_story_free(marked);
        clear_files(&files);
    }
    orgflow_result_free(result);
    orgflow_result_free(swapped);
}

static void check_merge(guint32 seed, RandomRenames renames)
{
    Files o_files, a_files, b_files;
    const guint32 style = seed * 5 + renames;
    OrgflowStory *o = read_story(seed, seed + 1, 0, renames, style, &o_files);
    OrgflowStory *a = read_story(seed, seed + 2, 5 + seed % 60, renames, style + 1, &a_files);
    OrgflowStory *b = read_story(seed, seed + 3, 5 + seed % 90, renames, style + 2, &b_files);
    assert_merged(o, a, o, a);
    assert_merged(o, a, a, a);
    assert_merged(o, o, b, b);
    check_swapped(o, a, b);
    check_swapped(NULL, a, b);
    assert_sides_swapped(o, a, b);
    clear_files(&o_files);
    clear_files(&a_files);
    clear_files(&b_files);
    orgflow_story_free(o);
    orgflow_story_free(a);
    orgflow_story_free(b);
}

static void test_merge(void)
{
    for (guint32 seed = 1; seed <= N_SEEDS; seed++) {
        check_merge(seed, RANDOM_RENAMES_NONE);
        check_merge(seed, RANDOM_RENAMES_SAID);
    }
    /* Both ways out were tried. */
    g_assert_cmpuint(n_clean, >, N_SEEDS / 5);
    g_assert_cmpuint(n_conflicts, >, N_SEEDS / 5);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/merge/apply", test_apply);
    g_test_add_func("/merge/merge", test_merge);
    return g_test_run();
}
