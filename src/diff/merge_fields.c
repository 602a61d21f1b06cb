#include "diff/merge_fields.h"

#include <string.h>

#include "base/hash.h"
#include "diff/json_text.h"
#include "diff/stints.h"

enum { OURS, BASE, THEIRS };

/* Where a merge of fields writes its conflicts. */
typedef struct {
    OfItemKind kind;
    const char *key;
    GPtrArray *conflicts;
} Target;

void of_conflict_add(GPtrArray *conflicts, OfItemKind kind, const char *key, const char *path, JsonNode *const *values)
{
    OfConflict *conflict = g_new0(OfConflict, 1);
    *conflict = (OfConflict){kind, g_strdup(key), g_strdup(path), NULL, NULL, NULL};
    conflict->ours = values[OURS] != NULL ? of_json_text(values[OURS]) : NULL;
    conflict->base = values[BASE] != NULL ? of_json_text(values[BASE]) : NULL;
    conflict->theirs = values[THEIRS] != NULL ? of_json_text(values[THEIRS]) : NULL;
    g_ptr_array_add(conflicts, conflict);
}

static char *text_of(JsonNode *node)
{
    return node != NULL ? of_draft_text(node) : NULL;
}

static void set_member(JsonObject *object, const char *name, JsonNode *value)
{
    if (value != NULL) {
        json_object_set_member(object, name, of_json_copy(value));
    }
}

/* ---- Sets ---- */

/* Whether all that are there are lists. */
static bool are_lists(JsonNode *const *values)
{
    for (guint i = 0; i < OF_MOST_VERSIONS; i++) {
        if (values[i] != NULL && !JSON_NODE_HOLDS_ARRAY(values[i])) {
            return false;
        }
    }
    return true;
}

static bool are_objects(JsonNode *const *values)
{
    for (guint i = 0; i < OF_MOST_VERSIONS; i++) {
        if (values[i] == NULL || !JSON_NODE_HOLDS_OBJECT(values[i])) {
            return false;
        }
    }
    return true;
}

static GHashTable *texts_of(JsonNode *list)
{
    GHashTable *texts = g_hash_table_new_full(of_text_hash, g_str_equal, g_free, NULL);
    JsonArray *array = list != NULL ? json_node_get_array(list) : NULL;
    for (guint i = 0; array != NULL && i < json_array_get_length(array); i++) {
        g_hash_table_add(texts, of_draft_text(json_array_get_element(array, i)));
    }
    return texts;
}

static int compare_elements(gconstpointer a, gconstpointer b)
{
    g_autofree char *left = of_draft_text(*(JsonNode *const *) a), *right = of_draft_text(*(JsonNode *const *) b);
    return strcmp(left, right);
}

/* What both kept, and what either put in. NULL where nothing is left. Owned by the caller. */
static JsonNode *merge_sets(JsonNode *const *values)
{
    g_autoptr(GHashTable) base = texts_of(values[BASE]), ours = texts_of(values[OURS]), theirs = texts_of(values[THEIRS]);
    g_autoptr(GHashTable) taken = g_hash_table_new_full(of_text_hash, g_str_equal, g_free, NULL);
    g_autoptr(GPtrArray) elements = g_ptr_array_new();
    for (guint i = 0; i < OF_MOST_VERSIONS; i++) {
        JsonArray *array = i != BASE && values[i] != NULL ? json_node_get_array(values[i]) : NULL;
        for (guint k = 0; array != NULL && k < json_array_get_length(array); k++) {
            char *text = of_draft_text(json_array_get_element(array, k));
            const bool in_both = g_hash_table_contains(ours, text) && g_hash_table_contains(theirs, text);
            if ((in_both || !g_hash_table_contains(base, text)) && !g_hash_table_contains(taken, text)) {
                g_ptr_array_add(elements, json_array_get_element(array, k));
                g_hash_table_add(taken, g_steal_pointer(&text));
            }
            g_free(text);
        }
    }
    g_ptr_array_sort(elements, compare_elements);
    JsonArray *merged = json_array_new();
    for (guint i = 0; i < elements->len; i++) {
        json_array_add_element(merged, of_json_copy(elements->pdata[i]));
    }
    JsonNode *node = json_node_new(JSON_NODE_ARRAY);
    json_node_take_array(node, merged);
    if (elements->len == 0) {
        g_clear_pointer(&node, json_node_unref);
    }
    return node;
}

