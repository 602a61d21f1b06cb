#include "revision/lines.h"

#include <string.h>

#include "revision/repository.h"

static bool fail(GError **error, const char *what)
{
    g_set_error(error, OF_ERROR, OF_ERROR_DATA, "%s: %s", what, of_git_reason());
    return false;
}

char *of_lines_diff(const OfLines *from, const OfLines *to, GError **error)
{
    if (!of_git_start(error)) {
        return NULL;
    }
    g_autoptr(git_patch) patch = NULL;
    git_buf text = {NULL, 0, 0};
    const char *old_name = from->name != NULL ? from->name : to->name, *new_name = to->name != NULL ? to->name : from->name;
    if (from->length == to->length && (from->length == 0 || memcmp(from->bytes, to->bytes, from->length) == 0)) {
        return g_strdup("");
    }
    if (of_git.patch_from_buffers(&patch, from->name != NULL ? from->bytes : NULL, from->length, old_name,
                                  to->name != NULL ? to->bytes : NULL, to->length, new_name, NULL) != 0 ||
        of_git.patch_to_buf(&text, patch) != 0) {
        fail(error, "cannot compare the lines");
        return NULL;
    }
    char *copy = g_strndup(text.ptr, text.size);
    of_git.buf_dispose(&text);
    return copy;
}

char *of_lines_merge(const OfLines *base, const OfLines *ours, const OfLines *theirs, guint marker_size, gsize *length, bool *clean,
                     GError **error)
{
    if (!of_git_start(error)) {
        return NULL;
    }
    const OfLines *const sides[] = {base, ours, theirs};
    git_merge_file_input inputs[G_N_ELEMENTS(sides)];
    git_merge_file_options options = {
        .version = GIT_MERGE_FILE_OPTIONS_VERSION,
        .ancestor_label = base->name,
        .our_label = ours->name,
        .their_label = theirs->name,
        .marker_size = (unsigned short) MIN(marker_size, G_MAXUSHORT),
    };
    git_merge_file_result result = {.ptr = NULL};
    for (gsize i = 0; i < G_N_ELEMENTS(sides); i++) {
        inputs[i] = (git_merge_file_input){
            .version = GIT_MERGE_FILE_INPUT_VERSION, .ptr = sides[i]->bytes, .size = sides[i]->length, .mode = GIT_FILEMODE_BLOB};
        if (memchr(sides[i]->bytes, '\0', sides[i]->length) != NULL) {
            g_set_error(error, OF_ERROR, OF_ERROR_DATA, "a side is binary: it cannot be merged line by line");
            return NULL;
        }
    }
    if (of_git.merge_file(&result, &inputs[0], &inputs[1], &inputs[2], &options) != 0) {
        fail(error, "cannot merge the lines");
        return NULL;
    }
    *clean = result.automergeable != 0;
    *length = result.len;
    char *copy = g_malloc(result.len + 1);
    memcpy(copy, result.ptr != NULL ? result.ptr : "", result.len);
    copy[result.len] = '\0';
    of_git.merge_file_result_free(&result);
    return copy;
}
