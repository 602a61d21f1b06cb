#include "revision/setup.h"

#include <string.h>

#include "base/diagnostics.h"
#include "base/output.h"
#include "revision/repository.h"

/* Each setting; %s in its value is the program, other letters behind % are git's. `--` keeps a file's name from being taken for
 * an option. */
typedef struct {
    const char *key, *value;
} Setting;

static const Setting settings[] = {
    {"diff.orgflow.command", "%s git diff-driver --"},
    {"diff.orgflow.textconv", "%s git textconv --"},
    {"difftool.orgflow.cmd", "%s git difftool -- \"$LOCAL\" \"$REMOTE\" \"$MERGED\""},
    {"merge.orgflow.name", "orgflow: people, labs and events"},
    {"merge.orgflow.driver", "%s git merge-driver -- %O %A %B %L %P"},
};

/* Where git replaces letters behind %, a per cent sign of the program's path is doubled. */
static char *value_of(const Setting *setting, const char *program)
{
    const bool replaced_by_git = strstr(setting->value, "%O") != NULL;
    g_auto(GStrv) parts = g_strsplit(program, "%", -1);
    g_autofree char *doubled = g_strjoinv("%%", parts);
    GString *value = g_string_new(setting->value);
    g_string_replace(value, "%s", replaced_by_git ? doubled : program, 1);
    return g_string_free(value, FALSE);
}

static bool fail(GError **error, const char *what)
{
    g_set_error(error, OF_ERROR, OF_ERROR_ENVIRONMENT, "%s: %s", what, of_git_reason());
    return false;
}

/* ---- Which files ---- */

/* git's own order: GIT_CONFIG_GLOBAL, ~/.gitconfig, the file under XDG_CONFIG_HOME, and a new ~/.gitconfig. */
static char *global_config_path(void)
{
    const char *named = g_getenv("GIT_CONFIG_GLOBAL");
    char *home = g_build_filename(g_get_home_dir(), ".gitconfig", NULL);
    g_autofree char *other = g_build_filename(g_get_user_config_dir(), "git", "config", NULL);
    if (named != NULL || (!g_file_test(home, G_FILE_TEST_EXISTS) && g_file_test(other, G_FILE_TEST_EXISTS))) {
        g_free(home);
        return named != NULL ? g_strdup(named) : g_steal_pointer(&other);
    }
    return home;
}

static char *repository_file(const OfRepository *repository, git_repository_item_t item, const char *name)
{
    git_buf folder = {NULL, 0, 0};
    char *path = of_git.repository_item_path(&folder, repository->git, item) == 0 ? g_build_filename(folder.ptr, name, NULL) : NULL;
    of_git.buf_dispose(&folder);
    return path;
}

static char *config_path(const OfRepository *repository, const OfGitSetup *setup)
{
    return setup->global ? global_config_path() : repository_file(repository, GIT_REPOSITORY_ITEM_COMMONDIR, "config");
}

/* core.attributesFile of the settings, which are the user's where the attributes are. */
static char *global_attributes_path(const git_config *config)
{
    git_buf path = {NULL, 0, 0};
    const bool named = of_git.config_get_path(&path, config, "core.attributesfile") == 0 && path.size > 0;
    char *result = named ? g_strdup(path.ptr) : g_build_filename(g_get_user_config_dir(), "git", "attributes", NULL);
    of_git.buf_dispose(&path);
    return result;
}

static char *attributes_path(const OfRepository *repository, const OfGitSetup *setup, const git_config *config, GError **error)
{
    if (setup->global) {
        return global_attributes_path(config);
    }
    if (!setup->shared) {
        return repository_file(repository, GIT_REPOSITORY_ITEM_INFO, "attributes");
    }
    const char *top = repository->top;
    if (top == NULL) {
        g_set_error(error, OF_ERROR, OF_ERROR_USAGE, "a bare repository has no `.gitattributes` to write");
        return NULL;
    }
    return g_build_filename(top, ".gitattributes", NULL);
}

static git_config *open_config(const char *path, GError **error)
{
    git_config *config = NULL;
    if (!of_git_start(error)) {
        return NULL;
    }
    if (path == NULL || of_git.config_open_ondisk(&config, path) != 0) {
        fail(error, "cannot read git's settings");
    }
    return config;
}

/* ---- Settings ---- */

