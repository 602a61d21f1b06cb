#include "layout/order.h"

#include <string.h>

/* Someone, or a whole run that did not change, on the way from one slot to the next. */
typedef struct {
    guint64 place; /* in the order before: ordinal of the run, then rank within it */
    gint64 weight; /* number of people */
} Atom;

OfOrder *of_order_new(guint n_slots)
{
    OfOrder *order = g_new0(OfOrder, 1);
    order->n_slots = n_slots;
    order->start = g_new0(guint32, (gsize) n_slots + 1);
    order->runs = g_array_new(FALSE, FALSE, sizeof(OfRun));
    order->people = g_array_new(FALSE, FALSE, sizeof(guint32));
    return order;
}

void of_order_free(OfOrder *order)
{
    if (order == NULL) {
        return;
    }
    g_free(order->start);
    g_array_unref(order->runs);
    g_array_unref(order->people);
    g_free(order);
}

/* Appends a run; if the slot before holds the very same run, its people are shared. */
static void add_run(OfOrder *order, guint slot, gint32 lane, const gint32 *lines, guint n)
{
    OfRun run = {.lane = lane, .first = order->people->len, .n = n};
    if (slot > 0) {
        for (guint i = order->start[slot - 1]; i < order->start[slot]; i++) {
            OfRun before = g_array_index(order->runs, OfRun, i);
            if (before.lane == lane && before.n == n &&
                memcmp(of_order_get_people(order, &before), lines, n * sizeof(guint32)) == 0) {
                g_array_append_val(order->runs, before);
                return;
            }
        }
    }
    g_array_append_vals(order->people, lines, n);
    g_array_append_val(order->runs, run);
}

OfOrder *of_order_from_ranking(const OfRanking *ranking, const OfGrouping *grouping, const gint32 *lane_of_group)
{
    OfOrder *order = of_order_new(ranking->n_steps);
    for (guint slot = 0; slot < ranking->n_steps; slot++) {
        const gint32 *lines = ranking->line + (gsize) slot * ranking->n_lines;
        const gint32 *groups = grouping->group + (gsize) slot * grouping->n_lines;
        order->start[slot] = order->runs->len;
        for (guint start = 0, end = 0; start < ranking->n[slot]; start = end) {
            gint32 group = groups[lines[start]];
            gboolean alone = of_grouping_is_alone(grouping, group);
            for (end = start + 1; end < ranking->n[slot]; end++) {
                gint32 other = groups[lines[end]];
                if (alone ? !of_grouping_is_alone(grouping, other) : other != group) {
                    break;
                }
            }
            gint32 lane = alone ? OF_LANE_NONE : lane_of_group != NULL ? lane_of_group[group] : group;
            add_run(order, slot, lane, lines + start, end - start);
        }
        order->start[slot + 1] = order->runs->len;
    }
    return order;
}

OfRanking *of_order_to_ranking(const OfOrder *order, guint n_people)
{
    OfRanking *ranking = of_ranking_new(n_people, order->n_slots);
    g_autofree gint32 *lines = g_new(gint32, (gsize) n_people + 1);
    for (guint slot = 0; slot < order->n_slots; slot++) {
        guint n_runs = 0;
        guint n = 0;
        const OfRun *runs = of_order_get_runs(order, slot, &n_runs);
        for (guint i = 0; i < n_runs; i++) {
            memcpy(lines + n, of_order_get_people(order, &runs[i]), runs[i].n * sizeof(gint32));
            n += runs[i].n;
        }
        of_ranking_set_step(ranking, slot, lines, n);
    }
    return ranking;
}

