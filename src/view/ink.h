/* Words, lines and areas of a drawing whose positions the view sets itself. Points from the body's upper left corner, y downwards; the graph has y upwards, so
 * drawing->height is to be set before. */
#ifndef OF_VIEW_INK_H
#define OF_VIEW_INK_H

#include "layout/bezier.h"
#include "view/drawing.h"

/* The width that Graphviz will find for a text: it measures in whole pixels, a little wider than we do. */
double of_ink_text_width(const OfDrawing *drawing, OfFace face, double size, const char *text);

/* Points from one line of text to the next. */
double of_ink_line_height(double size);

/* A node of words whose left (align 'l'), right ('r') edge or middle ('c') is x and whose top is y. lines: NULL-terminated. */
Agnode_t *of_ink_add_text(OfDrawing *drawing, const char *name, const char *class, char *const *lines, OfFace face, double size,
                          const char *color, char align, double x, double y);

/* An edge along a path of 3k + 1 control points, or n corners, between two points without ink. */
Agedge_t *of_ink_add_path(OfDrawing *drawing, const char *name, const char *class, const OfLayoutPoint *points, guint n);
Agedge_t *of_ink_add_corners(OfDrawing *drawing, const char *name, const char *class, const OfLayoutPoint *corners, guint n);

/* Adds a corner to an array of OfLayoutPoint. */
void of_ink_push_corner(GArray *corners, double x, double y);

/* Operations for `_background`: the next areas' colour, an area of n corners, a line's colour and width, a line of n corners. */
void of_ink_append_fill(GString *ops, const char *color);
void of_ink_append_area(const OfDrawing *drawing, GString *ops, const OfLayoutPoint *corners, guint n);
void of_ink_append_pen(GString *ops, const char *color, double width);
void of_ink_append_line(const OfDrawing *drawing, GString *ops, const OfLayoutPoint *corners, guint n);

#endif
