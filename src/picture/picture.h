/* The display list: what is drawn, in order, with the data behind it. Coordinates are points, y grows downwards, the origin is the
 * page's upper left corner. All formats are painted from it. */
#ifndef OF_PICTURE_PICTURE_H
#define OF_PICTURE_PICTURE_H

#include "base/limits.h"
#include "picture/details.h"
#include <glib.h>
#include <graphviz/cgraph.h>
#include <stdbool.h>

typedef struct {
    guint8 red, green, blue, alpha;
} OfColor; /* alpha 255 is opaque */

typedef struct {
    double x, y;
} OfPoint;

typedef enum { OF_SHAPE_POLYGON, OF_SHAPE_POLYLINE, OF_SHAPE_BEZIER, OF_SHAPE_ELLIPSE, OF_SHAPE_TEXT } OfShapeKind;
typedef enum { OF_DASH_SOLID, OF_DASH_DASHED, OF_DASH_DOTTED, OF_DASH_DASH_DOT } OfDash;
typedef enum { OF_ALIGN_LEFT, OF_ALIGN_CENTER, OF_ALIGN_RIGHT } OfAlign;

typedef struct {
    OfShapeKind kind;
    bool filled, stroked;
    OfColor fill, stroke;           /* of text: fill */
    OfColor dark_fill, dark_stroke; /* the same on a dark page, where the picture has such colours */
    double line_width;
    OfDash dash;
    double dash_offset; /* points of the line before this piece of it: its dashes go on */
    OfPoint
        *points; /* polygon, polyline: corners; Bézier: 3k+1 control points; ellipse: centre and (rx, ry); text: (x, baseline) */
    guint n_points;
    /* text alone */
    char *text;
    OfAlign align;
    double font_size;  /* points */
    double text_width; /* as the layout measured it */
    char *font;        /* a pango font description without size: "Inter Bold" */
    bool struck;       /* with a line through it */
    /* where the picture has steps: */
    guint first_step, end_step; /* seen from the one to before the other */
    bool follows;               /* it is no news: it takes the place of another form, or is ground */
} OfShape;

typedef struct {
    gint32 day;        /* since 1970-01-01: what the drawing shows goes up to it */
    char *label;       /* "18 Jul 2023" */
    char *description; /* alt text */
    bool is_whole;     /* it shows all there is */
    double cut;        /* points: what is drawn to the right of it comes later; NAN where the shapes alone say what is seen */
} OfPictureStep;

typedef struct {
    char *name, *value; /* "lab", "fair": painted as data-lab="fair" */
} OfDatum;

typedef enum { OF_ELEMENT_GRAPH, OF_ELEMENT_CLUSTER, OF_ELEMENT_NODE, OF_ELEMENT_EDGE } OfElementKind;

typedef struct {
    guint first_step;
    char *title; /* from then on */
} OfStepTitle;

typedef struct {
    OfElementKind kind;
    char *id;          /* unique in the picture, an XML name */
    char *classes;     /* space-separated, or NULL */
    char *title;       /* what it is in words ("Guillaume Lample, FAIR to Mistral AI, Apr 2023"), or NULL */
    char *url;         /* http, https or mailto, or NULL */
    char *tail, *head; /* of an edge: ids of the nodes at its ends, or NULL where nothing is drawn there */
    GArray *data;      /* of OfDatum, sorted by name */
    GArray *shapes;    /* of OfShape, in drawing order */
    GArray *titles;    /* of OfStepTitle, rising, where the title changes from step to step; else NULL */
} OfElement;

typedef struct {
    double width, height; /* points */
    bool pixels;          /* the page was asked for in pixels: 2 px are 1 pt */
    bool has_background;
    OfColor background, dark_background;
    bool has_dark; /* colours for a dark page, beside those for a light one */
    char *id;      /* prefix of all ids: two pictures can share a page */
    const char *
        panel; /* of a picture that a page shows together with others of the same view: "before", "diff" or "after"; else NULL. Static */
    char *title;         /* headline */
    char *description;   /* alt text: one or two sentences */
    char *language;      /* BCP 47 */
    char *digest;        /* of the data */
    char *program;       /* "orgflow 0.1.0" */
    GPtrArray *elements; /* of OfElement, in drawing order */
    GArray *steps;       /* of OfPictureStep; NULL: there are none, and all shapes are seen */
    OfDetails *details;  /* what stands behind the elements, or NULL where nobody asked */
} OfPicture;

/* Frees what a shape holds. */
void of_shape_clear(OfShape *shape);

/* Free a picture or element with all it holds, whether or not its arrays have free functions of their own. Take NULL. */
void of_shapes_free(GArray *shapes);
OfShape of_shape_copy(const OfShape *shape); /* to be freed with the array that it is put into */
void of_element_free(OfElement *element);
void of_picture_free(OfPicture *picture);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OfPicture, of_picture_free)

/* Multiplies the widths of all lines. */
void of_picture_scale_lines(OfPicture *picture, double factor);

/* Takes the colours of the same drawing in a dark theme as this one's for a dark page. Returns false where they are not the same drawing. */
bool of_picture_add_dark(OfPicture *picture, const OfPicture *dark);

/* One step of a picture that has steps: what is seen at it, everything at its place; lines that are new are thicker, words that
 * are new and have no line around them are underlined, and both have the datum `new`. Title and description say the step, the id
 * has it behind it. */
OfPicture *of_picture_at_step(const OfPicture *picture, guint step);

/* Whether a shape is news at a step, and how wide its line is then. */
bool of_shape_is_new(const OfShape *shape, guint step);
double of_shape_new_width(const OfShape *shape);

/* Makes the display list of xdot: a graph that gvc has drawn with format `xdot` (bytes of DOT).
 * Reads from graph attributes `data_page` ("x,y,width,height" in the graph's own points, y upwards: the page's lower left corner and
 * size) and `data_scale` (a factor that all of it, type included, is multiplied by); `data_pixels`, `data_title`, `data_description`,
 * `data_language`, `data_digest`, `data_program`, `id`, and what
 * picture/timing.h says. Of every cluster, node and edge: `id`, `class`, `data_title`, `data_url`, and every
 * other attribute `data_*` (as data, the prefix taken off, `_` as `-`). Order: graph, clusters from outer to inner, edges, nodes; each in
 * the order of the graph. Nodes and edges with `data_area`, "7" or "7-9", come first, by that number: their shapes are those of the
 * root graph's, counted from 1 as they are seen (Graphviz has no edge with an area, and no node of any form), instead of their own;
 * what is left stays the root graph's. Colours are #rrggbb[aa]; "transparent" paint is left out. Elements without a shape are left out.
 * error: OF_ERROR_ENVIRONMENT where the bytes are no xdot. Not thread-safe (cgraph): callers hold the lock of graphviz/layout.h. */
OfPicture *of_picture_from_xdot(const char *bytes, gsize length, GError **error);

/* The same of a graph and the listing of its drawing (graphviz/listing.h), whose order it keeps. */
OfPicture *of_picture_from_listing(Agraph_t *graph, GBytes *listing, GError **error);

#endif
