/* How large texts are, for Graphviz within orgflow-layout: the library is asked, which has the fonts open anyway. To load and set up
 * pango and fontconfig once more would take longer than most layouts. */
#ifndef OF_GRAPHVIZ_TEXT_SIZES_H
#define OF_GRAPHVIZ_TEXT_SIZES_H

#include <glib.h>
#include <graphviz/gvc.h>
#include <stdbool.h>

/* For gvContextPlugins(): takes the place of Graphviz's own plugins for texts. channel: where the library is asked. */
const lt_symlist_t *of_text_sizes_plugin(int channel);

/* Takes in what was sent ahead of a graph (protocol.h), and forgets what was known before. Returns false where it makes no sense. */
bool of_text_sizes_learn(const char *bytes, gsize length);

#endif
