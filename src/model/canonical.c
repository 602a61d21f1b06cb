#include "model/canonical.h"

#include "base/number.h"
#include <stddef.h>
#include <string.h>

#include "model/options.h"
#include "model/schema.h"
#include "model/stages.h"

#define MOST_KEYS 64

typedef struct {
    const OfKeyInfo *row;
    const char *word; /* as it is written: quoted, with its colon */
    gsize length;     /* of the word */
    bool points;      /* the field begins with a pointer, which is NULL where there is nothing to say */
} Key;

/* The table for one kind of mapping, sorted by key. */
typedef struct {
    Key keys[MOST_KEYS];
    guint n;
} SortedKeys;

/* Who takes the pieces of a whole story. */
typedef struct {
    OfTakePiece take;
    gpointer data;
} Taker;

/* All OF_LISTs and OfTexts. */
typedef struct {
    gconstpointer const *items;
    guint n;
} AnyList;

static void write_mapping(GString *out, OfSchemaKind kind, guint type, gconstpointer object);

/* ---- JSON ---- */

/* As g_string_append_len(), without a call where there is room. */
static inline void append(GString *out, const char *text, gsize n)
{
    if (out->len + n >= out->allocated_len) {
        g_string_append_len(out, text, (gssize) n);
        return;
    }
    memcpy(out->str + out->len, text, n);
    out->len += n;
    out->str[out->len] = '\0';
}

static void write_text(GString *out, const char *text)
{
    g_string_append_c(out, '"');
    for (const char *p = text; *p != '\0';) {
        const char *plain = p;
        while ((guchar) *p >= 0x20 && *p != '"' && *p != '\\') {
            p++;
        }
        append(out, plain, (gsize) (p - plain));
        if (*p == '"' || *p == '\\') {
            g_string_append_printf(out, "\\%c", *p++);
        } else if (*p != '\0') {
            g_string_append_printf(out, "\\u%04x", (guint) (guchar) *p++);
        }
    }
    g_string_append_c(out, '"');
}

/* Begins the next entry of an object or list that began with the character open. */
static void write_comma(GString *out, char open)
{
    if (out->str[out->len - 1] != open) {
        g_string_append_c(out, ',');
    }
}

static void write_key(GString *out, const char *key)
{
    write_comma(out, '{');
    write_text(out, key);
    g_string_append_c(out, ':');
}

static void write_known_key(GString *out, const Key *key)
{
    write_comma(out, '{');
    append(out, key->word, key->length);
}

/* It holds nothing that would have to be escaped. */
static void write_date(GString *out, const OfDate *date)
{
    char text[OF_DATE_TEXT_SIZE + 2] = "\"";
    of_date_write(date, text + 1);
    const gsize n = 1 + strlen(text + 1);
    text[n] = '"';
    append(out, text, n + 1);
}

static void write_texts(GString *out, const char *const *texts, guint n)
{
    g_string_append_c(out, '[');
    for (guint i = 0; i < n; i++) {
        write_comma(out, '[');
        write_text(out, texts[i]);
    }
    g_string_append_c(out, ']');
}

/* ---- Values, each behind its key; nothing where there is nothing to say ---- */

static gconstpointer pointer_at(const void *field)
{
    gconstpointer pointer;
    memcpy(&pointer, field, sizeof pointer);
    return pointer;
}

static AnyList list_at(const void *field)
{
    AnyList list;
    memcpy(&list, field, sizeof list);
    return list;
}

/* Every item, whatever its kind, begins with an OfItem. */
static const char *key_of(gconstpointer item)
{
    return ((const OfItem *) item)->key;
}

static void write_references(GString *out, AnyList list)
{
    g_string_append_c(out, '[');
    for (guint i = 0; i < list.n; i++) {
        write_comma(out, '[');
        write_text(out, key_of(list.items[i]));
    }
    g_string_append_c(out, ']');
}

static void write_parts(GString *out, AnyList parts)
{
    g_string_append_c(out, '{');
    for (guint i = 0; i < parts.n; i++) {
        const OfSplitPart *part = parts.items[i];
        write_key(out, part->lab->item.id);
        write_references(out, list_at(&part->people));
    }
    g_string_append_c(out, '}');
}

