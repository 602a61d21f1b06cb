/* libzip, loaded when a presentation is read or written first: it brings OpenSSL along. Private to paint/. */
#ifndef OF_PAINT_LIBZIP_H
#define OF_PAINT_LIBZIP_H

#include <glib.h>
#include <stdbool.h>
#include <zip.h>

/* All functions that are used, without their `zip_`. */
#define OF_LIBZIP_SYMBOLS(X)                                                                                                       \
    X(close)                                                                                                                       \
    X(discard)                                                                                                                     \
    X(fclose)                                                                                                                      \
    X(file_add)                                                                                                                    \
    X(file_set_dostime)                                                                                                            \
    X(fopen_index)                                                                                                                 \
    X(fread)                                                                                                                       \
    X(get_num_entries)                                                                                                             \
    X(open_from_source)                                                                                                            \
    X(source_buffer)                                                                                                               \
    X(source_buffer_create)                                                                                                        \
    X(source_close)                                                                                                                \
    X(source_free)                                                                                                                 \
    X(source_keep)                                                                                                                 \
    X(source_open)                                                                                                                 \
    X(source_read)                                                                                                                 \
    X(source_stat)                                                                                                                 \
    X(stat_index)

typedef struct {
#define OF_LIBZIP_MEMBER(name) __typeof__(zip_##name) *name;
    OF_LIBZIP_SYMBOLS(OF_LIBZIP_MEMBER)
#undef OF_LIBZIP_MEMBER
} OfLibzip;

/* Set once of_libzip_start() has succeeded, which comes before everything else. */
extern OfLibzip of_libzip;

/* error: OF_ERROR_ENVIRONMENT where it cannot be loaded. */
bool of_libzip_start(GError **error);

#endif
