#include "serve/reading.h"

#include <string.h>

/* A page shows so many problems; how many more there are is said. */
#define MOST_LISTED 50

void of_json_append(GString *json, const char *text)
{
    if (text == NULL) {
        g_string_append(json, "null");
        return;
    }
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    g_string_append_c(json, '"');
    for (const char *at = valid; *at != '\0'; at = g_utf8_next_char(at)) {
        const gunichar letter = g_utf8_get_char(at);
        if (letter == '"' || letter == '\\') {
            g_string_append_printf(json, "\\%c", (char) letter);
        } else if (letter < 0x20 || letter == 0x7F) {
            g_string_append_printf(json, "\\u%04X", letter);
        } else {
            g_string_append_unichar(json, letter);
        }
    }
    g_string_append_c(json, '"');
}

void of_problems_init(OfProblems *problems)
{
    *problems = (OfProblems){.json = g_string_new(NULL), .terminal = g_string_new(NULL)};
}

void of_problems_clear(OfProblems *problems)
{
    g_string_free(problems->json, TRUE);
    g_string_free(problems->terminal, TRUE);
    *problems = (OfProblems){.json = NULL};
}

/* The lines of a problem as a terminal shows them that show the source: without the first, which repeats the message, and the hint. */
static char *source_lines(const char *shown)
{
    GString *lines = g_string_new(NULL);
    g_auto(GStrv) all = g_strsplit(shown, "\n", -1);
    for (char **line = all[0] != NULL ? all + 1 : all; *line != NULL; line++) {
        if (**line != '\0' && !g_str_has_prefix(*line + strspn(*line, " "), "= hint:")) {
            g_string_append(lines, *line);
            g_string_append_c(lines, '\n');
        }
    }
    return g_string_free(lines, FALSE);
}

static void append_problem(GString *json, const OrgflowProblem *problem, bool is_error, const char *shown)
{
    g_autofree char *place = problem->file == NULL ? NULL
                             : problem->line > 0
                                 ? g_strdup_printf("%s:%u:%u", problem->file, problem->line, MAX(problem->column, 1))
                                 : g_strdup(problem->file);
    g_autofree char *source = source_lines(shown);
    const struct {
        const char *name, *text;
    } fields[] = {
        {"place", place}, {"message", problem->message}, {"source", source}, {"hint", problem->hint}, {"code", problem->code}};
    g_string_append_printf(json, "%s{\"error\":%s", json->len > 0 ? "," : "", is_error ? "true" : "false");
    for (gsize i = 0; i < G_N_ELEMENTS(fields); i++) {
        g_string_append_printf(json, ",\"%s\":", fields[i].name);
        of_json_append(json, fields[i].text);
    }
    g_string_append_c(json, '}');
}

void of_problems_add(OfProblems *problems, const OfServeTask *task, const OrgflowStory *story)
{
    OrgflowProblem problem;
    for (size_t i = 0; orgflow_story_problem(story, i, &problem); i++) {
        const bool as_warning = problem.is_claim && !task->strict;
        const bool is_error = problem.is_error && !as_warning;
        const unsigned flags = as_warning ? ORGFLOW_AS_WARNING : 0U;
        char *text = NULL;
        if (is_error || !task->quiet) {
            orgflow_story_format_problem(story, i, flags | (task->colored ? ORGFLOW_COLORED : 0U), &text);
            g_string_append(problems->terminal, text);
            orgflow_free(text);
        }
        problems->n_errors += is_error;
        problems->n_warnings += !is_error;
        if (problems->n_listed < MOST_LISTED) {
            orgflow_story_format_problem(story, i, flags, &text);
            append_problem(problems->json, &problem, is_error, text);
            orgflow_free(text);
            problems->n_listed++;
        }
    }
}

char *of_message_take(char *message)
{
    char *text = g_strdup(message);
    orgflow_free(message);
    return text;
}

/* Adds the inputs; where one cannot be read, says why. */
static OrgflowStatus add_inputs(OrgflowInputs *inputs, const OfServeTask *task, char **message)
{
    OrgflowStatus status = ORGFLOW_OK;
    for (const char *const *limit = task->limits; *limit != NULL && status == ORGFLOW_OK; limit++) {
        status = orgflow_inputs_set_limit(inputs, *limit, message);
    }
    for (const char *const *path = task->paths; *path != NULL && status == ORGFLOW_OK; path++) {
        if (strcmp(*path, "-") == 0) {
            orgflow_inputs_add_memory(inputs, "<stdin>", task->input, task->input_length);
        } else {
            status = orgflow_inputs_add_path(inputs, *path, message);
        }
    }
    return status;
}

static void read_theme(OfReading *reading, const OfServeTask *task)
{
    OrgflowInputs *inputs = orgflow_inputs_new();
    char *message = NULL;
    size_t length = 0;
    reading->status = orgflow_inputs_add_path(inputs, task->theme, &message);
    reading->failure = of_message_take(message);
    if (reading->status == ORGFLOW_OK) {
        const void *bytes = orgflow_inputs_bytes(inputs, 0, &length);
        reading->theme = g_bytes_new(bytes, length);
    }
    orgflow_inputs_free(inputs);
}

/* What the drawings hang on besides the task. */
static char *make_key(const OfReading *reading)
{
    const char *digest = orgflow_story_digest(reading->story);
    g_autofree char *theme = reading->theme != NULL ? g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, reading->theme) : NULL;
    return g_strconcat(digest, theme, NULL);
}

static void read_story(OfReading *reading, OrgflowInputs *inputs, const OfServeTask *task)
{
    reading->status = orgflow_story_read(inputs, &reading->story);
    of_problems_add(&reading->problems, task, reading->story);
    if (orgflow_story_is_drawable(reading->story) && reading->problems.n_errors == 0) {
        reading->status = ORGFLOW_OK; /* but for claims, which are for `check` */
    }
    if (reading->status == ORGFLOW_OK && task->strict && reading->problems.n_warnings > 0) {
        reading->status = ORGFLOW_INVALID;
        reading->failure = g_strdup("there are warnings, and --strict was asked for");
    }
}

OfReading *of_reading_new(const OfServeTask *task)
{
    OfReading *reading = g_atomic_rc_box_new0(OfReading);
    OrgflowInputs *inputs = orgflow_inputs_new();
    char *message = NULL;
    of_problems_init(&reading->problems);
    reading->status = add_inputs(inputs, task, &message);
    reading->failure = of_message_take(message);
    if (reading->status == ORGFLOW_OK) {
        read_story(reading, inputs, task);
    }
    if (reading->status == ORGFLOW_OK && task->theme != NULL) {
        read_theme(reading, task);
    }
    if (reading->status == ORGFLOW_OK) {
        reading->key = make_key(reading);
    }
    orgflow_inputs_free(inputs);
    return reading;
}

OfReading *of_reading_ref(OfReading *reading)
{
    return g_atomic_rc_box_acquire(reading);
}

static void clear_reading(gpointer data)
{
    OfReading *reading = data;
    orgflow_story_free(reading->story);
    g_clear_pointer(&reading->theme, g_bytes_unref);
    g_free(reading->failure);
    g_free(reading->key);
    of_problems_clear(&reading->problems);
}

void of_reading_unref(OfReading *reading)
{
    if (reading != NULL) {
        g_atomic_rc_box_release_full(reading, clear_reading);
    }
}
