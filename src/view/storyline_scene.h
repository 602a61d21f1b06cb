/* What the files of the view `storyline` share. Private to view/.
 *
 *     storyline.c         lanes, people and stints of the drawing; the layout; the page
 *     storyline_words.c   all words inside the plot and where they stand
 *     storyline_ground.c  lanes and gridlines
 *     storyline_ink.c     ways, marks, words as a graph
 *     storyline_steps.c   the same up to one day after another
 *     axis.c              ticks
 *
 * Lengths are points, y grows downwards until the graph is made. */
#ifndef OF_VIEW_STORYLINE_SCENE_H
#define OF_VIEW_STORYLINE_SCENE_H

#include "layout/labels.h"
#include "layout/storyline.h"
#include "view/view.h"

#define OF_TEXT_FACTOR 1.08 /* Graphviz measures in whole pixels, a little wider than we do */

typedef enum { OF_WORD_LANE, OF_WORD_STANCE, OF_WORD_MILESTONE, OF_WORD_START, OF_WORD_END, OF_WORD_NUMBER } OfWordKind;

/* Words inside the plot that look for a place. */
typedef struct {
    OfWordKind kind;
    char *text; /* owned */
    OfFace face;
    double size;
    const char *color;
    guint32 owner; /* person, or OF_OWNER_NONE */
    const OfLab *lab;
    const OfEvent *event;  /* of a milestone or shift, or NULL */
    GArray *places;        /* of OfLayoutRect, best first */
    GPtrArray *lines;      /* of char **: how the text is broken at each place */
    double mark_x, mark_y; /* of a milestone */
    gint32 place;          /* index in places, or -1 */
    guint number;          /* in the list under the axis where it has no place */
} OfWord;

/* A milestone's mark. */
typedef struct {
    const OfEvent *event;
    const OfLab *lab;
    double x, y;
} OfMark;

typedef struct {
    OfDrawing *drawing;
    GPtrArray *labs;       /* of OfLab, one a lane, by id */
    GHashTable *lane_of;   /* OfLab -> lane + 1 */
    GPtrArray *people;     /* of OfPerson, one a line, by id */
    GPtrArray *stints;     /* of OfStint, as in input.stints: person after person */
    GArray *first_stint;   /* of guint, [people + 1]: a person's first one */
    GArray *lanes;         /* of OfLayoutLane */
    GArray *layout_stints; /* of OfLayoutStint */
    GArray *pinned;        /* of gint32 */
    GPtrArray *milestones; /* of OfEvent on a lane of the drawing, in time order */
    OfStorylineInput input;
    OfStoryline *line;
    double left_names, right_names; /* widths of the columns beside the plot: names of people … */
    double left_lanes, right_lanes; /* … and of lanes that are there at the beginning, and at the end */
    double plot_height;             /* of the lanes; the axis stands below */
    double axis_height;
    GArray *words; /* of OfWord */
    GArray *marks; /* of OfMark */
    GArray *cuts;  /* of double: where the picture ends at each step; empty where there are none */
    GString *parts; /* of the background, a day a shape: `data_parts` */
} OfScene;

/* Lab of a lane, or NULL. Lane of a lab, or OF_LANE_NONE. */
const OfLab *of_scene_lab(const OfScene *scene, gint32 lane);
gint32 of_scene_lane(const OfScene *scene, const OfLab *lab);

/* The stints of a person: indices from *first to before *end. */
void of_scene_person_stints(const OfScene *scene, guint person, guint *first, guint *end);

/* Whether names stand at the lines: not for so many people that nobody could read them. */
bool of_scene_has_names(const OfScene *scene);

/* The lab whose colour a person's line wears: where they are at the end of the window, or were last. */
const OfLab *of_scene_last_lab(const OfScene *scene, guint person);
const char *of_scene_person_color(const OfScene *scene, guint person);
bool of_scene_person_stands_out(const OfScene *scene, guint person);

/* The outline of a lane at x, or NULL. */
const OfOutline *of_scene_outline_at(const OfScene *scene, gint32 lane, double x);

/* The name of a lane in lines of at most so many points. */
#define OF_MOST_LANE_NAME 130.0

/* Points between a name and the numbers of its sources. */
#define OF_CITE_GAP 3.0

/* The numbers of the sources that speak of a person's stints and moves in the window, "[1 3]", or NULL. Owned by the caller. */
char *of_scene_cite_person(const OfScene *scene, guint person);

/* Width that Graphviz will find for a text. */
double of_scene_text_width(const OfScene *scene, OfFace face, double size, const char *text);

/* Finds the places of all words; what has none is numbered and becomes a remark. Called for each page tried. */
void of_scene_place_words(OfScene *scene);
void of_scene_clear_words(OfScene *scene);

/* Adds what the legend says and the accounts that cannot be drawn: what stands under the plot beside what has no place in it. */
void of_scene_announce(const OfScene *scene);

/* --- Graph --- */

#define OF_SCENE_DOT 5.0 /* points: at the ends of lines */

/* Of a height that grows downwards. */
double of_scene_graph_y(const OfScene *scene, double y);
/* Add to the background. */
void of_scene_append_lane(OfScene *scene, GString *ops, const OfOutline *outline);
void of_scene_append_gridline(OfScene *scene, GString *ops, double x, bool major);
/* Adds "x,y x,y …". */
void of_scene_append_points(const OfScene *scene, GString *pos, const OfLayoutPoint *points, guint n);
/* A node of words whose left (or, align 'r', right) edge is x and whose top is y. */
Agnode_t *of_scene_add_text(const OfScene *scene, const char *name, const char *class, char **lines, OfFace face, double size,
                            const char *color, char align, double x, double y);
/* A shape without words around x, y. */
Agnode_t *of_scene_add_mark(const OfScene *scene, const char *name, const char *shape, double size, const char *color, double x, double y);

/* --- Steps --- */

/* Says what begins when, and makes the drawing's steps. error: OF_ERROR_LIMIT. */
bool of_scene_make_steps(OfScene *scene, GError **error);
/* Finds the cuts, once the page is settled. Without steps there are none. */
void of_scene_make_cuts(OfScene *scene);
/* Whether a step shows the window to its end. */
bool of_scene_is_whole(const OfScene *scene, guint step);
/* Where a person's lines end at each step; NULL where there are no steps. Owned by the caller. */
double *of_scene_person_cuts(const OfScene *scene, guint person);
/* From when on words are seen; the first day of a person's lines, and the last. */
OfDay of_scene_word_begin(const OfScene *scene, const OfWord *word);
OfDay of_scene_person_begin(const OfScene *scene, guint person);
OfDay of_scene_person_end(const OfScene *scene, guint person);

/* Draws what lies between two x as shapes of the background. Returns how many. */
typedef guint (*OfPartOf)(const OfScene *scene, double from, double to, gpointer data);
/* Draws it in pieces, one a step, and notes their days. */
void of_scene_each_part(OfScene *scene, double from, double to, OfPartOf draw, gpointer data);
void of_scene_note_part(OfScene *scene, OfDay day);

/* Sets the way of an edge along points: in pieces, as the cuts have it. New are its beginning and what it says on the day `news`. */
void of_scene_cut_way(const OfScene *scene, void *edge, const OfLayoutPoint *points, guint n, const double *cuts, OfDay news);

/* Adds dots and names where the lines end at each step. ways: GArray of OfLayoutPoint, a person's main line each; cuts: a person's each. */
void of_scene_add_now(const OfScene *scene, GPtrArray *ways, double *const *cuts);

/* Draws everything into drawing->graph; the body is drawing->width x drawing->height. */
void of_scene_draw(OfScene *scene);

#endif
