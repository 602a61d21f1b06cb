#include "revision/git.h"

#include <dlfcn.h>
#include <string.h>

#include "base/limits.h"

OfGit of_git;

/* Returns what is missing, or NULL. Owned by the caller. */
static char *load(void)
{
    static const struct {
        const char *name;
        gsize offset;
    } functions[] = {
#define OF_GIT_ROW(function) {"git_" #function, offsetof(OfGit, function)},
        OF_GIT_FUNCTIONS(OF_GIT_ROW)
#undef OF_GIT_ROW
    };
    void *library = dlopen(ORGFLOW_LIBGIT2, RTLD_LAZY | RTLD_LOCAL);
    for (gsize i = 0; library != NULL && i < G_N_ELEMENTS(functions); i++) {
        void *function = dlsym(library, functions[i].name);
        if (function == NULL) {
            library = NULL; /* it stays open: what it has started may not be ended */
        }
        memcpy((char *) &of_git + functions[i].offset, &function, sizeof function); /* ISO C has no cast for it */
    }
    return library == NULL ? g_strdup(dlerror()) : NULL;
}

bool of_git_start(GError **error)
{
    static gsize started = 0;
    static char *missing = NULL;
    if (g_once_init_enter(&started)) {
        missing = load();
        if (missing == NULL) {
            /* Reading is not touched by these: a partial clone may lack objects, which is said, and a sparse check-out keeps
             * settings of its own. */
            const char *harmless[] = {"partialclone", "worktreeconfig"};
            of_git.libgit2_init();
            of_git.libgit2_opts(GIT_OPT_SET_EXTENSIONS, harmless, G_N_ELEMENTS(harmless));
        }
        g_once_init_leave(&started, 1);
    }
    if (missing != NULL) {
        g_set_error(error, OF_ERROR, OF_ERROR_ENVIRONMENT, "revisions are read by libgit2, which cannot be loaded: %s", missing);
    }
    return missing == NULL;
}

const char *of_git_reason(void)
{
    const git_error *last = of_git.error_last();
    return last != NULL && last->message != NULL ? last->message : "no reason is known";
}
