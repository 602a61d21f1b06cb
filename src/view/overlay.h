/* Two revisions in one graph: a graph of each, as the view builds it, laid one over the other. */
#ifndef OF_VIEW_OVERLAY_H
#define OF_VIEW_OVERLAY_H

#include "view/drawing.h"

typedef struct OfOverlay OfOverlay;
void of_overlay_free(OfOverlay *overlay); /* takes NULL */

/* Builds the view from both stories and puts the two graphs together as drawing->graph: what is called alike is one. Every cluster, node and edge
 * that has ink gets `data_change`, and the keys of the changes behind it in `data_change_ids`; the graph looks like OF_PANEL_DIFF. Labels are put
 * together line by line. Marks, counts and the list of what is not drawn are added to the drawing. */
bool of_overlay_build(OfDrawing *drawing, GError **error);

/* Makes the graph, which has been laid out, look like drawing->panel. What the panel does not show keeps its room. */
void of_overlay_show(OfDrawing *drawing);

#endif
