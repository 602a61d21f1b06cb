/* The table of keys as a JSON Schema (draft 2020-12), for editors and for other programs. */
#include "model/schema.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "model/options.h"

/* ---- Pieces of JSON. What is handed in is taken over. ---- */

static JsonArray *array_of_texts(const char *const *texts)
{
    JsonArray *array = json_array_new();
    for (guint i = 0; texts[i] != NULL; i++) {
        json_array_add_string_element(array, texts[i]);
    }
    return array;
}

/* {"$ref": "#/$defs/NAME"} */
static JsonObject *reference_to(const char *name)
{
    g_autofree char *pointer = g_strdup_printf("#/$defs/%s", name);
    JsonObject *object = json_object_new();
    json_object_set_string_member(object, "$ref", pointer);
    return object;
}

static JsonObject *of_type(const char *type)
{
    JsonObject *object = json_object_new();
    json_object_set_string_member(object, "type", type);
    return object;
}

/* A scalar of YAML that is taken as the text it is written as: an editor may see a number or a truth value in it. */
static JsonObject *scalar_text(const char *pattern)
{
    JsonObject *object = json_object_new();
    json_object_set_array_member(object, "type", array_of_texts((const char *const[]){"string", "number", "boolean", NULL}));
    if (pattern != NULL) {
        json_object_set_string_member(object, "pattern", pattern);
    }
    return object;
}

static JsonObject *list_of(JsonObject *item)
{
    JsonObject *list = of_type("array");
    json_object_set_object_member(list, "items", item);
    return list;
}

static JsonObject *any_of(JsonObject *first, JsonObject *second)
{
    JsonArray *choices = json_array_new();
    json_array_add_object_element(choices, first);
    json_array_add_object_element(choices, second);
    JsonObject *object = json_object_new();
    json_object_set_array_member(object, "anyOf", choices);
    return object;
}

/* A mapping whose keys are ids. */
static JsonObject *map_of(JsonObject *value)
{
    JsonObject *map = of_type("object");
    json_object_set_object_member(map, "propertyNames", reference_to("id"));
    json_object_set_object_member(map, "additionalProperties", value);
    return map;
}

/* ---- Values ---- */

#define DATE_PART    "[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?|-3[3-6]|-Q[1-4])?[~?%]?"
#define DATE_PATTERN "^(" DATE_PART "(/(" DATE_PART "|\\.\\.))?|\\.\\./" DATE_PART ")$"
#define URL_PATTERN  "^([Hh][Tt][Tt][Pp][Ss]?://[^\\s/]|[Mm][Aa][Ii][Ll][Tt][Oo]:[^\\s]*@)[^\\s]*$"

static JsonObject *date_schema(void)
{
    JsonObject *year = of_type("integer"); /* `2023` without quotes */
    json_object_set_int_member(year, "minimum", 0);
    json_object_set_int_member(year, "maximum", 9999);
    JsonObject *text = of_type("string");
    json_object_set_string_member(text, "pattern", DATE_PATTERN);
    JsonObject *date = any_of(text, year);
    json_object_set_string_member(
        date, "description",
        "A date in EDTF: 2023, 2023-04, 2023-04-28, 2023-Q2; approximate 2023-04~, uncertain 2023-04?, both "
        "2023-04%; sometime in 2023-02/2023-04; open ends ../2023-04 and 2023-04/..");
    return date;
}

static JsonObject *id_schema(void)
{
    JsonObject *null_id = json_object_new();
    json_object_set_string_member(null_id, "const", "null");
    JsonObject *id = scalar_text("^" OF_ID_PATTERN "$");
    json_object_set_object_member(id, "not", null_id);
    json_object_set_string_member(id, "description", "An id: letters a-z, digits, `.`, `_` and `-`");
    return id;
}

static JsonObject *label_schema(void)
{
    JsonObject *label = scalar_text("\\S");
    json_object_set_string_member(label, "description", "A text that is drawn on one line");
    return label;
}

static JsonObject *version_value(G_GNUC_UNUSED const OfKeyInfo *row)
{
    JsonObject *value = json_object_new();
    json_object_set_int_member(value, "const", 1);
    return value;
}

static JsonObject *text_value(G_GNUC_UNUSED const OfKeyInfo *row)
{
    return scalar_text(NULL);
}

static JsonObject *label_value(G_GNUC_UNUSED const OfKeyInfo *row)
{
    return reference_to("label");
}

static JsonObject *pattern_value(const OfKeyInfo *row)
{
    JsonObject *value = of_type("string");
    json_object_set_string_member(value, "pattern", row->pattern);
    json_object_set_array_member(value, "examples", array_of_texts((const char *const[]){row->example, NULL}));
    return value;
}