/* ---- Members ---- */

static OfThreeFields merge_members(const OfThreeFields *fields, const char *path, const Target *target);

/* Stints one by one: each side against the base. */
static void merge_stints(JsonNode *const *values, const Target *target, JsonNode **merged)
{
    JsonArray *lists[OF_MOST_VERSIONS], *out[OF_MOST_VERSIONS];
    gint *mates[OF_MOST_VERSIONS] = {NULL}, *back[OF_MOST_VERSIONS] = {NULL};
    for (guint v = 0; v < OF_MOST_VERSIONS; v++) {
        lists[v] = values[v] != NULL ? json_node_get_array(values[v]) : NULL;
        out[v] = json_array_new();
    }
    for (guint v = 0; v < OF_MOST_VERSIONS; v += 2) {
        mates[v] = of_stints_pair(lists[BASE], lists[v], &back[v]);
    }
    for (guint i = 0; lists[BASE] != NULL && i < json_array_get_length(lists[BASE]); i++) {
        JsonNode *each[OF_MOST_VERSIONS] = {NULL, json_array_get_element(lists[BASE], i), NULL};
        for (guint v = 0; v < OF_MOST_VERSIONS; v += 2) {
            each[v] = mates[v][i] >= 0 ? json_array_get_element(lists[v], (guint) mates[v][i]) : NULL;
        }
        g_autofree char *path = g_strdup_printf("/stints/%u", i);
        if (each[OURS] != NULL && each[THEIRS] != NULL) {
            const OfThreeFields three = {
                {json_node_get_object(each[OURS]), json_node_get_object(each[BASE]), json_node_get_object(each[THEIRS])}};
            const OfThreeFields done = merge_members(&three, path, target);
            for (guint v = 0; v < OF_MOST_VERSIONS; v++) {
                json_array_add_object_element(out[v], done.of[v]);
            }
            continue;
        }
        JsonNode *left = each[OURS] != NULL ? each[OURS] : each[THEIRS];
        g_autofree char *was = text_of(each[BASE]), *is = text_of(left);
        if (left != NULL && strcmp(was, is) != 0) {
            of_conflict_add(target->conflicts, target->kind, target->key, path, each);
            for (guint v = 0; v < OF_MOST_VERSIONS; v++) {
                if (each[v] != NULL) {
                    json_array_add_element(out[v], of_json_copy(each[v]));
                }
            }
        }
    }
    /* What each side put in; what both did, once. */
    g_autoptr(GHashTable) taken = g_hash_table_new_full(of_text_hash, g_str_equal, g_free, NULL);
    for (guint v = 0; v < OF_MOST_VERSIONS; v += 2) {
        for (guint k = 0; lists[v] != NULL && k < json_array_get_length(lists[v]); k++) {
            JsonNode *stint = json_array_get_element(lists[v], k);
            if (back[v][k] < 0 && g_hash_table_add(taken, of_draft_text(stint))) {
                for (guint to = 0; to < OF_MOST_VERSIONS; to++) {
                    json_array_add_element(out[to], of_json_copy(stint));
                }
            }
        }
        g_free(mates[v]);
        g_free(back[v]);
    }
    for (guint v = 0; v < OF_MOST_VERSIONS; v++) {
        merged[v] = json_node_new(JSON_NODE_ARRAY);
        json_node_take_array(merged[v], out[v]);
        if (json_array_get_length(out[v]) == 0) {
            g_clear_pointer(&merged[v], json_node_unref);
        }
    }
}

