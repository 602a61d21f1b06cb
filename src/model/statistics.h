/* A story in numbers: people, joins, leaves and stays by group, lab and year; moves by pair; what claims rest on. */
#ifndef OF_MODEL_STATISTICS_H
#define OF_MODEL_STATISTICS_H

#include "model/story.h"

/* A year in which people came to a lab or left it. */
typedef struct {
    int year;
    gint64 joins, leaves;
    gint64 people; /* there at the end of the year */
} OfYearNumbers;

/* A lab with its children, for one group. Who moves from one child to another neither joins nor leaves. */
typedef struct {
    const OfGroup *group; /* NULL: everyone */
    const OfLab *lab;
    gint64 people;        /* there at the end of the story */
    gint64 ever;          /* who were ever there */
    gint64 joins, leaves; /* stays that began and ended within the story; who was there when it opens did not join */
    gint32 median_stay;   /* days, by the product-limit estimator; -1 where more than half are still there, or nothing is known */
    double share_left;    /* of those who were ever there */
    GArray *years;        /* of OfYearNumbers, rising */
} OfLabNumbers;

/* Moves from one lab to another in one year. */
typedef struct {
    const OfGroup *group; /* NULL: everyone */
    const OfLab *from, *to;
    int year;
    gint64 people;
} OfPairNumbers;

/* A source, and how many of the facts that a claim's count looks at cite it; the claim itself is one. */
typedef struct {
    const OfSource *source;
    guint n;
} OfSourceCount;

typedef struct {
    const OfClaim *claim;
    GArray *sources; /* of OfSourceCount: most cited first, then by id */
} OfClaimSources;

typedef struct {
    GPtrArray *labs;   /* of OfLabNumbers: everyone first, then by group; most people ever first, then by lab */
    GArray *pairs;     /* of OfPairNumbers: by group, year, most people first, from, to */
    GPtrArray *claims; /* of OfClaimSources: as in the story */
} OfStatistics;

/* groups, labs: ids to keep, NULL-terminated; NULL: all. A lab stands for what was ever below it too. Aggregated moves count for everyone, and the number of
 * people at a lab of which only flows are known is what has come less what has left, at least 0. error: OF_ERROR_USAGE where an id is not known (with the
 * nearest one), OF_ERROR_LIMIT where the tree of labs is so deep that counting would take hours. Owned by the caller. */
OfStatistics *of_statistics_new(const OfStory *story, const char *const *groups, const char *const *labs, GError **error);
void of_statistics_free(OfStatistics *statistics); /* takes NULL */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OfStatistics, of_statistics_free)

#endif
