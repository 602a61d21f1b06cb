#include "paint/libzip.h"

#include "base/library.h"

OfLibzip of_libzip;

bool of_libzip_start(GError **error)
{
    static const OfLibrarySymbol symbols[] = {
#define OF_LIBZIP_ROW(name) {"zip_" #name, offsetof(OfLibzip, name)},
        OF_LIBZIP_SYMBOLS(OF_LIBZIP_ROW)
#undef OF_LIBZIP_ROW
    };
    static OfLibrary library = {
        .file = ORGFLOW_LIBZIP,
        .purpose = "presentations are packed by libzip",
        .symbols = symbols,
        .n_symbols = G_N_ELEMENTS(symbols),
        .table = &of_libzip,
    };
    return of_library_need(&library, error);
}
