/* 1. Slices become columns: slices between which everybody stays share one.
 * 2. The order of blocks (alluvial_order.c): one for all columns, or one for each.
 * 3. Ribbons leave and enter a block in the order of their other ends, those from and to outside last.
 * 4. Crossings are counted, weighted by people on both sides.
 * 5. Heights (alluvial_heights.c).
 *
 * Source: the weighting of crossings after Zarate, Le Bodic, Dwyer, Gange and Stuckey, "Optimal Sankey diagrams via integer
 * programming", PacificVis 2018. */
#include "layout/alluvial_parts.h"

#include <stdlib.h>

/* --- Step 1 --- */

static void make_columns(OfAlluvial *alluvial, const OfAlluvialInput *input)
{
    g_autofree gboolean *changes = g_new0(gboolean, (gsize) input->n_slices + 1);
    for (guint i = 0; i < input->n_flows; i++) {
        changes[input->flows[i].slice] |= input->flows[i].from != input->flows[i].to;
    }
    for (guint slice = 1; slice < input->n_slices; slice++) {
        alluvial->column[slice] = alluvial->column[slice - 1] + (changes[slice - 1] ? 1 : 0);
    }
    alluvial->n_columns = alluvial->column[input->n_slices - 1] + 1;
}

/* --- Blocks --- */

static gint64 people_at(const OfAlluvialInput *input, guint slice, gint32 lane)
{
    return input->people[(gsize) slice * input->n_lanes + (guint) lane];
}

static void make_blocks(OfAlluvial *alluvial, const OfAlluvialInput *input, const GArray *order, const guint32 *order_start)
{
    guint slice = 0;
    for (guint column = 0; column < alluvial->n_columns; column++) {
        while (alluvial->column[slice] != column) {
            slice++;
        }
        alluvial->first_block[column] = alluvial->blocks->len;
        for (guint i = order_start[column]; i < order_start[column + 1]; i++) {
            const gint32 lane = g_array_index(order, gint32, i);
            if (people_at(input, slice, lane) > 0) {
                const OfAlluvialBlock block = {.lane = lane, .column = column, .people = people_at(input, slice, lane)};
                alluvial->block_of[(gsize) column * input->n_lanes + (guint) lane] = alluvial->blocks->len;
                g_array_append_val(alluvial->blocks, block);
            }
        }
    }
    alluvial->first_block[alluvial->n_columns] = alluvial->blocks->len;
}

guint32 of_alluvial_find_block(const OfAlluvial *alluvial, guint slice, gint32 lane)
{
    if (lane < 0) {
        return OF_BLOCK_NONE;
    }
    return alluvial->block_of[(gsize) alluvial->column[slice] * alluvial->n_lanes + (guint) lane];
}

/* --- Step 3 --- */

/* A side of a block, or all sides: ribbons by block, then by the other end. */
typedef struct {
    guint32 slice;
    guint32 here, there;
    guint32 ribbon;
} Side;

static int compare_sides(const void *a, const void *b)
{
    const Side *p = a;
    const Side *q = b;
    if (p->slice != q->slice) {
        return p->slice < q->slice ? -1 : 1;
    }
    if (p->here != q->here) {
        return p->here < q->here ? -1 : 1;
    }
    return p->there != q->there ? (p->there < q->there ? -1 : 1) : p->ribbon < q->ribbon ? -1 : p->ribbon > q->ribbon;
}

/* Stacks ribbons on one side of all blocks. Outside is OF_BLOCK_NONE, the largest number: it comes last. */
static void stack(OfAlluvial *alluvial, gboolean leaving)
{
    OfRibbon *ribbons = (OfRibbon *) (gpointer) alluvial->ribbons->data;
    g_autofree Side *sides = g_new(Side, (gsize) alluvial->ribbons->len + 1);
    gint64 above = 0;
    for (guint i = 0; i < alluvial->ribbons->len; i++) {
        const OfRibbon *ribbon = &ribbons[i];
        sides[i] = leaving ? (Side){ribbon->flow.slice, ribbon->from_block, ribbon->to_block, i}
                           : (Side){ribbon->flow.slice, ribbon->to_block, ribbon->from_block, i};
    }
    qsort(sides, alluvial->ribbons->len, sizeof(Side), compare_sides);
    for (guint i = 0; i < alluvial->ribbons->len; i++) {
        OfRibbon *ribbon = &ribbons[sides[i].ribbon];
        if (i == 0 || sides[i].slice != sides[i - 1].slice || sides[i].here != sides[i - 1].here) {
            above = 0;
        }
        *(leaving ? &ribbon->from_above : &ribbon->to_above) = above;
        above += ribbon->flow.people;
    }
}

