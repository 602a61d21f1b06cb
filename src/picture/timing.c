#include "picture/timing.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void clear_step(gpointer data)
{
    OfPictureStep *step = data;
    g_free(step->label);
    g_free(step->description);
}

static char *unescape(const char *text)
{
    char *plain = g_uri_unescape_string(text, NULL);
    return plain != NULL ? plain : g_strdup(text);
}

GArray *of_timing_read_steps(const char *text)
{
    if (text == NULL || *text == '\0') {
        return NULL;
    }
    GArray *steps = g_array_new(FALSE, FALSE, sizeof(OfPictureStep));
    g_array_set_clear_func(steps, clear_step);
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    for (char **word = words; *word != NULL; word++) {
        g_auto(GStrv) fields = g_strsplit(*word, ":", 3);
        if (g_strv_length(fields) == 3) {
            const OfPictureStep step = {(gint32) strtol(fields[0], NULL, 10), unescape(fields[1]), unescape(fields[2]),
                                        g_str_has_suffix(fields[0], "!"), NAN};
            g_array_append_val(steps, step);
        }
    }
    return steps;
}

void of_timing_read_cuts(GArray *steps, const char *text, double left, double scale)
{
    g_auto(GStrv) words = g_strsplit(text != NULL ? text : "", " ", -1);
    for (guint k = 0; steps != NULL && k < steps->len && words[k] != NULL; k++) {
        g_array_index(steps, OfPictureStep, k).cut = (g_ascii_strtod(words[k], NULL) - left) * scale;
    }
}

/* The first step that reaches a day; their number where none does. */
static guint step_of(const GArray *steps, gint64 day)
{
    guint k = 0;
    while (k < steps->len && g_array_index(steps, OfPictureStep, k).day < day) {
        k++;
    }
    return k;
}

static guint step_of_text(const GArray *steps, const char *text)
{
    return step_of(steps, g_ascii_strtoll(text, NULL, 10));
}

/* Takes a shape up, or frees it where it is never seen. */
static void add(GArray *shapes, OfShape shape)
{
    if (shape.first_step < shape.end_step) {
        g_array_append_val(shapes, shape);
        return;
    }
    g_free(shape.points);
    g_free(shape.text);
    g_free(shape.font);
}

static OfPoint point_at(const OfPoint *p, double t)
{
    const double s = 1 - t, a = s * s * s, b = 3 * s * s * t, c = 3 * s * t * t, d = t * t * t;
    return (OfPoint){a * p[0].x + b * p[1].x + c * p[2].x + d * p[3].x, a * p[0].y + b * p[1].y + c * p[2].y + d * p[3].y};
}

static double length_of(const OfShape *shape)
{
    static const int CHORDS = 16;
    double length = 0;
    for (guint i = 0; i + 3 < shape->n_points; i += 3) {
        OfPoint before = shape->points[i];
        for (int k = 1; k <= CHORDS; k++) {
            const OfPoint here = point_at(shape->points + i, (double) k / CHORDS);
            length += hypot(here.x - before.x, here.y - before.y);
            before = here;
        }
    }
    return length;
}

/* A piece of a dashed line goes on with the dashes of the one before, at the end of the shapes. */
static void go_on(const GArray *shapes, OfShape *piece)
{
    const OfShape *before = shapes->len > 0 ? &g_array_index(shapes, OfShape, shapes->len - 1) : NULL;
    if (before != NULL && before->kind == OF_SHAPE_BEZIER && piece->kind == OF_SHAPE_BEZIER && !piece->filled &&
        piece->dash != OF_DASH_SOLID) {
        piece->dash_offset = before->dash_offset + length_of(before);
    }
}

