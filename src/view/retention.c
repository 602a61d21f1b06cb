/* The view `retention`: how a group drained away. Above, the share still at a lab as a step curve; below, where those who left went, stacked. */
#include <math.h>

#include "base/limits.h"
#include "view/frame.h"
#include "view/retention_scene.h"
#include "view/view.h"

/* Points. */
#define NATURAL_WIDTH  900.0
#define NATURAL_HEIGHT 430.0
#define LEAST_PLOT     220.0
#define LEAST_CURVES   90.0
#define CURVE_SHARE    0.58 /* of the height, to the curves */
#define LEAST_STRIP    30.0
#define YEAR           365.25 /* days */

#define MOST_CURVES 8 /* that can be told apart */

bool of_retention_is_fixed(const OfRetention *retention)
{
    return of_date_is_set(&retention->drawing->options->since);
}

const OfCohort *of_retention_cohort(const OfRetention *retention, guint index)
{
    return retention->cohorts->pdata[index];
}

double of_retention_x(const OfRetention *retention, double days)
{
    return retention->left + (retention->right - retention->left) * days / retention->length;
}

const char *of_retention_color(const OfRetention *retention, guint index)
{
    OfDrawing *drawing = retention->drawing;
    return retention->cohorts->len == 1 ? of_coloring_lab(drawing->coloring, of_retention_cohort(retention, index)->lab)
                                        : drawing->theme->lab_hues[index % OF_THEME_HUES];
}

char *of_retention_percent(double share)
{
    return g_strdup_printf("%ld %%", lround(share * 100));
}

char *of_retention_moment(const OfRetention *retention, gint32 days)
{
    if (!of_retention_is_fixed(retention)) {
        return of_days_display(days);
    }
    int year = 0, month = 0, day = 0;
    of_day_to_civil(of_date_middle(&retention->drawing->options->since) + days, &year, &month, &day);
    const OfDay first = of_day_from_civil(year, month, 1);
    const OfDate date = {.first = first, .last = first + of_days_in_month(year, month) - 1, .precision = OF_DATE_MONTH};
    return of_date_display(&date);
}

char *of_retention_median(const OfRetention *retention, const OfCohort *cohort)
{
    g_autofree char *moment = cohort->median >= 0 ? of_retention_moment(retention, cohort->median) : NULL;
    return moment == NULL                     ? g_strdup("more than half stay")
           : of_retention_is_fixed(retention) ? g_strdup_printf("half had left by %s", moment)
                                              : g_strdup_printf("half left within %s", moment);
}

void of_retention_add_words(const OfRetention *retention, const char *name, const char *class, const char *text, OfFace face,
                            double size, const char *color, char align, double x, double y)
{
    char *const lines[] = {(char *) (gsize) text, NULL};
    of_ink_add_text(retention->drawing, name, class, lines, face, size, color, align, x, y);
}

void of_retention_add_rule(const OfRetention *retention, double x0, double y0, double x1, double y1, double width)
{
    const OfLayoutPoint ends[] = {{x0, y0}, {x1, y1}};
    of_ink_append_pen(retention->ops, retention->drawing->theme->faint, width);
    of_ink_append_line(retention->drawing, retention->ops, ends, 2);
}

static double label_width(const OfRetention *retention)
{
    OfDrawing *drawing = retention->drawing;
    double width = 0;
    for (guint i = 0; i < retention->cohorts->len; i++) {
        const OfCohort *cohort = of_retention_cohort(retention, i);
        g_auto(GStrv) lines = of_fonts_wrap(drawing->fonts, OF_FACE_BOLD, OF_SIZE_NAME, cohort->name, OF_RETENTION_LABEL_WIDTH);
        for (char **line = lines; *line != NULL; line++) {
            width = MAX(width, of_ink_text_width(drawing, OF_FACE_BOLD, OF_SIZE_NAME, *line));
        }
    }
    return MAX(width, OF_RETENTION_LABEL_WIDTH * 0.7) + OF_RETENTION_LABEL_GAP;
}

