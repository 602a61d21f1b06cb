#include "diff/words.h"

#include <json-glib/json-glib.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "diff/json_text.h"

static const char *const actions[] = {"added", "removed", "renamed", "retargeted", "redated", "changed"};

const char *of_words_action(const OfChange *change)
{
    return strchr(change->verb, '.') + 1;
}

static guint rank_of(const OfChange *change)
{
    guint rank = 0;
    while (rank < G_N_ELEMENTS(actions) - 1 && !g_str_equal(actions[rank], of_words_action(change))) {
        rank++;
    }
    return rank;
}

static const char *plural_of(OfItemKind kind)
{
    static const char *const plurals[] = {
        [OF_ITEM_STORY] = "stories", [OF_ITEM_SOURCE] = "sources", [OF_ITEM_STRATEGY] = "strategies",
        [OF_ITEM_LAB] = "labs",      [OF_ITEM_GROUP] = "groups",   [OF_ITEM_PERSON] = "people",
        [OF_ITEM_EVENT] = "events",  [OF_ITEM_CLAIM] = "claims",   [OF_ITEM_VIEW] = "views",
    };
    return plurals[kind];
}

const char *of_words_kind(OfItemKind kind, guint n)
{
    return n == 1 ? of_kind_name(kind) : plural_of(kind);
}

void of_words_append_counts(GString *out, const OfChanges *changes)
{
    guint counts[OF_ITEM_VIEW + 1][G_N_ELEMENTS(actions)] = {{0}};
    const guint n = changes->list->len;
    for (guint i = 0; i < n; i++) {
        const OfChange *change = changes->list->pdata[i];
        counts[change->kind][rank_of(change)]++;
    }
    if (n == 0) {
        g_string_append(out, "no changes");
    } else {
        g_string_append_printf(out, "%u change%s", n, n == 1 ? "" : "s");
    }
    const char *before = ": ";
    for (OfItemKind kind = OF_ITEM_STORY; kind <= OF_ITEM_VIEW; kind++) {
        for (guint k = 0; k < G_N_ELEMENTS(actions); k++) {
            const guint count = counts[kind][k];
            if (count > 0) {
                g_string_append_printf(out, "%s%u %s %s", before, count, of_words_kind(kind, count), actions[k]);
                before = ", ";
            }
        }
    }
    if (!changes->complete) {
        g_string_append(out, " (filtered)");
    }
}

char of_words_sign(const OfChange *change)
{
    return of_change_is_pair(change) ? '~' : change->from == NULL ? '+' : '-';
}

char *of_words_place(const OfItem *item)
{
    return item != NULL && item->place.text != NULL ? g_strdup_printf("%s:%u", item->place.text->name, item->place.line) : NULL;
}

/* ---- Groups ---- */

enum { RANK_LAB, RANK_PEOPLE, RANK_REST };

static void free_group(gpointer data)
{
    OfWordGroup *group = data;
    g_free(group->key);
    g_free(group->title);
    g_ptr_array_unref(group->changes);
    g_free(group);
}

static char *title_of(const OfItem *item)
{
    return item->name != NULL ? g_strdup_printf("%s (%s)", item->name, item->key) : g_strdup(item->key);
}

static void find_people(const OfEvent *event, guint *rank, char **key, char **title)
{
    enum { MOST_NAMES = 4 };
    GString *keys = g_string_new(NULL), *names = g_string_new(NULL);
    const guint n = event->people.n, shown = n > MOST_NAMES ? MOST_NAMES - 1 : n;
    for (guint i = 0; i < n; i++) {
        g_string_append_printf(keys, "%s\n", event->people.items[i]->item.key);
    }
    for (guint i = 0; i < shown; i++) {
        g_string_append_printf(names, "%s%s",
                               i == 0       ? ""
                               : i + 1 == n ? " and "
                                            : ", ",
                               of_item_label(&event->people.items[i]->item));
    }
    if (shown < n) {
        g_string_append_printf(names, " and %u more", n - shown);
    }
    *rank = RANK_PEOPLE;
    *key = g_string_free(keys, FALSE);
    *title = g_string_free(names, FALSE);
    if (n == 1) {
        g_free(*title);
        *title = title_of(&event->people.items[0]->item);
    }
}

