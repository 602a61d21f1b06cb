/* Stage 1: from documents to declared items. See decode.h for the steps. */
#include "model/decode.h"

#include "base/hash.h"
#include "base/keyed.h"
#include "base/prefetch.h"

/* What is known of a kind of items while they are declared. */
typedef struct {
    OfItemKind item;
    gsize size;
} ItemForm;

static const ItemForm forms[OF_N_SCHEMA_KINDS] = {
    [OF_SCHEMA_SOURCE] = {OF_ITEM_SOURCE, sizeof(OfSource)}, [OF_SCHEMA_STRATEGY] = {OF_ITEM_STRATEGY, sizeof(OfStrategy)},
    [OF_SCHEMA_LAB] = {OF_ITEM_LAB, sizeof(OfLab)},          [OF_SCHEMA_GROUP] = {OF_ITEM_GROUP, sizeof(OfGroup)},
    [OF_SCHEMA_PERSON] = {OF_ITEM_PERSON, sizeof(OfPerson)}, [OF_SCHEMA_EVENT] = {OF_ITEM_EVENT, sizeof(OfEvent)},
    [OF_SCHEMA_CLAIM] = {OF_ITEM_CLAIM, sizeof(OfClaim)},    [OF_SCHEMA_VIEW] = {OF_ITEM_VIEW, sizeof(OfSavedView)},
};

static bool check_limit(OfDecoder *decoder, OfLimitId limit, const char *code, guint64 n, const OfPlace *place)
{
    gint64 most = decoder->limits->value[limit];
    if (n <= (guint64) most) {
        return true;
    }
    const char *name = of_limit_info(limit)->name;
    char *hint = g_strdup_printf("`--limit %s=%" G_GUINT64_FORMAT "` would let them through", name, n);
    OfDiagnostic *entry = of_decode_fail(decoder, NULL, code, place, hint,
                                         "there are %" G_GUINT64_FORMAT " %s, over the limit of %" G_GINT64_FORMAT, n, name, most);
    entry->kind = OF_KIND_LIMIT;
    decoder->stopped = true;
    return false;
}

bool of_decode_check_events(OfDecoder *decoder, guint64 more, const OfPlace *place)
{
    decoder->n_dated += more;
    return check_limit(decoder, OF_LIMIT_EVENTS, "limit-events", decoder->n_dated, place);
}

/* Whether there is room for the items of a section. */
static bool check_room(OfDecoder *decoder, OfItemKind kind, const OfNode *node)
{
    OfPlace place = of_decode_mapping_place(decoder, node);
    switch (kind) {
    case OF_ITEM_EVENT:
        return of_decode_check_events(decoder, node->n, &place);
    case OF_ITEM_PERSON:
        return check_limit(decoder, OF_LIMIT_PEOPLE, "limit-people", (guint64) decoder->pending[kind]->len + node->n, &place);
    default:
        return true;
    }
}

/* Enters an item; one whose id is taken is read all the same, for what else is wrong with it. */
static void declare_item(OfDecoder *decoder, const OfSlot *slot, OfItem *item, const OfNode *node)
{
    OfItemKind kind = forms[slot->key->holds].item;
    OfPending pending = {.item = item, .node = node, .document = decoder->document};
    item->key = item->id;
    item->order = decoder->pending[kind]->len;
    if (item->id != NULL) {
        OfTextEntry *entry = of_text_table_claim(&decoder->build->by_id[kind], item->id, strlen(item->id));
        const OfItem *first = entry->value;
        if (first == NULL) {
            entry->value = item;
        } else {
            OfDiagnostic *said = of_decode_fail(decoder, slot, "duplicate-id", &item->place, NULL, "duplicate %s `%s`",
                                                of_kind_name(kind), item->id);
            said->other = first->place;
            pending.duplicate = true;
        }
    }
    g_array_append_val(decoder->pending[kind], pending);
}