static void place_panels(OfRetention *retention, double width, double height)
{
    OfDrawing *drawing = retention->drawing;
    const guint n = retention->cohorts->len;
    const double names = n > 1 ? of_ink_line_height(OF_SIZE_NOTE) + 2 : 0, gap = OF_RETENTION_PANEL_GAP + names;
    const double fixed = 2 * OF_RETENTION_CAPTION + OF_RETENTION_AXIS + OF_RETENTION_PANEL_GAP + names;
    const double notes = of_drawing_callout_column_width(drawing);
    retention->left = of_ink_text_width(drawing, OF_FACE_REGULAR, OF_SIZE_NOTE, "100 %") + 6;
    retention->right = MAX(width - label_width(retention) - notes, retention->left + LEAST_PLOT);
    drawing->width = retention->right + label_width(retention);
    const double least_strips = n * LEAST_STRIP + (n - 1) * gap;
    drawing->height = MAX(height, fixed + LEAST_CURVES + least_strips);
    const double room = drawing->height - fixed, strips = MIN(MAX(room * (1 - CURVE_SHARE), least_strips), room - LEAST_CURVES);
    retention->curves_top = OF_RETENTION_CAPTION;
    retention->curves_bottom = OF_RETENTION_CAPTION + room - strips;
    retention->places_top = retention->curves_bottom + OF_RETENTION_PANEL_GAP;
    retention->strips_top = retention->places_top + OF_RETENTION_CAPTION + names;
    retention->strip_gap = gap;
    retention->strip_height = (strips - (n - 1) * gap) / n;
}

/* The height that the frame leaves depends on the places that have no room for their names, and the other way round: a few rounds settle it. Returns
 * whether it fits with its type magnified by scale. */
static bool fit_scaled(OfRetention *retention, double scale, guint n_remarks)
{
    enum { ROUNDS = 4 };
    OfDrawing *drawing = retention->drawing;
    g_ptr_array_set_size(drawing->remarks, (gint) n_remarks);
    OfPageFit fit = of_frame_fit(drawing, 1, 1);
    double height = fit.body_height;
    for (int round = 0; round < ROUNDS; round++) {
        place_panels(retention, fit.body_width / scale, height / scale);
        g_ptr_array_set_size(drawing->remarks, (gint) n_remarks);
        of_retention_announce_places(retention);
        const double width = drawing->width + of_drawing_callout_column_width(drawing);
        fit = of_frame_fit(drawing, width, drawing->height);
        if (width * scale <= fit.body_width + 0.01 && drawing->height * scale <= fit.body_height + 0.01) {
            return true;
        }
        height = MIN(height, fit.body_height);
    }
    return false;
}

/* On a page with room to spare type and lines grow, as long as all names that had room keep it. */
static void fit_page(OfRetention *retention)
{
    static const double scales[] = {1.5, 1.25};
    OfDrawing *drawing = retention->drawing;
    const guint n_remarks = drawing->remarks->len;
    if (drawing->options->size.width <= 0) {
        place_panels(retention, NATURAL_WIDTH, NATURAL_HEIGHT);
        of_retention_announce_places(retention);
        return;
    }
    fit_scaled(retention, 1, n_remarks);
    const guint n_listed = drawing->remarks->len;
    for (gsize i = 0; i < G_N_ELEMENTS(scales); i++) {
        if (fit_scaled(retention, scales[i], n_remarks) && drawing->remarks->len <= n_listed) {
            return;
        }
    }
    fit_scaled(retention, 1, n_remarks);
}

/* "100 % after 1 year, 64 % after 2". Owned by the caller; NULL where the curve is shorter than a year. */
static char *describe_shares(const OfCohort *cohort)
{
    g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func(g_free);
    for (guint year = 1; year * YEAR <= cohort->length; year++) {
        g_autofree char *share = of_retention_percent(of_survival_share(cohort->steps, (gint32) (year * YEAR)));
        g_ptr_array_add(parts, g_strdup_printf(year == 1   ? "%s after %u year"
                                               : year == 2 ? "%s after %u years"
                                                           : "%s after %u",
                                               share, year));
    }
    return parts->len > 0 ? of_text_list((const char *const *) parts->pdata, parts->len, parts->len) : NULL;
}

static char *describe_cohort(const OfRetention *retention, guint index)
{
    const OfCohort *cohort = of_retention_cohort(retention, index);
    g_autofree char *half = of_retention_median(retention, cohort);
    g_autofree char *places = of_place_stack_describe(retention->stacks->pdata[index]);
    g_autofree char *shares = describe_shares(cohort);
    return g_strdup_printf("%s: %u of %u still there, %s%s%s%s%s", cohort->name, cohort->n_there, cohort->n, half,
                           shares != NULL ? ", " : "", shares != NULL ? shares : "", places != NULL ? "; left " : "",
                           places != NULL ? places : "");
}

