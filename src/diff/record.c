#include "diff/record.h"

#include <string.h>

#include "base/shorten.h"
#include "diff/renames.h"

#define MOST_DEPTH 32

/* Where in the record one is: "change 3, field 1". */
typedef struct {
    const OfRecord *record;
    guint change, field; /* from 1; 0: in none */
    GError **error;
} Reading;

static bool fail(const Reading *reading, const char *format, ...) G_GNUC_PRINTF(2, 3);

static bool fail(const Reading *reading, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *words = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_autofree char *field = reading->field > 0 ? g_strdup_printf(", field %u", reading->field) : g_strdup("");
    g_autofree char *place = reading->change > 0 ? g_strdup_printf("change %u%s: ", reading->change, field) : g_strdup("");
    g_set_error(reading->error, OF_ERROR, OF_ERROR_DATA, "`%s`: %s%s", reading->record->name, place, words);
    return false;
}

static void free_change(gpointer data)
{
    OfRecordChange *change = data;
    if (change->fields != NULL) {
        g_array_unref(change->fields);
    }
    g_free(change);
}

void of_record_free(OfRecord *record)
{
    if (record != NULL) {
        g_ptr_array_unref(record->changes);
        g_object_unref(record->parser);
        g_free(record->name);
        g_free(record);
    }
}

/* ---- Members ---- */

static JsonNode *member(JsonObject *object, const char *name)
{
    return json_object_get_member(object, name);
}

/* A member that is a text of UTF-8; NULL where there is none. Returns false where it is something else, or missing though it must be there. */
static bool read_text(const Reading *reading, JsonObject *object, const char *name, bool required, const char **text)
{
    JsonNode *node = member(object, name);
    *text = NULL;
    if (node == NULL || JSON_NODE_HOLDS_NULL(node)) {
        return !required || fail(reading, "`%s` is missing", name);
    }
    if (!JSON_NODE_HOLDS_VALUE(node) || json_node_get_value_type(node) != G_TYPE_STRING) {
        return fail(reading, "`%s` is no text", name);
    }
    *text = json_node_get_string(node);
    return g_utf8_validate(*text, -1, NULL) || fail(reading, "`%s` is no UTF-8", name);
}

static bool read_object(const Reading *reading, JsonObject *object, const char *name, bool required, JsonObject **inner)
{
    JsonNode *node = member(object, name);
    *inner = node != NULL && JSON_NODE_HOLDS_OBJECT(node) ? json_node_get_object(node) : NULL;
    if (node == NULL) {
        return !required || fail(reading, "`%s` is missing", name);
    }
    return *inner != NULL || fail(reading, "`%s` is no object", name);
}

static bool read_array(const Reading *reading, JsonObject *object, const char *name, JsonArray **array)
{
    JsonNode *node = member(object, name);
    *array = node != NULL && JSON_NODE_HOLDS_ARRAY(node) ? json_node_get_array(node) : NULL;
    return *array != NULL || fail(reading, node == NULL ? "`%s` is missing" : "`%s` is no list", name);
}

/* Whether a value can be one of an item: texts of UTF-8, numbers, truth values, and lists and objects of them. */
static bool check_value(const Reading *reading, JsonNode *node, const char *name)
{
    if (JSON_NODE_HOLDS_NULL(node)) {
        return fail(reading, "`%s` holds null", name);
    }
    if (JSON_NODE_HOLDS_ARRAY(node)) {
        JsonArray *array = json_node_get_array(node);
        for (guint i = 0; i < json_array_get_length(array); i++) {
            if (!check_value(reading, json_array_get_element(array, i), name)) {
                return false;
            }
        }
        return true;
    }
    if (JSON_NODE_HOLDS_OBJECT(node)) {
        JsonObject *object = json_node_get_object(node);
        g_autoptr(GList) names = json_object_get_members(object);
        for (const GList *each = names; each != NULL; each = each->next) {
            if (!g_utf8_validate(each->data, -1, NULL)) {
                return fail(reading, "`%s` has a key that is no UTF-8", name);
            }
            if (!check_value(reading, json_object_get_member(object, each->data), name)) {
                return false;
            }
        }
        return true;
    }
    return json_node_get_value_type(node) != G_TYPE_STRING || g_utf8_validate(json_node_get_string(node), -1, NULL) ||
           fail(reading, "`%s` is no UTF-8", name);
}

/* ---- Changes ---- */

