/* A table that is imported: its header says what the rows are. */
#ifndef OF_EXCHANGE_CSV_TABLE_H
#define OF_EXCHANGE_CSV_TABLE_H

#include "exchange/columns.h"
#include "exchange/csv.h"
#include "exchange/roster.h"

#define OF_NO_COLUMN (-1)

typedef struct {
    OfCsv csv;
    OfTableKind kind;
    OfRoster *roster;
    OfDiagnostics *diagnostics;
    gint column[OF_N_COLUMNS]; /* where each stands, or OF_NO_COLUMN */
    bool in_steps[OF_N_COLUMNS];
    guint n_columns;
    OfDay last_day;  /* the last step, or OF_DAY_MAX */
    guint64 n_stays; /* rows of flows that go nowhere, left out */
    OfPlace stay;    /* the first of them */
} OfCsvTable;

/* The cell of a column in the row, or NULL where there is no such column. */
const OfCsvCell *of_csv_table_cell(const OfCsvTable *table, OfColumn column);

/* Reports an error. hint: or NULL; taken over. */
void of_csv_table_fail(OfCsvTable *table, const char *code, const OfPlace *place, char *hint, const char *message);

/* Reports an empty cell that must hold a name. */
bool of_csv_table_check_name(OfCsvTable *table, OfColumn column);

/* Reads a date, or none where the cell is empty. Returns false where it is no date, which is reported. */
bool of_csv_table_read_date(OfCsvTable *table, OfColumn column, OfDate *date);

/* One row of each kind of table, with as many cells as the header: into the roster, or reported. */
void of_csv_table_read_stint(OfCsvTable *table);
void of_csv_table_read_flow(OfCsvTable *table);

#endif
