/* Network simplex.
 *
 * The programme min Σ w |y_b + s − y_a| with y_b − y_a ≥ d is the dual of a circulation of least cost: a demand is an arc a → b of
 * cost −d without limit; a cost is an arc b → a of cost −s and an arc a → b of cost s, both of capacity w. Heights are the
 * negative potentials. y ≥ 0 is an arc 0 → i of cost 0 for each i: with no flow on them these arcs are the first tree, so no
 * artificial arcs are needed.
 *
 * 1. Pricing: arcs are looked at in blocks; the one of a block that violates optimality most enters the tree.
 * 2. Flow is pushed round its cycle until an arc blocks. Of several, the first one along the flow from the cycle's top leaves: it
 *    keeps the tree strongly feasible (flow could be sent from the root to everyone), which excludes endless turning.
 * 3. The smaller part of the cut tree hangs anew from the entering arc, with new depths and potentials.
 *
 * Source: Gansner, Koutsofios, North and Vo, IEEE TSE 19 (1993), for the use; Cunningham, Mathematical Programming 11 (1976),
 * for strongly feasible trees; Ahuja, Magnanti and Orlin, "Network Flows" (1993), chapter 11, for the method. */
#include "layout/network_simplex.h"

static const gint64 NO_LIMIT = G_MAXINT64 / 4;

typedef struct {
    guint32 from;
    guint32 to;
    gint64 cost;
    gint64 limit;
    gint64 flow;
    gboolean in_tree;
} Arc;

typedef struct {
    gint32 parent;
    gint32 arc; /* to or from the parent */
    gint32 child;
    gint32 next; /* siblings, doubly linked */
    gint32 previous;
    gint32 depth;
    gint64 potential;
} Node;

struct _OfSimplex {
    guint n;
    GArray *arcs;
    Node *nodes;
};

static void add_arc(OfSimplex *simplex, guint from, guint to, gint64 cost, gint64 limit)
{
    Arc arc = {.from = from, .to = to, .cost = cost, .limit = limit};
    g_array_append_val(simplex->arcs, arc);
}

OfSimplex *of_simplex_new(guint n)
{
    OfSimplex *simplex = g_new0(OfSimplex, 1);
    simplex->n = n;
    simplex->arcs = g_array_new(FALSE, FALSE, sizeof(Arc));
    simplex->nodes = g_new0(Node, (gsize) n + 1);
    for (guint i = 1; i <= n; i++) {
        add_arc(simplex, 0, i, 0, NO_LIMIT);
    }
    return simplex;
}

void of_simplex_free(OfSimplex *simplex)
{
    if (simplex == NULL) {
        return;
    }
    g_array_unref(simplex->arcs);
    g_free(simplex->nodes);
    g_free(simplex);
}

void of_simplex_add_distance(OfSimplex *simplex, guint a, guint b, gint64 least)
{
    add_arc(simplex, a, b, -least, NO_LIMIT);
}

void of_simplex_add_cost(OfSimplex *simplex, guint a, guint b, gint64 shift, gint64 weight)
{
    if (a != b) {
        add_arc(simplex, b, a, -shift, weight);
        add_arc(simplex, a, b, shift, weight);
    }
}

static void hang(Node *nodes, gint32 child, gint32 parent)
{
    nodes[child].parent = parent;
    nodes[child].previous = -1;
    nodes[child].next = nodes[parent].child;
    if (nodes[parent].child >= 0) {
        nodes[nodes[parent].child].previous = child;
    }
    nodes[parent].child = child;
}

static void unhang(Node *nodes, gint32 child)
{
    gint32 next = nodes[child].next;
    gint32 previous = nodes[child].previous;
    if (previous >= 0) {
        nodes[previous].next = next;
    } else {
        nodes[nodes[child].parent].child = next;
    }
    if (next >= 0) {
        nodes[next].previous = previous;
    }
}

static void plant_tree(OfSimplex *simplex)
{
    Node *nodes = simplex->nodes;
    for (guint i = 0; i <= simplex->n; i++) {
        nodes[i] = (Node){.parent = -1, .arc = -1, .child = -1, .next = -1, .previous = -1};
    }
    for (guint i = simplex->n; i >= 1; i--) {
        nodes[i].arc = (gint32) i - 1;
        nodes[i].depth = 1;
        hang(nodes, (gint32) i, 0);
        g_array_index(simplex->arcs, Arc, i - 1).in_tree = TRUE;
    }
}

/* How much an arc outside the tree violates optimality; 0: not at all. */
static gint64 get_violation(const Node *nodes, const Arc *arc)
{
    gint64 reduced = arc->cost + nodes[arc->from].potential - nodes[arc->to].potential;
    if (arc->in_tree) {
        return 0;
    }
    if (arc->flow == 0 && reduced < 0) {
        return -reduced;
    }
    return arc->flow == arc->limit && reduced > 0 ? reduced : 0;
}

/* Step 1: the entering arc, or −1 at the optimum. */
static gint64 price(OfSimplex *simplex, guint *at, guint block)
{
    const Arc *arcs = (const Arc *) (const void *) simplex->arcs->data;
    guint n = simplex->arcs->len;
    gint64 entering = -1;
    gint64 worst = 0;
    guint left_in_block = block;
    for (guint looked = 0; looked < n; looked++) {
        gint64 violation = get_violation(simplex->nodes, &arcs[*at]);
        if (violation > worst) {
            worst = violation;
            entering = *at;
        }
        *at = *at + 1 < n ? *at + 1 : 0;
        if (--left_in_block == 0) {
            if (entering >= 0) {
                return entering;
            }
            left_in_block = block;
        }
    }
    return entering;
}

