/* `orgflow manual`: the manual page of the command, written from the tables that help reads, in the macros of man(7). */
#include "cli/help.h"
#include "cli/options.h"
#include "cli/roff.h"

#include <string.h>

static void append_option(GString *page, const CommandOption *option)
{
    g_string_append(page, ".TP\n");
    if (option->brief != 0) {
        g_string_append_printf(page, "\\fB\\-%c\\fR, ", option->brief);
    }
    g_string_append(page, "\\fB\\-\\-");
    roff_text(page, option->name);
    g_string_append(page, "\\fR");
    if (option->argument != NULL) {
        g_string_append(page, " \\fI");
        roff_text(page, option->argument);
        g_string_append(page, "\\fR");
    }
    g_string_append_c(page, '\n');
    roff_text(page, option->summary);
    if (option->choices != NULL && option->group == OPTION_DRAWING) { /* the others have a section, or are in the words */
        g_autofree char *names = g_strjoinv(", ", option->choices);
        g_string_append(page, " (");
        roff_text(page, names);
        g_string_append_c(page, ')');
    }
    g_string_append_c(page, '\n');
}

static void append_group(GString *page, const GArray *options, OptionGroup group)
{
    for (guint i = 0; i < options->len; i++) {
        const CommandOption *option = &g_array_index(options, CommandOption, i);
        if (option->group == group) {
            append_option(page, option);
        }
    }
}

static void append_command(GString *page, const Command *command)
{
    g_autoptr(GArray) options = command_options(command);
    g_string_append(page, ".SS ");
    roff_text(page, command->name);
    g_string_append(page, "\n.B orgflow ");
    roff_text(page, command->usage);
    g_string_append(page, "\n.PP\n");
    g_autofree char *summary = g_strconcat(command->summary, ".", NULL);
    *summary = g_ascii_toupper(*summary);
    roff_text(page, summary);
    g_string_append_c(page, '\n');
    if (command->details != NULL) {
        g_string_append(page, ".PP\n");
        roff_paragraphs(page, command->details);
    }
    append_group(page, options, OPTION_OWN);
    if (command->takes_drawing || command->takes_inputs) {
        g_string_append_printf(page, ".PP\nTakes the options of all commands that read data%s.\n",
                               command->takes_drawing ? ", the filters and the drawing options" : "");
    }
    if (command->examples != NULL) {
        roff_lines(page, command->examples);
    }
}

static void append_table(GString *page, const char *heading, bool (*row)(size_t index, OrgflowEntry *entry))
{
    OrgflowEntry entry;
    g_string_append_printf(page, ".SH %s\n", heading);
    for (size_t i = 0; row(i, &entry); i++) {
        roff_item(page, entry.name, entry.summary);
    }
}

static void append_limits(GString *page)
{
    OrgflowLimit limit;
    g_string_append(page,
                    ".SH LIMITS\nSet with\n.BR \\-\\-limit .\nN may end in k, M or G. Reaching one ends the run with status 4.\n");
    for (size_t i = 0; orgflow_limit(i, &limit); i++) {
        g_autofree char *text = g_strdup_printf("%s (%lld)", limit.summary, limit.value);
        roff_item(page, limit.name, text);
    }
}

static void append_rows(GString *page, const char *heading, const HelpRow *rows)
{
    g_string_append_printf(page, ".SH %s\n", heading);
    for (; rows->name != NULL; rows++) {
        roff_item(page, rows->name, rows->summary);
    }
}

static void append_head(GString *page)
{
    g_string_append_printf(page, ".TH ORGFLOW 1 \"\" \"orgflow %s\" \"User Commands\"\n", orgflow_version());
    g_string_append(page, ".SH NAME\norgflow \\- who moved where, and how strategy shifted, drawn from YAML\n.SH SYNOPSIS\n");
    for (const Command *command = commands; command->name != NULL; command++) {
        g_string_append(page, command > commands ? ".br\n.B orgflow " : ".B orgflow ");
        roff_text(page, command->usage);
        g_string_append_c(page, '\n');
    }
    g_string_append(page,
                    ".SH DESCRIPTION\nFacts about people, labs and dated events are kept in YAML files, with their sources.\n"
                    ".B orgflow\nchecks them against each other, draws who was where and who moved where, and tells what changed\n"
                    "between two revisions of them. The same data gives the same bytes. JSON is read as YAML.\n");
}

static int write_command_manual(void)
{
    g_autoptr(GString) page = g_string_new(NULL);
    g_autoptr(GArray) options = command_options(NULL);
    append_head(page);
    g_string_append(page, ".SH COMMANDS\n");
    for (const Command *command = commands; command->name != NULL; command++) {
        append_command(page, command);
    }
    g_string_append(page, ".SH OPTIONS\n.SS Options of all commands\n");
    append_group(page, options, OPTION_ALL);
    g_string_append(page, ".SS Options of all commands that read data\n");
    append_group(page, options, OPTION_INPUTS);
    g_string_append(page, ".SS Filters and drawing options\nSaved views take them under the same names.\n");
    append_group(page, options, OPTION_DRAWING);
    append_table(page, "VIEWS", orgflow_view);
    append_table(page, "FORMATS", orgflow_format);
    append_table(page, "THEMES", orgflow_theme);
    append_table(page, "EVENT TYPES", orgflow_event_type);
    append_limits(page);
    append_rows(page, "EXIT STATUS", exit_statuses);
    append_rows(page, "ENVIRONMENT", environment_variables);
    g_string_append(page, ".SH SEE ALSO\n.BR dot (1),\n.BR git (1),\n.BR orgflow\\-format (5)\n");
    return write_stdout(page->str, page->len);
}

int run_manual(int argc, char **argv)
{
    if (argc > 2 || (argc == 2 && strcmp(argv[1], "format") != 0)) {
        say_error("`manual` takes nothing, or the page `format`");
        return ORGFLOW_USAGE;
    }
    return argc == 2 ? write_format_manual() : write_command_manual();
}
