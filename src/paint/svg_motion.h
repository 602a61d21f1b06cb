/* Rules of CSS that play the steps of an SVG, one after the other. Without them, where motion is not wanted, and on paper it is
 * the whole drawing. */
#ifndef OF_PAINT_SVG_MOTION_H
#define OF_PAINT_SVG_MOTION_H

#include "picture/picture.h"

typedef struct OfSvgMotion OfSvgMotion;

/* Of a picture that has steps, each of which is seen for pace seconds; the last one stays. */
OfSvgMotion *of_svg_motion_new(const OfPicture *picture, double pace);
void of_svg_motion_free(OfSvgMotion *motion); /* takes NULL */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OfSvgMotion, of_svg_motion_free)

/* `@media … (prefers-reduced-motion: no-preference) {…}`: what of_svg_motion_class() names, within the element of that id. Owned
 * by the caller. */
char *of_svg_motion_css(const OfSvgMotion *motion, const char *id);

/* The class of a shape that is not seen throughout, or NULL. Owned by the caller. */
char *of_svg_motion_class(const OfSvgMotion *motion, const OfShape *shape);

/* Whether the whole drawing does without the shape: another form of it stands in its place at the end. */
bool of_svg_motion_is_past(const OfSvgMotion *motion, const OfShape *shape);

#endif
