/* Type as it is set on paper: in which fonts, and how wide lines of text are. Views measure with it what painters will draw, so that both
 * look for a font once and shape a line once. */
#ifndef OF_TYPE_TYPESETTER_H
#define OF_TYPE_TYPESETTER_H

#include <glib.h>
#include <pango/pangocairo.h>
#include <stdbool.h>

/* For one thread. */
typedef struct OfTypesetter OfTypesetter;

/* language: of the page, BCP 47; NULL: English. */
OfTypesetter *of_typesetter_new(const char *language);
/* The same with the fonts of another, for another language. */
OfTypesetter *of_typesetter_new_beside(const OfTypesetter *typesetter, const char *language);
void of_typesetter_free(OfTypesetter *typesetter); /* takes NULL */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OfTypesetter, of_typesetter_free)

/* A context to lay lines out in as they are measured: one unit is one point, in the page's language, with nothing of the machine in it
 * but its fonts: no hinting, no subpixels, no language of the environment. Owned by the caller. */
PangoContext *of_typesetter_make_context(const OfTypesetter *typesetter);

/* The context that lines are measured in, borrowed; not to be changed. */
PangoContext *of_typesetter_context(const OfTypesetter *typesetter);

bool of_typesetter_is_for(const OfTypesetter *typesetter, const char *language);

/* The family that is found for a font at a size in pango's units. Owned by the caller; NULL where there is no font at all. */
char *of_typesetter_find_family(const OfTypesetter *typesetter, const char *font, int size);

/* The width of one line in pango's units. font: a description as pango reads it, without a size; size: in pango's units. Kept: a page is
 * measured for several arrangements, and then painted. */
int of_typesetter_width(OfTypesetter *typesetter, const char *font, int size, const char *text);

/* The width in pango's units of the glyphs of one line in any context, font being a description with its size. *boxed, where it is not
 * NULL, becomes true where a character has no glyph in any font: a box with its number is drawn. */
int of_type_width_of_line(PangoContext *context, const PangoFontDescription *font, const char *text, bool *boxed);

#endif
