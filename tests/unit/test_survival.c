/* The product-limit estimator against published tables, and its edges. */
#include <math.h>
#include <string.h>

#include "model/survival.h"

/* "6 7 10+": stays in any unit; a plus is censored. */
static GArray *curve_of(const char *text)
{
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    g_autoptr(GArray) stays = g_array_new(FALSE, FALSE, sizeof(OfStay));
    for (char **word = words; *word != NULL && **word != '\0'; word++) {
        const OfStay stay = {(gint32) g_ascii_strtoll(*word, NULL, 10), !g_str_has_suffix(*word, "+")};
        g_array_append_val(stays, stay);
    }
    return of_survival_new((OfStay *) (gpointer) stays->data, stays->len);
}

/* "days at_risk n_left share" to three decimals, as tables print them. */
static void assert_table(const char *stays, const char *expected, gint32 median)
{
    g_autoptr(GArray) steps = curve_of(stays);
    g_autoptr(GString) table = g_string_new(NULL);
    for (guint i = 0; i < steps->len; i++) {
        const OfSurvivalStep *step = &g_array_index(steps, OfSurvivalStep, i);
        char share[G_ASCII_DTOSTR_BUF_SIZE];
        g_string_append_printf(table, "%s%d %u %u %s", i > 0 ? ", " : "", step->days, step->at_risk, step->n_left,
                               g_ascii_formatd(share, sizeof share, "%.3f", step->share));
    }
    g_assert_cmpstr(table->str, ==, expected);
    g_assert_cmpint(of_survival_median(steps), ==, median);
}

/* E. J. Freireich et al., "The effect of 6-mercaptopurine on the duration of steroid-induced remissions in acute leukemia", Blood 21 (1963):
 * weeks of remission, as tabled in D. R. Cox and D. Oakes, "Analysis of Survival Data" (1984), and by R's survfit() on MASS::gehan. */
static void test_leukemia(void)
{
    assert_table("6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+",
                 "6 21 3 0.857, 7 17 1 0.807, 10 15 1 0.753, 13 12 1 0.690, 16 11 1 0.627, 22 7 1 0.538, 23 6 1 0.448", 23);
    assert_table("1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23",
                 "1 21 2 0.905, 2 19 2 0.810, 3 17 1 0.762, 4 16 2 0.667, 5 14 2 0.571, 8 12 4 0.381, 11 8 2 0.286, "
                 "12 6 2 0.190, 15 4 1 0.143, 17 3 1 0.095, 22 2 1 0.048, 23 1 1 0.000",
                 8);
}

/* R. G. Miller, "Survival Analysis" (1981): weeks to relapse of acute myelogenous leukemia, with and without maintenance; R's survfit() on
 * survival::aml. */
static void test_aml(void)
{
    assert_table("9 13 13+ 18 23 28+ 31 34 45+ 48 161+",
                 "9 11 1 0.909, 13 10 1 0.818, 18 8 1 0.716, 23 7 1 0.614, 31 5 1 0.491, 34 4 1 0.368, 48 2 1 0.184", 31);
    assert_table("5 5 8 8 12 16+ 23 27 30 33 43 45",
                 "5 12 2 0.833, 8 10 2 0.667, 12 8 1 0.583, 23 6 1 0.486, 27 5 1 0.389, 30 4 1 0.292, 33 3 1 0.194, "
                 "43 2 1 0.097, 45 1 1 0.000",
                 23);
}

static void test_edges(void)
{
    assert_table("", "", -1);
    assert_table("5+ 7+", "", -1);
    assert_table("0", "0 1 1 0.000", 0);
    assert_table("3 3+", "3 2 1 0.500", 3);
    assert_table("2 4 6 8", "2 4 1 0.750, 4 3 1 0.500, 6 2 1 0.250, 8 1 1 0.000", 4);
    g_autoptr(GArray) steps = curve_of("2 4 6 8");
    g_assert_cmpfloat(of_survival_share(steps, 1), ==, 1);
    g_assert_cmpfloat(of_survival_share(steps, 2), ==, 0.75);
    g_assert_cmpfloat(of_survival_share(steps, 7), ==, 0.25);
    g_assert_cmpfloat(of_survival_share(steps, 100), ==, 0);
}

/* Without censoring the curve is the share of stays that are longer. */
static void test_uncensored_is_share(void)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(7);
    for (guint round = 0; round < 300; round++) {
        OfStay stays[40], copy[40];
        const guint n = (guint) g_rand_int_range(random, 1, 40);
        for (guint i = 0; i < n; i++) {
            stays[i] = (OfStay){g_rand_int_range(random, 0, 12), true};
        }
        memcpy(copy, stays, sizeof stays);
        g_autoptr(GArray) steps = of_survival_new(copy, n);
        for (gint32 day = 0; day < 13; day++) {
            guint longer = 0;
            for (guint i = 0; i < n; i++) {
                longer += stays[i].days > day;
            }
            g_assert_cmpfloat(fabs(of_survival_share(steps, day) - (double) longer / n), <, 1e-12);
        }
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/survival/leukemia", test_leukemia);
    g_test_add_func("/survival/aml", test_aml);
    g_test_add_func("/survival/edges", test_edges);
    g_test_add_func("/survival/uncensored-is-share", test_uncensored_is_share);
    return g_test_run();
}
