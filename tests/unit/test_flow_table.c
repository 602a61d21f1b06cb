#include "view/flow_table.h"

#include "seal_fixture.h"

#include "layout/random.h"
#include "view/slices.h"

/* "2020: a 2, b 1 | a>a 1, a>b 1, >b 3": people at each slice and what flows to the next. */
static char *tell_table(const OfFlowTable *table, const OfDay *days)
{
    GString *text = g_string_new(NULL);
    for (guint slice = 0; slice < table->n_slices; slice++) {
        g_string_append(text, slice > 0 ? "; " : "");
        append_day(text, days[slice]);
        g_string_append_c(text, ':');
        for (guint lab = 0; lab < table->n_labs; lab++) {
            const gint64 people = of_flow_table_get_people(table, slice, lab);
            if (people > 0) {
                g_string_append_printf(text, " %s %d", table->story->labs.items[lab]->item.id, (int) people);
            }
        }
        for (guint i = 0; i < table->flows->len; i++) {
            const OfLayoutFlow *flow = &g_array_index(table->flows, OfLayoutFlow, i);
            if (flow->slice == slice) {
                g_string_append_printf(text, ", %s>%s %d", flow->from >= 0 ? table->story->labs.items[flow->from]->item.id : "",
                                       flow->to >= 0 ? table->story->labs.items[flow->to]->item.id : "", (int) flow->people);
            }
        }
    }
    return g_string_free(text, FALSE);
}

/* The table of a story at dates with blanks between them, under options `name value …`. */
static char *tell(const char *yaml, const char *dates, const char *name, const char *value)
{
    Sealed sealed = sealed_read(yaml);
    g_assert_nonnull(sealed.story);
    g_autoptr(OfOptions) options = of_options_new();
    g_assert_true(name == NULL || of_options_set(options, name, value, NULL));
    OfSelection selection;
    g_assert_true(of_selection_init(&selection, sealed.story, options, sealed.story->first_day, sealed.story->last_day, NULL));
    g_auto(GStrv) texts = g_strsplit(dates, " ", -1);
    const guint n = g_strv_length(texts);
    g_autofree OfDay *days = g_new(OfDay, n);
    for (guint i = 0; i < n; i++) {
        OfDate date;
        g_assert_true(of_date_parse(texts[i], &date, NULL));
        days[i] = date.first;
    }
    g_autoptr(OfFlowTable) table = of_flow_table_new(&selection, days, n, NULL);
    char *text = tell_table(table, days);
    of_selection_clear(&selection);
    sealed_clear(&sealed);
    return text;
}

#define LABS "labs: {a: {}, b: {}, c: {}}\n"

static void check(const char *yaml, const char *dates, const char *name, const char *value, const char *expected)
{
    g_autofree char *whole = g_strconcat(LABS, yaml, NULL);
    g_autofree char *told = tell(whole, dates, name, value);
    g_assert_cmpstr(told, ==, expected);
}

static void test_people(void)
{
    /* Stays, a move, a join and a leave. */
    check("people:\n"
          "  p: {stints: [{lab: a, from: 2020-01-01, to: 2021-06-01}, {lab: b, from: 2021-06-01}]}\n"
          "  q: {stints: [{lab: a, from: 2020-01-01, to: 2022-06-01}]}\n"
          "  r: {stints: [{lab: c, from: 2021-03-01}]}\n",
          "2021 2022 2023", NULL, NULL,
          "2021-01-01: a 2, >c 1, a>a 1, a>b 1; 2022-01-01: a 1 b 1 c 1, a> 1, b>b 1, c>c 1; 2023-01-01: b 1 c 1");
    /* Who is between two labs on the day is gone, and returns. */
    check("people: {p: {stints: [{lab: a, from: 2019-01-01, to: 2020-12-01}, {lab: a, from: 2021-02-01}]}}\n", "2020 2021 2022",
          NULL, NULL, "2020-01-01: a 1, a> 1; 2021-01-01:, >a 1; 2022-01-01: a 1");
    /* The main affiliation counts; when it ends, the one that has run beside it. */
    check("people: {p: {stints: [{lab: a, from: 2019-01-01, to: 2020-12-01}, {lab: b, from: 2019-06-01, concurrent: true}]}}\n",
          "2020 2021", NULL, NULL, "2020-01-01: a 1, a>b 1; 2021-01-01: b 1");
    /* A short stay between two slices is nowhere; the day of arrival is one of being there, that of departure is none. */
    check("people: {p: {stints: [{lab: a, from: 2020-01-01, to: 2020-05-01}, {lab: b, from: 2020-05-01, to: 2020-07-01},"
          " {lab: c, from: 2020-07-01, to: 2021-01-01}]}}\n",
          "2020-01-01 2020-07-01 2021-01-01", NULL, NULL, "2020-01-01: a 1, a>c 1; 2020-07-01: c 1, c> 1; 2021-01-01:");
    /* Uncertain dates count on the day they are drawn at. */
    check("people: {p: {stints: [{lab: a, from: 2019}, {lab: b, from: 2019-01/2019-04, concurrent: true}]}}\n",
          "2019-03 2019-06 2019-08", NULL, NULL, "2019-03-01: b 1, b>b 1; 2019-06-01: b 1, b>b 1; 2019-08-01: b 1");
}

