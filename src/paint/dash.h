/* Line styles as lengths of dashes and gaps, the same in every format. */
#ifndef OF_PAINT_DASH_H
#define OF_PAINT_DASH_H

#include "picture/picture.h"

#define OF_DASH_MAX_LENGTHS 4

typedef struct {
    double lengths[OF_DASH_MAX_LENGTHS]; /* points, dash and gap by turns */
    guint n_lengths;                     /* 0: solid */
    bool round_caps;                     /* dots are short dashes with round ends */
} OfDashPattern;

/* The pattern of a style for a line of that width in points: it grows with the line, down to a least size so that the dashes of a
 * hairline do not melt into grey. */
OfDashPattern of_dash_pattern(OfDash dash, double line_width);

#endif
