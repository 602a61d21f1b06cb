#include "text/edits.h"

#include <string.h>

static void clear_edit(gpointer data)
{
    g_free(((OfTextEdit *) data)->text);
}

OfTextEdits *of_edits_new(const OfSourceText *text)
{
    OfTextEdits *edits = g_new0(OfTextEdits, 1);
    const char *line_feed = memchr(text->bytes, '\n', text->length);
    const bool is_pair = line_feed != NULL && line_feed > text->bytes && line_feed[-1] == '\r';
    const bool is_return = line_feed == NULL && memchr(text->bytes, '\r', text->length) != NULL;
    *edits = (OfTextEdits){text, is_pair ? "\r\n" : is_return ? "\r" : "\n", g_array_new(FALSE, FALSE, sizeof(OfTextEdit))};
    g_array_set_clear_func(edits->list, clear_edit);
    return edits;
}

void of_edits_free(OfTextEdits *edits)
{
    if (edits != NULL) {
        g_array_unref(edits->list);
        g_free(edits);
    }
}

void of_edits_add(OfTextEdits *edits, gsize start, gsize end, char *text)
{
    const OfTextEdit edit = {start, end, text};
    g_array_append_val(edits->list, edit);
}

/* An insertion comes before what is replaced from there on. */
static int compare_edits(gconstpointer a, gconstpointer b)
{
    const OfTextEdit *x = a, *y = b;
    return x->start != y->start ? (x->start < y->start ? -1 : 1) : (x->end > y->end) - (x->end < y->end);
}

bool of_edits_sort(OfTextEdits *edits)
{
    g_array_sort(edits->list, compare_edits); /* stable: GLib sorts by merging */
    for (guint i = 1; i < edits->list->len; i++) {
        if (g_array_index(edits->list, OfTextEdit, i).start < g_array_index(edits->list, OfTextEdit, i - 1).end) {
            return false;
        }
    }
    return true;
}

