/* `orgflow diff`. */
#include "cli/sides.h"

#include <string.h>

static char *format = NULL, *output = NULL, *likeness = NULL;
static char **only = NULL, **ignored = NULL;
static gboolean reverse = FALSE;

const GOptionEntry diff_entries[] = {
    {"format", 'f', 0, G_OPTION_ARG_FILENAME, &format,
     "text (the default), json, markdown, brief, or a drawing: svg, png, pdf, html, dot …", "FORMAT"},
    {"output", 'o', 0, G_OPTION_ARG_FILENAME, &output, "write to a file (- is standard output); drawings also into a folder",
     "OUT"},
    {"reverse", 'R', 0, G_OPTION_ARG_NONE, &reverse, "swap the sides: what undoes the changes", NULL},
    {"find-renames", 0, 0, G_OPTION_ARG_FILENAME, &likeness,
     "guess renames that no `was` tells: of what is alike by N percent or more (without =N: 60)", "N"},
    {"only", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &only, "changes of these kinds of items alone", "KIND,…"},
    {"ignore", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &ignored, "no changes of these kinds of items", "KIND,…"},
    {"view", 'v', 0, G_OPTION_ARG_FILENAME_ARRAY, &diff_drawing.views, "a view to draw, as for `render`; may be given again",
     "VIEW"},
    {"panel", 0, 0, G_OPTION_ARG_FILENAME, &diff_drawing.panel,
     "draw diff (the default), before, after, or all three from one layout; a web page has all three", "PANEL"},
    {"context", 0, 0, G_OPTION_ARG_FILENAME, &diff_drawing.context, "draw only what is at most N steps away from what changed",
     "N"},
    {"report", 0, 0, G_OPTION_ARG_FILENAME, &diff_drawing.report, "write sizes, counts and times of drawings as JSON", "FILE"},
    {"template", 0, 0, G_OPTION_ARG_FILENAME, &diff_drawing.template,
     "a presentation (.pptx, .potx) whose look and title slides take", "FILE"},
    G_OPTION_ENTRY_NULL,
};

static void free_options(void)
{
    g_clear_pointer(&format, g_free);
    g_clear_pointer(&output, g_free);
    g_clear_pointer(&likeness, g_free);
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

#define USUAL_LIKENESS "60"

/* `--find-renames` without `=N` takes no argument: what follows it is a file. */
static void complete_arguments(int argc, char **argv)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strcmp(argv[i], "--find-renames") == 0) {
            argv[i] = (char *) (gsize) "--find-renames=" USUAL_LIKENESS;
        }
    }
}

/* From how many percent on; 0 where it was not asked for, or is none: then it is more than 100. */
static guint64 wanted_likeness(void)
{
    guint64 percent = 0;
    const gsize digits = likeness != NULL ? strspn(likeness, "0123456789") : 0;
    const bool plain = likeness != NULL && digits > 0 && strcmp(likeness + digits, likeness[digits] == '%' ? "%" : "") == 0;
    if (plain) {
        percent = g_ascii_strtoull(likeness, NULL, 10);
    }
    return likeness == NULL ? 0 : plain && percent >= 1 && percent <= 100 ? percent : G_MAXUINT64;
}

static bool to_stdout(void)
{
    return output == NULL || strcmp(output, "-") == 0;
}

static int check_format(const Request *request)
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
    if (wanted_likeness() > 100) {
        say_error("`--find-renames` takes a number of percent from 1 to 100");
        return ORGFLOW_USAGE;
    }
    return ORGFLOW_OK;
}

static int check_output(const Side sides[2])
{
    if (!to_stdout() && (side_is_input(&sides[0], output) || side_is_input(&sides[1], output))) {
        say_error("`%s` is an input: it is not written over", output);
        return ORGFLOW_USAGE;
    }
    return ORGFLOW_OK;
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

static int compare(const Request *request, const Side sides[2], const OrgflowStory *from, const OrgflowStory *to)
{
    OrgflowDiff *diff = NULL;
    int status = orgflow_diff_new(from, to, &diff);
    if (status == ORGFLOW_OK) {
        if (likeness != NULL) {
            orgflow_diff_find_renames(diff, (unsigned) wanted_likeness());
        }
        orgflow_diff_set_names(diff, sides[0].name, sides[1].name);
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
    Side sides[2] = {{.name = NULL}};
    OrgflowStory *from = NULL, *to = NULL;
    complete_arguments(argc, argv);
    int status = request_parse(&request, command_find("diff"), argc, argv);
    if (status == ORGFLOW_OK) {
        status = check_format(&request);
    }
    if (status == ORGFLOW_OK) {
        status = sides_parse(&request, sides);
    }
    if (status == ORGFLOW_OK) {
        status = check_output(sides);
    }
    if (status == ORGFLOW_OK) {
        /* Both are read, so that one run says what is wrong with either. */
        const int old = side_read(&request, &sides[0], &from), new = side_read(&request, &sides[1], &to);
        status = old != ORGFLOW_OK ? old : new;
    }
    if (status == ORGFLOW_OK) {
        status = compare(&request, sides, from, to);
    }
    orgflow_story_free(from);
    orgflow_story_free(to);
    sides_clear(sides);
    request_clear(&request);
    free_options();
    return status;
}
