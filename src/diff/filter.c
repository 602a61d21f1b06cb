#include "diff/filter.h"

#include <string.h>

OfChangeFilter *of_change_filter_new(void)
{
    OfChangeFilter *filter = g_new0(OfChangeFilter, 1);
    filter->people = g_ptr_array_new_with_free_func(g_free);
    filter->labs = g_ptr_array_new_with_free_func(g_free);
    return filter;
}

void of_change_filter_free(OfChangeFilter *filter)
{
    if (filter != NULL) {
        g_ptr_array_unref(filter->people);
        g_ptr_array_unref(filter->labs);
        g_free(filter);
    }
}

static bool add_kinds(guint32 *kinds, const char *name, const char *value, GError **error)
{
    g_auto(GStrv) words = g_strsplit(value, ",", -1);
    for (char **word = words; *word != NULL; word++) {
        OfItemKind kind = OF_ITEM_STORY;
        while (kind <= OF_ITEM_VIEW && !g_str_equal(of_kind_name(kind), *word)) {
            kind++;
        }
        if (kind > OF_ITEM_VIEW) {
            g_set_error(error, OF_ERROR, OF_ERROR_USAGE,
                        "`--%s` takes kinds of items: story, source, strategy, lab, group, person, event, claim, view; not `%s`",
                        name, *word);
            return false;
        }
        *kinds |= 1u << kind;
    }
    return true;
}

static bool is_known(const OfChanges *changes, bool is_person, const char *id)
{
    return is_person ? of_story_find_person(changes->from, id) != NULL || of_story_find_person(changes->to, id) != NULL
                     : of_story_find_lab(changes->from, id) != NULL || of_story_find_lab(changes->to, id) != NULL;
}

bool of_change_filter_add(OfChangeFilter *filter, const OfChanges *changes, const char *name, const char *value, GError **error)
{
    if (g_str_equal(name, "only") || g_str_equal(name, "ignore")) {
        return add_kinds(g_str_equal(name, "only") ? &filter->only : &filter->ignored, name, value, error);
    }
    const bool is_person = g_str_equal(name, "person");
    if (!is_person && !g_str_equal(name, "lab")) {
        g_set_error(error, OF_ERROR, OF_ERROR_USAGE, "a difference has no filter `%s`", name);
        return false;
    }
    g_auto(GStrv) ids = g_strsplit(value, ",", -1);
    for (char **id = ids; *id != NULL; id++) {
        if (!is_known(changes, is_person, *id)) {
            g_set_error(error, OF_ERROR, OF_ERROR_USAGE, "there is no %s `%s` on either side", name, *id);
            return false;
        }
        g_ptr_array_add(is_person ? filter->people : filter->labs, g_strdup(*id));
    }
    return true;
}

/* ---- Who is meant: items of both sides ---- */

static void add_lab(GHashTable *meant, const OfLab *lab)
{
    if (lab != NULL && g_hash_table_add(meant, (gpointer) (gsize) &lab->item)) {
        for (guint i = 0; i < lab->children.n; i++) {
            add_lab(meant, lab->children.items[i]);
        }
    }
}

static void add_meant(GHashTable *meant, const OfStory *story, const OfChangeFilter *filter)
{
    for (guint i = 0; i < filter->people->len; i++) {
        const OfPerson *person = of_story_find_person(story, filter->people->pdata[i]);
        if (person != NULL) {
            g_hash_table_add(meant, (gpointer) (gsize) &person->item);
        }
    }
    for (guint i = 0; i < filter->labs->len; i++) {
        add_lab(meant, of_story_find_lab(story, filter->labs->pdata[i]));
    }
}

/* Who was renamed is meant under both ids. */
static void add_renamed(GHashTable *meant, const OfChanges *changes)
{
    for (guint i = 0; i < changes->list->len; i++) {
        const OfChange *change = changes->list->pdata[i];
        const bool known = change->match == OF_MATCH_WAS && change->from != NULL && change->to != NULL &&
                           (g_hash_table_contains(meant, change->from) || g_hash_table_contains(meant, change->to));
        if (known && change->kind == OF_ITEM_LAB) {
            add_lab(meant, (gconstpointer) change->from);
            add_lab(meant, (gconstpointer) change->to);
        } else if (known) {
            g_hash_table_add(meant, (gpointer) (gsize) change->from);
            g_hash_table_add(meant, (gpointer) (gsize) change->to);
        }
    }
}

