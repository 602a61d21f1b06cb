#include "paint/words.h"

#include <hb-ot.h>

#include "base/limits.h"
#include "paint/language.h"
#include "paint/literal.h"

struct OfWords {
    PangoContext *context;
    PangoLayout *layout;
    char *literal; /* of the line shaped last */
};

/* Without any font pango draws boxes in place of words, and says nothing. */
static bool check_fonts(PangoContext *context, GError **error)
{
    PangoFontDescription *any = pango_font_description_from_string("sans-serif 12");
    PangoFont *font = pango_context_load_font(context, any);
    pango_font_description_free(any);
    if (font == NULL) {
        g_set_error(error, OF_ERROR, OF_ERROR_ENVIRONMENT,
                    "no fonts are installed, or fontconfig does not find them: `fc-list` lists them");
        return false;
    }
    g_object_unref(font);
    return true;
}

OfWords *of_words_new(PangoFontMap *map, const char *language, GError **error)
{
    g_autoptr(OfWords) words = g_new0(OfWords, 1);
    PangoFontMap *own = map == NULL ? pango_cairo_font_map_new() : NULL;
    words->context = pango_font_map_create_context(map != NULL ? map : own);
    g_clear_object(&own); /* the context keeps it */
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    cairo_font_options_set_subpixel_order(options, CAIRO_SUBPIXEL_ORDER_DEFAULT);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(words->context, options);
    cairo_font_options_destroy(options);
    pango_cairo_context_set_resolution(words->context, 72); /* one unit of cairo is one point */
    pango_context_set_round_glyph_positions(words->context, FALSE);
    pango_context_set_language(words->context, pango_language_from_string(language != NULL ? language : "en"));
    words->layout = pango_layout_new(words->context);
    pango_layout_set_auto_dir(words->layout, FALSE);
    pango_layout_set_single_paragraph_mode(words->layout, TRUE);
    return check_fonts(words->context, error) ? g_steal_pointer(&words) : NULL;
}

void of_words_free(OfWords *words)
{
    if (words != NULL) {
        g_clear_object(&words->layout);
        g_clear_object(&words->context);
        g_free(words->literal);
        g_free(words);
    }
}

bool of_words_shape(OfWords *words, const OfShape *shape, OfShapedLine *line)
{
    g_free(words->literal);
    words->literal = of_literal_new(shape->text);
    if (*words->literal == '\0' || shape->font_size <= 0 || shape->fill.alpha == 0) {
        return false;
    }
    PangoFontDescription *font = pango_font_description_from_string(shape->font != NULL ? shape->font : "");
    pango_font_description_set_absolute_size(font, shape->font_size * PANGO_SCALE);
    pango_context_set_base_dir(words->context,
                               of_literal_is_right_to_left(words->literal) ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
    pango_layout_set_font_description(words->layout, font);
    pango_font_description_free(font);
    pango_layout_set_text(words->layout, words->literal, -1);
    PangoAttrList *languages = of_language_attributes(words->literal, pango_context_get_language(words->context));
    pango_layout_set_attributes(words->layout, languages);
    pango_attr_list_unref(languages);
    pango_layout_context_changed(words->layout);

    line->line = pango_layout_get_line_readonly(words->layout, 0);
    line->literal = words->literal;
    PangoRectangle logical;
    pango_layout_line_get_extents(line->line, NULL, &logical);
    line->width = (double) logical.width / PANGO_SCALE;
    line->before = shape->align == OF_ALIGN_LEFT ? 0 : shape->align == OF_ALIGN_CENTER ? line->width / 2 : line->width;
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
