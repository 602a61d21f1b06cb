/* The layout of an alluvial drawing: labs as blocks at slices of time, flows between slices as ribbons.
 *
 * Slices between which nobody joins, leaves or moves are one column: everything between them is straight. Lengths are points, y
 * grows downwards. */
#ifndef OF_LAYOUT_ALLUVIAL_H
#define OF_LAYOUT_ALLUVIAL_H

#include "layout/flow.h"
#include "layout/search.h"

typedef struct {
    guint n_slices; /* at least 1 */
    guint n_lanes;
    const OfLayoutLane *lanes; /* (array length=n_lanes): only the parent counts */
    const gint64 *people;      /* [slice * n_lanes + lane] */
    const OfLayoutFlow *flows; /* (array length=n_flows): by slice, origin, target; with who stays. What flows in and out of a … */
    guint n_flows;             /* … block adds up to its people */
    gboolean free;             /* one order a slice, else one for all */
    OfEffort effort;
    const gint32 *pinned; /* (nullable) (array length=n_pinned): as of_lane_order_find() has it */
    guint n_pinned;
} OfAlluvialInput;

/* Words beside a block, centred on it, and above the first of those under one parent. */
typedef struct {
    double beside; /* height, 0 where there are none */
    double above;
} OfBlockRoom;

typedef struct {
    double height;           /* target */
    double gap;              /* least distance between blocks */
    double max_unit;         /* most points a person takes */
    double least_total;      /* what the people of the largest slice take at least */
    const OfBlockRoom *room; /* (nullable) [slice * n_lanes + lane] */
} OfAlluvialPage;

typedef struct {
    gint32 lane;
    guint32 column;
    gint64 people;
    double top;
    double height;
} OfAlluvialBlock;

#define OF_BLOCK_NONE G_MAXUINT32

/* A flow between consecutive slices. Its thickness is the same at both ends. */
typedef struct {
    OfLayoutFlow flow;
    guint32 from_block; /* OF_BLOCK_NONE: from outside */
    guint32 to_block;   /* OF_BLOCK_NONE: gone */
    double from_y;      /* upper edge where it leaves; of an arrival as to_y, and the other way round */
    double to_y;
    double thickness;
    gint64 from_above; /* people of the block who flow out above it, and … */
    gint64 to_above;   /* … in above it */
} OfRibbon;

typedef struct {
    guint n_slices;
    guint n_lanes;
    guint n_columns;
    guint32 *column;      /* [slice] */
    guint32 *first_block; /* [n_columns + 1]: a column's topmost block */
    guint32 *block_of;    /* [column * n_lanes + lane]: OF_BLOCK_NONE where nobody is */
    GArray *blocks;       /* OfAlluvialBlock, column after column, top to bottom */
    GArray *ribbons;      /* OfRibbon, as the flows of the input */
    double crossings;     /* pairs of people whose ribbons cross: sum over crossing ribbons of the product of their people */
    guint64 work;         /* counted work of the search for the order */
    double unit;          /* points a person */
    double height;        /* the height that there is: the target, or more where that is too small */
    double used;          /* down to the lowest block or its words */
    double bend;          /* sum over ribbons of people times the change of height */
} OfAlluvial;

/* of_alluvial_order:
 * @input: what flows
 *
 * Finds the order of blocks with the fewest weighted crossings. A parent stands above its children, and these together.
 *
 * Returns: (transfer full): without heights yet; free with of_alluvial_free(). */
OfAlluvial *of_alluvial_order(const OfAlluvialInput *input);

/* of_alluvial_place:
 * @alluvial: (inout): ordered
 * @page: distances and target height
 *
 * Sets heights, so that the people's ribbons bend as little as they can. May be called again for another page. */
void of_alluvial_place(OfAlluvial *alluvial, const OfAlluvialPage *page);

/* of_alluvial_free:
 * @alluvial: (nullable): what to free */
void of_alluvial_free(OfAlluvial *alluvial);

/* of_alluvial_find_block:
 * @alluvial: ordered
 * @slice: slice
 * @lane: lane
 *
 * Returns: index of the block, or OF_BLOCK_NONE where nobody is there. */
guint32 of_alluvial_find_block(const OfAlluvial *alluvial, guint slice, gint32 lane);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(OfAlluvial, of_alluvial_free)

#endif
