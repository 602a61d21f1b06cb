#include "api/report.h"

#include <json-glib/json-glib.h>

static void add_number(JsonBuilder *builder, const char *name, double value)
{
    json_builder_set_member_name(builder, name);
    json_builder_add_double_value(builder, value);
}

static void add_count(JsonBuilder *builder, const char *name, gint64 value)
{
    json_builder_set_member_name(builder, name);
    json_builder_add_int_value(builder, value);
}

static void add_text(JsonBuilder *builder, const char *name, const char *value)
{
    json_builder_set_member_name(builder, name);
    if (value != NULL) {
        json_builder_add_string_value(builder, value);
    } else {
        json_builder_add_null_value(builder);
    }
}

static void add_ids(JsonBuilder *builder, const char *name, const GPtrArray *ids, guint first, guint n)
{
    json_builder_set_member_name(builder, name);
    json_builder_begin_array(builder);
    for (guint i = first; i < first + n; i++) {
        json_builder_add_string_value(builder, ids->pdata[i]);
    }
    json_builder_end_array(builder);
}

static void add_moment(JsonBuilder *builder, const OfFacts *facts, const OfFactsMoment *moment)
{
    const OfDate day = of_date_from_day(moment->day);
    g_autofree char *date = of_date_format(&day);
    json_builder_begin_object(builder);
    add_text(builder, "date", date);
    json_builder_set_member_name(builder, "lanes");
    json_builder_begin_array(builder);
    for (guint i = moment->first; i < moment->first + moment->n; i++) {
        const OfFactsLane *lane = &g_array_index(facts->lanes, OfFactsLane, i);
        json_builder_begin_object(builder);
        add_text(builder, "lab", lane->lab);
        add_ids(builder, "people", facts->people, lane->first, lane->n);
        json_builder_end_object(builder);
    }
    json_builder_end_array(builder);
    json_builder_end_object(builder);
}

static void add_facts(JsonBuilder *builder, const OfFacts *facts)
{
    add_count(builder, "crossings", facts->crossings);
    add_count(builder, "wiggles", (gint64) facts->wiggles);
    add_ids(builder, "lane_order", facts->lane_order, 0, facts->lane_order->len);
    json_builder_set_member_name(builder, "order");
    json_builder_begin_array(builder);
    for (guint i = 0; i < facts->moments->len; i++) {
        add_moment(builder, facts, &g_array_index(facts->moments, OfFactsMoment, i));
    }
    json_builder_end_array(builder);
}

static void add_stages(JsonBuilder *builder, const OfReportEntry *entry)
{
    const OfDrawn *drawn = entry->drawn;
    const struct {
        const char *name;
        gint64 us;
    } stages[] = {{"read", entry->read_us},
                  {"view", drawn->view_us},
                  {"layout", drawn->layout_us},
                  {"draw", drawn->draw_us},
                  {"paint", entry->paint_us}};
    json_builder_set_member_name(builder, "stages");
    json_builder_begin_object(builder);
    for (gsize i = 0; i < G_N_ELEMENTS(stages); i++) {
        add_number(builder, stages[i].name, (double) stages[i].us / 1000);
    }
    json_builder_end_object(builder);
}

static void add_entry(JsonBuilder *builder, const OfReportEntry *entry)
{
    const OfDrawn *drawn = entry->drawn;
    json_builder_begin_object(builder);
    add_text(builder, "view", entry->name);
    add_text(builder, "type", entry->view->name);
    add_number(builder, "width", drawn->width);
    add_number(builder, "height", drawn->height);
    add_count(builder, "nodes", drawn->n_nodes);
    add_count(builder, "edges", drawn->n_edges);
    if (drawn->picture != NULL) {
        const OfOverlaps overlaps = of_picture_count_overlaps(drawn->picture);
        add_count(builder, "label_overlaps", overlaps.labels);
        add_count(builder, "label_line_overlaps", overlaps.lines);
    }
    add_count(builder, "unplaced", drawn->n_unplaced);
    if (drawn->facts != NULL) {
        add_facts(builder, drawn->facts);
    }
    add_stages(builder, entry);
    json_builder_end_object(builder);
}

char *of_report_write(const OfReportEntry *entries, guint n)
{
    g_autoptr(JsonBuilder) builder = json_builder_new();
    json_builder_begin_object(builder);
    json_builder_set_member_name(builder, "views");
    json_builder_begin_array(builder);
    for (guint i = 0; i < n; i++) {
        add_entry(builder, &entries[i]);
    }
    json_builder_end_array(builder);
    json_builder_end_object(builder);
    g_autoptr(JsonNode) root = json_builder_get_root(builder);
    g_autofree char *json = json_to_string(root, TRUE);
    return g_strconcat(json, "\n", NULL);
}
