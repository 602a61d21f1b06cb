/* The blocks of a story: sets of lines that stand together over a span, which a search may move as one. */
#ifndef OF_LAYOUT_BLOCKS_H
#define OF_LAYOUT_BLOCKS_H

#include "layout/grouping.h"

typedef struct {
    guint32 member; /* index of the first member in OfBlocks.members */
    guint32 n_members;
    guint32 first; /* first step of the span */
    guint32 last;  /* last step, included */
} OfBlock;

typedef struct {
    GArray *blocks;  /* OfBlock */
    GArray *members; /* guint32: lines, block after block */
} OfBlocks;

/* of_blocks_new:
 * @grouping: who stands together
 *
 * Finds, for every group of two and more lines at every step, the longest span around it in which its lines stay together, in
 * that group or in a larger one. Each set and span is listed once, in order of its first occurrence.
 *
 * Returns: (transfer full): free with of_blocks_free(). */
OfBlocks *of_blocks_new(const OfGrouping *grouping);

/* of_blocks_free:
 * @blocks: (nullable): what to free */
void of_blocks_free(OfBlocks *blocks);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(OfBlocks, of_blocks_free)

#endif
