/* The painters behind the table of paint.h, for the table and for painters that build on one another. All follow
 * OfPainter.paint. */
#ifndef OF_PAINT_PAINTERS_H
#define OF_PAINT_PAINTERS_H

#include "paint/paint.h"

GBytes *of_svg_paint(OfPicture *const *pictures, guint n, const OfPaintSettings *settings, GError **error);
GBytes *of_html_paint(OfPicture *const *pictures, guint n, const OfPaintSettings *settings, GError **error);
GBytes *of_png_paint(OfPicture *const *pictures, guint n, const OfPaintSettings *settings, GError **error);
GBytes *of_pdf_paint(OfPicture *const *pictures, guint n, const OfPaintSettings *settings, GError **error);
GBytes *of_pptx_paint(OfPicture *const *pictures, guint n, const OfPaintSettings *settings, GError **error);
GBytes *of_webp_paint(OfPicture *const *pictures, guint n, const OfPaintSettings *settings, GError **error);
GBytes *of_outline_paint(OfPicture *const *pictures, guint n, const OfPaintSettings *settings, GError **error);

#endif
