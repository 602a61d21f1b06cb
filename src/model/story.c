/* A story as a whole: reading, freeing, looking up. */
#include "model/options.h"
#include "model/stages.h"

#include <nettle/sha2.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/keyed.h"
#include "base/progress.h"

const char *const of_confidence_names[] = {"confirmed", "reported", "unverified", "disputed", NULL};

const char *of_kind_name(OfItemKind kind)
{
    static const char *const names[] = {
        [OF_ITEM_STORY] = "story", [OF_ITEM_SOURCE] = "source", [OF_ITEM_STRATEGY] = "strategy",
        [OF_ITEM_LAB] = "lab",     [OF_ITEM_GROUP] = "group",   [OF_ITEM_PERSON] = "person",
        [OF_ITEM_EVENT] = "event", [OF_ITEM_CLAIM] = "claim",   [OF_ITEM_VIEW] = "view",
    };
    g_return_val_if_fail((guint) kind < G_N_ELEMENTS(names), NULL);
    return names[kind];
}

const char *of_item_label(const OfItem *item)
{
    return item->name != NULL ? item->name : item->id != NULL ? item->id : item->key;
}

OfStoryBuild *of_story_build_new(void)
{
    OfStoryBuild *build = g_new0(OfStoryBuild, 1);
    build->arena = of_arena_new();
    build->tags = g_hash_table_new(of_text_hash, g_str_equal);
    return build;
}

void of_story_free(OfStory *story)
{
    if (story == NULL) {
        return;
    }
    OfStoryBuild *build = (OfStoryBuild *) (gpointer) story;
    for (guint i = 0; i < story->views.n; i++) {
        of_options_free(story->views.items[i]->options);
    }
    for (guint kind = 0; kind < G_N_ELEMENTS(build->by_id); kind++) {
        of_text_table_clear(&build->by_id[kind]);
    }
    g_hash_table_unref(build->tags);
    of_arena_free(build->arena);
    g_free(build);
}

/* Inputs sorted by the names they were given under, so that their order on the command line makes no difference. */
static int compare_inputs(gconstpointer a, gconstpointer b)
{
    const OfInput *first = *(const OfInput *const *) a, *second = *(const OfInput *const *) b;
    int order = strcmp(first->name, second->name);
    if (order == 0) {
        order = (first->length > second->length) - (first->length < second->length);
    }
    return order != 0 || first->length == 0 ? order : memcmp(first->bytes, second->bytes, first->length);
}

/* The inputs' texts in the order of their names. Their bytes go over to diagnostics. */
static GPtrArray *take_texts(OfInput *inputs, guint n_inputs, OfDiagnostics *diagnostics)
{
    g_autoptr(GPtrArray) sorted = g_ptr_array_sized_new(n_inputs);
    for (guint i = 0; i < n_inputs; i++) {
        g_ptr_array_add(sorted, &inputs[i]);
    }
    g_ptr_array_sort(sorted, compare_inputs);
    GPtrArray *texts = g_ptr_array_sized_new(n_inputs);
    for (guint i = 0; i < n_inputs; i++) {
        OfInput *input = sorted->pdata[i];
        g_ptr_array_add(texts,
                        OF_MUTABLE(OfSourceText, of_diagnostics_add_text(diagnostics, input->name, input->bytes, input->length)));
        input->bytes = NULL;
    }
    return texts;
}

static bool check_bytes(const GPtrArray *texts, const OfLimits *limits, OfDiagnostics *diagnostics)
{
    gint64 most = limits->value[OF_LIMIT_INPUT_BYTES];
    guint64 total = 0;
    for (guint i = 0; i < texts->len; i++) {
        total += ((const OfSourceText *) texts->pdata[i])->length;
    }
    if (total <= (guint64) most) {
        return true;
    }
    const char *name = of_limit_info(OF_LIMIT_INPUT_BYTES)->name;
    /* How many bytes there are is not known: of each input no more than the limit and one byte is read. */
    char *hint = g_strdup_printf("the limit can be raised: --limit %s=N", name);
    OfDiagnostic *entry = of_diagnostics_add(diagnostics, OF_SEVERITY_ERROR, "limit-input-bytes", NULL, hint,
                                             "the input holds more than %" G_GINT64_FORMAT " bytes, the limit `%s`", most, name);
    entry->kind = OF_KIND_LIMIT;
    return false;
}

