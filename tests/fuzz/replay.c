/* Runs files, and the files of folders, through a fuzz target: how inputs that were found once stay tested in every build, without
 * libFuzzer. Usage: replay FILE|FOLDER… */
#include "target.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

static guint n_run = 0;

static bool run_file(const char *path)
{
    g_autofree char *bytes = NULL;
    gsize length = 0;
    g_autoptr(GError) error = NULL;
    if (!g_file_get_contents(path, &bytes, &length, &error)) {
        fprintf(stderr, "%s\n", error->message);
        return false;
    }
    /* Named before it is run, so that the last name is the one that ended the program. */
    printf("%s\n", path);
    fflush(stdout);
    /* A copy of its very length: reading over the end is seen. */
    uint8_t *copy = g_memdup2(bytes, length);
    LLVMFuzzerTestOneInput(copy, length);
    g_free(copy);
    n_run++;
    return true;
}

static bool run_path(const char *path)
{
    if (!g_file_test(path, G_FILE_TEST_IS_DIR)) {
        return run_file(path);
    }
    g_autoptr(GError) error = NULL;
    g_autoptr(GDir) folder = g_dir_open(path, 0, &error);
    if (folder == NULL) {
        fprintf(stderr, "%s\n", error->message);
        return false;
    }
    bool done = true;
    for (const char *name = g_dir_read_name(folder); name != NULL; name = g_dir_read_name(folder)) {
        g_autofree char *file = g_build_filename(path, name, NULL);
        done = run_file(file) && done;
    }
    return done;
}

int main(int argc, char **argv)
{
    bool done = true;
    for (int i = 1; i < argc; i++) {
        done = run_path(argv[i]) && done;
    }
    printf("%u inputs\n", n_run);
    return done && n_run > 0 ? 0 : 1;
}
