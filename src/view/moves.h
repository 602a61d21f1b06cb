/* The view `moves`, shared by its files: bundles of moves, the labs they join, and what is written on them. */
#ifndef OF_VIEW_MOVES_H
#define OF_VIEW_MOVES_H

#include "view/drawing.h"

typedef enum {
    OF_BUNDLE_MOVE,    /* from one lab to another, or from and to outside */
    OF_BUNDLE_ALSO,    /* a second affiliation beside the lab where they stay */
    OF_BUNDLE_ACCOUNT, /* what another account says of moves that are drawn otherwise */
    OF_N_BUNDLE_KINDS
} OfBundleKind;

/* One move, or one account of it. */
typedef struct {
    const OfMove *move;
    const OfItem *item; /* whose sources are cited */
    OfDate date;
    OfDay day; /* on which it is drawn */
    OfConfidence confidence;
    bool ends; /* the second affiliation ends */
} OfBundleEntry;

/* Where a move is drawn. */
typedef struct {
    OfBundleKind kind;
    const OfLab *from, *to; /* NULL: outside */
} OfBundleWay;

typedef struct {
    OfBundleWay way;
    char *name;      /* of the edge */
    GArray *entries; /* of OfBundleEntry, in the story's order */
    gint64 weight;   /* moves */
    OfDay first_day;
    bool reversed; /* laid out from `to` to `from`, so that first moves run forward and returns back */
} OfBundle;

/* What is known of a lab: in an array by OfLab.index. */
typedef struct {
    bool touched; /* a bundle begins or ends at it */
    bool holds;   /* labs that are touched stand inside it */
    bool unnamed; /* at it or below it people come or go who have no names: they cannot be counted */
    bool stands_out;
    OfDay first_day, last_day;         /* of the moves from and to it */
    guint before, after;               /* people at it at the window's ends */
    guint before_within, after_within; /* the same with the labs inside it */
    OfDay begin, begin_within; /* from when on it is there; people who are there all the time make it the first day of all */
} OfMovesLab;

/* People at a lab at a step, itself and with the labs inside it. */
typedef struct {
    guint itself, within;
} OfMovesCount;

typedef struct {
    OfDrawing *drawing;
    GPtrArray *bundles; /* of OfBundle, by first day */
    gint64 heaviest;    /* of the bundles of moves; of two revisions, of either */
    guint n_lines;      /* bundles; of two revisions, of the one that has more */
    OfMovesLab *labs;
    GArray *counts;       /* of OfMovesCount: for each step, of each lab; empty where there are none */
    bool parents_at_end;  /* labs stand under their parents at the window's end, not at the time of their moves */
    guint most_names;     /* that a bundle shows before it counts; 0: it counts, but for one person alone */
    double label_width;   /* points at which names break */
    GHashTable *clusters; /* lab -> Agraph_t */
} OfMoves;

/* Where the view draws a move, accounts apart. */
OfBundleWay of_move_way(const OfMove *move);
/* The name of the edge that stands for a way: no two ways share one, whatever the ids are. Owned by the caller. */
char *of_bundle_name(const OfDrawing *drawing, const OfBundleWay *way);

/* Fills moves->bundles and moves->heaviest with what the selection lets through. Returns false with error set, before anything is gathered, where the
 * lines and labs are more than the limit graph-nodes. */
bool of_moves_collect(OfMoves *moves, GError **error);
/* Fills the counts of moves->labs, with people where they are at the end of a day; needs the rest of it. */
void of_moves_count_people(OfMoves *moves, OfDay until);
/* Where there are steps: makes them of the bundles, counts people at each, and finds out when labs are there. */
bool of_moves_make_steps(OfMoves *moves, GError **error);
void of_moves_count_steps(OfMoves *moves);
/* Moves of a bundle by the end of a day, and the sentence of these; there is one at least. */
char *of_bundle_sentence_on(const OfMoves *moves, const OfBundle *bundle, OfDay day);
gint64 of_bundle_weight_on(const OfBundle *bundle, OfDay day);

/* The lab that lab stands in, in this drawing, or NULL. */
const OfLab *of_moves_parent(const OfMoves *moves, const OfLab *lab);
bool of_moves_is_within(const OfMoves *moves, const OfLab *lab, const OfLab *ancestor);

/* The confidence of most of a bundle's moves: of its line. */
OfConfidence of_bundle_confidence(const OfBundle *bundle);
bool of_bundle_stands_out(const OfDrawing *drawing, const OfBundle *bundle);

/* Writes names and dates on a bundle's label. */
void of_bundle_add_words(const OfMoves *moves, OfMarkup *label, const OfBundle *bundle, const char *hue);
/* A sentence: "Ann Ames and Bob Burns move from Alpha to Beta". Owned by the caller. */
char *of_bundle_sentence(const OfMoves *moves, const OfBundle *bundle);
/* What is written under or behind the name of a lab. */
typedef struct {
    const OfMoves *moves;
    const OfLab *lab;
    bool within; /* with the labs inside it */
    char *text;  /* as it stands at the end; owned by the array that it is in */
    OfDay day;   /* from when on it stands there, unless it is a count */
    bool counts;
    double width; /* at which it breaks; 0: it stands behind the name */
} OfMovesNote;

/* "14 → 3 people", at the beginning and at the end of the window, where the lines do not say as much, and with `notes` what else
 * is to be known of a lab at that place: "earlier: Startup", "until Jun 2019". An array of OfMovesNote, owned by the caller. */
GArray *of_moves_lab_notes(const OfMoves *moves, const OfLab *lab, bool within, bool notes, double width);
/* OfLinesOn of an OfMovesNote. */
char **of_moves_note_on(gconstpointer note, OfDay day);
/* Sets the drawing's description. */
void of_moves_describe(const OfMoves *moves);

/* Called on the graph that Graphviz has laid out: moves the names of clusters along their upper edges to where no line runs
 * through them. */
void of_cluster_names_settle(Agraph_t *graph);

#endif
