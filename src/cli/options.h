/* The options of a command in one list, as help, the manual page and the completions show them. */
#ifndef OF_CLI_OPTIONS_H
#define OF_CLI_OPTIONS_H

#include "cli/command.h"

typedef enum {
    OPTION_OWN,     /* of this command */
    OPTION_INPUTS,  /* of all commands that read data */
    OPTION_ALL,     /* of all commands */
    OPTION_DRAWING, /* filters and drawing options, which saved views take too */
} OptionGroup;

/* Texts are borrowed from the tables, for as long as the program runs. */
typedef struct {
    OptionGroup group;
    char brief; /* the letter, or 0 */
    const char *name, *argument, *summary;
    char **choices; /* all that can be given, or NULL; owned */
} CommandOption;

/* The options of a command, group by group, as CommandOption; for NULL those of the groups OPTION_INPUTS, OPTION_ALL and OPTION_DRAWING.
 * Freed with g_array_unref(). */
GArray *command_options(const Command *command);

/* What the arguments of a command can be where they are no files, else NULL. Owned by the caller, freed with g_strfreev(). */
char **command_arguments(const Command *command);

/* The shells that completions are written for, the choices of --color and of `check --format`. Ended by NULL. */
extern const char *const shell_names[], *const color_choices[], *const check_formats[];

/* What `help` explains: commands and topics. False past the end. */
bool help_subject(size_t index, OrgflowEntry *entry);

#endif
