/* `orgflow merge`. */
#include "cli/command.h"

#include <string.h>

static char *output = NULL, *labels = NULL;

const GOptionEntry merge_entries[] = {
    {"output", 'o', 0, G_OPTION_ARG_FILENAME, &output,
     "write to a file, of several files into a folder (- is standard output, the default)", "OUT"},
    {"labels", 'L', 0, G_OPTION_ARG_FILENAME, &labels, "what conflicts call the sides, instead of the paths", "OURS,BASE,THEIRS"},
    G_OPTION_ENTRY_NULL,
};

enum { BASE, OURS, THEIRS, N_SIDES };

static void free_options(void)
{
    g_clear_pointer(&output, g_free);
    g_clear_pointer(&labels, g_free);
}

static int check_usage(const Request *request)
{
    if (request->files->len != N_SIDES) {
        say_error("`merge` takes BASE, OURS and THEIRS (see `orgflow help merge`)");
        return ORGFLOW_USAGE;
    }
    guint n_stdin = 0;
    for (guint i = 0; i < N_SIDES; i++) {
        n_stdin += strcmp(request->files->pdata[i], "-") == 0;
    }
    if (n_stdin > 1) {
        say_error("standard input can be one side, not several");
        return ORGFLOW_USAGE;
    }
    return ORGFLOW_OK;
}

/* The labels of the conflicts: as asked for, else the paths. Returns false where those asked for are not three. */
static bool list_labels(const Request *request, char **names)
{
    g_auto(GStrv) parts = labels != NULL ? g_strsplit(labels, ",", -1) : NULL;
    if (parts != NULL && g_strv_length(parts) != N_SIDES) {
        say_error("`--labels` takes three names with commas between them: OURS,BASE,THEIRS");
        return false;
    }
    const guint sides[] = {OURS, BASE, THEIRS};
    for (guint i = 0; i < N_SIDES; i++) {
        names[i] = g_strdup(parts != NULL ? parts[i] : request->files->pdata[sides[i]]);
    }
    return true;
}

/* Says what the sides contradict each other in, or what is wrong with what came out. */
static void show_conflicts(const Request *request, const OrgflowResult *result)
{
    for (size_t i = 0; i < orgflow_result_n_conflicts(result); i++) {
        say_error("conflict: %s", orgflow_result_conflict(result, i));
    }
    const OrgflowStory *story = orgflow_result_story(result);
    if (story != NULL) {
        Request shown = *request;
        shown.strict = false;
        shown.quiet = true; /* what keeps it from making sense, no more */
        request_show_problems(&shown, false, story);
        say_error("conflict: the sides go together field by field, but not in what they say");
    }
}

static int merge(const Request *request, OrgflowStory *const *stories, const char *const *names)
{
    OrgflowResult *result = NULL;
    char *message = NULL;
    const OrgflowStatus merged = orgflow_merge(stories[BASE], stories[OURS], stories[THEIRS], names, &result, &message);
    if (message != NULL) {
        say_error("%s", message);
    }
    orgflow_free(message);
    if (result == NULL) {
        return (int) merged;
    }
    if (merged == ORGFLOW_DIFFERENT) {
        show_conflicts(request, result);
    }
    g_autoptr(GPtrArray) kept = g_ptr_array_new();
    g_ptr_array_add(kept, request->files->pdata[BASE]);
    g_ptr_array_add(kept, request->files->pdata[THEIRS]);
    const int written = write_result(result, output, kept);
    orgflow_result_free(result);
    return written != ORGFLOW_OK ? written : (int) merged;
}

int run_merge(int argc, char **argv)
{
    Request request;
    OrgflowStory *stories[N_SIDES] = {NULL};
    char *names[N_SIDES] = {NULL};
    int status = request_parse(&request, command_find("merge"), argc, argv);
    if (status == ORGFLOW_OK) {
        status = check_usage(&request);
    }
    if (status == ORGFLOW_OK && !list_labels(&request, names)) {
        status = ORGFLOW_USAGE;
    }
    /* All are read, so that one run says what is wrong with any. */
    for (guint i = 0; i < N_SIDES && (status == ORGFLOW_OK || (stories[0] != NULL && i > 0)); i++) {
        const int read = request_read_side(&request, i, &stories[i]);
        status = status != ORGFLOW_OK ? status : read;
    }
    if (status == ORGFLOW_OK) {
        status = merge(&request, stories, (const char *const *) names);
    }
    for (guint i = 0; i < N_SIDES; i++) {
        orgflow_story_free(stories[i]);
        g_free(names[i]);
    }
    request_clear(&request);
    free_options();
    return status;
}
