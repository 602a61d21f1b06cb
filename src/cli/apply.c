/* `orgflow apply`. */
#include "cli/command.h"

#include <string.h>

static char *output = NULL;

const GOptionEntry apply_entries[] = {
    {"output", 'o', 0, G_OPTION_ARG_FILENAME, &output,
     "write to a file, of several files into a folder (- is standard output, the default)", "OUT"},
    G_OPTION_ENTRY_NULL,
};

/* The record's bytes; NULL where they cannot be read, which is said. */
static OrgflowInputs *read_record(const Request *request, const char *path, int *status)
{
    OrgflowInputs *inputs = orgflow_inputs_new();
    Request record = *request;
    record.files = g_ptr_array_new();
    g_ptr_array_add(record.files, (gpointer) (gsize) path);
    *status = request_add_inputs(&record, inputs);
    g_ptr_array_unref(record.files);
    return inputs;
}

static int apply(const Request *request, const char *path, const OrgflowInputs *record, const OrgflowStory *story)
{
    OrgflowResult *result = NULL;
    char *message = NULL;
    size_t length = 0;
    const void *bytes = orgflow_inputs_bytes(record, 0, &length);
    const OrgflowStatus status = orgflow_apply(story, strcmp(path, "-") == 0 ? "<stdin>" : path, bytes, length, &result, &message);
    if (result != NULL && status != ORGFLOW_OK) {
        Request shown = *request;
        shown.quiet = true;
        request_show_problems(&shown, false, orgflow_result_story(result));
    }
    if (message != NULL) {
        say_error("%s", message);
    }
    orgflow_free(message);
    g_autoptr(GPtrArray) kept = g_ptr_array_new();
    g_ptr_array_add(kept, (gpointer) (gsize) path);
    const int written = status == ORGFLOW_OK ? write_result(result, output, kept) : (int) status;
    orgflow_result_free(result);
    return written;
}

static int check_usage(const Request *request)
{
    if (request->files->len < 2) {
        say_error("`apply` takes CHANGES and the FILE they are done to (see `orgflow help apply`)");
        return ORGFLOW_USAGE;
    }
    guint n_stdin = 0;
    for (guint i = 0; i < request->files->len; i++) {
        n_stdin += strcmp(request->files->pdata[i], "-") == 0;
    }
    if (n_stdin > 1) {
        say_error("standard input can be one input, not several");
        return ORGFLOW_USAGE;
    }
    return ORGFLOW_OK;
}

int run_apply(int argc, char **argv)
{
    Request request;
    OrgflowStory *story = NULL;
    OrgflowInputs *record = NULL;
    g_autofree char *path = NULL;
    int status = request_parse(&request, command_find("apply"), argc, argv);
    if (status == ORGFLOW_OK) {
        status = check_usage(&request);
    }
    if (status == ORGFLOW_OK) {
        path = g_strdup(request.files->pdata[0]);
        g_ptr_array_remove_index(request.files, 0);
        record = read_record(&request, path, &status);
    }
    if (status == ORGFLOW_OK) {
        Request data = request;
        data.quiet = request.quiet || !request.strict; /* warnings are for `check` to give */
        status = request_read(&data, !request.strict, &story);
    }
    if (status == ORGFLOW_OK) {
        status = apply(&request, path, record, story);
    }
    orgflow_story_free(story);
    orgflow_inputs_free(record);
    request_clear(&request);
    g_clear_pointer(&output, g_free);
    return status;
}
