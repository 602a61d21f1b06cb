/* A job done: views drawn, pages painted, and the report on them. */
#include "api/changes.h"
#include "api/job.h"
#include "api/report.h"
#include "base/progress.h"

#define USUAL_PACE 2.0 /* seconds a step */

/* Of slides where no size is asked for, points. */
#define SLIDE_WIDTH  960.0
#define SLIDE_HEIGHT 540.0

/* One page: a panel of a plan, at one of its steps where it has any. */
typedef struct {
    OfPlan *plan;
    guint index;        /* of the plan */
    guint panel;        /* index in the job's */
    guint step, steps;  /* from 1, and how many; 0: it has none */
    OfPicture *picture; /* borrowed, but of a step */
} Page;

static bool measure_span(const OfTextSpan *span, double *width, gpointer fonts)
{
    return of_fonts_measure_span(fonts, span->font, span->size, span->bold, span->italic, span->text, width);
}

/* The mode of `text`: the names stand in the order of OfTextMode. */
static OfTextMode text_mode(const OfOptions *options)
{
    guint mode = OF_TEXT_LIVE;
    while (options->text != NULL && !g_str_equal(of_text_mode_names[mode], options->text)) {
        mode++;
    }
    return (OfTextMode) mode;
}

/* Whether the format can follow the page that it stands on. */
static bool follows_page(const OrgflowJob *job)
{
    return job->painter != NULL && job->painter->follows;
}

/* Draws the same in the dark theme, and takes over its colours. */
static bool draw_dark(const OfDrawTask *light, OfPlan *plan, GError **error)
{
    OfDrawTask task = *light;
    OfDrawn dark[OF_N_PANELS] = {{0}};
    task.drawing.theme = of_theme_find("dark");
    task.details = false;
    bool drawn = of_draw(&task, dark, error);
    for (guint i = 0; i < task.n_panels; i++) {
        if (drawn && !of_picture_add_dark(plan->drawn[i].picture, dark[i].picture)) {
            g_set_error_literal(error, OF_ERROR, OF_ERROR_ENVIRONMENT, "the layout in the dark theme is another one");
            drawn = false;
        }
        of_drawn_clear(&dark[i]);
    }
    return drawn;
}

static bool check_steps(const OrgflowJob *job, const OfPlan *plan, const OfOptions *options, GError **error)
{
    const char *reason = NULL;
    if (options->steps == NULL) {
        reason = options->animate ? "`animate` plays steps: say which with `steps`" : NULL;
    } else if (job->diff != NULL) {
        reason = "a difference has no steps: it is drawn as before, difference and after";
    } else if (job->painter == NULL) {
        reason = "Graphviz's text formats have no steps";
    } else if (options->animate && !of_job_plays_steps(job, options)) {
        reason = "`animate` is for SVG: other formats have a page or a file for each step";
    }
    if (reason == NULL && options->steps != NULL && !plan->view->has_steps) {
        g_set_error(error, OF_ERROR, OF_ERROR_USAGE, "the view `%s` has no steps%s", plan->view->name,
                    g_str_equal(plan->view->name, "snapshot") ? ": it shows one day" : "");
        return false;
    }
    if (reason != NULL) {
        g_set_error_literal(error, OF_ERROR, OF_ERROR_USAGE, reason);
    }
    return reason == NULL;
}

/* The drawing stands below the title that the layout has, on the template's own background. */
static void fit_to_template(OfOptions *options, const OfTemplate *template)
{
    options->size =
        (OfPageSize){.width = template->right - template->left, .height = template->bottom - template->top, .fixed = true};
    options->bare = true;
    options->transparent = true;
    if (!options->margin.set) {
        options->margin = (OfMargin){.set = true};
    }
}

static bool makes_slides(const OrgflowJob *job)
{
    return job->painter != NULL && g_str_equal(job->painter->name, "pptx");
}

/* What contradicts a template, or NULL. */
static const char *against_template(const OrgflowJob *job)
{
    static const char *const names[] = {"theme", "size", "dark"};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        if (job->options->set & (G_GUINT64_CONSTANT(1) << of_option_find(names[i]))) {
            return names[i];
        }
    }
    return NULL;
}

