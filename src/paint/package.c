#include "paint/package.h"

#include <stdbool.h>
#include <string.h>

#include "base/limits.h"
#include "paint/libzip.h"

#define FIRST_DATE ((0 << 9) | (1 << 5) | 1) /* of MS-DOS: years from 1980, month, day */

typedef struct {
    char *name;
    char *bytes; /* followed by a NUL */
    gsize length;
} Part;

struct OfPackage {
    GArray *parts; /* of Part */
};

static void clear_part(gpointer data)
{
    g_free(((Part *) data)->name);
    g_free(((Part *) data)->bytes);
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

static Part *find_part(const OfPackage *package, const char *name)
{
    for (guint i = 0; i < package->parts->len; i++) {
        Part *part = &g_array_index(package->parts, Part, i);
        if (g_ascii_strcasecmp(part->name, name) == 0) {
            return part;
        }
    }
    return NULL;
}

static char *copy_bytes(const void *bytes, gsize length)
{
    char *copy = g_malloc(length + 1);
    memcpy(copy, bytes, length);
    copy[length] = '\0';
    return copy;
}

static void add_part(OfPackage *package, const char *name, const void *bytes, gsize length)
{
    const Part part = {g_strdup(name), copy_bytes(bytes, length), length};
    g_array_append_val(package->parts, part);
}

void of_package_set_bytes(OfPackage *package, const char *name, const void *bytes, gsize length)
{
    Part *known = find_part(package, name);
    if (known == NULL) {
        add_part(package, name, bytes, length);
        return;
    }
    char *copy = copy_bytes(bytes, length);
    g_free(known->bytes);
    known->bytes = copy;
    known->length = length;
}

void of_package_set(OfPackage *package, const char *name, const char *text)
{
    of_package_set_bytes(package, name, text, strlen(text));
}

void of_package_remove(OfPackage *package, const char *name)
{
    const Part *part = find_part(package, name);
    if (part != NULL) {
        g_array_remove_index(package->parts, (guint) (part - (const Part *) (gpointer) package->parts->data));
    }
}

OfPackage *of_package_copy(const OfPackage *package)
{
    OfPackage *copy = of_package_new();
    for (guint i = 0; i < package->parts->len; i++) {
        const Part *part = &g_array_index(package->parts, Part, i);
        add_part(copy, part->name, part->bytes, part->length);
    }
    return copy;
}

const char *of_package_get(const OfPackage *package, const char *name, gsize *length)
{
    const Part *part = find_part(package, name);
    if (part != NULL && length != NULL) {
        *length = part->length;
    }
    return part != NULL ? part->bytes : NULL;
}

const char *of_package_name(const OfPackage *package, guint index)
{
    return index < package->parts->len ? g_array_index(package->parts, Part, index).name : NULL;
}

/* ---- Reading ---- */

/* More parts than presentations have. */
#define MOST_PARTS 5000

/* What files of Microsoft's older formats begin with, and newer ones that are encrypted. */
static const guint8 compound_file[] = {0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1};

static bool fail_data(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);

static bool fail_data(GError **error, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_propagate_error(error, g_error_new_valist(OF_ERROR, OF_ERROR_DATA, format, arguments));
    va_end(arguments);
    return false;
}

static bool fail_limit(GError **error)
{
    g_set_error(error, OF_ERROR, OF_ERROR_LIMIT, "holds more than the limit %s allows", of_limit_info(OF_LIMIT_INPUT_BYTES)->name);
    return false;
}

static bool is_inside(const char *name)
{
    g_auto(GStrv) steps = g_strsplit(name, "/", -1);
    return *name != '/' && strpbrk(name, "\\:") == NULL && !g_strv_contains((const char *const *) steps, "..");
}

/* Unpacks one part; no more than it says it holds, and no more than is left of the limit. */
static bool read_part(OfPackage *package, zip_t *archive, zip_uint64_t index, gint64 *left, GError **error)
{
    zip_stat_t stat;
    const zip_uint64_t wanted = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_ENCRYPTION_METHOD;
    if (of_libzip.stat_index(archive, index, 0, &stat) != 0 || (stat.valid & wanted) != wanted) {
        return fail_data(error, "is a damaged zip package");
    }
    if (g_str_has_suffix(stat.name, "/")) {
        return true; /* a folder */
    }
    if (stat.encryption_method != ZIP_EM_NONE) {
        return fail_data(error, "is encrypted: save it without a password");
    }
    if (!g_utf8_validate(stat.name, -1, NULL) || !is_inside(stat.name)) {
        return fail_data(error, "names a part outside of its package");
    }
    if (find_part(package, stat.name) != NULL) {
        return fail_data(error, "holds two parts of one name");
    }
    if (stat.size > (zip_uint64_t) *left) {
        return fail_limit(error);
    }
    *left -= (gint64) stat.size;
    zip_file_t *file = of_libzip.fopen_index(archive, index, 0);
    g_autofree char *bytes = g_malloc(stat.size + 1);
    /* Reading on to the end compares the checksum. */
    const zip_int64_t n = file != NULL ? of_libzip.fread(file, bytes, stat.size + 1) : -1;
    if (file != NULL) {
        of_libzip.fclose(file);
    }
    if (n < 0 || (zip_uint64_t) n != stat.size) {
        return fail_data(error, "is a damaged zip package");
    }
    add_part(package, stat.name, bytes, stat.size);
    return true;
}

static zip_t *open_archive(const void *bytes, gsize length)
{
    zip_source_t *source = of_libzip.source_buffer_create(bytes, length, 0, NULL);
    zip_t *archive = source != NULL ? of_libzip.open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, NULL) : NULL;
    if (archive == NULL && source != NULL) {
        of_libzip.source_free(source);
    }
    return archive;
}

