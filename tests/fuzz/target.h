/* What the fuzz targets share. A target is one file fuzz_NAME.c with LLVMFuzzerTestOneInput(): libFuzzer drives it (script/fuzz), or
 * replay.c, which runs files through it in every build. A law that does not hold ends the program. */
#ifndef TESTS_FUZZ_TARGET_H
#define TESTS_FUZZ_TARGET_H

#include "orgflow/orgflow.h"

#include <glib.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* Ends the program with the law's words where it does not hold; unlike assert() in every build. */
#define LAW(holds, words) ((holds) ? (void) 0 : target_break_law((words), __FILE__, __LINE__))
void target_break_law(const char *words, const char *file, int line) G_GNUC_NORETURN;

/* An input under limits that keep one run short. */
OrgflowInputs *target_inputs(const char *name, const uint8_t *bytes, size_t length);

/* Reads one input as a story. */
OrgflowStory *target_read_story(const uint8_t *bytes, size_t length);

/* Writes all problems in all forms, and sees that they can be shown on a terminal and parsed. */
void target_write_problems(const OrgflowStory *story);

/* Laws of a text that is shown on a terminal: UTF-8, with no control character but the line feed (and the tab). */
void target_check_shown(const char *text);
/* Laws of a text of JSON. */
void target_check_json(const char *text);

/* Splits an input at the first line that is `%%%%` alone: first holds what is before it, second what is behind (nothing where
 * there is no such line). */
void target_split(const uint8_t *bytes, size_t length, GBytes **first, GBytes **second);

#endif
