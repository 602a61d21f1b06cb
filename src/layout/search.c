/* The search for the vertical order with the fewest crossings.
 *
 * 1. Start: the lines are put in one after the other, in random order, each where it crosses those before it least. On large
 *    stories barycentre sweeps are better: the best of several. An order given is first improved without chance.
 * 2. Local search: every line over its whole life and every block (blocks.h) is re-inserted, in random order, until two passes
 *    in a row bring nothing.
 * 3. Ruin and recreate: 2 to 4 lines are taken out of a window together and put back one by one. What comes out is kept if it
 *    is no worse, and with probability exp(−Δ / 0.3) if it is worse by Δ; 10 rounds without gain end it.
 * 4. Recombination: the optimum goes into a pool; if the best mixture of the pool beats the best so far, step 2 goes on from
 *    it, else from a fresh start.
 *
 * Source: ruin and recreate, Schrimpf et al., Journal of Computational Physics 159 (2000); blocks and their use follow the
 * lemma that some optimum keeps the inner order of a group from the step before (Kostitsyna et al., arXiv 1509.00442). */
#include "layout/search.h"

#include "layout/barycentre.h"
#include "layout/blocks.h"
#include "layout/random.h"
#include "layout/recombine.h"
#include "layout/reinsert.h"

enum { QUIET_PASSES = 2, QUIET_ROUNDS = 10, FEW_MOVES = 3, SWEEP_STARTS = 8, SWEEP_TRIPS = 6, LARGE_STORY = 20000 };

/* exp(−1 / 0.3) and exp(−2 / 0.3) of 2^32: written out, since exp() may differ between machines. */
static const guint32 ACCEPT_WORSE[] = {153218635u, 5465921u};

typedef struct {
    const OfGrouping *grouping;
    const OfSearch *options;
    OfRandom random;
    OfRanking *current;
    OfRanking *saved;
    OfReinserter *reinserter;
    OfBlocks *blocks;
    OfPool *pool;
    GArray *living; /* guint32: the lines that live at all */
    guint32 *tasks; /* lines and blocks, shuffled for each pass */
    guint64 sweep_work;
    guint64 quiet_work;
    gint64 crossings;
} State;

static guint64 get_work(const State *state)
{
    return of_reinserter_get_work(state->reinserter) + of_pool_get_work(state->pool) + state->sweep_work + state->quiet_work;
}

static gboolean is_over(const State *state)
{
    return state->crossings <= state->options->bound || get_work(state) >= state->options->budget;
}

/* Step 1 on a large story: the best of several barycentre orders. */
static void sweep_start(State *state)
{
    const OfGrouping *grouping = state->grouping;
    state->crossings = G_MAXINT64;
    for (guint i = 0; i < SWEEP_STARTS && (i == 0 || get_work(state) < state->options->budget); i++) {
        of_barycentre_order(grouping, &state->random, SWEEP_TRIPS, state->saved);
        gint64 crossings = of_ranking_count(state->saved);
        if (crossings < state->crossings) {
            of_ranking_copy_steps(state->current, state->saved, 0, grouping->n_steps - 1);
            state->crossings = crossings;
        }
        state->sweep_work += (guint64) grouping->n_steps * grouping->n_lines * SWEEP_TRIPS * 2;
    }
}

/* Step 1. */
static void build_start(State *state)
{
    if (!state->grouping->fixed && (gsize) state->grouping->n_steps * state->living->len > LARGE_STORY) {
        sweep_start(state);
        return;
    }
    guint n = state->living->len;
    for (guint step = 0; step < state->grouping->n_steps; step++) {
        of_ranking_set_step(state->current, step, NULL, 0);
    }
    for (guint i = 0; i < n; i++) {
        state->tasks[i] = g_array_index(state->living, guint32, i);
    }
    of_random_shuffle(&state->random, state->tasks, n);
    state->crossings = 0;
    for (guint i = 0; i < n; i++) {
        guint line = state->tasks[i];
        state->crossings +=
            of_reinsert_put_back(state->reinserter, line, state->grouping->first[line], state->grouping->last[line]);
    }
}

static gint64 move_line(State *state, guint line, guint first, guint last)
{
    gint64 change = -of_reinsert_take_out(state->reinserter, line, first, last);
    return change + of_reinsert_put_back(state->reinserter, line, first, last);
}

