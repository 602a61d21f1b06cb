/* Who is together at each step. */
#ifndef OF_EXCHANGE_SCENES_H
#define OF_EXCHANGE_SCENES_H

#include "exchange/import.h"

/* People who are together from a step to another, both included. */
typedef struct {
    const guint *people;
    guint n_people;
    gint64 number; /* of the scene: the lab is called "Scene NUMBER" */
    gint64 first, last;
    OfPlace place;
} OfSceneSpan;

/* Adds a stint at the scene for each of the people. The steps must be ones that are days, the one after them too. */
void of_scenes_add(OfRoster *roster, const OfSceneSpan *span);

/* Says which step is the last of all; below all that were added where there is none. */
void of_scenes_close(OfRoster *roster, gint64 last_step);

/* The two forms of the format. */
void of_import_film(OfRoster *roster, const OfSourceText *text, OfDiagnostics *diagnostics);
void of_import_story(OfRoster *roster, const OfSourceText *text, const OfLimits *limits, OfDiagnostics *diagnostics);

#endif
