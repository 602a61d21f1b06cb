#include "view/fonts.h"

#include "base/limits.h"
#include <pango/pangocairo.h>

enum { N_FACES = OF_FACE_ITALIC + 1 };

struct OfFonts {
    PangoFontMap *map;
    PangoContext *context;
    PangoLayout *layout;
    char *name[N_FACES];
    PangoFontDescription *description[N_FACES];
};

/* Without any font pango still lists families, and measures nothing. */
static bool has_any_font(PangoContext *context)
{
    PangoFontDescription *any = pango_font_description_from_string("sans-serif 12");
    PangoFont *font = pango_context_load_font(context, any);
    pango_font_description_free(any);
    const bool found = font != NULL;
    g_clear_object(&font);
    return found;
}

static bool has_family(PangoFontMap *map, const char *name)
{
    PangoFontFamily **families = NULL;
    int n_families = 0;
    pango_font_map_list_families(map, &families, &n_families);
    bool found = false;
    for (int i = 0; i < n_families && !found; i++) {
        found = g_ascii_strcasecmp(pango_font_family_get_name(families[i]), name) == 0;
    }
    g_free(families);
    return found;
}

OfFonts *of_fonts_new(const char *wanted, GError **error)
{
    static const char *const suffix[N_FACES] = {"", " Bold", " Italic"};
    PangoFontMap *map = pango_cairo_font_map_new();
    const char *first = wanted != NULL ? wanted : "Inter";
    const char *family = has_family(map, first) ? first : "Sans";
    OfFonts *fonts = g_new0(OfFonts, 1);
    fonts->map = map;
    /* One unit of cairo is one point. */
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(map), 72);
    fonts->context = pango_font_map_create_context(map);
    if (!has_any_font(fonts->context)) {
        g_object_unref(fonts->context);
        g_object_unref(map);
        g_free(fonts);
        g_set_error(error, OF_ERROR, OF_ERROR_ENVIRONMENT,
                    "no fonts are installed, or fontconfig does not find them: `fc-list` lists them");
        return NULL;
    }
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(fonts->context, options);
    cairo_font_options_destroy(options);
    pango_context_set_round_glyph_positions(fonts->context, FALSE);
    fonts->layout = pango_layout_new(fonts->context);
    pango_layout_set_single_paragraph_mode(fonts->layout, TRUE);
    for (guint i = 0; i < N_FACES; i++) {
        fonts->name[i] = g_strconcat(family, suffix[i], NULL);
        fonts->description[i] = pango_font_description_from_string(fonts->name[i]);
    }
    return fonts;
}

void of_fonts_free(OfFonts *fonts)
{
    if (fonts == NULL) {
        return;
    }
    for (guint i = 0; i < N_FACES; i++) {
        g_free(fonts->name[i]);
        pango_font_description_free(fonts->description[i]);
    }
    g_object_unref(fonts->layout);
    g_object_unref(fonts->context);
    g_object_unref(fonts->map);
    g_free(fonts);
}

bool of_fonts_is_family(const OfFonts *fonts, const char *family)
{
    return g_str_equal(fonts->name[OF_FACE_REGULAR], family);
}

gpointer of_fonts_map(const OfFonts *fonts)
{
    return fonts->map;
}

const char *of_fonts_name(const OfFonts *fonts, OfFace face)
{
    return fonts->name[face];
}

double of_fonts_width(OfFonts *fonts, OfFace face, double size, const char *text)
{
    PangoFontDescription *description = fonts->description[face];
    pango_font_description_set_size(description, (gint) (size * PANGO_SCALE + 0.5));
    pango_layout_set_font_description(fonts->layout, description);
    pango_layout_set_text(fonts->layout, text, -1);
    int width = 0;
    pango_layout_get_size(fonts->layout, &width, NULL);
    return (double) width / PANGO_SCALE;
}

/* The longest piece of word that fits, at least one character; words without spaces may be long. */
static gsize fitting_length(OfFonts *fonts, OfFace face, double size, const char *word, double width)
{
    glong low = 1, high = g_utf8_strlen(word, -1);
    while (low < high) {
        const glong middle = (low + high + 1) / 2;
        g_autofree char *piece = g_strndup(word, (gsize) (g_utf8_offset_to_pointer(word, middle) - word));
        if (of_fonts_width(fonts, face, size, piece) <= width) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    return (gsize) (g_utf8_offset_to_pointer(word, low) - word);
}

char **of_fonts_wrap(OfFonts *fonts, OfFace face, double size, const char *text, double width)
{
    GPtrArray *lines = g_ptr_array_new();
    g_autoptr(GString) line = g_string_new(NULL);
    g_auto(GStrv) words = g_strsplit_set(text, " \n\t", -1);
    for (char **word = words; *word != NULL; word++) {
        if (**word == '\0') {
            continue;
        }
        g_autofree char *longer = line->len > 0 ? g_strconcat(line->str, " ", *word, NULL) : g_strdup(*word);
        if (of_fonts_width(fonts, face, size, longer) <= width) {
            g_string_assign(line, longer);
            continue;
        }
        if (line->len > 0) {
            g_ptr_array_add(lines, g_strdup(line->str));
        }
        const char *rest = *word;
        while (of_fonts_width(fonts, face, size, rest) > width && g_utf8_strlen(rest, -1) > 1) {
            const gsize length = fitting_length(fonts, face, size, rest, width);
            g_ptr_array_add(lines, g_strndup(rest, length));
            rest += length;
        }
        g_string_assign(line, rest);
    }
    if (line->len > 0 || lines->len == 0) {
        g_ptr_array_add(lines, g_strdup(line->str));
    }
    g_ptr_array_add(lines, NULL);
    return (char **) g_ptr_array_free(lines, FALSE);
}
