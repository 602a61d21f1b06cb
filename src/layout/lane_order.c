/* The order of lanes: a quadratic linear ordering under a tree constraint, solved by sifting.
 *
 * 1. The lanes form a tree; an order is one list of children for each parent, read depth first.
 * 2. Each pair of lanes is a spin s = ±1: which of the two is above. The field of a pair, h = Σ c · s' over its couplings, is
 *    kept up to date, so that turning the pair over changes the cost by s · h.
 * 3. Sifting: a subtree is moved past each of its siblings in turn, turning over all pairs between the two, and stays where the
 *    cost was least. Rounds over all subtrees go on until one brings nothing. While a single lane is on its way, only fields of its own
 *    pairs are kept up to date: most ways end where they began.
 * 4. This is repeated from the order given, from the previous one, and from shuffled ones.
 *
 * Costs are compared by crossings, then by travel, then by distance from the order of indices, so that the choice among equals
 * does not hang on the way taken.
 *
 * Source: sifting, Matuszewski, Schönfeld and Molitor, GD 1999; fields of spins as usual for Ising models. */
#include "layout/lane_order.h"

#include <stdlib.h>
#include <string.h>

#include "layout/random.h"

typedef struct {
    gint64 crossings;
    gint64 travel;
    gint64 distance;
} Cost;

/* h of one pair: what turning it over changes, but for the sign. */
typedef struct {
    gint64 crossings, travel;
} Field;

typedef struct {
    Field field;
    gint8 spin;
} Kept;

typedef struct {
    const OfLaneTerms *terms;
    guint n_lanes;
    gint32 **children; /* [node]: lanes, top to bottom; node n_lanes is the root of all */
    guint *n_children;
    guint *n_fixed;   /* [node]: how many of the first children are pinned */
    gint32 *parent;   /* [lane]: node */
    gint32 *preorder; /* [n_lanes]: the order, read depth first */
    guint *size;      /* [lane]: lanes in its subtree */
    guint32 *first;   /* [lane]: index of its subtree in @subtree */
    gint32 *subtree;  /* lanes of each subtree, in a fixed order */
    gint8 *spin;
    Field *field;
    Kept *kept; /* [lane]: its pair with the lane that is tried, as it was */
    Cost cost;  /* relative to where the run began */
    guint64 work;
} Sifter;

static gint compare_costs(const Cost *a, const Cost *b)
{
    if (a->crossings != b->crossings) {
        return a->crossings < b->crossings ? -1 : 1;
    }
    if (a->travel != b->travel) {
        return a->travel < b->travel ? -1 : 1;
    }
    return a->distance < b->distance ? -1 : a->distance > b->distance;
}

/* The parent of each lane; what is no tree (a lane above itself) hangs from the root. */
static void find_parents(Sifter *sifter, const OfLayoutLane *lanes)
{
    guint n = sifter->n_lanes;
    for (guint lane = 0; lane < n; lane++) {
        gint32 up = lanes[lane].parent;
        guint depth = 0;
        while (up >= 0 && (guint) up < n && depth <= n && (guint) up != lane) {
            up = lanes[up].parent;
            depth++;
        }
        gboolean tree = up < 0 || (guint) up >= n;
        gint32 parent = lanes[lane].parent;
        sifter->parent[lane] = tree && parent >= 0 && (guint) parent < n ? parent : (gint32) n;
    }
}

typedef struct {
    gint32 key;
    guint at;
    gint32 lane;
} Child;

static int compare_children(const void *a, const void *b)
{
    const Child *p = a;
    const Child *q = b;
    if (p->key != q->key) {
        return p->key < q->key ? -1 : 1;
    }
    return p->at < q->at ? -1 : p->at > q->at;
}

