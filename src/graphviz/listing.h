/* What Graphviz has set on a graph, as a list instead of the whole graph: who has the graph itself need not have it written and read
 * again, which takes longer than to lay it out.
 *
 * Texts, each ended by a NUL. An object is `g` and its name, `n` and its name, or `e`, the names of its tail and head, and its own;
 * behind that stand pairs of an attribute's name and value, and an empty text. Objects come in the order in which they are drawn: the
 * graph, clusters from outer to inner, edges, nodes; each in the order of the graph. Those with nothing set are left out. */
#ifndef OF_GRAPHVIZ_LISTING_H
#define OF_GRAPHVIZ_LISTING_H

#include <glib.h>
#include <graphviz/cgraph.h>
#include <stdbool.h>

/* Where things are, and how they are drawn (xdot): what of_layout_process_run() takes for formats. */
#define OF_LISTING_POSITIONS "positions"
#define OF_LISTING_DRAWING   "drawing"

/* Lists a graph. */
GString *of_listing_write(Agraph_t *graph, const char *what);

/* Called with each object (Agraph_t, Agnode_t, Agedge_t) once its attributes are set. Returns false with error set to stop. */
typedef bool (*OfTakeListed)(void *object, gpointer data, GError **error);

/* Sets what is listed on a graph with the same objects. take may be NULL. Under cgraph's lock. error: OF_ERROR_ENVIRONMENT where the
 * list makes no sense or names what is not there. */
bool of_listing_apply(Agraph_t *graph, GBytes *listing, OfTakeListed take, gpointer data, GError **error);

#endif
