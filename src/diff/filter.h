/* Less than the whole difference. */
#ifndef OF_DIFF_FILTER_H
#define OF_DIFF_FILTER_H

#include "diff/changes.h"

/* What to keep. Start with of_change_filter_new(), which keeps all. */
typedef struct {
    guint32 only, ignored; /* bits of OfItemKind; only == 0: all kinds */
    GPtrArray *people;     /* of char *: ids, on either side; empty: all */
    GPtrArray *labs;       /* alike, with their children */
} OfChangeFilter;

OfChangeFilter *of_change_filter_new(void);
void of_change_filter_free(OfChangeFilter *filter); /* takes NULL */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OfChangeFilter, of_change_filter_free)

/* Adds to the filter: name is "only" or "ignore" (kinds with commas between them), "person" or "lab" (ids that either side knows, with commas). Returns
 * false with an OF_ERROR_USAGE where it cannot be. */
bool of_change_filter_add(OfChangeFilter *filter, const OfChanges *changes, const char *name, const char *value, GError **error);

/* Drops what the filter does not keep; changes are not complete any more where the filter says anything. A change concerns a person or
 * lab if it is theirs, or if either side of it names them. */
void of_changes_filter(OfChanges *changes, const OfChangeFilter *filter);

#endif