static void test_filters(void)
{
    static const char yaml[] = "people:\n"
                               "  p: {stints: [{lab: a, from: 2020-01-01, to: 2021-06-01}, {lab: b, from: 2021-06-01}]}\n"
                               "  q: {stints: [{lab: c, from: 2020-01-01}]}\n"
                               "events:\n"
                               "  - {date: 2021-02-01, type: move, from: c, to: b, weight: 5}\n"
                               "  - {date: 2021-02-01, type: move, from: c, to: a, weight: 7}\n";
    /* Whoever was ever at the lab is followed everywhere. */
    check(yaml, "2021 2022", "lab", "b", "2021-01-01: a 1 c 5, a>b 1, c>b 5; 2022-01-01: b 6");
    check(yaml, "2021 2022", "person", "q", "2021-01-01: c 1, c>c 1; 2022-01-01: c 1");
    check(yaml, "2021 2022", NULL, NULL, "2021-01-01: a 1 c 13, a>b 1, c>a 7, c>b 5, c>c 1; 2022-01-01: a 7 b 6 c 1");
}

static void test_aggregated(void)
{
    /* As many as there must have been; who has been there longest goes first. */
    check("events:\n"
          "  - {date: 2020-02-01, type: move, from: a, to: b, weight: 5}\n"
          "  - {date: 2020-03-01, type: join, to: a, weight: 2}\n"
          "  - {date: 2020-04-01, type: leave, from: a, weight: 3}\n",
          "2020 2021", NULL, NULL, "2020-01-01: a 6, a> 1, a>b 5; 2021-01-01: b 5");
    /* What comes in first is not missing, in whatever order the day tells it. */
    check("events:\n"
          "  - {date: 2020-02-01, type: move, from: a, to: b, weight: 5}\n"
          "  - {date: 2020-02-01, type: move, from: b, to: c, weight: 4}\n"
          "  - {date: 2020-02-01, type: join, to: a, weight: 6}\n",
          "2020 2021", NULL, NULL, "2020-01-01:, >a 1, >b 1, >c 4; 2021-01-01: a 1 b 1 c 4");
    /* People who change places on one day must have been there. */
    check("events:\n"
          "  - {date: 2020-02-01, type: move, from: a, to: b, weight: 5}\n"
          "  - {date: 2020-02-01, type: move, from: b, to: a, weight: 5}\n",
          "2020 2021", NULL, NULL, "2020-01-01: b 5, b>b 5; 2021-01-01: b 5");
    /* People of their own and aggregated ones add up. */
    check("people: {p: {stints: [{lab: a, from: 2019-01-01, to: 2020-06-01}, {lab: b, from: 2020-06-01}]}}\n"
          "events: [{date: 2020-02-01, type: move, from: a, to: b, weight: 5}]\n",
          "2020 2021", NULL, NULL, "2020-01-01: a 6, a>b 6; 2021-01-01: b 6");
}

