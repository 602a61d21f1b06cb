/* The order of dated steps. */
#include "model/chain.h"

#include <string.h>

#define MOST_STEPS 6u
#define N_TOKENS   4u

/* A generator of our own, so that a failure can be found again (xorshift, Marsaglia 2003). */
static guint next_random(guint *state, guint below)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state % below;
}

static OfStep make_step(OfStepKind kind, guint from, guint to, OfDay first, OfDay last)
{
    return (OfStep){.kind = kind, .from = from, .to = to, .first = first, .last = last};
}

static bool in_set(guint set, guint token)
{
    return (set >> token & 1) != 0;
}

/* What a step makes of a set of tokens, told by the words of chain.h alone; false where it does not fit. */
static bool apply_plainly(const OfStep *step, guint *set)
{
    guint n = (guint) __builtin_popcount(*set);
    guint from = step->from != OF_NOWHERE ? 1u << step->from : 0, to = step->to != OF_NOWHERE ? 1u << step->to : 0;
    switch (step->kind) {
    case OF_STEP_ARRIVE:
    case OF_STEP_SETTLE:
        if (*set & to) {
            return false;
        }
        *set = (step->kind == OF_STEP_SETTLE && n == 1 && !step->concurrent ? 0 : *set) | to;
        return true;
    case OF_STEP_LEAVE:
    case OF_STEP_MOVE:
        if (!(*set & from) || *set & to) {
            return false;
        }
        *set = (*set & ~from) | to;
        return true;
    case OF_STEP_LEAVE_ONE:
    case OF_STEP_MOVE_ONE:
        if (n != 1 || *set & to) {
            return false;
        }
        *set = to;
        return true;
    case OF_STEP_STAY:
        return (*set & from) != 0;
    case OF_STEP_CARRY:
        *set = *set & from ? (*set & ~from) | to : *set;
        return true;
    case OF_STEP_BAR:
        return (*set & from) == 0;
    case OF_STEP_TURN:
        *set = to;
        return true;
    }
    return false;
}

/* Whether the steps that are not in `placed` can follow in some order, by trying all. */
static bool can_follow(const OfStep *steps, guint n, guint placed, guint set)
{
    if (placed == (1u << n) - 1) {
        return true;
    }
    for (guint i = 0; i < n; i++) {
        bool allowed = !in_set(placed, i);
        for (guint k = 0; k < n && allowed; k++) {
            allowed = in_set(placed, k) || steps[i].first <= steps[k].last;
        }
        guint then = set;
        if (allowed && apply_plainly(&steps[i], &then) && can_follow(steps, n, placed | 1u << i, then)) {
            return true;
        }
    }
    return false;
}

static int compare_steps(gconstpointer a, gconstpointer b)
{
    const OfStep *x = a, *y = b;
    return x->first != y->first ? (x->first > y->first) - (x->first < y->first) : (x->last > y->last) - (x->last < y->last);
}

static guint make_steps(guint *state, OfStep *steps)
{
    guint n = 1 + next_random(state, MOST_STEPS);
    for (guint i = 0; i < n; i++) {
        OfDay first = (OfDay) next_random(state, 8);
        guint from = next_random(state, N_TOKENS), to = next_random(state, N_TOKENS);
        OfStepKind kind = (OfStepKind) next_random(state, OF_STEP_TURN);
        to = to == from ? (to + 1) % N_TOKENS : to;
        bool arrives = kind == OF_STEP_ARRIVE || kind == OF_STEP_SETTLE || kind == OF_STEP_MOVE || kind == OF_STEP_MOVE_ONE ||
                       (kind == OF_STEP_CARRY && next_random(state, 2) == 0);
        steps[i] = make_step(kind, from, arrives ? to : OF_NOWHERE, first, first + (OfDay) next_random(state, 6));
        steps[i].concurrent = next_random(state, 4) == 0;
    }
    qsort(steps, n, sizeof *steps, compare_steps);
    return n;
}

static bool is_misfit(OfFit fit)
{
    return fit != OF_FIT_WELL && fit != OF_FIT_ELSEWHERE && fit != OF_FIT_SAME;
}

