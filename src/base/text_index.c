#include "base/text_index.h"

#include <string.h>

/* A mark for about every so many bytes: the most that a look-up has to walk. */
#define MARK_DISTANCE 1024

struct OfTextIndex {
    gsize built;   /* for g_once_init_enter */
    GArray *marks; /* of OfTextMark, ascending */
};

OfTextIndex *of_text_index_new(void)
{
    return g_new0(OfTextIndex, 1);
}

void of_text_index_free(OfTextIndex *index)
{
    if (index == NULL) {
        return;
    }
    if (index->marks != NULL) {
        g_array_unref(index->marks);
    }
    g_free(index);
}

OfTextMark of_text_mark_start(const OfSourceText *text)
{
    bool has_order_mark = text->length >= 3 && memcmp(text->bytes, "\xef\xbb\xbf", 3) == 0;
    return (OfTextMark){.offset = has_order_mark ? 3 : 0, .line = 1, .column = 1};
}

/* Whether the byte at offset ends a line (the CR of CR LF does not: its LF does). */
static inline bool ends_line(const OfSourceText *text, gsize offset)
{
    char c = text->bytes[offset];
    return c == '\n' || (c == '\r' && !(offset + 1 < text->length && text->bytes[offset + 1] == '\n'));
}

static inline void step(const OfSourceText *text, OfTextMark *mark)
{
    if (ends_line(text, mark->offset)) {
        mark->offset++;
        mark->line++;
        mark->column = 1;
        return;
    }
    mark->offset = of_text_next(text, mark->offset);
    mark->column++;
}

void of_text_mark_move(const OfSourceText *text, OfTextMark *mark, gsize offset)
{
    while (mark->offset < offset && mark->offset < text->length) {
        OfTextMark before = *mark;
        step(text, mark);
        if (mark->offset > offset) {
            *mark = before; /* offset is inside this character */
            return;
        }
    }
}

/* Moves over n bytes among which there is no CR, as steps would, but by counting: a file of many megabytes is indexed in a few
 * milliseconds. */
static void skip_block(const OfSourceText *text, OfTextMark *mark, gsize n)
{
    const char *bytes = text->bytes + mark->offset;
    guint n_lines = 0, n_characters = 0;
    gsize rest = n; /* bytes behind the last LF */
    for (gsize i = 0; i < n; i++) {
        n_lines += bytes[i] == '\n' ? 1 : 0;
    }
    while (rest > 0 && n_lines > 0 && bytes[rest - 1] != '\n') {
        rest--;
    }
    for (gsize i = n_lines > 0 ? rest : 0; i < n; i++) {
        n_characters += ((guchar) bytes[i] & 0xc0) != 0x80 ? 1 : 0;
    }
    mark->offset += n;
    mark->line += n_lines;
    mark->column = (n_lines > 0 ? 1 : mark->column) + n_characters;
}

static void build_marks(const OfSourceText *text, OfTextIndex *index)
{
    index->marks = g_array_new(FALSE, FALSE, sizeof(OfTextMark));
    OfTextMark mark = of_text_mark_start(text);
    while (mark.offset < text->length) {
        g_array_append_val(index->marks, mark);
        gsize left = text->length - mark.offset;
        if (left <= MARK_DISTANCE || memchr(text->bytes + mark.offset, '\r', MARK_DISTANCE) != NULL) {
            for (gsize end = mark.offset + MIN(left, MARK_DISTANCE); mark.offset < end;) {
                step(text, &mark);
            }
            continue;
        }
        gsize n = MARK_DISTANCE;
        while (n > MARK_DISTANCE - 3 && ((guchar) text->bytes[mark.offset + n] & 0xc0) == 0x80) {
            n--; /* a mark stands at the beginning of a character */
        }
        skip_block(text, &mark, n);
    }
}

static inline bool is_behind(const OfTextMark *mark, guint line, guint column)
{
    return mark->line > line || (mark->line == line && mark->column > column);
}

/* The last mark of the index that is not behind the place. */
static OfTextMark nearest_mark(const OfSourceText *text, guint line, guint column)
{
    OfTextIndex *index = text->index;
    if (g_once_init_enter(&index->built)) {
        build_marks(text, index);
        g_once_init_leave(&index->built, 1);
    }
    guint low = 0, high = index->marks->len; /* the marks before low are not behind, those from high on are */
    while (low < high) {
        guint middle = low + (high - low) / 2;
        if (is_behind(&g_array_index(index->marks, OfTextMark, middle), line, column)) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low > 0 ? g_array_index(index->marks, OfTextMark, low - 1) : of_text_mark_start(text);
}

OfTextMark of_text_mark_find(const OfSourceText *text, guint line, guint column)
{
    OfTextMark mark = text->index != NULL ? nearest_mark(text, line, column) : of_text_mark_start(text);
    while (mark.offset < text->length) {
        if (mark.line == line && (mark.column >= column || text->bytes[mark.offset] == '\r' || ends_line(text, mark.offset))) {
            break;
        }
        step(text, &mark);
    }
    return mark;
}
