/* A depth-first search for an order of dated steps.
 *
 * 1. All steps stand in two linked lists that a step is taken out of and put back into in constant time, in reverse order
 *    (Knuth, "Dancing links", 2000): one of all that are not placed, in order; and one a token for those that need it, besides
 *    one for those that need none in particular. Taking them out and putting them back keeps each list sorted.
 * 2. A step can stand at a place if it does not surely come after another that is not placed: if its first day is not after the
 *    least of their last days. Since each list is sorted by first day, the candidates are the heads of the lists.
 * 3. The candidate with the least (rank, position) is placed. The plain way, for nearly all data: the head of the list of all
 *    steps fits without a remark, or is the only candidate.
 * 4. Without candidate the last step is taken back, and the next one by (rank, position) takes its place. What was placed and where
 *    that leads, in whatever order, decides whether the rest fits: a state that failed is not looked into again.
 * 5. With everything tried, the deepest order is kept and the earliest step left is forced; what is placed up to there stays. */
#include "model/chain.h"

#include <string.h>

#define NONE        G_MAXUINT
#define LOOKAHEAD   64u    /* steps and tokens looked at in each list, once the search does not go back any more */
#define LEAST_WORK  200000 /* looks of one search, besides … */
#define WORK_A_STEP 64     /* … these for each of its steps */

/* Lower is preferred. */
enum { RANK_WELL, RANK_CARRIED, RANK_REMARK, RANK_IDLE, RANK_UNFIT };

typedef struct {
    guint next, prev;   /* in the list of all */
    guint bnext, bprev; /* in the bucket */
    guint bucket;       /* the token it needs, or n_tokens */
    bool placed;
    bool doomed; /* some step of its kind cannot fit in any order */
} Node;

/* A placed step, and what brings back the state before it. */
typedef struct {
    OfLink link;
    guint rank;
    guint by_last;
    OfTokenPlace left; /* where link.at stood */
} Frame;

typedef struct {
    guint rank, step; /* of the candidate last tried at this place; rank NONE: none yet */
} Cursor;

/* How many steps concern one token. */
typedef struct {
    guint comes; /* must arrive there */
    guint may_come;
    guint goes; /* must leave it */
    guint may_go;
} Tally;

struct OfChain {
    guint n_tokens;
    gint64 work;
    OfTokenSet set;
    guint *bucket; /* [token]: head, [n_tokens]: head of the free ones */
    Tally *tally;  /* [token]; all zero between searches */
    guint capacity;
    Node *nodes;
    guint *by_last; /* steps by last day */
    Frame *frames;
    guint *best; /* the deepest order that ended */

    /* of the running search */
    const OfStep *steps;
    guint64 state;      /* stands for the steps that are placed and the tokens of the set */
    GHashTable *failed; /* of states from which no order fits: their hash values */
    guint n, head, depth, base, n_best, next_by_last;
    gint64 left;  /* looks */
    bool greedy;  /* does not go back any more */
    bool tangled; /* something did not fit while greedy */
};

OfChain *of_chain_new(guint n_tokens, gint64 work)
{
    OfChain *chain = g_new0(OfChain, 1);
    chain->n_tokens = n_tokens;
    chain->work = work;
    of_token_set_init(&chain->set, n_tokens);
    chain->bucket = g_new(guint, (gsize) n_tokens + 1);
    memset(chain->bucket, 0xff, sizeof(guint) * ((gsize) n_tokens + 1));
    chain->tally = g_new0(Tally, n_tokens);
    chain->failed = g_hash_table_new(NULL, NULL);
    return chain;
}

void of_chain_free(OfChain *chain)
{
    if (chain == NULL) {
        return;
    }
    of_token_set_clear(&chain->set);
    g_free(chain->bucket);
    g_free(chain->tally);
    g_hash_table_unref(chain->failed);
    g_free(chain->nodes);
    g_free(chain->by_last);
    g_free(chain->frames);
    g_free(chain->best);
    g_free(chain);
}

