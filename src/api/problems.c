/* Problems and claims for tools: JSON and SARIF 2.1.0. */
#include "api/handles.h"
#include "base/members.h"

#include <string.h>

/* A file's name can hold any bytes, JSON none but UTF-8. */
static void add_file(JsonBuilder *builder, const char *file)
{
    g_autofree char *shown = g_utf8_validate(file, -1, NULL) ? g_strdup(file) : of_text_escape(file, -1);
    of_member_text(builder, "file", shown);
}

static void write_json(JsonBuilder *builder, const OrgflowStory *story)
{
    of_member_begin_array(builder, "problems");
    OrgflowProblem problem;
    for (size_t i = 0; orgflow_story_problem(story, i, &problem); i++) {
        json_builder_begin_object(builder);
        of_member_text(builder, "severity", problem.is_error ? "error" : "warning");
        of_member_text(builder, "code", problem.code);
        of_member_text(builder, "message", problem.message);
        of_member_text_if_any(builder, "hint", problem.hint);
        if (problem.file != NULL) {
            add_file(builder, problem.file);
            of_member_count(builder, "line", problem.line);
            of_member_count(builder, "column", problem.column);
            of_member_count(builder, "length", problem.length);
        }
        json_builder_end_object(builder);
    }
    json_builder_end_array(builder);
    of_member_begin_array(builder, "claims");
    OrgflowClaim claim;
    for (size_t i = 0; orgflow_story_claim(story, i, &claim); i++) {
        json_builder_begin_object(builder);
        of_member_text(builder, "claim", claim.key);
        of_member_text_if_any(builder, "text", claim.text);
        of_member_bool(builder, "holds", claim.holds);
        of_member_text(builder, "finding", claim.finding);
        json_builder_end_object(builder);
    }
    json_builder_end_array(builder);
    of_member_text_if_any(builder, "digest", orgflow_story_digest(story));
}

static void write_sarif_place(JsonBuilder *builder, const OrgflowProblem *problem)
{
    of_member_begin_array(builder, "locations");
    json_builder_begin_object(builder);
    of_member_begin_object(builder, "physicalLocation");
    of_member_begin_object(builder, "artifactLocation");
    g_autofree char *uri = g_uri_escape_bytes((const guint8 *) problem->file, strlen(problem->file), "/");
    of_member_text(builder, "uri", uri);
    json_builder_end_object(builder);
    of_member_begin_object(builder, "region");
    of_member_count(builder, "startLine", problem->line);
    of_member_count(builder, "startColumn", problem->column);
    of_member_count(builder, "endColumn", (gint64) problem->column + problem->length);
    json_builder_end_object(builder);
    json_builder_end_object(builder);
    json_builder_end_object(builder);
    json_builder_end_array(builder);
}

static void write_sarif(JsonBuilder *builder, const OrgflowStory *story)
{
    of_member_text(builder, "$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    of_member_text(builder, "version", "2.1.0");
    of_member_begin_array(builder, "runs");
    json_builder_begin_object(builder);
    of_member_begin_object(builder, "tool");
    of_member_begin_object(builder, "driver");
    of_member_text(builder, "name", "orgflow");
    of_member_text(builder, "version", orgflow_version());
    json_builder_end_object(builder);
    json_builder_end_object(builder);
    of_member_text(builder, "columnKind", "unicodeCodePoints");
    of_member_begin_array(builder, "results");
    OrgflowProblem problem;
    for (size_t i = 0; orgflow_story_problem(story, i, &problem); i++) {
        json_builder_begin_object(builder);
        of_member_text(builder, "ruleId", problem.code);
        of_member_text(builder, "level", problem.is_error ? "error" : "warning");
        of_member_begin_object(builder, "message");
        g_autofree char *text =
            problem.hint != NULL ? g_strdup_printf("%s; %s", problem.message, problem.hint) : g_strdup(problem.message);
        of_member_text(builder, "text", text);
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
    g_autofree char *json = of_members_text(builder);
    *text = g_strconcat(json, "\n", NULL);
    return ORGFLOW_OK;
}
