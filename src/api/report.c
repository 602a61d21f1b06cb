#include "api/report.h"

#include "base/members.h"

#include <string.h>

static void add_ids(JsonBuilder *builder, const char *name, const GPtrArray *ids, guint first, guint n)
{
    of_member_begin_array(builder, name);
    for (guint i = first; i < first + n; i++) {
        json_builder_add_string_value(builder, ids->pdata[i]);
    }
    json_builder_end_array(builder);
}

static void add_facts(JsonBuilder *builder, const OfFacts *facts)
{
    of_member_count(builder, "crossings", facts->crossings);
    of_member_count(builder, "wiggles", (gint64) facts->wiggles);
    add_ids(builder, "lane_order", facts->lane_order, 0, facts->lane_order->len);
}

static void add_flow_facts(JsonBuilder *builder, const OfFlowFacts *facts)
{
    of_member_number(builder, "crossings", facts->crossings);
    of_member_number(builder, "bend", facts->bend);
    add_ids(builder, "folded", facts->folded, 0, facts->folded->len);
    of_member_begin_array(builder, "slices");
    for (guint i = 0; i < facts->slices->len; i++) {
        const OfFactsSlice *slice = &g_array_index(facts->slices, OfFactsSlice, i);
        const OfDate day = of_date_from_day(slice->day);
        g_autofree char *date = of_date_format(&slice->date), *exact = of_date_format(&day);
        json_builder_begin_object(builder);
        of_member_text(builder, "date", date);
        of_member_text(builder, "day", exact);
        of_member_begin_array(builder, "blocks");
        for (guint j = slice->first; j < slice->first + slice->n; j++) {
            const OfFactsBlock *block = &g_array_index(facts->blocks, OfFactsBlock, j);
            json_builder_begin_object(builder);
            of_member_text(builder, "lab", block->lab);
            of_member_count(builder, "people", block->people);
            json_builder_end_object(builder);
        }
        json_builder_end_array(builder);
        json_builder_end_object(builder);
    }
    json_builder_end_array(builder);
    of_member_begin_array(builder, "flows");
    for (guint i = 0; i < facts->flows->len; i++) {
        const OfFactsFlow *flow = &g_array_index(facts->flows, OfFactsFlow, i);
        json_builder_begin_object(builder);
        of_member_count(builder, "slice", flow->slice);
        of_member_text(builder, "from", flow->from);
        of_member_text(builder, "to", flow->to);
        of_member_count(builder, "people", flow->people);
        json_builder_end_object(builder);
    }
    json_builder_end_array(builder);
}

/* The order names everybody at every moment, a hundred million ids where thousands of people move: json-glib would keep a node for each. So it
 * is written as text, one moment a line. Ids need no escaping: they match [a-z0-9][a-z0-9._-]*. */
static void append_order(GString *text, const OfFacts *facts)
{
    g_string_append(text, "\"order\" : [");
    for (guint i = 0; i < facts->moments->len; i++) {
        const OfFactsMoment *moment = &g_array_index(facts->moments, OfFactsMoment, i);
        const OfDate day = of_date_from_day(moment->day);
        g_autofree char *date = of_date_format(&day);
        g_string_append_printf(text, "%s\n{\"date\": \"%s\", \"lanes\": [", i > 0 ? "," : "", date);
        for (guint j = moment->first; j < moment->first + moment->n; j++) {
            const OfFactsLane *lane = &g_array_index(facts->lanes, OfFactsLane, j);
            g_string_append(text, j > moment->first ? ", {\"lab\": " : "{\"lab\": ");
            g_string_append_printf(text, lane->lab != NULL ? "\"%s\"" : "null", lane->lab);
            g_string_append(text, ", \"people\": [");
            for (guint k = lane->first; k < lane->first + lane->n; k++) {
                g_string_append(text, k > lane->first ? ", \"" : "\"");
                g_string_append(text, facts->people->pdata[k]);
                g_string_append_c(text, '"');
            }
            g_string_append(text, "]}");
        }
        g_string_append(text, "]}");
    }
    g_string_append(text, "\n]");
}

