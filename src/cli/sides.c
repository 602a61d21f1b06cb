#include "cli/sides.h"

#include <string.h>

static bool is_stdin(const char *argument)
{
    return strcmp(argument, "-") == 0;
}

static bool exists(const char *path)
{
    return g_file_test(path, G_FILE_TEST_EXISTS);
}

/* What names a side by itself. */
static bool is_whole_side(const char *argument)
{
    return is_stdin(argument) || exists(argument) || find_revision_colon(argument) != NULL;
}

/* A path after `--` is seen from the current folder. */
static char *path_from_here(const char *path)
{
    const bool is_marked = g_path_is_absolute(path) || g_str_has_prefix(path, "./") || g_str_has_prefix(path, "../");
    return is_marked ? g_strdup(path) : g_strconcat("./", path, NULL);
}

static int fill_side(Side *side, const char *revision, char *const *paths, guint n_paths)
{
    side->revision = g_strdup(revision);
    for (guint i = 0; i < n_paths; i++) {
        char *path = NULL, *message = NULL;
        if (revision == NULL) {
            path = g_strdup(paths[i]);
        } else {
            const int status = say_failure(orgflow_revision_path(NULL, paths[i], &path, &message), &message);
            if (status != ORGFLOW_OK) {
                return status;
            }
        }
        g_ptr_array_add(side->paths, g_strdup(path));
        orgflow_free(path);
    }
    g_autoptr(GPtrArray) shown = g_ptr_array_new();
    for (guint i = 0; i < side->paths->len; i++) {
        g_ptr_array_add(shown, side->paths->pdata[i]);
    }
    g_ptr_array_add(shown, NULL);
    g_autofree char *joined = g_strjoinv(" ", (char **) shown->pdata);
    side->name = revision == NULL ? g_strdup(joined) : n_paths == 1 ? g_strconcat(revision, ":", joined, NULL) : g_strdup(revision);
    return ORGFLOW_OK;
}

/* ---- OLD NEW ---- */

static int parse_whole(char *const *arguments, Side sides[2])
{
    if (is_stdin(arguments[0]) && is_stdin(arguments[1])) {
        say_error("standard input can be one side, not both");
        return ORGFLOW_USAGE;
    }
    int status = ORGFLOW_OK;
    for (guint i = 0; i < 2 && status == ORGFLOW_OK; i++) {
        const char *colon = find_revision_colon(arguments[i]);
        g_autofree char *revision = colon != NULL ? g_strndup(arguments[i], (gsize) (colon - arguments[i])) : NULL;
        char *path = (char *) (gsize) (colon != NULL ? colon + 1 : arguments[i]);
        status = fill_side(&sides[i], revision, &path, 1);
    }
    return status;
}

/* ---- Revisions and paths ---- */

/* What stands on either side; right is NULL for the work tree. */
typedef struct {
    char *left, *right;
} Range;

static char *or_head(const char *revision)
{
    return g_strdup(*revision != '\0' ? revision : "HEAD");
}

/* "A...B" becomes the id of the commit where both parted. */
static int split_range(const char *argument, Range *range)
{
    const char *dots = find_outside_braces(argument, "..");
    if (dots == NULL) {
        range->left = g_strdup(argument);
        return ORGFLOW_OK;
    }
    const bool from_base = dots[2] == '.';
    range->right = or_head(dots + (from_base ? 3 : 2));
    if (from_base) {
        char *id = NULL, *message = NULL;
        const int status = say_failure(orgflow_revision_find(NULL, argument, &id, &message), &message);
        range->left = g_strdup(id);
        orgflow_free(id);
        return status;
    }
    g_autofree char *left = g_strndup(argument, (gsize) (dots - argument));
    range->left = or_head(left);
    return ORGFLOW_OK;
}

/* Without a path: the one story of either revision, in the work tree under its path there. */
static int find_stories(const Range *range, char *paths[2])
{
    int status = ORGFLOW_OK;
    const char *revisions[] = {range->left, range->right};
    for (guint i = 0; i < 2 && status == ORGFLOW_OK; i++) {
        char *path = NULL, *message = NULL;
        const bool searched = revisions[i] != NULL;
        status = searched ? (int) orgflow_revision_story(NULL, revisions[i], &path, &message) : ORGFLOW_OK;
        if (status == ORGFLOW_USAGE) {
            say_error("%s (`orgflow diff %s%s%s -- PATH`)", message, range->left, range->right != NULL ? " " : "",
                      range->right != NULL ? range->right : "");
        } else if (status != ORGFLOW_OK) {
            say_error("%s", message);
        }
        paths[i] = g_strdup(searched ? path : paths[0]);
        orgflow_free(path);
        orgflow_free(message);
    }
    return status;
}

static int fill_range(const Range *range, char *const *paths, guint n_paths, Side sides[2])
{
    const char *revisions[] = {range->left, range->right};
    char *found[2] = {NULL, NULL};
    int status = n_paths == 0 ? find_stories(range, found) : ORGFLOW_OK;
    for (guint i = 0; i < 2 && status == ORGFLOW_OK; i++) {
        char *const *wanted = n_paths == 0 ? &found[i] : paths;
        g_autoptr(GPtrArray) seen = g_ptr_array_new_with_free_func(g_free);
        for (guint k = 0; k < MAX(n_paths, 1); k++) {
            g_ptr_array_add(seen, revisions[i] != NULL ? path_from_here(wanted[k]) : g_strdup(wanted[k]));
        }
        status = fill_side(&sides[i], revisions[i], (char *const *) seen->pdata, seen->len);
    }
    g_free(found[0]);
    g_free(found[1]);
    return status;
}

