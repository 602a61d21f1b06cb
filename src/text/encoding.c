#define _GNU_SOURCE /* memmem */
#include "text/encoding.h"

#include <string.h>

#include "base/text_index.h"

/* ---- Characters that stop or warn ---- */

static bool is_control(gunichar c)
{
    return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || (c >= 0x7f && c < 0xa0);
}

static bool turns_direction(gunichar c)
{
    return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

gint32 of_encoding_find_control(const char *text, gsize length)
{
    for (const char *at = text; at < text + length; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        if (is_control(c)) {
            return (gint32) c;
        }
    }
    return -1;
}

/* All bidi controls that turn text lie in U+2000…U+2FFF, so their first byte is 0xE2. */
gint32 of_encoding_find_bidi(const char *text, gsize length)
{
    const char *end = text + length;
    for (const char *at = text; (at = memchr(at, 0xe2, (gsize) (end - at))) != NULL; at++) {
        gunichar c = g_utf8_get_char(at);
        if (turns_direction(c)) {
            return (gint32) c;
        }
    }
    return -1;
}

/* ---- The whole text ---- */

typedef struct {
    const OfSourceText *text;
    OfDiagnostics *diagnostics;
    OfTextMark mark;         /* of the last problem: places are found by moving on from it */
    guint last_control_line; /* one message a line is enough: a binary file is full of them */
    guint last_bidi_line;
    bool failed;
} Scan;

static void report(Scan *scan, OfSeverity severity, const char *code, gsize offset, const char *hint, const char *message)
{
    of_text_mark_move(scan->text, &scan->mark, offset);
    OfPlace place = {scan->text, scan->mark.line, scan->mark.column, 1};
    scan->failed = scan->failed || severity == OF_SEVERITY_ERROR;
    of_diagnostics_add(scan->diagnostics, severity, code, &place, g_strdup(hint), "%s", message);
}

typedef enum { MAYBE_UTF8, UTF16, UTF32 } Wide;

/* Whether the bytes are UTF-16 or UTF-32, by a byte order mark or because of the 0 bytes between those of the beginning, which is
 * ASCII in any YAML of ours. The mark of UTF-32 in little-endian order begins with that of UTF-16. */
static Wide find_wide(const OfSourceText *text)
{
    const guchar *b = (const guchar *) text->bytes;
    if (text->length >= 4) {
        if ((b[1] == 0 || (b[0] == 0xff && b[1] == 0xfe)) && b[0] != 0 && b[2] == 0 && b[3] == 0) {
            return UTF32;
        }
        if (b[0] == 0 && b[1] == 0 && (b[2] == 0 ? b[3] != 0 : b[2] == 0xfe && b[3] == 0xff)) {
            return UTF32;
        }
        if ((b[0] != 0 && b[1] == 0 && b[3] == 0) || (b[0] == 0 && b[2] == 0 && b[1] != 0)) {
            return UTF16;
        }
    }
    return text->length >= 2 && ((b[0] == 0xff && b[1] == 0xfe) || (b[0] == 0xfe && b[1] == 0xff)) ? UTF16 : MAYBE_UTF8;
}

/* Bytes that begin a character which needs a look: controls, and the first bytes of U+0080…U+00BF (0xC2), U+2000…U+2FFF (0xE2) and
 * U+F000…U+FFFF (0xEF). */
static bool needs_look(guchar byte)
{
    return (byte < 0x20 && byte != '\n' && byte != '\r' && byte != '\t') || byte == 0x7f || byte == 0xc2 || byte == 0xe2 ||
           byte == 0xef;
}

/* Whether the byte at offset is the first of its kind on its line, the last such line being *last_line. */
static bool is_first_of_line(Scan *scan, gsize offset, guint *last_line)
{
    of_text_mark_move(scan->text, &scan->mark, offset);
    bool is_first = scan->mark.line != *last_line;
    *last_line = scan->mark.line;
    return is_first;
}

static void report_control(Scan *scan, gsize offset, gunichar c)
{
    if (is_first_of_line(scan, offset, &scan->last_control_line)) {
        g_autofree char *message = g_strdup_printf("the control character U+%04X cannot stand in a text", c);
        report(scan, OF_SEVERITY_ERROR, "control-character", offset, NULL, message);
    }
}

static void look_at(Scan *scan, gsize offset)
{
    gunichar c = g_utf8_get_char(scan->text->bytes + offset);
    g_autofree char *message = NULL;
    if (is_control(c)) {
        report_control(scan, offset, c);
    } else if (c == 0x2028 || c == 0x2029) {
        message = g_strdup_printf("the invisible line separator U+%04X cannot stand here", c);
        report(scan, OF_SEVERITY_ERROR, "line-separator", offset, "end the line in the usual way, or take the character out",
               message);
    } else if (c == 0xfffe || c == 0xffff) {
        message = g_strdup_printf("U+%04X is not a character", c);
        report(scan, OF_SEVERITY_ERROR, "invalid-character", offset, NULL, message);
    } else if (turns_direction(c) && is_first_of_line(scan, offset, &scan->last_bidi_line)) {
        message = g_strdup_printf("the invisible character U+%04X turns the direction of writing", c);
        report(scan, OF_SEVERITY_WARNING, "bidi-control", offset, NULL, message);
    }
}

/* How many bytes from the first on are surely printable ASCII and ends of lines, in whole blocks, which compilers look at all at once. */
static gsize count_plain(const char *bytes, gsize length)
{
    enum { BLOCK = 64 };
    gsize n = 0;
    for (; n + BLOCK <= length; n += BLOCK) {
        guchar odd = 0;
        for (gsize i = n; i < n + BLOCK; i++) {
            const guchar byte = (guchar) bytes[i];
            odd |= (byte < 0x20 && byte != '\n') || byte > 0x7e;
        }
        if (odd) {
            break;
        }
    }
    return n;
}

bool of_encoding_check(const OfSourceText *text, OfDiagnostics *diagnostics)
{
    Scan scan = {.text = text, .diagnostics = diagnostics, .mark = of_text_mark_start(text)};
    const Wide wide = find_wide(text);
    if (wide != MAYBE_UTF8) {
        OfPlace place = {text, 1, 1, 1};
        of_diagnostics_add(diagnostics, OF_SEVERITY_ERROR, wide == UTF16 ? "utf-16" : "utf-32", &place, g_strdup("save as UTF-8"),
                           "the text is %s, not UTF-8", wide == UTF16 ? "UTF-16" : "UTF-32");
        return false;
    }
    bool looked[256];
    for (guint i = 0; i < 256; i++) {
        looked[i] = needs_look((guchar) i);
    }
    const char *bytes = text->bytes;
    for (gsize start = 0; start < text->length;) {
        /* What is in another script goes line by line: no character reaches over the end of one. */
        start += count_plain(bytes + start, text->length - start);
        const char *end = memchr(bytes + start, '\n', text->length - start);
        const gsize length = end != NULL ? (gsize) (end - bytes) + 1 - start : text->length - start;
        bool is_valid = g_utf8_validate_len(bytes + start, length, &end);
        gsize stop = (gsize) (end - bytes);
        for (gsize i = start; i < stop; i++) {
            if (looked[(guchar) bytes[i]]) {
                look_at(&scan, i);
            }
        }
        if (is_valid) {
            start = stop;
            continue;
        }
        if (bytes[stop] != '\0') {
            g_autofree char *message = g_strdup_printf("the byte 0x%02X is not UTF-8", (guchar) bytes[stop]);
            report(&scan, OF_SEVERITY_ERROR, "invalid-utf8", stop, "save as UTF-8", message);
            break; /* as a rule the whole file is in another encoding: one message says it */
        }
        report_control(&scan, stop, 0);
        start = stop + 1;
    }
    return !scan.failed;
}

/* ---- Surrogate pairs of JSON ---- */

/* Reads `\uXXXX` at `at`: its number, or -1. */
static gint32 read_escape(const char *at, const char *end)
{
    if (end - at < 6 || at[0] != '\\' || at[1] != 'u') {
        return -1;
    }
    gint32 number = 0;
    for (int i = 2; i < 6; i++) {
        int digit = g_ascii_xdigit_value(at[i]);
        if (digit < 0) {
            return -1;
        }
        number = number * 16 + digit;
    }
    return number;
}

/* Whether a text is JSON as far as its double-quoted texts go: elsewhere YAML takes a backslash as it stands, and nothing may be
 * joined. Outside of its strings JSON (RFC 8259) is made of these characters alone, a string stands where a key, an item or a value
 * does, and each key is a string. */
static bool is_json(const char *bytes, gsize length)
{
    const char *end = bytes + length;
    char before = '\0'; /* the last character that is no blank */
    for (const char *at = bytes; at < end; at++) {
        if (*at == '"') {
            if (before == '\0' || strchr("{[,:", before) == NULL) {
                return false;
            }
            for (at++; at < end && *at != '"'; at++) {
                at += *at == '\\' && at + 1 < end ? 1 : 0;
            }
            before = '"';
        } else if (*at == '\0' || strchr(" \t\r\n{}[],:+-.0123456789Eaeflnrstu", *at) == NULL) {
            return false;
        } else if (!g_ascii_isspace(*at)) {
            if ((before == '\0' && *at != '{' && *at != '[') || (*at == ':' && before != '"')) {
                return false;
            }
            before = *at;
        }
    }
    return true;
}

char *of_encoding_join_surrogates(const char *bytes, gsize *length, GArray *pairs)
{
    const char *end = bytes + *length;
    const char *escape = memchr(bytes, '\\', *length); /* few texts have any */
    const gsize left = escape != NULL ? (gsize) (end - escape) : 0;
    const bool may_hold_one = left > 0 && (memmem(escape, left, "\\uD", 3) != NULL || memmem(escape, left, "\\ud", 3) != NULL);
    if (!may_hold_one || !is_json(bytes, *length)) {
        return NULL;
    }
    guint n_before = pairs->len;
    g_autoptr(GString) joined = g_string_sized_new(*length);
    guint32 n_characters = 0;
    for (const char *at = bytes; at < end;) {
        gint32 high = read_escape(at, end), low = high >= 0xd800 && high < 0xdc00 ? read_escape(at + 6, end) : -1;
        if (low >= 0xdc00 && low < 0xe000) {
            g_string_append_printf(joined, "\\U%08x", 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00));
            g_array_append_val(pairs, n_characters);
            at += 12;
            n_characters += 10;
            continue;
        }
        gsize n = *at == '\\' && at + 1 < end ? 2 : 1; /* an escaped backslash begins no escape */
        for (gsize i = 0; i < n; i++) {
            n_characters += ((guchar) at[i] & 0xc0) != 0x80 ? 1 : 0;
        }
        g_string_append_len(joined, at, (gssize) n);
        at += n;
    }
    if (pairs->len == n_before) {
        return NULL;
    }
    *length = joined->len;
    return g_string_free(g_steal_pointer(&joined), FALSE);
}
