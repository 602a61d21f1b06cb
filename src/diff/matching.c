#include "diff/matching.h"

#include <string.h>

#include "base/hash.h"
#include "diff/json_text.h"
#include "diff/likely.h"
#include "model/canonical.h"

static OfEntry *entry_at(const OfSide *side, OfItemKind kind, guint index)
{
    return &g_array_index(side->entries[kind], OfEntry, index);
}

static void clear_entry(gpointer data)
{
    g_free(((OfEntry *) data)->text);
    g_free(((OfEntry *) data)->reason);
}

static void list_entries(OfSide *side, const OfStory *story)
{
    *side = (OfSide){.story = story};
    for (OfItemKind kind = OF_ITEM_SOURCE; kind < OF_N_KINDS; kind++) {
        const OfItems list = of_story_items(story, kind);
        side->entries[kind] = g_array_sized_new(FALSE, FALSE, sizeof(OfEntry), list.n);
        g_array_set_clear_func(side->entries[kind], clear_entry);
        for (guint i = 0; i < list.n; i++) {
            const OfEntry entry = {.item = list.items[i], .mate = -1};
            g_array_append_val(side->entries[kind], entry);
        }
    }
}

void of_side_clear(OfSide *side)
{
    for (guint kind = 0; kind < OF_N_KINDS; kind++) {
        g_clear_pointer(&side->entries[kind], g_array_unref);
    }
    of_id_map_clear(&side->renamed);
}

void of_sides_marry(OfSide *from, OfSide *to, OfItemKind kind, guint i, guint j, OfMatch match)
{
    OfEntry *a = entry_at(from, kind, i), *b = entry_at(to, kind, j);
    a->mate = (gint) j;
    b->mate = (gint) i;
    a->match = b->match = match;
}

/* ---- By id ---- */

/* id -> index + 1. */
static GHashTable *index_ids(const OfSide *side, OfItemKind kind)
{
    GHashTable *ids = g_hash_table_new(of_text_hash, g_str_equal);
    for (guint i = 0; i < side->entries[kind]->len; i++) {
        const char *id = entry_at(side, kind, i)->item->id;
        if (id != NULL) {
            g_hash_table_insert(ids, (gpointer) (gsize) id, GUINT_TO_POINTER(i + 1));
        }
    }
    return ids;
}

static void match_ids(OfSide *from, OfSide *to, OfItemKind kind, GHashTable *to_ids)
{
    for (guint i = 0; i < from->entries[kind]->len; i++) {
        const char *id = entry_at(from, kind, i)->item->id;
        const guint found = id != NULL ? GPOINTER_TO_UINT(g_hash_table_lookup(to_ids, id)) : 0;
        if (found > 0) {
            of_sides_marry(from, to, kind, i, found - 1, OF_MATCH_ID);
        }
    }
}

/* ---- By `was` ---- */

/* One that says it was called like another. */
typedef struct {
    const char *low, *high; /* both ids in byte order */
    guint from, to;
} Rename;

static int compare_renames(gconstpointer a, gconstpointer b)
{
    const Rename *x = a, *y = b;
    const int by_low = strcmp(x->low, y->low);
    return by_low != 0 ? by_low : strcmp(x->high, y->high);
}

/* Those of `late` without a mate whose `was` names one of `early` without a mate. */
static void list_renames(const OfSide *late, const OfSide *early, OfItemKind kind, GHashTable *early_ids, bool forward,
                         GArray *renames)
{
    for (guint i = 0; i < late->entries[kind]->len; i++) {
        const OfEntry *entry = entry_at(late, kind, i);
        for (guint k = 0; k < entry->item->was.n && entry->mate < 0 && entry->item->id != NULL; k++) {
            const char *id = entry->item->id, *was = entry->item->was.items[k];
            const guint found = GPOINTER_TO_UINT(g_hash_table_lookup(early_ids, was));
            if (found > 0 && entry_at(early, kind, found - 1)->mate < 0) {
                const bool first = strcmp(id, was) < 0;
                const Rename rename = {first ? id : was, first ? was : id, forward ? found - 1 : i, forward ? i : found - 1};
                g_array_append_val(renames, rename);
            }
        }
    }
}

/* The lesser of two ids stands for both, so that both directions compare the same. */
static void note_rename(OfSide *side, OfItemKind kind, const char *id, const char *low)
{
    of_id_map_add(&side->renamed, kind, id, low);
}

static void match_was(OfSide *from, OfSide *to, OfItemKind kind, GHashTable *from_ids, GHashTable *to_ids)
{
    g_autoptr(GArray) renames = g_array_new(FALSE, FALSE, sizeof(Rename));
    list_renames(to, from, kind, from_ids, true, renames);
    list_renames(from, to, kind, to_ids, false, renames);
    g_array_sort(renames, compare_renames);
    for (guint i = 0; i < renames->len; i++) {
        const Rename *rename = &g_array_index(renames, Rename, i);
        if (entry_at(from, kind, rename->from)->mate < 0 && entry_at(to, kind, rename->to)->mate < 0) {
            of_sides_marry(from, to, kind, rename->from, rename->to, OF_MATCH_WAS);
            note_rename(from, kind, entry_at(from, kind, rename->from)->item->id, rename->low);
            note_rename(to, kind, entry_at(to, kind, rename->to)->item->id, rename->low);
        }
    }
}

