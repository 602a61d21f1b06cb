/* Text of untrusted data as it may be drawn: what it says, and nothing that acts. */
#ifndef OF_PAINT_LITERAL_H
#define OF_PAINT_LITERAL_H

#include <glib.h>
#include <stdbool.h>

/* The text as one line that every format can carry: invalid UTF-8, control characters and what XML does not allow as U+FFFD, line
 * breaks and tabs as spaces. NULL gives "". Owned by the caller. */
char *of_literal_new(const char *text);

/* The same for places where text stands beside other text without an element of its own (a window's title, a PDF's outline):
 * directional embeddings, overrides and isolates that the text leaves open (Unicode Standard Annex 9, X1–X8) are closed at its
 * end. */
char *of_literal_new_closed(const char *text);

/* Whether a literal holds a directional formatting character (U+202A–E, U+2066–9). */
bool of_literal_has_bidi_controls(const char *literal);

/* Whether a literal runs from right to left: its first letter decides, as in rule P2 of Annex 9. */
bool of_literal_is_right_to_left(const char *literal);

#endif
