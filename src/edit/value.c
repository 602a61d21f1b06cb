#include "edit/value.h"

#include <string.h>

#include "diff/json_text.h"
#include "text/yaml_text.h"

guint32 of_value_events(JsonObject *fields)
{
    JsonNode *type = json_object_get_member(fields, "type");
    const char *name = type != NULL && JSON_NODE_HOLDS_VALUE(type) ? json_node_get_string(type) : NULL;
    for (guint i = 0; name != NULL && i < OF_N_EVENT_TYPES; i++) {
        if (g_str_equal(of_event_type_info((OfEventType) i)->name, name)) {
            return OF_EVENT_BIT(i);
        }
    }
    return OF_EVENTS_ALL;
}

OfValueForm of_value_form_within(const OfValueForm *form, const char *key)
{
    const OfKeyInfo *row = of_schema_find_key(form->kind, form->events, key);
    OfValueForm inner = *form;
    if (row != NULL && row->value == OF_VALUE_MAPPINGS) {
        inner.kind = row->holds;
        /* An account takes the keys of the event that it is about; a stint stands for a move. */
        inner.events = row->holds != OF_SCHEMA_ACCOUNT ? OF_EVENTS_ALL
                       : form->kind == OF_SCHEMA_STINT ? OF_EVENT_BIT(OF_EVENT_MOVE)
                                                       : form->events;
    }
    return inner;
}

void of_value_append_key(GString *out, const OfValueForm *form, const char *key)
{
    if (form->is_json) {
        of_json_append_text(out, key);
    } else {
        of_yaml_append_text(out, key);
    }
    g_string_append(out, ": ");
}

static void append_text(GString *out, const OfValueForm *form, const char *key, const char *text)
{
    const OfKeyInfo *row = of_schema_find_key(form->kind, form->events, key);
    if (form->is_json) {
        of_json_append_text(out, text);
    } else if (row != NULL && row->value == OF_VALUE_DATE) {
        of_yaml_append_date(out, text);
    } else {
        of_yaml_append_text(out, text);
    }
}

void of_value_append(GString *out, const OfValueForm *form, const char *key, JsonNode *value)
{
    if (JSON_NODE_HOLDS_ARRAY(value)) {
        JsonArray *array = json_node_get_array(value);
        const OfValueForm inner = of_value_form_within(form, key);
        g_string_append_c(out, '[');
        for (guint i = 0; i < json_array_get_length(array); i++) {
            g_string_append(out, i > 0 ? ", " : "");
            of_value_append(out, &inner, key, json_array_get_element(array, i));
        }
        g_string_append_c(out, ']');
    } else if (JSON_NODE_HOLDS_OBJECT(value)) {
        of_value_append_mapping(out, form, json_node_get_object(value), false);
    } else if (JSON_NODE_HOLDS_VALUE(value) && json_node_get_value_type(value) == G_TYPE_STRING) {
        append_text(out, form, key, json_node_get_string(value));
    } else {
        of_json_append(out, value);
    }
}

/* ---- Mappings ---- */

typedef struct {
    const char *key;
    guint rank; /* its row in the table; behind all rows where it has none */
} RankedKey;

static int compare_ranks(gconstpointer a, gconstpointer b)
{
    const RankedKey *x = a, *y = b;
    return x->rank != y->rank ? (x->rank < y->rank ? -1 : 1) : strcmp(x->key, y->key);
}

static GArray *rank_keys(const OfValueForm *form, JsonObject *fields)
{
    GArray *keys = g_array_new(FALSE, FALSE, sizeof(RankedKey));
    guint n_rows;
    const OfKeyInfo *rows = of_schema_keys(form->kind, &n_rows);
    g_autoptr(GList) names = json_object_get_members(fields);
    for (const GList *name = names; name != NULL; name = name->next) {
        RankedKey key = {name->data, 0};
        while (key.rank < n_rows && !g_str_equal(rows[key.rank].key, key.key)) {
            key.rank++;
        }
        g_array_append_val(keys, key);
    }
    g_array_sort(keys, compare_ranks);
    return keys;
}

static bool is_list_of_mappings(JsonNode *value)
{
    return JSON_NODE_HOLDS_ARRAY(value) && json_array_get_length(json_node_get_array(value)) > 0 &&
           JSON_NODE_HOLDS_OBJECT(json_array_get_element(json_node_get_array(value), 0));
}

static void append_list_block(GString *out, const OfValueForm *form, const char *key, JsonArray *array)
{
    const OfValueForm inner = of_value_form_within(form, key);
    g_string_truncate(out, out->len - 1); /* the blank behind the colon */
    for (guint i = 0; i < json_array_get_length(array); i++) {
        g_string_append(out, "\n  - ");
        of_value_append(out, &inner, key, json_array_get_element(array, i));
    }
}

void of_value_append_mapping(GString *out, const OfValueForm *form, JsonObject *fields, bool is_block)
{
    g_autoptr(GArray) keys = rank_keys(form, fields);
    if (!is_block || keys->len == 0) {
        g_string_append_c(out, '{');
    }
    for (guint i = 0; i < keys->len; i++) {
        const char *key = g_array_index(keys, RankedKey, i).key;
        JsonNode *value = json_object_get_member(fields, key);
        g_string_append(out, i == 0 ? "" : is_block ? "\n" : ", ");
        of_value_append_key(out, form, key);
        if (is_block && is_list_of_mappings(value)) {
            append_list_block(out, form, key, json_node_get_array(value));
        } else {
            of_value_append(out, form, key, value);
        }
    }
    if (!is_block || keys->len == 0) {
        g_string_append_c(out, '}');
    }
}
