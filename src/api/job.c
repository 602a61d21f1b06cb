#include "api/draw.h"
#include "api/handles.h"
#include "api/report.h"
#include "paint/paint.h"

/* One view to draw. */
typedef struct {
    char *name; /* id of the saved view, or the type */
    const OfView *view;
    OfOptions *saved; /* NULL for a type */
    OfDrawn drawn;
    gint64 paint_us;
} Plan;

typedef struct {
    const char *view;
    GBytes *bytes;
} Artefact;

struct OrgflowJob {
    const OrgflowStory *story;
    OfOptions *options;
    GPtrArray *plans; /* of Plan */
    bool defaulted;   /* plans are the default ones, made by run */
    const OfPainter *painter;
    const char *text_format; /* instead of a painter */
    bool joined;
    gint64 epoch;
    GArray *artefacts; /* of Artefact */
    char *report;
};

/* Drawn where the data has no saved views and the caller names none. */
static const char *const default_views[] = {"storyline"};

static void free_plan(gpointer data)
{
    Plan *plan = data;
    g_free(plan->name);
    of_options_free(plan->saved);
    of_drawn_clear(&plan->drawn);
    g_free(plan);
}

static void clear_artefact(gpointer data)
{
    Artefact *artefact = data;
    g_bytes_unref(artefact->bytes);
}

OrgflowJob *orgflow_job_new(const OrgflowStory *story)
{
    OrgflowJob *job = g_new0(OrgflowJob, 1);
    job->story = story;
    job->options = of_options_new();
    job->plans = g_ptr_array_new_with_free_func(free_plan);
    job->painter = of_painter_find("svg");
    job->artefacts = g_array_new(FALSE, TRUE, sizeof(Artefact));
    g_array_set_clear_func(job->artefacts, clear_artefact);
    return job;
}

void orgflow_job_free(OrgflowJob *job)
{
    if (job == NULL) {
        return;
    }
    of_options_free(job->options);
    g_ptr_array_unref(job->plans);
    g_array_unref(job->artefacts);
    g_free(job->report);
    g_free(job);
}

OrgflowStatus orgflow_job_set_option(OrgflowJob *job, const char *name, const char *value, char **message)
{
    GError *error = NULL;
    return of_options_set(job->options, name, value, &error) ? ORGFLOW_OK : of_api_fail(error, message);
}

static OrgflowStatus fail_usage(char **message, char *text)
{
    if (message != NULL) {
        *message = text;
    } else {
        g_free(text);
    }
    return ORGFLOW_USAGE;
}

OrgflowStatus orgflow_job_set_format(OrgflowJob *job, const char *format, char **message)
{
    const OfPainter *painter = of_painter_find(format);
    const char *const *texts = of_layout_text_formats();
    const char *text_format = NULL;
    for (guint i = 0; texts[i] != NULL; i++) {
        text_format = g_str_equal(texts[i], format) ? texts[i] : text_format;
    }
    if (painter == NULL && text_format == NULL) {
        g_autoptr(GPtrArray) known = g_ptr_array_new();
        OrgflowEntry entry;
        for (size_t i = 0; orgflow_format(i, &entry); i++) {
            g_ptr_array_add(known, (gpointer) entry.name);
        }
        g_autofree char *hint = of_hint_nearest(format, (const char *const *) known->pdata, (gssize) known->len);
        g_autofree char *shown = of_text_escape(format, -1);
        return fail_usage(message, g_strdup_printf("there is no format `%s`%s%s (see `orgflow formats`)", shown,
                                                   hint != NULL ? "; " : "", hint != NULL ? hint : ""));
    }
    job->painter = painter;
    job->text_format = painter == NULL ? text_format : NULL;
    job->joined = job->joined && painter != NULL && painter->many_pages;
    return ORGFLOW_OK;
}

void orgflow_job_set_epoch(OrgflowJob *job, long long seconds)
{
    job->epoch = seconds;
}

