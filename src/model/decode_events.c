/* What is made of declared events and claims: types, keys, order, causes and effects. */
#include "model/decode.h"

#include "base/keyed.h"

OfEventType of_decode_event_type(OfDecoder *decoder, const OfNode *node)
{
    const OfNodePair *pair = of_node_get(node, "type");
    if (pair == NULL) {
        return OF_N_EVENT_TYPES; /* missing: the table says so */
    }
    OfSlot slot = {.kind = OF_SCHEMA_EVENT,
                   .events = OF_EVENTS_ALL,
                   .key = of_schema_find_key(OF_SCHEMA_EVENT, OF_EVENTS_ALL, "type"),
                   .node = &pair->value};
    const OfNode *scalar = of_decode_scalar(decoder, &slot, slot.node);
    if (scalar == NULL) {
        return OF_N_EVENT_TYPES;
    }
    const char *names[OF_N_EVENT_TYPES + 1] = {NULL};
    for (guint i = 0; i < OF_N_EVENT_TYPES; i++) {
        names[i] = of_event_type_info((OfEventType) i)->name;
        if (strcmp(names[i], scalar->text) == 0) {
            return (OfEventType) i;
        }
    }
    OfPlace place = of_node_place(decoder->document, scalar);
    g_autofree char *quoted = of_decode_quote(scalar->text);
    char *hint = of_hint_nearest(scalar->text, names, OF_N_EVENT_TYPES);
    if (hint == NULL) {
        g_autofree char *all = g_strjoinv(", ", OF_MUTABLE(char *, names));
        hint = g_strdup_printf("the types are %s", all);
    }
    of_decode_fail(decoder, &slot, "unknown-event-type", &place, hint, "unknown type of event %s", quoted);
    return OF_N_EVENT_TYPES;
}

/* What is wrong between the values of an event, or NULL. */
static const char *event_flaw(const OfEvent *event)
{
    bool other = false; /* a lab besides the event's own */
    switch (event->type) {
    case OF_EVENT_MOVE:
    case OF_EVENT_TRANSFER:
        return event->from != NULL && event->from == event->to ? "`from` and `to` are the same lab" : NULL;
    case OF_EVENT_SHIFT:
        return event->from_strategy != NULL && event->from_strategy == event->to_strategy ? "`from` and `to` are the same strategy"
                                                                                          : NULL;
    case OF_EVENT_FOUND:
        return event->from != NULL && event->from == event->lab ? "the founders cannot come from the lab itself" : NULL;
    case OF_EVENT_CLOSE:
        return event->to != NULL && event->to == event->lab ? "people cannot move to the lab that closes" : NULL;
    case OF_EVENT_MERGE:
        return event->labs.n == 1 && event->to == event->labs.items[0] ? "a lab cannot merge with itself alone" : NULL;
    case OF_EVENT_SPLIT:
        for (guint i = 0; i < event->into.n; i++) {
            other = other || event->into.items[i]->lab != event->lab;
        }
        return event->lab != NULL && !other ? "`into` names no other lab" : NULL;
    default:
        return NULL;
    }
}

void of_decode_set_account_keys(OfDecoder *decoder, const char *owner, OfAnyList accounts)
{
    for (guint i = 0; i < accounts.n; i++) {
        g_autofree char *key = g_strdup_printf("%s:account:%u", owner, i + 1);
        ((OfAccount *) accounts.items[i])->item.key = of_arena_text(decoder->arena, key);
    }
}

#define MOST_KEY_BYTES 300 /* of the people in a key */

/* `type:who:date`: who are the people, else the lab, else `to`, else `from`. Of very many people, the first ones and how many
 * more. */
static const char *event_base_key(OfDecoder *decoder, const OfEvent *event)
{
    GString *key = decoder->key;
    g_string_assign(key, of_event_type_info(event->type)->name);
    const OfLab *lab = event->lab != NULL ? event->lab : event->to != NULL ? event->to : event->from;
    for (guint i = 0; i < event->people.n; i++) {
        g_string_append_c(key, i == 0 ? ':' : '+');
        if (i > 0 && key->len + strlen(event->people.items[i]->item.id) > MOST_KEY_BYTES) {
            g_string_append_printf(key, "%u-more", event->people.n - i);
            break;
        }
        g_string_append(key, event->people.items[i]->item.id);
    }
    if (event->people.n == 0) {
        g_string_append_c(key, ':');
        g_string_append(key, lab != NULL ? lab->item.id : "?");
    }
    char date[OF_DATE_TEXT_SIZE] = "?";
    if (of_date_is_set(&event->date)) {
        of_date_write(&event->date, date);
    }
    g_string_append_c(key, ':');
    g_string_append(key, date);
    return of_arena_text_n(decoder->arena, key->str, key->len);
}

void of_decode_finish_event(OfDecoder *decoder, OfEvent *event)
{
    if (event->item.id == NULL && event->type != OF_N_EVENT_TYPES) {
        event->item.key = event_base_key(decoder, event);
    }
    const char *flaw = event_flaw(event);
    if (flaw != NULL) {
        of_decode_fail(decoder, NULL, "impossible-event", &event->item.place, NULL, "%s", flaw);
    }
    for (guint i = 0; i < event->because.n; i++) {
        if (event->because.items[i] == event) {
            of_decode_fail(decoder, NULL, "self-cause", &event->item.place, NULL, "`%s` names itself under `because`",
                           event->item.id);
        }
    }
}

