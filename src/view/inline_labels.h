/* Labels along edges that touch nothing. dot gives an edge's label room among the nodes of its rank, but inside clusters it may stand over their
 * labels. So a label is laid out as a node of its own, which the edge runs along; afterwards both become one edge with its label. */
#ifndef OF_VIEW_INLINE_LABELS_H
#define OF_VIEW_INLINE_LABELS_H

#include "view/graph.h"
#include <stdbool.h>

/* Makes an edge from tail to head called name whose label is laid out inside within. horizontal: whether ranks run left to right.
 * *label: what the label is set on, by of_markup_finish_beside(). Returns what all other attributes are set on. */
Agedge_t *of_inline_label_new(Agraph_t *graph, Agraph_t *within, Agnode_t *tail, Agnode_t *head, const char *name, bool horizontal,
                              Agnode_t **label);

/* Called on the graph that dot has laid out: makes one edge of each, with its way in `pos` and its label's place in `lp`. */
void of_inline_labels_join(Agraph_t *graph);

#endif
