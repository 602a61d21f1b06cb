/* Which items of two revisions are one and the same, changed or not. */
#ifndef OF_DIFF_MATES_H
#define OF_DIFF_MATES_H

#include "diff/changes.h"

/* The story itself is in neither table; items and keys are the stories', but for keys that begin with `~`. */
typedef struct {
    GHashTable *mates; /* const OfItem * of either side that both have -> the same item on the other side */
    GHashTable *keys;  /* const OfItem * of the old side -> what it is called beside the new side: const char * */
} OfMates;

/* A key beside the new side is the mate's, or the item's own where it has none; `~` stands before it where another item of that kind on the
 * new side is called so. */
OfMates *of_mates_new(const OfChanges *changes);
void of_mates_free(OfMates *mates); /* takes NULL */

#endif