/* Puts the children of each node in the order of @key, the least key of their subtrees counting; others stay behind them. */
static void sort_children(Sifter *sifter, const gint32 *key)
{
    guint n = sifter->n_lanes;
    g_autofree gint32 *least = g_memdup2(key, ((gsize) n + 1) * sizeof(gint32));
    g_autofree Child *sorted = g_new(Child, (gsize) n + 1);
    for (guint i = n; i-- > 0;) {
        /* A reversed preorder meets children before their parents. */
        gint32 lane = sifter->preorder[i];
        gint32 *up = &least[sifter->parent[lane]];
        *up = MIN(*up, least[lane]);
    }
    for (guint node = 0; node <= n; node++) {
        gint32 *list = sifter->children[node];
        guint n_list = sifter->n_children[node];
        for (guint i = 0; i < n_list; i++) {
            sorted[i] = (Child){least[list[i]], i, list[i]};
        }
        qsort(sorted, n_list, sizeof(Child), compare_children);
        for (guint i = 0; i < n_list; i++) {
            list[i] = sorted[i].lane;
            sifter->n_fixed[node] = sorted[i].key < G_MAXINT32 ? i + 1 : sifter->n_fixed[node];
        }
    }
}

static guint read_depth_first(const Sifter *sifter, gint32 node, guint at, gint32 *out)
{
    /* An explicit stack: the tree may be as deep as it has lanes. */
    g_autoptr(GArray) stack = g_array_new(FALSE, FALSE, sizeof(gint32));
    g_array_append_val(stack, node);
    while (stack->len > 0) {
        gint32 top = g_array_index(stack, gint32, stack->len - 1);
        g_array_set_size(stack, stack->len - 1);
        if (top != (gint32) sifter->n_lanes) {
            out[at++] = top;
        }
        for (guint i = sifter->n_children[top]; i-- > 0;) {
            g_array_append_val(stack, sifter->children[top][i]);
        }
    }
    return at;
}

static Sifter *sifter_new(const OfLaneOrder *request, const OfLaneTerms *terms)
{
    Sifter *sifter = g_new0(Sifter, 1);
    gsize n = request->n_lanes;
    sifter->terms = terms;
    sifter->n_lanes = request->n_lanes;
    sifter->children = g_new0(gint32 *, n + 1);
    sifter->n_children = g_new0(guint, n + 1);
    sifter->n_fixed = g_new0(guint, n + 1);
    sifter->parent = g_new0(gint32, n + 1);
    sifter->preorder = g_new0(gint32, n + 1);
    sifter->size = g_new0(guint, n + 1);
    find_parents(sifter, request->lanes);
    for (guint lane = 0; lane < n; lane++) {
        sifter->n_children[sifter->parent[lane]]++;
    }
    for (guint node = 0; node <= n; node++) {
        sifter->children[node] = g_new0(gint32, sifter->n_children[node] + 1);
        sifter->n_children[node] = 0;
    }
    for (guint lane = 0; lane < n; lane++) {
        gint32 up = sifter->parent[lane];
        sifter->children[up][sifter->n_children[up]++] = (gint32) lane;
    }
    read_depth_first(sifter, (gint32) n, 0, sifter->preorder);
    return sifter;
}

static void sifter_free(Sifter *sifter)
{
    for (guint node = 0; node <= sifter->n_lanes; node++) {
        g_free(sifter->children[node]);
    }
    g_free(sifter->children);
    g_free(sifter->n_children);
    g_free(sifter->n_fixed);
    g_free(sifter->parent);
    g_free(sifter->preorder);
    g_free(sifter->size);
    g_free(sifter->first);
    g_free(sifter->subtree);
    g_free(sifter->spin);
    g_free(sifter->field);
    g_free(sifter->kept);
    g_free(sifter);
}

/* Sorts the children so that listed lanes come first, in the order of the list. */
static void follow_list(Sifter *sifter, const gint32 *list, guint n_list)
{
    g_autofree gint32 *key = g_new(gint32, (gsize) sifter->n_lanes + 1);
    for (guint lane = 0; lane <= sifter->n_lanes; lane++) {
        key[lane] = G_MAXINT32;
    }
    for (guint i = n_list; i-- > 0;) {
        if (list[i] >= 0 && (guint) list[i] < sifter->n_lanes) {
            key[list[i]] = (gint32) i;
        }
    }
    sort_children(sifter, key);
}

