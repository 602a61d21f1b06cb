/* Writing the files that `apply` and `merge` make. */
#include "cli/command.h"

#include <string.h>

static int write_one(const char *path, const OrgflowFile *file)
{
    char *message = NULL;
    const OrgflowStatus status = orgflow_write_file(path, file->bytes, file->length, &message);
    if (message != NULL) {
        say_error("%s", message);
    }
    orgflow_free(message);
    return (int) status;
}

/* Whether a file would be written over an input that is to be kept, which is said. */
static bool is_kept(const char *path, GPtrArray *kept)
{
    const Request inputs = {.files = kept};
    const bool found = request_is_input(&inputs, path);
    if (found) {
        say_error("`%s` is an input: it is not written over", path);
    }
    return found;
}

/* Whether the files can go into a folder: no two of one name, none over an input that is to be kept. */
static bool check_folder(const OrgflowResult *result, const char *folder, GPtrArray *kept)
{
    g_autoptr(GHashTable) known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    OrgflowFile file;
    for (size_t i = 0; orgflow_result_file(result, i, &file); i++) {
        g_autofree char *base = g_path_get_basename(file.name);
        g_autofree char *path = g_build_filename(folder, base, NULL);
        if (is_kept(path, kept)) {
            return false;
        }
        if (!g_hash_table_add(known, g_strdup(base))) {
            say_error("two inputs are called `%s`: they would be written into one file", base);
            return false;
        }
    }
    return true;
}

static int write_folder(const OrgflowResult *result, const char *folder, GPtrArray *kept)
{
    if (!check_folder(result, folder, kept)) {
        return ORGFLOW_USAGE;
    }
    if (g_mkdir_with_parents(folder, 0777) != 0) {
        say_error("cannot make the folder `%s`", folder);
        return ORGFLOW_ENVIRONMENT;
    }
    int status = ORGFLOW_OK;
    OrgflowFile file;
    for (size_t i = 0; status == ORGFLOW_OK && orgflow_result_file(result, i, &file); i++) {
        g_autofree char *base = g_path_get_basename(file.name);
        g_autofree char *path = g_build_filename(folder, base, NULL);
        status = write_one(path, &file);
    }
    return status;
}

int write_result(const OrgflowResult *result, const char *output, GPtrArray *kept)
{
    OrgflowFile file;
    const bool several = orgflow_result_n_files(result) > 1;
    const bool to_stdout = output == NULL || strcmp(output, "-") == 0;
    if (to_stdout && several) {
        say_error("there are several files: `-o` names the folder they are written into");
        return ORGFLOW_USAGE;
    }
    if (!to_stdout && (several || g_str_has_suffix(output, "/") || g_file_test(output, G_FILE_TEST_IS_DIR))) {
        return write_folder(result, output, kept);
    }
    if (!to_stdout && is_kept(output, kept)) {
        return ORGFLOW_USAGE;
    }
    orgflow_result_file(result, 0, &file);
    return to_stdout ? write_stdout(file.bytes, file.length) : write_one(output, &file);
}
