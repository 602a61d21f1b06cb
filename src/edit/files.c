#include "edit/files.h"

#include <string.h>

#include "base/hash.h"
#include "edit/conflicts.h"
#include "edit/sections.h"
#include "model/canonical.h"

typedef struct {
    OfPlacedDraft placed;
    const GPtrArray *texts;
    const OfLimits *limits;
    const char *const *known_views;
    char *flaw;      /* why what was written did not read as wished, as far as it is known */
    bool has_errors; /* of what was wished some cannot be in any data: the reader of the result is told */
} Writer;

static void free_written(gpointer data)
{
    OfWrittenFile *file = data;
    g_free(file->name);
    g_free(file->bytes);
    g_free(file);
}

static void clear_edits(OfEditedText *file)
{
    for (guint i = 0; i < OF_MOST_VERSIONS; i++) {
        g_clear_pointer(&file->edits[i], of_edits_free);
    }
    g_clear_pointer(&file->marks, of_marks_free);
}

static void free_edited(gpointer data)
{
    OfEditedText *file = data;
    clear_edits(file);
    g_free(file->text.bytes);
    g_free(file);
}

/* ---- Files and what stands in them ---- */

static bool is_json(const OfSourceText *text)
{
    gsize start = 0;
    while (start < text->length && strchr(" \t\r\n\xef\xbb\xbf", text->bytes[start]) != NULL) {
        start++;
    }
    g_autoptr(JsonParser) parser = json_parser_new();
    return start < text->length && text->bytes[start] == '{' &&
           json_parser_load_from_data(parser, text->bytes + start, (gssize) (text->length - start), NULL);
}

static bool read_file(OfEditedText *file)
{
    clear_edits(file);
    file->marks = of_marks_read(&file->text);
    return file->marks != NULL && of_marks_root(file->marks)->type == OF_NODE_MAPPING;
}

static bool open_files(Writer *writer)
{
    guint first[OF_N_KINDS] = {0};
    for (guint i = 0; i < writer->texts->len; i++) {
        const OfSourceText *text = writer->texts->pdata[i];
        OfEditedText *file = g_new0(OfEditedText, 1);
        g_ptr_array_add(writer->placed.files, file);
        file->text = (OfSourceText){text->name, g_memdup2(text->bytes, text->length + 1), text->length, NULL};
        file->is_json = is_json(text);
        if (!read_file(file)) {
            return false;
        }
        for (OfItemKind kind = OF_ITEM_SOURCE; kind < OF_N_KINDS; kind++) {
            const OfMark *mark = of_section_find(file, kind, NULL);
            const OfMark *section = mark != NULL ? of_mark_resolve(mark) : NULL;
            file->first[kind] = first[kind];
            file->n[kind] = section == NULL ? 0 : section->type == OF_NODE_MAPPING ? section->n / 2 : section->n;
            first[kind] += file->n[kind];
        }
    }
    return true;
}

/* The file that holds most items of a kind; of those that hold as many the first. */
static guint home_of(const Writer *writer, OfItemKind kind)
{
    guint home = 0, most = 0;
    for (guint i = 0; i < writer->placed.files->len; i++) {
        const OfEditedText *file = writer->placed.files->pdata[i];
        if (file->n[kind] > most) {
            most = file->n[kind];
            home = i;
        }
    }
    return home;
}

static guint file_of(const Writer *writer, OfItemKind kind, guint order)
{
    guint i = 0;
    while (i + 1 < writer->placed.files->len && order >= ((const OfEditedText *) writer->placed.files->pdata[i])->first[kind] +
                                                             ((const OfEditedText *) writer->placed.files->pdata[i])->n[kind]) {
        i++;
    }
    return i;
}

static void place_entries(Writer *writer)
{
    const OfDraft *draft = writer->placed.draft;
    writer->placed.placed = g_array_sized_new(FALSE, FALSE, sizeof(OfPlacedEntry), draft->entries->len);
    for (OfItemKind kind = OF_ITEM_STORY; kind < OF_N_KINDS; kind++) {
        writer->placed.standing[kind] = g_array_new(FALSE, TRUE, sizeof(guint));
        writer->placed.coming[kind] = g_array_new(FALSE, TRUE, sizeof(guint));
    }
    for (guint i = 0; i < draft->entries->len; i++) {
        const OfDraftEntry *entry = draft->entries->pdata[i];
        const OfItemKind kind = entry->kind;
        const guint order = entry->item != NULL ? entry->item->order : 0;
        const OfPlacedEntry placed = {entry, entry->item != NULL ? file_of(writer, kind, order) : home_of(writer, kind),
                                      OF_DEPTH_FIELDS};
        g_array_append_val(writer->placed.placed, placed);
        if (entry->item != NULL) {
            GArray *standing = writer->placed.standing[kind];
            g_array_set_size(standing, MAX(standing->len, order + 1));
            g_array_index(standing, guint, order) = i;
        } else if (kind != OF_ITEM_STORY) {
            g_array_append_val(writer->placed.coming[kind], i);
        }
    }
}

