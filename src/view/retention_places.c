/* Where those who left went, in the view `retention`: stacked over time. */
#include <string.h>

#include "layout/spread.h"
#include "view/retention_scene.h"

/* Somewhere that people of a cohort went. */
typedef struct {
    const OfLab *lab; /* NULL: no lab of the story, or several */
    char *name;
    const char *color;
    guint n;
    bool rest; /* those beyond the hues, together */
} Place;

struct OfPlaceStack {
    GArray *places; /* of Place: the lowest of the stack first */
    guint *of;      /* one a leaver: index in places */
};

static const OfPlaceStack *stack_of(const OfRetention *retention, guint index)
{
    return retention->stacks->pdata[index];
}

static void clear_place(gpointer data)
{
    g_free(((Place *) data)->name);
}

static int compare_places(gconstpointer a, gconstpointer b)
{
    const Place *x = a, *y = b;
    if (x->n != y->n || x->lab == NULL || y->lab == NULL) {
        return x->n != y->n ? (x->n > y->n ? -1 : 1) : (x->lab == NULL) - (y->lab == NULL);
    }
    return strcmp(x->lab->item.id, y->lab->item.id);
}

static gint find_place(const GArray *places, const OfLab *lab)
{
    for (guint i = 0; i < places->len; i++) {
        if (g_array_index(places, Place, i).lab == lab && !g_array_index(places, Place, i).rest) {
            return (gint) i;
        }
    }
    return -1;
}

/* Counts by place; the leavers of the fewest go together where there are more places than hues. */
static void fold_places(OfDrawing *drawing, const OfCohort *cohort, GArray *places)
{
    if (places->len <= OF_THEME_HUES) {
        return;
    }
    Place rest = {.rest = true, .color = drawing->theme->lab_rest};
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    for (guint i = OF_THEME_HUES - 1; i < places->len; i++) {
        const Place *place = &g_array_index(places, Place, i);
        rest.n += place->n;
        g_ptr_array_add(names, g_strdup_printf("%s %u", place->name, place->n));
    }
    rest.name = g_strdup("others");
    g_autofree char *list = of_text_list((const char *const *) names->pdata, names->len, names->len);
    of_drawing_add_remark(drawing, g_strdup_printf("%s, %s: %s", cohort->name, rest.name, list));
    g_array_set_size(places, OF_THEME_HUES - 1);
    g_array_append_val(places, rest);
}

OfPlaceStack *of_place_stack_new(OfDrawing *drawing, const OfCohort *cohort)
{
    OfPlaceStack *stack = g_new(OfPlaceStack, 1);
    stack->places = g_array_new(FALSE, TRUE, sizeof(Place));
    g_array_set_clear_func(stack->places, clear_place);
    stack->of = g_new0(guint, cohort->leavers->len + 1);
    for (guint i = 0; i < cohort->leavers->len; i++) {
        const OfLab *to = g_array_index(cohort->leavers, OfLeaver, i).to;
        gint found = find_place(stack->places, to);
        if (found < 0) {
            found = (gint) stack->places->len;
            const Place place = {.lab = to,
                                 .name = g_strdup(to != NULL ? of_lab_name_on(to, drawing->selection.to) : "no lab of this story"),
                                 .color = to != NULL ? of_coloring_lab(drawing->coloring, to) : drawing->theme->muted};
            g_array_append_val(stack->places, place);
        }
        g_array_index(stack->places, Place, found).n++;
    }
    g_array_sort(stack->places, compare_places);
    fold_places(drawing, cohort, stack->places);
    for (guint i = 0; i < cohort->leavers->len; i++) {
        const gint found = find_place(stack->places, g_array_index(cohort->leavers, OfLeaver, i).to);
        stack->of[i] = found >= 0 ? (guint) found : stack->places->len - 1;
    }
    return stack;
}

void of_place_stack_free(gpointer data)
{
    OfPlaceStack *stack = data;
    if (stack != NULL) {
        g_array_unref(stack->places);
        g_free(stack->of);
        g_free(stack);
    }
}

char *of_place_stack_describe(const OfPlaceStack *stack)
{
    g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < stack->places->len; i++) {
        const Place *place = &g_array_index(stack->places, Place, i);
        g_ptr_array_add(parts, g_strdup_printf("%u to %s", place->n, place->name));
    }
    return parts->len > 0 ? of_text_list((const char *const *) parts->pdata, parts->len, parts->len) : NULL;
}

