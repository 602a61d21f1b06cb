/* The data as it was saved at one moment, and what is wrong with it. Private to serve/. */
#ifndef OF_SERVE_READING_H
#define OF_SERVE_READING_H

#include "serve/serve.h"

/* Problems as a list in JSON, and as a terminal shows them. */
typedef struct {
    GString *json;     /* objects, a comma before each but the first; as many as a page shows */
    GString *terminal; /* all of them, as lines */
    guint n_errors, n_warnings, n_listed;
} OfProblems;

/* Shared by the main loop and those who draw it; nothing in it changes any more. */
typedef struct {
    OrgflowStory *story;  /* NULL where an input could not be read */
    GBytes *theme;        /* the theme's file, or NULL */
    OrgflowStatus status; /* of what could not be read, or of story; ORGFLOW_OK: it can be drawn */
    char *failure;        /* why not, where the problems do not say so; or NULL */
    char *key;            /* the same for what is drawn alike; NULL where it cannot be drawn */
    OfProblems problems;
} OfReading;

/* Reads what a task names. Takes as long as that takes: for a thread of its own. Freed by of_reading_unref(). */
OfReading *of_reading_new(const OfServeTask *task);
OfReading *of_reading_ref(OfReading *reading);
void of_reading_unref(OfReading *reading); /* takes NULL */

/* No problems yet; adds those of a story; frees them. */
void of_problems_init(OfProblems *problems);
void of_problems_add(OfProblems *problems, const OfServeTask *task, const OrgflowStory *story);
void of_problems_clear(OfProblems *problems);

/* The library's message, which may be NULL, as one of GLib's. Owned by the caller. */
char *of_message_take(char *message);

/* Adds a text to JSON as a string, or null. Whatever a text holds, the page can read it. */
void of_json_append(GString *json, const char *text);

#endif
