#include "paint/words.h"

#include <hb-ot.h>

#include "base/limits.h"
#include "paint/literal.h"
#include "type/language.h"

struct OfWords {
    OfTypesetter *own; /* or NULL */
    OfTypesetter *typesetter;
    PangoContext *context;
    PangoLayout *layout;
    char *literal; /* of the line that was last asked for */
};

/* Without any font pango draws boxes in place of words, and says nothing. Who shares a typesetter has measured with it. */
static bool check_fonts(const OfWords *words, GError **error)
{
    g_autofree char *any = of_typesetter_find_family(words->typesetter, "sans-serif", 12 * PANGO_SCALE);
    if (any == NULL) {
        g_set_error(error, OF_ERROR, OF_ERROR_ENVIRONMENT,
                    "no fonts are installed, or fontconfig does not find them: `fc-list` lists them");
    }
    return any != NULL;
}

OfWords *of_words_new(OfTypesetter *typesetter, const char *language, GError **error)
{
    g_autoptr(OfWords) words = g_new0(OfWords, 1);
    if (typesetter == NULL) {
        words->own = of_typesetter_new(language);
    } else if (!of_typesetter_is_for(typesetter, language)) {
        words->own = of_typesetter_new_beside(typesetter, language);
    }
    words->typesetter = words->own != NULL ? words->own : typesetter;
    words->context = of_typesetter_make_context(words->typesetter);
    words->layout = pango_layout_new(words->context);
    pango_layout_set_auto_dir(words->layout, FALSE);
    pango_layout_set_single_paragraph_mode(words->layout, TRUE);
    return typesetter != NULL || check_fonts(words, error) ? g_steal_pointer(&words) : NULL;
}

void of_words_free(OfWords *words)
{
    if (words != NULL) {
        g_clear_object(&words->layout);
        g_clear_object(&words->context);
        of_typesetter_free(words->own);
        g_free(words->literal);
        g_free(words);
    }
}

/* Returns whether anything of it is seen. */
static bool take_text(OfWords *words, const OfShape *shape)
{
    g_free(words->literal);
    words->literal = of_literal_new(shape->text);
    return *words->literal != '\0' && shape->font_size > 0 && shape->fill.alpha != 0;
}

static const char *font_of(const OfShape *shape)
{
    return shape->font != NULL ? shape->font : "";
}

static void set_line(const OfWords *words, const OfShape *shape, PangoLayoutLine *shaped, int width, OfShapedLine *line)
{
    line->line = shaped;
    line->literal = words->literal;
    line->width = (double) width / PANGO_SCALE;
    line->before = shape->align == OF_ALIGN_LEFT ? 0 : shape->align == OF_ALIGN_CENTER ? line->width / 2 : line->width;
}

static void shape_literal(OfWords *words, const OfShape *shape, OfShapedLine *line)
{
    PangoFontDescription *font = pango_font_description_from_string(font_of(shape));
    pango_font_description_set_size(font, (int) (shape->font_size * PANGO_SCALE));
    pango_context_set_base_dir(words->context,
                               of_literal_is_right_to_left(words->literal) ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
    pango_layout_set_font_description(words->layout, font);
    pango_font_description_free(font);
    pango_layout_set_text(words->layout, words->literal, -1);
    PangoAttrList *languages = of_language_attributes(words->literal, pango_context_get_language(words->context));
    pango_layout_set_attributes(words->layout, languages);
    pango_attr_list_unref(languages);
    pango_layout_context_changed(words->layout);

    PangoLayoutLine *shaped = pango_layout_get_line_readonly(words->layout, 0);
    PangoRectangle logical;
    pango_layout_line_get_extents(shaped, NULL, &logical);
    set_line(words, shape, shaped, logical.width, line);
}

bool of_words_shape(OfWords *words, const OfShape *shape, OfShapedLine *line)
{
    if (!take_text(words, shape)) {
        return false;
    }
    shape_literal(words, shape, line);
    return true;
}

bool of_words_measure(OfWords *words, const OfShape *shape, OfShapedLine *line)
{
    if (!take_text(words, shape)) {
        return false;
    }
    if (of_literal_is_right_to_left(words->literal)) { /* the typesetter knows lines from left to right */
        shape_literal(words, shape, line);
    } else {
        const int size = (int) (shape->font_size * PANGO_SCALE);
        set_line(words, shape, NULL, of_typesetter_width(words->typesetter, font_of(shape), size, words->literal), line);
    }
    return true;
}

bool of_words_have_pictures(const OfShapedLine *line)
{
    for (const GSList *l = line->line->runs; l != NULL; l = l->next) {
        const PangoGlyphItem *run = l->data;
        hb_font_t *font = pango_font_get_hb_font(run->item->analysis.font);
        hb_face_t *face = font != NULL ? hb_font_get_face(font) : NULL;
        if (face != NULL && (hb_ot_color_has_png(face) || hb_ot_color_has_layers(face) || hb_ot_color_has_svg(face))) {
            return true;
        }
    }
    return false;
}

OfStrike of_words_strike(const OfShape *shape, const OfShapedLine *line)
{
    const double middle = 0.27, thickness = 0.06; /* of the type size */
    return (OfStrike){shape->points[0].x - line->before, shape->points[0].y - (middle + thickness / 2) * shape->font_size,
                      line->width, thickness * shape->font_size};
}