static bool needs_from(const OfStep *step)
{
    return step->kind == OF_STEP_LEAVE || step->kind == OF_STEP_MOVE || step->kind == OF_STEP_STAY;
}

static guint rank_of(OfFit fit)
{
    return fit == OF_FIT_WELL ? RANK_WELL : fit == OF_FIT_ELSEWHERE || fit == OF_FIT_SAME ? RANK_REMARK : RANK_UNFIT;
}

static guint set_leaving(OfLink *link, guint at, guint to)
{
    link->at = at;
    link->leaves = at != OF_NOWHERE;
    link->to = to;
    return RANK_WELL;
}

/* How a step that needs `from` fits in, and what it does in any case: where they are not at `from` but at one, this one must be
 * meant. */
static guint look_from(const OfTokenSet *set, const OfStep *step, OfLink *link)
{
    bool there = of_token_set_has(set, step->from);
    link->at = step->from;
    if (step->kind == OF_STEP_STAY) {
        link->fit = there ? OF_FIT_WELL : OF_FIT_NOT_THERE;
        return rank_of(link->fit);
    }
    guint left = there ? step->from : set->n == 1 ? set->first : OF_NOWHERE;
    link->fit = there ? OF_FIT_WELL : OF_FIT_NOT_THERE;
    if (step->kind == OF_STEP_MOVE && of_token_set_has(set, step->to)) {
        link->fit = there ? OF_FIT_ALREADY_THERE : link->fit;
        set_leaving(link, left == step->to ? OF_NOWHERE : left, OF_NOWHERE);
    } else {
        set_leaving(link, left, step->kind == OF_STEP_MOVE ? step->to : OF_NOWHERE);
    }
    return rank_of(link->fit);
}

/* How a step that leaves the one fits in. */
static guint look_one(const OfTokenSet *set, const OfStep *step, OfLink *link)
{
    bool moves = step->kind == OF_STEP_MOVE_ONE;
    link->fit = set->n == 0 ? OF_FIT_NOWHERE : set->n > 1 ? OF_FIT_AMBIGUOUS : OF_FIT_WELL;
    if (moves && of_token_set_has(set, step->to)) {
        link->fit = set->n > 1 ? OF_FIT_AMBIGUOUS : OF_FIT_ALREADY_THERE;
        link->at = step->to;
    } else {
        set_leaving(link, set->first, moves ? step->to : OF_NOWHERE);
    }
    return rank_of(link->fit);
}

static guint look_arriving(const OfTokenSet *set, const OfStep *step, OfLink *link)
{
    if (of_token_set_has(set, step->to)) {
        link->fit = OF_FIT_ALREADY_THERE;
        link->at = step->to;
        return RANK_UNFIT;
    }
    bool settles = step->kind == OF_STEP_SETTLE && set->n == 1 && !step->concurrent;
    link->fit = set->n == 0 || settles || step->concurrent ? OF_FIT_WELL : OF_FIT_ELSEWHERE;
    set_leaving(link, settles ? set->first : OF_NOWHERE, step->to);
    return rank_of(link->fit);
}

static guint look_turning(const OfTokenSet *set, const OfStep *step, OfLink *link)
{
    if (of_token_set_has(set, step->to)) {
        link->fit = OF_FIT_SAME;
        link->at = step->to;
        return RANK_REMARK;
    }
    return set_leaving(link, set->first, step->to);
}

static guint look_carried(const OfTokenSet *set, const OfStep *step, OfLink *link)
{
    link->at = step->from;
    if (!of_token_set_has(set, step->from)) {
        return RANK_IDLE;
    }
    set_leaving(link, step->from, of_token_set_has(set, step->to) ? OF_NOWHERE : step->to);
    return RANK_CARRIED;
}

static guint look_barred(const OfTokenSet *set, const OfStep *step, OfLink *link)
{
    link->at = step->from;
    if (!of_token_set_has(set, step->from)) {
        return RANK_WELL;
    }
    link->fit = OF_FIT_BARRED;
    link->leaves = true;
    return RANK_UNFIT;
}

