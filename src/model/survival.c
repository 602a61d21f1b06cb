#include "model/survival.h"

#include "base/keyed.h"

/* Products of fractions miss a half by rounding alone. */
#define ROUNDING 1e-9

GArray *of_survival_new(const OfStay *stays, guint n)
{
    GArray *steps = g_array_new(FALSE, FALSE, sizeof(OfSurvivalStep));
    double share = 1;
    g_autofree OfKeyed *sorted = g_new(OfKeyed, n);
    for (guint i = 0; i < n; i++) {
        sorted[i] = (OfKeyed){(gpointer) &stays[i], of_key_from_pair(0, stays[i].days)};
    }
    of_keyed_sort(sorted, n);
    for (guint i = 0; i < n;) {
        const guint64 key = sorted[i].key;
        OfSurvivalStep step = {.days = ((const OfStay *) sorted[i].item)->days, .at_risk = n - i};
        for (; i < n && sorted[i].key == key; i++) {
            step.n_left += ((const OfStay *) sorted[i].item)->left;
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
