#include "text/problem.h"

#include <string.h>

#include "base/text_index.h"

typedef enum {
    AT_PROBLEM,
    AT_CONTEXT, /* the message is about where it began */
    BOTH,       /* at the problem, with where it began as the second place */
} Where;

typedef struct {
    const char *problem, *context; /* parts of libyaml's words; NULL: any */
    const char *code, *message, *hint;
    Where where;
    bool may_be_unclosed; /* inside of `[` or `{` that stands on an earlier line, the cause is rather that it is not closed */
} Row;

#define CHECK_INDENT     "check the indentation"
#define LEAVE_DIRECTIVES "leave out lines that begin with `%`"

/* The first row that fits is taken. */
static const Row rows[] = {
    {"aximum nesting", NULL, "limit-depth", "the collections are nested too deep", NULL, AT_PROBLEM, false},
    {"maximum depth", NULL, "limit-depth", "the collections are nested too deep", NULL, AT_PROBLEM, false},
    {"unexpected end of stream", "quoted scalar", "unclosed-quote", "this quote is never closed", NULL, AT_CONTEXT, false},
    {"unexpected document indicator", "quoted scalar", "unclosed-quote", "this quote is never closed", NULL, AT_CONTEXT, false},
    {"tab character", NULL, "tab-indentation", "a tab cannot indent YAML", "use spaces", AT_PROBLEM, false},
    {"could not find expected ':'", NULL, "missing-colon", "a `:` is missing behind this key",
     "a text of several lines stands in quotes or behind `|`", AT_CONTEXT, true},
    {"mapping values are not allowed", NULL, "unexpected-colon", "a `:` cannot stand here",
     "put a text that holds `: ` in quotes, or check the indentation", AT_PROBLEM, true},
    {"found unexpected ':'", NULL, "unexpected-colon", "a `:` cannot stand here", "put a text that holds `:` in quotes", AT_PROBLEM,
     true},
    {"block sequence entries are not allowed", NULL, "unexpected-dash", "an item of a list cannot begin here",
     "begin it on a line of its own, or put a text that begins with `- ` in quotes", AT_PROBLEM, true},
    {"mapping keys are not allowed", NULL, "unexpected-key", "a key cannot stand here",
     "put a text that begins with `? ` in quotes, or check the indentation", AT_PROBLEM, true},
    {"did not find expected key", NULL, "wrong-indentation", "this fits neither into the mapping before it nor into one around it",
     CHECK_INDENT, BOTH, true},
    {"did not find expected '-' indicator", NULL, "wrong-indentation", "this belongs to no item of the list before it",
     CHECK_INDENT, BOTH, true},
    {"did not find expected node content", NULL, "missing-value", "a value is missing here", NULL, AT_PROBLEM, true},
    {"unknown escape character", NULL, "bad-escape", "there is no such escape",
     "write `\\\\` for a backslash, or use single quotes", AT_PROBLEM, false},
    {"expected hexdecimal number", NULL, "bad-escape", "this escape lacks hexadecimal digits", NULL, AT_PROBLEM, false},
    {"invalid Unicode character escape", NULL, "bad-escape", "this escape names no character", "write the character itself",
     AT_PROBLEM, false},
    {"indentation indicator equal to 0", NULL, "bad-block-text", "the indentation of a text is 1 to 9", NULL, AT_PROBLEM, false},
    {"comment or line break", "block scalar", "bad-block-text", "a text behind `|` or `>` begins on the next line", NULL,
     AT_PROBLEM, false},
    {"alphabetic or numeric", "alias", "bad-alias", "`*` begins an alias, whose name is of letters and digits",
     "put a text that begins with `*` in quotes", AT_CONTEXT, false},
    {"alphabetic or numeric", "anchor", "bad-anchor", "`&` begins an anchor, whose name is of letters and digits",
     "put a text that begins with `&` in quotes", AT_CONTEXT, false},
    {"incompatible YAML document", NULL, "yaml-version", "this version of YAML is not read: 1.2 is", LEAVE_DIRECTIVES, AT_PROBLEM,
     false},
    {"undefined tag handle", NULL, "custom-tag", "tags other than YAML's own are not read",
     "leave it out, or put a text that begins with `!` in quotes", AT_PROBLEM, false},
    {"%YAML directive", NULL, "bad-directive", "there is a second %YAML line", LEAVE_DIRECTIVES, AT_PROBLEM, false},
    {NULL, "directive", "bad-directive", "this directive cannot be read", LEAVE_DIRECTIVES, AT_PROBLEM, false},
    {NULL, "a tag", "bad-tag", "this tag cannot be read", "put a text that begins with `!` in quotes", AT_PROBLEM, false},
    {"<document start>", NULL, "unexpected-content", "the document has ended before this", CHECK_INDENT, AT_PROBLEM, true},
};

