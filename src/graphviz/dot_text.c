/* Graphs as DOT text and back, and the lock around cgraph's global state. */
#include "graphviz/layout.h"
#include "graphviz/sequential_ids.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static GRecMutex cgraph_lock;

void of_cgraph_lock(void)
{
    g_rec_mutex_lock(&cgraph_lock);
}

void of_cgraph_unlock(void)
{
    g_rec_mutex_unlock(&cgraph_lock);
}

#define WORD_JOINER "\xe2\x81\xa0" /* U+2060 */
#define ODD_NUMBER  "-."           /* the one text that the writer takes for a number and the reader does not */

static bool is_control(char c)
{
    return (guchar) c < 0x20 || c == 0x7f;
}

/* Whether DOT as cgraph 2.42 writes and reads it loses what begins at `at`: it escapes no backslash, so that one before a quote,
 * at the end or where a long line is broken takes the next character along. Before letters and digits it is safe: no line is
 * broken there. */
static bool is_lost(const char *at)
{
    return is_control(*at) || (*at == '\\' && at[1] != '\\' && !g_ascii_isalnum(at[1]) && !g_str_has_prefix(at + 1, WORD_JOINER));
}

/* Whether a text as a whole cannot be written: it looks like a number, or is nothing but quotes, for which cgraph 14 takes one byte too few. */
static bool is_odd(const char *text, gsize length)
{
    return length > 0 && (strspn(text, "\"") >= length || (length == strlen(ODD_NUMBER) && g_str_has_prefix(text, ODD_NUMBER)));
}

/* Text with joiners and blanks, or NULL where it needs none. Owned by the caller. */
static char *make_writable(const char *text)
{
    const char *at = text;
    while (*at != '\0' && !is_lost(at)) {
        at++;
    }
    const bool odd = is_odd(text, strlen(text));
    if (*at == '\0' && !odd) {
        return NULL;
    }
    GString *writable = g_string_new(NULL);
    for (at = text; *at != '\0'; at++) {
        g_string_append_c(writable, is_control(*at) ? ' ' : *at);
        if (is_lost(at) && !is_control(*at)) {
            g_string_append(writable, WORD_JOINER);
        }
    }
    g_string_append(writable, odd ? WORD_JOINER : "");
    return g_string_free(writable, FALSE);
}

char *of_graph_literal(const char *value)
{
    static const char joined[] = "\\" WORD_JOINER;
    const gsize length = strlen(value) - (g_str_has_suffix(value, WORD_JOINER) ? strlen(WORD_JOINER) : 0);
    if (value[length] != '\0' && is_odd(value, length)) {
        return g_strndup(value, length);
    }
    if (strchr(value, '\\') == NULL) { /* as in most */
        return g_utf8_make_valid(value, -1);
    }
    GString *literal = g_string_new(NULL);
    for (const char *at = value; *at != '\0'; at++) {
        g_string_append_c(literal, *at);
        at += g_str_has_prefix(at, joined) ? strlen(WORD_JOINER) : 0;
    }
    char *valid = g_utf8_make_valid(literal->str, (gssize) literal->len);
    g_string_free(literal, TRUE);
    return valid;
}

char *of_graph_operations(const char *value)
{
    GString *operations = g_string_new(value);
    g_string_replace(operations, "\\\\", "\\", 0);
    return g_strdelimit(g_string_free(operations, FALSE), "\\", OF_GRAPH_BACKSLASH);
}

static GPtrArray *list_symbols(Agraph_t *root, int kind)
{
    GPtrArray *symbols = g_ptr_array_new();
    for (Agsym_t *symbol = agnxtattr(root, kind, NULL); symbol != NULL; symbol = agnxtattr(root, kind, symbol)) {
        g_ptr_array_add(symbols, symbol);
    }
    return symbols;
}

static void make_values_writable(Agraph_t *root, const GPtrArray *symbols, void *object)
{
    for (guint i = 0; i < symbols->len; i++) {
        Agsym_t *symbol = symbols->pdata[i];
        char *value = agxget(object, symbol);
        const bool looked_at = value == NULL || (value == symbol->defval && object != (void *) root);
        char *writable = looked_at ? NULL : make_writable(value);
        if (writable != NULL) {
            /* Kept until the graph is closed: what agstrfree() takes depends on the version. */
            agxset(object, symbol, aghtmlstr(value) ? agstrdup_html(root, writable) : agstrdup(root, writable));
            g_free(writable);
        }
    }
}

