/* One mapping read along its rows of the table, and what is said of keys that are wrong there. */
#include "model/decode.h"

#include "base/shorten.h"

/* Nobody reads more, and each takes hundreds of bytes: beyond, reading stops and says so. */
#define MOST_ERRORS 100000

/* Whether sealing builds on a value, so that without it sealing would report what is not wrong. */
static bool is_structural(OfSchemaKind kind, const OfKeyInfo *row)
{
    if (kind != OF_SCHEMA_FILE && kind != OF_SCHEMA_LAB && kind != OF_SCHEMA_PERSON && kind != OF_SCHEMA_STINT &&
        kind != OF_SCHEMA_EVENT) {
        return false;
    }
    if (row->events != OF_EVENTS_ALL && row->required == row->events) {
        return true; /* what an event of its type cannot do without */
    }
    switch (row->value) {
    case OF_VALUE_REFERENCE:
    case OF_VALUE_REFERENCES:
        return row->refers == OF_ITEM_LAB || row->refers == OF_ITEM_PERSON || row->refers == OF_ITEM_STRATEGY;
    case OF_VALUE_MAP:
    case OF_VALUE_MAPPINGS:
        return row->holds == OF_SCHEMA_LAB || row->holds == OF_SCHEMA_PERSON || row->holds == OF_SCHEMA_STINT ||
               row->holds == OF_SCHEMA_EVENT;
    case OF_VALUE_VERSION:
    case OF_VALUE_PARTS:
    case OF_VALUE_DATE:
    case OF_VALUE_BOOL:
    case OF_VALUE_INTEGER:
    case OF_VALUE_EVENT_TYPE:
        return true;
    default:
        return false;
    }
}

void of_decode_count_error(OfDecoder *decoder)
{
    if (++decoder->n_errors == MOST_ERRORS) {
        decoder->stopped = decoder->unsound = true;
        of_diagnostics_add(decoder->diagnostics, OF_SEVERITY_ERROR, "too-many-errors", NULL, NULL,
                           "more than %d errors: the rest of the data is not looked at", MOST_ERRORS);
    }
}

OfDiagnostic *of_decode_fail(OfDecoder *decoder, const OfSlot *slot, const char *code, const OfPlace *place, char *hint,
                             const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    of_decode_count_error(decoder);
    if (slot == NULL || is_structural(slot->kind, slot->key)) {
        decoder->unsound = true;
    }
    return of_diagnostics_add(decoder->diagnostics, OF_SEVERITY_ERROR, code, place, hint, "%s", message);
}

char *of_decode_quote(const char *text)
{
    g_autofree char *shown = of_text_shorten(text, -1);
    return g_strdup_printf("`%s`", shown);
}

/* The type whose bit is the only one in events, or OF_N_EVENT_TYPES. */
static OfEventType only_type(guint32 events)
{
    return events != OF_EVENTS_ALL ? (OfEventType) g_bit_nth_lsf(events, -1) : OF_N_EVENT_TYPES;
}

char *of_decode_kind_words(OfSchemaKind kind, guint32 events)
{
    OfEventType type = only_type(events);
    if (kind != OF_SCHEMA_EVENT || type == OF_N_EVENT_TYPES) {
        return g_strdup(of_schema_kind_words(kind));
    }
    const char *name = of_event_type_info(type)->name;
    return g_strdup_printf("%s `%s` event", strchr("aeiou", name[0]) != NULL ? "an" : "a", name);
}

char *of_decode_subject(const OfSlot *slot)
{
    g_autofree char *words = of_decode_kind_words(slot->kind, slot->events);
    return g_strdup_printf("`%s` of %s", slot->key->key, words);
}

/* "one of a, b, c" where there are choices, else what the kind of value is called. Owned by the caller. */
static char *expected_words(const OfKeyInfo *row)
{
    if (row->choices != NULL) {
        g_autofree char *names = g_strjoinv(", ", OF_MUTABLE(char *, row->choices));
        return g_strdup_printf("one of %s", names);
    }
    return g_strdup(of_value_words(row->value));
}

/* What to write in the place of null. Owned by the caller. */
static char *null_hint(const OfSlot *slot, const OfNode *node, const char *expected)
{
    if (slot->key->value == OF_VALUE_COLOR) {
        return g_strdup("`#` begins a comment: write the colour in quotes");
    }
    if (slot->kind == OF_SCHEMA_FILE && (slot->key->value == OF_VALUE_MAP || slot->key->value == OF_VALUE_MAPPINGS)) {
        return g_strdup_printf("write `%s: %s` where there are none", slot->key->key,
                               slot->key->value == OF_VALUE_MAP ? "{}" : "[]");
    }
    /* `Null` is a surname too. An option of a view is no text of the author's. */
    OfValueKind value = slot->key->value;
    bool may_be_meant = node->n > 1 && (value == OF_VALUE_LABEL || (value == OF_VALUE_TEXT && slot->kind != OF_SCHEMA_VIEW));
    if (slot->key->required & slot->events) {
        return g_strdup_printf("`%s` takes %s%s", slot->key->key, expected, may_be_meant ? ": put it in quotes" : "");
    }
    return g_strdup_printf("leave `%s` out where there is nothing to say%s", slot->key->key,
                           may_be_meant ? ", or put it in quotes" : "");
}

