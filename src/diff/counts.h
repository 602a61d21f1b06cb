/* How many changes of which kind there are, in words. */
#ifndef OF_DIFF_COUNTS_H
#define OF_DIFF_COUNTS_H

#include "diff/changes.h"

/* "3 changes: 1 person added, 2 events redated", by kind, most telling verb first; "no changes". A filtered list says so. */
void of_words_append_counts(GString *out, const OfChanges *changes);

/* "added", "removed", "renamed", "retargeted", "redated" or "changed". Static. */
const char *of_words_action(const OfChange *change);

/* "person", "people". Static. */
const char *of_words_kind(OfItemKind kind, guint n);

#endif
