/* Re-insertion by dynamic programming.
 *
 * Let R(t) be the order of the others at step t, and let the block of m lines stand before the line of rank k there. The cost
 * of a way k(first) … k(last) is m times, for each pair of consecutive steps, the number X(k, k') of lines that stand on one
 * side of the block before and on the other side after. The programme is v'(k') = min over k of v(k) + m X(k, k').
 *
 * 1. Legal ranks: around the members of the block's group where it has others, else the boundaries between groups (within the
 *    right pair of lanes where lanes are fixed).
 * 2. Forward: keep d(k) = v(k) + m X(k, k'). For k' = 0, X counts the lines before k. Raising k' past a line whose rank before
 *    was p adds m for k ≤ p and takes m off for k > p. Taking m off everywhere and adding 2m for k ≤ p is the same and touches
 *    a prefix only; with the cells in runs of 16 that have their least value beside them, a line costs O(16 + L/16).
 * 3. Backward: nothing is stored but v. From the rank chosen at a step, X(k, k') for all k is one scan of the order before; the
 *    k with v(k) + m X = v'(k') are the equally good ones, and one of them is drawn at random. Moves along a plateau matter.
 *
 * Source: the lemma and the programme are folklore of one-sided crossing minimisation (e.g. Kostitsyna et al., arXiv
 * 1509.00442, for lines that are re-inserted into a fixed order). */
#include "layout/reinsert.h"

#include <string.h>

enum { RUN = 16 };

struct _OfReinserter {
    const OfGrouping *grouping;
    OfRanking *ranking;
    OfRandom *random;
    guint64 work;
    guint32 *offset; /* [step]: where its legal ranks begin; one more entry ends the last */
    GArray *legal;   /* gint32: legal ranks, ascending, step after step */
    GArray *value;   /* gint64: least cost to stand there */
    gint32 *chosen;  /* [step]: the rank drawn */
    gint64 *cell;    /* [i]: d of the i-th legal rank, without what the run adds */
    gint64 *run_add; /* [run] */
    gint64 *run_min; /* [run]: least d, with what the run adds */
    guint32 *upto;   /* [p]: number of legal ranks ≤ p */
    gint64 *ends;    /* [rank]: crossings with the fixed neighbours of the span */
    gint32 *inner;   /* [member]: line, in the inner order asked for */
    gint32 *kept;    /* ranks of the block before it was moved */
    gsize n_kept;
};

OfReinserter *of_reinserter_new(const OfGrouping *grouping, OfRanking *ranking, OfRandom *random)
{
    OfReinserter *r = g_new0(OfReinserter, 1);
    gsize n = grouping->n_lines;
    r->grouping = grouping;
    r->ranking = ranking;
    r->random = random;
    r->offset = g_new0(guint32, (gsize) grouping->n_steps + 1);
    r->legal = g_array_new(FALSE, FALSE, sizeof(gint32));
    r->value = g_array_new(FALSE, FALSE, sizeof(gint64));
    r->chosen = g_new0(gint32, (gsize) grouping->n_steps + 1);
    r->cell = g_new0(gint64, n + 1 + RUN);
    r->run_add = g_new0(gint64, n / RUN + 2);
    r->run_min = g_new0(gint64, n / RUN + 2);
    r->upto = g_new0(guint32, n + 1);
    r->ends = g_new0(gint64, n + 1);
    r->inner = g_new0(gint32, n + 1);
    return r;
}

void of_reinserter_free(OfReinserter *r)
{
    if (r == NULL) {
        return;
    }
    g_free(r->offset);
    g_array_unref(r->legal);
    g_array_unref(r->value);
    g_free(r->chosen);
    g_free(r->cell);
    g_free(r->run_add);
    g_free(r->run_min);
    g_free(r->upto);
    g_free(r->ends);
    g_free(r->inner);
    g_free(r->kept);
    g_free(r);
}

guint64 of_reinserter_get_work(const OfReinserter *r)
{
    return r->work;
}