static int compare_days(const OfEvent *a, const OfEvent *b)
{
    if (a->date.first != b->date.first) {
        return a->date.first < b->date.first ? -1 : 1;
    }
    return (a->date.last > b->date.last) - (a->date.last < b->date.last);
}

static int compare_events_by_key(gconstpointer a, gconstpointer b)
{
    const OfEvent *first = *(const OfEvent *const *) a, *second = *(const OfEvent *const *) b;
    int order = compare_days(first, second);
    return order != 0 ? order : strcmp(first->item.key, second->item.key);
}

static int compare_places(const OfPlace *a, const OfPlace *b)
{
    int order = g_strcmp0(a->text != NULL ? a->text->name : NULL, b->text != NULL ? b->text->name : NULL);
    if (order == 0) {
        order = (a->line > b->line) - (a->line < b->line);
    }
    return order != 0 ? order : (a->column > b->column) - (a->column < b->column);
}

/* Days and keys first; what ties there, by content; what says just the same, by place, so that messages do not vary. */
static int compare_events(gconstpointer a, gconstpointer b)
{
    const OfEvent *first = *(const OfEvent *const *) a, *second = *(const OfEvent *const *) b;
    int order = compare_events_by_key(a, b);
    if (order == 0) {
        order = of_decode_compare(OF_SCHEMA_EVENT, OF_EVENT_BIT(first->type), first, second);
    }
    return order != 0 ? order : compare_places(&first->item.place, &second->item.place);
}

static int compare_claims(gconstpointer a, gconstpointer b)
{
    const OfClaim *first = *(const OfClaim *const *) a, *second = *(const OfClaim *const *) b;
    int order = strcmp(first->item.key, second->item.key);
    if (order == 0) {
        order = of_decode_compare(OF_SCHEMA_CLAIM, OF_EVENTS_ALL, first, second);
    }
    return order != 0 ? order : compare_places(&first->item.place, &second->item.place);
}

/* Items of a kind that gave errors: a set of borrowed OfItem. */
static GHashTable *collect_flawed(const OfDecoder *decoder, OfItemKind kind)
{
    GHashTable *flawed = g_hash_table_new(NULL, NULL);
    const GArray *pending = decoder->pending[kind];
    for (guint i = 0; i < pending->len; i++) {
        const OfPending *entry = &g_array_index(pending, OfPending, i);
        if (entry->flawed) {
            g_hash_table_add(flawed, entry->item);
        }
    }
    return flawed;
}

static void warn_of_duplicate(OfDecoder *decoder, OfSchemaKind kind, const OfItem *before, const OfItem *item, const char *base)
{
    const char *code = kind == OF_SCHEMA_EVENT ? "duplicate-event" : "duplicate-claim";
    OfDiagnostic *entry = of_diagnostics_add(decoder->diagnostics, OF_SEVERITY_WARNING, code, &item->place,
                                             g_strdup("give each an id where they are two"), "`%s` is said twice", base);
    entry->other = before->place;
}

/* Numbers the items from..to-1, which have the same key, and warns of those that say just the same. Of those with errors nobody
 * knows what they say. */
static void number_ties(OfDecoder *decoder, GPtrArray *items, guint from, guint to, OfSchemaKind kind, guint32 events,
                        GHashTable *flawed)
{
    const char *base = ((const OfItem *) items->pdata[from])->key;
    const OfItem *before = NULL;
    for (guint i = from; i < to; i++) {
        OfItem *item = items->pdata[i];
        if (!g_hash_table_contains(flawed, item)) {
            if (before != NULL && of_decode_compare(kind, events, before, item) == 0) {
                warn_of_duplicate(decoder, kind, before, item, base);
            }
            before = item;
        }
        if (i == from) {
            continue;
        }
        g_autofree char *key = g_strdup_printf("%s#%u", base, i - from + 1);
        item->key = of_arena_text(decoder->arena, key);
    }
}

static bool same_key(const OfItem *a, const OfItem *b)
{
    return a->id == NULL && b->id == NULL && strcmp(a->key, b->key) == 0;
}

/* Numbers all ties in sorted items and puts them into the order of their new keys. */
static void settle_keys(OfDecoder *decoder, GPtrArray *items, OfSchemaKind kind, GCompareFunc compare)
{
    g_autoptr(GHashTable) flawed = collect_flawed(decoder, kind == OF_SCHEMA_EVENT ? OF_ITEM_EVENT : OF_ITEM_CLAIM);
    bool disordered = false;
    for (guint from = 0, to; from < items->len; from = to) {
        to = from + 1;
        while (to < items->len && same_key(items->pdata[from], items->pdata[to])) {
            to++;
        }
        if (to > from + 1) {
            guint32 events = kind == OF_SCHEMA_EVENT ? OF_EVENT_BIT(((const OfEvent *) items->pdata[from])->type) : OF_EVENTS_ALL;
            number_ties(decoder, items, from, to, kind, events, flawed);
            disordered = disordered || to - from >= 10; /* `#10` stands before `#2` */
        }
    }
    if (disordered) {
        g_ptr_array_sort(items, compare);
    }
}

