/* Steps: the same drawing up to one day after another. A view says when what it draws begins; the steps are the days on which
 * something does. */
#ifndef OF_VIEW_STEPS_H
#define OF_VIEW_STEPS_H

#include "view/drawing.h"

/* One step: all that is there by the end of a day. */
typedef struct {
    OfDay day;
    char *label;       /* "18 Jul 2023" */
    char *description; /* alt text: which step it is, and what is new */
} OfStep;

/* Whether the drawing is asked for in steps. */
bool of_drawing_is_stepped(const OfDrawing *drawing);

/* Whether its reader can go through time in a drawing of two revisions: it has steps and cuts, of which its elements say nothing. */
bool of_drawing_is_cut_alone(const OfDrawing *drawing);

/* Says that something begins. Days before the window count as its first. date: as the data has it, or NULL. text: what begins,
 * in words, or NULL; taken over. */
void of_drawing_add_beginning(OfDrawing *drawing, OfDay day, const OfDate *date, char *text);

/* Makes drawing->steps from what begins, as the options ask. The last step of `events` and `months` is the whole drawing.
 * error: OF_ERROR_LIMIT where there are too many. */
bool of_drawing_make_steps(OfDrawing *drawing, GError **error);

GArray *of_beginnings_new(void);
/* Says from which day on a graph, node or edge is there, and before which day it goes (OF_DAY_MAX: never). Does nothing where
 * there are no steps. */
void of_drawing_set_begin(const OfDrawing *drawing, void *element, OfDay begin);
void of_drawing_set_time(const OfDrawing *drawing, void *element, OfDay begin, OfDay end);
/* The same for what is no news: it says once more what has been seen. */
void of_drawing_set_echo(const OfDrawing *drawing, void *element, OfDay begin);

/* The lines of a text as they are by the end of a day; NULL: nothing yet. Owned by the caller. */
typedef char **(*OfLinesOn)(gconstpointer data, OfDay day);

/* Adds the lines of the whole drawing to a label; at each step those of its day stand in their places. */
void of_drawing_add_lines_on(const OfDrawing *drawing, OfMarkup *label, OfMarkupStyle style, double size, const char *color,
                             char align, OfLinesOn lines_on, gconstpointer data);

/* of_drawing_add_lines() for a text that is there from a day on. */
void of_drawing_add_lines_from(const OfDrawing *drawing, OfMarkup *label, OfMarkupStyle style, double size, const char *color,
                               const char *text, double width, char align, OfDay day);

/* The same for lines that are laid out otherwise: for each of n_lines lines that is not blank a word of `data_words`. Owned by
 * the caller. */
char *of_drawing_time_lines(const OfDrawing *drawing, guint n_lines, OfLinesOn lines_on, gconstpointer data);

#endif