static bool read_field(Reading *reading, JsonNode *node, OfRecordField *field)
{
    if (!JSON_NODE_HOLDS_OBJECT(node)) {
        return fail(reading, "it is no object");
    }
    JsonObject *object = json_node_get_object(node);
    field->before = member(object, "before");
    field->after = member(object, "after");
    if (!read_text(reading, object, "path", true, &field->path) || !read_text(reading, object, "path_to", false, &field->path_to)) {
        return false;
    }
    field->path_to = field->path_to != NULL ? field->path_to : field->path;
    if (field->path[0] != '/' || field->path_to[0] != '/') {
        return fail(reading, "a path begins with `/`");
    }
    if (field->before == NULL && field->after == NULL) {
        return fail(reading, "it has neither `before` nor `after`");
    }
    return (field->before == NULL || check_value(reading, field->before, "before")) &&
           (field->after == NULL || check_value(reading, field->after, "after"));
}

static bool read_fields(Reading *reading, JsonObject *object, OfRecordChange *change)
{
    JsonArray *fields;
    if (!read_array(reading, object, "fields", &fields)) {
        return false;
    }
    change->fields = g_array_new(FALSE, TRUE, sizeof(OfRecordField));
    for (guint i = 0; i < json_array_get_length(fields); i++) {
        OfRecordField field = {NULL, NULL, NULL, NULL};
        reading->field = i + 1;
        if (!read_field(reading, json_array_get_element(fields, i), &field)) {
            return false;
        }
        g_array_append_val(change->fields, field);
    }
    reading->field = 0;
    return true;
}

static bool read_kind(const Reading *reading, const char *name, OfItemKind *kind)
{
    for (*kind = OF_ITEM_STORY; *kind < OF_N_KINDS; (*kind)++) {
        if (g_str_equal(of_kind_name(*kind), name)) {
            return true;
        }
    }
    return fail(reading, "there is no kind `%s` of items", name);
}

/* What `match` says: the key on the old side. */
static bool read_match(const Reading *reading, JsonObject *object, OfRecordChange *change)
{
    JsonObject *match;
    if (!read_object(reading, object, "match", false, &match) ||
        (match != NULL && !read_text(reading, match, "from", false, &change->from_key))) {
        return false;
    }
    change->from_key = change->from_key != NULL ? change->from_key : change->key;
    return true;
}

static bool read_change(Reading *reading, JsonNode *node, OfRecordChange *change)
{
    const char *kind;
    if (!JSON_NODE_HOLDS_OBJECT(node)) {
        return fail(reading, "it is no object");
    }
    JsonObject *object = json_node_get_object(node);
    if (!read_text(reading, object, "verb", true, &change->verb) || !read_text(reading, object, "kind", true, &kind) ||
        !read_text(reading, object, "id", true, &change->key) || !read_kind(reading, kind, &change->kind) ||
        !read_match(reading, object, change) || !read_object(reading, object, "item", false, &change->item)) {
        return false;
    }
    const bool added = g_str_has_suffix(change->verb, ".added"), removed = g_str_has_suffix(change->verb, ".removed");
    change->action = added ? OF_RECORD_ADDED : removed ? OF_RECORD_REMOVED : OF_RECORD_PAIR;
    if (change->action == OF_RECORD_PAIR) {
        return change->item == NULL ? read_fields(reading, object, change)
                                    : fail(reading, "`%s` changes fields, and cannot have an `item`", change->verb);
    }
    if (change->kind == OF_ITEM_STORY) {
        return fail(reading, "the story itself cannot come or go");
    }
    return (change->item != NULL || fail(reading, "`item` is missing")) && check_value(reading, member(object, "item"), "item");
}

static bool read_changes(Reading *reading, JsonObject *root)
{
    JsonArray *changes;
    if (!read_array(reading, root, "changes", &changes)) {
        return false;
    }
    for (guint i = 0; i < json_array_get_length(changes); i++) {
        OfRecordChange *change = g_new0(OfRecordChange, 1);
        g_ptr_array_add(reading->record->changes, change);
        change->number = reading->change = i + 1;
        if (!read_change(reading, json_array_get_element(changes, i), change)) {
            return false;
        }
    }
    reading->change = 0;
    return true;
}

/* ---- The record ---- */

static bool read_digest(const Reading *reading, JsonObject *root, const char *side, const char **digest)
{
    JsonObject *object;
    if (!read_object(reading, root, side, false, &object) ||
        (object != NULL && !read_text(reading, object, "digest", false, digest))) {
        return false;
    }
    if (*digest != NULL && g_str_has_prefix(*digest, "sha256:")) {
        *digest += strlen("sha256:");
    }
    return true;
}