static JsonObject *id_value(G_GNUC_UNUSED const OfKeyInfo *row)
{
    return reference_to("id");
}

static JsonObject *ids_value(G_GNUC_UNUSED const OfKeyInfo *row)
{
    return any_of(list_of(reference_to("id")), reference_to("id"));
}

static JsonObject *labels_value(G_GNUC_UNUSED const OfKeyInfo *row)
{
    return any_of(list_of(reference_to("label")), reference_to("label"));
}

/* Events can be named by a key such as `move:lample:2023-04`, which is no id. */
static JsonObject *target_value(const OfKeyInfo *row)
{
    return reference_to(row->refers == OF_ITEM_EVENT ? "label" : "id");
}

static JsonObject *parts_value(const OfKeyInfo *row)
{
    JsonObject *parts = map_of(any_of(ids_value(row), of_type("null")));
    json_object_set_int_member(parts, "minProperties", 1);
    return parts;
}

static JsonObject *date_value(G_GNUC_UNUSED const OfKeyInfo *row)
{
    return reference_to("date");
}

static JsonObject *bool_value(G_GNUC_UNUSED const OfKeyInfo *row)
{
    return of_type("boolean");
}

static JsonObject *integer_value(const OfKeyInfo *row)
{
    JsonObject *value = of_type("integer");
    json_object_set_int_member(value, "minimum", (gint64) row->least);
    return value;
}

static JsonObject *number_value(const OfKeyInfo *row)
{
    JsonObject *value = of_type("number");
    json_object_set_double_member(value, "minimum", row->least);
    json_object_set_double_member(value, "maximum", row->most);
    return value;
}

static JsonObject *choice_value(const OfKeyInfo *row)
{
    JsonObject *value = json_object_new();
    json_object_set_array_member(value, "enum", array_of_texts(row->choices));
    return value;
}

/* Each type with its meaning, which editors show beside it. */
static JsonObject *event_type_value(G_GNUC_UNUSED const OfKeyInfo *row)
{
    JsonArray *types = json_array_new();
    for (guint i = 0; i < OF_N_EVENT_TYPES; i++) {
        const OfEventTypeInfo *info = of_event_type_info((OfEventType) i);
        JsonObject *type = json_object_new();
        json_object_set_string_member(type, "const", info->name);
        json_object_set_string_member(type, "description", info->meaning);
        json_array_add_object_element(types, type);
    }
    JsonObject *value = json_object_new();
    json_object_set_array_member(value, "oneOf", types);
    return value;
}

static JsonObject *view_type_value(G_GNUC_UNUSED const OfKeyInfo *row)
{
    JsonObject *value = json_object_new();
    json_object_set_array_member(value, "enum", array_of_texts(of_schema_view_types));
    return value;
}

static JsonObject *color_value(G_GNUC_UNUSED const OfKeyInfo *row)
{
    JsonObject *value = of_type("string");
    json_object_set_string_member(value, "pattern", "^#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$");
    return value;
}

static JsonObject *url_value(G_GNUC_UNUSED const OfKeyInfo *row)
{
    JsonObject *value = of_type("string");
    json_object_set_string_member(value, "pattern", URL_PATTERN);
    return value;
}

static JsonObject *mappings_value(const OfKeyInfo *row)
{
    return list_of(reference_to(of_schema_kind_name(row->holds)));
}

static JsonObject *map_value(const OfKeyInfo *row)
{
    return map_of(reference_to(of_schema_kind_name(row->holds)));
}

static JsonObject *(*const writers[OF_N_VALUES])(const OfKeyInfo *row) = {
    [OF_VALUE_VERSION] = version_value,
    [OF_VALUE_TEXT] = text_value,
    [OF_VALUE_LABEL] = label_value,
    [OF_VALUE_PATTERN] = pattern_value,
    [OF_VALUE_ID] = id_value,
    [OF_VALUE_IDS] = ids_value,
    [OF_VALUE_TAGS] = labels_value,
    [OF_VALUE_REFERENCE] = id_value,
    [OF_VALUE_REFERENCES] = ids_value,
    [OF_VALUE_TARGET] = target_value,
    [OF_VALUE_PARTS] = parts_value,
    [OF_VALUE_DATE] = date_value,
    [OF_VALUE_BOOL] = bool_value,
    [OF_VALUE_INTEGER] = integer_value,
    [OF_VALUE_NUMBER] = number_value,
    [OF_VALUE_CHOICE] = choice_value,
    [OF_VALUE_EVENT_TYPE] = event_type_value,
    [OF_VALUE_VIEW_TYPE] = view_type_value,
    [OF_VALUE_COLOR] = color_value,
    [OF_VALUE_URL] = url_value,
    [OF_VALUE_MAPPINGS] = mappings_value,
    [OF_VALUE_MAP] = map_value,
};

