/* `orgflow import`. */
#include "cli/command.h"

#include <string.h>

static char *format = NULL;
static char *columns = NULL;

const GOptionEntry import_entries[] = {
    {"format", 'f', 0, G_OPTION_ARG_FILENAME, &format, "csv or scenes; must be given", "FORMAT"},
    {"columns", 0, 0, G_OPTION_ARG_FILENAME, &columns,
     "names of columns: person=NAME,lab=NAME,from=NAME,to=NAME,role=NAME; of flows from, to, date, weight", "NAMES"},
    G_OPTION_ENTRY_NULL,
};

static int check_usage(const Request *request)
{
    g_autoptr(GString) names = g_string_new(NULL);
    OrgflowEntry entry;
    bool known = false;
    for (size_t i = 0; orgflow_import_format(i, &entry); i++) {
        g_string_append_printf(names, "%s%s", i > 0 ? ", " : "", entry.name);
        known = known || g_strcmp0(entry.name, format) == 0;
    }
    if (!known) {
        say_error("`-f` is one of %s", names->str);
        return ORGFLOW_USAGE;
    }
    if (request->files->len > 1) {
        say_error("`import` takes one FILE");
        return ORGFLOW_USAGE;
    }
    if (request->files->len == 1 && g_file_test(request->files->pdata[0], G_FILE_TEST_IS_DIR)) {
        say_error("`%s` is a folder: `import` takes one FILE", (const char *) request->files->pdata[0]);
        return ORGFLOW_INVALID;
    }
    return ORGFLOW_OK;
}

static int import(const Request *request, OrgflowInputs *inputs)
{
    OrgflowStory *problems = NULL;
    char *text = NULL, *message = NULL;
    int status = orgflow_import(inputs, format, columns, &text, &problems, &message);
    hide_progress();
    if (message != NULL) {
        say_error("%s", message);
    } else {
        status = request_show_problems(request, false, problems);
    }
    if (status == ORGFLOW_OK) {
        status = write_stdout(text, strlen(text));
    }
    orgflow_free(text);
    orgflow_free(message);
    orgflow_story_free(problems);
    return status;
}

int run_import(int argc, char **argv)
{
    Request request;
    OrgflowInputs *inputs = orgflow_inputs_new();
    int status = request_parse(&request, command_find("import"), argc, argv);
    if (status == ORGFLOW_OK) {
        status = check_usage(&request);
    }
    if (status == ORGFLOW_OK) {
        status = request_add_inputs(&request, inputs);
    }
    if (status == ORGFLOW_OK) {
        status = import(&request, inputs);
    }
    orgflow_inputs_free(inputs);
    request_clear(&request);
    g_clear_pointer(&format, g_free);
    g_clear_pointer(&columns, g_free);
    return status;
}
