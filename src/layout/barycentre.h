/* A start for the search on large stories: orders by barycentre sweeps. */
#ifndef OF_LAYOUT_BARYCENTRE_H
#define OF_LAYOUT_BARYCENTRE_H

#include "random.h"
#include "ranking.h"
#include "story.h"

/* of_barycentre_order:
 * @story: story whose lanes are free
 * @random: shuffles the order that the sweeps begin with
 * @n_trips: number of sweeps there and back
 * @ranking: (out): a legal order of the story */
void of_barycentre_order(const OfStory *story, OfRandom *random, guint n_trips, OfRanking *ranking);

#endif
