/* Labels along edges that touch nothing. dot gives an edge's label room among the nodes of its rank, but inside clusters it
 * may stand over their labels. So a label is laid out as a node of its own, which the edge runs along; afterwards both become
 * one edge with its label. */
#ifndef OF_VIEW_INLINE_LABELS_H
#define OF_VIEW_INLINE_LABELS_H

#include "view/graph.h"
#include <stdbool.h>

/* Makes an edge from tail to head called name, which no edge is called yet, whose label is laid out inside within. horizontal:
 * whether ranks run left to right. reversed: laid out from head to tail, which is then left of or above the tail: where that
 * is so anyway, the way would make a hook at the label. *label: what the label is set on, by of_markup_finish_beside().
 * Returns what all other attributes are set on. */
Agedge_t *of_inline_label_new(Agraph_t *graph, Agraph_t *within, Agnode_t *tail, Agnode_t *head, const char *name, bool horizontal,
                              bool reversed, Agnode_t **label);

/* The node that stands for the label of the edge called name until it is joined, or NULL. */
Agnode_t *of_inline_label_find(Agraph_t *graph, const char *name);

/* Until they are joined: whether a node stands for a label; and the name of the whole edge of which the edge called name is the piece without
 * an arrowhead, owned by the caller, or NULL where it is none. */
bool of_inline_label_is(Agnode_t *node);
char *of_inline_label_whole(const char *name);

/* Called on the graph that dot has laid out: makes one edge of each, with its way in `pos` and its label's place in `lp`.
 * Other edges that a label's node had keep their ways, from the joined edge's head. */
void of_inline_labels_join(Agraph_t *graph);

#endif
