#include "edit/sections.h"

#include <string.h>

#include "model/canonical.h"
#include "text/yaml_text.h"

static const char *const section_names[OF_N_KINDS] = {
    [OF_ITEM_SOURCE] = "sources", [OF_ITEM_STRATEGY] = "strategies", [OF_ITEM_LAB] = "labs",     [OF_ITEM_GROUP] = "groups",
    [OF_ITEM_PERSON] = "people",  [OF_ITEM_EVENT] = "events",        [OF_ITEM_CLAIM] = "claims", [OF_ITEM_VIEW] = "views",
};

/* Items of a sequence have their ids as a key. */
static bool is_sequence(OfItemKind kind)
{
    return kind >= OF_ITEM_EVENT;
}

/* What is changed in one file. */
typedef struct {
    const OfPlacedDraft *placed;
    OfEditedText *file;
    guint index, version;
    OfTextEdits *edits;
    OfMark *root;
    bool *removed; /* of the root's pairs */
    GArray *added; /* of OfNewElement, to the root */
} FileEdit;

static void clear_new(gpointer data)
{
    g_free(((OfNewElement *) data)->text);
}

static GArray *new_elements(void)
{
    GArray *added = g_array_new(FALSE, FALSE, sizeof(OfNewElement));
    g_array_set_clear_func(added, clear_new);
    return added;
}

OfMark *of_section_find(const OfEditedText *file, OfItemKind kind, guint *index)
{
    return of_mark_get(of_marks_root(file->marks), section_names[kind], index);
}

static const OfPlacedEntry *placed_at(const FileEdit *edit, const GArray *indices, guint i)
{
    return &g_array_index(edit->placed->placed, OfPlacedEntry, g_array_index(indices, guint, i));
}

static const OfWish *wish_of(const FileEdit *edit, const OfPlacedEntry *placed)
{
    return &placed->entry->wishes[edit->version];
}

static OfValueForm form_of(const FileEdit *edit, OfItemKind kind, JsonObject *fields)
{
    return (OfValueForm){edit->file->is_json, of_schema_of_item(kind),
                         kind == OF_ITEM_EVENT ? of_value_events(fields) : OF_EVENTS_ALL};
}

/* A copy of fields, with the id where it is a key. Owned by the caller. */
static JsonNode *with_id(JsonNode *fields, OfItemKind kind, const char *id)
{
    JsonNode *node = json_node_new(JSON_NODE_OBJECT);
    JsonObject *object = json_object_new(), *from = json_node_get_object(fields);
    g_autoptr(GList) names = json_object_get_members(from);
    for (const GList *name = names; name != NULL; name = name->next) {
        json_object_set_member(object, name->data, json_node_copy(json_object_get_member(from, name->data)));
    }
    if (is_sequence(kind) && id != NULL) {
        json_object_set_string_member(object, "id", id);
    }
    json_node_take_object(node, object);
    return node;
}

/* ---- Items that stand there ---- */

static bool is_unchanged(const OfPlacedEntry *placed, const OfWish *wish, JsonNode *fields)
{
    g_autofree char *was = of_draft_text(fields), *wished = of_draft_text(wish->fields);
    return placed->depth == OF_DEPTH_FIELDS && strcmp(was, wished) == 0 && g_strcmp0(placed->entry->item->id, wish->id) == 0;
}

static void edit_item(const FileEdit *edit, const OfPlacedEntry *placed, OfMark *key, OfMark *mark)
{
    const OfWish *wish = wish_of(edit, placed);
    const OfItemKind kind = placed->entry->kind;
    const OfItem *item = placed->entry->item;
    g_autoptr(JsonNode) fields = of_item_fields(edit->placed->draft->story, kind, item);
    if (is_unchanged(placed, wish, fields)) {
        return;
    }
    if (key != NULL && g_strcmp0(item->id, wish->id) != 0) {
        GString *text = g_string_new(NULL);
        const OfValueForm form = {edit->file->is_json, OF_SCHEMA_FILE, OF_EVENTS_ALL};
        of_value_append_key(text, &form, wish->id);
        g_string_truncate(text, text->len - 2);
        key->is_touched = true;
        of_edits_add(edit->edits, key->start, key->end, g_string_free(text, FALSE));
    }
    g_autoptr(JsonNode) old = with_id(fields, kind, item->id);
    g_autoptr(JsonNode) new = with_id(wish->fields, kind, wish->id);
    JsonObject *new_object = json_node_get_object(new);
    const OfMappingEdit mapping = {edit->edits, form_of(edit, kind, new_object), placed->depth,
                                   item,        json_node_get_object(old),       new_object};
    if (!of_mapping_edit(&mapping, mark)) {
        of_mapping_replace(&mapping, key, mark);
    }
}

/* ---- Items that are new ---- */

static bool has_list_of_mappings(JsonObject *fields)
{
    JsonNode *stints = json_object_get_member(fields, "stints");
    return stints != NULL && JSON_NODE_HOLDS_ARRAY(stints) && json_array_get_length(json_node_get_array(stints)) > 1;
}