/* Whether a section is of the type it should be; otherwise what it would define is not missed later. */
static bool check_section(OfDecoder *decoder, const OfSlot *slot, OfNodeType type)
{
    if (slot->node->type == type) {
        return true;
    }
    decoder->broken[forms[slot->key->holds].item] = true;
    if (of_node_is_null(slot->node)) {
        of_decode_fail_null(decoder, slot, slot->node);
    } else {
        of_decode_fail_type(decoder, slot, slot->node);
    }
    return false;
}

/* Nothing, for an item that has no mapping of its own: it is declared all the same, so that it is not missed. */
static const OfNode no_keys = {.type = OF_NODE_MAPPING, .line = 1, .column = 1, .width = 1};

/* A date as a number, near enough for days, months and years in their usual form to be in order. */
static guint64 rough_date(const OfNode *item)
{
    const OfNodePair *pair = of_node_get(item, "date");
    guint64 number = 0;
    guint n = 0;
    for (const char *at = pair != NULL && pair->value.type == OF_NODE_SCALAR ? pair->value.text : ""; *at != '\0' && n < 8; at++) {
        if (g_ascii_isdigit(*at)) {
            number = number * 10 + (guint64) (*at - '0');
            n++;
        }
    }
    for (; n < 8; n++) {
        number *= 10;
    }
    return number;
}

#define SOON  8 /* items */
#define LATER 16

/* How many bytes all keys of a mapping begin with. */
static gsize common_start(const OfNode *node)
{
    gsize start = G_MAXSIZE;
    for (guint i = 0; i < node->n && start > 0; i++) {
        if (i + SOON < node->n) {
            OF_PREFETCH(node->pairs[i + SOON].key);
        }
        start = of_key_common_start(node->pairs[0].key, node->pairs[i].key, start);
    }
    return start;
}

/* Memory for the items of a section: the i-th is to lie at [i]. What comes later walks over items in the order of their ids, or
 * of their dates, and is several times as fast where they lie in that order; where they end up makes no other difference. Owned
 * by the caller, the items are the arena's. */
static OfItem **place_items(OfDecoder *decoder, const OfNode *node, gsize size)
{
    char *structs = of_arena_take(decoder->arena, size * node->n);
    g_autofree OfKeyed *order = g_new(OfKeyed, node->n);
    const gsize start = node->type == OF_NODE_MAPPING ? common_start(node) : 0;
    for (guint i = 0; i < node->n; i++) {
        if (node->type == OF_NODE_MAPPING && i + SOON < node->n) {
            OF_PREFETCH(node->pairs[i + SOON].key);
        }
        const guint64 key =
            node->type == OF_NODE_MAPPING ? of_key_from_text(node->pairs[i].key + start) : rough_date(&node->items[i]);
        order[i] = (OfKeyed){GUINT_TO_POINTER(i), key};
    }
    of_keyed_sort(order, node->n);
    OfItem **items = g_new(OfItem *, node->n);
    for (guint i = 0; i < node->n; i++) {
        items[GPOINTER_TO_UINT(order[i].item)] = (OfItem *) (gpointer) (structs + size * i);
    }
    return items;
}

static void reserve_pending(const OfDecoder *decoder, OfItemKind kind, guint n)
{
    GArray *pending = decoder->pending[kind];
    const guint n_before = pending->len;
    g_array_set_size(pending, n_before + n);
    g_array_set_size(pending, n_before);
}

