/* YAML → node tree → model, and everything that can be asked of what was read. */
#include "target.h"

#include <string.h>

static void check_again(const uint8_t *bytes, size_t length, const char *digest)
{
    OrgflowStory *again = target_read_story(bytes, length);
    LAW(g_strcmp0(orgflow_story_digest(again), digest) == 0, "the same bytes give the same digest");
    orgflow_story_free(again);
}

static void check_counts(const OrgflowStory *story)
{
    OrgflowEntry format;
    for (size_t i = 0; orgflow_statistics_format(i, &format); i++) {
        char *text = NULL, *message = NULL;
        const OrgflowStatus status = orgflow_story_write_statistics(story, NULL, NULL, format.name, &text, &message);
        LAW((status == ORGFLOW_OK) == (text != NULL) && (status == ORGFLOW_OK) == (message == NULL), "stories are counted, or not");
        if (text != NULL && strcmp(format.name, "csv") != 0) { /* whose lines end in two controls */
            target_check_shown(text);
        }
        orgflow_free(text);
        orgflow_free(message);
    }
    char *facts = NULL;
    LAW(orgflow_story_write_facts(story, &facts) == ORGFLOW_OK, "what can be drawn can be told");
    target_check_shown(facts);
    orgflow_free(facts);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static const char *const counted[] = {"labs",    "people", "groups", "events", "strategies",
                                          "sources", "claims", "views",  "moves",  "nothing"};
    OrgflowStory *story = target_read_story(bytes, length);
    OrgflowProblem problem;
    guint n_errors = 0, n_contradicted = 0;
    for (size_t i = 0; orgflow_story_problem(story, i, &problem); i++) {
        n_errors += problem.is_error;
        n_contradicted += problem.is_claim;
    }
    const bool drawable = orgflow_story_is_drawable(story);
    LAW(drawable || n_errors > 0, "what cannot be drawn has an error that says why");
    LAW(!drawable || n_errors == n_contradicted, "what can be drawn has no error but contradicted claims");
    target_write_problems(story);
    OrgflowClaim claim;
    for (size_t i = 0; orgflow_story_claim(story, i, &claim); i++) {
        target_check_shown(claim.finding);
    }
    for (size_t i = 0; orgflow_story_view(story, i) != NULL; i++) {
        target_check_shown(orgflow_story_view(story, i));
    }
    for (gsize i = 0; i < G_N_ELEMENTS(counted); i++) {
        LAW(drawable || orgflow_story_count(story, counted[i]) == 0, "what cannot be drawn counts nothing");
    }
    if (drawable) {
        check_again(bytes, length, orgflow_story_digest(story));
        check_counts(story);
    }
    orgflow_story_free(story);
    return 0;
}
