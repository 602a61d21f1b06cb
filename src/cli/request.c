/* What commands are asked for: options common to all that read data. */
#include "cli/options.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
    Request *request;
    const char *color;
} Parsing;

static gboolean take_limit(const gchar *option G_GNUC_UNUSED, const gchar *value, gpointer data, GError **error G_GNUC_UNUSED)
{
    g_ptr_array_add(((Parsing *) data)->request->limits, g_strdup(value));
    return TRUE;
}

static gboolean take_drawing_option(const gchar *option, const gchar *value, gpointer data, GError **error G_GNUC_UNUSED)
{
    Request *request = ((Parsing *) data)->request;
    g_ptr_array_add(request->options, g_strdup(option + strspn(option, "-")));
    g_ptr_array_add(request->options, g_strdup(value != NULL ? value : "true"));
    return TRUE;
}

static gboolean take_color(const gchar *option G_GNUC_UNUSED, const gchar *value, gpointer data, GError **error)
{
    for (int i = 0; color_choices[i] != NULL; i++) {
        if (strcmp(value, color_choices[i]) == 0) {
            ((Parsing *) data)->color = color_choices[i];
            return TRUE;
        }
    }
    g_autofree char *names = g_strjoinv(", ", (char **) (gsize) color_choices);
    g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "`--color` is one of %s", names);
    return FALSE;
}

/* Filters and drawing options, from the library's table. */
static void add_drawing_group(GOptionContext *context, Parsing *parsing)
{
    g_autoptr(GArray) entries = g_array_new(TRUE, TRUE, sizeof(GOptionEntry));
    OrgflowOption option;
    for (size_t i = 0; orgflow_option(i, &option); i++) {
        const GOptionEntry entry = {
            .long_name = option.name,
            .flags = option.argument != NULL ? G_OPTION_FLAG_FILENAME : G_OPTION_FLAG_NO_ARG,
            .arg = G_OPTION_ARG_CALLBACK,
            .arg_data = (gpointer) (gsize) take_drawing_option,
            .description = option.summary,
            .arg_description = option.argument,
        };
        g_array_append_val(entries, entry);
    }
    GOptionGroup *group = g_option_group_new("drawing", "", "", parsing, NULL);
    g_option_group_add_entries(group, (const GOptionEntry *) (gpointer) entries->data);
    g_option_context_add_group(context, group);
}

static bool wants_color(const char *choice, int fd)
{
    if (strcmp(choice, "auto") != 0) {
        return strcmp(choice, "always") == 0;
    }
    const char *no_color = g_getenv("NO_COLOR");
    /* git says so where what it starts writes to its pager. */
    const bool to_pager = fd == STDOUT_FILENO && g_strcmp0(g_getenv("GIT_PAGER_IN_USE"), "true") == 0;
    return (no_color == NULL || *no_color == '\0') && (to_pager || isatty(fd)) && g_strcmp0(g_getenv("TERM"), "dumb") != 0;
}

int request_parse(Request *request, const Command *command, int argc, char **argv)
{
    *request = (Request){.quiet = false};
    request->files = g_ptr_array_new_with_free_func(g_free);
    request->limits = g_ptr_array_new_with_free_func(g_free);
    request->options = g_ptr_array_new_with_free_func(g_free);
    Parsing parsing = {request, "auto"};
    gboolean quiet = FALSE, strict = FALSE;
    g_auto(GStrv) files = NULL;
    const GOptionEntry entries[] = {
        {"quiet", 'q', 0, G_OPTION_ARG_NONE, &quiet, NULL, NULL},
        {"strict", 0, 0, G_OPTION_ARG_NONE, &strict, NULL, NULL},
        {"color", 0, 0, G_OPTION_ARG_CALLBACK, (gpointer) (gsize) take_color, NULL, NULL},
        {"limit", 0, G_OPTION_FLAG_FILENAME, G_OPTION_ARG_CALLBACK, (gpointer) (gsize) take_limit, NULL, NULL},
        {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &files, NULL, NULL},
        G_OPTION_ENTRY_NULL,
    };
    g_autoptr(GOptionContext) context = g_option_context_new(NULL);
    g_option_context_set_help_enabled(context, FALSE);
    GOptionGroup *main_group = g_option_group_new("main", "", "", &parsing, NULL);
    g_option_group_add_entries(main_group, entries);
    if (command->entries != NULL) {
        g_option_group_add_entries(main_group, command->entries);
    }
    g_option_context_set_main_group(context, main_group);
    if (command->takes_drawing) {
        add_drawing_group(context, &parsing);
    }
    int n_after = -1; /* GLib keeps the order of files but not the place of `--` */
    for (int i = 1; i < argc && n_after < 0; i++) {
        n_after = strcmp(argv[i], "--") == 0 ? argc - i - 1 : -1;
    }
    g_autoptr(GError) error = NULL;
    if (!g_option_context_parse(context, &argc, &argv, &error)) {
        say_error("%c%s (see `orgflow help %s`)", g_ascii_tolower(error->message[0]), error->message + 1, command->name);
        return ORGFLOW_USAGE;
    }
    for (char **file = files; file != NULL && *file != NULL; file++) {
        g_ptr_array_add(request->files, g_strdup(*file));
    }
    request->n_before = n_after >= 0 ? (int) request->files->len - n_after : -1;
    request->quiet = quiet;
    request->strict = strict;
    request->colored = wants_color(parsing.color, STDERR_FILENO);
    request->output_colored = wants_color(parsing.color, STDOUT_FILENO);
    return ORGFLOW_OK;
}

