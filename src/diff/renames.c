#include "diff/renames.h"

#include <string.h>

#include "base/hash.h"
#include "model/schema.h"

static void apply_mapping(const OfIdMap *map, OfSchemaKind kind, guint32 events, JsonObject *fields);

void of_id_map_add(OfIdMap *map, OfItemKind kind, const char *id, const char *other)
{
    if (map->of[kind] == NULL) {
        map->of[kind] = g_hash_table_new(of_text_hash, g_str_equal);
    }
    g_hash_table_insert(map->of[kind], (gpointer) (gsize) id, (gpointer) (gsize) other);
}

bool of_id_map_has_any(const OfIdMap *map)
{
    for (guint kind = 0; kind < OF_N_KINDS; kind++) {
        if (map->of[kind] != NULL) {
            return true;
        }
    }
    return false;
}

void of_id_map_clear(OfIdMap *map)
{
    for (guint kind = 0; kind < OF_N_KINDS; kind++) {
        g_clear_pointer(&map->of[kind], g_hash_table_unref);
    }
}

const char *of_id_map_find(const OfIdMap *map, OfItemKind kind, const char *id)
{
    const char *other = map->of[kind] != NULL ? g_hash_table_lookup(map->of[kind], id) : NULL;
    return other != NULL ? other : id;
}

static int compare_texts(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *) a, *(const char *const *) b);
}

/* A list of ids; a set is sorted again. */
static JsonNode *rename_list(const OfIdMap *map, OfItemKind kind, JsonArray *array, bool ordered)
{
    g_autoptr(GPtrArray) ids = g_ptr_array_new();
    for (guint i = 0; i < json_array_get_length(array); i++) {
        g_ptr_array_add(ids, (gpointer) (gsize) of_id_map_find(map, kind, json_array_get_string_element(array, i)));
    }
    if (!ordered) {
        g_ptr_array_sort(ids, compare_texts);
    }
    JsonArray *renamed = json_array_sized_new(ids->len);
    for (guint i = 0; i < ids->len; i++) {
        json_array_add_string_element(renamed, ids->pdata[i]);
    }
    JsonNode *node = json_node_new(JSON_NODE_ARRAY);
    json_node_take_array(node, renamed);
    return node;
}

static JsonNode *rename_parts(const OfIdMap *map, JsonObject *parts)
{
    JsonObject *renamed = json_object_new();
    g_autoptr(GPtrArray) labs = g_ptr_array_new();
    g_autoptr(GHashTable) old = g_hash_table_new(of_text_hash, g_str_equal);
    g_autoptr(GList) names = json_object_get_members(parts);
    for (const GList *name = names; name != NULL; name = name->next) {
        const char *id = of_id_map_find(map, OF_ITEM_LAB, name->data);
        g_ptr_array_add(labs, (gpointer) (gsize) id);
        g_hash_table_insert(old, (gpointer) (gsize) id, name->data);
    }
    g_ptr_array_sort(labs, compare_texts);
    for (guint i = 0; i < labs->len; i++) {
        JsonArray *people = json_object_get_array_member(parts, g_hash_table_lookup(old, labs->pdata[i]));
        json_object_set_member(renamed, labs->pdata[i], rename_list(map, OF_ITEM_PERSON, people, false));
    }
    JsonNode *node = json_node_new(JSON_NODE_OBJECT);
    json_node_take_object(node, renamed);
    return node;
}

/* The options of saved views that name items, which are no rows of the table of keys. What `highlight` names can be of any kind. */
static const struct {
    const char *key;
    OfItemKind kind;
    bool ordered;
} view_lists[] = {
    {"group", OF_ITEM_GROUP, false},     {"highlight", OF_ITEM_LAB, false},   {"highlight", OF_ITEM_PERSON, false},
    {"highlight", OF_ITEM_EVENT, false}, {"highlight", OF_ITEM_GROUP, false}, {"highlight", OF_ITEM_STRATEGY, false},
    {"lab", OF_ITEM_LAB, false},         {"order", OF_ITEM_LAB, true},        {"person", OF_ITEM_PERSON, false},
};

static void apply_view(const OfIdMap *map, JsonObject *fields)
{
    for (gsize i = 0; i < G_N_ELEMENTS(view_lists); i++) {
        JsonNode *value = json_object_get_member(fields, view_lists[i].key);
        if (value != NULL && JSON_NODE_HOLDS_ARRAY(value)) {
            json_object_set_member(fields, view_lists[i].key,
                                   rename_list(map, view_lists[i].kind, json_node_get_array(value), view_lists[i].ordered));
        }
    }
    if (json_object_has_member(fields, "callouts")) {
        JsonArray *callouts = json_object_get_array_member(fields, "callouts");
        for (guint i = 0; i < json_array_get_length(callouts); i++) {
            apply_mapping(map, OF_SCHEMA_CALLOUT, OF_EVENTS_ALL, json_array_get_object_element(callouts, i));
        }
    }
}

static void apply_member(const OfIdMap *map, const OfKeyInfo *row, OfSchemaKind kind, guint32 events, JsonObject *fields,
                         JsonNode *value)
{
    if (row->value == OF_VALUE_REFERENCE || row->value == OF_VALUE_TARGET) {
        const char *id = json_node_get_string(value);
        json_object_set_string_member(fields, row->key, of_id_map_find(map, row->refers, id));
    } else if (row->value == OF_VALUE_REFERENCES) {
        json_object_set_member(fields, row->key, rename_list(map, row->refers, json_node_get_array(value), false));
    } else if (row->value == OF_VALUE_PARTS) {
        json_object_set_member(fields, row->key, rename_parts(map, json_node_get_object(value)));
    } else if (row->value == OF_VALUE_MAPPINGS) {
        JsonArray *array = json_node_get_array(value);
        const guint32 inner = row->holds != OF_SCHEMA_ACCOUNT ? OF_EVENTS_ALL
                              : kind == OF_SCHEMA_STINT       ? OF_EVENT_BIT(OF_EVENT_MOVE)
                                                              : events;
        for (guint i = 0; i < json_array_get_length(array); i++) {
            apply_mapping(map, row->holds, inner, json_array_get_object_element(array, i));
        }
    }
}

static void apply_mapping(const OfIdMap *map, OfSchemaKind kind, guint32 events, JsonObject *fields)
{
    g_autoptr(GList) names = json_object_get_members(fields);
    for (const GList *name = names; name != NULL; name = name->next) {
        const OfKeyInfo *row = of_schema_find_key(kind, events, name->data);
        if (row != NULL && row->holds != OF_SCHEMA_CALLOUT) {
            apply_member(map, row, kind, events, fields, json_object_get_member(fields, name->data));
        }
    }
}

void of_id_map_apply(const OfIdMap *map, OfItemKind kind, JsonObject *fields)
{
    guint32 events = OF_EVENTS_ALL;
    for (guint type = 0; kind == OF_ITEM_EVENT && type < OF_N_EVENT_TYPES; type++) {
        if (g_strcmp0(of_event_type_info((OfEventType) type)->name, json_object_get_string_member(fields, "type")) == 0) {
            events = OF_EVENT_BIT(type);
        }
    }
    if (kind == OF_ITEM_VIEW) {
        apply_view(map, fields);
    } else {
        apply_mapping(map, of_schema_of_item(kind), events, fields);
    }
}
