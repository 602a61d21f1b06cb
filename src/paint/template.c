#include "paint/template.h"

#include <math.h>
#include <string.h>

#include "base/limits.h"
#include "paint/part.h"
#include "paint/slide.h"
#include "paint/template_clean.h"

#define MAIN_NS     "http://schemas.openxmlformats.org/presentationml/2006/main"
#define TYPE_BASE   "application/vnd.openxmlformats-officedocument.presentationml."
#define PLAIN_TYPE  TYPE_BASE "presentation.main+xml"
#define LEAST_SIDE  72.0   /* of a slide and of the room for a drawing, points */
#define MOST_SIDE   4032.0 /* of a slide */
#define GAP         10.0   /* between the title and the drawing */
#define MOST_MARGIN 0.1    /* of the slide's side */

const char *const of_template_color_names[OF_TEMPLATE_COLORS] = {"tx1",     "bg1",     "tx2",     "bg2",     "accent1",
                                                                 "accent2", "accent3", "accent4", "accent5", "accent6"};

/* A frame in points. */
typedef struct {
    double left, top, right, bottom;
} Frame;

static bool fail(GError **error, const char *message)
{
    g_set_error_literal(error, OF_ERROR, OF_ERROR_DATA, message);
    return false;
}

/* ---- The presentation ---- */

/* Templates, shows and presentations are alike but for their type; one with macros is refused. */
static bool check_types(OfTemplate *template, GError **error)
{
    static const char *const known[] = {PLAIN_TYPE, TYPE_BASE "template.main+xml", TYPE_BASE "slideshow.main+xml", NULL};
    g_autoptr(xmlDoc) types = of_part_parse(template->package, OF_PART_TYPES, error);
    if (types == NULL) {
        return false;
    }
    g_autofree char *type = of_part_type(types, template->presentation);
    if (type != NULL && strstr(type, "macroEnabled") != NULL) {
        return fail(error, "holds macros: save it as .pptx or .potx");
    }
    if (type == NULL || !g_strv_contains(known, type)) {
        return fail(error, "is no PowerPoint presentation");
    }
    of_part_declare(types, template->presentation, PLAIN_TYPE);
    return of_part_set(template->package, OF_PART_TYPES, types, error);
}

/* A length in English metric units, as points; NAN where it is none. */
static double length_of(const xmlNode *node, const char *name)
{
    g_autofree char *text = of_part_attribute(node, name);
    gint64 value = 0;
    return text != NULL && g_ascii_string_to_signed(text, 10, G_MININT32, G_MAXINT32, &value, NULL) ? (double) value / OF_EMU : NAN;
}

static bool read_size(OfTemplate *template, const xmlNode *root, GError **error)
{
    const xmlNode *size = of_part_child(root, "sldSz");
    template->width = length_of(size, "cx");
    template->height = length_of(size, "cy");
    /* Written so that what is no number fails too. */
    return (template->width >= LEAST_SIDE && template->width <= MOST_SIDE && template->height >= LEAST_SIDE &&
            template->height <= MOST_SIDE) ||
           fail(error, "does not say how large its slides are");
}

static xmlDoc *read_presentation(OfTemplate *template, GError **error)
{
    if (of_package_get(template->package, OF_PART_TYPES, NULL) == NULL) {
        fail(error, "is no PowerPoint presentation");
        return NULL;
    }
    template->presentation = of_part_follow(template->package, "", "officeDocument", NULL);
    if (template->presentation == NULL) {
        fail(error, "is no PowerPoint presentation");
        return NULL;
    }
    g_autoptr(xmlDoc) tree = of_part_parse(template->package, template->presentation, error);
    if (tree == NULL || !check_types(template, error)) {
        return NULL;
    }
    const xmlNode *root = of_libxml.DocGetRootElement(tree);
    if (root->ns == NULL || strcmp((const char *) root->ns->href, MAIN_NS) != 0) {
        fail(error, "is Strict Open XML: save it as an ordinary .pptx");
        return NULL;
    }
    return of_template_clean(template->package, template->presentation, error) && read_size(template, root, error)
               ? g_steal_pointer(&tree)
               : NULL;
}

