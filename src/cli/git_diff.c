/* Two revisions of one file as git hands them over: what changed in the story, or in the lines of what is none. */
#include "cli/git.h"

#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* One side. */
typedef struct {
    const char *path; /* what git calls it */
    bool absent;      /* git gives /dev/null */
    char *bytes;      /* NULL where it cannot be read */
    gsize length;
    OrgflowStory *story; /* NULL where it is none, or a wrong one */
} File;

static void file_clear(File *file)
{
    g_free(file->bytes);
    orgflow_story_free(file->story);
}

/* git takes files from this size on for binary (core.bigFileThreshold). */
static bool is_too_big(const char *on_disk)
{
    struct stat about;
    return stat(on_disk, &about) == 0 && about.st_size >= (off_t) 512 * 1024 * 1024;
}

OrgflowStory *read_git_story(const char *path, const char *which, const void *bytes, gsize length)
{
    OrgflowInputs *inputs = orgflow_inputs_new();
    OrgflowStory *story = NULL;
    OrgflowProblem problem = {.message = "no reason is known"};
    orgflow_inputs_add_memory(inputs, path, bytes, length);
    orgflow_story_read(inputs, &story);
    orgflow_inputs_free(inputs);
    if (orgflow_story_is_drawable(story)) {
        return story;
    }
    for (size_t i = 0; orgflow_story_problem(story, i, &problem) && !problem.is_error; i++) {
    }
    say_error("%s `%s` is no story that can be read (line %u: %s): lines are taken instead", which, path, problem.line,
              problem.message);
    orgflow_story_free(story);
    return NULL;
}

static void read_story(File *file, const char *which)
{
    static const char empty[] = "orgflow: 1\n";
    file->story =
        read_git_story(file->path, which, file->absent ? empty : file->bytes, file->absent ? sizeof empty - 1 : file->length);
}

static bool load(File *file, const char *on_disk)
{
    g_autoptr(GError) error = NULL;
    file->absent = strcmp(on_disk, "/dev/null") == 0;
    if (is_too_big(on_disk)) {
        say_error("`%s` is too big to be compared", file->path);
        return false;
    }
    if (!g_file_get_contents(on_disk, &file->bytes, &file->length, &error)) {
        say_error("cannot read `%s`: %s", file->path, error->message);
        return false;
    }
    return true;
}

/* ---- Lines ---- */

static const char *color_of_line(const char *line, bool in_header)
{
    return in_header ? "\x1b[1m" : *line == '@' ? "\x1b[36m" : *line == '+' ? "\x1b[32m" : *line == '-' ? "\x1b[31m" : "";
}

static char *color_lines(const char *text)
{
    GString *colored = g_string_new(NULL);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    bool in_header = true;
    for (char **line = lines; *line != NULL; line++) {
        in_header = in_header && **line != '@';
        const char *color = color_of_line(*line, in_header);
        const bool is_last = line[1] == NULL;
        g_string_append_printf(colored, "%s%s%s%s", **line != '\0' ? color : "", *line,
                               **line != '\0' && *color != '\0' ? "\x1b[0m" : "", is_last ? "" : "\n");
    }
    return g_string_free(colored, FALSE);
}

static int show_lines(const Request *request, const File *from, const File *to)
{
    const OrgflowLines left = {from->absent ? NULL : from->path, from->bytes, from->length};
    const OrgflowLines right = {to->absent ? NULL : to->path, to->bytes, to->length};
    char *text = NULL, *message = NULL;
    int status = say_failure(orgflow_lines_diff(&left, &right, &text, &message), &message);
    if (status == ORGFLOW_OK) {
        g_autofree char *shown = request->output_colored ? color_lines(text) : g_strdup(text);
        status = write_stdout(shown, strlen(shown));
    }
    orgflow_free(text);
    return status;
}

/* ---- Stories ---- */

static int show_changes(const Request *request, const File *from, const File *to, const char *about)
{
    OrgflowDiff *diff = NULL;
    OrgflowEntry form;
    char *text = NULL, *message = NULL;
    orgflow_diff_format(0, &form);
    int status = (int) orgflow_diff_new(from->story, to->story, &diff);
    if (status == ORGFLOW_OK) {
        status = say_failure(orgflow_diff_write(diff, form.name, request->output_colored ? ORGFLOW_COLORED : 0U, &text, &message),
                             &message);
    }
    if (status == ORGFLOW_OK) {
        const bool colored = request->output_colored;
        g_autofree char *old_path = escape_controls(from->path), *new_path = escape_controls(to->path);
        g_autofree char *page = g_strdup_printf("%sdiff --orgflow a/%s b/%s%s\n%s%s", colored ? "\x1b[1m" : "", old_path, new_path,
                                                colored ? "\x1b[0m" : "", about, text);
        status = write_stdout(page, strlen(page));
    }
    orgflow_diff_free(diff);
    orgflow_free(text);
    return status;
}

