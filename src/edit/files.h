/* From a draft to the bytes of its files: comments, order and layout stay wherever a line is not touched. */
#ifndef OF_EDIT_FILES_H
#define OF_EDIT_FILES_H

#include "diff/draft.h"

/* What the three sides of a conflict are called. */
typedef struct {
    const char *ours, *base, *theirs;
} OfSideLabels;

typedef struct {
    char *name;  /* the file's */
    char *bytes; /* NUL-terminated */
    gsize length;
} OfWrittenFile;

/* Writes the files of the draft's story anew. texts: the story's files, in the order in which they were read (of const OfSourceText);
 * limits, known_views: those that it was read with. Of a draft of three versions (ours, base, theirs), lines that differ are set between conflict
 * markers. New items go behind the last of their kind, into the file that holds most of them.
 * What was written is read again and compared with what was wished: where editing in place did not lead there, more is written anew, up to whole
 * sections. Returns files in the order of texts (of OfWrittenFile), owned by the caller (g_ptr_array_unref); or NULL with an OF_ERROR_DATA where a
 * file is in a form that cannot be edited, or the wished data in a form that cannot be read. */
GPtrArray *of_files_write(const OfDraft *draft, const GPtrArray *texts, const OfLimits *limits, const char *const *known_views,
                          const OfSideLabels *labels, GError **error);

#endif
