/* `orgflow diff`. */
#include "cli/command.h"

#include <string.h>

static char *format = NULL, *output = NULL;
static char **only = NULL, **ignored = NULL;
static gboolean reverse = FALSE;

const GOptionEntry diff_entries[] = {
    {"format", 'f', 0, G_OPTION_ARG_FILENAME, &format,
     "text (the default), json, markdown, brief, or a drawing: svg, png, pdf, dot …", "FORMAT"},
    {"output", 'o', 0, G_OPTION_ARG_FILENAME, &output, "write to a file (- is standard output); drawings also into a folder",
     "OUT"},
    {"reverse", 'R', 0, G_OPTION_ARG_NONE, &reverse, "swap the sides: what undoes the changes", NULL},
    {"only", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &only, "changes of these kinds of items alone", "KIND,…"},
    {"ignore", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &ignored, "no changes of these kinds of items", "KIND,…"},
    {"view", 'v', 0, G_OPTION_ARG_FILENAME_ARRAY, &diff_drawing.views, "a view to draw, as for `render`; may be given again",
     "VIEW"},
    {"panel", 0, 0, G_OPTION_ARG_FILENAME, &diff_drawing.panel,
     "draw diff (the default), before, after, or all three from one layout", "PANEL"},
    {"context", 0, 0, G_OPTION_ARG_FILENAME, &diff_drawing.context, "draw only what is at most N steps away from what changed",
     "N"},
    {"report", 0, 0, G_OPTION_ARG_FILENAME, &diff_drawing.report, "write sizes, counts and times of drawings as JSON", "FILE"},
    {NULL},
};

static void free_options(void)
{
    g_clear_pointer(&format, g_free);
    g_clear_pointer(&output, g_free);
    g_clear_pointer(&only, g_strfreev);
    g_clear_pointer(&ignored, g_strfreev);
    diff_free_drawing();
    reverse = FALSE;
}

static const char *wanted_format(void)
{
    OrgflowEntry first;
    return format != NULL ? format : orgflow_diff_format(0, &first) ? first.name : "";
}

static bool to_stdout(void)
{
    return output == NULL || strcmp(output, "-") == 0;
}

static int check_usage(const Request *request)
{
    g_autoptr(GString) names = g_string_new(NULL);
    OrgflowEntry entry;
    bool known = false;
    for (size_t i = 0; orgflow_diff_format(i, &entry); i++) {
        g_string_append_printf(names, "%s%s", i > 0 ? ", " : "", entry.name);
        known = known || strcmp(entry.name, wanted_format()) == 0;
    }
    const bool drawn = diff_drawing_format(format, output) != NULL;
    if (!known && !drawn) {
        say_error("`-f` is one of %s, or a format of drawings (see `orgflow formats`)", names->str);
        return ORGFLOW_USAGE;
    }
    if (!drawn && diff_refuse_drawing_options(request) != ORGFLOW_OK) {
        return ORGFLOW_USAGE;
    }
    if (request->files->len != 2) {
        say_error("`diff` takes OLD and NEW (see `orgflow help diff`)");
        return ORGFLOW_USAGE;
    }
    const char *const *sides = (const char *const *) request->files->pdata;
    if (strcmp(sides[0], "-") == 0 && strcmp(sides[1], "-") == 0) {
        say_error("standard input can be one side, not both");
        return ORGFLOW_USAGE;
    }
    if (!to_stdout() && request_is_input(request, output)) {
        say_error("`%s` is an input: it is not written over", output);
        return ORGFLOW_USAGE;
    }
    for (guint i = 0; i < 2; i++) {
        if (strcmp(sides[i], "-") != 0 && !g_file_test(sides[i], G_FILE_TEST_EXISTS)) {
            say_error("`%s` is no file or folder; revisions of git are not read by this version", sides[i]);
            return ORGFLOW_INVALID;
        }
    }
    return ORGFLOW_OK;
}

