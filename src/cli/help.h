/* What help and the manual page both say. */
#ifndef OF_CLI_HELP_H
#define OF_CLI_HELP_H

typedef struct {
    const char *name, *summary;
} HelpRow;

/* Each ended by a row without a name. */
extern const HelpRow exit_statuses[], environment_variables[];

#endif
