#include "base/library.h"

#include "base/limits.h"

#include <dlfcn.h>
#include <string.h>

/* Returns what is missing, or NULL. Owned by the caller. */
static char *load(const OfLibrary *library)
{
    void *handle = dlopen(library->file, RTLD_LAZY | RTLD_LOCAL);
    for (gsize i = 0; handle != NULL && i < library->n_symbols; i++) {
        void *symbol = dlsym(handle, library->symbols[i].name);
        if (symbol == NULL) {
            handle = NULL; /* it stays open: what it has started may not be ended */
        }
        memcpy((char *) library->table + library->symbols[i].offset, &symbol, sizeof symbol); /* ISO C has no cast for it */
    }
    return handle == NULL ? g_strdup(dlerror()) : NULL;
}

bool of_library_need(OfLibrary *library, GError **error)
{
    if (g_once_init_enter(&library->asked)) {
        library->missing = load(library);
        if (library->missing == NULL && library->start != NULL) {
            library->start();
        }
        g_once_init_leave(&library->asked, 1);
    }
    if (library->missing != NULL) {
        g_set_error(error, OF_ERROR, OF_ERROR_ENVIRONMENT, "%s, which cannot be loaded: %s", library->purpose, library->missing);
    }
    return library->missing == NULL;
}
