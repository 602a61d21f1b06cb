#include "paint/page_text.h"

#include "paint/literal.h"

void of_page_append_text(GString *page, const char *text)
{
    g_autofree char *literal = of_literal_new_closed(text);
    g_autofree char *escaped = g_markup_escape_text(literal, -1);
    g_string_append(page, escaped);
}

void of_page_append_element(GString *page, const char *open, const char *text, const char *close)
{
    g_string_append(page, open);
    of_page_append_text(page, text);
    g_string_append(page, close);
}