/* A text's forms, the later ones in the place of the first. */
static void add_forms(const GArray *steps, GArray *shapes, OfShape *shape, const char *word)
{
    if (strcmp(word, "*") == 0) {
        add(shapes, of_shape_copy(shape));
        return;
    }
    g_auto(GStrv) forms = g_strsplit(word, ";", -1);
    const double width = shape->text_width;
    bool follows = false;
    for (char **form = forms; *form != NULL; form++) {
        g_auto(GStrv) fields = g_strsplit(*form, ":", 3);
        if (g_strv_length(fields) != 3) {
            continue;
        }
        OfShape copy = of_shape_copy(shape);
        g_free(copy.text);
        copy.text = unescape(fields[2]);
        copy.first_step = MAX(shape->first_step, step_of_text(steps, fields[0]));
        copy.end_step = MIN(shape->end_step, step_of_text(steps, fields[1]));
        copy.follows = follows;
        /* As wide for its length as what was laid out; painters that need it to the point measure anew. */
        copy.text_width = width * (double) g_utf8_strlen(copy.text, -1) / (double) MAX(g_utf8_strlen(shape->text, -1), 1);
        follows = true;
        add(shapes, copy);
    }
}

/* The forms of a line that becomes wider. */
static void add_widths(const GArray *steps, GArray *shapes, OfShape *shape, char **widths, double scale)
{
    for (guint i = 0; widths[i] != NULL; i++) {
        const char *colon = strchr(widths[i], ':');
        OfShape copy = of_shape_copy(shape);
        copy.first_step = MAX(shape->first_step, step_of_text(steps, widths[i]));
        copy.end_step = widths[i + 1] != NULL ? MIN(shape->end_step, step_of_text(steps, widths[i + 1])) : shape->end_step;
        copy.line_width = colon != NULL ? g_ascii_strtod(colon + 1, NULL) * scale : shape->line_width;
        add(shapes, copy);
    }
}

static bool is_no_news(const char *time)
{
    return time != NULL && g_str_has_suffix(time, "-");
}

static char **split(const char *text)
{
    return text != NULL && *text != '\0' ? g_strsplit(text, " ", -1) : NULL;
}

static void read_titles(const GArray *steps, OfElement *element, const char *text)
{
    g_auto(GStrv) titles = split(text);
    for (guint i = 0; titles != NULL && titles[i] != NULL; i++) {
        const char *colon = strchr(titles[i], ':');
        if (colon != NULL) {
            const OfStepTitle title = {step_of_text(steps, titles[i]), unescape(colon + 1)};
            element->titles = element->titles != NULL ? element->titles : g_array_new(FALSE, FALSE, sizeof(OfStepTitle));
            g_array_append_val(element->titles, title);
        }
    }
}

void of_timing_apply(const GArray *steps, OfElement *element, const OfTiming *timing)
{
    g_auto(GStrv) parts = split(timing->parts);
    g_auto(GStrv) widths = split(timing->widths);
    g_auto(GStrv) words = split(timing->words);
    const guint n_parts = parts != NULL ? g_strv_length(parts) : 0, n_words = words != NULL ? g_strv_length(words) : 0;
    const char *colon = timing->time != NULL ? strchr(timing->time, ':') : NULL;
    const guint first = timing->time != NULL ? step_of_text(steps, timing->time) : 0,
                end = colon != NULL ? step_of_text(steps, colon + 1) : steps->len;
    GArray *old = element->shapes;
    element->shapes = g_array_sized_new(FALSE, FALSE, sizeof(OfShape), old->len);
    guint n_texts = 0, n_lines = 0;
    for (guint i = 0; i < old->len; i++) {
        OfShape *shape = &g_array_index(old, OfShape, i);
        shape->first_step = first;
        shape->end_step = end;
        /* What is seen for a while alone, and the ground that all stands on, are no news. */
        shape->follows = end < steps->len || element->kind == OF_ELEMENT_GRAPH || is_no_news(timing->time);
        if (shape->kind == OF_SHAPE_TEXT) {
            add_forms(steps, element->shapes, shape, n_texts < n_words ? words[n_texts] : "*");
            n_texts++;
            continue;
        }
        if (n_lines < n_parts) {
            shape->first_step = MAX(first, step_of_text(steps, parts[n_lines]));
            shape->follows = shape->follows || is_no_news(parts[n_lines]);
            go_on(element->shapes, shape);
        }
        n_lines++;
        if (widths != NULL && shape->stroked) {
            add_widths(steps, element->shapes, shape, widths, timing->scale);
        } else {
            add(element->shapes, of_shape_copy(shape));
        }
    }
    of_shapes_free(old);
    read_titles(steps, element, timing->titles);
}
