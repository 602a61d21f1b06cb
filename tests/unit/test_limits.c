#include "base/limits.h"

#include <string.h>

static void assert_equal(const OfLimits *limits, const OfLimits *expected)
{
    for (int i = 0; i < OF_N_LIMITS; i++) {
        g_assert_cmpint(limits->value[i], ==, expected->value[i]);
    }
}

static void test_defaults(void)
{
    static const struct {
        const char *name;
        gint64 value;
    } expected[] = {
        {"input-bytes", 67108864}, {"depth", 64},         {"nodes", 20000000}, {"label-bytes", 1000}, {"people", 1000000},
        {"events", 2000000},       {"graph-nodes", 5000}, {"lines", 25000},    {"steps", 200},        {"layout-seconds", 60},
        {"layout-mib", 4096},      {"pixels", 50000000},
    };
    G_STATIC_ASSERT(G_N_ELEMENTS(expected) == OF_N_LIMITS);
    OfLimits limits = of_limits_default();
    for (int i = 0; i < OF_N_LIMITS; i++) {
        const OfLimitInfo *info = of_limit_info((OfLimitId) i);
        g_assert_cmpstr(info->name, ==, expected[i].name);
        g_assert_cmpint(info->value, ==, expected[i].value);
        g_assert_cmpint(limits.value[i], ==, expected[i].value);
        g_assert_cmpuint(strlen(info->summary), >, 0);
    }
}

static void test_set(void)
{
    static const struct {
        const char *assignment;
        OfLimitId id;
        gint64 value;
    } rows[] = {
        {"depth=65", OF_LIMIT_DEPTH, 65},
        {"depth=1000", OF_LIMIT_DEPTH, 1000},
        {"input-bytes=1k", OF_LIMIT_INPUT_BYTES, 1024},
        {"input-bytes=3M", OF_LIMIT_INPUT_BYTES, 3145728},
        {"input-bytes=2G", OF_LIMIT_INPUT_BYTES, G_GINT64_CONSTANT(2147483648)},
        {"pixels=007", OF_LIMIT_PIXELS, 7},
        {"nodes=9223372036854775807", OF_LIMIT_NODES, G_MAXINT64},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        OfLimits limits = of_limits_default(), expected = of_limits_default();
        GError *error = NULL;
        g_assert_true(of_limits_set(&limits, rows[i].assignment, &error));
        g_assert_no_error(error);
        expected.value[rows[i].id] = rows[i].value;
        assert_equal(&limits, &expected);
    }
}

static void test_refused(void)
{
    static const struct {
        const char *assignment, *message;
    } rows[] = {
        {"depth", "NAME=N"},
        {"", "NAME=N"},
        {"dept=3", "there is no limit `dept`; the limits are input-bytes, depth, nodes,"},
        {"=3", "there is no limit ``"},
        {"depth=", "whole number"},
        {"depth=0", "whole number"},
        {"depth=0k", "whole number"},
        {"depth=-1", "whole number"},
        {"depth=+1", "whole number"},
        {"depth= 1", "whole number"},
        {"depth=1.5", "whole number"},
        {"depth=many", "whole number"},
        {"depth=k", "whole number"},
        {"depth=1K", "whole number"},
        {"depth=1kk", "whole number"},
        {"depth=1001", "can be 1000 at most"},
        {"nodes=9223372036854775808", "whole number"},
        {"nodes=9007199254740992k", "whole number"},
        {"nodes=99999999999999999999999999", "whole number"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        OfLimits limits = of_limits_default(), expected = of_limits_default();
        g_autoptr(GError) error = NULL;
        g_assert_false(of_limits_set(&limits, rows[i].assignment, &error));
        g_assert_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE);
        if (strstr(error->message, rows[i].message) == NULL) {
            g_error("`%s`: `%s` does not hold `%s`", rows[i].assignment, error->message, rows[i].message);
        }
        assert_equal(&limits, &expected);
    }
}

static void test_error_codes(void)
{
    g_assert_cmpstr(g_quark_to_string(OF_ERROR), ==, "orgflow-error-quark");
    g_assert_cmpint(OF_ERROR_ENVIRONMENT, ==, 5);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/limits/defaults", test_defaults);
    g_test_add_func("/limits/set", test_set);
    g_test_add_func("/limits/refused", test_refused);
    g_test_add_func("/limits/error-codes", test_error_codes);
    return g_test_run();
}
