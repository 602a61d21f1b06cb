/* Drawing and writing, for the commands that do. */
#include "cli/command.h"

#include <errno.h>
#include <string.h>

static bool is_stdout(const char *path)
{
    return path != NULL && strcmp(path, "-") == 0;
}

static bool is_folder(const char *path)
{
    return g_str_has_suffix(path, "/") || g_file_test(path, G_FILE_TEST_IS_DIR);
}

/* -T, else OUT's ending, else SVG. */
static const char *choose_format(const Drawing *drawing)
{
    const char *output = drawing->output;
    if (drawing->format != NULL) {
        return drawing->format;
    }
    if (output == NULL || is_stdout(output) || is_folder(output)) {
        return "svg";
    }
    g_autofree char *base = g_path_get_basename(output);
    const char *dot = strrchr(base, '.'); /* one at the beginning hides a file */
    const bool ends = dot != NULL && dot != base && dot[1] != '\0';
    return ends ? output + strlen(output) - strlen(dot + 1) : "svg";
}

static int fail_with(int status, char *message)
{
    if (status != ORGFLOW_OK) {
        say_error("%s", message != NULL ? message : "failed");
    }
    orgflow_free(message);
    return status;
}

bool is_theme_file(const char *option, const char *value)
{
    OrgflowEntry entry;
    if (strcmp(option, "theme") != 0 || !g_file_test(value, G_FILE_TEST_EXISTS)) {
        return false;
    }
    for (size_t i = 0; orgflow_theme(i, &entry); i++) {
        if (strcmp(entry.name, value) == 0) {
            return false;
        }
    }
    return true;
}

/* orgflow_job_read_theme() or orgflow_job_read_template(). */
typedef OrgflowStatus (*ReadLook)(OrgflowJob *job, OrgflowInputs *inputs, OrgflowStory **problems, char **message);

static int read_look(OrgflowJob *job, const Request *request, const char *path, ReadLook read)
{
    OrgflowInputs *inputs = orgflow_inputs_new();
    OrgflowStory *problems = NULL;
    char *message = NULL;
    int status = request_prepare_inputs(request, inputs);
    if (status != ORGFLOW_OK) {
        orgflow_inputs_free(inputs);
        return status;
    }
    status = orgflow_inputs_add_path(inputs, path, &message);
    if (status == ORGFLOW_OK) {
        status = read(job, inputs, &problems, &message);
    }
    if (problems != NULL) {
        const int shown = request_show_problems(request, false, problems);
        status = status != ORGFLOW_OK ? status : shown;
    } else {
        say_error("%s", message != NULL ? message : "failed");
    }
    orgflow_free(message);
    orgflow_story_free(problems);
    orgflow_inputs_free(inputs);
    return status;
}

static int set_option(OrgflowJob *job, const Request *request, const char *name, const char *value)
{
    if (is_theme_file(name, value)) {
        return read_look(job, request, value, orgflow_job_read_theme);
    }
    char *message = NULL;
    const int status = orgflow_job_set_option(job, name, value, &message);
    return fail_with(status, message);
}

static int prepare_job(OrgflowJob *job, const Request *request, const Drawing *drawing)
{
    char *message = NULL;
    const char *output = drawing->output;
    int status = orgflow_job_set_format(job, choose_format(drawing), &message);
    for (guint i = 0; i + 1 < request->options->len && status == ORGFLOW_OK; i += 2) {
        status = set_option(job, request, request->options->pdata[i], request->options->pdata[i + 1]);
        if (status != ORGFLOW_OK) {
            return status;
        }
    }
    if (status == ORGFLOW_OK && drawing->template != NULL) {
        status = read_look(job, request, drawing->template, orgflow_job_read_template);
        if (status != ORGFLOW_OK) {
            return status;
        }
    }
    for (char **view = drawing->views; view != NULL && *view != NULL && status == ORGFLOW_OK; view++) {
        status = orgflow_job_add_view(job, *view, &message);
    }
    if (status == ORGFLOW_OK && drawing->panel != NULL) {
        status = orgflow_job_set_panel(job, drawing->panel, &message);
    }
    if (status == ORGFLOW_OK && drawing->context != NULL) {
        status = orgflow_job_set_context(job, drawing->context, &message);
    }
    const bool one_file = output != NULL && (is_stdout(output) || !is_folder(output));
    if (status == ORGFLOW_OK && one_file && orgflow_job_n_expected(job) > 1) {
        status = orgflow_job_set_joined(job, true, &message);
        if (status != ORGFLOW_OK) {
            orgflow_free(message);
            if (orgflow_job_has_steps(job)) {
                say_error(
                    "the steps of a drawing do not fit one file of this format: give a folder with -o, or --animate for an SVG "
                    "that plays them");
                return status;
            }
            say_error("%zu drawings do not fit one file of this format: give a folder with -o, or one view with -v",
                      orgflow_job_n_expected(job));
            return status;
        }
    }
    return fail_with(status, message);
}