static void find_group(const OfChange *change, guint *rank, char **key, char **title)
{
    const OfItem *item = change->to != NULL ? change->to : change->from;
    const OfEvent *event = change->kind == OF_ITEM_EVENT ? (gconstpointer) item : NULL;
    const OfItem *lab = change->kind == OF_ITEM_LAB ? item : NULL;
    if (event != NULL && event->people.n > 0) {
        find_people(event, rank, key, title);
        return;
    }
    if (event != NULL) {
        const OfLab *of = event->lab != NULL ? event->lab : event->to != NULL ? event->to : event->from;
        lab = of != NULL ? &of->item : NULL;
    }
    if (lab != NULL || change->kind == OF_ITEM_PERSON) {
        *rank = lab != NULL ? RANK_LAB : RANK_PEOPLE;
        *key = g_strdup_printf("%s\n", lab != NULL ? lab->key : item->key);
        *title = title_of(lab != NULL ? lab : item);
        return;
    }
    *rank = RANK_REST + (guint) change->kind;
    *key = g_strdup("");
    *title = g_strdup(change->kind == OF_ITEM_STORY ? "story" : plural_of(change->kind));
    (*title)[0] = g_ascii_toupper((*title)[0]);
}

static int compare_groups(gconstpointer a, gconstpointer b)
{
    const OfWordGroup *x = *(const OfWordGroup *const *) a, *y = *(const OfWordGroup *const *) b;
    return x->rank != y->rank ? (x->rank < y->rank ? -1 : 1) : strcmp(x->key, y->key);
}

/* The item itself first, then its events by date; the sort keeps the order of the rest. */
static int compare_within(gconstpointer a, gconstpointer b)
{
    const OfChange *x = *(const OfChange *const *) a, *y = *(const OfChange *const *) b;
    if (x->kind != y->kind || x->kind != OF_ITEM_EVENT) {
        return (x->kind > y->kind) - (x->kind < y->kind);
    }
    const OfEvent *left = (gconstpointer) (x->to != NULL ? x->to : x->from),
                  *right = (gconstpointer) (y->to != NULL ? y->to : y->from);
    return of_date_compare(&left->date, &right->date);
}

GPtrArray *of_words_group(const OfChanges *changes)
{
    GPtrArray *groups = g_ptr_array_new_with_free_func(free_group);
    g_autoptr(GHashTable) known = g_hash_table_new_full(of_text_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < changes->list->len; i++) {
        guint rank;
        char *key, *title;
        find_group(changes->list->pdata[i], &rank, &key, &title);
        g_autofree char *full = g_strdup_printf("%u\n%s", rank, key);
        OfWordGroup *group = g_hash_table_lookup(known, full);
        if (group == NULL) {
            group = g_new0(OfWordGroup, 1);
            *group = (OfWordGroup){rank, g_steal_pointer(&key), g_steal_pointer(&title), g_ptr_array_new()};
            g_hash_table_insert(known, g_steal_pointer(&full), group);
            g_ptr_array_add(groups, group);
        }
        g_free(key);
        g_free(title);
        g_ptr_array_add(group->changes, changes->list->pdata[i]);
    }
    g_ptr_array_sort(groups, compare_groups);
    for (guint i = 0; i < groups->len; i++) {
        g_ptr_array_sort(((OfWordGroup *) groups->pdata[i])->changes, compare_within);
    }
    return groups;
}

/* ---- One change ---- */

void of_words_append_value(GString *out, JsonNode *node)
{
    if (JSON_NODE_HOLDS_ARRAY(node)) {
        JsonArray *array = json_node_get_array(node);
        for (guint i = 0; i < json_array_get_length(array); i++) {
            g_string_append(out, i > 0 ? ", " : "");
            of_words_append_value(out, json_array_get_element(array, i));
        }
    } else if (JSON_NODE_HOLDS_OBJECT(node)) {
        JsonObjectIter iter;
        const char *name;
        JsonNode *value;
        const char *before = "{";
        json_object_iter_init_ordered(&iter, json_node_get_object(node));
        while (json_object_iter_next_ordered(&iter, &name, &value)) {
            g_string_append_printf(out, "%s%s: ", before, name);
            of_words_append_value(out, value);
            before = ", ";
        }
        g_string_append(out, before[0] == '{' ? "{}" : "}");
    } else if (json_node_get_value_type(node) == G_TYPE_STRING) {
        g_string_append(out, json_node_get_string(node));
    } else {
        of_json_append(out, node);
    }
}

/* json: NULL is "nothing". */
static void append_json(GString *out, const char *json)
{
    g_autoptr(JsonNode) node = json != NULL ? json_from_string(json, NULL) : NULL;
    if (node != NULL) {
        of_words_append_value(out, node);
    } else {
        g_string_append(out, "nothing");
    }
}

