/* What the files of the view `storyline` share. Private to view/.
 *
 *     storyline.c         the layout, the page, what the report says
 *     storyline_cast.c    lanes, people and milestones, of one revision or of two
 *     storyline_union.c   where the ways of two revisions part: the old ones are laid out beside the new ones
 *     storyline_parts.c   where these parts are in the picture
 *     storyline_places.c  where words stand
 *     storyline_words.c   the words of lanes, stances and milestones
 *     storyline_names.c   the words of people and of what changed in their ways
 *     storyline_lanes.c   lanes, stances and gridlines as a background, ticks
 *     storyline_ways.c    people's ways as edges
 *     storyline_traces.c  the same for two revisions: which of them shows what
 *     storyline_looks.c   what a difference looks like
 *     storyline_steps.c   the same up to one day after another
 *     storyline_ink.c     words and marks as nodes; everything put together
 *     axis.c              ticks
 *
 * Lengths are points, y grows downwards until the graph is made. */
#ifndef OF_VIEW_STORYLINE_SCENE_H
#define OF_VIEW_STORYLINE_SCENE_H

#include "layout/labels.h"
#include "layout/storyline.h"
#include "layout/variants.h"
#include "view/view.h"

#define OF_TEXT_FACTOR 1.08 /* Graphviz measures in whole pixels, a little wider than we do */

/* Points of lines and gaps that words and ink share. */
#define OF_COLUMN_GAP 8.0
#define OF_LINE_PITCH 1.22 /* line distance over type size, as Graphviz sets lines */

/* The revisions of a scene. A story drawn alone is the new one. */
enum { OF_OLD, OF_NEW, OF_N_REVISIONS };
typedef int OfRevisionSide; /* one of these; a number, for it is counted with */

/* A set of OfChange; NULL is the empty one. */
typedef GHashTable OfChangeSet;

/* What two revisions say in one place, and how that is shown. */
typedef struct {
    OfDelta delta;        /* unchanged where no change that is asked for is behind it */
    OfChangeSet *changes; /* owned; NULL where unchanged */
} OfDifference;

typedef enum {
    OF_WORD_LANE,
    OF_WORD_STANCE,
    OF_WORD_MILESTONE,
    OF_WORD_START,
    OF_WORD_END,
    OF_WORD_NUMBER,
    OF_WORD_CHANGE
} OfWordKind;

/* Words inside the plot that look for a place. */
typedef struct {
    OfWordKind kind;
    char *text;                  /* owned; of two revisions what the difference says */
    char *alone[OF_N_REVISIONS]; /* owned; of two revisions what each says alone, NULL: nothing */
    char *listed;                /* owned; before the text in the list under the axis, or NULL */
    bool alone_only;             /* of two revisions: the difference says it elsewhere */
    OfFace face;
    OfFace plain; /* where no difference is shown */
    double size;
    const char *color;
    guint32 owner; /* person, or OF_OWNER_NONE */
    const OfLab *lab;
    const OfEvent *event;    /* of a milestone or shift, or NULL */
    OfDifference difference; /* of two revisions */
    GArray *places;          /* of OfLayoutRect, best first */
    GPtrArray *lines;        /* of char **: how the text is broken at each place */
    double mark_x, mark_y;   /* of a milestone or a change */
    gint32 place;            /* index in places, or -1 */
    guint number;            /* in the list under the axis where it has no place */
} OfWord;

/* What stands on one lane at one time in one revision or both. */
typedef struct {
    const OfEvent *sides[OF_N_REVISIONS];
} OfMilestone;

/* A milestone's mark. */
typedef struct {
    const OfEvent *event;
    const OfLab *lab;
    double x, y;
    guint milestone;      /* index */
    OfRevisionSide side;  /* whose day it stands at */
    bool shared;          /* both have it there */
    const OfEvent *other; /* the other revision's, or NULL */
} OfMark;

/* A lane: a lab of either revision, with the days over which each draws it; none where begin is not before end. */
typedef struct {
    const OfLab *sides[OF_N_REVISIONS];
    OfDay begin[OF_N_REVISIONS], end[OF_N_REVISIONS];
} OfSceneLane;

/* A person of either revision. */
typedef struct {
    const OfPerson *sides[OF_N_REVISIONS];
} OfCast;