/* The lanes of every subtree, as slices of one list. Lanes that have no movable ancestor with siblings cost nothing extra. */
static void list_subtrees(Sifter *sifter)
{
    gsize total = 0;
    guint n = sifter->n_lanes;
    for (guint i = n; i-- > 0;) {
        gint32 lane = sifter->preorder[i];
        sifter->size[lane]++;
        total += sifter->size[lane];
        sifter->size[sifter->parent[lane]] += sifter->size[lane];
    }
    sifter->subtree = g_new(gint32, total + 1);
    sifter->first = g_new0(guint32, (gsize) n + 1);
    guint at = 0;
    for (guint lane = 0; lane < n; lane++) {
        sifter->first[lane] = at;
        at = read_depth_first(sifter, (gint32) lane, at, sifter->subtree);
    }
}

/* Sets spins, fields and the distance of the cost from the children lists. */
static void start_spins(Sifter *sifter)
{
    const OfLaneTerms *terms = sifter->terms;
    guint n = sifter->n_lanes;
    g_autofree gint32 *place = g_new(gint32, (gsize) n + 1);
    read_depth_first(sifter, (gint32) n, 0, sifter->preorder);
    for (guint i = 0; i < n; i++) {
        place[sifter->preorder[i]] = (gint32) i;
    }
    sifter->cost.crossings = of_lane_terms_count(terms, place, &sifter->cost.travel);
    sifter->cost.distance = 0;
    for (guint a = 0; a < n; a++) {
        for (guint b = a + 1; b < n; b++) {
            gboolean above = place[a] < place[b];
            sifter->spin[of_lane_terms_pair(n, a, b)] = above ? 1 : -1;
            sifter->cost.distance += above ? 0 : 1;
        }
    }
    for (guint p = 0; p < terms->n_pairs; p++) {
        Field field = {0, 0};
        for (guint32 i = terms->start[p]; i < terms->start[p + 1]; i++) {
            const OfCoupling *coupling = &terms->coupling[i];
            field.crossings += coupling->crossings * sifter->spin[coupling->pair];
            field.travel += coupling->travel * sifter->spin[coupling->pair];
        }
        sifter->field[p] = field;
    }
    sifter->work += terms->start[terms->n_pairs];
}

/* Turns the pair of lanes over, and adjusts the fields of its couplings from first to before end. The cost of crossings is Σ c [s ≠ s'] = ½ Σ c (1 − s s'):
 * turning s adds s · h. */
static void turn_pair(Sifter *sifter, guint p, guint32 first, guint32 end)
{
    const OfLaneTerms *terms = sifter->terms;
    gint8 s = sifter->spin[p];
    sifter->cost.crossings += s * sifter->field[p].crossings;
    sifter->cost.travel += s * sifter->field[p].travel;
    sifter->cost.distance += s;
    sifter->spin[p] = (gint8) -s;
    for (guint32 i = first; i < end; i++) {
        const OfCoupling *coupling = &terms->coupling[i];
        sifter->field[coupling->pair].crossings -= 2 * s * coupling->crossings;
        sifter->field[coupling->pair].travel -= 2 * s * coupling->travel;
    }
}

/* Swaps child @i of @node with the next one. @tried: OF_LANE_NONE, or one of the two, a lane without children that will be swapped back
 * before anything else is moved: only the fields of its pairs are needed until then. Returns the work of doing it for good. */
static guint64 swap_children(Sifter *sifter, gint32 node, guint i, gint32 tried)
{
    const OfLaneTerms *terms = sifter->terms;
    gint32 *list = sifter->children[node];
    gint32 upper = list[i];
    gint32 lower = list[i + 1];
    guint64 work = 0;
    for (guint a = 0; a < sifter->size[upper]; a++) {
        for (guint b = 0; b < sifter->size[lower]; b++) {
            const guint x = (guint) sifter->subtree[sifter->first[upper] + a],
                        y = (guint) sifter->subtree[sifter->first[lower] + b];
            const guint p = of_lane_terms_pair(sifter->n_lanes, MIN(x, y), MAX(x, y));
            if (tried == OF_LANE_NONE) {
                turn_pair(sifter, p, terms->start[p], terms->start[p + 1]);
            } else if ((guint) tried == MIN(x, y)) {
                turn_pair(sifter, p, terms->start[p], terms->second[p]);
            } else {
                turn_pair(sifter, p, terms->second[p], terms->apart[p]);
            }
            work += 1 + terms->start[p + 1] - terms->start[p];
        }
    }
    list[i] = lower;
    list[i + 1] = upper;
    return work;
}