/* Step 1: appends the legal ranks of a block of group @group at @step. */
static void find_legal(OfReinserter *r, guint step, gint32 group)
{
    const OfGrouping *grouping = r->grouping;
    const gint32 *line = r->ranking->line + (gsize) step * grouping->n_lines;
    const gint32 *groups = grouping->group + (gsize) step * grouping->n_lines;
    gint32 n = (gint32) r->ranking->n[step];
    gint32 low = 0;
    gint32 high = n;
    if (!of_grouping_is_alone(grouping, group)) {
        gint32 top = -1;
        gint32 bottom = -1;
        for (gint32 i = 0; i < n; i++) {
            gint32 other = groups[line[i]];
            if (other == group) {
                top = top < 0 ? i : top;
                bottom = i;
            } else if (grouping->fixed && other < group) {
                low = i + 1;
            } else if (grouping->fixed && other < grouping->n_groups && high == n) {
                high = i;
            }
        }
        if (top >= 0) {
            for (gint32 k = top; k <= bottom + 1; k++) {
                g_array_append_val(r->legal, k);
            }
            return;
        }
    }
    for (gint32 k = low; k <= high; k++) {
        if (k == 0 || k == n || groups[line[k - 1]] != groups[line[k]]) {
            g_array_append_val(r->legal, k);
        }
    }
}

/* Crossings of @members, fixed at the neighbouring step @other, with the lines that stand at @step, for each rank k at
 * which the block may stand there: into r->ends[k]. */
static void count_ends(OfReinserter *r, const guint32 *members, guint m, guint step, guint other)
{
    const OfRanking *ranking = r->ranking;
    gsize n_lines = ranking->n_lines;
    const gint32 *line = ranking->line + step * n_lines;
    const gint32 *there = ranking->rank + other * n_lines;
    gint64 n_there = 0;
    gint64 before = 0;
    guint n = ranking->n[step];
    for (guint i = 0; i < m; i++) {
        n_there += there[members[i]] >= 0 ? 1 : 0;
    }
    for (guint i = 0; i < n; i++) {
        gint32 p = there[line[i]];
        gint64 above = 0;
        for (guint j = 0; p >= 0 && j < m; j++) {
            above += there[members[j]] >= 0 && there[members[j]] < p ? 1 : 0;
        }
        /* With the block above this line, the members that stand below it there cross it; else those above. */
        gint64 if_above = p >= 0 ? n_there - above : 0;
        r->ends[i + 1] = above - if_above;
        before += if_above;
    }
    r->ends[0] = before;
    for (guint k = 1; k <= n; k++) {
        r->ends[k] += r->ends[k - 1];
    }
    r->work += (guint64) n * m;
}

static void add_ends(OfReinserter *r, guint index)
{
    for (guint i = r->offset[index]; i < r->offset[index + 1]; i++) {
        g_array_index(r->value, gint64, i) += r->ends[g_array_index(r->legal, gint32, i)];
    }
}

/* Fills the cells with v(k) + m X(k, 0) and finds how many legal ranks lie at or above each line. */
static guint start_cells(OfReinserter *r, guint step, guint index, const gint32 *rank_after, gint64 m)
{
    const gint32 *line = r->ranking->line + (gsize) step * r->ranking->n_lines;
    const gint32 *legal = &g_array_index(r->legal, gint32, r->offset[index]);
    const gint64 *value = &g_array_index(r->value, gint64, r->offset[index]);
    guint n_legal = r->offset[index + 1] - r->offset[index];
    gint32 n = (gint32) r->ranking->n[step];
    gint64 before = 0;
    guint i = 0;
    for (gint32 k = 0; k <= n; k++) {
        if (i < n_legal && legal[i] == k) {
            r->cell[i] = value[i] + m * before;
            i++;
        }
        if (k < n) {
            r->upto[k] = i;
            before += rank_after[line[k]] >= 0 ? 1 : 0;
        }
    }
    guint n_runs = (n_legal + RUN - 1) / RUN;
    for (; i < n_runs * RUN; i++) {
        r->cell[i] = G_MAXINT64 / 4;
    }
    for (guint run = 0; run < n_runs; run++) {
        gint64 least = G_MAXINT64;
        for (guint j = run * RUN; j < (run + 1) * RUN; j++) {
            least = MIN(least, r->cell[j]);
        }
        r->run_add[run] = 0;
        r->run_min[run] = least;
    }
    return n_runs;
}

