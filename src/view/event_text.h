/* Events in words. */
#ifndef OF_VIEW_EVENT_TEXT_H
#define OF_VIEW_EVENT_TEXT_H

#include "model/story.h"

/* The event's title, or where it has none a phrase made of its parts: "Guillaume Lample goes from FAIR to Mistral AI". Owned
 * by the caller. */
char *of_event_text(const OfEvent *event);

/* The lab an event is drawn with: the one it is about, else where it leads to, else where it comes from; or NULL. */
const OfLab *of_event_main_lab(const OfEvent *event);

#endif