/* ---- What a change names ---- */

static bool names(GHashTable *meant, gconstpointer item)
{
    return item != NULL && g_hash_table_contains(meant, item);
}

static bool event_names(GHashTable *meant, const OfEvent *event)
{
    bool found = names(meant, event->lab) || names(meant, event->from) || names(meant, event->to);
    for (guint i = 0; i < event->people.n && !found; i++) {
        found = names(meant, event->people.items[i]);
    }
    for (guint i = 0; i < event->labs.n && !found; i++) {
        found = names(meant, event->labs.items[i]);
    }
    for (guint i = 0; i < event->into.n && !found; i++) {
        const OfSplitPart *part = event->into.items[i];
        found = names(meant, part->lab);
        for (guint k = 0; k < part->people.n && !found; k++) {
            found = names(meant, part->people.items[k]);
        }
    }
    return found;
}

static bool person_names(GHashTable *meant, const OfPerson *person)
{
    bool found = names(meant, person->lab);
    for (guint i = 0; i < person->decls.n && !found; i++) {
        found = names(meant, person->decls.items[i]->lab);
    }
    return found;
}

static bool item_names(GHashTable *meant, OfItemKind kind, const OfItem *item)
{
    if (item == NULL) {
        return false;
    }
    const OfClaim *claim = (gconstpointer) item;
    switch (kind) {
    case OF_ITEM_EVENT:
        return event_names(meant, (gconstpointer) item);
    case OF_ITEM_PERSON:
        return names(meant, item) || person_names(meant, (gconstpointer) item);
    case OF_ITEM_CLAIM:
        return names(meant, claim->person) || names(meant, claim->lab);
    default:
        return names(meant, item);
    }
}

static bool has_kind(const OfChangeFilter *filter, OfItemKind kind)
{
    return (filter->only == 0 || filter->only & 1u << kind) && !(filter->ignored & 1u << kind);
}

/* People and labs are asked for apart: a change has to concern both where both are asked for. */
static bool concerns(GHashTable *meant, const OfChange *change)
{
    return meant == NULL || item_names(meant, change->kind, change->from) || item_names(meant, change->kind, change->to);
}

static GHashTable *gather(const OfChanges *changes, const OfChangeFilter *filter, GPtrArray *wanted)
{
    if (wanted->len == 0) {
        return NULL;
    }
    g_autoptr(GPtrArray) none = g_ptr_array_new();
    OfChangeFilter part = *filter;
    *(wanted == filter->people ? &part.labs : &part.people) = none;
    GHashTable *meant = g_hash_table_new(NULL, NULL);
    add_meant(meant, changes->from, &part);
    add_meant(meant, changes->to, &part);
    add_renamed(meant, changes);
    return meant;
}

void of_changes_filter(OfChanges *changes, const OfChangeFilter *filter)
{
    GHashTable *people = gather(changes, filter, filter->people), *labs = gather(changes, filter, filter->labs);
    GPtrArray *kept = g_ptr_array_new_with_free_func(of_change_free);
    for (guint i = 0; i < changes->list->len; i++) {
        OfChange *change = changes->list->pdata[i];
        if (has_kind(filter, change->kind) && concerns(people, change) && concerns(labs, change)) {
            g_ptr_array_add(kept, g_steal_pointer(&changes->list->pdata[i]));
        }
    }
    g_ptr_array_unref(changes->list);
    changes->list = kept;
    if (filter->only != 0 || filter->ignored != 0 || people != NULL || labs != NULL) {
        changes->complete = false;
    }
    g_clear_pointer(&people, g_hash_table_unref);
    g_clear_pointer(&labs, g_hash_table_unref);
}
