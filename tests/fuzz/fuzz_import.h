/* The importers' law, for one format each. */
#ifndef TESTS_FUZZ_FUZZ_IMPORT_H
#define TESTS_FUZZ_FUZZ_IMPORT_H

#include "target.h"

/* Imports the bytes; what is written must be read back without an error, give the same bytes each time, and what is not written must
 * have an error that says why. columns: as orgflow_import(). */
static inline void check_import(const char *format, const char *columns, const uint8_t *bytes, size_t length)
{
    OrgflowInputs *inputs = target_inputs("x", bytes, length);
    OrgflowStory *problems = NULL;
    char *text = NULL;
    const OrgflowStatus status = orgflow_import(inputs, format, columns, &text, &problems, NULL);
    orgflow_inputs_free(inputs);
    LAW((status == ORGFLOW_OK) == (text != NULL), "what is imported is written, and nothing else");
    LAW(status == ORGFLOW_OK || status == ORGFLOW_INVALID || status == ORGFLOW_LIMIT, "an input cannot break usage or environment");
    target_write_problems(problems);
    if (text != NULL) {
        target_check_shown(text);
        OrgflowStory *story = target_read_story((const uint8_t *) text, strlen(text));
        LAW(orgflow_story_is_drawable(story), "what was imported can be drawn");
        orgflow_story_free(story);
    } else {
        LAW(orgflow_story_n_problems(problems) > 0, "what is not imported has a problem that says why");
    }
    orgflow_story_free(problems);
    orgflow_free(text);
}

#endif
