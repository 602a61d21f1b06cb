/* The model: an immutable timeline of people, labs and events.
 *
 * The first half of each struct is what the data says ("declared"), filled by decode; the second half is what follows from it
 * ("derived"), filled by seal. After of_story_read() nothing changes any more. All pointers are borrowed from the story; texts are
 * UTF-8; arrays are sorted by id, or by time where said, never by their order in the files. */
#ifndef OF_MODEL_STORY_H
#define OF_MODEL_STORY_H

#include "base/date.h"
#include "base/diagnostics.h"
#include "base/limits.h"

typedef struct OfStory OfStory;
typedef struct OfLab OfLab;
typedef struct OfPerson OfPerson;
typedef struct OfEvent OfEvent;
typedef struct OfStint OfStint;
struct OfOptions; /* model/options.h */

/* From best to worst. */
typedef enum {
    OF_CONFIDENCE_CONFIRMED,
    OF_CONFIDENCE_REPORTED,
    OF_CONFIDENCE_UNVERIFIED,
    OF_CONFIDENCE_DISPUTED,
} OfConfidence;
extern const char *const of_confidence_names[]; /* NULL-terminated, indexed by OfConfidence */

/* The kinds of items; of_kind_name() gives "person", "lab", … */
typedef enum {
    OF_ITEM_STORY,
    OF_ITEM_SOURCE,
    OF_ITEM_STRATEGY,
    OF_ITEM_LAB,
    OF_ITEM_GROUP,
    OF_ITEM_PERSON,
    OF_ITEM_EVENT,
    OF_ITEM_CLAIM,
    OF_ITEM_VIEW,
} OfItemKind;
const char *of_kind_name(OfItemKind kind);

typedef struct {
    const char *const *items;
    guint n;
} OfTexts;

/* A counted array of borrowed pointers, typed by its use. */
#define OF_LIST(Type)                                                                                                              \
    struct {                                                                                                                       \
        Type *const *items;                                                                                                        \
        guint n;                                                                                                                   \
    }

/* Keys that all items share. */
typedef struct {
    OfPlace place;    /* of the item's id, or of its first key */
    const char *id;   /* NULL only for events, claims without one; see key */
    const char *key;  /* id, or for an item without one `type:who:date` with `#2`, `#3` on ties; never NULL */
    const char *name; /* `name` or `title` as declared, or NULL */
    const char *note, *url, *color;
    OF_LIST(const struct OfSource) sources; /* sorted by id */
    OfConfidence confidence;                /* the default applied */
    bool confidence_set;                    /* declared */
    guint order;                            /* among its kind, in the order of the files; of stints and accounts, in their list */
    bool used;                              /* derived, of labs, people, strategies and groups: something names it */
    OfTexts tags, was;                      /* sorted */
} OfItem;

/* What a drawing shows: the name, else the id, else the key. */
const char *of_item_label(const OfItem *item);

typedef struct OfSource {
    OfItem item;
    const char *publisher, *author;
    OfDate date, accessed;
    /* derived */
    guint n_uses;
} OfSource;

typedef struct {
    OfItem item;
} OfStrategy;

typedef struct {
    OfItem item;
    /* derived */
    OF_LIST(OfPerson) people; /* sorted by id */
} OfGroup;

/* A state of a lab from `day` on, in time order. */
typedef struct {
    OfDate date;                /* not set for the state at the start */
    OfDay day;                  /* OF_DAY_MIN for the state at the start */
    const OfEvent *event;       /* NULL for the state at the start */
    const OfStrategy *strategy; /* of stances */
    const OfLab *parent;        /* of parents; NULL is top-level */
    const char *name;           /* of names */
    const OfPerson *person;     /* of leads; NULL where nobody leads any more */
} OfLabState;

struct OfLab {
    OfItem item;
    const char *kind, *long_name, *country;
    const OfLab *parent; /* at the start, or NULL */
    OfDate founded, closed;
    const OfStrategy *strategy; /* at the start, or NULL */
    /* derived */
    guint index;              /* in the story's labs */
    OfDate begin, end;        /* `founded`/`found` and `closed`/`close`/`merge` joined; not set where not known */
    OfDay begin_day, end_day; /* drawn lifetime: OF_DAY_MIN and OF_DAY_MAX where not known */
    const OfEvent *begin_event, *end_event;
    OF_LIST(const OfLabState) stances, names, parents, leads; /* in time order; names and parents have at least one */
    OF_LIST(const OfLab) children;                            /* at any time, sorted by id */
    OF_LIST(const OfStint) stints;                            /* by begin day, then person id */
};

/* A declared stint of a person (`stints:`). */
typedef struct {
    OfItem item; /* place, note, sources, confidence */
    const OfLab *lab;
    OfDate from, to;
    const char *role;
    bool lead, concurrent;
    OF_LIST(const struct OfAccount) accounts;
} OfStintDecl;