/* Indents all lines but the first. Takes text over. */
static char *indent_lines(char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_free(text);
    return g_strjoinv("\n  ", lines);
}

/* An element for a section: in a block over several lines, or on one. */
static char *write_item(const FileEdit *edit, const OfPlacedEntry *placed, bool in_block, bool like_block)
{
    const OfWish *wish = wish_of(edit, placed);
    const OfItemKind kind = placed->entry->kind;
    g_autoptr(JsonNode) node = with_id(wish->fields, kind, wish->id);
    JsonObject *fields = json_node_get_object(node);
    const OfValueForm form = form_of(edit, kind, fields);
    const bool is_block = in_block && (like_block || has_list_of_mappings(fields)) && json_object_get_size(fields) > 0;
    GString *text = g_string_new(NULL);
    of_value_append_mapping(text, &form, fields, is_block);
    if (is_sequence(kind)) {
        return g_string_free(text, FALSE);
    }
    GString *pair = g_string_new(NULL);
    of_value_append_key(pair, &form, wish->id);
    if (is_block) {
        g_string_truncate(pair, pair->len - 1);
        g_string_append_c(pair, '\n');
    }
    g_string_append(pair, text->str);
    g_string_free(text, TRUE);
    return is_block ? indent_lines(g_string_free(pair, FALSE)) : g_string_free(pair, FALSE);
}

/* How the last item of a section is written. */
static bool ends_in_block(const OfMark *mark)
{
    return mark != NULL && mark->n > 0 && of_mark_resolve(mark->children[mark->n - 1])->style == OF_STYLE_BLOCK;
}

/* Puts what is new into a list. */
static void list_new(const FileEdit *edit, OfItemKind kind, const OfMark *mark, bool in_block, int after, GArray *added)
{
    const GArray *coming = edit->placed->coming[kind];
    for (guint i = 0; i < coming->len; i++) {
        const OfPlacedEntry *placed = placed_at(edit, coming, i);
        if (placed->file == edit->index && wish_of(edit, placed)->present) {
            const OfNewElement element = {after, write_item(edit, placed, in_block, ends_in_block(mark))};
            g_array_append_val(added, element);
        }
    }
}

/* A section that is not there, or is written anew: a pair of the root. */
static void add_section(FileEdit *edit, OfItemKind kind, const GArray *items, int after)
{
    const OfValueForm form = {edit->file->is_json, OF_SCHEMA_FILE, OF_EVENTS_ALL};
    const bool in_block = edit->root->style == OF_STYLE_BLOCK;
    GString *text = g_string_new(NULL);
    of_value_append_key(text, &form, section_names[kind]);
    if (in_block) {
        g_string_truncate(text, text->len - 1);
    } else {
        g_string_append_c(text, is_sequence(kind) ? '[' : '{');
    }
    for (guint i = 0; i < items->len; i++) {
        const char *item = g_array_index(items, OfNewElement, i).text;
        if (in_block) {
            g_autofree char *lines = indent_lines(is_sequence(kind) ? indent_lines(g_strdup(item)) : g_strdup(item));
            g_string_append_printf(text, "\n  %s%s", is_sequence(kind) ? "- " : "", lines);
        } else {
            g_string_append_printf(text, "%s%s", i > 0 ? ", " : "", item);
        }
    }
    if (!in_block) {
        g_string_append_c(text, is_sequence(kind) ? ']' : '}');
    }
    const OfNewElement element = {after, g_string_free(text, FALSE)};
    g_array_append_val(edit->added, element);
}

/* ---- Sections ---- */

/* The items that stay, as if they were new. */
static void list_staying(const FileEdit *edit, OfItemKind kind, GArray *items)
{
    const GArray *standing = edit->placed->standing[kind];
    for (guint i = 0; i < edit->file->n[kind]; i++) {
        const OfPlacedEntry *placed = placed_at(edit, standing, edit->file->first[kind] + i);
        if (wish_of(edit, placed)->present) {
            const OfNewElement element = {0, write_item(edit, placed, edit->root->style == OF_STYLE_BLOCK, false)};
            g_array_append_val(items, element);
        }
    }
}

static bool has_changes(const FileEdit *edit, OfItemKind kind, guint n_new)
{
    bool found = n_new > 0;
    const GArray *standing = edit->placed->standing[kind];
    for (guint i = 0; i < edit->file->n[kind] && !found; i++) {
        const OfPlacedEntry *placed = placed_at(edit, standing, edit->file->first[kind] + i);
        const OfWish *wish = wish_of(edit, placed);
        g_autoptr(JsonNode) fields = of_item_fields(edit->placed->draft->story, kind, placed->entry->item);
        found = !wish->present || !is_unchanged(placed, wish, fields);
    }
    return found;
}