/* The search finds an order exactly where trying all finds one, and what it finds is one. */
static void test_against_all_orders(void)
{
    guint state = 20230427, n_possible = 0, n_impossible = 0;
    g_autoptr(OfChain) chain = of_chain_new(N_TOKENS, G_MAXINT64);
    for (guint round = 0; round < 60000; round++) {
        OfStep steps[MOST_STEPS];
        OfLink links[MOST_STEPS];
        guint n = make_steps(&state, steps), placed = 0, set = 0;
        g_assert_true(of_chain_order(chain, steps, n, links));
        bool fits = true;
        for (guint i = 0; i < n; i++) {
            fits = fits && !is_misfit(links[i].fit);
        }
        bool possible = can_follow(steps, n, 0, 0);
        g_assert_cmpint(fits, ==, possible);
        n_possible += possible;
        n_impossible += !possible;
        for (guint i = 0; i < n; i++) {
            guint index = links[i].step;
            g_assert_false(in_set(placed, index));
            placed |= 1u << index;
            for (guint k = 0; k < n; k++) {
                g_assert_true(in_set(placed, k) || steps[index].first <= steps[k].last);
            }
            g_assert_true(apply_plainly(&steps[index], &set) || !fits);
        }
    }
    g_assert_cmpuint(n_possible, >, 1000);
    g_assert_cmpuint(n_impossible, >, 1000);
}

/* Moves 0 → 1 → 2 … all on one date, given in any order: each is found by what it needs. */
static void test_long_chain_on_one_date(void)
{
    enum { N = 100000 };
    g_autofree OfStep *steps = g_new(OfStep, N);
    g_autofree OfLink *links = g_new(OfLink, N);
    guint state = 1;
    steps[0] = make_step(OF_STEP_ARRIVE, OF_NOWHERE, 0, 0, 365);
    for (guint i = 1; i < N; i++) {
        steps[i] = make_step(OF_STEP_MOVE, i - 1, i, 0, 365);
    }
    for (guint i = N - 1; i > 0; i--) {
        guint k = next_random(&state, i + 1);
        OfStep kept = steps[i];
        steps[i] = steps[k];
        steps[k] = kept;
    }
    g_autoptr(OfChain) chain = of_chain_new(N, 50000000);
    g_assert_true(of_chain_order(chain, steps, N, links));
    for (guint i = 0; i < N; i++) {
        g_assert_cmpint(links[i].fit, ==, OF_FIT_WELL);
        g_assert_cmpuint(steps[links[i].step].to, ==, i);
    }
}

static void test_bound_on_work(void)
{
    enum { N = 2000 };
    g_autofree OfStep *steps = g_new(OfStep, N + 2);
    g_autofree OfLink *links = g_new(OfLink, N + 2);
    steps[0] = make_step(OF_STEP_ARRIVE, OF_NOWHERE, 0, 0, 0);
    for (guint i = 1; i <= N; i++) {
        steps[i] = make_step(OF_STEP_STAY, 0, OF_NOWHERE, 0, 365);
    }
    g_autoptr(OfChain) chain = of_chain_new(N_TOKENS, 50000000);
    /* Nothing ever arrives at 2; two leave 0, where they come to but once: both are seen without trying. */
    steps[N + 1] = make_step(OF_STEP_LEAVE, 2, OF_NOWHERE, 0, 365);
    g_assert_true(of_chain_order(chain, steps, N + 2, links));
    g_assert_cmpint(links[N + 1].fit, ==, OF_FIT_NOT_THERE);
    steps[N] = steps[N + 1] = make_step(OF_STEP_LEAVE, 0, OF_NOWHERE, 0, 365);
    g_assert_true(of_chain_order(chain, steps, N + 2, links));
    g_assert_cmpint(links[N + 1].fit, ==, OF_FIT_NOT_THERE);
    steps[N] = steps[N + 1] = make_step(OF_STEP_LEAVE_ONE, OF_NOWHERE, OF_NOWHERE, 0, 365);
    g_assert_true(of_chain_order(chain, steps, N + 2, links));
    g_assert_cmpint(links[N + 1].fit, ==, OF_FIT_NOWHERE);
    /* Back and forth, and a circle elsewhere that nothing leads to: no count tells, and there are more orders than can be tried.
     * The bound holds and says so. */
    for (guint i = 1; i < N; i++) {
        steps[i] = make_step(OF_STEP_MOVE, i % 2 == 1 ? 0 : 1, i % 2 == 1 ? 1 : 0, 0, 365);
    }
    steps[N] = make_step(OF_STEP_MOVE, 2, 3, 0, 365);
    steps[N + 1] = make_step(OF_STEP_MOVE, 3, 2, 0, 365);
    g_assert_false(of_chain_order(chain, steps, N + 2, links));
}

