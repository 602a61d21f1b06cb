/* What plain scalars mean. */
#include "text/node.h"

#include <string.h>

static OfNode scalar(const char *text, bool plain)
{
    return (OfNode){.type = OF_NODE_SCALAR, .plain = plain, .n = (guint32) strlen(text), .text = text};
}

static void test_null_and_bool(void)
{
    static const char *const nulls[] = {"", "~", "null", "Null", "NULL"}, *const others[] = {"nULL", "nil", " ", "~~", "nulls"};
    for (gsize i = 0; i < G_N_ELEMENTS(nulls); i++) {
        OfNode plain = scalar(nulls[i], true), quoted = scalar(nulls[i], false);
        g_assert_true(of_node_is_null(&plain));
        g_assert_false(of_node_is_null(&quoted));
        g_assert_cmpstr(of_node_describe(&plain), ==, "null");
        g_assert_cmpstr(of_node_describe(&quoted), ==, "a scalar");
        OfNode other = scalar(others[i], true);
        g_assert_false(of_node_is_null(&other));
    }
    static const struct {
        const char *text;
        int value; /* -1: no bool */
    } bools[] = {{"true", 1}, {"True", 1}, {"TRUE", 1}, {"false", 0}, {"False", 0}, {"FALSE", 0}, {"tRUE", -1},
                 {"yes", -1}, {"no", -1},  {"on", -1},  {"y", -1},    {"1", -1},    {"", -1},     {"falsee", -1}};
    for (gsize i = 0; i < G_N_ELEMENTS(bools); i++) {
        OfNode plain = scalar(bools[i].text, true), quoted = scalar(bools[i].text, false);
        bool value = bools[i].value != 1;
        g_assert_cmpint(of_node_get_bool(&plain, &value), ==, bools[i].value >= 0);
        g_assert_cmpint(value, ==, bools[i].value >= 0 ? bools[i].value : true);
        g_assert_false(of_node_get_bool(&quoted, &value));
    }
    OfNode sequence = {.type = OF_NODE_SEQUENCE}, mapping = {.type = OF_NODE_MAPPING};
    g_assert_false(of_node_is_null(&sequence));
    g_assert_cmpstr(of_node_describe(&sequence), ==, "a sequence");
    g_assert_cmpstr(of_node_describe(&mapping), ==, "a mapping");
}

static void test_numbers(void)
{
    static const struct {
        const char *text;
        bool is_integer;
        gint64 integer;
        bool is_double;
        double number;
    } rows[] = {
        {"0", true, 0, true, 0.0},
        {"12", true, 12, true, 12.0},
        {"-12", true, -12, true, -12.0},
        {"+7", true, 7, true, 7.0},
        {"012", true, 12, true, 12.0},
        {"0o17", true, 15, true, 15.0},
        {"0x1F", true, 31, true, 31.0},
        {"0xff", true, 255, true, 255.0},
        {"9223372036854775807", true, G_MAXINT64, true, 9223372036854775807.0},
        {"-9223372036854775808", true, G_MININT64, true, -9223372036854775808.0},
        {"9223372036854775808", false, 0, true, 9223372036854775808.0},
        {"-9223372036854775809", false, 0, true, -9223372036854775809.0},
        {"0x8000000000000000", false, 0, false, 0.0},
        {"1.5", false, 0, true, 1.5},
        {".5", false, 0, true, 0.5},
        {"5.", false, 0, true, 5.0},
        {"-1e3", false, 0, true, -1000.0},
        {"1E+3", false, 0, true, 1000.0},
        {"1e-3", false, 0, true, 0.001},
        {"1e999", false, 0, false, 0.0},
        {".inf", false, 0, false, 0.0},
        {".nan", false, 0, false, 0.0},
        {"inf", false, 0, false, 0.0},
        {"nan", false, 0, false, 0.0},
        {"0x1p3", false, 0, false, 0.0},
        {"0o8", false, 0, false, 0.0},
        {"-0x1", false, 0, false, 0.0},
        {"0x", false, 0, false, 0.0},
        {"0b1", false, 0, false, 0.0},
        {"1_000", false, 0, false, 0.0},
        {"1,5", false, 0, false, 0.0},
        {"1:30", false, 0, false, 0.0},
        {"1e", false, 0, false, 0.0},
        {"1e+", false, 0, false, 0.0},
        {".", false, 0, false, 0.0},
        {"-", false, 0, false, 0.0},
        {"+", false, 0, false, 0.0},
        {"e5", false, 0, false, 0.0},
        {" 1", false, 0, false, 0.0},
        {"1 ", false, 0, false, 0.0},
        {"many", false, 0, false, 0.0},
        {"", false, 0, false, 0.0},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        OfNode plain = scalar(rows[i].text, true), quoted = scalar(rows[i].text, false);
        gint64 integer = 42;
        double number = 42.0;
        g_assert_cmpint(of_node_get_integer(&plain, &integer), ==, rows[i].is_integer);
        g_assert_cmpint(integer, ==, rows[i].is_integer ? rows[i].integer : 42);
        g_assert_cmpint(of_node_get_double(&plain, &number), ==, rows[i].is_double);
        g_assert_cmpfloat(number, ==, rows[i].is_double ? rows[i].number : 42.0);
        g_assert_false(of_node_get_integer(&quoted, &integer));
        g_assert_false(of_node_get_double(&quoted, &number));
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/scalar/null-and-bool", test_null_and_bool);
    g_test_add_func("/scalar/numbers", test_numbers);
    return g_test_run();
}
