/* Lines of an attributes file: `graphs/[*].yaml diff=orgflow merge=orgflow`. */
#include "revision/setup.h"

#include <string.h>

#include "base/diagnostics.h"

static const char ours[] = "diff=orgflow merge=orgflow";

/* A pattern with blanks or the like stands in quotes, as in C. */
static char *quote_pattern(const char *pattern)
{
    if (strpbrk(pattern, " \t\"\\") == NULL && *pattern != '#') {
        return g_strdup(pattern);
    }
    GString *quoted = g_string_new("\"");
    for (const char *at = pattern; *at != '\0'; at++) {
        if (*at == '"' || *at == '\\') {
            g_string_append_c(quoted, '\\');
        }
        if (*at == '\t') {
            g_string_append(quoted, "\\t");
        } else {
            g_string_append_c(quoted, *at);
        }
    }
    g_string_append_c(quoted, '"');
    return g_string_free(quoted, FALSE);
}

/* How much of the line the pattern takes, its quotes included; 0 for a comment or blank line. */
static gsize pattern_length(const char *line)
{
    if (*line == '#' || *line == '\0') {
        return 0;
    }
    if (*line != '"') {
        return strcspn(line, " \t\r");
    }
    const char *at = line + 1;
    while (*at != '\0' && *at != '"') {
        at += *at == '\\' && at[1] != '\0' ? 2 : 1;
    }
    return (gsize) (at - line) + (*at == '"');
}

/* Whether what follows the pattern is exactly what is written here. */
static bool is_ours(const char *line)
{
    const gsize length = pattern_length(line);
    g_autofree char *rest = g_strstrip(g_strdup(line + length));
    return length > 0 && g_str_equal(rest, ours);
}

/* The driver that a line names for the pattern under attribute, "diff": "orgflow", or NULL. Owned by the caller. */
static char *driver_of(const char *line, const char *pattern, const char *attribute)
{
    const gsize length = pattern_length(line);
    if (length != strlen(pattern) || strncmp(line, pattern, length) != 0) {
        return NULL;
    }
    g_auto(GStrv) words = g_strsplit_set(line + length, " \t\r", -1);
    g_autofree char *wanted = g_strconcat(attribute, "=", NULL);
    char *driver = NULL;
    for (char **word = words; *word != NULL; word++) {
        const char *name = **word == '-' || **word == '!' ? *word + 1 : *word;
        if (g_str_has_prefix(*word, wanted) || g_str_equal(name, attribute)) {
            g_free(driver);
            driver = g_strdup(g_str_equal(name, attribute) ? *word : *word + strlen(wanted));
        }
    }
    return driver;
}

/* What the lines say last for a pattern. */
static char *last_driver(char **lines, const char *pattern, const char *attribute)
{
    char *last = NULL;
    for (char **line = lines; *line != NULL; line++) {
        char *driver = driver_of(*line, pattern, attribute);
        if (driver != NULL) {
            g_free(last);
            last = driver;
        }
    }
    return last;
}

char *of_attributes_add(const char *text, const char *const *patterns, GString *report)
{
    GString *result = g_string_new(text);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (const char *const *at = patterns; *at != NULL; at++) {
        g_autofree char *pattern = quote_pattern(*at);
        g_autofree char *shown = of_text_escape(pattern, -1);
        g_autofree char *diff = last_driver(lines, pattern, "diff"), *merge = last_driver(lines, pattern, "merge");
        if (g_strcmp0(diff, "orgflow") == 0 && g_strcmp0(merge, "orgflow") == 0) {
            g_string_append_printf(report, "  is there: %s %s\n", shown, ours);
        } else if ((diff != NULL && !g_str_equal(diff, "orgflow")) || (merge != NULL && !g_str_equal(merge, "orgflow"))) {
            g_string_append_printf(report, "  left as it is: %s has other drivers; `%s %s` would be orgflow's line\n", shown, shown,
                                   ours);
        } else {
            g_string_append(result, result->len > 0 && result->str[result->len - 1] != '\n' ? "\n" : "");
            g_string_append_printf(result, "%s %s\n", pattern, ours);
            g_string_append_printf(report, "  added: %s %s\n", shown, ours);
        }
    }
    return g_string_free(result, FALSE);
}

char *of_attributes_remove(const char *text, GString *report)
{
    GString *result = g_string_new(NULL);
    for (const char *at = text; *at != '\0';) {
        const gsize length = strcspn(at, "\n"), whole = length + (at[length] == '\n');
        g_autofree char *line = g_strndup(at, length);
        if (is_ours(line)) {
            g_autofree char *shown = of_text_escape(line, -1);
            g_string_append_printf(report, "  removed: %s\n", shown);
        } else {
            g_string_append_len(result, at, (gssize) whole);
        }
        at += whole;
    }
    return g_string_free(result, FALSE);
}
