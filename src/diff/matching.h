/* Which items of two stories are the same. Private to diff/. */
#ifndef OF_DIFF_MATCHING_H
#define OF_DIFF_MATCHING_H

#include "diff/assignment.h"
#include "diff/changes.h"
#include "diff/renames.h"
#include "model/schema.h"

/* One item of one side. */
typedef struct {
    const OfItem *item;
    char *text; /* its fields, with the ids that were renamed the same on both sides */
    gint mate;  /* index on the other side, or -1 */
    OfMatch match;
    char *reason; /* of a likely pair, on the first side; or NULL */
} OfEntry;

typedef struct {
    const OfStory *story;
    GArray *entries[OF_N_KINDS]; /* of OfEntry; none of the story itself */
    OfIdMap renamed;             /* id -> the id that stands for it on both sides */
} OfSide;

/* Finds the mates of both sides. likeness: as of_changes_new(). The sides are to be cleared. */
void of_sides_match(OfSide *from, OfSide *to, const OfStory *from_story, const OfStory *to_story, guint likeness);

/* Makes two entries mates. */
void of_sides_marry(OfSide *from, OfSide *to, OfItemKind kind, guint i, guint j, OfMatch match);

void of_side_clear(OfSide *side);

/* An item's fields with the ids that were renamed replaced: what is compared. Owned by the caller (json_node_unref). */
JsonNode *of_side_fields(const OfSide *side, OfItemKind kind, const OfItem *item);

#endif