/* How the step would fit in next, in link, and its rank. */
static guint look_at_step(OfChain *chain, guint index, OfLink *link)
{
    static guint (*const looks[])(const OfTokenSet *, const OfStep *, OfLink *) = {
        [OF_STEP_ARRIVE] = look_arriving, [OF_STEP_SETTLE] = look_arriving, [OF_STEP_LEAVE] = look_from,
        [OF_STEP_LEAVE_ONE] = look_one,   [OF_STEP_MOVE] = look_from,       [OF_STEP_MOVE_ONE] = look_one,
        [OF_STEP_STAY] = look_from,       [OF_STEP_CARRY] = look_carried,   [OF_STEP_BAR] = look_barred,
        [OF_STEP_TURN] = look_turning,
    };
    const OfStep *step = &chain->steps[index];
    *link = (OfLink){.step = index, .fit = OF_FIT_WELL, .at = OF_NOWHERE, .to = OF_NOWHERE};
    guint rank = looks[step->kind](&chain->set, step, link);
    return rank == RANK_UNFIT && chain->nodes[index].doomed ? RANK_REMARK : rank;
}

/* Takes step out of its lists. */
static void unlist_step(OfChain *chain, guint index)
{
    Node *nodes = chain->nodes, *node = &nodes[index];
    *(node->prev != NONE ? &nodes[node->prev].next : &chain->head) = node->next;
    *(node->bprev != NONE ? &nodes[node->bprev].bnext : &chain->bucket[node->bucket]) = node->bnext;
    if (node->next != NONE) {
        nodes[node->next].prev = node->prev;
    }
    if (node->bnext != NONE) {
        nodes[node->bnext].bprev = node->bprev;
    }
    node->placed = true;
}

static void relist_step(OfChain *chain, guint index)
{
    Node *nodes = chain->nodes, *node = &nodes[index];
    *(node->prev != NONE ? &nodes[node->prev].next : &chain->head) = index;
    *(node->bprev != NONE ? &nodes[node->bprev].bnext : &chain->bucket[node->bucket]) = index;
    if (node->next != NONE) {
        nodes[node->next].prev = index;
    }
    if (node->bnext != NONE) {
        nodes[node->bnext].bprev = index;
    }
    node->placed = false;
}

/* The state after a step, or before it again (Zobrist, "A new hashing method with application for game playing", 1970; the numbers
 * are those of splitmix64). */
static guint64 next_state(guint64 state, const OfLink *link)
{
    const guint64 numbers[] = {
        link->step,
        link->leaves ? ((guint64) link->at + 1) << 32 : G_MAXUINT64,
        link->to != OF_NOWHERE ? ((guint64) link->to + 1) << 32 : G_MAXUINT64,
    };
    for (guint i = 0; i < G_N_ELEMENTS(numbers); i++) {
        guint64 z = (numbers[i] + 1) * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15);
        z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT(0xbf58476d1ce4e5b9);
        z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT(0x94d049bb133111eb);
        state ^= z ^ (z >> 31);
    }
    return state;
}

static void place_step(OfChain *chain, guint rank, const OfLink *link)
{
    chain->state = next_state(chain->state, link);
    Frame *frame = &chain->frames[chain->depth++];
    *frame = (Frame){.link = *link, .rank = rank, .by_last = chain->next_by_last};
    unlist_step(chain, link->step);
    if (link->leaves) {
        frame->left = of_token_set_remove(&chain->set, link->at);
    }
    if (link->to != OF_NOWHERE) {
        of_token_set_add(&chain->set, link->to);
    }
    while (chain->next_by_last < chain->n && chain->nodes[chain->by_last[chain->next_by_last]].placed) {
        chain->next_by_last++;
    }
}

