/* An alluvial drawing as a graph: blocks and words are nodes, flows are edges.
 *
 * Graphviz has no edge with an area: ribbons are filled curves of the background, and each edge, a hairline within its ribbon,
 * says in `data_area` which of these it is. The display list gives the edge its area back (see picture.h). */
#include "base/number.h"
#include "view/alluvial_scene.h"

#include <math.h>
#include <string.h>

#define STAY_SHARE 0.28 /* of a lab's colour in what stays there, … */
#define MOVE_SHARE 0.50 /* … and in what moves */
#define STUB_SHARE 0.38
#define POINT      4.0 /* how far the end of a stub is drawn out */
#define SEAM       0.5 /* line of background around ribbons */
#define LEAST_SEAM 2.5 /* thinner ribbons have none */
#define HAIRLINE   0.1

static double graph_y(const OfFlowScene *scene, double y)
{
    return scene->drawing->height - y;
}

static void append_number(GString *text, double value, char before)
{
    g_string_append_c(text, before);
    of_number_append(text, value, 3);
}

/* --- Ribbons --- */

static void add_point(GArray *points, double x, double y)
{
    const OfLayoutPoint point = {x, y};
    g_array_append_val(points, point);
}

/* A straight piece of a curve. */
static void line_to(GArray *points, double x, double y)
{
    const OfLayoutPoint from = g_array_index(points, OfLayoutPoint, points->len - 1);
    add_point(points, from.x + (x - from.x) / 3, from.y + (y - from.y) / 3);
    add_point(points, from.x + 2 * (x - from.x) / 3, from.y + 2 * (y - from.y) / 3);
    add_point(points, x, y);
}

void of_flow_scene_curve(const OfFlowScene *scene, const OfRibbon *ribbon, OfLayoutPoint *curve)
{
    const double from = of_flow_scene_x(scene, ribbon->flow.slice) + scene->block_width;
    const double to = of_flow_scene_x(scene, ribbon->flow.slice + 1), middle = (from + to) / 2;
    curve[0] = (OfLayoutPoint){from, ribbon->from_y + scene->head};
    curve[1] = (OfLayoutPoint){middle, curve[0].y};
    curve[2] = (OfLayoutPoint){middle, ribbon->to_y + scene->head};
    curve[3] = (OfLayoutPoint){to, curve[2].y};
}

static bool is_arrival(const OfRibbon *ribbon)
{
    return ribbon->from_block == OF_BLOCK_NONE;
}

static bool is_stub(const OfRibbon *ribbon)
{
    return is_arrival(ribbon) || ribbon->to_block == OF_BLOCK_NONE;
}

/* A stub beside its block, with a notch where it begins and a point where it ends, in the direction of time. */
static void stub_area(const OfFlowScene *scene, const OfRibbon *ribbon, GArray *points)
{
    const double top = (is_arrival(ribbon) ? ribbon->to_y : ribbon->from_y) + scene->head, bottom = top + ribbon->thickness;
    const double depth = MIN(POINT, ribbon->thickness / 2), block = of_flow_scene_x(scene, ribbon->flow.slice + is_arrival(ribbon));
    const double from = is_arrival(ribbon) ? block - scene->stub : block + scene->block_width;
    const double to = is_arrival(ribbon) ? block : from + scene->stub - depth;
    add_point(points, from, top);
    line_to(points, to, top);
    if (!is_arrival(ribbon)) {
        line_to(points, to + depth, (top + bottom) / 2);
    }
    line_to(points, to, bottom);
    line_to(points, from, bottom);
    if (is_arrival(ribbon)) {
        line_to(points, from + depth, (top + bottom) / 2);
    }
    line_to(points, from, top);
}

static void ribbon_area(const OfFlowScene *scene, const OfRibbon *ribbon, GArray *points)
{
    OfLayoutPoint curve[4];
    if (is_stub(ribbon)) {
        stub_area(scene, ribbon, points);
        return;
    }
    of_flow_scene_curve(scene, ribbon, curve);
    g_array_append_vals(points, curve, 4);
    line_to(points, curve[3].x, curve[3].y + ribbon->thickness);
    for (int i = 2; i >= 0; i--) {
        add_point(points, curve[i].x, curve[i].y + ribbon->thickness);
    }
    line_to(points, curve[0].x, curve[0].y);
}

