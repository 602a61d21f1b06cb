/* The surroundings of what changed. */
#ifndef OF_VIEW_OVERLAY_CONTEXT_H
#define OF_VIEW_OVERLAY_CONTEXT_H

#include "view/overlay.h"

/* Takes out of the graph of both revisions, before it is laid out, what is more than that many steps away from everything that is marked. A step is
 * a line, whatever its direction; a box that people stand in is one step from each of them; a row of stances stays whole. */
void of_overlay_keep_context(OfDrawing *drawing, guint steps);

#endif
