#define _GNU_SOURCE /* memmem */
#include "text/conflict.h"

#include <string.h>

#include "base/shorten.h"

#define MARKER_LENGTH 7

/* A conflict that has begun; lines count from 1, 0: not there. */
typedef struct {
    guint begin, base, middle;
    char *ours; /* behind the marker; or NULL */
} Conflict;

static bool is_marker(const char *line, gsize length, char c)
{
    gsize n = 0;
    while (n < length && line[n] == c) {
        n++;
    }
    return n == MARKER_LENGTH && (length == n || line[n] == ' ');
}

/* What stands behind a marker. Owned by the caller. */
static char *label_of(const char *line, gsize length, const char *otherwise)
{
    return length > MARKER_LENGTH + 1 ? of_text_shorten(line + MARKER_LENGTH + 1, (gssize) (length - MARKER_LENGTH - 1))
                                      : g_strdup(otherwise);
}

/* "lines 3 to 4", "line 3", "nothing". Owned by the caller. */
static char *tell_lines(guint first, guint end)
{
    return first == end       ? g_strdup("nothing")
           : first + 1 == end ? g_strdup_printf("line %u", first)
                              : g_strdup_printf("lines %u to %u", first, end - 1);
}

static void report(const OfSourceText *text, const Conflict *conflict, guint end, const char *theirs, OfDiagnostics *diagnostics)
{
    const OfPlace place = {text, conflict->begin, 1, MARKER_LENGTH};
    g_autofree char *left = tell_lines(conflict->begin + 1, conflict->base > 0 ? conflict->base : conflict->middle);
    g_autofree char *right = tell_lines(conflict->middle + 1, end);
    of_diagnostics_add(diagnostics, OF_SEVERITY_ERROR, "merge-conflict", &place,
                       g_strdup("leave the lines that are to hold, and take the markers out"),
                       "unresolved merge conflict: %s in `%s`, %s in `%s`", left, conflict->ours, right, theirs);
}

bool of_conflict_check(const OfSourceText *text, OfDiagnostics *diagnostics)
{
    Conflict conflict = {0, 0, 0, NULL};
    bool found = false;
    guint number = 1;
    /* Most texts have no marker at all: that is seen at once. */
    if (memmem(text->bytes, text->length, "<<<<<<<", MARKER_LENGTH) == NULL) {
        return false;
    }
    for (gsize at = 0; at < text->length; number++) {
        const char *line = text->bytes + at;
        const char *end = memchr(line, '\n', text->length - at);
        gsize length = end != NULL ? (gsize) (end - line) : text->length - at;
        at += length + 1;
        length -= length > 0 && line[length - 1] == '\r';
        if (is_marker(line, length, '<')) {
            g_free(conflict.ours);
            conflict = (Conflict){number, 0, 0, label_of(line, length, "ours")};
        } else if (conflict.begin > 0 && conflict.middle == 0 && is_marker(line, length, '|')) {
            conflict.base = number;
        } else if (conflict.begin > 0 && conflict.middle == 0 && is_marker(line, length, '=')) {
            conflict.middle = number;
        } else if (conflict.middle > 0 && is_marker(line, length, '>')) {
            g_autofree char *theirs = label_of(line, length, "theirs");
            report(text, &conflict, number, theirs, diagnostics);
            conflict.begin = conflict.middle = 0;
            found = true;
        }
    }
    g_free(conflict.ours);
    return found;
}
