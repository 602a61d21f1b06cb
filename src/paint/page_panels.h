/* Several panels of one view as one picture, of which a page shows one panel at a time. */
#ifndef OF_PAINT_PAGE_PANELS_H
#define OF_PAINT_PAGE_PANELS_H

#include "picture/picture.h"

/* The elements of n >= 1 pictures of one view that stand on one another, each picture with its panel: what several panels show alike is there once.
 * Elements have the datum `panels`, the names of those that show them ("before after"), and where another one goes by their id, their own id is
 * another one and the datum `part` is theirs. In the order of each panel. What is in the elements is borrowed from the pictures. Owned by the caller
 * (g_ptr_array_unref). */
GPtrArray *of_page_panels_join(OfPicture *const *pictures, guint n);

#endif
