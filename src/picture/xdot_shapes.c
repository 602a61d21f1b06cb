#include "picture/xdot_shapes.h"
#include "graphviz/layout.h"

#include <graphviz/xdot.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* How Graphviz writes "transparent". */
#define TRANSPARENT "#fffffe00"

/* Bits of the operation `t`; underlining, overlining, super- and subscript have no place in a display list. */
#define FONT_BOLD   1U
#define FONT_ITALIC 2U
#define FONT_STRUCK 32U

static const OfColor opaque_black = {0, 0, 0, 255};

/* The state that xdot's operations change and its shapes are drawn with. It starts anew with every attribute. */
typedef struct {
    OfColor pen, fill;
    double line_width;
    OfDash dash;
    bool invisible;
    double font_size;
    const char *font;
    unsigned font_bits;
    const OfXdotPage *page;
    bool disputed;
} Pen;

bool of_color_parse(const char *text, OfColor *color)
{
    guint8 channel[4] = {0, 0, 0, 255};
    const gsize length = text != NULL ? strlen(text) : 0;
    if ((length != 7 && length != 9) || text[0] != '#') {
        return false;
    }
    for (gsize i = 0; i < (length - 1) / 2; i++) {
        const int high = g_ascii_xdigit_value(text[1 + 2 * i]), low = g_ascii_xdigit_value(text[2 + 2 * i]);
        if (high < 0 || low < 0) {
            return false;
        }
        channel[i] = (guint8) (high * 16 + low);
    }
    *color = (OfColor){channel[0], channel[1], channel[2], channel[3]};
    return true;
}

static OfColor color_of(const char *text)
{
    OfColor color = opaque_black;
    of_color_parse(text, &color);
    return color;
}

/* Of a gradient the first colour is taken: the display list has none. */
static OfColor first_stop(const xdot_color *gradient)
{
    switch (gradient->type) {
    case xd_linear:
        return gradient->u.ling.n_stops > 0 ? color_of(gradient->u.ling.stops[0].color) : opaque_black;
    case xd_radial:
        return gradient->u.ring.n_stops > 0 ? color_of(gradient->u.ring.stops[0].color) : opaque_black;
    default:
        return color_of(gradient->u.clr);
    }
}

static OfPoint place(const OfXdotPage *page, double x, double y)
{
    return (OfPoint){(x - page->left) * page->scale, (page->bottom + page->height - y) * page->scale};
}

/* Takes up one style. Graphviz 2.42 writes dashed tables as "dashed(dotted,invis,…": only what stands before the parenthesis
 * counts, except for the number of setlinewidth. */
static void set_style(Pen *pen, const char *style)
{
    static const struct {
        const char *name;
        OfDash dash;
        bool invisible;
    } styles[] = {
        {"solid", OF_DASH_SOLID, false}, {"dashed", OF_DASH_DASHED, false},  {"dotted", OF_DASH_DOTTED, false},
        {"invis", OF_DASH_SOLID, true},  {"invisible", OF_DASH_SOLID, true},
    };
    const gsize length = strcspn(style, "(");
    for (gsize i = 0; i < G_N_ELEMENTS(styles); i++) {
        if (strlen(styles[i].name) == length && strncmp(styles[i].name, style, length) == 0) {
            pen->dash = styles[i].dash;
            pen->invisible = styles[i].invisible;
            return;
        }
    }
    if (g_str_has_prefix(style, "setlinewidth(")) {
        pen->line_width = g_ascii_strtod(style + strlen("setlinewidth("), NULL);
    } else if (strcmp(style, "bold") == 0) {
        pen->line_width = 2;
    }
}

