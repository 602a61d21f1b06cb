#include "diff/assignment.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/hash.h"
#include "diff/json_text.h"

/* Most things on a side of which the exact assignment is found: its work grows with the cube. */
#define EXACT_MOST 64

/* Costs: a member that differs, one that says whose or what it is, a pair that cannot be. Days between dates count below a member. */
#define COST_MEMBER    100000
#define COST_TELLING   600000
#define MOST_DAYS      99999
#define COST_FORBIDDEN (G_GINT64_CONSTANT(1) << 40)

typedef struct {
    GArray *from, *to;
    const OfLikeness *likeness;
} Pairing;

static OfCandidate *candidate_at(GArray *side, guint index)
{
    return &g_array_index(side, OfCandidate, index);
}

void of_candidate_clear(gpointer data)
{
    OfCandidate *candidate = data;
    g_clear_pointer(&candidate->owners, g_ptr_array_unref);
    g_clear_pointer(&candidate->node, json_node_unref);
}

static int compare_texts(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *) a, *(const char *const *) b);
}

/* By content, those without an id first. */
static int compare_candidates(const OfCandidate *a, const OfCandidate *b)
{
    const int by_text = strcmp(a->text, b->text);
    return by_text != 0 ? by_text : g_strcmp0(a->id, b->id);
}

static int compare_for_sort(gconstpointer a, gconstpointer b, gpointer side)
{
    return compare_candidates(candidate_at(side, *(const guint *) a), candidate_at(side, *(const guint *) b));
}

/* Indices of those without a mate, by content. */
static GArray *list_single(GArray *side)
{
    GArray *single = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < side->len; i++) {
        if (candidate_at(side, i)->mate < 0) {
            g_array_append_val(single, i);
        }
    }
    g_array_sort_with_data(single, compare_for_sort, side);
    return single;
}

static void marry(Pairing *pairing, guint from, guint to)
{
    candidate_at(pairing->from, from)->mate = (gint) to;
    candidate_at(pairing->to, to)->mate = (gint) from;
}

/* ---- Equal content ---- */

/* One run of equal texts on both sides: each starts with those without ids. Two with ids are two things. */
static void pair_run(Pairing *pairing, const guint *from, guint n_from, const guint *to, guint n_to)
{
    guint plain_from = 0, plain_to = 0;
    while (plain_from < n_from && candidate_at(pairing->from, from[plain_from])->id == NULL) {
        plain_from++;
    }
    while (plain_to < n_to && candidate_at(pairing->to, to[plain_to])->id == NULL) {
        plain_to++;
    }
    const guint both = MIN(plain_from, plain_to);
    for (guint i = 0; i < both; i++) {
        marry(pairing, from[i], to[i]);
    }
    for (guint i = both, j = plain_to; i < plain_from && j < n_to; i++, j++) {
        marry(pairing, from[i], to[j]);
    }
    for (guint i = plain_from, j = both; i < n_from && j < plain_to; i++, j++) {
        marry(pairing, from[i], to[j]);
    }
}

static guint run_length(GArray *side, const GArray *order, guint start)
{
    guint end = start + 1;
    const char *text = candidate_at(side, g_array_index(order, guint, start))->text;
    while (end < order->len && g_str_equal(candidate_at(side, g_array_index(order, guint, end))->text, text)) {
        end++;
    }
    return end - start;
}

static void pair_equal(Pairing *pairing)
{
    g_autoptr(GArray) from = list_single(pairing->from);
    g_autoptr(GArray) to = list_single(pairing->to);
    for (guint i = 0, j = 0; i < from->len && j < to->len;) {
        const OfCandidate *a = candidate_at(pairing->from, g_array_index(from, guint, i));
        const OfCandidate *b = candidate_at(pairing->to, g_array_index(to, guint, j));
        const int order = strcmp(a->text, b->text);
        const guint n = order <= 0 ? run_length(pairing->from, from, i) : 0;
        const guint m = order >= 0 ? run_length(pairing->to, to, j) : 0;
        if (order == 0) {
            pair_run(pairing, &g_array_index(from, guint, i), n, &g_array_index(to, guint, j), m);
        }
        i += n;
        j += m;
    }
}

/* ---- What the rest says ---- */

static void add_owner(GPtrArray *owners, const char *type, const char *owner)
{
    g_ptr_array_add(owners, g_strconcat(type, "\n", owner, NULL));
}

