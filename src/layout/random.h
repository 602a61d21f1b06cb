/* A small pseudo-random generator of our own, so that a drawing never depends on a library's version.
 *
 * Source: splitmix64, Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014. */
#ifndef OF_LAYOUT_RANDOM_H
#define OF_LAYOUT_RANDOM_H

#include <glib.h>

typedef struct {
    guint64 state; /* any value is a valid seed */
} OfRandom;

/* of_random_next:
 * @random: generator; its state moves on
 *
 * Returns: 64 evenly distributed bits. */
static inline guint64 of_random_next(OfRandom *random)
{
    guint64 z = (random->state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

/* of_random_below:
 * @random: generator; its state moves on
 * @limit: at least 1
 *
 * Returns: a number in 0 … @limit − 1. The bias is under @limit / 2^32, which no search can notice. */
static inline guint32 of_random_below(OfRandom *random, guint32 limit)
{
    return (guint32) (((of_random_next(random) >> 32) * limit) >> 32);
}

/* of_random_shuffle:
 * @random: generator; its state moves on
 * @items: (inout) @n indices, shuffled in place (Fisher and Yates)
 * @n: number of @items */
static inline void of_random_shuffle(OfRandom *random, guint32 *items, guint n)
{
    for (guint i = n; i > 1; i--) {
        guint j = of_random_below(random, i);
        guint32 kept = items[i - 1];
        items[i - 1] = items[j];
        items[j] = kept;
    }
}

#endif
