/* Three versions of one file as git hands them over, merged in place. */
#include "cli/git.h"

#include <string.h>

typedef struct {
    char *bytes;
    gsize length;
} Version;

enum { BASE, OURS, THEIRS, N_VERSIONS };

/* Line by line, as git would without orgflow. Returns ORGFLOW_DIFFERENT where there are conflicts, which then stand in text. */
static int merge_lines(const Version versions[N_VERSIONS], guint marker_size, char **text, size_t *length)
{
    static const char *const labels[] = {"base", "ours", "theirs"};
    OrgflowLines lines[N_VERSIONS];
    char *message = NULL;
    for (guint i = 0; i < N_VERSIONS; i++) {
        lines[i] = (OrgflowLines){labels[i], versions[i].bytes, versions[i].length};
    }
    const OrgflowStatus status =
        orgflow_lines_merge(&lines[BASE], &lines[OURS], &lines[THEIRS], marker_size, text, length, &message);
    return status == ORGFLOW_DIFFERENT ? ORGFLOW_DIFFERENT : say_failure(status, &message);
}

/* BASE-FILE OURS-FILE THEIRS-FILE MARKER-SIZE PATH. The result goes into OURS-FILE. git takes 0 for merged, anything else for conflicts. */
int git_merge_driver(const Request *request G_GNUC_UNUSED, char *const *arguments, guint n)
{
    if (n != 5) {
        say_error("`git merge-driver` is called by git with 5 arguments, not %u", n);
        return ORGFLOW_USAGE;
    }
    Version versions[N_VERSIONS] = {{NULL, 0}};
    int status = ORGFLOW_OK;
    for (guint i = 0; i < N_VERSIONS && status == ORGFLOW_OK; i++) {
        g_autoptr(GError) error = NULL;
        if (!g_file_get_contents(arguments[i], &versions[i].bytes, &versions[i].length, &error)) {
            say_error("cannot read `%s`: %s", arguments[4], error->message);
            status = ORGFLOW_INVALID;
        }
    }
    char *text = NULL, *message = NULL;
    size_t length = 0;
    if (status == ORGFLOW_OK) {
        const guint64 marker_size = g_ascii_strtoull(arguments[3], NULL, 10);
        status = merge_lines(versions, (guint) CLAMP(marker_size, 1, 1000), &text, &length);
    }
    if (text != NULL) {
        const int written = say_failure(orgflow_write_file(arguments[OURS], text, length, &message), &message);
        status = written != ORGFLOW_OK ? written : status;
    }
    orgflow_free(text);
    for (guint i = 0; i < N_VERSIONS; i++) {
        g_free(versions[i].bytes);
    }
    return status;
}