static OfDiagnostic *add(OfDiagnostics *diagnostics, const char *code, const OfPlace *place, const char *hint, const char *message)
{
    return of_diagnostics_add(diagnostics, OF_SEVERITY_ERROR, code, place, g_strdup(hint), "%s", message);
}

/* The byte at a place, or NUL at the end of the text. */
static char byte_at(const OfPlace *place)
{
    return place->text->bytes[of_text_mark_find(place->text, place->line, place->column).offset];
}

static bool is_at_end(const OfPlace *place)
{
    return of_text_mark_find(place->text, place->line, place->column).offset >= place->text->length;
}

static void report_unclosed(OfDiagnostics *diagnostics, const OfPlace *open, const OfPlace *at)
{
    bool is_sequence = byte_at(open) == '[';
    const char *code = is_sequence ? "unclosed-sequence" : "unclosed-mapping";
    if (is_at_end(at)) {
        add(diagnostics, code, open, NULL, is_sequence ? "this `[` is never closed" : "this `{` is never closed");
        return;
    }
    OfDiagnostic *added = add(diagnostics, code, open, NULL,
                              is_sequence ? "this `[` is not closed by `]`, or a `,` is missing in it"
                                          : "this `{` is not closed by `}`, or a `,` is missing in it");
    added->other = *at;
}

/* `[a b]`, `{a: b c: d}`: a comma is missing, or the end is. */
static void report_flow(OfDiagnostics *diagnostics, const OfYamlProblem *problem)
{
    if (problem->at.line != problem->context_at.line || is_at_end(&problem->at)) {
        report_unclosed(diagnostics, &problem->context_at, &problem->at);
        return;
    }
    bool is_sequence = byte_at(&problem->context_at) == '[';
    OfDiagnostic *added = add(diagnostics, "expected-comma", &problem->at, NULL,
                              is_sequence ? "a `,` or `]` is expected here" : "a `,` or `}` is expected here");
    added->other = problem->context_at;
}

/* A character no text can begin with. */
static void report_start(OfDiagnostics *diagnostics, const OfYamlProblem *problem)
{
    char byte = byte_at(&problem->at);
    if (byte == '\t') {
        add(diagnostics, "tab-indentation", &problem->at, "use spaces", "a tab cannot indent YAML");
        return;
    }
    g_autofree char *shown = byte == '`' ? g_strdup("a backtick") : g_strdup_printf("`%c`", byte);
    of_diagnostics_add(diagnostics, OF_SEVERITY_ERROR, "reserved-character", &problem->at, g_strdup("put the text in quotes"),
                       "a text without quotes cannot begin with %s", shown);
}

static const Row *find_row(const OfYamlProblem *problem)
{
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        bool fits = rows[i].problem == NULL || strstr(problem->problem, rows[i].problem) != NULL;
        bool context_fits =
            rows[i].context == NULL || (problem->context != NULL && strstr(problem->context, rows[i].context) != NULL);
        if (fits && context_fits) {
            return &rows[i];
        }
    }
    return NULL;
}

void of_yaml_problem_report(OfDiagnostics *diagnostics, const OfYamlProblem *problem)
{
    bool has_context = problem->context_at.text != NULL;
    if (problem->problem == NULL) {
        add(diagnostics, "out-of-memory", &problem->at, NULL, "there is not enough memory to read on")->kind = OF_KIND_LIMIT;
        return;
    }
    if (has_context && strstr(problem->problem, "expected ',' or") != NULL) {
        report_flow(diagnostics, problem);
        return;
    }
    if (strstr(problem->problem, "expected key") != NULL && byte_at(&problem->at) == ':') {
        add(diagnostics, "missing-key", &problem->at, NULL, "a key is missing before this `:`");
        return;
    }
    if (strstr(problem->problem, "cannot start any token") != NULL) {
        report_start(diagnostics, problem);
        return;
    }
    const Row *row = find_row(problem);
    if (row == NULL) {
        of_diagnostics_add(diagnostics, OF_SEVERITY_ERROR, "yaml-syntax", &problem->at, NULL, "this is not YAML: %s",
                           problem->problem);
        return;
    }
    if (row->may_be_unclosed && problem->open.text != NULL && problem->open.line < problem->at.line) {
        report_unclosed(diagnostics, &problem->open, &problem->at);
        return;
    }
    const OfPlace *place = row->where == AT_CONTEXT && has_context ? &problem->context_at : &problem->at;
    OfDiagnostic *added = add(diagnostics, row->code, place, row->hint, row->message);
    if (strcmp(row->code, "limit-depth") == 0) {
        added->kind = OF_KIND_LIMIT;
    }
    if (row->where == BOTH && has_context) {
        added->other = problem->context_at;
    }
}
