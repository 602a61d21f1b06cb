/* The theme that drawings on a template's slides are drawn in. */
#ifndef OF_API_TEMPLATE_THEME_H
#define OF_API_TEMPLATE_THEME_H

#include "base/arena.h"
#include "paint/template.h"
#include "view/theme.h"

/* The template's colours in the roles of a drawing, each mixed with its ink as far as it takes to be read; where nothing has to
 * be mixed the colour is the template's own. font: family, or NULL. Texts live in the arena. */
const OfTheme *of_template_theme_new(const OfTemplate *template, const char *font, OfArena *arena);

#endif
