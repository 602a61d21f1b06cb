#include "base/diagnostics.h"

#include <string.h>

/* ---- The list ---- */

static const OfSourceText *add_text(OfDiagnostics *list, const char *name, const char *bytes)
{
    return of_diagnostics_add_text(list, name, g_strdup(bytes), strlen(bytes));
}

static void test_list(void)
{
    g_autoptr(OfDiagnostics) list = of_diagnostics_new();
    g_assert_cmpuint(of_diagnostics_count(list), ==, 0);
    g_assert_false(of_diagnostics_has_limit(list));
    const OfSourceText *text = add_text(list, "a.yaml", "a: 1\n");
    OfPlace place = {text, 1, 4, 0};
    OfDiagnostic *error = of_diagnostics_add(list, OF_SEVERITY_ERROR, "bad", &place, g_strdup("a hint"), "no %d %s", 5, "x");
    g_assert_cmpstr(error->message, ==, "no 5 x");
    g_assert_cmpstr(error->hint, ==, "a hint");
    g_assert_cmpstr(error->code, ==, "bad");
    g_assert_cmpuint(error->place.length, ==, 1);
    g_assert_cmpint(error->kind, ==, OF_KIND_DATA);
    g_assert_null(error->other.text);
    OfDiagnostic *warning = of_diagnostics_add(list, OF_SEVERITY_WARNING, "odd", NULL, NULL, "odd");
    g_assert_null(warning->place.text);
    g_assert_cmpuint(of_diagnostics_count(list), ==, 2);
    g_assert_cmpuint(of_diagnostics_count_severity(list, OF_SEVERITY_ERROR), ==, 1);
    g_assert_cmpuint(of_diagnostics_count_severity(list, OF_SEVERITY_WARNING), ==, 1);
    g_assert_false(of_diagnostics_has_limit(list));
    error->kind = OF_KIND_LIMIT;
    g_assert_true(of_diagnostics_has_limit(list));
    of_diagnostics_free(NULL);
}

static void test_identical(void)
{
    g_autoptr(OfDiagnostics) list = of_diagnostics_new();
    const OfSourceText *a = add_text(list, "a.yaml", "a: 1\n"), *b = add_text(list, "b.yaml", "a: 1\n");
    OfPlace place = {a, 1, 4, 1}, longer = {a, 1, 4, 2}, column = {a, 1, 1, 1}, elsewhere = {b, 1, 4, 1};
    OfDiagnostic *first = of_diagnostics_add(list, OF_SEVERITY_ERROR, "bad", &place, NULL, "m");
    g_assert_true(of_diagnostics_add(list, OF_SEVERITY_ERROR, "bad", &longer, g_strdup("freed"), "%s", "m") == first);
    g_assert_true(of_diagnostics_add(list, OF_SEVERITY_ERROR, "bad", &place, NULL, "n") != first);
    g_assert_true(of_diagnostics_add(list, OF_SEVERITY_ERROR, "worse", &place, NULL, "m") != first);
    g_assert_true(of_diagnostics_add(list, OF_SEVERITY_ERROR, "bad", &column, NULL, "m") != first);
    g_assert_true(of_diagnostics_add(list, OF_SEVERITY_ERROR, "bad", &elsewhere, NULL, "m") != first);
    g_assert_true(of_diagnostics_add(list, OF_SEVERITY_ERROR, "bad", NULL, NULL, "m") != first);
    g_assert_cmpuint(of_diagnostics_count(list), ==, 6);
    g_assert_cmpuint(of_diagnostics_count_severity(list, OF_SEVERITY_ERROR), ==, 6);
}

