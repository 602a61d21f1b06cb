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

OfFacts *of_facts_new(void);
void of_facts_free(OfFacts *facts); /* takes NULL */

/* A copy of text that lives as long as the facts. */
const char *of_facts_keep(OfFacts *facts, const char *text);

void of_cohort_facts_free(gpointer facts); /* takes NULL */

#endif