/* A stance of a lane in one revision or both. */
typedef struct {
    const OfLabState *sides[OF_N_REVISIONS];
    OfDifference difference;
} OfStance;

/* A time over which a person leads a lab, in one revision or both. */
typedef struct {
    guint lane;
    OfDay from, to;
    bool sides[OF_N_REVISIONS];
    OfDifference difference;
} OfLead;

typedef enum { OF_PART_BOTH, OF_PART_OLD, OF_PART_NEW } OfPartOwner;

/* A part of a person's way in which the revisions differ. Where both are somewhere, the old way is a line of its own. */
typedef struct {
    guint person;
    OfDay from, to;    /* to excluded */
    OfPartOwner owner; /* whose the person's line is there */
    guint32 old_line;  /* the old way's line, or OF_VARIANT_NONE */
    OfDifference difference;
    char *note;            /* "Δ 2025-06 → 2025-08", owned, or NULL */
    OfDay note_day;        /* what the note is about */
    double x0, x1;         /* the part, once the scene is placed … */
    double old_x0, old_x1; /* … and of the old way's line */
} OfPart;

typedef struct {
    OfDrawing *drawing;
    OfDay known[OF_N_REVISIONS]; /* the last day that each speaks of */
    GPtrArray *labs;             /* of OfLab, one a lane, by id: the new one's, else the old one's */
    GArray *lane_sides;          /* of OfSceneLane */
    GHashTable *lane_of;         /* OfLab -> lane + 1 */
    GHashTable *seen_labs;       /* OfLab of either revision that people of that revision are at, or that is above such a lab */
    GPtrArray *people;           /* of OfPerson, one a line, by id: the new one's, else the old one's */
    GArray *cast;                /* of OfCast: the same people */
    GArray *parts;               /* of OfPart, person after person, by time */
    GArray *first_part;          /* of guint, [people + 1] */
    GPtrArray *stints;           /* of OfStint, as in input.stints: line after line; old ways' lines follow all people */
    GArray *first_stint;         /* of guint, [lines + 1]: a line's first one */
    GArray *lanes;               /* of OfLayoutLane */
    GArray *layout_stints;       /* of OfLayoutStint */
    GArray *variant_of;          /* of guint32, a line each; empty for one revision */
    GArray *pinned;              /* of gint32 */
    GArray *milestones;          /* of OfMilestone on a lane of the drawing, in time order */
    OfStorylineInput input;
    OfPreviousOrder earlier; /* input.previous, where there is one; its arrays are owned */
    OfStoryline *line;
    double left_names, right_names; /* widths of the columns beside the plot: names of people … */
    double left_lanes, right_lanes; /* … and of lanes that are there at the beginning, and at the end */
    double plot_height;             /* of the lanes; the axis stands below */
    double axis_height;
    GArray *words;        /* of OfWord */
    GArray *marks;        /* of OfMark */
    GArray *cuts;         /* of double: where the picture ends at each step; empty where there are none */
    GPtrArray *line_cuts; /* of double *: the same of each person's lines */
} OfScene;

/* --- storyline_cast.c --- */

void of_scene_init(OfScene *scene, OfDrawing *drawing);
void of_scene_clear(OfScene *scene);
void of_scene_collect(OfScene *scene);

/* Whether two revisions are drawn. */
bool of_scene_is_union(const OfScene *scene);
/* The drawing that holds a revision's story, options and selection. */
OfDrawing *of_scene_side(const OfScene *scene, OfRevisionSide side);
/* The side an item belongs to. */
OfRevisionSide of_scene_side_of(const OfScene *scene, const OfItem *item);
/* The revision whose words the picture speaks: the new one, but for the picture of the old one alone. */
OfRevisionSide of_scene_shown(const OfScene *scene);
/* Whether something that only one revision has is in the picture. */
bool of_scene_shows(const OfScene *scene, OfRevisionSide side);

/* Lab of a lane, or NULL. Lane of a lab, or OF_LANE_NONE. */
const OfLab *of_scene_lab(const OfScene *scene, gint32 lane);
gint32 of_scene_lane(const OfScene *scene, const OfLab *lab);
const OfSceneLane *of_scene_lane_sides(const OfScene *scene, guint lane);

