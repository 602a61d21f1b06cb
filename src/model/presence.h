/* When people were at a lab or below it: their stints there, joined where one follows upon the other. */
#ifndef OF_MODEL_PRESENCE_H
#define OF_MODEL_PRESENCE_H

#include "model/story.h"

/* One stay of one person within a lab, whatever labs below it they went through. */
typedef struct {
    const OfLab *lab;
    OfDay begin, end;              /* drawn; end is the day they are no longer there, OF_DAY_MAX where still there */
    OfDay begin_first, begin_last; /* the range in which it begins … */
    OfDay end_first, end_last;     /* … and ends; OF_DAY_MAX where still there */
    bool begins_known;             /* the data says when it began: not there already when the story opens */
    const OfStint *first, *last;   /* the stints with which it begins and ends */
} OfPresence;

/* The stays of a person within a lab (NULL: within each lab they were ever at or below): its children count, as they stood on each day. By lab (as in the
 * story), then in time order, those of one lab apart from each other by a day at least. They take the place of what stays (of OfPresence) held: who asks
 * for very many people uses one array for all. looks, where not NULL, is counted down by the labs looked at. */
void of_presence_list(GArray *stays, const OfPerson *person, const OfLab *lab, gint64 *looks);

#endif
