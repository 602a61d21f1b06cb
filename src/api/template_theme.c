#include "api/template_theme.h"

#define INK_CONTRAST 7.0 /* of titles and names, see OfTheme */
#define TINT_SHARE   0.2 /* of an accent in the fill that its stance has */

typedef struct {
    const OfTemplate *template;
    OfArena *arena;
    OfTheme *theme;
} Making;

static const char *keep(const Making *making, char *color)
{
    const char *kept = of_arena_text(making->arena, color);
    g_free(color);
    return kept;
}

/* The one of two that stands out more. */
static const char *farther(const char *a, const char *b, const char *from)
{
    return of_color_contrast(a, from) >= of_color_contrast(b, from) ? a : b;
}

/* An accent, one that is mixed with the ink where there are no more of them. */
static char *pick_accent(const Making *making, guint index)
{
    const char *accent = making->template->colors[OF_TEMPLATE_ACCENT_1 + index % OF_TEMPLATE_ACCENTS];
    return index < OF_TEMPLATE_ACCENTS ? g_strdup(accent) : of_color_mix(making->theme->ink, accent, 0.5);
}

static void set_grounds(Making *making)
{
    OfTheme *theme = making->theme;
    char *const *colors = making->template->colors;
    const char *text = farther(colors[OF_TEMPLATE_TEXT_1], colors[OF_TEMPLATE_BACKGROUND_1], making->template->background);
    theme->background = of_arena_text(making->arena, making->template->background);
    const char *extreme = farther("#000000", "#ffffff", theme->background);
    theme->ink = keep(making, of_color_mix_until(text, extreme, theme->background, INK_CONTRAST));
    g_autofree char *receding = of_color_mix(theme->ink, theme->background, 0.65);
    theme->muted = keep(making, of_color_mix_until(receding, theme->ink, theme->background, OF_CONTRAST_TEXT));
    theme->faint = keep(making, of_color_mix(theme->ink, theme->background, 0.2));
    theme->panel = keep(making, of_color_mix(theme->ink, theme->background, 0.04));
    theme->lab_rest = theme->muted;
    theme->stance_rest = keep(making, of_color_mix(theme->ink, theme->background, 0.1));
}

static void set_hues(Making *making)
{
    OfTheme *theme = making->theme;
    for (guint i = 0; i < OF_THEME_HUES; i++) {
        g_autofree char *accent = pick_accent(making, i);
        g_autofree char *tint = of_color_mix(accent, theme->background, TINT_SHARE);
        theme->lab_hues[i] = keep(making, of_color_mix_until(accent, theme->ink, theme->background, OF_CONTRAST_TEXT));
        theme->stance_tints[i] = keep(making, of_color_mix_until(tint, theme->background, theme->ink, OF_CONTRAST_TEXT));
    }
}

const OfTheme *of_template_theme_new(const OfTemplate *template, const char *font, OfArena *arena)
{
    Making making = {template, arena, of_arena_new_array(arena, OfTheme, 1)};
    *making.theme = (OfTheme){.name = "template", .summary = "the colours of a template"};
    set_grounds(&making);
    set_hues(&making);
    making.theme->font = font != NULL ? of_arena_text(arena, font) : NULL;
    return making.theme;
}