/* ---- Layouts ---- */

static bool read_frame(const xmlNode *shape, Frame *frame)
{
    static const char *const way[] = {"spPr", "xfrm"};
    const xmlNode *place = of_part_descend(shape, way, G_N_ELEMENTS(way));
    const xmlNode *origin = of_part_child(place, "off"), *extent = of_part_child(place, "ext");
    frame->left = length_of(origin, "x");
    frame->top = length_of(origin, "y");
    frame->right = frame->left + length_of(extent, "cx");
    frame->bottom = frame->top + length_of(extent, "cy");
    return isfinite(frame->right) && isfinite(frame->bottom);
}

static xmlNode *first_shape(const xmlDoc *tree)
{
    static const char *const way[] = {"cSld", "spTree"};
    return of_part_child(of_part_descend(of_libxml.DocGetRootElement(tree), way, G_N_ELEMENTS(way)), NULL);
}

/* The type of a placeholder; NULL for what is none. Owned by the caller. */
static char *placeholder_type(const xmlNode *shape)
{
    const xmlNode *properties = of_part_child(shape, NULL); /* nvSpPr, nvPicPr … */
    const xmlNode *placeholder = of_part_child(of_part_child(properties, "nvPr"), "ph");
    char *type = of_part_attribute(placeholder, "type");
    return type != NULL || placeholder == NULL ? type : g_strdup("obj");
}

static const xmlNode *find_placeholder(const xmlDoc *tree, const char *type)
{
    for (const xmlNode *shape = first_shape(tree); shape != NULL; shape = of_part_next(shape, NULL)) {
        g_autofree char *own = placeholder_type(shape);
        if (g_strcmp0(own, type) == 0) {
            return shape;
        }
    }
    return NULL;
}

/* What a layout has slots for besides a title and what stands in the footer. */
static guint count_others(const xmlDoc *layout)
{
    static const char *const small[] = {"title", "dt", "ftr", "sldNum", NULL};
    guint n = 0;
    for (const xmlNode *shape = first_shape(layout); shape != NULL; shape = of_part_next(shape, NULL)) {
        g_autofree char *type = placeholder_type(shape);
        n += type != NULL && !g_strv_contains(small, type);
    }
    return n;
}

/* Below the title, as wide and as far down as the master's body, else as the margins beside the title say. */
static bool find_room(const OfTemplate *template, const xmlDoc *master, const xmlDoc *layout, Frame *room)
{
    const xmlNode *own = find_placeholder(layout, "title");
    Frame title, body;
    if (own == NULL || (!read_frame(own, &title) && !read_frame(find_placeholder(master, "title"), &title))) {
        return false;
    }
    if (read_frame(find_placeholder(master, "body"), &body)) {
        *room = (Frame){body.left, title.bottom + GAP, body.right, body.bottom};
    } else {
        const double beside = fmin(title.left, template->width - title.right);
        const double margin = fmin(fmax(beside, 0), MOST_MARGIN * template->height);
        *room = (Frame){title.left, title.bottom + GAP, title.right, template->height - margin};
    }
    *room =
        (Frame){fmax(room->left, 0), fmax(room->top, 0), fmin(room->right, template->width), fmin(room->bottom, template->height)};
    return room->right - room->left >= LEAST_SIDE && room->bottom - room->top >= LEAST_SIDE;
}

/* ---- Colours and fonts ---- */

/* A colour that is told by its parts of red, green and blue, also where a system's is meant. Owned by the caller, or NULL. */
static char *read_plain_color(const xmlNode *holder)
{
    const xmlNode *color = of_part_child(holder, NULL);
    g_autofree char *value =
        of_part_attribute(color, color != NULL && strcmp((const char *) color->name, "sysClr") == 0 ? "lastClr" : "val");
    if (value == NULL || strlen(value) != 6 || strspn(value, "0123456789abcdefABCDEF") != 6) {
        return NULL;
    }
    g_autofree char *lower = g_ascii_strdown(value, -1);
    return g_strconcat("#", lower, NULL);
}

