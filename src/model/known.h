/* Items that somebody asks for by id: found, or an error with the nearest id there is. */
#ifndef OF_MODEL_KNOWN_H
#define OF_MODEL_KNOWN_H

#include "model/story.h"

/* error: OF_ERROR_USAGE where the story has no such item; then NULL is returned. */
const OfLab *of_known_lab(const OfStory *story, const char *id, GError **error);
const OfPerson *of_known_person(const OfStory *story, const char *id, GError **error);
const OfGroup *of_known_group(const OfStory *story, const char *id, GError **error);

/* Sets the error "there is no KIND `id`; did you mean …" with the nearest of known (of const char *). Returns false. */
bool of_known_fail(const char *kind, const char *id, const GPtrArray *known, GError **error);

#endif
