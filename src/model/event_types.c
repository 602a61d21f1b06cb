/* The types of events. Their keys stand in schema.c. */
#include "model/story.h"

static const OfEventTypeInfo types[OF_N_EVENT_TYPES] = {
    [OF_EVENT_JOIN] = {"join", "people arrive; while they are elsewhere, this adds a second, concurrent affiliation", false},
    [OF_EVENT_LEAVE] = {"leave", "people leave; `from` may be left out where they are at one lab", false},
    [OF_EVENT_MOVE] = {"move", "people leave one lab and arrive at another; `from` may be left out where they are at one lab",
                       false},
    [OF_EVENT_FOUND] = {"found", "the lab starts; its founders move in", false},
    [OF_EVENT_CLOSE] = {"close", "the lab ends; its people leave, or move to `to`", false},
    [OF_EVENT_MERGE] = {"merge", "several labs become one; their people go along", false},
    [OF_EVENT_SPLIT] = {"split", "one lab becomes several", false},
    [OF_EVENT_RENAME] = {"rename", "the same lab is called `name` from then on", false},
    [OF_EVENT_REPARENT] = {"reparent", "the lab moves within the tree; without `to` it stands at the top", false},
    [OF_EVENT_ROLE] = {"role", "a new role within the lab; `lead: true` marks who leads it from then on", false},
    [OF_EVENT_SHIFT] = {"shift", "the lab's stance becomes the strategy `to`", false},
    [OF_EVENT_TRANSFER] = {"transfer", "something that is no person moves: compute, a project, a budget, a team's name", false},
    [OF_EVENT_RELEASE] = {"release", "milestone: something is released", true},
    [OF_EVENT_DELAY] = {"delay", "milestone: something is put off", true},
    [OF_EVENT_CANCEL] = {"cancel", "milestone: something is given up", true},
    [OF_EVENT_ANNOUNCE] = {"announce", "milestone: something is announced", true},
    [OF_EVENT_REPORT] = {"report", "milestone: something is reported about the lab", true},
    [OF_EVENT_DEAL] = {"deal", "milestone: an investment, a purchase, a partnership", true},
    [OF_EVENT_NOTE] = {"note", "milestone: anything else worth a mark", true},
};

const OfEventTypeInfo *of_event_type_info(OfEventType type)
{
    g_return_val_if_fail((guint) type < OF_N_EVENT_TYPES, NULL);
    return &types[type];
}
