/* The fields of one item in its file. Private to edit/. */
#ifndef OF_EDIT_FIELDS_H
#define OF_EDIT_FIELDS_H

#include "edit/value.h"
#include "text/edits.h"

/* How much of an item is written anew. */
typedef enum {
    OF_DEPTH_FIELDS, /* what differs; what is written out though it holds anyway stays */
    OF_DEPTH_STRICT, /* the same, but everything that the wished fields do not hold goes */
    OF_DEPTH_ITEM,   /* the whole item */
    OF_N_DEPTHS
} OfEditDepth;

/* One mapping that is to be changed: where it stands, what it says and what it is to say. */
typedef struct {
    OfTextEdits *edits;
    OfValueForm form;
    OfEditDepth depth;
    gconstpointer object; /* the struct that was read from it, for the order of its lists; or NULL */
    JsonObject *old, *new;
} OfMappingEdit;

/* Adds the edits that turn a mapping into what is wished. Returns false where its parts cannot be told apart: it is to be replaced. */
bool of_mapping_edit(const OfMappingEdit *edit, OfMark *mark);

/* Adds the edits of one value that differs: pair is its key and itself. old may be NULL. */
void of_mapping_edit_value(const OfMappingEdit *edit, OfMark *const *pair, JsonNode *old, JsonNode *new);

/* Replaces the value of a key (NULL: an item of a sequence) by the new fields, on one line. */
void of_mapping_replace(const OfMappingEdit *edit, const OfMark *key, OfMark *mark);

#endif
