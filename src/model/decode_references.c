/* Readers of values that name other items, and what is said of names that nothing has. */
#include "model/decode.h"

#include "base/hash.h"
#include "base/prefetch.h"

/* How many candidates all hints of one run may be compared with: some seconds at most, however much of a large input is wrong. */
#define HINT_BUDGET 1000000

#define SHORTEST_SHARED_LIST 16 /* items */

typedef struct {
    OfItemKind refers;
    OfAnyList list;
} SharedList;

/* What one of several kinds of items is called, and the code of the problem that there is none. */
typedef struct {
    const char *noun, *code;
} UnknownWords;

static UnknownWords unknown_words(guint32 kinds)
{
    static const UnknownWords words[OF_ITEM_VIEW + 1] = {
        [OF_ITEM_STORY] = {"tag", "unknown-tag"},
        [OF_ITEM_SOURCE] = {"source", "unknown-source"},
        [OF_ITEM_STRATEGY] = {"strategy", "unknown-strategy"},
        [OF_ITEM_LAB] = {"lab", "unknown-lab"},
        [OF_ITEM_GROUP] = {"group", "unknown-group"},
        [OF_ITEM_PERSON] = {"person", "unknown-person"},
        [OF_ITEM_EVENT] = {"event", "unknown-event"},
    };
    bool single = (kinds & (kinds - 1)) == 0;
    return single ? words[g_bit_nth_lsf(kinds, -1)] : (UnknownWords){"item", "unknown-item"};
}

static bool is_known(const OfDecoder *decoder, guint32 kinds, const char *text, gpointer *item)
{
    for (guint kind = OF_ITEM_SOURCE; kind <= OF_ITEM_EVENT; kind++) {
        if ((kinds & OF_KIND_BIT(kind)) &&
            (*item = of_story_build_find(decoder->build, (OfItemKind) kind, text, strlen(text))) != NULL) {
            return true;
        }
    }
    return (kinds & OF_KINDS_TAG) && g_hash_table_contains(decoder->build->tags, text);
}

bool of_decode_find(OfDecoder *decoder, const OfSlot *slot, guint32 kinds, const char *text, const OfPlace *place, gpointer *item)
{
    *item = NULL;
    if (is_known(decoder, kinds, text, item)) {
        return true;
    }
    /* What was meant may stand where nothing could be read, or have a key that an error changed: both were said there. */
    bool excused = decoder->unsound && (kinds & OF_KIND_BIT(OF_ITEM_EVENT)) && strchr(text, ':') != NULL;
    for (guint kind = OF_ITEM_SOURCE; kind <= OF_ITEM_EVENT; kind++) {
        excused = excused || ((kinds & OF_KIND_BIT(kind)) && decoder->broken[kind]);
    }
    if (excused) {
        of_decode_count_error(decoder);
        return false;
    }
    UnknownWords words = unknown_words(kinds);
    g_autofree char *quoted = of_decode_quote(text);
    guint n_before = of_diagnostics_count(decoder->diagnostics);
    OfUnknown unknown = {of_decode_fail(decoder, slot, words.code, place, NULL, "unknown %s %s", words.noun, quoted), kinds, NULL,
                         slot->kind == OF_SCHEMA_ACCOUNT};
    if (of_diagnostics_count(decoder->diagnostics) > n_before) { /* through aliases, one place may be read often */
        unknown.text = of_arena_text(decoder->arena, text);
        g_array_append_val(decoder->unknown, unknown);
    }
    return false;
}

static gpointer find_node(OfDecoder *decoder, const OfSlot *slot, OfItemKind kind, const OfNode *node)
{
    if (node->n > (guint64) decoder->limits->value[OF_LIMIT_LABEL_BYTES]) {
        OfPlace place = of_node_place(decoder->document, node);
        of_decode_check_label_bytes(decoder, slot, node->n, &place);
        return NULL;
    }
    gpointer item = of_story_build_find(decoder->build, kind, node->text, node->n);
    if (item == NULL) {
        OfPlace place = of_node_place(decoder->document, node);
        of_decode_find(decoder, slot, OF_KIND_BIT(kind), node->text, &place, &item);
    }
    return item;
}

