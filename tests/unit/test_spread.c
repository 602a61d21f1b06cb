/* Labels of a column: apart, in the column, and no farther from their wishes than they must be. */
#include <math.h>

#include "layout/spread.h"

static double cost(const OfSpreadLabel *labels, guint n)
{
    double sum = 0;
    for (guint i = 0; i < n; i++) {
        sum += (labels[i].middle - labels[i].wish) * (labels[i].middle - labels[i].wish);
    }
    return sum;
}

/* The least cost on a grid of whole points, by trying all. */
static double brute(const OfSpreadLabel *labels, guint n, guint i, double from, double bottom)
{
    if (i == n) {
        return 0;
    }
    double least = INFINITY;
    for (double top = from; top + labels[i].height <= bottom; top += 1) {
        const double off = top + labels[i].height / 2 - labels[i].wish;
        least = MIN(least, off * off + brute(labels, n, i + 1, top + labels[i].height, bottom));
    }
    return least;
}

static void test_least(void)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(3);
    for (guint round = 0; round < 400; round++) {
        OfSpreadLabel labels[4];
        const guint n = (guint) g_rand_int_range(random, 1, 5);
        double wish = 0;
        for (guint i = 0; i < n; i++) {
            wish += g_rand_int_range(random, 0, 9);
            labels[i] = (OfSpreadLabel){wish, 2 * g_rand_int_range(random, 1, 4), 0};
        }
        of_spread_place(labels, n, 0, 30);
        for (guint i = 0; i < n; i++) {
            g_assert_cmpfloat(labels[i].middle - labels[i].height / 2, >=, -1e-9);
            g_assert_cmpfloat(labels[i].middle + labels[i].height / 2, <=, 30 + 1e-9);
            if (i > 0) {
                g_assert_cmpfloat(labels[i].middle - labels[i - 1].middle, >=,
                                  (labels[i].height + labels[i - 1].height) / 2 - 1e-9);
            }
        }
        g_assert_cmpfloat(cost(labels, n), <=, brute(labels, n, 0, 0, 30) + 1e-9);
    }
}

static void test_no_room(void)
{
    OfSpreadLabel labels[] = {{5, 10, 0}, {5, 10, 0}, {6, 10, 0}};
    of_spread_place(labels, 3, 0, 20);
    g_assert_cmpfloat(labels[0].middle, ==, 5);
    g_assert_cmpfloat(labels[1].middle, ==, 15);
    g_assert_cmpfloat(labels[2].middle, ==, 25);
    of_spread_place(labels, 0, 0, 20);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/spread/least", test_least);
    g_test_add_func("/spread/no-room", test_no_room);
    return g_test_run();
}
