#include "api/statistics.h"

#include "api/handles.h"
#include "base/limits.h"

const OfStatisticsForm of_statistics_forms[] = {
    {"text", "tables for a terminal", of_statistics_write_text},
    {"json", "all numbers, for programs", of_statistics_write_json},
    {"csv", "one number a line, for spreadsheets", of_statistics_write_csv},
    {NULL, NULL, NULL},
};

bool orgflow_statistics_format(size_t index, OrgflowEntry *entry)
{
    size_t i = 0;
    for (const OfStatisticsForm *form = of_statistics_forms; form->name != NULL; form++, i++) {
        if (i == index) {
            *entry = (OrgflowEntry){.name = form->name, .summary = form->summary};
            return true;
        }
    }
    return false;
}

OrgflowStatus orgflow_story_write_statistics(const OrgflowStory *story, const char *const *groups, const char *const *labs,
                                             const char *format, char **text, char **message)
{
    const OfStatisticsForm *form = of_statistics_forms;
    GError *error = NULL;
    *text = NULL;
    while (form->name != NULL && !g_str_equal(form->name, format)) {
        form++;
    }
    if (form->name == NULL) {
        return of_api_fail(g_error_new(OF_ERROR, OF_ERROR_USAGE, "there is no format `%s` of statistics", format), message);
    }
    if (story->story == NULL) {
        return of_api_fail(g_error_new(OF_ERROR, OF_ERROR_DATA, "the data is wrong: there is nothing to count"), message);
    }
    g_autoptr(OfStatistics) statistics = of_statistics_new(story->story, groups, labs, &error);
    if (statistics == NULL) {
        return of_api_fail(error, message);
    }
    GString *out = g_string_new(NULL);
    form->write(out, story->story, statistics);
    *text = g_string_free(out, FALSE);
    return ORGFLOW_OK;
}
