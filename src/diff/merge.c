#include "diff/merge.h"

#include <string.h>

#include "base/hash.h"
#include "diff/json_text.h"
#include "diff/matching.h"
#include "diff/merge_fields.h"
#include "model/canonical.h"

enum { OURS, BASE, THEIRS };

/* The base as it is matched with one side, and that side. Ids of what was renamed are the base's in all fields. */
typedef struct {
    OfSide base, side;
} Pairing;

typedef struct {
    OfMerge *merge;
    Pairing ours, theirs;
    guint first[OF_N_KINDS]; /* the draft's entry of the first item of ours of each kind */
    GPtrArray *based;        /* of OfDraftEntry: those of items that the base has; and what they are called there */
    GPtrArray *base_ids;     /* of const char * */
} Merger;

static void free_conflict(gpointer data)
{
    OfConflict *conflict = data;
    g_free(conflict->key);
    g_free(conflict->path);
    g_free(conflict->ours);
    g_free(conflict->base);
    g_free(conflict->theirs);
    g_free(conflict);
}

/* ---- Pairing ---- */

/* Of what was renamed the base's id is taken, on either side. */
static void match_side(Pairing *pairing, const OfStory *base, const OfStory *side)
{
    of_sides_match(&pairing->base, &pairing->side, base, side, 0);
    of_id_map_clear(&pairing->base.renamed);
    of_id_map_clear(&pairing->side.renamed);
    for (OfItemKind kind = OF_ITEM_SOURCE; kind < OF_N_KINDS; kind++) {
        for (guint i = 0; i < pairing->side.entries[kind]->len; i++) {
            const OfEntry *entry = &g_array_index(pairing->side.entries[kind], OfEntry, i);
            const OfItem *was =
                entry->mate >= 0 ? g_array_index(pairing->base.entries[kind], OfEntry, (guint) entry->mate).item : NULL;
            if (was != NULL && was->id != NULL && entry->item->id != NULL && !g_str_equal(was->id, entry->item->id)) {
                of_id_map_add(&pairing->side.renamed, kind, entry->item->id, was->id);
            }
        }
    }
}

static const OfEntry *entry_at(const OfSide *side, OfItemKind kind, guint index)
{
    return &g_array_index(side->entries[kind], OfEntry, index);
}

/* The fields of an entry, or NULL for index -1. Owned by the caller. */
static JsonNode *fields_at(const OfSide *side, OfItemKind kind, gint index)
{
    return index < 0 ? NULL : of_side_fields(side, kind, entry_at(side, kind, (guint) index)->item);
}

static const char *id_at(const OfSide *side, OfItemKind kind, gint index)
{
    return index < 0 ? NULL : entry_at(side, kind, (guint) index)->item->id;
}

static bool is_same(JsonNode *a, JsonNode *b)
{
    g_autofree char *left = of_draft_text(a), *right = of_draft_text(b);
    return strcmp(left, right) == 0;
}

/* ---- Items that the base has ---- */

static OfDraftEntry *entry_of_ours(const Merger *merger, OfItemKind kind, gint index)
{
    return index < 0 ? of_draft_add(merger->merge->draft, kind)
                     : merger->merge->draft->entries->pdata[merger->first[kind] + (guint) index];
}

static void set_all(OfDraftEntry *entry, const char *id, JsonNode *fields)
{
    for (guint v = 0; v < OF_MOST_VERSIONS; v++) {
        of_draft_set(entry, v, id, fields != NULL ? of_json_copy(fields) : NULL);
    }
}

/* Sets three versions that differ; each may be missing. */
static void set_three(Merger *merger, OfDraftEntry *entry, const char *key, const char *const *ids, JsonNode *const *fields)
{
    for (guint v = 0; v < OF_MOST_VERSIONS; v++) {
        of_draft_set(entry, v, ids[v], fields[v] != NULL ? of_json_copy(fields[v]) : NULL);
    }
    of_conflict_add(merger->merge->conflicts, entry->kind, key, NULL, fields);
}

static JsonNode *id_node(const char *id)
{
    JsonNode *node = json_node_new(JSON_NODE_VALUE);
    json_node_set_string(node, id);
    return node;
}

static void merge_ids(Merger *merger, OfItemKind kind, const char *key, const char *const *ids, const char **merged)
{
    const bool ours_changed = g_strcmp0(ids[OURS], ids[BASE]) != 0, theirs_changed = g_strcmp0(ids[THEIRS], ids[BASE]) != 0;
    const bool differ = ours_changed && theirs_changed && g_strcmp0(ids[OURS], ids[THEIRS]) != 0;
    JsonNode *values[OF_MOST_VERSIONS];
    for (guint v = 0; v < OF_MOST_VERSIONS; v++) {
        merged[v] = differ ? ids[v] : theirs_changed ? ids[THEIRS] : ids[OURS];
        values[v] = ids[v] != NULL ? id_node(ids[v]) : NULL;
    }
    if (differ) {
        of_conflict_add(merger->merge->conflicts, kind, key, "/id", values);
    }
    for (guint v = 0; v < OF_MOST_VERSIONS; v++) {
        g_clear_pointer(&values[v], json_node_unref);
    }
}

