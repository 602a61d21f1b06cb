#include "diff/likely.h"

#include <string.h>

#include "base/hash.h"
#include "diff/json_text.h"

/* Of a value that more share, nobody is known by it. */
#define MOST_SHARING 100

/* The member that stands for the events a person takes part in, and for the people of a group: no key of the format. */
#define EVENTS "events"
#define PEOPLE "people"

/* What tells items apart, in the order in which it is named as a reason. */
static const struct {
    const char *member;
    guint weight;
    bool proves; /* who share it are one, whose differs are two */
    bool tells;  /* shared, it makes a pair worth a look */
} evidence[] = {
    {"orcid", 4, true, true},     {"wikidata", 4, true, true}, {"url", 4, false, true},       {"title", 4, false, true},
    {"name", 4, false, true},     {"text", 4, false, true},    {"long_name", 3, false, true}, {"stints", 3, false, true},
    {EVENTS, 3, false, true},     {PEOPLE, 2, false, true},    {"date", 2, false, true},      {"to", 2, false, false},
    {"founded", 2, false, false}, {"since", 1, false, false},
};

/* Members that say nothing about which item it is. */
static const char *const passed_over[] = {"was", "color", "confidence", NULL};

/* One item that looks for its other self. */
typedef struct {
    guint index; /* in entries */
    const char *id;
    GHashTable *members; /* name -> its value as text */
} Single;

typedef struct {
    guint from, to; /* indices of singles */
    guint percent;
    const char *low, *high; /* their ids in byte order */
} Pair;

static void clear_single(gpointer data)
{
    g_hash_table_unref(((Single *) data)->members);
}

static Single *single_at(GArray *singles, guint index)
{
    return &g_array_index(singles, Single, index);
}

/* ---- What items say ---- */

static int compare_texts(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *) a, *(const char *const *) b);
}

static void add_list(Single *single, const char *member, GPtrArray *texts)
{
    if (texts != NULL && texts->len > 0) {
        g_ptr_array_sort(texts, compare_texts);
        g_ptr_array_add(texts, NULL);
        g_hash_table_insert(single->members, g_strdup(member), g_strjoinv("\n", (char **) texts->pdata));
        g_ptr_array_remove_index(texts, texts->len - 1);
    }
}

/* For each person what their events say, without who it is; for each group who belongs to it. index -> texts. */
static GHashTable *list_belongings(const OfSide *side, OfItemKind kind)
{
    GHashTable *found = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
    const OfItems items = of_story_items(side->story, kind == OF_ITEM_GROUP ? OF_ITEM_PERSON : OF_ITEM_EVENT);
    for (guint i = 0; i < items.n && (kind == OF_ITEM_PERSON || kind == OF_ITEM_GROUP); i++) {
        const OfEvent *event = (gconstpointer) items.items[i];
        const OfPerson *person = (gconstpointer) items.items[i];
        const guint n = kind == OF_ITEM_GROUP ? person->groups.n : event->people.n;
        for (guint k = 0; k < n; k++) {
            gconstpointer owner = kind == OF_ITEM_GROUP ? (gconstpointer) person->groups.items[k] : event->people.items[k];
            GPtrArray *texts = g_hash_table_lookup(found, owner);
            if (texts == NULL) {
                texts = g_ptr_array_new_with_free_func(g_free);
                g_hash_table_insert(found, (gpointer) (gsize) owner, texts);
            }
            if (kind == OF_ITEM_GROUP) {
                g_ptr_array_add(texts, g_strdup(of_id_map_find(&side->renamed, OF_ITEM_PERSON, person->item.id)));
            } else {
                g_autofree char *date = of_date_format(&event->date);
                const char *to = event->to != NULL ? of_id_map_find(&side->renamed, OF_ITEM_LAB, event->to->item.id) : "";
                g_ptr_array_add(texts, g_strdup_printf("%s %s %s", of_event_type_info(event->type)->name, date, to));
            }
        }
    }
    return found;
}

static GArray *list_singles(const OfSide *side, OfItemKind kind)
{
    GArray *singles = g_array_new(FALSE, FALSE, sizeof(Single));
    g_array_set_clear_func(singles, clear_single);
    g_autoptr(GHashTable) belongings = list_belongings(side, kind);
    for (guint i = 0; i < side->entries[kind]->len; i++) {
        const OfEntry *entry = &g_array_index(side->entries[kind], OfEntry, i);
        if (entry->mate >= 0 || entry->item->id == NULL) {
            continue;
        }
        Single single = {i, entry->item->id, g_hash_table_new_full(of_text_hash, g_str_equal, g_free, g_free)};
        g_autoptr(JsonNode) node = of_side_fields(side, kind, entry->item);
        JsonObject *fields = json_node_get_object(node);
        g_autoptr(GList) names = json_object_get_members(fields);
        for (const GList *name = names; name != NULL; name = name->next) {
            if (!g_strv_contains(passed_over, name->data)) {
                g_hash_table_insert(single.members, g_strdup(name->data), of_json_text(json_object_get_member(fields, name->data)));
            }
        }
        add_list(&single, kind == OF_ITEM_GROUP ? PEOPLE : EVENTS, g_hash_table_lookup(belongings, entry->item));
        g_array_append_val(singles, single);
    }
    return singles;
}

/* ---- Likeness ---- */

static guint weight_of(const char *member)
{
    for (gsize i = 0; i < G_N_ELEMENTS(evidence); i++) {
        if (g_str_equal(evidence[i].member, member)) {
            return evidence[i].weight;
        }
    }
    return 1;
}

