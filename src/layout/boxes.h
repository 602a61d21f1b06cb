/* Which boxes stand at each slot, and how many rows they have: the first half of heights.h. */
#ifndef OF_LAYOUT_BOXES_H
#define OF_LAYOUT_BOXES_H

#include "layout/heights.h"

/* of_boxes_list:
 * @heights: (inout): gets its boxes, with lane, run and rows, and its twins' boxes and rows
 * @slots: who is where
 * @order: vertical order of people
 * @place: (nullable): as for of_heights_new() */
void of_boxes_list(OfHeights *heights, const OfSlots *slots, const OfOrder *order, const gint32 *place);

#endif
