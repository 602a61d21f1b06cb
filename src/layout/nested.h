/* Boxes inside boxes: each holds a header, a grid of cells of one width, and further boxes. Arithmetic on plain structs;
 * lengths in points, the origin at the upper left, y downwards. */
#ifndef OF_LAYOUT_NESTED_H
#define OF_LAYOUT_NESTED_H

#include <glib.h>

typedef struct {
    /* given */
    gint parent;                        /* index of the box around it, less than its own; -1 at the top */
    double header_width, header_height; /* room for words at its top */
    guint n_cells;
    double cell_width;
    const double *cell_heights; /* one a cell; borrowed */
    /* found */
    double x, y, width, height;
    guint n_columns; /* of its grid; cells are filled column by column */
    guint n_rows;
    double cells_y;      /* top of the grid */
    double cells_height; /* of its highest column */
} OfNestedBox;

typedef struct {
    double padding; /* between a box's edge and what is in it */
    double gap;     /* between neighbours */
} OfNestedSpacing;

/* Places n boxes. Boxes at the top, and the boxes within a box, stand on shelves from left to right and top to bottom, in
 * their order. Of all shelf widths and grids that make a difference the one is taken whose whole can be magnified most within
 * width x height points (ties: the narrowest). The whole is as large as *out_width x *out_height. */
void of_nested_place(OfNestedBox *boxes, guint n, OfNestedSpacing spacing, double width, double height, double *out_width,
                     double *out_height);

#endif
