#include "revision/repository.h"

#include <stdlib.h>
#include <string.h>

#include "base/diagnostics.h"

void of_git_fail_damaged(const char *what, GError **error)
{
    g_autofree char *shown = of_text_escape(what, -1);
    g_set_error(error, OF_ERROR, OF_ERROR_DATA, "cannot read `%s`: the repository is damaged or not complete (%s; see `git fsck`)",
                shown, of_git_reason());
}

/* GIT_WORK_TREE is nothing that libgit2 would take from the environment: see find_top(). */
static int open_repository(git_repository **git, const char *folder)
{
    const char *git_dir = g_getenv("GIT_DIR");
    if (folder != NULL) {
        return of_git.repository_open_ext(git, folder, 0, NULL);
    }
    if (g_getenv("GIT_WORK_TREE") == NULL) {
        return of_git.repository_open_ext(git, NULL, GIT_REPOSITORY_OPEN_FROM_ENV, NULL);
    }
    return of_git.repository_open_ext(git, git_dir != NULL ? git_dir : ".", git_dir != NULL ? GIT_REPOSITORY_OPEN_NO_SEARCH : 0,
                                      NULL);
}

/* libgit2 up to 1.5 says GIT_ENOTFOUND, not GIT_EOWNER, of someone else's repository where no `safe.directory` is set at all;
 * what it finds without opening is there all the same. */
static bool is_someone_elses(int code, const char *folder)
{
    git_buf found = {NULL, 0, 0};
    const char *git_dir = g_getenv("GIT_DIR");
    const char *start = folder != NULL ? folder : git_dir != NULL ? git_dir : ".";
    const bool is_there = code == GIT_ENOTFOUND && of_git.repository_discover(&found, start, 0, NULL) == 0;
    of_git.buf_dispose(&found);
    return code == GIT_EOWNER || is_there;
}

static void fail_opening(int code, const char *folder, GError **error)
{
    g_autofree char *shown = of_text_escape(folder != NULL ? folder : "", -1);
    if (is_someone_elses(code, folder)) {
        g_set_error(error, OF_ERROR, OF_ERROR_DATA,
                    "the git repository belongs to someone else, and `safe.directory` does not name it "
                    "(`git config --global --add safe.directory FOLDER` trusts it)");
    } else if (code == GIT_ENOTFOUND && folder == NULL) {
        g_set_error(error, OF_ERROR, OF_ERROR_DATA, "there is no git repository here");
    } else if (code == GIT_ENOTFOUND) {
        g_set_error(error, OF_ERROR, OF_ERROR_DATA, "`%s` is in no git repository", shown);
    } else {
        g_set_error(error, OF_ERROR, OF_ERROR_DATA, "cannot open the git repository: %s", of_git_reason());
    }
}

char *of_real_folder(const char *path)
{
    char *real = realpath(path, NULL);
    char *folder = real != NULL ? g_strconcat(real, g_str_has_suffix(real, "/") ? "" : "/", NULL) : NULL;
    free(real);
    return folder;
}

static char *find_top(git_repository *git, const char *folder)
{
    const char *work_tree = folder == NULL ? g_getenv("GIT_WORK_TREE") : NULL;
    const char *top = work_tree != NULL ? work_tree : of_git.repository_workdir(git);
    return top != NULL ? of_real_folder(top) : NULL;
}

static char *find_prefix(const char *top)
{
    g_autofree char *here = of_real_folder(".");
    return g_strdup(top != NULL && here != NULL && g_str_has_prefix(here, top) ? here + strlen(top) : "");
}

OfRepository *of_repository_open(const char *folder, GError **error)
{
    if (!of_git_start(error)) {
        return NULL;
    }
    git_repository *git = NULL;
    const int code = open_repository(&git, folder);
    if (code != 0) {
        fail_opening(code, folder, error);
        of_git.repository_free(git);
        return NULL;
    }
    OfRepository *repository = g_new0(OfRepository, 1);
    repository->git = git;
    repository->top = find_top(git, folder);
    repository->prefix = find_prefix(repository->top);
    return repository;
}

void of_repository_free(OfRepository *repository)
{
    if (repository != NULL) {
        of_git.repository_free(repository->git);
        g_free(repository->top);
        g_free(repository->prefix);
        g_free(repository);
    }
}
