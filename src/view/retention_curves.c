/* Axes and curves of the view `retention`. */
#include <math.h>

#include "layout/spread.h"
#include "view/axis.h"
#include "view/retention_scene.h"

#define CURVE_WIDTH 2.2 /* points */
#define DOT         5.0
#define MOST_DOTS   120    /* a curve of more steps is smooth */
#define YEAR        365.25 /* days */

static double y_at(const OfRetention *retention, double share)
{
    return retention->curves_bottom - (retention->curves_bottom - retention->curves_top) * share;
}

static void add_tick(const OfRetention *retention, guint number, double days, const char *text, bool major)
{
    OfDrawing *drawing = retention->drawing;
    const double x = of_retention_x(retention, days), bottom = drawing->height - OF_RETENTION_AXIS;
    const OfFace face = major ? OF_FACE_BOLD : OF_FACE_REGULAR;
    g_autofree char *name = g_strdup_printf("tick-%u", number);
    of_retention_add_rule(retention, x, retention->curves_top, x, retention->curves_bottom, major ? 0.8 : 0.4);
    of_retention_add_rule(retention, x, retention->strips_top, x, bottom + 4, major ? 0.8 : 0.4);
    if (x + of_ink_text_width(drawing, face, OF_SIZE_NOTE, text) <= drawing->width) {
        of_retention_add_words(retention, name, "tick", text, face, OF_SIZE_NOTE, drawing->theme->muted, 'l', x + 2, bottom + 5);
    }
}

static void add_calendar(const OfRetention *retention)
{
    const OfDay first = of_date_middle(&retention->drawing->options->since);
    const double day_width = (retention->right - retention->left) / retention->length;
    g_autoptr(GArray) ticks = of_axis_ticks(first, first + retention->length - 1, day_width);
    for (guint i = 0; i < ticks->len; i++) {
        const OfTick *tick = &g_array_index(ticks, OfTick, i);
        add_tick(retention, i, tick->day - first, tick->text, tick->major);
    }
}

/* Years since joining, months where there are few. */
static void add_ages(const OfRetention *retention)
{
    static const int steps[] = {1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 12000};
    const double month_width = (retention->right - retention->left) / retention->length * YEAR / 12;
    int step = steps[G_N_ELEMENTS(steps) - 1];
    for (gsize i = G_N_ELEMENTS(steps); i-- > 0;) {
        step = steps[i] * month_width >= 54 ? steps[i] : step;
    }
    guint number = 0;
    for (int months = 0; months * YEAR / 12 < retention->length; months += step) {
        g_autofree char *text = months == 0        ? g_strdup("joined")
                                : months % 12 != 0 ? g_strdup_printf("%d months", months)
                                : months == 12     ? g_strdup("1 year")
                                                   : g_strdup_printf("%d years", months / 12);
        add_tick(retention, number++, months * YEAR / 12, text, months % 12 == 0);
    }
}

void of_retention_add_axes(const OfRetention *retention)
{
    const OfTheme *theme = retention->drawing->theme;
    for (guint quarter = 0; quarter <= 4; quarter += 2) {
        const double share = quarter / 4.0, y = y_at(retention, share);
        g_autofree char *name = g_strdup_printf("share-%u", quarter * 25), *percent = of_retention_percent(share);
        of_retention_add_rule(retention, retention->left, y, retention->right, y, quarter == 0 ? 0.8 : 0.4);
        of_retention_add_words(retention, name, "tick", percent, OF_FACE_REGULAR, OF_SIZE_NOTE, theme->muted, 'r',
                               retention->left - 4, y - OF_SIZE_NOTE / 2);
    }
    of_retention_add_words(retention, "caption-curves", "caption",
                           of_retention_is_fixed(retention) ? "Share still there" : "Share still there, by time since joining",
                           OF_FACE_BOLD, OF_SIZE_NAME, theme->ink, 'l', retention->left,
                           retention->curves_top - OF_RETENTION_CAPTION);
    of_retention_add_words(retention, "caption-places", "caption", "Where those who left went", OF_FACE_BOLD, OF_SIZE_NAME,
                           theme->ink, 'l', retention->left, retention->places_top);
    if (of_retention_is_fixed(retention)) {
        add_calendar(retention);
    } else {
        add_ages(retention);
    }
}

