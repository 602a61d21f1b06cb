/* Other formats → format 1. */
#include "api/handles.h"

#include "base/progress.h"
#include "exchange/import.h"
#include "view/view.h"

bool orgflow_import_format(size_t index, OrgflowEntry *entry)
{
    size_t i = 0;
    for (const OfImportFormat *format = of_import_formats; format->name != NULL; format++, i++) {
        if (i == index) {
            *entry = (OrgflowEntry){.name = format->name, .summary = format->summary};
            return true;
        }
    }
    return false;
}

/* What is written must be read without an error under the same limits. What is not, such as a name that is too long, is reported
 * where it comes from. Returns whether all is well. */
static bool check_result(const GString *text, const OfSourceText *source, const GArray *places, const OfLimits *limits,
                         OfDiagnostics *diagnostics)
{
    g_autoptr(OfDiagnostics) found = of_diagnostics_new();
    OfInput input = {"import", g_memdup2(text->str, text->len + 1), text->len};
    of_story_free(of_story_read(&input, 1, limits, of_view_format_names, found));
    for (guint i = 0; i < of_diagnostics_count(found); i++) {
        const OfDiagnostic *problem = of_diagnostics_get(found, i);
        if (problem->severity != OF_SEVERITY_ERROR) {
            continue; /* a warning is for `check` to give */
        }
        OfPlace place = {source, 1, 1, 1};
        const guint line = problem->place.text != NULL ? problem->place.line : 0;
        if (line > 0 && line <= places->len && g_array_index(places, OfPlace, line - 1).text != NULL) {
            place = g_array_index(places, OfPlace, line - 1);
        }
        of_diagnostics_add(diagnostics, OF_SEVERITY_ERROR, problem->code, &place, g_strdup(problem->hint), "once imported: %s",
                           problem->message)
            ->kind = problem->kind;
    }
    return of_diagnostics_count_severity(found, OF_SEVERITY_ERROR) == 0;
}

static void read_input(OrgflowInputs *inputs, const OfImportFormat *format, const OfColumnNames *columns, OrgflowStory *read,
                       char **text)
{
    OfInput *input = &g_array_index(inputs->inputs, OfInput, 0);
    const bool named = !g_str_equal(input->name, "<stdin>");
    g_autofree char *title = named ? of_text_escape(read->name, -1) : NULL;
    g_autoptr(GArray) places = g_array_new(FALSE, FALSE, sizeof(OfPlace));
    const OfSourceText *source = of_diagnostics_add_text(read->diagnostics, input->name, input->bytes, input->length);
    input->bytes = NULL;
    bool plain = false;
    GString *written = of_import_read(format, source, columns, title, &read->limits, read->diagnostics, places, &plain);
    plain = plain && (gint64) written->len <= read->limits.value[OF_LIMIT_INPUT_BYTES];
    if (written != NULL && (plain || check_result(written, source, places, &read->limits, read->diagnostics))) {
        *text = g_string_free(written, FALSE);
    } else if (written != NULL) {
        g_string_free(written, TRUE);
    }
    of_diagnostics_sort(read->diagnostics);
}

OrgflowStatus orgflow_import(OrgflowInputs *inputs, const char *format, const char *columns, char **text, OrgflowStory **problems,
                             char **message)
{
    const OfImportFormat *row = of_import_format_find(format);
    OfColumnNames names = {{NULL}};
    OfProgress progress = {.tell = inputs->progress, .data = inputs->progress_data};
    GError *error = NULL;
    *text = NULL;
    *problems = NULL;
    if (row == NULL) {
        error = g_error_new(OF_ERROR, OF_ERROR_USAGE, "there is no format `%s` to import from", format);
    } else if (columns != NULL && !row->has_columns) {
        error = g_error_new(OF_ERROR, OF_ERROR_USAGE, "the format `%s` has no columns", format);
    } else if (inputs->inputs->len != 1) {
        error = g_error_new(OF_ERROR, OF_ERROR_USAGE, "one input is imported at a time, not %u", inputs->inputs->len);
    } else if (columns != NULL) {
        of_column_names_parse(&names, columns, &error);
    }
    if (error == NULL) {
        OrgflowStory *read = of_story_handle_new(inputs);
        of_progress_begin(&progress);
        read_input(inputs, row, &names, read, text);
        of_progress_end(&progress);
        if (progress.stopped) {
            g_clear_pointer(text, g_free);
        }
        g_array_set_size(inputs->inputs, 0);
        *problems = read;
    }
    of_column_names_clear(&names);
    return error != NULL                                        ? of_api_fail(error, message)
           : progress.stopped                                   ? ORGFLOW_STOPPED
           : of_diagnostics_has_limit((*problems)->diagnostics) ? ORGFLOW_LIMIT
           : *text == NULL                                      ? ORGFLOW_INVALID
                                                                : ORGFLOW_OK;
}
