/* A zip package in memory, the same bytes for the same parts. */
#ifndef OF_PAINT_PACKAGE_H
#define OF_PAINT_PACKAGE_H

#include <glib.h>

typedef struct OfPackage OfPackage;

OfPackage *of_package_new(void);
void of_package_free(OfPackage *package); /* takes NULL */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OfPackage, of_package_free)

/* Adds a part at the end; text is copied. */
void of_package_add(OfPackage *package, const char *name, const char *text);

/* The package's bytes; every part is dated 1980-01-01, the first day that the format knows. error: OF_ERROR_ENVIRONMENT. Owned by the caller. */
GBytes *of_package_write(const OfPackage *package, GError **error);

#endif
