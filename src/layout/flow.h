/* People on their way from one slice of time to the next: what an alluvial drawing is made of. */
#ifndef OF_LAYOUT_FLOW_H
#define OF_LAYOUT_FLOW_H

#include "layout/slots.h"

/* Between two consecutive slices. Who stays is a flow from a lane to itself. */
typedef struct {
    guint32 slice; /* the earlier one */
    gint32 from;   /* OF_LANE_NONE: from outside */
    gint32 to;     /* OF_LANE_NONE: gone; not both */
    gint64 people; /* at least 1 */
} OfLayoutFlow;

/* of_flow_compare:
 * @a: OfLayoutFlow
 * @b: OfLayoutFlow
 *
 * Returns: their order by slice, origin and target, for sorting. */
gint of_flow_compare(gconstpointer a, gconstpointer b);

/* of_flows_merge:
 * @flows: (inout): OfLayoutFlow in any order; sorted by of_flow_compare(), those alike added up */
void of_flows_merge(GArray *flows);

#endif