/* about: lines under the head. Where a side is no story, whatever it is, both are compared as lines. */
static int show(const Request *request, File *from, const char *old_file, File *to, const char *new_file, const char *about)
{
    const bool loaded = load(from, old_file) && load(to, new_file);
    if (loaded && (from->absent || orgflow_is_story(from->bytes, from->length)) &&
        (to->absent || orgflow_is_story(to->bytes, to->length))) {
        read_story(from, "the old");
        read_story(to, "the new");
    }
    const int status = !loaded                                    ? ORGFLOW_INVALID
                       : from->story != NULL && to->story != NULL ? show_changes(request, from, to, about)
                                                                  : show_lines(request, from, to);
    file_clear(from);
    file_clear(to);
    return status;
}

/* ---- What git calls ---- */

/* A driver that attributes choose goes before what `git difftool` runs in its place: the tool that was asked for, orgflow or
 * another, is started after all. Returns where that is not the case or fails. */
static void give_way_to_difftool(char *const *arguments, guint n)
{
    static const char helper[] = "git-difftool--helper";
    if (g_strcmp0(g_getenv("GIT_EXTERNAL_DIFF"), helper) != 0) {
        return;
    }
    g_autoptr(GPtrArray) line = g_ptr_array_new();
    g_ptr_array_add(line, (gpointer) helper);
    for (guint i = 0; i < n; i++) {
        g_ptr_array_add(line, arguments[i]);
    }
    g_ptr_array_add(line, NULL);
    signal(SIGPIPE, SIG_DFL);
    signal(SIGXFSZ, SIG_DFL);
    execvp(helper, (char *const *) line->pdata);
}

/* PATH OLD-FILE OLD-HEX OLD-MODE NEW-FILE NEW-HEX NEW-MODE [NEW-PATH ABOUT], or PATH alone where it is not merged. git takes any
 * status but 0 for the end of everything, so that what cannot be shown is only said. */
int git_diff_driver(const Request *request, char *const *arguments, guint n)
{
    give_way_to_difftool(arguments, n);
    if (n == 1) {
        g_autofree char *path = escape_controls(arguments[0]), *text = g_strdup_printf("* Unmerged path %s\n", path);
        write_stdout(text, strlen(text));
        return ORGFLOW_OK;
    }
    if (n != 7 && n != 9) {
        say_error("`git diff-driver` is called by git with 1, 7 or 9 arguments, not %u", n);
        return ORGFLOW_USAGE;
    }
    const char *old_mode = arguments[3], *new_mode = arguments[6];
    g_autoptr(GString) about = g_string_new(NULL);
    if (strcmp(old_mode, ".") == 0) {
        g_string_append_printf(about, "new file mode %s\n", new_mode);
    } else if (strcmp(new_mode, ".") == 0) {
        g_string_append_printf(about, "deleted file mode %s\n", old_mode);
    } else if (strcmp(old_mode, new_mode) != 0) {
        g_string_append_printf(about, "old mode %s\nnew mode %s\n", old_mode, new_mode);
    }
    if (n == 9) {
        g_string_append(about, arguments[8]);
    }
    File from = {.path = arguments[0]}, to = {.path = n == 9 ? arguments[7] : arguments[0]};
    show(request, &from, arguments[1], &to, arguments[4], about->str);
    return ORGFLOW_OK;
}

/* LOCAL REMOTE PATH */
int git_difftool(const Request *request, char *const *arguments, guint n)
{
    if (n != 3) {
        say_error("`git difftool` is called by git with 3 arguments, not %u", n);
        return ORGFLOW_USAGE;
    }
    if (g_file_test(arguments[0], G_FILE_TEST_IS_DIR) || g_file_test(arguments[1], G_FILE_TEST_IS_DIR)) {
        say_error("`git difftool --dir-diff` gives whole folders: without it each file is compared");
        return ORGFLOW_USAGE;
    }
    File from = {.path = arguments[2]}, to = {.path = arguments[2]};
    return show(request, &from, arguments[0], &to, arguments[1], "");
}

/* FILE: its facts a line each, or as it is where it is no story. Where git has put it for the while says nothing: its name alone
 * is told. */
int git_textconv(const Request *request G_GNUC_UNUSED, char *const *arguments, guint n)
{
    g_autofree char *name = n == 1 ? g_path_get_basename(arguments[0]) : NULL;
    File file = {.path = name};
    if (n != 1) {
        say_error("`git textconv` is called by git with one file, not %u", n);
        return ORGFLOW_USAGE;
    }
    if (!load(&file, arguments[0])) {
        return ORGFLOW_INVALID;
    }
    if (orgflow_is_story(file.bytes, file.length)) {
        read_story(&file, "the file");
    }
    char *text = NULL;
    int status = ORGFLOW_OK;
    if (file.story != NULL && orgflow_story_write_facts(file.story, &text) == ORGFLOW_OK) {
        status = write_stdout(text, strlen(text));
    } else {
        status = write_stdout(file.bytes, file.length);
    }
    orgflow_free(text);
    file_clear(&file);
    return status;
}
