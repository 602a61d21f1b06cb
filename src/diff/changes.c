#include "diff/changes.h"

#include <string.h>

#include "diff/json_text.h"
#include "diff/matching.h"
#include "diff/stints.h"
#include "model/canonical.h"

const char *const of_match_names[] = {"id", "was", "content", "likely"};

static void free_field(gpointer data)
{
    OfFieldChange *field = data;
    g_free(field->path);
    g_free(field->path_to);
    g_free(field->before);
    g_free(field->after);
    g_free(field);
}

void of_change_free(gpointer data)
{
    OfChange *change = data;
    if (change != NULL) {
        g_ptr_array_unref(change->fields);
        g_free(change->item);
        g_free(change->reason);
        g_free(change);
    }
}

bool of_change_is_pair(const OfChange *change)
{
    return change->kind == OF_ITEM_STORY || (change->from != NULL && change->to != NULL);
}

const char *of_change_key(const OfChange *change)
{
    return change->to != NULL ? change->to->key : change->from != NULL ? change->from->key : "story";
}

const OfFieldChange *of_change_find_field(const OfChange *change, const char *path)
{
    for (guint i = 0; i < change->fields->len; i++) {
        const OfFieldChange *field = change->fields->pdata[i];
        if (g_str_equal(field->path, path)) {
            return field;
        }
    }
    return NULL;
}

/* ---- Verbs ---- */

/* In the domain's words, from the fields. */
static const char *action_of(const OfChange *change)
{
    if (!of_change_is_pair(change)) {
        return change->from == NULL ? "added" : "removed";
    }
    const OfFieldChange *id = of_change_find_field(change, "/id");
    if (id != NULL && id->before != NULL && id->after != NULL) {
        return "renamed";
    }
    if (change->kind != OF_ITEM_EVENT || of_change_find_field(change, "/type") != NULL) {
        return "changed";
    }
    if (change->fields->len == 1 && of_change_find_field(change, "/date") != NULL) {
        return "redated";
    }
    const bool is_shift = ((const OfEvent *) (gconstpointer) change->to)->type == OF_EVENT_SHIFT;
    const bool stance = of_change_find_field(change, "/from") != NULL || of_change_find_field(change, "/to") != NULL;
    return of_change_find_field(change, "/lab") != NULL || (stance && !is_shift) ? "retargeted" : "changed";
}

static void set_verb(OfChange *change)
{
    const char *action = action_of(change), *kind = of_kind_name(change->kind);
    if (change->kind == OF_ITEM_EVENT && g_str_equal(action, "changed") && of_change_find_field(change, "/type") == NULL &&
        ((const OfEvent *) (gconstpointer) change->to)->type == OF_EVENT_SHIFT) {
        kind = "shift";
    }
    g_autofree char *verb = g_strconcat(kind, ".", action, NULL);
    change->verb = g_intern_string(verb);
}

/* ---- Fields ---- */

/* A JSON pointer (RFC 6901) below a beginning. Owned by the caller. */
static char *point(const char *start, const char *name)
{
    GString *path = g_string_new(start);
    g_string_append_c(path, '/');
    for (const char *p = name; *p != '\0'; p++) {
        if (*p == '~' || *p == '/') {
            g_string_append(path, *p == '~' ? "~0" : "~1");
        } else {
            g_string_append_c(path, *p);
        }
    }
    return g_string_free(path, FALSE);
}

/* Takes all over. */
static void add_field(OfChange *change, char *path, char *path_to, char *before, char *after)
{
    OfFieldChange *field = g_new0(OfFieldChange, 1);
    *field = (OfFieldChange){path, path_to, before, after};
    if (path_to != NULL && g_str_equal(path, path_to)) {
        g_clear_pointer(&field->path_to, g_free);
    }
    g_ptr_array_add(change->fields, field);
}

static char *text_of(JsonObject *object, const char *name)
{
    JsonNode *value = json_object_get_member(object, name);
    return value != NULL ? of_json_text(value) : NULL;
}

/* The fields of one item or stint on one side: as compared, and as they stand in the data. */
typedef struct {
    JsonObject *compared, *declared;
    const char *start; /* the beginning of its pointers */
} Fields;

static int compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *) a, *(const char *const *) b);
}

/* The names of both, sorted, each once. */
static GPtrArray *list_names(JsonObject *a, JsonObject *b)
{
    GPtrArray *names = g_ptr_array_new();
    g_autoptr(GList) left = json_object_get_members(a);
    g_autoptr(GList) right = json_object_get_members(b);
    for (const GList *name = left; name != NULL; name = name->next) {
        g_ptr_array_add(names, name->data);
    }
    for (const GList *name = right; name != NULL; name = name->next) {
        if (!json_object_has_member(a, name->data)) {
            g_ptr_array_add(names, name->data);
        }
    }
    g_ptr_array_sort(names, compare_names);
    return names;
}

