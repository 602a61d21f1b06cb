#include "text/marks.h"

#include <string.h>
#include <yaml.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/text_index.h"
#include "text/encoding.h"
#include "text/yaml_text.h"

struct OfMarks {
    OfArena *arena;
    OfMark *root;
    GPtrArray *anchored, *aliases;
};

typedef struct {
    OfMark *mark;
    guint first; /* of its children on the stack */
} Open;

typedef struct {
    OfMarks *marks;
    const OfSourceText *text;
    GArray *joined;        /* of guint32: see of_encoding_join_surrogates() */
    gsize character, byte; /* where the last place was found: characters of the input and its bytes */
    gsize next_joined;     /* index into joined of the first at or behind the last place */
    gsize n_read;          /* characters of what libyaml reads up to it */
    GArray *open;          /* of Open */
    GPtrArray *children;   /* of OfMark, waiting for their collections to end */
    GHashTable *anchors;   /* name -> OfMark */
} Reader;

void of_marks_free(OfMarks *marks)
{
    if (marks != NULL) {
        g_ptr_array_unref(marks->anchored);
        g_ptr_array_unref(marks->aliases);
        of_arena_free(marks->arena);
        g_free(marks);
    }
}

OfMark *of_marks_root(const OfMarks *marks)
{
    return marks->root;
}

const GPtrArray *of_marks_anchored(const OfMarks *marks)
{
    return marks->anchored;
}

const GPtrArray *of_marks_aliases(const OfMarks *marks)
{
    return marks->aliases;
}

const OfMark *of_mark_resolve(const OfMark *mark)
{
    return mark->names != NULL ? mark->names : mark;
}

OfMark *of_mark_get(const OfMark *mark, const char *key, guint *index)
{
    const OfMark *mapping = of_mark_resolve(mark);
    for (guint i = 0; mapping->type == OF_NODE_MAPPING && i + 1 < mapping->n; i += 2) {
        const OfMark *name = of_mark_resolve(mapping->children[i]);
        if (name->text != NULL && strcmp(name->text, key) == 0) {
            if (index != NULL) {
                *index = i;
            }
            return mapping->children[i + 1];
        }
    }
    return NULL;
}

void of_mark_append_flow(GString *out, const OfMark *mark)
{
    const OfMark *node = of_mark_resolve(mark);
    const bool is_mapping = node->type == OF_NODE_MAPPING;
    if (node->type == OF_NODE_SCALAR) {
        if (node->style == OF_STYLE_PLAIN && of_yaml_is_plain(node->text)) {
            g_string_append(out, node->text);
        } else if (node->style == OF_STYLE_PLAIN && *node->text == '\0') {
            g_string_append(out, "null");
        } else {
            of_yaml_append_quoted(out, node->text);
        }
        return;
    }
    g_string_append_c(out, is_mapping ? '{' : '[');
    for (guint i = 0; i < node->n; i++) {
        g_string_append(out, i == 0 ? "" : is_mapping && i % 2 == 1 ? ": " : ", ");
        of_mark_append_flow(out, node->children[i]);
    }
    g_string_append_c(out, is_mapping ? '}' : ']');
}

gsize of_mark_content(const OfSourceText *text, const OfMark *mark)
{
    gsize at = mark->start;
    while (at < mark->end && (text->bytes[at] == '&' || text->bytes[at] == '!')) {
        at += strcspn(text->bytes + at, " \t\r\n");
        at += strspn(text->bytes + at, " \t\r\n");
    }
    return MIN(at, mark->end);
}

/* ---- Reading ---- */

/* The byte of a mark. libyaml counts characters; each joined pair of surrogates took two more than what it read. Marks hardly ever go back, so the
 * last place is where the search goes on. */
static gsize byte_of(Reader *reader, const yaml_mark_t *mark)
{
    if (mark->index < reader->n_read) {
        reader->n_read = reader->next_joined = reader->character = 0;
        reader->byte = of_text_mark_start(reader->text).offset;
    }
    while (reader->next_joined < reader->joined->len && g_array_index(reader->joined, guint32, reader->next_joined) < mark->index) {
        reader->next_joined++;
    }
    const gsize wanted = mark->index + 2 * reader->next_joined;
    while (reader->character < wanted && reader->byte < reader->text->length) {
        reader->byte = of_text_next(reader->text, reader->byte);
        reader->character++;
    }
    reader->n_read = mark->index;
    return reader->byte;
}

static void name_anchor(Reader *reader, OfMark *mark, const yaml_char_t *anchor)
{
    if (anchor != NULL) {
        mark->anchor = of_arena_text(reader->marks->arena, (const char *) anchor);
        g_hash_table_insert(reader->anchors, (gpointer) (gsize) mark->anchor, mark);
        g_ptr_array_add(reader->marks->anchored, mark);
    }
}

static OfMark *add_mark(Reader *reader, const yaml_event_t *event, OfNodeType type, OfMarkStyle style)
{
    OfMark *mark = of_arena_new_array(reader->marks->arena, OfMark, 1);
    mark->type = type;
    mark->style = style;
    mark->is_editable = true;
    mark->start = byte_of(reader, &event->start_mark);
    mark->end = byte_of(reader, &event->end_mark);
    g_ptr_array_add(reader->children, mark);
    return mark;
}

