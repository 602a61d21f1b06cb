/* Other formats → format 1. */
#ifndef OF_EXCHANGE_IMPORT_H
#define OF_EXCHANGE_IMPORT_H

#include "base/limits.h"
#include "exchange/columns.h"
#include "exchange/roster.h"

typedef struct {
    const char *name, *summary;
    bool has_columns; /* whether names of columns mean anything to it */
    /* Reads a text that of_encoding_check() found no error in. What is wrong goes to diagnostics. */
    void (*read)(OfRoster *roster, const OfSourceText *text, const OfColumnNames *columns, const OfLimits *limits,
                 OfDiagnostics *diagnostics);
} OfImportFormat;

/* The formats, ended by a row whose name is NULL. */
extern const OfImportFormat of_import_formats[];
const OfImportFormat *of_import_format_find(const char *name); /* or NULL */

/* Reads a text of diagnostics in the format and writes it as a file of format 1. title: or NULL. places: as of_roster_write().
 * *plain: whether it is known that reading the result finds no error (of_roster_is_plain(); then places stays empty). Returns NULL where there is an
 * error or a limit was reached, which diagnostics tell. */
GString *of_import_read(const OfImportFormat *format, const OfSourceText *text, const OfColumnNames *columns, const char *title,
                        const OfLimits *limits, OfDiagnostics *diagnostics, GArray *places, bool *plain);

/* Rows of the table. */
void of_import_csv(OfRoster *roster, const OfSourceText *text, const OfColumnNames *columns, const OfLimits *limits,
                   OfDiagnostics *diagnostics);
void of_import_scenes(OfRoster *roster, const OfSourceText *text, const OfColumnNames *columns, const OfLimits *limits,
                      OfDiagnostics *diagnostics);

#endif
