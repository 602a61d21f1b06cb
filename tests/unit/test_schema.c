#include "model/schema.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "model/options.h"

typedef struct {
    JsonParser *parser;
    JsonObject *root, *definitions;
} Schema;

static void schema_init(Schema *schema)
{
    g_autofree char *text = of_schema_write(), *again = of_schema_write();
    g_assert_cmpstr(text, ==, again);
    g_assert_true(g_str_has_suffix(text, "}\n"));
    schema->parser = json_parser_new();
    GError *error = NULL;
    json_parser_load_from_data(schema->parser, text, -1, &error);
    g_assert_no_error(error);
    schema->root = json_node_get_object(json_parser_get_root(schema->parser));
    schema->definitions = json_object_get_object_member(schema->root, "$defs");
}

static void schema_clear(Schema *schema)
{
    g_object_unref(schema->parser);
}

static JsonObject *schema_of(const Schema *schema, OfSchemaKind kind)
{
    return kind == OF_SCHEMA_FILE ? schema->root : json_object_get_object_member(schema->definitions, of_schema_kind_name(kind));
}

static bool array_has(JsonArray *array, const char *text)
{
    for (guint i = 0; i < json_array_get_length(array); i++) {
        if (strcmp(json_array_get_string_element(array, i), text) == 0) {
            return true;
        }
    }
    return false;
}

/* Each key of the table stands in the schema of its kind, and nothing else does. */
static void test_properties(void)
{
    Schema schema;
    schema_init(&schema);
    for (guint kind = 0; kind < OF_N_SCHEMA_KINDS; kind++) {
        JsonObject *object = schema_of(&schema, (OfSchemaKind) kind);
        g_assert_nonnull(object);
        g_assert_false(json_object_get_boolean_member(object, "additionalProperties"));
        JsonObject *properties = json_object_get_object_member(object, "properties");
        g_autoptr(GHashTable) keys = g_hash_table_new(g_str_hash, g_str_equal);
        guint n;
        const OfKeyInfo *rows = of_schema_keys((OfSchemaKind) kind, &n);
        for (guint i = 0; i < n; i++) {
            g_assert_true(json_object_has_member(properties, rows[i].key));
            g_hash_table_add(keys, (gpointer) (gsize) rows[i].key);
            if (rows[i].required == OF_EVENTS_ALL) {
                g_assert_true(array_has(json_object_get_array_member(object, "required"), rows[i].key));
            }
        }
        for (const OfOptionInfo *option = of_option_table(); kind == OF_SCHEMA_VIEW && option->name != NULL; option++) {
            g_assert_true(json_object_has_member(properties, option->name));
            g_hash_table_add(keys, (gpointer) (gsize) option->name);
        }
        g_assert_cmpuint(json_object_get_size(properties), ==, g_hash_table_size(keys));
    }
    schema_clear(&schema);
}

/* Each type of event has a branch that lists its keys, those that are required, and its own meaning of `to`. */
static void test_event_types(void)
{
    Schema schema;
    schema_init(&schema);
    JsonArray *branches = json_object_get_array_member(schema_of(&schema, OF_SCHEMA_EVENT), "allOf");
    g_assert_cmpuint(json_array_get_length(branches), ==, OF_N_EVENT_TYPES);
    for (guint type = 0; type < OF_N_EVENT_TYPES; type++) {
        JsonObject *branch = json_array_get_object_element(branches, type);
        JsonObject *condition = json_object_get_object_member(json_object_get_object_member(branch, "if"), "properties");
        const char *name = json_object_get_string_member(json_object_get_object_member(condition, "type"), "const");
        g_assert_cmpstr(name, ==, of_event_type_info((OfEventType) type)->name);
        JsonObject *then = json_object_get_object_member(branch, "then");
        JsonArray *names = json_object_get_array_member(json_object_get_object_member(then, "propertyNames"), "enum");
        guint n;
        const OfKeyInfo *rows = of_schema_keys(OF_SCHEMA_EVENT, &n);
        for (guint i = 0; i < n; i++) {
            bool takes = of_schema_find_key(OF_SCHEMA_EVENT, OF_EVENT_BIT(type), rows[i].key) != NULL;
            g_assert_true(array_has(names, rows[i].key) == takes);
            if ((rows[i].required & OF_EVENT_BIT(type)) && rows[i].required != OF_EVENTS_ALL) {
                g_assert_true(array_has(json_object_get_array_member(then, "required"), rows[i].key));
            }
        }
    }
    schema_clear(&schema);
}

