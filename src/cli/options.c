#include "cli/options.h"

#include <string.h>

const char *const shell_names[] = {"bash", "zsh", "fish", NULL};
static const char *const manual_pages[] = {"format", NULL};
const char *const color_choices[] = {"auto", "always", "never", NULL};
const char *const check_formats[] = {"text", "json", "sarif", NULL};

static const struct {
    OptionGroup group;
    char brief;
    const char *name, *argument, *summary;
} shared_options[] = {
    {OPTION_INPUTS, 0, "strict", NULL, "warnings and contradicted claims fail"},
    {OPTION_INPUTS, 0, "limit", "NAME=N", "set a limit (see `orgflow help limits`); may be given again"},
    {OPTION_INPUTS, 0, "color", "WHEN", "auto (the default), always, never"},
    {OPTION_INPUTS, 'q', "quiet", NULL, "say nothing but errors"},
    {OPTION_ALL, 'h', "help", NULL, "show this help"},
    {OPTION_ALL, 'V', "version", NULL, "show the version"},
};

static bool limit_row(size_t index, OrgflowEntry *entry)
{
    OrgflowLimit limit;
    const bool found = orgflow_limit(index, &limit);
    if (found) {
        *entry = (OrgflowEntry){.name = limit.name, .summary = limit.summary};
    }
    return found;
}

/* What can be given for an option, or for an argument where the option is NULL: rows of a table, or words. suffix is put behind each. */
static const struct {
    const char *command, *option; /* command NULL: any */
    bool (*row)(size_t index, OrgflowEntry *entry);
    const char *const *words;
    const char *suffix;
} choices[] = {
    {"render", "view", orgflow_view, NULL, ""},
    {"render", "format", orgflow_format, NULL, ""},
    {"check", "format", NULL, check_formats, ""},
    {"diff", "format", orgflow_diff_format, NULL, ""},
    {"stats", "format", orgflow_statistics_format, NULL, ""},
    {"import", "format", orgflow_import_format, NULL, ""},
    {"help", NULL, help_subject, NULL, ""},
    {"completion", NULL, NULL, shell_names, ""},
    {"manual", NULL, NULL, manual_pages, ""},
    {NULL, "color", NULL, color_choices, ""},
    {NULL, "limit", limit_row, NULL, "="},
};

/* Owned by the caller; NULL where anything can be given. */
static char **find_choices(const char *command, const char *option)
{
    for (gsize i = 0; i < G_N_ELEMENTS(choices); i++) {
        if ((choices[i].command != NULL && g_strcmp0(choices[i].command, command) != 0) ||
            g_strcmp0(choices[i].option, option) != 0) {
            continue;
        }
        GPtrArray *names = g_ptr_array_new();
        OrgflowEntry entry;
        for (size_t j = 0; choices[i].row != NULL && choices[i].row(j, &entry); j++) {
            g_ptr_array_add(names, g_strconcat(entry.name, choices[i].suffix, NULL));
        }
        for (gsize j = 0; choices[i].words != NULL && choices[i].words[j] != NULL; j++) {
            g_ptr_array_add(names, g_strconcat(choices[i].words[j], choices[i].suffix, NULL));
        }
        g_ptr_array_add(names, NULL);
        return (char **) g_ptr_array_free(names, FALSE);
    }
    return NULL;
}

char **command_arguments(const Command *command)
{
    return find_choices(command->name, NULL);
}

static void clear_option(gpointer data)
{
    g_strfreev(((CommandOption *) data)->choices);
}

GArray *command_options(const Command *command)
{
    GArray *options = g_array_new(FALSE, TRUE, sizeof(CommandOption));
    g_array_set_clear_func(options, clear_option);
    for (const GOptionEntry *entry = command != NULL ? command->entries : NULL; entry != NULL && entry->long_name != NULL;
         entry++) {
        const CommandOption option = {OPTION_OWN,         entry->short_name,
                                      entry->long_name,   entry->arg_description,
                                      entry->description, find_choices(command->name, entry->long_name)};
        g_array_append_val(options, option);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(shared_options); i++) {
        if (command == NULL || command->takes_inputs || shared_options[i].group != OPTION_INPUTS) {
            const CommandOption option = {shared_options[i].group,   shared_options[i].brief,
                                          shared_options[i].name,    shared_options[i].argument,
                                          shared_options[i].summary, find_choices(NULL, shared_options[i].name)};
            g_array_append_val(options, option);
        }
    }
    OrgflowOption row;
    for (size_t i = 0; (command == NULL || command->takes_drawing) && orgflow_option(i, &row); i++) {
        const CommandOption option = {OPTION_DRAWING, 0, row.name, row.argument, row.summary, g_strdupv((char **) row.choices)};
        g_array_append_val(options, option);
    }
    return options;
}
