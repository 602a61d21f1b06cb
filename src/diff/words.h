/* Changes in words: what text, Markdown and drawings share. */
#ifndef OF_DIFF_WORDS_H
#define OF_DIFF_WORDS_H

#include "diff/changes.h"

/* "3 changes: 1 person added, 2 events redated", by kind, most telling verb first; "no changes". A filtered list says so. */
void of_words_append_counts(GString *out, const OfChanges *changes);

/* "added", "removed", "renamed", "retargeted", "redated" or "changed". Static. */
const char *of_words_action(const OfChange *change);

/* "person", "people". Static. */
const char *of_words_kind(OfItemKind kind, guint n);

/* What a reader looks for a change under: a lab, people, or the rest of the story. */
typedef struct {
    guint rank;         /* labs, then people, then the rest */
    char *key;          /* orders groups of a rank */
    char *title;        /* "FAIR (fair)", "Ann and Bob", "Sources" */
    GPtrArray *changes; /* of const OfChange, by time of what they say, then as in the list */
} OfWordGroup;

/* The groups in their order. Owned by the caller (g_ptr_array_unref). */
GPtrArray *of_words_group(const OfChanges *changes);

/* '+', '-', or '~' for what has both sides. */
char of_words_sign(const OfChange *change);

/* What changed, in one line, without its sign: "move 2023-04~ from fair to mistral", "move: date 2023-04~ -> 2023-05". Input is not
 * escaped. Owned by the caller. */
char *of_words_describe(const OfChange *change);

/* "old.yaml:3", or NULL. Owned by the caller. */
char *of_words_place(const OfItem *item);

#endif
