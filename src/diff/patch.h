/* A record's changes done to a story. */
#ifndef OF_DIFF_PATCH_H
#define OF_DIFF_PATCH_H

#include "diff/draft.h"
#include "diff/record.h"

/* The story as it is after the changes; references to what was renamed are carried along. Returns NULL with an OF_ERROR_DATA naming the change
 * and what was found instead where what the record says of the story before is not so. */
OfDraft *of_record_apply(const OfRecord *record, const OfStory *story, GError **error);

#endif
