/* The layout of a storyline: who was where, when, as lines in lanes. Arithmetic on plain structs.
 *
 *     stints ─► slots ─► order of lanes ─► order of people ─► heights ─► time scale ─► ways, outlines
 *     slots.h   lane_terms.h, lane_order.h  people_order.h     heights.h  timescale.h   routing.h, outlines.h
 *                        └─ lanes free: free_order.h ─┘
 *
 * Units: days from any common day; points, y growing downwards. Ties are broken by index everywhere: a caller who sorts
 * lanes, people and stints by something of their own (an id, a date) gets a drawing that does not hang on the input's order.
 * The result hangs on the input alone: no clock, no address, no library's random numbers. */
#ifndef OF_LAYOUT_STORYLINE_H
#define OF_LAYOUT_STORYLINE_H

#include "layout/heights.h"
#include "layout/order.h"
#include "layout/outlines.h"
#include "layout/routing.h"
#include "layout/search.h"
#include "layout/slots.h"
#include "layout/timescale.h"

typedef enum {
    OF_LANES_FIXED, /* one vertical order of labs for the whole drawing */
    OF_LANES_FREE,  /* a group may stand anywhere at each moment */
} OfLaneMode;

/* An order to stay near: that of an earlier drawing, in the indices of this one. It gives way to fewer crossings alone, and what was searched for
 * it is not searched again: as much as OF_EFFORT_FAST does is enough to find places for what is new. */
typedef struct {
    const gint32 *lanes; /* (nullable) (array length=n_lanes): top to bottom; lanes that are new may be missing */
    guint n_lanes;
    guint n_moments;
    const gint32 *day;     /* [n_moments]: ascending; the order holds from this day on */
    const guint32 *start;  /* [n_moments + 1]: a moment's topmost person in @people */
    const guint32 *people; /* top to bottom; who is new may be missing */
} OfPreviousOrder;

typedef struct {
    const OfLayoutLane *lanes; /* (array length=n_lanes) */
    guint n_lanes;
    guint n_people;
    const OfLayoutStint *stints; /* (array length=n_stints), in any order but for ties */
    guint n_stints;
    const guint32 *variant_of; /* (nullable) (array length=n_people): whose way each one's is another version of; see variants.h */
    gint32 first_day;          /* what is earlier is cut off */
    gint32 end_day;            /* the day after the last; what is later is cut off */
    OfLaneMode mode;
    OfEffort effort;
    const gint32 *pinned; /* (nullable) (array length=n_pinned): lanes that stand first, in this order; fixed lanes only */
    guint n_pinned;
    const OfPreviousOrder *previous; /* (nullable) */
    OfLayoutPage page;
} OfStorylineInput;

typedef struct {
    OfSlots *slots;
    gint32 *lane_order; /* n_lanes lanes, top to bottom; where lanes are free, by the mean height of their people */
    OfOrder *order;
    gint64 crossings; /* what @order counts to */
    guint64 wiggles;  /* changes of direction of the main lines */
    OfHeights *heights;
    OfTimescale *timescale;
    OfRoutes *routes;
    OfOutlines *outlines;
} OfStoryline;

/* of_storyline_new:
 * @input: (transfer none): what to lay out; not kept
 *
 * Cannot fail: a story without people or days gives an empty layout. If the page is too low, heights->needed_height says which
 * height would do, and the layout is as tall as that.
 *
 * Returns: (transfer full): free with of_storyline_free(). */
OfStoryline *of_storyline_new(const OfStorylineInput *input);

/* of_storyline_order:
 * @input: (transfer none): what to lay out; its page is not looked at
 *
 * The part of of_storyline_new() that finds the order: heights, time scale, routes and outlines are NULL.
 *
 * Returns: (transfer full): free with of_storyline_free(). */
OfStoryline *of_storyline_order(const OfStorylineInput *input);

/* of_storyline_place:
 * @storyline: (inout): a result of of_storyline_order(), or of this function for another page
 * @input: the input that it was made of, with the page wanted
 *
 * Places an order on a page: cheap against finding the order, so that a caller may try several pages. */
void of_storyline_place(OfStoryline *storyline, const OfStorylineInput *input);

/* of_storyline_free:
 * @storyline: (nullable): what to free */
void of_storyline_free(OfStoryline *storyline);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(OfStoryline, of_storyline_free)

#endif
