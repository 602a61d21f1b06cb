/* A row of a table of flows: how many people went from one lab to another. */
#include "exchange/csv_table.h"

#include <string.h>

#include "base/shorten.h"

/* Reads how many people; 0 where the row says that nobody went. */
static bool read_weight(OfCsvTable *table, gint64 *weight)
{
    const OfCsvCell *cell = of_csv_table_cell(table, OF_COLUMN_WEIGHT);
    if (g_ascii_string_to_signed(cell->text, 10, 0, G_MAXINT64, weight, NULL)) {
        return true;
    }
    g_autofree char *shown = of_text_shorten(cell->text, -1);
    g_autofree char *message = g_strdup_printf("a weight is a whole number of people, not `%s`", shown);
    of_csv_table_fail(table, "invalid-weight", &cell->place, NULL, message);
    return false;
}

void of_csv_table_read_flow(OfCsvTable *table)
{
    const OfCsvCell *from = of_csv_table_cell(table, OF_COLUMN_FROM), *to = of_csv_table_cell(table, OF_COLUMN_TO);
    OfRosterFlow flow = {.from = OF_ROSTER_OUTSIDE, .to = OF_ROSTER_OUTSIDE, .place = table->csv.place};
    bool fine = of_csv_table_check_name(table, OF_COLUMN_DATE) && of_csv_table_read_date(table, OF_COLUMN_DATE, &flow.date);
    fine = read_weight(table, &flow.weight) && fine;
    if (from->length == 0 && to->length == 0) {
        of_csv_table_fail(table, "missing-value", &from->place,
                          g_strdup("who comes from outside has no `from`, who leaves no `to`"),
                          "the flow has neither a lab that it leaves nor one that it enters");
        return;
    }
    if (!fine || flow.weight == 0) {
        return;
    }
    if (strcmp(from->text, to->text) == 0) {
        table->stay = table->n_stays++ == 0 ? from->place : table->stay;
        return;
    }
    if (from->length > 0) {
        flow.from = of_roster_lab(table->roster, from->text, &from->place);
    }
    if (to->length > 0) {
        flow.to = of_roster_lab(table->roster, to->text, &to->place);
    }
    g_array_append_val(table->roster->flows, flow);
}
