/* The list of changes that stands beside a drawing of two revisions. */
#ifndef OF_API_CHANGES_H
#define OF_API_CHANGES_H

#include "api/handles.h"
#include "picture/change_list.h"

/* All changes of a difference as it is filtered, in the words and the order of its text, each with the sources of the item on the new side, else on
 * the old one. Files are named without their folders. Owned by the caller. */
OfChangeList *of_changes_list(const OrgflowDiff *diff);

#endif