/* Adds @amount to the first @n cells. */
static inline void raise_cells(OfReinserter *r, guint n, gint64 amount)
{
    guint run = n / RUN;
    for (guint i = 0; i < run; i++) {
        r->run_add[i] += amount;
        r->run_min[i] += amount;
    }
    guint rest = n % RUN;
    if (rest > 0) {
        gint64 *cell = r->cell + run * RUN;
        gint64 least = G_MAXINT64;
        for (guint i = 0; i < rest; i++) {
            cell[i] += amount;
        }
        for (guint i = 0; i < RUN; i++) {
            least = MIN(least, cell[i]);
        }
        r->run_min[run] = least + r->run_add[run];
    }
}

/* Step 2: the values of @step + 1, whose legal ranks are known, from those of @step. */
static void go_forward(OfReinserter *r, guint step, guint index, gint64 m)
{
    gsize n_lines = r->ranking->n_lines;
    const gint32 *line = r->ranking->line + (step + 1) * n_lines;
    const gint32 *rank = r->ranking->rank + step * n_lines;
    guint n_runs = start_cells(r, step, index, r->ranking->rank + (step + 1) * n_lines, m);
    const gint32 *legal = &g_array_index(r->legal, gint32, r->offset[index + 1]);
    guint n_legal = r->offset[index + 2] - r->offset[index + 1];
    gint64 shift = 0;
    gint32 k = 0;
    for (guint i = 0; i < n_legal; i++) {
        for (; k < legal[i]; k++) {
            gint32 p = rank[line[k]];
            if (p >= 0) {
                shift -= m;
                raise_cells(r, r->upto[p], 2 * m);
            }
        }
        gint64 least = r->run_min[0];
        for (guint run = 1; run < n_runs; run++) {
            least = MIN(least, r->run_min[run]);
        }
        gint64 value = least + shift;
        g_array_append_val(r->value, value);
    }
    r->work += (guint64) n_lines + (guint64) k * (n_runs + RUN) / 4 + (guint64) n_legal * n_runs / 4;
}

/* Step 3: draws a rank at @step that leads to @rank_after at the next with value @value_after. */
static gint32 go_backward(OfReinserter *r, guint step, guint index, gint32 rank_after, gint64 value_after, gint64 m,
                          gint64 *value_out)
{
    gsize n_lines = r->ranking->n_lines;
    const gint32 *line = r->ranking->line + step * n_lines;
    const gint32 *after = r->ranking->rank + (step + 1) * n_lines;
    const gint32 *line_after = r->ranking->line + (step + 1) * n_lines;
    const gint32 *rank = r->ranking->rank + step * n_lines;
    const gint32 *legal = &g_array_index(r->legal, gint32, r->offset[index]);
    const gint64 *value = &g_array_index(r->value, gint64, r->offset[index]);
    guint n_legal = r->offset[index + 1] - r->offset[index];
    gint64 crossings = 0;
    for (gint32 i = 0; i < rank_after; i++) {
        crossings += rank[line_after[i]] >= 0 ? 1 : 0;
    }
    gint32 k = 0;
    gint32 drawn = -1;
    guint32 n_ties = 0;
    for (guint i = 0; i < n_legal; i++) {
        for (; k < legal[i]; k++) {
            gint32 p = after[line[k]];
            crossings += p < 0 ? 0 : p < rank_after ? -1 : 1;
        }
        if (value[i] + m * crossings != value_after) {
            continue;
        }
        n_ties++;
        if (n_ties == 1 || (r->random != NULL && of_random_below(r->random, n_ties) == 0)) {
            drawn = legal[i];
            *value_out = value[i];
        }
    }
    g_assert(drawn >= 0);
    r->work += n_lines / 4;
    return drawn;
}

/* Draws one of the cheapest ranks of the last step. */
static gint32 draw_last(OfReinserter *r, guint index, gint64 *value_out)
{
    gint32 drawn = -1;
    guint32 n_ties = 0;
    for (guint i = r->offset[index]; i < r->offset[index + 1]; i++) {
        gint64 value = g_array_index(r->value, gint64, i);
        if (drawn >= 0 && value > *value_out) {
            continue;
        }
        n_ties = drawn < 0 || value < *value_out ? 1 : n_ties + 1;
        if (n_ties == 1 || (r->random != NULL && of_random_below(r->random, n_ties) == 0)) {
            drawn = g_array_index(r->legal, gint32, i);
        }
        *value_out = value;
    }
    g_assert(drawn >= 0);
    return drawn;
}

