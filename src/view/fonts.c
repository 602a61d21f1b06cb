#include "view/fonts.h"

#include "base/hash.h"
#include "base/limits.h"
#include <pango/pangocairo.h>
#include <string.h>

enum { N_FACES = OF_FACE_ITALIC + 1 };

struct OfFonts {
    PangoFontMap *map;
    PangoContext *context;
    PangoContext *hinted; /* as Graphviz measures; NULL until it is needed */
    GHashTable *widths;   /* face, size and text → width: a page is measured for several arrangements */
    char *name[N_FACES];
    PangoFontDescription *description[N_FACES];
};

/* What is found for a family at a size that is measured with later: each one looked for takes fontconfig some time, and to list
 * all families takes more. NULL where there is no font at all. Owned by the caller. */
static char *found_family(PangoContext *context, const char *family)
{
    PangoFontDescription *wanted = pango_font_description_from_string(family);
    pango_font_description_set_size(wanted, (gint) (OF_SIZE_NOTE * PANGO_SCALE));
    PangoFont *font = pango_context_load_font(context, wanted);
    pango_font_description_free(wanted);
    if (font == NULL) {
        return NULL;
    }
    PangoFontDescription *found = pango_font_describe(font);
    char *name = g_strdup(pango_font_description_get_family(found));
    pango_font_description_free(found);
    g_object_unref(font);
    return name;
}

OfFonts *of_fonts_new(const char *wanted, GError **error)
{
    static const char *const suffix[N_FACES] = {"", " Bold", " Italic"};
    PangoFontMap *map = pango_cairo_font_map_new();
    const char *first = wanted != NULL ? wanted : "Inter";
    OfFonts *fonts = g_new0(OfFonts, 1);
    fonts->map = map;
    /* One unit of cairo is one point. */
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(map), 72);
    fonts->context = pango_font_map_create_context(map);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(fonts->context, options);
    cairo_font_options_destroy(options);
    pango_context_set_round_glyph_positions(fonts->context, FALSE);
    fonts->widths = g_hash_table_new_full(of_text_hash, g_str_equal, g_free, NULL);
    g_autofree char *found = found_family(fonts->context, first);
    const char *family = found != NULL && g_ascii_strcasecmp(found, first) == 0 ? first : "Sans";
    for (guint i = 0; i < N_FACES; i++) {
        fonts->name[i] = g_strconcat(family, suffix[i], NULL);
        fonts->description[i] = pango_font_description_from_string(fonts->name[i]);
    }
    if (found == NULL) {
        g_clear_pointer(&fonts, of_fonts_free);
        g_set_error(error, OF_ERROR, OF_ERROR_ENVIRONMENT,
                    "no fonts are installed, or fontconfig does not find them: `fc-list` lists them");
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
    g_hash_table_unref(fonts->widths);
    g_clear_object(&fonts->hinted);
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

/* The width of a line of text in pango's units: of its glyphs alone. A PangoLayout would look at outlines and metrics too, of each
 * font in each size, which takes longer than to find the glyphs. attributes hold the font. *boxed, where it is not NULL, tells whether a
 * character has no glyph in any font, and a box with its number is drawn. */
static int width_of(PangoContext *context, PangoAttrList *attributes, const char *text, bool *boxed)
{
    const int length = (int) strlen(text);
    const PangoShapeFlags flags = pango_context_get_round_glyph_positions(context) ? PANGO_SHAPE_ROUND_POSITIONS : PANGO_SHAPE_NONE;
    GList *items = pango_itemize(context, text, 0, length, attributes, NULL);
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

static int measure(OfFonts *fonts, OfFace face, int size, const char *text)
{
    PangoFontDescription *description = fonts->description[face];
    pango_font_description_set_size(description, size);
    PangoAttrList *attributes = pango_attr_list_new();
    pango_attr_list_insert(attributes, pango_attr_font_desc_new(description));
    const int width = width_of(fonts->context, attributes, text, NULL);
    pango_attr_list_unref(attributes);
    return width;
}

double of_fonts_width(OfFonts *fonts, OfFace face, double size, const char *text)
{
    const int units = (int) (size * PANGO_SCALE + 0.5);
    g_autofree char *key = g_strdup_printf("%d %d %s", (int) face, units, text);
    gpointer width = NULL;
    if (!g_hash_table_lookup_extended(fonts->widths, key, NULL, &width)) {
        width = GINT_TO_POINTER(measure(fonts, face, units, text));
        g_hash_table_insert(fonts->widths, g_steal_pointer(&key), width);
    }
    return (double) GPOINTER_TO_INT(width) / PANGO_SCALE;
}

/* ---- As Graphviz does ---- */

#define PIXELS_PER_INCH 96.0 /* of gvplugin_pango */
#define POINTS_PER_INCH 72.0

static PangoContext *hinted_context(PangoFontMap *map)
{
    PangoContext *context = pango_font_map_create_context(map);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_FULL);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_ON);
    cairo_font_options_set_subpixel_order(options, CAIRO_SUBPIXEL_ORDER_BGR);
    pango_cairo_context_set_font_options(context, options);
    pango_cairo_context_set_resolution(context, PIXELS_PER_INCH);
    cairo_font_options_destroy(options);
    return context;
}

