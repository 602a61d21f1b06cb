#include "layout/network_simplex.h"
#include "layout/random.h"

typedef struct {
    guint a, b;
    gint64 number;
    gint64 weight; /* 0: a demand */
} Term;

enum { MOST = 9 };

static gint64 get_cost(const Term *terms, guint n_terms, const gint64 *y)
{
    gint64 cost = 0;
    for (guint i = 0; i < n_terms; i++) {
        gint64 difference = y[terms[i].b] - y[terms[i].a];
        if (terms[i].weight == 0 && difference < terms[i].number) {
            return -1;
        }
        cost += terms[i].weight * ABS(difference + terms[i].number);
    }
    return cost;
}

/* Tries every y in 0 … MOST for each variable. */
static gint64 try_all(const Term *terms, guint n_terms, guint n)
{
    gint64 y[6] = {0};
    gint64 least = -1;
    for (;;) {
        gint64 cost = get_cost(terms, n_terms, y);
        if (cost >= 0 && (least < 0 || cost < least)) {
            least = cost;
        }
        guint i = 1;
        while (i <= n && y[i] == MOST) {
            y[i++] = 0;
        }
        if (i > n) {
            return least;
        }
        y[i]++;
    }
}

static void test_equals_all_tried(void)
{
    for (guint64 seed = 1; seed <= 600; seed++) {
        OfRandom random = {.state = seed};
        guint n = 1 + of_random_below(&random, 4);
        guint n_terms = 1 + of_random_below(&random, 10);
        Term terms[16];
        gint64 y[6];
        g_autoptr(OfSimplex) simplex = of_simplex_new(n);
        for (guint i = 1; i <= n; i++) {
            of_simplex_add_distance(simplex, i, 0, -MOST);
        }
        for (guint i = 0; i < n_terms; i++) {
            Term *term = &terms[i];
            *term = (Term){of_random_below(&random, n + 1), of_random_below(&random, n + 1),
                           (gint64) of_random_below(&random, 7) - 3, of_random_below(&random, 4)};
            if (term->weight == 0) {
                /* Only demands that point one way, and short ones, are certain to be possible. */
                term->number = of_random_below(&random, 3);
                guint low = MIN(term->a, term->b);
                term->b = MAX(term->a, term->b);
                term->a = low;
                term->number = term->a == term->b ? 0 : term->number;
                of_simplex_add_distance(simplex, term->a, term->b, term->number);
            } else {
                of_simplex_add_cost(simplex, term->a, term->b, term->number, term->weight);
            }
        }
        gint64 cost = of_simplex_solve(simplex, y);
        g_assert_cmpint(y[0], ==, 0);
        for (guint i = 1; i <= n; i++) {
            g_assert_cmpint(y[i], >=, 0);
            g_assert_cmpint(y[i], <=, MOST);
        }
        gint64 counted = get_cost(terms, n_terms, y);
        gint64 own = 0; /* |shift| of a variable with itself is no part of the programme */
        for (guint i = 0; i < n_terms; i++) {
            own += terms[i].a == terms[i].b ? terms[i].weight * ABS(terms[i].number) : 0;
        }
        g_assert_cmpint(counted, ==, cost + own);
        g_assert_cmpint(counted, ==, try_all(terms, n_terms, n));
    }
}

/* A large grid comes to an end, and obeys its demands. */
static void test_grid(void)
{
    enum { WIDE = 200, HIGH = 30 };
    OfRandom random = {.state = 5};
    g_autoptr(OfSimplex) simplex = of_simplex_new(WIDE * HIGH);
    g_autofree gint64 *y = g_new0(gint64, WIDE * HIGH + 1);
    for (guint x = 0; x < WIDE; x++) {
        for (guint i = 0; i < HIGH; i++) {
            guint node = 1 + x * HIGH + i;
            if (i > 0) {
                of_simplex_add_distance(simplex, node - 1, node, 1 + of_random_below(&random, 40));
            }
            if (x > 0) {
                of_simplex_add_cost(simplex, node - HIGH, node, (gint64) of_random_below(&random, 61) - 30,
                                    1 + of_random_below(&random, 9));
            }
            of_simplex_add_distance(simplex, node, 0, -900);
        }
    }
    gint64 cost = of_simplex_solve(simplex, y);
    g_assert_cmpint(cost, >, 0);
    for (guint node = 2; node <= WIDE * HIGH; node++) {
        if (node % HIGH != 1) {
            g_assert_cmpint(y[node], >, y[node - 1]);
        }
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/layout/network_simplex/equals_all_tried", test_equals_all_tried);
    g_test_add_func("/layout/network_simplex/grid", test_grid);
    return g_test_run();
}
