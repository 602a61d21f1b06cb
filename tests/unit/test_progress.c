/* How far work has got is told, and it can be stopped at any word. */
#include <string.h>

#include "orgflow/orgflow.h"
#include <glib.h>

#define PEOPLE 9000

typedef struct {
    GString *stages;  /* each once, when it begins */
    double share;     /* the last one of the stage */
    guint n, stop_at; /* words; the one at which to stop, from 1, or 0 */
} Listener;

static bool listen_to(const char *stage, double share, void *data)
{
    Listener *listener = data;
    g_assert_true(share <= 1);
    g_assert_true(listener->stop_at == 0 || listener->n < listener->stop_at); /* who has stopped it hears no more */
    g_autofree char *line = g_strdup_printf("%s\n", stage);
    if (!g_str_has_suffix(listener->stages->str, line)) {
        g_string_append(listener->stages, line);
    } else {
        g_assert_cmpfloat(share, >=, listener->share);
    }
    listener->share = share;
    return ++listener->n != listener->stop_at;
}

static char *make_story(bool csv)
{
    GString *text = g_string_new(csv ? "person,lab,from,to\n" : "orgflow: 1\nlabs: {a: {}, b: {}}\npeople:\n");
    for (int i = 0; i < PEOPLE; i++) {
        g_string_append_printf(
            text, csv ? "P%d,A,2020,2021\n" : "  p%d: {stints: [{lab: a, from: 2020, to: 2021}, {lab: b, from: 2021}]}\n", i);
    }
    return g_string_free(text, FALSE);
}

static OrgflowInputs *inputs_of(const char *text, Listener *listener)
{
    OrgflowInputs *inputs = orgflow_inputs_new();
    orgflow_inputs_add_memory(inputs, "story", text, strlen(text));
    orgflow_inputs_set_progress(inputs, listen_to, listener);
    return inputs;
}

static OrgflowStatus read_story(const char *text, Listener *listener, OrgflowStory **story)
{
    OrgflowInputs *inputs = inputs_of(text, listener);
    const OrgflowStatus status = orgflow_story_read(inputs, story);
    orgflow_inputs_free(inputs);
    return status;
}

static OrgflowStatus import(const char *text, Listener *listener, char **written)
{
    OrgflowInputs *inputs = inputs_of(text, listener);
    OrgflowStory *problems = NULL;
    const OrgflowStatus status = orgflow_import(inputs, "csv", NULL, written, &problems, NULL);
    orgflow_story_free(problems);
    orgflow_inputs_free(inputs);
    return status;
}

static void test_reading(void)
{
    g_autofree char *text = make_story(false);
    g_autoptr(GString) stages = g_string_new(NULL);
    Listener all = {.stages = stages};
    OrgflowStory *story = NULL;
    g_assert_cmpint(read_story(text, &all, &story), ==, ORGFLOW_OK);
    orgflow_story_free(story);
    g_assert_cmpstr(stages->str, ==, "reading\ndecoding\nsealing\nchecking\n");
    for (guint stop_at = 1; stop_at <= all.n; stop_at++) {
        Listener some = {.stages = stages, .stop_at = stop_at};
        g_assert_cmpint(read_story(text, &some, &story), ==, ORGFLOW_STOPPED);
        g_assert_false(orgflow_story_is_drawable(story));
        g_assert_cmpuint(orgflow_story_n_problems(story), ==, 0);
        orgflow_story_free(story);
    }
}

static void test_importing(void)
{
    g_autofree char *text = make_story(true);
    g_autoptr(GString) stages = g_string_new(NULL);
    Listener all = {.stages = stages};
    char *written = NULL;
    g_assert_cmpint(import(text, &all, &written), ==, ORGFLOW_OK);
    g_assert_nonnull(written);
    orgflow_free(written);
    g_assert_cmpstr(stages->str, ==, "reading\nwriting\n");
    for (guint stop_at = 1; stop_at <= all.n; stop_at++) {
        Listener some = {.stages = stages, .stop_at = stop_at};
        g_assert_cmpint(import(text, &some, &written), ==, ORGFLOW_STOPPED);
        g_assert_null(written);
    }
}

static void test_drawing(void)
{
    static const char text[] =
        "orgflow: 1\nlabs: {a: {}, b: {}}\npeople: {p: {stints: [{lab: a, from: 2020, to: 2021}, {lab: b, from: 2021}]}}\n";
    g_autoptr(GString) stages = g_string_new(NULL);
    Listener all = {.stages = stages};
    OrgflowStory *story = NULL;
    OrgflowInputs *inputs = inputs_of(text, &all);
    orgflow_inputs_set_progress(inputs, NULL, NULL);
    g_assert_cmpint(orgflow_story_read(inputs, &story), ==, ORGFLOW_OK);
    orgflow_inputs_free(inputs);
    g_assert_cmpuint(all.n, ==, 0);
    OrgflowJob *job = orgflow_job_new(story);
    g_assert_cmpint(orgflow_job_add_view(job, "moves", NULL), ==, ORGFLOW_OK);
    orgflow_job_set_progress(job, listen_to, &all);
    g_assert_cmpint(orgflow_job_run(job, NULL), ==, ORGFLOW_OK);
    g_assert_true(g_str_has_prefix(stages->str, "drawing moves\nlaying out\n"));
    g_assert_true(g_str_has_suffix(stages->str, "painting moves\n"));
    for (guint stop_at = 1; stop_at <= 3; stop_at++) { /* how often a layout speaks depends on the machine */
        Listener some = {.stages = stages, .stop_at = stop_at};
        char *message = NULL;
        orgflow_job_set_progress(job, listen_to, &some);
        g_assert_cmpint(orgflow_job_run(job, &message), ==, ORGFLOW_STOPPED);
        g_assert_cmpstr(message, ==, "stopped");
        g_assert_cmpuint(orgflow_job_n_artefacts(job), ==, 0);
        orgflow_free(message);
    }
    orgflow_job_set_progress(job, NULL, NULL);
    g_assert_cmpint(orgflow_job_run(job, NULL), ==, ORGFLOW_OK);
    orgflow_job_free(job);
    orgflow_story_free(story);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/progress/reading", test_reading);
    g_test_add_func("/progress/importing", test_importing);
    g_test_add_func("/progress/drawing", test_drawing);
    return g_test_run();
}
