#include "paint/page_data.h"

#include "base/hash.h"
#include "paint/link.h"
#include "paint/literal.h"
#include "paint/page_region.h"

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

/* Calls for the details of all panels of all views, each once. */
typedef void (*DetailsCall)(JsonBuilder *builder, const OfDetails *details, GHashTable *known);

static void each_details(JsonBuilder *builder, const OfPageView *views, guint n, DetailsCall call)
{
    g_autoptr(GHashTable) known = g_hash_table_new_full(of_text_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < n; i++) {
        for (guint k = 0; k < views[i].n_panels; k++) {
            if (views[i].panels[k]->details != NULL) {
                call(builder, views[i].panels[k]->details, known);
            }
        }
    }
}

static void add_items(JsonBuilder *builder, const OfDetails *details, GHashTable *known)
{
    for (guint i = 0; i < details->items->len; i++) {
        add_item(builder, details->items->pdata[i], known);
    }
}

static void add_facts(JsonBuilder *builder, const OfDetails *details, GHashTable *known)
{
    for (guint i = 0; i < details->facts->len; i++) {
        add_fact(builder, details->facts->pdata[i], known);
    }
}

static void add_details(JsonBuilder *builder, const OfPageView *views, guint n)
{
    json_builder_set_member_name(builder, "items");
    json_builder_begin_object(builder);
    each_details(builder, views, n, add_items);
    json_builder_end_object(builder);
    json_builder_set_member_name(builder, "facts");
    json_builder_begin_array(builder);
    each_details(builder, views, n, add_facts);
    json_builder_end_array(builder);
}

/* Before, difference and after. */
static void add_panels(JsonBuilder *builder, const OfPageView *view)
{
    if (view->n_panels == 1) {
        return;
    }
    json_builder_set_member_name(builder, "panels");
    json_builder_begin_array(builder);
    for (guint i = 0; i < view->n_panels; i++) {
        g_autofree char *subtitle = of_page_subtitle(view->panels[i]);
        json_builder_begin_object(builder);
        add_text(builder, "name", view->panels[i]->panel);
        add_text(builder, "title", view->panels[i]->title);
        add_text(builder, "subtitle", subtitle);
        add_text(builder, "description", view->panels[i]->description);
        json_builder_end_object(builder);
    }
    json_builder_end_array(builder);
}

static void add_sides(JsonBuilder *builder, const OfChangeList *changes)
{
    json_builder_set_member_name(builder, "sides");
    json_builder_begin_array(builder);
    const char *const names[] = {changes->from, changes->to};
    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *name = of_literal_new_closed(names[i]);
        json_builder_add_string_value(builder, name);
    }
    json_builder_end_array(builder);
}

/* A `<` could end the element or begin a comment in it. Such a sign stands in strings alone. */
static char *escape(const char *json)
{
    g_auto(GStrv) pieces = g_strsplit(json, "<", -1);
    return g_strjoinv("\\u003c", pieces);
}

char *of_page_data_write(const OfPageView *views, guint n, const OfChangeList *changes, double pace)
{
    g_autoptr(JsonBuilder) builder = json_builder_new();
    json_builder_begin_object(builder);
    json_builder_set_member_name(builder, "views");
    json_builder_begin_array(builder);
    for (guint i = 0; i < n; i++) {
        json_builder_begin_object(builder);
        add_text(builder, "id", views[i].picture->id);
        add_text(builder, "name", views[i].name);
        json_builder_set_member_name(builder, "pace");
        json_builder_add_double_value(builder, pace);
        add_steps(builder, views[i].picture->steps);
        add_panels(builder, &views[i]);
        json_builder_end_object(builder);
    }
    json_builder_end_array(builder);
    if (changes != NULL) {
        add_sides(builder, changes);
    }
    add_details(builder, views, n);
    json_builder_end_object(builder);
    g_autoptr(JsonNode) root = json_builder_get_root(builder);
    g_autofree char *json = json_to_string(root, FALSE);
    return escape(json);
}
