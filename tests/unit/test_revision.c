#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "base/limits.h"
#include "orgflow/orgflow.h"
#include "revision/lines.h"
#include "revision/revision.h"
#include "revision/setup.h"

#define STORY "orgflow: 1\ntitle: A story\n"

typedef struct {
    char *folder; /* holds a repository of two commits, and outside of it nothing */
} Fixture;

static void run(const char *folder, const char *script)
{
    g_autoptr(GError) error = NULL;
    char *line[] = {(char *) (gsize) "/bin/sh", (char *) (gsize) "-ec", (char *) (gsize) script, NULL};
    g_auto(GStrv) environment = g_get_environ();
    g_autoptr(GPtrArray) kept = g_ptr_array_new();
    for (char **entry = environment; *entry != NULL; entry++) {
        if (!g_str_has_prefix(*entry, "GIT_")) {
            g_ptr_array_add(kept, *entry);
        }
    }
    g_ptr_array_add(kept, NULL);
    int status = 0;
    g_spawn_sync(folder, line, (char **) kept->pdata, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status, &error);
    g_assert_no_error(error);
    g_assert_cmpint(status, ==, 0);
}

static void set_up(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    fixture->folder = g_dir_make_tmp("orgflow-revision-XXXXXX", NULL);
    run(fixture->folder,
        "git init -q -b main . && mkdir -p graphs/deep\n"
        "git config user.name Ann && git config user.email ann@example.org\n"
        "printf 'orgflow: 1\\ntitle: A story\\n' >graphs/b.yaml && cp graphs/b.yaml graphs/a.yaml && echo x >graphs/deep/c.txt\n"
        "echo 'a: 1' >z.yaml && git add . && git commit -qm first\n"
        "git rm -q graphs/a.yaml && git commit -qm second");
}

static void tear_down(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *script = g_strdup_printf("rm -rf '%s'", fixture->folder);
    run("/", script);
    g_free(fixture->folder);
}

static void test_reads_files_and_folders(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(OfRepository) repository = of_repository_open(fixture->folder, &error);
    g_assert_no_error(error);
    g_autoptr(GPtrArray) folder = of_revision_read(repository, "HEAD~1", "graphs/", 1000, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(folder->len, ==, 2);
    const OfRevisionFile *first = folder->pdata[0];
    g_assert_cmpstr(first->path, ==, "graphs/a.yaml");
    g_assert_cmpstr(first->bytes, ==, STORY);
    g_assert_cmpuint(first->length, ==, strlen(STORY));
    g_assert_null(of_revision_read(repository, "HEAD", "graphs/a.yaml", 1000, &error));
    g_assert_error(error, OF_ERROR, OF_ERROR_DATA);
    g_clear_error(&error);
    g_assert_null(of_revision_read(repository, "HEAD~1", "graphs", (gint64) strlen(STORY) * 2 - 1, &error));
    g_assert_error(error, OF_ERROR, OF_ERROR_LIMIT);
    g_clear_error(&error);
    g_autofree char *only = of_revision_find_file(repository, "HEAD", 1000, orgflow_is_story, &error);
    g_assert_cmpstr(only, ==, "graphs/b.yaml");
    g_assert_null(of_revision_find_file(repository, "HEAD~1", 1000, orgflow_is_story, &error));
    g_assert_error(error, OF_ERROR, OF_ERROR_USAGE);
    g_clear_error(&error);
    g_autofree char *base = of_revision_find(repository, "HEAD...HEAD~1", &error),
                    *parent = of_revision_find(repository, "HEAD~1", &error);
    g_assert_cmpstr(base, ==, parent);
}

static void check_path(const OfRepository *repository, const char *path, const char *expected)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *found = of_revision_tree_path(repository, path, &error);
    g_assert_cmpstr(found, ==, expected);
    g_assert_true((found == NULL) == (error != NULL));
}