static void test_sort(void)
{
    g_autoptr(OfDiagnostics) list = of_diagnostics_new();
    const OfSourceText *b = add_text(list, "b.yaml", "x\ny\n"), *a = add_text(list, "a.yaml", "x\n");
    static const struct {
        bool in_a;
        guint line, column;
        OfSeverity severity;
        const char *code, *message;
    } sorted[] = {
        {true, 1, 1, OF_SEVERITY_ERROR, "b", "m"},    {true, 1, 1, OF_SEVERITY_WARNING, "a", "m"},
        {true, 1, 2, OF_SEVERITY_ERROR, "a", "m"},    {false, 1, 1, OF_SEVERITY_ERROR, "a", "m"},
        {false, 1, 1, OF_SEVERITY_ERROR, "a", "n"},   {false, 1, 1, OF_SEVERITY_ERROR, "b", "m"},
        {false, 2, 1, OF_SEVERITY_WARNING, "a", "m"},
    };
    static const guint added[] = {6, 0, 4, 2, 5, 1, 3};
    of_diagnostics_add(list, OF_SEVERITY_WARNING, "z", &(OfPlace){b, 9, 1, 1}, NULL, "last");
    for (gsize i = 0; i < G_N_ELEMENTS(added); i++) {
        guint row = added[i];
        OfPlace place = {sorted[row].in_a ? a : b, sorted[row].line, sorted[row].column, 1};
        of_diagnostics_add(list, sorted[row].severity, sorted[row].code, &place, NULL, "%s", sorted[row].message);
    }
    of_diagnostics_add(list, OF_SEVERITY_WARNING, "z", NULL, NULL, "no place comes first");
    of_diagnostics_sort(list);
    g_assert_cmpuint(of_diagnostics_count(list), ==, 9);
    g_assert_cmpstr(of_diagnostics_get(list, 0)->message, ==, "no place comes first");
    g_assert_cmpstr(of_diagnostics_get(list, 8)->message, ==, "last");
    for (guint i = 0; i < 7; i++) {
        const OfDiagnostic *got = of_diagnostics_get(list, i + 1);
        g_assert_true(got->place.text == (sorted[i].in_a ? a : b));
        g_assert_cmpuint(got->place.line, ==, sorted[i].line);
        g_assert_cmpuint(got->place.column, ==, sorted[i].column);
        g_assert_cmpint(got->severity, ==, sorted[i].severity);
        g_assert_cmpstr(got->code, ==, sorted[i].code);
        g_assert_cmpstr(got->message, ==, sorted[i].message);
    }
}

/* Showing each problem must not cost a walk over the whole input, be it one line or many. */
static void test_flood(void)
{
    enum { N = 50000 };
    for (int one_line = 0; one_line < 2; one_line++) {
        g_autoptr(OfDiagnostics) list = of_diagnostics_new();
        GString *bytes = g_string_new(NULL);
        for (guint i = 0; i < N; i++) {
            g_string_append(bytes, one_line ? "é: é, é: é, é: é, é: é, " : "é: é, é: é, é: é, é: é,\n");
        }
        gsize length = bytes->len;
        const OfSourceText *text = of_diagnostics_add_text(list, "a.yaml", g_string_free(bytes, FALSE), length);
        for (guint i = 0; i < N; i++) {
            OfPlace place = {text, one_line ? 1 : i + 1, one_line ? i * 24 + 1 : 1, 1};
            of_diagnostics_add(list, OF_SEVERITY_ERROR, "bad", &place, NULL, "bad");
        }
        g_assert_cmpuint(of_diagnostics_count(list), ==, N);
        gint64 start = g_get_monotonic_time();
        for (guint i = 0; i < N; i++) {
            g_autofree char *shown = of_diagnostic_format(of_diagnostics_get(list, i), false);
            g_assert_nonnull(strstr(shown, "é: é"));
        }
        g_assert_cmpint(g_get_monotonic_time() - start, <, 20 * G_USEC_PER_SEC); /* a walk each would take minutes */
    }
}

static void test_too_many(void)
{
    g_autoptr(OfDiagnostics) list = of_diagnostics_new();
    const OfSourceText *text = add_text(list, "a.yaml", "x\n");
    for (guint i = 0; i < 1000010; i++) {
        OfPlace place = {text, i + 1, 1, 1};
        OfDiagnostic *added = of_diagnostics_add(list, OF_SEVERITY_ERROR, "bad", &place, g_strdup("h"), "bad");
        g_assert_cmpuint(added->place.line, ==, i + 1);
    }
    g_assert_cmpuint(of_diagnostics_count(list), ==, 1000001);
    g_assert_cmpstr(of_diagnostics_get(list, 1000000)->code, ==, "too-many-problems");
    g_assert_cmpuint(of_diagnostics_count_severity(list, OF_SEVERITY_ERROR), ==, 1000010);
    g_assert_cmpuint(of_diagnostics_count_severity(list, OF_SEVERITY_WARNING), ==, 1);
}

