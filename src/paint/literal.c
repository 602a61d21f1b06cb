#include "paint/literal.h"
#include <hb.h>
#include <string.h>

#define REPLACEMENT                0xFFFD
#define POP_DIRECTIONAL_FORMATTING 0x202C
#define POP_DIRECTIONAL_ISOLATE    0x2069

static bool is_line_break_or_tab(gunichar c)
{
    return (c >= 0x09 && c <= 0x0D) || c == 0x85 || c == 0x2028 || c == 0x2029;
}

static bool is_bidi_control(gunichar c)
{
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

/* XML 1.0, production 2, without the C1 controls, which XML 1.0 only discourages, and without any noncharacter. */
static bool is_drawable(gunichar c)
{
    bool noncharacter = (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
    return c >= 0x20 && !(c >= 0x7F && c <= 0x9F) && !noncharacter;
}

char *of_literal_new(const char *text)
{
    const char *plain = text != NULL ? text : "";
    while (*plain >= 0x20 && *plain < 0x7F) {
        plain++;
    }
    if (*plain == '\0') { /* as most texts are */
        return g_strdup(text != NULL ? text : "");
    }
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    GString *literal = g_string_sized_new(strlen(valid));
    for (const char *p = valid; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        g_string_append_unichar(literal, is_line_break_or_tab(c) ? ' ' : is_drawable(c) ? c : REPLACEMENT);
    }
    return g_string_free(literal, FALSE);
}

/* The number of entries left once a PDI has come: it closes the innermost isolate with all embeddings opened inside (X6a), or
 * nothing. */
static gsize pop_isolate(const gunichar *closers, gsize n_open)
{
    for (gsize i = n_open; i > 0; i--) {
        if (closers[i - 1] == POP_DIRECTIONAL_ISOLATE) {
            return i - 1;
        }
    }
    return n_open;
}

char *of_literal_new_closed(const char *text)
{
    g_autofree char *literal = of_literal_new(text);
    GString *closed = g_string_new(literal);
    g_autofree gunichar *closers = g_new(gunichar, strlen(literal) + 1);
    gsize n_open = 0;

    for (const char *p = literal; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (c == POP_DIRECTIONAL_ISOLATE) {
            n_open = pop_isolate(closers, n_open);
        } else if (c == POP_DIRECTIONAL_FORMATTING) {
            /* Inside an isolate it cannot close what was opened before (X7). */
            n_open -= n_open > 0 && closers[n_open - 1] == c ? 1 : 0;
        } else if (is_bidi_control(c)) {
            closers[n_open++] = c >= 0x2066 ? POP_DIRECTIONAL_ISOLATE : POP_DIRECTIONAL_FORMATTING;
        }
    }
    while (n_open > 0) {
        g_string_append_unichar(closed, closers[--n_open]);
    }
    return g_string_free(closed, FALSE);
}

bool of_literal_has_bidi_controls(const char *literal)
{
    for (const char *p = literal; *p != '\0'; p = g_utf8_next_char(p)) {
        if (is_bidi_control(g_utf8_get_char(p))) {
            return true;
        }
    }
    return false;
}

bool of_literal_is_right_to_left(const char *literal)
{
    hb_unicode_funcs_t *unicode = hb_unicode_funcs_get_default();
    for (const char *p = literal; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (g_unichar_isalpha(c)) {
            return hb_script_get_horizontal_direction(hb_unicode_script(unicode, c)) == HB_DIRECTION_RTL;
        }
    }
    return false;
}
