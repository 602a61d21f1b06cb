/* The font of a drawing, and how wide words are in it. Sizes and widths in points. */
#ifndef OF_VIEW_FONTS_H
#define OF_VIEW_FONTS_H

#include <glib.h>
#include <stdbool.h>

/* Type sizes in points (DESIGN §5): names, lanes and titles at least 12, notes, ticks and milestones at least 9. */
#define OF_SIZE_HEADLINE 22.0
#define OF_SIZE_NAME     12.0
#define OF_SIZE_NOTE     9.0

typedef struct OfFonts OfFonts;

typedef enum { OF_FACE_REGULAR, OF_FACE_BOLD, OF_FACE_ITALIC } OfFace;

/* Chooses family where it is installed (NULL: Inter), else the system's sans-serif. language: of the page, BCP 47, or NULL. error:
 * OF_ERROR_ENVIRONMENT where no font is installed at all. */
OfFonts *of_fonts_new(const char *family, const char *language, GError **error);

/* Whether a family is the one chosen. */
bool of_fonts_is_family(const OfFonts *fonts, const char *family);
void of_fonts_free(OfFonts *fonts); /* takes NULL */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OfFonts, of_fonts_free)

/* What measures for it, for painters of this thread to share. Borrowed. */
struct OfTypesetter *of_fonts_typesetter(const OfFonts *fonts);

/* The name Graphviz and painters know the face by ("Inter Bold"). Borrowed. */
const char *of_fonts_name(const OfFonts *fonts, OfFace face);

/* Width of one line of text. */
double of_fonts_width(OfFonts *fonts, OfFace face, double size, const char *text);
/* The same in a font by its name. */
double of_fonts_width_in(OfFonts *fonts, const char *name, double size, const char *text);

/* Measures a text for Graphviz: in whole pixels at 96 to the inch, as its plugin for pango does, in a font that it knows by name.
 * Returns false where the size of the type is absurd. */
bool of_fonts_measure_span(OfFonts *fonts, const char *name, double size, bool bold, bool italic, const char *text, double *width);

/* Breaks text into lines no wider than width where words allow it; a single word that is wider is broken between characters. At least one
 * line. NULL-terminated, owned by the caller (g_strfreev). */
char **of_fonts_wrap(OfFonts *fonts, OfFace face, double size, const char *text, double width);

#endif
