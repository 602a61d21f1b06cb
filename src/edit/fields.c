#include "edit/fields.h"

#include <string.h>

#include "base/hash.h"
#include "diff/draft.h"
#include "text/yaml_text.h"

/* One key of a mapping whose value is to change. */
typedef struct {
    const OfMappingEdit *edit;
    const char *name;
    const OfMark *key;
    OfMark *mark;
    JsonNode *old, *new; /* old may be NULL */
} ValueEdit;

/* Of longer lists of mappings, every one with every other, the whole list is written anew. */
#define MOST_PAIRS 1000000

/* Room for what comes into a collection. */
static void clear_new(gpointer data)
{
    g_free(((OfNewElement *) data)->text);
}

static GArray *new_elements(void)
{
    GArray *added = g_array_new(FALSE, FALSE, sizeof(OfNewElement));
    g_array_set_clear_func(added, clear_new);
    return added;
}

static void take_new(GArray *added, int after, GString *text)
{
    const OfNewElement element = {after, g_string_free(text, FALSE)};
    g_array_append_val(added, element);
}

/* ---- Values ---- */

/* A text in quotes stays in quotes of the same kind. */
static void replace_value(const ValueEdit *value)
{
    GString *text = g_string_new(NULL);
    const bool is_text = JSON_NODE_HOLDS_VALUE(value->new) && json_node_get_value_type(value->new) == G_TYPE_STRING;
    const OfMarkStyle style = is_text && !value->edit->form.is_json ? value->mark->style : OF_STYLE_PLAIN;
    if (style == OF_STYLE_DOUBLE) {
        of_yaml_append_quoted(text, json_node_get_string(value->new));
    } else if (style == OF_STYLE_SINGLE) {
        of_yaml_append_single(text, json_node_get_string(value->new));
    } else {
        of_value_append(text, &value->edit->form, value->name, value->new);
    }
    value->mark->is_touched = true;
    of_edits_set_value(value->edit->edits, value->key, value->mark, text->str);
    g_string_free(text, TRUE);
}

static bool is_list_of_texts(JsonNode *node)
{
    JsonArray *array = JSON_NODE_HOLDS_ARRAY(node) ? json_node_get_array(node) : NULL;
    for (guint i = 0; array != NULL && i < json_array_get_length(array); i++) {
        JsonNode *element = json_array_get_element(array, i);
        if (!JSON_NODE_HOLDS_VALUE(element) || json_node_get_value_type(element) != G_TYPE_STRING) {
            return false;
        }
    }
    return array != NULL && json_array_get_length(array) > 0;
}

/* A set of texts: what stays keeps its order. */
static bool edit_set(const ValueEdit *value)
{
    OfMark *mark = value->mark;
    if (!mark->is_editable || mark->type != OF_NODE_SEQUENCE || g_str_equal(value->name, "order")) {
        return false;
    }
    JsonArray *array = json_node_get_array(value->new);
    g_autoptr(GHashTable) wished = g_hash_table_new(of_text_hash, g_str_equal);
    for (guint i = 0; i < json_array_get_length(array); i++) {
        g_hash_table_add(wished, (gpointer) (gsize) json_array_get_string_element(array, i));
    }
    g_autofree bool *removed = g_new0(bool, (gsize) mark->n + 1);
    for (guint i = 0; i < mark->n; i++) {
        const OfMark *element = of_mark_resolve(mark->children[i]);
        if (element->type != OF_NODE_SCALAR) {
            return false;
        }
        removed[i] = !g_hash_table_remove(wished, element->text);
    }
    g_autoptr(GArray) added = new_elements();
    for (guint i = 0; i < json_array_get_length(array); i++) {
        if (g_hash_table_remove(wished, json_array_get_string_element(array, i))) {
            GString *text = g_string_new(NULL);
            of_value_append(text, &value->edit->form, value->name, json_array_get_element(array, i));
            take_new(added, (int) mark->n - 1, text);
        }
    }
    return of_edits_change_collection(value->edit->edits, mark, removed, added);
}

/* ---- Lists of mappings ---- */

static guint count_shared(JsonObject *a, JsonObject *b)
{
    guint n = 0;
    g_autoptr(GList) names = json_object_get_members(a);
    for (const GList *name = names; name != NULL; name = name->next) {
        JsonNode *other = json_object_get_member(b, name->data);
        n += other != NULL && json_node_equal(json_object_get_member(a, name->data), other);
    }
    return n;
}