static void take_back_step(OfChain *chain)
{
    const Frame *frame = &chain->frames[--chain->depth];
    chain->state = next_state(chain->state, &frame->link);
    if (frame->link.to != OF_NOWHERE) {
        of_token_set_remove(&chain->set, frame->link.to);
    }
    if (frame->link.leaves) {
        of_token_set_put_back(&chain->set, frame->link.at, frame->left);
    }
    relist_step(chain, frame->link.step);
    chain->next_by_last = frame->by_last;
}

typedef struct {
    guint rank;
    OfLink link;
} Candidate;

/* Looks through one bucket for the least candidate after cursor that is less than best. Within a bucket the first that fits
 * without a remark is the least. */
static void look_through(OfChain *chain, guint bucket, const Cursor *cursor, OfDay limit, Candidate *best)
{
    guint seen = 0;
    for (guint i = chain->bucket[bucket]; i != NONE && chain->steps[i].first <= limit; i = chain->nodes[i].bnext) {
        if (chain->greedy ? ++seen > LOOKAHEAD : --chain->left < 0) {
            return;
        }
        OfLink link;
        guint rank = look_at_step(chain, i, &link);
        bool tried = cursor->rank != NONE && (rank < cursor->rank || (rank == cursor->rank && i <= cursor->step));
        if (tried || rank == RANK_UNFIT) {
            continue;
        }
        if (rank < best->rank || (rank == best->rank && i < best->link.step)) {
            *best = (Candidate){rank, link};
        }
        if (rank == RANK_WELL) {
            return;
        }
    }
}

/* The candidate that is to be tried next at this place. Its rank is RANK_UNFIT where there is none. */
static Candidate find_candidate(OfChain *chain, const Cursor *cursor)
{
    Candidate best = {.rank = RANK_UNFIT};
    OfDay limit = chain->steps[chain->by_last[chain->next_by_last]].last;
    if (cursor->rank == NONE) {
        guint second = chain->nodes[chain->head].next;
        bool only = second == NONE || chain->steps[second].first > limit;
        best.rank = look_at_step(chain, chain->head, &best.link);
        if (only || best.rank == RANK_WELL) {
            return best;
        }
    }
    best.rank = RANK_UNFIT;
    look_through(chain, chain->n_tokens, cursor, limit, &best);
    guint seen = 0;
    for (guint token = chain->set.first; token != OF_NOWHERE; token = chain->set.next[token]) {
        if (chain->greedy ? ++seen > LOOKAHEAD : --chain->left < 0) {
            break;
        }
        look_through(chain, token, cursor, limit, &best);
    }
    return best;
}

/* Remembers the order that ends here, if it is the deepest. */
static void keep_best(OfChain *chain)
{
    guint n = chain->depth - chain->base;
    if (n <= chain->n_best) {
        return;
    }
    for (guint i = 0; i < n; i++) {
        chain->best[i] = chain->frames[chain->base + i].link.step;
    }
    chain->n_best = n;
    chain->left -= n;
}

/* Takes back the last step for which there can be another choice, and says from where on. What fits and changes nothing is no
 * choice: in any order that it could come later in, it could as well come now. Returns false where there is no choice left. */
static bool go_back(OfChain *chain, Cursor *cursor)
{
    while (chain->depth > chain->base) {
        g_hash_table_add(chain->failed, (gpointer) (gsize) chain->state);
        take_back_step(chain);
        const Frame *frame = &chain->frames[chain->depth];
        OfStepKind kind = chain->steps[frame->link.step].kind;
        if ((kind != OF_STEP_STAY && kind != OF_STEP_BAR) || frame->link.fit != OF_FIT_WELL) {
            *cursor = (Cursor){frame->rank, frame->link.step};
            return true;
        }
    }
    return false;
}

/* Goes back to the deepest order that was found. */
static void restore_best(OfChain *chain)
{
    while (chain->depth > chain->base) {
        take_back_step(chain);
    }
    for (guint i = 0; i < chain->n_best; i++) {
        OfLink link;
        guint rank = look_at_step(chain, chain->best[i], &link);
        place_step(chain, rank, &link);
    }
    chain->base = chain->depth;
    chain->n_best = 0;
}