/* Of a path into a person's stints the lab of the stint, and in rest what follows its index: "/to", "". Else NULL. */
static const OfLab *find_stint(const OfChange *change, const OfFieldChange *field, const char **rest)
{
    static const char start[] = "/stints/";
    if (change->kind != OF_ITEM_PERSON || !g_str_has_prefix(field->path, start)) {
        return NULL;
    }
    /* What comes is counted on the new side. */
    const bool comes = field->before == NULL && strchr(field->path + sizeof start - 1, '/') == NULL;
    const OfPerson *person = (gconstpointer) (comes ? change->to : change->from);
    char *end;
    const guint64 index = g_ascii_strtoull(field->path + sizeof start - 1, &end, 10);
    *rest = end;
    return index < person->decls.n ? person->decls.items[index]->lab : NULL;
}

/* What a whole stint says but for its lab, which is named already: ", from 2010, to 2012". */
static void append_stint(GString *out, const char *json)
{
    g_autoptr(JsonNode) node = json_from_string(json, NULL);
    JsonObjectIter iter;
    const char *name;
    JsonNode *value;
    json_object_iter_init_ordered(&iter, json_node_get_object(node));
    while (json_object_iter_next_ordered(&iter, &name, &value)) {
        if (!g_str_equal(name, "lab")) {
            g_string_append_printf(out, ", %s ", name);
            of_words_append_value(out, value);
        }
    }
}

static void append_field(GString *out, const OfChange *change, const OfFieldChange *field)
{
    const bool added = field->before == NULL, removed = field->after == NULL;
    const char *rest = NULL, *sign = added ? "+" : removed ? "-" : "";
    const OfLab *lab = find_stint(change, field, &rest);
    if (lab != NULL && *rest == '\0') {
        g_string_append_printf(out, "%sstint at %s", sign, of_item_label(&lab->item));
        append_stint(out, added ? field->after : field->before);
        return;
    }
    if (lab != NULL) {
        g_string_append_printf(out, "stint at %s: %s%s ", of_item_label(&lab->item), sign, rest + 1);
    } else {
        g_string_append_printf(out, "%s%s ", sign, field->path + 1);
    }
    if (removed || added) {
        append_json(out, removed ? field->before : field->after);
    } else {
        append_json(out, field->before);
        g_string_append(out, " → ");
        append_json(out, field->after);
    }
}

static void append_fields(GString *out, const OfChange *change)
{
    for (guint i = 0; i < change->fields->len; i++) {
        g_string_append(out, i > 0 ? "; " : "");
        append_field(out, change, change->fields->pdata[i]);
    }
}

/* What is added or removed: what it is called, then where and when. */
static void append_item(GString *out, const OfChange *change)
{
    static const char *const told[] = {"date", "at",    "lab",  "labs", "from",  "to",    "what",
                                       "name", "title", "text", "role", "since", "weight"};
    g_autoptr(JsonNode) node = json_from_string(change->item, NULL);
    JsonObject *fields = json_node_get_object(node);
    for (guint i = 0; i < G_N_ELEMENTS(told); i++) {
        JsonNode *value = json_object_get_member(fields, told[i]);
        if (value != NULL) {
            const bool bare = g_str_equal(told[i], "date") || g_str_equal(told[i], "name") || g_str_equal(told[i], "title") ||
                              g_str_equal(told[i], "text");
            g_string_append_printf(out, " %s%s", bare ? "" : told[i], bare ? "" : " ");
            of_words_append_value(out, value);
        }
    }
}

char *of_words_describe(const OfChange *change)
{
    GString *out = g_string_new(NULL);
    const OfItem *item = change->to != NULL ? change->to : change->from;
    if (change->kind == OF_ITEM_EVENT) {
        const OfEvent *event = (gconstpointer) item;
        g_string_append(out, of_event_type_info(event->type)->name);
        g_string_append_printf(out, "%s%s", item->id != NULL ? " " : "", item->id != NULL ? item->id : "");
    } else {
        g_string_append_printf(out, "%s%s%s", of_kind_name(change->kind), item != NULL ? " " : "", item != NULL ? item->key : "");
    }
    g_string_append_printf(out, " %s:", of_words_action(change));
    if (of_change_is_pair(change)) {
        g_string_append_c(out, ' ');
        append_fields(out, change);
    } else {
        append_item(out, change);
    }
    if (out->str[out->len - 1] == ':') {
        g_string_truncate(out, out->len - 1);
    }
    if (change->reason != NULL) {
        g_string_append_printf(out, " (likely: %s)", change->reason);
    }
    return g_string_free(out, FALSE);
}
