/* What changed between two revisions of a story: model × model → a list of changes. */
#ifndef OF_DIFF_CHANGES_H
#define OF_DIFF_CHANGES_H

#include <glib.h>
#include <stdbool.h>

#include "model/story.h"

/* How the two sides of a change were found to be one item. */
typedef enum {
    OF_MATCH_ID,
    OF_MATCH_WAS,     /* one says that it was called like the other */
    OF_MATCH_CONTENT, /* without an id: by what it says */
    OF_MATCH_LIKELY,  /* guessed: nobody says so, but they are very alike */
} OfMatch;
extern const char *const of_match_names[]; /* indexed by OfMatch */

/* One field: its place in the item as a JSON pointer, its values as JSON of the canonical form; NULL where it is not there. Stints
 * are compared one by one: `/stints/1/to`. `/id` is the item's id, which is no field of the canonical form. */
typedef struct {
    char *path;
    char *path_to; /* the place on the new side where stints have moved up or down, else NULL */
    char *before, *after;
} OfFieldChange;

typedef struct {
    OfItemKind kind;
    const OfItem *from, *to; /* NULL where it was not there, or is no longer; both NULL for the story itself */
    OfMatch match;
    char *reason;      /* of a likely match: "same name, same stints"; else NULL */
    const char *verb;  /* "event.redated"; static */
    GPtrArray *fields; /* of OfFieldChange; empty for what is added or removed */
    char *item;        /* all fields of what is added or removed as JSON, else NULL */
} OfChange;

typedef struct {
    const OfStory *from, *to; /* borrowed: they must outlive the changes */
    GPtrArray *list;          /* of OfChange: by kind, then keys, then the old side's key */
    bool complete;            /* nothing has been filtered away */
    guint likeness;           /* that items were matched by, see of_changes_new() */
} OfChanges;

/* Items are matched by id, then by `was` of either side; then those without an id by equal content, and those of one person (lab,
 * where they name nobody) and type by least cost, see assignment.h. A rename carries the references to the item along: they
 * are no changes of the items that refer. Formatting, order, splitting into files, defaults written out are no change.
 * likeness: 0, or from how many percent of what they say in common on two sources, strategies, labs, groups, people or events with different
 * ids are taken for one that was renamed, though no `was` says so; 1 … 100.
 * of_changes_new(b, a) is of_changes_new(a, b) inverted. */
OfChanges *of_changes_new(const OfStory *from, const OfStory *to, guint likeness);
void of_changes_free(OfChanges *changes); /* takes NULL */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OfChanges, of_changes_free)

/* Frees an OfChange; takes NULL. */
void of_change_free(gpointer change);

/* Swaps the sides. */
void of_changes_invert(OfChanges *changes);

/* The key that a change goes by: on the new side, else on the old one; "story" for the story. Borrowed. */
const char *of_change_key(const OfChange *change);

/* Whether it is neither added nor removed. */
bool of_change_is_pair(const OfChange *change);

/* The field at a path, or NULL. */
const OfFieldChange *of_change_find_field(const OfChange *change, const char *path);

#endif
