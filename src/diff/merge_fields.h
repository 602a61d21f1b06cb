/* The fields of one item from two sides. Private to diff/. */
#ifndef OF_DIFF_MERGE_FIELDS_H
#define OF_DIFF_MERGE_FIELDS_H

#include "diff/merge.h"

/* The three revisions of one item's fields, with the ids that were renamed the same in all. Ours, base, theirs. */
typedef struct {
    JsonObject *of[OF_MOST_VERSIONS];
} OfThreeFields;

/* Merges them into three objects (ours, base, theirs) that differ only where there is a conflict; each conflict is added to the list with
 * kind and key. path: of the object in the item, "" at first. */
OfThreeFields of_fields_merge(const OfThreeFields *fields, OfItemKind kind, const char *key, const char *path,
                              GPtrArray *conflicts);

/* Adds a conflict; values may be NULL. */
void of_conflict_add(GPtrArray *conflicts, OfItemKind kind, const char *key, const char *path, JsonNode *const *values);

#endif