/* The weight of what only a says is added to all; of what both say alike, to shared too. */
static void weigh_members(const Single *a, const Single *b, bool both, guint *shared, guint *all)
{
    GHashTableIter iter;
    gpointer name, value;
    g_hash_table_iter_init(&iter, a->members);
    while (g_hash_table_iter_next(&iter, &name, &value)) {
        const char *other = g_hash_table_lookup(b->members, name);
        const guint weight = weight_of(name);
        *all += other == NULL || both ? weight : 0;
        *shared += both && other != NULL && strcmp(value, other) == 0 ? weight : 0;
    }
}

static guint percent_alike(const Single *a, const Single *b)
{
    guint shared = 0, all = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(evidence); i++) {
        const char *left = g_hash_table_lookup(a->members, evidence[i].member);
        const char *right = g_hash_table_lookup(b->members, evidence[i].member);
        if (evidence[i].proves && left != NULL && right != NULL) {
            return strcmp(left, right) == 0 ? 100 : 0;
        }
    }
    weigh_members(a, b, true, &shared, &all);
    weigh_members(b, a, false, &shared, &all);
    return all > 0 ? 100 * shared / all : 0;
}

/* "same name, same stints": at most three. Owned by the caller. */
static char *tell_reason(const Single *a, const Single *b)
{
    enum { MOST_REASONS = 3 };
    GString *reason = g_string_new(NULL);
    guint n = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(evidence) && n < MOST_REASONS; i++) {
        const char *left = g_hash_table_lookup(a->members, evidence[i].member);
        const char *right = g_hash_table_lookup(b->members, evidence[i].member);
        if (left != NULL && right != NULL && strcmp(left, right) == 0) {
            g_string_append_printf(reason, "%ssame %s", n++ > 0 ? ", " : "", evidence[i].member);
        }
    }
    return g_string_free(reason, FALSE);
}

/* ---- Pairs ---- */

/* member and value -> indices of those that say so. */
static GHashTable *index_values(GArray *singles)
{
    GHashTable *found = g_hash_table_new_full(of_text_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
    for (guint i = 0; i < singles->len; i++) {
        for (gsize k = 0; k < G_N_ELEMENTS(evidence); k++) {
            const char *value = g_hash_table_lookup(single_at(singles, i)->members, evidence[k].member);
            if (value == NULL || !evidence[k].tells) {
                continue;
            }
            char *text = g_strconcat(evidence[k].member, "\n", value, NULL);
            GArray *indices = g_hash_table_lookup(found, text);
            if (indices == NULL) {
                indices = g_array_new(FALSE, FALSE, sizeof(guint));
                g_hash_table_insert(found, g_strdup(text), indices);
            }
            g_array_append_val(indices, i);
            g_free(text);
        }
    }
    return found;
}

static int compare_pairs(gconstpointer a, gconstpointer b)
{
    const Pair *x = a, *y = b;
    const int by_low = strcmp(x->low, y->low);
    return x->percent != y->percent ? (x->percent > y->percent ? -1 : 1) : by_low != 0 ? by_low : strcmp(x->high, y->high);
}

static void add_pairs(GArray *pairs, GArray *from, GArray *to, const GArray *left, const GArray *right, guint likeness)
{
    for (guint i = 0; i < left->len; i++) {
        for (guint k = 0; k < right->len; k++) {
            const guint a = g_array_index(left, guint, i), b = g_array_index(right, guint, k);
            const char *left_id = single_at(from, a)->id, *right_id = single_at(to, b)->id;
            const bool first = strcmp(left_id, right_id) < 0;
            const Pair pair = {a, b, percent_alike(single_at(from, a), single_at(to, b)), first ? left_id : right_id,
                               first ? right_id : left_id};
            if (pair.percent >= likeness) {
                g_array_append_val(pairs, pair);
            }
        }
    }
}

static GArray *list_pairs(GArray *from, GArray *to, guint likeness)
{
    GArray *pairs = g_array_new(FALSE, FALSE, sizeof(Pair));
    g_autoptr(GHashTable) left = index_values(from), right = index_values(to);
    GHashTableIter iter;
    gpointer value, indices;
    g_hash_table_iter_init(&iter, left);
    while (g_hash_table_iter_next(&iter, &value, &indices)) {
        const GArray *mine = indices, *others = g_hash_table_lookup(right, value);
        if (others != NULL && mine->len <= MOST_SHARING && others->len <= MOST_SHARING) {
            add_pairs(pairs, from, to, mine, others, likeness);
        }
    }
    g_array_sort(pairs, compare_pairs);
    return pairs;
}

void of_sides_match_likely(OfSide *from, OfSide *to, OfItemKind kind, guint likeness)
{
    g_autoptr(GArray) left = list_singles(from, kind), right = list_singles(to, kind);
    g_autoptr(GArray) pairs = list_pairs(left, right, likeness);
    for (guint i = 0; i < pairs->len; i++) {
        const Pair *pair = &g_array_index(pairs, Pair, i);
        const guint a = single_at(left, pair->from)->index, b = single_at(right, pair->to)->index;
        OfEntry *one = &g_array_index(from->entries[kind], OfEntry, a), *other = &g_array_index(to->entries[kind], OfEntry, b);
        if (one->mate < 0 && other->mate < 0) {
            of_sides_marry(from, to, kind, a, b, OF_MATCH_LIKELY);
            one->reason = tell_reason(single_at(left, pair->from), single_at(right, pair->to));
            of_id_map_add(&from->renamed, kind, one->item->id, pair->low);
            of_id_map_add(&to->renamed, kind, other->item->id, pair->low);
        }
    }
}
