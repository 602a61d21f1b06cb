/* The bytes of an input before anything reads them as YAML. */
#ifndef OF_TEXT_ENCODING_H
#define OF_TEXT_ENCODING_H

#include "base/diagnostics.h"

/* Checks that the text is UTF-8 and holds only characters that may stand in YAML. Reports UTF-16 and UTF-32, invalid bytes, control
 * characters other than tab, LF and CR, and the line separators that YAML 1.1 and 1.2 disagree about, as errors; bidi controls as
 * warnings. Returns whether there was no error. */
bool of_encoding_check(const OfSourceText *text, OfDiagnostics *diagnostics);

/* The first character of a decoded text that may not stand in one (a control character other than tab, LF and CR; NUL counts), or
 * -1. */
gint32 of_encoding_find_control(const char *text, gsize length);

/* The first bidi override, embedding or isolate in a text, or -1. */
gint32 of_encoding_find_bidi(const char *text, gsize length);

/* JSON writes characters beyond U+FFFF as two escapes, `\ud83d\ude00`, which YAML does not know. Returns a copy of a text that is
 * JSON (by what stands in it: standard input has no name to tell) with each such pair written as one YAML escape, `\U0001f600`, and
 * appends to pairs (of guint32) the index, in characters of the copy, of each. Returns NULL, pairs untouched, where there is no pair
 * or the text is no JSON. Owned by the caller. length: of bytes, in and out. */
char *of_encoding_join_surrogates(const char *bytes, gsize *length, GArray *pairs);

#endif
