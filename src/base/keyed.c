#include "base/keyed.h"

#include <stdbool.h>
#include <string.h>

enum { DIGITS = sizeof(guint64), VALUES = 256 };

/* Fewer than this are sorted by insertion: counting digits costs as much as that. */
#define FEW 32

guint64 of_key_from_text(const char *text)
{
    guint64 key = 0;
    guint n = 0;
    for (; n < sizeof key && text[n] != '\0'; n++) {
        key = key << 8 | (guchar) text[n];
    }
    return n == 0 || n == sizeof key ? key : key << (8 * (sizeof key - n)); /* a shift by all bits is undefined */
}

gsize of_key_common_start(const char *first, const char *text, gsize n)
{
    gsize i = 0;
    while (i < n && text[i] == first[i] && text[i] != '\0') {
        i++;
    }
    return i;
}

static guint digit_of(guint64 key, guint digit)
{
    return (guint) (key >> (8 * digit)) & (VALUES - 1);
}

static void sort_few(OfKeyed *keyed, guint n)
{
    for (guint i = 1; i < n; i++) {
        const OfKeyed moved = keyed[i];
        guint at = i;
        for (; at > 0 && keyed[at - 1].key > moved.key; at--) {
            keyed[at] = keyed[at - 1];
        }
        keyed[at] = moved;
    }
}

static bool is_sorted(const OfKeyed *keyed, guint n)
{
    for (guint i = 1; i < n; i++) {
        if (keyed[i - 1].key > keyed[i].key) {
            return false;
        }
    }
    return true;
}

/* Moves all to `to` in the order of one digit. starts: how many have each value. */
static void distribute(const OfKeyed *from, OfKeyed *to, guint n, guint digit, guint *starts)
{
    guint start = 0;
    for (guint value = 0; value < VALUES; value++) {
        const guint count = starts[value];
        starts[value] = start;
        start += count;
    }
    for (guint i = 0; i < n; i++) {
        to[starts[digit_of(from[i].key, digit)]++] = from[i];
    }
}

void of_keyed_sort(OfKeyed *keyed, guint n)
{
    if (n < FEW || is_sorted(keyed, n)) {
        sort_few(keyed, n < FEW ? n : 0);
        return;
    }
    guint counts[DIGITS][VALUES] = {{0}};
    for (guint i = 0; i < n; i++) {
        for (guint digit = 0; digit < DIGITS; digit++) {
            counts[digit][digit_of(keyed[i].key, digit)]++;
        }
    }
    OfKeyed *other = g_new(OfKeyed, n), *from = keyed, *to = other;
    for (guint digit = 0; digit < DIGITS; digit++) {
        if (counts[digit][digit_of(keyed[0].key, digit)] == n) {
            continue; /* the same in all */
        }
        distribute(from, to, n, digit, counts[digit]);
        OfKeyed *next = from;
        from = to;
        to = next;
    }
    if (from != keyed) {
        memcpy(keyed, from, n * sizeof *keyed);
    }
    g_free(other);
}

static int call_compare(gconstpointer a, gconstpointer b, gpointer compare)
{
    return (*(GCompareFunc *) compare)(a, b);
}

/* Where the run of equal keys ends that begins at from. */
static guint run_end(const OfKeyed *keyed, guint n, guint from)
{
    guint to = from + 1;
    while (to < n && keyed[to].key == keyed[from].key) {
        to++;
    }
    return to;
}

void of_keyed_settle(OfKeyed *keyed, guint n, GCompareFunc compare)
{
    for (guint from = 0, to; from < n; from = to) {
        to = run_end(keyed, n, from);
        if (to - from > 1) { /* GLib's sorting is stable */
            g_qsort_with_data(keyed + from, (gint) (to - from), sizeof *keyed, call_compare, &compare);
        }
    }
}

void of_keyed_sort_by_text(OfKeyed *keyed, guint n, OfTextOfItem text_of, GCompareFunc compare)
{
    gsize start = G_MAXSIZE;
    for (guint i = 0; i < n; i++) {
        start = of_key_common_start(text_of(keyed[0].item), text_of(keyed[i].item), start);
    }
    for (guint i = 0; i < n; i++) {
        keyed[i].key = of_key_from_text(text_of(keyed[i].item) + start);
    }
    of_keyed_sort(keyed, n);
    of_keyed_settle(keyed, n, compare);
}

void of_keyed_settle_by_text(OfKeyed *keyed, guint n, OfTextOfItem text_of, GCompareFunc compare)
{
    for (guint from = 0, to; from < n; from = to) {
        to = run_end(keyed, n, from);
        if (to - from > 1) {
            of_keyed_sort_by_text(keyed + from, to - from, text_of, compare);
        }
    }
}

void of_pointers_sort(gpointer *items, guint n, guint64 (*key_of)(gconstpointer item), GCompareFunc compare)
{
    g_autofree OfKeyed *keyed = g_new(OfKeyed, n);
    for (guint i = 0; i < n; i++) {
        keyed[i] = (OfKeyed){items[i], key_of(items[i])};
    }
    of_keyed_sort(keyed, n);
    of_keyed_settle(keyed, n, compare);
    for (guint i = 0; i < n; i++) {
        items[i] = keyed[i].item;
    }
}
