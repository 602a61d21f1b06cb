#include "layout/bends.h"

#include <stdlib.h>

#include "layout/variants.h"

/* Points by which a line must be off its row to bend. In a crowd, where lines are less than a point apart, nobody can follow
 * one, and each arrival would bend all those below it. */
static const double LEAST_SHIFT = 0.25;
static const double LEAST_SHIFT_IN_CROWD = 2;
/* Ways that change lane at one moment start up to so far from each other, and use at least so much of the width. */
static const double STAGGER = 4;
static const double LEAST_WIDTH = 0.45;

typedef struct {
    const OfSlots *slots;
    const OfHeights *heights;
    double least_shift;
    guint32 *stay;      /* [person]: stay that they are in */
    double *y;          /* [person]: height of their last bend */
    guint32 *run_first; /* [person]: OfRun.first when the person stood at the top of a run, plus one … */
    guint32 *run_n;     /* … its number of people … */
    double *run_y;      /* … its first row's height … */
    guint32 *run_slot;  /* … and the slot, plus one */
} Walk;

/* Adds a bend if the height or lane of @person changes to @y at @slot. */
static void bend_person(OfBends *bends, Walk *walk, guint32 person, double y, guint slot)
{
    guint32 *stay = &walk->stay[person];
    gboolean born = slot == g_array_index(walk->slots->stays, OfLaneStay, walk->slots->person_start[person]).first;
    gboolean moves = FALSE;
    while (g_array_index(walk->slots->stays, OfLaneStay, *stay).end <= slot) {
        (*stay)++;
        moves = TRUE;
    }
    if (born || moves || ABS(y - walk->y[person]) >= walk->least_shift) {
        OfBend bend = {
            .person = person, .slot = slot, .stay = *stay, .changes_lane = moves, .y_before = born ? y : walk->y[person], .y = y};
        g_array_append_val(bends->bends, bend);
        walk->y[person] = y;
    }
}

/* The same for everyone of a box. */
static void bend_people(OfBends *bends, Walk *walk, const OfBox *box, const guint32 *people, guint n, guint slot)
{
    for (guint i = 0; i < n; i++) {
        bend_person(bends, walk, people[i], of_heights_get_row_y(walk->heights, box, box->n_above + i), slot);
    }
}

/* Versions of a person's way run along with it where they are joined. */
static void bend_variants(OfBends *bends, Walk *walk, guint slot)
{
    for (guint32 person = 0; walk->slots->variant_of != NULL && person < walk->slots->n_people; person++) {
        guint32 whole = of_variants_get_joined(walk->slots, person, slot);
        if (whole != OF_VARIANT_NONE) {
            bend_person(bends, walk, person, walk->y[whole], slot);
        }
    }
}

static void bend_slot(OfBends *bends, Walk *walk, const OfOrder *order, guint slot)
{
    guint n = 0;
    const OfBox *boxes = of_heights_get_boxes(walk->heights, slot, &n);
    for (guint i = 0; i < n; i++) {
        if (boxes[i].run == OF_RUN_NONE) {
            continue;
        }
        const OfRun *run = &g_array_index(order->runs, OfRun, boxes[i].run);
        const guint32 *people = of_order_get_people(order, run);
        guint32 top = people[0];
        double y = of_heights_get_row_y(walk->heights, &boxes[i], boxes[i].n_above);
        gboolean same = walk->run_first[top] == run->first + 1 && walk->run_n[top] == run->n && walk->run_slot[top] == slot &&
                        ABS(walk->run_y[top] - y) < 1e-9;
        if (!same) {
            bend_people(bends, walk, &boxes[i], people, run->n, slot);
        }
        walk->run_first[top] = run->first + 1;
        walk->run_n[top] = run->n;
        walk->run_slot[top] = slot + 1;
        walk->run_y[top] = y;
    }
    bend_variants(bends, walk, slot);
}

/* Two ways at one moment, in the order in which they start. */
typedef struct {
    guint32 bend;
    double before;
    double after;
} Mover;

static int compare_movers(const void *a, const void *b)
{
    const Mover *p = a;
    const Mover *q = b;
    gboolean p_falls = p->after > p->before;
    gboolean q_falls = q->after > q->before;
    if (p_falls != q_falls) {
        return p_falls ? -1 : 1;
    }
    if (p->before != q->before) {
        return (p->before > q->before) == p_falls ? -1 : 1;
    }
    return p->bend < q->bend ? -1 : p->bend > q->bend;
}

/* Gives the movers of one moment, all in one direction, their parts of its width. */
static void stagger(OfBends *bends, const Mover *movers, guint n, double x, double half)
{
    double width = 2 * half;
    double step = n > 1 ? MIN(STAGGER, width * (1 - LEAST_WIDTH) / (n - 1)) : 0;
    double own = width - step * (n > 1 ? n - 1 : 0);
    for (guint i = 0; i < n; i++) {
        OfBend *bend = &g_array_index(bends->bends, OfBend, movers[i].bend);
        bend->from = x - half + step * i;
        bend->to = bend->from + own;
    }
}

