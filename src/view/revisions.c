#include "view/revisions.h"

#include <string.h>

#include "diff/mates.h"

const char *const of_delta_names[] = {"unchanged", "added", "removed", "changed", "retargeted"};

struct OfRevisions {
    const OfChanges *changes;
    OfMates *mates;
    GHashTable *found; /* OfItem of either side -> OfChange */
};

OfRevisions *of_revisions_new(const OfChanges *changes)
{
    OfRevisions *revisions = g_new(OfRevisions, 1);
    *revisions = (OfRevisions){changes, of_mates_new(changes), g_hash_table_new(NULL, NULL)};
    for (guint i = 0; i < changes->list->len; i++) {
        OfChange *change = changes->list->pdata[i];
        const OfItem *const sides[] = {change->from, change->to};
        for (guint k = 0; k < G_N_ELEMENTS(sides); k++) {
            if (sides[k] != NULL) {
                g_hash_table_insert(revisions->found, (gpointer) sides[k], change);
            }
        }
    }
    return revisions;
}

void of_revisions_free(OfRevisions *revisions)
{
    if (revisions != NULL) {
        of_mates_free(revisions->mates);
        g_hash_table_unref(revisions->found);
        g_free(revisions);
    }
}

const OfChanges *of_revisions_changes(const OfRevisions *revisions)
{
    return revisions->changes;
}

const OfItem *of_revisions_mate(const OfRevisions *revisions, const OfItem *item)
{
    return g_hash_table_lookup(revisions->mates->mates, item);
}

bool of_revisions_is_old(const OfRevisions *revisions, const OfItem *item)
{
    return g_hash_table_contains(revisions->mates->keys, item);
}

const OfChange *of_revisions_find(const OfRevisions *revisions, const OfItem *item)
{
    return g_hash_table_lookup(revisions->found, item);
}

OfDelta of_change_delta(const OfChange *change)
{
    if (!of_change_is_pair(change)) {
        return change->from == NULL ? OF_DELTA_ADDED : OF_DELTA_REMOVED;
    }
    return g_str_has_suffix(change->verb, ".retargeted") ? OF_DELTA_RETARGETED : OF_DELTA_CHANGED;
}

OfDelta of_revisions_delta(const OfRevisions *revisions, const OfItem *item)
{
    const OfChange *change = of_revisions_find(revisions, item);
    return change != NULL ? of_change_delta(change) : OF_DELTA_UNCHANGED;
}

const char *of_revisions_key(const OfRevisions *revisions, const OfItem *item)
{
    const char *key = g_hash_table_lookup(revisions->mates->keys, item);
    return key != NULL ? key : item->key;
}