/* What all three have. */
static void merge_fields(Merger *merger, OfDraftEntry *entry, const char *key, const char *const *ids, JsonNode *const *nodes)
{
    const OfThreeFields fields = {
        {json_node_get_object(nodes[OURS]), json_node_get_object(nodes[BASE]), json_node_get_object(nodes[THEIRS])}};
    const char *merged_ids[OF_MOST_VERSIONS] = {NULL};
    merge_ids(merger, entry->kind, key, ids, merged_ids);
    const OfThreeFields merged = of_fields_merge(&fields, entry->kind, key, "", merger->merge->conflicts);
    for (guint v = 0; v < OF_MOST_VERSIONS; v++) {
        JsonNode *node = json_node_new(JSON_NODE_OBJECT);
        json_node_take_object(node, merged.of[v]);
        of_draft_set(entry, v, merged_ids[v], node);
    }
}

static void merge_based(Merger *merger, OfItemKind kind, guint index)
{
    const OfEntry *left = entry_at(&merger->ours.base, kind, index), *right = entry_at(&merger->theirs.base, kind, index);
    const OfItem *item = left->item;
    JsonNode *fields[OF_MOST_VERSIONS] = {fields_at(&merger->ours.side, kind, left->mate),
                                          fields_at(&merger->ours.base, kind, (gint) index),
                                          fields_at(&merger->theirs.side, kind, right->mate)};
    const char *ids[OF_MOST_VERSIONS] = {id_at(&merger->ours.side, kind, left->mate), item->id,
                                         id_at(&merger->theirs.side, kind, right->mate)};
    OfDraftEntry *entry = NULL;
    if (left->mate >= 0 && right->mate >= 0) {
        entry = entry_of_ours(merger, kind, left->mate);
        merge_fields(merger, entry, item->key, ids, fields);
    } else if (left->mate >= 0 || right->mate >= 0) {
        const guint kept = left->mate >= 0 ? OURS : THEIRS;
        const bool changed = !is_same(fields[kept], fields[BASE]) || g_strcmp0(ids[kept], ids[BASE]) != 0;
        if (changed) {
            entry = entry_of_ours(merger, kind, left->mate);
            set_three(merger, entry, item->key, ids, fields);
        } else if (left->mate >= 0) {
            set_all(entry_of_ours(merger, kind, left->mate), NULL, NULL);
        }
    }
    if (entry != NULL && item->id != NULL) {
        g_ptr_array_add(merger->based, entry);
        g_ptr_array_add(merger->base_ids, (gpointer) (gsize) item->id);
    }
    for (guint v = 0; v < OF_MOST_VERSIONS; v++) {
        g_clear_pointer(&fields[v], json_node_unref);
    }
}

/* ---- What is new ---- */

/* What a new item is known by on the other side: its id, else what it says. Owned by the caller. */
static char *identity_of(const OfItem *item, JsonNode *fields)
{
    if (item->id != NULL) {
        return g_strconcat("id ", item->id, NULL);
    }
    g_autofree char *text = of_draft_text(fields);
    return g_strconcat("text ", text, NULL);
}