static gboolean is_joined_throughout(const OfSlots *slots, guint32 person, guint slot)
{
    return slot > 0 && of_variants_get_joined(slots, person, slot) != OF_VARIANT_NONE &&
           of_variants_get_joined(slots, person, slot - 1) != OF_VARIANT_NONE;
}

/* Who is joined before and after takes the width of the way that they are joined to. Versions come after all rows of their slot. */
static void follow(OfBends *bends, guint first, const OfSlots *slots, guint slot)
{
    for (guint32 i = first; slots->variant_of != NULL && i < bends->bends->len; i++) {
        OfBend *bend = &g_array_index(bends->bends, OfBend, i);
        if (!is_joined_throughout(slots, bend->person, slot)) {
            continue;
        }
        for (guint32 j = first; j < i; j++) {
            const OfBend *other = &g_array_index(bends->bends, OfBend, j);
            if (other->person == slots->variant_of[bend->person]) {
                bend->from = other->from;
                bend->to = other->to;
            }
        }
    }
}

/* @bends from @first on are those of one slot. */
static void time_slot(OfBends *bends, guint first, const OfSlots *slots, const OfTimescale *timescale, guint slot, GArray *movers)
{
    double x = timescale->x[slot];
    double half = timescale->half[slot];
    g_array_set_size(movers, 0);
    for (guint32 i = first; i < bends->bends->len; i++) {
        OfBend *bend = &g_array_index(bends->bends, OfBend, i);
        bend->from = x - half;
        bend->to = x + half;
        if (bend->changes_lane && !is_joined_throughout(slots, bend->person, slot)) {
            Mover mover = {i, bend->y_before, bend->y};
            g_array_append_val(movers, mover);
        }
    }
    if (movers->len == 0) {
        return;
    }
    qsort(movers->data, movers->len, sizeof(Mover), compare_movers);
    const Mover *mover = (const Mover *) (const void *) movers->data;
    guint n_falling = 0;
    while (n_falling < movers->len && mover[n_falling].after > mover[n_falling].before) {
        n_falling++;
    }
    stagger(bends, mover, n_falling, x, half);
    stagger(bends, mover + n_falling, movers->len - n_falling, x, half);
    follow(bends, first, slots, slot);
}

/* Sorts the bends, which stand slot by slot, by person: each counts, then takes its place. */
static void sort_by_person(OfBends *bends, guint n_people)
{
    GArray *sorted = g_array_sized_new(FALSE, FALSE, sizeof(OfBend), bends->bends->len);
    guint32 *start = g_new0(guint32, (gsize) n_people + 2);
    g_array_set_size(sorted, bends->bends->len);
    for (guint32 i = 0; i < bends->bends->len; i++) {
        start[g_array_index(bends->bends, OfBend, i).person + 2]++;
    }
    for (guint i = 2; i < n_people + 2; i++) {
        start[i] += start[i - 1];
    }
    for (guint32 i = 0; i < bends->bends->len; i++) {
        const OfBend *bend = &g_array_index(bends->bends, OfBend, i);
        g_array_index(sorted, OfBend, start[bend->person + 1]++) = *bend;
    }
    g_array_unref(bends->bends);
    bends->bends = sorted;
    bends->person_start = start;
}

OfBends *of_bends_new(const OfSlots *slots, const OfOrder *order, const OfHeights *heights, const OfTimescale *timescale)
{
    OfBends *bends = g_new0(OfBends, 1);
    gsize n = (gsize) slots->n_people + 1;
    g_autofree double *numbers = g_new0(double, 2 * n);
    g_autofree guint32 *indices = g_new0(guint32, 4 * n);
    double least_shift = heights->line_gap < 1 ? LEAST_SHIFT_IN_CROWD : LEAST_SHIFT;
    Walk walk = {slots, heights, least_shift, indices, numbers, indices + n, indices + 2 * n, numbers + n, indices + 3 * n};
    g_autoptr(GArray) movers = g_array_new(FALSE, FALSE, sizeof(Mover));
    bends->bends = g_array_new(FALSE, FALSE, sizeof(OfBend));
    for (guint person = 0; person < slots->n_people; person++) {
        walk.stay[person] = slots->person_start[person];
    }
    for (guint slot = 0; slot < slots->n_slots; slot++) {
        guint first = bends->bends->len;
        bend_slot(bends, &walk, order, slot);
        time_slot(bends, first, slots, timescale, slot, movers);
    }
    sort_by_person(bends, slots->n_people);
    return bends;
}

void of_bends_free(OfBends *bends)
{
    if (bends == NULL) {
        return;
    }
    g_array_unref(bends->bends);
    g_free(bends->person_start);
    g_free(bends);
}

double of_bends_get_y(const OfBends *bends, guint person, guint slot)
{
    guint32 low = bends->person_start[person];
    guint32 high = bends->person_start[person + 1] - 1;
    while (low < high) {
        guint32 middle = low + (high - low + 1) / 2;
        if (g_array_index(bends->bends, OfBend, middle).slot <= slot) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    return g_array_index(bends->bends, OfBend, low).y;
}
