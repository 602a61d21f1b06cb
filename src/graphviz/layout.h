/* Graphviz at arm's length: a process that lays out and draws graphs, under limits of time and memory. */
#ifndef OF_GRAPHVIZ_LAYOUT_H
#define OF_GRAPHVIZ_LAYOUT_H

#include "base/limits.h"
#include <glib.h>
#include <graphviz/cgraph.h>
#include <stdbool.h>

/* For one thread at a time; any number of them can be at work, each in its own thread. */
typedef struct OfLayoutProcess OfLayoutProcess;

/* Starts `orgflow-layout` (spawned, not forked; stdin/stdout are a socket pair or pipes, close-on-exec). One process serves many
 * graphs, one after another. error: OF_ERROR_ENVIRONMENT where it is absent or cannot be started. */
OfLayoutProcess *of_layout_process_start(const OfLimits *limits, GError **error);

/* A text in one font, of type size points; bold and italic besides what the font's name says. */
typedef struct {
    const char *font, *text;
    double size;
    bool bold, italic;
} OfTextSpan;

/* Gives the width of a span in points. Returns false where that is not known. */
typedef bool (*OfMeasureSpan)(const OfTextSpan *span, double *width, gpointer data);

/* Says who measures texts for Graphviz, while of_layout_process_run() is at work. Without it the widths of letters are guesses. */
void of_layout_process_set_measure(OfLayoutProcess *process, OfMeasureSpan measure, gpointer data);

/* Says that Graphviz is going to ask for a span of the next graph: its width goes along with it. width: 0: it is measured now; else points that
 * will do, unless the same span is expected with 0 too. */
void of_layout_process_expect(OfLayoutProcess *process, const OfTextSpan *span, double width);

/* Ends the process and reaps it. Takes NULL. */
void of_layout_process_stop(OfLayoutProcess *process);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OfLayoutProcess, of_layout_process_stop)

/* Lays graph out with engine ("dot" or "nop2") and renders it with gvc's format, one of of_layout_text_formats(), or lists what that
 * sets on it (see listing.h). The graph goes as of_graph_write() writes it, for a list as wire.h has it; positions and the like come back in the bytes alone. Takes the lock of cgraph while it writes.
 * Returns the bytes, owned by the caller. error: OF_ERROR_LIMIT where the time (OF_LIMIT_LAYOUT_SECONDS) or memory limit was
 * reached (the process is then gone), OF_ERROR_ENVIRONMENT with Graphviz's own words where it failed, crashed or exited. */
GBytes *of_layout_process_run(OfLayoutProcess *process, Agraph_t *graph, const char *engine, const char *format, GError **error);

/* gvc's text formats that pass through -T: NULL-terminated, static. */
const char *const *of_layout_text_formats(void);

/* cgraph keeps global state: whoever makes, reads or changes graphs holds this lock. Recursive. */
void of_cgraph_lock(void);
void of_cgraph_unlock(void);

/* A graph as DOT text (cgraph's own writer), and back. Called with the lock held. error: OF_ERROR_ENVIRONMENT. DOT cannot hold
 * every text (a backslash before a quote, for one): of_graph_write changes such values of graph to others that look the same,
 * with an invisible word joiner behind the backslash and blanks for control characters. What is read is one graph; where something else stands behind
 * it, that is an error, or passed over by Graphviz that forgets what it has not used, which never reaches what is read next. */
GBytes *of_graph_write(Agraph_t *graph, GError **error);
/* The change alone. */
void of_graph_make_writable(Agraph_t *graph);
Agraph_t *of_graph_read(const char *bytes, gsize length, GError **error); /* one graph and nothing behind it; closed by agclose */

/* A value read from DOT as it was before of_graph_write: word joiners behind backslashes taken out, and what is no UTF-8 made
 * visible. Owned by the caller. */
char *of_graph_literal(const char *value);

/* Drawing operations read from xdot so that any version of libxdot takes them alike: OF_GRAPH_BACKSLASH stands for each backslash. Newer
 * versions of Graphviz count the bytes of most texts and then double their backslashes, and libxdot counts those twice or once. For
 * texts in which no backslash follows another and no control character is, as all of ours are written. Owned by the caller. */
char *of_graph_operations(const char *value);
#define OF_GRAPH_BACKSLASH '\001'

#endif
