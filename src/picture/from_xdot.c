#include "base/hash.h"
#include "graphviz/layout.h"
#include "graphviz/listing.h"
#include "picture/picture.h"
#include "picture/timing.h"
#include "picture/xdot_shapes.h"

#include <math.h>
#include <string.h>

#define DATA_PREFIX "data_"
#define AREA        "data_area"

/* An attribute `data_*` that is painted as data. */
typedef struct {
    char *attribute; /* "data_lab_name" */
    char *name;      /* "lab-name" */
} DataKey;

typedef struct {
    Agraph_t *root;
    OfPicture *picture;
    OfXdotPage page;
    GHashTable *ids;       /* those given away → how often they were asked for */
    GArray *keys[3];       /* of DataKey by AGRAPH, AGNODE, AGEDGE, sorted by name */
    OfColor canvas;        /* as Graphviz painted it */
    GArray *ground;        /* of OfShape: what the background draws; without points where an element has taken it */
    OfElement *background; /* the root graph's element, whose they are else */
    GPtrArray *with_areas; /* of OfElement: those with an area */
    GHashTable *area_of;   /* OfElement -> number of the first shape of its area */
    GHashTable *drawn;     /* Agnode_t → the element that it is drawn as */
    GHashTable *edges;     /* OfElement of an edge → Agedge_t */
} Reader;

/* An attribute's value, NULL where it is empty or not there. */
static const char *attribute(void *object, const char *name)
{
    const char *value = agget(object, (char *) name);
    return value != NULL && *value != '\0' ? value : NULL;
}

/* The same, of an object's own: what a graph says in DOT text becomes the default of every graph within, which then looks the
 * same there. */
static const char *own_attribute(const Reader *reader, void *object, const char *name)
{
    const char *value = attribute(object, name);
    if (value != NULL && AGTYPE(object) == AGRAPH && object != reader->root) {
        const char *inherited = attribute(reader->root, name);
        return inherited != NULL && strcmp(inherited, value) == 0 ? NULL : value;
    }
    return value;
}

/* Reads n numbers with commas between them. */
static bool parse_numbers(const char *text, double *numbers, gsize n)
{
    for (gsize i = 0; i < n; i++) {
        char *end = NULL;
        numbers[i] = g_ascii_strtod(text, &end);
        if (end == text || !isfinite(numbers[i]) || *end != (i + 1 < n ? ',' : '\0')) {
            return false;
        }
        text = end + 1;
    }
    return true;
}

static void fail_page(GError **error)
{
    g_set_error_literal(error, OF_ERROR, OF_ERROR_ENVIRONMENT, "the layout gave a graph that is no xdot with a page");
}

/* Where the page is: `data_page`, else the graph's own bounding box. */
static bool read_page(Reader *reader, GError **error)
{
    const char *page = attribute(reader->root, "data_page"), *box = attribute(reader->root, "bb"),
               *scale = attribute(reader->root, "data_scale");
    double numbers[4] = {0, 0, 0, 0}, factor = 1;
    bool good = true;
    if (page != NULL) {
        good = parse_numbers(page, numbers, 4);
    } else {
        good = box != NULL && parse_numbers(box, numbers, 4);
        numbers[2] -= numbers[0];
        numbers[3] -= numbers[1];
    }
    good = good && (scale == NULL || parse_numbers(scale, &factor, 1)) && numbers[2] > 0 && numbers[3] > 0 && factor > 0 &&
           isfinite(numbers[2] * factor) && isfinite(numbers[3] * factor);
    if (!good) {
        fail_page(error);
        return false;
    }
    reader->page = (OfXdotPage){.left = numbers[0], .bottom = numbers[1], .height = numbers[3], .scale = factor};
    reader->picture->width = numbers[2] * factor;
    reader->picture->height = numbers[3] * factor;
    return true;
}