/* Where the names that slides use lead in the theme: the layout's own map, else the master's. */
static char *map_color(const xmlDoc *master, const xmlDoc *layout, const char *name)
{
    static const char *const way[] = {"clrMapOvr", "overrideClrMapping"};
    const xmlNode *map = of_part_descend(of_libxml.DocGetRootElement(layout), way, G_N_ELEMENTS(way));
    map = map != NULL ? map : of_part_child(of_libxml.DocGetRootElement(master), "clrMap");
    return of_part_attribute(map, name);
}

static bool read_colors(OfTemplate *template, const xmlDoc *master, const xmlDoc *layout, const xmlNode *elements, GError **error)
{
    const xmlNode *scheme = of_part_child(elements, "clrScheme");
    for (guint i = 0; i < OF_TEMPLATE_COLORS; i++) {
        g_autofree char *name = map_color(master, layout, of_template_color_names[i]);
        template->colors[i] = name != NULL ? read_plain_color(of_part_child(scheme, name)) : NULL;
        if (template->colors[i] == NULL) {
            g_set_error(error, OF_ERROR, OF_ERROR_DATA, "has a theme without the colour `%s`", of_template_color_names[i]);
            return false;
        }
    }
    return true;
}

/* A background of one colour; NULL for pictures, gradients and what is mixed, where the theme's first is taken. */
static const char *read_background(const OfTemplate *template, const xmlDoc *tree, char **plain)
{
    static const char *const to_fill[] = {"cSld", "bg", "bgPr", "solidFill"}, *const to_reference[] = {"cSld", "bg", "bgRef"};
    const xmlNode *root = of_libxml.DocGetRootElement(tree);
    const xmlNode *fill = of_part_descend(root, to_fill, G_N_ELEMENTS(to_fill));
    fill = fill != NULL ? fill : of_part_descend(root, to_reference, G_N_ELEMENTS(to_reference));
    const xmlNode *color = of_part_child(fill, NULL);
    g_autofree char *name = of_part_attribute(color, "val");
    for (guint i = 0; name != NULL && i < OF_TEMPLATE_COLORS; i++) {
        if (of_part_child(color, NULL) == NULL && g_str_equal(name, of_template_color_names[i])) {
            return template->colors[i];
        }
    }
    *plain = read_plain_color(fill);
    return *plain;
}

static void find_background(OfTemplate *template, const xmlDoc *master, const xmlDoc *layout)
{
    g_autofree char *of_layout = NULL, *of_master = NULL;
    const char *found = read_background(template, layout, &of_layout);
    found = found != NULL ? found : read_background(template, master, &of_master);
    template->background = g_strdup(found != NULL ? found : template->colors[OF_TEMPLATE_BACKGROUND_1]);
}

/* A name that a font description cannot mistake for something else. */
static char *read_font(const xmlNode *elements)
{
    static const char *const way[] = {"fontScheme", "minorFont", "latin"};
    g_autofree char *family = of_part_attribute(of_part_descend(elements, way, G_N_ELEMENTS(way)), "typeface");
    const bool plain = family != NULL && *family != '\0' && strpbrk(family, ",;:\"'<>&\\=+") == NULL;
    return plain ? g_steal_pointer(&family) : NULL;
}

static bool read_look(OfTemplate *template, const char *master_part, const xmlDoc *master, GError **error)
{
    g_autofree char *theme_part = of_part_follow(template->package, master_part, "theme", NULL);
    if (theme_part == NULL) {
        return fail(error, "has a master without a theme");
    }
    g_autoptr(xmlDoc) theme = of_part_parse(template->package, theme_part, error);
    g_autoptr(xmlDoc) layout = theme != NULL ? of_part_parse(template->package, template->layout, error) : NULL;
    if (layout == NULL) {
        return false;
    }
    const xmlNode *elements = of_part_child(of_libxml.DocGetRootElement(theme), "themeElements");
    if (!read_colors(template, master, layout, elements, error)) {
        return false;
    }
    find_background(template, master, layout);
    template->font = read_font(elements);
    return true;
}