/* Finds the cheapest way of a block that stands nowhere in the span, into r->chosen. Returns its crossings with the others. */
static gint64 find_way(OfReinserter *r, const guint32 *members, guint m, guint first, guint last)
{
    const OfGrouping *grouping = r->grouping;
    g_array_set_size(r->legal, 0);
    g_array_set_size(r->value, 0);
    for (guint step = first; step <= last; step++) {
        r->offset[step - first] = r->legal->len;
        find_legal(r, step, of_grouping_get_group(grouping, members[0], step));
    }
    r->offset[last - first + 1] = r->legal->len;
    g_array_set_size(r->value, r->offset[1]);
    memset(r->value->data, 0, r->offset[1] * sizeof(gint64));
    if (first > 0) {
        count_ends(r, members, m, first, first - 1);
        add_ends(r, 0);
    }
    for (guint step = first; step < last; step++) {
        go_forward(r, step, step - first, m);
    }
    if (last + 1 < grouping->n_steps) {
        count_ends(r, members, m, last, last + 1);
        add_ends(r, last - first);
    }
    gint64 value = 0;
    r->chosen[last - first] = draw_last(r, last - first, &value);
    gint64 total = value;
    if (last + 1 < grouping->n_steps && last > first) {
        value -= r->ends[r->chosen[last - first]];
    }
    for (guint step = last; step-- > first;) {
        gint64 value_before = 0;
        r->chosen[step - first] = go_backward(r, step, step - first, r->chosen[step - first + 1], value, m, &value_before);
        value = value_before;
    }
    return total;
}

/* Crossings of one line with all others between two consecutive steps. */
static gint64 count_line(const OfRanking *ranking, guint line, guint step)
{
    gsize n_lines = ranking->n_lines;
    const gint32 *rank = ranking->rank + step * n_lines;
    const gint32 *rank_after = ranking->rank + (step + 1) * n_lines;
    const gint32 *at = ranking->line + step * n_lines;
    gint32 here = rank[line];
    gint32 there = rank_after[line];
    gint64 count = 0;
    if (here < 0 || there < 0) {
        return 0;
    }
    for (gint32 i = 0; i < here; i++) {
        count += rank_after[at[i]] > there ? 1 : 0;
    }
    for (guint i = (guint) here + 1; i < ranking->n[step]; i++) {
        gint32 p = rank_after[at[i]];
        count += p >= 0 && p < there ? 1 : 0;
    }
    return count;
}

gint64 of_reinsert_take_out(OfReinserter *r, guint line, guint first, guint last)
{
    gint64 count = 0;
    guint step = first > 0 ? first - 1 : 0;
    for (; step <= last && step + 1 < r->grouping->n_steps; step++) {
        count += count_line(r->ranking, line, step);
    }
    of_ranking_remove(r->ranking, line, first, last);
    r->work += (guint64) (last - first + 1) * r->grouping->n_lines / 2;
    return count;
}

gint64 of_reinsert_put_back(OfReinserter *r, guint line, guint first, guint last)
{
    gint64 count = find_way(r, &(guint32){line}, 1, first, last);
    for (guint step = first; step <= last; step++) {
        of_ranking_insert(r->ranking, step, line, (guint) r->chosen[step - first]);
    }
    return count;
}

/* Sorts the members by @rank; those that have none there keep their place by @fallback. */
static void sort_members(gint32 *inner, guint m, const gint32 *rank, const gint32 *fallback)
{
    for (guint i = 1; i < m; i++) {
        gint32 line = inner[i];
        gint32 key = rank[line] >= 0 ? rank[line] : fallback[line];
        guint j = i;
        for (; j > 0; j--) {
            gint32 other = inner[j - 1];
            if ((rank[other] >= 0 ? rank[other] : fallback[other]) <= key) {
                break;
            }
            inner[j] = other;
        }
        inner[j] = line;
    }
}

