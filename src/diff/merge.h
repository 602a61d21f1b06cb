/* Three revisions of the data become one: by id and field. */
#ifndef OF_DIFF_MERGE_H
#define OF_DIFF_MERGE_H

#include "diff/draft.h"

/* What both sides changed differently. Values are JSON of the canonical form; NULL where there is none. */
typedef struct {
    OfItemKind kind;
    char *key;  /* what the item goes by */
    char *path; /* of the field as a JSON pointer; NULL: the whole item, which one side removed, or both added */
    char *ours, *base, *theirs;
} OfConflict;

typedef struct {
    OfDraft *draft;       /* of ours, in three versions where there are conflicts: ours, base, theirs; else in one */
    GPtrArray *conflicts; /* of OfConflict, in the order of the draft's entries */
} OfMerge;

/* Items are matched by id, by `was`, and without an id by what they say, as of_changes_new() does. What one side alone changed is taken; what both changed
 * alike, once; lists whose order means nothing are merged as sets, stints one by one. Renames carry references along. Where both changed one field
 * differently, one removed what the other changed, or both added one id differently, there is a conflict. base == NULL: nothing
 * was there before. Swapping ours and theirs swaps the sides of the conflicts and nothing else in what the data says. Stories are borrowed and must
 * outlive the merge. */
OfMerge *of_merge_new(const OfStory *base, const OfStory *ours, const OfStory *theirs);
void of_merge_free(OfMerge *merge); /* takes NULL */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OfMerge, of_merge_free)

#endif
