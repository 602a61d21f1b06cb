/* Themes of a file's own: YAML that says what differs from a theme of the table. */
#ifndef OF_API_THEME_FILE_H
#define OF_API_THEME_FILE_H

#include "base/arena.h"
#include "base/diagnostics.h"
#include "base/limits.h"
#include "view/theme.h"

/* Reads a theme:
 *
 *     orgflow-theme: 1          # required: the format's version
 *     base: light               # a theme of the table, for all that is not said; light unless told
 *     colors:                   # by role
 *       background: "#ffffff"   # also ink, muted, faint, panel, lab_rest, stance_rest
 *       labs: ["#0b5fa5"]       # up to eight hues, and
 *       stances: ["#d6e6f7"]    # up to eight tints; where there are fewer, those of the base follow
 *     font: Source Sans 3       # a family
 *     lines: 1.2                # a factor of all lines' widths, 0.25 to 4
 *     lanes: outlined           # or filled (of a storyline)
 *
 * Problems go to diagnostics; so does, as a warning, each colour that has too little contrast with what it stands on. Returns NULL where there was an error, else the
 * theme, which lives as long as the arena. */
const OfTheme *of_theme_read(const OfSourceText *text, const OfLimits *limits, OfArena *arena, OfDiagnostics *diagnostics);

#endif
