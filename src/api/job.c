#include "api/changes.h"
#include "api/draw.h"
#include "api/handles.h"
#include "api/report.h"
#include "api/template_theme.h"
#include "api/theme_file.h"
#include "base/hash.h"
#include "base/progress.h"
#include "paint/paint.h"

#define N_PANELS   3
#define USUAL_PACE 2.0 /* seconds a step */

/* Of slides where no size is asked for, points. */
#define SLIDE_WIDTH  960.0
#define SLIDE_HEIGHT 540.0

/* One view to draw. */
typedef struct {
    char *name; /* id of the saved view, or the type */
    const OfView *view;
    OfOptions *saved;        /* NULL for a type */
    OfDrawn drawn[N_PANELS]; /* one a panel of the job */
    gint64 paint_us[N_PANELS];
} Plan;

/* One page: a panel of a plan, at one of its steps where it has any. */
typedef struct {
    Plan *plan;
    guint index;        /* of the plan */
    guint panel;        /* index in the job's */
    guint step, steps;  /* from 1, and how many; 0: it has none */
    OfPicture *picture; /* borrowed, but of a step */
} Page;

typedef struct {
    const char *view, *panel;
    guint step, steps;
    GBytes *bytes;
} Artefact;

struct OrgflowJob {
    const OrgflowStory *story; /* the new revision's, where two are drawn */
    const OrgflowDiff *diff;   /* or NULL */
    int panel;                 /* that was asked for: an OfPanel, N_PANELS for all; negative: none was */
    OfPanel panels[N_PANELS];  /* that are drawn, see choose_panels() */
    guint n_panels;
    int context;
    OfOptions *options;
    GPtrArray *plans; /* of Plan */
    bool defaulted;   /* plans are the default ones, made by run */
    const OfPainter *painter;
    const char *text_format; /* instead of a painter */
    bool joined;
    const OfTheme *theme; /* of a file, or NULL; lives in theme_texts */
    OfArena *theme_texts;
    OfTemplate *template; /* of slides, or NULL */
    gint64 epoch;
    GArray *artefacts; /* of Artefact */
    char *report;
    GHashTable *earlier; /* name of a plan -> OfFacts of a storyline to stay near */
    OrgflowProgress progress;
    void *progress_data;
};

/* Drawn where the data has no saved views and the caller names none. */
static const char *const default_views[] = {"storyline"};

static void free_plan(gpointer data)
{
    Plan *plan = data;
    g_free(plan->name);
    of_options_free(plan->saved);
    for (guint i = 0; i < N_PANELS; i++) {
        of_drawn_clear(&plan->drawn[i]);
    }
    g_free(plan);
}