/* Places the earliest step that is left although it does not fit; nothing before it is touched again. */
static void force_step(OfChain *chain)
{
    OfLink link;
    guint rank = look_at_step(chain, chain->head, &link);
    place_step(chain, rank, &link);
    chain->base = chain->depth;
    g_hash_table_remove_all(chain->failed);
    chain->tangled = chain->tangled || chain->greedy;
}

/* Ends an order that leads nowhere. */
static void leave_dead_end(OfChain *chain, Cursor *cursor)
{
    keep_best(chain);
    if (!go_back(chain, cursor)) {
        restore_best(chain);
        force_step(chain);
        cursor->rank = NONE;
    }
}

static void search_order(OfChain *chain)
{
    Cursor cursor = {NONE, 0};
    while (chain->depth < chain->n) {
        Candidate candidate = find_candidate(chain, &cursor);
        if (!chain->greedy && chain->left < 0) {
            keep_best(chain);
            restore_best(chain);
            chain->greedy = true;
            cursor.rank = NONE;
        } else if (candidate.rank != RANK_UNFIT) {
            place_step(chain, candidate.rank, &candidate.link);
            cursor.rank = NONE;
            if (!chain->greedy && g_hash_table_contains(chain->failed, (gconstpointer) (gsize) chain->state)) {
                leave_dead_end(chain, &cursor);
            }
        } else if (chain->greedy) {
            force_step(chain);
        } else {
            leave_dead_end(chain, &cursor);
        }
    }
}

static int compare_last_days(gconstpointer a, gconstpointer b, gpointer data)
{
    const OfStep *steps = data;
    guint x = *(const guint *) a, y = *(const guint *) b;
    OfDay p = steps[x].last, q = steps[y].last;
    return p != q ? (p < q ? -1 : 1) : x < y ? -1 : x > y;
}

static void reserve_steps(OfChain *chain, guint n)
{
    if (n <= chain->capacity) {
        return;
    }
    chain->capacity = MAX(n, n < G_MAXUINT / 2 ? chain->capacity * 2 : n);
    chain->nodes = g_renew(Node, chain->nodes, chain->capacity);
    chain->by_last = g_renew(guint, chain->by_last, chain->capacity);
    chain->frames = g_renew(Frame, chain->frames, chain->capacity);
    chain->best = g_renew(guint, chain->best, chain->capacity);
}

/* Steps that concern no token in particular. */
typedef struct {
    guint n_anywhere;    /* may leave whatever they are at */
    bool leaves_surplus; /* more steps leave for nowhere than come from there */
} Totals;

/* Counts what comes and goes. */
static Totals tally_steps(OfChain *chain)
{
    guint n_anywhere = 0, n_come = 0, n_leave = 0;
    for (guint i = 0; i < chain->n; i++) {
        const OfStep *step = &chain->steps[i];
        OfStepKind kind = step->kind;
        if (step->to != OF_NOWHERE) {
            chain->tally[step->to].may_come++;
            chain->tally[step->to].comes += kind != OF_STEP_CARRY && kind != OF_STEP_TURN;
        }
        if (step->from != OF_NOWHERE) {
            chain->tally[step->from].may_go++;
            chain->tally[step->from].goes += kind == OF_STEP_LEAVE || kind == OF_STEP_MOVE;
        }
        n_anywhere += kind == OF_STEP_SETTLE || kind == OF_STEP_LEAVE_ONE || kind == OF_STEP_MOVE_ONE || kind == OF_STEP_TURN;
        n_come += kind == OF_STEP_ARRIVE || kind == OF_STEP_SETTLE || kind == OF_STEP_TURN;
        n_leave += kind == OF_STEP_LEAVE || kind == OF_STEP_LEAVE_ONE;
    }
    return (Totals){n_anywhere, n_leave > n_come};
}

