/* Graphs whose subgraphs keep the order in which they were made. cgraph before version 10 sorts subgraphs by id and takes the
 * address of a name for its id, so that the order of clusters, and with it a layout, depends on where memory happens to lie.
 * Here ids count up. */
#ifndef OF_GRAPHVIZ_SEQUENTIAL_IDS_H
#define OF_GRAPHVIZ_SEQUENTIAL_IDS_H

#include <graphviz/cgraph.h>

/* For agopen(). Static. */
Agdisc_t *of_sequential_discipline(void);

/* agmemread() under that discipline. NULL where text, NUL-terminated, is no DOT. Under the lock of graphviz/layout.h. */
Agraph_t *of_sequential_read(const char *text);

#endif
