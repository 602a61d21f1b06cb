#include "serve/soup.h"

#include <dlfcn.h>
#include <string.h>

OfSoup of_soup;

/* What is wrong with a request is answered, and is no news for who watches. */
static void say_nothing(const char *domain G_GNUC_UNUSED, GLogLevelFlags level G_GNUC_UNUSED, const char *text G_GNUC_UNUSED,
                        gpointer data G_GNUC_UNUSED)
{
}

bool of_soup_load(char **message)
{
    static const struct {
        const char *name;
        gsize offset;
    } functions[] = {
#define OF_SOUP_ROW(function) {"soup_" #function, offsetof(OfSoup, function)},
        OF_SOUP_FUNCTIONS(OF_SOUP_ROW)
#undef OF_SOUP_ROW
    };
    void *library = dlopen(ORGFLOW_LIBSOUP, RTLD_LAZY | RTLD_LOCAL);
    for (gsize i = 0; library != NULL && i < G_N_ELEMENTS(functions); i++) {
        void *function = dlsym(library, functions[i].name);
        if (function == NULL) {
            library = NULL; /* it stays open: its types are registered */
        }
        memcpy((char *) &of_soup + functions[i].offset, &function, sizeof function); /* ISO C has no cast for it */
    }
    if (library == NULL) {
        *message = g_strdup_printf("drawings are served by libsoup, which cannot be loaded: %s", dlerror());
    }
    g_log_set_handler("libsoup", G_LOG_LEVEL_WARNING, say_nothing, NULL);
    return library != NULL;
}
