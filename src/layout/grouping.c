#include "layout/grouping.h"

OfGrouping *of_grouping_new(guint n_lines, guint n_steps, guint n_groups, gboolean fixed)
{
    OfGrouping *grouping = g_new0(OfGrouping, 1);
    gsize n_cells = (gsize) n_lines * n_steps;
    grouping->n_lines = n_lines;
    grouping->n_steps = n_steps;
    grouping->n_groups = (gint32) n_groups;
    grouping->fixed = fixed;
    grouping->group = g_new(gint32, n_cells);
    grouping->first = g_new0(guint32, n_lines);
    grouping->last = g_new0(guint32, n_lines);
    for (gsize i = 0; i < n_cells; i++) {
        grouping->group[i] = OF_GROUP_ABSENT;
    }
    return grouping;
}

void of_grouping_free(OfGrouping *grouping)
{
    if (grouping == NULL) {
        return;
    }
    g_free(grouping->group);
    g_free(grouping->first);
    g_free(grouping->last);
    g_free(grouping);
}

void of_grouping_set_group(OfGrouping *grouping, guint line, guint step, gint32 group)
{
    gint32 alone = grouping->n_groups + (gint32) line;
    grouping->group[(gsize) step * grouping->n_lines + line] = group < grouping->n_groups ? group : alone;
}

void of_grouping_close(OfGrouping *grouping)
{
    for (guint line = 0; line < grouping->n_lines; line++) {
        guint first = 0;
        guint end = grouping->n_steps;
        while (first < end && of_grouping_get_group(grouping, line, first) == OF_GROUP_ABSENT) {
            first++;
        }
        while (end > first && of_grouping_get_group(grouping, line, end - 1) == OF_GROUP_ABSENT) {
            end--;
        }
        /* A line that never lives gets first = 1, last = 0: its range of steps is empty. */
        grouping->first[line] = first < end ? first : 1;
        grouping->last[line] = first < end ? end - 1 : 0;
        for (guint step = first; step < end; step++) {
            if (of_grouping_get_group(grouping, line, step) == OF_GROUP_ABSENT) {
                of_grouping_set_group(grouping, line, step, grouping->n_groups);
            }
        }
    }
}
