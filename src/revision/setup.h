/* What `orgflow git install` writes: settings of git, and lines of an attributes file. */
#ifndef OF_REVISION_SETUP_H
#define OF_REVISION_SETUP_H

#include "revision/revision.h"

typedef struct {
    bool global;                 /* the user's files, not the repository's */
    bool shared;                 /* attributes go to `.gitattributes`, which is committed */
    const char *program;         /* as a shell would call it */
    const char *const *patterns; /* of files, as .gitattributes has them; NULL-terminated */
} OfGitSetup;

/* Both append a line to report for each thing done or found done already, and change nothing that is not theirs: a pattern that
 * has another driver keeps it, which is said. repository: NULL where global. Errors: OF_ERROR_ENVIRONMENT where a file cannot be
 * written. */
bool of_git_install(const OfRepository *repository, const OfGitSetup *setup, GString *report, GError **error);
bool of_git_uninstall(const OfRepository *repository, const OfGitSetup *setup, GString *report, GError **error);

/* The text of an attributes file with the lines for the patterns added (install) or taken away, each said in report. Private to
 * revision/. Owned by the caller. */
char *of_attributes_add(const char *text, const char *const *patterns, GString *report);
char *of_attributes_remove(const char *text, GString *report);

#endif
