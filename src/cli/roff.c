#include "cli/roff.h"

#include <stdbool.h>

/* At the start of a line a full stop or an apostrophe would begin a request. */
void roff_text(GString *page, const char *text)
{
    for (const char *at = text; *at != '\0'; at++) {
        const bool begins = at == text ? page->len == 0 || page->str[page->len - 1] == '\n' : at[-1] == '\n';
        if (begins && (*at == '.' || *at == '\'')) {
            g_string_append(page, "\\&");
        }
        switch (*at) {
        case '\\':
            g_string_append(page, "\\e");
            break;
        case '-':
            g_string_append(page, "\\-");
            break;
        case '`':
            g_string_append(page, "\\(ga");
            break;
        case '\'':
            g_string_append(page, "\\(aq");
            break;
        case '^':
            g_string_append(page, "\\(ha");
            break;
        case '~':
            g_string_append(page, "\\(ti");
            break;
        default:
            g_string_append_c(page, *at);
        }
    }
}

void roff_paragraphs(GString *page, const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    bool apart = false;
    for (char **line = lines; *line != NULL; line++) {
        if (**line == '\0') {
            apart = true;
            continue;
        }
        g_string_append(page, apart ? ".PP\n" : "");
        roff_text(page, *line);
        g_string_append_c(page, '\n');
        apart = false;
    }
}

void roff_item(GString *page, const char *name, const char *summary)
{
    g_string_append(page, ".TP\n.B ");
    roff_text(page, name);
    g_string_append_c(page, '\n');
    roff_paragraphs(page, summary);
}

void roff_lines(GString *page, const char *text)
{
    g_string_append(page, ".PP\n.RS 4\n.nf\n");
    roff_text(page, text);
    g_string_append(page, ".fi\n.RE\n");
}