static void make_subgraphs_writable(Agraph_t *root, const GPtrArray *symbols, Agraph_t *graph)
{
    make_values_writable(root, symbols, graph);
    for (Agraph_t *inner = agfstsubg(graph); inner != NULL; inner = agnxtsubg(inner)) {
        make_subgraphs_writable(root, symbols, inner);
    }
}

void of_graph_make_writable(Agraph_t *graph)
{
    g_autoptr(GPtrArray) of_graphs = list_symbols(graph, AGRAPH), of_nodes = list_symbols(graph, AGNODE),
                         of_edges = list_symbols(graph, AGEDGE);
    make_subgraphs_writable(graph, of_graphs, graph);
    for (Agnode_t *node = agfstnode(graph); node != NULL; node = agnxtnode(graph, node)) {
        make_values_writable(graph, of_nodes, node);
        for (Agedge_t *edge = agfstout(graph, node); edge != NULL; edge = agnxtout(graph, edge)) {
            make_values_writable(graph, of_edges, edge);
        }
    }
}

static void free_stream_bytes(gpointer bytes)
{
    free(bytes); /* open_memstream's come from malloc, whatever g_malloc may be */
}

static GBytes *write_text(Agraph_t *graph, GError **error)
{
    char *text = NULL;
    size_t length = 0;
    FILE *stream = open_memstream(&text, &length);
    if (stream == NULL) {
        g_set_error(error, OF_ERROR, OF_ERROR_ENVIRONMENT, "cannot write the graph: %s", g_strerror(errno));
        return NULL;
    }
    const bool written = agwrite(graph, stream) == 0 && ferror(stream) == 0;
    const bool closed = fclose(stream) == 0;
    if (!written || !closed || length == 0) {
        free(text);
        g_set_error_literal(error, OF_ERROR, OF_ERROR_ENVIRONMENT, "cannot write the graph: out of memory");
        return NULL;
    }
    return g_bytes_new_with_free_func(text, length, free_stream_bytes, text);
}

GBytes *of_graph_write(Agraph_t *graph, GError **error)
{
    of_graph_make_writable(graph);
    return write_text(graph, error);
}

/* cgraph's scanner keeps what it has not used, and the state it was in (a comment or a quoted string that never ended), for
 * whatever is read next by anyone in the program. Reads a graph of our own until it comes back as it is. Returns whether it did
 * so at once: then nothing but blanks and comments stood behind the graph before. */
static bool settle_scanner(void)
{
    static const char *const attempts[] = {"graph orgflow_settled {}", "*/", "graph orgflow_settled {}", "\"",
                                           "graph orgflow_settled {}", ">",  "graph orgflow_settled {}"};
    for (gsize i = 0; i < G_N_ELEMENTS(attempts); i++) {
        Agraph_t *graph = agmemread(attempts[i]);
        if (graph != NULL) {
            const bool settled = strcmp(agnameof(graph), "orgflow_settled") == 0 && agnnodes(graph) == 0;
            agclose(graph);
            if (settled) {
                return i == 0;
            }
        }
    }
    return false;
}

/* The words of cgraph's last error on one line. Owned by the caller. */
static char *last_words(void)
{
    char *words = agerrors() > 0 ? aglasterr() : NULL;
    char *valid = g_utf8_make_valid(words != NULL ? words : "no graph in it", -1);
    free(words);
    return g_strdelimit(g_strstrip(valid), "\r\n", ' ');
}

Agraph_t *of_graph_read(const char *bytes, gsize length, GError **error)
{
    if (length == 0 || memchr(bytes, '\0', length) != NULL) {
        g_set_error_literal(error, OF_ERROR, OF_ERROR_ENVIRONMENT, length == 0 ? "no DOT: empty" : "no DOT: a NUL byte in it");
        return NULL;
    }
    g_autofree char *text = g_strndup(bytes, length);
    /* Silenced by level, not by an error function of ours: cgraph 2.42 crashes while it formats 1024 bytes and more for one. */
    const agerrlevel_t before = agseterr(AGMAX);
    agreseterrors();
    Agraph_t *graph = of_sequential_read(text);
    g_autofree char *words = graph == NULL || agerrors() > 0 ? last_words() : NULL;
    const bool clean = settle_scanner();
    agreseterrors();
    agseterr(before);
    if (words == NULL && clean) {
        return graph;
    }
    g_set_error(error, OF_ERROR, OF_ERROR_ENVIRONMENT, "no DOT: %s", words != NULL ? words : "text behind the graph");
    if (graph != NULL) {
        agclose(graph);
    }
    return NULL;
}
