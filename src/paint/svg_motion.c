#include "paint/svg_motion.h"

#include "base/number.h"

#include <math.h>
#include <string.h>

#define FADE 0.5  /* seconds in which what is new appears … */
#define CUT  0.01 /* … and in which a form gives way to the next */

/* When a shape comes, when it goes, and how wide it is while it is new: one rule. */
typedef struct {
    guint first, end;
    guint width; /* hundredths of a point; 0: as ever */
} Rule;

struct OfSvgMotion {
    guint n_steps;
    double pace;
    GArray *rules;  /* of Rule, sorted */
    GArray *widths; /* of guint, sorted */
};

static Rule rule_of(const OfSvgMotion *motion, const OfShape *shape)
{
    const bool line = shape->stroked && shape->kind != OF_SHAPE_TEXT, is_new = of_shape_is_new(shape, shape->first_step);
    return (Rule){shape->first_step, MIN(shape->end_step, motion->n_steps),
                  line && is_new ? (guint) lround(of_shape_new_width(shape) * 100) : 0};
}

static bool is_needed(const OfSvgMotion *motion, const Rule *rule)
{
    return rule->first > 0 || rule->end < motion->n_steps;
}

static gint compare_rules(gconstpointer a, gconstpointer b)
{
    const Rule *x = a, *y = b;
    if (x->first != y->first || x->end != y->end) {
        return x->first != y->first ? (x->first < y->first ? -1 : 1) : (x->end < y->end ? -1 : 1);
    }
    return (x->width > y->width) - (x->width < y->width);
}

static gint compare_widths(gconstpointer a, gconstpointer b)
{
    const guint x = *(const guint *) a, y = *(const guint *) b;
    return (x > y) - (x < y);
}

/* Sorts, and keeps one of those that are equal. */
static void make_unique(GArray *items, GCompareFunc compare)
{
    const guint size = g_array_get_element_size(items);
    g_array_sort(items, compare);
    guint n = 0;
    for (guint i = 0; i < items->len; i++) {
        if (n == 0 || compare(items->data + (n - 1) * size, items->data + i * size) != 0) {
            memmove(items->data + n * size, items->data + i * size, size);
            n++;
        }
    }
    g_array_set_size(items, n);
}

OfSvgMotion *of_svg_motion_new(const OfPicture *picture, double pace)
{
    OfSvgMotion *motion = g_new(OfSvgMotion, 1);
    *motion = (OfSvgMotion){picture->steps->len, pace, g_array_new(FALSE, FALSE, sizeof(Rule)), g_array_new(FALSE, FALSE, sizeof(guint))};
    for (guint i = 0; i < picture->elements->len; i++) {
        const OfElement *element = picture->elements->pdata[i];
        for (guint k = 0; k < element->shapes->len; k++) {
            const Rule rule = rule_of(motion, &g_array_index(element->shapes, OfShape, k));
            if (is_needed(motion, &rule)) {
                g_array_append_val(motion->rules, rule);
            }
            if (rule.width > 0) {
                g_array_append_val(motion->widths, rule.width);
            }
        }
    }
    make_unique(motion->rules, compare_rules);
    make_unique(motion->widths, compare_widths);
    return motion;
}

void of_svg_motion_free(OfSvgMotion *motion)
{
    if (motion != NULL) {
        g_array_unref(motion->rules);
        g_array_unref(motion->widths);
        g_free(motion);
    }
}

/* "step-3", "step-3-5" for what goes again, with "-w240" where it is wider at first. */
static char *name_of(const OfSvgMotion *motion, const Rule *rule)
{
    GString *name = g_string_new(NULL);
    g_string_append_printf(name, "step-%u", rule->first + 1);
    if (rule->end < motion->n_steps) {
        g_string_append_printf(name, "-%u", rule->end + 1);
    }
    if (rule->width > 0) {
        g_string_append_printf(name, "-w%u", rule->width);
    }
    return g_string_free(name, FALSE);
}

static void append_seconds(GString *css, double seconds)
{
    g_string_append_c(css, ' ');
    of_number_append(css, seconds, 3);
    g_string_append_c(css, 's');
}

static void append_rule(const OfSvgMotion *motion, GString *css, const char *id, const Rule *rule)
{
    g_autofree char *name = name_of(motion, rule);
    const bool goes = rule->end < motion->n_steps;
    g_string_append_printf(css, "#%s .%s{%sanimation:", id, name, goes ? "visibility:visible;" : "");
    if (rule->first > 0) {
        g_string_append_printf(css, "%s-in", id);
        append_seconds(css, goes ? CUT : MIN(FADE, motion->pace / 2));
        append_seconds(css, rule->first * motion->pace);
        g_string_append(css, " both");
    }
    if (rule->width > 0) {
        g_string_append_printf(css, ",%s-w%u", id, rule->width);
        append_seconds(css, motion->pace);
        append_seconds(css, rule->first * motion->pace);
    }
    if (goes) {
        g_string_append_printf(css, "%s%s-out", rule->first > 0 ? "," : "", id);
        append_seconds(css, CUT);
        append_seconds(css, rule->end * motion->pace);
        g_string_append(css, " forwards");
    }
    g_string_append_c(css, '}');
}

char *of_svg_motion_css(const OfSvgMotion *motion, const char *id)
{
    GString *css = g_string_new(NULL);
    g_string_append_printf(css, "@keyframes %s-in{from{opacity:0}}@keyframes %s-out{to{opacity:0}}", id, id);
    for (guint i = 0; i < motion->widths->len; i++) {
        const guint width = g_array_index(motion->widths, guint, i);
        g_string_append_printf(css, "@keyframes %s-w%u{from,80%%{stroke-width:", id, width);
        of_number_append(css, width / 100.0, 2);
        g_string_append(css, "px}}");
    }
    g_string_append(css, "@media screen and (prefers-reduced-motion:no-preference){");
    for (guint i = 0; i < motion->rules->len; i++) {
        append_rule(motion, css, id, &g_array_index(motion->rules, Rule, i));
    }
    /* What moves for longer than five seconds can be stopped (WCAG 2.2.2). */
    g_string_append_printf(css, "#%s:hover *{animation-play-state:paused}}", id);
    return g_string_free(css, FALSE);
}

char *of_svg_motion_class(const OfSvgMotion *motion, const OfShape *shape)
{
    const Rule rule = rule_of(motion, shape);
    return is_needed(motion, &rule) ? name_of(motion, &rule) : NULL;
}

bool of_svg_motion_is_past(const OfSvgMotion *motion, const OfShape *shape)
{
    return shape->end_step < motion->n_steps;
}