static const char *ribbon_color(const OfFlowScene *scene, const OfRibbon *ribbon)
{
    OfDrawing *drawing = scene->drawing;
    const OfLayoutFlow *flow = &ribbon->flow;
    const double share = is_stub(ribbon) ? STUB_SHARE : flow->from == flow->to ? STAY_SHARE : MOVE_SHARE;
    const gint32 lane = flow->from != OF_LANE_NONE ? flow->from : flow->to;
    g_autofree char *mixed = of_color_mix(of_flow_scene_color(scene, lane), drawing->theme->background, share);
    const bool stands_out = (flow->from != OF_LANE_NONE && of_flow_scene_stands_out(scene, flow->from)) ||
                            (flow->to != OF_LANE_NONE && of_flow_scene_stands_out(scene, flow->to));
    return of_drawing_color(drawing, g_intern_string(mixed), stands_out);
}

static void append_area(const OfFlowScene *scene, GString *ops, const OfRibbon *ribbon, const char *color)
{
    g_autoptr(GArray) points = g_array_new(FALSE, FALSE, sizeof(OfLayoutPoint));
    const char *pen = ribbon->thickness >= LEAST_SEAM ? scene->drawing->theme->background : color;
    ribbon_area(scene, ribbon, points);
    g_string_append_printf(ops, " c %zu -%s C %zu -%s b %u", strlen(pen), pen, strlen(color), color, points->len);
    for (guint i = 0; i < points->len; i++) {
        const OfLayoutPoint *point = &g_array_index(points, OfLayoutPoint, i);
        append_number(ops, point->x, ' ');
        append_number(ops, graph_y(scene, point->y), ' ');
    }
}

/* --- Edges --- */

static char *node_pos(const OfFlowScene *scene, double x, double y)
{
    GString *pos = g_string_new(NULL);
    of_number_append(pos, x, 3);
    append_number(pos, graph_y(scene, y), ',');
    return g_string_free(pos, FALSE);
}

/* Ids match [a-z0-9][a-z0-9._-]*: no two pairs of them give one name. */
static char *block_name(const OfFlowScene *scene, guint slice, gint32 lane)
{
    return g_strdup_printf("block-%u-%s", slice + 1, of_flow_scene_id(scene, lane));
}

static Agnode_t *joint(const OfFlowScene *scene, const char *name, double x, double y)
{
    Agnode_t *node = of_graph_node(scene->drawing->graph, name);
    g_autofree char *pos = node_pos(scene, x, y);
    of_graph_set(node, "shape", "point", "style", "invis", "label", "", "width", "0.01", "height", "0.01", "pos", pos, NULL);
    return node;
}

/* "12 people: FAIR to Mistral AI, Jan 2023 to Jan 2024". */
static char *ribbon_title(const OfFlowScene *scene, const OfLayoutFlow *flow)
{
    const OfSlice *slices = (const OfSlice *) (gpointer) scene->slices->data;
    g_autofree char *people = of_text_people(flow->people);
    g_autofree char *begin = of_date_display(&slices[flow->slice].date), *end = of_date_display(&slices[flow->slice + 1].date);
    g_autofree char *from = flow->from != OF_LANE_NONE ? of_flow_scene_name(scene, flow->from, flow->slice) : NULL;
    g_autofree char *to = flow->to != OF_LANE_NONE ? of_flow_scene_name(scene, flow->to, flow->slice + 1) : NULL;
    if (flow->from == flow->to) {
        return g_strdup_printf("%s: still at %s, %s to %s", people, from, begin, end);
    }
    return from == NULL ? g_strdup_printf("%s: new at %s, %s to %s", people, to, begin, end)
           : to == NULL ? g_strdup_printf("%s: gone from %s, %s to %s", people, from, begin, end)
                        : g_strdup_printf("%s: %s to %s, %s to %s", people, from, to, begin, end);
}

static const char *ribbon_class(const OfRibbon *ribbon)
{
    return is_arrival(ribbon)                     ? "ribbon arrival"
           : is_stub(ribbon)                      ? "ribbon departure"
           : ribbon->flow.from == ribbon->flow.to ? "ribbon stay"
                                                  : "ribbon move";
}

/* The line in the middle of a ribbon's thickness. */
static char *edge_pos(const OfFlowScene *scene, const OfRibbon *ribbon, OfLayoutPoint ends[2])
{
    OfLayoutPoint curve[4];
    GString *pos = g_string_new(NULL);
    of_flow_scene_curve(scene, ribbon, curve);
    if (is_stub(ribbon)) {
        const double block = of_flow_scene_x(scene, ribbon->flow.slice + is_arrival(ribbon));
        const double from = is_arrival(ribbon) ? block - scene->stub : block + scene->block_width;
        const double y = is_arrival(ribbon) ? curve[3].y : curve[0].y;
        for (int i = 0; i < 4; i++) {
            curve[i] = (OfLayoutPoint){from + i * scene->stub / 3, y};
        }
    }
    for (int i = 0; i < 4; i++) {
        curve[i].y += ribbon->thickness / 2;
        g_autofree char *point = node_pos(scene, curve[i].x, curve[i].y);
        g_string_append_printf(pos, "%s%s", i > 0 ? " " : "", point);
    }
    ends[0] = curve[0];
    ends[1] = curve[3];
    return g_string_free(pos, FALSE);
}

