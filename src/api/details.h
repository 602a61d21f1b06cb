/* What stands behind a drawing, from the story: only what the drawing names, and what its filters let through. */
#ifndef OF_API_DETAILS_H
#define OF_API_DETAILS_H

#include "picture/picture.h"
#include "view/drawing.h"

/* The details of what the pictures of a drawing name, of two revisions from both: what the new one does not have comes from the old one. Owned
 * by the caller (of_details_free). */
OfDetails *of_details_collect(const OfDrawing *drawing, const OfPicture *picture);

/* "arXiv, 27 Feb 2023": who says it and when; NULL where neither is known. Owned by the caller. */
char *of_details_describe_source(const OfSource *source);

#endif
