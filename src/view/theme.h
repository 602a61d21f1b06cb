/* Themes: the colours of a drawing by their role. Colours are "#rrggbb". */
#ifndef OF_VIEW_THEME_H
#define OF_VIEW_THEME_H

#include "model/story.h"
#include "view/revisions.h"

#define OF_THEME_HUES 8

typedef struct {
    const char *name, *summary;
    const char *background;
    const char *ink;                         /* titles and names: at least 7 : 1 on the background */
    const char *muted;                       /* dates, notes: at least 4.5 : 1 */
    const char *faint;                       /* rules, frames */
    const char *panel;                       /* fill of what encloses labs */
    const char *lab_hues[OF_THEME_HUES];     /* lines and names: colour-blind safe, each at least 4.5 : 1 */
    const char *lab_rest;                    /* labs beyond the hues */
    const char *stance_tints[OF_THEME_HUES]; /* fills under ink: at least 4.5 : 1 with it */
    const char *stance_rest;
    bool greys;       /* colours of the data become greys too */
    const char *font; /* family, or NULL: Inter where it is installed, else the system's sans-serif */
    double lines;     /* factor of all lines' widths; 0: 1 */
    bool outlined;    /* lanes of a storyline have no tint but at their edges */
} OfTheme;

/* Least contrasts: of text, and of text that recedes behind what is highlighted. */
#define OF_CONTRAST_TEXT    4.5
#define OF_CONTRAST_RECEDED 2.5

/* The table, ended by a row whose name is NULL. */
extern const OfTheme of_themes[];
const OfTheme *of_theme_find(const char *name); /* NULL name: the first; NULL where there is none of that name */

/* A mixture: share 1 is over, 0 is under. Result "#rrggbb", owned by the caller. */
char *of_color_mix(const char *over, const char *under, double share);

/* Contrast of two colours, 1 … 21, as the Web Content Accessibility Guidelines define it. */
double of_color_contrast(const char *a, const char *b);

/* color mixed with as much of towards as it takes to have the contrast with against; towards itself where nothing less has.
 * Owned by the caller. */
char *of_color_mix_until(const char *color, const char *towards, const char *against, double contrast);

/* Which colour each lab and each stance has, the same in every view of a story: `color` where the data says one, darkened or
 * lightened until it can be read on the theme's background (a lab's) or has ink on it that can be read (a strategy's); else
 * the labs at the top of the tree take the hues by how many people were ever in them (where nobody is known by name, by aggregated moves; then by id), and labs below wear their
 * ancestor's; strategies take the tints in the order in which labs turned to them. */
typedef struct OfColoring OfColoring;
OfColoring *of_coloring_new(const OfStory *story, const OfTheme *theme);
/* Adds an earlier revision: what is in both keeps its colour, labs and strategies of the old side alone take what is left, by the same
 * rules. */
void of_coloring_add(OfColoring *coloring, const OfStory *old, const OfRevisions *revisions);
void of_coloring_free(OfColoring *coloring);                                            /* takes NULL */
const char *of_coloring_lab(const OfColoring *coloring, const OfLab *lab);              /* NULL lab: the muted colour */
const char *of_coloring_stance(const OfColoring *coloring, const OfStrategy *strategy); /* NULL: the rest */

#endif
