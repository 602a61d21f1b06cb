/* Rules of CSS that give an SVG its dark colours on a dark page. */
#ifndef OF_PAINT_SVG_DARK_H
#define OF_PAINT_SVG_DARK_H

#include "picture/picture.h"

typedef struct OfSvgDark OfSvgDark;

/* Collects the pairs of light and dark colours of a picture that has both. */
OfSvgDark *of_svg_dark_new(const OfPicture *picture);
void of_svg_dark_free(OfSvgDark *dark); /* takes NULL */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OfSvgDark, of_svg_dark_free)

/* `@media (prefers-color-scheme: dark) {…}`: a rule for each colour that is painted by an attribute, within the element of that id; where one light colour has several dark
 * ones, the most frequent is the rule and the others are classes. Owned by the caller. */
char *of_svg_dark_css(const OfSvgDark *dark, const char *id);

/* The rules alone, for a style that holds on a dark page only. Owned by the caller. */
char *of_svg_dark_rules(const OfSvgDark *dark, const char *id);

/* The class that a shape needs besides, or NULL. Owned by the caller. */
char *of_svg_dark_class(const OfSvgDark *dark, const OfShape *shape);

#endif
