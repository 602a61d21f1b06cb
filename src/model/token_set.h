/* A set of small numbers in the order of their arrival: the labs that one person is at, or the stance that one lab has.
 * Everything takes constant time, so that somebody at a hundred thousand labs costs no more than somebody at one. */
#ifndef OF_MODEL_TOKEN_SET_H
#define OF_MODEL_TOKEN_SET_H

#include <glib.h>
#include <stdbool.h>

/* No token: outside, or not said. */
#define OF_NOWHERE G_MAXUINT

typedef struct {
    guint *next, *prev; /* [token]: its neighbours in the order of arrival, or OF_NOWHERE */
    bool *in;           /* [token] */
    guint first, last;  /* OF_NOWHERE where the set is empty */
    guint n;
} OfTokenSet;

static inline void of_token_set_init(OfTokenSet *set, guint n_tokens)
{
    set->next = g_new(guint, n_tokens);
    set->prev = g_new(guint, n_tokens);
    set->in = g_new0(bool, n_tokens);
    set->first = set->last = OF_NOWHERE;
    set->n = 0;
}

static inline void of_token_set_clear(OfTokenSet *set)
{
    g_free(set->next);
    g_free(set->prev);
    g_free(set->in);
}

static inline bool of_token_set_has(const OfTokenSet *set, guint token)
{
    return token != OF_NOWHERE && set->in[token];
}

/* Where a token stands: its neighbours. */
typedef struct {
    guint next, prev;
} OfTokenPlace;

/* Puts a token back where it was removed from, if all that was done since has been undone. */
static inline void of_token_set_put_back(OfTokenSet *set, guint token, OfTokenPlace place)
{
    set->next[token] = place.next;
    set->prev[token] = place.prev;
    *(place.prev != OF_NOWHERE ? &set->next[place.prev] : &set->first) = token;
    *(place.next != OF_NOWHERE ? &set->prev[place.next] : &set->last) = token;
    set->in[token] = true;
    set->n++;
}

/* Adds a token that is not in the set, as the last. */
static inline void of_token_set_add(OfTokenSet *set, guint token)
{
    of_token_set_put_back(set, token, (OfTokenPlace){OF_NOWHERE, set->last});
}

/* Removes a token that is in the set. Returns where it stood. */
static inline OfTokenPlace of_token_set_remove(OfTokenSet *set, guint token)
{
    OfTokenPlace place = {set->next[token], set->prev[token]};
    *(place.prev != OF_NOWHERE ? &set->next[place.prev] : &set->first) = place.next;
    *(place.next != OF_NOWHERE ? &set->prev[place.next] : &set->last) = place.prev;
    set->in[token] = false;
    set->n--;
    return place;
}

/* Empties the set in the time of what is in it. */
static inline void of_token_set_empty(OfTokenSet *set)
{
    while (set->n > 0) {
        of_token_set_remove(set, set->last);
    }
}

#endif
