#include "paint/libxml.h"

#include "base/library.h"

OfLibxml of_libxml;

static void start(void)
{
    of_libxml.InitParser(); /* libxml2 before 2.11 sets up its tables on first use without a lock */
}

bool of_libxml_start(GError **error)
{
    static const OfLibrarySymbol symbols[] = {
#define OF_LIBXML_ROW(name) {"xml" #name, offsetof(OfLibxml, name)},
        OF_LIBXML_SYMBOLS(OF_LIBXML_ROW)
#undef OF_LIBXML_ROW
    };
    static OfLibrary library = {
        .file = ORGFLOW_LIBXML2,
        .purpose = "presentations are read by libxml2",
        .symbols = symbols,
        .n_symbols = G_N_ELEMENTS(symbols),
        .table = &of_libxml,
        .start = start,
    };
    return of_library_need(&library, error);
}