static void make_ribbons(OfAlluvial *alluvial, const OfAlluvialInput *input)
{
    for (guint i = 0; i < input->n_flows; i++) {
        const OfLayoutFlow *flow = &input->flows[i];
        const OfRibbon ribbon = {.flow = *flow,
                                 .from_block = of_alluvial_find_block(alluvial, flow->slice, flow->from),
                                 .to_block = of_alluvial_find_block(alluvial, flow->slice + 1, flow->to)};
        g_array_append_val(alluvial->ribbons, ribbon);
    }
    stack(alluvial, TRUE);
    stack(alluvial, FALSE);
}

/* --- Step 4 --- */

static int compare_ends(const void *a, const void *b)
{
    const OfRibbon *const *left = a, *const *right = b;
    const OfRibbon *p = *left, *q = *right;
    if (p->flow.slice != q->flow.slice) {
        return p->flow.slice < q->flow.slice ? -1 : 1;
    }
    if (p->from_block != q->from_block) {
        return p->from_block < q->from_block ? -1 : 1;
    }
    return p->to_block < q->to_block ? -1 : p->to_block > q->to_block;
}

/* Weights by rank, summed up from a rank on: a tree after Fenwick, Software: Practice and Experience 24 (1994). */
static double sum_above(const double *tree, guint n, guint rank)
{
    double sum = 0;
    for (guint i = n - rank; i > 0; i -= i & (0U - i)) {
        sum += tree[i];
    }
    return sum;
}

static void add_weight(double *tree, guint n, guint rank, double weight)
{
    for (guint i = n - rank; i <= n; i += i & (0U - i)) {
        tree[i] += weight;
    }
}

/* Ribbons come by where they leave; each crosses those that left above it and arrive below it. */
static double count_crossings(const OfAlluvial *alluvial)
{
    g_autofree const OfRibbon **sorted = g_new(const OfRibbon *, (gsize) alluvial->ribbons->len + 1);
    double crossings = 0;
    guint n_sorted = 0;
    for (guint i = 0; i < alluvial->ribbons->len; i++) {
        const OfRibbon *ribbon = &g_array_index(alluvial->ribbons, OfRibbon, i);
        if (ribbon->from_block != OF_BLOCK_NONE && ribbon->to_block != OF_BLOCK_NONE) {
            sorted[n_sorted++] = ribbon;
        }
    }
    qsort(sorted, n_sorted, sizeof *sorted, compare_ends);
    for (guint first = 0, end = 0; first < n_sorted; first = end) {
        const guint column = alluvial->column[sorted[first]->flow.slice + 1];
        const guint base = alluvial->first_block[column], n = alluvial->first_block[column + 1] - base;
        g_autofree double *tree = g_new0(double, (gsize) n + 1);
        while (end < n_sorted && sorted[end]->flow.slice == sorted[first]->flow.slice) {
            guint next = end;
            for (; next < n_sorted && sorted[next]->flow.slice == sorted[end]->flow.slice &&
                   sorted[next]->from_block == sorted[end]->from_block;
                 next++) {
                const guint rank = sorted[next]->to_block - base;
                crossings += (double) sorted[next]->flow.people * (rank + 1 < n ? sum_above(tree, n, rank + 1) : 0);
            }
            for (; end < next; end++) {
                add_weight(tree, n, sorted[end]->to_block - base, (double) sorted[end]->flow.people);
            }
        }
    }
    return crossings;
}

OfAlluvial *of_alluvial_order(const OfAlluvialInput *input)
{
    OfAlluvial *alluvial = g_new0(OfAlluvial, 1);
    alluvial->n_slices = input->n_slices;
    alluvial->n_lanes = input->n_lanes;
    alluvial->column = g_new0(guint32, input->n_slices);
    alluvial->blocks = g_array_new(FALSE, TRUE, sizeof(OfAlluvialBlock));
    alluvial->ribbons = g_array_new(FALSE, TRUE, sizeof(OfRibbon));
    make_columns(alluvial, input);
    const gsize n_cells = (gsize) alluvial->n_columns * input->n_lanes;
    alluvial->first_block = g_new0(guint32, (gsize) alluvial->n_columns + 1);
    alluvial->block_of = g_new(guint32, n_cells + 1);
    for (gsize i = 0; i < n_cells; i++) {
        alluvial->block_of[i] = OF_BLOCK_NONE;
    }
    g_autofree guint32 *order_start = g_new0(guint32, (gsize) alluvial->n_columns + 1);
    g_autoptr(GArray) order = of_alluvial_find_order(alluvial, input, order_start);
    make_blocks(alluvial, input, order, order_start);
    make_ribbons(alluvial, input);
    alluvial->crossings = count_crossings(alluvial);
    return alluvial;
}

void of_alluvial_free(OfAlluvial *alluvial)
{
    if (alluvial == NULL) {
        return;
    }
    g_free(alluvial->column);
    g_free(alluvial->first_block);
    g_free(alluvial->block_of);
    g_array_unref(alluvial->blocks);
    g_array_unref(alluvial->ribbons);
    g_free(alluvial);
}