/* Confidence where it is declared and is not what holds anyway. Rival versions make it `disputed` whatever is declared. */
static void write_confidence(GString *out, const Key *key, OfSchemaKind kind, const OfItem *item)
{
    guint n_accounts = kind == OF_SCHEMA_EVENT   ? ((const OfEvent *) item)->accounts.n
                       : kind == OF_SCHEMA_STINT ? ((const OfStintDecl *) item)->accounts.n
                                                 : 0;
    OfConfidence by_default = item->sources.n > 0 ? OF_CONFIDENCE_CONFIRMED : OF_CONFIDENCE_UNVERIFIED;
    if (item->confidence_set && item->confidence != by_default && n_accounts == 0) {
        write_known_key(out, key);
        write_text(out, of_confidence_names[item->confidence]);
    }
}

static void write_list(GString *out, const Key *key, OfSchemaKind kind, guint type, AnyList list)
{
    const OfKeyInfo *row = key->row;
    /* An account takes the keys of the event that it is about; a stint stands for a move. */
    guint inner = row->holds != OF_SCHEMA_ACCOUNT ? 0 : kind == OF_SCHEMA_STINT ? OF_EVENT_MOVE : type;
    if (list.n == 0) {
        return;
    }
    write_known_key(out, key);
    if (row->value == OF_VALUE_REFERENCES) {
        write_references(out, list);
    } else if (row->value == OF_VALUE_PARTS) {
        write_parts(out, list);
    } else if (row->value == OF_VALUE_MAPPINGS) {
        g_string_append_c(out, '[');
        for (guint i = 0; i < list.n; i++) {
            write_comma(out, '[');
            write_mapping(out, row->holds, inner, list.items[i]);
        }
        g_string_append_c(out, ']');
    } else {
        write_texts(out, (const char *const *) list.items, list.n);
    }
}

/* Numbers and flags: where there is a flag that says that they are set, it decides; else zero and false are what holds anyway. */
static void write_simple(GString *out, const Key *key, const void *field, const bool *set)
{
    const OfKeyInfo *row = key->row;
    gint64 integer = 0;
    double number = 0;
    bool flag = false, given;
    if (row->value == OF_VALUE_INTEGER) {
        memcpy(&integer, field, sizeof integer);
        given = integer != 0;
    } else if (row->value == OF_VALUE_NUMBER) {
        memcpy(&number, field, sizeof number);
        given = number > 0 || number < 0;
    } else {
        memcpy(&flag, field, sizeof flag);
        given = flag;
    }
    if (set != NULL ? !*set : !given) {
        return;
    }
    write_known_key(out, key);
    if (row->value == OF_VALUE_INTEGER) {
        g_string_append_printf(out, "%" G_GINT64_FORMAT, integer);
    } else if (row->value == OF_VALUE_NUMBER) {
        of_number_append_exact(out, number);
    } else {
        g_string_append(out, flag ? "true" : "false");
    }
}

static void write_text_value(GString *out, const Key *key, const char *text)
{
    if (text != NULL) {
        write_known_key(out, key);
        write_text(out, text);
    }
}

/* How a value is written. The fields of the first three begin with a pointer, which is NULL where there is nothing to say. */
typedef enum {
    FORM_TEXT,
    FORM_REFERENCE,
    FORM_LIST,
    FORM_DATE,
    FORM_CONFIDENCE, /* of all choices the only one */
    FORM_SIMPLE,
    FORM_EVENT_TYPE,
    FORM_VIEW_TYPE,
    FORM_NONE /* no field */
} Form;

static const Form form_of[OF_N_VALUES] = {
    [OF_VALUE_VERSION] = FORM_NONE,
    [OF_VALUE_TEXT] = FORM_TEXT,
    [OF_VALUE_LABEL] = FORM_TEXT,
    [OF_VALUE_PATTERN] = FORM_TEXT,
    [OF_VALUE_ID] = FORM_NONE,
    [OF_VALUE_IDS] = FORM_LIST,
    [OF_VALUE_TAGS] = FORM_LIST,
    [OF_VALUE_REFERENCE] = FORM_REFERENCE,
    [OF_VALUE_REFERENCES] = FORM_LIST,
    [OF_VALUE_TARGET] = FORM_TEXT,
    [OF_VALUE_PARTS] = FORM_LIST,
    [OF_VALUE_DATE] = FORM_DATE,
    [OF_VALUE_BOOL] = FORM_SIMPLE,
    [OF_VALUE_INTEGER] = FORM_SIMPLE,
    [OF_VALUE_NUMBER] = FORM_SIMPLE,
    [OF_VALUE_CHOICE] = FORM_CONFIDENCE,
    [OF_VALUE_EVENT_TYPE] = FORM_EVENT_TYPE,
    [OF_VALUE_VIEW_TYPE] = FORM_VIEW_TYPE,
    [OF_VALUE_COLOR] = FORM_TEXT,
    [OF_VALUE_URL] = FORM_TEXT,
    [OF_VALUE_MAPPINGS] = FORM_LIST,
    [OF_VALUE_MAP] = FORM_NONE,
};