/* The lab that a lane stands under at its end, or NULL. */
const OfLab *of_scene_parent(const OfScene *scene, const OfLab *lab);

/* The lab that a milestone stands at. */
const OfLab *of_scene_milestone_lab(const OfEvent *event);

/* The stints of a line: indices from *first to before *end. */
void of_scene_person_stints(const OfScene *scene, guint line, guint *first, guint *end);
/* Adds what the layout needs of a stint for a line, cut to days from begin to before end. */
void of_scene_add_stint(OfScene *scene, guint line, const OfStint *stint, OfDay begin, OfDay end);
const OfCast *of_scene_cast(const OfScene *scene, guint person);
/* Whether somebody of either revision has a line. NULL has none. */
bool of_scene_find_person(const OfScene *scene, const OfPerson *person);

/* Whether names stand at the lines: not for so many people that nobody could read them. */
bool of_scene_has_names(const OfScene *scene);

/* The lab whose colour a person's line wears: where they are at the end of the window, or were last. */
const char *of_scene_person_color(const OfScene *scene, guint line);
bool of_scene_person_stands_out(const OfScene *scene, guint person);

/* The numbers of the sources that speak of a person's stints and moves in the window, "[1 3]", or NULL. Owned by the caller. */
char *of_scene_cite_person(const OfScene *scene, guint person);

/* --- storyline_earlier.c --- */

/* Has the layout stay near what an earlier drawing came to, people and labs being known by their ids. */
void of_scene_start_from(OfScene *scene, const OfFacts *earlier);
void of_scene_clear_earlier(OfScene *scene);

/* --- storyline_union.c --- */

/* Finds the parts of all people and adds the stints of all lines. */
void of_scene_make_lines(OfScene *scene);
/* The person whose line a line is, or whose old way it is. */
guint of_scene_line_person(const OfScene *scene, guint line);
/* The parts of a person: indices from *first to before *end. */
void of_scene_person_parts(const OfScene *scene, guint person, guint *first, guint *end);
OfPart *of_scene_part(const OfScene *scene, guint index);
/* A revision's stint that says what another one's says: of the same person, at the same lab, most days in common; NULL where none. */
const OfStint *of_scene_counterpart(const OfScene *scene, const OfStint *stint, OfRevisionSide side);

/* --- storyline_parts.c --- */

/* Finds where parts begin and end in the picture, once it is placed. */
void of_scene_place_parts(OfScene *scene);

/* --- storyline_looks.c --- */

/* Adds an item's change, if it has one, to a set that is made when needed. */
void of_scene_add_change(const OfScene *scene, OfChangeSet **changes, const OfItem *item);
/* What a set of changes amounts to: unchanged where it is empty. */
OfDelta of_scene_delta(OfChangeSet *changes);
void of_difference_clear(OfDifference *difference);
OfDifference of_difference_copy(const OfDifference *difference);
/* Adds another one's changes; the delta stays. */
void of_difference_add(OfDifference *difference, const OfDifference *other);
/* Says that these changes can be seen in the drawing. */
void of_scene_tell_change(const OfScene *scene, const OfDifference *difference);
/* Says on a node or edge what changed. Nothing for one revision. */
void of_scene_set_change(const OfScene *scene, void *object, const OfDifference *difference);
/* "+ new", "− old", "Δ old → new", "Δ both", or the text as it is. old, new: NULL where there is none. Owned by the caller. */
char *of_difference_text(OfDelta delta, const char *old, const char *new);
/* The colour of words and lines of this kind in the picture: receded where nothing changed. */
const char *of_scene_word_color(const OfScene *scene, OfDelta delta, const char *color);
const char *of_scene_line_color(const OfScene *scene, OfDelta delta, const char *color);
/* Whether a thing is drawn as a difference in this picture. */
bool of_scene_is_marked(const OfScene *scene, OfDelta delta);

/* --- storyline_places.c --- */

/* The outline of a lane at x, or NULL. */
const OfOutline *of_scene_outline_at(const OfScene *scene, gint32 lane, double x);

/* The name of a lane in lines of at most so many points. */
#define OF_MOST_LANE_NAME 130.0

/* Points between a name and the numbers of its sources. */
#define OF_CITE_GAP 3.0

#define OF_MARK 3.5 /* half of a milestone's mark */