/* Random stints in which nobody moves twice between two slices, as people, and the same as flows. */
static void make_twins(OfRandom *random, GString *people, GString *flows)
{
    gint64 counts[4][4][40] = {{{0}}};
    g_string_assign(people, LABS "people:\n");
    g_string_assign(flows, LABS "events:\n");
    for (guint i = 0; i < 30; i++) {
        g_string_append_printf(people, "  p%u: {stints: [", i);
        guint before = 3, n = 0; /* 3: outside */
        gint begin = -1;
        for (guint month = 0; month < 40; month++) {
            const guint lab = of_random_below(random, 4) == 0 ? of_random_below(random, 4) : before;
            if (lab == before) {
                continue;
            }
            counts[before][lab][month]++;
            if (before < 3) {
                g_string_append_printf(people, "%s{lab: %c, from: %u-%02u-15, to: %u-%02u-15}", n++ > 0 ? ", " : "",
                                       'a' + (int) before, 2000 + (guint) begin / 12, (guint) begin % 12 + 1, 2000 + month / 12,
                                       month % 12 + 1);
            }
            begin = (gint) month;
            before = lab;
        }
        if (before < 3) {
            g_string_append_printf(people, "%s{lab: %c, from: %u-%02u-15}", n > 0 ? ", " : "", 'a' + (int) before,
                                   2000 + (guint) begin / 12, (guint) begin % 12 + 1);
        }
        g_string_append(people, "]}\n");
    }
    for (guint month = 0; month < 40; month++) {
        for (guint from = 0; from < 4; from++) {
            for (guint to = 0; to < 4; to++) {
                if (counts[from][to][month] > 0) {
                    g_string_append_printf(flows, "  - {date: %u-%02u-15, type: %s, weight: %d", 2000 + month / 12, month % 12 + 1,
                                           from == 3 ? "join"
                                           : to == 3 ? "leave"
                                                     : "move",
                                           (int) counts[from][to][month]);
                    if (from < 3) {
                        g_string_append_printf(flows, ", from: %c", 'a' + (int) from);
                    }
                    if (to < 3) {
                        g_string_append_printf(flows, ", to: %c", 'a' + (int) to);
                    }
                    g_string_append(flows, "}\n");
                }
            }
        }
    }
}

static void test_stints_or_flows(void)
{
    OfRandom random = {.state = 11};
    g_autoptr(GString) people = g_string_new(NULL), flows = g_string_new(NULL), dates = g_string_new(NULL);
    for (guint month = 0; month < 41; month++) {
        g_string_append_printf(dates, "%s%u-%02u", month > 0 ? " " : "", 2000 + month / 12, month % 12 + 1);
    }
    for (guint set = 0; set < 20; set++) {
        make_twins(&random, people, flows);
        g_autofree char *one = tell(people->str, dates->str, NULL, NULL), *two = tell(flows->str, dates->str, NULL, NULL);
        g_assert_cmpstr(one, ==, two);
    }
}

/* What flows out of a lab, with who stays, is everybody there; what flows in is everybody at the next slice. */
static void test_conservation(void)
{
    OfRandom random = {.state = 12};
    g_autoptr(GString) people = g_string_new(NULL), flows = g_string_new(NULL);
    for (guint set = 0; set < 20; set++) {
        make_twins(&random, people, flows);
        for (guint kind = 0; kind < 2; kind++) {
            Sealed sealed = sealed_read(kind == 0 ? people->str : flows->str);
            g_autoptr(OfOptions) options = of_options_new();
            OfSelection selection;
            g_assert_true(
                of_selection_init(&selection, sealed.story, options, sealed.story->first_day, sealed.story->last_day, NULL));
            OfDay days[5];
            for (guint i = 0; i < G_N_ELEMENTS(days); i++) {
                days[i] = of_day_from_civil(2000, 6, 1) + 200 * (OfDay) i;
            }
            g_autoptr(OfFlowTable) table = of_flow_table_new(&selection, days, G_N_ELEMENTS(days), NULL);
            for (guint slice = 0; slice + 1 < G_N_ELEMENTS(days); slice++) {
                gint64 out[3] = {0}, in[3] = {0};
                for (guint i = 0; i < table->flows->len; i++) {
                    const OfLayoutFlow *flow = &g_array_index(table->flows, OfLayoutFlow, i);
                    if (flow->slice == slice) {
                        g_assert_cmpint(flow->people, >, 0);
                        g_assert_true(flow->from >= 0 || flow->to >= 0);
                        *(flow->from >= 0 ? &out[flow->from] : &(gint64){0}) += flow->people;
                        *(flow->to >= 0 ? &in[flow->to] : &(gint64){0}) += flow->people;
                    }
                }
                for (guint lab = 0; lab < 3; lab++) {
                    g_assert_cmpint(out[lab], ==, of_flow_table_get_people(table, slice, lab));
                    g_assert_cmpint(in[lab], ==, of_flow_table_get_people(table, slice + 1, lab));
                }
            }
            of_selection_clear(&selection);
            sealed_clear(&sealed);
        }
    }
}