static void write_value(GString *out, const Key *key, OfSchemaKind kind, guint type, gconstpointer object)
{
    const OfKeyInfo *row = key->row;
    const char *base = object;
    const void *field = base + row->offset;
    const bool *set = row->set_offset > 0 ? (gconstpointer) (base + row->set_offset) : NULL;
    switch (form_of[row->value]) {
    case FORM_TEXT:
        write_text_value(out, key, pointer_at(field));
        break;
    case FORM_EVENT_TYPE:
        write_text_value(out, key, of_event_type_info((OfEventType) type)->name);
        break;
    case FORM_VIEW_TYPE:
        write_text_value(out, key, ((const OfSavedView *) object)->type);
        break;
    case FORM_REFERENCE:
        write_text_value(out, key, pointer_at(field) != NULL ? key_of(pointer_at(field)) : NULL);
        break;
    case FORM_DATE:
        if (of_date_is_set(field)) {
            write_known_key(out, key);
            write_date(out, field);
        }
        break;
    case FORM_CONFIDENCE:
        write_confidence(out, key, kind, object);
        break;
    case FORM_SIMPLE:
        write_simple(out, key, field, set);
        break;
    case FORM_LIST:
        write_list(out, key, kind, type, list_at(field));
        break;
    case FORM_NONE:
        break;
    }
}

/* ---- Mappings ---- */

static int compare_rows(gconstpointer a, gconstpointer b)
{
    return strcmp(((const Key *) a)->row->key, ((const Key *) b)->row->key);
}

static Key key_new(const OfKeyInfo *row)
{
    g_autofree char *word = g_strdup_printf("\"%s\":", row->key);
    return (Key){row, g_intern_string(word), strlen(word), form_of[row->value] <= FORM_LIST};
}

/* The table does not change: each kind is sorted once, events and accounts by their types, other kinds at [0]. */
static const SortedKeys *sorted_keys(OfSchemaKind kind, guint type)
{
    static SortedKeys known[OF_N_SCHEMA_KINDS][OF_N_EVENT_TYPES];
    static gsize is_known[OF_N_SCHEMA_KINDS][OF_N_EVENT_TYPES];
    SortedKeys *sorted = &known[kind][type];
    if (!g_once_init_enter(&is_known[kind][type])) {
        return sorted;
    }
    guint n;
    const OfKeyInfo *rows = of_schema_keys(kind, &n);
    bool typed = kind == OF_SCHEMA_EVENT || kind == OF_SCHEMA_ACCOUNT;
    for (guint i = 0; i < n && sorted->n < MOST_KEYS; i++) {
        bool callouts = rows[i].holds == OF_SCHEMA_CALLOUT; /* they stand among the options */
        if (!callouts && (!typed || rows[i].events & OF_EVENT_BIT(type))) {
            sorted->keys[sorted->n++] = key_new(&rows[i]);
        }
    }
    qsort(sorted->keys, sorted->n, sizeof sorted->keys[0], compare_rows);
    g_once_init_leave(&is_known[kind][type], 1);
    return sorted;
}

static void write_entries(GString *out, OfSchemaKind kind, guint type, gconstpointer object)
{
    const SortedKeys *sorted = sorted_keys(kind, type);
    for (guint i = 0; i < sorted->n; i++) {
        const Key *key = &sorted->keys[i];
        if (!key->points || pointer_at((const char *) object + key->row->offset) != NULL) {
            write_value(out, key, kind, type, object);
        }
    }
}

static void write_mapping(GString *out, OfSchemaKind kind, guint type, gconstpointer object)
{
    g_string_append_c(out, '{');
    write_entries(out, kind, type, object);
    g_string_append_c(out, '}');
}

/* ---- Saved views ---- */

