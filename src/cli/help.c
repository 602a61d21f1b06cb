/* Help texts, written from the tables. */
#include "cli/command.h"

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

static void append_common(GString *text, const Command *command)
{
    if (command->takes_inputs) {
        append_option(text, 0, "strict", NULL, "warnings and contradicted claims fail");
        append_option(text, 0, "limit", "NAME=N", "set a limit (see `orgflow help limits`); may be given again");
        append_option(text, 0, "color", "WHEN", "auto (the default), always, never");
        append_option(text, 'q', "quiet", NULL, "say nothing but errors");
    }
    append_option(text, 'h', "help", NULL, "show this help");
    append_option(text, 'V', "version", NULL, "show the version");
}

static void append_drawing_options(GString *text)
{
    g_string_append(text, "\nFilters and drawing options (saved views take them under the same names):\n");
    OrgflowOption option;
    for (size_t i = 0; orgflow_option(i, &option); i++) {
        append_option(text, 0, option.name, option.argument, option.summary);
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
    g_string_append(text, "\nOptions:\n");
    for (const GOptionEntry *entry = command->entries; entry != NULL && entry->long_name != NULL; entry++) {
        append_option(text, entry->short_name, entry->long_name, entry->arg_description, entry->description);
    }
    append_common(text, command);
    if (command->takes_drawing) {
        append_drawing_options(text);
    }
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

static char *status_help(void)
{
    return g_strdup("Exit status:\n\n"
                    "  0  done\n"
                    "  1  a comparison found differences\n"
                    "  2  wrong usage\n"
                    "  3  invalid input\n"
                    "  4  a limit was reached\n"
                    "  5  output or environment failed\n");
}

int run_help(int argc, char **argv)
{
    static const struct {
        const char *name;
        char *(*write)(void);
    } topics[] = {{"limits", limits_help}, {"events", events_help}, {"status", status_help}};
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
