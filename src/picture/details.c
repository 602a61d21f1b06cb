#include "picture/details.h"

static void free_item(gpointer data)
{
    OfDetailItem *item = data;
    g_free(item->id);
    g_free(item->name);
    g_free(item->about);
    g_free(item->note);
    g_free(item->url);
    g_ptr_array_unref(item->sources);
    g_free(item);
}

static void free_fact(gpointer data)
{
    OfDetailFact *fact = data;
    g_free(fact->event);
    g_free(fact->claim);
    g_free(fact->date);
    g_free(fact->text);
    g_free(fact->note);
    g_free(fact->url);
    g_ptr_array_unref(fact->items);
    g_ptr_array_unref(fact->because);
    g_ptr_array_unref(fact->sources);
    g_free(fact);
}

OfDetails *of_details_new(void)
{
    OfDetails *details = g_new(OfDetails, 1);
    *details = (OfDetails){g_ptr_array_new_with_free_func(free_item), g_ptr_array_new_with_free_func(free_fact)};
    return details;
}

void of_details_free(OfDetails *details)
{
    if (details != NULL) {
        g_ptr_array_unref(details->items);
        g_ptr_array_unref(details->facts);
        g_free(details);
    }
}

OfDetailItem *of_details_add_item(OfDetails *details, const char *kind)
{
    OfDetailItem *item = g_new0(OfDetailItem, 1);
    item->kind = kind;
    item->sources = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(details->items, item);
    return item;
}

OfDetailFact *of_details_add_fact(OfDetails *details)
{
    OfDetailFact *fact = g_new0(OfDetailFact, 1);
    fact->items = g_ptr_array_new_with_free_func(g_free);
    fact->because = g_ptr_array_new_with_free_func(g_free);
    fact->sources = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(details->facts, fact);
    return fact;
}
