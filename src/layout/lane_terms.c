/* 1. Terms are gathered in a table keyed by the two pairs.
 * 2. Few people: each pair of people is followed through the slots they share; each change from one forced relation to the next
 *    is a term. Many: each move counts the people of each lane at once (see the header for what that leaves out).
 * 3. The travel of moves from lane to lane is added, unless that would take more room than it is worth.
 * 4. The table becomes rows of couplings, one a pair of lanes.
 *
 * The quadratic form is that of linear ordering by Ising spins; see lane_order.c. */
#include "layout/lane_terms.h"

#include <stdlib.h>
#include <string.h>

enum { FEW_PEOPLE = 2000 };
static const gsize MAX_TRAVEL_TERMS = 4000000;

typedef struct {
    guint64 key; /* first pair * n_pairs + second pair, plus one; 0: empty */
    gint64 crossings;
    gint64 travel;
} Cell;

typedef struct {
    OfLaneTerms *terms;
    Cell *cells;
    gsize n_cells; /* a power of two */
    gsize n_used;
} Table;

static Cell *find_cell(Cell *cells, gsize n_cells, guint64 key)
{
    gsize i = (gsize) ((key * 0x9e3779b97f4a7c15u) >> 20) & (n_cells - 1);
    while (cells[i].key != 0 && cells[i].key != key) {
        i = (i + 1) & (n_cells - 1);
    }
    return &cells[i];
}

static void grow_table(Table *table)
{
    gsize n_cells = 2 * table->n_cells;
    Cell *cells = g_new0(Cell, n_cells);
    for (gsize i = 0; i < table->n_cells; i++) {
        if (table->cells[i].key != 0) {
            *find_cell(cells, n_cells, table->cells[i].key) = table->cells[i];
        }
    }
    g_free(table->cells);
    table->cells = cells;
    table->n_cells = n_cells;
}

/* Adds the term [above(a, b) ≠ above(c, d)] with these weights. */
static void add_term(Table *table, gint32 a, gint32 b, gint32 c, gint32 d, gint64 crossings, gint64 travel)
{
    OfLaneTerms *terms = table->terms;
    gboolean same_way = (a < b) == (c < d);
    guint64 p = of_lane_terms_pair(terms->n_lanes, (guint) MIN(a, b), (guint) MAX(a, b));
    guint64 q = of_lane_terms_pair(terms->n_lanes, (guint) MIN(c, d), (guint) MAX(c, d));
    if (p == q) {
        terms->crossings += same_way ? 0 : crossings;
        terms->travel += same_way ? 0 : travel;
        return;
    }
    if (4 * table->n_used > 3 * table->n_cells) {
        grow_table(table);
    }
    Cell *cell = find_cell(table->cells, table->n_cells, MIN(p, q) * terms->n_pairs + MAX(p, q) + 1);
    table->n_used += cell->key == 0 ? 1 : 0;
    cell->key = MIN(p, q) * terms->n_pairs + MAX(p, q) + 1;
    /* w [s ≠ s'] = ½ w (1 − s s'), and w [s = s'] = w − w [s ≠ s']. */
    cell->crossings += same_way ? crossings : -crossings;
    cell->travel += same_way ? travel : -travel;
    terms->crossings += same_way ? 0 : crossings;
    terms->travel += same_way ? 0 : travel;
}

/* Step 2 for few people: one pair of people. */
static void follow_pair(Table *table, const OfLaneStay *a, guint n_a, const OfLaneStay *b, guint n_b)
{
    gint32 lane_a = OF_LANE_NONE;
    gint32 lane_b = OF_LANE_NONE;
    for (guint i = 0, j = 0; i < n_a && j < n_b;) {
        gboolean meet = a[i].first < b[j].end && b[j].first < a[i].end;
        if (meet && a[i].lane != b[j].lane && a[i].lane >= 0 && b[j].lane >= 0) {
            if (lane_a >= 0 && (lane_a != a[i].lane || lane_b != b[j].lane)) {
                add_term(table, lane_a, lane_b, a[i].lane, b[j].lane, 1, 0);
            }
            lane_a = a[i].lane;
            lane_b = b[j].lane;
        }
        gboolean a_ends = a[i].end <= b[j].end;
        gboolean b_ends = b[j].end <= a[i].end;
        i += a_ends ? 1 : 0;
        j += b_ends ? 1 : 0;
    }
}

static void follow_pairs(Table *table, const OfSlots *slots)
{
    for (guint p = 0; p < slots->n_people; p++) {
        guint n_a = 0;
        const OfLaneStay *a = of_slots_get_stays(slots, p, &n_a);
        for (guint q = 0; q < p; q++) {
            guint n_b = 0;
            const OfLaneStay *b = of_slots_get_stays(slots, q, &n_b);
            follow_pair(table, a, n_a, b, n_b);
        }
    }
}

