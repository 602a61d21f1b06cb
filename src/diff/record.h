/* The record of a difference, read from JSON. */
#ifndef OF_DIFF_RECORD_H
#define OF_DIFF_RECORD_H

#include <json-glib/json-glib.h>
#include <stdbool.h>

#include "base/limits.h"
#include "model/story.h"

/* One field of a change. Values are borrowed from the record; NULL where there is none. */
typedef struct {
    const char *path, *path_to; /* path_to is path where the record has none */
    JsonNode *before, *after;
} OfRecordField;

typedef enum { OF_RECORD_ADDED, OF_RECORD_REMOVED, OF_RECORD_PAIR } OfRecordAction;

typedef struct {
    guint number; /* from 1 */
    const char *verb;
    OfItemKind kind;
    OfRecordAction action;
    const char *key, *from_key; /* on the new side, and on the old one */
    GArray *fields;             /* of OfRecordField, of a pair */
    JsonObject *item;           /* of what is added or removed */
} OfRecordChange;

typedef struct {
    char *name;
    JsonParser *parser;                  /* owns all values */
    const char *from_digest, *to_digest; /* SHA-256 in hex, or NULL */
    GPtrArray *changes;                  /* of OfRecordChange */
} OfRecord;

/* Reads what of_diff_write_json() writes. name: what messages call it. Whatever the bytes are, they are checked: their number (the limit on
 * input), UTF-8, nesting, every member that is used. Returns NULL with an OF_ERROR_DATA (or OF_ERROR_LIMIT) saying what is wrong
 * and where: a format or version that is not known, a record that is filtered. */
OfRecord *of_record_read(const char *name, const char *bytes, gsize length, const OfLimits *limits, GError **error);
void of_record_free(OfRecord *record); /* takes NULL */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OfRecord, of_record_free)

#endif
