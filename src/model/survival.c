#include "model/survival.h"

#include <stdlib.h>

/* Products of fractions miss a half by rounding alone. */
#define ROUNDING 1e-9

static int compare_stays(const void *a, const void *b)
{
    const OfStay *x = a, *y = b;
    return (x->days > y->days) - (x->days < y->days);
}

GArray *of_survival_new(OfStay *stays, guint n)
{
    GArray *steps = g_array_new(FALSE, FALSE, sizeof(OfSurvivalStep));
    double share = 1;
    if (n > 0) { /* stays may be NULL where there are none */
        qsort(stays, n, sizeof *stays, compare_stays);
    }
    for (guint i = 0; i < n;) {
        OfSurvivalStep step = {.days = stays[i].days, .at_risk = n - i};
        for (; i < n && stays[i].days == step.days; i++) {
            step.n_left += stays[i].left;
        }
        if (step.n_left > 0) {
            share *= 1 - (double) step.n_left / step.at_risk;
            step.share = share;
            g_array_append_val(steps, step);
        }
    }
    return steps;
}

double of_survival_share(const GArray *steps, gint32 days)
{
    double share = 1;
    for (guint i = 0; i < steps->len && g_array_index(steps, OfSurvivalStep, i).days <= days; i++) {
        share = g_array_index(steps, OfSurvivalStep, i).share;
    }
    return share;
}

gint32 of_survival_median(const GArray *steps)
{
    for (guint i = 0; i < steps->len; i++) {
        const OfSurvivalStep *step = &g_array_index(steps, OfSurvivalStep, i);
        if (step->share <= 0.5 + ROUNDING) {
            return step->days;
        }
    }
    return -1;
}