/* Someone's arrival at a lane. */
typedef struct {
    guint32 slot;
    guint32 person;
    gint32 from; /* OF_LANE_NONE: from nowhere */
    gint32 to;   /* OF_LANE_NONE: the end of their story */
} Move;

static int compare_moves(const void *a, const void *b)
{
    const Move *p = a;
    const Move *q = b;
    if (p->slot != q->slot) {
        return p->slot < q->slot ? -1 : 1;
    }
    if (p->from != q->from) {
        return p->from < q->from ? -1 : 1;
    }
    if (p->to != q->to) {
        return p->to < q->to ? -1 : 1;
    }
    return p->person < q->person ? -1 : p->person > q->person;
}

/* All moves between lanes, by slot. A time between two labs belongs to the lab before it. */
static GArray *list_moves(const OfSlots *slots)
{
    GArray *moves = g_array_new(FALSE, FALSE, sizeof(Move));
    for (guint person = 0; person < slots->n_people; person++) {
        guint n = 0;
        gint32 lane = OF_LANE_NONE;
        const OfLaneStay *stays = of_slots_get_stays(slots, person, &n);
        for (guint i = 0; i < n; i++) {
            if (stays[i].lane >= 0 && stays[i].lane != lane) {
                Move move = {stays[i].first, person, lane, stays[i].lane};
                g_array_append_val(moves, move);
                lane = stays[i].lane;
            }
        }
        if (n > 0) {
            Move move = {stays[n - 1].end, person, lane, OF_LANE_NONE};
            g_array_append_val(moves, move);
        }
    }
    if (moves->len > 0) {
        qsort(moves->data, moves->len, sizeof(Move), compare_moves);
    }
    return moves;
}

/* The people of the lanes while the moves are gone through. */
typedef struct {
    GArray **members; /* [lane]: guint32 people */
    guint32 *index;   /* [person]: index among the members of their lane */
    guint32 *since;   /* [person]: slot of their arrival */
    gint32 *origin;   /* [person]: lane before */
    gint64 *n_from;   /* [lane]: people who came later from that lane */
} Crowd;

static void leave_lane(Crowd *crowd, const Move *move)
{
    GArray *members = crowd->members[move->from];
    guint32 last = g_array_index(members, guint32, members->len - 1);
    g_array_index(members, guint32, crowd->index[move->person]) = last;
    crowd->index[last] = crowd->index[move->person];
    g_array_set_size(members, members->len - 1);
}

static void enter_lane(Crowd *crowd, const Move *move)
{
    GArray *members = crowd->members[move->to];
    crowd->index[move->person] = members->len;
    crowd->since[move->person] = move->slot;
    crowd->origin[move->person] = move->from;
    g_array_append_val(members, move->person);
}

/* Terms of one mover with those who stay at the lane that they leave: before they shared it, the one who came later was in the
 * lane that he or she came from. */
static void part_from_lane(Table *table, Crowd *crowd, const Move *move, guint n_lanes)
{
    const GArray *members = crowd->members[move->from];
    guint32 since = crowd->since[move->person];
    gint32 origin = crowd->origin[move->person];
    gint64 n_earlier = 0;
    for (guint i = 0; i < members->len; i++) {
        guint32 other = g_array_index(members, guint32, i);
        n_earlier += crowd->since[other] < since ? 1 : 0;
        if (crowd->since[other] > since && crowd->origin[other] >= 0) {
            crowd->n_from[crowd->origin[other]]++;
        } else if (crowd->since[other] == since && origin >= 0 && crowd->origin[other] >= 0 && crowd->origin[other] != origin) {
            add_term(table, origin, crowd->origin[other], move->to, move->from, 1, 0);
        }
    }
    if (n_earlier > 0 && origin >= 0) {
        add_term(table, origin, move->from, move->to, move->from, n_earlier, 0);
    }
    for (gint32 lane = 0; lane < (gint32) n_lanes; lane++) {
        if (crowd->n_from[lane] > 0) {
            add_term(table, move->from, lane, move->to, move->from, crowd->n_from[lane], 0);
            crowd->n_from[lane] = 0;
        }
    }
}

