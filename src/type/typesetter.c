#include "type/typesetter.h"

#include "base/hash.h"
#include "type/language.h"
#include <string.h>

#define USUAL_LANGUAGE "en"

struct OfTypesetter {
    PangoFontMap *map;
    PangoLanguage *language;
    PangoContext *context;
    GHashTable *widths; /* font, size and text → width */
};

static PangoLanguage *language_of(const char *language)
{
    return pango_language_from_string(language != NULL ? language : USUAL_LANGUAGE);
}

/* map: taken over. */
static OfTypesetter *make_typesetter(PangoFontMap *map, const char *language)
{
    OfTypesetter *typesetter = g_new0(OfTypesetter, 1);
    typesetter->map = map;
    typesetter->language = language_of(language);
    typesetter->context = of_typesetter_make_context(typesetter);
    typesetter->widths = g_hash_table_new_full(of_text_hash, g_str_equal, g_free, NULL);
    return typesetter;
}

OfTypesetter *of_typesetter_new(const char *language)
{
    return make_typesetter(pango_cairo_font_map_new(), language);
}

OfTypesetter *of_typesetter_new_beside(const OfTypesetter *typesetter, const char *language)
{
    return make_typesetter(g_object_ref(typesetter->map), language);
}

void of_typesetter_free(OfTypesetter *typesetter)
{
    if (typesetter != NULL) {
        g_hash_table_unref(typesetter->widths);
        g_object_unref(typesetter->context);
        g_object_unref(typesetter->map);
        g_free(typesetter);
    }
}

PangoContext *of_typesetter_make_context(const OfTypesetter *typesetter)
{
    PangoContext *context = pango_font_map_create_context(typesetter->map);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    cairo_font_options_set_subpixel_order(options, CAIRO_SUBPIXEL_ORDER_DEFAULT);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);
    pango_cairo_context_set_resolution(context, 72); /* one unit of cairo is one point */
    pango_context_set_round_glyph_positions(context, FALSE);
    pango_context_set_language(context, typesetter->language);
    return context;
}

PangoContext *of_typesetter_context(const OfTypesetter *typesetter)
{
    return typesetter->context;
}

bool of_typesetter_is_for(const OfTypesetter *typesetter, const char *language)
{
    return typesetter->language == language_of(language); /* pango keeps each once */
}

static gboolean take_first(PangoFontset *fontset, PangoFont *font, gpointer data)
{
    (void) fontset;
    *(PangoFont **) data = g_object_ref(font);
    return TRUE;
}

char *of_typesetter_find_family(const OfTypesetter *typesetter, const char *font, int size)
{
    PangoFontDescription *wanted = pango_font_description_from_string(font);
    pango_font_description_set_size(wanted, size);
    PangoFontset *fontset = pango_context_load_fontset(typesetter->context, wanted, typesetter->language);
    pango_font_description_free(wanted);
    PangoFont *first = NULL;
    if (fontset != NULL) {
        pango_fontset_foreach(fontset, take_first, &first);
        g_object_unref(fontset);
    }
    if (first == NULL) {
        return NULL;
    }
    PangoFontDescription *found = pango_font_describe(first);
    char *family = g_strdup(pango_font_description_get_family(found));
    pango_font_description_free(found);
    g_object_unref(first);
    return family;
}

/* Of the glyphs alone: a PangoLayout would look at outlines and metrics too, of each font in each size, which takes longer than to find
 * the glyphs. */
int of_type_width_of_line(PangoContext *context, const PangoFontDescription *font, const char *text, bool *boxed)
{
    const int length = (int) strlen(text);
    if (length == 0) {
        return 0;
    }
    PangoAttrList *attributes = of_language_attributes(text, pango_context_get_language(context));
    pango_attr_list_insert(attributes, pango_attr_font_desc_new(font));
    const PangoShapeFlags flags = pango_context_get_round_glyph_positions(context) ? PANGO_SHAPE_ROUND_POSITIONS : PANGO_SHAPE_NONE;
    GList *items = pango_itemize(context, text, 0, length, attributes, NULL);
    pango_attr_list_unref(attributes);
    PangoGlyphString *glyphs = pango_glyph_string_new();
    int width = 0;
    for (const GList *at = items; at != NULL; at = at->next) {
        const PangoItem *item = at->data;
        pango_shape_with_flags(text + item->offset, item->length, text, length, &item->analysis, glyphs, flags);
        width += pango_glyph_string_get_width(glyphs);
        for (int i = 0; boxed != NULL && i < glyphs->num_glyphs; i++) {
            *boxed |= (glyphs->glyphs[i].glyph & PANGO_GLYPH_UNKNOWN_FLAG) != 0;
        }
    }
    pango_glyph_string_free(glyphs);
    g_list_free_full(items, (GDestroyNotify) pango_item_free);
    return width;
}

int of_typesetter_width(OfTypesetter *typesetter, const char *font, int size, const char *text)
{
    g_autofree char *key = g_strdup_printf("%d %s\n%s", size, font, text);
    gpointer known = NULL;
    if (g_hash_table_lookup_extended(typesetter->widths, key, NULL, &known)) {
        return GPOINTER_TO_INT(known);
    }
    PangoFontDescription *description = pango_font_description_from_string(font);
    pango_font_description_set_size(description, size);
    const int width = of_type_width_of_line(typesetter->context, description, text, NULL);
    pango_font_description_free(description);
    g_hash_table_insert(typesetter->widths, g_steal_pointer(&key), GINT_TO_POINTER(width));
    return width;
}
