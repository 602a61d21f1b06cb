/* `orgflow git`: a table of what it does. */
#include "cli/git.h"

#include <string.h>

static gboolean global = FALSE, shared = FALSE;

const GOptionEntry git_entries[] = {
    {"global", 0, 0, G_OPTION_ARG_NONE, &global, "for all repositories of the user, not for this one", NULL},
    {"shared", 0, 0, G_OPTION_ARG_NONE, &shared, "put the attributes into `.gitattributes`, which is committed", NULL},
    {.long_name = NULL},
};

/* As a shell would call this program: by its name where that finds it, else by its path. */
static char *own_command(void)
{
    g_autofree char *own = g_file_read_link("/proc/self/exe", NULL), *found = g_find_program_in_path("orgflow");
    const bool is_found = own == NULL || (found != NULL && is_same_file(own, found));
    return is_found ? g_strdup("orgflow") : g_shell_quote(own);
}

static int set_up(const Request *request, char *const *patterns,
                  OrgflowStatus (*change)(const OrgflowGitSetup *setup, char **report, char **message))
{
    char *report = NULL, *message = NULL;
    g_autofree char *program = own_command();
    const OrgflowGitSetup setup = {
        .global = global, .shared = shared, .program = program, .patterns = (const char *const *) patterns};
    if (global && shared) {
        say_error("`--global` and `--shared` are two places for the attributes: one of them can be asked for");
        return ORGFLOW_USAGE;
    }
    int status = say_failure(change(&setup, &report, &message), &message);
    if (status == ORGFLOW_OK && !request->quiet) {
        status = write_stdout(report, strlen(report));
    }
    orgflow_free(report);
    return status;
}

static int install(const Request *request, char *const *arguments, guint n)
{
    g_autoptr(GPtrArray) patterns = g_ptr_array_new();
    for (guint i = 0; i < n; i++) {
        g_ptr_array_add(patterns, arguments[i]);
    }
    if (n == 0) {
        g_ptr_array_add(patterns, (gpointer) "graphs/*.yaml");
    }
    g_ptr_array_add(patterns, NULL);
    const int status = set_up(request, (char *const *) patterns->pdata, orgflow_git_install);
    if (status == ORGFLOW_OK && !global && !shared) {
        say_note(request,
                 "`orgflow git install --shared` puts the attributes into `.gitattributes`, for all who work on the repository");
    }
    return status;
}

static int uninstall(const Request *request, char *const *arguments G_GNUC_UNUSED, guint n)
{
    char *const none = NULL;
    if (n > 0) {
        say_error("`git uninstall` takes no files: it removes every line that it could have written");
        return ORGFLOW_USAGE;
    }
    return set_up(request, &none, orgflow_git_uninstall);
}

static const struct {
    const char *name;
    int (*run)(const Request *request, char *const *arguments, guint n);
} actions[] = {
    {"install", install},       {"uninstall", uninstall},   {"diff-driver", git_diff_driver},
    {"difftool", git_difftool}, {"textconv", git_textconv}, {"merge-driver", git_merge_driver},
};

static int run_action(const Request *request)
{
    const guint n = request->files->len;
    char *const *arguments = (char *const *) request->files->pdata;
    for (gsize i = 0; n > 0 && i < G_N_ELEMENTS(actions); i++) {
        if (strcmp(actions[i].name, arguments[0]) == 0) {
            return actions[i].run(request, arguments + 1, n - 1);
        }
    }
    say_error("`git` takes `install` or `uninstall` (see `orgflow help git`)");
    return ORGFLOW_USAGE;
}

int run_git(int argc, char **argv)
{
    Request request;
    int status = request_parse(&request, command_find("git"), argc, argv);
    if (status == ORGFLOW_OK) {
        status = run_action(&request);
    }
    request_clear(&request);
    global = shared = FALSE;
    return status;
}