static void prepare(OfCandidate *candidate, const OfLikeness *likeness)
{
    candidate->node = json_from_string(candidate->text, NULL);
    candidate->fields = json_node_get_object(candidate->node);
    candidate->owners = g_ptr_array_new_with_free_func(g_free);
    const char *type =
        likeness->type != NULL ? json_object_get_string_member_with_default(candidate->fields, likeness->type, "") : "";
    for (const char *const *name = likeness->owners; *name != NULL && candidate->owners->len == 0; name++) {
        JsonNode *value = json_object_get_member(candidate->fields, *name);
        if (value != NULL && JSON_NODE_HOLDS_ARRAY(value)) {
            JsonArray *array = json_node_get_array(value);
            for (guint i = 0; i < json_array_get_length(array); i++) {
                add_owner(candidate->owners, type, json_array_get_string_element(array, i));
            }
        } else if (value != NULL) {
            g_autofree char *text = of_json_text(value);
            add_owner(candidate->owners, type, text);
        }
    }
    if (candidate->owners->len == 0) {
        add_owner(candidate->owners, type, "");
    }
    g_ptr_array_sort(candidate->owners, compare_texts);
}

static bool share_owner(const OfCandidate *a, const OfCandidate *b)
{
    for (guint i = 0, j = 0; i < a->owners->len && j < b->owners->len;) {
        const int order = strcmp(a->owners->pdata[i], b->owners->pdata[j]);
        if (order == 0) {
            return true;
        }
        *(order < 0 ? &i : &j) += 1;
    }
    return false;
}

static bool share_member(const OfCandidate *a, const OfCandidate *b, const char *name)
{
    JsonNode *x = json_object_get_member(a->fields, name), *y = json_object_get_member(b->fields, name);
    return x != NULL && y != NULL && json_node_equal(x, y);
}

static bool may_pair(const OfCandidate *a, const OfCandidate *b, const OfLikeness *likeness)
{
    if ((a->id != NULL && b->id != NULL) || !share_owner(a, b)) {
        return false;
    }
    bool alike = share_member(a, b, likeness->date);
    for (const char *const *name = likeness->telling; *name != NULL && !alike; name++) {
        alike = share_member(a, b, *name);
    }
    return alike;
}

static gint64 days_between(const OfCandidate *a, const OfCandidate *b, const char *member)
{
    OfDate x, y;
    const char *from = json_object_get_string_member_with_default(a->fields, member, "");
    const char *to = json_object_get_string_member_with_default(b->fields, member, "");
    if (!of_date_parse(from, &x, NULL) || !of_date_parse(to, &y, NULL)) {
        return MOST_DAYS;
    }
    return MIN(ABS((gint64) of_date_middle(&x) - of_date_middle(&y)), MOST_DAYS);
}

static gint64 member_cost(const char *name, const OfLikeness *likeness)
{
    return g_strv_contains(likeness->telling, name) || g_strv_contains(likeness->owners, name) ? COST_TELLING : COST_MEMBER;
}

static gint64 pair_cost(const OfCandidate *a, const OfCandidate *b, const OfLikeness *likeness)
{
    JsonObjectIter iter;
    const char *name;
    JsonNode *value;
    gint64 cost = 0;
    if (!may_pair(a, b, likeness)) {
        return COST_FORBIDDEN;
    }
    json_object_iter_init(&iter, a->fields);
    while (json_object_iter_next(&iter, &name, &value)) {
        JsonNode *other = json_object_get_member(b->fields, name);
        cost += other == NULL || !json_node_equal(value, other) ? member_cost(name, likeness) : 0;
    }
    json_object_iter_init(&iter, b->fields);
    while (json_object_iter_next(&iter, &name, &value)) {
        cost += json_object_has_member(a->fields, name) ? 0 : member_cost(name, likeness);
    }
    return cost + (share_member(a, b, likeness->date) ? 0 : days_between(a, b, likeness->date));
}

/* ---- The exact assignment ---- */

/* Least total cost over an n × n matrix: column_row[j] is the row of column j. Rows are added one by one; each time the shortest
 * augmenting path is found by potentials u, v. Index 0 is a mark, rows and columns count from 1. */
