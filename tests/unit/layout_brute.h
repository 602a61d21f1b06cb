/* The least number of crossings of a small story by trying every legal order of every step: what the searches are held against. */
#ifndef OF_TESTS_LAYOUT_BRUTE_H
#define OF_TESTS_LAYOUT_BRUTE_H

#include "layout/grouping.h"
#include "layout/random.h"

typedef struct {
    guint8 rank[8]; /* [line]: rank, 255 where it does not live */
} BruteOrder;

/* Whether the lines, top to bottom, keep groups together and fixed groups in order. */
static inline gboolean brute_is_legal(const OfGrouping *grouping, guint step, const guint8 *lines, guint n)
{
    gint32 highest = -1;
    for (guint i = 0; i < n; i++) {
        gint32 group = of_grouping_get_group(grouping, lines[i], step);
        if (group >= grouping->n_groups) {
            continue;
        }
        for (guint j = i + 2; j < n; j++) {
            if (of_grouping_get_group(grouping, lines[j], step) == group &&
                of_grouping_get_group(grouping, lines[j - 1], step) != group) {
                return FALSE;
            }
        }
        if (grouping->fixed && group < highest) {
            return FALSE;
        }
        highest = MAX(highest, group);
    }
    return TRUE;
}

static inline void brute_permute(const OfGrouping *grouping, guint step, guint8 *lines, guint n, guint at, GArray *orders)
{
    if (at == n) {
        if (brute_is_legal(grouping, step, lines, n)) {
            BruteOrder order;
            for (guint i = 0; i < G_N_ELEMENTS(order.rank); i++) {
                order.rank[i] = 255;
            }
            for (guint i = 0; i < n; i++) {
                order.rank[lines[i]] = (guint8) i;
            }
            g_array_append_val(orders, order);
        }
        return;
    }
    for (guint i = at; i < n; i++) {
        guint8 kept = lines[at];
        lines[at] = lines[i];
        lines[i] = kept;
        brute_permute(grouping, step, lines, n, at + 1, orders);
        kept = lines[at];
        lines[at] = lines[i];
        lines[i] = kept;
    }
}

static inline gint64 brute_count(const BruteOrder *a, const BruteOrder *b, guint n_lines)
{
    gint64 count = 0;
    for (guint i = 0; i < n_lines; i++) {
        for (guint j = 0; j < i; j++) {
            gboolean both = a->rank[i] != 255 && a->rank[j] != 255 && b->rank[i] != 255 && b->rank[j] != 255;
            count += both && (a->rank[i] < a->rank[j]) != (b->rank[i] < b->rank[j]) ? 1 : 0;
        }
    }
    return count;
}

/* brute_find_least:
 * @grouping: at most 8 lines
 *
 * Returns: the fewest crossings that any legal order of @grouping has. */
static inline gint64 brute_find_least(const OfGrouping *grouping)
{
    g_autoptr(GArray) before = NULL;
    g_autoptr(GArray) costs_before = NULL;
    gint64 least = 0;
    for (guint step = 0; step < grouping->n_steps; step++) {
        g_autoptr(GArray) orders = g_array_new(FALSE, FALSE, sizeof(BruteOrder));
        g_autoptr(GArray) costs = g_array_new(FALSE, FALSE, sizeof(gint64));
        guint8 lines[8];
        guint n = 0;
        for (guint line = 0; line < grouping->n_lines; line++) {
            if (of_grouping_get_group(grouping, line, step) != OF_GROUP_ABSENT) {
                lines[n++] = (guint8) line;
            }
        }
        brute_permute(grouping, step, lines, n, 0, orders);
        least = G_MAXINT64;
        for (guint i = 0; i < orders->len; i++) {
            gint64 cost = step == 0 ? 0 : G_MAXINT64;
            for (guint j = 0; step > 0 && j < before->len; j++) {
                gint64 way =
                    g_array_index(costs_before, gint64, j) +
                    brute_count(&g_array_index(before, BruteOrder, j), &g_array_index(orders, BruteOrder, i), grouping->n_lines);
                cost = MIN(cost, way);
            }
            g_array_append_val(costs, cost);
            least = MIN(least, cost);
        }
        g_clear_pointer(&before, g_array_unref);
        g_clear_pointer(&costs_before, g_array_unref);
        before = g_steal_pointer(&orders);
        costs_before = g_steal_pointer(&costs);
    }
    return least;
}

#endif
