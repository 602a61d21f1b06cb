#include "text/yaml_text.h"

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
    const char *plain = text;
    while (*plain >= ' ' && *plain < 0x7f && *plain != '"' && *plain != '\\') {
        plain++;
    }
    g_string_append_len(out, text, plain - text);
    for (const char *at = plain; *at != '\0'; at = g_utf8_next_char(at)) {
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
        if (g_ascii_strcasecmp(words[i], id) == 0) {
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
    /* `?` would begin a key within brackets for some readers. */
    const char *at = date;
    while (g_ascii_isdigit(*at) || (*at != '\0' && strchr("-~%/.", *at) != NULL)) {
        at++;
    }
    if (*at == '\0' && g_ascii_isdigit(*date)) {
        g_string_append_len(out, date, at - date);
    } else {
        of_yaml_append_quoted(out, date);
    }
}

bool of_yaml_is_plain(const char *text)
{
    const gsize length = strlen(text);
    const bool begins_well = g_ascii_isalnum(*text) || *text == '_' || *text == '/' || *text == '.' || (guchar) *text >= 0xc3;
    if (!begins_well || text[length - 1] == ' ' || g_str_has_prefix(text, "...")) {
        return false;
    }
    for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at)) {
        const gunichar c = g_utf8_get_char(at);
        const bool plain =
            c < 0x80 ? g_ascii_isalnum((char) c) || strchr(" -._/()'+~%;=@$^!", (int) c) != NULL : g_unichar_isalpha(c);
        if (!plain) {
            return false;
        }
    }
    return true;
}

bool of_yaml_is_string(const char *text)
{
    /* What begins like a number may be one; a month or day is none. */
    const bool numeric = g_ascii_isdigit(*text) || *text == '.';
    const bool is_date =
        strlen(text) >= 7 && strspn(text, "0123456789") == 4 && text[4] == '-' && strspn(text, "0123456789-") == strlen(text);
    return of_yaml_is_plain(text) && !is_special_word(text) && (!numeric || is_date);
}

/* Whether it can stand in single quotes on one line. */
static bool is_quotable(const char *text)
{
    for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at)) {
        const gunichar c = g_utf8_get_char(at);
        if (c != '"' && c != '\\' && !is_raw(c)) {
            return false;
        }
    }
    return true;
}

void of_yaml_append_text(GString *out, const char *text)
{
    if (of_yaml_is_string(text)) {
        g_string_append(out, text);
    } else {
        of_yaml_append_quoted(out, text);
    }
}

void of_yaml_append_single(GString *out, const char *text)
{
    if (is_quotable(text)) {
        g_auto(GStrv) parts = g_strsplit(text, "'", -1);
        g_autofree char *doubled = g_strjoinv("''", parts);
        g_string_append_printf(out, "'%s'", doubled);
    } else {
        of_yaml_append_quoted(out, text);
    }
}
