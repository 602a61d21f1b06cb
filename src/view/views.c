#include "view/view.h"

#include "model/schema.h"

/* Of events: who, where and when; of labs and people: where they are and what they are called. */
#define SHOWN_OF_MOVES                                                                                                             \
    "event/date", "event/people", "event/from", "event/to", "event/lab", "event/labs", "event/into", "event/weight",               \
        "event/confidence", "event/concurrent", "event/type", "person/name", "person/lab", "person/since", "person/stints",        \
        "person/confidence", "lab/name", "lab/parent", "lab/founded", "lab/closed"

static const char *const shown_of_moves[] = {SHOWN_OF_MOVES, "event/accounts", "event/sources", "event/name", NULL};
static const char *const shown_of_strategy[] = {
    "event/date",    "event/to",      "event/from",       "event/lab",     "event/title",
    "event/because", "event/sources", "event/confidence", "strategy/name", "lab/name",
    "lab/strategy",  "lab/parent",    "lab/founded",      "lab/closed",    NULL};
static const char *const shown_of_causes[] = {SHOWN_OF_MOVES, "event/title", "event/because", "event/sources",
                                              "event/name",   "event/what",  "event/role",    NULL};
static const char *const shown_of_snapshot[] = {SHOWN_OF_MOVES, "event/role",     "event/lead",   "event/sources", "person/role",
                                                "person/lead",  "person/sources", "lab/strategy", "strategy/name", NULL};

const OfView of_views[] = {
    {"storyline", "who was where, when, and what the labs stood for", "nop2", 1, 1, of_view_build_storyline, NULL, NULL, NULL,
     false, true},
    {"moves", "who moved where", "dot", 9, 5, of_view_build_moves, NULL, of_view_finish_moves, shown_of_moves, false, true},
    {"strategy", "how strategy shifted", "dot", 3, 1, of_view_build_strategy, of_view_place_strategy, NULL, shown_of_strategy,
     false, true},
    {"causes", "what led to what", "dot", 4, 4, of_view_build_causes, NULL, NULL, shown_of_causes, false, true},
    {"snapshot", "who was where on one day", "nop2", 2, 1, of_view_build_snapshot, of_view_place_snapshot, NULL, shown_of_snapshot,
     false, false},
    {"retention", "how a group drained away", "nop2", 1, 1, of_view_build_retention, NULL, NULL, NULL, true, false},
    {"alluvial", "how many were where, and how many went where in between", "nop2", 1, 1, of_view_build_alluvial, NULL, NULL, NULL,
     true, false},
    {.name = NULL},
};

const OfView *of_view_find(const char *name)
{
    for (const OfView *view = of_views; view->name != NULL; view++) {
        if (g_str_equal(view->name, name)) {
            return view;
        }
    }
    return NULL;
}

const char *const *const of_view_format_names = of_schema_view_types;