/* Sets how shape is painted. Returns whether there is anything to see. */
static bool paint(OfShape *shape, const Pen *pen, bool filled)
{
    shape->filled = filled && pen->fill.alpha > 0;
    shape->stroked = pen->pen.alpha > 0 && pen->line_width > 0;
    shape->fill = pen->fill;
    shape->stroke = pen->pen;
    shape->line_width = pen->line_width * pen->page->scale;
    shape->dash = pen->disputed && pen->dash == OF_DASH_DASHED ? OF_DASH_DASH_DOT : pen->dash;
    return !pen->invisible && (shape->filled || shape->stroked);
}

static bool append_line(GArray *shapes, const Pen *pen, OfShapeKind kind, bool filled, const xdot_polyline *line)
{
    const guint n = (guint) line->cnt; /* int or size_t, as Graphviz has it */
    if (n < (kind == OF_SHAPE_BEZIER ? 4 : 2) || (kind == OF_SHAPE_BEZIER && n % 3 != 1)) {
        return false;
    }
    OfShape shape = {.kind = kind};
    if (!paint(&shape, pen, filled)) {
        return true;
    }
    shape.n_points = n;
    shape.points = g_new(OfPoint, n);
    for (guint i = 0; i < shape.n_points; i++) {
        shape.points[i] = place(pen->page, line->pts[i].x, line->pts[i].y);
    }
    g_array_append_val(shapes, shape);
    return true;
}

static bool append_ellipse(GArray *shapes, const Pen *pen, bool filled, const xdot_rect *ellipse)
{
    OfShape shape = {.kind = OF_SHAPE_ELLIPSE};
    if (paint(&shape, pen, filled)) {
        shape.n_points = 2;
        shape.points = g_new(OfPoint, 2);
        shape.points[0] = place(pen->page, ellipse->x, ellipse->y);
        shape.points[1] = (OfPoint){ellipse->w * pen->page->scale, ellipse->h * pen->page->scale};
        g_array_append_val(shapes, shape);
    }
    return true;
}

static bool is_blank(const char *text)
{
    return text[strspn(text, " ")] == '\0';
}

static bool append_text(GArray *shapes, const Pen *pen, const xdot_text *text)
{
    if (pen->invisible || pen->pen.alpha == 0 || is_blank(text->text)) {
        return true;
    }
    OfShape shape = {.kind = OF_SHAPE_TEXT, .filled = true, .fill = pen->pen};
    shape.n_points = 1;
    shape.points = g_new(OfPoint, 1);
    shape.points[0] = place(pen->page, text->x, text->y);
    g_autofree char *written = g_strdelimit(g_strdup(text->text), (const char[]){OF_GRAPH_BACKSLASH, '\0'}, '\\');
    shape.text = of_graph_literal(written);
    shape.align = text->align == xd_left ? OF_ALIGN_LEFT : text->align == xd_right ? OF_ALIGN_RIGHT : OF_ALIGN_CENTER;
    shape.font_size = pen->font_size * pen->page->scale;
    shape.text_width = text->width * pen->page->scale;
    g_autofree char *family = g_utf8_make_valid(pen->font, -1);
    shape.font = g_strconcat(family, (pen->font_bits & FONT_BOLD) != 0 ? " Bold" : "",
                             (pen->font_bits & FONT_ITALIC) != 0 ? " Italic" : "", NULL);
    shape.struck = (pen->font_bits & FONT_STRUCK) != 0;
    g_array_append_val(shapes, shape);
    return true;
}