typedef enum {
    VIEW_DATE,
    VIEW_SET,
    VIEW_ORDER,
    VIEW_TEXT,
    VIEW_LEVEL,
    VIEW_FLAG,
    VIEW_NUMBER,
    VIEW_SIZE,
    VIEW_SHARE,
    VIEW_MARGIN
} ViewValue;

/* The options that are no keys of the table already. What is left out is what holds where nothing is said. */
static const struct {
    const char *name;
    ViewValue value;
    gsize offset;
    const char *word; /* of a text: the one that says no more than nothing; of a flag: what stands for true, else `true` */
} view_options[] = {
    {"accounts", VIEW_FLAG, offsetof(OfOptions, accounts), NULL},
    {"animate", VIEW_FLAG, offsetof(OfOptions, animate), NULL},
    {"at", VIEW_DATE, offsetof(OfOptions, at), NULL},
    {"background", VIEW_FLAG, offsetof(OfOptions, transparent), "transparent"},
    {"bare", VIEW_FLAG, offsetof(OfOptions, bare), NULL},
    {"dark", VIEW_FLAG, offsetof(OfOptions, dark), "auto"},
    {"effort", VIEW_TEXT, offsetof(OfOptions, effort), "normal"},
    {"every", VIEW_TEXT, offsetof(OfOptions, every), NULL},
    {"fold", VIEW_SHARE, offsetof(OfOptions, fold), NULL},
    {"from", VIEW_DATE, offsetof(OfOptions, from), NULL},
    {"group", VIEW_SET, offsetof(OfOptions, group), NULL},
    {"highlight", VIEW_SET, offsetof(OfOptions, highlight), NULL},
    {"lab", VIEW_SET, offsetof(OfOptions, lab), NULL},
    {"lanes", VIEW_TEXT, offsetof(OfOptions, lanes), "fixed"},
    {"margin", VIEW_MARGIN, offsetof(OfOptions, margin), NULL},
    {"min-confidence", VIEW_LEVEL, offsetof(OfOptions, min_confidence), NULL},
    {"order", VIEW_ORDER, offsetof(OfOptions, order), NULL},
    {"pace", VIEW_NUMBER, offsetof(OfOptions, pace), NULL},
    {"person", VIEW_SET, offsetof(OfOptions, person), NULL},
    {"poster", VIEW_SIZE, offsetof(OfOptions, poster), NULL},
    {"scale", VIEW_NUMBER, offsetof(OfOptions, scale), NULL},
    {"since", VIEW_DATE, offsetof(OfOptions, since), NULL},
    {"size", VIEW_SIZE, offsetof(OfOptions, size), NULL},
    {"slices", VIEW_SET, offsetof(OfOptions, slices), NULL},
    {"steps", VIEW_TEXT, offsetof(OfOptions, steps), NULL},
    {"tag", VIEW_SET, offsetof(OfOptions, tag), NULL},
    {"text", VIEW_TEXT, offsetof(OfOptions, text), "live"},
    {"theme", VIEW_TEXT, offsetof(OfOptions, theme), "light"},
    {"to", VIEW_DATE, offsetof(OfOptions, to), NULL},
};

static int compare_texts(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *) a, *(const char *const *) b);
}

static void write_names(GString *out, const char *key, char *const *names, bool ordered)
{
    guint n = names != NULL ? g_strv_length(OF_MUTABLE(char *, names)) : 0;
    if (n > 0) {
        const char **sorted = g_memdup2(names, n * sizeof *names);
        if (!ordered) {
            qsort(sorted, n, sizeof *sorted, compare_texts);
        }
        write_key(out, key);
        write_texts(out, sorted, n);
        g_free(sorted);
    }
}

/* The size as the option takes it. */
static void write_size(GString *out, const char *key, const OfPageSize *size)
{
    if (!(size->width > 0)) {
        return;
    }
    const char *name = of_page_size_name(size);
    g_autofree char *pixels = g_strdup_printf("%.0fx%.0f", size->width * 2, size->height * 2);
    write_key(out, key);
    write_text(out, name != NULL ? name : pixels);
}

static void write_margin(GString *out, const char *key, const OfMargin *margin)
{
    if (!margin->set) {
        return;
    }
    g_autoptr(GString) text = g_string_new(NULL);
    of_number_append_exact(text, margin->is_share ? margin->amount * 100 : margin->amount * 2);
    g_string_append(text, margin->is_share ? "%" : "");
    write_key(out, key);
    write_text(out, text->str);
}