/* The state of a single lane's pairs: kept before it is tried elsewhere, and put back. */
static void keep_pairs(Sifter *sifter, gint32 lane, gboolean back)
{
    for (guint other = 0; other < sifter->n_lanes; other++) {
        if (other != (guint) lane) {
            const guint p = of_lane_terms_pair(sifter->n_lanes, MIN(other, (guint) lane), MAX(other, (guint) lane));
            if (back) {
                sifter->field[p] = sifter->kept[other].field;
                sifter->spin[p] = sifter->kept[other].spin;
            } else {
                sifter->kept[other] = (Kept){sifter->field[p], sifter->spin[p]};
            }
        }
    }
}

/* Brings a lane that was only tried back to where it began, without turning pairs over again. */
static void put_back(Sifter *sifter, gint32 node, guint at, guint from, const Cost *start)
{
    gint32 *list = sifter->children[node];
    const gint32 lane = list[at];
    if (at > from) {
        memmove(list + from + 1, list + from, (at - from) * sizeof *list);
    } else {
        memmove(list + at, list + at + 1, (from - at) * sizeof *list);
    }
    list[from] = lane;
    keep_pairs(sifter, lane, TRUE);
    sifter->cost = *start;
}

/* Step 3 for one subtree: to the bottom, to the top, to the best place. A single lane is only tried on its way, and set back
 * in between; its work is counted as that of going all the way, which is what budgets are measured in. Returns whether the best
 * place is a better one. */
static gboolean sift(Sifter *sifter, gint32 node, guint from)
{
    const guint top = sifter->n_fixed[node], bottom = sifter->n_children[node] - 1;
    const gint32 lane = sifter->children[node][from];
    const gint32 tried = sifter->size[lane] == 1 ? lane : OF_LANE_NONE;
    const Cost start = sifter->cost;
    Cost best = start;
    guint best_at = from, at = from;
    guint64 down = 0, up = 0, up_to_best = 0;
    if (tried != OF_LANE_NONE) {
        keep_pairs(sifter, lane, FALSE);
    }
    for (; at < bottom; at++) {
        down += swap_children(sifter, node, at, tried);
        if (compare_costs(&sifter->cost, &best) < 0) {
            best = sifter->cost;
            best_at = at + 1;
        }
    }
    if (tried != OF_LANE_NONE) {
        put_back(sifter, node, at, from, &start);
        at = from;
        up = down;
    }
    for (; at > top; at--) {
        up += swap_children(sifter, node, at - 1, tried);
        if (compare_costs(&sifter->cost, &best) < 0) {
            best = sifter->cost;
            best_at = at - 1;
            up_to_best = up;
        }
    }
    sifter->work += down + up;
    if (tried != OF_LANE_NONE) {
        put_back(sifter, node, at, from, &start);
        at = from;
        sifter->work += up - (best_at < from ? up_to_best : down);
    }
    for (; at < best_at; at++) {
        sifter->work += swap_children(sifter, node, at, OF_LANE_NONE);
    }
    for (; at > best_at; at--) {
        swap_children(sifter, node, at - 1, OF_LANE_NONE);
    }
    return compare_costs(&best, &start) < 0;
}

static void sift_lane(Sifter *sifter, guint32 lane, gboolean *better)
{
    gint32 node = sifter->parent[lane];
    guint at = 0;
    while (sifter->children[node][at] != (gint32) lane) {
        at++;
    }
    if (at >= sifter->n_fixed[node] && sifter->n_children[node] - sifter->n_fixed[node] > 1) {
        *better = sift(sifter, node, at) || *better;
    }
}

