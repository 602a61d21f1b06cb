/* Memory that is taken piece by piece and given back all at once. */
#ifndef OF_BASE_ARENA_H
#define OF_BASE_ARENA_H

#include <glib.h>

typedef struct OfArena OfArena;

OfArena *of_arena_new(void);
void of_arena_free(OfArena *arena); /* takes NULL */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OfArena, of_arena_free)

/* Zeroed memory, aligned for any type; NULL for size 0. Lives as long as the arena. */
void *of_arena_take(OfArena *arena, gsize size);
/* A copy of n bytes; of a NUL-terminated text (NULL gives NULL); of a text of length bytes, NUL-terminated. */
void *of_arena_copy(OfArena *arena, const void *bytes, gsize n);
char *of_arena_text(OfArena *arena, const char *text);
char *of_arena_text_n(OfArena *arena, const char *text, gsize length);

#define of_arena_new_array(arena, Type, n) ((Type *) of_arena_take((arena), sizeof(Type) * (gsize) (n)))

#endif