/* ---- The choice of a layout ---- */

typedef struct {
    char *layout, *master;
    guint n_others;
    Frame room;
} Choice;

static void consider(const OfTemplate *template, const char *master_part, const xmlDoc *master, const char *layout_part,
                     Choice *choice)
{
    g_autoptr(xmlDoc) layout = of_part_parse(template->package, layout_part, NULL);
    Frame room;
    if (layout == NULL || !find_room(template, master, layout, &room)) {
        return;
    }
    const guint n = count_others(layout);
    if (choice->layout == NULL || n < choice->n_others) {
        g_free(choice->layout);
        g_free(choice->master);
        *choice = (Choice){g_strdup(layout_part), g_strdup(master_part), n, room};
    }
}

static void consider_master(const OfTemplate *template, const char *part, Choice *choice)
{
    g_autoptr(xmlDoc) master = of_part_parse(template->package, part, NULL);
    const xmlNode *list = master != NULL ? of_part_child(of_libxml.DocGetRootElement(master), "sldLayoutIdLst") : NULL;
    for (const xmlNode *node = of_part_child(list, NULL); node != NULL; node = of_part_next(node, NULL)) {
        g_autofree char *id = of_part_relation_id(node);
        g_autofree char *layout = id != NULL ? of_part_follow(template->package, part, "slideLayout", id) : NULL;
        if (layout != NULL) {
            consider(template, part, master, layout, choice);
        }
    }
}

static bool choose_layout(OfTemplate *template, const xmlNode *root, GError **error)
{
    Choice choice = {NULL, NULL, 0, {0, 0, 0, 0}};
    const xmlNode *masters = of_part_child(root, "sldMasterIdLst");
    for (const xmlNode *node = of_part_child(masters, NULL); node != NULL; node = of_part_next(node, NULL)) {
        g_autofree char *id = of_part_relation_id(node);
        g_autofree char *master = id != NULL ? of_part_follow(template->package, template->presentation, "slideMaster", id) : NULL;
        if (master != NULL) {
            consider_master(template, master, &choice);
        }
    }
    g_autofree char *master_part = choice.master;
    template->layout = choice.layout;
    if (template->layout == NULL) {
        return fail(error, "has no layout with a title and room for a drawing below it");
    }
    template->left = choice.room.left;
    template->top = choice.room.top;
    template->right = choice.room.right;
    template->bottom = choice.room.bottom;
    g_autoptr(xmlDoc) master = of_part_parse(template->package, master_part, error);
    return master != NULL && read_look(template, master_part, master, error);
}

OfTemplate *of_template_read(const void *bytes, gsize length, gint64 most, GError **error)
{
    g_autoptr(OfTemplate) template = g_new0(OfTemplate, 1);
    template->package = of_package_read(bytes, length, most, error);
    g_autoptr(xmlDoc) tree = template->package != NULL ? read_presentation(template, error) : NULL;
    if (tree == NULL || !choose_layout(template, of_libxml.DocGetRootElement(tree), error)) {
        return NULL;
    }
    template->notes_master = of_part_follow(template->package, template->presentation, "notesMaster", NULL);
    return g_steal_pointer(&template);
}

void of_template_free(OfTemplate *template)
{
    if (template == NULL) {
        return;
    }
    of_package_free(template->package);
    g_free(template->presentation);
    g_free(template->layout);
    g_free(template->notes_master);
    for (guint i = 0; i < OF_TEMPLATE_COLORS; i++) {
        g_free(template->colors[i]);
    }
    g_free(template->background);
    g_free(template->font);
    g_free(template);
}
