#include "view/view.h"

#include "model/schema.h"

const OfView of_views[] = {
    {"storyline", "who was where, when, and what the labs stood for", "nop2", 1, 1, of_view_build_storyline, NULL},
    {"moves", "who moved where", "dot", 9, 5, of_view_build_moves, of_view_finish_moves},
    {"strategy", "how strategy shifted", "dot", 3, 1, of_view_build_strategy, NULL},
    {"causes", "what led to what", "dot", 4, 4, of_view_build_causes, NULL},
    {"snapshot", "who was where on one day", "nop2", 2, 1, of_view_build_snapshot, NULL},
    {"retention", "how a group drained away", "nop2", 1, 1, of_view_build_retention, NULL},
    {"alluvial", "how many were where, and how many went where in between", "nop2", 1, 1, of_view_build_alluvial, NULL},
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
