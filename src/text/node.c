#include "text/node.h"

#include <string.h>
#include <yaml.h>

#include "base/progress.h"
#include "base/shorten.h"
#include "base/text_index.h"
#include "text/conflict.h"
#include "text/encoding.h"
#include "text/problem.h"
#include "text/reader.h"
#include "text/tag.h"

#define EVENTS_A_TURN 16384 /* between two words about progress */

typedef struct {
    OfDocument *document;
    const OfSourceText *text;
    OfDiagnostics *diagnostics;
    OfTree *tree;
    yaml_parser_t parser;
    GArray *joined; /* of guint32: where surrogate pairs of JSON became one escape, in characters of what libyaml reads */
    bool has_root;
    bool has_failed;
} Reader;

/* ---- The document ---- */

void of_document_free(OfDocument *document)
{
    if (document == NULL) {
        return;
    }
    of_arena_free(document->arena);
    g_ptr_array_unref(document->stacks);
    g_free(document);
}

const OfNode *of_document_root(const OfDocument *document)
{
    return &document->root;
}

const OfSourceText *of_document_text(const OfDocument *document)
{
    return document->text;
}

/* Characters from a mark to the end of its line, without blanks at that end; at least 1. */
static guint length_of_rest(const OfSourceText *text, OfTextMark mark)
{
    gsize end = mark.offset;
    while (end < text->length && text->bytes[end] != '\n' && text->bytes[end] != '\r') {
        end++;
    }
    while (end > mark.offset && (text->bytes[end - 1] == ' ' || text->bytes[end - 1] == '\t')) {
        end--;
    }
    return (guint) MAX(g_utf8_strlen(text->bytes + mark.offset, (gssize) (end - mark.offset)), 1);
}

OfPlace of_node_place(const OfDocument *document, const OfNode *node)
{
    OfPlace place = {document->text, node->line, node->column, MAX(node->width, 1)};
    if (node->width == OF_NODE_WIDTH_OPEN) {
        place.length = length_of_rest(document->text, of_text_mark_find(document->text, node->line, node->column));
    }
    return place;
}

OfPlace of_node_key_place(const OfDocument *document, const OfNodePair *pair)
{
    const OfSourceText *text = document->text;
    gsize start = of_text_mark_find(text, pair->line, pair->column).offset;
    bool is_quoted = text->bytes[start] == '"' || text->bytes[start] == '\'';
    guint length = (guint) MAX(g_utf8_strlen(pair->key, -1), 1);
    return (OfPlace){text, pair->line, pair->column, length + (is_quoted ? 2 : 0)};
}

const OfNodePair *of_node_get(const OfNode *node, const char *key)
{
    if (node->type != OF_NODE_MAPPING) {
        return NULL;
    }
    for (guint i = 0; i < node->n; i++) {
        const char *other = node->pairs[i].key;
        if (other[0] == key[0] && strcmp(other, key) == 0) {
            return &node->pairs[i];
        }
    }
    return NULL;
}

/* ---- Places ---- */