/* One value that both sides changed, and not alike. */
static void merge_both(const char *name, const char *path, JsonNode *const *values, const Target *target, OfThreeFields *out)
{
    if (g_str_equal(name, "stints") && are_lists(values)) {
        JsonNode *merged[OF_MOST_VERSIONS];
        merge_stints(values, target, merged);
        for (guint v = 0; v < OF_MOST_VERSIONS; v++) {
            set_member(out->of[v], name, merged[v]);
            g_clear_pointer(&merged[v], json_node_unref);
        }
    } else if (!g_str_equal(name, "order") && are_lists(values)) {
        g_autoptr(JsonNode) merged = merge_sets(values);
        for (guint v = 0; v < OF_MOST_VERSIONS; v++) {
            set_member(out->of[v], name, merged);
        }
    } else if (are_objects(values)) { /* the parts of a split */
        const OfThreeFields inner = {
            {json_node_get_object(values[OURS]), json_node_get_object(values[BASE]), json_node_get_object(values[THEIRS])}};
        const OfThreeFields merged = merge_members(&inner, path, target);
        for (guint v = 0; v < OF_MOST_VERSIONS; v++) {
            json_object_set_object_member(out->of[v], name, merged.of[v]);
        }
    } else {
        of_conflict_add(target->conflicts, target->kind, target->key, path, values);
        for (guint v = 0; v < OF_MOST_VERSIONS; v++) {
            set_member(out->of[v], name, values[v]);
        }
    }
}

static GPtrArray *list_names(const OfThreeFields *fields)
{
    GPtrArray *names = g_ptr_array_new();
    for (guint v = 0; v < OF_MOST_VERSIONS; v++) {
        g_autoptr(GList) members = json_object_get_members(fields->of[v]);
        for (const GList *name = members; name != NULL; name = name->next) {
            bool known = false;
            for (guint other = 0; other < v; other++) {
                known = known || json_object_has_member(fields->of[other], name->data);
            }
            if (!known) {
                g_ptr_array_add(names, name->data);
            }
        }
    }
    return names;
}

static OfThreeFields merge_members(const OfThreeFields *fields, const char *path, const Target *target)
{
    OfThreeFields out;
    g_autoptr(GPtrArray) names = list_names(fields);
    for (guint v = 0; v < OF_MOST_VERSIONS; v++) {
        out.of[v] = json_object_new();
    }
    for (guint i = 0; i < names->len; i++) {
        const char *name = names->pdata[i];
        JsonNode *values[OF_MOST_VERSIONS];
        char *texts[OF_MOST_VERSIONS];
        for (guint v = 0; v < OF_MOST_VERSIONS; v++) {
            values[v] = json_object_get_member(fields->of[v], name);
            texts[v] = text_of(values[v]);
        }
        const bool ours_changed = g_strcmp0(texts[OURS], texts[BASE]) != 0;
        const bool theirs_changed = g_strcmp0(texts[THEIRS], texts[BASE]) != 0;
        if (ours_changed && theirs_changed && g_strcmp0(texts[OURS], texts[THEIRS]) != 0) {
            g_autofree char *inner = g_strconcat(path, "/", name, NULL);
            merge_both(name, inner, values, target, &out);
        } else {
            for (guint v = 0; v < OF_MOST_VERSIONS; v++) {
                set_member(out.of[v], name, theirs_changed ? values[THEIRS] : values[OURS]);
            }
        }
        for (guint v = 0; v < OF_MOST_VERSIONS; v++) {
            g_free(texts[v]);
        }
    }
    return out;
}

OfThreeFields of_fields_merge(const OfThreeFields *fields, OfItemKind kind, const char *key, const char *path, GPtrArray *conflicts)
{
    const Target target = {kind, key, conflicts};
    return merge_members(fields, path, &target);
}
