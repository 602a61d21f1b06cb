#include "edit/conflicts.h"

#include <string.h>

/* Whole lines, from the beginning of one to the beginning of another. */
typedef struct {
    gsize start, end;
} Region;

static const OfTextEdit *edit_at(const OfTextEdits *edits, guint index)
{
    return &g_array_index(edits->list, OfTextEdit, index);
}

static bool has_edit(const OfTextEdits *edits, const OfTextEdit *wanted)
{
    for (guint i = of_edits_find(edits, wanted->start); i < edits->list->len; i++) {
        const OfTextEdit *edit = edit_at(edits, i);
        if (edit->start > wanted->start) {
            break;
        }
        if (edit->end == wanted->end && strcmp(edit->text, wanted->text) == 0) {
            return true;
        }
    }
    return false;
}

static int compare_regions(gconstpointer a, gconstpointer b)
{
    const Region *x = a, *y = b;
    return x->start != y->start ? (x->start < y->start ? -1 : 1) : (x->end > y->end) - (x->end < y->end);
}

/* The lines that an edit touches: none where whole lines are put in. */
static Region region_of(const OfSourceText *text, const OfTextEdit *edit)
{
    const gsize start = of_line_start(text, edit->start);
    const gsize length = strlen(edit->text);
    const bool whole_lines =
        edit->start == start && (length == 0 || edit->text[length - 1] == '\n') && of_line_start(text, edit->end) == edit->end;
    return (Region){start, whole_lines ? edit->end : of_line_next(text, edit->end)};
}

/* Sorts regions and joins those that touch. */
static void join_regions(GArray *regions)
{
    guint n = 0;
    g_array_sort(regions, compare_regions);
    for (guint i = 0; i < regions->len; i++) {
        const Region *next = &g_array_index(regions, Region, i);
        Region *last = n > 0 ? &g_array_index(regions, Region, n - 1) : NULL;
        if (last != NULL && next->start <= last->end) {
            last->end = MAX(last->end, next->end);
        } else {
            g_array_index(regions, Region, n++) = *next;
        }
    }
    g_array_set_size(regions, n);
}

/* Takes an edit that reaches across a region's border in. Returns whether there was one. */
static bool grow_region(Region *region, const OfTextEdits *edits)
{
    bool grown = false;
    guint i = of_edits_find(edits, region->start);
    i -= i > 0; /* the one before may reach into it: sorted edits do not overlap */
    for (; i < edits->list->len && edit_at(edits, i)->start < region->end; i++) {
        const OfTextEdit *edit = edit_at(edits, i);
        if (edit->end > region->start && (edit->start < region->start || edit->end > region->end)) {
            const Region whole = region_of(edits->text, edit);
            region->start = MIN(region->start, whole.start);
            region->end = MAX(region->end, whole.end);
            grown = true;
        }
    }
    return grown;
}

/* Makes regions hold every edit whole that they touch. */
static void settle_regions(GArray *regions, OfTextEdits *const *versions)
{
    bool grown = true;
    while (grown) {
        grown = false;
        join_regions(regions);
        for (guint i = 0; i < regions->len; i++) {
            for (guint k = 0; k < OF_MOST_VERSIONS; k++) {
                grown = grow_region(&g_array_index(regions, Region, i), versions[k]) || grown;
            }
        }
    }
}

static GArray *find_regions(OfTextEdits *const *versions)
{
    GArray *regions = g_array_new(FALSE, FALSE, sizeof(Region));
    for (guint k = 0; k < OF_MOST_VERSIONS; k++) {
        for (guint i = 0; i < versions[k]->list->len; i++) {
            const OfTextEdit *edit = edit_at(versions[k], i);
            bool common = true;
            for (guint other = 0; other < OF_MOST_VERSIONS; other++) {
                common = common && (other == k || has_edit(versions[other], edit));
            }
            if (!common) {
                const Region region = region_of(versions[k]->text, edit);
                g_array_append_val(regions, region);
            }
        }
    }
    settle_regions(regions, versions);
    return regions;
}

/* ---- Lines ---- */