/* Carries out one operation. Returns false where it has no meaning. */
static bool follow(GArray *shapes, Pen *pen, const xdot_op *op)
{
    switch (op->kind) {
    case xd_filled_ellipse:
    case xd_unfilled_ellipse:
        return append_ellipse(shapes, pen, op->kind == xd_filled_ellipse, &op->u.ellipse);
    case xd_filled_polygon:
    case xd_unfilled_polygon:
        return append_line(shapes, pen, OF_SHAPE_POLYGON, op->kind == xd_filled_polygon, &op->u.polygon);
    case xd_filled_bezier:
    case xd_unfilled_bezier:
        return append_line(shapes, pen, OF_SHAPE_BEZIER, op->kind == xd_filled_bezier, &op->u.bezier);
    case xd_polyline:
        return append_line(shapes, pen, OF_SHAPE_POLYLINE, false, &op->u.polyline);
    case xd_text:
        return append_text(shapes, pen, &op->u.text);
    case xd_fill_color:
        pen->fill = color_of(op->u.color);
        return true;
    case xd_pen_color:
        pen->pen = color_of(op->u.color);
        return true;
    case xd_grad_fill_color:
        pen->fill = first_stop(&op->u.grad_color);
        return true;
    case xd_grad_pen_color:
        pen->pen = first_stop(&op->u.grad_color);
        return true;
    case xd_font:
        pen->font = op->u.font.name;
        pen->font_size = op->u.font.size;
        return true;
    case xd_style:
        set_style(pen, op->u.style);
        return true;
    case xd_fontchar:
        pen->font_bits = op->u.fontchar;
        return true;
    case xd_image:
        return true;
    }
    return false;
}

static bool is_finite_shape(const OfShape *shape)
{
    bool finite = isfinite(shape->line_width) && isfinite(shape->font_size) && isfinite(shape->text_width);
    for (guint i = 0; i < shape->n_points; i++) {
        finite = finite && isfinite(shape->points[i].x) && isfinite(shape->points[i].y);
    }
    return finite;
}

/* How many operations at the start paint the canvas, which Graphviz does first of all: transparent pen, colour, rectangle. */
static guint canvas_operations(const xdot *drawing, OfColor *canvas)
{
    const xdot_op *op = drawing->ops;
    if (drawing->cnt < 3 || op[0].kind != xd_pen_color || strcmp(op[0].u.color, TRANSPARENT) != 0 ||
        op[2].kind != xd_filled_polygon || op[2].u.polygon.cnt != 4) {
        return 0;
    }
    if (op[1].kind == xd_fill_color) {
        *canvas = color_of(op[1].u.color);
    } else if (op[1].kind == xd_grad_fill_color) {
        *canvas = first_stop(&op[1].u.grad_color);
    } else {
        return 0;
    }
    return 3;
}

static locale_t plain_locale(void)
{
    static gsize plain = 0;
    if (g_once_init_enter(&plain)) {
        g_once_init_leave(&plain, (gsize) newlocale(LC_NUMERIC_MASK, "C", (locale_t) 0));
    }
    return (locale_t) plain;
}

/* libxdot reads numbers with strtod: "1.5" would be 1 in a program that runs in a locale with decimal commas. */
static xdot *parse(const char *value)
{
    g_autofree char *operations = of_graph_operations(value);
    const locale_t before = uselocale(plain_locale());
    xdot *drawing = parseXDot(operations);
    uselocale(before);
    return drawing;
}

bool of_xdot_append_shapes(GArray *shapes, const char *ops, const OfXdotPage *page, bool disputed, OfColor *canvas, GError **error)
{
    xdot *drawing = parse(ops);
    bool sound = drawing != NULL && (drawing->flags & XDOT_PARSE_ERROR) == 0;
    if (sound) {
        Pen pen = {.pen = opaque_black,
                   .fill = opaque_black,
                   .line_width = 1,
                   .font_size = 14,
                   .font = "Sans",
                   .page = page,
                   .disputed = disputed};
        const guint before = shapes->len;
        for (guint i = canvas != NULL ? canvas_operations(drawing, canvas) : 0; sound && i < (guint) drawing->cnt; i++) {
            sound = follow(shapes, &pen, &drawing->ops[i]);
        }
        for (guint i = before; sound && i < shapes->len; i++) {
            sound = is_finite_shape(&g_array_index(shapes, OfShape, i));
        }
    }
    if (drawing != NULL) {
        freeXDot(drawing);
    }
    if (!sound) {
        g_set_error_literal(error, OF_ERROR, OF_ERROR_ENVIRONMENT, "the layout gave drawing operations that make no sense");
    }
    return sound;
}
