#include "diff/patch.h"

#include <string.h>

#include "base/hash.h"
#include "base/shorten.h"
#include "diff/json_text.h"
#include "model/canonical.h"
#include "model/schema.h"

/* What the changes are done to. */
typedef struct {
    const OfRecord *record;
    OfDraft *draft;
    GHashTable *by_key[OF_N_KINDS]; /* key -> OfDraftEntry */
    GHashTable *used;               /* the entries that a change is about: a set */
    OfIdMap renamed;                /* from the record's old ids to its new ones */
    GPtrArray *ids;                 /* holds the texts of renamed */
    GError **error;
} Patch;

static bool fail(const Patch *patch, const OfRecordChange *change, const char *format, ...) G_GNUC_PRINTF(3, 4);

static bool fail(const Patch *patch, const OfRecordChange *change, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *words = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_autofree char *verb = of_text_shorten(change->verb, -1), *key = of_text_shorten(change->key, -1);
    g_set_error(patch->error, OF_ERROR, OF_ERROR_DATA, "`%s`: change %u, %s `%s`: %s: nothing is changed", patch->record->name,
                change->number, verb, key, words);
    return false;
}

/* A value as a message shows it. Owned by the caller. */
static char *show(JsonNode *value)
{
    if (value == NULL) {
        return g_strdup("nothing");
    }
    g_autofree char *text = of_draft_text(value);
    return of_text_shorten(text, -1);
}

static bool is_same(JsonNode *a, JsonNode *b)
{
    if (a == NULL || b == NULL) {
        return a == b;
    }
    g_autofree char *left = of_draft_text(a), *right = of_draft_text(b);
    return strcmp(left, right) == 0;
}

static void index_entries(Patch *patch)
{
    for (OfItemKind kind = OF_ITEM_STORY; kind < OF_N_KINDS; kind++) {
        patch->by_key[kind] = g_hash_table_new(of_text_hash, g_str_equal);
    }
    for (guint i = 0; i < patch->draft->entries->len; i++) {
        OfDraftEntry *entry = patch->draft->entries->pdata[i];
        g_hash_table_insert(patch->by_key[entry->kind], (gpointer) (gsize) (entry->item != NULL ? entry->item->key : "story"),
                            entry);
    }
}

/* The entry that a change is about, which no other is, or NULL. */
static OfDraftEntry *find_entry(Patch *patch, const OfRecordChange *change)
{
    OfDraftEntry *entry = g_hash_table_lookup(patch->by_key[change->kind], change->from_key);
    g_autofree char *key = of_text_shorten(change->from_key, -1);
    if (entry == NULL) {
        fail(patch, change, "there is no %s `%s`", of_kind_name(change->kind), key);
    } else if (!g_hash_table_add(patch->used, entry)) {
        fail(patch, change, "an earlier change is about the %s `%s` too", of_kind_name(change->kind), key);
        entry = NULL;
    }
    return entry;
}

/* ---- What was before ---- */

/* One step of a JSON pointer (RFC 6901): up to the next `/`. Owned by the caller. */
static char *next_name(const char **path)
{
    const char *start = *path + 1, *end = start + strcspn(start, "/");
    g_autofree char *name = g_strndup(start, (gsize) (end - start));
    GString *plain = g_string_new(name);
    g_string_replace(plain, "~1", "/", 0);
    g_string_replace(plain, "~0", "~", 0);
    *path = end;
    return g_string_free(plain, FALSE);
}

/* "/stints/2/to" or "/stints/2": the index, and what follows it (""). */
static bool is_stint_path(const char *path, guint *index, const char **rest)
{
    if (!g_str_has_prefix(path, "/stints/")) {
        return false;
    }
    const char *at = path + strlen("/stints/");
    const gsize digits = strspn(at, "0123456789");
    if (digits == 0 || digits > 6) {
        return false;
    }
    *index = (guint) g_ascii_strtoull(at, NULL, 10);
    *rest = at + digits;
    return **rest == '\0' || **rest == '/';
}

