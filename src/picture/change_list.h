/* What changed between the two revisions that a page shows, in words, by what it is looked for under. */
#ifndef OF_PICTURE_CHANGE_LIST_H
#define OF_PICTURE_CHANGE_LIST_H

#include <glib.h>
#include <stdbool.h>

/* Where a change says it is from. */
typedef struct {
    char *text;  /* "arXiv, 27 Feb 2023", else its title */
    char *title; /* or NULL */
    char *url;   /* or NULL */
} OfChangeSource;

typedef struct {
    char *id;           /* "event.added:llamacon": what `data-change-ids` names it, without its escapes */
    char sign;          /* '+', '-' or '~' */
    char *text;         /* "announce llamacon added: 2025-04-29 lab genai LlamaCon" */
    char *place;        /* "new.yaml:246", or NULL */
    GPtrArray *items;   /* of char *: what it is about, "person:lample", "event:llamacon" */
    GPtrArray *sources; /* of OfChangeSource */
} OfListedChange;

typedef struct {
    char *title;        /* "FAIR (fair)" */
    GPtrArray *changes; /* of OfListedChange */
} OfChangeGroup;

typedef struct {
    char *from, *to;   /* what the sides are called, or NULL */
    char *counts;      /* "3 changes: 1 person added, 2 events redated"; "no changes" */
    bool complete;     /* nothing has been filtered away */
    GPtrArray *groups; /* of OfChangeGroup: none where nothing changed */
} OfChangeList;

OfChangeList *of_change_list_new(void);
void of_change_list_free(OfChangeList *list); /* takes NULL */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OfChangeList, of_change_list_free)

/* A group of this title, a change of it and a source of that without content, added. */
OfChangeGroup *of_change_list_add_group(OfChangeList *list, const char *title);
OfListedChange *of_change_group_add(OfChangeGroup *group);
OfChangeSource *of_listed_change_add_source(OfListedChange *change);

#endif
