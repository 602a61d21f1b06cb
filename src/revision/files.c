/* Reading files out of the tree of a revision. */
#include "revision/repository.h"

#include <string.h>

#include "base/diagnostics.h"

/* One request: whose files, and how much may still be read. */
typedef struct {
    const OfRepository *repository;
    const char *revision;
    gint64 most, left;
    GPtrArray *files; /* of OfRevisionFile */
} Reading;

static void free_file(gpointer data)
{
    OfRevisionFile *file = data;
    g_free(file->path);
    g_free(file->bytes);
    g_free(file);
}

static void fail_at(const Reading *reading, const char *path, OfError code, GError **error, const char *format, ...)
    G_GNUC_PRINTF(5, 6);

/* "`HEAD:a.yaml` is …" */
static void fail_at(const Reading *reading, const char *path, OfError code, GError **error, const char *format, ...)
{
    g_autofree char *name = g_strconcat(reading->revision, ":", path, NULL);
    g_autofree char *shown = of_text_escape(name, -1);
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *what = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_set_error(error, OF_ERROR, (gint) code, "`%s` %s", shown, what);
}

static void fail_damaged(const Reading *reading, const char *path, GError **error)
{
    g_autofree char *name = g_strconcat(reading->revision, ":", path, NULL);
    of_git_fail_damaged(name, error);
}

static git_tree *open_tree(const Reading *reading, GError **error)
{
    g_autoptr(git_object) object = of_revision_object(reading->repository, reading->revision, error);
    git_object *tree = NULL;
    if (object != NULL && of_git.object_peel(&tree, object, GIT_OBJECT_TREE) != 0) {
        g_autofree char *shown = of_text_escape(reading->revision, -1);
        if (of_git.object_type(object) == GIT_OBJECT_BLOB) {
            g_set_error(error, OF_ERROR, OF_ERROR_DATA, "`%s` is a file, no revision", shown);
        } else {
            of_git_fail_damaged(reading->revision, error);
        }
    }
    return (git_tree *) tree;
}

/* ---- Files ---- */

/* As git tells, by a NUL near the beginning; but UTF-16, which has them too, is text that the reader has a word for. */
static bool is_binary(const char *bytes, gsize length)
{
    enum { LOOKED_AT = 8000 };
    const bool is_wide = length >= 2 && ((bytes[0] == '\0') != (bytes[1] == '\0') || memcmp(bytes, "\xff\xfe", 2) == 0 ||
                                         memcmp(bytes, "\xfe\xff", 2) == 0);
    return !is_wide && memchr(bytes, '\0', MIN(length, LOOKED_AT)) != NULL;
}

static bool check_content(const Reading *reading, const char *path, const char *bytes, gsize length, GError **error)
{
    static const char pointer[] = "version https://git-lfs.github.com/spec/";
    if (length >= sizeof pointer - 1 && memcmp(bytes, pointer, sizeof pointer - 1) == 0) {
        fail_at(reading, path, OF_ERROR_DATA, error,
                "is a pointer of Git LFS: what it points to is not in the repository; files of the work tree can be read after "
                "`git lfs pull`");
        return false;
    }
    if (is_binary(bytes, length)) {
        fail_at(reading, path, OF_ERROR_DATA, error, "is a binary file, no YAML");
        return false;
    }
    return true;
}

/* Asked before the bytes are unpacked. */
static bool check_size(const Reading *reading, const char *path, const git_oid *id, GError **error)
{
    g_autoptr(git_odb) objects = NULL;
    size_t length = 0;
    git_object_t type;
    if (of_git.repository_odb(&objects, reading->repository->git) != 0 ||
        of_git.odb_read_header(&length, &type, objects, id) != 0) {
        fail_damaged(reading, path, error);
        return false;
    }
    if ((guint64) length > (guint64) reading->left) {
        const char *limit = of_limit_info(OF_LIMIT_INPUT_BYTES)->name;
        fail_at(reading, path, OF_ERROR_LIMIT, error,
                "takes the input over %" G_GINT64_FORMAT " bytes, the limit `%s` (it can be raised: --limit %s=N)", reading->most,
                limit, limit);
        return false;
    }
    return true;
}

static bool read_blob(Reading *reading, const git_oid *id, const char *path, GError **error)
{
    g_autoptr(git_blob) blob = NULL;
    if (!check_size(reading, path, id, error)) {
        return false;
    }
    if (of_git.blob_lookup(&blob, reading->repository->git, id) != 0) {
        fail_damaged(reading, path, error);
        return false;
    }
    const gsize length = (gsize) of_git.blob_rawsize(blob);
    const char *bytes = of_git.blob_rawcontent(blob);
    if (!check_content(reading, path, bytes, length, error)) {
        return false;
    }
    OfRevisionFile *file = g_new0(OfRevisionFile, 1);
    file->path = g_strdup(path);
    file->bytes = g_malloc(length + 1);
    memcpy(file->bytes, bytes, length);
    file->bytes[length] = '\0';
    file->length = length;
    reading->left -= (gint64) length;
    g_ptr_array_add(reading->files, file);
    return true;
}

