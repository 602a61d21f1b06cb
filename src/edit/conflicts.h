/* Versions of one text that differ, between conflict markers. Private to edit/. */
#ifndef OF_EDIT_CONFLICTS_H
#define OF_EDIT_CONFLICTS_H

#include "edit/files.h"
#include "text/edits.h"

/* Appends the text with the sorted edits of three versions (ours, base, theirs): what all do is done; whole lines around what they do
 * differently stand three times, between the markers of `git merge` in its style diff3. */
void of_conflicts_append(GString *out, OfTextEdits *const *versions, const OfSideLabels *labels);

#endif
