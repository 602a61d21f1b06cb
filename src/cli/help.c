/* Help texts, written from the tables. */
#include "cli/help.h"
#include "cli/options.h"

#include <string.h>

#define OPTION_COLUMN 30

static void append_option(GString *text, char brief, const char *name, const char *argument, const char *summary)
{
    g_autoptr(GString) head = g_string_new(brief != 0 ? NULL : "    ");
    if (brief != 0) {
        g_string_append_printf(head, "-%c, ", brief);
    }
    g_string_append_printf(head, "--%s%s%s", name, argument != NULL ? " " : "", argument != NULL ? argument : "");
    g_string_append_printf(text, "  %-*s %s\n", OPTION_COLUMN, head->str, summary);
}

static void append_options(GString *text, const Command *command)
{
    g_autoptr(GArray) options = command_options(command);
    g_string_append(text, "\nOptions:\n");
    OptionGroup group = OPTION_OWN;
    for (guint i = 0; i < options->len; i++) {
        const CommandOption *option = &g_array_index(options, CommandOption, i);
        if (option->group == OPTION_DRAWING && group != OPTION_DRAWING) {
            g_string_append(text, "\nFilters and drawing options (saved views take them under the same names):\n");
        }
        group = option->group;
        append_option(text, option->brief, option->name, option->argument, option->summary);
    }
}

static void append_examples(GString *text, const char *examples)
{
    g_auto(GStrv) lines = g_strsplit(examples, "\n", -1);
    g_string_append(text, "\nExamples:\n");
    for (char **line = lines; *line != NULL; line++) {
        if (**line != '\0') {
            g_string_append_printf(text, "  %s\n", *line);
        }
    }
}

static char *command_help(const Command *command)
{
    GString *text = g_string_new(NULL);
    g_string_append_printf(text, "orgflow %s - %s\n\nUsage: orgflow %s\n", command->name, command->summary, command->usage);
    if (command->details != NULL) {
        g_string_append_printf(text, "\n%s", command->details);
    }
    append_options(text, command);
    if (command->examples != NULL) {
        append_examples(text, command->examples);
    }
    return g_string_free(text, FALSE);
}

static char *program_help(void)
{
    GString *text = g_string_new("orgflow - who moved where, and how strategy shifted, drawn from YAML\n\nUsage: orgflow COMMAND "
                                 "[ARGUMENTS]\n\nCommands:\n");
    for (const Command *command = commands; command->name != NULL; command++) {
        g_string_append_printf(text, "  %-10s %s\n", command->name, command->summary);
    }
    g_string_append(text, "\n`orgflow help COMMAND` explains a command and shows examples.\n");
    return g_string_free(text, FALSE);
}

char *help_text(const Command *command)
{
    return command != NULL ? command_help(command) : program_help();
}

static char *limits_help(void)
{
    GString *text = g_string_new("Named limits, set with --limit NAME=N (N may end in k, M or G):\n\n");
    OrgflowLimit limit;
    for (size_t i = 0; orgflow_limit(i, &limit); i++) {
        g_string_append_printf(text, "  %-16s %10lld  %s\n", limit.name, limit.value, limit.summary);
    }
    g_string_append(text, "\nReaching one ends the run with status 4.\n");
    return g_string_free(text, FALSE);
}

static char *events_help(void)
{
    GString *text = g_string_new("Event types:\n\n");
    OrgflowEntry entry;
    for (size_t i = 0; orgflow_event_type(i, &entry); i++) {
        g_string_append_printf(text, "  %-10s %s\n", entry.name, entry.summary);
    }
    return g_string_free(text, FALSE);
}

const HelpRow exit_statuses[] = {
    {"0", "done"},
    {"1", "a comparison found differences"},
    {"2", "wrong usage"},
    {"3", "invalid input"},
    {"4", "a limit was reached"},
    {"5", "output or environment failed"},
    {NULL, NULL},
};

const HelpRow environment_variables[] = {
    {"NO_COLOR", "where set and not empty, --color=auto is never"},
    {"SOURCE_DATE_EPOCH", "the date in drawings whose format wants one (PDF), in seconds since 1970; else it is 1970-01-01"},
    {"ORGFLOW_LAYOUT_PROGRAM", "the program that calls Graphviz, where it is not the one installed with orgflow"},
    {NULL, NULL},
};

static char *rows_help(const char *heading, const HelpRow *rows, int width)
{
    GString *text = g_string_new(heading);
    for (; rows->name != NULL; rows++) {
        g_string_append_printf(text, "  %-*s  %s\n", width, rows->name, rows->summary);
    }
    return g_string_free(text, FALSE);
}

static char *status_help(void)
{
    return rows_help("Exit status:\n\n", exit_statuses, 1);
}

static char *environment_help(void)
{
    return rows_help("Environment variables:\n\n", environment_variables, 22);
}

static const struct {
    const char *name, *summary;
    char *(*write)(void);
} topics[] = {
    {"limits", "the named limits", limits_help},
    {"events", "the types of events", events_help},
    {"status", "the exit statuses", status_help},
    {"environment", "the environment variables", environment_help},
};

bool help_subject(size_t index, OrgflowEntry *entry)
{
    size_t n = 0;
    for (const Command *command = commands; command->name != NULL; command++, n++) {
        if (n == index) {
            *entry = (OrgflowEntry){.name = command->name, .summary = command->summary};
            return true;
        }
    }
    if (index - n < G_N_ELEMENTS(topics)) {
        *entry = (OrgflowEntry){.name = topics[index - n].name, .summary = topics[index - n].summary};
        return true;
    }
    return false;
}

int run_help(int argc, char **argv)
{
    if (argc > 2) {
        say_error("`help` takes one COMMAND or TOPIC");
        return ORGFLOW_USAGE;
    }
    g_autofree char *text = NULL;
    for (gsize i = 0; argc == 2 && i < G_N_ELEMENTS(topics); i++) {
        if (strcmp(topics[i].name, argv[1]) == 0) {
            text = topics[i].write();
        }
    }
    const Command *command = argc == 2 ? command_find(argv[1]) : NULL;
    if (text == NULL && argc == 2 && command == NULL) {
        say_error("there is no command or topic `%s` (see `orgflow help`)", argv[1]);
        return ORGFLOW_USAGE;
    }
    if (text == NULL) {
        text = help_text(command);
    }
    return write_stdout(text, strlen(text));
}
