/* A zip package in memory, the same bytes for the same parts. Names of parts that differ by the case of ASCII letters are the same name
 * (ISO/IEC 29500-2, 6.2.2.3). */
#ifndef OF_PAINT_PACKAGE_H
#define OF_PAINT_PACKAGE_H

#include <glib.h>
#include <stdbool.h>

typedef struct OfPackage OfPackage;

OfPackage *of_package_new(void);
void of_package_free(OfPackage *package); /* takes NULL */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OfPackage, of_package_free)

/* Another one with the same parts. Owned by the caller. */
OfPackage *of_package_copy(const OfPackage *package);

/* Reads a package that somebody else made. most: bytes that all parts together may unpack to. error, a sentence without a subject ("is no
 * zip package"): OF_ERROR_DATA where it is no zip, damaged, encrypted, or names a part twice or outside of itself; OF_ERROR_LIMIT. Owned by
 * the caller. */
OfPackage *of_package_read(const void *bytes, gsize length, gint64 most, GError **error);

/* Sets a part: in the place of one of this name, else at the end. text, or length bytes, are copied. */
void of_package_set(OfPackage *package, const char *name, const char *text);
void of_package_set_bytes(OfPackage *package, const char *name, const void *bytes, gsize length);

/* Takes a part out, if it is there. */
void of_package_remove(OfPackage *package, const char *name);

/* A part's bytes, which a NUL follows, or NULL. Borrowed. length: may be NULL. */
const char *of_package_get(const OfPackage *package, const char *name, gsize *length);

/* The name of a part by number; NULL past the end. Borrowed. */
const char *of_package_name(const OfPackage *package, guint index);

/* The package's bytes; every part is dated 1980-01-01, the first day that the format knows. error: OF_ERROR_ENVIRONMENT. Owned by the caller. */
GBytes *of_package_write(const OfPackage *package, GError **error);

#endif