void of_decode_reference(OfDecoder *decoder, const OfSlot *slot)
{
    const OfNode *node = of_decode_scalar(decoder, slot, slot->node);
    if (node == NULL) {
        return;
    }
    OfItem *item = find_node(decoder, slot, slot->key->refers, node);
    of_pointer_store(of_slot_field(slot), item);
}

void of_decode_target(OfDecoder *decoder, const OfSlot *slot)
{
    const OfNode *node = of_decode_scalar(decoder, slot, slot->node);
    if (node == NULL) {
        return;
    }
    const OfItem *item = find_node(decoder, slot, slot->key->refers, node);
    of_pointer_store(of_slot_field(slot), item != NULL ? item->key : NULL);
}

static void take_reference(OfDecoder *decoder, const OfSlot *slot, const OfNode *node, GPtrArray *into)
{
    gpointer item = find_node(decoder, slot, slot->key->refers, node);
    if (item != NULL) {
        OF_PREFETCH(item); /* its id becomes part of the key */
        g_ptr_array_add(into, item);
    }
}

static int compare_ids(gconstpointer a, gconstpointer b)
{
    const OfItem *first = *(const OfItem *const *) a, *second = *(const OfItem *const *) b;
    return strcmp(first->id, second->id);
}

/* Sorts found items by id and keeps each once; the list is the arena's. */
static OfAnyList settle_list(OfDecoder *decoder, const OfSlot *slot, const OfNode *node, GPtrArray *items)
{
    if (items->len > 1) {
        g_ptr_array_sort(items, compare_ids);
    }
    guint n = 0;
    for (guint i = 0; i < items->len; i++) {
        if (n > 0 && items->pdata[n - 1] == items->pdata[i]) {
            const OfItem *item = items->pdata[i];
            OfPlace place = of_node_place(decoder->document, node);
            g_autofree char *subject = of_decode_subject(slot);
            of_diagnostics_add(decoder->diagnostics, OF_SEVERITY_WARNING, "repeated-reference", &place, NULL, "%s names `%s` twice",
                               subject, item->id);
        } else {
            items->pdata[n++] = items->pdata[i];
        }
    }
    return (OfAnyList){of_arena_copy(decoder->arena, items->pdata, n * sizeof(gpointer)), n};
}

/* The items that a node names, sorted. A long list that aliases repeat is read once. */
static OfAnyList read_list(OfDecoder *decoder, const OfSlot *slot, const OfNode *node)
{
    bool shared = node->type == OF_NODE_SEQUENCE && node->n >= SHORTEST_SHARED_LIST;
    const SharedList *known = shared ? g_hash_table_lookup(decoder->lists, node->items) : NULL;
    if (known != NULL && known->refers == slot->key->refers) {
        return known->list;
    }
    GPtrArray *items = decoder->scratch;
    guint n_before = of_diagnostics_count(decoder->diagnostics), n_errors = decoder->n_errors;
    g_ptr_array_set_size(items, 0);
    of_decode_each(decoder, slot, node, take_reference, items);
    OfAnyList list = settle_list(decoder, slot, node, items);
    if (shared && decoder->n_errors == n_errors && of_diagnostics_count(decoder->diagnostics) == n_before) {
        SharedList *entry = of_arena_take(decoder->arena, sizeof *entry);
        *entry = (SharedList){slot->key->refers, list};
        g_hash_table_insert(decoder->lists, OF_MUTABLE(OfNode, node->items), entry);
    }
    return list;
}