static void write_view_option(GString *out, guint row, const OfOptions *options)
{
    const void *field = (const char *) options + view_options[row].offset;
    const char *name = view_options[row].name, *text = NULL;
    switch (view_options[row].value) {
    case VIEW_DATE:
        if (of_date_is_set(field)) {
            write_key(out, name);
            write_date(out, field);
        }
        break;
    case VIEW_SET:
    case VIEW_ORDER:
        write_names(out, name, *(char *const *const *) field, view_options[row].value == VIEW_ORDER);
        break;
    case VIEW_TEXT:
        text = *(const char *const *) field;
        text = g_strcmp0(text, view_options[row].word) != 0 ? text : NULL;
        break;
    case VIEW_LEVEL:
        text = options->min_confidence != OF_CONFIDENCE_DISPUTED ? of_confidence_names[options->min_confidence] : NULL;
        break;
    case VIEW_FLAG:
        text = *(const bool *) field ? view_options[row].word : NULL;
        if (*(const bool *) field && text == NULL) {
            write_key(out, name);
            g_string_append(out, "true");
        }
        break;
    case VIEW_NUMBER:
        if (*(const double *) field > 0) {
            write_key(out, name);
            of_number_append_exact(out, *(const double *) field);
        }
        break;
    case VIEW_SIZE:
        write_size(out, name, field);
        break;
    case VIEW_MARGIN:
        write_margin(out, name, field);
        break;
    case VIEW_SHARE:
        if (options->fold >= 0) {
            g_autoptr(GString) share = g_string_new(NULL);
            of_number_append_exact(share, options->fold);
            write_key(out, name);
            write_text(out, share->str);
        }
        break;
    }
    if (text != NULL) {
        write_key(out, name);
        write_text(out, text);
    }
}

/* Appends sorted texts with commas between them. */
static void write_sorted(GString *out, GPtrArray *texts)
{
    g_ptr_array_sort(texts, compare_texts);
    for (guint i = 0; i < texts->len; i++) {
        g_string_append(out, i > 0 ? "," : "");
        g_string_append(out, texts->pdata[i]);
    }
}

static void write_callouts(GString *out, const GArray *callouts)
{
    if (callouts == NULL || callouts->len == 0) {
        return;
    }
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < callouts->len; i++) {
        GString *text = g_string_new(NULL);
        write_mapping(text, OF_SCHEMA_CALLOUT, 0, &g_array_index(callouts, OfCallout, i));
        g_ptr_array_add(texts, g_string_free(text, FALSE));
    }
    write_key(out, "callouts");
    g_string_append_c(out, '[');
    write_sorted(out, texts);
    g_string_append_c(out, ']');
}

/* Takes the entry that was written into scratch, if any, which begins with a brace. */
static void take_entry(GPtrArray *entries, GString *scratch)
{
    if (scratch->len > 1) {
        g_ptr_array_add(entries, g_strdup(scratch->str + 1));
    }
    g_string_truncate(scratch, 1);
}

/* Keys of the table and options, sorted together: entries begin with their quoted keys, of which none is the beginning of
 * another up to the closing quote. */
static void write_view(GString *out, const OfSavedView *view)
{
    g_autoptr(GPtrArray) entries = g_ptr_array_new_with_free_func(g_free);
    GString *scratch = g_string_new("{");
    const SortedKeys *sorted = sorted_keys(OF_SCHEMA_VIEW, 0);
    for (guint i = 0; i < sorted->n; i++) {
        write_value(scratch, &sorted->keys[i], OF_SCHEMA_VIEW, 0, view);
        take_entry(entries, scratch);
    }
    for (guint i = 0; i < G_N_ELEMENTS(view_options) && view->options != NULL; i++) {
        write_view_option(scratch, i, view->options);
        take_entry(entries, scratch);
    }
    if (view->options != NULL) {
        write_callouts(scratch, view->options->callouts);
        take_entry(entries, scratch);
    }
    g_string_free(scratch, TRUE);
    g_string_append_c(out, '{');
    write_sorted(out, entries);
    g_string_append_c(out, '}');
}

/* ---- Items ---- */