/* Remembers the members at each step from top to bottom, with their ranks; the order asked for goes to r->inner. */
static void keep_block(OfReinserter *r, const guint32 *members, guint m, guint first, guint last, OfInnerOrder inner)
{
    gsize n_lines = r->ranking->n_lines;
    gsize needed = (gsize) (last - first + 1) * 2 * m;
    if (needed > r->n_kept) {
        r->n_kept = 2 * needed;
        r->kept = g_renew(gint32, r->kept, r->n_kept);
    }
    for (guint step = first; step <= last; step++) {
        gint32 *lines = r->kept + (gsize) (step - first) * 2 * m;
        const gint32 *rank = r->ranking->rank + step * n_lines;
        for (guint i = 0; i < m; i++) {
            lines[i] = (gint32) members[i];
        }
        sort_members(lines, m, rank, rank);
        for (guint i = 0; i < m; i++) {
            lines[m + i] = rank[lines[i]];
        }
    }
    memcpy(r->inner, r->kept, m * sizeof(gint32));
    const gint32 *here = r->ranking->rank + first * n_lines;
    if (inner == OF_INNER_BY_BEFORE && first > 0) {
        sort_members(r->inner, m, r->ranking->rank + (first - 1) * n_lines, here);
    } else if (inner == OF_INNER_BY_AFTER && last + 1 < r->grouping->n_steps) {
        sort_members(r->inner, m, r->ranking->rank + (last + 1) * n_lines, here);
    }
}

/* Crossings of the members among themselves from @first − 1 to @last + 1. */
static gint64 count_inner(const OfReinserter *r, const guint32 *members, guint m, guint first, guint last)
{
    gsize n_lines = r->ranking->n_lines;
    gint64 count = 0;
    for (guint step = first > 0 ? first - 1 : 0; step <= last && step + 1 < r->grouping->n_steps; step++) {
        const gint32 *rank = r->ranking->rank + step * n_lines;
        const gint32 *rank_after = rank + n_lines;
        for (guint i = 0; i < m; i++) {
            for (guint j = 0; j < i; j++) {
                guint32 a = members[i];
                guint32 b = members[j];
                gboolean both = rank[a] >= 0 && rank[b] >= 0 && rank_after[a] >= 0 && rank_after[b] >= 0;
                count += both && (rank[a] < rank[b]) != (rank_after[a] < rank_after[b]) ? 1 : 0;
            }
        }
    }
    return count;
}

/* Puts the block back: at the ranks chosen and in the order asked for, or as it was. */
static void put_block(OfReinserter *r, guint m, guint first, guint last, OfInnerOrder inner, gboolean as_it_was)
{
    for (guint step = first; step <= last; step++) {
        const gint32 *lines = r->kept + (gsize) (step - first) * 2 * m;
        for (guint i = 0; i < m; i++) {
            gint32 line = as_it_was || inner == OF_INNER_AS_IS ? lines[i]
                          : inner == OF_INNER_REVERSED         ? lines[m - 1 - i]
                                                               : r->inner[i];
            gint32 rank = as_it_was ? lines[m + i] : r->chosen[step - first] + (gint32) i;
            of_ranking_insert(r->ranking, step, (guint) line, (guint) rank);
        }
    }
    r->work += (guint64) (last - first + 1) * r->grouping->n_lines * m / 4;
}

gint64 of_reinsert_block(OfReinserter *r, const guint32 *members, guint m, guint first, guint last, OfInnerOrder inner)
{
    gint64 before = 0;
    keep_block(r, members, m, first, last, inner);
    for (guint i = 0; i < m; i++) {
        /* Two members' crossings go with the first of them: each is counted once. */
        before += of_reinsert_take_out(r, members[i], first, last);
    }
    gint64 after = find_way(r, members, m, first, last);
    put_block(r, m, first, last, inner, FALSE);
    after += count_inner(r, members, m, first, last);
    if (after > before) {
        for (guint i = 0; i < m; i++) {
            of_ranking_remove(r->ranking, members[i], first, last);
        }
        put_block(r, m, first, last, inner, TRUE);
        return 0;
    }
    return after - before;
}
