#include "view/change_index.h"

#include <string.h>

struct OfChangeIndex {
    const OfRevisions *revisions;
    GHashTable *shown; /* OfChange that a view can draw */
    GHashTable *named; /* OfItem of a person, alike -> GPtrArray of OfChange of events that name them */
    GHashTable *near;  /* OfItem, the new side's where there is one -> GPtrArray of OfChange that name it */
};

static bool shows_field(const OfChange *change, const char *const *shows)
{
    for (guint i = 0; i < change->fields->len; i++) {
        const OfFieldChange *field = change->fields->pdata[i];
        const gsize length = 1 + strcspn(field->path + 1, "/");
        g_autofree char *name = g_strdup_printf("%s%.*s", of_kind_name(change->kind), (int) length, field->path);
        if (g_strv_contains(shows, name)) {
            return true;
        }
    }
    return !of_change_is_pair(change);
}

/* The item that stands for one of either side. */
static const OfItem *joint_item(const OfChangeIndex *index, const OfItem *item)
{
    const OfItem *mate = of_revisions_is_old(index->revisions, item) ? of_revisions_mate(index->revisions, item) : NULL;
    return mate != NULL ? mate : item;
}

static void add_to(const OfChangeIndex *index, GHashTable *lists, const OfItem *item, const OfChange *change)
{
    const OfItem *known = joint_item(index, item);
    GPtrArray *changes = g_hash_table_lookup(lists, known);
    if (changes == NULL) {
        changes = g_ptr_array_new();
        g_hash_table_insert(lists, (gpointer) known, changes);
    }
    g_ptr_array_add(changes, (gpointer) change);
}

static void add_near(OfChangeIndex *index, const OfItem *item, const OfChange *change)
{
    add_to(index, index->near, item, change);
}

static void take_list(const OfChangeIndex *index, GHashTable *lists, const OfItem *item, GHashTable *changes)
{
    const GPtrArray *list = g_hash_table_lookup(lists, joint_item(index, item));
    for (guint i = 0; list != NULL && i < list->len; i++) {
        g_hash_table_add(changes, list->pdata[i]);
    }
}

/* A lab and all it was ever part of. seen: parents may be a circle over time. */
static void add_lab(OfChangeIndex *index, const OfLab *lab, const OfChange *change, GHashTable *seen)
{
    if (lab == NULL || !g_hash_table_add(seen, (gpointer) lab)) {
        return;
    }
    add_near(index, &lab->item, change);
    for (guint i = 0; i < lab->parents.n; i++) {
        add_lab(index, lab->parents.items[i]->parent, change, seen);
    }
}

static void add_person(OfChangeIndex *index, const OfPerson *person, const OfChange *change, GHashTable *seen)
{
    add_near(index, &person->item, change);
    for (guint i = 0; i < person->stints.n; i++) {
        add_lab(index, person->stints.items[i]->lab, change, seen);
    }
}

/* Whether a change may show at other items: what a person is called does not. */
static bool reaches_others(const OfChange *change)
{
    static const char *const fields[] = {"/lab", "/since", "/stints", "/confidence"};
    if (change->kind != OF_ITEM_PERSON || !of_change_is_pair(change)) {
        return true;
    }
    for (guint i = 0; i < change->fields->len; i++) {
        for (gsize k = 0; k < G_N_ELEMENTS(fields); k++) {
            if (g_str_has_prefix(((const OfFieldChange *) change->fields->pdata[i])->path, fields[k])) {
                return true;
            }
        }
    }
    return false;
}

static void add_side(OfChangeIndex *index, const OfChange *change, const OfItem *item)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
    if (item == NULL || !g_hash_table_contains(index->shown, change) || !reaches_others(change)) {
        return;
    }
    if (change->kind == OF_ITEM_EVENT) {
        const OfEvent *event = (gconstpointer) item;
        g_autoptr(GPtrArray) labs = of_event_labs(event);
        add_near(index, item, change);
        for (guint i = 0; i < event->people.n; i++) {
            add_person(index, event->people.items[i], change, seen);
            add_to(index, index->named, &event->people.items[i]->item, change);
        }
        for (guint i = 0; i < labs->len; i++) {
            add_lab(index, labs->pdata[i], change, seen);
        }
        for (guint i = 0; i < event->effects.n; i++) { /* which say what led to them */
            add_near(index, &event->effects.items[i]->item, change);
        }
    } else if (change->kind == OF_ITEM_PERSON) {
        add_person(index, (gconstpointer) item, change, seen);
    } else if (change->kind == OF_ITEM_LAB) {
        add_lab(index, (gconstpointer) item, change, seen);
    } else {
        add_near(index, item, change);
    }
}

