/* The drawing as an SVG element, for files and for pages that hold it. */
#ifndef OF_PAINT_SVG_H
#define OF_PAINT_SVG_H

#include "paint/paint.h"

/* How an SVG stands within a page of HTML, which has a background, metadata and rules of style of its own. Its shapes keep their classes
 * for colours and steps (svg_dark.h, svg_motion.h). */
typedef struct {
    double x, y, width, height; /* points: what is shown of the picture */
    char *fonts, *dark;         /* out: rules of CSS for embedded fonts and for a dark page, or NULL; owned by the caller */
} OfSvgInset;

/* Writes one picture, which of_paint_check has passed, as an <svg> element; as a document with its namespaces and an XML declaration
 * before it where inset is NULL. All ids begin with the picture's, so that several can stand in one page. Returns UTF-8 with a newline at
 * its end, owned by the caller, or NULL with error (see OfPainter.paint). */
char *of_svg_write(const OfPicture *picture, const OfPaintSettings *settings, OfSvgInset *inset, GError **error);

#endif