/* ---- Anchors ---- */

static bool is_replaced(const OfEditedText *file, gsize at)
{
    bool found = false;
    for (guint k = 0; k < OF_MOST_VERSIONS && file->edits[k] != NULL && !found; k++) {
        /* The last edit that begins there or before. */
        const guint behind = of_edits_find(file->edits[k], at + 1);
        found = behind > 0 && at < g_array_index(file->edits[k]->list, OfTextEdit, behind - 1).end;
    }
    return found;
}

/* The blanks on one side of it go along. */
static void take_anchor_out(OfTextEdits *edits, const OfMark *mark)
{
    const char *bytes = edits->text->bytes;
    const char *anchor = memchr(bytes + mark->start, '&', mark->end - mark->start);
    gsize start = (gsize) (anchor - bytes), end = start + strcspn(anchor, " \t\r\n,]}");
    const gsize behind = strspn(bytes + end, " \t");
    while (behind == 0 && start > 0 && bytes[start - 1] == ' ') {
        start--;
    }
    of_edits_add(edits, start, end + behind, g_strdup(""));
}

/* Where what an anchor names is about to change, what its aliases stand for is written out, so that it stays. Returns whether there was such a
 * one: then the text is another. */
static bool dissolve_aliases(OfEditedText *file)
{
    const GPtrArray *anchored = of_marks_anchored(file->marks), *aliases = of_marks_aliases(file->marks);
    g_autoptr(GHashTable) dissolved = g_hash_table_new(NULL, NULL);
    g_autoptr(OfTextEdits) edits = of_edits_new(&file->text);
    for (guint i = 0; i < anchored->len; i++) {
        OfMark *mark = anchored->pdata[i];
        if (mark->n_aliases > 0 && (mark->is_touched || is_replaced(file, mark->start))) {
            g_hash_table_add(dissolved, mark);
            take_anchor_out(edits, mark);
        }
    }
    for (guint i = 0; i < aliases->len; i++) {
        const OfMark *alias = aliases->pdata[i];
        if (g_hash_table_contains(dissolved, alias->names) || (alias->is_touched && g_hash_table_size(dissolved) == 0)) {
            GString *text = g_string_new(NULL);
            of_mark_append_flow(text, alias);
            of_edits_add(edits, alias->start, alias->end, g_string_free(text, FALSE));
        }
    }
    if (edits->list->len == 0) {
        return false;
    }
    of_edits_sort(edits);
    GString *out = g_string_new(NULL);
    of_edits_apply(edits, 0, file->text.length, out);
    g_free(file->text.bytes);
    file->text.length = out->len;
    file->text.bytes = g_string_free(out, FALSE);
    return true;
}

/* ---- Editing and reading again ---- */

/* Sets the edits of all versions. Returns false where they cannot be had without writing more anew. */
static bool edit_files(Writer *writer)
{
    bool edited = true;
    for (guint i = 0; i < writer->placed.files->len; i++) {
        OfEditedText *file = writer->placed.files->pdata[i];
        bool again = true;
        while (again && read_file(file)) {
            bool file_edited = true;
            for (guint v = 0; v < writer->placed.draft->n_versions; v++) {
                file->edits[v] = of_edits_new(&file->text);
                file_edited = of_sections_edit(&writer->placed, i, v) && of_edits_sort(file->edits[v]) && file_edited;
            }
            again = dissolve_aliases(file);
            edited = edited && (again || file_edited);
        }
        edited = edited && file->marks != NULL;
    }
    return edited;
}

/* What one version of all files declares, or NULL. */
static OfStory *read_version(const Writer *writer, guint version, OfDiagnostics *diagnostics)
{
    g_autoptr(GArray) inputs = g_array_new(FALSE, FALSE, sizeof(OfInput));
    for (guint i = 0; i < writer->placed.files->len; i++) {
        const OfEditedText *file = writer->placed.files->pdata[i];
        GString *out = g_string_new(NULL);
        of_edits_apply(file->edits[version], 0, file->text.length, out);
        OfInput input = {file->text.name, NULL, out->len};
        input.bytes = g_string_free(out, FALSE);
        g_array_append_val(inputs, input);
    }
    return of_story_read_declared((OfInput *) (gpointer) inputs->data, inputs->len, writer->limits, writer->known_views,
                                  diagnostics);
}

