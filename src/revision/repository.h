/* A repository and what its functions share. Private to revision/. */
#ifndef OF_REVISION_REPOSITORY_H
#define OF_REVISION_REPOSITORY_H

#include "base/limits.h"
#include "revision/git.h"
#include "revision/revision.h"

struct OfRepository {
    git_repository *git;
    char *top;    /* of the work tree, without links, with a slash at its end; NULL: it is a bare one */
    char *prefix; /* the current folder within the work tree: "graphs/", or "" */
};

/* A folder without links and with a slash at its end, so that one can be the beginning of another; NULL where it is not there. */
char *of_real_folder(const char *path);

/* Says of what is there by name, as far as another object tells, that it cannot be read: "cannot read `HEAD:a.yaml`: …". */
void of_git_fail_damaged(const char *what, GError **error);

/* The object that a revision names, be it a commit, a tag or a tree; NULL with an error that says why there is none. */
git_object *of_revision_object(const OfRepository *repository, const char *revision, GError **error);

#endif
