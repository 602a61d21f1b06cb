/* One drawing, from the story to the display list or to Graphviz's text. */
#ifndef OF_API_DRAW_H
#define OF_API_DRAW_H

#include "graphviz/layout.h"
#include "paint/paint.h"
#include "picture/overlaps.h"
#include "picture/picture.h"
#include "view/view.h"

typedef struct {
    OfPicture *picture; /* or NULL */
    GBytes *text;       /* of a gvc text format, or NULL */
    double width, height;
    double scale; /* of pixels, as the options ask; 0: not asked */
    OfTextMode text_mode;
    OfPageSize sheet; /* as the options ask */
    double pace;      /* of steps, seconds, as the options ask; 0: not asked */
    bool plays;       /* the steps are in one file */
    guint n_nodes, n_edges, n_unplaced;
    OfFacts *facts;                     /* of a storyline, else NULL */
    GPtrArray *cohorts;                 /* of OfCohortFacts, of a retention, else NULL */
    OfFlowFacts *flow_facts;            /* of an alluvial drawing, else NULL */
    gint64 view_us, layout_us, draw_us; /* microseconds of the monotonic clock */
} OfDrawn;

void of_drawn_clear(OfDrawn *drawn);

/* What is to be drawn, and how it is to be handed over. */
typedef struct {
    OfDrawingTask drawing;
    const OfPanel *panels; /* of two revisions: what is painted of them; of one: OF_PANEL_DIFF, which says nothing there */
    guint n_panels;
    OfLayoutProcess *process;
    bool details;            /* pictures carry what stands behind them */
    const char *text_format; /* NULL for the display list, else one of of_layout_text_formats() */
} OfDrawTask;

/* Draws one view: it is laid out once, and painted once a panel into drawn[0 … n_panels - 1], which are to be cleared by the caller, also
 * after a failure. Holds cgraph's lock throughout. */
bool of_draw(const OfDrawTask *task, OfDrawn *drawn, GError **error);

#endif
