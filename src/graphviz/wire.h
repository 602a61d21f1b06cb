/* A graph on its way to the layout process, whole, where only what Graphviz sets on it comes back (listing.h). As DOT it would take three
 * times as long to write and to read.
 *
 * The name of the graph, then records: a letter, numbers (guint32, in the machine's own order) and texts, each ended by a NUL.
 *
 *     G N E  an attribute of graphs, nodes or edges, numbered from 0 on in the order of these: its name and default
 *     { }    a subgraph begins with its name, and ends
 *     n      a node: its name; numbered like that
 *     m      a node that has come before is in this subgraph too: its number
 *     e      an edge: the numbers of its tail and head, its name
 *     = <    of the graph, subgraph, node or edge that was last begun: the number of an attribute, its value as text or as HTML
 *
 * Things come in the order in which cgraph's writer of DOT has them, so that Graphviz lays out what `-T dot` writes just as it does here. */
#ifndef OF_GRAPHVIZ_WIRE_H
#define OF_GRAPHVIZ_WIRE_H

#include <glib.h>
#include <graphviz/cgraph.h>

/* Without what nodes, edges and clusters have for us alone (`data_*`, `class`, `id`). Under cgraph's lock. Owned by the caller. */
GBytes *of_wire_write(Agraph_t *graph);

/* Returns NULL where the bytes make no sense. Closed by agclose. */
Agraph_t *of_wire_read(const char *bytes, gsize length);

#endif
