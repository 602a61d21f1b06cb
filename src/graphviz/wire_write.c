#include "graphviz/wire.h"

#include <stdbool.h>
#include <string.h>

#define NOT_DECLARED G_MAXUINT32

typedef struct {
    Agsym_t *symbol;
    guint32 number; /* on the wire */
} Attribute;

typedef struct {
    GByteArray *bytes;
    GArray *of_graphs, *of_nodes, *of_edges; /* of Attribute */
    GHashTable *numbers;                     /* Agnode_t → its number and one */
    guint32 n_attributes;
} Writer;

static void put_bytes(Writer *writer, const void *bytes, gsize length)
{
    g_byte_array_append(writer->bytes, bytes, (guint) length);
}

static void put_text(Writer *writer, const char *text)
{
    put_bytes(writer, text, strlen(text) + 1);
}

static void put_number(Writer *writer, guint32 number)
{
    put_bytes(writer, &number, sizeof number);
}

/* ---- Attributes ---- */

static bool is_mere_data(const char *name)
{
    return g_str_has_prefix(name, "data_") || strcmp(name, "class") == 0 || strcmp(name, "id") == 0;
}

static GArray *list_attributes(Agraph_t *root, int kind)
{
    GArray *attributes = g_array_new(FALSE, FALSE, sizeof(Attribute));
    for (Agsym_t *symbol = agnxtattr(root, kind, NULL); symbol != NULL; symbol = agnxtattr(root, kind, symbol)) {
        if (!is_mere_data(symbol->name)) {
            const Attribute attribute = {symbol, NOT_DECLARED};
            g_array_append_val(attributes, attribute);
        }
    }
    return attributes;
}

static void declare(Writer *writer, char letter, Attribute *attribute)
{
    put_bytes(writer, &letter, 1);
    put_text(writer, attribute->symbol->name);
    put_text(writer, aghtmlstr(attribute->symbol->defval) ? "" : attribute->symbol->defval);
    attribute->number = writer->n_attributes++;
}

static void put_value(Writer *writer, const Attribute *attribute, char *value)
{
    put_bytes(writer, aghtmlstr(value) ? "<" : "=", 1);
    put_number(writer, attribute->number);
    put_text(writer, value);
}

/* Those that are something by default. The others are declared once one is found to be set: Graphviz may look at whether there is an
 * attribute at all. */
static void declare_defaults(Writer *writer, char letter, GArray *attributes)
{
    for (guint i = 0; i < attributes->len; i++) {
        Attribute *attribute = &g_array_index(attributes, Attribute, i);
        if (*attribute->symbol->defval != '\0') {
            declare(writer, letter, attribute);
            if (aghtmlstr(attribute->symbol->defval)) { /* of the graph itself, which is what was begun */
                put_value(writer, attribute, attribute->symbol->defval);
            }
        }
    }
}

/* Values are interned: what is the same is at the same place. */
static bool has_value(void *object, const Attribute *attribute)
{
    return agxget(object, attribute->symbol) != attribute->symbol->defval;
}

static void declare_those_of(Writer *writer, char letter, void *object, GArray *attributes)
{
    for (guint i = 0; i < attributes->len; i++) {
        Attribute *attribute = &g_array_index(attributes, Attribute, i);
        if (attribute->number == NOT_DECLARED && has_value(object, attribute)) {
            declare(writer, letter, attribute);
        }
    }
}

static void put_values(Writer *writer, void *object, const GArray *attributes)
{
    for (guint i = 0; i < attributes->len; i++) {
        const Attribute *attribute = &g_array_index(attributes, Attribute, i);
        if (has_value(object, attribute)) {
            put_value(writer, attribute, agxget(object, attribute->symbol));
        }
    }
}

/* Of a subgraph: who reads it gives it the values of the one around it. */
static void put_own_values(Writer *writer, Agraph_t *graph)
{
    for (guint i = 0; i < writer->of_graphs->len; i++) {
        const Attribute *attribute = &g_array_index(writer->of_graphs, Attribute, i);
        char *value = agxget(graph, attribute->symbol);
        if (value != agxget(agparent(graph), attribute->symbol)) {
            put_value(writer, attribute, value);
        }
    }
}