/* The number of leavers up to each place of the stack, as a step curve downwards in time: upper edge of place `place`. */
static GArray *stack_corners(const OfRetention *retention, guint index, gint place, double top)
{
    const OfCohort *cohort = of_retention_cohort(retention, index);
    const OfPlaceStack *stack = stack_of(retention, index);
    const double unit = retention->strip_height / MAX(cohort->leavers->len, 1), bottom = top + retention->strip_height;
    GArray *corners = g_array_new(FALSE, FALSE, sizeof(OfLayoutPoint));
    guint n = 0;
    of_ink_push_corner(corners, of_retention_x(retention, 0), bottom);
    for (guint i = 0; i < cohort->leavers->len;) {
        const gint32 days = g_array_index(cohort->leavers, OfLeaver, i).days;
        const guint before = n;
        for (; i < cohort->leavers->len && g_array_index(cohort->leavers, OfLeaver, i).days == days; i++) {
            n += (gint) stack->of[i] <= place;
        }
        if (n > before) {
            of_ink_push_corner(corners, of_retention_x(retention, days), bottom - unit * before);
            of_ink_push_corner(corners, of_retention_x(retention, days), bottom - unit * n);
        }
    }
    of_ink_push_corner(corners, of_retention_x(retention, retention->length), bottom - unit * n);
    return corners;
}

/* The corner from which a layer has any height: its edge would run along the one below before. */
static guint first_corner(const OfRetention *retention, guint index, guint place, const GArray *corners)
{
    const OfCohort *cohort = of_retention_cohort(retention, index);
    guint i = 0, corner = 0;
    while (stack_of(retention, index)->of[i] != place) {
        i++;
    }
    const double x = of_retention_x(retention, g_array_index(cohort->leavers, OfLeaver, i).days);
    while (corner + 2 < corners->len && g_array_index(corners, OfLayoutPoint, corner).x < x) {
        corner++;
    }
    return corner;
}

static void add_place_area(const OfRetention *retention, guint index, guint place, double top)
{
    OfDrawing *drawing = retention->drawing;
    const Place *shown = &g_array_index(stack_of(retention, index)->places, Place, place);
    g_autoptr(GArray) upper = stack_corners(retention, index, (gint) place, top);
    g_autoptr(GArray) lower = stack_corners(retention, index, (gint) place - 1, top);
    g_autofree char *fill = of_color_mix(shown->color, drawing->theme->background, shown->rest ? 0.25 : 0.42);
    g_autofree char *name = g_strdup_printf("place-%u-%u", index, place);
    g_autofree char *count = g_strdup_printf("%u", shown->n);
    g_autofree char *title = g_strdup_printf("%s: %u to %s", of_retention_cohort(retention, index)->name, shown->n, shown->name);
    const guint first = first_corner(retention, index, place, upper);
    Agedge_t *edge =
        of_ink_add_corners(drawing, name, "place", (const OfLayoutPoint *) (gpointer) upper->data + first, upper->len - first);
    of_graph_set(edge, "color", shown->color, "data_kind", "place", "data_lab", shown->lab != NULL ? shown->lab->item.id : NULL,
                 "data_weight", count, "data_title", title, NULL);
    of_graph_set_number(edge, "penwidth", 1);
    for (guint i = lower->len; i-- > 0;) {
        g_array_append_val(upper, g_array_index(lower, OfLayoutPoint, i));
    }
    of_ink_append_fill(retention->ops, fill);
    of_ink_append_area(drawing, retention->ops, (const OfLayoutPoint *) (gpointer) upper->data, upper->len);
}

/* What of a text has room beside the strip. Owned by the caller. */
static char *first_line(const OfDrawing *drawing, const char *text)
{
    g_auto(GStrv) lines = of_fonts_wrap(drawing->fonts, OF_FACE_REGULAR, OF_SIZE_NOTE, text, OF_RETENTION_LABEL_WIDTH);
    return lines[1] != NULL ? g_strconcat(lines[0], "…", NULL) : g_strdup(lines[0]);
}

