/* Shared libraries that few runs need, loaded when they are needed first: to load libgit2, libxml2 or libzip, with what they bring along,
 * takes as long as to draw. */
#ifndef OF_BASE_LIBRARY_H
#define OF_BASE_LIBRARY_H

#include <glib.h>
#include <stdbool.h>

typedef struct {
    const char *name; /* as the library exports it */
    gsize offset;     /* of the pointer to it in the table */
} OfLibrarySymbol;

/* One library, static. */
typedef struct {
    const char *file;    /* the name that its ABI has: "libgit2.so.1.5" */
    const char *purpose; /* of a message: "revisions are read by libgit2" */
    const OfLibrarySymbol *symbols;
    gsize n_symbols;
    void *table;         /* of pointers to the symbols */
    void (*start)(void); /* called once the table is filled, or NULL */
    gsize asked;         /* the rest is private, and 0 at first */
    char *missing;
} OfLibrary;

/* Loads a library where that has not been done; it stays loaded, since others may use it. For any thread. error: OF_ERROR_ENVIRONMENT where
 * it cannot be loaded. */
bool of_library_need(OfLibrary *library, GError **error);

#endif
