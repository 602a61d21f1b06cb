/* What a page of a difference says beside its drawings. */
#ifndef OF_PAINT_PAGE_CHANGES_H
#define OF_PAINT_PAGE_CHANGES_H

#include "picture/change_list.h"

/* Appends the list of changes: a section `#changes` with the counts, and for each group a list; each change carries what `data-change-ids` calls
 * it in `data-change`, and what else it is about in `data-items`, separated by blanks (a blank within is "%20"). */
void of_page_append_changes(GString *page, const OfChangeList *list);

#endif