static void check_references(const Schema *schema, JsonNode *node, guint *n)
{
    if (JSON_NODE_HOLDS_ARRAY(node)) {
        JsonArray *array = json_node_get_array(node);
        for (guint i = 0; i < json_array_get_length(array); i++) {
            check_references(schema, json_array_get_element(array, i), n);
        }
    } else if (JSON_NODE_HOLDS_OBJECT(node)) {
        JsonObjectIter members;
        const char *name;
        JsonNode *member;
        json_object_iter_init(&members, json_node_get_object(node));
        while (json_object_iter_next(&members, &name, &member)) {
            if (strcmp(name, "$ref") == 0) {
                const char *target = json_node_get_string(member);
                g_assert_true(g_str_has_prefix(target, "#/$defs/"));
                g_assert_true(json_object_has_member(schema->definitions, target + strlen("#/$defs/")));
                ++*n;
            } else {
                check_references(schema, member, n);
            }
        }
    }
}

static void test_references(void)
{
    Schema schema;
    schema_init(&schema);
    guint n = 0;
    check_references(&schema, json_parser_get_root(schema.parser), &n);
    g_assert_cmpuint(n, >, 100);
    schema_clear(&schema);
}

/* The pattern of dates agrees with what reads them. */
static void test_date_pattern(void)
{
    Schema schema;
    schema_init(&schema);
    JsonArray *choices = json_object_get_array_member(json_object_get_object_member(schema.definitions, "date"), "anyOf");
    const char *pattern = json_object_get_string_member(json_array_get_object_element(choices, 0), "pattern");
    g_autoptr(GRegex) regex = g_regex_new(pattern, G_REGEX_DOLLAR_ENDONLY, 0, NULL);
    g_assert_nonnull(regex);
    static const char *const texts[] = {
        "2023",    "2023-04",  "2023-04-28",      "2023-04~",   "2023?",      "2023-04-28%",      "2023-33", "2023-36~",
        "2023-Q1", "2023-Q4?", "2023-02/2023-04", "../2023-04", "2023-04/..", "2023-Q1/2023-Q2~", "0000",    "9999-12-31",
        "2023-13", "2023-00",  "2023-37",         "2023-Q5",    "2023-04-32", "2023-04-00",       "../..",   "2023/",
        "/2023",   "99999",    "yesterday",       "",           " 2023",      "2023-4",           "2023~~",  "2023-33-01",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        OfDate date;
        g_test_message("%s", texts[i]);
        g_assert_true(g_regex_match(regex, texts[i], 0, NULL) == of_date_parse(texts[i], &date, NULL));
    }
    schema_clear(&schema);
}

/* What the rest of the program takes for granted of the table. */
static void test_table(void)
{
    for (guint kind = 0; kind < OF_N_SCHEMA_KINDS; kind++) {
        guint n;
        const OfKeyInfo *rows = of_schema_keys((OfSchemaKind) kind, &n);
        g_assert_cmpuint(n, <=, 64); /* sets of rows are bits of one word */
        for (guint i = 0; i < n; i++) {
            g_assert_cmpuint(strlen(rows[i].summary), >, 0);
            g_assert_cmpuint(rows[i].required & ~rows[i].events, ==, 0);
            g_assert_true((rows[i].choices != NULL) == (rows[i].value == OF_VALUE_CHOICE));
            g_assert_true((rows[i].pattern != NULL) == (rows[i].value == OF_VALUE_PATTERN));
            for (guint k = 0; k < i; k++) { /* no type of event has two rows of one key */
                g_assert_true(strcmp(rows[i].key, rows[k].key) != 0 || !(rows[i].events & rows[k].events));
            }
        }
    }
    guint n_rules;
    const OfRule *rules = of_schema_rules(&n_rules);
    for (guint i = 0; i < n_rules; i++) {
        for (guint k = 0; rules[i].keys[k] != NULL; k++) {
            g_assert_nonnull(of_schema_find_key(rules[i].kind, rules[i].events, rules[i].keys[k]));
        }
    }
}

static void test_ids(void)
{
    static const char *const good[] = {"a", "0", "no", "1e3", "2024", "a.b-c_d", "nulls"};
    static const char *const bad[] = {"", "~", "null", "A", "-a", ".a", "_a", "a b", "a:b", "a/b", "\xc3\xa9", "a\n"};
    for (gsize i = 0; i < G_N_ELEMENTS(good); i++) {
        g_assert_true(of_id_is_valid(good[i]));
    }
    for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_assert_false(of_id_is_valid(bad[i]));
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/schema/properties", test_properties);
    g_test_add_func("/schema/event-types", test_event_types);
    g_test_add_func("/schema/references", test_references);
    g_test_add_func("/schema/date-pattern", test_date_pattern);
    g_test_add_func("/schema/table", test_table);
    g_test_add_func("/schema/ids", test_ids);
    return g_test_run();
}
