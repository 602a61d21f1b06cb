#include "diff/facts.h"

#include "diff/words.h"
#include "model/canonical.h"

static void append_line(GString *out, const char *line)
{
    g_autofree char *shown = of_text_escape(line, -1);
    g_string_append_printf(out, "%s\n", shown);
}

static bool is_list_of_mappings(JsonNode *value)
{
    JsonArray *array = JSON_NODE_HOLDS_ARRAY(value) ? json_node_get_array(value) : NULL;
    return array != NULL && json_array_get_length(array) > 0 && JSON_NODE_HOLDS_OBJECT(json_array_get_element(array, 0));
}

static void write_value(GString *out, const char *head, const char *field, JsonNode *value)
{
    g_autoptr(GString) line = g_string_new(NULL);
    g_string_printf(line, "%s %s: ", head, field);
    of_words_append_value(line, value);
    append_line(out, line->str);
}

static void write_field(GString *out, const char *head, const char *field, JsonNode *value)
{
    if (!is_list_of_mappings(value)) {
        write_value(out, head, field, value);
        return;
    }
    JsonArray *array = json_node_get_array(value);
    for (guint i = 0; i < json_array_get_length(array); i++) {
        write_value(out, head, field, json_array_get_element(array, i));
    }
}

static void write_item(GString *out, const OfStory *story, OfItemKind kind, const OfItem *item)
{
    g_autoptr(JsonNode) node = of_item_fields(story, kind, item);
    JsonObject *fields = json_node_get_object(node);
    g_autoptr(GString) head = g_string_new(of_kind_name(kind));
    if (item != NULL && item->id == NULL) {
        g_string_append(head, ": ");
        of_words_append_value(head, node);
        append_line(out, head->str);
        return;
    }
    if (item != NULL) {
        g_string_append_printf(head, " %s", item->id);
    }
    if (item != NULL && json_object_get_size(fields) == 0) {
        append_line(out, head->str);
    }
    JsonObjectIter iter;
    const char *field;
    JsonNode *value;
    json_object_iter_init_ordered(&iter, fields);
    while (json_object_iter_next_ordered(&iter, &field, &value)) {
        write_field(out, head->str, field, value);
    }
}

void of_facts_write(GString *out, const OfStory *story)
{
    const struct {
        OfItemKind kind;
        gconstpointer items; /* an array of pointers to what begins with an OfItem */
        guint n;
    } lists[] = {
        {OF_ITEM_SOURCE, story->sources.items, story->sources.n}, {OF_ITEM_STRATEGY, story->strategies.items, story->strategies.n},
        {OF_ITEM_LAB, story->labs.items, story->labs.n},          {OF_ITEM_GROUP, story->groups.items, story->groups.n},
        {OF_ITEM_PERSON, story->people.items, story->people.n},   {OF_ITEM_EVENT, story->events.items, story->events.n},
        {OF_ITEM_CLAIM, story->claims.items, story->claims.n},    {OF_ITEM_VIEW, story->views.items, story->views.n},
    };
    write_item(out, story, OF_ITEM_STORY, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(lists); i++) {
        const OfItem *const *items = lists[i].items;
        for (guint k = 0; k < lists[i].n; k++) {
            write_item(out, story, lists[i].kind, items[k]);
        }
    }
}
