/* A story in the form that the search for vertical orders works on: lines that live over steps and stand in groups.
 *
 * A line lives over one unbroken range of steps. At each of them it stands in a group: the people of one lab, or a line on
 * its own. Where the lanes are fixed, the groups of labs keep the order of their numbers; lines on their own may stand in any
 * place between two groups. */
#ifndef OF_LAYOUT_STORY_H
#define OF_LAYOUT_STORY_H

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
} OfStory;

/* of_story_new:
 * @n_lines: number of lines
 * @n_steps: number of steps
 * @n_groups: number of groups that may hold several lines
 * @fixed: whether these groups keep their order
 *
 * Returns: (transfer full): a story in which no line lives yet; free with of_story_free(). */
OfStory *of_story_new(guint n_lines, guint n_steps, guint n_groups, gboolean fixed);

/* of_story_free:
 * @story: (nullable): what to free */
void of_story_free(OfStory *story);

/* of_story_set_group:
 * @story: a story that is being filled
 * @line: line
 * @step: step
 * @group: (0 … n_groups − 1, or n_groups and above for "on its own"): where @line stands at @step */
void of_story_set_group(OfStory *story, guint line, guint step, gint32 group);

/* of_story_close:
 * @story: a story of which every listing is set
 *
 * Finds the lives of the lines, first to last listing, and puts them on their own where they are not listed in between. */
void of_story_close(OfStory *story);

static inline gint32 of_story_get_group(const OfStory *story, guint line, guint step) {
    return story->group[(gsize)step * story->n_lines + line];
}

static inline gboolean of_story_is_alone(const OfStory *story, gint32 group) {
    return group >= story->n_groups;
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(OfStory, of_story_free)

#endif