static void assign(const gint64 *cost, guint n, guint *column_row)
{
    gint64 u[EXACT_MOST + 1] = {0}, v[EXACT_MOST + 1] = {0}, least[EXACT_MOST + 1];
    guint way[EXACT_MOST + 1] = {0};
    bool used[EXACT_MOST + 1];
    memset(column_row, 0, (n + 1) * sizeof *column_row);
    for (guint row = 1; row <= n; row++) {
        guint column = 0;
        column_row[0] = row;
        for (guint j = 0; j <= n; j++) {
            least[j] = G_MAXINT64;
            used[j] = false;
        }
        do {
            const guint i = column_row[column];
            gint64 delta = G_MAXINT64;
            guint next = 0;
            used[column] = true;
            for (guint j = 1; j <= n; j++) {
                const gint64 reduced = used[j] ? 0 : cost[(i - 1) * n + j - 1] - u[i] - v[j];
                if (!used[j] && reduced < least[j]) {
                    least[j] = reduced;
                    way[j] = column;
                }
                if (!used[j] && least[j] < delta) {
                    delta = least[j];
                    next = j;
                }
            }
            for (guint j = 0; j <= n; j++) {
                if (used[j]) {
                    u[column_row[j]] += delta;
                    v[j] -= delta;
                } else if (least[j] < G_MAXINT64) {
                    least[j] -= delta;
                }
            }
            column = next;
        } while (column_row[column] != 0);
        while (column != 0) {
            column_row[column] = column_row[way[column]];
            column = way[column];
        }
    }
}

/* Among several assignments of one cost the method finds one that depends on which side the rows are: so the side whose
 * content comes first is the rows, whichever it is. */
static bool goes_first(GArray *side, const GArray *order, GArray *other_side, const GArray *other)
{
    for (guint i = 0; i < MIN(order->len, other->len); i++) {
        const int by = compare_candidates(candidate_at(side, g_array_index(order, guint, i)),
                                          candidate_at(other_side, g_array_index(other, guint, i)));
        if (by != 0) {
            return by < 0;
        }
    }
    return order->len <= other->len;
}

static void pair_exactly(Pairing *pairing, const GArray *from, const GArray *to)
{
    const bool straight = goes_first(pairing->from, from, pairing->to, to);
    const GArray *rows = straight ? from : to, *columns = straight ? to : from;
    GArray *row_side = straight ? pairing->from : pairing->to, *column_side = straight ? pairing->to : pairing->from;
    const guint n = MAX(rows->len, columns->len);
    g_autofree gint64 *cost = g_new(gint64, (gsize) n * n);
    guint column_row[EXACT_MOST + 1];
    for (guint i = 0; i < n; i++) {
        for (guint j = 0; j < n; j++) {
            cost[i * n + j] = i < rows->len && j < columns->len
                                  ? pair_cost(candidate_at(row_side, g_array_index(rows, guint, i)),
                                              candidate_at(column_side, g_array_index(columns, guint, j)), pairing->likeness)
                                  : COST_FORBIDDEN;
        }
    }
    assign(cost, n, column_row);
    for (guint j = 0; j < columns->len; j++) {
        const guint i = column_row[j + 1] - 1;
        if (i < rows->len && cost[i * n + j] < COST_FORBIDDEN) {
            const guint row = g_array_index(rows, guint, i), column = g_array_index(columns, guint, j);
            marry(pairing, straight ? row : column, straight ? column : row);
        }
    }
}

/* ---- Step by step, for many ---- */

typedef enum { STEP_ALL_BUT_DATE, STEP_DATE, STEP_TELLING, N_STEPS } Step;

static void append_member(GString *key, const OfCandidate *candidate, const char *name)
{
    JsonNode *value = json_object_get_member(candidate->fields, name);
    if (value != NULL) {
        of_json_append(key, value);
    }
    g_string_append_c(key, '\n');
}

static char *step_key(const OfCandidate *candidate, const OfLikeness *likeness, Step step)
{
    GString *key = g_string_new(NULL);
    for (guint i = 0; i < candidate->owners->len && step != STEP_ALL_BUT_DATE; i++) {
        g_string_append_printf(key, "%s\n", (const char *) candidate->owners->pdata[i]);
    }
    if (step == STEP_DATE) {
        append_member(key, candidate, likeness->date);
    } else if (step == STEP_TELLING) {
        for (const char *const *name = likeness->telling; *name != NULL; name++) {
            append_member(key, candidate, *name);
        }
    } else {
        g_autoptr(GList) names = json_object_get_members(candidate->fields);
        for (const GList *name = names; name != NULL; name = name->next) {
            if (!g_str_equal(name->data, likeness->date)) {
                g_string_append(key, name->data);
                append_member(key, candidate, name->data);
            }
        }
    }
    return g_string_free(key, FALSE);
}

