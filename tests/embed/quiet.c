/* Whether the library is a good guest: quiet STORY
 *
 * Calls every part of it, with what is sound and with what is not, and looks at what it leaves behind in the process: nothing may be
 * printed, no child, descriptor, changed signal, locale, folder or environment may stay. Links nothing but the library. */
#include <dirent.h>
#include <fcntl.h>
#include <locale.h>
#include <orgflow/orgflow.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static int said = STDERR_FILENO; /* where this program itself speaks */
static int n_wrong = 0;

static void expect(bool holds, const char *what)
{
    if (!holds) {
        dprintf(said, "quiet: %s\n", what);
        n_wrong++;
    }
}

/* Also that there is a message where there should be; it is freed. */
static void expect_status(OrgflowStatus status, OrgflowStatus expected, char **message, const char *what)
{
    if (status != expected || (*message != NULL) != (expected != ORGFLOW_OK)) {
        dprintf(said, "quiet: %s gave %d (%s), not %d\n", what, status, *message != NULL ? *message : "no message", expected);
        n_wrong++;
    }
    orgflow_free(*message);
    *message = NULL;
}

static int count_descriptors(void)
{
    int n = 0;
    DIR *folder = opendir("/proc/self/fd");
    while (folder != NULL && readdir(folder) != NULL) {
        n++;
    }
    if (folder != NULL) {
        closedir(folder);
    }
    return n;
}

static OrgflowStory *read_memory(const char *text, OrgflowStatus expected)
{
    OrgflowStory *story = NULL;
    OrgflowInputs *inputs = orgflow_inputs_new();
    orgflow_inputs_add_memory(inputs, "memory", text, text != NULL ? strlen(text) : 0);
    expect(orgflow_story_read(inputs, &story) == expected && story != NULL, "a story from memory has another status");
    orgflow_inputs_free(inputs);
    return story;
}

static void draw(const OrgflowStory *story, const char *view, const char *format, OrgflowStatus expected)
{
    char *message = NULL;
    OrgflowArtefact artefact;
    OrgflowJob *job = orgflow_job_new(story);
    expect(orgflow_job_n_artefacts(job) == 0 && orgflow_job_report(job) != NULL, "a job that has not run has drawn something");
    orgflow_job_set_epoch(job, 1700000000);
    expect(orgflow_job_set_format(job, format, NULL) == ORGFLOW_OK && orgflow_job_add_view(job, view, NULL) == ORGFLOW_OK,
           "a job refuses its settings");
    for (int i = 0; i < 2; i++) { /* a job may be run again */
        expect_status(orgflow_job_run(job, &message), expected, &message, view);
        expect(orgflow_job_n_artefacts(job) == (expected == ORGFLOW_OK), "a drawing too many or too few");
        expect(!orgflow_job_artefact(job, orgflow_job_n_artefacts(job), &artefact), "an artefact past the end");
    }
    orgflow_job_free(job);
}

static void use_wrongly(const OrgflowStory *story)
{
    char *message = NULL, *text = NULL;
    OrgflowStory *problems = NULL;
    OrgflowDiff *diff = NULL;
    OrgflowInputs *inputs = orgflow_inputs_new();
    expect_status(orgflow_inputs_add_path(inputs, "/nowhere/at all", &message), ORGFLOW_INVALID, &message,
                  "a file that is not there");
    expect_status(orgflow_inputs_set_limit(inputs, "none=1", &message), ORGFLOW_USAGE, &message, "a wrong limit");
    expect_status(orgflow_import(inputs, "xls", NULL, &text, &problems, &message), ORGFLOW_USAGE, &message,
                  "a wrong format to import");
    orgflow_inputs_free(inputs);
    OrgflowJob *job = orgflow_job_new(story);
    expect_status(orgflow_job_set_format(job, "bmp", &message), ORGFLOW_USAGE, &message, "a wrong format");
    expect_status(orgflow_job_set_option(job, "size", "x", &message), ORGFLOW_USAGE, &message, "a wrong size");
    expect_status(orgflow_job_add_view(job, "tree", &message), ORGFLOW_USAGE, &message, "a wrong view");
    expect_status(orgflow_job_set_joined(job, true, &message), ORGFLOW_USAGE, &message, "pages of SVG");
    orgflow_job_free(job);
    expect(orgflow_story_write_problems(story, "xml", &text) == ORGFLOW_USAGE && text == NULL, "problems in a wrong format");
    expect(orgflow_diff_new(story, story, &diff) == ORGFLOW_OK && orgflow_diff_n_changes(diff) == 0, "a story differs from itself");
    expect_status(orgflow_diff_write(diff, "xml", 0, &text, &message), ORGFLOW_USAGE, &message, "a wrong difference");
    expect_status(orgflow_diff_add_filter(diff, "only", "nothing", &message), ORGFLOW_USAGE, &message, "a wrong filter");
    orgflow_diff_free(diff);
    expect_status(orgflow_write_file("/nowhere/at all", "x", 1, &message), ORGFLOW_ENVIRONMENT, &message,
                  "a file where none can be");
}

