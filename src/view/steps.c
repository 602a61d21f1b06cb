#include "view/steps.h"

#include "view/view.h"

#include <string.h>

#define MOST_NEWS 8 /* that an alt text names */

/* Something begins. */
typedef struct {
    OfDay day;
    OfDate date;
    char *text; /* or NULL */
} Beginning;

static void clear_beginning(gpointer data)
{
    g_free(((Beginning *) data)->text);
}

static void clear_step(gpointer data)
{
    OfStep *step = data;
    g_free(step->label);
    g_free(step->description);
}

GArray *of_beginnings_new(void)
{
    GArray *beginnings = g_array_new(FALSE, FALSE, sizeof(Beginning));
    g_array_set_clear_func(beginnings, clear_beginning);
    return beginnings;
}

bool of_drawing_is_stepped(const OfDrawing *drawing)
{
    return drawing->options->steps != NULL && drawing->revisions == NULL && drawing->view->has_steps;
}

bool of_drawing_is_cut_alone(const OfDrawing *drawing)
{
    return drawing->options->steps != NULL && drawing->revisions != NULL && drawing->task->interactive;
}

void of_drawing_add_beginning(OfDrawing *drawing, OfDay day, const OfDate *date, char *text)
{
    const OfDay from = MAX(day, drawing->selection.from);
    const Beginning beginning = {from, date != NULL && of_date_is_set(date) && from == day ? *date : of_date_from_day(from), text};
    g_array_append_val(drawing->beginnings, beginning);
}

static gint compare_beginnings(gconstpointer a, gconstpointer b)
{
    const Beginning *left = a, *right = b;
    if (left->day != right->day) {
        return left->day < right->day ? -1 : 1;
    }
    /* The most exact date first: it names the day. */
    const OfDay left_days = left->date.last - left->date.first, right_days = right->date.last - right->date.first;
    if (left_days != right_days) {
        return left_days < right_days ? -1 : 1;
    }
    const int by_date = of_date_compare(&left->date, &right->date);
    return by_date != 0 ? by_date : g_strcmp0(left->text, right->text);
}

static void add_step(GArray *steps, OfDay day, char *label)
{
    OfStep *last = steps->len > 0 ? &g_array_index(steps, OfStep, steps->len - 1) : NULL;
    if (last != NULL && last->day == day) {
        g_free(last->label);
        last->label = label;
        return;
    }
    const OfStep step = {day, label, NULL};
    g_array_append_val(steps, step);
}

/* A step's date: to the day or month where that is known, else about the month that the day is in. */
static char *label_of(const Beginning *beginning, bool months)
{
    const OfDate *date = &beginning->date;
    if (!months && (date->precision == OF_DATE_DAY || date->precision == OF_DATE_MONTH)) {
        return of_date_display(date);
    }
    int year = 0, month = 0, day = 0;
    of_day_to_civil(beginning->day, &year, &month, &day);
    const OfDate shown = {.first = of_day_from_civil(year, month, 1),
                          .last = of_day_from_civil(year, month, of_days_in_month(year, month)),
                          .precision = OF_DATE_MONTH,
                          .approximate = !months};
    return of_date_display(&shown);
}

/* A step for each day, or each month, in which something begins. */
static void add_steps_of_beginnings(const OfDrawing *drawing, bool months, GArray *steps)
{
    const GArray *beginnings = drawing->beginnings;
    for (guint i = 0; i < beginnings->len; i++) {
        const Beginning *beginning = &g_array_index(beginnings, Beginning, i);
        if (i > 0 && g_array_index(beginnings, Beginning, i - 1).day == beginning->day) {
            continue;
        }
        OfDay day = beginning->day;
        if (months) {
            int year = 0, month = 0, month_day = 0;
            of_day_to_civil(day, &year, &month, &month_day);
            day = of_day_from_civil(year, month, of_days_in_month(year, month));
        }
        add_step(steps, day, label_of(beginning, months));
    }
    if (steps->len > 0) {
        OfStep *last = &g_array_index(steps, OfStep, steps->len - 1);
        last->day = MAX(last->day, drawing->selection.to);
    }
}

static gint compare_days(gconstpointer a, gconstpointer b)
{
    const OfDate *left = a, *right = b;
    return left->last != right->last ? (left->last < right->last ? -1 : 1) : of_date_compare(left, right);
}

