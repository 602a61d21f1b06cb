/* `orgflow render`. */
#include "cli/command.h"

static char **wanted_views = NULL;
static char *wanted_format = NULL, *output = NULL, *report = NULL;

const GOptionEntry render_entries[] = {
    {"view", 'v', 0, G_OPTION_ARG_FILENAME_ARRAY, &wanted_views,
     "a saved view by its id, else a view by its type; may be given again", "VIEW"},
    {"format", 'T', 0, G_OPTION_ARG_FILENAME, &wanted_format, "the format (see `orgflow formats`)", "FORMAT"},
    {"output", 'o', 0, G_OPTION_ARG_FILENAME, &output, "the file to write, a folder for several, - for standard output", "OUT"},
    {"report", 0, 0, G_OPTION_ARG_FILENAME, &report, "write sizes, counts and times as JSON", "FILE"},
    {NULL},
};

static void free_entries(void)
{
    g_clear_pointer(&wanted_views, g_strfreev);
    g_clear_pointer(&wanted_format, g_free);
    g_clear_pointer(&output, g_free);
    g_clear_pointer(&report, g_free);
}

int run_render(int argc, char **argv)
{
    Request request;
    OrgflowStory *story = NULL;
    int status = request_parse(&request, command_find("render"), argc, argv);
    if (status == ORGFLOW_OK) {
        status = request_read(&request, !request.strict, &story);
    }
    if (status == ORGFLOW_OK) {
        const Drawing drawing = {wanted_views, wanted_format, output, report, NULL, NULL, orgflow_story_name(story)};
        OrgflowJob *job = orgflow_job_new(story);
        status = draw_and_write(&request, &drawing, job);
        orgflow_job_free(job);
    }
    orgflow_story_free(story);
    request_clear(&request);
    free_entries();
    return status;
}
