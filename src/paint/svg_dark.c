#include "paint/svg_dark.h"

#include <string.h>

typedef enum { FILL, STROKE } Property;
static const char *const property_names[] = {"fill", "stroke"};

/* One light colour that is painted, and one dark colour in its place. */
typedef struct {
    Property property;
    guint32 light, dark; /* 0xRRGGBB */
    guint n;             /* uses */
    bool is_rule;        /* else a class */
} Pair;

struct OfSvgDark {
    GArray *pairs; /* of Pair: by property, light colour, most used first, dark colour */
};

static guint32 number_of(OfColor color)
{
    return (guint32) color.red << 16 | (guint32) color.green << 8 | color.blue;
}

static int compare_pairs(gconstpointer a, gconstpointer b)
{
    const Pair *x = a, *y = b;
    if (x->property != y->property || x->light != y->light) {
        return x->property != y->property ? (x->property < y->property ? -1 : 1) : (x->light < y->light ? -1 : 1);
    }
    return x->n != y->n ? (x->n > y->n ? -1 : 1) : (x->dark > y->dark) - (x->dark < y->dark);
}

static const Pair *find_pair(const OfSvgDark *dark, Property property, OfColor light, OfColor other)
{
    for (guint i = 0; i < dark->pairs->len; i++) {
        const Pair *pair = &g_array_index(dark->pairs, Pair, i);
        if (pair->property == property && pair->light == number_of(light) && pair->dark == number_of(other)) {
            return pair;
        }
    }
    return NULL;
}

static void add_pair(OfSvgDark *dark, Property property, OfColor light, OfColor other)
{
    const Pair *found = find_pair(dark, property, light, other);
    if (found != NULL) {
        ((Pair *) (gpointer) dark->pairs->data)[found - (const Pair *) (gpointer) dark->pairs->data].n++;
        return;
    }
    const Pair pair = {property, number_of(light), number_of(other), 1, false};
    g_array_append_val(dark->pairs, pair);
}

static void add_shape(OfSvgDark *dark, const OfShape *shape)
{
    if (shape->kind == OF_SHAPE_TEXT || shape->filled) {
        add_pair(dark, FILL, shape->fill, shape->dark_fill);
    }
    if (shape->kind != OF_SHAPE_TEXT && shape->stroked) {
        add_pair(dark, STROKE, shape->stroke, shape->dark_stroke);
    }
}

OfSvgDark *of_svg_dark_new(const OfPicture *picture)
{
    OfSvgDark *dark = g_new(OfSvgDark, 1);
    dark->pairs = g_array_new(FALSE, FALSE, sizeof(Pair));
    if (picture->has_background) {
        add_pair(dark, FILL, picture->background, picture->dark_background);
    }
    for (guint i = 0; i < picture->elements->len; i++) {
        const OfElement *element = picture->elements->pdata[i];
        for (guint k = 0; k < element->shapes->len; k++) {
            add_shape(dark, &g_array_index(element->shapes, OfShape, k));
        }
    }
    g_array_sort(dark->pairs, compare_pairs);
    for (guint i = 0; i < dark->pairs->len; i++) {
        Pair *pair = &g_array_index(dark->pairs, Pair, i);
        const Pair *before = i > 0 ? &g_array_index(dark->pairs, Pair, i - 1) : NULL;
        pair->is_rule = before == NULL || before->property != pair->property || before->light != pair->light;
    }
    return dark;
}

void of_svg_dark_free(OfSvgDark *dark)
{
    if (dark != NULL) {
        g_array_unref(dark->pairs);
        g_free(dark);
    }
}

char *of_svg_dark_rules(const OfSvgDark *dark, const char *id)
{
    GString *css = g_string_new(NULL);
    for (guint i = 0; i < dark->pairs->len; i++) {
        const Pair *pair = &g_array_index(dark->pairs, Pair, i);
        const char *property = property_names[pair->property];
        if (pair->is_rule) {
            g_string_append_printf(css, "#%s [%s='#%06x']{%s:#%06x}", id, property, pair->light, property, pair->dark);
        } else {
            g_string_append_printf(css, "#%s .dark-%s-%06x{%s:#%06x}", id, property, pair->dark, property, pair->dark);
        }
    }
    return g_string_free(css, FALSE);
}

char *of_svg_dark_css(const OfSvgDark *dark, const char *id)
{
    g_autofree char *rules = of_svg_dark_rules(dark, id);
    return g_strdup_printf("@media (prefers-color-scheme:dark){%s}", rules);
}

static void append_class(const OfSvgDark *dark, GString *classes, Property property, OfColor light, OfColor other)
{
    const Pair *pair = find_pair(dark, property, light, other);
    if (pair != NULL && !pair->is_rule) {
        g_string_append_printf(classes, "%sdark-%s-%06x", classes->len > 0 ? " " : "", property_names[property], pair->dark);
    }
}

char *of_svg_dark_class(const OfSvgDark *dark, const OfShape *shape)
{
    GString *classes = g_string_new(NULL);
    if (shape->kind == OF_SHAPE_TEXT || shape->filled) {
        append_class(dark, classes, FILL, shape->fill, shape->dark_fill);
    }
    if (shape->kind != OF_SHAPE_TEXT && shape->stroked) {
        append_class(dark, classes, STROKE, shape->stroke, shape->dark_stroke);
    }
    const bool none = classes->len == 0;
    return g_string_free(classes, none);
}
