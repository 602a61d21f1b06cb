/* The languages of a line of text, which choose among the forms and fonts that a script has. */
#ifndef OF_TYPE_LANGUAGE_H
#define OF_TYPE_LANGUAGE_H

#include <pango/pango.h>

/* One attribute for each stretch of one script: the page's language where it is written in that script, else one fixed for the
 * script. Left to itself pango asks the environment (LANGUAGE, LC_CTYPE), so that a Russian name would look Serbian on a Serbian
 * machine. Owned by the caller. */
PangoAttrList *of_language_attributes(const char *literal, PangoLanguage *page);

#endif
