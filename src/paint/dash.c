#include "paint/dash.h"

/* In line widths. A dot is not of length zero: some readers of SVG drop such dashes. */
static const OfDashPattern patterns[] = {
    [OF_DASH_SOLID] = {{0}, 0, false},
    [OF_DASH_DASHED] = {{4, 2.5}, 2, false},
    [OF_DASH_DOTTED] = {{0.1, 2}, 2, true},
    [OF_DASH_DASH_DOT] = {{5, 2, 1, 2}, 4, false},
};

static const double least_width = 0.5;

OfDashPattern of_dash_pattern(OfDash dash, double line_width)
{
    OfDashPattern pattern = patterns[(guint) dash < G_N_ELEMENTS(patterns) ? dash : OF_DASH_SOLID];
    for (guint i = 0; i < pattern.n_lengths; i++) {
        pattern.lengths[i] *= MAX(line_width, least_width);
    }
    return pattern;
}
