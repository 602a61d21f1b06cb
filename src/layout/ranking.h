/* The vertical order of the lines of a story at each step, top to bottom, kept both ways round: which line stands at a rank,
 * and which rank a line has. */
#ifndef OF_LAYOUT_RANKING_H
#define OF_LAYOUT_RANKING_H

#include "layout/grouping.h"

typedef struct {
    guint n_lines;
    guint n_steps;
    gint32 *line; /* [step * n_lines + rank]: the line, for rank < n[step] */
    gint32 *rank; /* [step * n_lines + line]: its rank, or −1 where it does not stand */
    guint32 *n;   /* [step]: number of lines that stand in the order */
} OfRanking;

/* of_ranking_new:
 * @n_lines: number of lines
 * @n_steps: number of steps
 *
 * Returns: (transfer full): an order in which nobody stands yet; free with of_ranking_free(). */
OfRanking *of_ranking_new(guint n_lines, guint n_steps);

/* of_ranking_free:
 * @ranking: (nullable): what to free */
void of_ranking_free(OfRanking *ranking);

/* of_ranking_copy_steps:
 * @to: (inout): order of the same size as @from
 * @from: order to copy
 * @first: first step to copy
 * @last: last step to copy, included */
void of_ranking_copy_steps(OfRanking *to, const OfRanking *from, guint first, guint last);

/* of_ranking_set_step:
 * @ranking: (inout): order
 * @step: step to replace
 * @lines: @n lines, top to bottom, each once
 * @n: their number */
void of_ranking_set_step(OfRanking *ranking, guint step, const gint32 *lines, guint n);

/* of_ranking_remove:
 * @ranking: (inout): order
 * @line: line that stands at each of the steps
 * @first: first step
 * @last: last step, included */
void of_ranking_remove(OfRanking *ranking, guint line, guint first, guint last);

/* of_ranking_insert:
 * @ranking: (inout): order
 * @step: step
 * @line: line that does not stand there yet
 * @rank: the rank that it is to have */
void of_ranking_insert(OfRanking *ranking, guint step, guint line, guint rank);

/* of_ranking_count_between:
 * @a: order that holds @step_a
 * @step_a: a step
 * @b: order over the same lines that holds @step_b
 * @step_b: another step
 * @scratch: room for 2 * n_lines numbers
 *
 * Returns: number of pairs of lines that stand in both steps and whose order differs. O(n log n), by merging. */
gint64 of_ranking_count_between(const OfRanking *a, guint step_a, const OfRanking *b, guint step_b, gint32 *scratch);

/* of_ranking_count:
 * @ranking: order
 *
 * Returns: the crossings between all consecutive steps. */
gint64 of_ranking_count(const OfRanking *ranking);

/* of_ranking_is_legal:
 * @ranking: order
 * @grouping: lines and steps of the same number
 *
 * Returns: whether exactly the living lines stand at each step, every group without a foreign line between its members, and
 * fixed groups in their order. */
gboolean of_ranking_is_legal(const OfRanking *ranking, const OfGrouping *grouping);

static inline gint32 of_ranking_get_line(const OfRanking *ranking, guint step, guint rank)
{
    return ranking->line[(gsize) step * ranking->n_lines + rank];
}

static inline gint32 of_ranking_get_rank(const OfRanking *ranking, guint step, guint line)
{
    return ranking->rank[(gsize) step * ranking->n_lines + line];
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(OfRanking, of_ranking_free)

#endif