/* Sifts what the previous order does not know, and leaves the rest in its place. */
static void sift_newcomers(Sifter *sifter, const OfLaneOrder *request, guint32 *known)
{
    gboolean better = FALSE;
    memset(known, 0, sifter->n_lanes * sizeof(guint32));
    for (guint i = 0; i < request->n_previous; i++) {
        if (request->previous[i] >= 0 && (guint) request->previous[i] < sifter->n_lanes) {
            known[request->previous[i]] = 1;
        }
    }
    for (guint lane = 0; lane < sifter->n_lanes; lane++) {
        if (known[lane] == 0) {
            sift_lane(sifter, lane, &better);
        }
    }
}

/* Sifts all movable subtrees, in random order, until a round brings nothing. */
static void descend(Sifter *sifter, OfRandom *random, guint32 *tasks, guint64 budget)
{
    gboolean better = TRUE;
    guint n = sifter->n_lanes;
    for (guint i = 0; i < n; i++) {
        tasks[i] = i;
    }
    while (better && sifter->work < budget) {
        better = FALSE;
        of_random_shuffle(random, tasks, n);
        for (guint i = 0; i < n; i++) {
            sift_lane(sifter, tasks[i], &better);
        }
    }
}

/* Step 4. */
static void search(Sifter *sifter, const OfLaneOrder *request, guint64 *work)
{
    static const struct {
        guint n_starts;
        guint64 budget; /* coupling updates; a modern core does about 500 million a second */
    } efforts[] = {
        [OF_EFFORT_FAST] = {20, 30000000u},
        [OF_EFFORT_NORMAL] = {400, 400000000u},
        [OF_EFFORT_BEST] = {4000, 10000000000u},
    };
    guint n = sifter->n_lanes;
    OfRandom random = {.state = 0};
    g_autofree guint32 *tasks = g_new(guint32, (gsize) n + 1);
    g_autofree gint32 *best = g_new0(gint32, (gsize) n + 1);
    Cost least = {0};
    guint64 budget = efforts[request->effort].budget;
    sifter->spin = g_new(gint8, (gsize) sifter->terms->n_pairs + 1);
    sifter->field = g_new(Field, (gsize) sifter->terms->n_pairs + 1);
    sifter->kept = g_new(Kept, (gsize) n + 1);
    list_subtrees(sifter);
    for (guint start = 0; start < efforts[request->effort].n_starts && sifter->work <= budget; start++) {
        for (guint node = 0; start > 0 && node <= n; node++) {
            guint n_free = sifter->n_children[node] - sifter->n_fixed[node];
            of_random_shuffle(&random, (guint32 *) sifter->children[node] + sifter->n_fixed[node], n_free);
        }
        start_spins(sifter);
        if (start == 0 && request->previous != NULL) {
            sift_newcomers(sifter, request, tasks);
            least = sifter->cost;
            read_depth_first(sifter, (gint32) n, 0, best);
        }
        descend(sifter, &random, tasks, budget);
        /* The previous order gives way to fewer crossings only, not to a tie broken otherwise. */
        gboolean first = start == 0 && request->previous == NULL;
        gboolean keeps = request->previous != NULL && sifter->cost.crossings == least.crossings;
        if (first || (!keeps && compare_costs(&sifter->cost, &least) < 0)) {
            least = sifter->cost;
            read_depth_first(sifter, (gint32) n, 0, best);
        }
    }
    memcpy(sifter->preorder, best, n * sizeof(gint32));
    if (work != NULL) {
        *work = sifter->work;
    }
}

gint32 *of_lane_order_find(const OfLaneOrder *request, const OfLaneTerms *terms, guint64 *work)
{
    Sifter *sifter = sifter_new(request, terms);
    guint n = request->n_lanes;
    if (request->previous != NULL) {
        follow_list(sifter, request->previous, request->n_previous);
    }
    memset(sifter->n_fixed, 0, ((gsize) n + 1) * sizeof(guint));
    if (request->pinned != NULL) {
        follow_list(sifter, request->pinned, request->n_pinned);
    }
    read_depth_first(sifter, (gint32) n, 0, sifter->preorder);
    if (work != NULL) {
        *work = 0;
    }
    if (terms != NULL && n > 1) {
        search(sifter, request, work);
    }
    gint32 *order = g_memdup2(sifter->preorder, (gsize) n * sizeof(gint32) + 1);
    sifter_free(sifter);
    return order;
}
