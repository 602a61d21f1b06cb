#include "paint/font.h"
#include <pango/pango.h>
#include <string.h>

/* By the first word that a family's name holds; the last row is for all others. */
static const struct {
    const char *word, *fallback, *generic;
} kinds[] = {
    {"mono", "Menlo, Consolas", "monospace"},          {"courier", "Menlo, Consolas", "monospace"},
    {"sans", "'Helvetica Neue', Arial", "sans-serif"}, {"serif", "Georgia, 'Times New Roman'", "serif"},
    {"", "'Helvetica Neue', Arial", "sans-serif"},
};

/* Names that stand for a kind and no family of their own: pango's and fontconfig's, and CSS's. */
static const char *const generic_names[] = {"sans", "sans-serif", "serif", "mono", "monospace", "system-ui", NULL};

static const char *const stretches[] = {
    [PANGO_STRETCH_ULTRA_CONDENSED] = "ultra-condensed",
    [PANGO_STRETCH_EXTRA_CONDENSED] = "extra-condensed",
    [PANGO_STRETCH_CONDENSED] = "condensed",
    [PANGO_STRETCH_SEMI_CONDENSED] = "semi-condensed",
    [PANGO_STRETCH_NORMAL] = "normal",
    [PANGO_STRETCH_SEMI_EXPANDED] = "semi-expanded",
    [PANGO_STRETCH_EXPANDED] = "expanded",
    [PANGO_STRETCH_EXTRA_EXPANDED] = "extra-expanded",
    [PANGO_STRETCH_ULTRA_EXPANDED] = "ultra-expanded",
};

static const char *const slants[] = {
    [PANGO_STYLE_NORMAL] = "normal",
    [PANGO_STYLE_OBLIQUE] = "oblique",
    [PANGO_STYLE_ITALIC] = "italic",
};

static char **split_families(const char *list)
{
    g_autoptr(GPtrArray) families = g_ptr_array_new_with_free_func(g_free);
    g_auto(GStrv) parts = g_strsplit(list != NULL ? list : "", ",", -1);
    for (guint i = 0; parts[i] != NULL; i++) {
        char *family = g_strstrip(parts[i]);
        if (*family != '\0') {
            g_ptr_array_add(families, g_strdup(family));
        }
    }
    if (families->len == 0) {
        g_ptr_array_add(families, g_strdup("sans-serif"));
    }
    g_ptr_array_add(families, NULL);
    return (char **) g_ptr_array_free(g_steal_pointer(&families), FALSE);
}

OfFont *of_font_new(const char *description)
{
    PangoFontDescription *parsed = pango_font_description_from_string(description != NULL ? description : "");
    guint style = (guint) pango_font_description_get_style(parsed);
    guint stretch = (guint) pango_font_description_get_stretch(parsed);
    int weight = CLAMP((int) pango_font_description_get_weight(parsed), 100, 900);

    OfFont *font = g_new0(OfFont, 1);
    font->families = split_families(pango_font_description_get_family(parsed));
    font->weight = ((guint) weight + 50) / 100 * 100;
    font->slant = slants[style < G_N_ELEMENTS(slants) ? style : PANGO_STYLE_NORMAL];
    font->stretch = stretches[stretch < G_N_ELEMENTS(stretches) ? stretch : PANGO_STRETCH_NORMAL];
    pango_font_description_free(parsed);
    return font;
}

void of_font_free(OfFont *font)
{
    if (font != NULL) {
        g_strfreev(font->families);
        g_free(font);
    }
}

/* A family as CSS writes it: one plain word as it is, all else as a quoted string (CSS Syntax Level 3, 4.3.5 and 4.3.7). */
static void append_css_family(GString *css, const char *family)
{
    gsize n_plain = 0;
    while (g_ascii_isalnum(family[n_plain]) || (n_plain > 0 && family[n_plain] == '-')) {
        n_plain++;
    }
    if (family[n_plain] == '\0' && g_ascii_isalpha(family[0])) {
        g_string_append(css, family);
        return;
    }
    g_string_append_c(css, '\'');
    for (const char *p = family; *p != '\0'; p++) {
        if (*p == '\'' || *p == '\\') {
            g_string_append_c(css, '\\');
        }
        g_string_append_c(css, *p);
    }
    g_string_append_c(css, '\'');
}

static guint find_kind(const char *family)
{
    g_autofree char *lower = g_ascii_strdown(family, -1);
    guint kind = 0;
    while (strstr(lower, kinds[kind].word) == NULL) {
        kind++;
    }
    return kind;
}

char *of_font_css_families(const OfFont *font)
{
    GString *css = g_string_new(NULL);
    bool named = false;

    for (guint i = 0; font->families[i] != NULL; i++) {
        g_autofree char *lower = g_ascii_strdown(font->families[i], -1);
        if (!g_strv_contains(generic_names, lower)) {
            g_string_append(css, named ? ", " : "");
            append_css_family(css, font->families[i]);
            named = true;
        }
    }
    guint kind = find_kind(font->families[0]);
    if (named) {
        g_string_append_printf(css, ", %s, ", kinds[kind].fallback);
    }
    g_string_append(css, kinds[kind].generic);
    return g_string_free(css, FALSE);
}
