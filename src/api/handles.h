/* What stands behind the opaque handles of the public header. */
#ifndef OF_API_HANDLES_H
#define OF_API_HANDLES_H

#include "diff/filter.h"
#include "model/options.h"
#include "model/story.h"
#include "orgflow/orgflow.h"

struct OrgflowInputs {
    GArray *inputs; /* of OfInput */
    OfLimits limits;
    char *name; /* of the first input, without folders and ending */
    OrgflowProgress progress;
    void *progress_data;
};

struct OrgflowStory {
    OfDiagnostics *diagnostics;
    OfStory *story; /* NULL where it could not be sealed */
    OfLimits limits;
    char *name;
    GPtrArray *findings; /* of char *, one a claim */
    gint64 read_us;
};

struct OrgflowDiff {
    const OrgflowStory *sides[2];
    OfChanges *changes;
    OfChangeFilter *filter;
    char *from, *to;
};

/* An object that can only be asked for its problems, named and limited as the inputs are. Freed by orgflow_story_free(). */
OrgflowStory *of_story_handle_new(const OrgflowInputs *inputs);

/* Hands an error over as status and message: message may be NULL; error is freed. */
OrgflowStatus of_api_fail(GError *error, char **message);

/* Names the inputs after the first one's path; adds bytes, which are taken over and followed by a NUL, under a name for messages. */
void of_inputs_name(OrgflowInputs *inputs, const char *path);
void of_inputs_take(OrgflowInputs *inputs, const char *name, char *bytes, gsize length);

/* What a claim's counting found: "3 of 14 are at `meta` on 26 May 2025: azhar, martinet, touvron". Owned by the caller. */
char *of_claim_finding(const OfClaim *claim);

#endif
