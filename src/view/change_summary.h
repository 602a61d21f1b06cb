/* What a drawing of two revisions says about its changes: legend with counts, alt text, and the list of what is not drawn. */
#ifndef OF_VIEW_CHANGE_SUMMARY_H
#define OF_VIEW_CHANGE_SUMMARY_H

#include "view/drawing.h"

/* Adds to the drawing's legend how each mark looks and how many changes it stands for, one entry a mark that is `marked` (bit 1 << OfDelta) or has
 * changes; and sets not_drawn and what_changed from what of_drawing_draw_change() has been told. */
void of_change_summary_make(OfDrawing *drawing, guint marked);

/* Keys of changes for `data_change_ids`: "event:lample-to-mistral person:lample", sorted, one blank between them (a blank within a key is "%20").
 * changes: of const OfChange, as a set. Owned by the caller. */
char *of_change_ids(GHashTable *changes);

#endif
