#include "exchange/yaml_text.h"

#include <stdbool.h>
#include <string.h>

/* What may stand in a double-quoted scalar as it is. */
static bool is_raw(gunichar c)
{
    return (c >= 0x20 && c < 0x7f && c != '"' && c != '\\') ||
           (c >= 0xa0 && c < 0xfffe && c != 0x2028 && c != 0x2029 && c != 0xfeff) || c > 0xffff;
}

void of_yaml_append_quoted(GString *out, const char *text)
{
    static const struct {
        gunichar c;
        const char *escape;
    } named[] = {{'"', "\\\""}, {'\\', "\\\\"}, {'\n', "\\n"}, {'\r', "\\r"}, {'\t', "\\t"}};
    g_string_append_c(out, '"');
    for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at)) {
        const gunichar c = g_utf8_get_char(at);
        const char *escape = NULL;
        for (gsize i = 0; i < G_N_ELEMENTS(named); i++) {
            escape = named[i].c == c ? named[i].escape : escape;
        }
        if (escape != NULL) {
            g_string_append(out, escape);
        } else if (is_raw(c)) {
            g_string_append_len(out, at, (gssize) (g_utf8_next_char(at) - at));
        } else {
            g_string_append_printf(out, "\\u%04X", c);
        }
    }
    g_string_append_c(out, '"');
}

/* Words that YAML 1.1 or 1.2 readers take for something other than a string. */
static bool is_special_word(const char *id)
{
    static const char *const words[] = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"};
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
        if (strcmp(words[i], id) == 0) {
            return true;
        }
    }
    return false;
}

void of_yaml_append_id(GString *out, const char *id)
{
    const bool plain =
        g_ascii_islower(*id) && strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-._") == strlen(id) && !is_special_word(id);
    if (plain) {
        g_string_append(out, id);
    } else {
        of_yaml_append_quoted(out, id);
    }
}

void of_yaml_append_date(GString *out, const char *date)
{
    if (strspn(date, "0123456789-") == strlen(date)) {
        g_string_append(out, date);
    } else {
        of_yaml_append_quoted(out, date);
    }
}