OrgflowStatus orgflow_job_set_joined(OrgflowJob *job, bool joined, char **message)
{
    if (joined && (job->painter == NULL || !job->painter->many_pages)) {
        return fail_usage(message, g_strdup_printf("one %s file cannot hold several drawings",
                                                   job->painter != NULL ? job->painter->name : job->text_format));
    }
    job->joined = joined;
    return ORGFLOW_OK;
}

static void add_plan(OrgflowJob *job, const char *name, const OfView *view, const OfSavedView *saved)
{
    Plan *plan = g_new0(Plan, 1);
    plan->name = g_strdup(name);
    plan->view = view;
    if (saved != NULL) {
        plan->saved = of_options_copy(saved->options);
        if (plan->saved->title == NULL) {
            plan->saved->title = g_strdup(saved->item.name);
        }
        if (plan->saved->subtitle == NULL) {
            plan->saved->subtitle = g_strdup(saved->subtitle);
        }
    }
    g_ptr_array_add(job->plans, plan);
}

OrgflowStatus orgflow_job_add_view(OrgflowJob *job, const char *name, char **message)
{
    const OfStory *story = job->story->story;
    const OfSavedView *saved = story != NULL ? of_story_find_view(story, name) : NULL;
    const OfView *view = of_view_find(saved != NULL ? saved->type : name);
    if (view == NULL) {
        g_autoptr(GPtrArray) known = g_ptr_array_new();
        for (const OfView *type = of_views; type->name != NULL; type++) {
            g_ptr_array_add(known, (gpointer) type->name);
        }
        for (guint i = 0; story != NULL && i < story->views.n; i++) {
            g_ptr_array_add(known, (gpointer) story->views.items[i]->item.key);
        }
        g_autofree char *hint = of_hint_nearest(name, (const char *const *) known->pdata, (gssize) known->len);
        g_autofree char *shown = of_text_escape(name, -1);
        return fail_usage(message, g_strdup_printf("there is no view `%s`%s%s (see `orgflow views`)", shown,
                                                   hint != NULL ? "; " : "", hint != NULL ? hint : ""));
    }
    if (job->defaulted) {
        g_ptr_array_set_size(job->plans, 0);
        job->defaulted = false;
    }
    add_plan(job, name, view, saved);
    return ORGFLOW_OK;
}

static void add_default_plans(OrgflowJob *job)
{
    const OfStory *story = job->story->story;
    if (job->plans->len > 0) {
        return;
    }
    job->defaulted = true;
    for (guint i = 0; i < story->views.n; i++) {
        const OfSavedView *saved = story->views.items[i];
        const OfView *view = of_view_find(saved->type);
        if (view != NULL) {
            add_plan(job, saved->item.key, view, saved);
        }
    }
    const bool none = job->plans->len == 0;
    for (gsize i = 0; none && i < G_N_ELEMENTS(default_views); i++) {
        add_plan(job, default_views[i], of_view_find(default_views[i]), NULL);
    }
}

size_t orgflow_job_n_expected(OrgflowJob *job)
{
    if (job->story->story != NULL) {
        add_default_plans(job);
    }
    return job->joined && job->plans->len > 0 ? 1 : job->plans->len;
}

static bool measure_span(const OfTextSpan *span, double *width, gpointer fonts)
{
    return of_fonts_measure_span(fonts, span->font, span->size, span->bold, span->italic, span->text, width);
}

