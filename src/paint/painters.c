#include "paint/painters.h"

const OfPainter of_painters[] = {
    {"svg", "image/svg+xml", "drawing for web pages, slides and editors, with links and data attributes", false, of_svg_paint},
    {"png", "image/png", "image, 2 pixels a point times the scale", false, of_png_paint},
    {"pdf", "application/pdf", "document for print, one page a drawing", true, of_pdf_paint},
    {"pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation",
     "slides of native shapes for PowerPoint, one a drawing", true, of_pptx_paint},
    {"txt", "text/plain", "the drawing in words, for those who do not see it", true, of_outline_paint},
    {NULL, NULL, NULL, false, NULL},
};

const OfPainter *of_painter_find(const char *name)
{
    if (name == NULL) {
        return NULL;
    }
    for (const OfPainter *painter = of_painters; painter->name != NULL; painter++) {
        if (g_strcmp0(painter->name, name) == 0) {
            return painter;
        }
    }
    return NULL;
}
