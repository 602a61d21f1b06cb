/* References to items that were renamed. */
#ifndef OF_DIFF_RENAMES_H
#define OF_DIFF_RENAMES_H

#include <json-glib/json-glib.h>
#include <stdbool.h>

#include "model/story.h"

#define OF_N_KINDS (OF_ITEM_VIEW + 1)

/* id -> the id that stands for it, for each kind of item; texts are borrowed. NULL where nothing was renamed. Start with {{NULL}}. */
typedef struct {
    GHashTable *of[OF_N_KINDS];
} OfIdMap;

void of_id_map_add(OfIdMap *map, OfItemKind kind, const char *id, const char *other);
bool of_id_map_has_any(const OfIdMap *map);
void of_id_map_clear(OfIdMap *map);

/* The id that stands for another, or that itself. */
const char *of_id_map_find(const OfIdMap *map, OfItemKind kind, const char *id);

/* Replaces all ids that an item's canonical fields refer to. Lists that are sets are sorted again. */
void of_id_map_apply(const OfIdMap *map, OfItemKind kind, JsonObject *fields);

#endif
