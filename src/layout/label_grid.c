#include "layout/label_grid.h"

#include <math.h>
#include <stdlib.h>

static const double MAX_CELLS_A_SIDE = 1000;

struct _OfLabelGrid {
    OfLayoutRect area;
    double cell;
    guint n_wide;
    guint n_high;
    GArray **cells; /* guint32; NULL where empty */
};

OfLabelGrid *of_label_grid_new(OfLayoutRect area, double cell)
{
    OfLabelGrid *grid = g_new0(OfLabelGrid, 1);
    double longest = MAX(MAX(area.width, area.height), 1);
    grid->area = area;
    grid->cell = MAX(cell, longest / MAX_CELLS_A_SIDE);
    grid->n_wide = (guint) (MAX(area.width, 0) / grid->cell) + 1;
    grid->n_high = (guint) (MAX(area.height, 0) / grid->cell) + 1;
    grid->cells = g_new0(GArray *, (gsize) grid->n_wide * grid->n_high);
    return grid;
}

void of_label_grid_free(OfLabelGrid *grid)
{
    if (grid == NULL) {
        return;
    }
    for (gsize i = 0; i < (gsize) grid->n_wide * grid->n_high; i++) {
        if (grid->cells[i] != NULL) {
            g_array_unref(grid->cells[i]);
        }
    }
    g_free(grid->cells);
    g_free(grid);
}

static guint get_cell(double offset, double cell, guint n)
{
    double at = floor(offset / cell);
    return at <= 0 ? 0 : at >= n ? n - 1 : (guint) at;
}

static void get_cells(const OfLabelGrid *grid, OfLayoutRect rect, guint *left, guint *top, guint *right, guint *bottom)
{
    *left = get_cell(rect.x - grid->area.x, grid->cell, grid->n_wide);
    *right = get_cell(rect.x + rect.width - grid->area.x, grid->cell, grid->n_wide);
    *top = get_cell(rect.y - grid->area.y, grid->cell, grid->n_high);
    *bottom = get_cell(rect.y + rect.height - grid->area.y, grid->cell, grid->n_high);
}

void of_label_grid_add(OfLabelGrid *grid, OfLayoutRect rect, guint32 item)
{
    guint left, top, right, bottom;
    get_cells(grid, rect, &left, &top, &right, &bottom);
    for (guint y = top; y <= bottom; y++) {
        for (guint x = left; x <= right; x++) {
            GArray **cell = &grid->cells[(gsize) y * grid->n_wide + x];
            if (*cell == NULL) {
                *cell = g_array_new(FALSE, FALSE, sizeof(guint32));
            }
            g_array_append_val(*cell, item);
        }
    }
}

static int compare_items(const void *a, const void *b)
{
    guint32 p = *(const guint32 *) a;
    guint32 q = *(const guint32 *) b;
    return p < q ? -1 : p > q;
}

void of_label_grid_find(const OfLabelGrid *grid, OfLayoutRect rect, GArray *items)
{
    guint left, top, right, bottom;
    get_cells(grid, rect, &left, &top, &right, &bottom);
    g_array_set_size(items, 0);
    for (guint y = top; y <= bottom; y++) {
        for (guint x = left; x <= right; x++) {
            const GArray *cell = grid->cells[(gsize) y * grid->n_wide + x];
            if (cell != NULL) {
                g_array_append_vals(items, cell->data, cell->len);
            }
        }
    }
    guint n = 0;
    guint32 *item = (guint32 *) (void *) items->data;
    if (items->len > 0) {
        qsort(item, items->len, sizeof(guint32), compare_items);
    }
    for (guint i = 0; i < items->len; i++) {
        if (n == 0 || item[n - 1] != item[i]) {
            item[n++] = item[i];
        }
    }
    g_array_set_size(items, n);
}
