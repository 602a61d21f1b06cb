/* Input quoted in messages. */
#ifndef OF_BASE_SHORTEN_H
#define OF_BASE_SHORTEN_H

#include <glib.h>

/* A copy of the text, cut to about 40 bytes with an ellipsis where it is longer: a message should name what was read, not repeat a
 * megabyte of it. length in bytes, -1: NUL-terminated. Cuts between characters. Owned by the caller. */
char *of_text_shorten(const char *text, gssize length);

#endif
