/* Records of comma-separated values: RFC 4180, and what is met besides. */
#ifndef OF_EXCHANGE_CSV_H
#define OF_EXCHANGE_CSV_H

#include "base/diagnostics.h"
#include "base/text_index.h"

/* A cell without its quotes and without blanks around it. */
typedef struct {
    const char *text; /* borrowed until the next record is read */
    gsize length;
    OfPlace place;
} OfCsvCell;

/* A reader of one text. Lines end at LF, CR LF or CR; a byte order mark is passed over; the separator is that of `,`, `;` and tab
 * which the first line holds most of outside of quotes. */
typedef struct {
    const OfSourceText *text;
    OfDiagnostics *diagnostics;
    OfTextMark mark; /* of the last place that was asked for */
    gsize at;
    char separator;
    GArray *cells;   /* of OfCsvCell: the record */
    OfPlace place;   /* of the record */
    bool broken;     /* the record's quotes are wrong, which was reported: its cells mean nothing */
    GString *values; /* of the cells, each followed by a NUL */
} OfCsv;

/* text: UTF-8 without NUL (of_encoding_check()), borrowed. */
void of_csv_init(OfCsv *csv, const OfSourceText *text, OfDiagnostics *diagnostics);
void of_csv_clear(OfCsv *csv);

/* Reads the next record that is not a blank line. Quotes that are not closed, or that something follows, and more than 10,000 cells
 * are reported. Returns false at the
 * end. */
bool of_csv_next(OfCsv *csv);

static inline const OfCsvCell *of_csv_cell(const OfCsv *csv, guint index)
{
    return &g_array_index(csv->cells, OfCsvCell, index);
}

#endif