/* The next of the other side that has the key, in the order of content. */
static void pair_step(Pairing *pairing, const GArray *from, const GArray *to, Step step)
{
    g_autoptr(GHashTable) waiting = g_hash_table_new_full(of_text_hash, g_str_equal, g_free, (GDestroyNotify) g_queue_free);
    for (guint j = 0; j < to->len; j++) {
        const guint index = g_array_index(to, guint, j);
        if (candidate_at(pairing->to, index)->mate >= 0) {
            continue;
        }
        char *key = step_key(candidate_at(pairing->to, index), pairing->likeness, step);
        GQueue *queue = g_hash_table_lookup(waiting, key);
        if (queue == NULL) {
            queue = g_queue_new();
            g_hash_table_insert(waiting, key, queue);
        } else {
            g_free(key);
        }
        g_queue_push_tail(queue, GUINT_TO_POINTER(index));
    }
    for (guint i = 0; i < from->len; i++) {
        const guint index = g_array_index(from, guint, i);
        const OfCandidate *candidate = candidate_at(pairing->from, index);
        if (candidate->mate >= 0) {
            continue;
        }
        g_autofree char *key = step_key(candidate, pairing->likeness, step);
        GQueue *queue = g_hash_table_lookup(waiting, key);
        if (queue != NULL && !g_queue_is_empty(queue)) {
            const guint other = GPOINTER_TO_UINT(g_queue_pop_head(queue));
            if (may_pair(candidate, candidate_at(pairing->to, other), pairing->likeness)) {
                marry(pairing, index, other);
            }
        }
    }
}

/* ---- What hangs together by its owners ---- */

static guint find_root(guint *parent, guint node)
{
    while (parent[node] != node) {
        parent[node] = parent[parent[node]];
        node = parent[node];
    }
    return node;
}

/* Joins candidates (numbered from base on) with all that name the same owner. */
static void join_owners(GArray *side, const GArray *single, guint base, GHashTable *first, guint *parent)
{
    for (guint i = 0; i < single->len; i++) {
        const OfCandidate *candidate = candidate_at(side, g_array_index(single, guint, i));
        for (guint k = 0; k < candidate->owners->len; k++) {
            gpointer known;
            if (g_hash_table_lookup_extended(first, candidate->owners->pdata[k], NULL, &known)) {
                parent[find_root(parent, base + i)] = find_root(parent, GPOINTER_TO_UINT(known));
            } else {
                g_hash_table_insert(first, candidate->owners->pdata[k], GUINT_TO_POINTER(base + i));
            }
        }
    }
}

/* One list of indices for each root. */
static GArray **gather(const GArray *single, guint base, guint *parent, guint n)
{
    GArray **lists = g_new0(GArray *, n);
    for (guint i = 0; i < single->len; i++) {
        const guint root = find_root(parent, base + i);
        if (lists[root] == NULL) {
            lists[root] = g_array_new(FALSE, FALSE, sizeof(guint));
        }
        g_array_append_val(lists[root], g_array_index(single, guint, i));
    }
    return lists;
}

static void free_lists(GArray **lists, guint n)
{
    for (guint i = 0; i < n; i++) {
        g_clear_pointer(&lists[i], g_array_unref);
    }
    g_free(lists);
}

static void pair_alike(Pairing *pairing)
{
    g_autoptr(GArray) from = list_single(pairing->from);
    g_autoptr(GArray) to = list_single(pairing->to);
    const guint n = from->len + to->len;
    if (from->len == 0 || to->len == 0) {
        return;
    }
    for (guint i = 0; i < from->len; i++) {
        prepare(candidate_at(pairing->from, g_array_index(from, guint, i)), pairing->likeness);
    }
    for (guint j = 0; j < to->len; j++) {
        prepare(candidate_at(pairing->to, g_array_index(to, guint, j)), pairing->likeness);
    }
    g_autofree guint *parent = g_new(guint, n);
    g_autoptr(GHashTable) first = g_hash_table_new(of_text_hash, g_str_equal);
    for (guint i = 0; i < n; i++) {
        parent[i] = i;
    }
    join_owners(pairing->from, from, 0, first, parent);
    join_owners(pairing->to, to, from->len, first, parent);
    GArray **from_lists = gather(from, 0, parent, n), **to_lists = gather(to, from->len, parent, n);
    for (guint i = 0; i < n; i++) {
        if (from_lists[i] == NULL || to_lists[i] == NULL) {
            continue;
        }
        if (MAX(from_lists[i]->len, to_lists[i]->len) <= EXACT_MOST) {
            pair_exactly(pairing, from_lists[i], to_lists[i]);
            continue;
        }
        for (Step step = 0; step < N_STEPS; step++) {
            pair_step(pairing, from_lists[i], to_lists[i], step);
        }
    }
    free_lists(from_lists, n);
    free_lists(to_lists, n);
}

void of_assignment_pair(GArray *from, GArray *to, const OfLikeness *likeness)
{
    Pairing pairing = {from, to, likeness};
    pair_equal(&pairing);
    pair_alike(&pairing);
}
