/* Readers of values that are texts. */
#include "model/decode.h"

bool of_decode_check_label_bytes(OfDecoder *decoder, const OfSlot *slot, gsize length, const OfPlace *place)
{
    gint64 most = decoder->limits->value[OF_LIMIT_LABEL_BYTES];
    if (length <= (guint64) most) {
        return true;
    }
    char *hint = g_strdup_printf("`--limit label-bytes=%" G_GSIZE_FORMAT "` would let it through", length);
    bool id = slot->key->value == OF_VALUE_MAP || slot->key->value == OF_VALUE_ID || slot->key->value == OF_VALUE_IDS;
    g_autofree char *subject = id ? g_strdup("an id") : of_decode_subject(slot);
    OfDiagnostic *entry = of_decode_fail(decoder, slot, "limit-label-bytes", place, hint,
                                         "%s holds %" G_GSIZE_FORMAT " bytes, over the limit `label-bytes` of %" G_GINT64_FORMAT,
                                         subject, length, most);
    entry->kind = OF_KIND_LIMIT;
    return false;
}

void of_decode_each(OfDecoder *decoder, const OfSlot *slot, const OfNode *node, OfTakeNode take, GPtrArray *into)
{
    if (node->type != OF_NODE_SEQUENCE) {
        if (of_decode_scalar(decoder, slot, node) != NULL) {
            take(decoder, slot, node, into);
        }
        return;
    }
    for (guint i = 0; i < node->n; i++) {
        const OfNode *item = &node->items[i];
        if (item->type != OF_NODE_SCALAR || of_node_is_null(item)) {
            OfPlace place = of_node_place(decoder->document, item);
            g_autofree char *subject = of_decode_subject(slot);
            of_decode_fail(decoder, slot, of_node_is_null(item) ? "null-value" : "wrong-type", &place, NULL,
                           "%s is a list of plain words; this is %s", subject, of_node_describe(item));
            continue;
        }
        take(decoder, slot, item, into);
    }
}

void of_decode_text(OfDecoder *decoder, const OfSlot *slot)
{
    const OfNode *node = of_decode_scalar(decoder, slot, slot->node);
    if (node != NULL) {
        of_pointer_store(of_slot_field(slot), of_decode_keep_text(decoder, node));
    }
}

/* Whether a text can be drawn on one line as it is. */
static bool is_one_line(const char *text, gsize length)
{
    return length > 0 && !g_ascii_isspace(text[0]) && !g_ascii_isspace(text[length - 1]) && strpbrk(text, "\t\n\v\f\r") == NULL;
}

/* Blanks at the ends taken away, and each run of blanks that holds a line break or a tab made one space: what a block scalar needs
 * to be drawn on one line. Owned by the caller. */
static char *fold_lines(const char *text, gsize length)
{
    char *folded = g_malloc(length + 1);
    gsize n = 0;
    for (gsize i = 0; i < length;) {
        gsize run = i;
        bool breaks = false;
        while (run < length && g_ascii_isspace(text[run])) {
            breaks = breaks || text[run] != ' ';
            run++;
        }
        if (run == i) {
            folded[n++] = text[i++];
        } else if (i == 0 || run == length) {
            i = run;
        } else if (breaks) {
            folded[n++] = ' ';
            i = run;
        } else {
            memcpy(folded + n, text + i, run - i);
            n += run - i;
            i = run;
        }
    }
    folded[n] = '\0';
    return folded;
}

/* A text that is drawn, in the arena; or NULL where it is empty or too long. */
static const char *read_label(OfDecoder *decoder, const OfSlot *slot, const OfNode *node)
{
    OfPlace place = of_node_place(decoder->document, node);
    if (!of_decode_check_label_bytes(decoder, slot, node->n, &place)) {
        return NULL;
    }
    if (is_one_line(node->text, node->n)) {
        return of_decode_keep_text(decoder, node);
    }
    g_autofree char *label = fold_lines(node->text, node->n);
    if (label[0] == '\0') {
        g_autofree char *subject = of_decode_subject(slot);
        of_decode_fail(decoder, slot, "empty-text", &place,
                       g_strdup_printf("leave `%s` out where there is nothing to say", slot->key->key), "%s is empty", subject);
        return NULL;
    }
    return of_arena_text(decoder->arena, label);
}

void of_decode_label(OfDecoder *decoder, const OfSlot *slot)
{
    const OfNode *node = of_decode_scalar(decoder, slot, slot->node);
    if (node != NULL) {
        of_pointer_store(of_slot_field(slot), read_label(decoder, slot, node));
    }
}