static JsonObject *schema_of_row(const OfKeyInfo *row)
{
    JsonObject *schema = writers[row->value](row);
    json_object_set_string_member(schema, "description", row->summary);
    return schema;
}

static JsonObject *schema_of_option(const OfOptionInfo *option)
{
    JsonObject *schema;
    switch (option->kind) {
    case OF_OPTION_LIST:
        schema = labels_value(NULL);
        break;
    case OF_OPTION_DATE:
        schema = date_value(NULL);
        break;
    case OF_OPTION_DATES:
        schema = any_of(date_value(NULL), list_of(date_value(NULL)));
        break;
    case OF_OPTION_CHOICE:
        schema = json_object_new();
        json_object_set_array_member(schema, "enum", array_of_texts(option->choices));
        break;
    case OF_OPTION_NUMBER:
        schema = of_type("number");
        json_object_set_int_member(schema, "exclusiveMinimum", 0);
        break;
    case OF_OPTION_FLAG:
        schema = of_type("boolean");
        break;
    case OF_OPTION_TEXT:
    default:
        schema = label_value(NULL);
        break;
    }
    json_object_set_string_member(schema, "description", option->summary);
    return schema;
}

/* ---- Kinds of mappings ---- */

static void set_true(JsonObject *properties, const char *key)
{
    json_object_set_boolean_member(properties, key, TRUE);
}

/* The keys of a kind. Of an event's, those that only some types take are listed here and described with each type. */
static JsonObject *properties_of(OfSchemaKind kind)
{
    JsonObject *properties = json_object_new();
    guint n;
    const OfKeyInfo *rows = of_schema_keys(kind, &n);
    for (guint i = 0; i < n; i++) {
        if (json_object_has_member(properties, rows[i].key)) {
            continue;
        }
        if (kind == OF_SCHEMA_EVENT && rows[i].events != OF_EVENTS_ALL) {
            set_true(properties, rows[i].key);
        } else {
            json_object_set_object_member(properties, rows[i].key, schema_of_row(&rows[i]));
        }
    }
    for (const OfOptionInfo *option = of_option_table(); kind == OF_SCHEMA_VIEW && option->name != NULL; option++) {
        if (!json_object_has_member(properties, option->name)) {
            json_object_set_object_member(properties, option->name, schema_of_option(option));
        }
    }
    return properties;
}

/* The keys that must be there for all of events; without those that must be there always, if beyond. */
static JsonArray *required_of(OfSchemaKind kind, guint32 events, bool beyond)
{
    JsonArray *required = json_array_new();
    guint n;
    const OfKeyInfo *rows = of_schema_keys(kind, &n);
    for (guint i = 0; i < n; i++) {
        if ((rows[i].required & events) == events && !(beyond && rows[i].required == OF_EVENTS_ALL)) {
            json_array_add_string_element(required, rows[i].key);
        }
    }
    return required;
}

/* {"required": [keys]} */
static JsonObject *requiring(const char *first, const char *second)
{
    JsonObject *object = json_object_new();
    json_object_set_array_member(object, "required", array_of_texts((const char *const[]){first, second, NULL}));
    return object;
}

static JsonObject *schema_of_rule(const OfRule *rule)
{
    JsonObject *schema = json_object_new();
    if (rule->rule == OF_RULE_NEEDS) {
        JsonObject *needs = json_object_new();
        json_object_set_array_member(needs, rule->keys[0], array_of_texts((const char *const[]){rule->keys[1], NULL}));
        json_object_set_object_member(schema, "dependentRequired", needs);
    } else if (rule->rule == OF_RULE_NOT_BOTH) {
        json_object_set_object_member(schema, "not", requiring(rule->keys[0], rule->keys[1]));
    } else {
        JsonArray *choices = json_array_new();
        for (guint i = 0; rule->keys[i] != NULL; i++) {
            json_array_add_object_element(choices, requiring(rule->keys[i], NULL));
        }
        json_object_set_array_member(schema, rule->rule == OF_RULE_ONE_OF ? "oneOf" : "anyOf", choices);
    }
    return schema;
}

