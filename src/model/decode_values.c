/* Readers of values that are no texts, and the table of all readers. */
#include "model/decode.h"

#include "base/shorten.h"

#define LONGEST_DATE 40 /* bytes: what is longer is none, however it goes on */

static void read_date(OfDecoder *decoder, const OfSlot *slot)
{
    const OfNode *node = of_decode_scalar(decoder, slot, slot->node);
    if (node == NULL) {
        return;
    }
    g_autoptr(GError) error = NULL;
    OfDate date;
    g_autofree char *cut = node->n > LONGEST_DATE ? of_text_shorten(node->text, node->n) : NULL;
    if (!of_date_parse(cut != NULL ? cut : node->text, &date, &error)) {
        OfPlace place = of_node_place(decoder->document, node);
        g_autofree char *subject = of_decode_subject(slot);
        of_decode_fail(decoder, slot, "bad-date", &place, NULL, "%s: %s", subject, error->message);
        return;
    }
    memcpy(of_slot_field(slot), &date, sizeof date);
}

/* Reports a scalar that is not what expected says. */
static void fail_value(OfDecoder *decoder, const OfSlot *slot, const OfNode *node, char *hint, const char *expected)
{
    OfPlace place = of_node_place(decoder->document, node);
    g_autofree char *subject = of_decode_subject(slot);
    g_autofree char *quoted = of_decode_quote(node->text);
    of_decode_fail(decoder, slot, "bad-value", &place, hint, "%s is %s, not %s", subject, expected, quoted);
}

static void mark_set(const OfSlot *slot)
{
    if (slot->key->set_offset != 0) {
        *(bool *) ((char *) slot->object + slot->key->set_offset) = true;
    }
}

static void read_bool(OfDecoder *decoder, const OfSlot *slot)
{
    const OfNode *node = of_decode_scalar(decoder, slot, slot->node);
    if (node == NULL) {
        return;
    }
    bool value;
    if (!of_node_get_bool(node, &value)) {
        static const char *const yes[] = {"yes", "y", "on", "1", "true"}, *const no[] = {"no", "n", "off", "0", "false"};
        char *hint = NULL;
        for (guint i = 0; i < G_N_ELEMENTS(yes) && hint == NULL; i++) {
            hint = g_ascii_strcasecmp(node->text, yes[i]) == 0  ? g_strdup("write `true`, without quotes")
                   : g_ascii_strcasecmp(node->text, no[i]) == 0 ? g_strdup("write `false`, without quotes")
                                                                : NULL;
        }
        fail_value(decoder, slot, node, hint, "true or false");
        return;
    }
    *(bool *) of_slot_field(slot) = value;
    mark_set(slot);
}

static char *unquote_hint(const OfNode *node)
{
    return node->plain ? NULL : g_strdup("write a number without quotes");
}

static void read_integer(OfDecoder *decoder, const OfSlot *slot)
{
    const OfNode *node = of_decode_scalar(decoder, slot, slot->node);
    if (node == NULL) {
        return;
    }
    gint64 value;
    if (!of_node_get_integer(node, &value) || value < (gint64) slot->key->least) {
        g_autofree char *expected = g_strdup_printf("a whole number, %d or more", (int) slot->key->least);
        fail_value(decoder, slot, node, unquote_hint(node), expected);
        return;
    }
    memcpy(of_slot_field(slot), &value, sizeof value);
    mark_set(slot);
}

static void read_number(OfDecoder *decoder, const OfSlot *slot)
{
    const OfNode *node = of_decode_scalar(decoder, slot, slot->node);
    if (node == NULL) {
        return;
    }
    double value;
    if (!of_node_get_double(node, &value) || !(value >= slot->key->least && value <= slot->key->most)) {
        g_autofree char *expected = g_strdup_printf("a number from %d to %d", (int) slot->key->least, (int) slot->key->most);
        fail_value(decoder, slot, node, unquote_hint(node), expected);
        return;
    }
    memcpy(of_slot_field(slot), &value, sizeof value);
    mark_set(slot);
}

static void read_choice(OfDecoder *decoder, const OfSlot *slot)
{
    const OfNode *node = of_decode_scalar(decoder, slot, slot->node);
    if (node == NULL) {
        return;
    }
    const char *const *choices = slot->key->choices;
    for (guint i = 0; choices[i] != NULL; i++) {
        if (strcmp(choices[i], node->text) == 0) {
            memcpy(of_slot_field(slot), &i, sizeof i); /* enums are as wide as guint */
            mark_set(slot);
            return;
        }
    }
    g_autofree char *names = g_strjoinv(", ", OF_MUTABLE(char *, choices));
    g_autofree char *expected = g_strdup_printf("one of %s", names);
    fail_value(decoder, slot, node, of_hint_nearest(node->text, choices, -1), expected);
}
G_STATIC_ASSERT(sizeof(OfConfidence) == sizeof(guint));

static void read_view_type(OfDecoder *decoder, const OfSlot *slot)
{
    const OfNode *node = of_decode_scalar(decoder, slot, slot->node);
    if (node == NULL) {
        return;
    }
    OfSavedView *view = slot->object;
    view->type = of_decode_keep_text(decoder, node);
    view->type_place = of_node_place(decoder->document, node);
    if (decoder->known_views != NULL && !g_strv_contains(decoder->known_views, node->text)) {
        g_autofree char *quoted = of_decode_quote(node->text);
        char *hint = of_hint_nearest(node->text, decoder->known_views, -1);
        if (hint == NULL) {
            g_autofree char *names = g_strjoinv(", ", OF_MUTABLE(char *, decoder->known_views));
            hint = g_strdup_printf("the views are %s", names);
        }
        of_decode_fail(decoder, slot, "unknown-view-type", &view->type_place, hint, "unknown type of view %s", quoted);
    }
}

