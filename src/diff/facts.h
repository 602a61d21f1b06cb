/* A story as plain text, for tools that compare lines and words. */
#ifndef OF_DIFF_FACTS_H
#define OF_DIFF_FACTS_H

#include "model/story.h"

/* Appends what is declared, in canonical form and order, a fact a line: "person lample lab: fair". Of a list of mappings (stints)
 * each entry is a line, so that one that is put in between is one line more. What has no id is a line as a whole, since its key
 * would change with what it says. Control characters are escaped. */
void of_facts_write(GString *out, const OfStory *story);

#endif
