#include "base/shorten.h"

#include <string.h>

#define MOST_BYTES 40

char *of_text_shorten(const char *text, gssize length)
{
    gsize n = length < 0 ? strlen(text) : (gsize) length;
    if (n <= MOST_BYTES) {
        return g_strndup(text, n);
    }
    gsize kept = MOST_BYTES;
    while (kept > 0 && ((guchar) text[kept] & 0xc0) == 0x80) {
        kept--;
    }
    return g_strdup_printf("%.*s…", (int) kept, text);
}
