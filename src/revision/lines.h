/* Texts compared and merged line by line, as git does: for what is no story. */
#ifndef OF_REVISION_LINES_H
#define OF_REVISION_LINES_H

#include <glib.h>
#include <stdbool.h>

typedef struct {
    const char *name; /* its path, or NULL where it is not there */
    const void *bytes;
    gsize length;
} OfLines;

/* The unified difference with git's header, "" where both are the same. Owned by the caller. */
char *of_lines_diff(const OfLines *from, const OfLines *to, GError **error);

/* The three-way merge, with conflicts between markers of marker_size characters. *clean: there is none. What is binary cannot be
 * merged: an error. Owned by the caller. */
char *of_lines_merge(const OfLines *base, const OfLines *ours, const OfLines *theirs, guint marker_size, gsize *length, bool *clean,
                     GError **error);

#endif
