/* Ids made from names. */
#ifndef OF_EXCHANGE_SLUG_H
#define OF_EXCHANGE_SLUG_H

#include <glib.h>

/* The longest id made from a name; what clashes for it gets a number like any other. */
#define OF_SLUG_MOST 80

/* A name as an id: its letters and digits in ASCII lower case, transliterated as in the C locale, with one `-` for all that
 * stands between them, none at the ends, OF_SLUG_MOST bytes at most: "Ann-Sofie Ström" gives "ann-sofie-strom". What nothing is
 * left of (a name in letters that ASCII has no place for) is "item", and "null" is "item-null". name: UTF-8. Owned by the caller.
 * */
char *of_slug_from_name(const char *name);

/* An id for each of n names, all different: its slug, or where another name has that already, `-2`, `-3` … behind it, by order of
 * the names' bytes, so that ids do not depend on the order of the names. The names must differ. Linear but for the sorting, also
 * where all names have one slug. Owned by the caller: g_strfreev(). */
char **of_slug_list(const char *const *names, guint n);

#endif