/* A member at a path of one step, or NULL; name owned by the caller. Returns false where the path has more. */
static bool find_member(JsonObject *object, const char *path, char **name, JsonNode **value)
{
    *name = *path == '/' ? next_name(&path) : NULL;
    *value = *name != NULL ? json_object_get_member(object, *name) : NULL;
    return *name != NULL && *path == '\0';
}

static JsonNode *id_node(const char *id)
{
    JsonNode *node = id != NULL ? json_node_new(JSON_NODE_VALUE) : NULL;
    if (node != NULL) {
        json_node_set_string(node, id);
    }
    return node;
}

/* What stands at a path of a person with stints, or of any item. Returns false where there can be nothing. */
static bool find_value(JsonObject *fields, const char *path, JsonNode **value)
{
    guint index;
    const char *rest;
    g_autofree char *name = NULL;
    *value = NULL;
    if (!is_stint_path(path, &index, &rest)) {
        return find_member(fields, path, &name, value);
    }
    JsonNode *stints = json_object_get_member(fields, "stints");
    JsonArray *array = stints != NULL && JSON_NODE_HOLDS_ARRAY(stints) ? json_node_get_array(stints) : NULL;
    JsonNode *stint = array != NULL && index < json_array_get_length(array) ? json_array_get_element(array, index) : NULL;
    if (*rest == '\0') {
        *value = stint;
        return true;
    }
    return stint != NULL && find_member(json_node_get_object(stint), rest, &name, value);
}

static bool check_field(const Patch *patch, const OfRecordChange *change, const OfRecordField *field, const OfDraftEntry *entry,
                        JsonObject *fields)
{
    JsonNode *found = NULL;
    guint index;
    const char *rest;
    g_autoptr(JsonNode) id = id_node(entry->item != NULL ? entry->item->id : NULL);
    const bool is_id = g_str_equal(field->path, "/id");
    const bool is_new_stint = field->before == NULL && is_stint_path(field->path, &index, &rest) && *rest == '\0';
    if (is_new_stint) {
        return true; /* the index is one of the new side */
    }
    if (!is_id && !find_value(fields, field->path, &found)) {
        return fail(patch, change, "there is no `%s`", field->path);
    }
    if (is_same(is_id ? id : found, field->before)) {
        return true;
    }
    g_autofree char *wanted = show(field->before), *is = show(is_id ? id : found), *path = of_text_shorten(field->path + 1, -1);
    return fail(patch, change, "`%s` is %s where %s was before", path, is, wanted);
}

static bool check_change(Patch *patch, const OfRecordChange *change, const OfDraftEntry *entry)
{
    JsonNode *fields = entry->wishes[0].fields;
    if (change->action == OF_RECORD_REMOVED) {
        g_autoptr(JsonNode) item = json_node_new(JSON_NODE_OBJECT);
        json_node_set_object(item, change->item);
        g_autofree char *wanted = show(item), *is = show(fields);
        return is_same(item, fields) || fail(patch, change, "it is %s where %s was before", is, wanted);
    }
    for (guint i = 0; i < change->fields->len; i++) {
        if (!check_field(patch, change, &g_array_index(change->fields, OfRecordField, i), entry, json_node_get_object(fields))) {
            return false;
        }
    }
    return true;
}

/* ---- Ids ---- */

/* The text of a field of that path, or NULL where it has none; false where it is no id. */
static bool read_id(const Patch *patch, const OfRecordChange *change, JsonNode *node, const char **id)
{
    *id = node != NULL && JSON_NODE_HOLDS_VALUE(node) ? json_node_get_string(node) : NULL;
    return node == NULL || (*id != NULL && of_id_is_valid(*id)) || fail(patch, change, "`id` is no id");
}

