/* A row of a table of stints: one person's stay at one lab. */
#include "exchange/csv_table.h"

static bool check_order(OfCsvTable *table, const OfRosterStint *stint)
{
    if (!of_date_is_set(&stint->from) || !of_date_is_set(&stint->to) || of_date_may_precede(&stint->from, &stint->to)) {
        return true;
    }
    g_autofree char *message =
        g_strdup_printf("the stint ends (%s) before it begins (%s)", of_csv_table_cell(table, OF_COLUMN_TO)->text,
                        of_csv_table_cell(table, OF_COLUMN_FROM)->text);
    of_csv_table_fail(table, "end-before-start", &of_csv_table_cell(table, OF_COLUMN_TO)->place, NULL, message);
    return false;
}

void of_csv_table_read_stint(OfCsvTable *table)
{
    OfRosterStint stint = {.in_steps = table->in_steps[OF_COLUMN_FROM] && table->in_steps[OF_COLUMN_TO]};
    bool fine = of_csv_table_check_name(table, OF_COLUMN_PERSON);
    fine = of_csv_table_check_name(table, OF_COLUMN_LAB) && fine;
    fine = of_csv_table_read_date(table, OF_COLUMN_FROM, &stint.from) && fine;
    fine = of_csv_table_read_date(table, OF_COLUMN_TO, &stint.to) && fine;
    if (!fine || !check_order(table, &stint)) {
        return;
    }
    if (table->in_steps[OF_COLUMN_TO] && of_date_is_set(&stint.to)) {
        stint.to = of_date_from_day(stint.to.first + 1); /* the last step is one of the stint's */
    }
    const OfCsvCell *person = of_csv_table_cell(table, OF_COLUMN_PERSON), *lab = of_csv_table_cell(table, OF_COLUMN_LAB),
                    *role = of_csv_table_cell(table, OF_COLUMN_ROLE);
    stint.person = of_roster_person(table->roster, person->text, &person->place);
    stint.lab = of_roster_lab(table->roster, lab->text, &lab->place);
    stint.role = role != NULL && role->length > 0 ? role->text : NULL;
    stint.place = table->csv.place;
    of_roster_add(table->roster, &stint);
}