/* identity -> index + 1 of those of theirs that are new; of several alike, a list in their order. */
static GHashTable *index_new(const OfSide *side, OfItemKind kind)
{
    GHashTable *found = g_hash_table_new_full(of_text_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
    for (guint i = 0; i < side->entries[kind]->len; i++) {
        const OfEntry *entry = entry_at(side, kind, i);
        if (entry->mate >= 0) {
            continue;
        }
        g_autoptr(JsonNode) fields = fields_at(side, kind, (gint) i);
        g_autofree char *identity = identity_of(entry->item, fields);
        GArray *indices = g_hash_table_lookup(found, identity);
        if (indices == NULL) {
            indices = g_array_new(FALSE, FALSE, sizeof(guint));
            g_hash_table_insert(found, g_steal_pointer(&identity), indices);
        }
        g_array_append_val(indices, i);
    }
    return found;
}

static void merge_new(Merger *merger, OfItemKind kind)
{
    const OfSide *ours = &merger->ours.side, *theirs = &merger->theirs.side;
    g_autoptr(GHashTable) found = index_new(theirs, kind);
    g_autoptr(GHashTable) taken = g_hash_table_new(NULL, NULL); /* index + 1 */
    for (guint i = 0; i < ours->entries[kind]->len; i++) {
        const OfEntry *entry = entry_at(ours, kind, i);
        if (entry->mate >= 0) {
            continue;
        }
        g_autoptr(JsonNode) mine = fields_at(ours, kind, (gint) i);
        g_autofree char *identity = identity_of(entry->item, mine);
        GArray *indices = g_hash_table_lookup(found, identity);
        OfDraftEntry *draft = entry_of_ours(merger, kind, (gint) i);
        set_all(draft, entry->item->id, mine);
        if (indices == NULL || indices->len == 0) {
            continue;
        }
        const guint other = g_array_index(indices, guint, 0);
        g_array_remove_index(indices, 0);
        g_hash_table_add(taken, GUINT_TO_POINTER(other + 1));
        g_autoptr(JsonNode) yours = fields_at(theirs, kind, (gint) other);
        if (!is_same(mine, yours)) {
            const char *const ids[] = {entry->item->id, NULL, id_at(theirs, kind, (gint) other)};
            JsonNode *const fields[] = {mine, NULL, yours};
            set_three(merger, draft, entry->item->key, ids, fields);
        }
    }
    for (guint i = 0; i < theirs->entries[kind]->len; i++) {
        const OfEntry *entry = entry_at(theirs, kind, i);
        if (entry->mate < 0 && !g_hash_table_contains(taken, GUINT_TO_POINTER(i + 1))) {
            g_autoptr(JsonNode) fields = fields_at(theirs, kind, (gint) i);
            set_all(of_draft_add(merger->merge->draft, kind), entry->item->id, fields);
        }
    }
}

/* ---- References ---- */

/* From the base's ids to those that each version has. */
static void rename_references(Merger *merger)
{
    const OfDraft *draft = merger->merge->draft;
    for (guint v = 0; v < OF_MOST_VERSIONS; v++) {
        OfIdMap map = {{NULL}};
        for (guint i = 0; i < merger->based->len; i++) {
            const OfDraftEntry *entry = merger->based->pdata[i];
            const char *id = entry->wishes[v].id;
            if (id != NULL && strcmp(id, merger->base_ids->pdata[i]) != 0) {
                of_id_map_add(&map, entry->kind, merger->base_ids->pdata[i], id);
            }
        }
        for (guint i = 0; of_id_map_has_any(&map) && i < draft->entries->len; i++) {
            const OfDraftEntry *entry = draft->entries->pdata[i];
            if (entry->kind != OF_ITEM_STORY && entry->wishes[v].present) {
                of_id_map_apply(&map, entry->kind, json_node_get_object(entry->wishes[v].fields));
            }
        }
        of_id_map_clear(&map);
    }
}

static int compare_conflicts(gconstpointer a, gconstpointer b)
{
    const OfConflict *x = *(const OfConflict *const *) a, *y = *(const OfConflict *const *) b;
    const int by_key = strcmp(x->key, y->key);
    return x->kind != y->kind ? (x->kind < y->kind ? -1 : 1) : by_key != 0 ? by_key : g_strcmp0(x->path, y->path);
}

OfMerge *of_merge_new(const OfStory *base, const OfStory *ours, const OfStory *theirs)
{
    OfMerge *merge = g_new0(OfMerge, 1);
    *merge = (OfMerge){of_draft_new(ours, OF_MOST_VERSIONS), g_ptr_array_new_with_free_func(free_conflict)};
    Merger merger = {.merge = merge, .based = g_ptr_array_new(), .base_ids = g_ptr_array_new()};
    match_side(&merger.ours, base, ours);
    match_side(&merger.theirs, base, theirs);
    JsonNode *stories[] = {of_item_fields(ours, OF_ITEM_STORY, NULL), of_item_fields(base, OF_ITEM_STORY, NULL),
                           of_item_fields(theirs, OF_ITEM_STORY, NULL)};
    const char *const no_ids[OF_MOST_VERSIONS] = {NULL};
    merge_fields(&merger, merge->draft->entries->pdata[0], "story", no_ids, stories);
    guint first = 1;
    for (OfItemKind kind = OF_ITEM_SOURCE; kind < OF_N_KINDS; kind++) {
        merger.first[kind] = first;
        first += merger.ours.side.entries[kind]->len;
    }
    for (OfItemKind kind = OF_ITEM_SOURCE; kind < OF_N_KINDS; kind++) {
        for (guint i = 0; i < merger.ours.base.entries[kind]->len; i++) {
            merge_based(&merger, kind, i);
        }
        merge_new(&merger, kind);
    }
    rename_references(&merger);
    g_ptr_array_sort(merge->conflicts, compare_conflicts);
    merge->draft->n_versions = merge->conflicts->len > 0 ? OF_MOST_VERSIONS : 1;
    for (guint v = 0; v < OF_MOST_VERSIONS; v++) {
        json_node_unref(stories[v]);
    }
    of_side_clear(&merger.ours.base);
    of_side_clear(&merger.ours.side);
    of_side_clear(&merger.theirs.base);
    of_side_clear(&merger.theirs.side);
    g_ptr_array_unref(merger.based);
    g_ptr_array_unref(merger.base_ids);
    return merge;
}

void of_merge_free(OfMerge *merge)
{
    if (merge != NULL) {
        of_draft_free(merge->draft);
        g_ptr_array_unref(merge->conflicts);
        g_free(merge);
    }
}