/* The dates asked for, in order; each to its last day, as --to has it. */
static void add_steps_of_dates(const OfDrawing *drawing, GArray *steps)
{
    g_auto(GStrv) texts = g_strsplit(drawing->options->steps, ",", -1);
    g_autoptr(GArray) dates = g_array_new(FALSE, FALSE, sizeof(OfDate));
    for (char **text = texts; *text != NULL; text++) {
        OfDate date;
        if (of_date_parse(g_strstrip(*text), &date, NULL)) { /* as checked where the option was set */
            g_array_append_val(dates, date);
        }
    }
    g_array_sort(dates, compare_days);
    for (guint i = 0; i < dates->len; i++) {
        const OfDate *date = &g_array_index(dates, OfDate, i);
        const OfDate last = of_date_from_day(date->open_last ? drawing->selection.to : date->last);
        add_step(steps, last.last, of_date_display(date->precision == OF_DATE_INTERVAL ? &last : date));
    }
}

/* What is new in a step, in words. */
static void describe(const OfDrawing *drawing, GArray *steps, guint index)
{
    OfStep *step = &g_array_index(steps, OfStep, index);
    const OfDay before = index > 0 ? g_array_index(steps, OfStep, index - 1).day : OF_DAY_MIN;
    g_autoptr(GPtrArray) news = g_ptr_array_new();
    for (guint i = 0; i < drawing->beginnings->len; i++) {
        const Beginning *beginning = &g_array_index(drawing->beginnings, Beginning, i);
        const bool is_new = beginning->day <= step->day && (index == 0 || beginning->day > before);
        if (is_new && beginning->text != NULL && !g_ptr_array_find_with_equal_func(news, beginning->text, g_str_equal, NULL)) {
            g_ptr_array_add(news, beginning->text);
        }
    }
    g_autoptr(GString) text = g_string_new(NULL);
    g_string_append_printf(text, "Step %u of %u, up to %s.", index + 1, steps->len, step->label);
    for (guint i = 0; i < MIN(news->len, MOST_NEWS); i++) {
        g_string_append_printf(text, "%s%s", i > 0 ? "; " : " New: ", (const char *) news->pdata[i]);
    }
    if (news->len > MOST_NEWS) {
        g_string_append_printf(text, "; and %u more", news->len - MOST_NEWS);
    }
    g_string_append(text, news->len > 0 ? "." : " Nothing is new.");
    step->description = g_strdup(text->str);
}

bool of_drawing_make_steps(OfDrawing *drawing, GError **error)
{
    const gint64 most = drawing->limits->value[OF_LIMIT_STEPS];
    const char *asked = drawing->options->steps;
    GArray *steps = g_array_new(FALSE, FALSE, sizeof(OfStep));
    g_array_set_clear_func(steps, clear_step);
    g_array_sort(drawing->beginnings, compare_beginnings);
    if (g_str_equal(asked, "events") || g_str_equal(asked, "months")) {
        add_steps_of_beginnings(drawing, asked[0] == 'm', steps);
    } else {
        add_steps_of_dates(drawing, steps);
    }
    if (steps->len > most) {
        g_set_error(error, OF_ERROR, OF_ERROR_LIMIT,
                    "the view `%s` has %u steps, more than the limit steps of %" G_GINT64_FORMAT
                    "; --steps months, dates of your own, or a filter (--group, --lab, --person, --from, --to) make fewer",
                    drawing->view->name, steps->len, most);
        g_array_unref(steps);
        return false;
    }
    for (guint i = 0; i < steps->len; i++) {
        describe(drawing, steps, i);
    }
    g_clear_pointer(&drawing->steps, g_array_unref);
    drawing->steps = steps;
    return true;
}

void of_drawing_set_begin(const OfDrawing *drawing, void *element, OfDay begin)
{
    of_drawing_set_time(drawing, element, begin, OF_DAY_MAX);
}

void of_drawing_set_time(const OfDrawing *drawing, void *element, OfDay begin, OfDay end)
{
    if (of_drawing_is_stepped(drawing)) {
        g_autofree char *time = g_strdup_printf("%d:%d", MAX(begin, OF_DAY_MIN), MIN(end, OF_DAY_MAX));
        of_graph_set(element, "data_time", time, NULL);
    }
}

void of_drawing_set_echo(const OfDrawing *drawing, void *element, OfDay begin)
{
    if (of_drawing_is_stepped(drawing)) {
        g_autofree char *time = g_strdup_printf("%d:%d-", MAX(begin, OF_DAY_MIN), OF_DAY_MAX);
        of_graph_set(element, "data_time", time, NULL);
    }
}

