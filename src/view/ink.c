#include "view/ink.h"

#include <math.h>
#include <string.h>

#include "base/number.h"

#define TEXT_FACTOR 1.08
#define LINE_FACTOR 1.22 /* as Graphviz sets lines */

double of_ink_text_width(const OfDrawing *drawing, OfFace face, double size, const char *text)
{
    return ceil(of_fonts_width(drawing->fonts, face, size, text) * TEXT_FACTOR) + 1;
}

double of_ink_line_height(double size)
{
    return size * LINE_FACTOR;
}

static void append_point(const OfDrawing *drawing, GString *text, OfLayoutPoint point, char between)
{
    g_string_append(text, text->len > 0 ? " " : "");
    of_number_append(text, point.x, 3);
    g_string_append_c(text, between);
    of_number_append(text, drawing->height - point.y, 3);
}

Agnode_t *of_ink_add_text(OfDrawing *drawing, const char *name, const char *class, char *const *lines, OfFace face, double size,
                          const char *color, char align, double x, double y)
{
    double width = 1;
    guint n = 0;
    g_autoptr(GString) label = g_string_new(NULL), pos = g_string_new(NULL);
    for (; lines[n] != NULL; n++) {
        g_autofree char *escaped = of_label_escape(lines[n]);
        width = MAX(width, of_ink_text_width(drawing, face, size, lines[n]));
        g_string_append_printf(label, "%s\\%c", escaped, align == 'c' ? 'n' : align);
    }
    /* y is the top of the letters' room, which is the type size for a single line. */
    const double height = n * of_ink_line_height(size);
    y -= n == 1 ? size * (LINE_FACTOR - 1) / 2 : 0;
    const double middle = align == 'r' ? x - width / 2 : align == 'l' ? x + width / 2 : x;
    append_point(drawing, pos, (OfLayoutPoint){middle, y + height / 2}, ',');
    Agnode_t *node = of_graph_node(drawing->graph, name);
    of_graph_set(node, "id", name, "class", class, "shape", "none", "margin", "0", "fixedsize", "true", "label", label->str,
                 "fontname", of_fonts_name(drawing->fonts, face), "fontcolor", color, "pos", pos->str, NULL);
    of_graph_set_number(node, "fontsize", size);
    of_graph_set_number(node, "width", width / 72);
    of_graph_set_number(node, "height", height / 72);
    return node;
}

static Agnode_t *add_joint(OfDrawing *drawing, const char *path, const char *end, OfLayoutPoint point)
{
    g_autofree char *name = g_strconcat(path, end, NULL);
    g_autoptr(GString) pos = g_string_new(NULL);
    append_point(drawing, pos, point, ',');
    Agnode_t *node = of_graph_node(drawing->graph, name);
    of_graph_set(node, "shape", "point", "style", "invis", "label", "", "width", "0.01", "height", "0.01", "pos", pos->str, NULL);
    return node;
}

Agedge_t *of_ink_add_path(OfDrawing *drawing, const char *name, const char *class, const OfLayoutPoint *points, guint n)
{
    g_autoptr(GString) pos = g_string_new(NULL);
    for (guint i = 0; i < n; i++) {
        append_point(drawing, pos, points[i], ',');
    }
    Agnode_t *tail = add_joint(drawing, name, "-a", points[0]), *head = add_joint(drawing, name, "-b", points[n - 1]);
    Agedge_t *edge = of_graph_edge(drawing->graph, tail, head, name);
    of_graph_set(edge, "id", name, "class", class, "pos", pos->str, "dir", "none", NULL);
    return edge;
}

Agedge_t *of_ink_add_corners(OfDrawing *drawing, const char *name, const char *class, const OfLayoutPoint *corners, guint n)
{
    g_autoptr(GArray) path = g_array_new(FALSE, FALSE, sizeof(OfLayoutPoint));
    g_array_append_val(path, corners[0]);
    for (guint i = 1; i < n; i++) {
        const OfLayoutPoint segment[] = {corners[i - 1], corners[i], corners[i]};
        g_array_append_vals(path, segment, G_N_ELEMENTS(segment));
    }
    return of_ink_add_path(drawing, name, class, (const OfLayoutPoint *) (gpointer) path->data, path->len);
}

void of_ink_push_corner(GArray *corners, double x, double y)
{
    const OfLayoutPoint corner = {x, y};
    g_array_append_val(corners, corner);
}

static void append_color(GString *ops, char operator, const char * color)
{
    g_string_append_printf(ops, " %c %zu -%s", operator, strlen(color), color);
}

static void append_corners(const OfDrawing *drawing, GString *ops, char operator, const OfLayoutPoint * corners, guint n)
{
    g_string_append_printf(ops, " %c %u", operator, n);
    for (guint i = 0; i < n; i++) {
        append_point(drawing, ops, corners[i], ' ');
    }
}

void of_ink_append_fill(GString *ops, const char *color)
{
    append_color(ops, 'c', color);
    append_color(ops, 'C', color);
}

void of_ink_append_area(const OfDrawing *drawing, GString *ops, const OfLayoutPoint *corners, guint n)
{
    append_corners(drawing, ops, 'P', corners, n);
}

void of_ink_append_pen(GString *ops, const char *color, double width)
{
    g_autofree char *shown = of_number_text(width);
    g_autofree char *style = g_strdup_printf("setlinewidth(%s)", shown);
    g_string_append_printf(ops, " S %zu -%s", strlen(style), style);
    append_color(ops, 'c', color);
}

void of_ink_append_line(const OfDrawing *drawing, GString *ops, const OfLayoutPoint *corners, guint n)
{
    append_corners(drawing, ops, 'L', corners, n);
}
