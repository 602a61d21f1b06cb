/* A table of stints (a row is one person's stay at one lab) or of flows (a row is how many went from one lab to another). */
#include "exchange/csv_table.h"

#include <string.h>

#include "base/progress.h"
#include "base/shorten.h"
#include "exchange/import.h"

#define ROWS_A_TURN 4096 /* between two words about progress */

/* ---- The header ---- */

static bool is_name(const OfCsvCell *cell, const char *name)
{
    return name != NULL && g_ascii_strcasecmp(cell->text, name) == 0;
}

/* The header's cell of this name; a second one is an error. */
static gint find_column(OfCsvTable *table, const char *name)
{
    gint found = OF_NO_COLUMN;
    for (guint i = 0; i < table->csv.cells->len; i++) {
        const OfCsvCell *cell = of_csv_cell(&table->csv, i);
        if (!is_name(cell, name)) {
            continue;
        }
        if (found == OF_NO_COLUMN) {
            found = (gint) i;
            continue;
        }
        g_autofree char *shown = of_text_shorten(name, -1);
        of_diagnostics_add(table->diagnostics, OF_SEVERITY_ERROR, "column-twice", &cell->place, NULL, "there are two columns `%s`",
                           shown)
            ->other = of_csv_cell(&table->csv, (guint) found)->place;
        break;
    }
    return found;
}

/* "did you mean `Name`?", else how to say which column it is. Owned by the caller. */
static char *hint_column(const OfCsvTable *table, OfColumn column, const char *name)
{
    enum { MOST = 100 };
    g_autoptr(GPtrArray) candidates = g_ptr_array_new();
    for (guint i = 0; i < MIN(table->csv.cells->len, MOST); i++) {
        g_ptr_array_add(candidates, (gpointer) (gsize) of_csv_cell(&table->csv, i)->text);
    }
    g_autofree char *nearest = of_hint_nearest(name, (const char *const *) candidates->pdata, (gssize) candidates->len);
    return nearest != NULL
               ? g_strdup_printf("%s Then say `--columns %s=…`", nearest, of_columns[column].key)
               : g_strdup_printf("the first line names the columns; `--columns %s=NAME` says which it is", of_columns[column].key);
}

static void take_column(OfCsvTable *table, OfColumn column, const char *wanted)
{
    const OfColumnInfo *info = &of_columns[column];
    const char *name = wanted != NULL ? wanted : info->key;
    gint found = find_column(table, name);
    if (found == OF_NO_COLUMN && wanted == NULL && info->other != NULL) {
        found = find_column(table, info->other);
    }
    table->column[column] = found;
    if (found != OF_NO_COLUMN) {
        table->in_steps[column] = is_name(of_csv_cell(&table->csv, (guint) found), info->other);
    } else if (info->needed[table->kind] == OF_COLUMN_REQUIRED || wanted != NULL) {
        g_autofree char *shown = of_text_shorten(name, -1);
        const char *key = info->key, *before = wanted != NULL ? " for `" : "", *behind = wanted != NULL ? "`" : "";
        of_diagnostics_add(table->diagnostics, OF_SEVERITY_ERROR, "missing-column", &table->csv.place,
                           hint_column(table, column, name), "there is no column `%s`%s%s%s", shown, before,
                           wanted != NULL ? key : "", behind);
    }
}

static void warn_unread(OfCsvTable *table)
{
    for (guint i = 0; i < table->csv.cells->len; i++) {
        const OfCsvCell *cell = of_csv_cell(&table->csv, i);
        bool read = cell->length == 0;
        for (guint k = 0; k < OF_N_COLUMNS; k++) {
            read = read || table->column[k] == (gint) i;
        }
        if (!read) {
            g_autofree char *shown = of_text_shorten(cell->text, -1);
            of_diagnostics_add(table->diagnostics, OF_SEVERITY_WARNING, "unread-column", &cell->place, NULL,
                               "the column `%s` is not read", shown);
        }
    }
}

static bool has_column(OfCsvTable *table, OfColumn column, const OfColumnNames *columns)
{
    const OfColumnInfo *info = &of_columns[column];
    for (guint i = 0; i < table->csv.cells->len; i++) {
        const OfCsvCell *cell = of_csv_cell(&table->csv, i);
        if (columns->name[column] != NULL ? is_name(cell, columns->name[column])
                                          : is_name(cell, info->key) || is_name(cell, info->other)) {
            return true;
        }
    }
    return false;
}

/* Who speaks of people, or says nothing of what only flows have, speaks of stints. */
static OfTableKind find_kind(OfCsvTable *table, const OfColumnNames *columns)
{
    OfTableKind kind = OF_TABLE_STINTS;
    for (guint i = 0; i < OF_N_COLUMNS; i++) {
        const OfColumnInfo *info = &of_columns[i];
        const bool there = columns->name[i] != NULL || has_column(table, (OfColumn) i, columns);
        if (there && info->needed[OF_TABLE_FLOWS] == OF_COLUMN_UNKNOWN && info->needed[OF_TABLE_STINTS] == OF_COLUMN_REQUIRED) {
            return OF_TABLE_STINTS;
        }
        kind = there && info->needed[OF_TABLE_STINTS] == OF_COLUMN_UNKNOWN ? OF_TABLE_FLOWS : kind;
    }
    return kind;
}