static void declare_map(OfDecoder *decoder, const OfSlot *slot)
{
    const OfNode *node = slot->node;
    const ItemForm *form = &forms[slot->key->holds];
    if (!check_section(decoder, slot, OF_NODE_MAPPING) || !check_room(decoder, form->item, node)) {
        return;
    }
    of_text_table_reserve(&decoder->build->by_id[form->item], node->n);
    reserve_pending(decoder, form->item, node->n);
    g_autofree OfItem **items = place_items(decoder, node, form->size);
    for (guint i = 0; i < node->n && !decoder->stopped; i++) {
        const OfNodePair *pair = &node->pairs[i];
        const OfNode *value = &pair->value;
        OfItem *item = items[i];
        if (i + LATER < node->n) {
            OF_PREFETCH(node->pairs[i + LATER].key);
        }
        if (i + SOON < node->n) {
            const char *next = node->pairs[i + SOON].key;
            of_text_table_expect(&decoder->build->by_id[form->item], next, strlen(next));
        }
        item->place = of_decode_key_place(decoder, pair);
        if (!of_id_is_valid(pair->key)) {
            item->place = of_node_key_place(decoder->document, pair);
        }
        of_decode_check_id(decoder, slot, pair->key, strlen(pair->key), &item->place);
        item->id = of_arena_text(decoder->arena, pair->key);
        if (value->type != OF_NODE_MAPPING) {
            OfPlace place = of_node_is_null(value) ? item->place : of_node_place(decoder->document, value);
            g_autofree char *quoted = of_decode_quote(pair->key);
            char *hint = of_node_is_null(value) ? g_strdup_printf("write %s: {}", pair->key) : NULL;
            of_decode_fail(decoder, slot, of_node_is_null(value) ? "null-value" : "wrong-type", &place, hint,
                           "%s %s is %s where a mapping belongs", of_kind_name(form->item), quoted, of_node_describe(value));
            value = &no_keys;
        }
        declare_item(decoder, slot, item, value);
    }
}

/* The `id` of an item of a sequence, if it has one. */
static void read_own_id(OfDecoder *decoder, OfSchemaKind kind, const OfNode *node, OfItem *item)
{
    const OfNodePair *pair = of_node_get(node, "id");
    if (pair == NULL) {
        return;
    }
    OfSlot slot = {
        .kind = kind, .events = OF_EVENTS_ALL, .key = of_schema_find_key(kind, OF_EVENTS_ALL, "id"), .node = &pair->value};
    const OfNode *scalar = of_decode_scalar(decoder, &slot, slot.node);
    if (scalar != NULL) {
        item->place = of_node_place(decoder->document, scalar);
        of_decode_check_id(decoder, &slot, scalar->text, scalar->n, &item->place);
        item->id = of_arena_text_n(decoder->arena, scalar->text, scalar->n);
    }
}

static void declare_sequence(OfDecoder *decoder, const OfSlot *slot)
{
    const OfNode *node = slot->node;
    const ItemForm *form = &forms[slot->key->holds];
    if (!check_section(decoder, slot, OF_NODE_SEQUENCE) || !check_room(decoder, form->item, node)) {
        return;
    }
    reserve_pending(decoder, form->item, node->n);
    g_autofree OfItem **items = place_items(decoder, node, form->size);
    for (guint i = 0; i < node->n && !decoder->stopped; i++) {
        const OfNode *value = &node->items[i];
        if (!of_decode_check_mapping(decoder, slot, value)) {
            decoder->broken[form->item] = true;
            continue;
        }
        OfItem *item = items[i];
        item->place = of_decode_mapping_place(decoder, value);
        read_own_id(decoder, slot->key->holds, value, item);
        declare_item(decoder, slot, item, value);
    }
}

/* Whether the file begins with the version that this program reads. */
static bool check_version(OfDecoder *decoder, const OfNode *root)
{
    const OfNodePair *pair = of_node_get(root, "orgflow");
    OfSlot slot = {
        .kind = OF_SCHEMA_FILE, .events = OF_EVENTS_ALL, .key = of_schema_find_key(OF_SCHEMA_FILE, OF_EVENTS_ALL, "orgflow")};
    if (pair == NULL) {
        OfPlace place = of_decode_mapping_place(decoder, root);
        of_decode_fail(decoder, &slot, "missing-version", &place, g_strdup("begin the file with `orgflow: 1`"),
                       "the file does not say which version of the format it is in");
        return true;
    }
    slot.node = &pair->value;
    const OfNode *node = of_decode_scalar(decoder, &slot, slot.node);
    gint64 version;
    if (node == NULL || (of_node_get_integer(node, &version) && version == 1)) {
        return true;
    }
    OfPlace place = of_node_place(decoder->document, node);
    g_autofree char *quoted = of_decode_quote(node->text);
    of_decode_fail(decoder, &slot, "wrong-version", &place, g_strdup("write `orgflow: 1`"), "this program reads version 1, not %s",
                   quoted);
    return false;
}

