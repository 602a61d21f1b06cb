/* A drawing in the making: what a view is given, and what it leaves for the frame around it. */
#ifndef OF_VIEW_DRAWING_H
#define OF_VIEW_DRAWING_H

#include "model/options.h"
#include "view/facts.h"
#include "view/fonts.h"
#include "view/graph.h"
#include "view/revisions.h"
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
    guint8 panels; /* bits 1 << OfPanel: where it is shown; 0: everywhere */
} OfLegendEntry;

typedef struct {
    const OfSource *source;
    guint number;
} OfCitation;

/* A line under the drawing. */
typedef struct {
    char *text, *ids; /* owned; ids: of the changes that it tells, see of_change_ids(), or NULL */
    OfDay begin;      /* from when on it is seen where there are steps */
} OfRemark;

typedef struct OfView OfView;

/* What is to be drawn. All is borrowed, and must outlive the drawing. */
typedef struct {
    const OfStory *story;         /* the new revision's, where two are drawn */
    const OfRevisions *revisions; /* two revisions to be drawn together, or NULL */
    const char *names[2];         /* what the old and the new revision are called, or NULL */
    bool
        interactive; /* for a reader who can ask: the words around the body take no room, for the format says them itself, and lines that
                                     run on over time stay whole (see data_cuts in picture/timing.h) */
    int context; /* steps around what changed that are drawn too; negative: all there are */
    const OfView *view;
    const OfOptions *options;
    const OfLimits *limits;
    const OfTheme *theme; /* or NULL: the one that the options name */
    OfFonts *fonts;
    const OfFacts *earlier; /* a storyline to stay near, or NULL */
} OfDrawingTask;

typedef struct OfDrawing OfDrawing;
struct OfDrawing {
    /* given */
    const OfDrawingTask *task;
    const OfStory *story;         /* one revision's */
    const OfRevisions *revisions; /* the task's */
    OfPanel panel;                /* what is shown of them */
    OfDrawing *other;       /* of two revisions: the other one's drawing, whose options are translated to its ids; else NULL */
    OfOptions *own_options; /* of two revisions: options are these; else NULL */
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
    double width, height; /* points: of a graph whose positions the view sets itself, from 0, 0 */
    double below;         /* points by which it reaches below 0 */
    char *description;    /* alt text: one or two sentences */
    char *subtitle;       /* where nothing else is asked for; NULL: what the view answers, and the years */
    bool empty;           /* nothing to draw: the frame says so */
    GPtrArray *legend;    /* of OfLegendEntry */
    GPtrArray *cited;     /* of OfSource, in the order of their numbers; of two revisions, of both */
    GHashTable *cites;    /* those of them that this one cites */
    OfConfidence
        usual;         /* of a snapshot: what most of it is, of two revisions in the new one; names that are less sure are marked */
    GHashTable *drawn; /* of two revisions: OfChange that is drawn, by of_drawing_draw_change() */
    char *not_drawn;   /* of two revisions: which changes are not drawn, or NULL; shown with the difference alone */
    char *not_drawn_ids;       /* these, see of_change_ids() */
    char *what_changed;        /* of two revisions: alt text of the difference */
    struct OfOverlay *overlay; /* of two revisions, where a graph of each was put together */
    OfFacts *facts;            /* of a storyline, or NULL */
    GPtrArray *cohorts;        /* of OfCohortFacts, of a retention, or NULL */
    OfFlowFacts *flow_facts;   /* of an alluvial drawing, or NULL */
    gint64 layout_us;          /* microseconds spent in layouts, over all arrangements tried; for the report alone */
    GArray *beginnings;        /* what begins when, by of_drawing_add_beginning() */
    GArray *steps;             /* of OfStep, or NULL where there are none */
    GArray *step_cuts;         /* of double: x of each of them, in a drawing that is left whole; else NULL */
    GPtrArray *remarks;        /* of OfRemark: callouts whose target is not drawn, and the like; listed under the drawing */
    GPtrArray *diff_remarks;   /* of two revisions: what the difference lists instead of the new one's remarks; NULL: the same */
    guint n_notes;             /* the first of the remarks: those that are no complaint about something left out */
};

/* Of two revisions: the new one's, which owns the old one's as `other`. Windows in time are those of both together, colours and the numbers of
 * sources are shared. error: OF_ERROR_USAGE where an option names what neither side knows. */
OfDrawing *of_drawing_new(const OfDrawingTask *task, GError **error);
void of_drawing_free(OfDrawing *drawing); /* takes NULL; closes the graph */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OfDrawing, of_drawing_free)

/* Whether it is the old revision's of two. */
bool of_drawing_is_old(const OfDrawing *drawing);

/* What the old (0) or the new revision (1) is called in words: of a path its last part, where that tells the two apart. NULL where it has no name,
 * or one story is drawn. */
const char *of_drawing_side_name(const OfDrawing *drawing, guint side);

/* The same for names that stand for themselves; either may be NULL. */
const char *of_side_name(const char *const names[2], guint side);

/* What follows the last slash, "new.yaml:3". Borrowed. */
const char *of_path_last_part(const char *path);

/* What an item is called in the names of nodes and edges: its key, of two revisions what it is called in both. Borrowed. */
const char *of_drawing_key(const OfDrawing *drawing, const OfItem *item);

/* A number from 1 on that an event has, of two revisions in both. */
guint of_drawing_event_number(const OfDrawing *drawing, const OfEvent *event);

/* Says that a change can be seen in the drawing; others are listed under it. */
void of_drawing_draw_change(OfDrawing *drawing, const OfChange *change);

/* Of two revisions: swaps what the view has made of the one and of the other. */
void of_drawing_swap_made(OfDrawing *drawing);

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
/* The same for what is seen from a day on. */
void of_drawing_add_remark_on(OfDrawing *drawing, char *text, OfDay day);

/* Whether a graph of n nodes is within the limit graph-nodes; error (OF_ERROR_LIMIT) says how to get there. */
bool of_drawing_check_nodes(const OfDrawing *drawing, gint64 n, GError **error);
/* A list of remarks; a remark for one, both texts taken over. */
GPtrArray *of_remarks_new(void);
OfRemark *of_remark_new(char *text, char *ids);
/* What is listed under the drawing's panel. Borrowed. */
const GPtrArray *of_drawing_list_remarks(const OfDrawing *drawing);

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