bool of_fonts_measure_span(OfFonts *fonts, const char *name, double size, bool bold, bool italic, const char *text, double *width)
{
    if (!(size > 0 && size < (double) (G_MAXINT / PANGO_SCALE))) {
        return false;
    }
    if (fonts->hinted == NULL) {
        fonts->hinted = hinted_context(fonts->map);
    }
    PangoFontDescription *description = pango_font_description_from_string(name);
    pango_font_description_set_size(description, (gint) (size * PANGO_SCALE));
    PangoAttrList *attributes = pango_attr_list_new();
    pango_attr_list_insert(attributes, pango_attr_font_desc_new(description));
    if (bold) {
        pango_attr_list_insert(attributes, pango_attr_weight_new(PANGO_WEIGHT_BOLD));
    }
    if (italic) {
        pango_attr_list_insert(attributes, pango_attr_style_new(PANGO_STYLE_ITALIC));
    }
    bool boxed = false;
    *width = width_of(fonts->hinted, attributes, text, &boxed) * (POINTS_PER_INCH / (PIXELS_PER_INCH * PANGO_SCALE));
    if (boxed) { /* hinted boxes are up to twice as wide as those that are drawn */
        *width = (double) width_of(fonts->context, attributes, text, NULL) / PANGO_SCALE;
    }
    pango_attr_list_unref(attributes);
    pango_font_description_free(description);
    return true;
}

/* ---- Lines ---- */

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

/* The line that begins with prefix and goes on with n words. Owned by the caller. */
static char *join_words(const char *prefix, char **words, guint n)
{
    GString *line = g_string_new(prefix);
    for (guint i = 0; i < n; i++) {
        g_string_append_printf(line, "%s%s", line->len > 0 ? " " : "", words[i]);
    }
    return g_string_free(line, FALSE);
}

static double width_of_words(OfFonts *fonts, OfFace face, double size, const char *prefix, char **words, guint n)
{
    g_autofree char *line = join_words(prefix, words, n);
    return of_fonts_width(fonts, face, size, line);
}

/* How many of n words fit behind prefix: 0 where not even the first does. What a line is wide by its letters says nearly where it is
 * to be broken, so that few lines have to be measured; more words are always wider. */
static guint count_fitting(OfFonts *fonts, OfFace face, double size, const char *prefix, char **words, guint n, double width)
{
    const double all = width_of_words(fonts, face, size, prefix, words, n);
    if (all <= width) {
        return n;
    }
    g_autofree char *line = join_words(prefix, words, n);
    const gsize letters = (gsize) (width / all * (double) strlen(line));
    gsize length = strlen(prefix);
    guint fitting = 0;
    while (fitting + 1 < n && length + strlen(words[fitting]) + (length > 0) <= letters) {
        length += strlen(words[fitting++]) + (length > 0);
    }
    while (fitting > 0 && width_of_words(fonts, face, size, prefix, words, fitting) > width) {
        fitting--;
    }
    while (fitting + 1 < n && width_of_words(fonts, face, size, prefix, words, fitting + 1) <= width) {
        fitting++;
    }
    return fitting;
}

/* Adds the pieces of a word that is too wide as lines of their own. Returns the last one, which the next words may follow. */
static char *break_word(OfFonts *fonts, OfFace face, double size, const char *word, double width, GPtrArray *lines)
{
    const char *rest = word;
    while (of_fonts_width(fonts, face, size, rest) > width && g_utf8_strlen(rest, -1) > 1) {
        const gsize length = fitting_length(fonts, face, size, rest, width);
        g_ptr_array_add(lines, g_strndup(rest, length));
        rest += length;
    }
    return g_strdup(rest);
}

/* The words of a text, without empty ones. */
static GPtrArray *list_words(const char *text)
{
    GPtrArray *words = g_ptr_array_new_with_free_func(g_free);
    g_auto(GStrv) parts = g_strsplit_set(text, " \n\t", -1);
    for (char **part = parts; *part != NULL; part++) {
        if (**part != '\0') {
            g_ptr_array_add(words, g_strdup(*part));
        }
    }
    return words;
}

char **of_fonts_wrap(OfFonts *fonts, OfFace face, double size, const char *text, double width)
{
    GPtrArray *lines = g_ptr_array_new();
    g_autoptr(GPtrArray) words = list_words(text);
    g_autofree char *prefix = g_strdup("");
    for (guint at = 0; at < words->len || *prefix != '\0';) {
        char **next = (char **) words->pdata + at;
        const guint n = at < words->len ? count_fitting(fonts, face, size, prefix, next, words->len - at, width) : 0;
        if (n == 0 && *prefix == '\0') {
            g_free(prefix);
            prefix = break_word(fonts, face, size, *next, width, lines);
            at++;
            continue;
        }
        g_ptr_array_add(lines, join_words(prefix, next, n));
        at += n;
        *prefix = '\0';
    }
    if (lines->len == 0) {
        g_ptr_array_add(lines, g_strdup(""));
    }
    g_ptr_array_add(lines, NULL);
    return (char **) g_ptr_array_free(lines, FALSE);
}
