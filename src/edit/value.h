/* Values of the canonical form as YAML or JSON. Private to edit/. */
#ifndef OF_EDIT_VALUE_H
#define OF_EDIT_VALUE_H

#include <json-glib/json-glib.h>
#include <stdbool.h>

#include "model/schema.h"

/* How a value is written. */
typedef struct {
    bool is_json;
    OfSchemaKind kind; /* of the mapping that it stands in */
    guint32 events;    /* the bit of its event's type; all where it is in no event */
} OfValueForm;

/* Appends the value of a key of such a mapping on one line. */
void of_value_append(GString *out, const OfValueForm *form, const char *key, JsonNode *value);

/* Appends a key with ": " behind it. */
void of_value_append_key(GString *out, const OfValueForm *form, const char *key);

/* Appends a mapping with its keys in the order of the table: within brackets on one line, or in a block, a key a line (lists of mappings an
 * item a line below theirs), ending without a newline. */
void of_value_append_mapping(GString *out, const OfValueForm *form, JsonObject *fields, bool is_block);

/* The form of the mappings that a key of such a mapping holds. */
OfValueForm of_value_form_within(const OfValueForm *form, const char *key);

/* The bit of an event's type by its fields; all where it has none that is known. */
guint32 of_value_events(JsonObject *fields);

#endif