static bool rename_entry(Patch *patch, const OfRecordChange *change, OfDraftEntry *entry)
{
    for (guint i = 0; i < change->fields->len; i++) {
        const OfRecordField *field = &g_array_index(change->fields, OfRecordField, i);
        const char *before, *after;
        if (!g_str_equal(field->path, "/id")) {
            continue;
        }
        if (!read_id(patch, change, field->before, &before) || !read_id(patch, change, field->after, &after)) {
            return false;
        }
        if (entry->kind == OF_ITEM_STORY || (after == NULL && entry->kind != OF_ITEM_EVENT && entry->kind != OF_ITEM_CLAIM)) {
            return fail(patch, change, "a %s cannot be without an id, or have one", of_kind_name(entry->kind));
        }
        if (before != NULL && after != NULL) {
            char *kept = g_strdup(before);
            g_ptr_array_add(patch->ids, kept);
            of_id_map_add(&patch->renamed, entry->kind, kept, after);
        }
        of_draft_set(entry, 0, after, json_node_ref(entry->wishes[0].fields));
    }
    return true;
}

/* References follow what was renamed. */
static void rename_references(Patch *patch)
{
    for (guint i = 0; of_id_map_has_any(&patch->renamed) && i < patch->draft->entries->len; i++) {
        const OfDraftEntry *entry = patch->draft->entries->pdata[i];
        if (entry->kind != OF_ITEM_STORY) {
            of_id_map_apply(&patch->renamed, entry->kind, json_node_get_object(entry->wishes[0].fields));
        }
    }
}

/* ---- What is after ---- */

static void set_value(JsonObject *object, const char *name, JsonNode *value)
{
    if (value != NULL) {
        json_object_set_member(object, name, of_json_copy(value));
    } else if (json_object_has_member(object, name)) {
        json_object_remove_member(object, name);
    }
}

/* Stints whose fields change, then those that stay, then those that come. */
static bool patch_stints(const Patch *patch, const OfRecordChange *change, JsonObject *fields)
{
    JsonNode *node = json_object_get_member(fields, "stints");
    JsonArray *old = node != NULL && JSON_NODE_HOLDS_ARRAY(node) ? json_node_get_array(node) : NULL;
    const guint n = old != NULL ? json_array_get_length(old) : 0;
    g_autofree bool *removed = g_new0(bool, (gsize) n + 1);
    g_autoptr(GPtrArray) added = g_ptr_array_new();
    bool any = false;
    for (guint i = 0; i < change->fields->len; i++) {
        const OfRecordField *field = &g_array_index(change->fields, OfRecordField, i);
        guint index;
        const char *rest;
        if (!is_stint_path(field->path, &index, &rest)) {
            continue;
        }
        any = true;
        if (*rest != '\0') {
            g_autofree char *name = next_name(&rest);
            set_value(json_array_get_object_element(old, index), name, field->after);
        } else if (field->after != NULL && !JSON_NODE_HOLDS_OBJECT(field->after)) {
            return fail(patch, change, "a stint is no object");
        } else {
            removed[MIN(index, n)] = removed[MIN(index, n)] || field->before != NULL;
            if (field->after != NULL) {
                g_ptr_array_add(added, field->after);
            }
        }
    }
    if (!any) {
        return true;
    }
    JsonArray *new = json_array_new();
    for (guint i = 0; i < n; i++) {
        if (!removed[i]) {
            json_array_add_element(new, of_json_copy(json_array_get_element(old, i)));
        }
    }
    for (guint i = 0; i < added->len; i++) {
        json_array_add_element(new, of_json_copy(added->pdata[i]));
    }
    if (json_array_get_length(new) > 0) {
        json_object_set_array_member(fields, "stints", new);
    } else {
        json_array_unref(new);
        set_value(fields, "stints", NULL);
    }
    return true;
}

