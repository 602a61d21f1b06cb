/* Heights of blocks.
 *
 * 1. The scale: as many points a person as fit the slice that needs most room.
 * 2. Heights: each ribbon costs its people times the height that it changes by; blocks of a column keep their distances, and all
 *    stay within the height. This linear programme is solved exactly (network_simplex.c).
 * 3. Where blocks are very many, columns are solved in windows, each beginning with the last column of the one before, as that
 *    has it. */
#include "layout/alluvial_parts.h"

#include "layout/network_simplex.h"

#include <math.h>

#define UNITS 100.0 /* a point */

/* Blocks that are placed at once. */
#define MOST_PLACED 4000

typedef struct {
    OfAlluvial *alluvial;
    const OfAlluvialPage *page;
    double *beside; /* [block] */
    double *above;  /* [block] */
    double unit;
    gint64 *y;   /* [block] */
    guint shift; /* people are scaled down by so many bits where they are very many */
} Placer;

static const OfAlluvialBlock *block_at(const Placer *placer, guint32 block)
{
    return &g_array_index(placer->alluvial->blocks, OfAlluvialBlock, block);
}

/* What words need at a block: of all slices of its column. */
static void collect_room(const Placer *placer)
{
    const OfAlluvial *alluvial = placer->alluvial;
    for (guint slice = 0; placer->page->room != NULL && slice < alluvial->n_slices; slice++) {
        const guint column = alluvial->column[slice];
        for (guint32 i = alluvial->first_block[column]; i < alluvial->first_block[column + 1]; i++) {
            const OfBlockRoom *room = &placer->page->room[(gsize) slice * alluvial->n_lanes + (guint) block_at(placer, i)->lane];
            placer->beside[i] = MAX(placer->beside[i], room->beside);
            placer->above[i] = MAX(placer->above[i], room->above);
        }
    }
}

/* How far words reach over a block's edges. */
static double overhang(const Placer *placer, guint32 block, double unit)
{
    return MAX(0, (placer->beside[block] - unit * (double) block_at(placer, block)->people) / 2);
}

/* From the lower edge of a block to the upper one of the next; of OF_BLOCK_NONE: from the top of the page. */
static double gap_above(const Placer *placer, guint32 upper, guint32 lower, double unit)
{
    const double words = overhang(placer, lower, unit) + placer->above[lower];
    return upper == OF_BLOCK_NONE ? words : MAX(placer->page->gap, words + overhang(placer, upper, unit));
}

static double needed_height(const Placer *placer, double unit)
{
    const OfAlluvial *alluvial = placer->alluvial;
    double most = 0;
    for (guint column = 0; column < alluvial->n_columns; column++) {
        double height = 0;
        guint32 before = OF_BLOCK_NONE;
        for (guint32 i = alluvial->first_block[column]; i < alluvial->first_block[column + 1]; before = i++) {
            height += gap_above(placer, before, i, unit) + unit * (double) block_at(placer, i)->people;
        }
        most = MAX(most, height + (before != OF_BLOCK_NONE ? overhang(placer, before, unit) : 0));
    }
    return most;
}

/* Step 1. */
static void choose_unit(Placer *placer)
{
    OfAlluvial *alluvial = placer->alluvial;
    double largest = 1;
    for (guint column = 0; column < alluvial->n_columns; column++) {
        double people = 0;
        for (guint32 i = alluvial->first_block[column]; i < alluvial->first_block[column + 1]; i++) {
            people += (double) block_at(placer, i)->people;
        }
        largest = MAX(largest, people);
    }
    enum { ROUNDS = 60 };
    double low = MIN(placer->page->least_total / largest, placer->page->max_unit), high = placer->page->max_unit;
    for (guint round = 0; round < ROUNDS; round++) {
        const double middle = (low + high) / 2;
        if (needed_height(placer, middle) <= placer->page->height) {
            low = middle;
        } else {
            high = middle;
        }
    }
    placer->unit = alluvial->unit = low;
    alluvial->height = MAX(placer->page->height, needed_height(placer, low));
    while ((gint64) largest >> placer->shift > 1 << 20) {
        placer->shift++;
    }
}

static gint64 to_units(double points)
{
    return (gint64) floor(points * UNITS + 0.5);
}

/* Rounded up, so that a sum of them is never too small; the page has room for a few hundredths. */
static gint64 distance_units(double points)
{
    return (gint64) ceil(points * UNITS - 1e-6);
}

static void add_distances(const Placer *placer, OfSimplex *simplex, guint column, guint32 base)
{
    const OfAlluvial *alluvial = placer->alluvial;
    gint64 used = 0;
    guint32 before = OF_BLOCK_NONE;
    const guint32 first = alluvial->first_block[column], end = alluvial->first_block[column + 1];
    for (guint32 i = first; i < end; before = i++) {
        const gint64 gap = distance_units(gap_above(placer, before, i, placer->unit));
        const gint64 height =
            before == OF_BLOCK_NONE ? 0 : distance_units(placer->unit * (double) block_at(placer, before)->people);
        of_simplex_add_distance(simplex, before == OF_BLOCK_NONE ? 0 : before - base + 1, i - base + 1, height + gap);
        used += height + gap;
    }
    if (end > first) {
        const gint64 tail =
            distance_units(placer->unit * (double) block_at(placer, end - 1)->people + overhang(placer, end - 1, placer->unit));
        const gint64 bottom = MAX(distance_units(alluvial->height), used + tail);
        of_simplex_add_distance(simplex, end - base, 0, tail - bottom);
    }
}

