/* How long people stay: the survival curve of a cohort. */
#ifndef OF_MODEL_SURVIVAL_H
#define OF_MODEL_SURVIVAL_H

#include <glib.h>
#include <stdbool.h>

/* One stay: its length, and whether it ended then or was only watched for so long (censored). */
typedef struct {
    gint32 days; /* at least 0 */
    bool left;
} OfStay;

/* The curve from `days` on. */
typedef struct {
    gint32 days;
    guint at_risk; /* whose stay is known to last at least so long */
    guint n_left;  /* of them, who left on that day */
    double share;  /* still there after that day: 0 … 1 */
} OfSurvivalStep;

/* The steps of the product-limit estimator (E. L. Kaplan and P. Meier, "Nonparametric estimation from incomplete observations", 1958): one for each length
 * after which somebody left, in rising order. Who is censored on a day at which others leave counts as at risk then. stays: in any order.
 * Returns an array of OfSurvivalStep, owned by the caller (g_array_unref). */
GArray *of_survival_new(const OfStay *stays, guint n);

/* The share still there after so many days: 1 before the first step. */
double of_survival_share(const GArray *steps, gint32 days);

/* The median stay: the least number of days after which at most half are still there; -1 where the curve does not come down so far. */
gint32 of_survival_median(const GArray *steps);

#endif
