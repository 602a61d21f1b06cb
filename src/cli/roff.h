/* Manual pages in the macros of man(7): pieces of text appended to a page. */
#ifndef OF_CLI_ROFF_H
#define OF_CLI_ROFF_H

#include <glib.h>

/* Text as roff takes it literally. */
void roff_text(GString *page, const char *text);

/* Lines as one paragraph each, apart where one is empty. */
void roff_paragraphs(GString *page, const char *text);

/* A name in bold, and what it is below it. */
void roff_item(GString *page, const char *name, const char *summary);

/* Lines as they are, in the font of programs. */
void roff_lines(GString *page, const char *text);

#endif
