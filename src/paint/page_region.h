/* Which part of a picture a web page draws: all but the words around it, which the page says itself, in type that follows the screen. */
#ifndef OF_PAINT_PAGE_REGION_H
#define OF_PAINT_PAGE_REGION_H

#include "picture/picture.h"

typedef struct {
    double x, y, width, height; /* points */
} OfPageRegion;

/* Whether the page says an element in its own words: title, subtitle, remarks and sources. */
bool of_page_region_leaves_out(const OfElement *element);

/* What the elements that are left take, with some room around it; the whole picture where none is left. */
OfPageRegion of_page_region(const OfPicture *picture);

/* The value of a datum, or NULL. Borrowed. */
const char *of_element_datum(const OfElement *element, const char *name);

/* The words of an element in one line, at the last of the picture's steps where it has any; "" where there are none. Owned by the caller. */
char *of_element_words(const OfPicture *picture, const OfElement *element);

/* The first element of a kind, or NULL. Borrowed. */
const OfElement *of_page_find_kind(const OfPicture *picture, const char *kind);

/* The words under the picture's title, or NULL. Owned by the caller. */
char *of_page_subtitle(const OfPicture *picture);

#endif
