/* The page around a drawing: title, subtitle, legend, remarks and numbered source notes, as nodes and edges of the same graph. */
#ifndef OF_VIEW_FRAME_H
#define OF_VIEW_FRAME_H

#include "view/drawing.h"

/* How a body of given size stands on its page. */
typedef struct {
    double width, height; /* of the page, points */
    double scale;         /* the body is multiplied by this; type sizes of the frame are not */
    double body_x, body_y, body_width,
        body_height; /* the room left for the body, points from the page's upper left corner, y downwards */
} OfPageFit;

/* Fits a body of width x height points on the page that the options ask for, else makes the page that it needs. scale < 1 tells that its type would
 * be too small. */
OfPageFit of_frame_fit(OfDrawing *drawing, double width, double height);

/* How much larger a page of the shape asked for has to be that a body of width x height points fits; at least 1. */
double of_frame_least_factor(OfDrawing *drawing, double width, double height);

/* The error for a body whose scale is below 1: names the size, of the shape asked for, that would do. OF_ERROR_LIMIT. Always returns false. */
bool of_frame_fail_size(OfDrawing *drawing, double width, double height, GError **error);

/* Adds the frame to drawing->graph, whose positions are set and whose bounding box is x0, y0 (lower left), x1, y1 in its own points, and
 * the attributes `data_page`, `data_scale` and the rest that the display list reads. */
void of_frame_add(OfDrawing *drawing, const OfPageFit *fit, double x0, double y0, double x1, double y1);

#endif
