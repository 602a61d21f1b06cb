/* The canonical form of the declared data: what a story's digest is made of, and what is compared field by field. */
#ifndef OF_MODEL_CANONICAL_H
#define OF_MODEL_CANONICAL_H

#include <json-glib/json-glib.h>

#include "model/story.h"

/* Appends an item's fields to out, as a JSON object without blanks: keys are those of the format in byte order, dates canonical
 * EDTF, references ids (events: keys), lists that are sets sorted. What is not declared or says what holds anyway is left out.
 * The id is no field. item: NULL for OF_ITEM_STORY, whose fields are `title`, `subtitle` and `lang`. */
void of_item_write_fields(GString *out, const OfStory *story, OfItemKind kind, const OfItem *item);

/* The same as a tree: a node that holds an object. Owned by the caller (json_node_unref). */
JsonNode *of_item_fields(const OfStory *story, OfItemKind kind, const OfItem *item);

#endif
