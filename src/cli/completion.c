/* `orgflow completion`: what shells complete, written from the tables that help reads. */
#include "cli/options.h"

#include <string.h>

/* Whether the option's argument is a path. */
static bool takes_path(const CommandOption *option)
{
    return g_strcmp0(option->argument, "FILE") == 0 || g_strcmp0(option->argument, "OUT") == 0;
}

/* Whether the arguments of a command are paths. */
static bool reads_paths(const Command *command)
{
    return command->takes_inputs;
}

/* A word inside single quotes of a POSIX shell, or of fish. */
static char *quote(const char *text)
{
    g_auto(GStrv) parts = g_strsplit(text, "'", -1);
    g_autofree char *escaped = g_strjoinv("'\\''", parts);
    return g_strdup_printf("'%s'", escaped);
}

/* --- bash: words alone. `=` breaks words there, so that `--color=auto` comes as three. ------------------------------------------- */

static void append_bash_options(GString *text, const Command *command, const GArray *options)
{
    g_string_append_printf(text, "    %s)\n        options='", command->name);
    for (guint i = 0; i < options->len; i++) {
        const CommandOption *option = &g_array_index(options, CommandOption, i);
        g_string_append_printf(text, "%s--%s", i > 0 ? " " : "", option->name);
    }
    g_string_append(text, "'\n        case $previous in\n");
    for (guint i = 0; i < options->len; i++) {
        const CommandOption *option = &g_array_index(options, CommandOption, i);
        if (option->argument == NULL) {
            continue;
        }
        g_string_append_printf(text, "        --%s", option->name);
        if (option->brief != 0) {
            g_string_append_printf(text, " | -%c", option->brief);
        }
        if (option->choices != NULL) {
            g_autofree char *words = g_strjoinv(" ", option->choices);
            g_string_append_printf(text, ") words='%s' ;;\n", words);
        } else {
            g_string_append(text, takes_path(option) ? ") paths=yes ;;\n" : ") options= ;;\n");
        }
    }
    g_auto(GStrv) arguments = command_arguments(command);
    g_autofree char *words = arguments != NULL ? g_strjoinv(" ", arguments) : NULL;
    g_string_append(text, "        *)\n            own=yes\n");
    if (words != NULL) {
        g_string_append_printf(text, "            words='%s'\n", words);
    }
    g_string_append_printf(text, "%s            ;;\n        esac\n        ;;\n",
                           reads_paths(command) ? "            paths=yes\n" : "");
}

static void append_bash(GString *text)
{
    g_string_append(text, "# Completion of orgflow for bash.\n"
                          "_orgflow()\n{\n"
                          "    local current=${COMP_WORDS[COMP_CWORD]} previous command options words paths own\n"
                          "    local -i at=$((COMP_CWORD - 1))\n"
                          "    # `--color=auto` is three words here, `--color=` two.\n"
                          "    if [[ $current == = ]]; then\n        current=\n"
                          "    elif ((at > 0)) && [[ ${COMP_WORDS[at]} == = ]]; then\n        at=$((at - 1))\n    fi\n"
                          "    previous=${COMP_WORDS[at]}\n"
                          "    ((COMP_CWORD > 1)) && command=${COMP_WORDS[1]}\n"
                          "    case $command in\n"
                          "    '')\n        own=yes words='");
    for (const Command *command = commands; command->name != NULL; command++) {
        g_string_append_printf(text, "%s%s", command > commands ? " " : "", command->name);
    }
    g_string_append(text, "' options='--help --version'\n        ;;\n");
    for (const Command *command = commands; command->name != NULL; command++) {
        g_autoptr(GArray) options = command_options(command);
        append_bash_options(text, command, options);
    }
    g_string_append(text, "    esac\n"
                          "    COMPREPLY=()\n"
                          "    if [[ $own && $current == -* ]]; then\n"
                          "        words=$options paths=\n"
                          "    fi\n"
                          "    [[ $words ]] && mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$current\")\n"
                          "    if [[ $paths ]]; then\n"
                          "        compopt -o filenames 2>/dev/null\n"
                          "        mapfile -t COMPREPLY < <(compgen -f -- \"$current\")\n"
                          "    fi\n"
                          "    [[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == *= ]] && compopt -o nospace 2>/dev/null\n"
                          "    return 0\n"
                          "}\n"
                          "complete -F _orgflow orgflow\n");
}

/* --- zsh: _arguments and _describe ------------------------------------------------------------------------------------------------ */

/* A text inside a specification of _arguments or _describe, in which colons and brackets part things. */
static char *escape_zsh(const char *text)
{
    GString *escaped = g_string_new(NULL);
    for (; *text != '\0'; text++) {
        if (strchr("\\:[]()", *text) != NULL) {
            g_string_append_c(escaped, '\\');
        }
        g_string_append_c(escaped, *text);
    }
    return g_string_free(escaped, FALSE);
}

static void append_zsh_spec(GString *text, const char *spec)
{
    g_autofree char *quoted = quote(spec);
    g_string_append_printf(text, " \\\n            %s", quoted);
}

