#include "paint/page_data.h"

#include "base/hash.h"
#include "paint/link.h"
#include "paint/literal.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

static void add_text(JsonBuilder *builder, const char *name, const char *text)
{
    if (text != NULL && *text != '\0') {
        g_autofree char *literal = of_literal_new_closed(text);
        json_builder_set_member_name(builder, name);
        json_builder_add_string_value(builder, literal);
    }
}

static void add_texts(JsonBuilder *builder, const char *name, const GPtrArray *texts)
{
    if (texts->len == 0) {
        return;
    }
    json_builder_set_member_name(builder, name);
    json_builder_begin_array(builder);
    for (guint i = 0; i < texts->len; i++) {
        g_autofree char *literal = of_literal_new(texts->pdata[i]);
        json_builder_add_string_value(builder, literal);
    }
    json_builder_end_array(builder);
}

static void add_link(JsonBuilder *builder, const char *url)
{
    g_autofree char *target = of_link_target(url);
    add_text(builder, "url", target);
}

static void add_steps(JsonBuilder *builder, const GArray *steps)
{
    json_builder_set_member_name(builder, "steps");
    json_builder_begin_array(builder);
    for (guint i = 0; steps != NULL && i < steps->len; i++) {
        const OfPictureStep *step = &g_array_index(steps, OfPictureStep, i);
        g_autofree char *label = of_literal_new_closed(step->label), *description = of_literal_new_closed(step->description);
        json_builder_begin_array(builder);
        json_builder_add_int_value(builder, step->day);
        json_builder_add_string_value(builder, label);
        json_builder_add_string_value(builder, description);
        if (isfinite(step->cut)) {
            json_builder_add_double_value(builder, round(step->cut * 100) / 100);
        }
        json_builder_end_array(builder);
    }
    json_builder_end_array(builder);
}

static void add_item(JsonBuilder *builder, const OfDetailItem *item, GHashTable *known)
{
    g_autofree char *ref = g_strdup_printf("%s:%s", item->kind, item->id), *literal = of_literal_new(ref);
    if (!g_hash_table_add(known, g_strdup(literal))) {
        return;
    }
    json_builder_set_member_name(builder, literal);
    json_builder_begin_object(builder);
    add_text(builder, "name", item->name);
    add_text(builder, "about", item->about);
    add_text(builder, "note", item->note);
    add_link(builder, item->url);
    add_texts(builder, "sources", item->sources);
    json_builder_end_object(builder);
}

static char *name_stay(const OfDetailFact *fact)
{
    GString *name = g_string_new(NULL);
    g_string_append_printf(name, "\n%d", fact->first); /* no key of an event begins so */
    for (guint i = 0; i < fact->items->len; i++) {
        g_string_append_printf(name, " %s", (const char *) fact->items->pdata[i]);
    }
    return g_string_free(name, FALSE);
}

static void add_fact(JsonBuilder *builder, const OfDetailFact *fact, GHashTable *known)
{
    g_autofree char *key = fact->event != NULL ? g_strdup(fact->event) : name_stay(fact);
    if (!g_hash_table_add(known, g_steal_pointer(&key))) {
        return;
    }
    json_builder_begin_object(builder);
    add_text(builder, "event", fact->event);
    json_builder_set_member_name(builder, "days");
    json_builder_begin_array(builder);
    json_builder_add_int_value(builder, fact->first);
    json_builder_add_int_value(builder, fact->last);
    json_builder_end_array(builder);
    add_text(builder, "date", fact->date);
    add_text(builder, "text", fact->text);
    add_text(builder, "note", fact->note);
    add_link(builder, fact->url);
    add_text(builder, "confidence", fact->confidence);
    add_texts(builder, "items", fact->items);
    add_texts(builder, "because", fact->because);
    add_texts(builder, "sources", fact->sources);
    json_builder_end_object(builder);
}

static void add_details(JsonBuilder *builder, OfPicture *const *pictures, guint n)
{
    g_autoptr(GHashTable) known = g_hash_table_new_full(of_text_hash, g_str_equal, g_free, NULL);
    json_builder_set_member_name(builder, "items");
    json_builder_begin_object(builder);
    for (guint i = 0; i < n; i++) {
        for (guint k = 0; pictures[i]->details != NULL && k < pictures[i]->details->items->len; k++) {
            add_item(builder, pictures[i]->details->items->pdata[k], known);
        }
    }
    json_builder_end_object(builder);
    g_hash_table_remove_all(known);
    json_builder_set_member_name(builder, "facts");
    json_builder_begin_array(builder);
    for (guint i = 0; i < n; i++) {
        for (guint k = 0; pictures[i]->details != NULL && k < pictures[i]->details->facts->len; k++) {
            add_fact(builder, pictures[i]->details->facts->pdata[k], known);
        }
    }
    json_builder_end_array(builder);
}

/* A `<` could end the element or begin a comment in it. Such a sign stands in strings alone. */
static char *escape(const char *json)
{
    g_auto(GStrv) pieces = g_strsplit(json, "<", -1);
    return g_strjoinv("\\u003c", pieces);
}

char *of_page_data_write(OfPicture *const *pictures, const char *const *names, guint n, double pace)
{
    g_autoptr(JsonBuilder) builder = json_builder_new();
    json_builder_begin_object(builder);
    json_builder_set_member_name(builder, "views");
    json_builder_begin_array(builder);
    for (guint i = 0; i < n; i++) {
        json_builder_begin_object(builder);
        add_text(builder, "id", pictures[i]->id);
        add_text(builder, "name", names[i]);
        json_builder_set_member_name(builder, "pace");
        json_builder_add_double_value(builder, pace);
        add_steps(builder, pictures[i]->steps);
        json_builder_end_object(builder);
    }
    json_builder_end_array(builder);
    add_details(builder, pictures, n);
    json_builder_end_object(builder);
    g_autoptr(JsonNode) root = json_builder_get_root(builder);
    g_autofree char *json = json_to_string(root, FALSE);
    return escape(json);
}
