/* Cohorts of the view `retention`: who was at a lab, for how long, and where they went. */
#ifndef OF_VIEW_COHORT_H
#define OF_VIEW_COHORT_H

#include "model/survival.h"
#include "view/drawing.h"

/* Somebody who left. */
typedef struct {
    const OfPerson *person;
    gint32 days;     /* after the cohort's beginning: its fixed day, or the day the person joined */
    const OfLab *to; /* the lab they went to, as high in the tree as it is apart from the cohort's; NULL: none of the story */
} OfLeaver;

/* People of a group (NULL: all) at a lab with its children. */
typedef struct {
    const OfGroup *group;
    const OfLab *lab;
    char *name;         /* "Authors of LLaMA at Meta" */
    guint n;            /* people */
    guint n_unknown;    /* people left out, because the data does not say when they joined */
    guint n_there;      /* still there at the end */
    gint32 length;      /* days of the longest stay that is known of: the curve says nothing beyond */
    GArray *steps;      /* of OfSurvivalStep: by the days drawn … */
    GArray *low, *high; /* … and if all left as early, or as late, as their dates allow */
    GArray *leavers;    /* of OfLeaver, by days, then person id */
    gint32 median;      /* days, or -1 */
} OfCohort;

/* The cohorts that the options ask for: each of --group at each of --lab. Without --lab the lab at the top of the tree where most of the people were, by people, then id.
 * With `since`, of those who are there on that day; else of all, each from the day they joined, first stay alone. Returns an array of OfCohort, owned by the caller
 * (g_ptr_array_unref); cohorts of nobody become remarks. */
GPtrArray *of_cohorts_new(OfDrawing *drawing);

#endif