/* ---- In words ---- */

typedef struct {
    const char *bytes;
    guint line, column, length;
    const char *shown; /* the lines behind the first */
} Shown;

static const char xs[] =
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"; /* 100 */

static char *format_at(const char *bytes, gsize n_bytes, guint line, guint column, guint length)
{
    g_autoptr(OfDiagnostics) list = of_diagnostics_new();
    const OfSourceText *text = of_diagnostics_add_text(list, "a.yaml", g_memdup2(bytes, n_bytes + 1), n_bytes);
    OfPlace place = {text, line, column, length};
    return of_diagnostic_format(of_diagnostics_add(list, OF_SEVERITY_ERROR, "bad", &place, NULL, "it is bad"), false);
}

static void test_places(void)
{
    static const Shown rows[] = {
        {"a: 1\nb: red\n", 2, 4, 3, "    2 | b: red\n      |    ^~~\n"},
        {"a: 1\r\nb: red\r\n", 2, 4, 9, "    2 | b: red\n      |    ^~~\n"},
        {"a: 1\rb: red\r", 2, 4, 9, "    2 | b: red\n      |    ^~~\n"},
        {"a: 1\r\n", 1, 9, 1, "    1 | a: 1\n      |     ^\n"},
        {"a: 1\n", 1, 99, 7, "    1 | a: 1\n      |     ^\n"},
        {"a: 1\n", 2, 1, 1, "    2 |\n      | ^\n"},
        {"a: 1\n", 9, 3, 1, "    9 |\n      | ^\n"},
        {"", 1, 1, 1, "    1 |\n      | ^\n"},
        {"\xef\xbb\xbf"
         "a: 1\n",
         1, 4, 1, "    1 | a: 1\n      |    ^\n"},
        {"\ta:\t1\n", 1, 5, 1, "    1 |  a: 1\n      |     ^\n"},
        {"日本: é, x\n", 1, 5, 1, "    1 | 日本: é, x\n      |     ^\n"},
        {"a: \x1b[31m\x7f, x\n", 1, 4, 1, "    1 | a: \\x1B[31m\\x7F, x\n      |    ^~~~\n"},
        {"a: \x1b[31m\x7f, x\n", 1, 11, 1, "    1 | a: \\x1B[31m\\x7F, x\n      |                 ^\n"},
        {"a: \u202ex\u2069\n", 1, 5, 1, "    1 | a: \\u{202E}x\\u{2069}\n      |            ^\n"},
        {"a: \xc2\x85\n", 1, 4, 1, "    1 | a: \\u{0085}\n      |    ^~~~~~~~\n"},
        {"a: \xff\xfe x\n", 1, 4, 1, "    1 | a: \\xFF\\xFE x\n      |    ^~~~\n"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        const Shown *row = &rows[i];
        g_autofree char *shown = format_at(row->bytes, strlen(row->bytes), row->line, row->column, row->length);
        g_autofree char *expected = g_strdup_printf("a.yaml:%u:%u: error: it is bad [bad]\n%s", row->line, row->column, row->shown);
        g_assert_cmpstr(shown, ==, expected);
    }
    g_autofree char *nul = format_at("a\0b: x\n", 7, 1, 3, 1);
    g_assert_cmpstr(nul, ==, "a.yaml:1:3: error: it is bad [bad]\n    1 | a\\x00b: x\n      |      ^\n");
}

static void test_long_lines(void)
{
    g_autofree char *whole = g_strdup_printf("%s\n", xs);
    g_autofree char *short_line = format_at(whole, strlen(whole), 1, 100, 1);
    g_autofree char *expected = g_strdup_printf("a.yaml:1:100: error: it is bad [bad]\n    1 | %s\n      | %*s^\n", xs, 99, "");
    g_assert_cmpstr(short_line, ==, expected);

    /* 300 characters: cut in front of the place, behind it, and on both sides. */
    g_autofree char *line = g_strdup_printf("a: 1\n%s%s%s\n", xs, xs, xs);
    g_autofree char *start = format_at(line, strlen(line), 2, 1, 5);
    g_autofree char *start_expected = g_strdup_printf("a.yaml:2:1: error: it is bad [bad]\n    2 | %s…\n      | ^~~~~\n", xs);
    g_assert_cmpstr(start, ==, start_expected);
    g_autofree char *middle = format_at(line, strlen(line), 2, 150, 500);
    g_autofree char *middle_expected =
        g_strdup_printf("a.yaml:2:150: error: it is bad [bad]\n    2 | …%s…\n      | %*s^", xs, 41, "");
    g_assert_true(g_str_has_prefix(middle, middle_expected));
    g_assert_cmpuint(strlen(middle), ==, strlen(middle_expected) + 59 + 1); /* the underline ends with the line shown */
    g_autofree char *end = format_at(line, strlen(line), 2, 300, 1);
    g_autofree char *end_expected =
        g_strdup_printf("a.yaml:2:300: error: it is bad [bad]\n    2 | …%.41s\n      | %*s^\n", xs, 41, "");
    g_assert_cmpstr(end, ==, end_expected);
}

/* Bytes that are no UTF-8, however many, make no endless character. */
static void test_broken_bytes(void)
{
    enum { N = 100000 };
    g_autofree char *bytes = g_strnfill(N, '\x80');
    for (guint column = 1; column < N; column += 997) {
        g_autofree char *shown = format_at(bytes, N, 1, column, 5);
        g_assert_cmpuint(strlen(shown), <, 4000);
    }
    for (int i = 0; i < 3000; i++) {
        char noise[40];
        gsize n = (gsize) g_test_rand_int_range(0, (gint32) sizeof noise);
        for (gsize k = 0; k < n; k++) {
            static const char set[] = "a\n\r\t\x80\xbf\xc3\xe2\xf0\xff\x01\xef\xbb\xbf ";
            noise[k] = set[g_test_rand_int_range(0, (gint32) sizeof set)];
        }
        g_autofree char *copy = g_malloc(n + 1);
        memcpy(copy, noise, n);
        copy[n] = '\0';
        g_autofree char *shown = format_at(copy, n, (guint) g_test_rand_int_range(1, 5), (guint) g_test_rand_int_range(1, 45), 3);
        g_assert_true(g_utf8_validate(shown, -1, NULL));
    }
}

static void test_whole(void)
{
    g_autoptr(OfDiagnostics) list = of_diagnostics_new();
    const OfSourceText *text = add_text(list,
                                        "graphs/\x1b"
                                        "a.yaml",
                                        "fair: 1\n  fair: {colour: red}\n");
    OfPlace place = {text, 2, 10, 6}, first = {text, 1, 1, 4}, file = {.text = text};
    OfDiagnostic *added = of_diagnostics_add(list, OF_SEVERITY_ERROR, "unknown-key", &place, g_strdup("did you mean `color`?"),
                                             "unknown key `%s` in a lab", "colour");
    g_autofree char *plain = of_diagnostic_format(added, false);
    g_assert_cmpstr(plain, ==,
                    "graphs/\\x1Ba.yaml:2:10: error: unknown key `colour` in a lab [unknown-key]\n"
                    "    2 |   fair: {colour: red}\n"
                    "      |          ^~~~~~\n"
                    "      = hint: did you mean `color`?\n");
    g_autofree char *colored = of_diagnostic_format(added, true);
    g_assert_cmpstr(colored, ==,
                    "\033[1mgraphs/\\x1Ba.yaml:2:10:\033[0m \033[1;31merror:\033[0m unknown key `colour` in a lab [unknown-key]\n"
                    "    2 |   fair: {colour: red}\n"
                    "      |          \033[1;32m^~~~~~\033[0m\n"
                    "      = \033[1mhint:\033[0m did you mean `color`?\n");

    added = of_diagnostics_add(list, OF_SEVERITY_WARNING, "duplicate-key", &place, NULL, "twice\x07\u202e");
    added->other = first;
    g_autofree char *twice = of_diagnostic_format(added, false);
    g_assert_cmpstr(twice, ==,
                    "graphs/\\x1Ba.yaml:2:10: warning: twice\\x07\\u{202E} [duplicate-key]\n"
                    "    2 |   fair: {colour: red}\n"
                    "      |          ^~~~~~\n"
                    "graphs/\\x1Ba.yaml:1:1: note: first defined here\n"
                    "    1 | fair: 1\n"
                    "      | ^~~~\n");

    g_autofree char *whole_file = of_diagnostic_format(of_diagnostics_add(list, OF_SEVERITY_ERROR, "f", &file, NULL, "m"), false);
    g_assert_cmpstr(whole_file, ==, "graphs/\\x1Ba.yaml: error: m [f]\n");
    g_autofree char *no_place = of_diagnostic_format(of_diagnostics_add(list, OF_SEVERITY_WARNING, "f", NULL, NULL, "m"), true);
    g_assert_cmpstr(no_place, ==, "\033[1morgflow:\033[0m \033[1;33mwarning:\033[0m m [f]\n");
}

static void test_escape(void)
{
    static const struct {
        const char *text;
        gssize length;
        const char *escaped;
    } rows[] = {
        {"plain é 日本 😀", -1, "plain é 日本 😀"},
        {"\033[1m\t\n\r\x7f", -1, "\\x1B[1m\\x09\\x0A\\x0D\\x7F"},
        {"a\0b", 3, "a\\x00b"},
        {"\u202a\u202b\u202c\u202d\u202e", -1, "\\u{202A}\\u{202B}\\u{202C}\\u{202D}\\u{202E}"},
        {"\u2066\u2069\u200e\u061c", -1, "\\u{2066}\\u{2069}\\u{200E}\\u{061C}"},
        {"\xc2\x80\xc2\x9f\u00a0", -1, "\\u{0080}\\u{009F}\u00a0"},
        {"\u2028", -1, "\\u{2028}"},
        {"\xff\xc3(\xe2\x82", -1, "\\xFF\\xC3(\\xE2\\x82"},
        {"\xed\xa0\x80", -1, "\\xED\\xA0\\x80"},
        {"\xc0\x80", -1, "\\xC0\\x80"},
        {"é", 1, "\\xC3"},
        {"abc", 2, "ab"},
        {"", -1, ""},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *escaped = of_text_escape(rows[i].text, rows[i].length);
        g_assert_cmpstr(escaped, ==, rows[i].escaped);
    }
}

/* ---- The nearest word ---- */

static void test_nearest(void)
{
    static const char *const words[] = {"color", "name", "mistral", "meta", "deepmind", "fair", "a", "naïve", NULL};
    static const struct {
        const char *word, *expected;
    } rows[] = {
        {"colour", "color"},
        {"nmae", "name"},
        {"Mistral", "mistral"},
        {"FAIR", "fair"},
        {"mistrall", "mistral"},
        {"mistarl", "mistral"},
        {"depmimd", "deepmind"},
        {"beta", "meta"},
        {"dpmd", NULL},
        {"xyz", NULL},
        {"b", NULL},
        {"", NULL},
        {"naive", "naïve"},
        {"\xff", NULL},
        {"name", NULL},
        {"metaphysics", NULL},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *hint = of_hint_nearest(rows[i].word, words, -1);
        g_autofree char *expected = rows[i].expected != NULL ? g_strdup_printf("did you mean `%s`?", rows[i].expected) : NULL;
        g_assert_cmpstr(hint, ==, expected);
    }
    static const char *const ties[] = {"bat", "rat", "cat"};
    g_autofree char *tie = of_hint_nearest("xat", ties, 3);
    g_assert_cmpstr(tie, ==, "did you mean `bat`?");
    g_autofree char *few = of_hint_nearest("cats", ties, 2);
    g_assert_null(few);
    g_assert_null(of_hint_nearest("cat", ties, 0));
    g_autofree char *endless = g_strnfill(1000000, 'x');
    g_assert_null(of_hint_nearest(endless, words, -1));
    const char *const one[] = {endless, NULL};
    g_assert_null(of_hint_nearest("xx", one, -1));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/diagnostics/list", test_list);
    g_test_add_func("/diagnostics/identical", test_identical);
    g_test_add_func("/diagnostics/sort", test_sort);
    g_test_add_func("/diagnostics/flood", test_flood);
    g_test_add_func("/diagnostics/too-many", test_too_many);
    g_test_add_func("/diagnostics/places", test_places);
    g_test_add_func("/diagnostics/long-lines", test_long_lines);
    g_test_add_func("/diagnostics/broken-bytes", test_broken_bytes);
    g_test_add_func("/diagnostics/whole", test_whole);
    g_test_add_func("/diagnostics/escape", test_escape);
    g_test_add_func("/diagnostics/nearest", test_nearest);
    return g_test_run();
}
