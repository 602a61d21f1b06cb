/* Finding places in a source text fast, so that showing a million problems stays linear. */
#ifndef OF_BASE_TEXT_INDEX_H
#define OF_BASE_TEXT_INDEX_H

#include "base/diagnostics.h"

/* A byte and where it stands: line and column from 1, columns in characters. Lines end at LF, CR LF or CR. A byte order mark is no
 * character. */
typedef struct {
    gsize offset;
    guint line, column;
} OfTextMark;

/* An index over one text, empty until the first look-up. */
OfTextIndex *of_text_index_new(void);
void of_text_index_free(OfTextIndex *index); /* takes NULL */

/* Where the character behind the one at offset begins. Bytes that continue nothing are taken along as UTF-8 would, three at most,
 * so that broken texts have characters of a sane size too. */
static inline gsize of_text_next(const OfSourceText *text, gsize offset)
{
    gsize next = offset + 1;
    while (next < text->length && next < offset + 4 && ((guchar) text->bytes[next] & 0xc0) == 0x80) {
        next++;
    }
    return next;
}

OfTextMark of_text_mark_start(const OfSourceText *text);

/* Moves mark forward to the character that holds the byte at offset, or to the end of the text. */
void of_text_mark_move(const OfSourceText *text, OfTextMark *mark, gsize offset);

/* The character at line and column; where the line is shorter, its end; where there is no such line, the end of the text. Uses the
 * text's index if it has one. */
OfTextMark of_text_mark_find(const OfSourceText *text, guint line, guint column);

#endif
