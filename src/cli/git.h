/* What git calls, by the settings that `orgflow git install` writes. */
#ifndef OF_CLI_GIT_H
#define OF_CLI_GIT_H

#include "cli/command.h"

/* The story that bytes are, in a file called path, or NULL: what is wrong is told in one line, since git shows many files one
 * after the other. which: of several such files, "the old". */
OrgflowStory *read_git_story(const char *path, const char *which, const void *bytes, gsize length);

/* Each takes the arguments behind its name, n of them, and returns the exit status. */
int git_diff_driver(const Request *request, char *const *arguments, guint n);
int git_difftool(const Request *request, char *const *arguments, guint n);
int git_textconv(const Request *request, char *const *arguments, guint n);
int git_merge_driver(const Request *request, char *const *arguments, guint n);

#endif
