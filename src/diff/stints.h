/* Which stints of one person are the same on two sides. Private to diff/. */
#ifndef OF_DIFF_STINTS_H
#define OF_DIFF_STINTS_H

#include <json-glib/json-glib.h>

/* The index in `to` of each stint in `from`, or -1; in back the other way round. An array may be NULL: no stints. Both are owned by the
 * caller (g_free); at least one element long. */
gint *of_stints_pair(JsonArray *from, JsonArray *to, gint **back);

#endif