static void compare_members(OfChange *change, const Fields *from, const Fields *to, const char *except)
{
    g_autoptr(GPtrArray) names = list_names(from->compared, to->compared);
    for (guint i = 0; i < names->len; i++) {
        const char *name = names->pdata[i];
        g_autofree char *before = text_of(from->compared, name);
        g_autofree char *after = text_of(to->compared, name);
        if (g_strcmp0(before, after) != 0 && g_strcmp0(name, except) != 0) {
            add_field(change, point(from->start, name), point(to->start, name), text_of(from->declared, name),
                      text_of(to->declared, name));
        }
    }
}

/* ---- Stints ---- */

static JsonArray *stints_of(JsonObject *fields)
{
    return json_object_has_member(fields, "stints") ? json_object_get_array_member(fields, "stints") : NULL;
}

static char *stint_path(guint index)
{
    return g_strdup_printf("/stints/%u", index);
}

static Fields stint_fields(const Fields *person, guint index, const char *start)
{
    return (Fields){json_array_get_object_element(stints_of(person->compared), index),
                    json_array_get_object_element(stints_of(person->declared), index), start};
}

static void compare_stints(OfChange *change, const Fields *from, const Fields *to)
{
    JsonArray *old_stints = stints_of(from->declared), *new_stints = stints_of(to->declared);
    gint *back;
    g_autofree gint *mates = of_stints_pair(stints_of(from->compared), stints_of(to->compared), &back);
    for (guint i = 0; old_stints != NULL && i < json_array_get_length(old_stints); i++) {
        g_autofree char *path = stint_path(i);
        if (mates[i] < 0) {
            add_field(change, g_steal_pointer(&path), NULL, of_json_text(json_array_get_element(old_stints, i)), NULL);
        } else {
            g_autofree char *path_to = stint_path((guint) mates[i]);
            const Fields old = stint_fields(from, i, path), new = stint_fields(to, (guint) mates[i], path_to);
            compare_members(change, &old, &new, NULL);
        }
    }
    for (guint j = 0; new_stints != NULL && j < json_array_get_length(new_stints); j++) {
        if (back[j] < 0) {
            add_field(change, stint_path(j), NULL, NULL, of_json_text(json_array_get_element(new_stints, j)));
        }
    }
    g_free(back);
}

/* ---- Changes ---- */

static char *quote(const char *id)
{
    if (id == NULL) {
        return NULL;
    }
    GString *text = g_string_new(NULL);
    of_json_append_text(text, id);
    return g_string_free(text, FALSE);
}

static int compare_fields(gconstpointer a, gconstpointer b)
{
    const OfFieldChange *x = *(const OfFieldChange *const *) a, *y = *(const OfFieldChange *const *) b;
    const int by_path = strcmp(x->path, y->path);
    /* A stint may be removed where another is added. */
    return by_path != 0 ? by_path : (x->before == NULL) - (y->before == NULL);
}

static OfChange *change_new(OfItemKind kind, const OfItem *from, const OfItem *to, OfMatch match)
{
    OfChange *change = g_new0(OfChange, 1);
    change->kind = kind;
    change->from = from;
    change->to = to;
    change->match = match;
    change->fields = g_ptr_array_new_with_free_func(free_field);
    return change;
}

static void take_change(OfChanges *changes, OfChange *change)
{
    set_verb(change);
    g_ptr_array_add(changes->list, change);
}

/* Two sides of one item, or the story itself. */
static void compare_items(OfChanges *changes, const OfSide *from, const OfSide *to, OfChange *change)
{
    g_autoptr(JsonNode) old = of_side_fields(from, change->kind, change->from);
    g_autoptr(JsonNode) new = of_side_fields(to, change->kind, change->to);
    g_autoptr(JsonNode) old_declared = of_item_fields(from->story, change->kind, change->from);
    g_autoptr(JsonNode) new_declared = of_item_fields(to->story, change->kind, change->to);
    const Fields before = {json_node_get_object(old), json_node_get_object(old_declared), ""};
    const Fields after = {json_node_get_object(new), json_node_get_object(new_declared), ""};
    const char *old_id = change->from != NULL ? change->from->id : NULL, *new_id = change->to != NULL ? change->to->id : NULL;
    const bool is_person = change->kind == OF_ITEM_PERSON;
    if (g_strcmp0(old_id, new_id) != 0) {
        add_field(change, g_strdup("/id"), NULL, quote(old_id), quote(new_id));
    }
    compare_members(change, &before, &after, is_person ? "stints" : NULL);
    if (is_person) {
        compare_stints(change, &before, &after);
    }
    g_ptr_array_sort(change->fields, compare_fields);
    if (change->fields->len > 0) {
        take_change(changes, change);
    } else {
        of_change_free(change);
    }
}

