/* Sorting many items by a number: where hundreds of thousands are sorted, what costs is to fetch each item at each comparison.
 * Here the numbers stand beside the pointers. */
#ifndef OF_BASE_KEYED_H
#define OF_BASE_KEYED_H

#include <glib.h>

/* A pointer to one is a pointer to its item: a GCompareFunc for arrays of pointers will do. */
typedef struct {
    gpointer item;
    guint64 key;
} OfKeyed;

/* Two whole numbers as one key that orders by the first, then the second. */
static inline guint64 of_key_from_pair(gint32 first, gint32 second)
{
    const guint64 sign = G_GUINT64_CONSTANT(0x8000000080000000);
    return (((guint64) (guint32) first << 32) | (guint32) second) ^ sign;
}

/* The beginning of a NUL-terminated text: texts with different keys are in the order of their keys, as strcmp has it. */
guint64 of_key_from_text(const char *text);

/* How many of the first n bytes of two texts are alike, their ends not counted. What all texts begin with says nothing of their order: keys are
 * to be made of what comes behind it. */
gsize of_key_common_start(const char *first, const char *text, gsize n);

/* Sorts by key; equal keys stay in their order. In linear time: Knuth, The Art of Computer Programming 3, 5.2.5, algorithm R. */
void of_keyed_sort(OfKeyed *keyed, guint n);

/* Of items sorted by key, sorts those with equal keys by compare; equal ones stay in their order. */
void of_keyed_settle(OfKeyed *keyed, guint n, GCompareFunc compare);

/* Gives a text of an item, by which compare orders first. */
typedef const char *(*OfTextOfItem)(gconstpointer item);

/* Sorts by that text, and only what is not told apart by eight characters behind what all texts begin with by compare; keys are set
 * anew. Equal items stay in their order. */
void of_keyed_sort_by_text(OfKeyed *keyed, guint n, OfTextOfItem text_of, GCompareFunc compare);

/* As of_keyed_settle(), for each run of equal keys by of_keyed_sort_by_text(). */
void of_keyed_settle_by_text(OfKeyed *keyed, guint n, OfTextOfItem text_of, GCompareFunc compare);

/* Both, for an array of n pointers: key_of gives the key of an item. */
void of_pointers_sort(gpointer *items, guint n, guint64 (*key_of)(gconstpointer item), GCompareFunc compare);

#endif
