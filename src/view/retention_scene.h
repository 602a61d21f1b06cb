/* What the files of the view `retention` share. Private to view/.
 *
 *     retention.c         the page, what is told in words
 *     retention_curves.c  axes, curves, their names
 *     retention_places.c  where those who left went
 *     cohort.c            the numbers
 *
 * Lengths are points, y grows downwards. */
#ifndef OF_VIEW_RETENTION_SCENE_H
#define OF_VIEW_RETENTION_SCENE_H

#include "view/cohort.h"
#include "view/ink.h"

/* Points. */
#define OF_RETENTION_LABEL_WIDTH 190.0 /* at which names at the right break */
#define OF_RETENTION_LABEL_GAP   8.0
#define OF_RETENTION_CAPTION     18.0 /* above each panel */
#define OF_RETENTION_AXIS        18.0 /* below the last one */
#define OF_RETENTION_PANEL_GAP   10.0

/* Where the people of a cohort went. */
typedef struct OfPlaceStack OfPlaceStack;

typedef struct {
    OfDrawing *drawing;
    GPtrArray *cohorts; /* of OfCohort */
    GPtrArray *stacks;  /* of OfPlaceStack, one a cohort */
    gint32 length;      /* days that the axis shows */
    double left, right; /* of the plot */
    double curves_top, curves_bottom;
    double places_top;                          /* of the caption over the strips */
    double strips_top, strip_height, strip_gap; /* the first one's top; the gap holds a strip's name where there are several */
    GString *ops;                               /* of the background */
} OfRetention;

/* Whether time runs from one day for all, else from the day each joined. */
bool of_retention_is_fixed(const OfRetention *retention);

const OfCohort *of_retention_cohort(const OfRetention *retention, guint index);

double of_retention_x(const OfRetention *retention, double days);

/* One curve wears its lab's colour, several a hue each. */
const char *of_retention_color(const OfRetention *retention, guint index);

/* "21 %". Owned by the caller. */
char *of_retention_percent(double share);

/* When something happened: "Sep 2023" where time runs from one day, else "4 y 2 mo". Owned by the caller. */
char *of_retention_moment(const OfRetention *retention, gint32 days);

/* "half had left by Sep 2023". Owned by the caller. */
char *of_retention_median(const OfRetention *retention, const OfCohort *cohort);

/* Words in one line, and a line of the background in the faint colour. */
void of_retention_add_words(const OfRetention *retention, const char *name, const char *class, const char *text, OfFace face,
                            double size, const char *color, char align, double x, double y);
void of_retention_add_rule(const OfRetention *retention, double x0, double y0, double x1, double y1, double width);

/* retention_curves.c: both axes, the bands, and everything of the curves. */
void of_retention_add_axes(const OfRetention *retention);
void of_retention_add_curves(const OfRetention *retention);

/* retention_places.c: counts a cohort's leavers by place; what is folded becomes a remark. */
OfPlaceStack *of_place_stack_new(OfDrawing *drawing, const OfCohort *cohort);
void of_place_stack_free(gpointer stack); /* takes NULL */

/* The places of a stack in words, most people first: "5 to Mistral AI, 1 to Apple"; NULL where nobody left. Owned by the caller. */
char *of_place_stack_describe(const OfPlaceStack *stack);

/* The places whose names have no room, as remarks; known once the page is. */
void of_retention_announce_places(const OfRetention *retention);

/* The strip of each cohort. */
void of_retention_add_places(const OfRetention *retention);

#endif