static void add_ribbon(const OfFlowScene *scene, const OfRibbon *ribbon, const char *color, guint area)
{
    Agraph_t *graph = scene->drawing->graph;
    const OfLayoutFlow *flow = &ribbon->flow;
    const OfSlice *slices = (const OfSlice *) (gpointer) scene->slices->data;
    const char *from_id = of_flow_scene_id(scene, flow->from), *to_id = of_flow_scene_id(scene, flow->to);
    g_autofree char *from =
        from_id != NULL ? block_name(scene, flow->slice, flow->from) : g_strdup_printf("in-%u-%s", flow->slice + 2, to_id);
    g_autofree char *to =
        to_id != NULL ? block_name(scene, flow->slice + 1, flow->to) : g_strdup_printf("out-%u-%s", flow->slice + 1, from_id);
    g_autofree char *name = g_strdup_printf("flow-%u", area);
    OfLayoutPoint ends[2];
    g_autofree char *pos = edge_pos(scene, ribbon, ends);
    g_autofree char *title = ribbon_title(scene, flow);
    g_autofree char *date = of_date_format(&slices[flow->slice].date), *until = of_date_format(&slices[flow->slice + 1].date);
    g_autofree char *count = g_strdup_printf("%" G_GINT64_FORMAT, flow->people), *number = g_strdup_printf("%u", area);
    Agnode_t *tail = from_id != NULL ? of_graph_node(graph, from) : joint(scene, from, ends[0].x, ends[0].y);
    Agnode_t *head = to_id != NULL ? of_graph_node(graph, to) : joint(scene, to, ends[1].x, ends[1].y);
    Agedge_t *edge = of_graph_edge(graph, tail, head, name);
    of_graph_set(edge, "id", name, "class", ribbon_class(ribbon), "pos", pos, "color", color, "dir", "none", "data_kind", "flow",
                 "data_from", from_id, "data_to", to_id, "data_date", date, "data_until", until, "data_count", count, "data_area",
                 number, "data_title", title, NULL);
    of_graph_set_number(edge, "penwidth", HAIRLINE);
}

/* What stays is drawn first, then what comes and goes, then what moves; each from thick to thin. */
static gint compare_ribbons(gconstpointer a, gconstpointer b)
{
    const OfRibbon *const *left = a, *const *right = b;
    const OfRibbon *p = *left, *q = *right;
    const int level_p = is_stub(p) ? 1 : p->flow.from == p->flow.to ? 0 : 2;
    const int level_q = is_stub(q) ? 1 : q->flow.from == q->flow.to ? 0 : 2;
    if (level_p != level_q) {
        return level_p - level_q;
    }
    return p->flow.people != q->flow.people ? (p->flow.people > q->flow.people ? -1 : 1) : of_flow_compare(&p->flow, &q->flow);
}

static void add_ribbons(const OfFlowScene *scene, GString *ops)
{
    g_autoptr(GPtrArray) sorted = g_ptr_array_new();
    const GArray *ribbons = scene->layout->ribbons;
    for (guint i = 0; i < ribbons->len; i++) {
        g_ptr_array_add(sorted, &g_array_index(ribbons, OfRibbon, i));
    }
    g_ptr_array_sort(sorted, compare_ribbons);
    g_string_append(ops, " S 17 -setlinewidth(0.5)");
    for (guint i = 0; i < sorted->len; i++) {
        const OfRibbon *ribbon = sorted->pdata[i];
        const char *color = ribbon_color(scene, ribbon);
        append_area(scene, ops, ribbon, color);
        add_ribbon(scene, ribbon, color, i + 1);
    }
}

/* --- Nodes --- */