static void use_well(const OrgflowStory *story)
{
    static const char *const views[] = {"storyline", "moves", "strategy", "causes", "snapshot"};
    static const char *const formats[] = {"svg", "png", "pdf", "dot", "json"};
    for (size_t i = 0; i < sizeof views / sizeof *views; i++) {
        draw(story, views[i], formats[i], ORGFLOW_OK);
    }
    char *text = NULL;
    expect(orgflow_story_write_problems(story, "sarif", &text) == ORGFLOW_OK && text != NULL, "no problems as SARIF");
    orgflow_free(text);
    orgflow_schema(&text);
    expect(text != NULL, "no schema");
    orgflow_free(text);
}

static void use_broken(void)
{
    OrgflowStory *empty = read_memory(NULL, ORGFLOW_INVALID),
                 *wrong = read_memory("orgflow: 1\npeople: {x: {lab: y}}\n", ORGFLOW_INVALID);
    OrgflowProblem problem;
    char *text = NULL;
    OrgflowDiff *diff = NULL;
    expect(orgflow_story_problem(wrong, 0, &problem) && problem.is_error && problem.line == 2, "no problem at its place");
    orgflow_story_format_problem(wrong, 0, ORGFLOW_COLORED, &text);
    orgflow_free(text);
    expect(orgflow_story_digest(wrong) == NULL && !orgflow_story_is_drawable(wrong), "what is wrong is drawable");
    expect(orgflow_diff_new(wrong, empty, &diff) == ORGFLOW_INVALID && diff == NULL, "what is wrong is compared");
    draw(wrong, "moves", "svg", ORGFLOW_INVALID);
    orgflow_story_free(empty);
    orgflow_story_free(wrong);
}

/* The layout process is absent, is no program, ends at once, or says something else. */
static void use_without_layout(const OrgflowStory *story)
{
    static const char *const programs[] = {"/nowhere/orgflow-layout", "/etc/hostname", "/bin/true", "/bin/echo"};
    const char *real = getenv("ORGFLOW_LAYOUT_PROGRAM");
    char *kept = real != NULL ? strdup(real) : NULL;
    for (size_t i = 0; i < sizeof programs / sizeof *programs; i++) {
        setenv("ORGFLOW_LAYOUT_PROGRAM", programs[i], 1);
        draw(story, "moves", "svg", ORGFLOW_ENVIRONMENT);
    }
    unsetenv("ORGFLOW_LAYOUT_PROGRAM");
    if (kept != NULL) {
        setenv("ORGFLOW_LAYOUT_PROGRAM", kept, 1);
    }
    free(kept);
}

int main(int argc, char **argv)
{
    char printed[] = "/tmp/orgflow-quiet-XXXXXX", folder[2][4096];
    struct sigaction before, after;
    struct stat output;
    const int file = argc == 2 ? mkstemp(printed) : -1;
    said = dup(STDERR_FILENO);
    if (file < 0 || said < 0 || dup2(file, STDOUT_FILENO) < 0 || dup2(file, STDERR_FILENO) < 0) {
        return ORGFLOW_USAGE;
    }
    OrgflowInputs *inputs = orgflow_inputs_new();
    OrgflowStory *story = NULL;
    expect(orgflow_inputs_add_path(inputs, argv[1], NULL) == ORGFLOW_OK && orgflow_story_read(inputs, &story) == ORGFLOW_OK,
           "the story cannot be read");
    draw(story, "moves", "png", ORGFLOW_OK); /* what is opened once for all (fonts) */
    const int n_descriptors = count_descriptors();
    expect(getcwd(folder[0], sizeof folder[0]) != NULL, "no folder");
    sigaction(SIGPIPE, NULL, &before);
    use_well(story);
    use_wrongly(story);
    use_broken();
    use_without_layout(story);
    expect(waitpid(-1, NULL, WNOHANG) < 0, "a child is left");
    signal(SIGCHLD, SIG_IGN); /* the system reaps children before the library can */
    draw(story, "strategy", "svg", ORGFLOW_OK);
    draw(story, "causes", "svg", ORGFLOW_OK);
    orgflow_story_free(story);
    orgflow_inputs_free(inputs);
    sigaction(SIGPIPE, NULL, &after);
    expect(after.sa_handler == before.sa_handler, "SIGPIPE is handled otherwise");
    expect(getcwd(folder[1], sizeof folder[1]) != NULL && strcmp(folder[0], folder[1]) == 0, "the folder is another");
    expect(strcmp(setlocale(LC_ALL, NULL), "C") == 0, "the locale is another");
    expect(count_descriptors() == n_descriptors, "descriptors are left open");
    fflush(NULL);
    expect(fstat(file, &output) == 0 && output.st_size == 0, "something was printed:");
    char bytes[4096];
    const ssize_t n = pread(file, bytes, sizeof bytes, 0);
    expect(n <= 0 || write(said, bytes, (size_t) n) != n, "(see above)");
    unlink(printed);
    return n_wrong == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
