/* Hashing of texts that come from untrusted input. */
#ifndef OF_BASE_HASH_H
#define OF_BASE_HASH_H

#include <glib.h>

/* A GHashFunc for NUL-terminated texts, to be used in the place of g_str_hash (with g_str_equal) wherever the texts are input:
 * SipHash-1-3 under a key drawn once a process. g_str_hash lets anybody write a million texts of one hash, which makes every
 * look-up walk over all of them. Values differ from run to run: never let them, or the order of a table, reach an output.
 *
 * Source: Aumasson and Bernstein, "SipHash: a fast short-input PRF", INDOCRYPT 2012. */
guint of_text_hash(gconstpointer text);

/* The same for length bytes. */
guint of_bytes_hash(const void *bytes, gsize length);

#endif