OfChangeIndex *of_change_index_new(const OfRevisions *revisions, const char *const *shows)
{
    OfChangeIndex *index = g_new(OfChangeIndex, 1);
    *index = (OfChangeIndex){revisions, g_hash_table_new(NULL, NULL),
                             g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref),
                             g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref)};
    const OfChanges *changes = of_revisions_changes(revisions);
    for (guint i = 0; i < changes->list->len; i++) {
        OfChange *change = changes->list->pdata[i];
        if (shows_field(change, shows)) {
            g_hash_table_add(index->shown, change);
        }
        add_side(index, change, change->from);
        add_side(index, change, change->to);
    }
    return index;
}

void of_change_index_free(OfChangeIndex *index)
{
    if (index != NULL) {
        g_hash_table_unref(index->shown);
        g_hash_table_unref(index->named);
        g_hash_table_unref(index->near);
        g_free(index);
    }
}

/* ---- What an element stands for ---- */

static const OfItem *find_strategy(const OfStory *story, const char *id)
{
    for (guint i = 0; i < story->strategies.n; i++) {
        if (g_str_equal(story->strategies.items[i]->item.id, id)) {
            return &story->strategies.items[i]->item;
        }
    }
    return NULL;
}

static const OfItem *find_event(const OfStory *story, const char *key)
{
    return (gconstpointer) of_story_find_event(story, key);
}

static const OfItem *find_person(const OfStory *story, const char *id)
{
    return (gconstpointer) of_story_find_person(story, id);
}

static const OfItem *find_lab(const OfStory *story, const char *id)
{
    return (gconstpointer) of_story_find_lab(story, id);
}

typedef struct {
    const char *attribute;
    const OfItem *(*find)(const OfStory *story, const char *name);
} Reference;

/* An attribute's value is a list of names with blanks between them, or one name. */
static void collect_items(const Reference *references, gsize n, const OfStory *story, void *element, GPtrArray *items)
{
    for (gsize i = 0; i < n; i++) {
        const char *value = agget(element, (char *) references[i].attribute);
        g_auto(GStrv) names = g_strsplit(value != NULL ? value : "", " ", -1);
        for (char **name = names; *name != NULL; name++) {
            const OfItem *item = **name != '\0' ? references[i].find(story, *name) : NULL;
            if (item != NULL) {
                g_ptr_array_add(items, (gpointer) item);
            }
        }
    }
}

static bool is_because(void *element)
{
    return g_strcmp0(agget(element, (char *) "data_kind"), "because") == 0;
}

static GPtrArray *own_items(const OfStory *story, void *element)
{
    static const Reference of_any[] = {{"data_event", find_event},
                                       {"data_person", find_person},
                                       {"data_people", find_person},
                                       {"data_lab", find_lab},
                                       {"data_stance", find_strategy}};
    static const Reference of_because[] = {{"data_to", find_event}};
    GPtrArray *items = g_ptr_array_new();
    collect_items(of_any, G_N_ELEMENTS(of_any), story, element, items);
    if (is_because(element)) {
        collect_items(of_because, G_N_ELEMENTS(of_because), story, element, items);
    }
    return items;
}

void of_change_index_add_own(const OfChangeIndex *index, const OfStory *story, void *element, GHashTable *changes)
{
    g_autoptr(GPtrArray) items = own_items(story, element);
    for (guint i = 0; i < items->len; i++) {
        const OfChange *change = of_revisions_find(index->revisions, items->pdata[i]);
        if (change != NULL && g_hash_table_contains(index->shown, change)) {
            g_hash_table_add(changes, (gpointer) change);
        }
    }
    /* Where someone is comes of what is said of them. */
    const char *person = agget(element, (char *) "data_person");
    const OfItem *item = person != NULL && *person != '\0' ? find_person(story, person) : NULL;
    if (item != NULL) {
        take_list(index, index->named, item, changes);
    }
}

void of_change_index_add_near(const OfChangeIndex *index, const OfStory *story, void *element, GHashTable *changes)
{
    static const Reference of_ends[] = {
        {"data_from", find_lab}, {"data_to", find_lab}, {"data_from", find_event}, {"data_because", find_event}};
    g_autoptr(GPtrArray) items = own_items(story, element);
    collect_items(of_ends, G_N_ELEMENTS(of_ends), story, element, items);
    for (guint i = 0; i < items->len; i++) {
        take_list(index, index->near, items->pdata[i], changes);
    }
}

static gboolean is_missing(gpointer change, gpointer value G_GNUC_UNUSED, gpointer drawn)
{
    return !g_hash_table_contains(drawn, change);
}

void of_changes_prefer(GHashTable *changes, GHashTable *drawn)
{
    GHashTableIter iter;
    gpointer change;
    bool any = false;
    g_hash_table_iter_init(&iter, changes);
    while (!any && g_hash_table_iter_next(&iter, &change, NULL)) {
        any = g_hash_table_contains(drawn, change);
    }
    if (any) {
        g_hash_table_foreach_remove(changes, is_missing, drawn);
    }
}