static bool check_head(const Reading *reading, JsonObject *root)
{
    const char *format, *version;
    if (!read_text(reading, root, "format", false, &format) || g_strcmp0(format, "orgflow-diff") != 0) {
        return fail(reading, "this is no record of changes: its `format` is not `orgflow-diff`");
    }
    if (!read_text(reading, root, "format_version", true, &version)) {
        return false;
    }
    /* What a later 1.N adds can be passed over. */
    if (!g_str_has_prefix(version, "1.") || version[2] == '\0' || strspn(version + 2, "0123456789") != strlen(version + 2)) {
        g_autofree char *shown = of_text_shorten(version, -1);
        return fail(reading, "this program reads records of version 1, not `%s`", shown);
    }
    JsonNode *complete = member(root, "complete");
    if (complete == NULL || !JSON_NODE_HOLDS_VALUE(complete) || json_node_get_value_type(complete) != G_TYPE_BOOLEAN) {
        return fail(reading, "`complete` is neither true nor false");
    }
    return json_node_get_boolean(complete) || fail(reading, "the record is filtered: what it leaves out would be missing");
}

static gsize skip_blank(const char *bytes, gsize length, gsize i)
{
    while (i < length && strchr(" \t\r\n", bytes[i]) != NULL) {
        i++;
    }
    return i;
}

/* Whether the record has the outer form of one object: first looked at byte by byte, since the parser calls itself for each bracket, reads
 * comments and single quotes that JSON has not, and of several values takes the last without a word. */
static bool check_form(const Reading *reading, const char *bytes, gsize length)
{
    guint depth = 0;
    gsize i = skip_blank(bytes, length, 0);
    if (i == length || bytes[i] != '{') {
        return fail(reading, "it holds no object");
    }
    do {
        if (bytes[i] == '"') {
            for (i++; i < length && bytes[i] != '"'; i++) {
                i += bytes[i] == '\\';
            }
        } else if (bytes[i] == '{' || bytes[i] == '[') {
            depth++;
        } else if (bytes[i] == '}' || bytes[i] == ']') {
            depth--;
        } else if (!g_ascii_isalnum(bytes[i]) && strchr(" \t\r\n,:+-.", bytes[i]) == NULL) {
            return fail(reading, "it is no JSON: byte %" G_GSIZE_FORMAT " can stand only in a text", i + 1);
        }
        if (depth > MOST_DEPTH) {
            return fail(reading, "its values are nested more than %d deep", MOST_DEPTH);
        }
        i++;
    } while (i < length && depth > 0);
    i = skip_blank(bytes, length, i);
    return i >= length || fail(reading, "it is no JSON: more follows after its object, at byte %" G_GSIZE_FORMAT, i + 1);
}

static bool parse(Reading *reading, const char *bytes, gsize length, const OfLimits *limits)
{
    g_autoptr(GError) error = NULL;
    const gint64 most = limits->value[OF_LIMIT_INPUT_BYTES];
    if ((gint64) length > most) {
        g_set_error(reading->error, OF_ERROR, OF_ERROR_LIMIT, "`%s` holds more than %" G_GINT64_FORMAT " bytes, the limit `%s`",
                    reading->record->name, most, of_limit_info(OF_LIMIT_INPUT_BYTES)->name);
        return false;
    }
    if (length == 0) { /* bytes may be NULL then */
        return fail(reading, "it holds no object");
    }
    if (!g_utf8_validate(bytes, (gssize) length, NULL)) {
        return fail(reading, "it is no UTF-8");
    }
    if (!check_form(reading, bytes, length)) {
        return false;
    }
    if (!json_parser_load_from_data(reading->record->parser, bytes, (gssize) length, &error)) {
        const char *place = g_str_has_prefix(error->message, "<data>:") ? error->message + strlen("<data>:") : error->message;
        return fail(reading, "it is no JSON: %s", place);
    }
    JsonNode *root = json_parser_get_root(reading->record->parser);
    return (root != NULL && JSON_NODE_HOLDS_OBJECT(root)) || fail(reading, "it holds no object");
}

OfRecord *of_record_read(const char *name, const char *bytes, gsize length, const OfLimits *limits, GError **error)
{
    g_autoptr(OfRecord) record = g_new0(OfRecord, 1);
    record->name = of_text_escape(name, -1);
    record->parser = json_parser_new();
    record->changes = g_ptr_array_new_with_free_func(free_change);
    Reading reading = {record, 0, 0, error};
    if (!parse(&reading, bytes, length, limits)) {
        return NULL;
    }
    JsonObject *root = json_node_get_object(json_parser_get_root(record->parser));
    const bool is_read = check_head(&reading, root) && read_digest(&reading, root, "from", &record->from_digest) &&
                         read_digest(&reading, root, "to", &record->to_digest) && read_changes(&reading, root);
    return is_read ? g_steal_pointer(&record) : NULL;
}
