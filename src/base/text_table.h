/* What texts stand for, in tables of hundreds of thousands: a look-up fetches one entry from memory and the text, where one in a
 * GHashTable of as many fetches from four arrays. */
#ifndef OF_BASE_TEXT_TABLE_H
#define OF_BASE_TEXT_TABLE_H

#include <glib.h>

typedef struct {
    const char *text; /* NULL: free */
    gpointer value;
    guint hash, length;
    guint64 start; /* of the text: of a short one all of it */
} OfTextEntry;

/* Empty where it is all zeros. */
typedef struct {
    OfTextEntry *entries;
    gsize n, size; /* size: 0 or a power of two */
} OfTextTable;

void of_text_table_clear(OfTextTable *table);

/* Makes room for n more entries at once. */
void of_text_table_reserve(OfTextTable *table, gsize n);

/* The entry of a text of length bytes, or NULL where there is none. Good until the next call that makes one. */
const OfTextEntry *of_text_table_look_up(const OfTextTable *table, const char *text, gsize length);

/* What a text of length bytes stands for, or NULL. */
gpointer of_text_table_find(const OfTextTable *table, const char *text, gsize length);

/* The entry of a text, made where there is none: then its value is NULL, and its text, which it borrows as is, may be changed for
 * an equal one and is to outlive the table. Good until the next call. */
OfTextEntry *of_text_table_claim(OfTextTable *table, const char *text, gsize length);

/* Says that a text will be claimed soon, a few calls from now: looking it up then need not wait for memory. */
void of_text_table_expect(const OfTextTable *table, const char *text, gsize length);

#endif
