/* Decoding: from node trees to declared items. Private to the files decode*.c.
 *
 * It goes in three steps over all documents: items are declared (their ids become known), then their keys are read along the table
 * of schema.h and references resolved, then keys of items without an id are made and lists sorted. Saved views come last, since
 * they may name anything. */
#ifndef OF_MODEL_DECODE_H
#define OF_MODEL_DECODE_H

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "model/options.h"
#include "model/schema.h"
#include "model/stages.h"

/* An item that was declared and whose keys are to be read. */
typedef struct {
    OfItem *item; /* the head of its struct */
    const OfNode *node;
    const OfDocument *document;
    bool duplicate; /* its id is taken: it is read for its errors and then left out */
    bool flawed;    /* reading it gave errors */
} OfPending;

#define OF_KEY_CACHE_SIZE 512u /* a power of two */

/* A found row, kept under the address of its interned key. */
typedef struct {
    const char *key;
    guint32 events;
    OfSchemaKind kind;
    const OfKeyInfo *row;
} OfKeyCacheEntry;

typedef struct {
    OfStoryBuild *build;
    OfArena *arena; /* the build's */
    const OfLimits *limits;
    const char *const *known_views; /* NULL: not checked */
    OfDiagnostics *diagnostics;
    const OfDocument *document; /* the one being read */

    GArray *pending[OF_ITEM_VIEW + 1]; /* of OfPending, in the order of the files */
    bool broken[OF_ITEM_VIEW + 1];     /* a section could not be read: what it would define is not missed */
    guint n_errors;
    bool unsound; /* an error that sealing would only repeat in other words */
    bool stopped; /* a limit was reached */

    /* Aliases make a small file stand for a large one, so what they share is kept once. */
    GHashTable *texts;    /* text of a node -> its copy in the arena */
    GHashTable *lists;    /* items of a sequence node -> OfAnyList of the items they name, for long lists without an error */
    guint64 n_dated;      /* stints and accounts: they count as events */
    guint64 option_bytes; /* of lists in views */

    OfKeyCacheEntry key_cache[OF_KEY_CACHE_SIZE];
    guint64 *rule_rows;   /* the rows of each rule's keys as bits */
    GHashTable *patterns; /* OfKeyInfo -> GRegex */
    GHashTable *said;     /* OfKeyInfo of a file -> OfPlace where it was said first */
    GPtrArray *scratch;
    GString *key;    /* being made */
    GArray *unknown; /* of OfUnknown: references that wait for a hint */
} OfDecoder;

/* What is read, and where to. */
typedef struct {
    OfSchemaKind kind;
    guint32 events; /* the bit of the event's type; all where there is none or it is not known */
    const OfKeyInfo *key;
    const OfNode *node; /* the value */
    gpointer object;    /* the struct that has the field */
} OfSlot;

/* All OF_LISTs and OfTexts have this form. */
typedef struct {
    gpointer const *items;
    guint n;
} OfAnyList;

static inline gpointer of_slot_field(const OfSlot *slot)
{
    return (char *) slot->object + slot->key->offset;
}

static inline OfAnyList of_list_at(const void *field)
{
    OfAnyList list;
    memcpy(&list, field, sizeof list);
    return list;
}

static inline void of_pointer_store(gpointer field, gconstpointer pointer)
{
    memcpy(field, &pointer, sizeof pointer);
}

/* decode_mapping.c */

/* Counts an error that was reported, or that need not be; stops reading where there are too many. */
void of_decode_count_error(OfDecoder *decoder);

/* Adds an error and marks the story unsound where slot (NULL: always) holds what sealing builds on. hint is taken over. */
OfDiagnostic *of_decode_fail(OfDecoder *decoder, const OfSlot *slot, const char *code, const OfPlace *place, char *hint,
                             const char *format, ...) G_GNUC_PRINTF(6, 7);

/* A text of the input as a message shows it: between backticks, cut where it is long. Owned by the caller. */
char *of_decode_quote(const char *text);

/* "`to` of a `move` event". Owned by the caller. */
char *of_decode_subject(const OfSlot *slot);

/* "a `move` event", "a lab". Owned by the caller. */
char *of_decode_kind_words(OfSchemaKind kind, guint32 events);

/* Reports a value that is null, or that is not what the slot's key takes, at node. */
void of_decode_fail_null(OfDecoder *decoder, const OfSlot *slot, const OfNode *node);
void of_decode_fail_type(OfDecoder *decoder, const OfSlot *slot, const OfNode *node);

/* Whether one node of the slot's sequence of mappings is a mapping; otherwise reports it. */
bool of_decode_check_mapping(OfDecoder *decoder, const OfSlot *slot, const OfNode *node);

/* The slot's value as a scalar with something in it; otherwise reports and returns NULL. */
const OfNode *of_decode_scalar(OfDecoder *decoder, const OfSlot *slot, const OfNode *node);

/* A node's text in the arena, shared by all aliases. */
const char *of_decode_keep_text(OfDecoder *decoder, const OfNode *node);

/* The row of an interned key, or NULL. */
const OfKeyInfo *of_decode_find_key(OfDecoder *decoder, OfSchemaKind kind, guint32 events, const char *key);