/* How many places of a strip have room for their names. */
static guint count_named(const OfRetention *retention, guint index)
{
    const guint fits = (guint) ((retention->strip_height + retention->strip_gap) / of_ink_line_height(OF_SIZE_NOTE));
    return MIN(stack_of(retention, index)->places->len, MAX(fits, 1));
}

void of_retention_announce_places(const OfRetention *retention)
{
    for (guint index = 0; index < retention->cohorts->len; index++) {
        const GArray *places = stack_of(retention, index)->places;
        g_autoptr(GPtrArray) rest = g_ptr_array_new_with_free_func(g_free);
        for (guint i = count_named(retention, index); i < places->len; i++) {
            const Place *place = &g_array_index(places, Place, i);
            g_ptr_array_add(rest, g_strdup_printf("%s %u", place->name, place->n));
        }
        if (rest->len > 0) {
            g_autofree char *list = of_text_list((const char *const *) rest->pdata, rest->len, rest->len);
            of_drawing_add_remark(retention->drawing,
                                  g_strdup_printf("%s, also to: %s", of_retention_cohort(retention, index)->name, list));
        }
    }
}

/* "5  Mistral AI" at the right of each layer that has room for it. */
static void add_place_names(const OfRetention *retention, guint index, double top)
{
    OfDrawing *drawing = retention->drawing;
    const GArray *places = stack_of(retention, index)->places;
    const double unit = retention->strip_height / MAX(of_retention_cohort(retention, index)->leavers->len, 1);
    const guint n = count_named(retention, index);
    g_autofree OfSpreadLabel *labels = g_new0(OfSpreadLabel, n);
    double y = top + retention->strip_height;
    for (guint i = 0; i < n; i++) {
        const guint people = g_array_index(places, Place, i).n;
        labels[n - 1 - i] = (OfSpreadLabel){y - unit * people / 2, of_ink_line_height(OF_SIZE_NOTE), 0};
        y -= unit * people;
    }
    of_spread_place(labels, n, top - retention->strip_gap / 2, top + retention->strip_height + retention->strip_gap / 2);
    for (guint i = 0; i < n; i++) {
        const Place *place = &g_array_index(places, Place, i);
        g_autofree char *text = g_strdup_printf("%u  %s", place->n, place->name);
        g_autofree char *shown = first_line(drawing, text);
        g_autofree char *name = g_strdup_printf("place-name-%u-%u", index, i);
        of_retention_add_words(retention, name, "place-name", shown, OF_FACE_REGULAR, OF_SIZE_NOTE,
                               place->rest ? drawing->theme->ink : place->color, 'l', retention->right + OF_RETENTION_LABEL_GAP,
                               labels[n - 1 - i].middle - OF_SIZE_NOTE / 2);
    }
}

static void add_strip(const OfRetention *retention, guint index)
{
    const double top = retention->strips_top + index * (retention->strip_height + retention->strip_gap);
    const GArray *places = stack_of(retention, index)->places;
    for (guint i = 0; i < places->len; i++) {
        add_place_area(retention, index, i, top);
    }
    of_retention_add_rule(retention, retention->left, top + retention->strip_height, retention->right,
                          top + retention->strip_height, 0.8);
    if (places->len == 0) {
        g_autofree char *name = g_strdup_printf("place-none-%u", index);
        of_retention_add_words(retention, name, "note", "nobody left", OF_FACE_ITALIC, OF_SIZE_NOTE,
                               retention->drawing->theme->muted, 'l', retention->right + OF_RETENTION_LABEL_GAP,
                               top + retention->strip_height - OF_SIZE_NOTE);
    } else {
        add_place_names(retention, index, top);
    }
    if (retention->cohorts->len > 1) {
        g_autofree char *name = g_strdup_printf("strip-%u", index);
        of_retention_add_words(retention, name, "note", of_retention_cohort(retention, index)->name, OF_FACE_BOLD, OF_SIZE_NOTE,
                               of_retention_color(retention, index), 'l', retention->left + 4,
                               top - of_ink_line_height(OF_SIZE_NOTE) - 1);
    }
}

void of_retention_add_places(const OfRetention *retention)
{
    for (guint i = 0; i < retention->cohorts->len; i++) {
        add_strip(retention, i);
    }
}
