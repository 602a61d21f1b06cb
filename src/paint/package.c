#include "paint/package.h"

#include <stdbool.h>
#include <string.h>
#include <zip.h>

#include "base/limits.h"

#define FIRST_DATE ((0 << 9) | (1 << 5) | 1) /* of MS-DOS: years from 1980, month, day */

typedef struct {
    char *name, *text;
} Part;

struct OfPackage {
    GArray *parts; /* of Part */
};

static void clear_part(gpointer data)
{
    g_free(((Part *) data)->name);
    g_free(((Part *) data)->text);
}

OfPackage *of_package_new(void)
{
    OfPackage *package = g_new(OfPackage, 1);
    package->parts = g_array_new(FALSE, FALSE, sizeof(Part));
    g_array_set_clear_func(package->parts, clear_part);
    return package;
}

void of_package_free(OfPackage *package)
{
    if (package != NULL) {
        g_array_unref(package->parts);
        g_free(package);
    }
}

void of_package_add(OfPackage *package, const char *name, const char *text)
{
    const Part part = {g_strdup(name), g_strdup(text)};
    g_array_append_val(package->parts, part);
}

static bool add_part(zip_t *archive, const Part *part)
{
    zip_source_t *source = zip_source_buffer(archive, part->text, strlen(part->text), 0);
    if (source == NULL) {
        return false;
    }
    const zip_int64_t index = zip_file_add(archive, part->name, source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
        zip_source_free(source);
        return false;
    }
    return zip_file_set_dostime(archive, (zip_uint64_t) index, 0, FIRST_DATE, 0) == 0;
}

/* What closing has written into a source. */
static GBytes *read_source(zip_source_t *source)
{
    zip_stat_t stat;
    if (zip_source_stat(source, &stat) != 0 || !(stat.valid & ZIP_STAT_SIZE) || zip_source_open(source) != 0) {
        return NULL;
    }
    char *bytes = g_malloc(stat.size + 1);
    const zip_int64_t n = zip_source_read(source, bytes, stat.size);
    zip_source_close(source);
    if (n < 0 || (zip_uint64_t) n != stat.size) {
        g_free(bytes);
        return NULL;
    }
    return g_bytes_new_take(bytes, stat.size);
}

GBytes *of_package_write(const OfPackage *package, GError **error)
{
    zip_error_t problem;
    zip_error_init(&problem);
    zip_source_t *target = zip_source_buffer_create(NULL, 0, 0, &problem);
    zip_t *archive = target != NULL ? zip_open_from_source(target, ZIP_TRUNCATE, &problem) : NULL;
    GBytes *bytes = NULL;
    if (archive != NULL) {
        zip_source_keep(target); /* closing the archive gives one reference back */
        bool added = true;
        for (guint i = 0; added && i < package->parts->len; i++) {
            added = add_part(archive, &g_array_index(package->parts, Part, i));
        }
        if (!added || zip_close(archive) != 0) {
            zip_discard(archive);
        } else {
            bytes = read_source(target);
        }
    }
    if (target != NULL) {
        zip_source_free(target);
    }
    zip_error_fini(&problem);
    if (bytes == NULL) {
        g_set_error_literal(error, OF_ERROR, OF_ERROR_ENVIRONMENT, "cannot pack the slides: memory ran out");
    }
    return bytes;
}
