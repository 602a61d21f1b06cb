/* `orgflow watch`. */
#include "cli/command.h"
#include "serve/serve.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static char **wanted_views = NULL;
static gint port = OF_SERVE_PORT;

const GOptionEntry watch_entries[] = {
    {"view", 'v', 0, G_OPTION_ARG_FILENAME_ARRAY, &wanted_views,
     "a saved view by its id, else a view by its type; may be given again", "VIEW"},
    {"port", 0, 0, G_OPTION_ARG_INT, &port, "the port on 127.0.0.1 (6743); 0: any that is free", "N"},
    G_OPTION_ENTRY_NULL,
};

static void say_opened(const char *address, void *data)
{
    g_autofree char *line = g_strconcat(address, "\n", NULL);
    write_stdout(line, strlen(line));
    say_note(data, "The drawing follows what is saved. Ctrl-C ends this.");
}

static void say_problems(const char *problems, void *data)
{
    if (*problems != '\0') {
        fputs(problems, stderr);
    } else {
        say_note(data, "all is well again");
    }
}

/* Takes the theme out of the options where it is a file, which may change as the data does; NULL where it is none. Owned by the caller. */
static char *take_theme_file(GPtrArray *options)
{
    char *file = NULL;
    for (guint i = 0; i + 1 < options->len;) {
        if (!is_theme_file(options->pdata[i], options->pdata[i + 1])) {
            i += 2;
            continue;
        }
        g_free(file);
        file = g_strdup(options->pdata[i + 1]);
        g_ptr_array_remove_range(options, i, 2);
    }
    return file;
}

/* Standard input, which can be read only once; NULL with a message where it cannot. Owned by the caller. */
static OrgflowInputs *read_input(const Request *request)
{
    OrgflowInputs *inputs = orgflow_inputs_new();
    int status = request_prepare_inputs(request, inputs);
    if (status == ORGFLOW_OK) {
        status = add_named_input(inputs, "-");
    }
    if (status != ORGFLOW_OK) {
        orgflow_inputs_free(inputs);
        return NULL;
    }
    return inputs;
}

static int serve(const Request *request, const OrgflowInputs *input, const char *theme)
{
    OfServeTask task = {.paths = (const char *const *) request->files->pdata,
                        .limits = (const char *const *) request->limits->pdata,
                        .options = (const char *const *) request->options->pdata,
                        .views = (const char *const *) wanted_views,
                        .theme = theme,
                        .strict = request->strict,
                        .quiet = request->quiet,
                        .colored = request->colored,
                        .port = (guint16) port,
                        .opened = say_opened,
                        .told = say_problems,
                        .data = (void *) (gsize) request};
    if (input != NULL) {
        task.input = orgflow_inputs_bytes(input, 0, &task.input_length);
    }
    char *message = NULL;
    const int status = of_serve(&task, &message);
    if (message != NULL) {
        say_error("%s", message);
    }
    g_free(message);
    return status;
}

static int watch(Request *request)
{
    if (port < 0 || port > G_MAXUINT16) {
        say_error("`--port` is a number from 0 to %d", G_MAXUINT16);
        return ORGFLOW_USAGE;
    }
    if (request->files->len == 0) {
        say_error("no FILE given: what is to be watched?");
        return ORGFLOW_USAGE;
    }
    const bool has_input = g_ptr_array_find_with_equal_func(request->files, "-", g_str_equal, NULL);
    OrgflowInputs *input = has_input ? read_input(request) : NULL;
    if (has_input && input == NULL) {
        return ORGFLOW_INVALID;
    }
    g_autofree char *theme = take_theme_file(request->options);
    g_ptr_array_add(request->files, NULL);
    g_ptr_array_add(request->limits, NULL);
    g_ptr_array_add(request->options, NULL);
    const int status = serve(request, input, theme);
    orgflow_inputs_free(input);
    return status;
}

int run_watch(int argc, char **argv)
{
    Request request;
    int status = request_parse(&request, command_find("watch"), argc, argv);
    if (status == ORGFLOW_OK) {
        status = watch(&request);
    }
    request_clear(&request);
    g_clear_pointer(&wanted_views, g_strfreev);
    port = OF_SERVE_PORT;
    return status;
}
