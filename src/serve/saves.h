/* Hears when inputs are saved: written in place, renamed into place, removed, there again; files of a folder too. Private to serve/. */
#ifndef OF_SERVE_SAVES_H
#define OF_SERVE_SAVES_H

#include <glib.h>
#include <stdbool.h>

typedef struct OfSaves OfSaves;

/* Watches paths (NULL-terminated; "-" never changes) and a theme's file (or NULL), and calls saved in the main loop some milliseconds after any of
 * them has changed. Of a folder only files that end in ".yaml" count. Owned by the caller. */
OfSaves *of_saves_new(const char *const *paths, const char *theme, void (*saved)(void *data), void *data);
void of_saves_free(OfSaves *saves); /* takes NULL */

#endif