/* Sorts the atoms by their place before and returns the weight of the pairs that were out of order. */
static gint64 count_inversions(Atom *atoms, Atom *room, guint n)
{
    if (n < 2) {
        return 0;
    }
    guint middle = n / 2;
    gint64 count = count_inversions(atoms, room, middle) + count_inversions(atoms + middle, room, n - middle);
    if (atoms[middle - 1].place <= atoms[middle].place) {
        return count;
    }
    gint64 left_weight = 0;
    memcpy(room, atoms, middle * sizeof(Atom));
    for (guint i = 0; i < middle; i++) {
        left_weight += room[i].weight;
    }
    guint left = 0;
    guint right = middle;
    guint to = 0;
    while (left < middle && right < n) {
        if (room[left].place <= atoms[right].place) {
            left_weight -= room[left].weight;
            atoms[to++] = room[left++];
        } else {
            count += left_weight * atoms[right].weight;
            atoms[to++] = atoms[right++];
        }
    }
    memcpy(atoms + to, room + left, (middle - left) * sizeof(Atom));
    return count;
}

/* Where everyone stood at the slot before. */
typedef struct {
    guint32 *run;     /* [person]: OfRun.first of the run they stood in, plus one; 0 if they did not stand */
    guint32 *rank;    /* [person]: rank within it */
    guint32 *ordinal; /* [person]: ordinal of the run, if the person is its topmost */
    guint32 *size;    /* [person]: number of its people, if the person is its topmost */
    guint32 *seen;    /* [person]: slot at which they last stood, plus one */
} Before;

static const guint32 *get_top(const OfOrder *order, guint32 first)
{
    return &g_array_index(order->people, guint32, first);
}

/* Lists the atoms of @slot that stood at the slot before, with their places there. */
static guint list_atoms(const OfOrder *order, guint slot, const Before *before, Atom *atoms)
{
    guint n_runs = 0;
    guint n = 0;
    const OfRun *runs = of_order_get_runs(order, slot, &n_runs);
    for (guint i = 0; i < n_runs; i++) {
        const guint32 *people = of_order_get_people(order, &runs[i]);
        guint32 top = people[0];
        if (before->run[top] == runs[i].first + 1 && before->seen[top] == slot && before->size[top] == runs[i].n) {
            atoms[n++] = (Atom){(guint64) before->ordinal[top] << 32, runs[i].n};
            continue;
        }
        for (guint j = 0; j < runs[i].n; j++) {
            guint32 person = people[j];
            guint32 run = before->run[person];
            if (run == 0) {
                continue;
            }
            guint32 run_top = *get_top(order, run - 1);
            if (before->seen[run_top] == slot && before->run[run_top] == run) {
                atoms[n++] = (Atom){(guint64) before->ordinal[run_top] << 32 | before->rank[person], 1};
            }
        }
    }
    return n;
}

/* Notes where everyone stands at @slot; people of runs that did not change need no new note but the topmost. */
static void note_slot(const OfOrder *order, guint slot, Before *before)
{
    guint n_runs = 0;
    const OfRun *runs = of_order_get_runs(order, slot, &n_runs);
    for (guint i = 0; i < n_runs; i++) {
        const guint32 *people = of_order_get_people(order, &runs[i]);
        guint32 top = people[0];
        if (before->run[top] != runs[i].first + 1 || before->size[top] != runs[i].n || before->seen[top] != slot) {
            for (guint j = 0; j < runs[i].n; j++) {
                before->run[people[j]] = runs[i].first + 1;
                before->rank[people[j]] = j;
            }
        }
        before->ordinal[top] = i;
        before->size[top] = runs[i].n;
        before->seen[top] = slot + 1;
    }
}

gint64 of_order_count_crossings(const OfOrder *order, guint n_people)
{
    gsize n = (gsize) n_people + 1;
    g_autofree guint32 *notes = g_new0(guint32, 5 * n);
    g_autofree Atom *atoms = g_new(Atom, 2 * n);
    Before before = {notes, notes + n, notes + 2 * n, notes + 3 * n, notes + 4 * n};
    gint64 count = 0;
    for (guint slot = 0; slot < order->n_slots; slot++) {
        if (slot > 0) {
            guint n_atoms = list_atoms(order, slot, &before, atoms);
            count += count_inversions(atoms, atoms + n, n_atoms);
        }
        note_slot(order, slot, &before);
    }
    return count;
}
