/* Draws a story over and over in one process and holds the growth of its memory to a bound:
 *
 *     soak STORY RUNS KIB
 *
 * Each run reads the story, checks it, and draws views of it in formats of every kind. Prints what the process grew by after the tenth
 * run, and fails where that is more than KIB. Links nothing but the library. */
#include <orgflow/orgflow.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define WARM_RUNS 10

static const struct {
    const char *view, *format;
} drawings[] = {
    {"storyline", "svg"}, {"moves", "pdf"},     {"strategy", "png"},
    {"causes", "dot"},    {"snapshot", "json"}, /* twice within WARM_RUNS */
};
#define N_DRAWINGS (sizeof drawings / sizeof *drawings)

/* Resident memory in KiB. */
static long resident(void)
{
    long pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (file == NULL || fscanf(file, "%*s %ld", &pages) != 1) {
        pages = 0;
    }
    if (file != NULL) {
        fclose(file);
    }
    return pages * (sysconf(_SC_PAGESIZE) / 1024);
}

static bool draw(const OrgflowStory *story, const char *view, const char *format)
{
    char *message = NULL;
    OrgflowJob *job = orgflow_job_new(story);
    OrgflowArtefact artefact = {0};
    const bool drawn = orgflow_job_set_format(job, format, &message) == ORGFLOW_OK &&
                       orgflow_job_add_view(job, view, &message) == ORGFLOW_OK && orgflow_job_run(job, &message) == ORGFLOW_OK &&
                       orgflow_job_artefact(job, 0, &artefact) && artefact.length > 0 && orgflow_job_report(job) != NULL;
    if (!drawn) {
        fprintf(stderr, "soak: %s as %s: %s\n", view, format, message != NULL ? message : "nothing was drawn");
    }
    orgflow_free(message);
    orgflow_job_free(job);
    return drawn;
}

static bool run(const char *path, size_t index)
{
    char *message = NULL, *text = NULL;
    OrgflowStory *story = NULL;
    OrgflowInputs *inputs = orgflow_inputs_new();
    bool done = orgflow_inputs_add_path(inputs, path, &message) == ORGFLOW_OK && orgflow_story_read(inputs, &story) == ORGFLOW_OK;
    if (done) {
        OrgflowDiff *diff = NULL;
        done = orgflow_story_write_problems(story, "json", &text) == ORGFLOW_OK &&
               orgflow_diff_new(story, story, &diff) == ORGFLOW_OK && orgflow_diff_n_changes(diff) == 0 &&
               draw(story, drawings[index % N_DRAWINGS].view, drawings[index % N_DRAWINGS].format);
        orgflow_diff_free(diff);
    } else {
        fprintf(stderr, "soak: %s\n", message != NULL ? message : "the story cannot be read");
    }
    orgflow_free(text);
    orgflow_free(message);
    orgflow_story_free(story);
    orgflow_inputs_free(inputs);
    return done;
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "usage: soak STORY RUNS KIB\n");
        return ORGFLOW_USAGE;
    }
    const long runs = strtol(argv[2], NULL, 10), most = strtol(argv[3], NULL, 10);
    long warm = 0;
    for (long i = 0; i < runs; i++) {
        if (!run(argv[1], (size_t) i)) {
            return EXIT_FAILURE;
        }
        if (i < WARM_RUNS) {
            warm = resident();
        }
    }
    const long grown = resident() - warm;
    printf("%ld runs: %ld KiB after the tenth, %ld KiB more after the last\n", runs, warm, grown);
    return warm > 0 && grown <= most ? EXIT_SUCCESS : EXIT_FAILURE;
}