/* How many surrogate pairs were joined before the character. */
static guint count_joined(const Reader *reader, gsize character)
{
    guint low = 0, high = reader->joined->len;
    while (low < high) {
        guint middle = low + (high - low) / 2;
        if (g_array_index(reader->joined, guint32, middle) < character) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* The column in the input, from 1, of a mark. Each joined pair took two characters from its line. */
static guint column_of(const Reader *reader, const yaml_mark_t *mark)
{
    guint column = (guint) mark->column + 1;
    if (reader->joined->len > 0) {
        column += 2 * (count_joined(reader, mark->index) - count_joined(reader, mark->index - mark->column));
    }
    return column;
}

static OfPlace place_of(const Reader *reader, const yaml_mark_t *mark)
{
    return (OfPlace){reader->text, (guint) mark->line + 1, column_of(reader, mark), 1};
}

/* Sets the place and the width of what stands between two marks. */
static void set_place(const Reader *reader, OfNode *node, const yaml_mark_t *start, const yaml_mark_t *end)
{
    node->line = (guint32) start->line + 1;
    node->column = column_of(reader, start);
    guint width = end->line == start->line ? column_of(reader, end) - node->column : OF_NODE_WIDTH_OPEN;
    node->width = (guint16) CLAMP(width, 1, OF_NODE_WIDTH_OPEN);
}

/* ---- Problems ---- */

static OfDiagnostic *report(Reader *reader, const char *code, const OfPlace *place, const char *hint, const char *message)
{
    reader->has_failed = true;
    return of_diagnostics_add(reader->diagnostics, OF_SEVERITY_ERROR, code, place, g_strdup(hint), "%s", message);
}

static void report_problem(Reader *reader)
{
    const yaml_parser_t *parser = &reader->parser;
    OfYamlProblem problem = {
        .problem = parser->error == YAML_MEMORY_ERROR ? NULL : parser->problem,
        .context = parser->context,
        .at = place_of(reader, parser->error == YAML_READER_ERROR ? &parser->mark : &parser->problem_mark),
        .open = of_tree_open_flow(reader->tree),
    };
    if (parser->context != NULL) {
        problem.context_at = place_of(reader, &parser->context_mark);
    }
    of_yaml_problem_report(reader->diagnostics, &problem);
    reader->has_failed = true;
}

/* Only double-quoted texts can hold characters that the check of the whole input has not seen: as escapes. */
static void check_escaped(Reader *reader, const OfNode *node, const yaml_event_t *event)
{
    gint32 control = of_encoding_find_control(node->text, node->n);
    OfPlace place = of_node_place(reader->document, node);
    if (control >= 0) {
        g_autofree char *message = g_strdup_printf("a text cannot hold the control character U+%04X", (guint) control);
        report(reader, "control-character", &place, NULL, message);
    }
    gint32 bidi = of_encoding_find_bidi(node->text, node->n);
    if (bidi < 0) {
        return;
    }
    OfPlace end = place_of(reader, &event->end_mark);
    gsize from = of_text_mark_find(reader->text, place.line, place.column).offset;
    gsize to = of_text_mark_find(reader->text, end.line, end.column).offset;
    if (of_encoding_find_bidi(reader->text->bytes + from, to - from) < 0) {
        of_diagnostics_add(reader->diagnostics, OF_SEVERITY_WARNING, "bidi-control", &place, NULL,
                           "the character U+%04X turns the direction of writing", (guint) bidi);
    }
}

static void apply_tag(Reader *reader, const yaml_char_t *tag, OfNode *node)
{
    if (tag == NULL) {
        return;
    }
    const char *name = (const char *) tag;
    OfTagVerdict verdict = of_tag_apply(name, node);
    if (verdict == OF_TAG_FITS) {
        return;
    }
    OfPlace place = of_node_place(reader->document, node);
    const char *core = "tag:yaml.org,2002:";
    bool is_core = g_str_has_prefix(name, core);
    g_autofree char *shown = of_text_shorten(is_core ? name + strlen(core) : name, -1);
    const char *marks = is_core ? "!!" : "";
    if (verdict == OF_TAG_UNKNOWN) {
        g_autofree char *message = g_strdup_printf("the tag `%s%s` is not read", marks, shown);
        report(reader, "custom-tag", &place, "leave it out, or put a text that begins with `!` in quotes", message);
    } else {
        g_autofree char *message = g_strdup_printf("%s does not fit the tag `%s%s`", of_node_describe(node), marks, shown);
        report(reader, "tag-mismatch", &place, NULL, message);
    }
}

/* ---- Before libyaml ---- */

/* Lines of directives before the document. libyaml compares each %TAG with all before it, so a flood of them has to be stopped
 * here; and no tag that they could declare is read. */
static bool check_directives(Reader *reader)
{
    OfTextMark mark = of_text_mark_start(reader->text);
    const char *bytes = reader->text->bytes;
    const char *end = bytes + reader->text->length;
    for (const char *line = bytes + mark.offset; line < end; line += line < end ? 1 : 0) {
        gsize left = (gsize) (end - line);
        if (left >= 4 && memcmp(line, "%TAG", 4) == 0) {
            of_text_mark_move(reader->text, &mark, (gsize) (line - bytes));
            OfPlace place = {reader->text, mark.line, mark.column, 4};
            report(reader, "custom-tag", &place, "leave the line out", "tags other than YAML's own are not read");
            return false;
        }
        const char *first = line;
        while (first < end && (*first == ' ' || *first == '\t')) {
            first++;
        }
        if (first < end && strchr("#%\r\n", *first) == NULL) {
            return true;
        }
        while (line < end && *line != '\n' && *line != '\r') {
            line++;
        }
    }
    return true;
}

/* Sets what libyaml reads: the text behind its byte order mark; for JSON, with surrogate pairs joined, in which case the bytes to
 * be freed are returned. */
static char *set_input(Reader *reader)
{
    gsize start = of_text_mark_start(reader->text).offset;
    const char *bytes = reader->text->bytes + start;
    gsize length = reader->text->length - start;
    char *joined = of_encoding_join_surrogates(bytes, &length, reader->joined);
    yaml_parser_set_encoding(&reader->parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&reader->parser, (const unsigned char *) (joined != NULL ? joined : bytes), length);
    return joined;
}

/* ---- Events ---- */

static bool read_scalar(Reader *reader, const yaml_event_t *event)
{
    OfTreeEvent told = {
        .node = {.type = OF_NODE_SCALAR, .n = (guint32) event->data.scalar.length, .text = (const char *) event->data.scalar.value},
        .anchor = (const char *) event->data.scalar.anchor,
    };
    OfNode *node = &told.node;
    yaml_scalar_style_t style = event->data.scalar.style;
    node->plain = style == YAML_PLAIN_SCALAR_STYLE;
    set_place(reader, node, &event->start_mark, &event->end_mark);
    apply_tag(reader, event->data.scalar.tag, node);
    if (style == YAML_DOUBLE_QUOTED_SCALAR_STYLE) {
        check_escaped(reader, node, event);
    }
    told.is_merge_key = node->plain && node->n == 2 && memcmp(node->text, "<<", 2) == 0;
    return of_tree_add_scalar(reader->tree, &told);
}

static bool read_alias(Reader *reader, const yaml_event_t *event)
{
    OfTreeEvent told = {.node = {.type = OF_NODE_SCALAR, .text = ""}};
    set_place(reader, &told.node, &event->start_mark, &event->end_mark);
    return of_tree_add_alias(reader->tree, &told, (const char *) event->data.alias.anchor);
}

static bool read_start(Reader *reader, const yaml_event_t *event)
{
    bool is_sequence = event->type == YAML_SEQUENCE_START_EVENT;
    bool is_flow = is_sequence ? event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE
                               : event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE;
    OfTreeEvent told = {
        .node = {.type = is_sequence ? OF_NODE_SEQUENCE : OF_NODE_MAPPING},
        .anchor = (const char *) (is_sequence ? event->data.sequence_start.anchor : event->data.mapping_start.anchor),
        /* The mapping of one pair in `[a: b]` is a flow one too, but has no bracket: its mark is empty. */
        .is_flow = is_flow && event->end_mark.index > event->start_mark.index,
    };
    set_place(reader, &told.node, &event->start_mark, &event->end_mark);
    apply_tag(reader, is_sequence ? event->data.sequence_start.tag : event->data.mapping_start.tag, &told.node);
    return of_tree_open(reader->tree, &told);
}

/* What follows the document may be comments and `...` alone. It is looked at here and not by libyaml, which would first read all
 * directives of a second document. */
static void check_rest(Reader *reader, const yaml_event_t *event)
{
    const OfSourceText *text = reader->text;
    bool is_explicit = !event->data.document_end.implicit;
    OfPlace place = place_of(reader, is_explicit ? &event->end_mark : &event->start_mark);
    OfTextMark mark = of_text_mark_find(text, place.line, place.column);
    const char *end = text->bytes + text->length, *at = text->bytes + mark.offset;
    while (at < end) {
        gsize n = strspn(at, " \t\r\n");
        if (n == 0 && end - at >= 3 && memcmp(at, "...", 3) == 0) {
            n = 3;
            is_explicit = true;
        } else if (n == 0 && *at == '#') {
            n = strcspn(at, "\r\n");
        }
        if (n == 0) {
            break;
        }
        at += n;
    }
    if (at >= end) {
        return;
    }
    of_text_mark_move(text, &mark, (gsize) (at - text->bytes));
    place = (OfPlace){text, mark.line, mark.column, 1};
    if (is_explicit || *at == '%' || g_str_has_prefix(at, "---")) {
        report(reader, "second-document", &place, "a file holds one document", "a second document begins here");
    } else {
        report(reader, "unexpected-content", &place, "check the indentation", "the document has ended before this");
    }
}

/* Hands one event on. Returns whether to go on reading. */
static bool read_event(Reader *reader, const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        reader->has_root = true;
        return true;
    case YAML_SCALAR_EVENT:
        return read_scalar(reader, event);
    case YAML_ALIAS_EVENT:
        return read_alias(reader, event);
    case YAML_SEQUENCE_START_EVENT:
    case YAML_MAPPING_START_EVENT:
        return read_start(reader, event);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        of_tree_close(reader->tree, (guint) event->end_mark.line + 1, column_of(reader, &event->end_mark));
        return true;
    case YAML_DOCUMENT_END_EVENT:
        check_rest(reader, event);
        return false;
    case YAML_STREAM_END_EVENT:
        return false;
    case YAML_STREAM_START_EVENT:
    case YAML_NO_EVENT:
        break;
    }
    return true;
}

static void read_events(Reader *reader)
{
    guint64 n = 0;
    for (bool go_on = true; go_on; n++) {
        yaml_event_t event;
        if (n % EVENTS_A_TURN == 0 &&
            !of_progress_tell("reading", (double) reader->parser.mark.index / (double) (reader->text->length + 1))) {
            reader->has_failed = true;
            return;
        }
        if (!yaml_parser_parse(&reader->parser, &event)) {
            report_problem(reader);
            return;
        }
        go_on = read_event(reader, &event);
        yaml_event_delete(&event);
    }
}

/* An empty file, or one of comments or of a null alone. */
static void check_empty(Reader *reader)
{
    const OfNode *root = &reader->document->root;
    if (reader->has_failed || of_tree_has_failed(reader->tree) || (reader->has_root && !of_node_is_null(root))) {
        return;
    }
    OfPlace place = {reader->text, 1, 1, 1};
    report(reader, "empty-document", &place, NULL, "the document is empty");
}

static void read_text(Reader *reader)
{
    if (!yaml_parser_initialize(&reader->parser)) {
        report_problem(reader);
        return;
    }
    char *joined = set_input(reader);
    read_events(reader);
    yaml_parser_delete(&reader->parser);
    g_free(joined);
    check_empty(reader);
}

OfDocument *of_document_read(const OfSourceText *text, const OfLimits *limits, OfDiagnostics *diagnostics)
{
    if (text->length >= G_MAXUINT32) { /* what the fields of a node can count */
        OfPlace place = {text, 1, 1, 1};
        of_diagnostics_add(diagnostics, OF_SEVERITY_ERROR, "limit-input-bytes", &place, NULL, "the text has 4 GiB or more")->kind =
            OF_KIND_LIMIT;
        return NULL;
    }
    if (!of_encoding_check(text, diagnostics) || of_conflict_check(text, diagnostics)) {
        return NULL;
    }
    g_autoptr(OfDocument) document = g_new0(OfDocument, 1);
    document->arena = of_arena_new();
    document->stacks = g_ptr_array_new_with_free_func(g_free);
    document->text = text;
    document->root = (OfNode){.type = OF_NODE_SCALAR, .plain = true, .text = ""};
    g_autoptr(OfTree) tree = of_tree_new(document, limits, diagnostics);
    g_autoptr(GArray) joined = g_array_new(FALSE, FALSE, sizeof(guint32));
    Reader reader = {.document = document, .text = text, .diagnostics = diagnostics, .tree = tree, .joined = joined};
    if (check_directives(&reader)) {
        read_text(&reader);
    }
    return reader.has_failed || of_tree_has_failed(tree) ? NULL : g_steal_pointer(&document);
}