/* ---- Nodes, edges, subgraphs ---- */

static guint32 number_of(const Writer *writer, Agnode_t *node)
{
    return GPOINTER_TO_UINT(g_hash_table_lookup(writer->numbers, node)) - 1;
}

static void put_node(Writer *writer, Agnode_t *node)
{
    if (g_hash_table_contains(writer->numbers, node)) {
        put_bytes(writer, "m", 1);
        put_number(writer, number_of(writer, node));
        return;
    }
    g_hash_table_insert(writer->numbers, node, GUINT_TO_POINTER(g_hash_table_size(writer->numbers) + 1));
    declare_those_of(writer, 'N', node, writer->of_nodes);
    put_bytes(writer, "n", 1);
    put_text(writer, agnameof(node));
    put_values(writer, node, writer->of_nodes);
}

static void put_edge(Writer *writer, Agedge_t *edge)
{
    const char *name = agnameof(edge);
    declare_those_of(writer, 'E', edge, writer->of_edges);
    put_bytes(writer, "e", 1);
    put_number(writer, number_of(writer, agtail(edge)));
    put_number(writer, number_of(writer, aghead(edge)));
    put_text(writer, name != NULL ? name : "");
    put_values(writer, edge, writer->of_edges);
}

static void add_contents(GHashTable *things, Agraph_t *graph)
{
    for (Agnode_t *node = agfstnode(graph); node != NULL; node = agnxtnode(graph, node)) {
        g_hash_table_add(things, node);
        for (Agedge_t *edge = agfstout(graph, node); edge != NULL; edge = agnxtout(graph, edge)) {
            g_hash_table_add(things, edge);
        }
    }
}

/* Subgraphs, then what is in none of them: each node, and before each edge the one that it leads to. */
static void put_contents(Writer *writer, Agraph_t *graph)
{
    g_autoptr(GHashTable) done = g_hash_table_new(NULL, NULL);
    for (Agraph_t *inner = agfstsubg(graph); inner != NULL; inner = agnxtsubg(inner)) {
        add_contents(done, inner);
        declare_those_of(writer, 'G', inner, writer->of_graphs);
        put_bytes(writer, "{", 1);
        put_text(writer, agnameof(inner));
        put_own_values(writer, inner);
        put_contents(writer, inner);
        put_bytes(writer, "}", 1);
    }
    for (Agnode_t *node = agfstnode(graph); node != NULL; node = agnxtnode(graph, node)) {
        if (g_hash_table_add(done, node)) {
            put_node(writer, node);
        }
        for (Agedge_t *edge = agfstout(graph, node); edge != NULL; edge = agnxtout(graph, edge)) {
            if (g_hash_table_add(done, aghead(edge))) {
                put_node(writer, aghead(edge));
            }
            if (g_hash_table_add(done, edge)) {
                put_edge(writer, edge);
            }
        }
    }
}

GBytes *of_wire_write(Agraph_t *graph)
{
    Writer writer = {
        .bytes = g_byte_array_new(),
        .of_graphs = list_attributes(graph, AGRAPH),
        .of_nodes = list_attributes(graph, AGNODE),
        .of_edges = list_attributes(graph, AGEDGE),
        .numbers = g_hash_table_new(NULL, NULL),
    };
    put_text(&writer, agnameof(graph));
    declare_defaults(&writer, 'G', writer.of_graphs);
    declare_defaults(&writer, 'N', writer.of_nodes);
    declare_defaults(&writer, 'E', writer.of_edges);
    put_contents(&writer, graph);
    g_array_unref(writer.of_graphs);
    g_array_unref(writer.of_nodes);
    g_array_unref(writer.of_edges);
    g_hash_table_unref(writer.numbers);
    return g_byte_array_free_to_bytes(writer.bytes);
}