/* Added or removed. */
static void take_single(OfChanges *changes, const OfSide *side, OfChange *change)
{
    GString *text = g_string_new(NULL);
    of_item_write_fields(text, side->story, change->kind, change->to != NULL ? change->to : change->from);
    change->item = g_string_free(text, FALSE);
    take_change(changes, change);
}

static void compare_kind(OfChanges *changes, const OfSide *from, const OfSide *to, OfItemKind kind)
{
    for (guint i = 0; i < from->entries[kind]->len; i++) {
        const OfEntry *old = &g_array_index(from->entries[kind], OfEntry, i);
        if (old->mate < 0) {
            take_single(changes, from, change_new(kind, old->item, NULL, OF_MATCH_ID));
            continue;
        }
        const OfEntry *new = &g_array_index(to->entries[kind], OfEntry, (guint) old->mate);
        if (!g_str_equal(old->text, new->text) || g_strcmp0(old->item->id, new->item->id) != 0) {
            OfChange *change = change_new(kind, old->item, new->item, old->match);
            change->reason = g_strdup(old->reason);
            compare_items(changes, from, to, change);
        }
    }
    for (guint j = 0; j < to->entries[kind]->len; j++) {
        const OfEntry *new = &g_array_index(to->entries[kind], OfEntry, j);
        if (new->mate < 0) {
            take_single(changes, to, change_new(kind, NULL, new->item, OF_MATCH_ID));
        }
    }
}

/* The lesser and the greater of both keys. */
static void order_keys(const OfChange *change, const char **low, const char **high)
{
    const char *a = change->from != NULL ? change->from->key : of_change_key(change), *b = of_change_key(change);
    const bool first = strcmp(a, b) <= 0;
    *low = first ? a : b;
    *high = first ? b : a;
}

/* By kind and keys, whichever side has them; of two that have changed places, by the old side; removed before added. */
static int compare_changes(gconstpointer a, gconstpointer b)
{
    const OfChange *x = *(const OfChange *const *) a, *y = *(const OfChange *const *) b;
    const char *x_low, *x_high, *y_low, *y_high;
    order_keys(x, &x_low, &x_high);
    order_keys(y, &y_low, &y_high);
    const int by_low = strcmp(x_low, y_low), by_high = strcmp(x_high, y_high);
    if (x->kind != y->kind || by_low != 0 || by_high != 0) {
        return x->kind != y->kind ? (x->kind < y->kind ? -1 : 1) : by_low != 0 ? by_low : by_high;
    }
    if (x->from == NULL || y->from == NULL) {
        return (x->from == NULL) - (y->from == NULL);
    }
    return strcmp(x->from->key, y->from->key);
}

OfChanges *of_changes_new(const OfStory *from, const OfStory *to, guint likeness)
{
    OfChanges *changes = g_new0(OfChanges, 1);
    *changes = (OfChanges){from, to, g_ptr_array_new_with_free_func(of_change_free), true, likeness};
    if (g_str_equal(of_story_digest(from), of_story_digest(to))) {
        return changes; /* the same canonical form */
    }
    OfSide old, new;
    of_sides_match(&old, &new, from, to, likeness);
    compare_items(changes, &old, &new, change_new(OF_ITEM_STORY, NULL, NULL, OF_MATCH_ID));
    for (OfItemKind kind = OF_ITEM_SOURCE; kind < OF_N_KINDS; kind++) {
        compare_kind(changes, &old, &new, kind);
    }
    g_ptr_array_sort(changes->list, compare_changes);
    of_side_clear(&old);
    of_side_clear(&new);
    return changes;
}

void of_changes_free(OfChanges *changes)
{
    if (changes != NULL) {
        g_ptr_array_unref(changes->list);
        g_free(changes);
    }
}

/* ---- The other way round ---- */

#define SWAP(Type, a, b)                                                                                                           \
    do {                                                                                                                           \
        Type kept = (a);                                                                                                           \
        (a) = (b);                                                                                                                 \
        (b) = kept;                                                                                                                \
    } while (0)

void of_changes_invert(OfChanges *changes)
{
    SWAP(const OfStory *, changes->from, changes->to);
    for (guint i = 0; i < changes->list->len; i++) {
        OfChange *change = changes->list->pdata[i];
        SWAP(const OfItem *, change->from, change->to);
        for (guint k = 0; k < change->fields->len; k++) {
            OfFieldChange *field = change->fields->pdata[k];
            SWAP(char *, field->before, field->after);
            if (field->path_to != NULL) {
                SWAP(char *, field->path, field->path_to);
            }
        }
        g_ptr_array_sort(change->fields, compare_fields);
        set_verb(change);
    }
    g_ptr_array_sort(changes->list, compare_changes);
}
