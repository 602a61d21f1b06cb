/* A drawing in the making: what a view is given, and what it leaves for the frame around it. */
#ifndef OF_VIEW_DRAWING_H
#define OF_VIEW_DRAWING_H

#include "model/options.h"
#include "view/facts.h"
#include "view/fonts.h"
#include "view/graph.h"
#include "view/selection.h"
#include "view/theme.h"

/* Samples in the legend. */
typedef enum { OF_LEGEND_LINE, OF_LEGEND_FILL, OF_LEGEND_MARK /* the mark is part of the text */ } OfLegendKind;

typedef struct {
    OfLegendKind kind;
    const char *style; /* Graphviz line style: "solid", "dashed", "dotted" */
    const char *color;
    double width;  /* of a line, points */
    bool disputed; /* dash-dot where the painter can */
    char *text;    /* owned */
    int order;     /* entries stand in this order */
} OfLegendEntry;

typedef struct {
    const OfSource *source;
    guint number;
} OfCitation;

typedef struct OfView OfView;

typedef struct {
    /* given */
    const OfStory *story;
    const OfOptions *options;
    const OfLimits *limits;
    const OfView *view;
    const OfTheme *theme;
    OfColoring *coloring;
    OfFonts *fonts;
    Agdisc_t *discipline; /* of the graph: keeps subgraphs in the order in which they are made */
    OfSelection selection;
    guint variant; /* which of the view's arrangements to make */
    /* made by the view */
    Agraph_t *graph;
    double width, height;    /* points: of a graph whose positions the view sets itself, from 0, 0 */
    double below;            /* points by which it reaches below 0 */
    char *description;       /* alt text: one or two sentences */
    char *subtitle;          /* where nothing else is asked for; NULL: what the view answers, and the years */
    bool empty;              /* nothing to draw: the frame says so */
    GPtrArray *legend;       /* of OfLegendEntry */
    GPtrArray *cited;        /* of OfSource, in the order of their numbers */
    OfFacts *facts;          /* of a storyline, or NULL */
    OfFlowFacts *flow_facts; /* of an alluvial drawing, or NULL */
    GPtrArray *cohorts;      /* of OfCohortFacts, of a retention, or NULL */
    gint64 layout_us;        /* microseconds spent in layouts, over all arrangements tried; for the report alone */
    GPtrArray *remarks;      /* of char *: callouts whose target is not drawn, and the like; listed under the drawing */
    guint n_notes;           /* the first of the remarks: those that are no complaint about something left out */
} OfDrawing;

OfDrawing *of_drawing_new(const OfStory *story, const OfView *view, const OfOptions *options, const OfLimits *limits,
                          OfFonts *fonts, GError **error);
void of_drawing_free(OfDrawing *drawing); /* takes NULL; closes the graph */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OfDrawing, of_drawing_free)

/* Forgets what a view has made, so that another variant can be. */
void of_drawing_reset(OfDrawing *drawing, guint variant);

/* Gives the item's sources their numbers. Returns "[1 3]", or NULL where it has none. Owned by the caller. */
char *of_drawing_cite(OfDrawing *drawing, const OfItem *item);
/* The same for several items at once: no number twice, rising. */
char *of_drawing_cite_all(OfDrawing *drawing, const OfItem *const *items, guint n);

/* Adds a legend entry unless one with this text is there. text is copied. */
void of_drawing_add_legend(OfDrawing *drawing, OfLegendEntry entry, const char *text);
/* How a line of this confidence is drawn; adds it to the legend. */
const char *of_drawing_line_style(OfDrawing *drawing, OfConfidence confidence);

void of_drawing_add_remark(OfDrawing *drawing, char *text); /* takes text over */

/* The colour as it is, or nearly gone into the background where another item is highlighted. Owned by the graph's string store. */
const char *of_drawing_color(OfDrawing *drawing, const char *color, bool stands_out);

/* The same for text, which can still be read. */
const char *of_drawing_text_color(OfDrawing *drawing, const char *color, bool stands_out);

/* What stands behind a name that is less sure than the line or the names around it: "", "°", "?" or "≠"; adds it to the
 * legend. Static. */
const char *of_drawing_doubt_mark(OfDrawing *drawing, OfConfidence confidence);

/* The node a callout is tied to, or NULL where the view does not draw it. */
typedef Agnode_t *(*OfCalloutTarget)(OfDrawing *drawing, const OfCallout *callout);

/* Adds the callouts to a graph that Graphviz lays out: each in the rank after its target's, or in the same rank (then no
 * target may be in a cluster). Those without a target become remarks. */
void of_drawing_add_callouts(OfDrawing *drawing, OfCalloutTarget node_of, bool same_rank);

/* The same for a graph whose positions are set: the notes stand in a column to the right, which the width grows by. */
void of_drawing_add_callout_column(OfDrawing *drawing, OfCalloutTarget node_of);
/* Points that the width grows by where there is a callout; else 0. */
double of_drawing_callout_column_width(const OfDrawing *drawing);

/* Adds label lines for text wrapped to width points. */
void of_drawing_add_lines(OfDrawing *drawing, OfMarkup *label, OfMarkupStyle style, double size, const char *color,
                          const char *text, double width, char align);

/* "14 people", "1 person". Owned by the caller. */
char *of_text_people(gint64 n);
/* "1 shift", "3 shifts". Owned by the caller. */
char *of_text_count(gint64 n, const char *one, const char *many);
/* "A", "A and B", "A, B and C"; more than most: "A, B and 12 more". Owned by the caller. */
char *of_text_list(const char *const *items, guint n, guint most);
/* The span of two days for a reader: "Apr 2023", "Apr–Jun 2023", "2023–2025". Owned by the caller. */
char *of_text_span(const OfDate *first, const OfDate *last);

#endif