static int compare_indices(gconstpointer a, gconstpointer b)
{
    const OfEvent *first = *(const OfEvent *const *) a, *second = *(const OfEvent *const *) b;
    return (first->index > second->index) - (first->index < second->index);
}

/* Orders what led to each event by time, and derives the effects: since events are walked in order, each list of effects is
 * sorted. */
static void link_causes(OfDecoder *decoder, const GPtrArray *events)
{
    g_autofree guint *n_effects = g_new0(guint, events->len + 1);
    for (guint i = 0; i < events->len; i++) {
        const OfEvent *event = events->pdata[i];
        if (event->because.n > 1) {
            qsort(OF_MUTABLE(gpointer, event->because.items), event->because.n, sizeof(gpointer), compare_indices);
        }
        for (guint k = 0; k < event->because.n; k++) {
            n_effects[event->because.items[k]->index]++;
        }
    }
    for (guint i = 0; i < events->len; i++) {
        OfEvent *event = events->pdata[i];
        for (guint k = 0; k < event->because.n; k++) {
            OfEvent *cause = OF_MUTABLE(OfEvent, event->because.items[k]);
            if (cause->effects.n == 0) {
                OfAnyList list = {of_arena_take(decoder->arena, n_effects[cause->index] * sizeof(gpointer)), 0};
                memcpy(&cause->effects, &list, sizeof list);
            }
            OF_MUTABLE(OfEvent *, cause->effects.items)[cause->effects.n++] = event;
        }
    }
}

/* Items of a kind that are to stand in the story. */
static GPtrArray *kept_items(const OfDecoder *decoder, OfItemKind kind, bool flawed_too)
{
    const GArray *pending = decoder->pending[kind];
    GPtrArray *items = g_ptr_array_sized_new(pending->len);
    for (guint i = 0; i < pending->len; i++) {
        const OfPending *entry = &g_array_index(pending, OfPending, i);
        if (!entry->duplicate && (flawed_too || !entry->flawed)) {
            g_ptr_array_add(items, entry->item);
        }
    }
    return items;
}

/* The events by days, key and content. */
static const char *key_of(gconstpointer event)
{
    return ((const OfEvent *) event)->item.key;
}

static GPtrArray *list_events(OfDecoder *decoder)
{
    GPtrArray *events = kept_items(decoder, OF_ITEM_EVENT, true);
    g_autofree OfKeyed *keyed = g_new(OfKeyed, events->len);
    guint n = 0;
    for (guint i = 0; i < events->len; i++) {
        const OfEvent *event = events->pdata[i];
        if (event->type != OF_N_EVENT_TYPES) { /* of an unknown type: reported */
            keyed[n++] = (OfKeyed){events->pdata[i], of_key_from_pair(event->date.first, event->date.last)};
        }
    }
    of_keyed_sort(keyed, n);
    of_keyed_settle_by_text(keyed, n, key_of, compare_events);
    for (guint i = 0; i < n; i++) {
        events->pdata[i] = keyed[i].item;
    }
    g_ptr_array_set_size(events, (gint) n);
    return events;
}

void of_decode_finish_events(OfDecoder *decoder)
{
    OfStory *story = &decoder->build->story;
    g_autoptr(GPtrArray) events = list_events(decoder);
    settle_keys(decoder, events, OF_SCHEMA_EVENT, compare_events_by_key);
    OfAnyList list = {of_arena_copy(decoder->arena, events->pdata, events->len * sizeof(gpointer)), events->len};
    memcpy(&story->events, &list, sizeof list);
    for (guint i = 0; i < events->len; i++) {
        OfEvent *event = events->pdata[i];
        event->index = i;
        of_decode_set_account_keys(decoder, event->item.key, of_list_at(&event->accounts));
    }
    if (!decoder->unsound) {
        link_causes(decoder, events);
    }
}

void of_decode_finish_claims(OfDecoder *decoder)
{
    OfStory *story = &decoder->build->story;
    g_autoptr(GPtrArray) claims = kept_items(decoder, OF_ITEM_CLAIM, false);
    for (guint i = 0; i < claims->len; i++) {
        OfClaim *claim = claims->pdata[i];
        const OfItem *who = claim->group != NULL ? &claim->group->item : &claim->person->item;
        g_autofree char *date = of_date_format(&claim->at);
        g_autofree char *key = g_strdup_printf("claim:%s:%s", who->id, date);
        claim->item.key = claim->item.id != NULL ? claim->item.id : of_arena_text(decoder->arena, key);
    }
    g_ptr_array_sort(claims, compare_claims);
    settle_keys(decoder, claims, OF_SCHEMA_CLAIM, compare_claims);
    OfAnyList list = {of_arena_copy(decoder->arena, claims->pdata, claims->len * sizeof(gpointer)), claims->len};
    memcpy(&story->claims, &list, sizeof list);
}
