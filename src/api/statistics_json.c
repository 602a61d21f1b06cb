/* Numbers as JSON. */
#include "api/statistics.h"
#include "base/members.h"

static void add_group(JsonBuilder *builder, const OfGroup *group)
{
    of_member_text(builder, "group", group != NULL ? group->item.id : NULL);
}

static void add_lab(JsonBuilder *builder, const OfLabNumbers *lab)
{
    json_builder_begin_object(builder);
    add_group(builder, lab->group);
    of_member_text(builder, "lab", lab->lab->item.id);
    of_member_count(builder, "people", lab->people);
    of_member_count(builder, "ever", lab->ever);
    of_member_count(builder, "joins", lab->joins);
    of_member_count(builder, "leaves", lab->leaves);
    of_member_days(builder, "median_stay_days", lab->median_stay);
    of_member_number(builder, "share_left", lab->share_left);
    of_member_begin_array(builder, "years");
    for (guint i = 0; i < lab->years->len; i++) {
        const OfYearNumbers *year = &g_array_index(lab->years, OfYearNumbers, i);
        json_builder_begin_object(builder);
        of_member_count(builder, "year", year->year);
        of_member_count(builder, "people", year->people);
        of_member_count(builder, "joins", year->joins);
        of_member_count(builder, "leaves", year->leaves);
        json_builder_end_object(builder);
    }
    json_builder_end_array(builder);
    json_builder_end_object(builder);
}

static void add_pair(JsonBuilder *builder, const OfPairNumbers *pair)
{
    json_builder_begin_object(builder);
    add_group(builder, pair->group);
    of_member_text(builder, "from", pair->from->item.id);
    of_member_text(builder, "to", pair->to->item.id);
    of_member_count(builder, "year", pair->year);
    of_member_count(builder, "people", pair->people);
    json_builder_end_object(builder);
}

static void add_claim(JsonBuilder *builder, const OfClaimSources *claim)
{
    json_builder_begin_object(builder);
    of_member_text(builder, "claim", claim->claim->item.key);
    of_member_text(builder, "text", claim->claim->text);
    add_group(builder, claim->claim->group);
    of_member_text(builder, "lab", claim->claim->lab->item.id);
    of_member_bool(builder, "holds", claim->claim->holds);
    of_member_begin_array(builder, "sources");
    for (guint i = 0; i < claim->sources->len; i++) {
        const OfSourceCount *count = &g_array_index(claim->sources, OfSourceCount, i);
        json_builder_begin_object(builder);
        of_member_text(builder, "source", count->source->item.id);
        of_member_count(builder, "citations", count->n);
        json_builder_end_object(builder);
    }
    json_builder_end_array(builder);
    json_builder_end_object(builder);
}

void of_statistics_write_json(GString *out, const OfStory *story, const OfStatistics *statistics)
{
    g_autoptr(JsonBuilder) builder = json_builder_new();
    json_builder_begin_object(builder);
    of_member_text(builder, "title", story->title);
    of_member_text(builder, "digest", of_story_digest(story));
    of_member_begin_array(builder, "labs");
    for (guint i = 0; i < statistics->labs->len; i++) {
        add_lab(builder, statistics->labs->pdata[i]);
    }
    json_builder_end_array(builder);
    of_member_begin_array(builder, "moves");
    for (guint i = 0; i < statistics->pairs->len; i++) {
        add_pair(builder, &g_array_index(statistics->pairs, OfPairNumbers, i));
    }
    json_builder_end_array(builder);
    of_member_begin_array(builder, "claims");
    for (guint i = 0; i < statistics->claims->len; i++) {
        add_claim(builder, statistics->claims->pdata[i]);
    }
    json_builder_end_array(builder);
    json_builder_end_object(builder);
    g_autofree char *text = of_members_text(builder);
    g_string_append(out, text);
    g_string_append_c(out, '\n');
}
