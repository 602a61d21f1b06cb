#include "revision/git.h"

#include "base/library.h"

OfGit of_git;

static void start(void)
{
    /* Reading is not touched by these: a partial clone may lack objects, which is said, and a sparse check-out keeps settings of its
     * own. */
    const char *harmless[] = {"partialclone", "worktreeconfig"};
    of_git.libgit2_init();
    of_git.libgit2_opts(GIT_OPT_SET_EXTENSIONS, harmless, G_N_ELEMENTS(harmless));
}

bool of_git_start(GError **error)
{
    static const OfLibrarySymbol symbols[] = {
#define OF_GIT_ROW(function) {"git_" #function, offsetof(OfGit, function)},
        OF_GIT_FUNCTIONS(OF_GIT_ROW)
#undef OF_GIT_ROW
    };
    static OfLibrary library = {
        .file = ORGFLOW_LIBGIT2,
        .purpose = "revisions are read by libgit2",
        .symbols = symbols,
        .n_symbols = G_N_ELEMENTS(symbols),
        .table = &of_git,
        .start = start,
    };
    return of_library_need(&library, error);
}

const char *of_git_reason(void)
{
    /* Where nothing is known: NULL, or since libgit2 1.8 an error of no class. */
    const git_error *last = of_git.error_last();
    return last != NULL && last->klass != GIT_ERROR_NONE ? last->message : "no reason is known";
}
