/* Heights with least total movement: a linear programme with difference constraints, solved exactly in integers.
 *
 * Variables are integers y[0] = 0, y[1] … y[n]. Everything is at or below 0: y[i] ≥ 0. */
#ifndef OF_LAYOUT_NETWORK_SIMPLEX_H
#define OF_LAYOUT_NETWORK_SIMPLEX_H

#include <glib.h>

typedef struct _OfSimplex OfSimplex;

/* of_simplex_new:
 * @n: number of variables beside y[0]
 *
 * Returns: (transfer full): a programme without constraints; free with of_simplex_free(). */
OfSimplex *of_simplex_new(guint n);

/* of_simplex_free:
 * @simplex: (nullable): what to free */
void of_simplex_free(OfSimplex *simplex);

/* of_simplex_add_distance:
 * @simplex: programme
 * @a: a variable
 * @b: another
 * @least: any number
 *
 * Demands y[b] − y[a] ≥ @least. The demands together must be possible. */
void of_simplex_add_distance(OfSimplex *simplex, guint a, guint b, gint64 least);

/* of_simplex_add_cost:
 * @simplex: programme
 * @a: a variable
 * @b: another
 * @shift: any number
 * @weight: above 0
 *
 * Adds @weight · |y[b] + @shift − y[a]| to what is to be least. */
void of_simplex_add_cost(OfSimplex *simplex, guint a, guint b, gint64 shift, gint64 weight);

/* of_simplex_solve:
 * @simplex: programme
 * @y: (out) (array): n + 1 values
 *
 * Returns: the least cost. */
gint64 of_simplex_solve(OfSimplex *simplex, gint64 *y);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(OfSimplex, of_simplex_free)

#endif