/* Step 2. */
static void search_locally(State *state)
{
    guint n_lines = state->living->len;
    guint n_tasks = n_lines + state->blocks->blocks->len;
    guint quiet = 0;
    for (guint i = 0; i < n_tasks; i++) {
        state->tasks[i] = i;
    }
    while (quiet < QUIET_PASSES) {
        gint64 before = state->crossings;
        of_random_shuffle(&state->random, state->tasks, n_tasks);
        for (guint i = 0; i < n_tasks && !is_over(state); i++) {
            if (state->tasks[i] < n_lines) {
                guint line = g_array_index(state->living, guint32, state->tasks[i]);
                state->crossings += move_line(state, line, state->grouping->first[line], state->grouping->last[line]);
                continue;
            }
            const OfBlock *block = &g_array_index(state->blocks->blocks, OfBlock, state->tasks[i] - n_lines);
            const guint32 *members = &g_array_index(state->blocks->members, guint32, block->member);
            OfInnerOrder inner = (OfInnerOrder) of_random_below(&state->random, OF_N_INNER);
            state->crossings += of_reinsert_block(state->reinserter, members, block->n_members, block->first, block->last, inner);
        }
        if (is_over(state)) {
            return;
        }
        quiet = state->crossings < before ? 0 : quiet + 1;
    }
}

/* Picks up to @wanted lines that live within the window: neighbours at one of its steps, or any. */
static guint pick_lines(State *state, guint first, guint last, guint wanted, guint32 *picked)
{
    const OfGrouping *grouping = state->grouping;
    guint n = 0;
    if (of_random_below(&state->random, 2) == 0) {
        guint step = first + of_random_below(&state->random, last - first + 1);
        guint n_there = state->current->n[step];
        guint top = n_there > wanted ? of_random_below(&state->random, n_there - wanted + 1) : 0;
        for (guint i = top; i < n_there && n < wanted; i++) {
            picked[n++] = (guint32) of_ranking_get_line(state->current, step, i);
        }
        return n;
    }
    for (guint attempt = 0; attempt < 4 * wanted && n < wanted; attempt++) {
        guint line = g_array_index(state->living, guint32, of_random_below(&state->random, state->living->len));
        gboolean fits = grouping->first[line] <= last && grouping->last[line] >= first;
        for (guint i = 0; i < n; i++) {
            fits = fits && picked[i] != line;
        }
        if (fits) {
            picked[n++] = line;
        }
    }
    return n;
}

static void move_picked(State *state, const guint32 *picked, guint n, guint first, guint last)
{
    const OfGrouping *grouping = state->grouping;
    for (guint i = 0; i < n; i++) {
        state->crossings -= of_reinsert_take_out(state->reinserter, picked[i], MAX(first, grouping->first[picked[i]]),
                                                 MIN(last, grouping->last[picked[i]]));
    }
    for (guint i = 0; i < n; i++) {
        state->crossings += of_reinsert_put_back(state->reinserter, picked[i], MAX(first, grouping->first[picked[i]]),
                                                 MIN(last, grouping->last[picked[i]]));
    }
}

/* Step 3, one round. */
static void ruin_and_recreate(State *state)
{
    const OfGrouping *grouping = state->grouping;
    guint32 picked[4];
    guint first = 0;
    guint last = grouping->n_steps - 1;
    if (of_random_below(&state->random, 2) == 0) {
        guint a = of_random_below(&state->random, grouping->n_steps);
        guint b = of_random_below(&state->random, grouping->n_steps);
        first = MIN(a, b);
        last = MAX(a, b);
    }
    gint64 before = state->crossings;
    of_ranking_copy_steps(state->saved, state->current, first, last);
    guint n = pick_lines(state, first, last, 2 + of_random_below(&state->random, 3), picked);
    of_random_shuffle(&state->random, picked, n);
    move_picked(state, picked, n, first, last);
    for (guint i = 0; i < FEW_MOVES; i++) {
        n = pick_lines(state, first, last, 1, picked);
        move_picked(state, picked, n, first, last);
    }
    gint64 worse = state->crossings - before;
    if (worse <= 0 ||
        (worse <= (gint64) G_N_ELEMENTS(ACCEPT_WORSE) && (guint32) of_random_next(&state->random) < ACCEPT_WORSE[worse - 1])) {
        return;
    }
    of_ranking_copy_steps(state->current, state->saved, first, last);
    state->crossings = before;
}

