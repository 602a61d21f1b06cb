/* Making graphs: cgraph under a fixed list of attributes, and labels that no input can break out of. */
#ifndef OF_VIEW_GRAPH_H
#define OF_VIEW_GRAPH_H

#include <glib.h>
#include <graphviz/cgraph.h>
#include <stdbool.h>

/* A directed graph in which every attribute that orgflow uses is declared with its neutral default. Named name, under a
 * discipline of cgraph's (NULL: its own). Closed by agclose. */
Agraph_t *of_graph_new(const char *name, Agdisc_t *discipline);

/* Declares what is missing: DOT text leaves out attributes whose default is empty. */
void of_graph_declare(Agraph_t *graph);

/* Finds or makes. Names are orgflow's own ("lab-fair", "event-…"). of_graph_edge always makes a new edge. */
Agnode_t *of_graph_node(Agraph_t *graph, const char *name);
Agedge_t *of_graph_edge(Agraph_t *graph, Agnode_t *tail, Agnode_t *head, const char *name);
Agraph_t *of_graph_cluster(Agraph_t *graph, const char *name); /* "cluster-" is put before name */

/* Sets attributes of a graph, node or edge: pairs of name and text, ended by NULL. A text that is NULL is passed over. The
 * name must be in the list. Text is taken literally, except `label`, see of_label_escape(), and what is read aloud
 * (`data_title`, `data_description`), which loses control characters and bidi controls. */
void of_graph_set(void *object, ...) G_GNUC_NULL_TERMINATED;

/* The same for one number, locale-free, at most four decimals. */
void of_graph_set_number(void *object, const char *name, double value);

/* A text as part of a plain label: `\` and `&` escaped, line breaks as blanks, control characters and bidi controls taken out (bidi
 * overrides are shown as nothing), so that Graphviz shows it literally. Owned by the caller. */
char *of_label_escape(const char *text);

/* A text as labels show it: line breaks as blanks, without control characters and bidi controls. Owned by the caller. */
char *of_label_visible(const char *text);

/* What the height of a node of words of a fixed size is more than its lines take, points a line: newer versions of Graphviz round heights up,
 * and would say that the words do not fit. */
#define OF_LABEL_LINE_ROUNDING 1.0

/* HTML-like labels, built line by line. They begin with `<FONT` from our own hand, and no label of input alone is ever
 * HTML-like. */
typedef struct OfMarkup OfMarkup;
OfMarkup *of_markup_new(void);
typedef enum { OF_MARKUP_PLAIN = 0, OF_MARKUP_BOLD = 1, OF_MARKUP_ITALIC = 2, OF_MARKUP_STRUCK = 4 } OfMarkupStyle;
/* Adds a run of text to the current line. size in points; color "#rrggbb" or NULL for the default. */
void of_markup_add(OfMarkup *label, OfMarkupStyle style, double size, const char *color, const char *text);
/* How the run that is added next changes in time: a word of `data_words` (see picture/timing.h). */
#define OF_WORD_ALWAYS "*" /* the run is there as long as the element */
void of_markup_set_time(OfMarkup *label, const char *time);
/* Text of a run as it was before it was written into a label. Owned by the caller. */
char *of_markup_unescape(const char *html);
/* Ends the current line. align: 'l', 'c' or 'r'. */
void of_markup_break(OfMarkup *label, char align);
/* The same where a text is wrapped: what follows belongs to it. */
void of_markup_wrap(OfMarkup *label, char align);
/* Sets the label attribute of object and frees label. */
void of_markup_finish(OfMarkup *label, void *object);
/* The same in a block of at least width points, in which lines stand left ('l') or right ('r'): labels of one column come out
 * aligned. */
void of_markup_finish_block(OfMarkup *label, void *object, double width, char align);
/* The same of a label that of_markup_finish() has set. */
void of_markup_make_block(void *object, double width, char align);

/* The port of a label beside a line, where the line runs. */
#define OF_MARKUP_PORT "way"
/* The same with a port of its own, room points to either side of a line: below the words (the line runs to the right) or, not
 * horizontal, to their left (it runs down). */
void of_markup_finish_beside(OfMarkup *label, void *object, double room, bool horizontal);

/* A number in the shortest form with at most four decimals, "." as the point. Owned by the caller. */
char *of_number_text(double value);

#endif