void of_decode_references(OfDecoder *decoder, const OfSlot *slot)
{
    OfAnyList list = read_list(decoder, slot, slot->node);
    memcpy(of_slot_field(slot), &list, sizeof list);
    if (slot->key->refers == OF_ITEM_SOURCE) {
        for (guint i = 0; i < list.n; i++) {
            ((OfSource *) list.items[i])->n_uses++;
        }
    }
    /* A lab may be founded by nobody in particular, and an event have no cause; but nobody cannot move. */
    bool optional =
        slot->kind != OF_SCHEMA_EVENT || slot->key->events == OF_EVENTS_ALL || slot->events == OF_EVENT_BIT(OF_EVENT_FOUND);
    if (!optional && slot->node->type == OF_NODE_SEQUENCE && slot->node->n == 0) {
        OfPlace place = of_node_place(decoder->document, slot->node);
        g_autofree char *subject = of_decode_subject(slot);
        of_decode_fail(decoder, slot, "empty-list", &place,
                       g_strdup_printf("leave `%s` out where there is nobody to name", slot->key->key), "%s is empty", subject);
    }
}

static int compare_parts(gconstpointer a, gconstpointer b)
{
    const OfSplitPart *first = *(const OfSplitPart *const *) a, *second = *(const OfSplitPart *const *) b;
    return strcmp(first->lab->item.id, second->lab->item.id);
}

/* Reports people who are named in more than one part. */
static void check_parts(OfDecoder *decoder, const OfSlot *slot, GPtrArray *everyone)
{
    g_ptr_array_sort(everyone, compare_ids);
    for (guint i = 1; i < everyone->len; i++) {
        if (everyone->pdata[i - 1] == everyone->pdata[i]) {
            OfPlace place = of_node_place(decoder->document, slot->node);
            g_autofree char *subject = of_decode_subject(slot);
            of_decode_fail(decoder, slot, "split-person", &place, NULL, "%s sends `%s` into two parts", subject,
                           ((const OfItem *) everyone->pdata[i])->id);
        }
    }
}

void of_decode_parts(OfDecoder *decoder, const OfSlot *slot)
{
    const OfNode *node = slot->node;
    if (node->type != OF_NODE_MAPPING) {
        if (of_node_is_null(node)) {
            of_decode_fail_null(decoder, slot, node);
        } else {
            of_decode_fail_type(decoder, slot, node);
        }
        return;
    }
    OfKeyInfo people_row = *slot->key;
    people_row.value = OF_VALUE_REFERENCES;
    people_row.refers = OF_ITEM_PERSON;
    OfSlot people = *slot;
    people.key = &people_row;
    g_autoptr(GPtrArray) parts = g_ptr_array_new();
    g_autoptr(GPtrArray) everyone = g_ptr_array_new();
    for (guint i = 0; i < node->n; i++) {
        const OfNodePair *pair = &node->pairs[i];
        OfPlace place = of_node_key_place(decoder->document, pair);
        gpointer lab;
        of_decode_find(decoder, slot, OF_KIND_BIT(OF_ITEM_LAB), pair->key, &place, &lab);
        OfAnyList list = of_node_is_null(&pair->value) ? (OfAnyList){NULL, 0} : read_list(decoder, &people, &pair->value);
        for (guint k = 0; k < list.n; k++) {
            g_ptr_array_add(everyone, list.items[k]);
        }
        if (lab != NULL) {
            OfSplitPart *part = of_arena_take(decoder->arena, sizeof *part);
            part->lab = lab;
            memcpy(&part->people, &list, sizeof list);
            g_ptr_array_add(parts, part);
        }
    }
    check_parts(decoder, slot, everyone);
    g_ptr_array_sort(parts, compare_parts);
    OfAnyList list = {of_arena_copy(decoder->arena, parts->pdata, parts->len * sizeof(gpointer)), parts->len};
    memcpy(of_slot_field(slot), &list, sizeof list);
}

/* What is known of one kind's ids while hints are given. */
typedef struct {
    GPtrArray *ids;    /* of texts */
    GHashTable *names; /* name -> the first id in byte order that has it */
} Candidates;

