/* Tables of texts: against GHashTable. */
#include "base/text_table.h"

#include <string.h>

static void test_against_glib(void)
{
    GRand *random = g_rand_new_with_seed(11);
    OfTextTable table = {NULL, 0, 0};
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GHashTable) expected = g_hash_table_new(g_str_hash, g_str_equal);
    g_assert_null(of_text_table_find(&table, "any", 3));
    for (guint i = 0; i < 20000; i++) {
        /* Short texts that are all in an entry, long ones that begin alike, and the empty one. */
        const guint number = (guint) g_rand_int_range(random, 0, 8000);
        const char *format = number % 3 == 0 ? "%u" : "of the same beginning, %u";
        char *text = number == 0 ? g_strdup("") : g_strdup_printf(format, number);
        g_ptr_array_add(texts, text);
        of_text_table_expect(&table, text, strlen(text));
        OfTextEntry *entry = of_text_table_claim(&table, text, strlen(text));
        g_assert_true(entry->value == g_hash_table_lookup(expected, text));
        if (entry->value == NULL) {
            entry->value = text;
            g_hash_table_insert(expected, text, text);
        }
    }
    g_assert_cmpuint(table.n, ==, g_hash_table_size(expected));
    for (guint i = 0; i < texts->len; i++) {
        const char *text = texts->pdata[i];
        g_assert_true(of_text_table_find(&table, text, strlen(text)) == g_hash_table_lookup(expected, text));
    }
    g_assert_null(of_text_table_find(&table, "of the same beginning, none", 27));
    of_text_table_clear(&table);
    g_rand_free(random);
}

static void test_reserve(void)
{
    OfTextTable table = {NULL, 0, 0};
    of_text_table_reserve(&table, 1000);
    const gsize size = table.size;
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < 1000; i++) {
        g_ptr_array_add(texts, g_strdup_printf("%u", i));
        of_text_table_claim(&table, texts->pdata[i], strlen(texts->pdata[i]))->value = texts->pdata[i];
    }
    g_assert_cmpuint(table.size, ==, size);
    of_text_table_clear(&table);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/text-table/against-glib", test_against_glib);
    g_test_add_func("/text-table/reserve", test_reserve);
    return g_test_run();
}