void of_decode_settle_confidence(OfItem *item, guint n_accounts)
{
    if (!item->confidence_set) {
        item->confidence = item->sources.n > 0 ? OF_CONFIDENCE_CONFIRMED : OF_CONFIDENCE_UNVERIFIED;
    }
    if (n_accounts > 0) {
        item->confidence = OF_CONFIDENCE_DISPUTED;
    }
}

static int compare_accounts(gconstpointer a, gconstpointer b, gpointer data)
{
    const OfAccount *first = *(const OfAccount *const *) a, *second = *(const OfAccount *const *) b;
    int order = of_decode_compare_dates(&first->date, &second->date);
    return order != 0 ? order : of_decode_compare(OF_SCHEMA_ACCOUNT, *(const guint32 *) data, first, second);
}

static int compare_stints(gconstpointer a, gconstpointer b, G_GNUC_UNUSED gpointer data)
{
    const OfStintDecl *first = *(const OfStintDecl *const *) a, *second = *(const OfStintDecl *const *) b;
    int order = of_decode_compare_dates(&first->from, &second->from);
    if (order == 0 && of_date_is_set(&first->to) != of_date_is_set(&second->to)) {
        return of_date_is_set(&first->to) ? -1 : 1; /* who is still there came last */
    }
    order = order != 0 ? order : of_decode_compare_dates(&first->to, &second->to);
    return order != 0 ? order : of_decode_compare(OF_SCHEMA_STINT, OF_EVENTS_ALL, first, second);
}

/* Reads the stints of a person, the accounts of an event or stint, or the callouts of a view. */
static void read_mappings(OfDecoder *decoder, const OfSlot *slot)
{
    const OfNode *node = slot->node;
    if (node->type != OF_NODE_SEQUENCE) {
        if (of_node_is_null(node)) {
            of_decode_fail_null(decoder, slot, node);
        } else {
            of_decode_fail_type(decoder, slot, node);
        }
        return;
    }
    if (slot->key->holds == OF_SCHEMA_CALLOUT) {
        of_decode_callouts(decoder, slot);
        return;
    }
    OfPlace list_place = of_node_place(decoder->document, node);
    if (!of_decode_check_events(decoder, node->n, &list_place)) {
        return;
    }
    bool stints = slot->key->holds == OF_SCHEMA_STINT;
    guint32 events = slot->kind == OF_SCHEMA_STINT ? OF_EVENT_BIT(OF_EVENT_MOVE) : slot->events; /* a stint stands for a move */
    gsize size = stints ? sizeof(OfStintDecl) : sizeof(OfAccount);
    g_autoptr(GPtrArray) structs = g_ptr_array_sized_new(node->n);
    for (guint i = 0; i < node->n && !decoder->stopped; i++) {
        const OfNode *item_node = &node->items[i];
        OfPlace place = of_decode_mapping_place(decoder, item_node);
        if (!of_decode_check_mapping(decoder, slot, item_node)) {
            continue;
        }
        OfItem *item = of_arena_take(decoder->arena, size);
        item->place = place;
        item->order = i;
        of_decode_mapping(decoder, slot->key->holds, events, item_node, &place, item);
        of_decode_settle_confidence(item, stints ? ((OfStintDecl *) (gpointer) item)->accounts.n : 0);
        g_ptr_array_add(structs, item);
    }
    g_ptr_array_sort_with_data(structs, stints ? compare_stints : compare_accounts, &events);
    OfAnyList list = {of_arena_copy(decoder->arena, structs->pdata, structs->len * sizeof(gpointer)), structs->len};
    memcpy(of_slot_field(slot), &list, sizeof list);
}

/* An item's own id and an event's type are read before its other keys. */
static void read_nothing(G_GNUC_UNUSED OfDecoder *decoder, G_GNUC_UNUSED const OfSlot *slot)
{
}

static void (*const readers[OF_N_VALUES])(OfDecoder *decoder, const OfSlot *slot) = {
    [OF_VALUE_VERSION] = read_nothing,
    [OF_VALUE_TEXT] = of_decode_text,
    [OF_VALUE_LABEL] = of_decode_label,
    [OF_VALUE_PATTERN] = of_decode_pattern,
    [OF_VALUE_ID] = read_nothing,
    [OF_VALUE_IDS] = of_decode_ids,
    [OF_VALUE_TAGS] = of_decode_tags,
    [OF_VALUE_REFERENCE] = of_decode_reference,
    [OF_VALUE_REFERENCES] = of_decode_references,
    [OF_VALUE_TARGET] = of_decode_target,
    [OF_VALUE_PARTS] = of_decode_parts,
    [OF_VALUE_DATE] = read_date,
    [OF_VALUE_BOOL] = read_bool,
    [OF_VALUE_INTEGER] = read_integer,
    [OF_VALUE_NUMBER] = read_number,
    [OF_VALUE_CHOICE] = read_choice,
    [OF_VALUE_EVENT_TYPE] = read_nothing,
    [OF_VALUE_VIEW_TYPE] = read_view_type,
    [OF_VALUE_COLOR] = of_decode_color,
    [OF_VALUE_URL] = of_decode_url,
    [OF_VALUE_MAPPINGS] = read_mappings,
    [OF_VALUE_MAP] = read_nothing,
};

void of_decode_value(OfDecoder *decoder, const OfSlot *slot)
{
    readers[slot->key->value](decoder, slot);
}
