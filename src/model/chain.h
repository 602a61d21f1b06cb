/* The order of dated steps: what one person did among labs, or how one lab turned from stance to stance.
 *
 * Dates are ranges of days, so the order in which things happened does not follow from them alone: what is at hand is where the
 * person is (the chain) and that no step may come before one that surely came earlier. chain.c finds an order that fits both.
 * Labs and strategies are tokens here: numbers from 0. */
#ifndef OF_MODEL_CHAIN_H
#define OF_MODEL_CHAIN_H

#include "base/date.h"
#include "model/token_set.h"

/* What a step needs and does. `from` and `to` are the step's; "the one" is the only token of the set. */
typedef enum {
    OF_STEP_ARRIVE,    /* not at `to`: arrives there */
    OF_STEP_SETTLE,    /* not at `to`: leaves the one if there is exactly one, and arrives */
    OF_STEP_LEAVE,     /* at `from`: leaves it */
    OF_STEP_LEAVE_ONE, /* at one: leaves it */
    OF_STEP_MOVE,      /* at `from`, not at `to`: leaves, arrives */
    OF_STEP_MOVE_ONE,  /* at one, not `to`: leaves, arrives */
    OF_STEP_STAY,      /* at `from`: changes nothing */
    OF_STEP_CARRY,     /* always: if at `from`, leaves it and arrives at `to` unless there already or `to` is OF_NOWHERE */
    OF_STEP_BAR,       /* not at `from`: changes nothing */
    OF_STEP_TURN,      /* at one or none: `to` takes its place */
} OfStepKind;

typedef struct {
    OfStepKind kind;
    bool concurrent;   /* arriving while elsewhere is meant */
    guint from, to;    /* OF_NOWHERE where not needed */
    OfDay first, last; /* the days at which it can stand in the order, or any other measure of time that all steps share */
} OfStep;

/* How a step fits in where it was placed. */
typedef enum {
    OF_FIT_WELL,
    OF_FIT_ELSEWHERE,     /* arrives while elsewhere, and this is not said to be meant: worth a warning */
    OF_FIT_SAME,          /* turns to what is already so: worth a warning */
    OF_FIT_NOT_THERE,     /* is not at `from` */
    OF_FIT_NOWHERE,       /* is nowhere, so that there is nothing to leave */
    OF_FIT_AMBIGUOUS,     /* is at several, so that it is not clear what to leave */
    OF_FIT_ALREADY_THERE, /* is at `to` already */
    OF_FIT_BARRED,        /* is at `from`, and must not */
} OfFit;

/* A step in its place. What does not fit is placed too, with the least change that lets the rest make sense. */
typedef struct {
    guint step; /* index into the steps */
    OfFit fit;
    guint at;    /* what it is about: `from`, or the one; OF_NOWHERE where there is none */
    bool leaves; /* whether `at` is left */
    guint to;    /* what is arrived at, or OF_NOWHERE */
} OfLink;

typedef struct OfChain OfChain; /* the memory of the search, for one sequence after another */

/* n_tokens: tokens are 0 … n_tokens - 1. work: how many looks at steps all searches together may take beyond those of the plain
 * way, see of_chain_order(). */
OfChain *of_chain_new(guint n_tokens, gint64 work);
void of_chain_free(OfChain *chain); /* takes NULL */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OfChain, of_chain_free)

/* Puts steps into an order. They must come sorted by first day, last day and what breaks ties; nothing else of their order is
 * used.
 *
 * The order found is such that no step comes before one that surely came earlier, and each finds what it needs, if there is any
 * such order. Of several: at each place the first of the steps that can stand there, those before others that fit without a
 * remark, then the carrying that changes something, then what fits with a warning, then the carrying that changes nothing.
 *
 * Steps that can stand at a place are found by what they need, so that n steps that follow from each other take time
 * proportional to n even if all bear one date. Where a choice leads to a dead end, the search goes back (depth first), up to
 * 200,000 + 64 n looks and the chain's own bound on all searches; after that it goes on without going back, seeing 64 steps far.
 * More departures than arrivals, or arrivals than departures, are seen without searching.
 *
 * links: n of them, filled in the order found. Returns false where the bound was reached and something did not fit: an order
 * might still be. Where no order fits, the deepest that was found is kept, the earliest step that is left is placed with its
 * misfit, and the search goes on from there. */
bool of_chain_order(OfChain *chain, const OfStep *steps, guint n, OfLink *links);

/* A link as it is drawn. */
typedef struct {
    OfDay wanted;     /* in: the day, if it were alone */
    OfDay last;       /* in: the last day of its range */
    OfDay begin, end; /* in: the lifetime of the labs concerned, OF_DAY_MIN and OF_DAY_MAX where not known */
    OfDay day;        /* out */
} OfDrawnDay;

/* Gives each of n links, in their order, the day nearest to the one wanted such that days never run backwards, that each can
 * still be in its range (if the ranges allow the order), and lies in the lifetime where the order allows. */
void of_chain_draw(OfDrawnDay *days, guint n);

#endif