static bool read_entry(Reading *reading, const git_tree_entry *entry, const char *path, GError **error)
{
    switch (of_git.tree_entry_filemode(entry)) {
    case GIT_FILEMODE_LINK:
        fail_at(reading, path, OF_ERROR_DATA, error, "is a symbolic link: name what it points to");
        return false;
    case GIT_FILEMODE_COMMIT:
        fail_at(reading, path, OF_ERROR_DATA, error, "is a submodule: its files are in a repository of their own");
        return false;
    case GIT_FILEMODE_TREE:
        fail_at(reading, path, OF_ERROR_DATA, error, "is a folder");
        return false;
    default:
        return read_blob(reading, of_git.tree_entry_id(entry), path, error);
    }
}

/* ---- Folders ---- */

static gint compare_entries(gconstpointer a, gconstpointer b)
{
    return strcmp(of_git.tree_entry_name(*(const git_tree_entry *const *) a),
                  of_git.tree_entry_name(*(const git_tree_entry *const *) b));
}

/* Borrowed from the tree, in byte order: git sorts folders as if they ended in a slash. */
static GPtrArray *yaml_entries(const git_tree *tree)
{
    GPtrArray *entries = g_ptr_array_new();
    for (gsize i = 0; i < of_git.tree_entrycount(tree); i++) {
        const git_tree_entry *entry = of_git.tree_entry_byindex(tree, i);
        if (g_str_has_suffix(of_git.tree_entry_name(entry), ".yaml")) {
            g_ptr_array_add(entries, (gpointer) entry);
        }
    }
    g_ptr_array_sort(entries, compare_entries);
    return entries;
}

static bool read_folder(Reading *reading, const git_tree *tree, const char *path, GError **error)
{
    g_autoptr(GPtrArray) entries = yaml_entries(tree);
    if (entries->len == 0) {
        fail_at(reading, path, OF_ERROR_DATA, error, "is a folder that holds no *.yaml file");
        return false;
    }
    for (guint i = 0; i < entries->len; i++) {
        const char *name = of_git.tree_entry_name(entries->pdata[i]);
        g_autofree char *full = *path != '\0' ? g_strconcat(path, "/", name, NULL) : g_strdup(name);
        if (!read_entry(reading, entries->pdata[i], full, error)) {
            return false;
        }
    }
    return true;
}

/* ---- What is not there ---- */

static bool has_path(const git_tree *tree, const char *path)
{
    g_autoptr(git_tree_entry) entry = NULL;
    return of_git.tree_entry_bypath(&entry, tree, path) == 0;
}