static bool edit_section(FileEdit *edit, OfItemKind kind)
{
    guint pair = 0;
    OfMark *mark = of_section_find(edit->file, kind, &pair);
    const bool is_map = !is_sequence(kind), in_block = mark != NULL && mark->style == OF_STYLE_BLOCK;
    g_autoptr(GArray) added = new_elements();
    const guint n = edit->file->n[kind];
    const bool anew = mark == NULL || (n == 0 && edit->root->style == OF_STYLE_BLOCK) || edit->file->rewrites;
    list_new(edit, kind, mark, in_block || (anew && edit->root->style == OF_STYLE_BLOCK), (int) n - 1, added);
    if (mark == NULL && added->len == 0) {
        return true;
    }
    if (!has_changes(edit, kind, added->len)) {
        return true;
    }
    if (mark != NULL && mark->names != NULL) {
        mark->is_touched = true; /* it is written out first */
        return true;
    }
    if (anew) {
        list_staying(edit, kind, added);
        if (mark != NULL) {
            edit->removed[pair / 2] = true;
        }
        if (added->len > 0) {
            add_section(edit, kind, added, mark != NULL ? (int) pair / 2 : (int) (edit->root->n / 2) - 1);
        }
        return true;
    }
    g_autofree bool *removed = g_new0(bool, (gsize) n + 1);
    guint n_removed = 0;
    for (guint i = 0; i < n; i++) {
        const OfPlacedEntry *placed = placed_at(edit, edit->placed->standing[kind], edit->file->first[kind] + i);
        removed[i] = !wish_of(edit, placed)->present;
        n_removed += removed[i];
        if (!removed[i]) {
            edit_item(edit, placed, is_map ? mark->children[2 * i] : NULL, mark->children[is_map ? 2 * i + 1 : i]);
        }
    }
    if (n_removed == n && added->len == 0) {
        edit->removed[pair / 2] = true;
        return true;
    }
    return of_edits_change_collection(edit->edits, mark, removed, added);
}

static bool stands_anywhere(const OfPlacedDraft *placed, const char *name)
{
    for (guint i = 0; i < placed->files->len; i++) {
        const OfEditedText *file = placed->files->pdata[i];
        if (of_mark_get(of_marks_root(file->marks), name, NULL) != NULL) {
            return true;
        }
    }
    return false;
}

/* `title`, `subtitle`, `lang`: where they stand, else behind the version of the first file. */
static void edit_story(FileEdit *edit)
{
    static const char *const names[] = {"title", "subtitle", "lang"};
    const OfPlacedEntry *placed = &g_array_index(edit->placed->placed, OfPlacedEntry, 0);
    g_autoptr(JsonNode) old = of_item_fields(edit->placed->draft->story, OF_ITEM_STORY, NULL);
    JsonObject *before = json_node_get_object(old), *after = json_node_get_object(wish_of(edit, placed)->fields);
    const OfMappingEdit mapping = {edit->edits, form_of(edit, OF_ITEM_STORY, after), OF_DEPTH_FIELDS, NULL, before, after};
    guint before_them = 0; /* the pair of the root behind which they are put */
    if (of_mark_get(edit->root, "title", &before_them) == NULL) {
        of_mark_get(edit->root, "orgflow", &before_them);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        JsonNode *was = json_object_get_member(before, names[i]), *wished = json_object_get_member(after, names[i]);
        g_autofree char *left = was != NULL ? of_draft_text(was) : NULL;
        g_autofree char *right = wished != NULL ? of_draft_text(wished) : NULL;
        guint pair = 0;
        const bool here = of_mark_get(edit->root, names[i], &pair) != NULL;
        if (g_strcmp0(left, right) == 0) {
            continue;
        }
        if (here && wished == NULL) {
            edit->removed[pair / 2] = true;
        } else if (here) {
            of_mapping_edit_value(&mapping, &edit->root->children[pair], was, wished);
        } else if (edit->index == 0 && !stands_anywhere(edit->placed, names[i])) {
            GString *text = g_string_new(NULL);
            of_value_append_key(text, &mapping.form, names[i]);
            of_value_append(text, &mapping.form, names[i], wished);
            const OfNewElement element = {(int) before_them / 2, g_string_free(text, FALSE)};
            g_array_append_val(edit->added, element);
        }
    }
}

bool of_sections_edit(const OfPlacedDraft *placed, guint file, guint version)
{
    OfEditedText *text = placed->files->pdata[file];
    OfMark *root = of_marks_root(text->marks);
    g_autofree bool *removed = g_new0(bool, (gsize) root->n + 1);
    g_autoptr(GArray) added = new_elements();
    FileEdit edit = {placed, text, file, version, text->edits[version], root, removed, added};
    edit_story(&edit);
    for (OfItemKind kind = OF_ITEM_SOURCE; kind < OF_N_KINDS; kind++) {
        if (!edit_section(&edit, kind)) {
            return false;
        }
    }
    return of_edits_change_collection(text->edits[version], root, removed, added);
}
