#include "view/facts.h"

OfFacts *of_facts_new(void)
{
    OfFacts *facts = g_new0(OfFacts, 1);
    facts->lane_order = g_ptr_array_new();
    facts->moments = g_array_new(FALSE, FALSE, sizeof(OfFactsMoment));
    facts->lanes = g_array_new(FALSE, FALSE, sizeof(OfFactsLane));
    facts->people = g_ptr_array_new();
    facts->kept = g_string_chunk_new(64);
    return facts;
}

void of_facts_free(OfFacts *facts)
{
    if (facts == NULL) {
        return;
    }
    g_ptr_array_unref(facts->lane_order);
    g_array_unref(facts->moments);
    g_array_unref(facts->lanes);
    g_ptr_array_unref(facts->people);
    g_string_chunk_free(facts->kept);
    g_free(facts);
}

static GPtrArray *copy_ids(OfFacts *copy, const GPtrArray *ids)
{
    GPtrArray *kept = g_ptr_array_sized_new(ids->len);
    for (guint i = 0; i < ids->len; i++) {
        g_ptr_array_add(kept, (gpointer) of_facts_keep(copy, ids->pdata[i]));
    }
    return kept;
}

OfFacts *of_facts_copy(const OfFacts *facts)
{
    OfFacts *copy = g_memdup2(facts, sizeof *facts);
    copy->kept = g_string_chunk_new(64);
    copy->lane_order = copy_ids(copy, facts->lane_order);
    copy->people = copy_ids(copy, facts->people);
    copy->moments = g_array_copy(facts->moments);
    copy->lanes = g_array_copy(facts->lanes);
    for (guint i = 0; i < copy->lanes->len; i++) {
        OfFactsLane *lane = &g_array_index(copy->lanes, OfFactsLane, i);
        lane->lab = lane->lab != NULL ? of_facts_keep(copy, lane->lab) : NULL;
    }
    return copy;
}

const char *of_facts_keep(OfFacts *facts, const char *text)
{
    return g_string_chunk_insert_const(facts->kept, text);
}

void of_cohort_facts_free(gpointer data)
{
    OfCohortFacts *facts = data;
    if (facts != NULL) {
        g_array_unref(facts->shares);
        g_free(facts);
    }
}

OfFlowFacts *of_flow_facts_new(void)
{
    OfFlowFacts *facts = g_new0(OfFlowFacts, 1);
    facts->folded = g_ptr_array_new();
    facts->slices = g_array_new(FALSE, FALSE, sizeof(OfFactsSlice));
    facts->blocks = g_array_new(FALSE, FALSE, sizeof(OfFactsBlock));
    facts->flows = g_array_new(FALSE, FALSE, sizeof(OfFactsFlow));
    return facts;
}

void of_flow_facts_free(OfFlowFacts *facts)
{
    if (facts == NULL) {
        return;
    }
    g_ptr_array_unref(facts->folded);
    g_array_unref(facts->slices);
    g_array_unref(facts->blocks);
    g_array_unref(facts->flows);
    g_free(facts);
}