static void clear_artefact(gpointer data)
{
    Artefact *artefact = data;
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
    job->artefacts = g_array_new(FALSE, TRUE, sizeof(Artefact));
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

static OrgflowStatus fail_usage(char **message, char *text)
{
    if (message != NULL) {
        *message = text;
    } else {
        g_free(text);
    }
    return ORGFLOW_USAGE;
}

/* Takes the one input over, as a text of what is returned; NULL with a message where there is not one. */
static OrgflowStory *take_input(OrgflowInputs *inputs, const char *what, const OfSourceText **text, char **message)
{
    if (inputs->inputs->len != 1) {
        fail_usage(message, g_strdup_printf("a %s is one input, not %u", what, inputs->inputs->len));
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
        return fail_usage(message, g_strdup("a theme and a template contradict each other: slides take the template's colours"));
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

static const char *const panel_names[N_PANELS + 1] = {
    [OF_PANEL_DIFF] = "diff", [OF_PANEL_BEFORE] = "before", [OF_PANEL_AFTER] = "after", NULL};

OrgflowStatus orgflow_job_set_panel(OrgflowJob *job, const char *panel, char **message)
{
    const bool wants_all = g_str_equal(panel, "all");
    if (job->diff == NULL || (!wants_all && !g_strv_contains(panel_names, panel))) {
        return fail_usage(message, g_strdup("a panel of a difference is one of diff, before, after, all"));
    }
    job->panel = N_PANELS;
    for (int i = 0; i < N_PANELS && !wants_all; i++) {
        job->panel = g_str_equal(panel_names[i], panel) ? i : job->panel;
    }
    return ORGFLOW_OK;
}

/* Whether the format shows all panels of a difference together, one at a time. */
static bool shows_panels(const OrgflowJob *job)
{
    return job->diff != NULL && job->painter != NULL && job->painter->answers;
}

/* Sets which panels are drawn, by what was asked for and the format. */
static void choose_panels(OrgflowJob *job)
{
    static const OfPanel all[N_PANELS] = {OF_PANEL_BEFORE, OF_PANEL_DIFF, OF_PANEL_AFTER};
    const bool wants_all = shows_panels(job) || job->panel == N_PANELS;
    job->n_panels = wants_all ? N_PANELS : 1;
    for (guint i = 0; i < job->n_panels; i++) {
        job->panels[i] = wants_all ? all[i] : job->panel < 0 ? OF_PANEL_DIFF : (OfPanel) job->panel;
    }
}

OrgflowStatus orgflow_job_set_context(OrgflowJob *job, const char *steps, char **message)
{
    gint64 value = 0;
    if (job->diff == NULL || !g_ascii_string_to_signed(steps, 10, 0, G_MAXINT16, &value, NULL)) {
        return fail_usage(message, g_strdup("the context of a difference is a whole number of steps"));
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
        const Plan *plan = earlier->plans->pdata[i];
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

/* The plan's options as they hold: the caller's over a saved view's. */
static OfOptions *plan_options(const OrgflowJob *job, const Plan *plan)
{
    OfOptions *options = plan->saved != NULL ? of_options_copy(plan->saved) : of_options_new();
    of_options_override(options, job->options);
    return options;
}

/* Whether the format plays the steps of a drawing with these options. */
static bool plays_steps(const OrgflowJob *job, const OfOptions *options)
{
    return job->painter != NULL &&
           (job->painter->plays == OF_PLAYS_ALWAYS || (job->painter->plays == OF_PLAYS_WHERE_ASKED && options->animate));
}

bool orgflow_job_has_steps(OrgflowJob *job)
{
    bool any = false;
    if (job->story->story != NULL) {
        add_default_plans(job);
    }
    for (guint i = 0; i < job->plans->len; i++) {
        g_autoptr(OfOptions) options = plan_options(job, job->plans->pdata[i]);
        any = any || (options->steps != NULL && !plays_steps(job, options));
    }
    return any;
}

size_t orgflow_job_n_expected(OrgflowJob *job)
{
    if (job->story->story != NULL) {
        add_default_plans(job);
    }
    choose_panels(job);
    /* Steps are counted when they are drawn: there are several, as a rule. */
    const guint n_files = shows_panels(job) ? 1 : job->n_panels * (orgflow_job_has_steps(job) ? 2 : 1);
    return job->joined && job->plans->len > 0 ? 1 : job->plans->len * n_files;
}

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
static bool draw_dark(const OfDrawTask *light, Plan *plan, GError **error)
{
    OfDrawTask task = *light;
    OfDrawn dark[N_PANELS] = {{0}};
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

static bool check_steps(const OrgflowJob *job, const Plan *plan, const OfOptions *options, GError **error)
{
    const char *reason = NULL;
    if (options->steps == NULL) {
        reason = options->animate ? "`animate` plays steps: say which with `steps`" : NULL;
    } else if (job->diff != NULL) {
        reason = "a difference has no steps: it is drawn as before, difference and after";
    } else if (job->painter == NULL) {
        reason = "Graphviz's text formats have no steps";
    } else if (options->animate && !plays_steps(job, options)) {
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
static void answer_reader(const OrgflowJob *job, const Plan *plan, OfOptions *options, OfDrawTask *task)
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
static bool draw_plan(OrgflowJob *job, Plan *plan, const OfRevisions *revisions, OfFonts *fonts, OfLayoutProcess *process,
                      GError **error)
{
    const OrgflowStory *story = job->story;
    g_autoptr(OfOptions) options = plan_options(job, plan);
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
        plan->drawn[i].plays = plays_steps(job, options);
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
        Plan *plan = job->plans->pdata[i];
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
static bool has_panel(const OrgflowJob *job, const Plan *plan, OfPanel panel)
{
    return orgflow_diff_n_changes(job->diff) == 0 ? panel == OF_PANEL_DIFF : panel != OF_PANEL_DIFF || !plan->view->alone;
}

/* A panel's pages: one, or one a step where the format does not play them. */
static void add_pages(const OrgflowJob *job, GArray *pages, Plan *plan, guint index, guint panel)
{
    const OfDrawn *drawn = &plan->drawn[panel];
    if (shows_panels(job) && !has_panel(job, plan, job->panels[panel])) {
        return;
    }
    if (shows_panels(job) && orgflow_diff_n_changes(job->diff) > 0) {
        drawn->picture->panel = panel_names[job->panels[panel]];
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
    const bool all = job->n_panels > 1 && (job->joined || shows_panels(job));
    const char *panel = job->diff == NULL ? NULL : all ? "all" : panel_names[job->panels[page->panel]];
    const Artefact artefact = {page->plan->name, panel, job->joined ? 0 : page->step, job->joined ? 0 : page->steps, bytes};
    g_array_append_val(job->artefacts, artefact);
}

static bool paint_pages(OrgflowJob *job, OfFonts *fonts, const Page *pages, guint n, GError **error)
{
    g_autofree OfPicture **pictures = g_new(OfPicture *, n);
    for (guint i = 0; i < n; i++) {
        pictures[i] = pages[i].picture;
    }
    Plan *plan = pages[0].plan;
    const OfDrawn *drawn = &plan->drawn[pages[0].panel];
    if (!tell_plan("painting", plan->name, pages[0].index, job->plans->len, error)) {
        return false;
    }
    g_autoptr(OfChangeList) changes = shows_panels(job) ? of_changes_list(job->diff) : NULL;
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
        Plan *plan = job->plans->pdata[i / job->n_panels];
        plan->paint_us[i % job->n_panels] = 0;
        add_pages(job, pages, plan, i / job->n_panels, i % job->n_panels);
    }
    if (job->joined) {
        return paint_pages(job, fonts, (const Page *) (gpointer) pages->data, pages->len, error);
    }
    for (guint i = 0, n = 1; i < pages->len; i += n) {
        const Page *page = &g_array_index(pages, Page, i);
        for (n = 1; shows_panels(job) && i + n < pages->len && page[n].plan == page->plan;) {
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
        return fail_usage(
            message, g_strdup("`dark: auto` is for SVG and HTML: only they can follow the page that they stand on, or its reader"));
    }
    if (job->template != NULL && !makes_slides(job)) {
        return fail_usage(message, g_strdup("a template is for slides: the format pptx"));
    }
    if (job->template != NULL && against_template(job) != NULL) {
        return fail_usage(message, g_strdup_printf("`%s` and a template contradict each other: slides take the template's colours "
                                                   "and size",
                                                   against_template(job)));
    }
    if (shows_panels(job) && job->panel >= 0 && job->panel < N_PANELS) {
        return fail_usage(message, g_strdup_printf("a page of a difference has all panels on one slider: it takes no panel `%s`",
                                                   panel_names[job->panel]));
    }
    choose_panels(job);
    add_default_plans(job);
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
    const Artefact *made = &g_array_index(job->artefacts, Artefact, index);
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
            const Plan *plan = job->plans->pdata[i];
            for (guint k = 0; k < job->n_panels; k++) {
                const OfReportEntry entry = {plan->name,          job->diff != NULL ? panel_names[job->panels[k]] : NULL,
                                             plan->view,          &plan->drawn[k],
                                             job->story->read_us, plan->paint_us[k]};
                g_array_append_val(entries, entry);
            }
        }
        job->report = of_report_write((const OfReportEntry *) (gpointer) entries->data, entries->len);
    }
    return job->report;
}
