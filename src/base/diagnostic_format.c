/* Problems as a terminal shows them. */
#include <string.h>

#include "base/diagnostics.h"
#include "base/text_index.h"

#define SHOWN_CHARACTERS 100 /* of a source line, beside the ellipses */
#define SHOWN_BEFORE     40  /* of them in front of the place, where the line is cut */

typedef struct {
    const char *bold, *red, *yellow, *green, *off;
} Palette;

static const Palette colors = {"\033[1m", "\033[1;31m", "\033[1;33m", "\033[1;32m", "\033[0m"};
static const Palette no_colors = {"", "", "", "", ""};

/* ---- Escaping ---- */

static bool is_bidi_control(gunichar c)
{
    return c == 0x061c || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

/* Appends the character at `at` so that a terminal shows it as it is written. Returns the number of bytes read. */
static gsize append_escaped(GString *shown, const char *at, gsize left)
{
    guchar byte = (guchar) *at;
    if (byte >= 0x20 && byte < 0x7f) {
        g_string_append_c(shown, *at);
        return 1;
    }
    gunichar c = byte == 0 ? 0 : g_utf8_get_char_validated(at, (gssize) MIN(left, 6));
    if (c == (gunichar) -1 || c == (gunichar) -2 || c < 0x80) {
        g_string_append_printf(shown, "\\x%02X", byte);
        return 1;
    }
    if ((c >= 0x80 && c < 0xa0) || c == 0x2028 || c == 0x2029 || is_bidi_control(c)) {
        g_string_append_printf(shown, "\\u{%04X}", c);
    } else {
        g_string_append_unichar(shown, c);
    }
    return (gsize) g_unichar_to_utf8(c, NULL);
}

static void append_text_escaped(GString *shown, const char *text, gsize length)
{
    for (gsize i = 0; i < length;) {
        i += append_escaped(shown, text + i, length - i);
    }
}

char *of_text_escape(const char *text, gssize length)
{
    GString *shown = g_string_new(NULL);
    append_text_escaped(shown, text, length < 0 ? strlen(text) : (gsize) length);
    return g_string_free(shown, FALSE);
}

/* ---- The source line ---- */

static bool is_line_end(const OfSourceText *text, gsize offset)
{
    return offset >= text->length || text->bytes[offset] == '\n' || text->bytes[offset] == '\r';
}

/* Moves back at most n characters, not beyond the start of the line nor into a byte order mark. Sets *n_moved. */
static gsize move_back(const OfSourceText *text, gsize offset, guint n, guint *n_moved)
{
    gsize start = of_text_mark_start(text).offset;
    guint moved = 0;
    while (moved < n && offset > start && !is_line_end(text, offset - 1)) {
        gsize end = offset--;
        while (offset > start && offset + 4 > end && ((guchar) text->bytes[offset] & 0xc0) == 0x80) {
            offset--;
        }
        moved++;
    }
    *n_moved = moved;
    return offset;
}

/* Whether the line ends within n characters. */
static bool ends_within(const OfSourceText *text, gsize offset, guint n)
{
    for (guint i = 0; i < n && !is_line_end(text, offset); i++) {
        offset = of_text_next(text, offset);
    }
    return is_line_end(text, offset);
}

/* Appends characters from *offset up to (not including) end or the line's end, n at most. Returns the characters that were
 * written. */
static guint append_shown(GString *shown, const OfSourceText *text, gsize *offset, gsize end, guint n)
{
    gsize before = shown->len;
    for (guint i = 0; i < n && *offset < end && !is_line_end(text, *offset); i++) {
        gsize next = of_text_next(text, *offset);
        if (text->bytes[*offset] == '\t') {
            g_string_append_c(shown, ' ');
        } else {
            append_text_escaped(shown, text->bytes + *offset, next - *offset);
        }
        *offset = next;
    }
    return (guint) g_utf8_strlen(shown->str + before, (gssize) (shown->len - before));
}

/* Appends the line of the place and the underline. */
static void append_source(GString *out, const OfPlace *place, const Palette *palette)
{
    const OfSourceText *text = place->text;
    OfTextMark mark = of_text_mark_find(text, place->line, place->column);
    guint in_front = 0;
    gsize line_start = move_back(text, mark.offset, SHOWN_CHARACTERS + 1, &in_front);
    bool is_short = in_front <= SHOWN_CHARACTERS && ends_within(text, line_start, SHOWN_CHARACTERS);
    gsize start = is_short ? line_start : move_back(text, mark.offset, SHOWN_BEFORE, &in_front);
    bool is_cut = !is_short && start > of_text_mark_start(text).offset && !is_line_end(text, start - 1);

    g_autoptr(GString) shown = g_string_new(is_cut ? "…" : "");
    gsize offset = start;
    guint indent = (is_cut ? 1 : 0) + append_shown(shown, text, &offset, mark.offset, SHOWN_CHARACTERS);
    guint left = SHOWN_CHARACTERS - in_front;
    gsize from = offset;
    guint n_marked = MIN(MAX(place->length, 1), left);
    guint underlined = append_shown(shown, text, &offset, text->length, n_marked);
    guint n_shown = 0;
    for (; from < offset; from = of_text_next(text, from)) {
        n_shown++;
    }
    append_shown(shown, text, &offset, text->length, left - n_shown);
    g_string_append(shown, is_line_end(text, offset) ? "" : "…");

    g_string_append_printf(out, "%5u |%s%s\n      | %*s%s^", place->line, shown->len > 0 ? " " : "", shown->str, (int) indent, "",
                           palette->green);
    for (guint i = 1; i < underlined; i++) {
        g_string_append_c(out, '~');
    }
    g_string_append_printf(out, "%s\n", palette->off);
}

/* ---- The whole ---- */

static void append_place(GString *out, const OfPlace *place, const Palette *palette)
{
    g_string_append(out, palette->bold);
    if (place->text == NULL) {
        g_string_append(out, "orgflow:");
    } else {
        append_text_escaped(out, place->text->name, strlen(place->text->name));
        g_string_append_c(out, ':');
        if (place->line > 0) {
            g_string_append_printf(out, "%u:%u:", place->line, MAX(place->column, 1));
        }
    }
    g_string_append_printf(out, "%s ", palette->off);
}

/* What the second place is, by how the code begins. */
static const char *describe_other(const char *code)
{
    static const struct {
        const char *prefix, *note;
    } notes[] = {
        {"duplicate-", "first defined here"},
        {"unclosed-", "its end, or a `,`, is expected before this"},
        {"expected-", "it began here"},
        {"wrong-indentation", "what stands before it begins here"},
        {"cyclic-alias", "this is what it names"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(notes); i++) {
        if (g_str_has_prefix(code, notes[i].prefix)) {
            return notes[i].note;
        }
    }
    return "the other place is here";
}

char *of_diagnostic_format(const OfDiagnostic *diagnostic, bool colored)
{
    const Palette *palette = colored ? &colors : &no_colors;
    bool is_error = diagnostic->severity == OF_SEVERITY_ERROR;
    GString *out = g_string_new(NULL);
    append_place(out, &diagnostic->place, palette);
    g_string_append_printf(out, "%s%s:%s ", is_error ? palette->red : palette->yellow, is_error ? "error" : "warning",
                           palette->off);
    append_text_escaped(out, diagnostic->message, strlen(diagnostic->message));
    g_string_append_printf(out, " [%s]\n", diagnostic->code);
    if (diagnostic->place.text != NULL && diagnostic->place.line > 0) {
        append_source(out, &diagnostic->place, palette);
    }
    if (diagnostic->hint != NULL) {
        g_string_append_printf(out, "      = %shint:%s ", palette->bold, palette->off);
        append_text_escaped(out, diagnostic->hint, strlen(diagnostic->hint));
        g_string_append_c(out, '\n');
    }
    if (diagnostic->other.text != NULL) {
        append_place(out, &diagnostic->other, palette);
        g_string_append_printf(out, "%snote:%s %s\n", palette->bold, palette->off, describe_other(diagnostic->code));
        if (diagnostic->other.line > 0) {
            append_source(out, &diagnostic->other, palette);
        }
    }
    return g_string_free(out, FALSE);
}