/* ---- By content ---- */

JsonNode *of_side_fields(const OfSide *side, OfItemKind kind, const OfItem *item)
{
    JsonNode *node = of_item_fields(side->story, kind, item);
    if (kind != OF_ITEM_STORY && of_id_map_has_any(&side->renamed)) {
        of_id_map_apply(&side->renamed, kind, json_node_get_object(node));
    }
    return node;
}

static void write_texts(OfSide *side)
{
    const bool renamed = of_id_map_has_any(&side->renamed);
    GString *text = g_string_new(NULL);
    for (OfItemKind kind = OF_ITEM_SOURCE; kind < OF_N_KINDS; kind++) {
        for (guint i = 0; i < side->entries[kind]->len; i++) {
            OfEntry *entry = entry_at(side, kind, i);
            if (renamed) {
                g_autoptr(JsonNode) node = of_side_fields(side, kind, entry->item);
                entry->text = of_json_text(node);
            } else {
                g_string_truncate(text, 0);
                of_item_write_fields(text, side->story, kind, entry->item);
                entry->text = g_strndup(text->str, text->len);
            }
        }
    }
    g_string_free(text, TRUE);
}

static const char *const event_owners[] = {"people", "lab", "labs", "what", NULL};
static const char *const event_telling[] = {"from", "to", "title", "into", "name", "what", "role", NULL};
static const char *const claim_owners[] = {"group", "person", NULL};
static const char *const claim_telling[] = {"text", NULL};
static const OfLikeness event_likeness = {"date", event_owners, event_telling, "type"};
static const OfLikeness claim_likeness = {"at", claim_owners, claim_telling, NULL};

/* The candidates of one side: those without a mate; their indices in entries. */
static GArray *list_candidates(const OfSide *side, OfItemKind kind, GArray *indices)
{
    GArray *candidates = g_array_new(FALSE, FALSE, sizeof(OfCandidate));
    g_array_set_clear_func(candidates, of_candidate_clear);
    for (guint i = 0; i < side->entries[kind]->len; i++) {
        const OfEntry *entry = entry_at(side, kind, i);
        if (entry->mate < 0) {
            const OfCandidate candidate = {.text = entry->text, .id = entry->item->id, .mate = -1};
            g_array_append_val(candidates, candidate);
            g_array_append_val(indices, i);
        }
    }
    return candidates;
}

static void match_content(OfSide *from, OfSide *to, OfItemKind kind, const OfLikeness *likeness)
{
    g_autoptr(GArray) from_indices = g_array_new(FALSE, FALSE, sizeof(guint));
    g_autoptr(GArray) to_indices = g_array_new(FALSE, FALSE, sizeof(guint));
    g_autoptr(GArray) from_list = list_candidates(from, kind, from_indices);
    g_autoptr(GArray) to_list = list_candidates(to, kind, to_indices);
    of_assignment_pair(from_list, to_list, likeness);
    for (guint i = 0; i < from_list->len; i++) {
        const gint mate = g_array_index(from_list, OfCandidate, i).mate;
        if (mate >= 0) {
            of_sides_marry(from, to, kind, g_array_index(from_indices, guint, i), g_array_index(to_indices, guint, (guint) mate),
                           OF_MATCH_CONTENT);
        }
    }
}

void of_sides_match(OfSide *from, OfSide *to, const OfStory *from_story, const OfStory *to_story, guint likeness)
{
    list_entries(from, from_story);
    list_entries(to, to_story);
    for (OfItemKind kind = OF_ITEM_SOURCE; kind < OF_N_KINDS; kind++) {
        g_autoptr(GHashTable) from_ids = index_ids(from, kind);
        g_autoptr(GHashTable) to_ids = index_ids(to, kind);
        match_ids(from, to, kind, to_ids);
        match_was(from, to, kind, from_ids, to_ids);
    }
    /* Events refer to people, people to groups and labs: what they say is alike where these are known to be the same. */
    for (OfItemKind kind = OF_ITEM_SOURCE; kind <= OF_ITEM_PERSON && likeness > 0; kind++) {
        of_sides_match_likely(from, to, kind, likeness);
    }
    write_texts(from);
    write_texts(to);
    match_content(from, to, OF_ITEM_EVENT, &event_likeness);
    match_content(from, to, OF_ITEM_CLAIM, &claim_likeness);
    if (likeness > 0) {
        of_sides_match_likely(from, to, OF_ITEM_EVENT, likeness);
    }
}
