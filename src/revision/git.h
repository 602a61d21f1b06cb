/* libgit2, loaded when a revision is asked for first. Private to revision/. */
#ifndef OF_REVISION_GIT_H
#define OF_REVISION_GIT_H

#include <git2.h>
#include <glib.h>
#include <stdbool.h>

/* All functions that are used, without their `git_`. */
#define OF_GIT_FUNCTIONS(X)                                                                                                        \
    X(blob_free)                                                                                                                   \
    X(blob_lookup)                                                                                                                 \
    X(blob_rawcontent)                                                                                                             \
    X(blob_rawsize)                                                                                                                \
    X(buf_dispose)                                                                                                                 \
    X(config_delete_entry)                                                                                                         \
    X(config_free)                                                                                                                 \
    X(config_get_path)                                                                                                             \
    X(config_get_string_buf)                                                                                                       \
    X(config_open_ondisk)                                                                                                          \
    X(config_set_string)                                                                                                           \
    X(error_last)                                                                                                                  \
    X(libgit2_init)                                                                                                                \
    X(libgit2_opts)                                                                                                                \
    X(merge_base)                                                                                                                  \
    X(merge_file)                                                                                                                  \
    X(merge_file_result_free)                                                                                                      \
    X(object_free)                                                                                                                 \
    X(object_id)                                                                                                                   \
    X(object_lookup)                                                                                                               \
    X(object_peel)                                                                                                                 \
    X(object_short_id)                                                                                                             \
    X(object_type)                                                                                                                 \
    X(odb_free)                                                                                                                    \
    X(odb_read_header)                                                                                                             \
    X(patch_free)                                                                                                                  \
    X(patch_from_buffers)                                                                                                          \
    X(patch_to_buf)                                                                                                                \
    X(reference_dwim)                                                                                                              \
    X(reference_free)                                                                                                              \
    X(reference_list)                                                                                                              \
    X(reference_lookup)                                                                                                            \
    X(reference_shorthand)                                                                                                         \
    X(repository_discover)                                                                                                         \
    X(repository_free)                                                                                                             \
    X(repository_head_unborn)                                                                                                      \
    X(repository_is_shallow)                                                                                                       \
    X(repository_item_path)                                                                                                        \
    X(repository_odb)                                                                                                              \
    X(repository_open_ext)                                                                                                         \
    X(repository_workdir)                                                                                                          \
    X(revparse_single)                                                                                                             \
    X(strarray_dispose)                                                                                                            \
    X(tree_entry_byindex)                                                                                                          \
    X(tree_entry_bypath)                                                                                                           \
    X(tree_entry_filemode)                                                                                                         \
    X(tree_entry_free)                                                                                                             \
    X(tree_entry_id)                                                                                                               \
    X(tree_entry_name)                                                                                                             \
    X(tree_entry_type)                                                                                                             \
    X(tree_entrycount)                                                                                                             \
    X(tree_free)                                                                                                                   \
    X(tree_lookup)                                                                                                                 \
    X(tree_walk)

typedef struct {
#define OF_GIT_MEMBER(name) __typeof__(git_##name) *name;
    OF_GIT_FUNCTIONS(OF_GIT_MEMBER)
#undef OF_GIT_MEMBER
} OfGit;

/* Set once of_git_start() has succeeded, which comes before everything else. */
extern OfGit of_git;

/* Loads and starts libgit2 where that has not been done; it stays so until the process ends, since stopping it would take it from
 * others that use it. OF_ERROR_ENVIRONMENT where it cannot be loaded. */
bool of_git_start(GError **error);

/* What libgit2 said last. Borrowed until its next call. */
const char *of_git_reason(void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(git_object, of_git.object_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(git_reference, of_git.reference_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(git_tree, of_git.tree_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(git_tree_entry, of_git.tree_entry_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(git_blob, of_git.blob_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(git_odb, of_git.odb_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(git_config, of_git.config_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(git_patch, of_git.patch_free)

#endif