static void describe(const OfRetention *retention)
{
    OfDrawing *drawing = retention->drawing;
    const OfDate end = of_date_from_day(drawing->selection.to);
    g_autofree char *last = of_date_display(&end);
    g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < retention->cohorts->len; i++) {
        g_ptr_array_add(parts, describe_cohort(retention, i));
    }
    g_ptr_array_add(parts, NULL);
    g_autofree char *all = g_strjoinv(". ", (char **) parts->pdata);
    drawing->description = retention->cohorts->len == 0 ? g_strdup("Nobody of this part of the story was at a lab in this time.")
                                                        : g_strdup_printf("How people stayed, up to %s. %s.", last, all);
    if (retention->cohorts->len == 1) {
        const OfCohort *cohort = of_retention_cohort(retention, 0);
        drawing->subtitle = g_strdup_printf("%s: %u of %u still there on %s", cohort->name, cohort->n_there, cohort->n, last);
    }
}

static OfCohortFacts *facts_of(const OfCohort *cohort)
{
    OfCohortFacts *facts = g_new(OfCohortFacts, 1);
    *facts = (OfCohortFacts){.group = cohort->group != NULL ? cohort->group->item.id : NULL,
                             .lab = cohort->lab->item.id,
                             .n = cohort->n,
                             .n_there = cohort->n_there,
                             .n_unknown = cohort->n_unknown,
                             .median = cohort->median,
                             .shares = g_array_new(FALSE, FALSE, sizeof(double))};
    for (guint year = 1; year * YEAR <= cohort->length; year++) {
        const double share = of_survival_share(cohort->steps, (gint32) (year * YEAR));
        g_array_append_val(facts->shares, share);
    }
    return facts;
}

static void announce(OfRetention *retention)
{
    OfDrawing *drawing = retention->drawing;
    drawing->cohorts = g_ptr_array_new_with_free_func(of_cohort_facts_free);
    bool banded = false;
    for (guint i = 0; i < retention->cohorts->len; i++) {
        const OfCohort *cohort = of_retention_cohort(retention, i);
        g_ptr_array_add(drawing->cohorts, facts_of(cohort));
        /* The last step is no edge of the page. */
        retention->length = MAX(retention->length, cohort->length + cohort->length / 50 + 1);
        banded = banded || cohort->steps->len > 0;
        if (cohort->n_unknown > 0) {
            of_drawing_add_remark(drawing,
                                  g_strdup_printf("%s: %u %s left out, the data does not say when they joined", cohort->name,
                                                  cohort->n_unknown, cohort->n_unknown == 1 ? "person is" : "people are"));
        }
    }
    if (banded) {
        g_autofree char *fill = of_color_mix(of_retention_color(retention, 0), drawing->theme->background, 0.16);
        of_drawing_add_legend(
            drawing,
            (OfLegendEntry){.kind = OF_LEGEND_FILL, .style = "solid", .color = g_intern_string(fill), .width = 1, .order = 20},
            "as early, or as late, as the dates allow");
    }
}

static void add_ink(OfRetention *retention)
{
    OfDrawing *drawing = retention->drawing;
    retention->ops = g_string_new(NULL);
    of_retention_add_axes(retention);
    of_retention_add_places(retention);
    of_retention_add_curves(retention);
    of_graph_set(drawing->graph, "_background", g_strstrip(retention->ops->str), NULL);
    g_string_free(retention->ops, TRUE);
}

/* A callout of a lab is tied to its curve's name, or to the place where people went. */
static Agnode_t *callout_node(OfDrawing *drawing, const OfCallout *callout)
{
    for (Agnode_t *node = agfstnode(drawing->graph); node != NULL && callout->lab != NULL; node = agnxtnode(drawing->graph, node)) {
        if (g_strcmp0(agget(node, (char *) "data_lab"), callout->lab) == 0) {
            return node;
        }
    }
    return NULL;
}

bool of_view_build_retention(OfDrawing *drawing, GError **error)
{
    drawing->graph = of_graph_new("retention", drawing->discipline);
    g_autoptr(GPtrArray) cohorts = of_cohorts_new(drawing);
    if (cohorts->len > MOST_CURVES) {
        g_set_error(error, OF_ERROR, OF_ERROR_USAGE, "%u groups and labs to compare; up to %d curves can be told apart",
                    cohorts->len, MOST_CURVES);
        return false;
    }
    g_autoptr(GPtrArray) stacks = g_ptr_array_new_with_free_func(of_place_stack_free);
    OfRetention retention = {.drawing = drawing, .cohorts = cohorts, .stacks = stacks, .length = 1};
    for (guint i = 0; i < cohorts->len; i++) {
        g_ptr_array_add(stacks, of_place_stack_new(drawing, cohorts->pdata[i]));
    }
    announce(&retention);
    describe(&retention);
    drawing->empty = cohorts->len == 0;
    if (!drawing->empty) {
        fit_page(&retention);
        add_ink(&retention);
        of_drawing_add_callout_column(drawing, callout_node);
    }
    return true;
}
