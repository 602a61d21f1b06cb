/* How high everything stands: boxes of lanes and people between labs at each slot, with the least total vertical movement.
 *
 * Each lane at a slot is a box as tall as its people need at that time. Rows within a box are one line distance apart: first the
 * twins whose main line is above, then the people, then the twins whose main line is below. Lengths are points, y grows
 * downwards. */
#ifndef OF_LAYOUT_HEIGHTS_H
#define OF_LAYOUT_HEIGHTS_H

#include "layout/order.h"
#include "layout/slots.h"

#define OF_RUN_NONE G_MAXUINT32

/* The page that a storyline is laid out for; all in points. */
typedef struct {
    double left;         /* x of the first day */
    double right;        /* x of the end of the story */
    double top;          /* y of the upper edge */
    double height;       /* target; 0: as tall as needed */
    double line_gap;     /* least distance between lines of one lane */
    double max_line_gap; /* to fill the height, lines move apart up to this */
    double lane_padding; /* from a lane's edge to its first and last line */
    double lane_gap;     /* least distance between lanes, and from a lane to a line outside */
    double max_stretch;  /* to fill the height, padding and lane gap grow by up to this factor; at least 1 */
    double least_lane;   /* least height of a lane, also of an empty one */
    double bend;         /* half of the width in which a line changes its height, where there is room */
} OfLayoutPage;

typedef struct {
    gint32 lane; /* OF_LANE_NONE: people between two labs */
    guint32 run; /* index in OfOrder.runs, or OF_RUN_NONE for a lane without people in the order */
    guint32 n_rows;
    guint32 n_above; /* rows of twins above the people */
    double top;
    double height;
    double first_row; /* y of row 0 */
} OfBox;

typedef struct {
    guint32 *start;      /* [n_slots + 1]: a slot's topmost box */
    GArray *boxes;       /* OfBox, slot after slot, top to bottom */
    guint32 *twin_start; /* [n_twins + 1]: where a twin's rows begin, one a slot */
    guint32 *twin_box;   /* index of the box that the twin stands in; OF_RUN_NONE where its main line is in that lane */
    guint32 *twin_row;
    double line_gap; /* the distance used */
    double lane_gap;
    double lane_padding;
    double height;        /* the height used: the target, or more where that is too small */
    double needed_height; /* the least height with the least distances */
} OfHeights;

/* of_heights_new:
 * @slots: who is where
 * @order: vertical order of people
 * @place: (nullable): [lane]: its place; then empty lanes that are open stand in the picture too. NULL: lanes are free
 * @page: distances and target height
 *
 * Where the lanes are fixed and slots are very many, neighbouring slots share the places of their boxes.
 *
 * Returns: (transfer full): free with of_heights_free(). */
OfHeights *of_heights_new(const OfSlots *slots, const OfOrder *order, const gint32 *place, const OfLayoutPage *page);

/* of_heights_free:
 * @heights: (nullable): what to free */
void of_heights_free(OfHeights *heights);

static inline const OfBox *of_heights_get_boxes(const OfHeights *heights, guint slot, guint *n)
{
    *n = heights->start[slot + 1] - heights->start[slot];
    return &g_array_index(heights->boxes, OfBox, heights->start[slot]);
}

/* of_heights_get_row_y:
 * @heights: heights
 * @box: one of its boxes
 * @row: row in it
 *
 * Returns: y of the row. */
static inline double of_heights_get_row_y(const OfHeights *heights, const OfBox *box, guint row)
{
    return box->first_row + heights->line_gap * row;
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(OfHeights, of_heights_free)

#endif