static void add_block(const OfFlowScene *scene, guint slice, const OfAlluvialBlock *block)
{
    OfDrawing *drawing = scene->drawing;
    const OfSlice *cut = &g_array_index(scene->slices, OfSlice, slice);
    const char *id = of_flow_scene_id(scene, block->lane), *background = drawing->theme->background, *ink = drawing->theme->ink;
    const char *fill =
        of_drawing_color(drawing, of_flow_scene_color(scene, block->lane), of_flow_scene_stands_out(scene, block->lane));
    const char *text = of_color_contrast(background, fill) >= of_color_contrast(ink, fill) ? background : ink;
    g_autofree char *name = block_name(scene, slice, block->lane), *shown = of_flow_scene_name(scene, block->lane, slice);
    g_autofree char *date = of_date_format(&cut->date), *display = of_date_display(&cut->date);
    g_autofree char *people = of_text_people(block->people), *title = g_strdup_printf("%s, %s: %s", shown, display, people);
    g_autofree char *number = of_flow_count_text(block->people), *count = g_strdup_printf("%" G_GINT64_FORMAT, block->people);
    g_autofree char *pos =
        node_pos(scene, of_flow_scene_x(scene, slice) + scene->block_width / 2, block->top + block->height / 2 + scene->head);
    Agnode_t *node = of_graph_node(drawing->graph, name);
    of_graph_set(node, "id", name, "class", "block", "shape", "box", "style", "filled", "fillcolor", fill, "color", fill, "margin",
                 "0", "fixedsize", "true", "label", of_flow_scene_has_number(scene, block) ? number : "", "fontname",
                 of_fonts_name(drawing->fonts, OF_FACE_REGULAR), "fontcolor", text, "pos", pos, "data_kind", "block", "data_lab",
                 id, "data_date", date, "data_count", count, "data_title", title, NULL);
    of_graph_set_number(node, "penwidth", 0);
    of_graph_set_number(node, "fontsize", OF_SIZE_NOTE);
    of_graph_set_number(node, "width", scene->block_width / 72);
    of_graph_set_number(node, "height", block->height / 72);
}

static void add_blocks(const OfFlowScene *scene)
{
    const OfAlluvial *layout = scene->layout;
    for (guint slice = 0; slice < scene->slices->len; slice++) {
        const guint column = layout->column[slice];
        for (guint32 i = layout->first_block[column]; i < layout->first_block[column + 1]; i++) {
            add_block(scene, slice, &g_array_index(layout->blocks, OfAlluvialBlock, i));
        }
    }
}

static void add_words(const OfFlowScene *scene)
{
    OfDrawing *drawing = scene->drawing;
    for (guint i = 0; i < scene->words->len; i++) {
        const OfFlowWord *word = &g_array_index(scene->words, OfFlowWord, i);
        const double width = of_flow_text_width(scene, word->face, word->size, word->text);
        const double x = word->align == 'l' ? word->x + width / 2 : word->align == 'r' ? word->x - width / 2 : word->x;
        g_autofree char *name = g_strdup_printf("word-%u", i + 1), *pos = node_pos(scene, x, word->y);
        g_autofree char *escaped = of_label_escape(word->text);
        g_autofree char *label = word->align == 'c' ? g_strdup(escaped) : g_strdup_printf("%s\\%c", escaped, word->align);
        g_autofree char *date = of_date_format(&g_array_index(scene->slices, OfSlice, word->slice).date);
        Agnode_t *node = of_graph_node(drawing->graph, name);
        of_graph_set(node, "id", name, "class", word->class, "shape", "none", "margin", "0", "fixedsize", "true", "label", label,
                     "fontname", of_fonts_name(drawing->fonts, word->face), "fontcolor", word->color, "pos", pos, "data_kind",
                     word->lane != OF_LANE_NONE         ? "lab"
                     : g_str_equal(word->class, "tick") ? "tick"
                                                        : "number",
                     "data_lab", of_flow_scene_id(scene, word->lane), "data_date", date, NULL);
        of_graph_set_number(node, "fontsize", word->size);
        of_graph_set_number(node, "width", width / 72);
        of_graph_set_number(node, "height", word->size * OF_FLOW_LINE_FACTOR / 72);
    }
}

/* The block of the lab that a callout is tied to: at the first slice that is not before `at`, else where it stands last. */
static Agnode_t *callout_node(OfDrawing *drawing, const OfCallout *callout)
{
    Agnode_t *found = NULL;
    for (Agnode_t *node = agfstnode(drawing->graph); node != NULL && callout->lab != NULL; node = agnxtnode(drawing->graph, node)) {
        OfDate date;
        if (!g_str_equal(agget(node, (char *) "class"), "block") || !g_str_equal(agget(node, (char *) "data_lab"), callout->lab)) {
            continue;
        }
        found = node;
        if (of_date_is_set(&callout->at) && of_date_parse(agget(node, (char *) "data_date"), &date, NULL) &&
            of_date_middle(&date) >= of_date_middle(&callout->at)) {
            break;
        }
    }
    return found;
}

void of_flow_scene_draw(OfFlowScene *scene)
{
    g_autoptr(GString) ops = g_string_new(NULL);
    add_blocks(scene);
    add_ribbons(scene, ops);
    add_words(scene);
    of_graph_set(scene->drawing->graph, "_background", g_strstrip(ops->str), NULL);
    of_drawing_add_callout_column(scene->drawing, callout_node);
}