/* Adds the rules that hold for all of events; without those that always hold, if beyond. */
static void add_rules(JsonArray *all, OfSchemaKind kind, guint32 events, bool beyond)
{
    guint n;
    const OfRule *rules = of_schema_rules(&n);
    for (guint i = 0; i < n; i++) {
        if (rules[i].kind == kind && (rules[i].events & events) == events && !(beyond && rules[i].events == OF_EVENTS_ALL)) {
            json_array_add_object_element(all, schema_of_rule(&rules[i]));
        }
    }
}

/* Sets an array, or leaves it away where it is empty. */
static void set_unless_empty(JsonObject *object, const char *name, JsonArray *array)
{
    if (json_array_get_length(array) > 0) {
        json_object_set_array_member(object, name, array);
    } else {
        json_array_unref(array);
    }
}

/* What holds for events of one type: {"if": {"properties": {"type": {"const": …}}}, "then": …} */
static JsonObject *schema_of_event_type(OfEventType type)
{
    guint n;
    const OfKeyInfo *rows = of_schema_keys(OF_SCHEMA_EVENT, &n);
    JsonArray *names = json_array_new(), *rules = json_array_new();
    JsonObject *own = json_object_new();
    for (guint i = 0; i < n; i++) {
        if (rows[i].events & OF_EVENT_BIT(type)) {
            json_array_add_string_element(names, rows[i].key);
            if (rows[i].events != OF_EVENTS_ALL) {
                json_object_set_object_member(own, rows[i].key, schema_of_row(&rows[i]));
            }
        }
    }
    JsonObject *name = json_object_new(), *then = json_object_new();
    json_object_set_array_member(name, "enum", names);
    json_object_set_object_member(then, "properties", own);
    json_object_set_object_member(then, "propertyNames", name);
    set_unless_empty(then, "required", required_of(OF_SCHEMA_EVENT, OF_EVENT_BIT(type), true));
    add_rules(rules, OF_SCHEMA_EVENT, OF_EVENT_BIT(type), true);
    set_unless_empty(then, "allOf", rules);

    JsonObject *is = json_object_new(), *types = json_object_new(), *branch = json_object_new();
    json_object_set_string_member(is, "const", of_event_type_info(type)->name);
    json_object_set_object_member(types, "type", is);
    JsonObject *condition = requiring("type", NULL);
    json_object_set_object_member(condition, "properties", types);
    json_object_set_object_member(branch, "if", condition);
    json_object_set_object_member(branch, "then", then);
    return branch;
}

/* Fills the schema of one kind. */
static void describe_kind(JsonObject *schema, OfSchemaKind kind)
{
    JsonArray *all = json_array_new();
    json_object_set_string_member(schema, "description", of_schema_kind_summary(kind));
    json_object_set_string_member(schema, "type", "object");
    json_object_set_object_member(schema, "properties", properties_of(kind));
    set_unless_empty(schema, "required", required_of(kind, OF_EVENTS_ALL, false));
    json_object_set_boolean_member(schema, "additionalProperties", FALSE);
    add_rules(all, kind, OF_EVENTS_ALL, false);
    for (guint type = 0; kind == OF_SCHEMA_EVENT && type < OF_N_EVENT_TYPES; type++) {
        json_array_add_object_element(all, schema_of_event_type((OfEventType) type));
    }
    set_unless_empty(schema, "allOf", all);
}

char *of_schema_write(void)
{
    g_autoptr(JsonObject) root = json_object_new();
    json_object_set_string_member(root, "$schema", "https://json-schema.org/draft/2020-12/schema");
    json_object_set_string_member(root, "title", "orgflow, format version 1");
    describe_kind(root, OF_SCHEMA_FILE);
    JsonObject *definitions = json_object_new();
    json_object_set_object_member(definitions, "id", id_schema());
    json_object_set_object_member(definitions, "label", label_schema());
    json_object_set_object_member(definitions, "date", date_schema());
    for (guint kind = OF_SCHEMA_FILE + 1; kind < OF_N_SCHEMA_KINDS; kind++) {
        const char *name = of_schema_kind_name((OfSchemaKind) kind);
        JsonObject *definition = json_object_new();
        json_object_set_string_member(definition, "title", name);
        describe_kind(definition, (OfSchemaKind) kind);
        json_object_set_object_member(definitions, name, definition);
    }
    json_object_set_object_member(root, "$defs", definitions);

    g_autoptr(JsonNode) node = json_node_init_object(json_node_alloc(), root);
    g_autoptr(JsonGenerator) generator = json_generator_new();
    json_generator_set_pretty(generator, TRUE);
    json_generator_set_root(generator, node);
    g_autofree char *text = json_generator_to_data(generator, NULL);
    return g_strconcat(text, "\n", NULL);
}