/* Reads all keys of a mapping into object, and reports unknown and missing ones and broken rules. place is the item's, for what is
 * missing. */
void of_decode_mapping(OfDecoder *decoder, OfSchemaKind kind, guint32 events, const OfNode *node, const OfPlace *place,
                       gpointer object);
/* Reports a key that the mapping does not take. Returns the row that was probably meant, or NULL. */
const OfKeyInfo *of_decode_unknown_key(OfDecoder *decoder, OfSchemaKind kind, guint32 events, const OfNodePair *pair);

/* The place of a key that is ASCII, quotes not counted: each item keeps one, and of_node_key_place() looks at the text each
 * time. */
OfPlace of_decode_key_place(const OfDecoder *decoder, const OfNodePair *pair);

/* The place of the first key of a mapping. */
OfPlace of_decode_mapping_place(const OfDecoder *decoder, const OfNode *node);

/* decode_values.c */

/* Reads one value along its row. */
void of_decode_value(OfDecoder *decoder, const OfSlot *slot);
/* The confidence where none is declared, and of what has rival accounts. */
void of_decode_settle_confidence(OfItem *item, guint n_accounts);

/* Whether more events (with stints and accounts, which stand for some) are within the limit; otherwise reports it and stops. */
bool of_decode_check_events(OfDecoder *decoder, guint64 more, const OfPlace *place);

/* decode_text.c: readers of values, and what they share */
void of_decode_text(OfDecoder *decoder, const OfSlot *slot);
void of_decode_label(OfDecoder *decoder, const OfSlot *slot);
void of_decode_pattern(OfDecoder *decoder, const OfSlot *slot);
void of_decode_ids(OfDecoder *decoder, const OfSlot *slot);
void of_decode_tags(OfDecoder *decoder, const OfSlot *slot);
void of_decode_color(OfDecoder *decoder, const OfSlot *slot);
void of_decode_url(OfDecoder *decoder, const OfSlot *slot);
/* Whether text can be an id of the kind in words ("lab"); otherwise reports it at place. */
bool of_decode_check_id(OfDecoder *decoder, const OfSlot *slot, const char *text, gsize length, const OfPlace *place);
/* Whether length is within the limit of labels; otherwise reports it. */
bool of_decode_check_label_bytes(OfDecoder *decoder, const OfSlot *slot, gsize length, const OfPlace *place);
/* Calls take for each item of a sequence, or for the one scalar. */
typedef void (*OfTakeNode)(OfDecoder *decoder, const OfSlot *slot, const OfNode *item, GPtrArray *into);
void of_decode_each(OfDecoder *decoder, const OfSlot *slot, const OfNode *node, OfTakeNode take, GPtrArray *into);

/* decode_references.c */

/* Sets of kinds of items. */
#define OF_KIND_BIT(kind) (1u << (unsigned) (kind))
#define OF_KINDS_TAG      OF_KIND_BIT(OF_ITEM_STORY) /* tags, which are no items */

/* A reference that names nothing. */
typedef struct {
    OfDiagnostic *diagnostic;
    guint32 kinds;
    const char *text;
    bool in_account;
} OfUnknown;

/* Whether text names an item of one of kinds; item is set to it (NULL for a tag). Otherwise reports it at place. */
bool of_decode_find(OfDecoder *decoder, const OfSlot *slot, guint32 kinds, const char *text, const OfPlace *place, gpointer *item);
void of_decode_reference(OfDecoder *decoder, const OfSlot *slot);
void of_decode_references(OfDecoder *decoder, const OfSlot *slot);
void of_decode_target(OfDecoder *decoder, const OfSlot *slot);
void of_decode_parts(OfDecoder *decoder, const OfSlot *slot);
/* Gives hints to the unknown references, now that all names are known. */
void of_decode_hint_unknown(OfDecoder *decoder);

/* decode_compare.c */

/* Orders two structs of a kind by their declared content, never by place: -1, 0 or 1. events: the bit of the event's type. */
int of_decode_compare(OfSchemaKind kind, guint32 events, gconstpointer a, gconstpointer b);
/* Orders dates; those that are not set come first. */
int of_decode_compare_dates(const OfDate *a, const OfDate *b);

/* decode_people.c */
void of_decode_finish_people(OfDecoder *decoder);

/* decode_events.c */

/* The type of an event, or OF_N_EVENT_TYPES where it is missing or unknown, which is reported. */
OfEventType of_decode_event_type(OfDecoder *decoder, const OfNode *node);
/* Gives one event its key, as yet without a number on ties, and looks at what the table does not say of it. */
void of_decode_finish_event(OfDecoder *decoder, OfEvent *event);
/* Gives the accounts of an owner keys of their own. */
void of_decode_set_account_keys(OfDecoder *decoder, const char *owner, OfAnyList accounts);
void of_decode_finish_events(OfDecoder *decoder);
void of_decode_finish_claims(OfDecoder *decoder);

/* decode_views.c */
void of_decode_view(OfDecoder *decoder, const OfPending *pending);
/* A view's callouts. */
void of_decode_callouts(OfDecoder *decoder, const OfSlot *slot);
/* One key of a view that is an option of the command. Returns false where it is none. */
bool of_decode_option(OfDecoder *decoder, OfSavedView *view, const OfNodePair *pair);

#endif
