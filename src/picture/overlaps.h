/* How well the labels of a picture can be read, counted. */
#ifndef OF_PICTURE_OVERLAPS_H
#define OF_PICTURE_OVERLAPS_H

#include "picture/picture.h"

typedef struct {
    guint labels; /* pairs of lines of text of different elements whose boxes overlap */
    guint lines;  /* pairs of a line of text and a way (edge) of another element that runs through its box */
} OfOverlaps;

/* Boxes are as wide as the layout measured and reach from 0.72 of the type size above the baseline to 0.2 below. */
OfOverlaps of_picture_count_overlaps(const OfPicture *picture);

#endif
