/* What a job is told: options, format, panels, views. */
#include "api/job.h"

#include "base/hash.h"

/* Drawn where the data has no saved views and the caller names none. */
static const char *const default_views[] = {"storyline"};

static void free_plan(gpointer data)
{
    OfPlan *plan = data;
    g_free(plan->name);
    of_options_free(plan->saved);
    for (guint i = 0; i < OF_N_PANELS; i++) {
        of_drawn_clear(&plan->drawn[i]);
    }
    g_free(plan);
}

static void clear_artefact(gpointer data)
{
    OfArtefact *artefact = data;
    g_bytes_unref(artefact->bytes);
}

static void free_facts(gpointer facts)
{
    of_facts_free(facts);
}

OrgflowJob *orgflow_job_new(const OrgflowStory *story)
{
    OrgflowJob *job = g_new0(OrgflowJob, 1);
    job->story = story;
    job->options = of_options_new();
    job->plans = g_ptr_array_new_with_free_func(free_plan);
    job->painter = of_painter_find("svg");
    job->panel = -1;
    job->n_panels = 1;
    job->context = -1;
    job->earlier = g_hash_table_new_full(of_text_hash, g_str_equal, g_free, free_facts);
    job->artefacts = g_array_new(FALSE, TRUE, sizeof(OfArtefact));
    g_array_set_clear_func(job->artefacts, clear_artefact);
    return job;
}

OrgflowJob *orgflow_job_new_diff(const OrgflowDiff *diff)
{
    OrgflowJob *job = orgflow_job_new(diff->sides[1]);
    job->diff = diff;
    return job;
}

void orgflow_job_free(OrgflowJob *job)
{
    if (job == NULL) {
        return;
    }
    of_options_free(job->options);
    of_arena_free(job->theme_texts);
    of_template_free(job->template);
    g_ptr_array_unref(job->plans);
    g_hash_table_unref(job->earlier);
    g_array_unref(job->artefacts);
    g_free(job->report);
    g_free(job);
}

OrgflowStatus orgflow_job_set_option(OrgflowJob *job, const char *name, const char *value, char **message)
{
    GError *error = NULL;
    return of_options_set(job->options, name, value, &error) ? ORGFLOW_OK : of_api_fail(error, message);
}

OrgflowStatus of_job_fail_usage(char **message, char *text)
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
        return of_job_fail_usage(message, g_strdup_printf("there is no format `%s`%s%s (see `orgflow formats`)", shown,
                                                          hint != NULL ? "; " : "", hint != NULL ? hint : ""));
    }
    job->painter = painter;
    job->text_format = painter == NULL ? text_format : NULL;
    job->joined = job->joined && painter != NULL && painter->many_pages;
    return ORGFLOW_OK;
}

const char *const of_job_panel_names[OF_N_PANELS + 1] = {
    [OF_PANEL_DIFF] = "diff", [OF_PANEL_BEFORE] = "before", [OF_PANEL_AFTER] = "after", NULL};

OrgflowStatus orgflow_job_set_panel(OrgflowJob *job, const char *panel, char **message)
{
    const bool wants_all = g_str_equal(panel, "all");
    if (job->diff == NULL || (!wants_all && !g_strv_contains(of_job_panel_names, panel))) {
        return of_job_fail_usage(message, g_strdup("a panel of a difference is one of diff, before, after, all"));
    }
    job->panel = OF_N_PANELS;
    for (int i = 0; i < OF_N_PANELS && !wants_all; i++) {
        job->panel = g_str_equal(of_job_panel_names[i], panel) ? i : job->panel;
    }
    return ORGFLOW_OK;
}

bool of_job_shows_panels(const OrgflowJob *job)
{
    return job->diff != NULL && job->painter != NULL && job->painter->answers;
}