/* A role within a stint, from day on. */
typedef struct {
    OfDay day;
    OfDate date;
    const char *role; /* NULL: none said */
    bool lead;
    const OfEvent *event; /* NULL where it comes from the person or a stint */
} OfRole;

/* One stay of one person at one lab: from arrival to departure. */
struct OfStint {
    const OfPerson *person;
    const OfLab *lab;
    OfDate from, to;                        /* `from` not set: was there when the story opens; `to` not set: still there */
    OfDay begin_day, end_day;               /* drawn; end_day is the day they are no longer there, OF_DAY_MAX where still there */
    bool concurrent;                        /* began while an earlier stint was open */
    OfConfidence confidence;                /* of the arrival */
    const OfEvent *begin_event, *end_event; /* NULL where a declared stint or the opening says it */
    const OfStintDecl *decl;                /* NULL where events say it */
    OF_LIST(const OfRole) roles;            /* in time order */
};

typedef enum { OF_MOVE_JOIN, OF_MOVE_LEAVE, OF_MOVE_MOVE } OfMoveKind;

/* An elementary change of affiliation: what `moves` bundles. Being somewhere when the story opens is none. */
typedef struct {
    OfMoveKind kind;
    const OfPerson *person; /* NULL: aggregated, see weight */
    gint64 weight;          /* people: 1 for a person */
    const OfLab *from, *to; /* from is NULL for a join, to for a leave */
    OfDate date;
    OfDay day;       /* drawn */
    OfDate arrival;  /* as date, but where a stint begins the day after another ends: when it began */
    bool concurrent; /* a join beside a stint that goes on */
    OfConfidence confidence;
    const OfEvent *event;           /* NULL where stints say it */
    const OfStint *leaves, *enters; /* NULL for aggregated ones and for outside */
    const OfItem *item;             /* the event's or stint's item: sources, note, key, place */
} OfMove;

struct OfPerson {
    OfItem item;
    const OfLab *lab;
    OfDate since;
    const char *role;
    bool lead;
    OF_LIST(const OfGroup) groups; /* sorted by id */
    const char *orcid, *wikidata;
    OF_LIST(const OfStintDecl) decls; /* in the order of time */
    /* derived */
    guint index;                   /* in the story's people */
    OF_LIST(const OfStint) stints; /* by begin day, then the order used */
};

typedef enum {
    OF_EVENT_JOIN,
    OF_EVENT_LEAVE,
    OF_EVENT_MOVE,
    OF_EVENT_FOUND,
    OF_EVENT_CLOSE,
    OF_EVENT_MERGE,
    OF_EVENT_SPLIT,
    OF_EVENT_RENAME,
    OF_EVENT_REPARENT,
    OF_EVENT_ROLE,
    OF_EVENT_SHIFT,
    OF_EVENT_TRANSFER,
    OF_EVENT_RELEASE,
    OF_EVENT_DELAY,
    OF_EVENT_CANCEL,
    OF_EVENT_ANNOUNCE,
    OF_EVENT_REPORT,
    OF_EVENT_DEAL,
    OF_EVENT_NOTE,
    OF_N_EVENT_TYPES
} OfEventType;

/* One row a type: its name, the keys it takes and must have, in words. Static. */
typedef struct {
    const char *name;
    const char *meaning; /* one line for `help` and the schema */
    bool milestone;      /* release … note */
} OfEventTypeInfo;
const OfEventTypeInfo *of_event_type_info(OfEventType type);

/* A rival version of an event or stint: what is set overrides the event's own. */
typedef struct OfAccount {
    OfItem item; /* place, note, title, sources, confidence */
    OfDate date;
    const OfLab *from, *to;
    const OfStrategy *to_strategy, *from_strategy; /* of a shift */
    const char *role;
} OfAccount;

/* A part of a split: lab and those who go into it. */
typedef struct {
    const OfLab *lab;
    OF_LIST(const OfPerson) people; /* sorted by id */
} OfSplitPart;

struct OfEvent {
    OfItem item; /* name is the title */
    OfEventType type;
    OfDate date;
    OF_LIST(const OfPerson) people;                /* sorted by id */
    const OfLab *lab;                              /* found, close, split, rename, reparent, role, shift, milestones */
    OF_LIST(const OfLab) labs;                     /* merge; sorted by id */
    const OfLab *from, *to;                        /* labs: join … merge, reparent (to), transfer */
    const OfStrategy *from_strategy, *to_strategy; /* shift */
    OF_LIST(const OfSplitPart) into;               /* split; sorted by lab id */
    const char *new_name;                          /* rename */
    const char *role;
    bool lead, lead_set;
    const char *what; /* transfer */
    bool concurrent;
    gint64 weight;                  /* 0 where not declared */
    OF_LIST(const OfEvent) because; /* sorted by time, then key */
    OF_LIST(const OfAccount) accounts;
    /* derived */
    guint index;                    /* in the story's events */
    OfDay day;                      /* drawn: clamped to order and lifetimes */
    OF_LIST(const OfEvent) effects; /* the events that name this one in because; by time, then key */
};

