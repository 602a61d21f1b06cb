/* Surrogate pairs: what is JSON is known by its text, and what is not stays as it is. */
#include <string.h>

#include "text/encoding.h"

#define PAIR   "\\ud83d\\ude00"
#define JOINED "\\U0001f600"

static void test_surrogates(void)
{
    static const struct {
        const char *text, *joined; /* NULL: left alone */
        guint n, first;            /* pairs; where the first one is, in characters of joined */
    } rows[] = {
        {"{\"a\": \"" PAIR "\"}", "{\"a\": \"" JOINED "\"}", 1, 7},
        {"{\"é\": \"" PAIR PAIR "\"}", "{\"é\": \"" JOINED JOINED "\"}", 2, 7},
        {" \r\n[\"\\uD83D\\uDE00\",\"\\\"" PAIR "\", true, -1.5e3, null, {}]\n",
         " \r\n[\"" JOINED "\",\"\\\"" JOINED "\", true, -1.5e3, null, {}]\n", 2, 5},
        {"{\"a\": \"\\\\ud83d " PAIR "\"}", "{\"a\": \"\\\\ud83d " JOINED "\"}", 1, 15},
        {"{\"a\": \"" PAIR, "{\"a\": \"" JOINED, 1, 7}, /* that it is never closed is not for here to say */
        /* no pair */
        {"{\"a\": \"\\\\ud83d\\\\ude00\"}", NULL, 0, 0},
        {"{\"a\": \"\\ud83d\"}", NULL, 0, 0},
        {"{\"a\": \"\\ude00\\ud83d\"}", NULL, 0, 0},
        {"{\"a\": \"\\ud83d\\ude0\"}", NULL, 0, 0},
        {"{\"a\": \"😀\"}", NULL, 0, 0},
        {"", NULL, 0, 0},
        /* no JSON: there, a text may hold what looks like a pair */
        {"a: '" PAIR "'\n", NULL, 0, 0},
        {"a: " PAIR "\n", NULL, 0, 0},
        {"a: \"" PAIR "\"\n", NULL, 0, 0},
        {"{\"a\": '" PAIR "'}", NULL, 0, 0},
        {"{\"a\": " PAIR "}", NULL, 0, 0},
        {"{\"a\": e\"" PAIR "\"}", NULL, 0, 0},
        {"{\"a\": e:\"" PAIR "\"}", NULL, 0, 0},
        {"{\"a\": \"b\" \"" PAIR "\"}", NULL, 0, 0},
        {"{\"a\": 1} # \"" PAIR "\"", NULL, 0, 0},
        {"\"" PAIR "\"", NULL, 0, 0},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_test_message("%s", rows[i].text);
        g_autoptr(GArray) pairs = g_array_new(FALSE, FALSE, sizeof(guint32));
        gsize length = strlen(rows[i].text);
        g_autofree char *joined = of_encoding_join_surrogates(rows[i].text, &length, pairs);
        g_assert_cmpstr(joined, ==, rows[i].joined);
        g_assert_cmpuint(length, ==, strlen(joined != NULL ? joined : rows[i].text));
        g_assert_cmpuint(pairs->len, ==, rows[i].n);
        g_assert_true(rows[i].n == 0 || g_array_index(pairs, guint32, 0) == rows[i].first);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/encoding/surrogates", test_surrogates);
    return g_test_run();
}
