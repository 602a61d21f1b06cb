#include "diff/stints.h"

#include "diff/assignment.h"
#include "diff/json_text.h"

static const char *const owners[] = {NULL};
static const char *const telling[] = {"lab", NULL};
static const OfLikeness likeness = {"from", owners, telling, NULL};

static GArray *list_stints(JsonArray *stints, GPtrArray *texts)
{
    GArray *candidates = g_array_new(FALSE, FALSE, sizeof(OfCandidate));
    g_array_set_clear_func(candidates, of_candidate_clear);
    for (guint i = 0; stints != NULL && i < json_array_get_length(stints); i++) {
        const OfCandidate candidate = {.text = of_json_text(json_array_get_element(stints, i)), .mate = -1};
        g_ptr_array_add(texts, (gpointer) (gsize) candidate.text);
        g_array_append_val(candidates, candidate);
    }
    return candidates;
}

static gint *list_mates(const GArray *candidates)
{
    gint *mates = g_new(gint, (gsize) candidates->len + 1);
    for (guint i = 0; i < candidates->len; i++) {
        mates[i] = g_array_index(candidates, OfCandidate, i).mate;
    }
    return mates;
}

gint *of_stints_pair(JsonArray *from, JsonArray *to, gint **back)
{
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GArray) before = list_stints(from, texts);
    g_autoptr(GArray) after = list_stints(to, texts);
    of_assignment_pair(before, after, &likeness);
    *back = list_mates(after);
    return list_mates(before);
}
