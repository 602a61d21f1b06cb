/* What a vertical order of lanes costs, as a sum over pairs of pairs of lanes.
 *
 * Two people who are in lanes a and b, and at the next moment at which their order is forced in lanes c and d, cross if a is
 * above b and d above c, or the other way round. So every order of lanes costs Σ w · [above(a, b) ≠ above(c, d)] crossings. A
 * second sum of the same form counts how far people travel: a move from a to b passes the lane l if [above(a, l) ≠
 * above(b, l)]. */
#ifndef OF_LAYOUT_LANE_TERMS_H
#define OF_LAYOUT_LANE_TERMS_H

#include "layout/flow.h"

/* One coupling of a pair of lanes with another one. */
typedef struct {
    guint32 pair;
    gint64 crossings; /* > 0: cheaper if both pairs stand the same way round, < 0: the other way round */
    gint64 travel;
} OfCoupling;

typedef struct {
    guint n_lanes;
    guint n_pairs;  /* pair of lanes a < b: index of_lane_terms_pair(); +1 where a stands above b, −1 below */
    guint32 *start; /* [n_pairs + 1]: a pair's first coupling */
    guint32 *
        second; /* [n_pairs]: after those with a pair that has its lower lane too, the first with one that has its greater lane … */
    guint32 *apart;       /* [n_pairs]: … and after these the first with a pair of two other lanes */
    OfCoupling *coupling; /* each coupling stands with both of its pairs */
    gint64 crossings;     /* what it costs if all couplings stand the same way round; each that does not adds c */
    gint64 travel;
    gboolean exact; /* the crossings are a bound */
} OfLaneTerms;

/* of_lane_terms_new:
 * @slots: who is where
 *
 * With up to 2000 people every pair of people is followed through the story, and the crossings are a bound that no order of
 * people can undercut. With more, people are counted lane by lane at each move, which is the same but for those who are between
 * two labs (taken to be at the one they left) and for pairs that came to a lane together.
 *
 * Returns: (transfer full): free with of_lane_terms_free(). */
OfLaneTerms *of_lane_terms_new(const OfSlots *slots);

/* of_lane_terms_from_flows:
 * @n_lanes: number of lanes
 * @flows: (array length=n_flows): by slice; those from or to outside count nothing
 * @n_flows: their number
 * @with_travel: whether lanes stay themselves from slice to slice, so that travel past others counts
 *
 * Two flows between the same slices cross as often as the product of their people says. The sum of all people of a slice must
 * not be above 2^20. With more flows than there is time or room for, the lightest of each slice are left out, and the terms are
 * not exact.
 *
 * Returns: (transfer full): free with of_lane_terms_free(). */
OfLaneTerms *of_lane_terms_from_flows(guint n_lanes, const OfLayoutFlow *flows, guint n_flows, gboolean with_travel);

/* of_lane_terms_free:
 * @terms: (nullable): what to free */
void of_lane_terms_free(OfLaneTerms *terms);

/* of_lane_terms_count:
 * @terms: terms
 * @place: [lane]: its place in the order, 0 at the top
 * @travel: (out) (optional): number of lanes that moves pass
 *
 * Returns: the crossings that the order forces. */
gint64 of_lane_terms_count(const OfLaneTerms *terms, const gint32 *place, gint64 *travel);

/* of_lane_terms_pair:
 * @n_lanes: number of lanes
 * @a: a lane
 * @b: another lane, greater than @a
 *
 * Returns: index of the pair. */
static inline guint of_lane_terms_pair(guint n_lanes, guint a, guint b)
{
    return a * (2 * n_lanes - a - 1) / 2 + (b - a - 1);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(OfLaneTerms, of_lane_terms_free)

#endif