guint of_edits_find(const OfTextEdits *edits, gsize start)
{
    guint low = 0, high = edits->list->len;
    while (low < high) {
        const guint middle = low + (high - low) / 2;
        if (g_array_index(edits->list, OfTextEdit, middle).start < start) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

void of_edits_apply(const OfTextEdits *edits, gsize start, gsize end, GString *out)
{
    gsize at = start;
    for (guint i = of_edits_find(edits, start); i < edits->list->len; i++) {
        const OfTextEdit *edit = &g_array_index(edits->list, OfTextEdit, i);
        if (edit->start > end) {
            break;
        }
        if (edit->end <= end) {
            g_string_append_len(out, edits->text->bytes + at, (gssize) (edit->start - at));
            g_string_append(out, edit->text);
            at = edit->end;
        }
    }
    g_string_append_len(out, edits->text->bytes + at, (gssize) (end - at));
}

/* ---- Lines ---- */

gsize of_line_start(const OfSourceText *text, gsize at)
{
    while (at > 0 && text->bytes[at - 1] != '\n' && text->bytes[at - 1] != '\r') {
        at--;
    }
    return at == 0 && g_str_has_prefix(text->bytes, "\xef\xbb\xbf") ? 3 : at;
}

gsize of_line_next(const OfSourceText *text, gsize at)
{
    while (at < text->length && text->bytes[at] != '\n' && text->bytes[at] != '\r') {
        at++;
    }
    if (at < text->length && text->bytes[at] == '\r') {
        at++;
        return at < text->length && text->bytes[at] == '\n' ? at + 1 : at;
    }
    return at < text->length ? at + 1 : at;
}

bool of_line_begins_at(const OfSourceText *text, gsize at)
{
    while (at > 0 && (text->bytes[at - 1] == ' ' || text->bytes[at - 1] == '\t')) {
        at--;
    }
    return at == 0 || text->bytes[at - 1] == '\n' || text->bytes[at - 1] == '\r' || (at == 3 && of_line_start(text, at) == at);
}

/* ---- Elements ---- */

/* The elements of a collection that is edited. */
typedef struct {
    OfTextEdits *edits;
    const OfMark *mark;
    guint n;
    gsize *starts, *ends;
    gsize indent; /* of a block: bytes before its elements on their lines */
    const bool *removed;
    const GArray *added;
} Elements;

/* Where the dash of a block's item stands: at the block's own column, on the item's line or above it. */
static bool find_dash(const OfSourceText *text, gsize at, gsize first, gsize indent, gsize *dash)
{
    for (gsize line = of_line_start(text, at);; line = of_line_start(text, line - 1)) {
        const gsize place = line + indent;
        if (place <= at && text->bytes[place] == '-' && (place == first || strspn(text->bytes + line, " ") == indent)) {
            *dash = place;
            return true;
        }
        if (line <= of_line_start(text, first)) {
            return false;
        }
    }
}

/* Where the pair of a key begins: at its `?`, if it has one. */
static gsize pair_start(const OfSourceText *text, gsize key)
{
    gsize at = key;
    while (at > 0 && (text->bytes[at - 1] == ' ' || text->bytes[at - 1] == '\t')) {
        at--;
    }
    const bool is_explicit =
        at > 0 && at < key && text->bytes[at - 1] == '?' && (at == 1 || strchr(" \t\r\n-", text->bytes[at - 2]));
    return is_explicit ? at - 1 : key;
}

static bool find_elements(Elements *elements)
{
    const OfMark *mark = elements->mark;
    const OfSourceText *text = elements->edits->text;
    const bool is_mapping = mark->type == OF_NODE_MAPPING, is_block = mark->style == OF_STYLE_BLOCK;
    const gsize first = is_mapping && mark->n > 0 ? pair_start(text, mark->children[0]->start) : of_mark_content(text, mark);
    elements->n = is_mapping ? mark->n / 2 : mark->n;
    elements->indent = is_block ? first - of_line_start(text, first) : 0; /* JSON may be one long line */
    for (guint i = 0; i < elements->n; i++) {
        const OfMark *begin = mark->children[is_mapping ? 2 * i : i], *end = mark->children[is_mapping ? 2 * i + 1 : i];
        elements->starts[i] = is_mapping ? pair_start(text, begin->start) : begin->start;
        elements->ends[i] = MAX(begin->end, end->end);
        if (is_block && !is_mapping && !find_dash(text, begin->start, first, elements->indent, &elements->starts[i])) {
            return false;
        }
        const gsize start = elements->starts[i];
        if (is_block && is_mapping && i > 0 &&
            (!of_line_begins_at(text, start) || start - of_line_start(text, start) != elements->indent)) {
            return false; /* its key stands on another line than its `?` */
        }
    }
    return true;
}

static const OfNewElement *new_at(const Elements *elements, guint index)
{
    return &g_array_index(elements->added, OfNewElement, index);
}

/* Appends a new element of a block behind its line's indentation. */
static void append_block_element(GString *out, const Elements *elements, const char *text)
{
    const bool is_mapping = elements->mark->type == OF_NODE_MAPPING;
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_string_append(out, is_mapping ? "" : "- ");
    for (guint i = 0; lines[i] != NULL; i++) {
        if (i > 0) {
            g_string_append_printf(out, "%s%*s", elements->edits->newline, (int) elements->indent + (is_mapping ? 0 : 2), "");
        }
        g_string_append(out, lines[i]);
    }
}

static void insert_in_block(const Elements *elements, const OfNewElement *new)
{
    const OfSourceText *text = elements->edits->text;
    GString *out = g_string_new(NULL);
    if (new->after < 0) {
        append_block_element(out, elements, new->text);
        g_string_append_printf(out, "%s%*s", elements->edits->newline, (int) elements->indent, "");
        of_edits_add(elements->edits, elements->starts[0], elements->starts[0], g_string_free(out, FALSE));
        return;
    }
    const gsize end = elements->ends[new->after], at = of_line_next(text, end);
    const bool at_line = at > 0 && (text->bytes[at - 1] == '\n' || text->bytes[at - 1] == '\r') && at > end;
    g_string_append_printf(out, "%s%*s", at_line ? "" : elements->edits->newline, (int) elements->indent, "");
    append_block_element(out, elements, new->text);
    g_string_append(out, at_line ? elements->edits->newline : "");
    of_edits_add(elements->edits, at, at, g_string_free(out, FALSE));
}

static void remove_from_block(const Elements *elements)
{
    const OfSourceText *text = elements->edits->text;
    guint i = 0;
    if (elements->removed[0] && !of_line_begins_at(text, elements->starts[0])) {
        while (elements->removed[i]) {
            i++; /* one of them stays */
        }
        of_edits_add(elements->edits, elements->starts[0], elements->starts[i], g_strdup(""));
    }
    for (; i < elements->n; i++) {
        if (elements->removed[i]) {
            of_edits_add(elements->edits, of_line_start(text, elements->starts[i]), of_line_next(text, elements->ends[i]),
                         g_strdup(""));
        }
    }
}

/* What separates a new element from one before it. */
static char *separator(const Elements *elements, guint before)
{
    const OfSourceText *text = elements->edits->text;
    const gsize start = elements->starts[before];
    if (of_line_begins_at(text, start)) {
        const gsize line = of_line_start(text, start);
        g_autofree char *blanks = g_strndup(text->bytes + line, start - line);
        return g_strconcat(",", elements->edits->newline, blanks, NULL);
    }
    const bool is_tight = before > 0 && start == elements->ends[before - 1] + 1;
    return g_strdup(is_tight ? "," : ", ");
}

static void change_flow(const Elements *elements)
{
    const OfSourceText *text = elements->edits->text;
    guint last = elements->n;
    while (last > 0 && elements->removed[last - 1]) {
        last--;
    }
    for (guint i = 0; i < last; i++) {
        if (elements->removed[i]) {
            of_edits_add(elements->edits, elements->starts[i], elements->starts[i + 1], g_strdup(""));
        }
    }
    for (guint i = 0; i < elements->added->len; i++) {
        const OfNewElement *new = new_at(elements, i);
        if (new->after < 0) {
            of_edits_add(elements->edits, elements->starts[0], elements->starts[0], g_strconcat(new->text, ", ", NULL));
            continue;
        }
        const guint before = MIN((guint) new->after, last - 1);
        g_autofree char *between = separator(elements, before);
        of_edits_add(elements->edits, elements->ends[before], elements->ends[before], g_strconcat(between, new->text, NULL));
    }
    if (last < elements->n) {
        const gsize gap = elements->ends[last - 1];
        const bool has_comment = memchr(text->bytes + gap, '#', elements->starts[last] - gap) != NULL;
        const gsize comma = gap + strcspn(text->bytes + gap, ",");
        if (has_comment) {
            of_edits_add(elements->edits, comma, comma + 1, g_strdup(""));
        }
        of_edits_add(elements->edits, has_comment ? elements->starts[last] : gap, elements->ends[elements->n - 1], g_strdup(""));
    }
}

/* Nothing of what was there stays. */
static void replace_all(const Elements *elements)
{
    const bool is_mapping = elements->mark->type == OF_NODE_MAPPING;
    GString *out = g_string_new(NULL);
    const bool is_block = elements->mark->style == OF_STYLE_BLOCK && elements->added->len > 0;
    for (guint i = 0; i < elements->added->len; i++) {
        if (is_block) {
            if (i > 0) {
                g_string_append_printf(out, "%s%*s", elements->edits->newline, (int) elements->indent, "");
            }
            append_block_element(out, elements, new_at(elements, i)->text);
        } else {
            g_string_append_printf(out, "%s%s", i > 0 ? ", " : "", new_at(elements, i)->text);
        }
    }
    const gsize start = elements->n > 0 && elements->mark->style == OF_STYLE_BLOCK
                            ? elements->starts[0]
                            : of_mark_content(elements->edits->text, elements->mark);
    if (!is_block) {
        g_string_prepend_c(out, is_mapping ? '{' : '[');
        g_string_append_c(out, is_mapping ? '}' : ']');
    }
    of_edits_add(elements->edits, start, elements->mark->end, g_string_free(out, FALSE));
}

bool of_edits_change_collection(OfTextEdits *edits, OfMark *mark, const bool *removed, const GArray *added)
{
    if (!mark->is_editable || mark->type == OF_NODE_SCALAR) {
        return false;
    }
    guint n_removed = 0;
    for (guint i = 0; i < (mark->type == OF_NODE_MAPPING ? mark->n / 2 : mark->n); i++) {
        n_removed += removed[i];
    }
    if (n_removed + added->len == 0) {
        return true;
    }
    g_autofree gsize *starts = g_new0(gsize, (gsize) mark->n + 1), *ends = g_new0(gsize, (gsize) mark->n + 1);
    Elements elements = {edits, mark, 0, starts, ends, 0, removed, added};
    if (!find_elements(&elements)) {
        return false;
    }
    mark->is_touched = true;
    if (n_removed == elements.n) {
        replace_all(&elements);
    } else if (mark->style == OF_STYLE_FLOW) {
        change_flow(&elements);
    } else {
        for (guint i = 0; i < added->len; i++) {
            insert_in_block(&elements, new_at(&elements, i));
        }
        remove_from_block(&elements);
    }
    return true;
}

void of_edits_set_value(OfTextEdits *edits, const OfMark *key, const OfMark *value, const char *text)
{
    const char *bytes = edits->text->bytes;
    const gsize gap = value->start > key->end ? value->start - key->end : 0;
    const char *colon = memchr(bytes + key->end, ':', gap);
    const bool is_block = value->style == OF_STYLE_BLOCK && value->names == NULL && value->type != OF_NODE_SCALAR;
    if (is_block && colon != NULL && memchr(bytes + key->end, '#', gap) == NULL) {
        of_edits_add(edits, (gsize) (colon - bytes) + 1, value->end, g_strconcat(" ", text, NULL));
    } else {
        of_edits_add(edits, value->start, value->end, value->start == value->end ? g_strconcat(" ", text, NULL) : g_strdup(text));
    }
}