/* `title`, `subtitle` and `lang`: each in one file only. */
static void read_once(OfDecoder *decoder, const OfSlot *slot, const OfPlace *key_place)
{
    OfPlace *first = g_hash_table_lookup(decoder->said, slot->key);
    if (first != NULL) {
        OfDiagnostic *entry =
            of_decode_fail(decoder, slot, "said-twice", key_place, NULL, "`%s` stands in two files", slot->key->key);
        entry->other = *first;
        return;
    }
    g_hash_table_insert(decoder->said, OF_MUTABLE(OfKeyInfo, slot->key),
                        of_arena_copy(decoder->arena, key_place, sizeof *key_place));
    of_decode_value(decoder, slot);
}

/* Nothing of a file could be read: whatever it would define is not missed. */
static void give_up_document(OfDecoder *decoder)
{
    for (guint kind = 0; kind <= OF_ITEM_VIEW; kind++) {
        decoder->broken[kind] = true;
    }
}

static void declare_document(OfDecoder *decoder)
{
    const OfNode *root = of_document_root(decoder->document);
    if (root->type != OF_NODE_MAPPING) {
        OfPlace place = of_node_place(decoder->document, root);
        of_decode_fail(decoder, NULL, "wrong-type", &place, g_strdup("it begins with `orgflow: 1`"),
                       "a file holds a mapping, not %s", of_node_describe(root));
        give_up_document(decoder);
        return;
    }
    if (!check_version(decoder, root)) {
        give_up_document(decoder); /* its keys may mean anything */
        return;
    }
    for (guint i = 0; i < root->n && !decoder->stopped; i++) {
        const OfNodePair *pair = &root->pairs[i];
        const OfKeyInfo *row = of_decode_find_key(decoder, OF_SCHEMA_FILE, OF_EVENTS_ALL, pair->key);
        if (row == NULL) {
            of_decode_unknown_key(decoder, OF_SCHEMA_FILE, OF_EVENTS_ALL, pair);
            continue;
        }
        OfSlot slot = {
            .kind = OF_SCHEMA_FILE, .events = OF_EVENTS_ALL, .key = row, .node = &pair->value, .object = &decoder->build->story};
        OfPlace place = of_decode_key_place(decoder, pair);
        if (row->value == OF_VALUE_MAP) {
            declare_map(decoder, &slot);
        } else if (row->value == OF_VALUE_MAPPINGS) {
            declare_sequence(decoder, &slot);
        } else if (row->value != OF_VALUE_VERSION) {
            read_once(decoder, &slot, &place);
        }
    }
}

static void read_item(OfDecoder *decoder, OfSchemaKind kind, OfPending *pending)
{
    guint n_errors = decoder->n_errors;
    OfItem *item = pending->item;
    decoder->document = pending->document;
    if (kind == OF_SCHEMA_VIEW) {
        of_decode_view(decoder, pending);
    } else if (kind == OF_SCHEMA_EVENT) {
        OfEvent *event = (OfEvent *) (gpointer) item;
        event->type = of_decode_event_type(decoder, pending->node);
        guint32 events = event->type != OF_N_EVENT_TYPES ? OF_EVENT_BIT(event->type) : OF_EVENTS_ALL;
        of_decode_mapping(decoder, kind, events, pending->node, &item->place, event);
        of_decode_finish_event(decoder, event);
        of_decode_settle_confidence(item, event->accounts.n);
    } else {
        of_decode_mapping(decoder, kind, OF_EVENTS_ALL, pending->node, &item->place, item);
        of_decode_settle_confidence(item, 0);
    }
    pending->flawed = decoder->n_errors > n_errors;
}