/* Moves lines of the order given one after the other, only where that brings something, and without chance: what can be gained
 * so leaves the rest of the order as it is. */
static void improve_quietly(State *state)
{
    const OfGrouping *grouping = state->grouping;
    g_autoptr(OfReinserter) reinserter = of_reinserter_new(grouping, state->current, NULL);
    gboolean better = TRUE;
    while (better && state->crossings > state->options->bound) {
        better = FALSE;
        for (guint i = 0; i < state->living->len && of_reinserter_get_work(reinserter) < state->options->budget; i++) {
            guint line = g_array_index(state->living, guint32, i);
            guint first = grouping->first[line];
            guint last = grouping->last[line];
            of_ranking_copy_steps(state->saved, state->current, first, last);
            gint64 change = -of_reinsert_take_out(reinserter, line, first, last);
            change += of_reinsert_put_back(reinserter, line, first, last);
            if (change == 0) {
                of_ranking_copy_steps(state->current, state->saved, first, last);
            }
            state->crossings += change;
            better = better || change < 0;
        }
    }
    state->quiet_work += of_reinserter_get_work(reinserter);
}

static void keep_best(State *state, OfRanking *best, gint64 *least)
{
    if (state->crossings < *least) {
        of_ranking_copy_steps(best, state->current, 0, state->grouping->n_steps - 1);
        *least = state->crossings;
    }
}

/* Steps 2 and 3, from the current order to a local optimum. */
static void descend(State *state, OfRanking *best, gint64 *least)
{
    search_locally(state);
    gint64 lowest = state->crossings;
    keep_best(state, best, least);
    for (guint quiet = 0; quiet < QUIET_ROUNDS && !is_over(state); quiet++) {
        ruin_and_recreate(state);
        if (state->crossings < lowest) {
            lowest = state->crossings;
            quiet = 0;
        }
        keep_best(state, best, least);
    }
}

static void free_state(State *state)
{
    of_ranking_free(state->current);
    of_ranking_free(state->saved);
    of_reinserter_free(state->reinserter);
    of_blocks_free(state->blocks);
    of_pool_free(state->pool);
    g_array_unref(state->living);
    g_free(state->tasks);
}

OfRanking *of_search_order(const OfGrouping *grouping, const OfSearch *search, gint64 *crossings, guint64 *work)
{
    State state = {.grouping = grouping, .options = search, .random = {.state = search->seed}};
    OfRanking *best = of_ranking_new(grouping->n_lines, grouping->n_steps);
    gint64 least = G_MAXINT64;
    state.current = of_ranking_new(grouping->n_lines, grouping->n_steps);
    state.saved = of_ranking_new(grouping->n_lines, grouping->n_steps);
    state.reinserter = of_reinserter_new(grouping, state.current, &state.random);
    state.blocks = of_blocks_new(grouping);
    state.pool = of_pool_new(grouping);
    state.living = g_array_new(FALSE, FALSE, sizeof(guint32));
    for (guint32 line = 0; line < grouping->n_lines; line++) {
        if (grouping->first[line] <= grouping->last[line]) {
            g_array_append_val(state.living, line);
        }
    }
    state.tasks = g_new(guint32, (gsize) state.living->len + state.blocks->blocks->len + 1);
    if (search->start != NULL && grouping->n_steps > 0) {
        of_ranking_copy_steps(state.current, search->start, 0, grouping->n_steps - 1);
        state.crossings = of_ranking_count(state.current);
        improve_quietly(&state);
    } else {
        build_start(&state);
    }
    if (grouping->n_steps == 0) {
        least = 0;
    } else {
        keep_best(&state, best, &least);
    }
    for (guint quiet = 0; quiet < search->patience && least > search->bound && get_work(&state) < search->budget;) {
        gint64 before = least;
        descend(&state, best, &least);
        of_pool_add(state.pool, state.current, state.crossings);
        quiet = least < before ? 0 : quiet + 1;
        if (get_work(&state) >= search->budget) {
            break;
        }
        state.crossings = of_pool_mix(state.pool, &state.random, state.current);
        if (state.crossings >= least) {
            build_start(&state);
        }
    }
    *crossings = least;
    if (work != NULL) {
        *work = get_work(&state);
    }
    free_state(&state);
    return best;
}
