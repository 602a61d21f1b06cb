/* Three versions of one file as git hands them over, merged in place. */
#include "cli/git.h"

#include <string.h>

enum { BASE, OURS, THEIRS, N_VERSIONS };

typedef struct {
    char *bytes;
    gsize length;
    OrgflowStory *story; /* NULL where it is none */
} Version;

/* What is merged, and what came of it. */
typedef struct {
    const char *path; /* as git calls it */
    Version versions[N_VERSIONS];
    char *text; /* the result, or NULL */
    gsize length;
} Merge;

static bool read_versions(Merge *merge, char *const *files)
{
    for (guint i = 0; i < N_VERSIONS; i++) {
        g_autoptr(GError) error = NULL;
        if (!g_file_get_contents(files[i], &merge->versions[i].bytes, &merge->versions[i].length, &error)) {
            say_error("cannot read `%s`: %s", merge->path, error->message);
            return false;
        }
    }
    return true;
}

/* ---- By lines ---- */

/* As git would without orgflow. Returns ORGFLOW_DIFFERENT where there are conflicts, which then stand in the text. */
static int merge_lines(Merge *merge, guint marker_size)
{
    static const char *const labels[] = {"base", "ours", "theirs"};
    OrgflowLines lines[N_VERSIONS];
    char *text = NULL, *message = NULL;
    for (guint i = 0; i < N_VERSIONS; i++) {
        lines[i] = (OrgflowLines){labels[i], merge->versions[i].bytes, merge->versions[i].length};
    }
    const OrgflowStatus status =
        orgflow_lines_merge(&lines[BASE], &lines[OURS], &lines[THEIRS], marker_size, &text, &merge->length, &message);
    if (text != NULL) {
        merge->text = g_memdup2(text, MAX(merge->length, 1));
    }
    orgflow_free(text);
    return status == ORGFLOW_DIFFERENT ? ORGFLOW_DIFFERENT : say_failure(status, &message);
}

/* ---- By what the story says ---- */

/* Whether all versions are stories; a base that is empty is one that was not there. */
static bool read_stories(Merge *merge)
{
    static const char *const names[] = {"the base of", "our", "their"};
    for (guint i = 0; i < N_VERSIONS; i++) {
        const Version *version = &merge->versions[i];
        if (!orgflow_is_story(version->bytes, version->length) && (i != BASE || version->length > 0)) {
            return false;
        }
    }
    for (guint i = 0; i < N_VERSIONS; i++) {
        Version *version = &merge->versions[i];
        if (version->length == 0) {
            continue;
        }
        version->story = read_git_story(merge->path, names[i], version->bytes, version->length);
        if (version->story == NULL) {
            return false;
        }
    }
    return true;
}

/* What an editor is needed for. */
static void say_conflicts(const Merge *merge, const OrgflowResult *result)
{
    const OrgflowStory *story = orgflow_result_story(result);
    OrgflowProblem problem;
    for (size_t i = 0; i < orgflow_result_n_conflicts(result); i++) {
        say_error("`%s`: conflict: %s", merge->path, orgflow_result_conflict(result, i));
    }
    for (size_t i = 0; story != NULL && orgflow_story_problem(story, i, &problem); i++) {
        if (problem.is_error) {
            say_error("`%s`: both sides merge, but not to a story: %s", merge->path, problem.message);
        }
    }
}

/* ORGFLOW_INVALID where the files are in no form that can be merged so: said, and nothing for lines. */
static int merge_stories(Merge *merge)
{
    OrgflowResult *result = NULL;
    OrgflowFile file;
    char *message = NULL;
    int status = (int) orgflow_merge(merge->versions[BASE].story, merge->versions[OURS].story, merge->versions[THEIRS].story, NULL,
                                     &result, &message);
    if (result != NULL && orgflow_result_file(result, 0, &file)) {
        merge->text = g_memdup2(file.bytes, MAX(file.length, 1));
        merge->length = file.length;
    }
    if (status == ORGFLOW_DIFFERENT) {
        say_conflicts(merge, result);
    } else if (status != ORGFLOW_OK) {
        say_error("`%s` is merged by lines: %s", merge->path, message != NULL ? message : "");
    }
    orgflow_free(message);
    orgflow_result_free(result);
    return status;
}

/* ---- What git calls ---- */

/* BASE-FILE OURS-FILE THEIRS-FILE MARKER-SIZE PATH. The result goes into OURS-FILE. git takes 0 for merged, anything else for
 * conflicts. */
int git_merge_driver(const Request *request G_GNUC_UNUSED, char *const *arguments, guint n)
{
    if (n != 5) {
        say_error("`git merge-driver` is called by git with 5 arguments, not %u", n);
        return ORGFLOW_USAGE;
    }
    Merge merge = {.path = arguments[4]};
    int status = ORGFLOW_INVALID;
    if (read_versions(&merge, arguments)) {
        const guint64 marker_size = g_ascii_strtoull(arguments[3], NULL, 10);
        status = read_stories(&merge) ? merge_stories(&merge) : ORGFLOW_INVALID;
        if (merge.text == NULL) {
            status = merge_lines(&merge, (guint) CLAMP(marker_size, 1, 1000));
        }
    }
    if (merge.text != NULL) {
        char *message = NULL;
        const int written = say_failure(orgflow_write_file(arguments[OURS], merge.text, merge.length, &message), &message);
        status = written != ORGFLOW_OK ? written : status;
    }
    g_free(merge.text);
    for (guint i = 0; i < N_VERSIONS; i++) {
        g_free(merge.versions[i].bytes);
        orgflow_story_free(merge.versions[i].story);
    }
    return status;
}
