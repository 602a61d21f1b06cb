#include "graphviz/sequential_ids.h"
#include "graphviz/wire.h"

#include <stdbool.h>
#include <string.h>

typedef struct {
    const char *at, *end;
    Agraph_t *root, *graph; /* the innermost that is open */
    void *object;           /* that was last begun */
    GPtrArray *symbols, *nodes;
} Reader;

/* The next text, or NULL at the end. */
static char *next_text(Reader *reader)
{
    const char *text = reader->at;
    const char *nul = text < reader->end ? memchr(text, '\0', (gsize) (reader->end - text)) : NULL;
    reader->at = nul != NULL ? nul + 1 : reader->end;
    return nul != NULL ? (char *) text : NULL;
}

/* What a list has at the number that comes next, or NULL. */
static void *next_of(Reader *reader, const GPtrArray *list)
{
    guint32 number;
    if ((gsize) (reader->end - reader->at) < sizeof number) {
        return NULL;
    }
    memcpy(&number, reader->at, sizeof number);
    reader->at += sizeof number;
    return number < list->len ? list->pdata[number] : NULL;
}

static bool read_attribute(Reader *reader, int kind)
{
    char *name = next_text(reader), *value = next_text(reader);
    if (value == NULL) {
        return false;
    }
    g_ptr_array_add(reader->symbols, agattr(reader->root, kind, name, value));
    return true;
}

static bool read_value(Reader *reader, bool html)
{
    Agsym_t *symbol = next_of(reader, reader->symbols);
    char *value = next_text(reader);
    /* Each kind of object has attributes of its own. */
    if (symbol == NULL || value == NULL || symbol->kind != AGTYPE(reader->object)) {
        return false;
    }
    agxset(reader->object, symbol, html ? agstrdup_html(reader->root, value) : value);
    return true;
}

static bool open_subgraph(Reader *reader)
{
    char *name = next_text(reader);
    reader->graph = name != NULL ? agsubg(reader->graph, name, TRUE) : NULL;
    reader->object = reader->graph;
    return reader->graph != NULL;
}

static bool close_subgraph(Reader *reader)
{
    reader->graph = agparent(reader->graph);
    reader->object = reader->graph;
    return reader->graph != NULL;
}

static bool read_node(Reader *reader)
{
    char *name = next_text(reader);
    reader->object = name != NULL ? agnode(reader->graph, name, TRUE) : NULL;
    g_ptr_array_add(reader->nodes, reader->object);
    return reader->object != NULL;
}

static bool read_member(Reader *reader)
{
    Agnode_t *node = next_of(reader, reader->nodes);
    reader->object = node != NULL ? agsubnode(reader->graph, node, TRUE) : NULL;
    return reader->object != NULL;
}

static bool read_edge(Reader *reader)
{
    Agnode_t *tail = next_of(reader, reader->nodes), *head = next_of(reader, reader->nodes);
    char *name = next_text(reader);
    const bool whole = tail != NULL && head != NULL && name != NULL;
    reader->object = whole ? agedge(reader->graph, tail, head, *name != '\0' ? name : NULL, TRUE) : NULL;
    return reader->object != NULL;
}

static bool read_record(Reader *reader)
{
    switch (*reader->at++) {
    case 'G':
        return read_attribute(reader, AGRAPH);
    case 'N':
        return read_attribute(reader, AGNODE);
    case 'E':
        return read_attribute(reader, AGEDGE);
    case '{':
        return open_subgraph(reader);
    case '}':
        return close_subgraph(reader);
    case 'n':
        return read_node(reader);
    case 'm':
        return read_member(reader);
    case 'e':
        return read_edge(reader);
    case '=':
        return read_value(reader, false);
    case '<':
        return read_value(reader, true);
    default:
        return false;
    }
}

Agraph_t *of_wire_read(const char *bytes, gsize length)
{
    Reader reader = {.at = bytes, .end = bytes + length};
    char *name = next_text(&reader);
    if (name == NULL) {
        return NULL;
    }
    reader.root = reader.graph = agopen(name, Agdirected, of_sequential_discipline());
    reader.object = reader.root;
    reader.symbols = g_ptr_array_new();
    reader.nodes = g_ptr_array_new();
    bool sense = reader.root != NULL;
    while (sense && reader.at < reader.end) {
        sense = read_record(&reader);
    }
    sense = sense && reader.graph == reader.root;
    g_ptr_array_unref(reader.symbols);
    g_ptr_array_unref(reader.nodes);
    if (!sense && reader.root != NULL) {
        agclose(reader.root);
    }
    return sense ? reader.root : NULL;
}
