/* A storyline that starts from the order of an earlier one. */
#include "orgflow/orgflow.h"

#include <glib.h>
#include <string.h>

/* Two labs that nobody moves between: either may stand above, and so may Ann and Ben in theirs. */
#define PAIR                                                                                                                       \
    "orgflow: 1\nlabs:\n  a: {name: A}\n  b: {name: B}\npeople:\n"                                                                 \
    "  ann: {name: Ann, lab: a, since: 2020}\n  ben: {name: Ben, lab: b, since: 2020}\n"
#define CARL "  carl: {name: Carl, lab: a, since: 2021}\n"

static OrgflowStory *read_story(const char *text)
{
    OrgflowInputs *inputs = orgflow_inputs_new();
    OrgflowStory *story = NULL;
    orgflow_inputs_add_memory(inputs, "story.yaml", text, strlen(text));
    g_assert_cmpint(orgflow_story_read(inputs, &story), ==, ORGFLOW_OK);
    orgflow_inputs_free(inputs);
    return story;
}

static OrgflowJob *draw(const OrgflowStory *story, const OrgflowJob *earlier, const char *order, const char *lanes)
{
    OrgflowJob *job = orgflow_job_new(story);
    char *message = NULL;
    g_assert_cmpint(orgflow_job_add_view(job, "storyline", NULL), ==, ORGFLOW_OK);
    if (order != NULL) {
        g_assert_cmpint(orgflow_job_set_option(job, "order", order, NULL), ==, ORGFLOW_OK);
    }
    g_assert_cmpint(orgflow_job_set_option(job, "lanes", lanes, NULL), ==, ORGFLOW_OK);
    orgflow_job_start_from(job, earlier);
    g_assert_cmpint(orgflow_job_run(job, &message), ==, ORGFLOW_OK);
    g_assert_null(message);
    return job;
}

/* What stands behind a key of the report, without blanks, up to an end. Owned by the caller. */
static char *report_of(OrgflowJob *job, const char *key, const char *end)
{
    g_auto(GStrv) parts = g_strsplit_set(orgflow_job_report(job), " \n", -1);
    g_autofree char *report = g_strjoinv("", parts);
    const char *at = strstr(report, key);
    g_assert_nonnull(at);
    at += strlen(key);
    const char *stop = strstr(at, end);
    g_assert_nonnull(stop);
    return g_strndup(at, (gsize) (stop - at));
}

static char *lanes_of(OrgflowJob *job)
{
    return report_of(job, "\"lane_order\":[", "]");
}

static void test_keeps_lanes(void)
{
    OrgflowStory *one = read_story(PAIR), *two = read_story(PAIR CARL);
    OrgflowJob *pinned = draw(one, NULL, "b,a", "fixed"), *fresh = draw(two, NULL, NULL, "fixed");
    OrgflowJob *later = draw(two, pinned, NULL, "fixed"), *other = draw(two, fresh, "b,a", "fixed");
    g_autofree char *order = lanes_of(later), *usual = lanes_of(fresh), *asked = lanes_of(other);
    g_assert_cmpstr(usual, ==, "\"a\",\"b\"");
    g_assert_cmpstr(order, ==, "\"b\",\"a\"");
    g_assert_cmpstr(asked, ==, "\"b\",\"a\""); /* what is asked for goes before what was */
    orgflow_job_free(pinned);                  /* is asked during the call alone */
    orgflow_story_free(one);
    g_assert_cmpint(orgflow_job_run(later, NULL), ==, ORGFLOW_OK);
    g_autofree char *again = lanes_of(later);
    g_assert_cmpstr(again, ==, order);
    orgflow_job_start_from(later, NULL);
    g_assert_cmpint(orgflow_job_run(later, NULL), ==, ORGFLOW_OK);
    g_autofree char *forgotten = lanes_of(later);
    g_assert_cmpstr(forgotten, ==, usual);
    orgflow_job_free(fresh);
    orgflow_job_free(later);
    orgflow_job_free(other);
    orgflow_story_free(two);
}

/* Data that did not change is drawn as before, in either mode; twice too. */
static void test_keeps_all(void)
{
    g_autofree char *path = g_build_filename(g_getenv("TEST_SOURCE_DIR"), "graphs", "meta-llama.yaml", NULL), *text = NULL;
    g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
    OrgflowStory *story = read_story(text);
    static const char *const modes[] = {"fixed", "free"};
    for (gsize i = 0; i < G_N_ELEMENTS(modes); i++) {
        OrgflowJob *first = draw(story, NULL, NULL, modes[i]), *second = draw(story, first, NULL, modes[i]);
        OrgflowArtefact before, after;
        g_assert_true(orgflow_job_artefact(first, 0, &before));
        g_assert_true(orgflow_job_artefact(second, 0, &after));
        g_assert_true(before.length == after.length && memcmp(before.bytes, after.bytes, after.length) == 0);
        orgflow_job_free(first);
        orgflow_job_free(second);
    }
    orgflow_story_free(story);
}

/* Who and what is gone is passed over, and so is an earlier drawing of something else. */
static void test_other_story(void)
{
    OrgflowStory *one = read_story("orgflow: 1\nlabs:\n  x: {name: X}\npeople:\n  zoe: {name: Zoe, lab: x, since: 1990}\n"),
                 *two = read_story(PAIR), *none = read_story("orgflow: 1\n");
    OrgflowJob *fresh = draw(two, NULL, NULL, "free"), *first = draw(one, NULL, NULL, "free"),
               *second = draw(two, first, NULL, "free");
    OrgflowJob *empty = draw(none, second, NULL, "fixed"), *third = draw(two, empty, NULL, "fixed");
    g_autofree char *plain = report_of(fresh, "\"crossings\":", ","), *crossings = report_of(second, "\"crossings\":", ",");
    g_assert_cmpstr(plain, ==, crossings);
    OrgflowJob *not_run = orgflow_job_new(two);
    orgflow_job_start_from(third, not_run);
    g_assert_cmpint(orgflow_job_run(third, NULL), ==, ORGFLOW_OK);
    OrgflowJob *const jobs[] = {fresh, first, second, empty, third, not_run};
    for (gsize i = 0; i < G_N_ELEMENTS(jobs); i++) {
        orgflow_job_free(jobs[i]);
    }
    orgflow_story_free(one);
    orgflow_story_free(two);
    orgflow_story_free(none);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/start_from/keeps_lanes", test_keeps_lanes);
    g_test_add_func("/start_from/keeps_all", test_keeps_all);
    g_test_add_func("/start_from/other_story", test_other_story);
    return g_test_run();
}