static void test_overflow(void)
{
    Sealed sealed = sealed_read(LABS "events:\n  - {date: 2020, type: join, to: a, weight: 9000000000000000000}\n"
                                     "  - {date: 2021, type: join, to: a, weight: 9000000000000000000}\n");
    g_assert_nonnull(sealed.story);
    g_autoptr(OfOptions) options = of_options_new();
    g_autoptr(GError) error = NULL;
    OfSelection selection;
    const OfDay day = of_day_from_civil(2022, 1, 1);
    g_assert_true(of_selection_init(&selection, sealed.story, options, sealed.story->first_day, sealed.story->last_day, NULL));
    g_assert_null(of_flow_table_new(&selection, &day, 1, &error));
    g_assert_error(error, OF_ERROR, OF_ERROR_LIMIT);
    of_selection_clear(&selection);
    sealed_clear(&sealed);
}

/* "2020 Jan 2021 26 May 2021": the slices of a window as they are shown. */
static void check_slices(const char *from, const char *to, const char *name, const char *value, const char *expected)
{
    g_autofree char *yaml = g_strdup_printf(LABS "people: {p: {stints: [{lab: a, from: %s, to: %s}]}}\n", from, to);
    Sealed sealed = sealed_read(yaml);
    g_assert_nonnull(sealed.story);
    g_autoptr(OfOptions) options = of_options_new();
    g_assert_true(name == NULL || of_options_set(options, name, value, NULL));
    OfSelection selection;
    g_assert_true(of_selection_init(&selection, sealed.story, options, sealed.story->first_day, sealed.story->last_day, NULL));
    g_autoptr(GArray) slices = of_slices_choose(&selection, of_flow_table_first_day(&selection), 12);
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < slices->len; i++) {
        g_autofree char *shown = of_date_display(&g_array_index(slices, OfSlice, i).date);
        g_string_append_printf(text, "%s%s", i > 0 ? ", " : "", shown);
    }
    g_assert_cmpstr(text->str, ==, expected);
    of_selection_clear(&selection);
    sealed_clear(&sealed);
}

static void test_slices(void)
{
    check_slices("2020-02-03", "2022-05-26", NULL, NULL, "3 Feb 2020, Jan 2021, Jan 2022, 26 May 2022");
    check_slices("2020-01-01", "2022-02-26", NULL, NULL, "Jan 2020, Jan 2021, 26 Feb 2022");
    check_slices("2020-02-03", "2022-05-26", "every", "year", "3 Feb 2020, Jan 2021, Jan 2022, 26 May 2022");
    check_slices("2020-02-03", "2020-08-26", "every", "quarter", "3 Feb 2020, Apr 2020, Jul 2020, 26 Aug 2020");
    check_slices("2020-02-03", "2020-05-08", "every", "month", "3 Feb 2020, Mar 2020, Apr 2020, 8 May 2020");
    check_slices("2020-02-03", "2020-05-08", NULL, NULL, "3 Feb 2020, Apr 2020, 8 May 2020");
    check_slices("2020-02-03", "2020-02-05", NULL, NULL, "3 Feb 2020, 4 Feb 2020, 5 Feb 2020");
    check_slices("2020-02-03", "2020-02-03", NULL, NULL, "3 Feb 2020");
    check_slices("1900-01-01", "2000-01-01", NULL, NULL,
                 "Jan 1900, Jan 1910, Jan 1920, Jan 1930, Jan 1940, Jan 1950, Jan 1960, Jan 1970, Jan 1980, Jan 1990, Jan 2000");
    check_slices("2020-02-03", "2022-05-26", "slices", "2022,2020-06,2021-Q2,2022", "Jun 2020, Q2 2021, 2022");
    check_slices("0001-01-01", "9999-12-31", NULL, NULL,
                 "Jan 0001, Jan 1000, Jan 2000, Jan 3000, Jan 4000, Jan 5000, Jan 6000, Jan 7000, Jan 8000, Jan 9000, 31 Dec 9999");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/view/flow-table/people", test_people);
    g_test_add_func("/view/flow-table/filters", test_filters);
    g_test_add_func("/view/flow-table/aggregated", test_aggregated);
    g_test_add_func("/view/flow-table/stints-or-flows", test_stints_or_flows);
    g_test_add_func("/view/flow-table/conservation", test_conservation);
    g_test_add_func("/view/flow-table/overflow", test_overflow);
    g_test_add_func("/view/flow-table/slices", test_slices);
    return g_test_run();
}