static int parse_revisions(char *const *revisions, guint n_revisions, char *const *paths, guint n_paths, Side sides[2])
{
    Range range = {NULL, NULL};
    if (n_revisions > 2 || (n_revisions == 2 &&
                            (find_outside_braces(revisions[0], "..") != NULL || find_outside_braces(revisions[1], "..") != NULL))) {
        say_error("`diff` compares two revisions: REV REV, A..B or A...B (see `orgflow help diff`)");
        return ORGFLOW_USAGE;
    }
    for (guint i = 0; i < n_paths; i++) {
        if (is_stdin(paths[i]) || (!exists(paths[i]) && find_revision_colon(paths[i]) != NULL)) {
            say_error("beside revisions stand paths, not `%s` (see `orgflow help diff`)", paths[i]);
            return ORGFLOW_USAGE;
        }
    }
    int status = split_range(revisions[0], &range);
    if (status == ORGFLOW_OK && n_revisions == 2) {
        range.right = g_strdup(revisions[1]);
    }
    if (status == ORGFLOW_OK) {
        status = fill_range(&range, paths, n_paths, sides);
    }
    g_free(range.left);
    g_free(range.right);
    return status;
}

/* ---- Without `--` ---- */

static bool looks_like_path(const char *argument)
{
    return g_path_is_absolute(argument) || g_str_has_prefix(argument, "./") || g_str_has_prefix(argument, "../");
}

/* Whether an argument that is no file names one revision or two; what it is not is said. */
static int check_revision(const char *argument)
{
    char *id = NULL, *message = NULL;
    Range range = {NULL, NULL};
    if (looks_like_path(argument)) {
        say_error("`%s` is no file or folder", argument);
        return ORGFLOW_INVALID;
    }
    int status = split_range(argument, &range);
    const char *revisions[] = {range.left, range.right};
    for (guint i = 0; i < 2 && status == ORGFLOW_OK && revisions[i] != NULL; i++) {
        status = (int) orgflow_revision_find(NULL, revisions[i], &id, &message);
        if (status != ORGFLOW_OK) {
            say_error("`%s` is no file or folder; %s", argument, message);
        }
        orgflow_free(id);
        orgflow_free(message);
        id = message = NULL;
    }
    g_free(range.left);
    g_free(range.right);
    return status;
}

/* A file beside what is none. */
static int fail_second(const char *argument)
{
    const int status = check_revision(argument);
    if (status == ORGFLOW_OK) {
        say_error("beside a file stands another, or `%s:PATH` (see `orgflow help diff`)", argument);
    }
    return status != ORGFLOW_OK ? status : ORGFLOW_USAGE;
}

/* As git: what is no file comes first and is a revision. */
static int parse_mixed(char *const *arguments, guint n, Side sides[2])
{
    guint n_revisions = 0;
    while (n_revisions < n && !is_whole_side(arguments[n_revisions])) {
        n_revisions++;
    }
    if (n_revisions == 0 && n == 2) {
        return fail_second(arguments[1]);
    }
    if (n_revisions == 0) {
        say_error("`diff` takes OLD and NEW, or revisions and `-- PATH` (see `orgflow help diff`)");
        return ORGFLOW_USAGE;
    }
    int status = ORGFLOW_OK;
    for (guint i = 0; i < n_revisions && status == ORGFLOW_OK; i++) {
        status = check_revision(arguments[i]);
    }
    return status == ORGFLOW_OK ? parse_revisions(arguments, n_revisions, arguments + n_revisions, n - n_revisions, sides) : status;
}

int sides_parse(const Request *request, Side sides[2])
{
    for (guint i = 0; i < 2; i++) {
        sides[i] = (Side){.paths = g_ptr_array_new_with_free_func(g_free)};
    }
    const guint n = request->files->len;
    char *const *arguments = (char *const *) request->files->pdata;
    if (request->n_before > 0) {
        const guint n_before = (guint) request->n_before;
        return parse_revisions(arguments, n_before, arguments + n_before, n - n_before, sides);
    }
    if (n == 2 && is_whole_side(arguments[0]) && is_whole_side(arguments[1])) {
        return parse_whole(arguments, sides);
    }
    return parse_mixed(arguments, n, sides);
}

void sides_clear(Side sides[2])
{
    for (guint i = 0; i < 2; i++) {
        g_free(sides[i].name);
        g_free(sides[i].revision);
        g_clear_pointer(&sides[i].paths, g_ptr_array_unref);
    }
}

int side_read(const Request *request, const Side *side, OrgflowStory **story)
{
    OrgflowInputs *inputs = orgflow_inputs_new();
    int status = request_prepare_inputs(request, inputs);
    for (guint i = 0; i < side->paths->len && status == ORGFLOW_OK; i++) {
        const char *path = side->paths->pdata[i];
        char *message = NULL;
        status = say_failure(side->revision != NULL ? orgflow_inputs_add_revision(inputs, NULL, side->revision, path, &message)
                                                    : orgflow_inputs_add_path(inputs, path, &message),
                             &message);
    }
    if (status == ORGFLOW_OK) {
        orgflow_story_read(inputs, story);
        hide_progress();
        Request quieter = *request;
        quieter.quiet = request->quiet || !request->strict;
        status = request_show_problems(&quieter, !request->strict, *story);
    }
    orgflow_inputs_free(inputs);
    return status;
}

bool side_is_input(const Side *side, const char *path)
{
    for (guint i = 0; i < side->paths->len && side->revision == NULL; i++) {
        if (is_input(side->paths->pdata[i], path)) {
            return true;
        }
    }
    return false;
}
