/* Values of the canonical form as text. */
#ifndef OF_DIFF_JSON_TEXT_H
#define OF_DIFF_JSON_TEXT_H

#include <json-glib/json-glib.h>
#include <stdbool.h>

/* Appends a text as a JSON string: quotes, backslashes and control characters escaped as the canonical form does. */
void of_json_append_text(GString *out, const char *text);

/* Appends a value without blanks, numbers as the canonical form writes them (json-glib would write 0.1 with 17 digits). */
void of_json_append(GString *out, JsonNode *node);

/* The same as a text of its own. Owned by the caller. */
char *of_json_text(JsonNode *node);

/* A copy that shares nothing with the node, as json_node_copy() does. Owned by the caller. */
JsonNode *of_json_copy(JsonNode *node);

#endif
