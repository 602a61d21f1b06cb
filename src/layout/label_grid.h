/* Things with an extent, found again by area: a grid of square cells. */
#ifndef OF_LAYOUT_LABEL_GRID_H
#define OF_LAYOUT_LABEL_GRID_H

#include "layout/labels.h"

typedef struct _OfLabelGrid OfLabelGrid;

/* of_label_grid_new:
 * @area: everything lies in it; what does not is put into the cells at its edge
 * @cell: edge of a cell; it grows where there would be more than a million cells
 *
 * Returns: (transfer full): an empty grid; free with of_label_grid_free(). */
OfLabelGrid *of_label_grid_new(OfLayoutRect area, double cell);

/* of_label_grid_free:
 * @grid: (nullable): what to free */
void of_label_grid_free(OfLabelGrid *grid);

/* of_label_grid_add:
 * @grid: grid
 * @rect: extent
 * @item: any number */
void of_label_grid_add(OfLabelGrid *grid, OfLayoutRect rect, guint32 item);

/* of_label_grid_find:
 * @grid: grid
 * @rect: extent
 * @items: (inout): guint32; gets each item whose cells meet those of @rect, once, ascending, and loses what it held */
void of_label_grid_find(const OfLabelGrid *grid, OfLayoutRect rect, GArray *items);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(OfLabelGrid, of_label_grid_free)

#endif
