/* Paths between the current folder, the work tree and the top of a tree. */
#include "revision/repository.h"

#include <string.h>

#include "base/diagnostics.h"

static bool is_seen_from_here(const char *path)
{
    return g_str_equal(path, ".") || g_str_equal(path, "..") || g_str_has_prefix(path, "./") || g_str_has_prefix(path, "../");
}

/* Of an absolute path what stands behind the work tree's, or NULL. The file need not be there, its folder is taken without links. */
static char *below_work_tree(const OfRepository *repository, const char *path)
{
    const char *top = repository->top;
    g_autofree char *canonical = g_canonicalize_filename(path, NULL), *parent = g_path_get_dirname(canonical);
    g_autofree char *base = g_path_get_basename(canonical), *real = of_real_folder(parent);
    g_autofree char *full = g_strconcat(real != NULL ? real : canonical, real != NULL ? base : "", "/", NULL);
    return top != NULL && g_str_has_prefix(full, top) ? g_strdup(full + strlen(top)) : NULL;
}

char *of_revision_tree_path(const OfRepository *repository, const char *path, GError **error)
{
    const char *prefix = is_seen_from_here(path) ? repository->prefix : "";
    g_autofree char *full = g_path_is_absolute(path) ? below_work_tree(repository, path) : g_strconcat(prefix, path, NULL);
    g_auto(GStrv) parts = g_strsplit(full != NULL ? full : "..", "/", -1);
    g_autoptr(GPtrArray) kept = g_ptr_array_new();
    for (char **part = parts; *part != NULL; part++) {
        if (g_str_equal(*part, "..") && kept->len == 0) {
            g_autofree char *shown = of_text_escape(path, -1);
            g_set_error(error, OF_ERROR, OF_ERROR_DATA, "`%s` lies outside of the repository", shown);
            return NULL;
        }
        if (g_str_equal(*part, "..")) {
            g_ptr_array_set_size(kept, (gint) kept->len - 1);
        } else if (**part != '\0' && !g_str_equal(*part, ".")) {
            g_ptr_array_add(kept, *part);
        }
    }
    g_ptr_array_add(kept, NULL);
    return g_strjoinv("/", (char **) kept->pdata);
}

char *of_revision_seen_path(const OfRepository *repository, const char *tree_path)
{
    const char *rest = repository->prefix, *path = tree_path;
    for (const char *slash = strchr(rest, '/'); slash != NULL && strncmp(rest, path, (gsize) (slash - rest) + 1) == 0;
         slash = strchr(rest, '/')) {
        path += slash - rest + 1;
        rest = slash + 1;
    }
    GString *seen = g_string_new(NULL);
    for (const char *at = rest; *at != '\0'; at++) {
        g_string_append(seen, *at == '/' ? "../" : "");
    }
    g_string_append(seen, path);
    return g_string_free(seen, FALSE);
}
