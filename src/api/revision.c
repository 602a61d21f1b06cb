/* Revisions of git, and what orgflow is to git. */
#include "revision/revision.h"

#include <string.h>

#include "api/handles.h"
#include "revision/lines.h"
#include "revision/setup.h"

OrgflowStatus orgflow_inputs_add_revision(OrgflowInputs *inputs, const char *repository, const char *revision, const char *path,
                                          char **message)
{
    GError *error = NULL;
    const gint64 most = MIN(inputs->limits.value[OF_LIMIT_INPUT_BYTES], G_MAXINT32);
    g_autoptr(OfRepository) opened = of_repository_open(repository, &error);
    g_autoptr(GPtrArray) files = opened != NULL ? of_revision_read(opened, revision, path, most, &error) : NULL;
    if (files == NULL) {
        return of_api_fail(error, message);
    }
    for (guint i = 0; i < files->len; i++) {
        OfRevisionFile *file = files->pdata[i];
        g_autofree char *name = g_strconcat(revision, ":", file->path, NULL);
        of_inputs_name(inputs, path);
        of_inputs_take(inputs, name, g_steal_pointer(&file->bytes), file->length);
    }
    return ORGFLOW_OK;
}

OrgflowStatus orgflow_revision_find(const char *repository, const char *revision, char **id, char **message)
{
    GError *error = NULL;
    g_autoptr(OfRepository) opened = of_repository_open(repository, &error);
    *id = opened != NULL ? of_revision_find(opened, revision, &error) : NULL;
    return *id != NULL ? ORGFLOW_OK : of_api_fail(error, message);
}

OrgflowStatus orgflow_revision_path(const char *repository, const char *path, char **tree_path, char **message)
{
    GError *error = NULL;
    g_autoptr(OfRepository) opened = of_repository_open(repository, &error);
    *tree_path = opened != NULL ? of_revision_tree_path(opened, path, &error) : NULL;
    return *tree_path != NULL ? ORGFLOW_OK : of_api_fail(error, message);
}

OrgflowStatus orgflow_revision_story(const char *repository, const char *revision, char **path, char **message)
{
    GError *error = NULL;
    const OfLimits limits = of_limits_default();
    g_autoptr(OfRepository) opened = of_repository_open(repository, &error);
    g_autofree char *found =
        opened != NULL ? of_revision_find_file(opened, revision, limits.value[OF_LIMIT_INPUT_BYTES], orgflow_is_story, &error)
                       : NULL;
    *path = found != NULL ? of_revision_seen_path(opened, found) : NULL;
    return *path != NULL ? ORGFLOW_OK : of_api_fail(error, message);
}

/* The rest of a line that begins with the key, plain or in quotes. */
static bool begins_with_key(const char *line, gsize length)
{
    static const char *const keys[] = {"orgflow", "\"orgflow\"", "'orgflow'"};
    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
        const gsize taken = strlen(keys[i]);
        if (length > taken && memcmp(line, keys[i], taken) == 0) {
            gsize at = taken;
            while (at < length && (line[at] == ' ' || line[at] == '\t')) {
                at++;
            }
            return at < length && line[at] == ':';
        }
    }
    return false;
}

bool orgflow_is_story(const void *bytes, size_t length)
{
    const char *line = bytes, *end = line + length;
    line += length >= 3 && memcmp(line, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    const char *first = line;
    while (first < end && g_ascii_isspace(*first)) {
        first++;
    }
    const bool in_braces = first < end && *first == '{';
    while (line < end) {
        const char *newline = memchr(line, '\n', (gsize) (end - line)), *stop = newline != NULL ? newline : end;
        while (in_braces && line < stop && (*line == '{' || *line == ',' || g_ascii_isspace(*line))) {
            line++;
        }
        if (begins_with_key(line, (gsize) (stop - line))) {
            return true;
        }
        line = newline != NULL ? newline + 1 : end;
    }
    return false;
}

static OfLines lines_of(const OrgflowLines *lines)
{
    return (OfLines){lines->name, lines->bytes != NULL ? lines->bytes : "", lines->length};
}

OrgflowStatus orgflow_lines_diff(const OrgflowLines *from, const OrgflowLines *to, char **text, char **message)
{
    GError *error = NULL;
    const OfLines left = lines_of(from), right = lines_of(to);
    *text = of_lines_diff(&left, &right, &error);
    return *text != NULL ? ORGFLOW_OK : of_api_fail(error, message);
}

OrgflowStatus orgflow_lines_merge(const OrgflowLines *base, const OrgflowLines *ours, const OrgflowLines *theirs,
                                  unsigned marker_size, char **text, size_t *length, char **message)
{
    GError *error = NULL;
    bool clean = false;
    const OfLines sides[] = {lines_of(base), lines_of(ours), lines_of(theirs)};
    *text = of_lines_merge(&sides[0], &sides[1], &sides[2], marker_size, length, &clean, &error);
    return *text == NULL ? of_api_fail(error, message) : clean ? ORGFLOW_OK : ORGFLOW_DIFFERENT;
}

static OrgflowStatus set_up(const OrgflowGitSetup *setup, char **report, char **message,
                            bool (*change)(const OfRepository *, const OfGitSetup *, GString *, GError **))
{
    GError *error = NULL;
    const OfGitSetup wanted = {setup->global, setup->shared, setup->program, setup->patterns};
    g_autoptr(OfRepository) opened = setup->global ? NULL : of_repository_open(setup->repository, &error);
    g_autoptr(GString) lines = g_string_new(NULL);
    *report = NULL;
    if ((!setup->global && opened == NULL) || !change(opened, &wanted, lines, &error)) {
        return of_api_fail(error, message);
    }
    *report = g_strdup(lines->str);
    return ORGFLOW_OK;
}

OrgflowStatus orgflow_git_install(const OrgflowGitSetup *setup, char **report, char **message)
{
    return set_up(setup, report, message, of_git_install);
}

OrgflowStatus orgflow_git_uninstall(const OrgflowGitSetup *setup, char **report, char **message)
{
    return set_up(setup, report, message, of_git_uninstall);
}
