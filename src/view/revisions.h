/* Two revisions of a story in one drawing: what changed of each item, and what it is called in both. */
#ifndef OF_VIEW_REVISIONS_H
#define OF_VIEW_REVISIONS_H

#include "diff/changes.h"

/* What happened to something that is drawn: the values of `data-change`. */
typedef enum {
    OF_DELTA_UNCHANGED,
    OF_DELTA_ADDED,
    OF_DELTA_REMOVED,
    OF_DELTA_CHANGED,
    OF_DELTA_RETARGETED,
    OF_N_DELTAS,
} OfDelta;
extern const char *const of_delta_names[]; /* indexed by OfDelta: "unchanged", … */

/* Which of the pictures over one layout is painted: the difference, or one revision alone. */
typedef enum { OF_PANEL_DIFF, OF_PANEL_BEFORE, OF_PANEL_AFTER } OfPanel;

typedef struct OfRevisions OfRevisions;

/* changes must outlive it. */
OfRevisions *of_revisions_new(const OfChanges *changes);
void of_revisions_free(OfRevisions *revisions); /* takes NULL */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OfRevisions, of_revisions_free)

/* The changes that it was made of. */
const OfChanges *of_revisions_changes(const OfRevisions *revisions);

/* The same item on the other side, or NULL. item: of either side. */
const OfItem *of_revisions_mate(const OfRevisions *revisions, const OfItem *item);

/* Whether an item is the old revision's. */
bool of_revisions_is_old(const OfRevisions *revisions, const OfItem *item);

/* The change of an item of either side, or NULL where it is unchanged or the change has been filtered away. */
const OfChange *of_revisions_find(const OfRevisions *revisions, const OfItem *item);

/* What happened to an item of either side. */
OfDelta of_revisions_delta(const OfRevisions *revisions, const OfItem *item);

/* What happened by a change. */
OfDelta of_change_delta(const OfChange *change);

/* What an item of either side is called in a drawing of both: the id or key that the new side has for it; of what is removed, its own, with `~`
 * before it where the new side calls something else so. Borrowed. */
const char *of_revisions_key(const OfRevisions *revisions, const OfItem *item);

#endif