/* A reader who can ask sees light or dark as they like, and can go through time: where nothing else is asked for. */
static void answer_reader(const OrgflowJob *job, const OfPlan *plan, OfOptions *options, OfDrawTask *task)
{
    if (job->painter == NULL || !job->painter->answers) {
        return;
    }
    task->details = true;
    task->drawing.interactive = true;
    options->dark = options->dark || (options->theme == NULL && job->theme == NULL);
    if (options->steps == NULL && plan->view->has_steps) {
        options->steps = g_strdup("events");
    }
}

/* Draws it; where steps that nobody asked for are too many, with fewer of them. */
static bool draw_steps(const OfDrawTask *task, OfOptions *options, bool asked, OfDrawn *drawn, GError **error)
{
    static const char *const fewer[] = {"months", NULL};
    g_autoptr(GError) problem = NULL;
    bool done = of_draw(task, drawn, &problem);
    for (guint i = 0; !done && !asked && options->steps != NULL && g_error_matches(problem, OF_ERROR, OF_ERROR_LIMIT); i++) {
        g_free(options->steps);
        options->steps = g_strdup(fewer[i]);
        g_clear_error(&problem);
        of_drawn_clear(drawn);
        done = of_draw(task, drawn, &problem);
    }
    if (!done) {
        g_propagate_error(error, g_steal_pointer(&problem));
    }
    return done;
}

/* Draws all panels of a plan. */
static bool draw_plan(OrgflowJob *job, OfPlan *plan, const OfRevisions *revisions, OfFonts *fonts, OfLayoutProcess *process,
                      GError **error)
{
    const OrgflowStory *story = job->story;
    g_autoptr(OfOptions) options = of_job_plan_options(job, plan);
    if (!check_steps(job, plan, options, error)) {
        return false;
    }
    if (job->template != NULL) {
        fit_to_template(options, job->template);
    } else if (makes_slides(job) && options->size.width <= 0) {
        options->size = (OfPageSize){.width = SLIDE_WIDTH, .height = SLIDE_HEIGHT, .grows = true};
    }
    OfDrawTask task = {.drawing = {.story = story->story,
                                   .revisions = revisions,
                                   .context = job->context,
                                   .view = plan->view,
                                   .options = options,
                                   .limits = &story->limits,
                                   .theme = job->theme,
                                   .fonts = fonts,
                                   .earlier = g_hash_table_lookup(job->earlier, plan->name)},
                       .panels = job->panels,
                       .n_panels = job->n_panels,
                       .process = process,
                       .text_format = job->text_format};
    if (job->diff != NULL) {
        task.drawing.names[0] = job->diff->from;
        task.drawing.names[1] = job->diff->to;
    }
    for (guint i = 0; i < job->n_panels; i++) {
        of_drawn_clear(&plan->drawn[i]);
    }
    const bool asked = options->steps != NULL;
    answer_reader(job, plan, options, &task);
    if (!draw_steps(&task, options, asked, plan->drawn, error) ||
        (options->dark && follows_page(job) && !draw_dark(&task, plan, error))) {
        return false;
    }
    for (guint i = 0; i < job->n_panels; i++) {
        plan->drawn[i].scale = options->scale;
        plan->drawn[i].text_mode = text_mode(options);
        plan->drawn[i].sheet = options->poster;
        plan->drawn[i].pace = options->pace;
        plan->drawn[i].plays = of_job_plays_steps(job, options);
    }
    return true;
}

/* Tells that work on a plan begins; n: of so many. */
static bool tell_plan(const char *what, const char *name, guint i, guint n, GError **error)
{
    g_autofree char *stage = g_strdup_printf("%s %s", what, name);
    if (!of_progress_tell(stage, (double) i / n)) {
        g_set_error_literal(error, OF_ERROR, OF_ERROR_STOPPED, "stopped");
        return false;
    }
    return true;
}

