#include "paint/svg_motion.h"

#include "base/number.h"
#include "paint/dash.h"

#include <math.h>
#include <string.h>

#define FADE 0.5  /* seconds in which what is new appears … */
#define CUT  0.01 /* … and in which a form gives way to the next */

/* How a line looks while it is new. */
typedef struct {
    guint width; /* hundredths of a point; 0: as ever */
    OfDash dash;
} Look;

/* When a shape comes, when it goes, and how it looks while it is new: one rule. */
typedef struct {
    guint first, end;
    Look look;
} Rule;

struct OfSvgMotion {
    guint n_steps;
    double pace;
    GArray *rules; /* of Rule, sorted */
    GArray *looks; /* of Look, sorted */
};

static Rule rule_of(const OfSvgMotion *motion, const OfShape *shape)
{
    const bool line = shape->stroked && shape->kind != OF_SHAPE_TEXT, is_new = of_shape_is_new(shape, shape->first_step);
    Rule rule = {.first = shape->first_step, .end = MIN(shape->end_step, motion->n_steps)};
    if (line && is_new) {
        rule.look = (Look){(guint) lround(of_shape_new_width(shape) * 100), shape->dash};
    }
    return rule;
}

static bool is_needed(const OfSvgMotion *motion, const Rule *rule)
{
    return rule->first > 0 || rule->end < motion->n_steps;
}

static gint compare_looks(gconstpointer a, gconstpointer b)
{
    const Look *x = a, *y = b;
    return x->width != y->width ? (x->width < y->width ? -1 : 1) : (x->dash > y->dash) - (x->dash < y->dash);
}

static gint compare_rules(gconstpointer a, gconstpointer b)
{
    const Rule *x = a, *y = b;
    if (x->first != y->first || x->end != y->end) {
        return x->first != y->first ? (x->first < y->first ? -1 : 1) : (x->end < y->end ? -1 : 1);
    }
    return compare_looks(&x->look, &y->look);
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
    *motion =
        (OfSvgMotion){picture->steps->len, pace, g_array_new(FALSE, FALSE, sizeof(Rule)), g_array_new(FALSE, FALSE, sizeof(Look))};
    for (guint i = 0; i < picture->elements->len; i++) {
        const OfElement *element = picture->elements->pdata[i];
        for (guint k = 0; k < element->shapes->len; k++) {
            const Rule rule = rule_of(motion, &g_array_index(element->shapes, OfShape, k));
            if (is_needed(motion, &rule)) {
                g_array_append_val(motion->rules, rule);
            }
            if (rule.look.width > 0) {
                g_array_append_val(motion->looks, rule.look);
            }
        }
    }
    make_unique(motion->rules, compare_rules);
    make_unique(motion->looks, compare_looks);
    return motion;
}

void of_svg_motion_free(OfSvgMotion *motion)
{
    if (motion != NULL) {
        g_array_unref(motion->rules);
        g_array_unref(motion->looks);
        g_free(motion);
    }
}

static void append_look(GString *text, const Look *look)
{
    static const char *const dashes[] = {
        [OF_DASH_SOLID] = "", [OF_DASH_DASHED] = "d", [OF_DASH_DOTTED] = "o", [OF_DASH_DASH_DOT] = "m"};
    g_string_append_printf(text, "w%u%s", look->width, dashes[look->dash]);
}

/* "step-3", "step-3-5" for what goes again, with "-w240" where it is wider at first. */
static char *name_of(const OfSvgMotion *motion, const Rule *rule)
{
    GString *name = g_string_new(NULL);
    g_string_append_printf(name, "step-%u", rule->first + 1);
    if (rule->end < motion->n_steps) {
        g_string_append_printf(name, "-%u", rule->end + 1);
    }
    if (rule->look.width > 0) {
        g_string_append_c(name, '-');
        append_look(name, &rule->look);
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
    if (rule->look.width > 0) {
        g_string_append_printf(css, "%s%s-", rule->first > 0 ? "," : "", id);
        append_look(css, &rule->look);
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

/* Wide for most of the step, then as ever. */
static void append_keyframes(GString *css, const char *id, const Look *look)
{
    const OfDashPattern pattern = of_dash_pattern(look->dash, look->width / 100.0);
    g_string_append_printf(css, "@keyframes %s-", id);
    append_look(css, look);
    g_string_append(css, "{from,80%{stroke-width:");
    of_number_append(css, look->width / 100.0, 2);
    g_string_append(css, "px");
    for (guint i = 0; i < pattern.n_lengths; i++) {
        g_string_append(css, i > 0 ? "," : ";stroke-dasharray:");
        of_number_append(css, pattern.lengths[i], 2);
        g_string_append(css, "px");
    }
    g_string_append(css, "}}");
}

char *of_svg_motion_css(const OfSvgMotion *motion, const char *id)
{
    GString *css = g_string_new(NULL);
    g_string_append_printf(css, "@keyframes %s-in{from{opacity:0}}@keyframes %s-out{to{opacity:0}}", id, id);
    for (guint i = 0; i < motion->looks->len; i++) {
        append_keyframes(css, id, &g_array_index(motion->looks, Look, i));
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
