#include "layout/ranking.h"

#include <string.h>

OfRanking *of_ranking_new(guint n_lines, guint n_steps)
{
    OfRanking *ranking = g_new0(OfRanking, 1);
    gsize n_cells = (gsize) n_lines * n_steps;
    ranking->n_lines = n_lines;
    ranking->n_steps = n_steps;
    ranking->line = g_new(gint32, n_cells);
    ranking->rank = g_new(gint32, n_cells);
    ranking->n = g_new0(guint32, n_steps);
    for (gsize i = 0; i < n_cells; i++) {
        ranking->line[i] = -1;
        ranking->rank[i] = -1;
    }
    return ranking;
}

void of_ranking_free(OfRanking *ranking)
{
    if (ranking == NULL) {
        return;
    }
    g_free(ranking->line);
    g_free(ranking->rank);
    g_free(ranking->n);
    g_free(ranking);
}

void of_ranking_copy_steps(OfRanking *to, const OfRanking *from, guint first, guint last)
{
    if (last < first) {
        return;
    }
    gsize start = (gsize) first * from->n_lines;
    gsize bytes = (gsize) (last - first + 1) * from->n_lines * sizeof(gint32);
    if (bytes > 0) {
        memcpy(to->line + start, from->line + start, bytes);
        memcpy(to->rank + start, from->rank + start, bytes);
    }
    memcpy(to->n + first, from->n + first, (gsize) (last - first + 1) * sizeof(guint32));
}

void of_ranking_set_step(OfRanking *ranking, guint step, const gint32 *lines, guint n)
{
    gint32 *line = ranking->line + (gsize) step * ranking->n_lines;
    gint32 *rank = ranking->rank + (gsize) step * ranking->n_lines;
    for (guint i = 0; i < ranking->n_lines; i++) {
        rank[i] = -1;
    }
    for (guint i = 0; i < n; i++) {
        line[i] = lines[i];
        rank[lines[i]] = (gint32) i;
    }
    ranking->n[step] = n;
}

void of_ranking_remove(OfRanking *ranking, guint line, guint first, guint last)
{
    for (guint step = first; step <= last; step++) {
        gint32 *at = ranking->line + (gsize) step * ranking->n_lines;
        gint32 *rank = ranking->rank + (gsize) step * ranking->n_lines;
        guint n = --ranking->n[step];
        for (guint i = (guint) rank[line]; i < n; i++) {
            at[i] = at[i + 1];
            rank[at[i]] = (gint32) i;
        }
        rank[line] = -1;
    }
}

void of_ranking_insert(OfRanking *ranking, guint step, guint line, guint rank_wanted)
{
    gint32 *at = ranking->line + (gsize) step * ranking->n_lines;
    gint32 *rank = ranking->rank + (gsize) step * ranking->n_lines;
    for (guint i = ranking->n[step]++; i > rank_wanted; i--) {
        at[i] = at[i - 1];
        rank[at[i]] = (gint32) i;
    }
    at[rank_wanted] = (gint32) line;
    rank[line] = (gint32) rank_wanted;
}

/* Counts the inversions of @items and sorts them, bottom-up, through @room. */
static gint64 count_inversions(gint32 *items, gint32 *room, guint n)
{
    gint64 count = 0;
    /* Short runs by insertion: most orders are a few dozen lines long. */
    const guint run = 8;
    for (guint start = 0; start < n; start += run) {
        guint end = MIN(start + run, n);
        for (guint i = start + 1; i < end; i++) {
            gint32 item = items[i];
            guint j = i;
            while (j > start && items[j - 1] > item) {
                items[j] = items[j - 1];
                j--;
            }
            items[j] = item;
            count += i - j;
        }
    }
    for (guint width = run; width < n; width *= 2) {
        for (guint start = 0; start + width < n; start += 2 * width) {
            guint middle = start + width;
            guint end = MIN(middle + width, n);
            if (items[middle - 1] <= items[middle]) {
                continue;
            }
            memcpy(room, items + start, width * sizeof(gint32));
            guint left = 0;
            guint right = middle;
            guint to = start;
            while (left < width && right < end) {
                if (room[left] <= items[right]) {
                    items[to++] = room[left++];
                } else {
                    items[to++] = items[right++];
                    count += width - left;
                }
            }
            memcpy(items + to, room + left, (width - left) * sizeof(gint32));
        }
    }
    return count;
}

gint64 of_ranking_count_between(const OfRanking *a, guint step_a, const OfRanking *b, guint step_b, gint32 *scratch)
{
    const gint32 *line = a->line + (gsize) step_a * a->n_lines;
    const gint32 *rank = b->rank + (gsize) step_b * b->n_lines;
    guint n = 0;
    for (guint i = 0; i < a->n[step_a]; i++) {
        gint32 there = rank[line[i]];
        scratch[n] = there;
        n += there >= 0 ? 1 : 0;
    }
    return count_inversions(scratch, scratch + a->n_lines, n);
}

gint64 of_ranking_count(const OfRanking *ranking)
{
    g_autofree gint32 *scratch = g_new(gint32, 2 * (gsize) ranking->n_lines + 1);
    gint64 count = 0;
    for (guint step = 1; step < ranking->n_steps; step++) {
        count += of_ranking_count_between(ranking, step - 1, ranking, step, scratch);
    }
    return count;
}

gboolean of_ranking_is_legal(const OfRanking *ranking, const OfGrouping *grouping)
{
    g_autofree guint32 *seen = g_new0(guint32, (gsize) grouping->n_groups + 1);
    for (guint step = 0; step < grouping->n_steps; step++) {
        guint n_living = 0;
        for (guint line = 0; line < grouping->n_lines; line++) {
            gboolean lives = of_grouping_get_group(grouping, line, step) != OF_GROUP_ABSENT;
            gint32 rank = of_ranking_get_rank(ranking, step, line);
            if (lives != (rank >= 0) || (lives && of_ranking_get_line(ranking, step, (guint) rank) != (gint32) line)) {
                return FALSE;
            }
            n_living += lives ? 1 : 0;
        }
        if (n_living != ranking->n[step]) {
            return FALSE;
        }
        gint32 before = OF_GROUP_ABSENT;
        gint32 highest = OF_GROUP_ABSENT;
        for (guint i = 0; i < n_living; i++) {
            guint line = (guint) of_ranking_get_line(ranking, step, i);
            gint32 group = of_grouping_get_group(grouping, line, step);
            if (group != before && !of_grouping_is_alone(grouping, group)) {
                if (seen[group] == step + 1 || (grouping->fixed && group < highest)) {
                    return FALSE;
                }
                seen[group] = step + 1;
                highest = group;
            }
            before = group;
        }
    }
    return TRUE;
}