/* Whether more steps leave a token than arrive there, or more arrive than leave: then one of them does not fit, in whatever
 * order, and the search need not try them all. By far the most errors are of this kind. */
static bool is_doomed(const OfChain *chain, const OfStep *step, const Totals *totals)
{
    const Tally *from = step->from != OF_NOWHERE ? &chain->tally[step->from] : NULL;
    const Tally *to = step->to != OF_NOWHERE ? &chain->tally[step->to] : NULL;
    if (needs_from(step) && (step->kind == OF_STEP_STAY ? from->may_come == 0 : from->goes > from->may_come)) {
        return true;
    }
    if (step->kind == OF_STEP_LEAVE_ONE) {
        return totals->leaves_surplus;
    }
    return to != NULL && step->kind != OF_STEP_CARRY && step->kind != OF_STEP_TURN &&
           to->comes > 1 + to->may_go + totals->n_anywhere;
}

static void sort_by_last(OfChain *chain)
{
    bool sorted = true;
    for (guint i = 0; i < chain->n; i++) {
        chain->by_last[i] = i;
        sorted = sorted && (i == 0 || chain->steps[i - 1].last <= chain->steps[i].last);
    }
    if (!sorted) {
        g_qsort_with_data(chain->by_last, (gint) chain->n, sizeof(guint), compare_last_days, (gpointer) (gsize) chain->steps);
    }
}

/* Fills the lists. */
static void list_steps(OfChain *chain)
{
    Totals totals = tally_steps(chain);
    for (guint i = chain->n; i-- > 0;) {
        const OfStep *step = &chain->steps[i];
        Node *node = &chain->nodes[i];
        node->doomed = is_doomed(chain, step, &totals);
        node->placed = false;
        node->bucket = needs_from(step) && !node->doomed ? step->from : chain->n_tokens;
        node->prev = i > 0 ? i - 1 : NONE;
        node->next = i + 1 < chain->n ? i + 1 : NONE;
        node->bprev = NONE;
        node->bnext = chain->bucket[node->bucket];
        if (node->bnext != NONE) {
            chain->nodes[node->bnext].bprev = i;
        }
        chain->bucket[node->bucket] = i;
    }
    chain->head = chain->n > 0 ? 0 : NONE;
    for (guint i = 0; i < chain->n; i++) {
        const OfStep *step = &chain->steps[i];
        const guint tokens[] = {step->from, step->to};
        for (guint k = 0; k < G_N_ELEMENTS(tokens); k++) {
            if (tokens[k] != OF_NOWHERE) {
                chain->tally[tokens[k]] = (Tally){0};
            }
        }
    }
}

bool of_chain_order(OfChain *chain, const OfStep *steps, guint n, OfLink *links)
{
    reserve_steps(chain, n);
    chain->steps = steps;
    chain->n = n;
    chain->depth = chain->base = chain->n_best = chain->next_by_last = 0;
    chain->greedy = chain->tangled = false;
    chain->state = 0;
    g_hash_table_remove_all(chain->failed);
    gint64 work = MIN(chain->work, LEAST_WORK + (gint64) WORK_A_STEP * n);
    chain->left = work;
    sort_by_last(chain);
    list_steps(chain);
    search_order(chain);
    chain->work -= work - MAX(chain->left, 0);
    for (guint i = 0; i < n; i++) {
        links[i] = chain->frames[i].link;
    }
    of_token_set_empty(&chain->set);
    return !chain->tangled;
}

void of_chain_draw(OfDrawnDay *days, guint n)
{
    OfDay last = OF_DAY_MAX;
    for (guint i = n; i-- > 0;) {
        last = MIN(last, days[i].last);
        days[i].last = last;
    }
    OfDay reached = OF_DAY_MIN;
    for (guint i = 0; i < n; i++) {
        OfDay day = MAX(MIN(days[i].wanted, days[i].last), reached);
        day = MAX(MIN(day, days[i].end), days[i].begin);
        reached = days[i].day = MAX(day, reached);
    }
}