/* Terms of those who move from one slot to the next, with each other; moves alike are counted at once. */
static void cross_movers(Table *table, const Move *moves, guint n)
{
    for (guint i = 0, i_end = 0; i < n; i = i_end) {
        for (i_end = i; i_end < n && moves[i_end].from == moves[i].from && moves[i_end].to == moves[i].to;) {
            i_end++;
        }
        for (guint j = i_end, j_end = i_end; j < n && moves[i].from >= 0 && moves[i].to >= 0; j = j_end) {
            for (j_end = j; j_end < n && moves[j_end].from == moves[j].from && moves[j_end].to == moves[j].to;) {
                j_end++;
            }
            if (moves[j].from >= 0 && moves[j].to >= 0 && moves[i].from != moves[j].from && moves[i].to != moves[j].to) {
                add_term(table, moves[i].from, moves[j].from, moves[i].to, moves[j].to, (gint64) (i_end - i) * (j_end - j), 0);
            }
        }
    }
}

/* Step 2 for many people. */
static void follow_moves(Table *table, const OfSlots *slots, const GArray *moves)
{
    gsize n_people = (gsize) slots->n_people + 1;
    Crowd crowd = {.members = g_new0(GArray *, (gsize) slots->n_lanes + 1),
                   .index = g_new0(guint32, n_people),
                   .since = g_new0(guint32, n_people),
                   .origin = g_new0(gint32, n_people),
                   .n_from = g_new0(gint64, (gsize) slots->n_lanes + 1)};
    for (guint lane = 0; lane < slots->n_lanes; lane++) {
        crowd.members[lane] = g_array_new(FALSE, FALSE, sizeof(guint32));
    }
    for (guint start = 0, end = 0; start < moves->len; start = end) {
        const Move *here = &g_array_index(moves, Move, start);
        while (end < moves->len && g_array_index(moves, Move, end).slot == here->slot) {
            end++;
        }
        guint n = end - start;
        for (guint i = 0; i < n; i++) {
            if (here[i].from >= 0) {
                leave_lane(&crowd, &here[i]);
            }
        }
        for (guint i = 0; i < n; i++) {
            if (here[i].from < 0 || here[i].to < 0) {
                continue;
            }
            part_from_lane(table, &crowd, &here[i], slots->n_lanes);
            for (gint32 lane = 0; lane < (gint32) slots->n_lanes; lane++) {
                gint64 n_there = crowd.members[lane]->len;
                if (n_there > 0 && lane != here[i].from && lane != here[i].to) {
                    add_term(table, here[i].from, lane, here[i].to, lane, n_there, 0);
                }
            }
        }
        cross_movers(table, here, n);
        for (guint i = 0; i < n; i++) {
            if (here[i].to >= 0) {
                enter_lane(&crowd, &here[i]);
            }
        }
    }
    for (guint lane = 0; lane < slots->n_lanes; lane++) {
        g_array_unref(crowd.members[lane]);
    }
    g_free(crowd.members);
    g_free(crowd.index);
    g_free(crowd.since);
    g_free(crowd.origin);
    g_free(crowd.n_from);
}

static int compare_ways(const void *a, const void *b)
{
    const Move *p = a;
    const Move *q = b;
    if (p->from != q->from) {
        return p->from < q->from ? -1 : 1;
    }
    return p->to < q->to ? -1 : p->to > q->to;
}

/* Step 3. @moves are sorted anew. */
static void add_travel(Table *table, GArray *moves, guint n_lanes)
{
    gsize n_ways = 0;
    if (moves->len > 0) {
        qsort(moves->data, moves->len, sizeof(Move), compare_ways);
    }
    const Move *move = (const Move *) (const void *) moves->data;
    for (guint i = 0; i < moves->len; i++) {
        n_ways += i == 0 || compare_ways(&move[i], &move[i - 1]) != 0 ? 1 : 0;
    }
    if (n_ways * n_lanes > MAX_TRAVEL_TERMS) {
        return;
    }
    for (guint start = 0, end = 0; start < moves->len; start = end) {
        while (end < moves->len && compare_ways(&move[end], &move[start]) == 0) {
            end++;
        }
        for (gint32 lane = 0; lane < (gint32) n_lanes && move[start].from >= 0 && move[start].to >= 0; lane++) {
            if (lane != move[start].from && lane != move[start].to) {
                add_term(table, move[start].from, lane, move[start].to, lane, 0, end - start);
            }
        }
    }
}

/* Step 4: the row of each pair, sorted, since a table has no order of its own. */
static int compare_couplings(const void *a, const void *b)
{
    const OfCoupling *p = a;
    const OfCoupling *q = b;
    return p->pair < q->pair ? -1 : p->pair > q->pair;
}

typedef struct {
    guint a, b;
} LanePair;