void of_decode_fail_null(OfDecoder *decoder, const OfSlot *slot, const OfNode *node)
{
    OfPlace place = of_node_place(decoder->document, node);
    g_autofree char *subject = of_decode_subject(slot);
    g_autofree char *expected = expected_words(slot->key);
    of_decode_fail(decoder, slot, "null-value", &place, null_hint(slot, node, expected), "%s is null where %s belongs", subject,
                   expected);
}

void of_decode_fail_type(OfDecoder *decoder, const OfSlot *slot, const OfNode *node)
{
    OfPlace place = of_node_place(decoder->document, node);
    g_autofree char *subject = of_decode_subject(slot);
    g_autofree char *expected = expected_words(slot->key);
    of_decode_fail(decoder, slot, "wrong-type", &place, NULL, "%s takes %s, not %s", subject, expected, of_node_describe(node));
}

bool of_decode_check_mapping(OfDecoder *decoder, const OfSlot *slot, const OfNode *node)
{
    if (node->type == OF_NODE_MAPPING) {
        return true;
    }
    OfPlace place = of_node_place(decoder->document, node);
    g_autofree char *subject = of_decode_subject(slot);
    of_decode_fail(decoder, slot, of_node_is_null(node) ? "null-value" : "wrong-type", &place, NULL,
                   "%s is a sequence of mappings; this is %s", subject, of_node_describe(node));
    return false;
}

const OfNode *of_decode_scalar(OfDecoder *decoder, const OfSlot *slot, const OfNode *node)
{
    if (node->type != OF_NODE_SCALAR) {
        of_decode_fail_type(decoder, slot, node);
        return NULL;
    }
    if (of_node_is_null(node)) {
        of_decode_fail_null(decoder, slot, node);
        return NULL;
    }
    return node;
}

#define SHORTEST_SHARED 16 /* bytes: a shorter text costs less to copy than to look up */

const char *of_decode_keep_text(OfDecoder *decoder, const OfNode *node)
{
    if (node->n < SHORTEST_SHARED) {
        return of_arena_text_n(decoder->arena, node->text, node->n);
    }
    char *kept = g_hash_table_lookup(decoder->texts, node->text);
    if (kept == NULL) {
        kept = of_arena_text_n(decoder->arena, node->text, node->n);
        g_hash_table_insert(decoder->texts, OF_MUTABLE(char, node->text), kept);
    }
    return kept;
}

const OfKeyInfo *of_decode_find_key(OfDecoder *decoder, OfSchemaKind kind, guint32 events, const char *key)
{
    gsize address = GPOINTER_TO_SIZE(key);
    gsize slot = ((address >> 3) ^ (address >> 12) ^ ((gsize) kind * 37) ^ ((gsize) events * 11)) & (OF_KEY_CACHE_SIZE - 1);
    OfKeyCacheEntry *entry = &decoder->key_cache[slot];
    if (entry->key != key || entry->kind != kind || entry->events != events) {
        *entry = (OfKeyCacheEntry){key, events, kind, of_schema_find_key(kind, events, key)};
    }
    return entry->row;
}

OfPlace of_decode_key_place(const OfDecoder *decoder, const OfNodePair *pair)
{
    return (OfPlace){of_document_text(decoder->document), pair->line, pair->column, (guint) MAX(strlen(pair->key), 1)};
}

OfPlace of_decode_mapping_place(const OfDecoder *decoder, const OfNode *node)
{
    if (node->type == OF_NODE_MAPPING && node->n > 0) {
        return of_decode_key_place(decoder, &node->pairs[0]);
    }
    return of_node_place(decoder->document, node);
}

/* The keys of a kind for the events, each once; those of a view with the options. own: without those that all events take. */
static GPtrArray *list_keys(OfSchemaKind kind, guint32 events, bool own)
{
    GPtrArray *keys = g_ptr_array_new();
    guint n;
    const OfKeyInfo *rows = of_schema_keys(kind, &n);
    for (guint i = 0; i < n; i++) {
        if ((rows[i].events & events) && !(own && rows[i].events == OF_EVENTS_ALL) &&
            !g_ptr_array_find_with_equal_func(keys, rows[i].key, g_str_equal, NULL)) {
            g_ptr_array_add(keys, OF_MUTABLE(char, rows[i].key));
        }
    }
    for (const OfOptionInfo *option = of_option_table(); kind == OF_SCHEMA_VIEW && option->name != NULL; option++) {
        if (!g_ptr_array_find_with_equal_func(keys, option->name, g_str_equal, NULL)) {
            g_ptr_array_add(keys, OF_MUTABLE(char, option->name));
        }
    }
    return keys;
}