static void clear_key(gpointer key)
{
    g_free(((DataKey *) key)->attribute);
    g_free(((DataKey *) key)->name);
}

static int compare_keys(gconstpointer a, gconstpointer b)
{
    const DataKey *left = a, *right = b;
    const int by_name = strcmp(left->name, right->name);
    return by_name != 0 ? by_name : strcmp(left->attribute, right->attribute);
}

/* Whether `data_*` has a place of its own in a picture or an element. */
static bool is_reserved(int kind, const char *attribute_name)
{
    static const char *const of_graph[] = {"data_page",     "data_scale",  "data_pixels",  "data_title",  "data_description",
                                           "data_language", "data_digest", "data_program", "data_url",    "data_steps",
                                           "data_cuts",     "data_time",   "data_parts",   "data_widths", "data_words",
                                           "data_titles",   NULL};
    static const char *const of_others[] = {"data_title",  "data_url",   AREA,          "data_time", "data_parts",
                                            "data_widths", "data_words", "data_titles", NULL};
    return g_strv_contains(kind == AGRAPH ? of_graph : of_others, attribute_name);
}

static GArray *collect_keys(Agraph_t *root, int kind)
{
    GArray *keys = g_array_new(FALSE, FALSE, sizeof(DataKey));
    g_array_set_clear_func(keys, clear_key);
    for (Agsym_t *symbol = agnxtattr(root, kind, NULL); symbol != NULL; symbol = agnxtattr(root, kind, symbol)) {
        if (g_str_has_prefix(symbol->name, DATA_PREFIX) && strlen(symbol->name) > strlen(DATA_PREFIX) &&
            !is_reserved(kind, symbol->name)) {
            DataKey key = {g_strdup(symbol->name), g_ascii_strdown(symbol->name + strlen(DATA_PREFIX), -1)};
            g_strcanon(key.name, "abcdefghijklmnopqrstuvwxyz0123456789", '-');
            g_array_append_val(keys, key);
        }
    }
    g_array_sort(keys, compare_keys);
    return keys;
}

