/* Numbers as JSON. */
#include <json-glib/json-glib.h>

#include "api/statistics.h"

static void add_text(JsonBuilder *builder, const char *name, const char *value)
{
    json_builder_set_member_name(builder, name);
    if (value != NULL) {
        json_builder_add_string_value(builder, value);
    } else {
        json_builder_add_null_value(builder);
    }
}

static void add_count(JsonBuilder *builder, const char *name, gint64 value)
{
    json_builder_set_member_name(builder, name);
    json_builder_add_int_value(builder, value);
}

static void begin_array(JsonBuilder *builder, const char *name)
{
    json_builder_set_member_name(builder, name);
    json_builder_begin_array(builder);
}

static void add_group(JsonBuilder *builder, const OfGroup *group)
{
    add_text(builder, "group", group != NULL ? group->item.id : NULL);
}

static void add_lab(JsonBuilder *builder, const OfLabNumbers *lab)
{
    json_builder_begin_object(builder);
    add_group(builder, lab->group);
    add_text(builder, "lab", lab->lab->item.id);
    add_count(builder, "people", lab->people);
    add_count(builder, "ever", lab->ever);
    add_count(builder, "joins", lab->joins);
    add_count(builder, "leaves", lab->leaves);
    json_builder_set_member_name(builder, "median_stay_days");
    if (lab->median_stay >= 0) {
        json_builder_add_int_value(builder, lab->median_stay);
    } else {
        json_builder_add_null_value(builder);
    }
    json_builder_set_member_name(builder, "share_left");
    json_builder_add_double_value(builder, lab->share_left);
    begin_array(builder, "years");
    for (guint i = 0; i < lab->years->len; i++) {
        const OfYearNumbers *year = &g_array_index(lab->years, OfYearNumbers, i);
        json_builder_begin_object(builder);
        add_count(builder, "year", year->year);
        add_count(builder, "people", year->people);
        add_count(builder, "joins", year->joins);
        add_count(builder, "leaves", year->leaves);
        json_builder_end_object(builder);
    }
    json_builder_end_array(builder);
    json_builder_end_object(builder);
}

static void add_pair(JsonBuilder *builder, const OfPairNumbers *pair)
{
    json_builder_begin_object(builder);
    add_group(builder, pair->group);
    add_text(builder, "from", pair->from->item.id);
    add_text(builder, "to", pair->to->item.id);
    add_count(builder, "year", pair->year);
    add_count(builder, "people", pair->people);
    json_builder_end_object(builder);
}

static void add_claim(JsonBuilder *builder, const OfClaimSources *claim)
{
    json_builder_begin_object(builder);
    add_text(builder, "claim", claim->claim->item.key);
    add_text(builder, "text", claim->claim->text);
    add_group(builder, claim->claim->group);
    add_text(builder, "lab", claim->claim->lab->item.id);
    json_builder_set_member_name(builder, "holds");
    json_builder_add_boolean_value(builder, claim->claim->holds);
    begin_array(builder, "sources");
    for (guint i = 0; i < claim->sources->len; i++) {
        const OfSourceCount *count = &g_array_index(claim->sources, OfSourceCount, i);
        json_builder_begin_object(builder);
        add_text(builder, "source", count->source->item.id);
        add_count(builder, "citations", count->n);
        json_builder_end_object(builder);
    }
    json_builder_end_array(builder);
    json_builder_end_object(builder);
}

void of_statistics_write_json(GString *out, const OfStory *story, const OfStatistics *statistics)
{
    g_autoptr(JsonBuilder) builder = json_builder_new();
    json_builder_begin_object(builder);
    add_text(builder, "title", story->title);
    add_text(builder, "digest", of_story_digest(story));
    begin_array(builder, "labs");
    for (guint i = 0; i < statistics->labs->len; i++) {
        add_lab(builder, statistics->labs->pdata[i]);
    }
    json_builder_end_array(builder);
    begin_array(builder, "moves");
    for (guint i = 0; i < statistics->pairs->len; i++) {
        add_pair(builder, &g_array_index(statistics->pairs, OfPairNumbers, i));
    }
    json_builder_end_array(builder);
    begin_array(builder, "claims");
    for (guint i = 0; i < statistics->claims->len; i++) {
        add_claim(builder, statistics->claims->pdata[i]);
    }
    json_builder_end_array(builder);
    json_builder_end_object(builder);
    g_autoptr(JsonNode) root = json_builder_get_root(builder);
    g_autofree char *text = json_to_string(root, TRUE);
    g_string_append(out, text);
    g_string_append_c(out, '\n');
}