/* The step curve up to a day. */
static GArray *curve_corners(const OfRetention *retention, const GArray *steps, gint32 length)
{
    GArray *corners = g_array_new(FALSE, FALSE, sizeof(OfLayoutPoint));
    double share = 1;
    of_ink_push_corner(corners, of_retention_x(retention, 0), y_at(retention, 1));
    for (guint i = 0; i < steps->len; i++) {
        const OfSurvivalStep *step = &g_array_index(steps, OfSurvivalStep, i);
        const double x = of_retention_x(retention, MIN(step->days, length));
        of_ink_push_corner(corners, x, y_at(retention, share));
        share = step->share;
        of_ink_push_corner(corners, x, y_at(retention, share));
    }
    of_ink_push_corner(corners, of_retention_x(retention, length), y_at(retention, share));
    return corners;
}

/* Between the earliest and the latest readings of all dates. */
static void add_band(const OfRetention *retention, guint index)
{
    OfDrawing *drawing = retention->drawing;
    const OfCohort *cohort = of_retention_cohort(retention, index);
    g_autoptr(GArray) upper = curve_corners(retention, cohort->high, cohort->length);
    g_autoptr(GArray) lower = curve_corners(retention, cohort->low, cohort->length);
    for (guint i = lower->len; i-- > 0;) {
        g_array_append_val(upper, g_array_index(lower, OfLayoutPoint, i));
    }
    g_autofree char *color = of_color_mix(of_retention_color(retention, index), drawing->theme->background, 0.16);
    of_ink_append_fill(retention->ops, color);
    of_ink_append_area(drawing, retention->ops, (const OfLayoutPoint *) (gpointer) upper->data, upper->len);
}

/* A dot at each step says who left. */
static void add_dots(const OfRetention *retention, guint index)
{
    OfDrawing *drawing = retention->drawing;
    const OfCohort *cohort = of_retention_cohort(retention, index);
    guint leaver = 0;
    for (guint i = 0; i < cohort->steps->len && cohort->steps->len <= MOST_DOTS; i++) {
        const OfSurvivalStep *step = &g_array_index(cohort->steps, OfSurvivalStep, i);
        g_autoptr(GString) people = g_string_new(NULL);
        g_autoptr(GPtrArray) names = g_ptr_array_new();
        for (; leaver < cohort->leavers->len && g_array_index(cohort->leavers, OfLeaver, leaver).days == step->days; leaver++) {
            const OfPerson *person = g_array_index(cohort->leavers, OfLeaver, leaver).person;
            g_string_append_printf(people, "%s%s", people->len > 0 ? " " : "", person->item.id);
            g_ptr_array_add(names, (gpointer) of_item_label(&person->item));
        }
        enum { MOST = 6 };
        g_autofree char *who = of_text_list((const char *const *) names->pdata, names->len, MOST);
        g_autofree char *when = of_retention_moment(retention, step->days);
        g_autofree char *still = of_retention_percent(step->share);
        g_autofree char *title = g_strdup_printf("%s, %s: %s left, %s still there", cohort->name, when, who, still);
        g_autofree char *name = g_strdup_printf("step-%u-%u", index, i);
        g_autofree char *share = of_number_text(step->share);
        g_autofree char *x = of_number_text(of_retention_x(retention, step->days));
        g_autofree char *y = of_number_text(drawing->height - y_at(retention, step->share));
        g_autofree char *pos = g_strdup_printf("%s,%s", x, y);
        Agnode_t *node = of_graph_node(drawing->graph, name);
        of_graph_set(node, "id", name, "class", "step", "shape", "circle", "style", "filled", "label", "", "fixedsize", "true",
                     "color", of_retention_color(retention, index), "fillcolor", of_retention_color(retention, index), "pos", pos,
                     "data_kind", "step", "data_lab", cohort->lab->item.id, "data_group",
                     cohort->group != NULL ? cohort->group->item.id : NULL, "data_people", people->str, "data_share", share,
                     "data_title", title, NULL);
        of_graph_set_number(node, "width", DOT / 72);
        of_graph_set_number(node, "height", DOT / 72);
    }
}

