/* What the files of the alluvial layout share: see alluvial.h for what the layout is. Private to layout/. */
#ifndef OF_LAYOUT_ALLUVIAL_PARTS_H
#define OF_LAYOUT_ALLUVIAL_PARTS_H

#include "layout/alluvial.h"

/* of_alluvial_find_order:
 * @alluvial: (inout): with columns; its counted work is set
 * @input: what flows
 * @start: (out): [n_columns + 1]: index of a column's first lane in the result
 *
 * Returns: (transfer full): gint32 lanes, column after column, top to bottom; also lanes at which nobody is. */
GArray *of_alluvial_find_order(OfAlluvial *alluvial, const OfAlluvialInput *input, guint32 *start);

#endif