static bool read_header(OfCsvTable *table, const OfColumnNames *columns)
{
    const guint n_errors = of_diagnostics_count_severity(table->diagnostics, OF_SEVERITY_ERROR);
    if (!of_csv_next(&table->csv) || table->csv.broken) {
        return false;
    }
    table->n_columns = table->csv.cells->len;
    table->kind = find_kind(table, columns);
    for (guint i = 0; i < OF_N_COLUMNS; i++) {
        table->column[i] = OF_NO_COLUMN;
        if (of_columns[i].needed[table->kind] != OF_COLUMN_UNKNOWN) {
            take_column(table, (OfColumn) i, columns->name[i]);
        }
    }
    if (of_diagnostics_count_severity(table->diagnostics, OF_SEVERITY_ERROR) > n_errors) {
        return false;
    }
    warn_unread(table);
    return true;
}

/* ---- Rows ---- */

const OfCsvCell *of_csv_table_cell(const OfCsvTable *table, OfColumn column)
{
    return table->column[column] != OF_NO_COLUMN ? of_csv_cell(&table->csv, (guint) table->column[column]) : NULL;
}

void of_csv_table_fail(OfCsvTable *table, const char *code, const OfPlace *place, char *hint, const char *message)
{
    of_diagnostics_add(table->diagnostics, OF_SEVERITY_ERROR, code, place, hint, "%s", message);
}

/* A name that must be there. */
bool of_csv_table_check_name(OfCsvTable *table, OfColumn column)
{
    const OfCsvCell *cell = of_csv_table_cell(table, column);
    if (cell->length == 0) {
        g_autofree char *message = g_strdup_printf("the %s is missing", of_columns[column].key);
        of_csv_table_fail(table, "missing-value", &cell->place, NULL, message);
    }
    return cell->length > 0;
}

static bool read_step(OfCsvTable *table, const OfCsvCell *cell, OfDate *date)
{
    gint64 step = 0;
    OfDay day = 0;
    g_autofree char *shown = of_text_shorten(cell->text, -1), *message = NULL;
    if (!g_ascii_string_to_signed(cell->text, 10, G_MININT64, G_MAXINT64, &step, NULL)) {
        message = g_strdup_printf("a step is a whole number, not `%s`", shown);
    } else if (!of_roster_step_day(step, &day)) {
        message = g_strdup_printf("the step %s, in days from 2000-01-01, lies outside the years 0000 to 9999", shown);
    }
    if (message != NULL) {
        of_csv_table_fail(table, "invalid-step", &cell->place, NULL, message);
        return false;
    }
    *date = of_date_from_day(day);
    table->last_day = table->last_day == OF_DAY_MAX ? day : MAX(table->last_day, day);
    return true;
}

/* A date, or none where the cell is empty. */
bool of_csv_table_read_date(OfCsvTable *table, OfColumn column, OfDate *date)
{
    const OfCsvCell *cell = of_csv_table_cell(table, column);
    g_autoptr(GError) error = NULL;
    *date = (OfDate){.precision = OF_DATE_NONE};
    if (cell->length == 0) {
        return true;
    }
    if (table->in_steps[column]) {
        return read_step(table, cell, date);
    }
    if (!of_date_parse(cell->text, date, &error)) {
        const bool is_number = strspn(cell->text, "0123456789") == cell->length;
        char *hint = is_number
                         ? g_strdup("steps that are counted stand in columns `timestep_start` and `timestep_stop`")
                         : g_strdup("dates are written as 2023, 2023-04, 2023-04-28, with `~` or `?` behind them where in doubt");
        of_csv_table_fail(table, "invalid-date", &cell->place, hint, error->message);
        return false;
    }
    return true;
}

/* Spreadsheets write rows of nothing but separators behind their data. */
static bool is_empty(const OfCsvTable *table)
{
    for (guint i = 0; i < table->csv.cells->len; i++) {
        if (of_csv_cell(&table->csv, i)->length > 0) {
            return false;
        }
    }
    return true;
}

static bool check_cells(OfCsvTable *table)
{
    const guint n = table->csv.cells->len;
    if (n == table->n_columns) {
        return true;
    }
    char *hint = n > table->n_columns ? g_strdup_printf("put cells that hold a %s in quotes", table->csv.separator == '\t'  ? "tab"
                                                                                              : table->csv.separator == ';' ? "`;`"
                                                                                                                            : "`,`")
                                      : NULL;
    g_autofree char *message = g_strdup_printf("the row has %u cell%s, the header %u", n, n == 1 ? "" : "s", table->n_columns);
    of_csv_table_fail(table, "ragged-row", &table->csv.place, hint, message);
    return false;
}

void of_import_csv(OfRoster *roster, const OfSourceText *text, const OfColumnNames *columns, const OfLimits *limits G_GNUC_UNUSED,
                   OfDiagnostics *diagnostics)
{
    static void (*const readers[])(OfCsvTable * table) = {
        [OF_TABLE_STINTS] = of_csv_table_read_stint, [OF_TABLE_FLOWS] = of_csv_table_read_flow};
    OfCsvTable table = {.roster = roster, .diagnostics = diagnostics, .last_day = OF_DAY_MAX};
    of_csv_init(&table.csv, text, diagnostics);
    if (read_header(&table, columns)) {
        for (guint64 row = 0; of_csv_next(&table.csv); row++) {
            if (row % ROWS_A_TURN == 0 && !of_progress_tell("reading", (double) table.csv.at / (double) text->length)) {
                break;
            }
            if (!table.csv.broken && !is_empty(&table) && check_cells(&table)) {
                readers[table.kind](&table);
            }
        }
        roster->last_day = table.in_steps[OF_COLUMN_TO] ? table.last_day : OF_DAY_MAX;
    }
    if (table.n_stays > 0) {
        of_diagnostics_add(diagnostics, OF_SEVERITY_WARNING, "flow-to-itself", &table.stay, NULL,
                           "%" G_GUINT64_FORMAT " row%s from a lab to itself: who stays is not told by flows, and is left out",
                           table.n_stays, table.n_stays == 1 ? "" : "s");
    }
    of_csv_clear(&table.csv);
}
