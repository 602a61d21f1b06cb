#include "base/diagnostics.h"

#include <string.h>

#include "base/hash.h"
#include "base/text_index.h"

/* What is kept of a flood of problems: hostile input could hold so many that memory runs out. */
#define MOST_ENTRIES 1000000

typedef struct {
    OfDiagnostic diagnostic; /* first: entries are handed out as diagnostics */
    guint serial;            /* in the order of adding, the last word in sorting */
} Entry;

struct OfDiagnostics {
    GPtrArray *texts;   /* of OfSourceText */
    GPtrArray *entries; /* of Entry */
    GHashTable *known;  /* the entries again, as a set by code, message and place */
    Entry *surplus;     /* the latest one that is not listed, or NULL */
    guint n_of_severity[2];
};

static void text_free(gpointer data)
{
    OfSourceText *text = data;
    of_text_index_free(text->index);
    g_free(text->name);
    g_free(text->bytes);
    g_free(text);
}

static void entry_free(gpointer data)
{
    Entry *entry = data;
    if (entry == NULL) {
        return;
    }
    g_free(entry->diagnostic.message);
    g_free(entry->diagnostic.hint);
    g_free(entry);
}

static guint entry_hash(gconstpointer data)
{
    const OfDiagnostic *diagnostic = data;
    const struct {
        const OfSourceText *text;
        guint line, column, message, code;
    } parts = {diagnostic->place.text, diagnostic->place.line, diagnostic->place.column, of_text_hash(diagnostic->message),
               of_text_hash(diagnostic->code)};
    G_STATIC_ASSERT(sizeof parts == sizeof(void *) + 4 * sizeof(guint)); /* no padding, whose bytes would be anything */
    return of_bytes_hash(&parts, sizeof parts);
}

static gboolean entry_equal(gconstpointer first, gconstpointer second)
{
    const OfDiagnostic *a = first, *b = second;
    return a->place.text == b->place.text && a->place.line == b->place.line && a->place.column == b->place.column &&
           strcmp(a->code, b->code) == 0 && strcmp(a->message, b->message) == 0;
}

OfDiagnostics *of_diagnostics_new(void)
{
    OfDiagnostics *list = g_new0(OfDiagnostics, 1);
    list->texts = g_ptr_array_new_with_free_func(text_free);
    list->entries = g_ptr_array_new_with_free_func(entry_free);
    list->known = g_hash_table_new(entry_hash, entry_equal);
    return list;
}

void of_diagnostics_free(OfDiagnostics *list)
{
    if (list == NULL) {
        return;
    }
    g_hash_table_unref(list->known);
    g_ptr_array_unref(list->entries);
    entry_free(list->surplus);
    g_ptr_array_unref(list->texts);
    g_free(list);
}

const OfSourceText *of_diagnostics_add_text(OfDiagnostics *list, const char *name, char *bytes, gsize length)
{
    OfSourceText *text = g_new0(OfSourceText, 1);
    text->name = g_strdup(name);
    text->bytes = bytes;
    text->length = length;
    text->index = of_text_index_new();
    g_ptr_array_add(list->texts, text);
    return text;
}

guint of_diagnostics_count_texts(const OfDiagnostics *list)
{
    return list->texts->len;
}

const OfSourceText *of_diagnostics_get_text(const OfDiagnostics *list, guint index)
{
    return list->texts->pdata[index];
}

static void list_entry(OfDiagnostics *list, Entry *entry)
{
    entry->serial = list->entries->len;
    g_ptr_array_add(list->entries, entry);
    g_hash_table_add(list->known, entry);
}

/* Keeps a problem that is one too many, for its caller alone; the first of them adds an entry that says so. */
static void keep_surplus(OfDiagnostics *list, Entry *entry)
{
    if (list->entries->len == MOST_ENTRIES) {
        Entry *note = g_new0(Entry, 1);
        note->diagnostic.severity = OF_SEVERITY_WARNING;
        note->diagnostic.kind = OF_KIND_DATA;
        note->diagnostic.code = "too-many-problems";
        note->diagnostic.message = g_strdup_printf("there are more than %d problems: the rest is not listed", MOST_ENTRIES);
        list_entry(list, note);
        list->n_of_severity[OF_SEVERITY_WARNING]++;
    }
    entry_free(list->surplus);
    list->surplus = entry;
}

/* Takes over a text that may quote bytes of the command line (a file's or a column's name), and gives one that tools can read: JSON
 * holds nothing but UTF-8. NULL stays NULL. */
static char *make_valid(char *text)
{
    if (text == NULL || g_utf8_validate(text, -1, NULL)) {
        return text;
    }
    char *shown = of_text_escape(text, -1);
    g_free(text);
    return shown;
}

OfDiagnostic *of_diagnostics_add(OfDiagnostics *list, OfSeverity severity, const char *code, const OfPlace *place, char *hint,
                                 const char *format, ...)
{
    Entry *entry = g_new0(Entry, 1);
    OfDiagnostic *diagnostic = &entry->diagnostic;
    va_list arguments;
    va_start(arguments, format);
    diagnostic->message = make_valid(g_strdup_vprintf(format, arguments));
    va_end(arguments);
    diagnostic->severity = severity;
    diagnostic->kind = OF_KIND_DATA;
    diagnostic->code = code;
    diagnostic->hint = make_valid(hint);
    if (place != NULL) {
        diagnostic->place = *place;
        diagnostic->place.length = MAX(place->length, 1);
    }
    Entry *known = g_hash_table_lookup(list->known, entry);
    if (known != NULL) {
        entry_free(entry);
        return &known->diagnostic;
    }
    list->n_of_severity[severity]++;
    if (list->entries->len < MOST_ENTRIES) {
        list_entry(list, entry);
    } else {
        keep_surplus(list, entry);
    }
    return diagnostic;
}

guint of_diagnostics_count(const OfDiagnostics *list)
{
    return list->entries->len;
}

const OfDiagnostic *of_diagnostics_get(const OfDiagnostics *list, guint index)
{
    return g_ptr_array_index(list->entries, index);
}

guint of_diagnostics_count_severity(const OfDiagnostics *list, OfSeverity severity)
{
    return list->n_of_severity[severity];
}

bool of_diagnostics_has_limit(const OfDiagnostics *list)
{
    for (guint i = 0; i < list->entries->len; i++) {
        if (of_diagnostics_get(list, i)->kind == OF_KIND_LIMIT) {
            return true;
        }
    }
    return false;
}

static int compare_numbers(guint a, guint b)
{
    return (a > b) - (a < b);
}

static int compare_entries(gconstpointer first, gconstpointer second)
{
    const Entry *a = *(const Entry *const *) first, *b = *(const Entry *const *) second;
    const OfDiagnostic *x = &a->diagnostic, *y = &b->diagnostic;
    int order = g_strcmp0(x->place.text != NULL ? x->place.text->name : NULL, y->place.text != NULL ? y->place.text->name : NULL);
    if (order == 0) {
        order = compare_numbers(x->place.line, y->place.line);
    }
    if (order == 0) {
        order = compare_numbers(x->place.column, y->place.column);
    }
    if (order == 0) {
        order = compare_numbers(y->severity, x->severity);
    }
    if (order == 0) {
        order = strcmp(x->code, y->code);
    }
    if (order == 0) {
        order = strcmp(x->message, y->message);
    }
    return order != 0 ? order : compare_numbers(a->serial, b->serial);
}

void of_diagnostics_sort(OfDiagnostics *list)
{
    g_ptr_array_sort(list->entries, compare_entries);
}
