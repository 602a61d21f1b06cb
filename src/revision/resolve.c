/* From the name of a revision to an object, and what to say where there is none. */
#include "revision/repository.h"

#include <string.h>

#include "base/diagnostics.h"

static const char *or_head(const char *revision)
{
    return *revision != '\0' ? revision : "HEAD";
}

static gint compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *) a, *(const char *const *) b);
}

/* The short names of branches and tags that come near. */
static char *hint_name(const OfRepository *repository, const char *name)
{
    g_autoptr(GPtrArray) known = g_ptr_array_new_with_free_func(g_free);
    git_strarray names = {NULL, 0};
    if (of_git.reference_list(&names, repository->git) == 0) {
        for (gsize i = 0; i < names.count; i++) {
            git_reference *reference = NULL;
            if (of_git.reference_lookup(&reference, repository->git, names.strings[i]) == 0) {
                g_ptr_array_add(known, g_strdup(of_git.reference_shorthand(reference)));
            }
            of_git.reference_free(reference);
        }
    }
    of_git.strarray_dispose(&names);
    g_ptr_array_add(known, g_strdup("HEAD"));
    g_ptr_array_sort(known, compare_names);
    return of_hint_nearest(name, (const char *const *) known->pdata, (gssize) known->len);
}

/* A name that stands for something, though what it names cannot be read. */
static bool has_reference(const OfRepository *repository, const char *name)
{
    g_autoptr(git_reference) reference = NULL;
    return of_git.reference_dwim(&reference, repository->git, name) == 0;
}

static bool has_object(const OfRepository *repository, const char *name)
{
    g_autoptr(git_object) object = NULL;
    return of_git.revparse_single(&object, repository->git, name) == 0;
}

static void fail_missing(const OfRepository *repository, const char *revision, GError **error)
{
    g_autofree char *shown = of_text_escape(revision, -1);
    g_autofree char *start = g_strndup(revision, *revision == '@' ? 1 : strcspn(revision, "~^@:"));
    g_autofree char *shown_start = of_text_escape(start, -1);
    const bool has_start = *start != '\0' && !g_str_equal(start, revision) && has_object(repository, start);
    if (of_git.repository_head_unborn(repository->git) == 1) {
        g_set_error(error, OF_ERROR, OF_ERROR_DATA, "there is no revision `%s`: the repository has no commit yet", shown);
    } else if (of_git.repository_is_shallow(repository->git) == 1) {
        g_set_error(error, OF_ERROR, OF_ERROR_DATA,
                    "there is no revision `%s` in this shallow clone; `git fetch --unshallow` gets the history that it lacks",
                    shown);
    } else if (has_start) {
        g_set_error(error, OF_ERROR, OF_ERROR_DATA, "there is no revision `%s`: the history of `%s` does not reach that far", shown,
                    shown_start);
    } else if (has_reference(repository, start)) {
        of_git_fail_damaged(revision, error);
    } else {
        g_autofree char *hint = hint_name(repository, start);
        g_set_error(error, OF_ERROR, OF_ERROR_DATA, "there is no revision `%s`%s%s", shown, hint != NULL ? "; " : "",
                    hint != NULL ? hint : "");
    }
}

static void fail_resolving(const OfRepository *repository, const char *revision, int code, GError **error)
{
    g_autofree char *shown = of_text_escape(revision, -1);
    if (code == GIT_EAMBIGUOUS) {
        g_set_error(error, OF_ERROR, OF_ERROR_DATA, "`%s` may be several objects of the repository: write more of the id", shown);
    } else if (code == GIT_EINVALIDSPEC || code == GIT_EPEEL) {
        g_set_error(error, OF_ERROR, OF_ERROR_DATA, "`%s` is not how a revision is written", shown);
    } else if (code == GIT_ENOTFOUND || code == GIT_EUNBORNBRANCH) {
        fail_missing(repository, revision, error);
    } else {
        of_git_fail_damaged(revision, error);
    }
}

static git_object *find_single(const OfRepository *repository, const char *revision, GError **error)
{
    git_object *object = NULL;
    if (*revision == '\0') {
        g_set_error(error, OF_ERROR, OF_ERROR_USAGE, "a revision is missing: the index is not read");
        return NULL;
    }
    const int code = of_git.revparse_single(&object, repository->git, revision);
    if (code != 0) {
        fail_resolving(repository, revision, code, error);
        return NULL;
    }
    return object;
}

static git_object *find_merge_base(const OfRepository *repository, const char *left, const char *right, GError **error)
{
    g_autoptr(git_object) a = find_single(repository, or_head(left), error);
    g_autoptr(git_object) b = a != NULL ? find_single(repository, or_head(right), error) : NULL;
    if (b == NULL) {
        return NULL;
    }
    g_autoptr(git_object) first = NULL, second = NULL;
    git_oid id;
    git_object *base = NULL;
    if (of_git.object_peel(&first, a, GIT_OBJECT_COMMIT) != 0 || of_git.object_peel(&second, b, GIT_OBJECT_COMMIT) != 0 ||
        of_git.merge_base(&id, repository->git, of_git.object_id(first), of_git.object_id(second)) != 0 ||
        of_git.object_lookup(&base, repository->git, &id, GIT_OBJECT_COMMIT) != 0) {
        const bool shallow = of_git.repository_is_shallow(repository->git) == 1;
        g_autofree char *shown_left = of_text_escape(or_head(left), -1), *shown_right = of_text_escape(or_head(right), -1);
        g_set_error(error, OF_ERROR, OF_ERROR_DATA, "`%s` and `%s` have no commit in common%s", shown_left, shown_right,
                    shallow ? " in this shallow clone; `git fetch --unshallow` gets the history that it lacks" : "");
        return NULL;
    }
    return base;
}

/* The dots of "A...B", which are none inside of braces: `HEAD^{/and so on...}`. */
static const char *find_dots(const char *revision)
{
    int depth = 0;
    for (const char *at = revision; *at != '\0'; at++) {
        depth += (*at == '{') - (*at == '}');
        if (depth == 0 && g_str_has_prefix(at, "...")) {
            return at;
        }
    }
    return NULL;
}

git_object *of_revision_object(const OfRepository *repository, const char *revision, GError **error)
{
    const char *dots = find_dots(revision);
    if (dots == NULL) {
        return find_single(repository, revision, error);
    }
    g_autofree char *left = g_strndup(revision, (gsize) (dots - revision));
    return find_merge_base(repository, left, dots + 3, error);
}

char *of_revision_find(const OfRepository *repository, const char *revision, GError **error)
{
    g_autoptr(git_object) object = of_revision_object(repository, revision, error);
    git_buf id = {NULL, 0, 0};
    if (object == NULL || of_git.object_short_id(&id, object) != 0) {
        if (object != NULL) {
            of_git_fail_damaged(revision, error);
        }
        return NULL;
    }
    char *text = g_strdup(id.ptr);
    of_git.buf_dispose(&id);
    return text;
}