static const GRegex *pattern_of(OfDecoder *decoder, const OfKeyInfo *row)
{
    GRegex *regex = g_hash_table_lookup(decoder->patterns, row);
    if (regex == NULL) {
        regex = g_regex_new(row->pattern, G_REGEX_DOLLAR_ENDONLY | G_REGEX_OPTIMIZE, 0, NULL);
        g_hash_table_insert(decoder->patterns, OF_MUTABLE(OfKeyInfo, row), regex);
    }
    return regex;
}

void of_decode_pattern(OfDecoder *decoder, const OfSlot *slot)
{
    const OfNode *node = of_decode_scalar(decoder, slot, slot->node);
    if (node == NULL) {
        return;
    }
    OfPlace place = of_node_place(decoder->document, node);
    if (!of_decode_check_label_bytes(decoder, slot, node->n, &place)) {
        return;
    }
    if (!g_regex_match(pattern_of(decoder, slot->key), node->text, 0, NULL)) {
        g_autofree char *subject = of_decode_subject(slot);
        g_autofree char *quoted = of_decode_quote(node->text);
        of_decode_fail(decoder, slot, "bad-value", &place, NULL, "%s cannot be %s; it looks like `%s`", subject, quoted,
                       slot->key->example);
        return;
    }
    of_pointer_store(of_slot_field(slot), of_decode_keep_text(decoder, node));
}

/* An id as near to text as may be: "Mistral AI" gives "mistral-ai". NULL where nothing is left. Owned by the caller. */
static char *suggest_id(const char *text)
{
    GString *id = g_string_new(NULL);
    g_autofree char *plain = g_str_to_ascii(text, "C");
    for (const char *p = plain; *p != '\0' && id->len < 60; p++) {
        if (g_ascii_isalnum(*p)) {
            g_string_append_c(id, g_ascii_tolower(*p));
        } else if (id->len > 0 && *p != '?' && *p != '\'') {
            char sign = strchr("._-", *p) != NULL ? *p : '-';
            if (id->str[id->len - 1] != sign) {
                g_string_append_c(id, sign);
            }
        }
    }
    while (id->len > 0 && strchr("._-", id->str[id->len - 1]) != NULL) {
        g_string_truncate(id, id->len - 1);
    }
    bool usable = id->len > 0 && of_id_is_valid(id->str) && strcmp(id->str, text) != 0;
    return g_string_free(id, !usable);
}

/* What is wrong with an id that does not fit. */
static const char *id_flaw(const char *text)
{
    bool capitals = false, foreign = false;
    for (const char *p = text; *p != '\0'; p++) {
        capitals = capitals || g_ascii_isupper(*p);
        foreign = foreign || ((guchar) *p & 0x80) != 0;
    }
    if (text[0] == '\0') {
        return "an id cannot be empty";
    }
    if (strcmp(text, "~") == 0 || strcmp(text, "null") == 0) {
        return "an id cannot be what YAML reads as nothing";
    }
    if (foreign) {
        return "an id is ASCII, so that no two look alike; the full name stands under `name`";
    }
    if (capitals) {
        return "an id has no capital letters; the full name stands under `name`";
    }
    return "an id is letters a-z, digits, `.`, `_` and `-`, and begins with a letter or digit";
}

bool of_decode_check_id(OfDecoder *decoder, const OfSlot *slot, const char *text, gsize length, const OfPlace *place)
{
    if (!of_decode_check_label_bytes(decoder, slot, length, place)) {
        return false;
    }
    if (!of_id_is_valid(text)) {
        g_autofree char *quoted = of_decode_quote(text);
        g_autofree char *id = suggest_id(text);
        char *hint = id != NULL ? g_strdup_printf("write `%s`", id) : NULL;
        of_decode_fail(decoder, slot, "bad-id", place, hint, "%s is no id: %s", quoted, id_flaw(text));
        return false;
    }
    return true;
}

static void take_id(OfDecoder *decoder, const OfSlot *slot, const OfNode *item, GPtrArray *into)
{
    OfPlace place = of_node_place(decoder->document, item);
    if (of_decode_check_id(decoder, slot, item->text, item->n, &place)) {
        g_ptr_array_add(into, OF_MUTABLE(char, of_decode_keep_text(decoder, item)));
    }
}