static void candidates_fill(Candidates *candidates, const OfDecoder *decoder, guint kind)
{
    candidates->ids = g_ptr_array_new();
    candidates->names = g_hash_table_new(of_text_hash, g_str_equal);
    if (OF_KIND_BIT(kind) == OF_KINDS_TAG) {
        GHashTableIter tags;
        gpointer tag;
        g_hash_table_iter_init(&tags, decoder->build->tags);
        while (g_hash_table_iter_next(&tags, &tag, NULL)) {
            g_ptr_array_add(candidates->ids, tag); /* in any order: the nearest is the same */
        }
        return;
    }
    const GArray *pending = decoder->pending[kind];
    for (guint i = 0; i < pending->len; i++) {
        const OfItem *item = g_array_index(pending, OfPending, i).item;
        if (item->id == NULL) {
            continue;
        }
        g_ptr_array_add(candidates->ids, OF_MUTABLE(char, item->id));
        const char *known = item->name != NULL ? g_hash_table_lookup(candidates->names, item->name) : NULL;
        if (item->name != NULL && (known == NULL || strcmp(item->id, known) < 0)) {
            g_hash_table_insert(candidates->names, OF_MUTABLE(char, item->name), OF_MUTABLE(char, item->id));
        }
    }
}

static void candidates_clear(Candidates *candidates)
{
    g_clear_pointer(&candidates->ids, g_ptr_array_unref);
    g_clear_pointer(&candidates->names, g_hash_table_unref);
}

static char *hint_of_kind(const OfDecoder *decoder, const char *text, guint kind, Candidates *candidates, gint64 *budget)
{
    if (candidates->ids == NULL) {
        candidates_fill(candidates, decoder, kind);
    }
    const char *named = g_hash_table_lookup(candidates->names, text);
    if (named != NULL) {
        return g_strdup_printf("did you mean `%s`?", named);
    }
    if (candidates->ids->len > *budget) {
        return NULL;
    }
    *budget -= candidates->ids->len;
    return of_hint_nearest(text, (const char *const *) candidates->ids->pdata, (gssize) candidates->ids->len);
}

static char *hint_for(const OfDecoder *decoder, const OfUnknown *unknown, Candidates *candidates, gint64 *budget)
{
    gpointer item;
    for (guint kind = OF_ITEM_SOURCE; kind <= OF_ITEM_EVENT; kind++) {
        if (is_known(decoder, OF_KIND_BIT(kind), unknown->text, &item)) {
            return g_strdup_printf("`%s` is the id of %s", unknown->text,
                                   of_schema_kind_words(of_schema_of_item((OfItemKind) kind)));
        }
    }
    OfDate date;
    if (unknown->in_account && of_date_parse(unknown->text, &date, NULL)) {
        return g_strdup("`from` and `to` of an account are labs, as in a `move`; the rival day is its `date`");
    }
    char *hint = NULL;
    for (guint kind = OF_ITEM_STORY; hint == NULL && kind <= OF_ITEM_EVENT; kind++) {
        if (unknown->kinds & OF_KIND_BIT(kind)) {
            hint = hint_of_kind(decoder, unknown->text, kind, &candidates[kind], budget);
        }
    }
    return hint;
}

void of_decode_hint_unknown(OfDecoder *decoder)
{
    Candidates candidates[OF_ITEM_EVENT + 1] = {{NULL, NULL}};
    gint64 budget = HINT_BUDGET;
    for (guint i = 0; i < decoder->unknown->len; i++) {
        const OfUnknown *unknown = &g_array_index(decoder->unknown, OfUnknown, i);
        if (unknown->diagnostic->hint == NULL) {
            unknown->diagnostic->hint = hint_for(decoder, unknown, candidates, &budget);
        }
    }
    for (guint kind = 0; kind < G_N_ELEMENTS(candidates); kind++) {
        candidates_clear(&candidates[kind]);
    }
}
