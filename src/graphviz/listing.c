#include "graphviz/listing.h"

#include "base/hash.h"
#include "base/limits.h"

#include <string.h>

/* A list that is being read. */
typedef struct {
    Agraph_t *graph;
    GHashTable *subgraphs; /* name → Agraph_t */
    const char *at, *end;
} Reader;

/* The next text, or NULL at the end. */
static const char *next_text(Reader *reader)
{
    const char *text = reader->at;
    const char *nul = text < reader->end ? memchr(text, '\0', (gsize) (reader->end - text)) : NULL;
    reader->at = nul != NULL ? nul + 1 : reader->end;
    return nul != NULL ? text : NULL;
}

static void know_subgraphs(GHashTable *subgraphs, Agraph_t *graph)
{
    g_hash_table_insert(subgraphs, agnameof(graph), graph);
    for (Agraph_t *inner = agfstsubg(graph); inner != NULL; inner = agnxtsubg(inner)) {
        know_subgraphs(subgraphs, inner);
    }
}

static void *find_edge(Reader *reader, const char *tail, const char *head, const char *name)
{
    Agnode_t *from = agnode(reader->graph, (char *) tail, FALSE), *to = agnode(reader->graph, (char *) head, FALSE);
    return from != NULL && to != NULL ? agedge(reader->graph, from, to, (char *) (*name != '\0' ? name : NULL), FALSE) : NULL;
}

/* The object that comes next, or NULL where there is none. */
static void *next_object(Reader *reader)
{
    const char *kind = next_text(reader), *name = next_text(reader);
    if (kind == NULL || name == NULL) {
        return NULL;
    }
    if (strcmp(kind, "g") == 0) {
        return g_hash_table_lookup(reader->subgraphs, name);
    }
    if (strcmp(kind, "n") == 0) {
        return agnode(reader->graph, (char *) name, FALSE);
    }
    const char *head = next_text(reader), *own = next_text(reader);
    return strcmp(kind, "e") == 0 && head != NULL && own != NULL ? find_edge(reader, name, head, own) : NULL;
}

/* Sets the pairs that follow. Returns false where they do not end. */
static bool set_values(Reader *reader, void *object)
{
    for (;;) {
        const char *name = next_text(reader);
        if (name == NULL || *name == '\0') {
            return name != NULL;
        }
        const char *value = next_text(reader);
        if (value == NULL) {
            return false;
        }
        agsafeset(object, (char *) name, (char *) value, (char *) "");
    }
}

bool of_listing_apply(Agraph_t *graph, GBytes *listing, OfTakeListed take, gpointer data, GError **error)
{
    gsize length = 0;
    g_autoptr(GHashTable) subgraphs = g_hash_table_new(of_text_hash, g_str_equal);
    Reader reader = {.graph = graph, .subgraphs = subgraphs, .at = g_bytes_get_data(listing, &length)};
    reader.end = reader.at + length;
    know_subgraphs(subgraphs, graph);
    while (reader.at < reader.end) {
        void *object = next_object(&reader);
        if (object == NULL || !set_values(&reader, object)) {
            g_set_error_literal(error, OF_ERROR, OF_ERROR_ENVIRONMENT, "Graphviz gave a layout of another graph");
            return false;
        }
        if (take != NULL && !take(object, data, error)) {
            return false;
        }
    }
    return true;
}