static void test_paths(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *before = g_get_current_dir(), *deep = g_build_filename(fixture->folder, "graphs", "deep", NULL);
    g_assert_cmpint(g_chdir(deep), ==, 0);
    g_autoptr(OfRepository) repository = of_repository_open(NULL, NULL);
    g_assert_nonnull(repository);
    static const char *const cases[][2] = {
        {"a.yaml", "a.yaml"},
        {"./a.yaml", "graphs/deep/a.yaml"},
        {"../a.yaml", "graphs/a.yaml"},
        {"../../a.yaml", "a.yaml"},
        {".", "graphs/deep"},
        {"..", "graphs"},
        {"../..", ""},
        {"../../..", NULL},
        {"", ""},
        {"graphs//./b/../a", "graphs/a"},
        {".../a.yaml", ".../a.yaml"},
        {"../../../a.yaml", NULL},
        {"/", NULL},
        {"..a/b.yaml", "..a/b.yaml"},
        {"./../deep/.././a", "graphs/a"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        check_path(repository, cases[i][0], cases[i][1]);
    }
    static const char *const seen[][2] = {{"graphs/deep/a.yaml", "a.yaml"},
                                          {"graphs/a.yaml", "../a.yaml"},
                                          {"a.yaml", "../../a.yaml"},
                                          {"graphs/deeper/a", "../deeper/a"}};
    for (gsize i = 0; i < G_N_ELEMENTS(seen); i++) {
        g_autofree char *path = of_revision_seen_path(repository, seen[i][0]), *marked = g_strconcat("./", path, NULL);
        g_assert_cmpstr(path, ==, seen[i][1]);
        check_path(repository, marked, seen[i][0]);
    }
    g_assert_cmpint(g_chdir(before), ==, 0);
}

static gpointer read_often(gpointer folder)
{
    enum { TIMES = 50 };
    for (int i = 0; i < TIMES; i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(OfRepository) repository = of_repository_open(folder, &error);
        g_assert_no_error(error);
        g_autoptr(GPtrArray) files = of_revision_read(repository, "HEAD~1", "graphs", 1000, &error);
        g_assert_no_error(error);
        g_assert_cmpuint(files->len, ==, 2);
        g_assert_null(of_revision_read(repository, "nothing", "graphs", 1000, &error));
        g_assert_error(error, OF_ERROR, OF_ERROR_DATA);
    }
    return NULL;
}

static void test_threads(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    GThread *threads[8];
    for (gsize i = 0; i < G_N_ELEMENTS(threads); i++) {
        threads[i] = g_thread_new("reader", read_often, fixture->folder);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(threads); i++) {
        g_thread_join(threads[i]);
    }
}

static void test_tells_stories(void)
{
    static const struct {
        const char *text;
        bool story;
    } cases[] = {
        {"orgflow: 1", true},
        {"\xef\xbb\xbf# a comment\n\norgflow : 1\n", true},
        {"---\n\"orgflow\": 1\n", true},
        {"'orgflow': 1\n", true},
        {"title: x\r\norgflow: 1\r\n", true},
        {"{\"orgflow\": 1}", true},
        {"\n{\n  \"title\": \"x\",\n  \"orgflow\": 1}", true},
        {"", false},
        {"orgflow", false},
        {"orgflows: 1\n", false},
        {"chart:\n  orgflow: 1\n", false},
        {"# orgflow: 1\n", false},
        {"{", false},
        {"{\n\n", false},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *exact = g_memdup2(cases[i].text, MAX(strlen(cases[i].text), 1)); /* reading behind the end is seen */
        g_assert_cmpint(orgflow_is_story(exact, strlen(cases[i].text)), ==, cases[i].story);
    }
}

static void test_lines(void)
{
    g_autoptr(GError) error = NULL;
    const OfLines base = {"base", "1\n2\n3\n", 6}, ours = {"ours", "0\n2\n3\n", 6}, theirs = {"theirs", "1\n2\n4\n", 6};
    const OfLines none = {NULL, "", 0}, binary = {"b", "a\0b", 3};
    g_autofree char *same = of_lines_diff(&base, &base, &error), *added = of_lines_diff(&none, &base, &error);
    g_assert_cmpstr(same, ==, "");
    g_assert_nonnull(strstr(added, "--- /dev/null\n+++ b/base\n@@ -0,0 +1,3 @@\n+1\n+2\n+3\n"));
    gsize length = 0;
    bool clean = false;
    g_autofree char *merged = of_lines_merge(&base, &ours, &theirs, 7, &length, &clean, &error);
    g_assert_cmpstr(merged, ==, "0\n2\n4\n");
    g_assert_true(clean && length == 6);
    g_autofree char *conflict = of_lines_merge(&ours, &base, &binary, 7, &length, &clean, &error);
    g_assert_null(conflict);
    g_assert_error(error, OF_ERROR, OF_ERROR_DATA);
    const OfLines rival = {"theirs", "9\n2\n3\n", 6};
    g_autofree char *marked = of_lines_merge(&base, &ours, &rival, 9, &length, &clean, NULL);
    g_assert_cmpstr(marked, ==, "<<<<<<<<< ours\n0\n=========\n9\n>>>>>>>>> theirs\n2\n3\n");
    g_assert_false(clean);
}

static void test_attributes(void)
{
    static const char *const patterns[] = {"graphs/*.yaml", "a \"b\".yaml", NULL};
    g_autoptr(GString) report = g_string_new(NULL);
    static const char before[] = "# graphs/*.yaml diff=orgflow merge=orgflow\n*.c diff=cpp";
    g_autofree char *added = of_attributes_add(before, patterns, report);
    g_assert_cmpstr(added, ==,
                    "# graphs/*.yaml diff=orgflow merge=orgflow\n*.c diff=cpp\ngraphs/*.yaml diff=orgflow merge=orgflow\n"
                    "\"a \\\"b\\\".yaml\" diff=orgflow merge=orgflow\n");
    g_autofree char *again = of_attributes_add(added, patterns, report), *removed = of_attributes_remove(added, report);
    g_assert_cmpstr(again, ==, added);
    g_assert_cmpstr(removed, ==, "# graphs/*.yaml diff=orgflow merge=orgflow\n*.c diff=cpp\n");
    g_autofree char *other = of_attributes_add("graphs/*.yaml -diff\n\"a \\\"b\\\".yaml\" !merge\n", patterns, report);
    g_assert_cmpstr(other, ==, "graphs/*.yaml -diff\n\"a \\\"b\\\".yaml\" !merge\n");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add("/revision/files", Fixture, NULL, set_up, test_reads_files_and_folders, tear_down);
    g_test_add("/revision/paths", Fixture, NULL, set_up, test_paths, tear_down);
    g_test_add("/revision/threads", Fixture, NULL, set_up, test_threads, tear_down);
    g_test_add_func("/revision/stories", test_tells_stories);
    g_test_add_func("/revision/lines", test_lines);
    g_test_add_func("/revision/attributes", test_attributes);
    return g_test_run();
}