/* Text as a name of XML's: other characters become `_`, and a `_` is put before what may not begin a name. */
static char *make_xml_name(const char *text)
{
    char *name = g_strdup(text);
    g_strcanon(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-", '_');
    if (g_ascii_isalpha(*name) || *name == '_') {
        return name;
    }
    char *begun = g_strconcat("_", name, NULL);
    g_free(name);
    return begun;
}

/* wanted as it is the first time, then with -2, -3, …, past what was asked for in so many words. Owned by the caller. */
static char *claim_id(Reader *reader, const char *wanted)
{
    char *id = make_xml_name(wanted);
    guint times = GPOINTER_TO_UINT(g_hash_table_lookup(reader->ids, id));
    if (times > 0) {
        g_autofree char *base = id;
        id = g_strdup_printf("%s-%u", base, ++times);
        while (g_hash_table_contains(reader->ids, id)) {
            g_free(id);
            id = g_strdup_printf("%s-%u", base, ++times);
        }
        g_hash_table_insert(reader->ids, g_strdup(base), GUINT_TO_POINTER(times));
    }
    g_hash_table_insert(reader->ids, g_strdup(id), GUINT_TO_POINTER(1));
    return id;
}

static bool is_link(const char *url)
{
    static const char *const schemes[] = {"http://", "https://", "mailto:"};
    for (gsize i = 0; i < G_N_ELEMENTS(schemes); i++) {
        if (g_ascii_strncasecmp(url, schemes[i], strlen(schemes[i])) == 0) {
            return true;
        }
    }
    return false;
}

static char *literal_or_null(const char *text)
{
    return text != NULL ? of_graph_literal(text) : NULL;
}

/* Whether word is one of the words of text. */
static bool has_word(const char *text, const char *word)
{
    g_auto(GStrv) words = g_strsplit_set(text != NULL ? text : "", " \t\n", -1);
    return g_strv_contains((const char *const *) words, word);
}

static GArray *read_data(const Reader *reader, void *object)
{
    GArray *data = g_array_new(FALSE, FALSE, sizeof(OfDatum));
    const GArray *keys = reader->keys[AGTYPE(object) == AGRAPH ? 0 : AGTYPE(object) == AGNODE ? 1 : 2];
    for (guint i = 0; i < keys->len; i++) {
        const DataKey *key = &g_array_index(keys, DataKey, i);
        const char *value = own_attribute(reader, object, key->attribute);
        const bool again = data->len > 0 && strcmp(g_array_index(data, OfDatum, data->len - 1).name, key->name) == 0;
        if (value != NULL && !again) {
            OfDatum datum = {g_strdup(key->name), of_graph_literal(value)};
            g_array_append_val(data, datum);
        }
    }
    return data;
}

static bool read_shapes(Reader *reader, OfElement *element, void *object, GError **error)
{
    static const char *const of_edge[] = {"_draw_", "_hdraw_", "_tdraw_", "_ldraw_", "_hldraw_", "_tldraw_", NULL};
    static const char *const of_others[] = {"_draw_", "_ldraw_", NULL};
    const bool disputed = has_word(element->classes, "disputed");
    const char *const *names = element->kind == OF_ELEMENT_EDGE ? of_edge : of_others;
    for (gsize i = 0; names[i] != NULL; i++) {
        const char *ops = own_attribute(reader, object, names[i]);
        OfColor *canvas = element->kind == OF_ELEMENT_GRAPH && i == 0 ? &reader->canvas : NULL;
        if (ops != NULL && !of_xdot_append_shapes(element->shapes, ops, &reader->page, disputed, canvas, error)) {
            return false;
        }
    }
    return true;
}

/* Where there are steps: when the element's shapes are seen. */
static void read_timing(const Reader *reader, OfElement *element, void *object)
{
    const OfTiming timing = {own_attribute(reader, object, "data_time"),   own_attribute(reader, object, "data_parts"),
                             own_attribute(reader, object, "data_widths"), own_attribute(reader, object, "data_words"),
                             own_attribute(reader, object, "data_titles"), reader->page.scale};
    if (reader->picture->steps != NULL) {
        of_timing_apply(reader->picture->steps, element, &timing);
    }
}

/* The step at which an element is first seen, as data. */
static void add_step(const Reader *reader, OfElement *element)
{
    guint first = G_MAXUINT, at = 0;
    for (guint i = 0; i < element->shapes->len; i++) {
        first = MIN(first, g_array_index(element->shapes, OfShape, i).first_step);
    }
    while (at < element->data->len && strcmp(g_array_index(element->data, OfDatum, at).name, "step") < 0) {
        at++;
    }
    if (reader->picture->steps != NULL && element->kind != OF_ELEMENT_GRAPH) {
        const OfDatum datum = {g_strdup("step"), g_strdup_printf("%u", first + 1)};
        g_array_insert_val(element->data, at, datum);
    }
}

/* Which shapes of the background are an element's area, "7" or "7-9", from 1. Returns false where it has none. */
static bool read_area(const Reader *reader, void *object, guint *first, guint *last)
{
    const char *text = AGTYPE(object) != AGRAPH ? attribute(object, AREA) : NULL;
    const char *dash = text != NULL ? strchr(text, '-') : NULL;
    g_autofree char *begin = dash != NULL ? g_strndup(text, (gsize) (dash - text)) : g_strdup(text);
    guint64 numbers[2] = {0, 0};
    if (text == NULL || !g_ascii_string_to_unsigned(begin, 10, 1, reader->ground->len, &numbers[0], NULL) ||
        !g_ascii_string_to_unsigned(dash != NULL ? dash + 1 : begin, 10, numbers[0], reader->ground->len, &numbers[1], NULL)) {
        return false;
    }
    *first = (guint) numbers[0];
    *last = (guint) numbers[1];
    return true;
}

/* Puts shapes of the background in the place of what Graphviz has drawn for an element. A shape is taken once. */
static void take_area(Reader *reader, OfElement *element, guint first, guint last)
{
    for (guint i = 0; i < element->shapes->len; i++) {
        of_shape_clear(&g_array_index(element->shapes, OfShape, i));
    }
    g_array_set_size(element->shapes, 0);
    for (guint i = first; i <= last; i++) {
        OfShape *shape = &g_array_index(reader->ground, OfShape, i - 1);
        if (shape->points != NULL) {
            g_array_append_val(element->shapes, *shape);
            *shape = (OfShape){.points = NULL};
        }
    }
}

/* What nobody has taken stays the background's. */
static void leave_background(Reader *reader)
{
    for (guint i = 0; i < reader->ground->len; i++) {
        const OfShape *shape = &g_array_index(reader->ground, OfShape, i);
        if (shape->points != NULL) {
            g_array_append_val(reader->background->shapes, *shape);
        }
    }
    if (reader->background != NULL) {
        read_timing(reader, reader->background, reader->root);
    }
    if (reader->background != NULL && reader->background->shapes->len == 0) {
        g_ptr_array_remove(reader->picture->elements, reader->background);
        of_element_free(reader->background);
    }
    g_array_set_size(reader->ground, 0);
}

static bool add_element(Reader *reader, OfElementKind kind, void *object, GError **error);

/* Nodes with an area have no ink of their own, and are not drawn else. */
static bool add_nodes_with_areas(Reader *reader, GError **error)
{
    const bool any = agattr(reader->root, AGNODE, (char *) AREA, NULL) != NULL;
    guint first = 0, last = 0;
    for (Agnode_t *node = any ? agfstnode(reader->root) : NULL; node != NULL; node = agnxtnode(reader->root, node)) {
        if (read_area(reader, node, &first, &last) && !add_element(reader, OF_ELEMENT_NODE, node, error)) {
            return false;
        }
    }
    return true;
}

/* Adds what object draws to the picture. */
static bool add_element(Reader *reader, OfElementKind kind, void *object, GError **error)
{
    static const char *const nameless[] = {"graph", "cluster", "node", "edge"};
    const bool graph = kind == OF_ELEMENT_GRAPH; /* its id and title are the picture's */
    OfElement *element = g_new0(OfElement, 1);
    element->kind = kind;
    element->classes = literal_or_null(own_attribute(reader, object, "class"));
    element->shapes = g_array_new(FALSE, FALSE, sizeof(OfShape));
    const bool read = read_shapes(reader, element, object, error);
    guint first = 0, last = 0;
    const bool has_area = read && read_area(reader, object, &first, &last);
    if (has_area) {
        take_area(reader, element, first, last);
    } else if (read && graph && element->shapes->len > 0) {
        g_array_append_vals(reader->ground, element->shapes->data, element->shapes->len);
        g_array_set_size(element->shapes, 0);
        reader->background = element;
    }
    if (read && !graph) {
        read_timing(reader, element, object);
    }
    if (!read || (element->shapes->len == 0 && element != reader->background)) {
        of_element_free(element);
        return read;
    }
    const char *id = graph ? NULL : own_attribute(reader, object, "id"), *url = own_attribute(reader, object, "data_url");
    element->id = claim_id(reader, id != NULL ? id : nameless[kind]);
    element->title = graph ? NULL : literal_or_null(own_attribute(reader, object, "data_title"));
    element->url = url != NULL && is_link(url) ? literal_or_null(url) : NULL;
    element->data = read_data(reader, object);
    add_step(reader, element);
    g_ptr_array_add(has_area ? reader->with_areas : reader->picture->elements, element);
    if (has_area) {
        g_hash_table_insert(reader->area_of, element, GUINT_TO_POINTER(first));
    }
    if (kind == OF_ELEMENT_NODE) {
        g_hash_table_insert(reader->drawn, object, element);
    } else if (kind == OF_ELEMENT_EDGE) {
        g_hash_table_insert(reader->edges, element, object);
    }
    return !graph || add_nodes_with_areas(reader, error);
}

static gint compare_areas(gconstpointer a, gconstpointer b, gpointer data)
{
    const guint x = GPOINTER_TO_UINT(g_hash_table_lookup(data, *(void *const *) a)),
                y = GPOINTER_TO_UINT(g_hash_table_lookup(data, *(void *const *) b));
    return (x > y) - (x < y);
}

/* Elements with an area stand behind all others, in the order in which the background has drawn their areas. */
static void insert_areas(Reader *reader)
{
    g_ptr_array_sort_with_data(reader->with_areas, compare_areas, reader->area_of);
    for (guint i = 0; i < reader->with_areas->len; i++) {
        g_ptr_array_insert(reader->picture->elements, (gint) i, reader->with_areas->pdata[i]);
    }
    g_ptr_array_set_size(reader->with_areas, 0);
}

static char *id_of(const Reader *reader, Agnode_t *node)
{
    const OfElement *element = g_hash_table_lookup(reader->drawn, node);
    return element != NULL ? g_strdup(element->id) : NULL;
}

/* Nodes have their ids after the edges that they end have been added. */
static void name_ends(Reader *reader)
{
    for (guint i = 0; i < reader->picture->elements->len; i++) {
        OfElement *element = reader->picture->elements->pdata[i];
        Agedge_t *edge = g_hash_table_lookup(reader->edges, element);
        if (edge != NULL) {
            element->tail = id_of(reader, agtail(edge));
            element->head = id_of(reader, aghead(edge));
        }
    }
}

static bool is_cluster(Agraph_t *graph)
{
    const char *marked = attribute(graph, "cluster"); /* Graphviz 3 and later */
    return g_str_has_prefix(agnameof(graph), "cluster") || (marked != NULL && g_ascii_strcasecmp(marked, "true") == 0);
}

/* Those within graph, each before those within itself. Subgraphs are a tree, and the parser bounds its depth. */
static bool add_clusters(Reader *reader, Agraph_t *graph, GError **error)
{
    for (Agraph_t *inner = agfstsubg(graph); inner != NULL; inner = agnxtsubg(inner)) {
        if ((is_cluster(inner) && !add_element(reader, OF_ELEMENT_CLUSTER, inner, error)) || !add_clusters(reader, inner, error)) {
            return false;
        }
    }
    return true;
}

static bool add_elements(Reader *reader, GError **error)
{
    Agraph_t *root = reader->root;
    if (!add_element(reader, OF_ELEMENT_GRAPH, root, error) || !add_clusters(reader, root, error)) {
        return false;
    }
    for (Agnode_t *node = agfstnode(root); node != NULL; node = agnxtnode(root, node)) {
        for (Agedge_t *edge = agfstout(root, node); edge != NULL; edge = agnxtout(root, edge)) {
            if (!add_element(reader, OF_ELEMENT_EDGE, edge, error)) {
                return false;
            }
        }
    }
    for (Agnode_t *node = agfstnode(root); node != NULL; node = agnxtnode(root, node)) {
        if (!add_element(reader, OF_ELEMENT_NODE, node, error)) {
            return false;
        }
    }
    return true;
}

static void read_headings(Reader *reader)
{
    OfPicture *picture = reader->picture;
    const char *pixels = attribute(reader->root, "data_pixels"), *id = attribute(reader->root, "id");
    picture->pixels = pixels != NULL && (g_ascii_strcasecmp(pixels, "true") == 0 || strcmp(pixels, "1") == 0);
    picture->id = make_xml_name(id != NULL ? id : "orgflow");
    picture->title = literal_or_null(attribute(reader->root, "data_title"));
    picture->description = literal_or_null(attribute(reader->root, "data_description"));
    picture->language = literal_or_null(attribute(reader->root, "data_language"));
    picture->digest = literal_or_null(attribute(reader->root, "data_digest"));
    picture->program = literal_or_null(attribute(reader->root, "data_program"));
    of_timing_read_cuts(picture->steps, attribute(reader->root, "data_cuts"), reader->page.left, reader->page.scale);
}

/* Graphviz paints a canvas even where none was asked for: white. */
static void read_background(Reader *reader)
{
    const char *asked = attribute(reader->root, "bgcolor");
    reader->picture->has_background = asked != NULL && strcmp(asked, "transparent") != 0 && reader->canvas.alpha > 0;
    if (reader->picture->has_background) {
        reader->picture->background = reader->canvas;
    }
}

static void begin_reading(Reader *reader, Agraph_t *root)
{
    static const int kinds[] = {AGRAPH, AGNODE, AGEDGE};
    *reader = (Reader){.root = root, .picture = g_new0(OfPicture, 1)};
    reader->picture->elements = g_ptr_array_new();
    reader->picture->steps = of_timing_read_steps(attribute(root, "data_steps"));
    reader->ids = g_hash_table_new_full(of_text_hash, g_str_equal, g_free, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++) {
        reader->keys[i] = collect_keys(root, kinds[i]);
    }
    reader->with_areas = g_ptr_array_new();
    reader->area_of = g_hash_table_new(NULL, NULL);
    reader->drawn = g_hash_table_new(NULL, NULL);
    reader->edges = g_hash_table_new(NULL, NULL);
    reader->ground = g_array_new(FALSE, FALSE, sizeof(OfShape));
}

/* Returns the picture where it could be read, else frees it. */
static OfPicture *end_reading(Reader *reader, bool read)
{
    insert_areas(reader);
    leave_background(reader);
    if (read) {
        name_ends(reader);
        read_headings(reader);
        read_background(reader);
    } else {
        g_clear_pointer(&reader->picture, of_picture_free);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(reader->keys); i++) {
        g_array_free(reader->keys[i], TRUE);
    }
    g_array_unref(reader->ground);
    g_ptr_array_unref(reader->with_areas);
    g_hash_table_destroy(reader->area_of);
    g_hash_table_destroy(reader->drawn);
    g_hash_table_destroy(reader->edges);
    g_hash_table_destroy(reader->ids);
    return reader->picture;
}

OfPicture *of_picture_from_xdot(const char *bytes, gsize length, GError **error)
{
    Agraph_t *root = of_graph_read(bytes, length, error);
    if (root == NULL) {
        return NULL;
    }
    Reader reader;
    begin_reading(&reader, root);
    const bool is_xdot = attribute(root, "xdotversion") != NULL;
    if (!is_xdot) {
        fail_page(error);
    }
    OfPicture *picture = end_reading(&reader, is_xdot && read_page(&reader, error) && add_elements(&reader, error));
    agclose(root);
    return picture;
}

static bool take_listed(void *object, gpointer data, GError **error)
{
    Reader *reader = data;
    switch (AGTYPE(object)) {
    case AGNODE:
        return add_element(reader, OF_ELEMENT_NODE, object, error);
    case AGRAPH:
        return object == reader->root ? add_element(reader, OF_ELEMENT_GRAPH, object, error)
                                      : !is_cluster(object) || add_element(reader, OF_ELEMENT_CLUSTER, object, error);
    default:
        return add_element(reader, OF_ELEMENT_EDGE, object, error);
    }
}

OfPicture *of_picture_from_listing(Agraph_t *graph, GBytes *listing, GError **error)
{
    Reader reader;
    begin_reading(&reader, graph);
    return end_reading(&reader, read_page(&reader, error) && of_listing_apply(graph, listing, take_listed, &reader, error));
}
