/* Font descriptions taken apart for formats that name family, weight and slant one by one. */
#ifndef OF_PAINT_FONT_H
#define OF_PAINT_FONT_H

#include <glib.h>
#include <stdbool.h>

typedef struct {
    char **families;     /* as the description lists them, at least one; ended by NULL */
    guint weight;        /* 100 to 900 in hundreds, 400 is regular */
    const char *slant;   /* "normal", "italic" or "oblique" */
    const char *stretch; /* "normal", "condensed", … as CSS names them */
} OfFont;

/* Splits a pango font description ("Inter Bold", "Inter, Arial Italic"); a size in it is passed over. NULL and descriptions
 * without a family give the family "sans-serif". Owned by the caller. */
OfFont *of_font_new(const char *description);
void of_font_free(OfFont *font); /* takes NULL */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OfFont, of_font_free)

/* The families as a CSS list, ended by families of the same kind that every machine has: "Inter, 'Helvetica Neue', Arial,
 * sans-serif". Names that are no plain words stand in single quotes with CSS escapes. Owned by the caller. */
char *of_font_css_families(const OfFont *font);

#endif
