#include "picture/change_list.h"

static void free_source(gpointer data)
{
    OfChangeSource *source = data;
    g_free(source->text);
    g_free(source->title);
    g_free(source->url);
    g_free(source);
}

static void free_change(gpointer data)
{
    OfListedChange *change = data;
    g_free(change->id);
    g_free(change->text);
    g_free(change->place);
    g_ptr_array_unref(change->items);
    g_ptr_array_unref(change->sources);
    g_free(change);
}

static void free_group(gpointer data)
{
    OfChangeGroup *group = data;
    g_free(group->title);
    g_ptr_array_unref(group->changes);
    g_free(group);
}

OfChangeList *of_change_list_new(void)
{
    OfChangeList *list = g_new0(OfChangeList, 1);
    list->groups = g_ptr_array_new_with_free_func(free_group);
    return list;
}

void of_change_list_free(OfChangeList *list)
{
    if (list != NULL) {
        g_free(list->from);
        g_free(list->to);
        g_free(list->counts);
        g_ptr_array_unref(list->groups);
        g_free(list);
    }
}

OfChangeGroup *of_change_list_add_group(OfChangeList *list, const char *title)
{
    OfChangeGroup *group = g_new0(OfChangeGroup, 1);
    *group = (OfChangeGroup){g_strdup(title), g_ptr_array_new_with_free_func(free_change)};
    g_ptr_array_add(list->groups, group);
    return group;
}

OfListedChange *of_change_group_add(OfChangeGroup *group)
{
    OfListedChange *change = g_new0(OfListedChange, 1);
    change->items = g_ptr_array_new_with_free_func(g_free);
    change->sources = g_ptr_array_new_with_free_func(free_source);
    g_ptr_array_add(group->changes, change);
    return change;
}

OfChangeSource *of_listed_change_add_source(OfListedChange *change)
{
    OfChangeSource *source = g_new0(OfChangeSource, 1);
    g_ptr_array_add(change->sources, source);
    return source;
}