/* Width that Graphviz will find for a text. */
double of_scene_text_width(const OfScene *scene, OfFace face, double size, const char *text);

/* Adds words without a place. text is taken over. */
OfWord *of_scene_add_word(OfScene *scene, OfWordKind kind, char *text, OfFace face, double size, const char *color);
/* The words in lines of at most width points (0: one line), with the room they take. lines: owned by the caller (g_strfreev). */
OfLayoutRect of_scene_measure(const OfScene *scene, const OfWord *word, double width, char ***lines);
/* A place whose rectangle lies within the plot; others are passed over. */
void of_scene_add_place(const OfScene *scene, OfWord *word, OfLayoutRect rect, double x, double y, char **lines);
/* Places of a word that belongs to a lane: inside it from x on, sliding right to limit; then above and below it. */
void of_scene_add_places_along(const OfScene *scene, OfWord *word, const OfOutline *outline, double x, double limit);
/* To the right, to the left, above and below a mark, near before far, in one line before two. */
void of_scene_add_places_around(const OfScene *scene, OfWord *word, double x, double y);

/* Finds the places of all words; what has none is numbered and becomes a remark. Called for each page tried. */
void of_scene_place_words(OfScene *scene);
void of_scene_clear_words(OfScene *scene);

/* Of two revisions: names where a line ends in the drawing's panel, but does not in the difference. */
void of_scene_place_own_names(OfScene *scene);

/* --- storyline_words.c, storyline_names.c: add words with the places they could have --- */

void of_scene_add_marks(OfScene *scene);
/* The tie between where a milestone stood (mark) and where it stands, as a curve. Returns false where there is none. */
bool of_scene_find_tie(const OfScene *scene, const OfMark *mark, OfLayoutPoint tie[4]);
void of_scene_add_lane_names(OfScene *scene);
void of_scene_add_stance_names(OfScene *scene);
void of_scene_add_milestone_words(OfScene *scene);
void of_scene_add_line_names(OfScene *scene);
void of_scene_add_change_notes(OfScene *scene);
void of_scene_add_own_names(OfScene *scene);

/* The name of a lane on a day as a panel says it, or NULL where that shows no such lane. difference: what changed of it; to be cleared by the
 * caller. Owned by the caller. */
char *of_scene_lane_name(const OfScene *scene, guint lane, OfDay day, OfPanel panel, OfDifference *difference);
/* The same for a person. at_end: where the line ends, which is where a new name is told. */
char *of_scene_person_name(const OfScene *scene, guint person, OfPanel panel, bool at_end, OfDifference *difference);
/* Room of these names beside the plot, and of the numbers behind a person's; of two revisions the most that a panel needs. */
double of_scene_lane_name_width(const OfScene *scene, guint lane, OfDay day);
double of_scene_person_name_width(const OfScene *scene, guint person, bool at_end);
double of_scene_cited_width(const OfScene *scene, guint person);
/* What stands at the end of an old way. Owned by the caller. */
char *of_scene_old_name(const OfScene *scene, const OfPart *part);
/* The same for a milestone's words. */
char *of_scene_milestone_text(const OfScene *scene, guint milestone, OfPanel panel, OfDifference *difference);
/* The stances of a lane, by time. Owned by the caller. */
GArray *of_scene_list_stances(const OfScene *scene, guint lane);

/* --- storyline_lanes.c --- */

void of_scene_append_lanes(const OfScene *scene, GString *ops);
void of_scene_append_gridline(const OfScene *scene, GString *ops, double x, bool major);
/* A tie between two marks. */
void of_scene_append_tie(const OfScene *scene, GString *ops, OfLayoutPoint from, OfLayoutPoint to);

/* --- storyline_ways.c --- */

#define OF_LEAD_WIDTH 4.2 /* points: who leads a lab is drawn so thick */

typedef struct {
    const char *style, *class;
    double width;
} OfStroke;

double of_scene_graph_y(const OfScene *scene, double y);
/* "12.5,80", after a blank where text has something already. */
void of_scene_append_point(const OfScene *scene, GString *text, OfLayoutPoint point, char between);

