/* Changes in words: what text and Markdown share. */
#ifndef OF_DIFF_WORDS_H
#define OF_DIFF_WORDS_H

#include <json-glib/json-glib.h>

#include "diff/changes.h"
#include "diff/counts.h"

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

/* A value of the canonical form without quotes: "ann, bob", "{from: 2019, lab: fair}". Input is not escaped. */
void of_words_append_value(GString *out, JsonNode *node);

/* "old.yaml:3", or NULL. Owned by the caller. */
char *of_words_place(const OfItem *item);

#endif
