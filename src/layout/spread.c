#include "layout/spread.h"

/* Labels that touch each other. */
typedef struct {
    guint first, n;
    double sum; /* of the places that the labels wish the block's top to have */
    double height;
} Block;

static double top_of(const Block *block, double top, double bottom)
{
    return MAX(MIN(block->sum / block->n, bottom - block->height), top);
}

void of_spread_place(OfSpreadLabel *labels, guint n, double top, double bottom)
{
    g_autofree Block *blocks = g_new(Block, (gsize) n + 1);
    guint n_blocks = 0;
    for (guint i = 0; i < n; i++) {
        blocks[n_blocks++] = (Block){i, 1, labels[i].wish - labels[i].height / 2, labels[i].height};
        while (n_blocks > 1) {
            Block *above = &blocks[n_blocks - 2], *below = &blocks[n_blocks - 1];
            if (top_of(above, top, bottom) + above->height <= top_of(below, top, bottom)) {
                break;
            }
            above->sum += below->sum - below->n * above->height;
            above->height += below->height;
            above->n += below->n;
            n_blocks--;
        }
    }
    for (guint k = 0; k < n_blocks; k++) {
        double at = top_of(&blocks[k], top, bottom);
        for (guint i = blocks[k].first; i < blocks[k].first + blocks[k].n; i++) {
            labels[i].middle = at + labels[i].height / 2;
            at += labels[i].height;
        }
    }
}
