/* What texts stand for, in tables of hundreds of thousands: a look-up fetches one entry from memory and the text, where one in a
 * GHashTable of as many fetches from four arrays. */
#ifndef OF_BASE_TEXT_TABLE_H
#define OF_BASE_TEXT_TABLE_H

#include <glib.h>

typedef struct {
    const char *text; /* NULL: free */
    gpointer value;
    guint hash, length;
} OfTextEntry;

/* Empty where it is all zeros. */
typedef struct {
    OfTextEntry *entries;
    gsize n, size; /* size: 0 or a power of two */
} OfTextTable;

void of_text_table_clear(OfTextTable *table);

/* Makes room for n more entries at once. */
void of_text_table_reserve(OfTextTable *table, gsize n);

/* What a text of length bytes stands for, or NULL. */
gpointer of_text_table_find(const OfTextTable *table, const char *text, gsize length);

/* Enters a text unless it is there already. text and value are borrowed, value is not NULL. Returns what the text stood for before,
 * or NULL. */
gpointer of_text_table_add(OfTextTable *table, const char *text, gsize length, gpointer value);

#endif