static void take_tag(OfDecoder *decoder, const OfSlot *slot, const OfNode *item, GPtrArray *into)
{
    /* What is known already was found to be a label. */
    bool fits = item->n <= (guint64) decoder->limits->value[OF_LIMIT_LABEL_BYTES];
    gpointer tag = fits ? g_hash_table_lookup(decoder->build->tags, item->text) : NULL;
    if (tag == NULL) {
        tag = OF_MUTABLE(char, read_label(decoder, slot, item));
        if (tag == NULL) {
            return;
        }
        g_hash_table_add(decoder->build->tags, tag);
    }
    g_ptr_array_add(into, tag);
}

static int compare_texts(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *) a, *(const char *const *) b);
}

/* Reads a list of texts, sorted, each once. */
static void read_texts(OfDecoder *decoder, const OfSlot *slot, OfTakeNode take)
{
    GPtrArray *texts = decoder->scratch;
    g_ptr_array_set_size(texts, 0);
    of_decode_each(decoder, slot, slot->node, take, texts);
    g_ptr_array_sort(texts, compare_texts);
    guint n = 0;
    for (guint i = 0; i < texts->len; i++) {
        if (n == 0 || strcmp(texts->pdata[n - 1], texts->pdata[i]) != 0) {
            texts->pdata[n++] = texts->pdata[i];
        }
    }
    OfAnyList list = {of_arena_copy(decoder->arena, texts->pdata, n * sizeof(gpointer)), n};
    memcpy(of_slot_field(slot), &list, sizeof list);
}

void of_decode_ids(OfDecoder *decoder, const OfSlot *slot)
{
    read_texts(decoder, slot, take_id);
}

void of_decode_tags(OfDecoder *decoder, const OfSlot *slot)
{
    read_texts(decoder, slot, take_tag);
}

void of_decode_color(OfDecoder *decoder, const OfSlot *slot)
{
    const OfNode *node = of_decode_scalar(decoder, slot, slot->node);
    if (node == NULL) {
        return;
    }
    bool fits = node->text[0] == '#' && (node->n == 4 || node->n == 7);
    for (guint i = 1; fits && i < node->n; i++) {
        fits = g_ascii_isxdigit(node->text[i]);
    }
    if (!fits) {
        OfPlace place = of_node_place(decoder->document, node);
        g_autofree char *subject = of_decode_subject(slot);
        g_autofree char *quoted = of_decode_quote(node->text);
        of_decode_fail(decoder, slot, "bad-color", &place, NULL, "%s is written `#rgb` or `#rrggbb`, not %s", subject, quoted);
        return;
    }
    char color[8] = "#";
    for (guint i = 1; i < 7; i++) {
        color[i] = g_ascii_tolower(node->text[node->n == 4 ? (i + 1) / 2 : i]);
    }
    of_pointer_store(of_slot_field(slot), of_arena_text(decoder->arena, color));
}

#define MOST_URL_BYTES 8192 /* more than any browser follows gladly */

/* What is wrong with a URL, or NULL. */
static const char *url_flaw(const char *url)
{
    for (const char *p = url; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (g_unichar_iscntrl(c) || g_unichar_isspace(c)) {
            return "a URL has no spaces or control characters in it";
        }
    }
    g_autofree char *scheme = NULL, *host = NULL, *path = NULL;
    if (!g_uri_split(url, G_URI_FLAGS_NONE, &scheme, NULL, &host, NULL, &path, NULL, NULL, NULL)) {
        return "it cannot be taken apart as a URL";
    }
    bool web = scheme != NULL && (strcmp(scheme, "http") == 0 || strcmp(scheme, "https") == 0);
    if (!web && g_strcmp0(scheme, "mailto") != 0) {
        return "a URL begins with http://, https:// or mailto:";
    }
    if (web && (host == NULL || host[0] == '\0')) {
        return "the name of a host is missing";
    }
    if (!web && strchr(path, '@') == NULL) {
        return "the address is missing";
    }
    return NULL;
}

void of_decode_url(OfDecoder *decoder, const OfSlot *slot)
{
    const OfNode *node = of_decode_scalar(decoder, slot, slot->node);
    if (node == NULL) {
        return;
    }
    const char *flaw = node->n <= MOST_URL_BYTES ? url_flaw(node->text) : "it is longer than 8192 bytes";
    if (flaw != NULL) {
        OfPlace place = of_node_place(decoder->document, node);
        g_autofree char *subject = of_decode_subject(slot);
        g_autofree char *quoted = of_decode_quote(node->text);
        of_decode_fail(decoder, slot, "bad-url", &place, NULL, "%s cannot be %s: %s", subject, quoted, flaw);
        return;
    }
    of_pointer_store(of_slot_field(slot), of_decode_keep_text(decoder, node));
}
