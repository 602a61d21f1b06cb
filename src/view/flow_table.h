/* How many people are at which lab at each slice of time, and how many go where in between.
 *
 * A person is at the lab of their main affiliation, the earliest stint that is open on the day, by drawn days; who is between two
 * labs, or at none that the filters let through, is outside.
 *
 * Aggregated moves (`weight`) have no people to follow. Their labs hold as many people at the start as there must have been for
 * no lab ever to lose more than it has, and nobody beyond that: a lab that flows never mention holds nobody. Between two slices,
 * who has been at a lab longest leaves it first. So data told as stints or as flows gives the same table, as long as all who
 * come are told of and nobody moves twice between two slices. */
#ifndef OF_VIEW_FLOW_TABLE_H
#define OF_VIEW_FLOW_TABLE_H

#include "layout/flow.h"
#include "view/selection.h"

typedef struct {
    const OfStory *story;
    guint n_slices;
    guint n_labs;   /* those of the story */
    gint64 *people; /* [slice * n_labs + index of the lab] */
    GArray *flows;  /* of OfLayoutFlow between indices of labs, in their order */
} OfFlowTable;

/* of_flow_table_new: counts. Work is linear in stints and moves, but for sorting what changes.
 * days: of the slices, rising, at least one. error: OF_ERROR_LIMIT where weights add up to more than can be counted, or slices and labs are too many.
 * Freed by of_flow_table_free(). */
OfFlowTable *of_flow_table_new(const OfSelection *selection, const OfDay *days, guint n_slices, GError **error);
void of_flow_table_free(OfFlowTable *table); /* takes NULL */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OfFlowTable, of_flow_table_free)

static inline gint64 of_flow_table_get_people(const OfFlowTable *table, guint slice, guint lab)
{
    return table->people[(gsize) slice * table->n_labs + lab];
}

/* All people at a slice. */
gint64 of_flow_table_count_slice(const OfFlowTable *table, guint slice);

/* The first day at which anybody is at a lab, or OF_DAY_MAX where nobody ever is. Who is there from the outset is there the day
 * before anything is known to happen. */
OfDay of_flow_table_first_day(const OfSelection *selection);

#endif
