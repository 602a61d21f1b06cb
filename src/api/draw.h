/* One drawing, from the story to the display list or to Graphviz's text. */
#ifndef OF_API_DRAW_H
#define OF_API_DRAW_H

#include "graphviz/layout.h"
#include "picture/overlaps.h"
#include "picture/picture.h"
#include "view/view.h"

typedef struct {
    OfPicture *picture; /* or NULL */
    GBytes *text;       /* of a gvc text format, or NULL */
    double width, height;
    double scale; /* of pixels, as the options ask; 0: not asked */
    guint n_nodes, n_edges, n_unplaced;
    OfFacts *facts;                     /* of a storyline, else NULL */
    GPtrArray *cohorts;                 /* of OfCohortFacts, of a retention, else NULL */
    OfFlowFacts *flow_facts;            /* of an alluvial drawing, else NULL */
    gint64 view_us, layout_us, draw_us; /* microseconds of the monotonic clock */
} OfDrawn;

void of_drawn_clear(OfDrawn *drawn);

/* Draws one view. text_format: NULL for the display list, else one of of_layout_text_formats(). drawn is to be cleared by the caller, also
 * after a failure. Holds cgraph's lock throughout. */
bool of_draw(const OfStory *story, const OfView *view, const OfOptions *options, const OfLimits *limits, OfFonts *fonts,
             OfLayoutProcess *process, const char *text_format, OfDrawn *drawn, GError **error);

#endif
