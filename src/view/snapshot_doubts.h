/* Who may be elsewhere on the day of a snapshot. */
#ifndef OF_VIEW_SNAPSHOT_DOUBTS_H
#define OF_VIEW_SNAPSHOT_DOUBTS_H

#include "view/drawing.h"

/* Adds remarks on the people selected whose dates leave open whether they are where they are drawn: "May already be at Zee:
 * Viktor". */
void of_snapshot_add_doubts(OfDrawing *drawing, OfDay day);

#endif
