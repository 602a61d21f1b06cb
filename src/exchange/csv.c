#include "exchange/csv.h"

#include <string.h>

#define MOST_CELLS 10000 /* of a record: cells take more memory than their bytes */

/* Input without NUL inside ends with one: what stands at `at` can always be looked at. */
static char look(const OfCsv *csv)
{
    return csv->text->bytes[csv->at];
}

static bool is_line_end(char c)
{
    return c == '\n' || c == '\r' || c == '\0';
}

static bool is_blank(const OfCsv *csv, char c)
{
    return c == ' ' || (c == '\t' && csv->separator != '\t');
}

static char find_separator(const char *line)
{
    static const char separators[] = {',', ';', '\t'};
    guint n[G_N_ELEMENTS(separators)] = {0}, most = 0;
    bool quoted = false;
    for (const char *at = line; *at != '\0' && (quoted || !is_line_end(*at)); at++) {
        quoted = *at == '"' ? !quoted : quoted;
        for (guint i = 0; i < G_N_ELEMENTS(separators); i++) {
            n[i] += !quoted && *at == separators[i];
        }
    }
    for (guint i = 1; i < G_N_ELEMENTS(separators); i++) {
        most = n[i] > n[most] ? i : most;
    }
    return separators[most];
}

void of_csv_init(OfCsv *csv, const OfSourceText *text, OfDiagnostics *diagnostics)
{
    *csv = (OfCsv){.text = text, .diagnostics = diagnostics, .mark = of_text_mark_start(text)};
    csv->at = csv->mark.offset;
    const char *line = text->bytes + csv->at;
    csv->separator = find_separator(line + strspn(line, "\r\n"));
    csv->cells = g_array_new(FALSE, FALSE, sizeof(OfCsvCell));
    csv->values = g_string_new(NULL);
}

void of_csv_clear(OfCsv *csv)
{
    g_array_unref(csv->cells);
    g_string_free(csv->values, TRUE);
}

/* The place of the character at offset, which must not lie before one asked for earlier. */
static OfPlace place_at(OfCsv *csv, gsize offset)
{
    of_text_mark_move(csv->text, &csv->mark, offset);
    return (OfPlace){csv->text, csv->mark.line, csv->mark.column, 1};
}

static void skip_blanks(OfCsv *csv)
{
    while (is_blank(csv, look(csv))) {
        csv->at++;
    }
}

static void fail(OfCsv *csv, const char *code, const OfPlace *place, const char *hint, const char *message)
{
    of_diagnostics_add(csv->diagnostics, OF_SEVERITY_ERROR, code, place, g_strdup(hint), "%s", message);
    csv->broken = true;
}

/* Reads to the separator or the end of the line. Returns how many characters that were. */
static guint read_plain(OfCsv *csv)
{
    const char *from = csv->text->bytes + csv->at, *at = from, separator = csv->separator;
    guint n = 0;
    for (; *at != separator && !is_line_end(*at); at++) {
        n += ((guchar) *at & 0xc0) != 0x80;
    }
    csv->at += (gsize) (at - from);
    g_string_append_len(csv->values, from, at - from);
    return n;
}

static void read_quoted(OfCsv *csv, const OfPlace *place)
{
    csv->at++;
    for (;;) {
        const char *from = csv->text->bytes + csv->at;
        const gsize n = strcspn(from, "\"");
        g_string_append_len(csv->values, from, (gssize) n);
        csv->at += n;
        if (look(csv) == '\0') {
            fail(csv, "unclosed-quote", place, "end the cell with `\"`; write a quote inside as `\"\"`",
                 "this quote is not closed");
            return;
        }
        csv->at++;
        if (look(csv) != '"') {
            break;
        }
        g_string_append_c(csv->values, '"');
        csv->at++;
    }
    skip_blanks(csv);
    if (!is_line_end(look(csv)) && look(csv) != csv->separator) {
        const OfPlace rest = place_at(csv, csv->at);
        fail(csv, "text-after-quote", &rest, "write a quote inside of quotes as `\"\"`",
             "the cell goes on behind its closing quote");
        read_plain(csv);
    }
}

static void strip_value(GString *values, gsize start)
{
    if (values->len == start || (!g_ascii_isspace(values->str[start]) && !g_ascii_isspace(values->str[values->len - 1]))) {
        return;
    }
    while (values->len > start && g_ascii_isspace(values->str[values->len - 1])) {
        g_string_truncate(values, values->len - 1);
    }
    gsize n = 0;
    while (start + n < values->len && g_ascii_isspace(values->str[start + n])) {
        n++;
    }
    g_string_erase(values, (gssize) start, (gssize) n);
}

static void read_cell(OfCsv *csv)
{
    skip_blanks(csv);
    OfCsvCell cell = {.place = place_at(csv, csv->at)};
    const gsize start = csv->values->len;
    if (look(csv) == '"') {
        read_quoted(csv, &cell.place);
        strip_value(csv->values, start);
        const glong n = g_utf8_strlen(csv->values->str + start, (gssize) (csv->values->len - start)) + 2;
        cell.place.length = strchr(csv->values->str + start, '\n') == NULL ? (guint) n : 1;
    } else { /* what most files are made of: the place of the next cell is known without walking there */
        const guint n = read_plain(csv);
        csv->mark = (OfTextMark){csv->at, csv->mark.line, csv->mark.column + n};
        const gsize length = csv->values->len - start;
        strip_value(csv->values, start);
        cell.place.length = MAX(n - (guint) (length - (csv->values->len - start)), 1);
    }
    cell.length = csv->values->len - start;
    g_string_append_c(csv->values, '\0');
    g_array_append_val(csv->cells, cell);
}

/* Values are read into one growing buffer: only now do they stay where they are. */
static void set_texts(OfCsv *csv)
{
    const char *value = csv->values->str;
    for (guint i = 0; i < csv->cells->len; i++) {
        OfCsvCell *cell = &g_array_index(csv->cells, OfCsvCell, i);
        cell->text = value;
        value += cell->length + 1;
    }
}

/* Passes over the end of a line. */
static void end_line(OfCsv *csv)
{
    csv->at += look(csv) == '\r' && csv->text->bytes[csv->at + 1] == '\n' ? 2 : look(csv) != '\0' ? 1 : 0;
}

static void skip_blank_lines(OfCsv *csv)
{
    for (;;) {
        const gsize before = csv->at;
        skip_blanks(csv);
        if (look(csv) != '\n' && look(csv) != '\r') {
            csv->at = look(csv) != '\0' ? before : csv->at;
            return;
        }
        end_line(csv);
    }
}

bool of_csv_next(OfCsv *csv)
{
    g_array_set_size(csv->cells, 0);
    g_string_truncate(csv->values, 0);
    csv->broken = false;
    skip_blank_lines(csv);
    if (look(csv) == '\0') {
        return false;
    }
    csv->place = place_at(csv, csv->at);
    read_cell(csv);
    while (look(csv) == csv->separator) {
        if (csv->cells->len == MOST_CELLS) {
            fail(csv, "too-many-cells", &csv->place, NULL, "this is no row of a table: it has more than 10000 cells");
            csv->at = csv->text->length;
            break;
        }
        csv->at++;
        read_cell(csv);
    }
    end_line(csv);
    set_texts(csv);
    return true;
}