typedef struct {
    OfItem item;
    const char *text;
    bool has_count, has_share;
    gint64 count;
    double share; /* 0 … 1 */
    const OfGroup *group;
    const OfPerson *person;
    const OfLab *lab;
    OfDate at;
    /* derived */
    guint n_of;                      /* people of the group (1 for a person) */
    guint least, most;               /* certain and possible number there */
    OF_LIST(const OfPerson) counted; /* everyone who possibly is there, sorted by id */
    bool holds;
} OfClaim;

typedef struct {
    OfItem item;      /* name is the title */
    const char *type; /* a view's name: checked by the caller that knows the views, at type_place */
    OfPlace type_place;
    const char *subtitle;
    struct OfOptions *options;
} OfSavedView;

struct OfStory {
    const char *title, *subtitle, *lang; /* lang "en" where not said; title and subtitle NULL */
    OF_LIST(const OfSource) sources;
    OF_LIST(const OfStrategy) strategies;
    OF_LIST(const OfLab) labs;
    OF_LIST(const OfGroup) groups;
    OF_LIST(const OfPerson) people;
    OF_LIST(const OfEvent) events; /* by earliest day, latest day, key */
    OF_LIST(const OfClaim) claims;
    OF_LIST(const OfSavedView) views; /* in the order of the files, files in byte order of their names */
    /* derived */
    OF_LIST(const OfMove) moves;      /* by drawn day, person id, the order used; aggregated ones last, by key */
    OF_LIST(const OfMove) aggregated; /* those of them that are of people without names */
    OfDay first_day, last_day;        /* of all dates in the data; last_day is the story's end */
};

/* The items of a kind, each of which begins with an OfItem; none of OF_ITEM_STORY. */
typedef OF_LIST(const OfItem) OfItems;
OfItems of_story_items(const OfStory *story, OfItemKind kind);

/* One input of the command. */
typedef struct {
    const char *name; /* shown in messages */
    char *bytes;      /* taken over */
    gsize length;
} OfInput;

/* Reads, decodes, validates and seals. inputs' bytes are taken over by diagnostics (set to NULL here).
 * known_views: NULL-terminated names of view types that `views:` may name.
 * Returns the story, or NULL where there were errors that keep it from being one; a claim that the data contradicts is an error in
 * diagnostics while the story is still returned. The story borrows from diagnostics, which must outlive it. */
OfStory *of_story_read(OfInput *inputs, guint n_inputs, const OfLimits *limits, const char *const *known_views,
                       OfDiagnostics *diagnostics);

/* What the data declares, whether it makes sense or not: stops behind decoding, so that nothing derived and no digest is there. Returns NULL where
 * a file could not be read at all; where diagnostics has errors, what they are about is missing. Else as of_story_read(). */
OfStory *of_story_read_declared(OfInput *inputs, guint n_inputs, const OfLimits *limits, const char *const *known_views,
                                OfDiagnostics *diagnostics);
void of_story_free(OfStory *story); /* takes NULL */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OfStory, of_story_free)

/* SHA-256 of the canonical form, in hex. Made when it is asked for first, from whatever thread; the story's. */
const char *of_story_digest(const OfStory *story);

/* Look-up by id; NULL where there is none. */
const OfLab *of_story_find_lab(const OfStory *story, const char *id);
const OfPerson *of_story_find_person(const OfStory *story, const char *id);
const OfGroup *of_story_find_group(const OfStory *story, const char *id);
const OfEvent *of_story_find_event(const OfStory *story, const char *key); /* by id or key */
const OfSavedView *of_story_find_view(const OfStory *story, const char *id);

/* Whether any item has the tag; all tags, sorted: the list is owned by the caller, its texts (const char *) are the story's. */
bool of_story_has_tag(const OfStory *story, const char *tag);
GPtrArray *of_story_list_tags(const OfStory *story);

/* The state in force on a day (the last whose day is not after it), or NULL. */
const OfLabState *of_lab_stance_on(const OfLab *lab, OfDay day);
const OfLab *of_lab_parent_on(const OfLab *lab, OfDay day);
/* The lab at the top of the tree over it: itself where it has no parent. */
const OfLab *of_lab_root_on(const OfLab *lab, OfDay day);
const char *of_lab_name_on(const OfLab *lab, OfDay day); /* never NULL */
const OfPerson *of_lab_lead_on(const OfLab *lab, OfDay day);
/* Whether lab is ancestor itself or below it on that day. */
bool of_lab_is_within(const OfLab *lab, const OfLab *ancestor, OfDay day);

/* The stints of a person open on a day: begin_day <= day < end_day. The first is the main one. Returns how many were written, at
 * most max. */
guint of_person_stints_on(const OfPerson *person, OfDay day, const OfStint **stints, guint max);

/* The JSON Schema of format version 1, written from the table of keys. Owned by the caller. */
char *of_schema_write(void);

#endif
