#include "paint/page_panels.h"

#include "base/hash.h"

#include <string.h>

/* An element that panels share. */
typedef struct {
    const OfElement *element;
    guint panels; /* bits 1 << index of a picture */
} Shared;

/* ---- What is alike ---- */

static bool are_texts_equal(const char *const *a, const char *const *b, guint n)
{
    for (guint i = 0; i < n; i++) {
        if (g_strcmp0(a[i], b[i]) != 0) {
            return false;
        }
    }
    return true;
}

static bool are_colors_equal(OfColor a, OfColor b)
{
    return a.red == b.red && a.green == b.green && a.blue == b.blue && a.alpha == b.alpha;
}

static bool are_inks_equal(const OfShape *a, const OfShape *b)
{
    return a->filled == b->filled && a->stroked == b->stroked && are_colors_equal(a->fill, b->fill) &&
           are_colors_equal(a->stroke, b->stroke) && are_colors_equal(a->dark_fill, b->dark_fill) &&
           are_colors_equal(a->dark_stroke, b->dark_stroke) && a->line_width == b->line_width && a->dash == b->dash &&
           a->dash_offset == b->dash_offset;
}

static bool are_shapes_equal(const OfShape *a, const OfShape *b)
{
    const char *const texts[] = {a->text, a->font}, *const others[] = {b->text, b->font};
    bool equal = a->kind == b->kind && are_inks_equal(a, b) && a->n_points == b->n_points && a->align == b->align &&
                 a->font_size == b->font_size && a->text_width == b->text_width && a->struck == b->struck &&
                 are_texts_equal(texts, others, G_N_ELEMENTS(texts));
    for (guint i = 0; equal && i < a->n_points; i++) {
        equal = a->points[i].x == b->points[i].x && a->points[i].y == b->points[i].y;
    }
    return equal;
}

static bool are_data_equal(const GArray *a, const GArray *b)
{
    bool equal = a->len == b->len;
    for (guint i = 0; equal && i < a->len; i++) {
        const OfDatum *x = &g_array_index(a, OfDatum, i), *y = &g_array_index(b, OfDatum, i);
        equal = g_str_equal(x->name, y->name) && g_str_equal(x->value, y->value);
    }
    return equal;
}

/* Pictures that a page joins have no steps of shapes: those are not looked at. */
static bool are_elements_equal(const OfElement *a, const OfElement *b)
{
    const char *const texts[] = {a->classes, a->title, a->url}, *const others[] = {b->classes, b->title, b->url};
    bool equal = a->kind == b->kind && a->shapes->len == b->shapes->len && are_texts_equal(texts, others, G_N_ELEMENTS(texts)) &&
                 are_data_equal(a->data, b->data);
    for (guint i = 0; equal && i < a->shapes->len; i++) {
        equal = are_shapes_equal(&g_array_index(a->shapes, OfShape, i), &g_array_index(b->shapes, OfShape, i));
    }
    return equal;
}

/* ---- One list of them ---- */

/* id -> index of its last element in the list, counted from 1; those before it are found by the chain. */
static gint find_alike(const GArray *list, const OfElement *element, guint from, GHashTable *last, const guint *before)
{
    for (guint at = GPOINTER_TO_UINT(g_hash_table_lookup(last, element->id)); at > from; at = before[at - 1]) {
        if (are_elements_equal(g_array_index(list, Shared, at - 1).element, element)) {
            return (gint) at - 1;
        }
    }
    return -1;
}

/* The list with the elements of another panel in it: what it shows alike is the same element, all else stands as early as the order allows. */
static GArray *merge_panel(const GArray *list, const OfPicture *picture, guint panel)
{
    GArray *merged = g_array_new(FALSE, FALSE, sizeof(Shared));
    g_autoptr(GHashTable) last = g_hash_table_new(of_text_hash, g_str_equal);
    g_autofree guint *before = g_new(guint, MAX(list->len, 1));
    for (guint i = 0; i < list->len; i++) {
        char *id = g_array_index(list, Shared, i).element->id;
        before[i] = GPOINTER_TO_UINT(g_hash_table_lookup(last, id));
        g_hash_table_insert(last, id, GUINT_TO_POINTER(i + 1));
    }
    guint at = 0;
    for (guint i = 0; i < picture->elements->len; i++) {
        const OfElement *element = picture->elements->pdata[i];
        const gint alike = find_alike(list, element, at, last, before);
        const Shared own = {element, 1u << panel};
        if (alike < 0) {
            g_array_append_val(merged, own);
            continue;
        }
        g_array_append_vals(merged, &g_array_index(list, Shared, at), (guint) alike + 1 - at);
        g_array_index(merged, Shared, merged->len - 1).panels |= own.panels;
        at = (guint) alike + 1;
    }
    if (at < list->len) {
        g_array_append_vals(merged, &g_array_index(list, Shared, at), list->len - at);
    }
    return merged;
}

/* ---- What they are called ---- */

static gint compare_data(gconstpointer a, gconstpointer b)
{
    return strcmp(((const OfDatum *) a)->name, ((const OfDatum *) b)->name);
}

static void clear_datum(gpointer data)
{
    OfDatum *datum = data;
    g_free(datum->name);
    g_free(datum->value);
}

static void add_datum(GArray *data, const char *name, const char *value)
{
    const OfDatum datum = {g_strdup(name), g_strdup(value)};
    g_array_append_val(data, datum);
}

static void free_named(gpointer data)
{
    OfElement *element = data;
    g_free(element->id);
    g_array_unref(element->data);
    g_free(element);
}

static OfElement *name_shared(const Shared *shared, OfPicture *const *pictures, guint n, GHashTable *known)
{
    OfElement *element = g_memdup2(shared->element, sizeof *element);
    g_autoptr(GString) panels = g_string_new(NULL);
    g_autoptr(GString) id = g_string_new(element->id);
    for (guint i = 0; i < n; i++) {
        if (shared->panels & 1u << i) {
            g_string_append_printf(panels, "%s%s", panels->len > 0 ? " " : "", pictures[i]->panel);
        }
    }
    for (guint k = 2; !g_hash_table_add(known, g_strdup(id->str)); k++) {
        g_string_printf(id, "%s-%u", element->id, k);
    }
    element->data = g_array_new(FALSE, FALSE, sizeof(OfDatum));
    g_array_set_clear_func(element->data, clear_datum);
    for (guint i = 0; i < shared->element->data->len; i++) {
        const OfDatum *datum = &g_array_index(shared->element->data, OfDatum, i);
        add_datum(element->data, datum->name, datum->value);
    }
    add_datum(element->data, "panels", panels->str);
    if (!g_str_equal(id->str, element->id)) {
        add_datum(element->data, "part", element->id);
    }
    g_array_sort(element->data, compare_data);
    element->id = g_strdup(id->str);
    return element;
}

GPtrArray *of_page_panels_join(OfPicture *const *pictures, guint n)
{
    GArray *list = g_array_new(FALSE, FALSE, sizeof(Shared));
    for (guint i = 0; i < n; i++) {
        GArray *merged = merge_panel(list, pictures[i], i);
        g_array_unref(list);
        list = merged;
    }
    GPtrArray *elements = g_ptr_array_new_with_free_func(free_named);
    g_autoptr(GHashTable) known = g_hash_table_new_full(of_text_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < list->len; i++) {
        g_ptr_array_add(elements, name_shared(&g_array_index(list, Shared, i), pictures, n, known));
    }
    g_array_unref(list);
    return elements;
}
