/* Saved views: options of the command under their long names, and callouts. */
#include "model/decode.h"

/* What the items of a list option name. */
static guint32 named_kinds(const char *option)
{
    static const struct {
        const char *option;
        guint32 kinds;
    } rows[] = {
        {"group", OF_KIND_BIT(OF_ITEM_GROUP)},
        {"lab", OF_KIND_BIT(OF_ITEM_LAB)},
        {"person", OF_KIND_BIT(OF_ITEM_PERSON)},
        {"tag", OF_KINDS_TAG},
        {"order", OF_KIND_BIT(OF_ITEM_LAB)},
        {"highlight", OF_KIND_BIT(OF_ITEM_PERSON) | OF_KIND_BIT(OF_ITEM_LAB) | OF_KIND_BIT(OF_ITEM_EVENT) |
                          OF_KIND_BIT(OF_ITEM_STRATEGY) | OF_KIND_BIT(OF_ITEM_GROUP)},
    };
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        if (strcmp(rows[i].option, option) == 0) {
            return rows[i].kinds;
        }
    }
    return 0;
}

static bool set_option(OfDecoder *decoder, OfSavedView *view, const OfSlot *slot, const OfNode *node)
{
    g_autoptr(GError) error = NULL;
    if (of_options_set(view->options, slot->key->key, node->text, &error)) {
        return true;
    }
    OfPlace place = of_node_place(decoder->document, node);
    of_decode_fail(decoder, slot, "bad-value", &place, NULL, "%s", error->message);
    return false;
}

static void take_text(G_GNUC_UNUSED OfDecoder *decoder, G_GNUC_UNUSED const OfSlot *slot, const OfNode *item, GPtrArray *into)
{
    g_ptr_array_add(into, OF_MUTABLE(OfNode, item));
}

/* Whether the lists of all views, which are copied, stay as small as an input may be; otherwise reports it. */
static bool check_bytes(OfDecoder *decoder, const OfSlot *slot, const GPtrArray *items)
{
    for (guint i = 0; i < items->len; i++) {
        decoder->option_bytes += ((const OfNode *) items->pdata[i])->n + sizeof(gpointer);
    }
    if (decoder->option_bytes <= (guint64) decoder->limits->value[OF_LIMIT_INPUT_BYTES]) {
        return true;
    }
    OfPlace place = of_node_place(decoder->document, slot->node);
    OfDiagnostic *entry = of_decode_fail(decoder, slot, "limit-input-bytes", &place, NULL,
                                         "the lists of all views, with aliases written out, hold more bytes than the limit `%s`",
                                         of_limit_info(OF_LIMIT_INPUT_BYTES)->name);
    entry->kind = OF_KIND_LIMIT;
    return false;
}

/* A sequence: each item as it stands. */
static void read_sequence(OfDecoder *decoder, OfSavedView *view, const OfSlot *slot, guint row, guint32 kinds)
{
    g_autoptr(GPtrArray) items = g_ptr_array_new();
    of_decode_each(decoder, slot, slot->node, take_text, items);
    if (!check_bytes(decoder, slot, items)) {
        return;
    }
    for (guint i = 0; i < items->len; i++) {
        const OfNode *item = items->pdata[i];
        OfPlace place = of_node_place(decoder->document, item);
        gpointer found;
        of_decode_find(decoder, slot, kinds, item->text, &place, &found);
        items->pdata[i] = OF_MUTABLE(char, item->text);
    }
    of_options_add_items(view->options, row, (const char *const *) items->pdata, items->len);
}

/* A sequence of dates. */
static void read_dates(OfDecoder *decoder, OfSavedView *view, const OfSlot *slot)
{
    g_autoptr(GPtrArray) items = g_ptr_array_new();
    of_decode_each(decoder, slot, slot->node, take_text, items);
    for (guint i = 0; check_bytes(decoder, slot, items) && i < items->len; i++) {
        set_option(decoder, view, slot, items->pdata[i]);
    }
}

/* One scalar: names with commas between them, as on the command line. */
static void read_names(OfDecoder *decoder, OfSavedView *view, const OfSlot *slot, guint32 kinds)
{
    if (!set_option(decoder, view, slot, slot->node)) {
        return;
    }
    OfPlace place = of_node_place(decoder->document, slot->node);
    g_auto(GStrv) names = g_strsplit(slot->node->text, ",", -1);
    for (guint i = 0; names[i] != NULL; i++) {
        gpointer found;
        of_decode_find(decoder, slot, kinds, g_strstrip(names[i]), &place, &found);
    }
}

bool of_decode_option(OfDecoder *decoder, OfSavedView *view, const OfNodePair *pair)
{
    int row = of_option_find(pair->key);
    if (row < 0) {
        return false;
    }
    const OfOptionInfo *option = &of_option_table()[row];
    bool dates = option->kind == OF_OPTION_DATES, list = option->kind == OF_OPTION_LIST || dates;
    OfKeyInfo key = {.key = option->name, .value = list ? OF_VALUE_REFERENCES : OF_VALUE_TEXT, .events = OF_EVENTS_ALL};
    OfSlot slot = {.kind = OF_SCHEMA_VIEW, .events = OF_EVENTS_ALL, .key = &key, .node = &pair->value, .object = view};
    if (list && slot.node->type == OF_NODE_SEQUENCE) {
        dates ? read_dates(decoder, view, &slot) : read_sequence(decoder, view, &slot, (guint) row, named_kinds(option->name));
    } else if (of_decode_scalar(decoder, &slot, slot.node) != NULL) {
        if (list && !dates) {
            read_names(decoder, view, &slot, named_kinds(option->name));
        } else {
            set_option(decoder, view, &slot, slot.node);
        }
    }
    return true;
}

void of_decode_callouts(OfDecoder *decoder, const OfSlot *slot)
{
    OfSavedView *view = slot->object;
    const OfNode *node = slot->node;
    view->options->callouts = g_array_new(FALSE, TRUE, sizeof(OfCallout));
    for (guint i = 0; i < node->n && !decoder->stopped; i++) {
        if (of_decode_check_mapping(decoder, slot, &node->items[i])) {
            guint n_errors = decoder->n_errors;
            OfCallout callout = {.place = of_decode_mapping_place(decoder, &node->items[i])};
            of_decode_mapping(decoder, OF_SCHEMA_CALLOUT, OF_EVENTS_ALL, &node->items[i], &callout.place, &callout);
            if (decoder->n_errors == n_errors) {
                g_array_append_val(view->options->callouts, callout);
            }
        }
    }
}

void of_decode_view(OfDecoder *decoder, const OfPending *pending)
{
    OfSavedView *view = (OfSavedView *) (gpointer) pending->item;
    view->options = of_options_new();
    of_decode_mapping(decoder, OF_SCHEMA_VIEW, OF_EVENTS_ALL, pending->node, &view->item.place, view);
    of_decode_settle_confidence(&view->item, 0);
    if (view->item.name != NULL) {
        of_options_set(view->options, "title", view->item.name, NULL);
    }
    if (view->subtitle != NULL) {
        of_options_set(view->options, "subtitle", view->subtitle, NULL);
    }
}
