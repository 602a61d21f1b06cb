/* The drawings of all views as they are now: read and drawn in the background, each view when somebody looks at it. Data that is wrong leaves
 * the last good drawing. Private to serve/; for one thread, that of the main loop. */
#ifndef OF_SERVE_DRAWINGS_H
#define OF_SERVE_DRAWINGS_H

#include "serve/serve.h"

typedef struct OfDrawings OfDrawings;

/* Reads what the task names, at once. changed is called in the main loop whenever a state may be another one. NULL with *status and *message
 * (owned by the caller) where inputs are not there, or options cannot be; data that is wrong is no such failure. Owned by the caller. */
OfDrawings *of_drawings_new(const OfServeTask *task, void (*changed)(void *data), void *data, OrgflowStatus *status,
                            char **message);

/* Has work under way given up, and waits until it is. Takes NULL. */
void of_drawings_free(OfDrawings *drawings);

/* Says that inputs were saved: they are read again. */
void of_drawings_saved(OfDrawings *drawings);

/* What a page that looks at a view is told, in JSON, in one line; has the view drawn where that is due. wanted: a view's name, else the first
 * view is meant. Owned by the caller. Keys:
 *     name      of the data
 *     views     their names
 *     view      the one that is looked at; null: there is none yet
 *     drawing   a word for its bytes: another one where they are others; null: there is none yet
 *     phase     "current", "drawing" (a newer one is being made) or "broken" (it stays the last good one)
 *     failure   why it is broken, where the problems do not say so, or null
 *     errors, warnings, problems, unlisted   how many, those that are listed, and how many more there are */
char *of_drawings_look(OfDrawings *drawings, const char *wanted);

/* The last good drawing of a view, as a web page: a reference of the caller's. NULL where there is none yet; then, as by of_drawings_look(), it is
 * drawn if it can be. *known: whether there is such a view. */
GBytes *of_drawings_get(OfDrawings *drawings, const char *view, bool *known);

#endif
