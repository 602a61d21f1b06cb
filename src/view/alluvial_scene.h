/* What the files of the view `alluvial` share. Private to view/.
 *
 *     slices.c           the days that are cut through
 *     flow_table.c       how many people are where, and go where
 *     alluvial_lanes.c   which labs have lanes of their own, and which are folded into one
 *     alluvial.c         the page, what it is said to show, the report
 *     alluvial_words.c   names and numbers, and where they stand
 *     alluvial_ink.c     blocks, ribbons and words as a graph
 *
 * Lengths are points, y grows downwards until the graph is made. */
#ifndef OF_VIEW_ALLUVIAL_SCENE_H
#define OF_VIEW_ALLUVIAL_SCENE_H

#include "layout/alluvial.h"
#include "layout/labels.h"
#include "view/flow_table.h"
#include "view/frame.h"
#include "view/slices.h"
#include "view/view.h"

#define OF_FOLDED_ID "*" /* stands for the folded labs where a lab's id is expected; no id is written like this */

/* A line of words. */
typedef struct {
    char *text; /* owned */
    OfFace face;
    double size;
    const char *color;
    const char *class; /* static */
    gint32 lane;       /* OF_LANE_NONE: of no lane */
    guint slice;
    char align; /* 'l', 'c', 'r' */
    double x;   /* left, middle or right, by align */
    double y;   /* middle */
} OfFlowWord;

typedef struct {
    OfDrawing *drawing;
    GArray *slices; /* of OfSlice */
    OfFlowTable *table;
    /* set by of_flow_scene_fold() */
    GPtrArray *labs;   /* of OfLab, one a lane, by id; NULL for the folded ones, which come last */
    GArray *lanes;     /* of OfLayoutLane */
    GPtrArray *folded; /* of OfLab, most people first */
    GArray *people;    /* of gint64, [slice * lanes + lane] */
    GArray *flows;     /* of OfLayoutFlow between lanes */
    GArray *pinned;    /* of gint32 */
    /* set by the page */
    OfAlluvial *layout;
    GArray *room;       /* of OfBlockRoom, [slice * lanes + lane] */
    double left, right; /* widths of the columns of names */
    double head;        /* height of what stands above the blocks */
    double block_width, pitch, stub;
    double widest_word; /* of all names */
    double name_width;  /* names are broken to this width */
    GArray *words;      /* of OfFlowWord */
    guint n_unnamed;    /* lanes without room for their names */
} OfFlowScene;

/* Chooses the lanes: labs that hold at least the share that `fold` asks for of all people over all slices, else as many, the
 * largest first, as have their names beside a plot of this height. A single lab is never folded. Labs above them are lanes too.
 * Returns whether the lanes are others than before. */
bool of_flow_scene_fold(OfFlowScene *scene, double plot_height);

/* The name of a lane at a slice: the lab's, or "17 others". Owned by the caller. Its id, or OF_FOLDED_ID; of OF_LANE_NONE NULL. */
char *of_flow_scene_name(const OfFlowScene *scene, gint32 lane, guint slice);
const char *of_flow_scene_id(const OfFlowScene *scene, gint32 lane);
/* Whether a lane's lab, or one above it, is highlighted, or nothing is. */
bool of_flow_scene_stands_out(const OfFlowScene *scene, gint32 lane);
const char *of_flow_scene_color(const OfFlowScene *scene, gint32 lane);

gint64 of_flow_scene_people(const OfFlowScene *scene, guint slice, gint32 lane);
guint of_flow_scene_n_lanes(const OfFlowScene *scene);

/* "1,234". Owned by the caller. */
char *of_flow_count_text(gint64 people);

/* Width that Graphviz will find for a text. */
double of_flow_text_width(const OfFlowScene *scene, OfFace face, double size, const char *text);

/* What names take at a block of the first or last slice, and headers above the first of a group: for scene->room, with the order
 * found. Sets scene->left and scene->right too. */
void of_flow_scene_measure(OfFlowScene *scene);

/* Sets the room above the blocks. */
void of_flow_scene_measure_head(OfFlowScene *scene);

/* The left edge of a slice's blocks. */
double of_flow_scene_x(const OfFlowScene *scene, guint slice);

/* Whether the number of a block stands in it. */
bool of_flow_scene_has_number(const OfFlowScene *scene, const OfAlluvialBlock *block);

/* The curve of a ribbon's upper edge: 4 points from slice to slice. */
void of_flow_scene_curve(const OfFlowScene *scene, const OfRibbon *ribbon, OfLayoutPoint *curve);

/* Makes all words of a layout with heights; names that find no place become a remark. */
void of_flow_scene_place_words(OfFlowScene *scene);
void of_flow_scene_clear_words(OfFlowScene *scene);

/* Draws everything into drawing->graph; the body is drawing->width x drawing->height. */
void of_flow_scene_draw(OfFlowScene *scene);

#define OF_FLOW_LINE_FACTOR 1.22 /* of a line's height to its type size */
#define OF_FLOW_SIZE_DATE   11.0
#define OF_FLOW_NAME_GAP    6.0 /* from a name to its block */

#endif
