/* The look of a job that is read from a file: a theme, or the template of slides. */
#include "api/job.h"
#include "api/template_theme.h"
#include "api/theme_file.h"

/* Takes the one input over, as a text of what is returned; NULL with a message where there is not one. */
static OrgflowStory *take_input(OrgflowInputs *inputs, const char *what, const OfSourceText **text, char **message)
{
    if (inputs->inputs->len != 1) {
        of_job_fail_usage(message, g_strdup_printf("a %s is one input, not %u", what, inputs->inputs->len));
        return NULL;
    }
    OrgflowStory *read = of_story_handle_new(inputs);
    OfInput *input = &g_array_index(inputs->inputs, OfInput, 0);
    *text = of_diagnostics_add_text(read->diagnostics, input->name, input->bytes, input->length);
    input->bytes = NULL;
    g_array_set_size(inputs->inputs, 0);
    return read;
}

/* Forgets the look that was read before. */
static void renew_look(OrgflowJob *job)
{
    of_arena_free(job->theme_texts);
    job->theme_texts = of_arena_new();
    job->theme = NULL;
    g_clear_pointer(&job->template, of_template_free);
}

OrgflowStatus orgflow_job_read_theme(OrgflowJob *job, OrgflowInputs *inputs, OrgflowStory **problems, char **message)
{
    const OfSourceText *text = NULL;
    OrgflowStory *read = *problems = take_input(inputs, "theme", &text, message);
    if (read == NULL) {
        return ORGFLOW_USAGE;
    }
    renew_look(job);
    job->theme = of_theme_read(text, &read->limits, job->theme_texts, read->diagnostics);
    of_diagnostics_sort(read->diagnostics);
    return of_diagnostics_has_limit(read->diagnostics) ? ORGFLOW_LIMIT : job->theme == NULL ? ORGFLOW_INVALID : ORGFLOW_OK;
}

/* The family of a template, where it is installed; where it is not, a warning says so. */
static const char *installed_font(const OfTemplate *template, const char *name, OfDiagnostics *diagnostics)
{
    g_autoptr(OfFonts) fonts = template->font != NULL ? of_fonts_new(template->font, NULL, NULL) : NULL;
    if (template->font == NULL || (fonts != NULL && of_fonts_is_family(fonts, template->font))) {
        return template->font;
    }
    of_diagnostics_add(diagnostics, OF_SEVERITY_WARNING, "font-missing", NULL, NULL,
                       "the template `%s` has its text in `%s`, which is not installed here: words are measured in another font",
                       name, template->font);
    return NULL;
}

OrgflowStatus orgflow_job_read_template(OrgflowJob *job, OrgflowInputs *inputs, OrgflowStory **problems, char **message)
{
    const OfSourceText *text = NULL;
    *problems = NULL;
    if (job->theme != NULL && job->template == NULL) {
        return of_job_fail_usage(message,
                                 g_strdup("a theme and a template contradict each other: slides take the template's colours"));
    }
    OrgflowStory *read = *problems = take_input(inputs, "template", &text, message);
    if (read == NULL) {
        return ORGFLOW_USAGE;
    }
    renew_look(job);
    g_autoptr(GError) error = NULL;
    g_autofree char *name = of_text_escape(text->name, -1);
    job->template = of_template_read(text->bytes, text->length, read->limits.value[OF_LIMIT_INPUT_BYTES], &error);
    if (job->template == NULL) {
        OfDiagnostic *problem = of_diagnostics_add(read->diagnostics, OF_SEVERITY_ERROR, "template", NULL, NULL,
                                                   "the template `%s` %s", name, error->message);
        const bool is_limit = g_error_matches(error, OF_ERROR, OF_ERROR_LIMIT);
        problem->kind = is_limit ? OF_KIND_LIMIT : OF_KIND_DATA;
        return is_limit ? ORGFLOW_LIMIT : ORGFLOW_INVALID;
    }
    job->theme = of_template_theme_new(job->template, installed_font(job->template, name, read->diagnostics), job->theme_texts);
    return ORGFLOW_OK;
}
