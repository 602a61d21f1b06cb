/* A story in the form that the search for vertical orders works on: lines that live over steps and stand in groups.
 *
 * A line lives over one unbroken range of steps. At each of them it stands in a group: the people of one lab, or a line on
 * its own. Where the lanes are fixed, the groups of labs keep the order of their numbers; lines on their own may stand in any
 * place between two groups. */
#ifndef OF_LAYOUT_GROUPING_H
#define OF_LAYOUT_GROUPING_H

#include <glib.h>

#define OF_GROUP_ABSENT (-1)

typedef struct {
    guint n_lines;
    guint n_steps;
    gint32 n_groups; /* groups 0 … n_groups − 1 may hold many lines; group n_groups + i is line i on its own */
    gboolean fixed;  /* groups below n_groups stand in ascending order at every step */
    gint32 *group;   /* [step * n_lines + line]: its group, or OF_GROUP_ABSENT */
    guint32 *first;  /* [line]: first step of its life */
    guint32 *last;   /* [line]: last step of its life; before @first for a line that never lives */
} OfGrouping;

/* of_grouping_new:
 * @n_lines: number of lines
 * @n_steps: number of steps
 * @n_groups: number of groups that may hold several lines
 * @fixed: whether these groups keep their order
 *
 * Returns: (transfer full): one in which no line lives yet; free with of_grouping_free(). */
OfGrouping *of_grouping_new(guint n_lines, guint n_steps, guint n_groups, gboolean fixed);

/* of_grouping_free:
 * @grouping: (nullable): what to free */
void of_grouping_free(OfGrouping *grouping);

/* of_grouping_set_group:
 * @grouping: one that is being filled
 * @line: line
 * @step: step
 * @group: (0 … n_groups − 1, or n_groups and above for "on its own"): where @line stands at @step */
void of_grouping_set_group(OfGrouping *grouping, guint line, guint step, gint32 group);

/* of_grouping_close:
 * @grouping: one of which every listing is set
 *
 * Finds the lives of the lines, first to last listing, and puts them on their own where they are not listed in between. */
void of_grouping_close(OfGrouping *grouping);

static inline gint32 of_grouping_get_group(const OfGrouping *grouping, guint line, guint step)
{
    return grouping->group[(gsize) step * grouping->n_lines + line];
}

static inline gboolean of_grouping_is_alone(const OfGrouping *grouping, gint32 group)
{
    return group >= grouping->n_groups;
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(OfGrouping, of_grouping_free)

#endif
