/* `orgflow stats`. */
#include "cli/command.h"

#include <string.h>

static char *format = NULL;
static char **groups = NULL, **wanted_labs = NULL;

const GOptionEntry stats_entries[] = {
    {"group", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &groups, "this group alone; may be given again", "ID"},
    {"lab", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &wanted_labs, "this lab and its children alone; may be given again", "ID"},
    {"format", 0, 0, G_OPTION_ARG_FILENAME, &format, "text (the default), json or csv", "FORMAT"},
    G_OPTION_ENTRY_NULL,
};

static int write_statistics(const OrgflowStory *story)
{
    OrgflowEntry first;
    char *text = NULL, *message = NULL;
    const char *wanted = format != NULL ? format : orgflow_statistics_format(0, &first) ? first.name : "";
    int status = orgflow_story_write_statistics(story, (const char *const *) groups, (const char *const *) wanted_labs, wanted,
                                                &text, &message);
    if (status == ORGFLOW_OK) {
        status = write_stdout(text, strlen(text));
    } else {
        say_error("%s", message);
    }
    orgflow_free(text);
    orgflow_free(message);
    return status;
}

int run_stats(int argc, char **argv)
{
    Request request;
    OrgflowStory *story = NULL;
    int status = request_parse(&request, command_find("stats"), argc, argv);
    if (status == ORGFLOW_OK) {
        status = request_read(&request, !request.strict, &story);
    }
    if (status == ORGFLOW_OK) {
        status = write_statistics(story);
    }
    orgflow_story_free(story);
    request_clear(&request);
    g_clear_pointer(&format, g_free);
    g_clear_pointer(&groups, g_strfreev);
    g_clear_pointer(&wanted_labs, g_strfreev);
    return status;
}
