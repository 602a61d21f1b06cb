/* The stages between node trees and a sealed story. Private to model/. Each adds what it finds wrong to diagnostics and goes on as far as
 * the data makes sense, so that one run reports all problems; each is skipped by of_story_read() where its ground is missing. */
#ifndef OF_MODEL_STAGES_H
#define OF_MODEL_STAGES_H

#include "base/arena.h"
#include "base/prefetch.h"
#include "base/text_table.h"
#include "model/story.h"
#include "text/node.h"

/* The story as its stages see it: the public part first. */
typedef struct {
    OfStory story;
    OfArena *arena;                      /* owns every struct and text below story, but not OfOptions */
    OfTextTable by_id[OF_ITEM_VIEW + 1]; /* id -> item, for each kind of item */
    GHashTable *tags;                    /* every tag that an item has: a set of borrowed texts */
    char digest[65];                     /* once it was asked for */
    gsize has_digest;                    /* for g_once_init_enter */
} OfStoryBuild;

/* An empty build; of_story_free(&build->story) frees it with all that hangs on it. */
OfStoryBuild *of_story_build_new(void);

/* The item of a kind with an id, or the event with a key of its own; or NULL. */
gpointer of_story_build_find(const OfStoryBuild *build, OfItemKind kind, const char *id, gsize length);

/* Items are const for readers; the stages that make them write through this cast. */
#define OF_MUTABLE(Type, pointer) ((Type *) (gpointer) (gsize) (pointer))

/* For who walks over all events and is at the i-th: those of one day lie in memory in the order of the files, so what comes soon is
 * asked for. */
static inline void of_events_expect(const OfStory *story, guint i)
{
    const guint soon = 8;
    if (i + soon < story->events.n) {
        const OfEvent *event = story->events.items[i + soon];
        OF_PREFETCH(&event->date);
        OF_PREFETCH(&event->into);
    }
}

/* The same for people and what they declare: stints lie in memory in the order of the files. */
static inline void of_people_expect(const OfStory *story, guint i)
{
    const guint soon = 8;
    if (i + 2 * soon < story->people.n) {
        OF_PREFETCH(story->people.items[i + 2 * soon]->decls.items);
        const OfPerson *person = story->people.items[i + soon];
        for (guint k = 0; k < MIN(person->decls.n, 4); k++) {
            OF_PREFETCH(&person->decls.items[k]->item.sources);
            OF_PREFETCH(&person->decls.items[k]->from);
        }
    }
}

/* Stage 1, decode: documents (sorted by the name of their text) -> declared fields of all items, references resolved; every unknown key, id,
 * type, every wrong kind of value, duplicate id, malformed date, colour, URL and id is reported. Lists are sorted as story.h says.
 * Items' keys (type:who:date) are set. Returns false where nothing can be sealed. */
bool of_story_decode(OfStoryBuild *build, OfDocument *const *documents, guint n_documents, const OfLimits *limits,
                     const char *const *known_views, OfDiagnostics *diagnostics);

/* Stage 2, labs: trees and their cycles, lifetimes, states in time (stances, names, parents, leads' empty list), causes before effects,
 * first and last day. */
bool of_story_seal_labs(OfStoryBuild *build, OfDiagnostics *diagnostics);

/* Stage 3, people: each person's chain of stints from opening, declared stints and events; moves; leads of labs; drawn days; closings, mergers
 * and splits carry people along. */
bool of_story_seal_people(OfStoryBuild *build, OfDiagnostics *diagnostics);

/* Stage 4, claims: counted against the sealed story. */
void of_story_check_claims(OfStoryBuild *build, OfDiagnostics *diagnostics);

/* Stage 5: warnings on unused people, labs and sources, events outside a lab's lifetime, claims without a source. */
void of_story_check_use(OfStoryBuild *build, OfDiagnostics *diagnostics);

/* Takes the next piece of a text. */
typedef void (*OfTakePiece)(const char *piece, gsize length, gpointer data);

/* The canonical form of the declared data: JSON of all items sorted by key, defaults left out, dates canonical; formatting, order, file
 * splitting and defaults written out make no difference. It may be as large as the input, so it is given away piece by piece. */
void of_story_write_canonical(const OfStory *story, OfTakePiece take, gpointer data);

#endif