static void add_bends(const Placer *placer, OfSimplex *simplex, guint first, guint end, guint32 base)
{
    const OfAlluvial *alluvial = placer->alluvial;
    for (guint i = 0; i < alluvial->ribbons->len; i++) {
        const OfRibbon *ribbon = &g_array_index(alluvial->ribbons, OfRibbon, i);
        const guint column = alluvial->column[ribbon->flow.slice];
        if (ribbon->from_block == OF_BLOCK_NONE || ribbon->to_block == OF_BLOCK_NONE || column < first || column + 1 >= end ||
            ribbon->from_block == ribbon->to_block) {
            continue;
        }
        const double lower = placer->unit * (double) (ribbon->to_above - ribbon->from_above);
        of_simplex_add_cost(simplex, ribbon->from_block - base + 1, ribbon->to_block - base + 1, to_units(lower),
                            MAX(ribbon->flow.people >> placer->shift, 1));
    }
}

/* Steps 2 and 3 for the columns from first to before end. */
static void solve_window(const Placer *placer, guint first, guint end)
{
    const OfAlluvial *alluvial = placer->alluvial;
    const guint32 base = alluvial->first_block[first], n = alluvial->first_block[end] - base;
    g_autoptr(OfSimplex) simplex = of_simplex_new(n);
    g_autofree gint64 *y = g_new0(gint64, (gsize) n + 1);
    for (guint column = first; column < end; column++) {
        if (column > first || first == 0) {
            add_distances(placer, simplex, column, base);
            continue;
        }
        for (guint32 i = alluvial->first_block[column]; i < alluvial->first_block[column + 1]; i++) {
            of_simplex_add_distance(simplex, 0, i - base + 1, placer->y[i]);
            of_simplex_add_distance(simplex, i - base + 1, 0, -placer->y[i]);
        }
    }
    add_bends(placer, simplex, first, end, base);
    of_simplex_solve(simplex, y);
    for (guint32 i = 0; i < n; i++) {
        placer->y[base + i] = y[i + 1];
    }
}

static void solve(const Placer *placer)
{
    const OfAlluvial *alluvial = placer->alluvial;
    for (guint first = 0, end = 0; end < alluvial->n_columns; first = end - 1) {
        end = first;
        while (end < alluvial->n_columns &&
               (end < first + 2 || alluvial->first_block[end + 1] - alluvial->first_block[first] <= MOST_PLACED)) {
            end++;
        }
        solve_window(placer, first, end);
    }
}

static void place_ribbons(const Placer *placer)
{
    OfAlluvial *alluvial = placer->alluvial;
    alluvial->bend = 0;
    for (guint i = 0; i < alluvial->ribbons->len; i++) {
        OfRibbon *ribbon = &g_array_index(alluvial->ribbons, OfRibbon, i);
        const OfAlluvialBlock *from = ribbon->from_block != OF_BLOCK_NONE ? block_at(placer, ribbon->from_block) : NULL;
        const OfAlluvialBlock *to = ribbon->to_block != OF_BLOCK_NONE ? block_at(placer, ribbon->to_block) : NULL;
        ribbon->thickness = placer->unit * (double) ribbon->flow.people;
        if (from != NULL) {
            ribbon->from_y = from->top + placer->unit * (double) ribbon->from_above;
        }
        if (to != NULL) {
            ribbon->to_y = to->top + placer->unit * (double) ribbon->to_above;
        }
        ribbon->from_y = from != NULL ? ribbon->from_y : ribbon->to_y;
        ribbon->to_y = to != NULL ? ribbon->to_y : ribbon->from_y;
        alluvial->bend += (double) ribbon->flow.people * fabs(ribbon->to_y - ribbon->from_y);
    }
}

void of_alluvial_place(OfAlluvial *alluvial, const OfAlluvialPage *page)
{
    const gsize n = (gsize) alluvial->blocks->len + 1;
    Placer placer = {
        .alluvial = alluvial, .page = page, .beside = g_new0(double, n), .above = g_new0(double, n), .y = g_new0(gint64, n)};
    collect_room(&placer);
    choose_unit(&placer);
    solve(&placer);
    alluvial->used = 0;
    for (guint32 i = 0; i < alluvial->blocks->len; i++) {
        OfAlluvialBlock *block = &g_array_index(alluvial->blocks, OfAlluvialBlock, i);
        block->top = (double) placer.y[i] / UNITS;
        block->height = placer.unit * (double) block->people;
        alluvial->used = MAX(alluvial->used, block->top + block->height + overhang(&placer, i, placer.unit));
    }
    alluvial->used = MIN(alluvial->used, alluvial->height);
    place_ribbons(&placer);
    g_free(placer.beside);
    g_free(placer.above);
    g_free(placer.y);
}
