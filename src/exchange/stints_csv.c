/* A table of stints: a row is one person's stay at one lab. */
#include <string.h>

#include "base/shorten.h"
#include "exchange/csv.h"
#include "exchange/import.h"

#define NO_COLUMN (-1)

typedef struct {
    OfCsv csv;
    OfRoster *roster;
    OfDiagnostics *diagnostics;
    gint column[OF_N_COLUMNS]; /* where each stands, or NO_COLUMN */
    bool in_steps[OF_N_COLUMNS];
    guint n_columns;
    OfDay last_day;
} Table;

/* ---- The header ---- */

static bool is_name(const OfCsvCell *cell, const char *name)
{
    return name != NULL && g_ascii_strcasecmp(cell->text, name) == 0;
}

/* The header's cell of this name; a second one is an error. */
static gint find_column(Table *table, const char *name)
{
    gint found = NO_COLUMN;
    for (guint i = 0; i < table->csv.cells->len; i++) {
        const OfCsvCell *cell = of_csv_cell(&table->csv, i);
        if (!is_name(cell, name)) {
            continue;
        }
        if (found == NO_COLUMN) {
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
static char *hint_column(const Table *table, OfColumn column, const char *name)
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

static void take_column(Table *table, OfColumn column, const char *wanted)
{
    const OfColumnInfo *info = &of_columns[column];
    const char *name = wanted != NULL ? wanted : info->key;
    gint found = find_column(table, name);
    if (found == NO_COLUMN && wanted == NULL && info->other != NULL) {
        found = find_column(table, info->other);
    }
    table->column[column] = found;
    if (found != NO_COLUMN) {
        table->in_steps[column] = is_name(of_csv_cell(&table->csv, (guint) found), info->other);
    } else if (info->required || wanted != NULL) {
        g_autofree char *shown = of_text_shorten(name, -1);
        const char *key = info->key, *before = wanted != NULL ? " for `" : "", *behind = wanted != NULL ? "`" : "";
        of_diagnostics_add(table->diagnostics, OF_SEVERITY_ERROR, "missing-column", &table->csv.place,
                           hint_column(table, column, name), "there is no column `%s`%s%s%s", shown, before,
                           wanted != NULL ? key : "", behind);
    }
}

static void warn_unread(Table *table)
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

static bool read_header(Table *table, const OfColumnNames *columns)
{
    const guint n_errors = of_diagnostics_count_severity(table->diagnostics, OF_SEVERITY_ERROR);
    if (!of_csv_next(&table->csv) || table->csv.broken) {
        return false;
    }
    table->n_columns = table->csv.cells->len;
    for (guint i = 0; i < OF_N_COLUMNS; i++) {
        take_column(table, (OfColumn) i, columns->name[i]);
    }
    if (of_diagnostics_count_severity(table->diagnostics, OF_SEVERITY_ERROR) > n_errors) {
        return false;
    }
    warn_unread(table);
    return true;
}

/* ---- Rows ---- */

static const OfCsvCell *cell_of(const Table *table, OfColumn column)
{
    return table->column[column] != NO_COLUMN ? of_csv_cell(&table->csv, (guint) table->column[column]) : NULL;
}

static void fail(Table *table, const char *code, const OfPlace *place, char *hint, const char *message)
{
    of_diagnostics_add(table->diagnostics, OF_SEVERITY_ERROR, code, place, hint, "%s", message);
}

/* A name that must be there. */
static bool check_name(Table *table, OfColumn column)
{
    const OfCsvCell *cell = cell_of(table, column);
    if (cell->length == 0) {
        g_autofree char *message = g_strdup_printf("the %s is missing", of_columns[column].key);
        fail(table, "missing-value", &cell->place, NULL, message);
    }
    return cell->length > 0;
}

static bool read_step(Table *table, const OfCsvCell *cell, OfDate *date)
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
        fail(table, "invalid-step", &cell->place, NULL, message);
        return false;
    }
    *date = of_date_from_day(day);
    table->last_day = table->last_day == OF_DAY_MAX ? day : MAX(table->last_day, day);
    return true;
}

/* A date, or none where the cell is empty. */
static bool read_date(Table *table, OfColumn column, OfDate *date)
{
    const OfCsvCell *cell = cell_of(table, column);
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
        fail(table, "invalid-date", &cell->place, hint, error->message);
        return false;
    }
    return true;
}

static bool check_order(Table *table, const OfRosterStint *stint)
{
    if (!of_date_is_set(&stint->from) || !of_date_is_set(&stint->to) || of_date_may_precede(&stint->from, &stint->to)) {
        return true;
    }
    g_autofree char *message = g_strdup_printf("the stint ends (%s) before it begins (%s)", cell_of(table, OF_COLUMN_TO)->text,
                                               cell_of(table, OF_COLUMN_FROM)->text);
    fail(table, "end-before-start", &cell_of(table, OF_COLUMN_TO)->place, NULL, message);
    return false;
}

/* Spreadsheets write rows of nothing but separators behind their data. */
static bool is_empty(const Table *table)
{
    for (guint i = 0; i < table->csv.cells->len; i++) {
        if (of_csv_cell(&table->csv, i)->length > 0) {
            return false;
        }
    }
    return true;
}

static bool check_cells(Table *table)
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
    fail(table, "ragged-row", &table->csv.place, hint, message);
    return false;
}

static void read_row(Table *table)
{
    if (table->csv.broken || is_empty(table) || !check_cells(table)) {
        return;
    }
    OfRosterStint stint = {.in_steps = table->in_steps[OF_COLUMN_FROM] && table->in_steps[OF_COLUMN_TO]};
    bool fine = check_name(table, OF_COLUMN_PERSON);
    fine = check_name(table, OF_COLUMN_LAB) && fine;
    fine = read_date(table, OF_COLUMN_FROM, &stint.from) && fine;
    fine = read_date(table, OF_COLUMN_TO, &stint.to) && fine;
    if (!fine || !check_order(table, &stint)) {
        return;
    }
    if (table->in_steps[OF_COLUMN_TO] && of_date_is_set(&stint.to)) {
        stint.to = of_date_from_day(stint.to.first + 1); /* the last step is one of the stint's */
    }
    const OfCsvCell *person = cell_of(table, OF_COLUMN_PERSON), *lab = cell_of(table, OF_COLUMN_LAB),
                    *role = cell_of(table, OF_COLUMN_ROLE);
    stint.person = of_roster_person(table->roster, person->text, &person->place);
    stint.lab = of_roster_lab(table->roster, lab->text, &lab->place);
    stint.role = role != NULL && role->length > 0 ? role->text : NULL;
    stint.place = table->csv.place;
    of_roster_add(table->roster, &stint);
}

void of_import_csv(OfRoster *roster, const OfSourceText *text, const OfColumnNames *columns, const OfLimits *limits G_GNUC_UNUSED,
                   OfDiagnostics *diagnostics)
{
    Table table = {.roster = roster, .diagnostics = diagnostics, .last_day = OF_DAY_MAX};
    of_csv_init(&table.csv, text, diagnostics);
    if (read_header(&table, columns)) {
        while (of_csv_next(&table.csv)) {
            read_row(&table);
        }
        roster->last_day = table.in_steps[OF_COLUMN_TO] ? table.last_day : OF_DAY_MAX;
    }
    of_csv_clear(&table.csv);
}
