/* What stands behind a drawing: the people, labs, strategies and sources that it names, and what is known of them. For formats that a
 * reader can ask. Elements name them by their data: `data-person`, `data-lab`, `data-event`. */
#ifndef OF_PICTURE_DETAILS_H
#define OF_PICTURE_DETAILS_H

#include <glib.h>

/* Something that has a name. All texts are owned; NULL where there is nothing to say. */
typedef struct {
    const char *kind; /* "person", "lab", "strategy", "source"; static */
    char *id, *name;
    char *about; /* what it is, in a line: "arXiv, 27 Feb 2023" */
    char *note, *url;
    GPtrArray *sources; /* of char *: ids */
} OfDetailItem;

/* Something that happened, or held for a while, or is claimed. */
typedef struct {
    char *event;            /* key of an event, or NULL */
    char *claim;            /* key of a claim, or NULL; neither: a stay of a person at a lab */
    gint32 day;             /* since 1970-01-01: when it happens, begins, or is claimed of */
    char *date, *text;      /* "Apr 2023", "Guillaume Lample goes from FAIR to Mistral AI"; of a stay: as what, or NULL */
    char *note, *url;       /* or NULL */
    const char *confidence; /* static */
    GPtrArray *items;       /* of char *: what it is about, "person:lample" */
    GPtrArray *because;     /* of char *: keys of events */
    GPtrArray *sources;     /* of char *: ids */
} OfDetailFact;

typedef struct {
    GPtrArray *items; /* of OfDetailItem: by kind, then id */
    GPtrArray *facts; /* of OfDetailFact: by time */
} OfDetails;

OfDetails *of_details_new(void);
void of_details_free(OfDetails *details); /* takes NULL */

/* An item and a fact without content, added to the details. */
OfDetailItem *of_details_add_item(OfDetails *details, const char *kind);
OfDetailFact *of_details_add_fact(OfDetails *details);

#endif