/* What can still be pushed through the arc of @node upwards (towards the root) or downwards. */
static gint64 get_room(const OfSimplex *simplex, gint32 node, gboolean upwards)
{
    const Arc *arc = &g_array_index(simplex->arcs, Arc, simplex->nodes[node].arc);
    gboolean forwards = ((gint32) arc->from == node) == upwards;
    return forwards ? arc->limit - arc->flow : arc->flow;
}

static void push(OfSimplex *simplex, gint32 node, gboolean upwards, gint64 amount)
{
    Arc *arc = &g_array_index(simplex->arcs, Arc, simplex->nodes[node].arc);
    gboolean forwards = ((gint32) arc->from == node) == upwards;
    arc->flow += forwards ? amount : -amount;
}

/* Gives the subtree of @top, which hangs anew, its depths and moves its potentials. */
static void renew_subtree(Node *nodes, gint32 top, gint64 shift)
{
    gint32 node = top;
    for (;;) {
        nodes[node].depth = nodes[nodes[node].parent].depth + 1;
        nodes[node].potential += shift;
        if (nodes[node].child >= 0) {
            node = nodes[node].child;
            continue;
        }
        while (node != top && nodes[node].next < 0) {
            node = nodes[node].parent;
        }
        if (node == top) {
            return;
        }
        node = nodes[node].next;
    }
}

/* Step 3: the subtree below the arc of @cut is turned so that @inner is its top, and hung from @outer by @entering. */
static void rehang(OfSimplex *simplex, gint32 cut, gint32 inner, gint32 outer, gint32 entering)
{
    Node *nodes = simplex->nodes;
    gint32 node = inner;
    gint32 parent = outer;
    gint32 arc = entering;
    for (;;) {
        gint32 old_parent = nodes[node].parent;
        gint32 old_arc = nodes[node].arc;
        unhang(nodes, node);
        hang(nodes, node, parent);
        nodes[node].arc = arc;
        if (node == cut) {
            break;
        }
        parent = node;
        arc = old_arc;
        node = old_parent;
    }
    const Arc *in = &g_array_index(simplex->arcs, Arc, entering);
    gint64 reduced = in->cost + nodes[in->from].potential - nodes[in->to].potential;
    renew_subtree(nodes, inner, (gint32) in->to == inner ? reduced : -reduced);
}

/* Step 2, and the exchange of arcs. */
static void pivot(OfSimplex *simplex, gint32 entering)
{
    Node *nodes = simplex->nodes;
    Arc *in = &g_array_index(simplex->arcs, Arc, entering);
    gboolean rises = in->flow == 0;
    gint32 tail = (gint32) (rises ? in->from : in->to); /* flow goes root … tail → head … root */
    gint32 head = (gint32) (rises ? in->to : in->from);
    gint32 a = tail;
    gint32 b = head;
    /* From the top down to the tail, across, and up from the head. The first that blocks along this way leaves: on the tail's
     * side the highest one, else the entering arc, else on the head's side the lowest one. */
    gint64 tail_room = NO_LIMIT;
    gint64 head_room = NO_LIMIT;
    gint32 tail_cut = -1;
    gint32 head_cut = -1;
    while (a != b) {
        if (nodes[a].depth >= nodes[b].depth) {
            gint64 room = get_room(simplex, a, FALSE);
            if (room <= tail_room) {
                tail_room = room;
                tail_cut = a;
            }
            a = nodes[a].parent;
        } else {
            gint64 room = get_room(simplex, b, TRUE);
            if (room < head_room) {
                head_room = room;
                head_cut = b;
            }
            b = nodes[b].parent;
        }
    }
    gint64 amount = MIN(MIN(tail_room, head_room), in->limit);
    g_assert(amount < NO_LIMIT); /* else the demands were impossible */
    in->flow += rises ? amount : -amount;
    for (gint32 node = tail; amount > 0 && node != a; node = nodes[node].parent) {
        push(simplex, node, FALSE, amount);
    }
    for (gint32 node = head; amount > 0 && node != a; node = nodes[node].parent) {
        push(simplex, node, TRUE, amount);
    }
    if (amount < tail_room && in->limit == amount) {
        return; /* the entering arc itself blocks: it goes from empty to full, or back */
    }
    gboolean at_tail = amount == tail_room;
    gint32 cut = at_tail ? tail_cut : head_cut;
    g_array_index(simplex->arcs, Arc, nodes[cut].arc).in_tree = FALSE;
    in->in_tree = TRUE;
    rehang(simplex, cut, at_tail ? tail : head, at_tail ? head : tail, entering);
}

gint64 of_simplex_solve(OfSimplex *simplex, gint64 *y)
{
    guint at = 0;
    guint block = 16;
    plant_tree(simplex);
    while ((guint64) block * block < simplex->arcs->len) {
        block++;
    }
    for (gint64 entering = price(simplex, &at, block); entering >= 0; entering = price(simplex, &at, block)) {
        pivot(simplex, (gint32) entering);
    }
    gint64 cost = 0;
    for (guint i = 0; i < simplex->arcs->len; i++) {
        const Arc *arc = &g_array_index(simplex->arcs, Arc, i);
        cost -= arc->cost * arc->flow;
    }
    for (guint i = 0; i <= simplex->n; i++) {
        y[i] = simplex->nodes[0].potential - simplex->nodes[i].potential;
    }
    return cost;
}
