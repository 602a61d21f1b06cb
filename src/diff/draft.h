/* Data as it is wished for: the items of a story with what becomes of them, in one version or, where sides contradict each other, in three. */
#ifndef OF_DIFF_DRAFT_H
#define OF_DIFF_DRAFT_H

#include <json-glib/json-glib.h>
#include <stdbool.h>

#include "diff/renames.h"
#include "model/story.h"

#define OF_MOST_VERSIONS 3

/* One item in one version. */
typedef struct {
    bool present;
    char *id;         /* or NULL */
    JsonNode *fields; /* holds an object, in the canonical form; NULL where it is not present */
} OfWish;

typedef struct {
    OfItemKind kind;
    const OfItem *item; /* of the story that is changed; NULL: what is new, and the story itself */
    OfWish wishes[OF_MOST_VERSIONS];
} OfDraftEntry;

typedef struct {
    const OfStory *story; /* borrowed: must outlive the draft */
    guint n_versions;
    GPtrArray *entries; /* of OfDraftEntry: first the story itself, then by kind */
} OfDraft;

/* The story as it stands, in so many versions. */
OfDraft *of_draft_new(const OfStory *story, guint n_versions);
void of_draft_free(OfDraft *draft); /* takes NULL */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OfDraft, of_draft_free)

/* Adds an item that is in no version yet. Borrowed. */
OfDraftEntry *of_draft_add(OfDraft *draft, OfItemKind kind);

/* Sets one version of an entry; takes over fields, not id. fields == NULL: it is not present. A confidence that holds anyway is taken out. */
void of_draft_set(OfDraftEntry *entry, guint version, const char *id, JsonNode *fields);

/* Fields as text in which order that means nothing makes no difference: what is compared. Owned by the caller. */
char *of_draft_text(JsonNode *fields);

#endif