void request_clear(Request *request)
{
    g_clear_pointer(&request->files, g_ptr_array_unref);
    g_clear_pointer(&request->limits, g_ptr_array_unref);
    g_clear_pointer(&request->options, g_ptr_array_unref);
}

int say_failure(OrgflowStatus status, char **message)
{
    if (status != ORGFLOW_OK && *message != NULL) {
        say_error("%s", *message);
    }
    orgflow_free(*message);
    *message = NULL;
    return (int) status;
}

int request_prepare_inputs(const Request *request, OrgflowInputs *inputs)
{
    int status = ORGFLOW_OK;
    orgflow_inputs_set_progress(inputs, show_progress, (void *) (gsize) request);
    for (guint i = 0; i < request->limits->len && status == ORGFLOW_OK; i++) {
        char *message = NULL;
        status = say_failure(orgflow_inputs_set_limit(inputs, request->limits->pdata[i], &message), &message);
    }
    return status;
}

const char *find_outside_braces(const char *revision, const char *what)
{
    int depth = 0;
    for (const char *at = revision; *at != '\0'; at++) {
        depth += (*at == '{') - (*at == '}');
        if (depth == 0 && g_str_has_prefix(at, what)) {
            return at;
        }
    }
    return NULL;
}

const char *find_revision_colon(const char *name)
{
    const char *colon = find_outside_braces(name, ":");
    return colon != NULL && !g_file_test(name, G_FILE_TEST_EXISTS) ? colon : NULL;
}

int add_named_input(OrgflowInputs *inputs, const char *name)
{
    char *message = NULL;
    const char *colon = find_revision_colon(name);
    if (colon == NULL) {
        return say_failure(orgflow_inputs_add_path(inputs, name, &message), &message);
    }
    g_autofree char *revision = g_strndup(name, (gsize) (colon - name));
    return say_failure(orgflow_inputs_add_revision(inputs, NULL, revision, colon + 1, &message), &message);
}

int request_add_inputs(const Request *request, OrgflowInputs *inputs)
{
    int status = request_prepare_inputs(request, inputs);
    if (status == ORGFLOW_OK && request->files->len == 0) {
        if (isatty(STDIN_FILENO)) {
            say_error("no FILE given, and standard input is a terminal");
            return ORGFLOW_USAGE;
        }
        g_ptr_array_add(request->files, g_strdup("-"));
    }
    for (guint i = 0; i < request->files->len && status == ORGFLOW_OK; i++) {
        status = add_named_input(inputs, request->files->pdata[i]);
    }
    return status;
}

int request_show_problems(const Request *request, bool claims_warn, const OrgflowStory *story)
{
    OrgflowProblem problem;
    guint n_errors = 0, n_warnings = 0, n_limits = 0;
    for (size_t i = 0; orgflow_story_problem(story, i, &problem); i++) {
        const bool as_warning = problem.is_claim && claims_warn;
        const bool is_error = problem.is_error && !as_warning;
        n_errors += is_error;
        n_warnings += !is_error;
        n_limits += is_error && problem.is_limit;
        if (is_error || !request->quiet) {
            char *text = NULL;
            orgflow_story_format_problem(story, i,
                                         (request->colored ? ORGFLOW_COLORED : 0U) | (as_warning ? ORGFLOW_AS_WARNING : 0U), &text);
            fputs(text, stderr);
            orgflow_free(text);
        }
    }
    if (n_limits > 0) {
        return ORGFLOW_LIMIT;
    }
    if (n_errors == 0 && n_warnings > 0 && request->strict) {
        say_error("%u warning%s, and --strict was asked for", n_warnings, n_warnings == 1 ? "" : "s");
        return ORGFLOW_INVALID;
    }
    return n_errors > 0 ? ORGFLOW_INVALID : ORGFLOW_OK;
}

int request_read(const Request *request, bool claims_warn, OrgflowStory **story)
{
    OrgflowInputs *inputs = orgflow_inputs_new();
    int status = request_add_inputs(request, inputs);
    if (status == ORGFLOW_OK) {
        orgflow_story_read(inputs, story);
        hide_progress();
        status = request_show_problems(request, claims_warn, *story);
    }
    orgflow_inputs_free(inputs);
    return status;
}

int request_read_side(const Request *request, guint index, OrgflowStory **story)
{
    Request side = *request;
    side.files = g_ptr_array_new();
    g_ptr_array_add(side.files, request->files->pdata[index]);
    side.quiet = request->quiet || !request->strict;
    const int status = request_read(&side, !request->strict, story);
    g_ptr_array_unref(side.files);
    return status;
}

bool is_same_file(const char *a, const char *b)
{
    struct stat left, right;
    return stat(a, &left) == 0 && stat(b, &right) == 0 && S_ISREG(left.st_mode) && left.st_dev == right.st_dev &&
           left.st_ino == right.st_ino;
}

bool is_input(const char *file, const char *path)
{
    g_autofree char *base = g_path_get_basename(path);
    g_autofree char *inside = g_build_filename(file, base, NULL);
    return is_same_file(path, file) ||
           (g_file_test(file, G_FILE_TEST_IS_DIR) && g_str_has_suffix(base, ".yaml") && is_same_file(path, inside));
}

bool request_is_input(const Request *request, const char *path)
{
    for (guint i = 0; i < request->files->len; i++) {
        if (is_input(request->files->pdata[i], path)) {
            return true;
        }
    }
    return false;
}
