/* Numbers as one table of RFC 4180: a row a number, named by its columns. */
#include "api/statistics.h"

#include <string.h>

#include "base/number.h"

/* What a row speaks of; NULL leaves the cell empty. */
typedef struct {
    const char *measure;
    const OfGroup *group;
    const OfLab *lab, *to;
    int year; /* -1: none */
    const char *claim;
    const OfSource *source;
} Row;

static void append_cell(GString *out, const char *text)
{
    if (text == NULL) {
        return;
    }
    if (strpbrk(text, ",\"\r\n") == NULL) {
        g_string_append(out, text);
        return;
    }
    g_auto(GStrv) parts = g_strsplit(text, "\"", -1);
    g_autofree char *doubled = g_strjoinv("\"\"", parts);
    g_string_append_printf(out, "\"%s\"", doubled);
}

static void append_row(GString *out, const Row *row, double value)
{
    const char *const cells[] = {row->measure, row->group != NULL ? row->group->item.id : NULL,
                                 row->lab != NULL ? row->lab->item.id : NULL, row->to != NULL ? row->to->item.id : NULL};
    for (guint i = 0; i < G_N_ELEMENTS(cells); i++) {
        append_cell(out, cells[i]);
        g_string_append_c(out, ',');
    }
    if (row->year >= 0) {
        g_string_append_printf(out, "%04d", row->year);
    }
    g_string_append_c(out, ',');
    append_cell(out, row->claim);
    g_string_append_c(out, ',');
    append_cell(out, row->source != NULL ? row->source->item.id : NULL);
    g_string_append_c(out, ',');
    of_number_append(out, value, 6);
    g_string_append(out, "\r\n");
}

static void append_lab(GString *out, const OfLabNumbers *lab)
{
    const struct {
        const char *measure;
        double value;
    } numbers[] = {{"people", (double) lab->people},
                   {"ever", (double) lab->ever},
                   {"joins", (double) lab->joins},
                   {"leaves", (double) lab->leaves},
                   {"share_left", lab->share_left}};
    for (guint i = 0; i < G_N_ELEMENTS(numbers); i++) {
        append_row(out, &(Row){.measure = numbers[i].measure, .group = lab->group, .lab = lab->lab, .year = -1}, numbers[i].value);
    }
    if (lab->median_stay >= 0) {
        append_row(out, &(Row){.measure = "median_stay_days", .group = lab->group, .lab = lab->lab, .year = -1}, lab->median_stay);
    }
    for (guint i = 0; i < lab->years->len; i++) {
        const OfYearNumbers *year = &g_array_index(lab->years, OfYearNumbers, i);
        const struct {
            const char *measure;
            gint64 value;
        } yearly[] = {{"people", year->people}, {"joins", year->joins}, {"leaves", year->leaves}};
        for (guint k = 0; k < G_N_ELEMENTS(yearly); k++) {
            append_row(out, &(Row){.measure = yearly[k].measure, .group = lab->group, .lab = lab->lab, .year = year->year},
                       (double) yearly[k].value);
        }
    }
}

void of_statistics_write_csv(GString *out, const OfStory *story G_GNUC_UNUSED, const OfStatistics *statistics)
{
    g_string_append(out, "measure,group,lab,to,year,claim,source,value\r\n");
    for (guint i = 0; i < statistics->labs->len; i++) {
        append_lab(out, statistics->labs->pdata[i]);
    }
    for (guint i = 0; i < statistics->pairs->len; i++) {
        const OfPairNumbers *pair = &g_array_index(statistics->pairs, OfPairNumbers, i);
        append_row(out, &(Row){.measure = "moves", .group = pair->group, .lab = pair->from, .to = pair->to, .year = pair->year},
                   (double) pair->people);
    }
    for (guint i = 0; i < statistics->claims->len; i++) {
        const OfClaimSources *claim = statistics->claims->pdata[i];
        for (guint k = 0; k < claim->sources->len; k++) {
            const OfSourceCount *count = &g_array_index(claim->sources, OfSourceCount, k);
            append_row(out,
                       &(Row){.measure = "citations",
                              .group = claim->claim->group,
                              .lab = claim->claim->lab,
                              .year = -1,
                              .claim = claim->claim->item.key,
                              .source = count->source},
                       count->n);
        }
    }
}