static char *identity_of(OfItemKind kind, const char *id, JsonNode *fields)
{
    g_autofree char *text = of_draft_text(fields);
    return g_strdup_printf("%u\n%s\n%s", (guint) kind, id != NULL ? id : "", text);
}

/* How often each item is there. */
static GHashTable *count_items(const OfStory *story)
{
    GHashTable *counts = g_hash_table_new_full(of_text_hash, g_str_equal, g_free, NULL);
    for (OfItemKind kind = OF_ITEM_STORY; kind < OF_N_KINDS; kind++) {
        const OfItems items = of_story_items(story, kind);
        for (guint i = 0; i < (kind == OF_ITEM_STORY ? 1 : items.n); i++) {
            const OfItem *item = kind == OF_ITEM_STORY ? NULL : items.items[i];
            g_autoptr(JsonNode) fields = of_item_fields(story, kind, item);
            char *identity = identity_of(kind, item != NULL ? item->id : NULL, fields);
            const guint n = GPOINTER_TO_UINT(g_hash_table_lookup(counts, identity));
            g_hash_table_replace(counts, identity, GUINT_TO_POINTER(n + 1));
        }
    }
    return counts;
}

static bool is_changed(const Writer *writer, const OfPlacedEntry *placed)
{
    const OfDraftEntry *entry = placed->entry;
    g_autoptr(JsonNode) fields = of_item_fields(writer->placed.draft->story, entry->kind, entry->item);
    g_autofree char *was = of_draft_text(fields);
    bool changed = false;
    for (guint v = 0; v < writer->placed.draft->n_versions && !changed; v++) {
        const OfWish *wish = &entry->wishes[v];
        g_autofree char *wished = wish->present ? of_draft_text(wish->fields) : NULL;
        changed = g_strcmp0(was, wished) != 0 || g_strcmp0(entry->item->id, wish->id) != 0;
    }
    return changed;
}

/* Has more of an entry written anew. Returns whether there was more. */
static bool deepen(OfPlacedEntry *placed)
{
    if (placed->entry->item == NULL || placed->depth == OF_DEPTH_ITEM) {
        return false;
    }
    placed->depth++;
    return true;
}

/* The same for all that change: it cannot be told which of them went wrong. */
static bool deepen_changed(Writer *writer)
{
    bool grew = false;
    for (guint i = 0; i < writer->placed.placed->len; i++) {
        OfPlacedEntry *placed = &g_array_index(writer->placed.placed, OfPlacedEntry, i);
        grew = (placed->entry->item != NULL && is_changed(writer, placed) && deepen(placed)) || grew;
    }
    return grew;
}

/* Takes one of what is there. Returns whether there was one. */
static bool take_item(GHashTable *counts, OfItemKind kind, const OfWish *wish)
{
    g_autofree char *identity = identity_of(kind, wish->id, wish->fields);
    const guint n = GPOINTER_TO_UINT(g_hash_table_lookup(counts, identity));
    if (n > 1) {
        g_hash_table_replace(counts, g_steal_pointer(&identity), GUINT_TO_POINTER(n - 1));
    } else if (n == 1) {
        g_hash_table_remove(counts, identity);
    }
    return n > 0;
}

/* Takes text over. The last reason counts: it is what was left when all was tried. */
static void set_flaw(Writer *writer, char *text)
{
    g_free(writer->flaw);
    writer->flaw = text;
}

static void set_flaw_of_reading(Writer *writer, OfDiagnostics *diagnostics)
{
    of_diagnostics_sort(diagnostics);
    for (guint i = of_diagnostics_count(diagnostics); i > 0; i--) {
        const OfDiagnostic *found = of_diagnostics_get(diagnostics, i - 1);
        if (found->severity == OF_SEVERITY_ERROR) {
            set_flaw(writer, g_strdup(found->message));
        }
    }
}