/* A line of each step, NULL or blank where there is none: "from:to:text;…", "-" where there never is one. */
static void append_time(const OfDrawing *drawing, GString *words, char *const *lines)
{
    const gsize before = words->len;
    for (guint k = 0; k < drawing->steps->len;) {
        guint next = k + 1;
        while (next < drawing->steps->len && g_strcmp0(lines[next], lines[k]) == 0) {
            next++;
        }
        if (lines[k] != NULL && *lines[k] != '\0') {
            g_autofree char *literal = of_label_visible(lines[k]);
            g_autofree char *escaped = g_uri_escape_string(literal, NULL, TRUE);
            const OfDay end = next < drawing->steps->len ? g_array_index(drawing->steps, OfStep, next).day : OF_DAY_MAX;
            g_string_append_printf(words, "%s%d:%d:%s", words->len > before ? ";" : "",
                                   g_array_index(drawing->steps, OfStep, k).day, end, escaped);
        }
        k = next;
    }
    if (words->len == before) {
        g_string_append_c(words, '-');
    }
}

/* lines_on() of each step. Each has n_lines lines at most: what is longer goes on in the last. */
static char ***collect_lines(const OfDrawing *drawing, guint n_lines, OfLinesOn lines_on, gconstpointer data)
{
    char ***all = g_new0(char **, drawing->steps->len);
    for (guint k = 0; k < drawing->steps->len; k++) {
        char **lines = lines_on(data, g_array_index(drawing->steps, OfStep, k).day);
        all[k] = lines;
        if (lines != NULL && n_lines > 0 && g_strv_length(lines) > n_lines) {
            char *rest = g_strjoinv(" ", lines + n_lines - 1);
            for (char **line = lines + n_lines - 1; *line != NULL; line++) {
                g_free(*line);
                *line = NULL;
            }
            lines[n_lines - 1] = rest;
        }
    }
    return all;
}

static void free_lines(const OfDrawing *drawing, char ***all)
{
    for (guint k = 0; k < drawing->steps->len; k++) {
        g_strfreev(all[k]);
    }
    g_free(all);
}

static char *time_line(const OfDrawing *drawing, char ***all, guint index)
{
    g_autofree char **lines = g_new0(char *, drawing->steps->len);
    for (guint k = 0; k < drawing->steps->len; k++) {
        lines[k] = all[k] != NULL && g_strv_length(all[k]) > index ? all[k][index] : NULL;
    }
    GString *words = g_string_new(NULL);
    append_time(drawing, words, lines);
    return g_string_free(words, FALSE);
}

void of_drawing_add_lines_on(const OfDrawing *drawing, OfMarkup *label, OfMarkupStyle style, double size, const char *color,
                             char align, OfLinesOn lines_on, gconstpointer data)
{
    g_auto(GStrv) whole = lines_on(data, OF_DAY_MAX);
    const guint n = whole != NULL ? g_strv_length(whole) : 0;
    char ***all = drawing->steps != NULL ? collect_lines(drawing, n, lines_on, data) : NULL;
    for (guint i = 0; i < n; i++) {
        if (all != NULL) {
            g_autofree char *time = time_line(drawing, all, i);
            of_markup_set_time(label, time);
        }
        of_markup_add(label, style, size, color, whole[i]);
        if (i + 1 < n) {
            of_markup_wrap(label, align);
        } else {
            of_markup_break(label, align);
        }
    }
    if (all != NULL) {
        free_lines(drawing, all);
    }
}

/* A text that comes on a day. */
typedef struct {
    char **lines;
    OfDay day;
} Coming;

static char **coming_on(gconstpointer data, OfDay day)
{
    const Coming *coming = data;
    return coming->day <= day ? g_strdupv(coming->lines) : NULL;
}

void of_drawing_add_lines_from(const OfDrawing *drawing, OfMarkup *label, OfMarkupStyle style, double size, const char *color,
                               const char *text, double width, char align, OfDay day)
{
    const OfFace face = style & OF_MARKUP_BOLD ? OF_FACE_BOLD : style & OF_MARKUP_ITALIC ? OF_FACE_ITALIC : OF_FACE_REGULAR;
    g_auto(GStrv) lines = of_fonts_wrap(drawing->fonts, face, size, text, width);
    const Coming coming = {lines, day};
    of_drawing_add_lines_on(drawing, label, style, size, color, align, coming_on, &coming);
}

char *of_drawing_time_lines(const OfDrawing *drawing, guint n_lines, OfLinesOn lines_on, gconstpointer data)
{
    GString *words = g_string_new(NULL);
    char ***all = collect_lines(drawing, n_lines, lines_on, data);
    for (guint i = 0; i < n_lines; i++) {
        g_autofree char *time = time_line(drawing, all, i);
        g_string_append_printf(words, "%s%s", i > 0 ? " " : "", time);
    }
    free_lines(drawing, all);
    return g_string_free(words, FALSE);
}
