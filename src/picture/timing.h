/* When what a graph shows is seen. A graph drawn in steps has these attributes, all days since 1970-01-01:
 *
 *     data_steps    of the graph: "DAY:LABEL:DESCRIPTION …", a step each, texts percent-encoded as URIs have it; with "!" behind the day
 *                   it is the whole drawing
 *     data_cuts     of the graph: "X …", one a step: what is drawn to the right of it comes later, though it is not said of each line
 *     data_time     of an element: "FROM:TO": seen from the first step that reaches FROM on, until one reaches TO; with "-" behind it no news
 *     data_parts    "FROM …": one for each of its lines and areas; with "-" behind it no news
 *     data_widths   "FROM:POINTS …": how wide its lines are from then on
 *     data_titles   "FROM:TEXT …": its title from then on
 *     data_words    one for each of its runs of text: "*" as the element, "-" never, or "FROM:TO:TEXT;…" */
#ifndef OF_PICTURE_TIMING_H
#define OF_PICTURE_TIMING_H

#include "picture/picture.h"

typedef struct {
    const char *time, *parts, *widths, *words, *titles; /* attributes, or NULL */
    double scale;                                       /* of widths */
} OfTiming;

/* Reads `data_steps`. Returns an array of OfPictureStep, or NULL where there are none. */
GArray *of_timing_read_steps(const char *text);

/* Reads `data_cuts` (or NULL), in the graph's own points; left, scale: where the page begins in them, and what they are multiplied by. */
void of_timing_read_cuts(GArray *steps, const char *text, double left, double scale);

/* Sets when the shapes of an element are seen; what changes becomes a shape for each form, what is never seen is taken out. */
void of_timing_apply(const GArray *steps, OfElement *element, const OfTiming *timing);

#endif