static void write_story_entries(GString *out, const OfStory *story)
{
    /* In the order of the keys. */
    if (g_strcmp0(story->lang, "en") != 0 && story->lang != NULL) {
        write_key(out, "lang");
        write_text(out, story->lang);
    }
    const char *const pairs[][2] = {{"subtitle", story->subtitle}, {"title", story->title}};
    for (guint i = 0; i < G_N_ELEMENTS(pairs); i++) {
        if (pairs[i][1] != NULL) {
            write_key(out, pairs[i][0]);
            write_text(out, pairs[i][1]);
        }
    }
}

static void write_fields(GString *out, const OfStory *story, OfItemKind kind, const OfItem *item)
{
    if (kind == OF_ITEM_STORY) {
        g_string_append_c(out, '{');
        write_story_entries(out, story);
        g_string_append_c(out, '}');
    } else if (kind == OF_ITEM_VIEW) {
        write_view(out, (gconstpointer) item);
    } else {
        guint type = kind == OF_ITEM_EVENT ? ((const OfEvent *) (gconstpointer) item)->type : 0;
        write_mapping(out, of_schema_of_item(kind), type, item);
    }
}

void of_item_write_fields(GString *out, const OfStory *story, OfItemKind kind, const OfItem *item)
{
    write_fields(out, story, kind, item);
}

JsonNode *of_item_fields(const OfStory *story, OfItemKind kind, const OfItem *item)
{
    GString *text = g_string_new(NULL);
    of_item_write_fields(text, story, kind, item);
    JsonNode *node = json_from_string(text->str, NULL);
    g_string_free(text, TRUE);
    return node;
}

/* ---- The story ---- */

static int compare_keys(gconstpointer a, gconstpointer b)
{
    return strcmp((*(const OfItem *const *) a)->key, (*(const OfItem *const *) b)->key);
}

#define PIECE_SIZE (64 * 1024)

/* Gives away what is written, but for the last character, which says whether a comma is due. */
static void give_piece(const Taker *taker, GString *out)
{
    const gsize n = out->len - 1;
    taker->take(out->str, n, taker->data);
    out->str[0] = out->str[n];
    g_string_truncate(out, 1);
}

/* A section of the story: its items in the order of their keys. */
static void write_items(const Taker *taker, GString *out, const OfStory *story, const char *name, OfItemKind kind, AnyList list)
{
    if (list.n == 0) {
        return;
    }
    write_key(out, name);
    g_string_append_c(out, '{');
    for (guint i = 0; i < list.n; i++) {
        if (kind == OF_ITEM_PERSON) {
            of_people_expect(story, i);
        }
        write_key(out, key_of(list.items[i]));
        write_fields(out, story, kind, list.items[i]);
        if (out->len > PIECE_SIZE) {
            give_piece(taker, out);
        }
    }
    g_string_append_c(out, '}');
}

/* The same of a list that is in another order. */
static void write_sorted_items(const Taker *taker, GString *out, const OfStory *story, const char *name, OfItemKind kind,
                               AnyList list)
{
    g_autofree gconstpointer *items = g_memdup2(list.items, list.n * sizeof *items);
    if (list.n > 0) {
        qsort(items, list.n, sizeof *items, compare_keys);
    }
    write_items(taker, out, story, name, kind, (AnyList){items, list.n});
}

void of_story_write_canonical(const OfStory *story, OfTakePiece take, gpointer data)
{
    const Taker taker = {take, data};
    GString *out = g_string_sized_new(PIECE_SIZE * 2);
    g_string_append_c(out, '{');
    write_sorted_items(&taker, out, story, "claims", OF_ITEM_CLAIM, list_at(&story->claims));
    write_sorted_items(&taker, out, story, "events", OF_ITEM_EVENT, list_at(&story->events));
    write_items(&taker, out, story, "groups", OF_ITEM_GROUP, list_at(&story->groups));
    write_items(&taker, out, story, "labs", OF_ITEM_LAB, list_at(&story->labs));
    write_items(&taker, out, story, "people", OF_ITEM_PERSON, list_at(&story->people));
    write_items(&taker, out, story, "sources", OF_ITEM_SOURCE, list_at(&story->sources));
    write_key(out, "story");
    write_fields(out, story, OF_ITEM_STORY, NULL);
    write_items(&taker, out, story, "strategies", OF_ITEM_STRATEGY, list_at(&story->strategies));
    write_sorted_items(&taker, out, story, "views", OF_ITEM_VIEW, list_at(&story->views));
    g_string_append_c(out, '}');
    take(out->str, out->len, data);
    g_string_free(out, TRUE);
}
