/* Lines of text as they are shaped for paper: where their glyphs stand, how wide they are, in which fonts. */
#ifndef OF_PAINT_WORDS_H
#define OF_PAINT_WORDS_H

#include "picture/picture.h"
#include "type/typesetter.h"

typedef struct OfWords OfWords;

/* typesetter: to share with others of this thread, which outlives the words; NULL: one of its own. language: of the page, BCP 47, or NULL. error:
 * OF_ERROR_ENVIRONMENT where no font is installed. */
OfWords *of_words_new(OfTypesetter *typesetter, const char *language, GError **error);
void of_words_free(OfWords *words); /* takes NULL */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OfWords, of_words_free)

/* A line, shaped. */
typedef struct {
    PangoLayoutLine *line; /* borrowed until the next one is shaped; NULL of a line that was only measured */
    const char *literal;   /* its text as it may be drawn (literal.h); borrowed alike */
    double width;          /* points */
    double before;         /* points from the line's left end to the place that its alignment names */
} OfShapedLine;

/* Shapes the text of a shape. Returns false where nothing of it is seen. */
bool of_words_shape(OfWords *words, const OfShape *shape, OfShapedLine *line);

/* The same for who needs no glyphs, which takes far less where the line has been measured before. */
bool of_words_measure(OfWords *words, const OfShape *shape, OfShapedLine *line);

/* The line through struck text, as a rectangle in points: through the middle of small letters. What fonts say of it differs: of some it would run below the letters, and
 * pango leaves it white where it meets a letter that is drawn as a curve. */
typedef struct {
    double x, y, width, height;
} OfStrike;
OfStrike of_words_strike(const OfShape *shape, const OfShapedLine *line);

/* Whether some glyphs are pictures (emoji), which have no outline. */
bool of_words_have_pictures(const OfShapedLine *line);

#endif
