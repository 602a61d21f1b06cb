/* One xdot attribute (`_draw_`, `_ldraw_`, …) as shapes. */
#ifndef OF_PICTURE_XDOT_SHAPES_H
#define OF_PICTURE_XDOT_SHAPES_H

#include "picture/picture.h"

/* The part of the graph that is drawn: its lower left corner and height in the graph's own points (y upwards), and the factor to
 * the picture's points. */
typedef struct {
    double left, bottom, height, scale;
} OfXdotPage;

/* Reads "#rrggbb" or "#rrggbbaa". Returns false, color untouched, for anything else. */
bool of_color_parse(const char *text, OfColor *color);

/* Appends what ops (text of one xdot attribute) draws to shapes (of OfShape), in its order. What cannot be seen is left out:
 * paint that is wholly transparent, lines without width, blank text. Images are left out too. disputed: dashed lines become
 * OF_DASH_DASH_DOT. canvas: NULL, or where the colour of the polygon is put that Graphviz begins a root graph's `_draw_` with;
 * that polygon is not appended then. canvas is untouched where there is none. error: OF_ERROR_ENVIRONMENT where ops is no xdot. */
bool of_xdot_append_shapes(GArray *shapes, const char *ops, const OfXdotPage *page, bool disputed, OfColor *canvas, GError **error);

#endif
