/* YAML → node tree → model, and everything that can be asked of what was read. */
#include "target.h"

#include <string.h>

static void check_again(const uint8_t *bytes, size_t length, const char *digest)
{
    OrgflowStory *again = target_read_story(bytes, length);
    LAW(g_strcmp0(orgflow_story_digest(again), digest) == 0, "the same bytes give the same digest");
    orgflow_story_free(again);
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
    }
    orgflow_story_free(story);
    return 0;
}
