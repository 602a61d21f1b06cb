/* What the tests of exchange/ share. */
#ifndef EXCHANGE_FIXTURE_H
#define EXCHANGE_FIXTURE_H

#include <string.h>

#include "exchange/import.h"
#include "model/story.h"

#define STORY(characters) "{\"Story\": {\"Locations\": {\"All\": [1]}, \"Characters\": " characters "}}"

static const char *const views[] G_GNUC_UNUSED = {"storyline", NULL};

typedef struct {
    OfDiagnostics *diagnostics;
    GString *text; /* or NULL */
    GArray *places;
    bool plain; /* reading the text finds no error: import_bytes() has tried */
} Import;

static void import_clear(Import *import)
{
    if (import->text != NULL) {
        g_string_free(import->text, TRUE);
    }
    g_array_unref(import->places);
    of_diagnostics_free(import->diagnostics);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Import, import_clear)

G_GNUC_UNUSED static guint count_errors(const GString *text)
{
    const OfLimits limits = of_limits_default();
    g_autoptr(OfDiagnostics) found = of_diagnostics_new();
    OfInput input = {"result", g_memdup2(text->str, text->len + 1), text->len};
    of_story_free(of_story_read(&input, 1, &limits, views, found));
    return of_diagnostics_count_severity(found, OF_SEVERITY_ERROR);
}

G_GNUC_UNUSED static Import import_bytes(const char *format, const char *bytes, gsize length, const char *columns)
{
    Import import = {.diagnostics = of_diagnostics_new(), .places = g_array_new(FALSE, FALSE, sizeof(OfPlace))};
    const OfLimits limits = of_limits_default();
    OfColumnNames names = {{NULL}};
    g_assert_true(columns == NULL || of_column_names_parse(&names, columns, NULL));
    const OfSourceText *text = of_diagnostics_add_text(import.diagnostics, "x", g_memdup2(bytes, length + 1), length);
    import.text =
        of_import_read(of_import_format_find(format), text, &names, "T", &limits, import.diagnostics, import.places, &import.plain);
    of_column_names_clear(&names);
    g_assert_true(!import.plain || count_errors(import.text) == 0);
    of_diagnostics_sort(import.diagnostics);
    g_assert_true((import.text == NULL) == (of_diagnostics_count_severity(import.diagnostics, OF_SEVERITY_ERROR) > 0));
    for (guint i = 0; i < of_diagnostics_count(import.diagnostics); i++) {
        g_autofree char *shown = of_diagnostic_format(of_diagnostics_get(import.diagnostics, i), false);
        g_assert_true(g_utf8_validate(shown, -1, NULL));
    }
    return import;
}

G_GNUC_UNUSED static Import import_text(const char *format, const char *text)
{
    return import_bytes(format, text, strlen(text), NULL);
}

/* "LINE:COLUMN+LENGTH code" of each problem, joined by "; ". */
G_GNUC_UNUSED static char *list_problems(const OfDiagnostics *diagnostics)
{
    GString *list = g_string_new(NULL);
    for (guint i = 0; i < of_diagnostics_count(diagnostics); i++) {
        const OfDiagnostic *problem = of_diagnostics_get(diagnostics, i);
        g_string_append_printf(list, "%s%u:%u+%u %s", i > 0 ? "; " : "", problem->place.line, problem->place.column,
                               problem->place.length, problem->code);
    }
    return g_string_free(list, FALSE);
}

/* Reads what was written; there must be no problem with it. */
G_GNUC_UNUSED static OfStory *read_result(const GString *text, OfDiagnostics *diagnostics)
{
    const OfLimits limits = of_limits_default();
    OfInput input = {"result", g_memdup2(text->str, text->len + 1), text->len};
    OfStory *story = of_story_read(&input, 1, &limits, views, diagnostics);
    g_autofree char *problems = list_problems(diagnostics);
    if (*problems != '\0') {
        g_test_message("%s\n%s", text->str, problems);
    }
    g_assert_cmpstr(problems, ==, "");
    g_assert_nonnull(story);
    return story;
}

#endif
