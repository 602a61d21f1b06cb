/* The files of a git revision. The only layer that knows libgit2; nothing outside it sees a type of libgit2.
 *
 * A revision is named as git does: "HEAD~3", a branch, a tag, an id, "main@{yesterday}", and "A...B" for where two parted. Paths
 * are those of the tree, from its top; a path that begins with "./" or "../" is seen from the current folder, an absolute one
 * leads into the work tree. Errors are of OF_ERROR; what stands in the repository is escaped in their messages. */
#ifndef OF_REVISION_REVISION_H
#define OF_REVISION_REVISION_H

#include <glib.h>
#include <stdbool.h>

typedef struct OfRepository OfRepository;

/* The repository that folder is in; NULL: as git finds it, by GIT_DIR or from the current folder. A bare one will do.
 * OF_ERROR_ENVIRONMENT where libgit2 cannot be loaded. */
OfRepository *of_repository_open(const char *folder, GError **error);
void of_repository_free(OfRepository *repository); /* takes NULL */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OfRepository, of_repository_free)

/* The id of a revision, as short as can be told from others. Owned by the caller. */
char *of_revision_find(const OfRepository *repository, const char *revision, GError **error);

/* A path as the tree has it: without "./", from its top; "" for the top. Owned by the caller. */
char *of_revision_tree_path(const OfRepository *repository, const char *path, GError **error);

typedef struct {
    char *path;  /* from the top of the tree */
    char *bytes; /* NUL-terminated; may hold NUL inside */
    gsize length;
} OfRevisionFile;

/* Reads a file, or of a folder the files *.yaml in byte order of their names: of OfRevisionFile, owned by the caller. What holds
 * more than most bytes in all is not read: OF_ERROR_LIMIT. */
GPtrArray *of_revision_read(const OfRepository *repository, const char *revision, const char *path, gint64 most, GError **error);

/* The one file *.yaml of a revision's whole tree that is wanted, as a path from the top; OF_ERROR_DATA where there is none,
 * OF_ERROR_USAGE naming them where there are several. Files of more than most bytes are passed over. Owned by the caller. */
char *of_revision_find_file(const OfRepository *repository, const char *revision, gint64 most,
                            bool (*wanted)(const void *bytes, gsize length), GError **error);

/* A path from the top of the tree as seen from the current folder: "../graphs/a.yaml". Owned by the caller. */
char *of_revision_seen_path(const OfRepository *repository, const char *tree_path);

#endif