/* Where an artefact goes: OUT, or NAME-VIEW.ENDING (of a difference NAME-VIEW-PANEL.ENDING, of steps NAME-VIEW-01.ENDING) in OUT's or the
 * current folder. */
static char *path_of(const Drawing *drawing, const OrgflowArtefact *artefact)
{
    const char *output = drawing->output;
    if (output != NULL && !is_folder(output)) {
        return g_strdup(output);
    }
    /* As many digits as the last step has, two at least: in the order of their names. */
    int n_digits = 2;
    for (unsigned rest = artefact->steps / 100; rest > 0; rest /= 10) {
        n_digits++;
    }
    g_autofree char *step = artefact->step > 0 ? g_strdup_printf("-%0*u", n_digits, artefact->step) : g_strdup("");
    g_autofree char *name = g_strdup_printf("%s-%s%s%s%s.%s", drawing->name, artefact->view, artefact->panel != NULL ? "-" : "",
                                            artefact->panel != NULL ? artefact->panel : "", step, artefact->ending);
    return output != NULL ? g_build_filename(output, name, NULL) : g_strdup(name);
}

static bool is_writable(const Request *request, const Drawing *drawing, const char *path)
{
    const bool refused = !is_stdout(path) &&
                         (request_is_input(request, path) || (drawing->template != NULL && is_same_file(path, drawing->template)));
    if (refused) {
        say_error("`%s` is an input: it is not written over", path);
    }
    return !refused;
}

/* Before anything is written, so that a run that is refused writes nothing. */
static int check_paths(const Request *request, const Drawing *drawing, OrgflowJob *job)
{
    const char *report = drawing->report;
    OrgflowArtefact artefact;
    for (size_t i = 0; orgflow_job_artefact(job, i, &artefact); i++) {
        g_autofree char *path = path_of(drawing, &artefact);
        if (!is_writable(request, drawing, path)) {
            return ORGFLOW_USAGE;
        }
        if (report != NULL && (strcmp(path, report) == 0 || is_same_file(path, report))) {
            say_error("`%s` cannot hold both the drawing and the report", report);
            return ORGFLOW_USAGE;
        }
    }
    return report == NULL || is_writable(request, drawing, report) ? ORGFLOW_OK : ORGFLOW_USAGE;
}

static int write_artefact(const char *path, const void *bytes, size_t length)
{
    if (is_stdout(path)) {
        return write_stdout(bytes, length);
    }
    char *message = NULL;
    const int status = orgflow_write_file(path, bytes, length, &message);
    return fail_with(status, message);
}

static int write_all(const Request *request, const Drawing *drawing, OrgflowJob *job)
{
    const char *output = drawing->output, *report = drawing->report;
    OrgflowArtefact artefact;
    if (output != NULL && g_str_has_suffix(output, "/") && g_mkdir_with_parents(output, 0777) != 0) {
        say_error("cannot make the folder `%s`: %s", output, g_strerror(errno));
        return ORGFLOW_ENVIRONMENT;
    }
    for (size_t i = 0; orgflow_job_artefact(job, i, &artefact); i++) {
        g_autofree char *path = path_of(drawing, &artefact);
        const int status = write_artefact(path, artefact.bytes, artefact.length);
        if (status != ORGFLOW_OK) {
            return status;
        }
        if (output == NULL || is_folder(output)) {
            say_note(request, "%s", path);
        }
    }
    const char *text = report != NULL ? orgflow_job_report(job) : NULL;
    return text != NULL ? write_artefact(report, text, strlen(text)) : ORGFLOW_OK;
}

/* SOURCE_DATE_EPOCH, where set, is a whole number of seconds. */
static bool read_epoch(long long *seconds)
{
    const char *text = g_getenv("SOURCE_DATE_EPOCH");
    gint64 value = 0;
    *seconds = 0;
    if (text == NULL || *text == '\0') {
        return true;
    }
    const gint64 year_10000 = G_GINT64_CONSTANT(253402300800);
    if (!g_ascii_string_to_signed(text, 10, 0, year_10000 - 1, &value, NULL)) {
        say_error("SOURCE_DATE_EPOCH is a whole number of seconds since 1970");
        return false;
    }
    *seconds = value;
    return true;
}

int draw_and_write(const Request *request, const Drawing *drawing, OrgflowJob *job)
{
    long long epoch = 0;
    if (!read_epoch(&epoch)) {
        return ORGFLOW_USAGE;
    }
    orgflow_job_set_epoch(job, epoch);
    int status = prepare_job(job, request, drawing);
    if (status == ORGFLOW_OK) {
        char *message = NULL;
        orgflow_job_set_progress(job, show_progress, (void *) (gsize) request);
        status = orgflow_job_run(job, &message);
        hide_progress();
        fail_with(status, message);
    }
    if (status == ORGFLOW_OK) {
        status = check_paths(request, drawing, job);
    }
    return status == ORGFLOW_OK ? write_all(request, drawing, job) : status;
}
