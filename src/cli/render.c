/* `orgflow render`. */
#include "cli/command.h"

static char **wanted_views = NULL;
static char *wanted_format = NULL, *output = NULL, *report = NULL, *template = NULL;
static gboolean outline = FALSE;

const GOptionEntry render_entries[] = {
    {"view", 'v', 0, G_OPTION_ARG_FILENAME_ARRAY, &wanted_views,
     "a saved view by its id, else a view by its type; may be given again", "VIEW"},
    {"format", 'T', 0, G_OPTION_ARG_FILENAME, &wanted_format, "the format (see `orgflow formats`)", "FORMAT"},
    {"output", 'o', 0, G_OPTION_ARG_FILENAME, &output, "the file to write, a folder for several, - for standard output", "OUT"},
    {"report", 0, 0, G_OPTION_ARG_FILENAME, &report, "write sizes, counts and times as JSON", "FILE"},
    {"template", 0, 0, G_OPTION_ARG_FILENAME, &template, "a presentation (.pptx, .potx) whose look and title slides take", "FILE"},
    {"outline", 0, 0, G_OPTION_ARG_NONE, &outline, "tell the drawing in words, on standard output (format txt)", NULL},
    G_OPTION_ENTRY_NULL,
};

static void free_entries(void)
{
    g_clear_pointer(&wanted_views, g_strfreev);
    g_clear_pointer(&wanted_format, g_free);
    g_clear_pointer(&output, g_free);
    g_clear_pointer(&report, g_free);
    g_clear_pointer(&template, g_free);
    outline = FALSE;
}

/* --outline is the format txt, on standard output where no file is named. */
static int take_outline(void)
{
    if (!outline) {
        return ORGFLOW_OK;
    }
    if (wanted_format != NULL && g_strcmp0(wanted_format, "txt") != 0) {
        say_error("`--outline` is the format txt, not `%s`", wanted_format);
        return ORGFLOW_USAGE;
    }
    g_free(wanted_format);
    wanted_format = g_strdup("txt");
    output = output != NULL ? output : g_strdup("-");
    return ORGFLOW_OK;
}

int run_render(int argc, char **argv)
{
    Request request;
    OrgflowStory *story = NULL;
    int status = request_parse(&request, command_find("render"), argc, argv);
    if (status == ORGFLOW_OK) {
        status = take_outline();
    }
    if (status == ORGFLOW_OK) {
        status = request_read(&request, !request.strict, &story);
    }
    if (status == ORGFLOW_OK) {
        const Drawing drawing = {.views = wanted_views,
                                 .format = wanted_format,
                                 .output = output,
                                 .report = report,
                                 .template = template,
                                 .name = orgflow_story_name(story)};
        OrgflowJob *job = orgflow_job_new(story);
        status = draw_and_write(&request, &drawing, job);
        orgflow_job_free(job);
    }
    orgflow_story_free(story);
    request_clear(&request);
    free_entries();
    return status;
}
