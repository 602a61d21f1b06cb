/* Where labels stand so that none touches another one, or a line that is not its own. */
#ifndef OF_LAYOUT_LABELS_H
#define OF_LAYOUT_LABELS_H

#include "layout/bezier.h"

#define OF_OWNER_NONE G_MAXUINT32

typedef struct {
    double x; /* left */
    double y; /* top */
    double width;
    double height;
} OfLayoutRect;

/* A label and where it may stand, best place first. */
typedef struct {
    const OfLayoutRect *places; /* (array length=n_places) */
    guint n_places;
    guint32 owner; /* lines of this owner may be touched; OF_OWNER_NONE: none may */
} OfLabel;

/* A line that labels keep off. */
typedef struct {
    const OfLayoutPoint *points; /* (array length=n_points): 3 k + 1 points, as in bezier.h */
    guint n_points;
    guint32 owner;
    double half_width; /* of its stroke */
} OfLabelLine;

typedef struct {
    const OfLabel *labels;
    guint n_labels;
    const OfLabelLine *lines;
    guint n_lines;
    const OfLayoutRect *taken; /* (nullable) (array length=n_taken): areas that no label may touch, such as marks */
    guint n_taken;
    double margin; /* least distance that a label keeps from everything */
} OfLabelInput;

/* of_labels_place:
 * @input: (transfer none): what to place
 * @n_unplaced: (out) (optional): number of labels that found no place
 *
 * Places as many labels as it can, then each at the best place left. Labels with few places come first, then those that are
 * listed first. Work is bounded: labels in the way are moved aside within a fixed number of trials.
 *
 * Returns: (transfer full): [n_labels]: index of the place of each label, −1 for one that has none and must be shown in
 * another way; free with g_free(). */
gint32 *of_labels_place(const OfLabelInput *input, guint *n_unplaced);

/* of_labels_touches:
 * @rect: an area
 * @line: a line
 * @margin: distance
 *
 * Returns: whether the line's stroke comes nearer to @rect than @margin, measured along the axes. */
gboolean of_labels_touches(const OfLayoutRect *rect, const OfLabelLine *line, double margin);

#endif
