/* Sorting by keys: against GLib's sorting of the same. */
#include "base/keyed.h"

#include <string.h>

static int compare_texts(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *) a, *(const char *const *) b);
}

static guint64 key_of_text(gconstpointer text)
{
    return of_key_from_text(text);
}

static void test_texts(void)
{
    GRand *random = g_rand_new_with_seed(5);
    for (guint n = 0; n < 3000; n = n * 3 / 2 + 1) {
        g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free), expected = g_ptr_array_new();
        for (guint i = 0; i < n; i++) {
            const char *beginning = g_rand_int_range(random, 0, 4) == 0 ? "with-the-same-start-" : "";
            const guint tail = (guint) g_rand_int_range(random, 0, (gint32) n);
            g_ptr_array_add(texts, g_strdup_printf("%s%s%u", beginning, tail % 7 == 0 ? "\xc3\xa9" : "", tail));
            g_ptr_array_add(expected, texts->pdata[i]);
        }
        g_ptr_array_sort(expected, compare_texts);
        of_pointers_sort(texts->pdata, n, key_of_text, compare_texts);
        for (guint i = 0; i < n; i++) {
            g_assert_cmpstr(texts->pdata[i], ==, expected->pdata[i]);
        }
    }
    g_rand_free(random);
}

static const char *text_itself(gconstpointer text)
{
    return text;
}

/* By number of characters, and in each run by the text; or by the text alone. */
static void test_runs_of_texts(void)
{
    GRand *random = g_rand_new_with_seed(11);
    for (guint n = 0; n < 2000; n = n * 3 / 2 + 1) {
        g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
        g_autofree OfKeyed *runs = g_new(OfKeyed, n), *all = g_new(OfKeyed, n);
        for (guint i = 0; i < n; i++) {
            char *text =
                g_strdup_printf("move:p%u:%s", (guint) g_rand_int_range(random, 0, 4000), i % 3 == 0 ? "2015-01-01" : "2015-01-02");
            g_ptr_array_add(texts, text);
            runs[i] = (OfKeyed){text, strlen(text)};
            all[i] = (OfKeyed){text, 0};
        }
        of_keyed_sort(runs, n);
        of_keyed_settle_by_text(runs, n, text_itself, compare_texts);
        of_keyed_sort_by_text(all, n, text_itself, compare_texts);
        for (guint i = 1; i < n; i++) {
            const char *before = runs[i - 1].item, *text = runs[i].item;
            g_assert_true(strlen(before) < strlen(text) || (strlen(before) == strlen(text) && strcmp(before, text) <= 0));
            g_assert_cmpint(strcmp(all[i - 1].item, all[i].item), <=, 0);
        }
    }
    g_rand_free(random);
}

/* Equal keys stay in their order, however many there are, and whatever digits of the keys differ. */
static void test_stable(void)
{
    static const guint64 masks[] = {3, 0xff00, G_GUINT64_CONSTANT(0xff000000000000ff), G_MAXUINT64};
    GRand *random = g_rand_new_with_seed(7);
    for (gsize m = 0; m < G_N_ELEMENTS(masks); m++) {
        for (guint n = 2; n < 2000; n *= 3) {
            g_autofree OfKeyed *keyed = g_new(OfKeyed, n);
            for (guint i = 0; i < n; i++) {
                const guint64 key = (guint64) g_rand_int(random) << 32 | g_rand_int(random);
                keyed[i] = (OfKeyed){GUINT_TO_POINTER(i), key & masks[m]};
            }
            of_keyed_sort(keyed, n);
            for (guint i = 1; i < n; i++) {
                g_assert_true(keyed[i - 1].key < keyed[i].key ||
                              (keyed[i - 1].key == keyed[i].key && keyed[i - 1].item < keyed[i].item));
            }
        }
    }
    g_rand_free(random);
}

static void test_common_start(void)
{
    g_assert_cmpuint(of_key_common_start("person-12", "person-1", G_MAXSIZE), ==, 8);
    g_assert_cmpuint(of_key_common_start("person-12", "person-21", 8), ==, 7);
    g_assert_cmpuint(of_key_common_start("abc", "abc", G_MAXSIZE), ==, 3);
    g_assert_cmpuint(of_key_common_start("abc", "abd", 1), ==, 1);
    g_assert_cmpuint(of_key_common_start("", "a", G_MAXSIZE), ==, 0);
}

static void test_pairs(void)
{
    static const gint32 numbers[] = {G_MININT32, -719528, -1, 0, 1, 2932896, G_MAXINT32};
    for (gsize i = 0; i < G_N_ELEMENTS(numbers); i++) {
        for (gsize j = 0; j < G_N_ELEMENTS(numbers); j++) {
            for (gsize k = 0; k < G_N_ELEMENTS(numbers); k++) {
                g_assert_true((of_key_from_pair(numbers[i], numbers[j]) < of_key_from_pair(numbers[k], numbers[j])) ==
                              (numbers[i] < numbers[k]));
                g_assert_true((of_key_from_pair(numbers[i], numbers[j]) < of_key_from_pair(numbers[i], numbers[k])) ==
                              (numbers[j] < numbers[k]));
            }
        }
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/keyed/texts", test_texts);
    g_test_add_func("/keyed/runs-of-texts", test_runs_of_texts);
    g_test_add_func("/keyed/stable", test_stable);
    g_test_add_func("/keyed/common-start", test_common_start);
    g_test_add_func("/keyed/pairs", test_pairs);
    return g_test_run();
}
