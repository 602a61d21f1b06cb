/* Where the boxes and names of the view `snapshot` stand: read from its graph, of one revision or of two. */
#include "layout/nested.h"
#include "view/label_merge.h"
#include "view/view.h"

#include <string.h>

/* Points. */
#define PADDING         8.0
#define GAP             10.0
#define LINE_FACTOR     1.25 /* line distance over type size */
#define CELL_GAP        2.0  /* between people */
#define MARGIN          4.0  /* to the right of a name */
#define WIDTH_TOLERANCE 1.06 /* Graphviz measures in whole pixels, a little wider than we do */

/* The shape of a page on which nothing else was asked for. */
#define NATURAL_WIDTH  960.0
#define NATURAL_HEIGHT 540.0

/* A box: a cluster with its name and the people in it. */
typedef struct {
    Agraph_t *cluster;
    Agnode_t *header;
    double header_height; /* of the words alone */
    GPtrArray *cells;     /* of Agnode_t */
    GArray *heights;      /* of double */
} Box;

static void clear_box(gpointer data)
{
    g_ptr_array_unref(((Box *) data)->cells);
    g_array_unref(((Box *) data)->heights);
}

static double measure(const OfDrawing *drawing, Agnode_t *node, double *height)
{
    double width = 0;
    of_label_measure(agget(node, (char *) "label"), drawing->fonts, LINE_FACTOR, &width, height);
    return width * WIDTH_TOLERANCE + MARGIN;
}

/* Whether a node is in a cluster within this one. */
static bool is_deeper(Agraph_t *cluster, Agnode_t *node)
{
    for (Agraph_t *inner = agfstsubg(cluster); inner != NULL; inner = agnxtsubg(inner)) {
        if (agcontains(inner, node)) {
            return true;
        }
    }
    return false;
}

/* Boxes come before those within them. */
static void collect(const OfDrawing *drawing, Agraph_t *graph, gint parent, GArray *boxes, GArray *nested)
{
    for (Agraph_t *cluster = agfstsubg(graph); cluster != NULL; cluster = agnxtsubg(cluster)) {
        Box box = {.cluster = cluster, .cells = g_ptr_array_new(), .heights = g_array_new(FALSE, FALSE, sizeof(double))};
        OfNestedBox place = {.parent = parent};
        for (Agnode_t *node = agfstnode(cluster); node != NULL; node = agnxtnode(cluster, node)) {
            double height = 0;
            if (is_deeper(cluster, node)) {
                continue;
            }
            const double width = measure(drawing, node, &height);
            if (box.header == NULL && g_str_has_prefix(agget(node, (char *) "class"), "lab-name")) {
                box.header = node;
                box.header_height = height;
                place.header_width = width;
                place.header_height = height + PADDING / 2;
                continue;
            }
            height += CELL_GAP;
            place.cell_width = MAX(place.cell_width, width);
            g_ptr_array_add(box.cells, node);
            g_array_append_val(box.heights, height);
        }
        place.n_cells = box.cells->len;
        place.cell_heights = (const double *) (gpointer) box.heights->data;
        g_array_append_val(boxes, box);
        g_array_append_val(nested, place);
        collect(drawing, cluster, (gint) boxes->len - 1, boxes, nested);
    }
}

/* A text with its left edge at x and its top at y, in the body's points, y downwards. */
static void place_text(const OfDrawing *drawing, Agnode_t *node, double x, double y, double width, double height)
{
    g_autofree char *cx = of_number_text(x + width / 2);
    g_autofree char *cy = of_number_text(drawing->height - y - height / 2);
    g_autofree char *pos = g_strdup_printf("%s,%s", cx, cy);
    of_graph_set(node, "pos", pos, NULL);
    of_graph_set_number(node, "width", width / 72);
    of_graph_set_number(node, "height", height / 72);
    of_markup_make_block(node, width, 'l');
}

static void place_box(const OfDrawing *drawing, const Box *box, const OfNestedBox *place)
{
    const double sides[] = {place->x, drawing->height - place->y - place->height, place->x + place->width,
                            drawing->height - place->y};
    g_autoptr(GString) bb = g_string_new(NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(sides); i++) {
        g_autofree char *side = of_number_text(sides[i]);
        g_string_append_printf(bb, "%s%s", i > 0 ? "," : "", side);
    }
    of_graph_set(box->cluster, "bb", bb->str, NULL);
    if (box->header != NULL) {
        place_text(drawing, box->header, place->x + PADDING, place->y + PADDING, place->width - 2 * PADDING, box->header_height);
    }
    double y = place->cells_y;
    for (guint i = 0; i < box->cells->len; i++) {
        y = i % place->n_rows == 0 ? place->cells_y : y;
        place_text(drawing, box->cells->pdata[i], place->x + PADDING + i / place->n_rows * place->cell_width, y, place->cell_width,
                   place->cell_heights[i]);
        y += place->cell_heights[i];
    }
}

static Agnode_t *callout_node(OfDrawing *drawing, const OfCallout *callout)
{
    for (Agnode_t *node = agfstnode(drawing->graph); node != NULL; node = agnxtnode(drawing->graph, node)) {
        if ((callout->person != NULL && g_strcmp0(agget(node, (char *) "data_person"), callout->person) == 0) ||
            (callout->lab != NULL && g_strcmp0(agget(node, (char *) "data_lab"), callout->lab) == 0)) {
            return node;
        }
    }
    return NULL;
}

void of_view_place_snapshot(OfDrawing *drawing)
{
    const OfPageSize *size = &drawing->options->size;
    g_autoptr(GArray) boxes = g_array_new(FALSE, FALSE, sizeof(Box));
    g_autoptr(GArray) nested = g_array_new(FALSE, FALSE, sizeof(OfNestedBox));
    g_array_set_clear_func(boxes, clear_box);
    collect(drawing, drawing->graph, -1, boxes, nested);
    /* About as much of a page as its frame leaves. */
    const double width = size->width > 0 ? size->width : NATURAL_WIDTH,
                 height = (size->height > 0 ? size->height : NATURAL_HEIGHT) * 0.75;
    OfNestedBox *places = (OfNestedBox *) (gpointer) nested->data;
    of_nested_place(places, nested->len, (OfNestedSpacing){PADDING, GAP}, width, height, &drawing->width, &drawing->height);
    for (guint i = 0; i < boxes->len; i++) {
        place_box(drawing, &g_array_index(boxes, Box, i), &places[i]);
    }
    of_drawing_add_callout_column(drawing, callout_node);
}