/* The first of the people that an event names, as far as that is easily seen, or NULL. */
static const OfNode *first_person(const OfNode *event)
{
    const OfNodePair *pair = of_node_get(event, "people");
    const OfNode *first = pair != NULL && pair->value.type == OF_NODE_SEQUENCE && pair->value.n > 0 ? &pair->value.items[0] : NULL;
    return first != NULL && first->type == OF_NODE_SCALAR ? first : NULL;
}

/* Asks for what reading the events behind the i-th will need: first for where whom they name is looked up, then for who is found
 * there, whose id becomes part of the event's key. */
static void expect_people(const OfDecoder *decoder, const GArray *events, guint i)
{
    const OfTextTable *people = &decoder->build->by_id[OF_ITEM_PERSON];
    if (i + SOON < events->len) {
        const OfNode *later = first_person(g_array_index(events, OfPending, i + SOON).node);
        if (later != NULL) {
            of_text_table_expect(people, later->text, later->n);
        }
        const OfNode *next = first_person(g_array_index(events, OfPending, i + SOON / 2).node);
        const OfTextEntry *found = next != NULL ? of_text_table_look_up(people, next->text, next->n) : NULL;
        if (found != NULL) {
            OF_PREFETCH(found->value);
            OF_PREFETCH(found->text);
        }
    }
}

static void read_items(OfDecoder *decoder, OfSchemaKind kind)
{
    GArray *pending = decoder->pending[forms[kind].item];
    for (guint i = 0; i < pending->len && !decoder->stopped; i++) {
        if (kind == OF_SCHEMA_EVENT) {
            expect_people(decoder, pending, i);
        }
        read_item(decoder, kind, &g_array_index(pending, OfPending, i));
    }
}

static int compare_ids(gconstpointer a, gconstpointer b)
{
    const OfItem *first = *(const OfItem *const *) a, *second = *(const OfItem *const *) b;
    return strcmp(first->id, second->id);
}

static const char *id_of(gconstpointer item)
{
    return ((const OfItem *) item)->id;
}

static void sort_by_id(gpointer *items, guint n)
{
    g_autofree OfKeyed *keyed = g_new(OfKeyed, n);
    for (guint i = 0; i < n; i++) {
        keyed[i] = (OfKeyed){.item = items[i]};
    }
    of_keyed_sort_by_text(keyed, n, id_of, compare_ids);
    for (guint i = 0; i < n; i++) {
        items[i] = keyed[i].item;
    }
}

/* The items of a kind that stay, sorted by id or in the order of the files. */
static OfAnyList list_items(const OfDecoder *decoder, OfItemKind kind, bool sorted)
{
    const GArray *pending = decoder->pending[kind];
    g_autoptr(GPtrArray) items = g_ptr_array_sized_new(pending->len);
    for (guint i = 0; i < pending->len; i++) {
        if (!g_array_index(pending, OfPending, i).duplicate) {
            g_ptr_array_add(items, g_array_index(pending, OfPending, i).item);
        }
    }
    if (sorted) {
        sort_by_id(items->pdata, items->len);
    }
    return (OfAnyList){of_arena_copy(decoder->arena, items->pdata, items->len * sizeof(gpointer)), items->len};
}

static void list_all(OfDecoder *decoder)
{
    static const struct {
        OfItemKind kind;
        gsize offset;
        bool sorted;
    } lists[] = {
        {OF_ITEM_SOURCE, offsetof(OfStory, sources), true}, {OF_ITEM_STRATEGY, offsetof(OfStory, strategies), true},
        {OF_ITEM_LAB, offsetof(OfStory, labs), true},       {OF_ITEM_GROUP, offsetof(OfStory, groups), true},
        {OF_ITEM_PERSON, offsetof(OfStory, people), true},  {OF_ITEM_VIEW, offsetof(OfStory, views), false},
    };
    for (guint i = 0; i < G_N_ELEMENTS(lists); i++) {
        OfAnyList list = list_items(decoder, lists[i].kind, lists[i].sorted);
        memcpy((char *) &decoder->build->story + lists[i].offset, &list, sizeof list);
    }
}