/* A part comes first; versions of libzip see different things in what is damaged. */
static bool starts_as_zip(const void *bytes, gsize length)
{
    static const char part[] = {'P', 'K', 3, 4};
    return length >= sizeof part && memcmp(bytes, part, sizeof part) == 0;
}

OfPackage *of_package_read(const void *bytes, gsize length, gint64 most, GError **error)
{
    if (length >= sizeof compound_file && memcmp(bytes, compound_file, sizeof compound_file) == 0) {
        fail_data(error, "is encrypted or of an older format: save it without a password as .pptx");
        return NULL;
    }
    if ((gint64) length > most) {
        fail_limit(error);
        return NULL;
    }
    if (!of_libzip_start(error)) {
        return NULL;
    }
    zip_t *archive = open_archive(bytes, length);
    if (archive == NULL) {
        fail_data(error, starts_as_zip(bytes, length) ? "is a damaged zip package" : "is no zip package");
        return NULL;
    }
    g_autoptr(OfPackage) package = of_package_new();
    const zip_int64_t n = of_libzip.get_num_entries(archive, 0);
    bool read = n <= MOST_PARTS || fail_data(error, "has more than %d parts", MOST_PARTS);
    for (zip_int64_t i = 0; read && i < n; i++) {
        read = read_part(package, archive, (zip_uint64_t) i, &most, error);
    }
    of_libzip.discard(archive);
    return read ? g_steal_pointer(&package) : NULL;
}

/* ---- Writing ---- */

static bool pack_part(zip_t *archive, const Part *part)
{
    zip_source_t *source = of_libzip.source_buffer(archive, part->bytes, part->length, 0);
    if (source == NULL) {
        return false;
    }
    const zip_int64_t index = of_libzip.file_add(archive, part->name, source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
        of_libzip.source_free(source);
        return false;
    }
    return of_libzip.file_set_dostime(archive, (zip_uint64_t) index, 0, FIRST_DATE, 0) == 0;
}

/* What closing has written into a source. */
static GBytes *read_source(zip_source_t *source)
{
    zip_stat_t stat;
    if (of_libzip.source_stat(source, &stat) != 0 || !(stat.valid & ZIP_STAT_SIZE) || of_libzip.source_open(source) != 0) {
        return NULL;
    }
    char *bytes = g_malloc(stat.size + 1);
    const zip_int64_t n = of_libzip.source_read(source, bytes, stat.size);
    of_libzip.source_close(source);
    if (n < 0 || (zip_uint64_t) n != stat.size) {
        g_free(bytes);
        return NULL;
    }
    return g_bytes_new_take(bytes, stat.size);
}

GBytes *of_package_write(const OfPackage *package, GError **error)
{
    if (!of_libzip_start(error)) {
        return NULL;
    }
    zip_source_t *target = of_libzip.source_buffer_create(NULL, 0, 0, NULL);
    zip_t *archive = target != NULL ? of_libzip.open_from_source(target, ZIP_TRUNCATE, NULL) : NULL;
    GBytes *bytes = NULL;
    if (archive != NULL) {
        of_libzip.source_keep(target); /* closing the archive gives one reference back */
        bool added = true;
        for (guint i = 0; added && i < package->parts->len; i++) {
            added = pack_part(archive, &g_array_index(package->parts, Part, i));
        }
        if (!added || of_libzip.close(archive) != 0) {
            of_libzip.discard(archive);
        } else {
            bytes = read_source(target);
        }
    }
    if (target != NULL) {
        of_libzip.source_free(target);
    }
    if (bytes == NULL) {
        g_set_error_literal(error, OF_ERROR, OF_ERROR_ENVIRONMENT, "cannot pack the slides: memory ran out");
    }
    return bytes;
}