void of_job_choose_panels(OrgflowJob *job)
{
    static const OfPanel all[OF_N_PANELS] = {OF_PANEL_BEFORE, OF_PANEL_DIFF, OF_PANEL_AFTER};
    const bool wants_all = of_job_shows_panels(job) || job->panel == OF_N_PANELS;
    job->n_panels = wants_all ? OF_N_PANELS : 1;
    for (guint i = 0; i < job->n_panels; i++) {
        job->panels[i] = wants_all ? all[i] : job->panel < 0 ? OF_PANEL_DIFF : (OfPanel) job->panel;
    }
}

OrgflowStatus orgflow_job_set_context(OrgflowJob *job, const char *steps, char **message)
{
    gint64 value = 0;
    if (job->diff == NULL || !g_ascii_string_to_signed(steps, 10, 0, G_MAXINT16, &value, NULL)) {
        return of_job_fail_usage(message, g_strdup("the context of a difference is a whole number of steps"));
    }
    job->context = (int) value;
    return ORGFLOW_OK;
}

void orgflow_job_set_progress(OrgflowJob *job, OrgflowProgress progress, void *data)
{
    job->progress = progress;
    job->progress_data = data;
}

void orgflow_job_start_from(OrgflowJob *job, const OrgflowJob *earlier)
{
    g_hash_table_remove_all(job->earlier);
    for (guint i = 0; earlier != NULL && i < earlier->plans->len; i++) {
        const OfPlan *plan = earlier->plans->pdata[i];
        if (plan->drawn[0].facts != NULL) {
            g_hash_table_insert(job->earlier, g_strdup(plan->name), of_facts_copy(plan->drawn[0].facts));
        }
    }
}

void orgflow_job_set_epoch(OrgflowJob *job, long long seconds)
{
    job->epoch = seconds;
}

OrgflowStatus orgflow_job_set_joined(OrgflowJob *job, bool joined, char **message)
{
    if (joined && (job->painter == NULL || !job->painter->many_pages)) {
        return of_job_fail_usage(message, g_strdup_printf("one %s file cannot hold several drawings",
                                                          job->painter != NULL ? job->painter->name : job->text_format));
    }
    job->joined = joined;
    return ORGFLOW_OK;
}

static void add_plan(OrgflowJob *job, const char *name, const OfView *view, const OfSavedView *saved)
{
    OfPlan *plan = g_new0(OfPlan, 1);
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
        return of_job_fail_usage(message, g_strdup_printf("there is no view `%s`%s%s (see `orgflow views`)", shown,
                                                          hint != NULL ? "; " : "", hint != NULL ? hint : ""));
    }
    if (job->defaulted) {
        g_ptr_array_set_size(job->plans, 0);
        job->defaulted = false;
    }
    add_plan(job, name, view, saved);
    return ORGFLOW_OK;
}

void of_job_add_default_plans(OrgflowJob *job)
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

OfOptions *of_job_plan_options(const OrgflowJob *job, const OfPlan *plan)
{
    OfOptions *options = plan->saved != NULL ? of_options_copy(plan->saved) : of_options_new();
    of_options_override(options, job->options);
    return options;
}

bool of_job_plays_steps(const OrgflowJob *job, const OfOptions *options)
{
    return job->painter != NULL &&
           (job->painter->plays == OF_PLAYS_ALWAYS || (job->painter->plays == OF_PLAYS_WHERE_ASKED && options->animate));
}

bool orgflow_job_has_steps(OrgflowJob *job)
{
    bool any = false;
    if (job->story->story != NULL) {
        of_job_add_default_plans(job);
    }
    for (guint i = 0; i < job->plans->len; i++) {
        g_autoptr(OfOptions) options = of_job_plan_options(job, job->plans->pdata[i]);
        any = any || (options->steps != NULL && !of_job_plays_steps(job, options));
    }
    return any;
}

size_t orgflow_job_n_expected(OrgflowJob *job)
{
    if (job->story->story != NULL) {
        of_job_add_default_plans(job);
    }
    of_job_choose_panels(job);
    /* Steps are counted when they are drawn: there are several, as a rule. */
    const guint n_files = of_job_shows_panels(job) ? 1 : job->n_panels * (orgflow_job_has_steps(job) ? 2 : 1);
    return job->joined && job->plans->len > 0 ? 1 : job->plans->len * n_files;
}
