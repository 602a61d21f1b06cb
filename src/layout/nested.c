#include "layout/nested.h"

#include <math.h>

/* How many shelf widths are tried between the widest box and all boxes side by side. */
#define N_WIDTHS 48

typedef struct {
    OfNestedBox *boxes;
    guint n;
    OfNestedSpacing spacing;
    double shelf_width; /* at the top */
    guint most_rows;    /* of a grid */
} Packing;

typedef struct {
    double width, height;
} Extent;

/* Sets the children of parent side by side from (x, y) on, a new shelf where the width is used up. Children have their sizes. */
static Extent fill_shelves(const Packing *packing, gint parent, double x, double y, double shelf_width)
{
    double left = 0, top = 0, shelf_height = 0;
    Extent extent = {0, 0};
    for (guint i = 0; i < packing->n; i++) {
        OfNestedBox *box = &packing->boxes[i];
        if (box->parent != parent) {
            continue;
        }
        if (left > 0 && left + box->width > shelf_width) {
            left = 0;
            top += shelf_height + packing->spacing.gap;
            shelf_height = 0;
        }
        box->x = x + left;
        box->y = y + top;
        left += box->width + packing->spacing.gap;
        shelf_height = MAX(shelf_height, box->height);
        extent.width = MAX(extent.width, left - packing->spacing.gap);
        extent.height = top + shelf_height;
    }
    return extent;
}

/* Cells stand close below each other, column by column. */
static double grid_height(const OfNestedBox *box)
{
    double highest = 0, height = 0;
    for (guint i = 0; i < box->n_cells; i++) {
        height = (i % box->n_rows == 0 ? 0 : height) + box->cell_heights[i];
        highest = MAX(highest, height);
    }
    return highest;
}

/* The size of a box whose children have theirs; their places are relative to the box. */
static void size_box(const Packing *packing, guint index)
{
    OfNestedBox *box = &packing->boxes[index];
    const double padding = packing->spacing.padding;
    double y = padding + box->header_height;
    double inner_width = box->header_width;
    box->n_columns = (box->n_cells + packing->most_rows - 1) / packing->most_rows;
    box->n_rows = box->n_columns > 0 ? (box->n_cells + box->n_columns - 1) / box->n_columns : 0;
    box->cells_y = y;
    box->cells_height = grid_height(box);
    y += box->cells_height;
    inner_width = MAX(inner_width, box->n_columns * box->cell_width);
    if (box->n_cells > 0) {
        y += packing->spacing.gap / 2;
    }
    const Extent children = fill_shelves(packing, (gint) index, padding, y, MAX(inner_width, packing->shelf_width - 2 * padding));
    box->width = MAX(inner_width, children.width) + 2 * padding;
    box->height = y + children.height + padding - (box->n_cells > 0 && children.height <= 0 ? packing->spacing.gap / 2 : 0);
}

static Extent pack(const Packing *packing)
{
    for (guint i = packing->n; i > 0; i--) { /* children come after their parents: they are sized first */
        size_box(packing, i - 1);
    }
    return fill_shelves(packing, -1, 0, 0, packing->shelf_width);
}

/* From places relative to parents to places on the whole. */
static void make_absolute(const Packing *packing)
{
    for (guint i = 0; i < packing->n; i++) {
        OfNestedBox *box = &packing->boxes[i];
        if (box->parent >= 0) {
            box->x += packing->boxes[box->parent].x;
            box->y += packing->boxes[box->parent].y;
        }
        box->cells_y += box->y;
    }
}

void of_nested_place(OfNestedBox *boxes, guint n, OfNestedSpacing spacing, double width, double height, double *out_width,
                     double *out_height)
{
    Packing packing = {.boxes = boxes, .n = n, .spacing = spacing}, best = packing;
    double best_scale = -1;
    guint most_cells = 1;
    double row_width = 0;
    for (guint i = 0; i < n; i++) {
        most_cells = MAX(most_cells, boxes[i].n_cells);
        row_width +=
            MAX(boxes[i].header_width, boxes[i].cell_width * ceil(sqrt(boxes[i].n_cells))) + 2 * spacing.padding + spacing.gap;
    }
    /* Rows grow by a quarter from try to try: between two tries grids hardly differ. most_cells itself is tried last. */
    for (guint rows = 1, next = 1; rows <= most_cells; rows = next) {
        next = rows == most_cells ? most_cells + 1 : MIN(MAX(rows + 1, rows + rows / 4), most_cells);
        packing.most_rows = rows;
        for (guint i = 1; i <= N_WIDTHS; i++) {
            packing.shelf_width = row_width * i / N_WIDTHS;
            const Extent extent = pack(&packing);
            const double scale = MIN(width / MAX(extent.width, 1), height / MAX(extent.height, 1));
            if (scale > best_scale * (1 + 1e-9)) {
                best_scale = scale;
                best = packing;
            }
        }
    }
    const Extent extent = pack(&best);
    make_absolute(&best);
    *out_width = extent.width;
    *out_height = extent.height;
}
