/* Untrusted text in HTML. */
#ifndef OF_PAINT_PAGE_TEXT_H
#define OF_PAINT_PAGE_TEXT_H

#include <glib.h>

/* Appends a text as it reads, for an element or a quoted attribute. NULL is "". */
void of_page_append_text(GString *page, const char *text);

/* The same between an opening and a closing. */
void of_page_append_element(GString *page, const char *open, const char *text, const char *close);

#endif
