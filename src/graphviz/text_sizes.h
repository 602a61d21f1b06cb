/* How large texts are, for Graphviz within orgflow-layout: the library is asked, which has the fonts open anyway. To load and set up
 * pango and fontconfig once more would take longer than most layouts. */
#ifndef OF_GRAPHVIZ_TEXT_SIZES_H
#define OF_GRAPHVIZ_TEXT_SIZES_H

#include <graphviz/gvc.h>

/* For gvContextPlugins(): takes the place of Graphviz's own plugins for texts. channel: where the library is asked. */
const lt_symlist_t *of_text_sizes_plugin(int channel);

#endif
