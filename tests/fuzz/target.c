#include "target.h"

#include <json-glib/json-glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SEPARATOR "\n%%%%\n"

/* Far below the defaults: what is looked for shows at small sizes too, and a run is to take milliseconds. */
static const char *const limits[] = {"nodes=100k", "input-bytes=256k", "people=2k",      "events=2k", "graph-nodes=300",
                                     "lines=300",  "layout-seconds=5", "layout-mib=512", "pixels=4M"};

void target_break_law(const char *words, const char *file, int line)
{
    fprintf(stderr, "%s:%d: broken law: %s\n", file, line, words);
    abort();
}

OrgflowInputs *target_inputs(const char *name, const uint8_t *bytes, size_t length)
{
    OrgflowInputs *inputs = orgflow_inputs_new();
    for (gsize i = 0; i < G_N_ELEMENTS(limits); i++) {
        LAW(orgflow_inputs_set_limit(inputs, limits[i], NULL) == ORGFLOW_OK, "the limits of the targets can be set");
    }
    orgflow_inputs_add_memory(inputs, name, bytes, length);
    return inputs;
}

OrgflowStory *target_read_story(const uint8_t *bytes, size_t length)
{
    OrgflowInputs *inputs = target_inputs("x.yaml", bytes, length);
    OrgflowStory *story = NULL;
    orgflow_story_read(inputs, &story);
    orgflow_inputs_free(inputs);
    return story;
}

void target_check_shown(const char *text)
{
    LAW(g_utf8_validate(text, -1, NULL), "what is shown is UTF-8");
    for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at)) {
        const gunichar letter = g_utf8_get_char(at);
        LAW(letter == '\n' || letter == '\t' || !g_unichar_iscntrl(letter), "nothing shown holds a control character");
    }
}

void target_check_json(const char *text)
{
    g_autoptr(JsonParser) parser = json_parser_new_immutable();
    LAW(json_parser_load_from_data(parser, text, -1, NULL), "what is written as JSON is JSON");
}

void target_write_problems(const OrgflowStory *story)
{
    static const char *const formats[] = {"json", "sarif"};
    OrgflowProblem problem;
    for (size_t i = 0; orgflow_story_problem(story, i, &problem); i++) {
        char *text = NULL;
        orgflow_story_format_problem(story, i, 0, &text);
        target_check_shown(text);
        orgflow_free(text);
        LAW(problem.file == NULL || (problem.line > 0 && problem.column > 0 && problem.length > 0), "a place counts from 1");
    }
    for (gsize i = 0; i < G_N_ELEMENTS(formats); i++) {
        char *text = NULL;
        LAW(orgflow_story_write_problems(story, formats[i], &text) == ORGFLOW_OK, "problems can be written");
        target_check_json(text);
        orgflow_free(text);
    }
}

void target_split(const uint8_t *bytes, size_t length, GBytes **first, GBytes **second)
{
    const char *text = (const char *) bytes;
    const char *found = g_strstr_len(text, (gssize) length, SEPARATOR);
    const gsize n = found != NULL ? (gsize) (found - text) + 1 : length;
    const gsize skipped = found != NULL ? n + strlen(SEPARATOR) - 1 : length;
    *first = g_bytes_new(bytes, n);
    *second = g_bytes_new(bytes + skipped, length - skipped);
}
