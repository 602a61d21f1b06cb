/* One drawing as a slide of PresentationML (ISO/IEC 29500-1, 19.3): native shapes, text boxes and connectors. */
#ifndef OF_PAINT_SLIDE_H
#define OF_PAINT_SLIDE_H

#include "paint/slide_shapes.h"

#define OF_EMU 12700 /* English metric units in a point */

/* What a slide comes to. */
typedef struct {
    char *slide;           /* the part's XML */
    char *notes;           /* of its notes page: what the drawing says, and its sources */
    GPtrArray *links;      /* of char *: targets of the slide's relationships `link1`, `link2` … */
    GPtrArray *note_links; /* the same of the notes' */
} OfSlide;

/* left, top: where the drawing stands on the slide, points. template: whose title, colours and font it takes, or NULL. Owned by
 * the caller. */
OfSlide *of_slide_new(const OfPicture *picture, double left, double top, const OfTemplate *template);
void of_slide_free(OfSlide *slide); /* takes NULL */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OfSlide, of_slide_free)

#endif