/* "a lab takes `name`, `kind`, …". Owned by the caller. */
static char *keys_hint(OfSchemaKind kind, guint32 events)
{
    bool own = kind == OF_SCHEMA_EVENT && events != OF_EVENTS_ALL;
    g_autoptr(GPtrArray) keys = list_keys(kind, events, own);
    g_autofree char *words = of_decode_kind_words(kind, events);
    GString *hint = g_string_new(words);
    g_string_append(hint, " takes ");
    for (guint i = 0; i < keys->len; i++) {
        g_string_append_printf(hint, "%s`%s`", i > 0 ? ", " : "", (const char *) g_ptr_array_index(keys, i));
    }
    if (own) {
        g_string_append(hint, keys->len > 0 ? " and what all events take" : "what all events take");
    }
    return g_string_free(hint, FALSE);
}

/* The row of the key that a hint names, or NULL. */
static const OfKeyInfo *hinted_row(OfSchemaKind kind, guint32 events, const char *hint)
{
    guint n;
    const OfKeyInfo *rows = of_schema_keys(kind, &n);
    for (guint i = 0; i < n; i++) {
        g_autofree char *quoted = g_strdup_printf("`%s`", rows[i].key);
        if ((rows[i].events & events) && strstr(hint, quoted) != NULL) {
            return &rows[i];
        }
    }
    return NULL;
}

const OfKeyInfo *of_decode_unknown_key(OfDecoder *decoder, OfSchemaKind kind, guint32 events, const OfNodePair *pair)
{
    OfPlace place = of_node_key_place(decoder->document, pair);
    g_autofree char *words = of_decode_kind_words(kind, events);
    g_autofree char *quoted = of_decode_quote(pair->key);
    const OfKeyInfo *elsewhere = of_schema_find_key(kind, OF_EVENTS_ALL, pair->key), *meant = NULL;
    of_decode_count_error(decoder);
    if (elsewhere != NULL) {
        decoder->unsound = decoder->unsound || is_structural(kind, elsewhere);
        of_diagnostics_add(decoder->diagnostics, OF_SEVERITY_ERROR, "misplaced-key", &place, keys_hint(kind, events),
                           "%s is no key of %s", quoted, words);
        return NULL;
    }
    g_autoptr(GPtrArray) keys = list_keys(kind, events, false);
    char *hint = of_hint_nearest(pair->key, (const char *const *) keys->pdata, (gssize) keys->len);
    if (hint != NULL) {
        meant = hinted_row(kind, events, hint);
        decoder->unsound = decoder->unsound || (meant != NULL && is_structural(kind, meant));
    } else if (strchr(pair->key, ' ') != NULL && of_node_is_null(&pair->value)) {
        hint = g_strdup("a text with a comma in it needs quotes within {}");
    } else {
        hint = keys_hint(kind, events);
    }
    of_diagnostics_add(decoder->diagnostics, OF_SEVERITY_ERROR, "unknown-key", &place, hint, "unknown key %s in %s", quoted, words);
    return meant;
}

/* The bits of a kind's rows whose key is the given one. */
static guint64 rows_of_key(const OfKeyInfo *rows, guint n, const char *key)
{
    guint64 bits = 0;
    for (guint i = 0; i < n; i++) {
        if (strcmp(rows[i].key, key) == 0) {
            bits |= G_GUINT64_CONSTANT(1) << i;
        }
    }
    return bits;
}

/* "`a`, `b` or `c`". Owned by the caller. */
static char *join_keys(const char *const *keys, const char *last)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; keys[i] != NULL; i++) {
        const char *between = i == 0 ? "" : keys[i + 1] == NULL ? last : ", ";
        g_string_append_printf(text, "%s`%s`", between, keys[i]);
    }
    return g_string_free(text, FALSE);
}