/* Whether a version reads as it is wished. Of what does not, more is written anew next time; grew: whether there was more. */
static bool check_version(Writer *writer, guint version, bool *grew)
{
    g_autoptr(OfDiagnostics) diagnostics = of_diagnostics_new();
    g_autoptr(OfStory) story = read_version(writer, version, diagnostics);
    if (story == NULL) {
        set_flaw_of_reading(writer, diagnostics);
        *grew = deepen_changed(writer) || *grew;
        return false;
    }
    writer->has_errors = writer->has_errors || of_diagnostics_count_severity(diagnostics, OF_SEVERITY_ERROR) > 0;
    g_autoptr(GHashTable) counts = count_items(story);
    bool holds = true;
    for (guint i = 0; i < writer->placed.placed->len; i++) {
        OfPlacedEntry *placed = &g_array_index(writer->placed.placed, OfPlacedEntry, i);
        const OfWish *wish = &placed->entry->wishes[version];
        if (wish->present && !take_item(counts, placed->entry->kind, wish)) {
            holds = false;
            *grew = deepen(placed) || *grew;
            set_flaw(writer, g_strdup_printf("%s `%s` would be read otherwise than wished", of_kind_name(placed->entry->kind),
                                             wish->id != NULL              ? wish->id
                                             : placed->entry->item != NULL ? placed->entry->item->key
                                                                           : "without an id"));
        }
    }
    return holds && g_hash_table_size(counts) == 0;
}

static bool edit_and_check(Writer *writer, bool *grew)
{
    *grew = false;
    writer->has_errors = false;
    if (!edit_files(writer)) {
        *grew = deepen_changed(writer);
        return false;
    }
    bool holds = true;
    for (guint v = 0; v < writer->placed.draft->n_versions; v++) {
        holds = check_version(writer, v, grew) && holds;
    }
    return holds;
}

/* Edits until all versions read as wished. */
static bool settle(Writer *writer)
{
    bool grew = true, holds = false;
    while (grew && !holds) {
        holds = edit_and_check(writer, &grew);
    }
    if (holds) {
        return true;
    }
    if (writer->has_errors) {
        /* Writing more anew was no help: it is the data that is wrong. */
        for (guint i = 0; i < writer->placed.placed->len; i++) {
            g_array_index(writer->placed.placed, OfPlacedEntry, i).depth = OF_DEPTH_FIELDS;
        }
        return edit_files(writer);
    }
    for (guint i = 0; i < writer->placed.files->len; i++) {
        ((OfEditedText *) writer->placed.files->pdata[i])->rewrites = true;
    }
    return edit_and_check(writer, &grew);
}

static GPtrArray *write_files(const Writer *writer, const OfSideLabels *labels)
{
    GPtrArray *written = g_ptr_array_new_with_free_func(free_written);
    for (guint i = 0; i < writer->placed.files->len; i++) {
        OfEditedText *file = writer->placed.files->pdata[i];
        GString *out = g_string_new(NULL);
        if (writer->placed.draft->n_versions == 1) {
            of_edits_apply(file->edits[0], 0, file->text.length, out);
        } else {
            of_conflicts_append(out, file->edits, labels);
        }
        OfWrittenFile *result = g_new0(OfWrittenFile, 1);
        *result = (OfWrittenFile){g_strdup(file->text.name), NULL, out->len};
        result->bytes = g_string_free(out, FALSE);
        g_ptr_array_add(written, result);
    }
    return written;
}

GPtrArray *of_files_write(const OfDraft *draft, const GPtrArray *texts, const OfLimits *limits, const char *const *known_views,
                          const OfSideLabels *labels, GError **error)
{
    Writer writer = {
        {.draft = draft, .files = g_ptr_array_new_with_free_func(free_edited)}, texts, limits, known_views, NULL, false};
    const bool opened = open_files(&writer);
    GPtrArray *written = NULL;
    if (opened) {
        place_entries(&writer);
        written = settle(&writer) ? write_files(&writer, labels) : NULL;
        g_array_unref(writer.placed.placed);
        for (OfItemKind kind = OF_ITEM_STORY; kind < OF_N_KINDS; kind++) {
            g_array_unref(writer.placed.standing[kind]);
            g_array_unref(writer.placed.coming[kind]);
        }
    }
    g_ptr_array_unref(writer.placed.files);
    if (written == NULL) {
        const OfSourceText *first = texts->pdata[0];
        g_autofree char *name = of_text_escape(first->name, -1);
        g_set_error(error, OF_ERROR, OF_ERROR_DATA, "`%s`%s cannot be edited: %s: nothing is changed", name,
                    texts->len > 1 ? " or a file beside it" : "",
                    writer.flaw != NULL ? writer.flaw : "its YAML is in a form that is not known here");
    }
    g_free(writer.flaw);
    return written;
}