/* Reads all documents, so that all their problems are reported; NULL where one could not be read. */
static GPtrArray *read_documents(const GPtrArray *texts, const OfLimits *limits, OfDiagnostics *diagnostics)
{
    g_autoptr(GPtrArray) documents = g_ptr_array_new_with_free_func((GDestroyNotify) of_document_free);
    for (guint i = 0; i < texts->len; i++) {
        OfDocument *document = of_document_read(texts->pdata[i], limits, diagnostics);
        if (document != NULL) {
            g_ptr_array_add(documents, document);
        }
    }
    return documents->len == texts->len ? g_steal_pointer(&documents) : NULL;
}

/* Runs the stages behind decoding. Each has the ground of the one before: where a lab's time or a person's way does not hold
 * together, what follows would only repeat it. clean: decoding reported no error at all; else "never used" could only mean that the
 * use was misspelt. Returns whether everything but claims holds. */
static bool seal(OfStoryBuild *build, bool clean, OfDiagnostics *diagnostics)
{
    guint n_errors = of_diagnostics_count_severity(diagnostics, OF_SEVERITY_ERROR);
    if (!of_progress_tell("sealing", 0) || !of_story_seal_labs(build, diagnostics) || !of_story_seal_people(build, diagnostics) ||
        !of_progress_tell("checking", -1)) {
        return false;
    }
    bool sealed = of_diagnostics_count_severity(diagnostics, OF_SEVERITY_ERROR) == n_errors;
    of_story_check_claims(build, diagnostics);
    if (clean) {
        of_story_check_use(build, diagnostics);
    }
    return sealed;
}

/* Reads and decodes; NULL where a file could not be read. sound: whether it can be sealed. */
static OfStoryBuild *decode(OfInput *inputs, guint n_inputs, const OfLimits *limits, const char *const *known_views, bool *sound,
                            OfDiagnostics *diagnostics)
{
    g_autoptr(GPtrArray) texts = take_texts(inputs, n_inputs, diagnostics);
    g_autoptr(GPtrArray) documents = check_bytes(texts, limits, diagnostics) ? read_documents(texts, limits, diagnostics) : NULL;
    if (documents == NULL || !of_progress_tell("decoding", -1)) {
        return NULL;
    }
    OfStoryBuild *build = of_story_build_new();
    *sound = of_story_decode(build, (OfDocument *const *) documents->pdata, documents->len, limits, known_views, diagnostics);
    return build;
}

OfStory *of_story_read_declared(OfInput *inputs, guint n_inputs, const OfLimits *limits, const char *const *known_views,
                                OfDiagnostics *diagnostics)
{
    bool sound;
    OfStoryBuild *build = decode(inputs, n_inputs, limits, known_views, &sound, diagnostics);
    return build != NULL ? &build->story : NULL;
}

OfStory *of_story_read(OfInput *inputs, guint n_inputs, const OfLimits *limits, const char *const *known_views,
                       OfDiagnostics *diagnostics)
{
    const guint n_errors = of_diagnostics_count_severity(diagnostics, OF_SEVERITY_ERROR);
    bool sound;
    OfStoryBuild *build = decode(inputs, n_inputs, limits, known_views, &sound, diagnostics);
    if (build == NULL) {
        return NULL;
    }
    bool clean = sound && of_diagnostics_count_severity(diagnostics, OF_SEVERITY_ERROR) == n_errors;
    if (!sound || !seal(build, clean, diagnostics) || !clean) {
        of_story_free(&build->story);
        return NULL;
    }
    return &build->story;
}

OfItems of_story_items(const OfStory *story, OfItemKind kind)
{
    const void *const lists[] = {
        [OF_ITEM_SOURCE] = &story->sources, [OF_ITEM_STRATEGY] = &story->strategies, [OF_ITEM_LAB] = &story->labs,
        [OF_ITEM_GROUP] = &story->groups,   [OF_ITEM_PERSON] = &story->people,       [OF_ITEM_EVENT] = &story->events,
        [OF_ITEM_CLAIM] = &story->claims,   [OF_ITEM_VIEW] = &story->views,
    };
    OfItems items = {NULL, 0};
    if (lists[kind] != NULL) {
        memcpy(&items, lists[kind], sizeof items);
    }
    return items;
}