static void fail_rule(OfDecoder *decoder, const OfRule *rule, guint32 events, const OfPlace *place, bool missing)
{
    OfSlot slot = {.kind = rule->kind, .events = events, .key = of_schema_find_key(rule->kind, events, rule->keys[0])};
    g_autofree char *words = of_decode_kind_words(rule->kind, events);
    g_autofree char *keys = join_keys(rule->keys, missing ? " or " : " and ");
    char *hint = g_strdup(rule->hint);
    if (rule->rule == OF_RULE_NEEDS) {
        of_decode_fail(decoder, &slot, "required-key", place, hint, "%s with `%s` needs `%s` too", words, rule->keys[0],
                       rule->keys[1]);
    } else if (missing) {
        of_decode_fail(decoder, &slot, "required-key", place, hint, "%s needs %s", words, keys);
    } else {
        of_decode_fail(decoder, &slot, "conflicting-keys", place, hint, "%s takes only one of %s", words, keys);
    }
}

/* The rows of each rule's keys as bits, OF_RULE_KEYS to a rule. */
static void prepare_rules(OfDecoder *decoder)
{
    guint n_rules;
    const OfRule *rules = of_schema_rules(&n_rules);
    decoder->rule_rows = g_new0(guint64, (gsize) n_rules * OF_RULE_KEYS);
    for (guint i = 0; i < n_rules; i++) {
        guint n;
        const OfKeyInfo *rows = of_schema_keys(rules[i].kind, &n);
        for (guint k = 0; rules[i].keys[k] != NULL; k++) {
            decoder->rule_rows[i * OF_RULE_KEYS + k] = rows_of_key(rows, n, rules[i].keys[k]);
        }
    }
}

static void check_rules(OfDecoder *decoder, OfSchemaKind kind, guint32 events, guint64 seen, const OfPlace *place)
{
    guint n_rules;
    const OfRule *rules = of_schema_rules(&n_rules);
    if (decoder->rule_rows == NULL) {
        prepare_rules(decoder);
    }
    for (guint i = 0; i < n_rules; i++) {
        if (rules[i].kind != kind || (rules[i].events & events) != events) {
            continue;
        }
        const guint64 *key_rows = &decoder->rule_rows[i * OF_RULE_KEYS];
        guint n_seen = 0;
        for (guint k = 0; rules[i].keys[k] != NULL; k++) {
            n_seen += (key_rows[k] & seen) != 0;
        }
        bool first = (key_rows[0] & seen) != 0;
        bool missing = rules[i].rule == OF_RULE_NEEDS ? first && n_seen == 1 : n_seen == 0 && rules[i].rule != OF_RULE_NOT_BOTH;
        bool conflict = n_seen > 1 && (rules[i].rule == OF_RULE_ONE_OF || rules[i].rule == OF_RULE_NOT_BOTH);
        if (missing || conflict) {
            fail_rule(decoder, &rules[i], events, place, missing);
        }
    }
}

static void check_required(OfDecoder *decoder, OfSchemaKind kind, guint32 events, guint64 seen, const OfPlace *place)
{
    guint n;
    const OfKeyInfo *rows = of_schema_keys(kind, &n);
    for (guint i = 0; i < n; i++) {
        if ((rows[i].required & events) != events || (seen & (G_GUINT64_CONSTANT(1) << i))) {
            continue;
        }
        OfSlot slot = {.kind = kind, .events = events, .key = &rows[i]};
        g_autofree char *words = of_decode_kind_words(kind, events);
        of_decode_fail(decoder, &slot, "required-key", place, g_strdup_printf("`%s`: %s", rows[i].key, rows[i].summary),
                       "%s needs `%s`", words, rows[i].key);
    }
}

void of_decode_mapping(OfDecoder *decoder, OfSchemaKind kind, guint32 events, const OfNode *node, const OfPlace *place,
                       gpointer object)
{
    guint n_rows;
    const OfKeyInfo *rows = of_schema_keys(kind, &n_rows);
    bool typeless = (kind == OF_SCHEMA_EVENT || kind == OF_SCHEMA_ACCOUNT) && events == OF_EVENTS_ALL;
    guint64 seen = 0;
    for (guint i = 0; i < node->n; i++) {
        const OfNodePair *pair = &node->pairs[i];
        const OfKeyInfo *row = of_decode_find_key(decoder, kind, events, pair->key);
        if (row == NULL) {
            if (kind != OF_SCHEMA_VIEW || !of_decode_option(decoder, object, pair)) {
                const OfKeyInfo *meant = of_decode_unknown_key(decoder, kind, events, pair);
                seen |= meant != NULL ? rows_of_key(rows, n_rows, meant->key) : 0; /* it is misspelt, not missing */
            }
            continue;
        }
        seen |= G_GUINT64_CONSTANT(1) << (row - rows);
        if (typeless && row->events != OF_EVENTS_ALL) {
            continue; /* what it may hold depends on the type */
        }
        OfSlot slot = {.kind = kind, .events = events, .key = row, .node = &pair->value, .object = object};
        of_decode_value(decoder, &slot);
    }
    check_required(decoder, kind, events, seen, place);
    check_rules(decoder, kind, events, seen, place);
}
