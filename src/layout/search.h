/* The search for the vertical order with the fewest crossings: re-insertion, ruin and recreate, recombination. */
#ifndef OF_LAYOUT_SEARCH_H
#define OF_LAYOUT_SEARCH_H

#include "layout/grouping.h"
#include "layout/ranking.h"

typedef enum {
    OF_EFFORT_FAST,
    OF_EFFORT_NORMAL,
    OF_EFFORT_BEST,
} OfEffort;

typedef struct {
    guint64 budget;         /* cell updates after which the search stops: counted work, the same on any machine */
    guint patience;         /* it also stops after so many local optima in a row that brought nothing new */
    gint64 bound;           /* fewest crossings that any order can have, 0 if unknown: reaching it ends the search */
    guint64 seed;           /* of the pseudo-random choices */
    const OfRanking *start; /* (nullable): a legal order to begin with; kept unless something has fewer crossings */
} OfSearch;

/* of_search_order:
 * @grouping: who stands together
 * @search: how long to search, and from where
 * @crossings: (out): crossings of the result
 * @work: (out) (optional): cell updates spent
 *
 * Returns: (transfer full): the best legal order found; free with of_ranking_free(). */
OfRanking *of_search_order(const OfGrouping *grouping, const OfSearch *search, gint64 *crossings, guint64 *work);

#endif