static void add_curve(const OfRetention *retention, guint index)
{
    const OfCohort *cohort = of_retention_cohort(retention, index);
    g_autoptr(GArray) corners = curve_corners(retention, cohort->steps, cohort->length);
    g_autofree char *name = g_strdup_printf("curve-%u", index);
    g_autofree char *title = g_strdup_printf("%s: %u of %u still there", cohort->name, cohort->n_there, cohort->n);
    Agedge_t *edge =
        of_ink_add_corners(retention->drawing, name, "curve", (const OfLayoutPoint *) (gpointer) corners->data, corners->len);
    of_graph_set(edge, "color", of_retention_color(retention, index), "data_kind", "curve", "data_lab", cohort->lab->item.id,
                 "data_group", cohort->group != NULL ? cohort->group->item.id : NULL, "data_title", title, NULL);
    of_graph_set_number(edge, "penwidth", CURVE_WIDTH);
}

static double lines_height(char **lines, double size)
{
    return g_strv_length(lines) * of_ink_line_height(size);
}

static int compare_ends(gconstpointer a, gconstpointer b)
{
    const OfSpreadLabel *x = a, *y = b;
    return (x->wish > y->wish) - (x->wish < y->wish);
}

static void add_end_words(const OfRetention *retention, guint index, double middle)
{
    OfDrawing *drawing = retention->drawing;
    const OfCohort *cohort = of_retention_cohort(retention, index);
    g_auto(GStrv) name = of_fonts_wrap(drawing->fonts, OF_FACE_BOLD, OF_SIZE_NAME, cohort->name, OF_RETENTION_LABEL_WIDTH);
    g_autofree char *half = of_retention_median(retention, cohort);
    g_autofree char *text = g_strdup_printf("%u of %u still there", cohort->n_there, cohort->n);
    char *const note[] = {text, half, NULL};
    const double top = middle - (lines_height(name, OF_SIZE_NAME) + 2 * of_ink_line_height(OF_SIZE_NOTE)) / 2;
    g_autofree char *id = g_strdup_printf("curve-name-%u", index);
    g_autofree char *note_id = g_strdup_printf("curve-note-%u", index);
    const double x = retention->right + OF_RETENTION_LABEL_GAP;
    Agnode_t *node = of_ink_add_text(drawing, id, "curve-name", name, OF_FACE_BOLD, OF_SIZE_NAME,
                                     of_retention_color(retention, index), 'l', x, top);
    of_graph_set(node, "data_kind", "curve", "data_lab", cohort->lab->item.id, NULL);
    of_ink_add_text(drawing, note_id, "note", note, OF_FACE_REGULAR, OF_SIZE_NOTE, drawing->theme->ink, 'l', x,
                    top + lines_height(name, OF_SIZE_NAME));
}

static void add_ends(const OfRetention *retention)
{
    OfDrawing *drawing = retention->drawing;
    const guint n = retention->cohorts->len;
    g_autofree OfSpreadLabel *labels = g_new0(OfSpreadLabel, n);
    g_autoptr(GArray) order = g_array_new(FALSE, TRUE, sizeof(OfSpreadLabel));
    g_autofree guint *taken = g_new0(guint, n);
    for (guint i = 0; i < n; i++) {
        const OfCohort *cohort = of_retention_cohort(retention, i);
        g_auto(GStrv) name = of_fonts_wrap(drawing->fonts, OF_FACE_BOLD, OF_SIZE_NAME, cohort->name, OF_RETENTION_LABEL_WIDTH);
        labels[i].wish = y_at(retention, of_survival_share(cohort->steps, cohort->length));
        labels[i].height = lines_height(name, OF_SIZE_NAME) + 2 * of_ink_line_height(OF_SIZE_NOTE) + 4;
        g_array_append_val(order, labels[i]);
    }
    g_array_sort(order, compare_ends);
    of_spread_place((OfSpreadLabel *) (gpointer) order->data, n, 0, retention->curves_bottom + OF_RETENTION_CAPTION);
    for (guint i = 0; i < n; i++) {
        /* The next one of this wish that nobody has. */
        for (guint k = 0; k < n; k++) {
            const OfSpreadLabel *placed = &g_array_index(order, OfSpreadLabel, k);
            if (!taken[k] && placed->wish == labels[i].wish && placed->height == labels[i].height) {
                taken[k] = 1;
                add_end_words(retention, i, placed->middle);
                break;
            }
        }
    }
}

void of_retention_add_curves(const OfRetention *retention)
{
    for (guint i = 0; i < retention->cohorts->len; i++) {
        add_band(retention, i);
    }
    for (guint i = 0; i < retention->cohorts->len; i++) {
        add_curve(retention, i);
        add_dots(retention, i);
    }
    add_ends(retention);
}
