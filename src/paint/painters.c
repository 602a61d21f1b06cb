#include "paint/painters.h"

#ifdef ORGFLOW_WEBP
#define NOT_BUILT ""
#else
#define NOT_BUILT " (not in this build)"
#endif

const OfPainter of_painters[] = {
    {"svg", "image/svg+xml", "drawing for web pages, slides and editors, with links and data attributes", false, of_svg_paint,
     OF_PLAYS_WHERE_ASKED, true, false},
    {"html", "text/html", "web page that explains itself: follow, zoom, search, play, with the sources", true, of_html_paint,
     OF_PLAYS_ALWAYS, true, true},
    {"png", "image/png", "image, 2 pixels a point times the scale", false, of_png_paint, OF_PLAYS_NOT, false, false},
    {"webp", "image/webp", "image that plays the steps of --steps" NOT_BUILT, false, of_webp_paint, OF_PLAYS_ALWAYS, false, false},
    {"pdf", "application/pdf", "document for print, one page a drawing", true, of_pdf_paint, OF_PLAYS_NOT, false, false},
    {"pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation",
     "slides of native shapes for PowerPoint, one a drawing", true, of_pptx_paint, OF_PLAYS_NOT, false, false},
    {"txt", "text/plain", "the drawing in words, for those who do not see it", true, of_outline_paint, OF_PLAYS_NOT, false, false},
    {.name = NULL},
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
