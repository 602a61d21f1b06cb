#include "layout/timescale.h"

static const double MOVE_ROOM = 3;      /* points that each move at one moment adds to the room it wishes for */
static const double MOST_MOVES = 12;    /* more than these do not widen it further */
static const double MOST_OF_PLOT = 0.6; /* of its width may be taken up by wishes */

/* A stretch of changes that share one shift. */
typedef struct {
    double sum;
    guint n;
} Pool;

double of_timescale_get_x(const OfTimescale *timescale, gint32 day)
{
    double length = MAX((double) timescale->end_day - timescale->first_day, 1);
    double share = CLAMP(((double) day - timescale->first_day) / length, 0, 1);
    return timescale->left + share * (timescale->right - timescale->left);
}

static double get_wish(const guint32 *n_moves, guint slot, const OfLayoutPage *page)
{
    return page->bend + MOVE_ROOM * MIN((double) n_moves[slot], MOST_MOVES);
}

/* Pools adjacent changes until their places, each less the room of all before it, never fall. */
static void spread(OfTimescale *timescale, const double *before)
{
    guint n = timescale->n_slots + 1;
    g_autofree Pool *pools = g_new(Pool, n);
    guint n_pools = 0;
    for (guint i = 0; i < n; i++) {
        pools[n_pools++] = (Pool){timescale->x[i] - before[i], 1};
        while (n_pools > 1 && pools[n_pools - 2].sum / pools[n_pools - 2].n >= pools[n_pools - 1].sum / pools[n_pools - 1].n) {
            pools[n_pools - 2].sum += pools[n_pools - 1].sum;
            pools[n_pools - 2].n += pools[n_pools - 1].n;
            n_pools--;
        }
    }
    guint at = 0;
    for (guint i = 0; i < n_pools; i++) {
        double place = CLAMP(pools[i].sum / pools[i].n, timescale->left, timescale->right - before[n - 1]);
        for (guint j = 0; j < pools[i].n; j++, at++) {
            timescale->x[at] = place + before[at];
        }
    }
    timescale->x[0] = timescale->left;
    timescale->x[n - 1] = timescale->right;
}

OfTimescale *of_timescale_new(const OfSlots *slots, const guint32 *n_moves, const OfLayoutPage *page)
{
    OfTimescale *timescale = g_new0(OfTimescale, 1);
    guint n = slots->n_slots;
    g_autofree double *before = g_new0(double, (gsize) n + 1);
    timescale->left = page->left;
    timescale->right = MAX(page->right, page->left);
    timescale->first_day = slots->day[0];
    timescale->end_day = slots->day[n];
    timescale->n_slots = n;
    timescale->x = g_new0(double, (gsize) n + 1);
    timescale->half = g_new0(double, (gsize) n + 1);
    for (guint slot = 0; slot <= n; slot++) {
        timescale->x[slot] = of_timescale_get_x(timescale, slots->day[slot]);
    }
    for (guint slot = 1; slot <= n; slot++) {
        before[slot] = before[slot - 1] + (get_wish(n_moves, slot - 1, page) + get_wish(n_moves, slot, page)) / 2;
    }
    double most = MOST_OF_PLOT * (timescale->right - timescale->left);
    double scale = before[n] > most ? most / before[n] : 1;
    for (guint slot = 0; slot <= n; slot++) {
        before[slot] *= scale;
    }
    spread(timescale, before);
    for (guint slot = 1; slot < n; slot++) {
        double room = MIN(timescale->x[slot] - timescale->x[slot - 1], timescale->x[slot + 1] - timescale->x[slot]);
        timescale->half[slot] = MIN(get_wish(n_moves, slot, page), room / 2);
    }
    return timescale;
}

void of_timescale_free(OfTimescale *timescale)
{
    if (timescale == NULL) {
        return;
    }
    g_free(timescale->x);
    g_free(timescale->half);
    g_free(timescale);
}
