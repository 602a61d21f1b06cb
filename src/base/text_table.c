#include "base/text_table.h"

#include "base/hash.h"
#include "base/prefetch.h"

#include <string.h>

#define LEAST_SIZE 16

void of_text_table_clear(OfTextTable *table)
{
    g_free(table->entries);
    *table = (OfTextTable){NULL, 0, 0};
}

static guint64 start_of(const char *text, gsize length)
{
    guint64 start = 0;
    memcpy(&start, text, MIN(length, sizeof start));
    return start;
}

/* The entry of the text, or the free one where it would stand: the next one from the place its hash says (Knuth, The Art of Computer
 * Programming 3, 6.4, algorithm L). */
static OfTextEntry *entry_of(const OfTextTable *table, const char *text, gsize length, guint hash)
{
    const guint64 start = start_of(text, length);
    for (gsize at = hash & (table->size - 1);; at = (at + 1) & (table->size - 1)) {
        OfTextEntry *entry = &table->entries[at];
        if (entry->text == NULL || (entry->hash == hash && entry->length == length && entry->start == start &&
                                    (length <= sizeof start || memcmp(entry->text, text, length) == 0))) {
            return entry;
        }
    }
}

static void resize(OfTextTable *table, gsize size)
{
    const OfTextTable old = *table;
    table->size = size;
    table->entries = g_new0(OfTextEntry, size);
    for (gsize i = 0; i < old.size; i++) {
        const OfTextEntry *moved = &old.entries[i];
        if (moved->text != NULL) {
            gsize at = moved->hash & (size - 1);
            while (table->entries[at].text != NULL) {
                at = (at + 1) & (size - 1);
            }
            table->entries[at] = *moved;
        }
    }
    g_free(old.entries);
}

void of_text_table_reserve(OfTextTable *table, gsize n)
{
    gsize size = MAX(table->size, LEAST_SIZE);
    while ((table->n + n) * 8 > size * 7) {
        size *= 2;
    }
    if (size > table->size) {
        resize(table, size);
    }
}

const OfTextEntry *of_text_table_look_up(const OfTextTable *table, const char *text, gsize length)
{
    const OfTextEntry *entry = table->n > 0 ? entry_of(table, text, length, of_bytes_hash(text, length)) : NULL;
    return entry != NULL && entry->text != NULL ? entry : NULL;
}

gpointer of_text_table_find(const OfTextTable *table, const char *text, gsize length)
{
    const OfTextEntry *entry = of_text_table_look_up(table, text, length);
    return entry != NULL ? entry->value : NULL;
}

OfTextEntry *of_text_table_claim(OfTextTable *table, const char *text, gsize length)
{
    of_text_table_reserve(table, 1);
    const guint hash = of_bytes_hash(text, length);
    OfTextEntry *entry = entry_of(table, text, length, hash);
    if (entry->text == NULL) {
        *entry = (OfTextEntry){text, NULL, hash, (guint) length, start_of(text, length)};
        table->n++;
    }
    return entry;
}

void of_text_table_expect(const OfTextTable *table, const char *text, gsize length)
{
    if (table->size > 0) {
        OF_PREFETCH(&table->entries[of_bytes_hash(text, length) & (table->size - 1)]);
    }
}