static void append_zsh_option(GString *text, const CommandOption *option)
{
    g_autofree char *summary = escape_zsh(option->summary);
    g_autofree char *argument = option->argument != NULL ? escape_zsh(option->argument) : NULL;
    g_autofree char *words = option->choices != NULL ? g_strjoinv(" ", option->choices) : NULL;
    g_autoptr(GString) action = g_string_new(NULL);
    if (words != NULL && strcmp(option->name, "limit") == 0) {
        g_string_append_printf(action, ":%s:compadd -S \"\" -- %s", argument, words);
    } else if (words != NULL) {
        g_string_append_printf(action, ":%s:(%s)", argument, words);
    } else if (argument != NULL) {
        g_string_append_printf(action, ":%s:%s", argument, takes_path(option) ? "_files" : " ");
    }
    g_autofree char *full =
        g_strdup_printf("*--%s%s[%s]%s", option->name, option->argument != NULL ? "=" : "", summary, action->str);
    append_zsh_spec(text, full);
    if (option->brief != 0) {
        g_autofree char *brief =
            g_strdup_printf("*-%c%s[%s]%s", option->brief, option->argument != NULL ? "+" : "", summary, action->str);
        append_zsh_spec(text, brief);
    }
}

static void append_zsh_command(GString *text, const Command *command)
{
    g_autoptr(GArray) options = command_options(command);
    g_auto(GStrv) arguments = command_arguments(command);
    g_string_append_printf(text, "    %s)\n        _arguments -s", command->name);
    for (guint i = 0; i < options->len; i++) {
        append_zsh_option(text, &g_array_index(options, CommandOption, i));
    }
    if (arguments != NULL) {
        g_autofree char *words = g_strjoinv(" ", arguments);
        g_autofree char *spec = g_strdup_printf("*: :(%s)", words);
        append_zsh_spec(text, spec);
    } else if (reads_paths(command)) {
        append_zsh_spec(text, "*:file:_files");
    }
    g_string_append(text, "\n        ;;\n");
}

static void append_zsh(GString *text)
{
    g_string_append(text, "#compdef orgflow\n"
                          "# Completion of orgflow for zsh.\n"
                          "_orgflow() {\n"
                          "    local -a commands\n"
                          "    if ((CURRENT == 2)); then\n"
                          "        commands=(");
    for (const Command *command = commands; command->name != NULL; command++) {
        g_autofree char *summary = escape_zsh(command->summary);
        g_autofree char *row = g_strdup_printf("%s:%s", command->name, summary);
        g_autofree char *quoted = quote(row);
        g_string_append_printf(text, "\n            %s", quoted);
    }
    g_string_append(text, "\n        )\n"
                          "        _describe command commands\n"
                          "        return\n"
                          "    fi\n"
                          "    local command=$words[2]\n"
                          "    shift words\n"
                          "    ((CURRENT--))\n"
                          "    case $command in\n");
    for (const Command *command = commands; command->name != NULL; command++) {
        append_zsh_command(text, command);
    }
    g_string_append(text, "    esac\n"
                          "}\n"
                          "if [[ $funcstack[1] == _orgflow ]]; then\n"
                          "    _orgflow \"$@\"\n"
                          "else\n"
                          "    compdef _orgflow orgflow\n"
                          "fi\n");
}

/* --- fish: a `complete` line for each thing --------------------------------------------------------------------------------------- */

static void append_fish_option(GString *text, const Command *command, const CommandOption *option)
{
    g_autofree char *summary = quote(option->summary);
    g_string_append_printf(text, "complete -c orgflow -n '__fish_seen_subcommand_from %s' -l %s", command->name, option->name);
    if (option->brief != 0) {
        g_string_append_printf(text, " -s %c", option->brief);
    }
    if (option->choices != NULL) {
        g_autofree char *words = g_strjoinv(" ", option->choices);
        g_string_append_printf(text, " -x -a '%s'", words);
    } else if (option->argument != NULL) {
        g_string_append(text, takes_path(option) ? " -r -F" : " -x");
    }
    g_string_append_printf(text, " -d %s\n", summary);
}

static void append_fish(GString *text)
{
    g_string_append(text, "# Completion of orgflow for fish.\ncomplete -c orgflow -f\n");
    for (const Command *command = commands; command->name != NULL; command++) {
        g_autofree char *summary = quote(command->summary);
        g_string_append_printf(text, "complete -c orgflow -n __fish_use_subcommand -a %s -d %s\n", command->name, summary);
    }
    for (const Command *command = commands; command->name != NULL; command++) {
        g_autoptr(GArray) options = command_options(command);
        g_auto(GStrv) arguments = command_arguments(command);
        for (guint i = 0; i < options->len; i++) {
            append_fish_option(text, command, &g_array_index(options, CommandOption, i));
        }
        if (arguments != NULL) {
            g_autofree char *words = g_strjoinv(" ", arguments);
            g_string_append_printf(text, "complete -c orgflow -n '__fish_seen_subcommand_from %s' -a '%s'\n", command->name, words);
        } else if (reads_paths(command)) {
            g_string_append_printf(text, "complete -c orgflow -n '__fish_seen_subcommand_from %s' -F\n", command->name);
        }
    }
}

int run_completion(int argc, char **argv)
{
    static void (*const writers[])(GString *) = {append_bash, append_zsh, append_fish}; /* as in shell_names */
    gsize shell = 0;
    while (argc == 2 && shell_names[shell] != NULL && strcmp(shell_names[shell], argv[1]) != 0) {
        shell++;
    }
    if (argc != 2 || shell_names[shell] == NULL) {
        g_autofree char *names = g_strjoinv(", ", (char **) (gsize) shell_names);
        say_error("`completion` takes one of %s", names);
        return ORGFLOW_USAGE;
    }
    g_autoptr(GString) text = g_string_new(NULL);
    writers[shell](text);
    return write_stdout(text->str, text->len);
}
