/* What is wrong with the data: a list of problems with their places. Nothing here prints. */
#ifndef OF_BASE_DIAGNOSTICS_H
#define OF_BASE_DIAGNOSTICS_H

#include <glib.h>
#include <stdbool.h>

typedef struct OfTextIndex OfTextIndex;

/* One input, kept whole so that messages can show the line. */
typedef struct {
    char *name;  /* as given on the command line, or "<stdin>" */
    char *bytes; /* NUL-terminated; may hold NUL inside where the input is broken */
    gsize length;
    OfTextIndex *index; /* for finding lines fast; belongs to the diagnostics list; NULL: none */
} OfSourceText;

/* A place in an input. text == NULL: no place. line and column count from 1; column counts characters (code points). */
typedef struct {
    const OfSourceText *text;
    guint line, column;
    guint length; /* characters to underline on that line, at least 1 */
} OfPlace;

typedef enum { OF_SEVERITY_WARNING, OF_SEVERITY_ERROR } OfSeverity;

/* What a problem means for the exit status. */
typedef enum {
    OF_KIND_DATA,  /* invalid input: exit status 3 */
    OF_KIND_LIMIT, /* a named limit was reached: exit status 4 */
} OfDiagnosticKind;

typedef struct {
    OfSeverity severity;
    OfDiagnosticKind kind;
    const char *code; /* a static, stable word such as "unknown-key"; tools may rely on it */
    char *message;    /* one line, without a full stop at its end */
    char *hint;       /* NULL or one line: "did you mean `mistral`?" */
    OfPlace place;
    OfPlace other; /* a second place the message speaks of ("first defined here"), or text == NULL */
} OfDiagnostic;

typedef struct OfDiagnostics OfDiagnostics;

OfDiagnostics *of_diagnostics_new(void);
void of_diagnostics_free(OfDiagnostics *list); /* takes NULL */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OfDiagnostics, of_diagnostics_free)

/* Adds a source text, taking bytes over; it lives as long as the list. Returns it, borrowed. */
const OfSourceText *of_diagnostics_add_text(OfDiagnostics *list, const char *name, char *bytes, gsize length);

/* The texts in the order in which they were added. Borrowed. */
guint of_diagnostics_count_texts(const OfDiagnostics *list);
const OfSourceText *of_diagnostics_get_text(const OfDiagnostics *list, guint index);

/* Adds a problem. place may be NULL. hint is taken over (NULL for none). Bytes that are no UTF-8 are escaped in
 * both. Returns the entry, borrowed, so that the caller may
 * set `other` and `kind`. Identical entries (same code, message and place) are added once. From the millionth on, further ones are
 * counted by severity but not listed, and one warning says so. */
OfDiagnostic *of_diagnostics_add(OfDiagnostics *list, OfSeverity severity, const char *code, const OfPlace *place, char *hint,
                                 const char *format, ...) G_GNUC_PRINTF(6, 7);

guint of_diagnostics_count(const OfDiagnostics *list);
const OfDiagnostic *of_diagnostics_get(const OfDiagnostics *list, guint index);
guint of_diagnostics_count_severity(const OfDiagnostics *list, OfSeverity severity);
bool of_diagnostics_has_limit(const OfDiagnostics *list);

/* Sorts by name of file, line, column, severity (errors first), code, message. */
void of_diagnostics_sort(OfDiagnostics *list);

/* One problem in words, as a terminal shows it:
 *     graphs/a.yaml:12:7: error: unknown key `colour` in a lab [unknown-key]
 *        12 |   fair: {colour: red}
 *           |          ^~~~~~
 *           = hint: did you mean `color`?
 * Control characters and bidi overrides of the input are shown escaped. Long lines are cut around the place.
 * Colours (ANSI) only with colored. Ends with a newline. Owned by the caller. */
char *of_diagnostic_format(const OfDiagnostic *diagnostic, bool colored);

/* The nearest of candidates to word by edits (Damerau-Levenshtein, at most a third of its length, at least 1), ties by byte order;
 * or NULL. Returns "did you mean `x`?", owned by the caller. n_candidates == -1: NULL-terminated. */
char *of_hint_nearest(const char *word, const char *const *candidates, gssize n_candidates);

/* The text with control characters, bidi controls and invalid bytes as \xNN or \u{NNNN}: safe on a terminal. Owned by the caller. */
char *of_text_escape(const char *text, gssize length);

#endif