static void digest_piece(const char *piece, gsize length, gpointer context)
{
    sha256_update(context, length, (const guint8 *) piece);
}

const char *of_story_digest(const OfStory *story)
{
    OfStoryBuild *build = OF_MUTABLE(OfStoryBuild, story);
    if (g_once_init_enter(&build->has_digest)) {
        struct sha256_ctx context;
        sha256_init(&context);
        of_story_write_canonical(story, digest_piece, &context);
        guint8 digest[SHA256_DIGEST_SIZE];
        sha256_digest(&context, sizeof digest, digest);
        for (guint i = 0; i < sizeof digest; i++) {
            g_snprintf(build->digest + 2 * (gsize) i, 3, "%02x", digest[i]);
        }
        g_once_init_leave(&build->has_digest, 1);
    }
    return build->digest;
}

static int compare_with_event(gconstpointer wanted, gconstpointer candidate)
{
    const OfEvent *a = wanted, *b = *(const OfEvent *const *) candidate;
    const guint64 x = of_key_from_pair(a->date.first, a->date.last), y = of_key_from_pair(b->date.first, b->date.last);
    return x != y ? (x < y ? -1 : 1) : strcmp(a->item.key, b->item.key);
}

/* The event with a key `type:who:date`, which says where among the events it stands. */
static gpointer find_event_by_key(const OfStory *story, const char *key)
{
    const char *colon = strrchr(key, ':');
    if (colon == NULL || story->events.n == 0) {
        return NULL;
    }
    OfEvent wanted = {.item = {.key = key}};
    g_autofree char *date = g_strndup(colon + 1, strcspn(colon + 1, "#"));
    of_date_parse(date, &wanted.date, NULL); /* else the event has no date either */
    OfEvent *const *found = bsearch(&wanted, story->events.items, story->events.n, sizeof(gpointer), compare_with_event);
    return found != NULL ? *found : NULL;
}

gpointer of_story_build_find(const OfStoryBuild *build, OfItemKind kind, const char *id, gsize length)
{
    gpointer item = of_text_table_find(&build->by_id[kind], id, length);
    return item == NULL && kind == OF_ITEM_EVENT ? find_event_by_key(&build->story, id) : item;
}

static gconstpointer find(const OfStory *story, OfItemKind kind, const char *id)
{
    return of_story_build_find((const OfStoryBuild *) (gconstpointer) story, kind, id, strlen(id));
}

static GHashTable *tags_of(const OfStory *story)
{
    return ((const OfStoryBuild *) (gconstpointer) story)->tags;
}

bool of_story_has_tag(const OfStory *story, const char *tag)
{
    return g_hash_table_contains(tags_of(story), tag);
}

static int compare_texts(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *) a, *(const char *const *) b);
}

GPtrArray *of_story_list_tags(const OfStory *story)
{
    GPtrArray *tags = g_ptr_array_new();
    GHashTableIter iter;
    gpointer tag;
    g_hash_table_iter_init(&iter, tags_of(story));
    while (g_hash_table_iter_next(&iter, &tag, NULL)) {
        g_ptr_array_add(tags, tag);
    }
    g_ptr_array_sort(tags, compare_texts);
    return tags;
}

const OfLab *of_story_find_lab(const OfStory *story, const char *id)
{
    return find(story, OF_ITEM_LAB, id);
}

const OfPerson *of_story_find_person(const OfStory *story, const char *id)
{
    return find(story, OF_ITEM_PERSON, id);
}

const OfGroup *of_story_find_group(const OfStory *story, const char *id)
{
    return find(story, OF_ITEM_GROUP, id);
}

const OfEvent *of_story_find_event(const OfStory *story, const char *key)
{
    return find(story, OF_ITEM_EVENT, key);
}

const OfSavedView *of_story_find_view(const OfStory *story, const char *id)
{
    return find(story, OF_ITEM_VIEW, id);
}