/* The stint that the layout ties a way to, or NULL. */
const OfStint *of_scene_way_stint(const OfScene *scene, const OfWay *way);
/* How a way is drawn that leads to a stint (or NULL); adds that to the legend. */
OfStroke of_scene_stroke(const OfScene *scene, const OfWay *way, const OfStint *stint);
/* The way of a line without its twins, for cutting: OfLayoutPoint, empty where there is none. Owned by the caller. */
GArray *of_scene_main_way(const OfScene *scene, guint line);
/* An edge along points, from tail (NULL: a joint of its own) to a joint of its own. */
Agedge_t *of_scene_add_way(const OfScene *scene, const char *name, Agnode_t *tail, const OfLayoutPoint *points, guint n,
                           const OfStroke *stroke, const char *color);
void of_scene_set_way_data(const OfScene *scene, Agedge_t *edge, const OfWay *way, const OfStint *stint);

/* One revision: all of a person's ways. way: of_scene_main_way(). */
void of_scene_add_person(const OfScene *scene, guint person, const GArray *way);

/* Adds what the legend says and the accounts that cannot be drawn: what stands under the plot beside what has no place in it. */
void of_scene_announce(const OfScene *scene);

/* --- storyline_traces.c: two revisions --- */

/* A stretch of a line that a panel shows. */
typedef struct {
    guint line;
    double x0, x1;
    gint part; /* index of the part that it belongs to, or -1 */
} OfStretch;

/* What a panel shows of a person, from left to right: of OfStretch. Owned by the caller. */
GArray *of_scene_trace(const OfScene *scene, guint person, OfPanel panel);
/* Where that begins and ends. Returns false where the panel does not show the person. */
bool of_scene_find_ends(const OfScene *scene, guint person, OfPanel panel, OfLayoutPoint ends[2]);
/* The curve of a stretch. Owned by the caller. */
GArray *of_scene_cut(const OfScene *scene, const OfStretch *stretch);
/* All people's ways as the drawing's panel shows them: what changed on top. */
void of_scene_add_traces(const OfScene *scene);
/* The times over which a person leads labs. Owned by the caller. */
GArray *of_scene_list_leads(const OfScene *scene, guint person);
/* Tells the drawing what changes it shows. */
void of_scene_tell_changes(const OfScene *scene);

/* --- storyline_steps.c --- */

/* Says what begins when, and makes the drawing's steps. error: OF_ERROR_LIMIT. */
bool of_scene_make_steps(OfScene *scene, GError **error);
/* Finds the cuts, once the page is settled. Without steps there are none. */
void of_scene_make_cuts(OfScene *scene);
/* From when on words are seen; the first day of a person's lines, and the last. */
OfDay of_scene_word_begin(const OfScene *scene, const OfWord *word);
OfDay of_scene_person_begin(const OfScene *scene, guint person);
OfDay of_scene_person_end(const OfScene *scene, guint person);

/* Draws what lies between two x as shapes of the background. Returns how many. */
typedef guint (*OfPieceOf)(const OfScene *scene, double from, double to, gpointer data);
/* Draws it in pieces, one a step, and notes their days in parts, where there are steps. */
void of_scene_each_piece(const OfScene *scene, double from, double to, GString *parts, OfPieceOf draw, gpointer data);

/* Where there are steps: sets the way of a person's edge along points, in pieces. New are its beginning and what it says on the day `news`. */
void of_scene_cut_way(const OfScene *scene, guint person, void *edge, const OfLayoutPoint *points, guint n, OfDay news);

/* Adds dots and names where the lines end at each step. */
void of_scene_add_now(const OfScene *scene);

/* --- storyline_ink.c --- */

#define OF_SCENE_DOT 5.0 /* points: at the ends of lines */

/* A node of words whose left (or, align 'r', right) edge is x and whose top is y. It is at least so wide: in pictures of two revisions it stands
 * at one place whatever its words are. */
Agnode_t *of_scene_add_text(const OfScene *scene, const char *name, const char *class, char **lines, OfFace face, double size,
                            const char *color, char align, double x, double y, double least_width);
/* A shape without words around x, y. */
Agnode_t *of_scene_add_mark(const OfScene *scene, const char *name, const char *shape, double size, const char *color, double x,
                            double y);

/* Draws everything into drawing->graph; the body is drawing->width x drawing->height. */
void of_scene_draw(OfScene *scene);

#endif