static void assert_order(const OfStep *steps, guint n, const char *expected)
{
    g_autofree OfLink *links = g_new(OfLink, n);
    g_autoptr(OfChain) chain = of_chain_new(N_TOKENS, G_MAXINT64);
    g_autoptr(GString) order = g_string_new(NULL);
    g_assert_true(of_chain_order(chain, steps, n, links));
    for (guint i = 0; i < n; i++) {
        g_string_append_printf(order, "%u%s", links[i].step,
                               is_misfit(links[i].fit)       ? "!"
                               : links[i].fit != OF_FIT_WELL ? "?"
                                                             : "");
    }
    g_assert_cmpstr(order->str, ==, expected);
}

static void test_preferences(void)
{
    OfStep opening = make_step(OF_STEP_ARRIVE, OF_NOWHERE, 0, -1, -1);
    /* By date where nothing speaks against it. */
    assert_order((OfStep[]){opening, make_step(OF_STEP_LEAVE, 0, OF_NOWHERE, 0, 9), make_step(OF_STEP_ARRIVE, OF_NOWHERE, 1, 0, 9)},
                 3, "012");
    /* Leaving first, so that joining is not joining while elsewhere. */
    assert_order((OfStep[]){opening, make_step(OF_STEP_ARRIVE, OF_NOWHERE, 1, 0, 9), make_step(OF_STEP_LEAVE, 0, OF_NOWHERE, 5, 9)},
                 3, "021");
    /* … but not against the dates. */
    assert_order((OfStep[]){opening, make_step(OF_STEP_ARRIVE, OF_NOWHERE, 1, 0, 4), make_step(OF_STEP_LEAVE, 0, OF_NOWHERE, 5, 9)},
                 3, "01?2");
    /* A move of their own before being carried. */
    assert_order((OfStep[]){opening, make_step(OF_STEP_CARRY, 0, 2, 0, 9), make_step(OF_STEP_MOVE, 0, 1, 3, 5)}, 3, "021");
    /* Being carried before what needs the place they are carried to. */
    assert_order((OfStep[]){opening, make_step(OF_STEP_STAY, 2, OF_NOWHERE, 0, 9), make_step(OF_STEP_CARRY, 0, 2, 3, 5)}, 3, "021");
    /* Arriving before the place ends. */
    assert_order((OfStep[]){make_step(OF_STEP_CARRY, 0, OF_NOWHERE, 0, 9), make_step(OF_STEP_ARRIVE, OF_NOWHERE, 0, 3, 5)}, 2,
                 "10");
    /* Where nothing fits, the earliest is to blame, and the rest goes on. */
    assert_order((OfStep[]){opening, make_step(OF_STEP_ARRIVE, OF_NOWHERE, 0, 1, 1), make_step(OF_STEP_MOVE, 0, 1, 2, 2)}, 3,
                 "01!2");
}

static void test_going_back(void)
{
    /* 0 → 1 → 0 → 2: taking 0 → 2 first leaves the way over 1 behind. */
    OfStep steps[] = {make_step(OF_STEP_ARRIVE, OF_NOWHERE, 0, -1, -1), make_step(OF_STEP_MOVE, 0, 2, 0, 9),
                      make_step(OF_STEP_MOVE, 0, 1, 0, 9), make_step(OF_STEP_MOVE, 1, 0, 0, 9)};
    assert_order(steps, G_N_ELEMENTS(steps), "0231");
}

static void test_drawn_days(void)
{
    OfDrawnDay days[] = {
        {.wanted = 180, .last = 365, .begin = OF_DAY_MIN, .end = OF_DAY_MAX},
        {.wanted = 40, .last = 59, .begin = OF_DAY_MIN, .end = OF_DAY_MAX},
        {.wanted = 50, .last = 365, .begin = 55, .end = OF_DAY_MAX},
        {.wanted = 45, .last = 365, .begin = OF_DAY_MIN, .end = 50},
        {.wanted = 300, .last = 365, .begin = OF_DAY_MIN, .end = 200},
    };
    const OfDay expected[] = {59, 59, 59, 59, 200};
    of_chain_draw(days, G_N_ELEMENTS(days));
    for (guint i = 0; i < G_N_ELEMENTS(days); i++) {
        g_assert_cmpint(days[i].day, ==, expected[i]);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/chain/against-all-orders", test_against_all_orders);
    g_test_add_func("/chain/long-chain-on-one-date", test_long_chain_on_one_date);
    g_test_add_func("/chain/bound-on-work", test_bound_on_work);
    g_test_add_func("/chain/preferences", test_preferences);
    g_test_add_func("/chain/going-back", test_going_back);
    g_test_add_func("/chain/drawn-days", test_drawn_days);
    return g_test_run();
}
