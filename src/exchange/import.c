#include "exchange/import.h"

#include <string.h>

#include "base/progress.h"
#include "base/text_index.h"
#include "text/encoding.h"

const OfImportFormat of_import_formats[] = {
    {"csv", "a table of stints (person, lab, from, to, role) or of flows (from, to, date, weight)", true, of_import_csv},
    {"scenes", "who is together at each step: a film (a line is a step) or a story (JSON)", false, of_import_scenes},
    {.name = NULL},
};

const OfImportFormat *of_import_format_find(const char *name)
{
    for (const OfImportFormat *format = of_import_formats; format->name != NULL; format++) {
        if (strcmp(format->name, name) == 0) {
            return format;
        }
    }
    return NULL;
}

static bool check_size(const OfSourceText *text, const OfLimits *limits, OfDiagnostics *diagnostics)
{
    const gint64 most = limits->value[OF_LIMIT_INPUT_BYTES];
    if (text->length <= (guint64) most) {
        return true;
    }
    const OfPlace place = {text, 1, 1, 1};
    of_diagnostics_add(diagnostics, OF_SEVERITY_ERROR, "limit-input-bytes", &place,
                       g_strdup("the limit can be raised: --limit input-bytes=N"),
                       "the input holds more than %" G_GINT64_FORMAT " bytes, the limit `input-bytes`", most)
        ->kind = OF_KIND_LIMIT;
    return false;
}

static bool is_blank(const OfSourceText *text)
{
    const char *bytes = text->bytes + of_text_mark_start(text).offset;
    return bytes[strspn(bytes, " \t\r\n")] == '\0';
}

GString *of_import_read(const OfImportFormat *format, const OfSourceText *text, const OfColumnNames *columns, const char *title,
                        const OfLimits *limits, OfDiagnostics *diagnostics, GArray *places, bool *plain)
{
    const guint n_errors = of_diagnostics_count_severity(diagnostics, OF_SEVERITY_ERROR);
    if (!check_size(text, limits, diagnostics) || !of_encoding_check(text, diagnostics)) {
        return NULL;
    }
    if (is_blank(text)) {
        const OfPlace place = {text, 1, 1, 1};
        of_diagnostics_add(diagnostics, OF_SEVERITY_ERROR, "empty-document", &place, NULL, "there is nothing in it");
        return NULL;
    }
    g_autoptr(OfRoster) roster = of_roster_new();
    format->read(roster, text, columns, limits, diagnostics);
    of_roster_close(roster, diagnostics);
    if (!of_progress_tell("writing", -1) || of_diagnostics_count_severity(diagnostics, OF_SEVERITY_ERROR) > n_errors) {
        return NULL;
    }
    if (roster->stints->len == 0 && roster->flows->len == 0) {
        const OfPlace place = {text, 1, 1, 1};
        of_diagnostics_add(diagnostics, OF_SEVERITY_WARNING, "nobody", &place, NULL, "there is nobody in it");
    }
    *plain = of_roster_is_plain(roster, title, limits);
    return of_roster_write(roster, title, *plain ? NULL : places);
}