/* The index in old of each element of new, or -1: equal ones first, then those that share most. */
static gint *pair_elements(JsonArray *old, JsonArray *new)
{
    const guint n_old = json_array_get_length(old), n_new = json_array_get_length(new);
    gint *mates = g_new(gint, (gsize) n_new + 1);
    g_autofree bool *taken = g_new0(bool, (gsize) n_old + 1);
    memset(mates, -1, ((gsize) n_new + 1) * sizeof *mates);
    for (int equal = 1; equal >= 0; equal--) {
        for (guint i = 0; i < n_new; i++) {
            guint most = 0;
            gint best = -1;
            JsonObject *wanted = json_array_get_object_element(new, i);
            for (guint k = 0; k < n_old && mates[i] < 0; k++) {
                JsonObject *candidate = json_array_get_object_element(old, k);
                const guint shared = taken[k] ? 0 : count_shared(wanted, candidate);
                const bool same = shared == json_object_get_size(wanted) && shared == json_object_get_size(candidate);
                if (shared > most && (same || !equal)) {
                    most = shared;
                    best = (gint) k;
                }
            }
            if (best >= 0) {
                taken[best] = true;
                mates[i] = best;
            }
        }
    }
    return mates;
}

/* All OF_LISTs of structs that begin with an OfItem. */
static OfItems list_of(const ValueEdit *value, const OfKeyInfo *row)
{
    OfItems list = {NULL, 0};
    if (value->edit->object != NULL) {
        memcpy(&list, (const char *) value->edit->object + row->offset, sizeof list);
    }
    return list;
}

/* Whether a list of stints or accounts can be edited one by one. */
static bool has_elements(const ValueEdit *value, const OfKeyInfo *row, const OfItems *list)
{
    const OfMark *mark = value->mark;
    if (!mark->is_editable || mark->type != OF_NODE_SEQUENCE || list->n != mark->n ||
        json_array_get_length(json_node_get_array(value->old)) != list->n) {
        return false;
    }
    JsonArray *new = json_node_get_array(value->new);
    if ((guint64) list->n * json_array_get_length(new) > MOST_PAIRS) {
        return false;
    }
    for (guint i = 0; i < json_array_get_length(new); i++) {
        if (!JSON_NODE_HOLDS_OBJECT(json_array_get_element(new, i))) {
            return false;
        }
    }
    return row->holds != OF_SCHEMA_CALLOUT;
}

/* Stints and accounts. */
static bool edit_mappings(const ValueEdit *value)
{
    const OfMappingEdit *edit = value->edit;
    OfMark *mark = value->mark;
    const OfKeyInfo *row = of_schema_find_key(edit->form.kind, edit->form.events, value->name);
    if (row == NULL || row->value != OF_VALUE_MAPPINGS || value->old == NULL || !JSON_NODE_HOLDS_ARRAY(value->new)) {
        return false;
    }
    const OfItems list = list_of(value, row);
    JsonArray *old = json_node_get_array(value->old), *new = json_node_get_array(value->new);
    if (!has_elements(value, row, &list)) {
        return false;
    }
    const guint n_before = edit->edits->list->len;
    g_autofree gint *mates = pair_elements(old, new);
    g_autofree bool *removed = g_new(bool, (gsize) mark->n + 1);
    memset(removed, true, (gsize) mark->n + 1);
    g_autoptr(GArray) added = new_elements();
    const OfValueForm inner = of_value_form_within(&edit->form, value->name);
    for (guint i = 0; i < json_array_get_length(new); i++) {
        const gint mate = mates[i];
        const OfItem *item = mate >= 0 ? list.items[mate] : NULL;
        OfMark *child = item != NULL ? mark->children[item->order] : NULL;
        JsonObject *wished = json_array_get_object_element(new, i);
        const OfMappingEdit each = {
            edit->edits, inner, edit->depth, item, item != NULL ? json_array_get_object_element(old, (guint) mate) : NULL, wished};
        if (child != NULL && of_mapping_edit(&each, child)) {
            removed[item->order] = false;
        } else {
            GString *text = g_string_new(NULL);
            of_value_append_mapping(text, &inner, wished, false);
            take_new(added, (int) mark->n - 1, text);
        }
    }
    if (of_edits_change_collection(edit->edits, mark, removed, added)) {
        return true;
    }
    g_array_set_size(edit->edits->list, n_before);
    return false;
}