static char *current_value(git_config *config, const char *key)
{
    git_buf value = {NULL, 0, 0};
    char *text = of_git.config_get_string_buf(&value, config, key) == 0 ? g_strdup(value.ptr) : NULL;
    of_git.buf_dispose(&value);
    return text;
}

static bool write_settings(git_config *config, const char *program, GString *report, GError **error)
{
    for (gsize i = 0; i < G_N_ELEMENTS(settings); i++) {
        g_autofree char *value = value_of(&settings[i], program), *current = current_value(config, settings[i].key);
        g_autofree char *shown = of_text_escape(value, -1);
        const bool same = g_strcmp0(value, current) == 0;
        if (!same && of_git.config_set_string(config, settings[i].key, value) != 0) {
            return fail(error, "cannot write git's settings");
        }
        g_string_append_printf(report, "  %s: %s = %s\n",
                               same              ? "is there"
                               : current != NULL ? "changed"
                                                 : "added",
                               settings[i].key, shown);
    }
    return true;
}

static bool remove_settings(git_config *config, GString *report, GError **error)
{
    for (gsize i = 0; i < G_N_ELEMENTS(settings); i++) {
        g_autofree char *current = current_value(config, settings[i].key);
        if (current != NULL && of_git.config_delete_entry(config, settings[i].key) != 0) {
            return fail(error, "cannot write git's settings");
        }
        if (current != NULL) {
            g_string_append_printf(report, "  removed: %s\n", settings[i].key);
        }
    }
    return true;
}

/* ---- Attributes ---- */

/* patterns: NULL to take away. A file that is not there is one without lines. */
static bool change_attributes(const char *path, const char *const *patterns, GString *report, GError **error)
{
    g_autofree char *text = NULL;
    g_autoptr(GError) reading = NULL;
    if (!g_file_get_contents(path, &text, NULL, &reading)) {
        if (!g_error_matches(reading, G_FILE_ERROR, G_FILE_ERROR_NOENT)) {
            g_set_error(error, OF_ERROR, OF_ERROR_ENVIRONMENT, "cannot read the attributes: %s", reading->message);
            return false;
        }
        text = g_strdup("");
    }
    g_autofree char *changed = patterns != NULL ? of_attributes_add(text, patterns, report) : of_attributes_remove(text, report);
    if (g_str_equal(text, changed)) {
        return true;
    }
    g_autofree char *folder = g_path_get_dirname(path);
    g_mkdir_with_parents(folder, 0777); /* what fails here fails in writing */
    return of_output_write_file(path, changed, strlen(changed), error);
}

static void begin_part(GString *report, const char *path)
{
    g_autofree char *shown = of_text_escape(path, -1);
    g_string_append_printf(report, "%s\n", shown);
}

static void end_part(GString *report, gsize before)
{
    if (report->len == before) {
        g_string_append(report, "  nothing to do\n");
    }
}

static bool change(const OfRepository *repository, const OfGitSetup *setup, bool install, GString *report, GError **error)
{
    g_autofree char *settings_path = config_path(repository, setup);
    g_autoptr(git_config) config = open_config(settings_path, error);
    g_autofree char *path = config != NULL ? attributes_path(repository, setup, config, error) : NULL;
    if (path == NULL) {
        return false;
    }
    begin_part(report, settings_path);
    gsize before = report->len;
    if (install ? !write_settings(config, setup->program, report, error) : !remove_settings(config, report, error)) {
        return false;
    }
    end_part(report, before);
    begin_part(report, path);
    before = report->len;
    if (!change_attributes(path, install ? setup->patterns : NULL, report, error)) {
        return false;
    }
    end_part(report, before);
    return true;
}

bool of_git_install(const OfRepository *repository, const OfGitSetup *setup, GString *report, GError **error)
{
    for (const char *const *pattern = setup->patterns; *pattern != NULL; pattern++) {
        if (**pattern == '\0' || **pattern == '!' || strchr(*pattern, '\n') != NULL || g_str_has_prefix(*pattern, "[attr]")) {
            g_autofree char *shown = of_text_escape(*pattern, -1);
            g_set_error(error, OF_ERROR, OF_ERROR_USAGE, "`%s` is no pattern of files that git's attributes could take", shown);
            return false;
        }
    }
    return change(repository, setup, true, report, error);
}

bool of_git_uninstall(const OfRepository *repository, const OfGitSetup *setup, GString *report, GError **error)
{
    return change(repository, setup, false, report, error);
}
