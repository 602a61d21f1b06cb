#include "diff/draft.h"

#include <string.h>

#include "diff/json_text.h"
#include "model/canonical.h"

static void clear_wish(OfWish *wish)
{
    g_clear_pointer(&wish->id, g_free);
    g_clear_pointer(&wish->fields, json_node_unref);
    wish->present = false;
}

static void free_entry(gpointer data)
{
    OfDraftEntry *entry = data;
    for (guint i = 0; i < OF_MOST_VERSIONS; i++) {
        clear_wish(&entry->wishes[i]);
    }
    g_free(entry);
}

OfDraftEntry *of_draft_add(OfDraft *draft, OfItemKind kind)
{
    OfDraftEntry *entry = g_new0(OfDraftEntry, 1);
    entry->kind = kind;
    g_ptr_array_add(draft->entries, entry);
    return entry;
}

static guint count_elements(JsonObject *object, const char *name)
{
    JsonNode *node = json_object_get_member(object, name);
    return node != NULL && JSON_NODE_HOLDS_ARRAY(node) ? json_array_get_length(json_node_get_array(node)) : 0;
}

static void settle_object(JsonObject *object);

static void settle_value(JsonNode *value)
{
    if (JSON_NODE_HOLDS_OBJECT(value)) {
        settle_object(json_node_get_object(value));
    }
    JsonArray *array = JSON_NODE_HOLDS_ARRAY(value) ? json_node_get_array(value) : NULL;
    for (guint i = 0; array != NULL && i < json_array_get_length(array); i++) {
        settle_value(json_array_get_element(array, i));
    }
}

/* A confidence that holds anyway is left out, as in the canonical form: with other sources it may be another one. */
static void settle_object(JsonObject *object)
{
    JsonNode *node = json_object_get_member(object, "confidence");
    const char *confidence = node != NULL && JSON_NODE_HOLDS_VALUE(node) ? json_node_get_string(node) : NULL;
    const OfConfidence by_default = count_elements(object, "sources") > 0 ? OF_CONFIDENCE_CONFIRMED : OF_CONFIDENCE_UNVERIFIED;
    if (confidence != NULL &&
        (count_elements(object, "accounts") > 0 || g_str_equal(confidence, of_confidence_names[by_default]))) {
        json_object_remove_member(object, "confidence");
    }
    g_autoptr(GList) values = json_object_get_values(object);
    for (const GList *value = values; value != NULL; value = value->next) {
        settle_value(value->data);
    }
}

void of_draft_set(OfDraftEntry *entry, guint version, const char *id, JsonNode *fields)
{
    OfWish *wish = &entry->wishes[version];
    const OfWish old = *wish;
    *wish = (OfWish){fields != NULL, fields != NULL ? g_strdup(id) : NULL, fields};
    if (fields != NULL) {
        settle_value(fields);
    }
    OfWish cleared = old;
    clear_wish(&cleared);
}

static void add_item(OfDraft *draft, OfItemKind kind, const OfItem *item)
{
    OfDraftEntry *entry = of_draft_add(draft, kind);
    entry->item = item;
    for (guint i = 0; i < draft->n_versions; i++) {
        of_draft_set(entry, i, item != NULL ? item->id : NULL, of_item_fields(draft->story, kind, item));
    }
}

OfDraft *of_draft_new(const OfStory *story, guint n_versions)
{
    OfDraft *draft = g_new0(OfDraft, 1);
    *draft = (OfDraft){story, n_versions, g_ptr_array_new_with_free_func(free_entry)};
    add_item(draft, OF_ITEM_STORY, NULL);
    for (OfItemKind kind = OF_ITEM_SOURCE; kind < OF_N_KINDS; kind++) {
        const OfItems items = of_story_items(story, kind);
        for (guint i = 0; i < items.n; i++) {
            add_item(draft, kind, items.items[i]);
        }
    }
    return draft;
}

void of_draft_free(OfDraft *draft)
{
    if (draft != NULL) {
        g_ptr_array_unref(draft->entries);
        g_free(draft);
    }
}

/* ---- Comparing ---- */

static int compare_texts(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *) a, *(const char *const *) b);
}

static void append_sorted(GString *out, JsonNode *node, bool is_ordered);

static void append_list(GString *out, JsonArray *array, bool is_ordered)
{
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < json_array_get_length(array); i++) {
        GString *text = g_string_new(NULL);
        append_sorted(text, json_array_get_element(array, i), false);
        g_ptr_array_add(texts, g_string_free(text, FALSE));
    }
    if (!is_ordered) {
        g_ptr_array_sort(texts, compare_texts);
    }
    g_string_append_c(out, '[');
    for (guint i = 0; i < texts->len; i++) {
        g_string_append_printf(out, "%s%s", i > 0 ? "," : "", (const char *) texts->pdata[i]);
    }
    g_string_append_c(out, ']');
}

static void append_sorted(GString *out, JsonNode *node, bool is_ordered)
{
    if (JSON_NODE_HOLDS_ARRAY(node)) {
        append_list(out, json_node_get_array(node), is_ordered);
    } else if (JSON_NODE_HOLDS_OBJECT(node)) {
        JsonObject *object = json_node_get_object(node);
        g_autoptr(GList) names = g_list_sort(json_object_get_members(object), (GCompareFunc) strcmp);
        g_string_append_c(out, '{');
        for (const GList *name = names; name != NULL; name = name->next) {
            g_string_append(out, name != names ? "," : "");
            of_json_append_text(out, name->data);
            g_string_append_c(out, ':');
            /* The lanes of a view, top to bottom, are the one list whose order says something. */
            append_sorted(out, json_object_get_member(object, name->data), g_str_equal(name->data, "order"));
        }
        g_string_append_c(out, '}');
    } else {
        of_json_append(out, node);
    }
}

char *of_draft_text(JsonNode *fields)
{
    GString *out = g_string_new(NULL);
    append_sorted(out, fields, false);
    return g_string_free(out, FALSE);
}
