/* Every place at which the data names a lab, with its date. */
#ifndef OF_MODEL_MENTIONS_H
#define OF_MODEL_MENTIONS_H

#include "model/story.h"

typedef enum {
    OF_MENTION_PARENT,  /* another lab's `parent`; no date */
    OF_MENTION_OPENING, /* a person's `lab`, at `since`, which may not be set */
    OF_MENTION_FROM,    /* the beginning of a declared stint; may not be set */
    OF_MENTION_TO,      /* its end; may not be set */
    OF_MENTION_EVENT,   /* an event names it in any way */
    OF_MENTION_ACCOUNT, /* a rival version names it */
    OF_MENTION_CLAIM,   /* a claim is about it */
} OfMentionKind;

typedef struct {
    OfMentionKind kind;
    const OfLab *lab;
    const OfDate *date;   /* NULL or not set where there is none */
    const OfItem *item;   /* what names it: its place */
    const OfEvent *event; /* of OF_MENTION_EVENT */
} OfMention;

typedef void (*OfMentionFunc)(const OfMention *mention, gpointer data);

/* Calls each for all mentions, in the order of the story's lists. An event that names a lab twice mentions it twice. */
void of_story_each_mention(const OfStory *story, OfMentionFunc each, gpointer data);

/* Calls each for the labs that one event names. */
void of_event_each_mention(const OfEvent *event, OfMentionFunc each, gpointer data);

#endif