/* The parts of a split: lists under the ids of labs. */
static bool edit_parts(const ValueEdit *value)
{
    if (!JSON_NODE_HOLDS_OBJECT(value->new) || !value->mark->is_editable || value->mark->type != OF_NODE_MAPPING) {
        return false;
    }
    g_autoptr(JsonObject) nothing = json_object_new();
    OfMappingEdit inner = *value->edit;
    inner.object = NULL;
    inner.old = value->old != NULL ? json_node_get_object(value->old) : nothing;
    inner.new = json_node_get_object(value->new);
    return of_mapping_edit(&inner, value->mark);
}

void of_mapping_edit_value(const OfMappingEdit *edit, OfMark *const *pair, JsonNode *old, JsonNode *new)
{
    const ValueEdit value = {edit, of_mark_resolve(pair[0])->text, pair[0], pair[1], old, new};
    const bool done = is_list_of_texts(new) ? edit_set(&value) : edit_mappings(&value) || edit_parts(&value);
    if (!done) {
        replace_value(&value);
    }
}

/* ---- Mappings ---- */

static bool is_same(JsonNode *a, JsonNode *b)
{
    g_autofree char *left = of_draft_text(a), *right = of_draft_text(b);
    return strcmp(left, right) == 0;
}

static void add_missing(const OfMappingEdit *edit, const OfMark *mark, GArray *added)
{
    /* In the order of the table. */
    guint n_rows;
    const OfKeyInfo *rows = of_schema_keys(edit->form.kind, &n_rows);
    g_autoptr(GHashTable) done = g_hash_table_new(of_text_hash, g_str_equal);
    g_autoptr(GList) names = g_list_sort(json_object_get_members(edit->new), (GCompareFunc) strcmp);
    for (guint i = 0; i <= n_rows; i++) {
        for (const GList *name = names; name != NULL; name = name->next) {
            const bool now = i == n_rows || g_str_equal(rows[i].key, name->data);
            if (now && of_mark_get(mark, name->data, NULL) == NULL && g_hash_table_add(done, name->data)) {
                GString *text = g_string_new(NULL);
                of_value_append_key(text, &edit->form, name->data);
                of_value_append(text, &edit->form, name->data, json_object_get_member(edit->new, name->data));
                take_new(added, g_str_equal(name->data, "id") && mark->n > 0 ? -1 : (int) (mark->n / 2) - 1, text);
            }
        }
    }
}

static bool is_changed(const OfMappingEdit *edit, const char *name)
{
    JsonNode *old = json_object_get_member(edit->old, name), *new = json_object_get_member(edit->new, name);
    return old == NULL || new == NULL ? old != new : !is_same(old, new);
}

/* Whether a value that is written out though it holds anyway may not hold anyway any more: a confidence, which follows from sources and rival
 * accounts. */
static bool depends_on_changes(const OfMappingEdit *edit, const char *name)
{
    return g_str_equal(name, "confidence") && (is_changed(edit, "sources") || is_changed(edit, "accounts"));
}

bool of_mapping_edit(const OfMappingEdit *edit, OfMark *mark)
{
    if (edit->depth >= OF_DEPTH_ITEM || !mark->is_editable || mark->type != OF_NODE_MAPPING) {
        return false;
    }
    const guint n_before = edit->edits->list->len;
    g_autofree bool *removed = g_new0(bool, (gsize) mark->n + 1);
    for (guint i = 0; i + 1 < mark->n; i += 2) {
        const char *name = of_mark_resolve(mark->children[i])->text;
        JsonNode *old = json_object_get_member(edit->old, name), *new = json_object_get_member(edit->new, name);
        if (new == NULL) {
            removed[i / 2] = old != NULL || edit->depth >= OF_DEPTH_STRICT || depends_on_changes(edit, name);
        } else if (old == NULL || !is_same(old, new)) {
            of_mapping_edit_value(edit, &mark->children[i], old, new);
        }
    }
    g_autoptr(GArray) added = new_elements();
    add_missing(edit, mark, added);
    if (of_edits_change_collection(edit->edits, mark, removed, added)) {
        return true;
    }
    g_array_set_size(edit->edits->list, n_before);
    return false;
}

void of_mapping_replace(const OfMappingEdit *edit, const OfMark *key, OfMark *mark)
{
    GString *text = g_string_new(NULL);
    of_value_append_mapping(text, &edit->form, edit->new, false);
    mark->is_touched = true;
    if (key != NULL) {
        of_edits_set_value(edit->edits, key, mark, text->str);
    } else {
        of_edits_add(edit->edits, mark->start, mark->end, g_strdup(text->str));
    }
    g_string_free(text, TRUE);
}
