#include "paint/dash.h"

/* In line widths. A dot is not of length zero: some readers of SVG drop such dashes. */
static const OfDashPattern patterns[] = {
    [OF_DASH_SOLID] = {{0}, 0, false},
    [OF_DASH_DASHED] = {{4, 2.5}, 2, false},
    [OF_DASH_DOTTED] = {{0.1, 2}, 2, true},
    [OF_DASH_DASH_DOT] = {{5, 2, 1, 2}, 4, false},
};

/* Lines thicker than this keep its dashes: a dot as wide as a band of ten points is no dot any more. There, dotted is cut straight. */
static const double most_width = 3;
static const double least_width = 0.5;
static const double thick_dot = 0.5; /* of the unit */

OfDashPattern of_dash_pattern(OfDash dash, double line_width)
{
    OfDashPattern pattern = patterns[(guint) dash < G_N_ELEMENTS(patterns) ? dash : OF_DASH_SOLID];
    for (guint i = 0; i < pattern.n_lengths; i++) {
        pattern.lengths[i] *= CLAMP(line_width, least_width, most_width);
    }
    if (pattern.round_caps && line_width > most_width) {
        pattern.lengths[0] = thick_dot * most_width;
        pattern.lengths[1] -= thick_dot * most_width;
        pattern.round_caps = false;
    }
    return pattern;
}
