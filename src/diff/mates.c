#include "diff/mates.h"

#include "base/hash.h"
#include "diff/matching.h"

static const OfEntry *entry_at(const OfSide *side, OfItemKind kind, guint index)
{
    return &g_array_index(side->entries[kind], OfEntry, index);
}

static GHashTable *collect_keys(const OfSide *side, OfItemKind kind)
{
    GHashTable *keys = g_hash_table_new(of_text_hash, g_str_equal);
    for (guint i = 0; i < side->entries[kind]->len; i++) {
        g_hash_table_add(keys, (gpointer) entry_at(side, kind, i)->item->key);
    }
    return keys;
}

static void add_kind(OfMates *mates, const OfSide *from, const OfSide *to, OfItemKind kind)
{
    g_autoptr(GHashTable) taken = collect_keys(to, kind);
    for (guint i = 0; i < from->entries[kind]->len; i++) {
        const OfEntry *old = entry_at(from, kind, i);
        if (old->mate >= 0) {
            const OfItem *new = entry_at(to, kind, (guint) old->mate)->item;
            g_hash_table_insert(mates->mates, (gpointer) old->item, (gpointer) new);
            g_hash_table_insert(mates->mates, (gpointer) new, (gpointer) old->item);
            g_hash_table_insert(mates->keys, (gpointer) old->item, g_strdup(new->key));
        } else {
            const char *mark = g_hash_table_contains(taken, old->item->key) ? "~" : "";
            g_hash_table_insert(mates->keys, (gpointer) old->item, g_strconcat(mark, old->item->key, NULL));
        }
    }
}

OfMates *of_mates_new(const OfChanges *changes)
{
    OfMates *mates = g_new(OfMates, 1);
    mates->mates = g_hash_table_new(NULL, NULL);
    mates->keys = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    OfSide from, to;
    of_sides_match(&from, &to, changes->from, changes->to, changes->likeness);
    for (OfItemKind kind = OF_ITEM_SOURCE; kind < OF_N_KINDS; kind++) {
        add_kind(mates, &from, &to, kind);
    }
    of_side_clear(&from);
    of_side_clear(&to);
    return mates;
}

void of_mates_free(OfMates *mates)
{
    if (mates != NULL) {
        g_hash_table_unref(mates->mates);
        g_hash_table_unref(mates->keys);
        g_free(mates);
    }
}
