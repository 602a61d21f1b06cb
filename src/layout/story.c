#include "story.h"

OfStory *of_story_new(guint n_lines, guint n_steps, guint n_groups, gboolean fixed) {
    OfStory *story = g_new0(OfStory, 1);
    gsize n_cells = (gsize)n_lines * n_steps;
    story->n_lines = n_lines;
    story->n_steps = n_steps;
    story->n_groups = (gint32)n_groups;
    story->fixed = fixed;
    story->group = g_new(gint32, n_cells);
    story->first = g_new0(guint32, n_lines);
    story->last = g_new0(guint32, n_lines);
    for (gsize i = 0; i < n_cells; i++) {
        story->group[i] = OF_GROUP_ABSENT;
    }
    return story;
}

void of_story_free(OfStory *story) {
    if (story == NULL) {
        return;
    }
    g_free(story->group);
    g_free(story->first);
    g_free(story->last);
    g_free(story);
}

void of_story_set_group(OfStory *story, guint line, guint step, gint32 group) {
    gint32 alone = story->n_groups + (gint32)line;
    story->group[(gsize)step * story->n_lines + line] = group < story->n_groups ? group : alone;
}

void of_story_close(OfStory *story) {
    for (guint line = 0; line < story->n_lines; line++) {
        guint first = 0;
        guint end = story->n_steps;
        while (first < end && of_story_get_group(story, line, first) == OF_GROUP_ABSENT) {
            first++;
        }
        while (end > first && of_story_get_group(story, line, end - 1) == OF_GROUP_ABSENT) {
            end--;
        }
        /* A line that never lives gets first = 1, last = 0: its range of steps is empty. */
        story->first[line] = first < end ? first : 1;
        story->last[line] = first < end ? end - 1 : 0;
        for (guint step = first; step < end; step++) {
            if (of_story_get_group(story, line, step) == OF_GROUP_ABSENT) {
                of_story_set_group(story, line, step, story->n_groups);
            }
        }
    }
}