/* Lines with their ends; the last may have none. */
static GPtrArray *split_lines(const GString *text)
{
    GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
    for (const char *at = text->str; *at != '\0';) {
        const char *end = strchr(at, '\n');
        const gsize length = end != NULL ? (gsize) (end - at) + 1 : strlen(at);
        g_ptr_array_add(lines, g_strndup(at, length));
        at += length;
    }
    return lines;
}

static bool same_line(GPtrArray *const *lines, guint from_start, guint from_end, bool at_end)
{
    const char *first = NULL;
    for (guint k = 0; k < OF_MOST_VERSIONS; k++) {
        if (from_start + from_end >= lines[k]->len) {
            return false;
        }
        const char *line = lines[k]->pdata[at_end ? lines[k]->len - 1 - from_end : from_start];
        if (first != NULL && strcmp(line, first) != 0) {
            return false;
        }
        first = line;
    }
    return true;
}

static void append_lines(GString *out, const GPtrArray *lines, guint start, guint end, const char *newline)
{
    for (guint i = start; i < end; i++) {
        g_string_append(out, lines->pdata[i]);
    }
    if (start < end && out->str[out->len - 1] != '\n') {
        g_string_append(out, newline); /* the text's last line has no end */
    }
}

static void append_region(GString *out, OfTextEdits *const *versions, const Region *region, const OfSideLabels *labels)
{
    const char *newline = versions[0]->newline;
    const char *const heads[] = {"<<<<<<< ", "||||||| ", "======="};
    const char *const names[] = {labels->ours, labels->base, ""};
    GPtrArray *lines[OF_MOST_VERSIONS];
    for (guint k = 0; k < OF_MOST_VERSIONS; k++) {
        GString *text = g_string_new(NULL);
        of_edits_apply(versions[k], region->start, region->end, text);
        lines[k] = split_lines(text);
        g_string_free(text, TRUE);
    }
    guint before = 0, behind = 0;
    while (same_line(lines, before, behind, false)) {
        before++;
    }
    while (same_line(lines, before, behind, true)) {
        behind++;
    }
    append_lines(out, lines[0], 0, before, newline);
    const bool differs = lines[0]->len + lines[1]->len + lines[2]->len > 3 * (before + behind);
    for (guint k = 0; k < OF_MOST_VERSIONS && differs; k++) {
        if (out->len > 0 && out->str[out->len - 1] != '\n') {
            g_string_append(out, newline);
        }
        g_string_append_printf(out, "%s%s%s", heads[k], names[k], newline);
        append_lines(out, lines[k], before, lines[k]->len - behind, newline);
    }
    if (differs) {
        g_string_append_printf(out, ">>>>>>> %s%s", labels->theirs, newline);
    }
    append_lines(out, lines[0], lines[0]->len - behind, lines[0]->len, newline);
    for (guint k = 0; k < OF_MOST_VERSIONS; k++) {
        g_ptr_array_unref(lines[k]);
    }
}

/* Appends the text between two regions. What is put in at the border of a region is done within it, in the order of its version. */
static void append_between(GString *out, const OfTextEdits *edits, gsize start, gsize end, bool behind_region, bool before_region)
{
    OfTextEdits *outside = of_edits_new(edits->text);
    for (guint i = of_edits_find(edits, start); i < edits->list->len && edit_at(edits, i)->start <= end; i++) {
        const OfTextEdit *edit = edit_at(edits, i);
        const bool is_insertion = edit->start == edit->end;
        const bool at_border = is_insertion && ((behind_region && edit->start == start) || (before_region && edit->end == end));
        if (edit->start >= start && edit->end <= end && !at_border) {
            of_edits_add(outside, edit->start, edit->end, g_strdup(edit->text));
        }
    }
    of_edits_apply(outside, start, end, out);
    of_edits_free(outside);
}

void of_conflicts_append(GString *out, OfTextEdits *const *versions, const OfSideLabels *labels)
{
    g_autoptr(GArray) regions = find_regions(versions);
    gsize at = 0;
    for (guint i = 0; i < regions->len; i++) {
        const Region *region = &g_array_index(regions, Region, i);
        append_between(out, versions[0], at, region->start, i > 0, true);
        append_region(out, versions, region, labels);
        at = region->end;
    }
    append_between(out, versions[0], at, versions[0]->text->length, regions->len > 0, false);
}
