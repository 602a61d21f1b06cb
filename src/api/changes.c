#include "api/changes.h"

#include "api/details.h"
#include "diff/words.h"
#include "view/drawing.h"

#include <string.h>

static void add_ref(OfListedChange *change, const char *kind, const OfItem *item)
{
    if (item != NULL) {
        g_ptr_array_add(change->items, g_strdup_printf("%s:%s", kind, item->key));
    }
}

/* Of an event: itself, its people and its labs. */
static void add_event_refs(OfListedChange *change, const OfEvent *event)
{
    g_autoptr(GPtrArray) labs = of_event_labs(event);
    add_ref(change, "event", &event->item);
    for (guint i = 0; i < event->people.n; i++) {
        add_ref(change, "person", &event->people.items[i]->item);
    }
    for (guint i = 0; i < labs->len; i++) {
        add_ref(change, "lab", labs->pdata[i]);
    }
}

static void add_sources(OfListedChange *change, const OfItem *item)
{
    for (guint i = 0; i < item->sources.n; i++) {
        const OfSource *source = item->sources.items[i];
        OfChangeSource *added = of_listed_change_add_source(change);
        char *about = of_details_describe_source(source);
        added->title = about != NULL ? g_strdup(of_item_label(&source->item)) : NULL;
        added->text = about != NULL ? about : g_strdup(of_item_label(&source->item));
        added->url = g_strdup(source->item.url);
    }
}

static void add_change(OfChangeGroup *group, const OfChange *change)
{
    OfListedChange *listed = of_change_group_add(group);
    const OfItem *item = change->to != NULL ? change->to : change->from;
    g_autofree char *place = of_words_place(item);
    listed->id = g_strdup_printf("%s:%s", change->verb, of_change_key(change));
    listed->sign = of_words_sign(change);
    listed->text = of_words_describe(change);
    listed->place = place != NULL ? g_strdup(of_path_last_part(place)) : NULL;
    if (item == NULL) {
        return;
    }
    if (change->kind == OF_ITEM_EVENT) {
        add_event_refs(listed, (gconstpointer) item);
    } else {
        add_ref(listed, of_kind_name(change->kind), item);
    }
    add_sources(listed, item);
}

OfChangeList *of_changes_list(const OrgflowDiff *diff)
{
    OfChangeList *list = of_change_list_new();
    const char *const names[] = {diff->from, diff->to};
    g_autoptr(GString) counts = g_string_new(NULL);
    g_autoptr(GPtrArray) groups = of_words_group(diff->changes);
    of_words_append_counts(counts, diff->changes);
    list->complete = diff->changes->complete;
    list->counts = g_strdup(counts->str);
    list->from = g_strdup(of_side_name(names, 0));
    list->to = g_strdup(of_side_name(names, 1));
    for (guint i = 0; i < groups->len; i++) {
        const OfWordGroup *group = groups->pdata[i];
        OfChangeGroup *listed = of_change_list_add_group(list, group->title);
        for (guint k = 0; k < group->changes->len; k++) {
            add_change(listed, group->changes->pdata[k]);
        }
    }
    return list;
}
