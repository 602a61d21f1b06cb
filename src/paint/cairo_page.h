/* Draws pictures with cairo, their words with pango: what all formats share that cairo writes. */
#ifndef OF_PAINT_CAIRO_PAGE_H
#define OF_PAINT_CAIRO_PAGE_H

#include "paint/words.h"
#include <cairo.h>

/* How words are drawn. */
typedef enum {
    OF_CAIRO_TEXT_OUTLINES, /* as filled curves: the same pixels whatever hinting and subpixel settings the machine has */
    OF_CAIRO_TEXT_GLYPHS,   /* as text, which can be selected and searched */
} OfCairoText;

/* Draws a picture's background and elements; one unit of cr is one point. The picture has passed of_paint_check. typesetter: as in words.h. Links are the
 * caller's. Returns false with error (OF_ERROR_ENVIRONMENT) where memory or fonts are missing. May be called from any thread. */
bool of_cairo_page_draw(cairo_t *cr, const OfPicture *picture, OfCairoText text, OfTypesetter *typesetter, GError **error);

/* True for CAIRO_STATUS_SUCCESS, else false with error (OF_ERROR_ENVIRONMENT): "cannot draw `what`: out of memory". */
bool of_cairo_check_status(cairo_status_t status, const char *what, GError **error);

/* A cairo_write_func_t that appends to the GByteArray `closure`. */
cairo_status_t of_cairo_write_bytes(void *closure, const unsigned char *bytes, unsigned int length);

#endif
