/* Elements of one graph like those of another. */
#ifndef OF_VIEW_GRAPH_COPY_H
#define OF_VIEW_GRAPH_COPY_H

#include "view/graph.h"

/* Sets all attributes of a graph, node or edge as another of its kind has them, HTML-like labels included, but for those named in but
 * (ended by NULL; NULL: for none). Both graphs have the attributes declared. */
void of_graph_copy_attributes(void *from, void *to, const char *const *but);

/* Sets a label as of_label_merge_write() gives it; "" takes it away. */
void of_graph_set_markup(void *object, const char *html);

/* The label where it is HTML-like, else NULL. */
const char *of_graph_markup(void *object);

#endif
