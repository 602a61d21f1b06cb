/* What painters may rely on: checked once, before anything is drawn. */
#ifndef OF_PAINT_CHECK_H
#define OF_PAINT_CHECK_H

#include "paint/paint.h"

/* Coordinates beyond this many points are refused: cairo counts in 24.8 fixed point and would wrap around silently. */
#define OF_COORDINATE_MAX 1e6

/* Scales above this are taken for a slip. */
#define OF_SCALE_MAX 1000.0

/* Whether the pictures can be painted: at least one, and only one unless many; a scale above zero, page sizes above zero,
 * numbers finite and within ±OF_COORDINATE_MAX, as many points as each shape needs, names of data that can be attribute names.
 * error: OF_ERROR_LIMIT for sizes, OF_ERROR_ENVIRONMENT for pictures that are broken, OF_ERROR_USAGE for their number and the
 * scale. */
bool of_paint_check(OfPicture *const *pictures, guint n, bool many, const OfPaintSettings *settings, GError **error);

#endif