static void read_scalar(Reader *reader, const yaml_event_t *event)
{
    const yaml_scalar_style_t style = event->data.scalar.style;
    OfMark *mark = add_mark(reader, event, OF_NODE_SCALAR,
                            style == YAML_SINGLE_QUOTED_SCALAR_STYLE   ? OF_STYLE_SINGLE
                            : style == YAML_DOUBLE_QUOTED_SCALAR_STYLE ? OF_STYLE_DOUBLE
                            : style == YAML_PLAIN_SCALAR_STYLE         ? OF_STYLE_PLAIN
                                                                       : OF_STYLE_BLOCK);
    mark->text = of_arena_text_n(reader->marks->arena, (const char *) event->data.scalar.value, event->data.scalar.length);
    /* A block of text takes the blank lines behind it along. */
    while (mark->style == OF_STYLE_BLOCK && mark->end > mark->start &&
           strchr(" \t\r\n", reader->text->bytes[mark->end - 1]) != NULL) {
        mark->end--;
    }
    name_anchor(reader, mark, event->data.scalar.anchor);
}

static bool read_alias(Reader *reader, const yaml_event_t *event)
{
    OfMark *named = g_hash_table_lookup(reader->anchors, (const char *) event->data.alias.anchor);
    if (named == NULL) {
        return false;
    }
    OfMark *mark = add_mark(reader, event, named->type, OF_STYLE_PLAIN);
    mark->names = named;
    mark->is_editable = false;
    named->n_aliases++;
    g_ptr_array_add(reader->marks->aliases, mark);
    return true;
}

static void open_collection(Reader *reader, const yaml_event_t *event)
{
    const bool is_sequence = event->type == YAML_SEQUENCE_START_EVENT;
    const bool is_flow = is_sequence ? event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE
                                     : event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE;
    OfMark *mark =
        add_mark(reader, event, is_sequence ? OF_NODE_SEQUENCE : OF_NODE_MAPPING, is_flow ? OF_STYLE_FLOW : OF_STYLE_BLOCK);
    mark->is_editable = !is_flow || event->end_mark.index > event->start_mark.index;
    name_anchor(reader, mark, is_sequence ? event->data.sequence_start.anchor : event->data.mapping_start.anchor);
    const Open open = {mark, reader->children->len};
    g_array_append_val(reader->open, open);
}

static void close_collection(Reader *reader, const yaml_event_t *event)
{
    const Open open = g_array_index(reader->open, Open, reader->open->len - 1);
    OfMark *mark = open.mark;
    g_array_set_size(reader->open, reader->open->len - 1);
    mark->n = reader->children->len - open.first;
    mark->children = of_arena_copy(reader->marks->arena, reader->children->pdata + open.first, mark->n * sizeof(OfMark *));
    g_ptr_array_set_size(reader->children, (gint) open.first);
    if (mark->style == OF_STYLE_FLOW && mark->is_editable) {
        mark->end = byte_of(reader, &event->end_mark);
    } else if (mark->n > 0) {
        mark->end = mark->children[mark->n - 1]->end;
    }
}

/* Returns false where reading has to stop. */
static bool read_event(Reader *reader, const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        read_scalar(reader, event);
        return true;
    case YAML_ALIAS_EVENT:
        return read_alias(reader, event);
    case YAML_SEQUENCE_START_EVENT:
    case YAML_MAPPING_START_EVENT:
        open_collection(reader, event);
        return true;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        close_collection(reader, event);
        return true;
    case YAML_DOCUMENT_END_EVENT:
    case YAML_STREAM_END_EVENT:
        return false;
    case YAML_STREAM_START_EVENT:
    case YAML_DOCUMENT_START_EVENT:
    case YAML_NO_EVENT:
        break;
    }
    return true;
}

static void read_events(Reader *reader, yaml_parser_t *parser)
{
    for (bool go_on = true; go_on;) {
        yaml_event_t event;
        go_on = yaml_parser_parse(parser, &event);
        if (go_on) {
            go_on = read_event(reader, &event);
            yaml_event_delete(&event);
        }
    }
}

OfMarks *of_marks_read(const OfSourceText *text)
{
    yaml_parser_t parser;
    if (!yaml_parser_initialize(&parser)) {
        return NULL;
    }
    OfMarks *marks = g_new0(OfMarks, 1);
    *marks = (OfMarks){.arena = of_arena_new(), .anchored = g_ptr_array_new(), .aliases = g_ptr_array_new()};
    const gsize start = of_text_mark_start(text).offset;
    gsize length = text->length - start;
    g_autoptr(GArray) joined = g_array_new(FALSE, FALSE, sizeof(guint32));
    g_autoptr(GArray) open = g_array_new(FALSE, FALSE, sizeof(Open));
    g_autoptr(GPtrArray) children = g_ptr_array_new();
    g_autoptr(GHashTable) anchors = g_hash_table_new(of_text_hash, g_str_equal);
    Reader reader = {
        .marks = marks, .text = text, .joined = joined, .byte = start, .open = open, .children = children, .anchors = anchors};
    g_autofree char *copy = of_encoding_join_surrogates(text->bytes + start, &length, joined);
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *) (copy != NULL ? copy : text->bytes + start), length);
    read_events(&reader, &parser);
    yaml_parser_delete(&parser);
    if (open->len > 0 || children->len != 1) {
        g_clear_pointer(&marks, of_marks_free);
    } else {
        marks->root = children->pdata[0];
    }
    return marks;
}