static bool draw_plans(OrgflowJob *job, OfFonts *fonts, GError **error)
{
    g_autoptr(OfLayoutProcess) process = of_layout_process_start(&job->story->limits, error);
    if (process == NULL) {
        return false;
    }
    g_autoptr(OfRevisions) revisions = job->diff != NULL ? of_revisions_new(job->diff->changes) : NULL;
    of_layout_process_set_measure(process, measure_span, fonts);
    for (guint i = 0; i < job->plans->len; i++) {
        OfPlan *plan = job->plans->pdata[i];
        if (!tell_plan("drawing", plan->name, i, job->plans->len, error) ||
            !draw_plan(job, plan, revisions, fonts, process, error)) {
            return false;
        }
    }
    return true;
}

static void clear_page(gpointer data)
{
    Page *page = data;
    if (page->step > 0) {
        of_picture_free(page->picture);
    }
}

/* Whether a format that shows panels together has this one: where a view marks nothing the two revisions alone are left, where nothing
 * changed the one. */
static bool has_panel(const OrgflowJob *job, const OfPlan *plan, OfPanel panel)
{
    return orgflow_diff_n_changes(job->diff) == 0 ? panel == OF_PANEL_DIFF : panel != OF_PANEL_DIFF || !plan->view->alone;
}

/* A panel's pages: one, or one a step where the format does not play them. */
static void add_pages(const OrgflowJob *job, GArray *pages, OfPlan *plan, guint index, guint panel)
{
    const OfDrawn *drawn = &plan->drawn[panel];
    if (of_job_shows_panels(job) && !has_panel(job, plan, job->panels[panel])) {
        return;
    }
    if (of_job_shows_panels(job) && orgflow_diff_n_changes(job->diff) > 0) {
        drawn->picture->panel = of_job_panel_names[job->panels[panel]];
    }
    const guint n = drawn->picture != NULL && drawn->picture->steps != NULL && !drawn->plays ? drawn->picture->steps->len : 0;
    if (n == 0) {
        const Page page = {plan, index, panel, 0, 0, drawn->picture};
        g_array_append_val(pages, page);
    }
    for (guint k = 0; k < n; k++) {
        const Page page = {plan, index, panel, k + 1, n, of_picture_at_step(drawn->picture, k)};
        g_array_append_val(pages, page);
    }
}

static void add_artefact(OrgflowJob *job, const Page *page, GBytes *bytes)
{
    const bool all = job->n_panels > 1 && (job->joined || of_job_shows_panels(job));
    const char *panel = job->diff == NULL ? NULL : all ? "all" : of_job_panel_names[job->panels[page->panel]];
    const OfArtefact artefact = {page->plan->name, panel, job->joined ? 0 : page->step, job->joined ? 0 : page->steps, bytes};
    g_array_append_val(job->artefacts, artefact);
}

static bool paint_pages(OrgflowJob *job, OfFonts *fonts, const Page *pages, guint n, GError **error)
{
    g_autofree OfPicture **pictures = g_new(OfPicture *, n);
    for (guint i = 0; i < n; i++) {
        pictures[i] = pages[i].picture;
    }
    OfPlan *plan = pages[0].plan;
    const OfDrawn *drawn = &plan->drawn[pages[0].panel];
    if (!tell_plan("painting", plan->name, pages[0].index, job->plans->len, error)) {
        return false;
    }
    g_autoptr(OfChangeList) changes = of_job_shows_panels(job) ? of_changes_list(job->diff) : NULL;
    const OfPaintSettings settings = {.scale = drawn->scale > 0 ? drawn->scale : 1,
                                      .limits = &job->story->limits,
                                      .typesetter = of_fonts_typesetter(fonts),
                                      .text = drawn->text_mode,
                                      .sheet_width = drawn->sheet.width,
                                      .sheet_height = drawn->sheet.height,
                                      .pace = drawn->pace > 0 ? drawn->pace : USUAL_PACE,
                                      .template = job->template,
                                      .changes = changes,
                                      .epoch = job->epoch};
    const gint64 begin = g_get_monotonic_time();
    GBytes *bytes = job->painter->paint(pictures, n, &settings, error);
    plan->paint_us[pages[0].panel] += g_get_monotonic_time() - begin;
    if (bytes == NULL) {
        return false;
    }
    add_artefact(job, &pages[0], bytes);
    return true;
}