/* One side. A warning is for `check` to give, unless warnings are to fail. */
static int read_side(const Request *request, guint index, OrgflowStory **story)
{
    Request side = *request;
    side.files = g_ptr_array_new();
    g_ptr_array_add(side.files, request->files->pdata[index]);
    side.quiet = request->quiet || !request->strict;
    const int status = request_read(&side, !request->strict, story);
    g_ptr_array_unref(side.files);
    return status;
}

static int add_filter(OrgflowDiff *diff, const char *name, const char *value)
{
    char *message = NULL;
    const int status = orgflow_diff_add_filter(diff, name, value, &message);
    if (status != ORGFLOW_OK) {
        say_error("%s", message);
    }
    orgflow_free(message);
    return status;
}

/* People and labs are asked for as in drawings, which show them alone. */
static int add_filters(OrgflowDiff *diff, const Request *request)
{
    int status = ORGFLOW_OK;
    for (char **value = only; value != NULL && *value != NULL && status == ORGFLOW_OK; value++) {
        status = add_filter(diff, "only", *value);
    }
    for (char **value = ignored; value != NULL && *value != NULL && status == ORGFLOW_OK; value++) {
        status = add_filter(diff, "ignore", *value);
    }
    for (guint i = 0; i < request->options->len && status == ORGFLOW_OK; i += 2) {
        const char *name = request->options->pdata[i];
        if (strcmp(name, "person") == 0 || strcmp(name, "lab") == 0) {
            status = add_filter(diff, name, request->options->pdata[i + 1]);
        }
    }
    orgflow_diff_filter(diff);
    return status;
}

static int write_diff(const Request *request, const OrgflowDiff *diff)
{
    char *text = NULL, *message = NULL;
    const bool colored = request->output_colored && to_stdout();
    int status = orgflow_diff_write(diff, wanted_format(), colored ? ORGFLOW_COLORED : 0U, &text, &message);
    if (status == ORGFLOW_OK) {
        status = to_stdout() ? write_stdout(text, strlen(text)) : (int) orgflow_write_file(output, text, strlen(text), &message);
    }
    if (message != NULL) {
        say_error("%s", message);
    }
    orgflow_free(text);
    orgflow_free(message);
    return status;
}

static int compare(const Request *request, const OrgflowStory *from, const OrgflowStory *to)
{
    OrgflowDiff *diff = NULL;
    int status = orgflow_diff_new(from, to, &diff);
    if (status == ORGFLOW_OK) {
        orgflow_diff_set_names(diff, request->files->pdata[0], request->files->pdata[1]);
        if (reverse) {
            orgflow_diff_reverse(diff);
        }
        status = add_filters(diff, request);
    }
    const char *drawn = diff_drawing_format(format, output);
    if (status == ORGFLOW_OK) {
        status = drawn != NULL ? diff_draw(request, diff, drawn, output, orgflow_story_name(to)) : write_diff(request, diff);
    }
    if (status == ORGFLOW_OK && orgflow_diff_n_changes(diff) > 0) {
        status = ORGFLOW_DIFFERENT;
    }
    orgflow_diff_free(diff);
    return status;
}

int run_diff(int argc, char **argv)
{
    Request request;
    OrgflowStory *from = NULL, *to = NULL;
    int status = request_parse(&request, command_find("diff"), argc, argv);
    if (status == ORGFLOW_OK) {
        status = check_usage(&request);
    }
    if (status == ORGFLOW_OK) {
        /* Both are read, so that one run says what is wrong with either. */
        const int old = read_side(&request, 0, &from), new = read_side(&request, 1, &to);
        status = old != ORGFLOW_OK ? old : new;
    }
    if (status == ORGFLOW_OK) {
        status = compare(&request, from, to);
    }
    orgflow_story_free(from);
    orgflow_story_free(to);
    request_clear(&request);
    free_options();
    return status;
}
