#include "paint/page_data.h"

#include "base/hash.h"
#include "base/members.h"
#include "paint/link.h"
#include "paint/literal.h"
#include "paint/page_region.h"

#include <math.h>
#include <string.h>

static void add_text(JsonBuilder *builder, const char *name, const char *text)
{
    if (text != NULL && *text != '\0') {
        g_autofree char *literal = of_literal_new_closed(text);
        of_member_text(builder, name, literal);
    }
}

static void add_texts(JsonBuilder *builder, const char *name, const GPtrArray *texts)
{
    if (texts->len == 0) {
        return;
    }
    of_member_begin_array(builder, name);
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
    of_member_begin_array(builder, "steps");
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

/* The items of all pictures: their references, "person:lample", with their place in the page's list. */
typedef struct {
    GPtrArray *items;   /* of const OfDetailItem */
    GHashTable *places; /* reference → GUINT_TO_POINTER(place + 1) */
    GHashTable *listed; /* sources that the page itself lists, by id */
} Index;

/* Owned by the caller. */
static char *name_ref(const char *kind, const char *id)
{
    g_autofree char *ref = g_strdup_printf("%s:%s", kind, id);
    return of_literal_new(ref);
}

/* Calls for the details of all panels of all views. */
typedef void (*DetailsCall)(const OfDetails *details, gpointer data);

static void each_details(const OfPageView *views, guint n, DetailsCall call, gpointer data)
{
    for (guint i = 0; i < n; i++) {
        for (guint k = 0; k < views[i].n_panels; k++) {
            if (views[i].panels[k]->details != NULL) {
                call(views[i].panels[k]->details, data);
            }
        }
    }
}

static void add_to_index(const OfDetails *details, gpointer data)
{
    const Index *index = data;
    for (guint i = 0; i < details->items->len; i++) {
        const OfDetailItem *item = details->items->pdata[i];
        char *ref = name_ref(item->kind, item->id);
        if (g_hash_table_contains(index->places, ref)) {
            g_free(ref);
        } else {
            g_ptr_array_add(index->items, (gpointer) item);
            g_hash_table_insert(index->places, ref, GUINT_TO_POINTER(index->items->len));
        }
    }
}

static void index_clear(Index *index)
{
    g_ptr_array_unref(index->items);
    g_hash_table_unref(index->places);
}

/* References as places in the list of items; kind: that they are of, NULL where they name it themselves. */
static void add_refs(JsonBuilder *builder, const char *name, const char *kind, const GPtrArray *texts, const Index *index)
{
    if (texts->len == 0) {
        return;
    }
    of_member_begin_array(builder, name);
    for (guint i = 0; i < texts->len; i++) {
        g_autofree char *ref = kind != NULL ? name_ref(kind, texts->pdata[i]) : of_literal_new(texts->pdata[i]);
        const guint place = GPOINTER_TO_UINT(g_hash_table_lookup(index->places, ref));
        if (place > 0) {
            json_builder_add_int_value(builder, place - 1);
        }
    }
    json_builder_end_array(builder);
}

static void add_item(JsonBuilder *builder, const OfDetailItem *item, const Index *index)
{
    g_autofree char *ref = name_ref(item->kind, item->id);
    of_member_begin_object(builder, ref);
    if (strcmp(item->kind, "source") != 0 || !g_hash_table_contains(index->listed, item->id)) {
        add_text(builder, "name", item->name);
        add_text(builder, "about", item->about);
        add_link(builder, item->url);
    }
    add_text(builder, "note", item->note);
    add_refs(builder, "sources", "source", item->sources, index);
    json_builder_end_object(builder);
}

/* What tells facts apart. Owned by the caller. */
static char *name_fact(const OfDetailFact *fact)
{
    if (fact->event != NULL) {
        return g_strdup(fact->event);
    }
    GString *name = g_string_new(NULL);
    g_string_append_printf(name, "\n%d %s", fact->day, fact->claim != NULL ? fact->claim : ""); /* no key of an event begins so */
    for (guint i = 0; i < fact->items->len; i++) {
        g_string_append_printf(name, " %s", (const char *) fact->items->pdata[i]);
    }
    return g_string_free(name, FALSE);
}

static void add_fact(JsonBuilder *builder, const OfDetailFact *fact, const Index *index)
{
    json_builder_begin_object(builder);
    add_text(builder, "event", fact->event);
    add_text(builder, "claim", fact->claim);
    of_member_count(builder, "day", fact->day);
    add_text(builder, "date", fact->date);
    add_text(builder, "text", fact->text);
    add_text(builder, "note", fact->note);
    add_link(builder, fact->url);
    if (g_strcmp0(fact->confidence, "confirmed") != 0) { /* what is left out is that */
        add_text(builder, "confidence", fact->confidence);
    }
    add_refs(builder, "items", NULL, fact->items, index);
    add_texts(builder, "because", fact->because);
    add_refs(builder, "sources", "source", fact->sources, index);
    json_builder_end_object(builder);
}

/* Facts that are told once. */
typedef struct {
    GPtrArray *facts; /* of const OfDetailFact */
    GHashTable *known;
} Telling;

static void add_to_telling(const OfDetails *details, gpointer data)
{
    const Telling *telling = data;
    for (guint i = 0; i < details->facts->len; i++) {
        if (g_hash_table_add(telling->known, name_fact(details->facts->pdata[i]))) {
            g_ptr_array_add(telling->facts, details->facts->pdata[i]);
        }
    }
}

static void add_details(JsonBuilder *builder, const OfPageView *views, guint n, GHashTable *listed)
{
    Index index = {g_ptr_array_new(), g_hash_table_new_full(of_text_hash, g_str_equal, g_free, NULL), listed};
    each_details(views, n, add_to_index, &index);
    of_member_begin_object(builder, "items");
    for (guint i = 0; i < index.items->len; i++) {
        add_item(builder, index.items->pdata[i], &index);
    }
    json_builder_end_object(builder);
    Telling telling = {g_ptr_array_new(), g_hash_table_new_full(of_text_hash, g_str_equal, g_free, NULL)};
    each_details(views, n, add_to_telling, &telling);
    of_member_begin_array(builder, "facts");
    for (guint i = 0; i < telling.facts->len; i++) {
        add_fact(builder, telling.facts->pdata[i], &index);
    }
    json_builder_end_array(builder);
    g_ptr_array_unref(telling.facts);
    g_hash_table_unref(telling.known);
    index_clear(&index);
}

/* Before, difference and after. */
static void add_panels(JsonBuilder *builder, const OfPageView *view)
{
    if (view->n_panels == 1) {
        return;
    }
    of_member_begin_array(builder, "panels");
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
    of_member_begin_array(builder, "sides");
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

char *of_page_data_write(const OfPageView *views, guint n, const OfChangeList *changes, GHashTable *listed, double pace)
{
    g_autoptr(JsonBuilder) builder = json_builder_new();
    json_builder_begin_object(builder);
    of_member_begin_array(builder, "views");
    for (guint i = 0; i < n; i++) {
        json_builder_begin_object(builder);
        add_text(builder, "id", views[i].picture->id);
        add_text(builder, "name", views[i].name);
        of_member_number(builder, "pace", pace);
        add_steps(builder, views[i].picture->steps);
        add_panels(builder, &views[i]);
        json_builder_end_object(builder);
    }
    json_builder_end_array(builder);
    if (changes != NULL) {
        add_sides(builder, changes);
    }
    add_details(builder, views, n, listed);
    json_builder_end_object(builder);
    g_autoptr(JsonNode) root = json_builder_get_root(builder);
    g_autofree char *json = json_to_string(root, FALSE);
    return escape(json);
}
