/* Which changes stand behind something that is drawn. */
#ifndef OF_VIEW_CHANGE_INDEX_H
#define OF_VIEW_CHANGE_INDEX_H

#include "view/drawing.h"

typedef struct OfChangeIndex OfChangeIndex;

/* shows: what a view draws of items that both revisions have, "kind/field", ended by NULL: changes of other fields alone stand behind nothing. */
OfChangeIndex *of_change_index_new(const OfRevisions *revisions, const char *const *shows);
void of_change_index_free(OfChangeIndex *index); /* takes NULL */

/* Adds to changes (a set of OfChange) those of the items that an element says it stands for: its `data_event`, `data_person`, `data_people`, `data_lab`
 * and `data_stance`, the effect of a `because`, and for a person the events that name them. story: the revision that the element is of. */
void of_change_index_add_own(const OfChangeIndex *index, const OfStory *story, void *element, GHashTable *changes);

/* The same for changes that name one of these items, or a lab that it joins (`data_from`, `data_to`), or a lab within. */
void of_change_index_add_near(const OfChangeIndex *index, const OfStory *story, void *element, GHashTable *changes);

/* Takes out of changes what is not in drawn, unless nothing would be left. */
void of_changes_prefer(GHashTable *changes, GHashTable *drawn);

#endif
