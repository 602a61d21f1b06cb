/* Draws a story from four threads at once: four_threads STORY
 *
 * One story is read; each thread draws views of it in jobs of its own, and gets what a single thread would get, byte for byte. */
#include <orgflow/orgflow.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define N_THREADS 4
#define N_ROUNDS  3

static const struct {
    const char *view, *format;
} drawings[] = {{"storyline", "svg"}, {"moves", "png"}, {"strategy", "pdf"}, {"snapshot", "dot"}};
#define N_DRAWINGS (sizeof drawings / sizeof *drawings)

typedef struct {
    char *bytes;
    size_t length;
} Drawing;

typedef struct {
    const OrgflowStory *story;
    size_t first; /* each thread begins with another view */
    Drawing drawings[N_DRAWINGS];
    int failed;
} Task;

/* Returns 0, or 1 after having said why not. */
static int draw(const OrgflowStory *story, size_t which, Drawing *drawing)
{
    char *message = NULL;
    OrgflowArtefact artefact;
    OrgflowJob *job = orgflow_job_new(story);
    const int failed = orgflow_job_set_format(job, drawings[which].format, &message) != ORGFLOW_OK ||
                       orgflow_job_add_view(job, drawings[which].view, &message) != ORGFLOW_OK ||
                       orgflow_job_run(job, &message) != ORGFLOW_OK || !orgflow_job_artefact(job, 0, &artefact);
    if (failed) {
        fprintf(stderr, "four_threads: %s\n", message != NULL ? message : "nothing was drawn");
    } else {
        drawing->bytes = malloc(artefact.length);
        drawing->length = artefact.length;
        memcpy(drawing->bytes, artefact.bytes, artefact.length);
    }
    orgflow_free(message);
    orgflow_job_free(job);
    return failed;
}

static void *run(void *argument)
{
    Task *task = argument;
    for (size_t i = 0; i < N_ROUNDS * N_DRAWINGS && !task->failed; i++) {
        const size_t which = (task->first + i) % N_DRAWINGS;
        free(task->drawings[which].bytes);
        task->drawings[which].bytes = NULL;
        task->failed = draw(task->story, which, &task->drawings[which]);
    }
    return NULL;
}

static int compare(const Task *tasks, const Drawing *alone)
{
    int different = 0;
    for (size_t i = 0; i < N_THREADS * N_DRAWINGS; i++) {
        const Drawing *drawing = &tasks[i / N_DRAWINGS].drawings[i % N_DRAWINGS], *expected = &alone[i % N_DRAWINGS];
        if (drawing->bytes == NULL || drawing->length != expected->length ||
            memcmp(drawing->bytes, expected->bytes, expected->length) != 0) {
            fprintf(stderr, "four_threads: thread %zu drew another %s\n", i / N_DRAWINGS, drawings[i % N_DRAWINGS].view);
            different = 1;
        }
    }
    return different;
}

int main(int argc, char **argv)
{
    Task tasks[N_THREADS] = {{NULL, 0, {{NULL, 0}}, 0}};
    pthread_t threads[N_THREADS];
    Drawing alone[N_DRAWINGS] = {{NULL, 0}};
    char *message = NULL;
    OrgflowStory *story = NULL;
    OrgflowInputs *inputs = orgflow_inputs_new();
    int failed = argc != 2 || orgflow_inputs_add_path(inputs, argv[1], &message) != ORGFLOW_OK ||
                 orgflow_story_read(inputs, &story) != ORGFLOW_OK;
    if (failed) {
        fprintf(stderr, "four_threads: %s\n", message != NULL ? message : "there is no sound STORY");
    }
    orgflow_free(message);
    orgflow_inputs_free(inputs);
    for (size_t i = 0; i < N_DRAWINGS && !failed; i++) {
        failed = draw(story, i, &alone[i]);
    }
    size_t n_started = 0;
    for (; n_started < N_THREADS && !failed; n_started++) {
        tasks[n_started] = (Task){.story = story, .first = n_started};
        failed = pthread_create(&threads[n_started], NULL, run, &tasks[n_started]) != 0;
    }
    for (size_t i = 0; i < n_started; i++) {
        pthread_join(threads[i], NULL);
    }
    failed = failed || compare(tasks, alone);
    for (size_t i = 0; i < N_DRAWINGS; i++) {
        for (size_t thread = 0; thread < N_THREADS; thread++) {
            free(tasks[thread].drawings[i].bytes);
        }
        free(alone[i].bytes);
    }
    orgflow_story_free(story);
    if (!failed) {
        printf("%d threads drew %zu views %d times, all alike\n", N_THREADS, N_DRAWINGS, N_ROUNDS);
    }
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
