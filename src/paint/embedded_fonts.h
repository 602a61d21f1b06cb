/* Subsets of the fonts that a drawing's words are set in, to stand in the file with it. */
#ifndef OF_PAINT_EMBEDDED_FONTS_H
#define OF_PAINT_EMBEDDED_FONTS_H

#include "paint/words.h"

typedef struct OfEmbeddedFonts OfEmbeddedFonts;

OfEmbeddedFonts *of_embedded_fonts_new(void);
void of_embedded_fonts_free(OfEmbeddedFonts *fonts); /* takes NULL */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OfEmbeddedFonts, of_embedded_fonts_free)

/* Notes the letters of a line. weight: 100 to 900; slant: "normal", "italic" or "oblique". */
void of_embedded_fonts_add(OfEmbeddedFonts *fonts, const OfShapedLine *line, guint weight, const char *slant);

/* Makes the subsets of all letters noted. error: OF_ERROR_ENVIRONMENT for a font that does not let itself be embedded (OpenType, OS/2, fsType), or where memory
 * runs out. */
bool of_embedded_fonts_finish(OfEmbeddedFonts *fonts, GError **error);

/* The rules `@font-face` that declare them, each family called by the beginning of the digest of its bytes, so that drawings can share a page. Owned by the caller. */
char *of_embedded_fonts_css(const OfEmbeddedFonts *fonts);

/* The families that a line is set in, as the beginning of a CSS list: "orgflow-1f3c…, "; "" where there is none. Owned by the caller. */
char *of_embedded_fonts_families(const OfEmbeddedFonts *fonts, const OfShapedLine *line, guint weight, const char *slant);

#endif