static bool make_artefacts(OrgflowJob *job, OfFonts *fonts, GError **error)
{
    g_autoptr(GArray) pages = g_array_new(FALSE, FALSE, sizeof(Page));
    g_array_set_clear_func(pages, clear_page);
    for (guint i = 0; i < job->plans->len * job->n_panels; i++) {
        OfPlan *plan = job->plans->pdata[i / job->n_panels];
        plan->paint_us[i % job->n_panels] = 0;
        add_pages(job, pages, plan, i / job->n_panels, i % job->n_panels);
    }
    if (job->joined) {
        return paint_pages(job, fonts, (const Page *) (gpointer) pages->data, pages->len, error);
    }
    for (guint i = 0, n = 1; i < pages->len; i += n) {
        const Page *page = &g_array_index(pages, Page, i);
        for (n = 1; of_job_shows_panels(job) && i + n < pages->len && page[n].plan == page->plan;) {
            n++;
        }
        if (job->text_format != NULL) {
            add_artefact(job, page, g_bytes_ref(page->plan->drawn[page->panel].text));
        } else if (!paint_pages(job, fonts, page, n, error)) {
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
    if (job->options->dark && !follows_page(job)) {
        return of_job_fail_usage(
            message, g_strdup("`dark: auto` is for SVG and HTML: only they can follow the page that they stand on, or its reader"));
    }
    if (job->template != NULL && !makes_slides(job)) {
        return of_job_fail_usage(message, g_strdup("a template is for slides: the format pptx"));
    }
    if (job->template != NULL && against_template(job) != NULL) {
        return of_job_fail_usage(message,
                                 g_strdup_printf("`%s` and a template contradict each other: slides take the template's colours "
                                                 "and size",
                                                 against_template(job)));
    }
    if (of_job_shows_panels(job) && job->panel >= 0 && job->panel < OF_N_PANELS) {
        return of_job_fail_usage(message,
                                 g_strdup_printf("a page of a difference has all panels on one slider: it takes no panel `%s`",
                                                 of_job_panel_names[job->panel]));
    }
    of_job_choose_panels(job);
    of_job_add_default_plans(job);
    const char *family = job->theme != NULL ? job->theme->font : NULL;
    g_autoptr(OfFonts) fonts = of_fonts_new(family, job->story->story->lang, &error);
    if (fonts != NULL && family != NULL && !of_fonts_is_family(fonts, family)) {
        g_set_error(&error, OF_ERROR, OF_ERROR_ENVIRONMENT, "the theme's font `%s` is not installed", family);
        return of_api_fail(error, message);
    }
    OfProgress progress = {.tell = job->progress, .data = job->progress_data};
    of_progress_begin(&progress);
    const bool made = fonts != NULL && draw_plans(job, fonts, &error) && make_artefacts(job, fonts, &error);
    of_progress_end(&progress);
    if (made) {
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
    const OfArtefact *made = &g_array_index(job->artefacts, OfArtefact, index);
    gsize length = 0;
    const void *bytes = g_bytes_get_data(made->bytes, &length);
    *artefact =
        (OrgflowArtefact){made->view, made->panel, job->painter != NULL ? job->painter->name : job->text_format, bytes, length,
                          made->step, made->steps};
    return true;
}

const char *orgflow_job_report(OrgflowJob *job)
{
    if (job->report == NULL) {
        g_autoptr(GArray) entries = g_array_new(FALSE, TRUE, sizeof(OfReportEntry));
        for (guint i = 0; i < job->plans->len; i++) {
            const OfPlan *plan = job->plans->pdata[i];
            for (guint k = 0; k < job->n_panels; k++) {
                const OfReportEntry entry = {plan->name,          job->diff != NULL ? of_job_panel_names[job->panels[k]] : NULL,
                                             plan->view,          &plan->drawn[k],
                                             job->story->read_us, plan->paint_us[k]};
                g_array_append_val(entries, entry);
            }
        }
        job->report = of_report_write((const OfReportEntry *) (gpointer) entries->data, entries->len);
    }
    return job->report;
}