static bool patch_fields(const Patch *patch, const OfRecordChange *change, OfDraftEntry *entry)
{
    JsonObject *fields = json_node_get_object(entry->wishes[0].fields);
    if (!patch_stints(patch, change, fields)) {
        return false;
    }
    for (guint i = 0; i < change->fields->len; i++) {
        const OfRecordField *field = &g_array_index(change->fields, OfRecordField, i);
        guint index;
        const char *rest, *path = field->path_to;
        if (!is_stint_path(field->path, &index, &rest) && !g_str_equal(field->path, "/id")) {
            g_autofree char *name = next_name(&path);
            set_value(fields, name, field->after);
        }
    }
    of_draft_set(entry, 0, entry->wishes[0].id, json_node_ref(entry->wishes[0].fields));
    return true;
}

static bool add_item(Patch *patch, const OfRecordChange *change)
{
    const char *id = of_id_is_valid(change->key) ? change->key : NULL;
    if (id == NULL && change->kind != OF_ITEM_EVENT && change->kind != OF_ITEM_CLAIM) {
        return fail(patch, change, "this can be no id of a %s", of_kind_name(change->kind));
    }
    JsonNode *fields = json_node_new(JSON_NODE_OBJECT);
    json_node_set_object(fields, change->item);
    of_draft_set(of_draft_add(patch->draft, change->kind), 0, id, of_json_copy(fields));
    json_node_unref(fields);
    return true;
}

/* Whether no id stands twice. */
static bool check_ids(const Patch *patch)
{
    g_autoptr(GHashTable) known = g_hash_table_new_full(of_text_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < patch->draft->entries->len; i++) {
        const OfDraftEntry *entry = patch->draft->entries->pdata[i];
        const char *id = entry->wishes[0].id;
        if (id != NULL && !g_hash_table_add(known, g_strdup_printf("%u %s", (guint) entry->kind, id))) {
            g_set_error(patch->error, OF_ERROR, OF_ERROR_DATA, "`%s`: there would be two of %s `%s`: nothing is changed",
                        patch->record->name, of_kind_name(entry->kind), id);
            return false;
        }
    }
    return true;
}

static bool apply_changes(Patch *patch)
{
    const GPtrArray *changes = patch->record->changes;
    g_autoptr(GPtrArray) entries = g_ptr_array_new(); /* of OfDraftEntry: one a change */
    for (guint i = 0; i < changes->len; i++) {
        const OfRecordChange *change = changes->pdata[i];
        OfDraftEntry *entry = change->action != OF_RECORD_ADDED ? find_entry(patch, change) : NULL;
        if (change->action != OF_RECORD_ADDED && (entry == NULL || !check_change(patch, change, entry))) {
            return false;
        }
        g_ptr_array_add(entries, entry);
    }
    for (guint i = 0; i < changes->len; i++) {
        const OfRecordChange *change = changes->pdata[i];
        if (change->action == OF_RECORD_PAIR && !rename_entry(patch, change, entries->pdata[i])) {
            return false;
        }
    }
    rename_references(patch);
    for (guint i = 0; i < changes->len; i++) {
        const OfRecordChange *change = changes->pdata[i];
        if (change->action == OF_RECORD_REMOVED) {
            of_draft_set(entries->pdata[i], 0, NULL, NULL);
        } else if (change->action == OF_RECORD_ADDED ? !add_item(patch, change) : !patch_fields(patch, change, entries->pdata[i])) {
            return false;
        }
    }
    return check_ids(patch);
}

OfDraft *of_record_apply(const OfRecord *record, const OfStory *story, GError **error)
{
    Patch patch = {.record = record,
                   .draft = of_draft_new(story, 1),
                   .used = g_hash_table_new(NULL, NULL),
                   .ids = g_ptr_array_new_with_free_func(g_free),
                   .error = error};
    index_entries(&patch);
    if (!apply_changes(&patch)) {
        g_clear_pointer(&patch.draft, of_draft_free);
    }
    for (OfItemKind kind = OF_ITEM_STORY; kind < OF_N_KINDS; kind++) {
        g_hash_table_unref(patch.by_key[kind]);
    }
    of_id_map_clear(&patch.renamed);
    g_hash_table_unref(patch.used);
    g_ptr_array_unref(patch.ids);
    return patch.draft;
}
