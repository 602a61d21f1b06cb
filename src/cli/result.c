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

/* Whether no two files would have one name. */
static bool check_names(const OrgflowResult *result)
{
    g_autoptr(GHashTable) known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    OrgflowFile file;
    for (size_t i = 0; orgflow_result_file(result, i, &file); i++) {
        if (!g_hash_table_add(known, g_path_get_basename(file.name))) {
            g_autofree char *base = g_path_get_basename(file.name);
            say_error("two inputs are called `%s`: they would be written into one file", base);
            return false;
        }
    }
    return true;
}

static int write_folder(const OrgflowResult *result, const char *folder)
{
    if (!check_names(result)) {
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

int write_result(const OrgflowResult *result, const char *output)
{
    OrgflowFile file;
    const bool several = orgflow_result_n_files(result) > 1;
    const bool to_stdout = output == NULL || strcmp(output, "-") == 0;
    if (to_stdout && several) {
        say_error("there are several files: `-o` names the folder they are written into");
        return ORGFLOW_USAGE;
    }
    if (!to_stdout && (several || g_str_has_suffix(output, "/") || g_file_test(output, G_FILE_TEST_IS_DIR))) {
        return write_folder(result, output);
    }
    orgflow_result_file(result, 0, &file);
    return to_stdout ? write_stdout(file.bytes, file.length) : write_one(output, &file);
}
