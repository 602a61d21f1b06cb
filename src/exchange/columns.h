/* What of a table of stints or flows is which column. */
#ifndef OF_EXCHANGE_COLUMNS_H
#define OF_EXCHANGE_COLUMNS_H

#include <glib.h>
#include <stdbool.h>

typedef enum {
    OF_COLUMN_PERSON,
    OF_COLUMN_LAB,
    OF_COLUMN_FROM, /* a date, in flows a lab */
    OF_COLUMN_TO,   /* the same */
    OF_COLUMN_ROLE,
    OF_COLUMN_DATE,
    OF_COLUMN_WEIGHT,
    OF_N_COLUMNS
} OfColumn;

typedef enum { OF_TABLE_STINTS, OF_TABLE_FLOWS, OF_N_TABLE_KINDS } OfTableKind;

typedef enum { OF_COLUMN_UNKNOWN, OF_COLUMN_OPTIONAL, OF_COLUMN_REQUIRED } OfColumnNeed;

typedef struct {
    const char *key;   /* what it is called: "person" */
    const char *other; /* what it is called in tables that count steps, or NULL; dates in it are steps */
    OfColumnNeed needed[OF_N_TABLE_KINDS];
} OfColumnInfo;

extern const OfColumnInfo of_columns[OF_N_COLUMNS];

/* Names of columns other than these; NULL: these. */
typedef struct {
    char *name[OF_N_COLUMNS];
} OfColumnNames;

/* Reads "person=Name,lab=Team": a name ends where a comma and the next `person=`, `lab=` or other key stand, so that it may
 * hold commas. names: zeroed before; to be cleared by the caller, also after a failure. error: OF_ERROR_USAGE. */
bool of_column_names_parse(OfColumnNames *names, const char *text, GError **error);
void of_column_names_clear(OfColumnNames *names);

#endif