/* The lanes of each pair. */
static LanePair *list_pairs(const OfLaneTerms *terms)
{
    LanePair *pairs = g_new(LanePair, (gsize) terms->n_pairs + 1);
    guint n = 0;
    for (guint a = 0; a < terms->n_lanes; a++) {
        for (guint b = a + 1; b < terms->n_lanes; b++) {
            pairs[n++] = (LanePair){a, b};
        }
    }
    return pairs;
}

/* Whether a coupling's pair has the lower lane of a pair (0), its greater lane (1), or two others (2). */
static guint place_in_row(const LanePair *pairs, guint p, guint q)
{
    const LanePair *one = &pairs[p], *other = &pairs[q];
    const gboolean lower = other->a == one->a || other->b == one->a, greater = other->a == one->b || other->b == one->b;
    return lower ? 0 : greater ? 1 : 2;
}

/* Puts a pair's couplings in the order of their places, and else as they were. */
static void part_row(OfLaneTerms *terms, const LanePair *pairs, guint p, OfCoupling *row)
{
    const guint32 start = terms->start[p], n = terms->start[p + 1] - start;
    guint32 at = start;
    if (n == 0) {
        terms->second[p] = terms->apart[p] = start;
        return;
    }
    memcpy(row, terms->coupling + start, n * sizeof(OfCoupling));
    for (guint place = 0; place <= 2; place++) {
        for (guint32 i = 0; i < n; i++) {
            if (place_in_row(pairs, p, row[i].pair) == place) {
                terms->coupling[at++] = row[i];
            }
        }
        *(place == 0 ? &terms->second[p] : place == 1 ? &terms->apart[p] : &at) = at;
    }
}

static void make_rows(Table *table)
{
    OfLaneTerms *terms = table->terms;
    guint n_pairs = terms->n_pairs;
    terms->start = g_new0(guint32, (gsize) n_pairs + 2);
    terms->coupling = g_new0(OfCoupling, 2 * table->n_used + 1);
    for (gsize i = 0; i < table->n_cells; i++) {
        if (table->cells[i].key != 0) {
            terms->start[(table->cells[i].key - 1) / n_pairs + 2]++;
            terms->start[(table->cells[i].key - 1) % n_pairs + 2]++;
        }
    }
    for (guint i = 2; i <= n_pairs + 1; i++) {
        terms->start[i] += terms->start[i - 1];
    }
    for (gsize i = 0; i < table->n_cells; i++) {
        const Cell *cell = &table->cells[i];
        if (cell->key != 0) {
            guint32 p = (guint32) ((cell->key - 1) / n_pairs);
            guint32 q = (guint32) ((cell->key - 1) % n_pairs);
            terms->coupling[terms->start[p + 1]++] = (OfCoupling){q, cell->crossings, cell->travel};
            terms->coupling[terms->start[q + 1]++] = (OfCoupling){p, cell->crossings, cell->travel};
        }
    }
    terms->second = g_new(guint32, (gsize) n_pairs + 1);
    terms->apart = g_new(guint32, (gsize) n_pairs + 1);
    g_autofree LanePair *pairs = list_pairs(terms);
    g_autofree OfCoupling *row = g_new(OfCoupling, (gsize) n_pairs + 1);
    for (guint p = 0; p < n_pairs; p++) {
        qsort(terms->coupling + terms->start[p], terms->start[p + 1] - terms->start[p], sizeof(OfCoupling), compare_couplings);
        part_row(terms, pairs, p, row);
    }
}

static Table start_table(guint n_lanes)
{
    Table table = {.terms = g_new0(OfLaneTerms, 1), .n_cells = 1024};
    table.cells = g_new0(Cell, table.n_cells);
    table.terms->n_lanes = n_lanes;
    table.terms->n_pairs = n_lanes > 0 ? n_lanes * (n_lanes - 1) / 2 : 0;
    return table;
}

static OfLaneTerms *finish_table(Table *table)
{
    make_rows(table);
    g_free(table->cells);
    return table->terms;
}

OfLaneTerms *of_lane_terms_new(const OfSlots *slots)
{
    Table table = start_table(slots->n_lanes);
    g_autoptr(GArray) moves = list_moves(slots);
    table.terms->exact = slots->n_people <= FEW_PEOPLE;
    if (table.terms->exact) {
        follow_pairs(&table, slots);
    } else {
        follow_moves(&table, slots, moves);
    }
    add_travel(&table, moves, slots->n_lanes);
    return finish_table(&table);
}

static int compare_people(const void *a, const void *b)
{
    const OfLayoutFlow *p = a;
    const OfLayoutFlow *q = b;
    return p->people != q->people ? (p->people > q->people ? -1 : 1) : of_flow_compare(a, b);
}

