/* What a drawing came to, for the report: anyone can recount it. */
#ifndef OF_VIEW_FACTS_H
#define OF_VIEW_FACTS_H

#include "base/date.h"

/* People of one lab at one moment, top to bottom. */
typedef struct {
    const char *lab; /* id; NULL: one person between two labs */
    guint first, n;  /* in people */
} OfFactsLane;

typedef struct {
    OfDay day;
    guint first, n; /* in lanes, top to bottom */
} OfFactsMoment;

/* One curve of a retention. Ids are borrowed from the story. */
typedef struct {
    const char *group, *lab; /* ids; group NULL: all people */
    guint n, n_there;        /* people; of them, still there at the end */
    guint n_unknown;         /* left out, because the data does not say when they joined */
    gint32 median;           /* days after which half had left, or -1 */
    GArray *shares;          /* of double: still there after 1, 2 … years */
} OfCohortFacts;

/* What a storyline's layout came to. Ids are borrowed from the story, or kept by of_facts_keep(). */
typedef struct {
    gint64 crossings;      /* what the moments count to */
    guint64 wiggles;       /* changes of direction of a line's height */
    GPtrArray *lane_order; /* of lab ids, top to bottom */
    GArray *moments;       /* of OfFactsMoment, in time order */
    GArray *lanes;         /* of OfFactsLane */
    GPtrArray *people;     /* of person ids; lanes that do not change share theirs */
    GStringChunk *kept;    /* texts that are nobody else's */
} OfFacts;

/* What an alluvial drawing came to. Labs are ids, borrowed from the story; the folded ones together have an id of their own. */
typedef struct {
    const char *lab;
    gint64 people;
} OfFactsBlock;

typedef struct {
    OfDay day;
    OfDate date;    /* as it is shown */
    guint first, n; /* in blocks, top to bottom */
} OfFactsSlice;

typedef struct {
    guint slice;           /* the earlier one */
    const char *from, *to; /* NULL: outside */
    gint64 people;
} OfFactsFlow;

typedef struct {
    double crossings;  /* of people: the products of those of ribbons that cross, added up */
    double bend;       /* people times points */
    GPtrArray *folded; /* of lab ids, most people first */
    GArray *slices;    /* of OfFactsSlice */
    GArray *blocks;    /* of OfFactsBlock */
    GArray *flows;     /* of OfFactsFlow, by slice */
} OfFlowFacts;

OfFlowFacts *of_flow_facts_new(void);
void of_flow_facts_free(OfFlowFacts *facts); /* takes NULL */

OfFacts *of_facts_new(void);
void of_facts_free(OfFacts *facts); /* takes NULL */

/* A copy that does not hang on the story. */
OfFacts *of_facts_copy(const OfFacts *facts);

/* A copy of text that lives as long as the facts. */
const char *of_facts_keep(OfFacts *facts, const char *text);

void of_cohort_facts_free(gpointer facts); /* takes NULL */

#endif