/* A path that a link or a submodule cuts short says so. */
static bool fail_inside(const Reading *reading, const git_tree *tree, const char *path, GError **error)
{
    for (const char *slash = strchr(path, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        g_autoptr(git_tree_entry) entry = NULL;
        g_autofree char *folder = g_strndup(path, (gsize) (slash - path));
        if (of_git.tree_entry_bypath(&entry, tree, folder) != 0) {
            return false;
        }
        const git_filemode_t mode = of_git.tree_entry_filemode(entry);
        if (mode == GIT_FILEMODE_LINK || mode == GIT_FILEMODE_COMMIT) {
            g_autofree char *shown = of_text_escape(folder, -1);
            fail_at(reading, path, OF_ERROR_DATA, error, "cannot be read: `%s` is a %s", shown,
                    mode == GIT_FILEMODE_LINK ? "symbolic link" : "submodule, whose files are in a repository of their own");
            return true;
        }
    }
    return false;
}

/* The nearest name in the same folder, or NULL. */
static char *hint_path(const git_tree *tree, const OfRepository *repository, const char *path)
{
    g_autofree char *parent = g_path_get_dirname(path);
    g_autoptr(git_tree_entry) entry = NULL;
    g_autoptr(git_tree) folder = NULL;
    if (!g_str_equal(parent, ".") && (of_git.tree_entry_bypath(&entry, tree, parent) != 0 ||
                                      of_git.tree_lookup(&folder, repository->git, of_git.tree_entry_id(entry)) != 0)) {
        return NULL;
    }
    const git_tree *searched = folder != NULL ? folder : tree;
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    for (gsize i = 0; i < of_git.tree_entrycount(searched); i++) {
        const char *name = of_git.tree_entry_name(of_git.tree_entry_byindex(searched, i));
        g_ptr_array_add(names, folder != NULL ? g_strconcat(parent, "/", name, NULL) : g_strdup(name));
    }
    return of_hint_nearest(path, (const char *const *) names->pdata, (gssize) names->len);
}

static void fail_missing(const Reading *reading, const git_tree *tree, const char *path, GError **error)
{
    if (fail_inside(reading, tree, path, error)) {
        return;
    }
    const OfRepository *repository = reading->repository;
    const char *top = repository->top;
    g_autofree char *shown = of_text_escape(path, -1), *shown_revision = of_text_escape(reading->revision, -1);
    g_autofree char *here = g_strconcat(repository->prefix, path, NULL);
    g_autofree char *on_disk = g_build_filename(top != NULL ? top : "", path, NULL);
    g_autofree char *hint = NULL;
    if (*repository->prefix != '\0' && has_path(tree, here)) {
        hint = g_strdup_printf("did you mean `%s:./%s`?", shown_revision, shown);
    } else if (top != NULL && g_file_test(on_disk, G_FILE_TEST_EXISTS)) {
        hint = g_strdup("it is in the work tree");
    } else {
        hint = hint_path(tree, repository, path);
    }
    g_set_error(error, OF_ERROR, OF_ERROR_DATA, "there is no `%s` in the revision `%s`%s%s", shown, shown_revision,
                hint != NULL ? "; " : "", hint != NULL ? hint : "");
}

static bool read_path(Reading *reading, const git_tree *tree, const char *path, GError **error)
{
    g_autoptr(git_tree_entry) entry = NULL;
    g_autoptr(git_tree) folder = NULL;
    if (*path == '\0') {
        return read_folder(reading, tree, path, error);
    }
    const int code = of_git.tree_entry_bypath(&entry, tree, path);
    if (code == GIT_ENOTFOUND) {
        fail_missing(reading, tree, path, error);
        return false;
    }
    if (code == 0 && of_git.tree_entry_type(entry) != GIT_OBJECT_TREE) {
        return read_entry(reading, entry, path, error);
    }
    if (code != 0 || of_git.tree_lookup(&folder, reading->repository->git, of_git.tree_entry_id(entry)) != 0) {
        fail_damaged(reading, path, error);
        return false;
    }
    return read_folder(reading, folder, path, error);
}

GPtrArray *of_revision_read(const OfRepository *repository, const char *revision, const char *path, gint64 most, GError **error)
{
    g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(free_file);
    Reading reading = {repository, revision, most, most, files};
    g_autofree char *tree_path = of_revision_tree_path(repository, path, error);
    g_autoptr(git_tree) tree = tree_path != NULL ? open_tree(&reading, error) : NULL;
    return tree != NULL && read_path(&reading, tree, tree_path, error) ? g_steal_pointer(&files) : NULL;
}

/* ---- The one file that is wanted ---- */

typedef struct {
    Reading reading;
    bool (*wanted)(const void *bytes, gsize length);
    GPtrArray *paths; /* of char * */
} Search;

static int visit(const char *root, const git_tree_entry *entry, void *data)
{
    Search *search = data;
    Reading *reading = &search->reading;
    const git_filemode_t mode = of_git.tree_entry_filemode(entry);
    if (!g_str_has_suffix(of_git.tree_entry_name(entry), ".yaml") || mode == GIT_FILEMODE_TREE || mode == GIT_FILEMODE_LINK ||
        mode == GIT_FILEMODE_COMMIT) {
        return 0;
    }
    g_autofree char *path = g_strconcat(root, of_git.tree_entry_name(entry), NULL);
    reading->left = reading->most;
    if (read_blob(reading, of_git.tree_entry_id(entry), path, NULL)) {
        const OfRevisionFile *file = reading->files->pdata[0];
        if (search->wanted(file->bytes, file->length)) {
            g_ptr_array_add(search->paths, g_steal_pointer(&path));
        }
        g_ptr_array_set_size(reading->files, 0);
    }
    return 0;
}

static void fail_search(const char *revision, const GPtrArray *paths, GError **error)
{
    enum { MOST_NAMED = 5 };
    g_autofree char *shown = of_text_escape(revision, -1);
    if (paths->len == 0) {
        g_set_error(error, OF_ERROR, OF_ERROR_DATA, "no file of the revision `%s` is a story: none begins with `orgflow:`", shown);
        return;
    }
    g_autoptr(GString) names = g_string_new(NULL);
    for (guint i = 0; i < MIN(paths->len, MOST_NAMED); i++) {
        g_autofree char *name = of_text_escape(paths->pdata[i], -1);
        g_string_append_printf(names, "%s`%s`", i > 0 ? ", " : "", name);
    }
    if (paths->len > MOST_NAMED) {
        g_string_append_printf(names, " and %u more", paths->len - MOST_NAMED);
    }
    g_set_error(error, OF_ERROR, OF_ERROR_USAGE, "the revision `%s` has several stories, one of which is to be named: %s", shown,
                names->str);
}

char *of_revision_find_file(const OfRepository *repository, const char *revision, gint64 most,
                            bool (*wanted)(const void *bytes, gsize length), GError **error)
{
    g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(free_file), paths = g_ptr_array_new_with_free_func(g_free);
    Search search = {{repository, revision, most, most, files}, wanted, paths};
    g_autoptr(git_tree) tree = open_tree(&search.reading, error);
    if (tree == NULL) {
        return NULL;
    }
    if (of_git.tree_walk(tree, GIT_TREEWALK_PRE, visit, &search) != 0) {
        fail_damaged(&search.reading, "", error);
        return NULL;
    }
    if (paths->len != 1) {
        fail_search(revision, paths, error);
        return NULL;
    }
    return g_strdup(paths->pdata[0]);
}