/* The flows of one slice from lane to lane: the heaviest, at most @most, heaviest first. */
static GArray *list_heaviest(const OfLayoutFlow *flows, guint n, guint most, gboolean *all)
{
    GArray *list = g_array_new(FALSE, FALSE, sizeof(OfLayoutFlow));
    for (guint i = 0; i < n; i++) {
        if (flows[i].from >= 0 && flows[i].to >= 0) {
            g_array_append_val(list, flows[i]);
        }
    }
    if (list->len > 0) {
        qsort(list->data, list->len, sizeof(OfLayoutFlow), compare_people);
    }
    *all = *all && list->len <= most;
    g_array_set_size(list, MIN(list->len, most));
    return list;
}

/* The flows of a slice that there is time for, and room: each pair of them is a term, unless there are so few pairs of lanes that
 * terms fall together. */
static guint most_flows(guint n_lanes, guint n_slices)
{
    static const double MAX_WORK = 20e6;
    static const double MAX_TERMS = 4e6;
    const double n_pairs = n_lanes * (n_lanes - 1.0) / 2;
    const double budget = n_pairs * n_pairs / 2 <= MAX_TERMS ? MAX_WORK : MAX_TERMS;
    guint most = 1;
    while (0.5 * (most + 1) * most * n_slices <= budget) {
        most++;
    }
    return most;
}

static void cross_flows(Table *table, const GArray *flows)
{
    const OfLayoutFlow *flow = (const OfLayoutFlow *) (const void *) flows->data;
    for (guint i = 0; i < flows->len; i++) {
        for (guint j = i + 1; j < flows->len; j++) {
            if (flow[i].from != flow[j].from && flow[i].to != flow[j].to) {
                add_term(table, flow[i].from, flow[j].from, flow[i].to, flow[j].to, flow[i].people * flow[j].people, 0);
            }
        }
    }
}

static void add_flow_travel(Table *table, const GArray *flows)
{
    for (guint i = 0; i < flows->len; i++) {
        const OfLayoutFlow *flow = &g_array_index(flows, OfLayoutFlow, i);
        for (gint32 lane = 0; lane < (gint32) table->terms->n_lanes && flow->from != flow->to; lane++) {
            if (lane != flow->from && lane != flow->to) {
                add_term(table, flow->from, lane, flow->to, lane, 0, flow->people);
            }
        }
    }
}

OfLaneTerms *of_lane_terms_from_flows(guint n_lanes, const OfLayoutFlow *flows, guint n_flows, gboolean with_travel)
{
    Table table = start_table(n_lanes);
    const guint most = most_flows(n_lanes, n_flows > 0 ? flows[n_flows - 1].slice + 1 : 1);
    with_travel = with_travel && (gsize) n_flows * n_lanes <= MAX_TRAVEL_TERMS;
    table.terms->exact = TRUE;
    for (guint first = 0, end = 0; first < n_flows; first = end) {
        while (end < n_flows && flows[end].slice == flows[first].slice) {
            end++;
        }
        g_autoptr(GArray) heaviest = list_heaviest(flows + first, end - first, most, &table.terms->exact);
        cross_flows(&table, heaviest);
        if (with_travel) {
            add_flow_travel(&table, heaviest);
        }
    }
    return finish_table(&table);
}

void of_lane_terms_free(OfLaneTerms *terms)
{
    if (terms == NULL) {
        return;
    }
    g_free(terms->start);
    g_free(terms->second);
    g_free(terms->apart);
    g_free(terms->coupling);
    g_free(terms);
}

gint64 of_lane_terms_count(const OfLaneTerms *terms, const gint32 *place, gint64 *travel)
{
    g_autofree gint8 *spin = g_new(gint8, (gsize) terms->n_pairs + 1);
    gint64 crossings = 0;
    gint64 passed = 0;
    for (guint a = 0; a < terms->n_lanes; a++) {
        for (guint b = a + 1; b < terms->n_lanes; b++) {
            spin[of_lane_terms_pair(terms->n_lanes, a, b)] = place[a] < place[b] ? 1 : -1;
        }
    }
    for (guint p = 0; p < terms->n_pairs; p++) {
        for (guint32 i = terms->start[p]; i < terms->start[p + 1]; i++) {
            const OfCoupling *coupling = &terms->coupling[i];
            if (coupling->pair > p && spin[p] != spin[coupling->pair]) {
                crossings += coupling->crossings;
                passed += coupling->travel;
            }
        }
    }
    if (travel != NULL) {
        *travel = terms->travel + passed;
    }
    return terms->crossings + crossings;
}
