/* Says what is wrong with a story and draws it: check_and_draw STORY OUT.svg
 *
 * The story is read into memory here, as a program would have it from elsewhere, and so is the drawing. */
#include <orgflow/orgflow.h>
#include <stdio.h>
#include <stdlib.h>

#define MOST_BYTES (16 << 20)

static size_t read_file(const char *path, char *bytes)
{
    FILE *file = fopen(path, "rb");
    const size_t length = file != NULL ? fread(bytes, 1, MOST_BYTES, file) : 0;
    if (file != NULL) {
        fclose(file);
    }
    return length;
}

static void show_problems(const OrgflowStory *story)
{
    OrgflowProblem problem;
    for (size_t i = 0; orgflow_story_problem(story, i, &problem); i++) {
        fprintf(stderr, "%s:%u: %s: %s\n", problem.file != NULL ? problem.file : "", problem.line,
                problem.is_error ? "error" : "warning", problem.message);
    }
}

static OrgflowStatus draw(const OrgflowStory *story, const char *path)
{
    char *message = NULL;
    OrgflowArtefact artefact;
    OrgflowJob *job = orgflow_job_new(story);
    OrgflowStatus status = orgflow_job_set_option(job, "size", "16:9", &message);
    if (status == ORGFLOW_OK) {
        status = orgflow_job_add_view(job, "moves", &message);
    }
    if (status == ORGFLOW_OK) {
        status = orgflow_job_run(job, &message);
    }
    if (status == ORGFLOW_OK && orgflow_job_artefact(job, 0, &artefact)) {
        status = orgflow_write_file(path, artefact.bytes, artefact.length, &message);
    }
    if (status != ORGFLOW_OK) {
        fprintf(stderr, "check_and_draw: %s\n", message);
    }
    orgflow_free(message);
    orgflow_job_free(job);
    return status;
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: check_and_draw STORY OUT.svg\n");
        return ORGFLOW_USAGE;
    }
    char *bytes = malloc(MOST_BYTES);
    if (bytes == NULL) {
        return ORGFLOW_ENVIRONMENT;
    }
    OrgflowInputs *inputs = orgflow_inputs_new();
    orgflow_inputs_add_memory(inputs, argv[1], bytes, read_file(argv[1], bytes));
    free(bytes);
    OrgflowStory *story = NULL;
    OrgflowStatus status = orgflow_story_read(inputs, &story);
    show_problems(story);
    if (status == ORGFLOW_OK) {
        status = draw(story, argv[2]);
    }
    orgflow_story_free(story);
    orgflow_inputs_free(inputs);
    return status;
}
