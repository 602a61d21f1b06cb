/* A start for the search on large stories: orders by barycentre sweeps. */
#ifndef OF_LAYOUT_BARYCENTRE_H
#define OF_LAYOUT_BARYCENTRE_H

#include "layout/grouping.h"
#include "layout/random.h"
#include "layout/ranking.h"

/* of_barycentre_order:
 * @grouping: who stands together; its lanes are free
 * @random: shuffles the order that the sweeps begin with
 * @n_trips: number of sweeps there and back
 * @ranking: (out): a legal order of the story */
void of_barycentre_order(const OfGrouping *grouping, OfRandom *random, guint n_trips, OfRanking *ranking);

#endif
