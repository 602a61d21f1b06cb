/* `orgflow diff -f svg`: differences as drawings. */
#include "cli/command.h"

#include <string.h>

DiffDrawing diff_drawing = {NULL, NULL, NULL, NULL, NULL};

void diff_free_drawing(void)
{
    g_clear_pointer(&diff_drawing.views, g_strfreev);
    g_clear_pointer(&diff_drawing.panel, g_free);
    g_clear_pointer(&diff_drawing.context, g_free);
    g_clear_pointer(&diff_drawing.report, g_free);
    g_clear_pointer(&diff_drawing.template, g_free);
}

static bool is_listed(bool (*list)(size_t index, OrgflowEntry *entry), const char *name)
{
    OrgflowEntry entry;
    for (size_t i = 0; list(i, &entry); i++) {
        if (strcmp(entry.name, name) == 0) {
            return true;
        }
    }
    return false;
}

const char *diff_drawing_format(const char *format, const char *output)
{
    const char *dot = output != NULL ? strrchr(output, '.') : NULL;
    const char *name = format != NULL ? format : dot != NULL ? dot + 1 : "";
    /* `json` is a format of both: the record of a difference is meant. */
    return !is_listed(orgflow_diff_format, name) && is_listed(orgflow_format, name) ? name : NULL;
}

int diff_refuse_drawing_options(const Request *request)
{
    const char *asked = diff_drawing.views != NULL      ? "view"
                        : diff_drawing.panel != NULL    ? "panel"
                        : diff_drawing.context != NULL  ? "context"
                        : diff_drawing.report != NULL   ? "report"
                        : diff_drawing.template != NULL ? "template"
                                                        : NULL;
    for (guint i = 0; i < request->options->len && asked == NULL; i += 2) {
        const char *name = request->options->pdata[i];
        asked = strcmp(name, "person") != 0 && strcmp(name, "lab") != 0 ? name : NULL; /* these two filter changes too */
    }
    if (asked == NULL) {
        return ORGFLOW_OK;
    }
    say_error("`--%s` is for drawings: ask for one with `-f`, as in `-f svg`", asked);
    return ORGFLOW_USAGE;
}

int diff_draw(const Request *request, const OrgflowDiff *diff, const char *format, const char *output, const char *name)
{
    const Drawing drawing = {.views = diff_drawing.views,
                             .format = format,
                             .output = output,
                             .report = diff_drawing.report,
                             .panel = diff_drawing.panel,
                             .context = diff_drawing.context,
                             .template = diff_drawing.template,
                             .name = name};
    OrgflowJob *job = orgflow_job_new_diff(diff);
    const int status = draw_and_write(request, &drawing, job);
    if (status == ORGFLOW_OK && orgflow_diff_n_changes(diff) == 0) {
        say_note(request, "no changes");
    }
    orgflow_job_free(job);
    return status;
}