static bool draw_plans(OrgflowJob *job, GError **error)
{
    const OrgflowStory *story = job->story;
    g_autoptr(OfFonts) fonts = of_fonts_new(error);
    if (fonts == NULL) {
        return false;
    }
    g_autoptr(OfLayoutProcess) process = of_layout_process_start(&story->limits, error);
    if (process == NULL) {
        return false;
    }
    of_layout_process_set_measure(process, measure_span, fonts);
    for (guint i = 0; i < job->plans->len; i++) {
        Plan *plan = job->plans->pdata[i];
        g_autoptr(OfOptions) options = plan->saved != NULL ? of_options_copy(plan->saved) : of_options_new();
        of_options_override(options, job->options);
        of_drawn_clear(&plan->drawn);
        if (!of_draw(story->story, plan->view, options, &story->limits, fonts, process, job->text_format, &plan->drawn, error)) {
            return false;
        }
        if (plan->drawn.picture != NULL && options->scale > 0) {
            plan->drawn.scale = options->scale;
        }
    }
    return true;
}

static bool paint_pages(OrgflowJob *job, guint first, guint n, GError **error)
{
    g_autofree OfPicture **pictures = g_new(OfPicture *, n);
    Plan *plan = job->plans->pdata[first];
    for (guint i = 0; i < n; i++) {
        pictures[i] = ((Plan *) job->plans->pdata[first + i])->drawn.picture;
    }
    const OfPaintSettings settings = {
        .scale = plan->drawn.scale > 0 ? plan->drawn.scale : 1, .limits = &job->story->limits, .epoch = job->epoch};
    const gint64 begin = g_get_monotonic_time();
    Artefact artefact = {plan->name, job->painter->paint(pictures, n, &settings, error)};
    plan->paint_us = g_get_monotonic_time() - begin;
    if (artefact.bytes == NULL) {
        return false;
    }
    g_array_append_val(job->artefacts, artefact);
    return true;
}

static bool make_artefacts(OrgflowJob *job, GError **error)
{
    if (job->joined) {
        return paint_pages(job, 0, job->plans->len, error);
    }
    for (guint i = 0; i < job->plans->len; i++) {
        Plan *plan = job->plans->pdata[i];
        if (job->text_format != NULL) {
            Artefact artefact = {plan->name, g_bytes_ref(plan->drawn.text)};
            g_array_append_val(job->artefacts, artefact);
        } else if (!paint_pages(job, i, 1, error)) {
            return false;
        }
    }
    return true;
}

OrgflowStatus orgflow_job_run(OrgflowJob *job, char **message)
{
    GError *error = NULL;
    g_array_set_size(job->artefacts, 0);
    g_clear_pointer(&job->report, g_free);
    if (job->story->story == NULL) {
        if (message != NULL) {
            *message = g_strdup("the data is wrong: there is nothing to draw");
        }
        return ORGFLOW_INVALID;
    }
    add_default_plans(job);
    if (draw_plans(job, &error) && make_artefacts(job, &error)) {
        return ORGFLOW_OK;
    }
    g_array_set_size(job->artefacts, 0);
    return of_api_fail(error, message);
}

size_t orgflow_job_n_artefacts(const OrgflowJob *job)
{
    return job->artefacts->len;
}

bool orgflow_job_artefact(const OrgflowJob *job, size_t index, OrgflowArtefact *artefact)
{
    if (index >= job->artefacts->len) {
        return false;
    }
    const Artefact *made = &g_array_index(job->artefacts, Artefact, index);
    gsize length = 0;
    const void *bytes = g_bytes_get_data(made->bytes, &length);
    *artefact = (OrgflowArtefact){made->view, job->painter != NULL ? job->painter->name : job->text_format, bytes, length};
    return true;
}

const char *orgflow_job_report(OrgflowJob *job)
{
    if (job->report == NULL) {
        g_autoptr(GArray) entries = g_array_new(FALSE, TRUE, sizeof(OfReportEntry));
        for (guint i = 0; i < job->plans->len; i++) {
            const Plan *plan = job->plans->pdata[i];
            const OfReportEntry entry = {plan->name, plan->view, &plan->drawn, job->story->read_us, plan->paint_us};
            g_array_append_val(entries, entry);
        }
        job->report = of_report_write((const OfReportEntry *) (gpointer) entries->data, entries->len);
    }
    return job->report;
}
