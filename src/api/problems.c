/* Problems and claims for tools: JSON and SARIF 2.1.0. */
#include "api/handles.h"

#include <json-glib/json-glib.h>
#include <string.h>

static void add_text(JsonBuilder *builder, const char *name, const char *value)
{
    if (value != NULL) {
        json_builder_set_member_name(builder, name);
        json_builder_add_string_value(builder, value);
    }
}

/* A file's name can hold any bytes, JSON none but UTF-8. */
static void add_file(JsonBuilder *builder, const char *file)
{
    g_autofree char *shown = g_utf8_validate(file, -1, NULL) ? g_strdup(file) : of_text_escape(file, -1);
    add_text(builder, "file", shown);
}

static void add_int(JsonBuilder *builder, const char *name, gint64 value)
{
    json_builder_set_member_name(builder, name);
    json_builder_add_int_value(builder, value);
}

static void begin_array(JsonBuilder *builder, const char *name)
{
    json_builder_set_member_name(builder, name);
    json_builder_begin_array(builder);
}

static void begin_object(JsonBuilder *builder, const char *name)
{
    json_builder_set_member_name(builder, name);
    json_builder_begin_object(builder);
}

static void write_json(JsonBuilder *builder, const OrgflowStory *story)
{
    begin_array(builder, "problems");
    OrgflowProblem problem;
    for (size_t i = 0; orgflow_story_problem(story, i, &problem); i++) {
        json_builder_begin_object(builder);
        add_text(builder, "severity", problem.is_error ? "error" : "warning");
        add_text(builder, "code", problem.code);
        add_text(builder, "message", problem.message);
        add_text(builder, "hint", problem.hint);
        if (problem.file != NULL) {
            add_file(builder, problem.file);
            add_int(builder, "line", problem.line);
            add_int(builder, "column", problem.column);
            add_int(builder, "length", problem.length);
        }
        json_builder_end_object(builder);
    }
    json_builder_end_array(builder);
    begin_array(builder, "claims");
    OrgflowClaim claim;
    for (size_t i = 0; orgflow_story_claim(story, i, &claim); i++) {
        json_builder_begin_object(builder);
        add_text(builder, "claim", claim.key);
        add_text(builder, "text", claim.text);
        json_builder_set_member_name(builder, "holds");
        json_builder_add_boolean_value(builder, claim.holds);
        add_text(builder, "finding", claim.finding);
        json_builder_end_object(builder);
    }
    json_builder_end_array(builder);
    add_text(builder, "digest", orgflow_story_digest(story));
}

static void write_sarif_place(JsonBuilder *builder, const OrgflowProblem *problem)
{
    begin_array(builder, "locations");
    json_builder_begin_object(builder);
    begin_object(builder, "physicalLocation");
    begin_object(builder, "artifactLocation");
    g_autofree char *uri = g_uri_escape_bytes((const guint8 *) problem->file, strlen(problem->file), "/");
    add_text(builder, "uri", uri);
    json_builder_end_object(builder);
    begin_object(builder, "region");
    add_int(builder, "startLine", problem->line);
    add_int(builder, "startColumn", problem->column);
    add_int(builder, "endColumn", (gint64) problem->column + problem->length);
    json_builder_end_object(builder);
    json_builder_end_object(builder);
    json_builder_end_object(builder);
    json_builder_end_array(builder);
}

static void write_sarif(JsonBuilder *builder, const OrgflowStory *story)
{
    add_text(builder, "$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    add_text(builder, "version", "2.1.0");
    begin_array(builder, "runs");
    json_builder_begin_object(builder);
    begin_object(builder, "tool");
    begin_object(builder, "driver");
    add_text(builder, "name", "orgflow");
    add_text(builder, "version", orgflow_version());
    json_builder_end_object(builder);
    json_builder_end_object(builder);
    add_text(builder, "columnKind", "unicodeCodePoints");
    begin_array(builder, "results");
    OrgflowProblem problem;
    for (size_t i = 0; orgflow_story_problem(story, i, &problem); i++) {
        json_builder_begin_object(builder);
        add_text(builder, "ruleId", problem.code);
        add_text(builder, "level", problem.is_error ? "error" : "warning");
        begin_object(builder, "message");
        g_autofree char *text =
            problem.hint != NULL ? g_strdup_printf("%s; %s", problem.message, problem.hint) : g_strdup(problem.message);
        add_text(builder, "text", text);
        json_builder_end_object(builder);
        if (problem.file != NULL) {
            write_sarif_place(builder, &problem);
        }
        json_builder_end_object(builder);
    }
    json_builder_end_array(builder);
    json_builder_end_object(builder);
    json_builder_end_array(builder);
}

OrgflowStatus orgflow_story_write_problems(const OrgflowStory *story, const char *format, char **text)
{
    const bool sarif = g_strcmp0(format, "sarif") == 0;
    *text = NULL;
    if (!sarif && g_strcmp0(format, "json") != 0) {
        return ORGFLOW_USAGE;
    }
    g_autoptr(JsonBuilder) builder = json_builder_new();
    json_builder_begin_object(builder);
    if (sarif) {
        write_sarif(builder, story);
    } else {
        write_json(builder, story);
    }
    json_builder_end_object(builder);
    g_autoptr(JsonNode) root = json_builder_get_root(builder);
    g_autofree char *json = json_to_string(root, TRUE);
    *text = g_strconcat(json, "\n", NULL);
    return ORGFLOW_OK;
}