static void decoder_init(OfDecoder *decoder, OfStoryBuild *build, const OfLimits *limits, const char *const *known_views,
                         OfDiagnostics *diagnostics)
{
    decoder->build = build;
    decoder->arena = build->arena;
    decoder->limits = limits;
    decoder->known_views = known_views;
    decoder->diagnostics = diagnostics;
    for (guint kind = 0; kind <= OF_ITEM_VIEW; kind++) {
        decoder->pending[kind] = g_array_new(FALSE, FALSE, sizeof(OfPending));
    }
    decoder->patterns = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify) g_regex_unref);
    decoder->texts = g_hash_table_new(NULL, NULL);
    decoder->lists = g_hash_table_new(NULL, NULL);
    decoder->said = g_hash_table_new(NULL, NULL);
    decoder->scratch = g_ptr_array_new();
    decoder->key = g_string_new(NULL);
    decoder->unknown = g_array_new(FALSE, FALSE, sizeof(OfUnknown));
}

static void decoder_clear(OfDecoder *decoder)
{
    const GArray *views = decoder->pending[OF_ITEM_VIEW];
    for (guint i = 0; i < views->len; i++) {
        const OfPending *pending = &g_array_index(views, OfPending, i);
        if (pending->duplicate) { /* all others are freed with the story */
            OfSavedView *view = (OfSavedView *) (gpointer) pending->item;
            g_clear_pointer(&view->options, of_options_free);
        }
    }
    for (guint kind = 0; kind <= OF_ITEM_VIEW; kind++) {
        g_array_unref(decoder->pending[kind]);
    }
    g_hash_table_unref(decoder->patterns);
    g_hash_table_unref(decoder->said);
    g_hash_table_unref(decoder->texts);
    g_hash_table_unref(decoder->lists);
    g_ptr_array_unref(decoder->scratch);
    g_string_free(decoder->key, TRUE);
    g_array_unref(decoder->unknown);
    g_free(decoder->rule_rows);
}

static void decode_items(OfDecoder *decoder)
{
    static const OfSchemaKind order[] = {OF_SCHEMA_SOURCE, OF_SCHEMA_STRATEGY, OF_SCHEMA_LAB,  OF_SCHEMA_GROUP,
                                         OF_SCHEMA_PERSON, OF_SCHEMA_EVENT,    OF_SCHEMA_CLAIM};
    for (guint i = 0; i < G_N_ELEMENTS(order); i++) {
        read_items(decoder, order[i]);
    }
    list_all(decoder);
    if (!decoder->stopped) {
        of_decode_finish_people(decoder);
        of_decode_finish_events(decoder);
        of_decode_finish_claims(decoder);
        read_items(decoder, OF_SCHEMA_VIEW);
    }
    of_decode_hint_unknown(decoder);
}

bool of_story_decode(OfStoryBuild *build, OfDocument *const *documents, guint n_documents, const OfLimits *limits,
                     const char *const *known_views, OfDiagnostics *diagnostics)
{
    g_autofree OfDecoder *decoder = g_new0(OfDecoder, 1);
    decoder_init(decoder, build, limits, known_views, diagnostics);
    for (guint i = 0; i < n_documents && !decoder->stopped; i++) {
        decoder->document = documents[i];
        declare_document(decoder);
    }
    if (!decoder->stopped) {
        decode_items(decoder);
    }
    if (build->story.lang == NULL) {
        build->story.lang = "en";
    }
    bool sound = !decoder->unsound;
    decoder_clear(decoder);
    return sound;
}