static void add_cohorts(JsonBuilder *builder, const GPtrArray *cohorts)
{
    of_member_begin_array(builder, "cohorts");
    for (guint i = 0; i < cohorts->len; i++) {
        const OfCohortFacts *facts = cohorts->pdata[i];
        json_builder_begin_object(builder);
        of_member_text(builder, "group", facts->group);
        of_member_text(builder, "lab", facts->lab);
        of_member_count(builder, "people", facts->n);
        of_member_count(builder, "there", facts->n_there);
        of_member_count(builder, "unknown", facts->n_unknown);
        of_member_days(builder, "median_stay_days", facts->median);
        of_member_begin_array(builder, "share_after_years");
        for (guint k = 0; k < facts->shares->len; k++) {
            json_builder_add_double_value(builder, g_array_index(facts->shares, double, k));
        }
        json_builder_end_array(builder);
        json_builder_end_object(builder);
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
    of_member_begin_object(builder, "stages");
    for (gsize i = 0; i < G_N_ELEMENTS(stages); i++) {
        of_member_number(builder, stages[i].name, (double) stages[i].us / 1000);
    }
    json_builder_end_object(builder);
}

/* Of a drawing in steps: of the step that has most. */
static OfOverlaps count_overlaps(const OfPicture *picture)
{
    OfOverlaps most = {0, 0};
    if (picture->steps == NULL) {
        return of_picture_count_overlaps(picture);
    }
    for (guint k = 0; k < picture->steps->len; k++) {
        g_autoptr(OfPicture) step = of_picture_at_step(picture, k);
        const OfOverlaps overlaps = of_picture_count_overlaps(step);
        most.labels = MAX(most.labels, overlaps.labels);
        most.lines = MAX(most.lines, overlaps.lines);
    }
    return most;
}

static void add_steps(JsonBuilder *builder, const GArray *steps)
{
    of_member_begin_array(builder, "steps");
    for (guint k = 0; k < steps->len; k++) {
        const OfPictureStep *step = &g_array_index(steps, OfPictureStep, k);
        const OfDate day = of_date_from_day(step->day);
        g_autofree char *until = of_date_format(&day);
        json_builder_begin_object(builder);
        of_member_count(builder, "step", k + 1);
        of_member_text(builder, "until", until);
        of_member_text(builder, "label", step->label);
        of_member_text(builder, "description", step->description);
        json_builder_end_object(builder);
    }
    json_builder_end_array(builder);
}

static void add_entry(JsonBuilder *builder, const OfReportEntry *entry)
{
    const OfDrawn *drawn = entry->drawn;
    json_builder_begin_object(builder);
    of_member_text(builder, "view", entry->name);
    of_member_text(builder, "type", entry->view->name);
    if (entry->panel != NULL) {
        of_member_text(builder, "panel", entry->panel);
    }
    of_member_number(builder, "width", drawn->width);
    of_member_number(builder, "height", drawn->height);
    of_member_count(builder, "nodes", drawn->n_nodes);
    of_member_count(builder, "edges", drawn->n_edges);
    if (drawn->picture != NULL) {
        const OfOverlaps overlaps = count_overlaps(drawn->picture);
        of_member_count(builder, "label_overlaps", overlaps.labels);
        of_member_count(builder, "label_line_overlaps", overlaps.lines);
    }
    of_member_count(builder, "unplaced", drawn->n_unplaced);
    if (drawn->facts != NULL) {
        add_facts(builder, drawn->facts);
    }
    if (drawn->cohorts != NULL) {
        add_cohorts(builder, drawn->cohorts);
    }
    if (drawn->flow_facts != NULL) {
        add_flow_facts(builder, drawn->flow_facts);
    }
    if (drawn->picture != NULL && drawn->picture->steps != NULL) {
        add_steps(builder, drawn->picture->steps);
    }
    add_stages(builder, entry);
    json_builder_end_object(builder);
}

char *of_report_write(const OfReportEntry *entries, guint n)
{
    GString *text = g_string_new("{\"views\" : [\n");
    for (guint i = 0; i < n; i++) {
        g_autoptr(JsonBuilder) builder = json_builder_new();
        add_entry(builder, &entries[i]);
        g_autofree char *json = of_members_text(builder);
        g_string_append(text, i > 0 ? ",\n" : "");
        g_string_append(text, json);
        if (entries[i].drawn->facts != NULL) {
            g_string_truncate(text, text->len - strlen("\n}"));
            g_string_append(text, ",\n  ");
            append_order(text, entries[i].drawn->facts);
            g_string_append(text, "\n}");
        }
    }
    g_string_append(text, "\n]}\n");
    return g_string_free(text, FALSE);
}
