#include "diff/json_text.h"

#include "base/number.h"

void of_json_append_text(GString *out, const char *text)
{
    g_string_append_c(out, '"');
    for (const char *p = text; *p != '\0'; p++) {
        if (*p == '"' || *p == '\\') {
            g_string_append_c(out, '\\');
            g_string_append_c(out, *p);
        } else if ((guchar) *p < 0x20) {
            g_string_append_printf(out, "\\u%04x", (guint) (guchar) *p);
        } else {
            g_string_append_c(out, *p);
        }
    }
    g_string_append_c(out, '"');
}

static void append_value(GString *out, JsonNode *node)
{
    switch (json_node_get_value_type(node)) {
    case G_TYPE_STRING:
        of_json_append_text(out, json_node_get_string(node));
        break;
    case G_TYPE_BOOLEAN:
        g_string_append(out, json_node_get_boolean(node) ? "true" : "false");
        break;
    case G_TYPE_DOUBLE:
        of_number_append_exact(out, json_node_get_double(node));
        break;
    default:
        g_string_append_printf(out, "%" G_GINT64_FORMAT, json_node_get_int(node));
    }
}

static void append_object(GString *out, JsonObject *object)
{
    JsonObjectIter iter;
    const char *name;
    JsonNode *value;
    bool first = true;
    g_string_append_c(out, '{');
    json_object_iter_init_ordered(&iter, object);
    while (json_object_iter_next_ordered(&iter, &name, &value)) {
        g_string_append(out, first ? "" : ",");
        of_json_append_text(out, name);
        g_string_append_c(out, ':');
        of_json_append(out, value);
        first = false;
    }
    g_string_append_c(out, '}');
}

void of_json_append(GString *out, JsonNode *node)
{
    if (JSON_NODE_HOLDS_OBJECT(node)) {
        append_object(out, json_node_get_object(node));
    } else if (JSON_NODE_HOLDS_ARRAY(node)) {
        JsonArray *array = json_node_get_array(node);
        g_string_append_c(out, '[');
        for (guint i = 0; i < json_array_get_length(array); i++) {
            g_string_append(out, i > 0 ? "," : "");
            of_json_append(out, json_array_get_element(array, i));
        }
        g_string_append_c(out, ']');
    } else if (JSON_NODE_HOLDS_NULL(node)) {
        g_string_append(out, "null");
    } else {
        append_value(out, node);
    }
}

char *of_json_text(JsonNode *node)
{
    GString *out = g_string_new(NULL);
    of_json_append(out, node);
    return g_string_free(out, FALSE);
}

JsonNode *of_json_copy(JsonNode *node)
{
    JsonNode *copy;
    if (JSON_NODE_HOLDS_OBJECT(node)) {
        JsonObject *object = json_object_new();
        JsonObjectIter iter;
        const char *name;
        JsonNode *value;
        json_object_iter_init_ordered(&iter, json_node_get_object(node));
        while (json_object_iter_next_ordered(&iter, &name, &value)) {
            json_object_set_member(object, name, of_json_copy(value));
        }
        copy = json_node_new(JSON_NODE_OBJECT);
        json_node_take_object(copy, object);
    } else if (JSON_NODE_HOLDS_ARRAY(node)) {
        JsonArray *from = json_node_get_array(node), *array = json_array_sized_new(json_array_get_length(from));
        for (guint i = 0; i < json_array_get_length(from); i++) {
            json_array_add_element(array, of_json_copy(json_array_get_element(from, i)));
        }
        copy = json_node_new(JSON_NODE_ARRAY);
        json_node_take_array(copy, array);
    } else {
        copy = json_node_copy(node);
    }
    return copy;
}
