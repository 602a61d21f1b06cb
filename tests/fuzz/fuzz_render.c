/* YAML to SVG, through the public functions and the layout process: the saved views, else every type of view. A first line
 * `#options NAME=VALUE …` sets drawing options. */
#include "target.h"

#include <libxml/parser.h>
#include <string.h>

#include "graphviz/layout.h"

/* The process is started once and serves all runs, where the library starts one a job: starting takes longer than drawing. The
 * linker's --wrap leads the library's calls here. */
extern OfLayoutProcess *__real_of_layout_process_start(const OfLimits *limits, GError **error);
extern void __real_of_layout_process_stop(OfLayoutProcess *process);
extern GBytes *__real_of_layout_process_run(OfLayoutProcess *process, Agraph_t *graph, const char *engine, const char *format,
                                            GError **error);
OfLayoutProcess *__wrap_of_layout_process_start(const OfLimits *limits, GError **error);
void __wrap_of_layout_process_stop(OfLayoutProcess *process);
GBytes *__wrap_of_layout_process_run(OfLayoutProcess *process, Agraph_t *graph, const char *engine, const char *format,
                                     GError **error);

static OfLayoutProcess *kept = NULL;
static bool kept_is_used_up = false; /* after a failure; and at times, since Graphviz leaks */
static guint n_served = 0;

#define MOST_SERVED 2000

OfLayoutProcess *__wrap_of_layout_process_start(const OfLimits *limits, GError **error)
{
    if (kept_is_used_up) {
        __real_of_layout_process_stop(kept);
        kept = NULL;
    }
    if (kept == NULL) {
        kept = __real_of_layout_process_start(limits, error);
        kept_is_used_up = false;
        n_served = 0;
    }
    return kept;
}

void __wrap_of_layout_process_stop(OfLayoutProcess *process G_GNUC_UNUSED)
{
}

GBytes *__wrap_of_layout_process_run(OfLayoutProcess *process, Agraph_t *graph, const char *engine, const char *format,
                                     GError **error)
{
    GBytes *drawing = __real_of_layout_process_run(process, graph, engine, format, error);
    kept_is_used_up = drawing == NULL || ++n_served >= MOST_SERVED;
    return drawing;
}

static void ignore_xml_error(void *data G_GNUC_UNUSED, const char *format G_GNUC_UNUSED, ...)
{
}

static void check_svg(const OrgflowArtefact *artefact)
{
    xmlSetGenericErrorFunc(NULL, ignore_xml_error);
    xmlDocPtr document = xmlReadMemory(artefact->bytes, (int) artefact->length, "x.svg", "UTF-8", XML_PARSE_NONET | XML_PARSE_HUGE);
    LAW(document != NULL, "an SVG is well-formed");
    xmlFreeDoc(document);
    static const char *const nowhere[] = {"<script",     "<foreignObject", "<image",      "<use",
                                          "javascript:", "href=\"data:",   "href=\"file:"};
    for (gsize i = 0; i < G_N_ELEMENTS(nowhere); i++) {
        const char *found = g_strstr_len(artefact->bytes, (gssize) artefact->length, nowhere[i]);
        LAW(found == NULL || *nowhere[i] != '<', "no element of an SVG runs or loads anything");
        LAW(found == NULL || *nowhere[i] != 'h', "no link leads to data or files");
    }
}

/* Sets the options of the first line. Returns whether all could be. */
static bool set_options(OrgflowJob *job, const char *line)
{
    g_auto(GStrv) words = g_strsplit(line, " ", -1);
    for (char **word = words; *word != NULL; word++) {
        char *value = strchr(*word, '='), *message = NULL;
        if (value == NULL) {
            continue;
        }
        *value++ = '\0';
        const OrgflowStatus status = orgflow_job_set_option(job, *word, value, &message);
        LAW((status == ORGFLOW_OK) == (message == NULL), "what is refused is said");
        orgflow_free(message);
        if (status != ORGFLOW_OK) {
            return false;
        }
    }
    return true;
}

static void draw(const OrgflowStory *story, const char *options, const char *view)
{
    OrgflowJob *job = orgflow_job_new(story);
    char *message = NULL;
    /* Whatever the data and its options say: the search for the best order takes seconds, and does the same thing more often. */
    const char *const effort = "fast";
    if ((options == NULL || set_options(job, options)) && (view == NULL || orgflow_job_add_view(job, view, NULL) == ORGFLOW_OK) &&
        orgflow_job_set_option(job, "effort", effort, NULL) == ORGFLOW_OK) {
        const OrgflowStatus status = orgflow_job_run(job, &message);
        LAW(status == ORGFLOW_OK || message != NULL, "a failure is said");
        LAW(message == NULL || g_utf8_validate(message, -1, NULL), "a message is UTF-8");
        LAW(status != ORGFLOW_ENVIRONMENT, message != NULL ? message : "");
        OrgflowArtefact artefact;
        for (size_t i = 0; orgflow_job_artefact(job, i, &artefact); i++) {
            check_svg(&artefact);
        }
        if (status == ORGFLOW_OK) {
            target_check_json(orgflow_job_report(job));
        }
    }
    orgflow_free(message);
    orgflow_job_free(job);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static const char mark[] = "#options ";
    const uint8_t *end = length > 0 ? memchr(bytes, '\n', length) : NULL;
    g_autofree char *options = NULL;
    if (end != NULL && length >= sizeof mark && memcmp(bytes, mark, sizeof mark - 1) == 0) {
        options = g_strndup((const char *) bytes + sizeof mark - 1, (gsize) (end - bytes) - (sizeof mark - 1));
    }
    OrgflowStory *story = target_read_story(bytes, length); /* the line of options is a comment of YAML */
    if (orgflow_story_is_drawable(story)) {
        if (orgflow_story_view(story, 0) != NULL) {
            draw(story, options, NULL);
        } else {
            OrgflowEntry view;
            for (size_t i = 0; orgflow_view(i, &view); i++) {
                draw(story, options, view.name);
            }
        }
    }
    orgflow_story_free(story);
    return 0;
}
