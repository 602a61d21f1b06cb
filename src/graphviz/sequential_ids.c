#include "graphviz/sequential_ids.h"

#include <glib.h>
#include <string.h>

/* Graphviz as found by CMake keeps the order by itself (its graphs have a member g_seq): then there is nothing to do. */
#ifndef ORGFLOW_CGRAPH_KEEPS_ORDER

/* The names of one graph and of what is in it. cgraph has a table for that itself, but 2.42 leaks it. */
typedef struct {
    Agraph_t *graph;
    GHashTable *ids;  /* name → id */
    GPtrArray *names; /* by id − 1, NULL for what has none; interned in the graph, which the writer takes for granted */
} Names;

static void *open_names(Agraph_t *graph, Agdisc_t *discipline)
{
    (void) discipline;
    Names *names = g_new(Names, 1);
    names->graph = graph;
    names->ids = g_hash_table_new(g_str_hash, g_str_equal);
    names->names = g_ptr_array_new();
    return names;
}

static void close_names(void *state)
{
    Names *names = state;
    g_ptr_array_free(names->names, TRUE);
    g_hash_table_destroy(names->ids);
    g_free(names);
}

/* As in cgraph's own discipline a name has one id, whatever kind of thing it is the name of. */
static long map_name(void *state, int kind, char *name, IDTYPE *id, int create)
{
    (void) kind;
    Names *names = state;
    void *known = name != NULL ? g_hash_table_lookup(names->ids, name) : NULL;
    if (known != NULL) {
        *id = GPOINTER_TO_SIZE(known);
        return 1;
    }
    if (name != NULL && !create) {
        return 0;
    }
    char *kept = name != NULL ? agstrdup(names->graph, name) : NULL;
    g_ptr_array_add(names->names, kept);
    *id = names->names->len;
    if (kept != NULL) {
        g_hash_table_insert(names->ids, kept, GSIZE_TO_POINTER(*id));
    }
    return 1;
}

static char *print_id(void *state, int kind, IDTYPE id)
{
    (void) kind;
    const Names *names = state;
    return id >= 1 && id <= names->names->len ? g_ptr_array_index(names->names, id - 1) : NULL;
}

/* Ids of a caller's choice are not for graphs with names. */
static long refuse_id(void *state, int kind, IDTYPE id)
{
    (void) state;
    (void) kind;
    (void) id;
    return 0;
}

/* A name that is free again keeps its id until the graph is closed. */
static void free_id(void *state, int kind, IDTYPE id)
{
    (void) state;
    (void) kind;
    (void) id;
}

static void register_id(void *state, int kind, void *object)
{
    (void) state;
    (void) kind;
    (void) object;
}

static Agiddisc_t ids = {.open = open_names,
                         .map = map_name,
                         .alloc = refuse_id,
                         .free = free_id,
                         .print = print_id,
                         .close = close_names,
                         .idregister = register_id};
#endif

typedef struct {
    const char *at;
    gsize left;
} Source;

static int read_source(void *channel, char *buffer, int size)
{
    Source *source = channel;
    const gsize n = MIN(source->left, (gsize) MAX(size, 0));
    memcpy(buffer, source->at, n);
    source->at += n;
    source->left -= n;
    return (int) n;
}

static Agdisc_t make_discipline(Agiodisc_t *io)
{
    Agdisc_t discipline = AgDefaultDisc;
#ifndef ORGFLOW_CGRAPH_KEEPS_ORDER
    discipline.id = &ids;
#endif
    if (io != NULL) {
        *io = AgIoDisc;
        io->afread = read_source;
        discipline.io = io;
    }
    return discipline;
}

Agdisc_t *of_sequential_discipline(void)
{
    static Agdisc_t discipline;
    static gsize made = 0;
    if (g_once_init_enter(&made)) {
        discipline = make_discipline(NULL);
        g_once_init_leave(&made, 1);
    }
    return &discipline;
}

Agraph_t *of_sequential_read(const char *text)
{
    static Agiodisc_t io; /* a graph goes on using it until it is closed */
    static Agdisc_t discipline;
    static gsize made = 0;
    if (g_once_init_enter(&made)) {
        discipline = make_discipline(&io);
        g_once_init_leave(&made, 1);
    }
    Source source = {.at = text, .left = strlen(text)};
    return agread(&source, &discipline);
}
