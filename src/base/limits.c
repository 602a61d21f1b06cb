#include "base/limits.h"

#include <string.h>

/* What is known of a limit beyond its public row. */
typedef struct {
    OfLimitInfo info;
    int64_t most; /* the largest value that may be asked for */
} Row;

/* The tree is walked by recursion behind the reader, so its depth must stay within any stack. */
#define MOST_DEPTH 1000

static const Row rows[OF_N_LIMITS] = {
    [OF_LIMIT_INPUT_BYTES] = {{"input-bytes", 64 * 1024 * 1024, "bytes of all inputs together"}, INT64_MAX},
    [OF_LIMIT_DEPTH] = {{"depth", 64, "levels of nesting in YAML (1000 at most)"}, MOST_DEPTH},
    [OF_LIMIT_NODES] = {{"nodes", 20000000, "nodes of a YAML file once its aliases are expanded"}, INT64_MAX},
    [OF_LIMIT_LABEL_BYTES] = {{"label-bytes", 1000, "bytes of one name, title or other text that is drawn"}, INT64_MAX},
    [OF_LIMIT_PEOPLE] = {{"people", 1000000, "people in the data"}, INT64_MAX},
    [OF_LIMIT_EVENTS] = {{"events", 2000000, "events in the data"}, INT64_MAX},
    [OF_LIMIT_GRAPH_NODES] = {{"graph-nodes", 5000, "nodes of a graph that Graphviz lays out"}, INT64_MAX},
    [OF_LIMIT_LINES] = {{"lines", 25000, "people of a storyline, times its steps"}, INT64_MAX},
    [OF_LIMIT_STEPS] = {{"steps", 200, "steps of one drawing"}, INT64_MAX},
    [OF_LIMIT_LAYOUT_SECONDS] = {{"layout-seconds", 60, "seconds that one layout may take"}, INT64_MAX},
    [OF_LIMIT_LAYOUT_MIB] = {{"layout-mib", 4096, "MiB of memory of the layout process"}, INT64_MAX},
    [OF_LIMIT_PIXELS] = {{"pixels", 50000000, "pixels (width times height) of an image"}, INT64_MAX},
};

GQuark of_error_quark(void)
{
    return g_quark_from_static_string("orgflow-error-quark");
}

const OfLimitInfo *of_limit_info(OfLimitId id)
{
    return &rows[id].info;
}

OfLimits of_limits_default(void)
{
    OfLimits limits;
    for (int i = 0; i < OF_N_LIMITS; i++) {
        limits.value[i] = rows[i].info.value;
    }
    return limits;
}

static bool refuse(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);

static bool refuse(GError **error, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_propagate_error(error, g_error_new_valist(G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, format, arguments));
    va_end(arguments);
    return false;
}

static char *known_names(void)
{
    GString *names = g_string_new(NULL);
    for (int i = 0; i < OF_N_LIMITS; i++) {
        g_string_append_printf(names, "%s%s", i > 0 ? ", " : "", rows[i].info.name);
    }
    return g_string_free(names, FALSE);
}

/* Reads a whole number with an optional k, M or G. Returns false where it is none, is 0 or does not fit. */
static bool parse_amount(const char *text, int64_t *amount)
{
    static const struct {
        char letter;
        int64_t factor;
    } units[] = {{'\0', 1}, {'k', 1024}, {'M', 1024 * 1024}, {'G', 1024 * 1024 * 1024}};
    if (!g_ascii_isdigit(*text)) {
        return false;
    }
    int64_t number = 0;
    for (; g_ascii_isdigit(*text); text++) {
        int digit = *text - '0';
        if (number > (INT64_MAX - digit) / 10) {
            return false;
        }
        number = number * 10 + digit;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(units); i++) {
        if (*text == units[i].letter && (*text == '\0' || text[1] == '\0')) {
            if (number == 0 || number > INT64_MAX / units[i].factor) {
                return false;
            }
            *amount = number * units[i].factor;
            return true;
        }
    }
    return false;
}

bool of_limits_set(OfLimits *limits, const char *assignment, GError **error)
{
    const char *equals = strchr(assignment, '=');
    if (equals == NULL) {
        return refuse(error, "a limit is set as NAME=N, not as `%s`", assignment);
    }
    g_autofree char *name = g_strndup(assignment, (gsize) (equals - assignment));
    for (int i = 0; i < OF_N_LIMITS; i++) {
        if (strcmp(rows[i].info.name, name) != 0) {
            continue;
        }
        int64_t amount;
        if (!parse_amount(equals + 1, &amount)) {
            return refuse(error, "the limit `%s` is a whole number above 0, with k, M or G behind it for powers of 1024, not `%s`",
                          name, equals + 1);
        }
        if (amount > rows[i].most) {
            return refuse(error, "the limit `%s` can be %" G_GINT64_FORMAT " at most", name, (gint64) rows[i].most);
        }
        limits->value[i] = amount;
        return true;
    }
    g_autofree char *known = known_names();
    return refuse(error, "there is no limit `%s`; the limits are %s", name, known);
}
