#include "paint/slide.h"

#include <math.h>
#include <string.h>

#include "base/hash.h"
#include "paint/link.h"
#include "paint/literal.h"
#include "paint/slide_shapes.h"

#define DRAWING_NS       "http://schemas.openxmlformats.org/drawingml/2006/main"
#define RELATIONSHIP_NS  "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define COMPATIBILITY_NS "http://schemas.openxmlformats.org/markup-compatibility/2006"
#define DRAWING_2014_NS  "http://schemas.microsoft.com/office/drawing/2014/main"
#define SLIDE_NS         "http://schemas.openxmlformats.org/presentationml/2006/main"

/* Elements that are one object on the slide: all of one person, else one element. */
typedef struct {
    char *name;          /* literal */
    GPtrArray *elements; /* of const OfElement */
} Group;

typedef struct {
    const OfPicture *picture;
    OfSlideStyle style;
    double left, top; /* where it stands on the slide, points */
    OfXml *xml;
    GPtrArray *groups;    /* of Group, in drawing order of their first elements */
    GHashTable *outlines; /* element id -> the shape that lines are glued to, const OfShape */
    GHashTable *glue;     /* element id -> id of that shape on the slide */
    GPtrArray *links;
    guint next_id;
    bool titled; /* the slide's title has been written */
} Writer;

/* ---- Groups ---- */

static void free_group(gpointer data)
{
    Group *group = data;
    g_free(group->name);
    g_ptr_array_unref(group->elements);
    g_free(group);
}

static const char *datum_of(const OfElement *element, const char *name)
{
    for (guint i = 0; element->data != NULL && i < element->data->len; i++) {
        const OfDatum *datum = &g_array_index(element->data, OfDatum, i);
        if (strcmp(datum->name, name) == 0) {
            return datum->value;
        }
    }
    return NULL;
}

static bool has_class(const OfElement *element, const char *class)
{
    g_auto(GStrv) classes = g_strsplit(element->classes != NULL ? element->classes : "", " ", -1);
    return g_strv_contains((const char *const *) classes, class);
}

static bool is_person(const OfElement *element)
{
    return g_strcmp0(datum_of(element, "kind"), "person") == 0;
}

/* What is written in an element, line by line; empty where nothing is. Owned by the caller. */
static char *read_words(const OfElement *element)
{
    GString *words = g_string_new(NULL);
    for (guint i = 0; element->shapes != NULL && i < element->shapes->len; i++) {
        const OfShape *shape = &g_array_index(element->shapes, OfShape, i);
        if (shape->kind == OF_SHAPE_TEXT && of_slide_shape_is_seen(shape)) {
            g_string_append_printf(words, "%s%s", words->len > 0 ? " " : "", shape->text);
        }
    }
    return g_string_free(words, FALSE);
}

static char *name_element(const OfElement *element)
{
    g_autofree char *words = read_words(element);
    const char *name = element->title != NULL              ? element->title
                       : element->kind == OF_ELEMENT_GRAPH ? "Background"
                       : *words != '\0'                    ? words
                       : element->id != NULL               ? element->id
                                                           : "drawing";
    return of_literal_new_closed(name);
}

/* The elements of a person come together where the first of them stands; a name of theirs names the group. */
static void add_to_groups(Writer *writer, GHashTable *people, const OfElement *element)
{
    const char *person = datum_of(element, "person");
    Group *group = person != NULL ? g_hash_table_lookup(people, person) : NULL;
    if (group == NULL) {
        group = g_new(Group, 1);
        *group = (Group){name_element(element), g_ptr_array_new()};
        g_ptr_array_add(writer->groups, group);
        if (person != NULL) {
            g_hash_table_insert(people, (gpointer) person, group);
        }
    }
    if (person != NULL && is_person(element) && element->title != NULL) {
        g_free(group->name);
        group->name = of_literal_new_closed(element->title);
    }
    g_ptr_array_add(group->elements, (gpointer) element);
}

static guint count_seen(const OfElement *element)
{
    guint n = 0;
    for (guint i = 0; element->shapes != NULL && i < element->shapes->len; i++) {
        n += of_slide_shape_is_seen(&g_array_index(element->shapes, OfShape, i));
    }
    return n;
}

/* Lines are glued to an element's first outline, else to its first words. */
static const OfShape *outline_of(const OfElement *element)
{
    const OfShape *words = NULL;
    for (guint i = 0; i < element->shapes->len; i++) {
        const OfShape *shape = &g_array_index(element->shapes, OfShape, i);
        if (of_slide_shape_is_seen(shape) && shape->kind != OF_SHAPE_TEXT) {
            return shape;
        }
        words = words == NULL && of_slide_shape_is_seen(shape) ? shape : words;
    }
    return words;
}

static void collect(Writer *writer)
{
    g_autoptr(GHashTable) people = g_hash_table_new(of_text_hash, g_str_equal);
    for (guint i = 0; writer->picture->elements != NULL && i < writer->picture->elements->len; i++) {
        const OfElement *element = writer->picture->elements->pdata[i];
        if (count_seen(element) == 0) {
            continue;
        }
        add_to_groups(writer, people, element);
        if (element->kind == OF_ELEMENT_NODE && element->id != NULL) {
            g_hash_table_insert(writer->outlines, element->id, (gpointer) outline_of(element));
            g_hash_table_insert(writer->glue, element->id, GUINT_TO_POINTER(writer->next_id++));
        }
    }
}

/* ---- Shapes ---- */

static OfSlideBox element_box(const OfElement *element, OfSlideBox box)
{
    for (guint i = 0; i < element->shapes->len; i++) {
        const OfShape *shape = &g_array_index(element->shapes, OfShape, i);
        box = of_slide_shape_is_seen(shape) ? of_slide_box_join(box, of_slide_shape_box(shape)) : box;
    }
    return box;
}

static OfSlideGlue glue_to(const Writer *writer, const char *id, OfPoint point)
{
    const OfShape *outline = id != NULL ? g_hash_table_lookup(writer->outlines, id) : NULL;
    if (outline == NULL) {
        return (OfSlideGlue){0, 0};
    }
    return (OfSlideGlue){GPOINTER_TO_UINT(g_hash_table_lookup(writer->glue, id)), of_slide_shape_site(outline, point)};
}

/* A line between two nodes that are drawn is a connector. */
static bool is_connector(const Writer *writer, const OfElement *element, const OfShape *shape)
{
    return element->kind == OF_ELEMENT_EDGE && element->tail != NULL && element->head != NULL && !shape->filled &&
           (shape->kind == OF_SHAPE_BEZIER || shape->kind == OF_SHAPE_POLYLINE) &&
           g_hash_table_contains(writer->glue, element->tail) && g_hash_table_contains(writer->glue, element->head);
}

static guint take_id(Writer *writer, const OfElement *element, const OfShape *shape)
{
    const bool glued =
        element->id != NULL && element->kind == OF_ELEMENT_NODE && g_hash_table_lookup(writer->outlines, element->id) == shape;
    return glued ? GPOINTER_TO_UINT(g_hash_table_lookup(writer->glue, element->id)) : writer->next_id++;
}

/* The id of a relationship to the element's link, or NULL. Owned by the caller. */
static char *take_link(GPtrArray *links, const OfElement *element)
{
    g_autofree char *target = of_link_target(element->url);
    if (target == NULL) {
        return NULL;
    }
    g_ptr_array_add(links, g_steal_pointer(&target));
    return g_strdup_printf("link%u", links->len);
}

/* Programs that draw a connector's own way take it glued to its ends; LibreOffice finds ways of its own for connectors, and gets a shape along the spline. It
 * does not know the extensions of 2014. */
static void write_connector(Writer *writer, const OfElement *element, const OfShape *shape, const OfSlideName *name)
{
    const OfPoint begin = shape->points[0], end = shape->points[shape->n_points - 1];
    of_xml_open_with(writer->xml, "mc:AlternateContent", "xmlns:mc", COMPATIBILITY_NS, NULL);
    of_xml_open_with(writer->xml, "mc:Choice", "xmlns:a16", DRAWING_2014_NS, "Requires", "a16", NULL);
    of_slide_write_connector(writer->xml, shape, name, glue_to(writer, element->tail, begin), glue_to(writer, element->head, end),
                             &writer->style);
    of_xml_close(writer->xml);
    of_xml_open(writer->xml, "mc:Fallback");
    of_slide_write_shape(writer->xml, shape, name, &writer->style);
    of_xml_close(writer->xml);
    of_xml_close(writer->xml);
}

static void write_element(Writer *writer, const OfElement *element, const char *alone)
{
    g_autofree char *link = take_link(writer->links, element);
    g_autofree char *own = name_element(element);
    for (guint i = 0; i < element->shapes->len; i++) {
        const OfShape *shape = &g_array_index(element->shapes, OfShape, i);
        if (!of_slide_shape_is_seen(shape)) {
            continue;
        }
        const bool words = shape->kind == OF_SHAPE_TEXT;
        g_autofree char *text = words ? of_literal_new_closed(shape->text) : NULL;
        const OfSlideName name = {take_id(writer, element, shape), alone != NULL ? alone : words ? text : own, NULL, link};
        if (is_connector(writer, element, shape)) {
            write_connector(writer, element, shape, &name);
        } else {
            of_slide_write_shape(writer->xml, shape, &name, &writer->style);
        }
    }
}

static void open_group(Writer *writer, const char *name, const char *description, OfSlideBox box, OfSlideBox inner)
{
    const OfSlideName shown = {writer->next_id++, name, description, NULL};
    of_xml_open(writer->xml, "p:grpSp");
    of_xml_open(writer->xml, "p:nvGrpSpPr");
    of_slide_write_name(writer->xml, &shown);
    of_xml_write_empty(writer->xml, "p:cNvGrpSpPr", NULL);
    of_xml_write_empty(writer->xml, "p:nvPr", NULL);
    of_xml_close(writer->xml);
    of_xml_open(writer->xml, "p:grpSpPr");
    of_slide_write_frame(writer->xml, box, &inner);
    of_xml_close(writer->xml);
}

/* A single shape stands by itself. */
static void write_group(Writer *writer, const Group *group)
{
    OfSlideBox box = of_slide_box_none;
    guint n = 0;
    for (guint i = 0; i < group->elements->len; i++) {
        box = element_box(group->elements->pdata[i], box);
        n += count_seen(group->elements->pdata[i]);
    }
    if (n > 1) {
        open_group(writer, group->name, NULL, box, box);
    }
    for (guint i = 0; i < group->elements->len; i++) {
        write_element(writer, group->elements->pdata[i], n == 1 ? group->name : NULL);
    }
    if (n > 1) {
        of_xml_close(writer->xml);
    }
}

/* ---- The slide ---- */

/* The headline is the slide's title, which stands outside of all groups. Programs break a title at its frame's right side, so it may go on as far as the drawing does. */
static bool write_title(Writer *writer, const Group *group)
{
    const OfElement *element = group->elements->pdata[0];
    if (writer->titled || !has_class(element, "title") || count_seen(element) == 0) {
        return false;
    }
    g_autoptr(GPtrArray) lines = g_ptr_array_new();
    for (guint i = 0; i < element->shapes->len; i++) {
        const OfShape *shape = &g_array_index(element->shapes, OfShape, i);
        if (of_slide_shape_is_seen(shape) && shape->kind == OF_SHAPE_TEXT) {
            g_ptr_array_add(lines, (gpointer) shape);
        }
    }
    const OfSlideBox box = element_box(element, of_slide_box_none);
    const OfSlideBox frame = {box.left + writer->left, box.top + writer->top,
                              fmax(box.right, writer->picture->width) + writer->left, box.bottom + writer->top};
    const OfSlideName name = {writer->next_id++, group->name, NULL, NULL};
    of_slide_write_title(writer->xml, (const OfShape *const *) lines->pdata, lines->len, frame, &name, &writer->style);
    writer->titled = true;
    return true;
}

/* Where a template has a place for the title, the headline stands there. */
static void write_layout_title(Writer *writer)
{
    if (writer->style.template == NULL || writer->picture->title == NULL || *writer->picture->title == '\0') {
        return;
    }
    const OfSlideName name = {writer->next_id++, "Title", NULL, NULL};
    of_slide_write_layout_title(writer->xml, writer->picture->title, &name, &writer->style);
    writer->titled = true;
}

static void write_background(Writer *writer)
{
    const OfColor color = writer->picture->background;
    if (!writer->picture->has_background || color.alpha == 0) {
        return;
    }
    char hex[8];
    g_snprintf(hex, sizeof hex, "%02X%02X%02X", (guint) color.red, (guint) color.green, (guint) color.blue);
    of_xml_open(writer->xml, "p:bg");
    of_xml_open(writer->xml, "p:bgPr");
    of_xml_open(writer->xml, "a:solidFill");
    of_xml_write_empty(writer->xml, "a:srgbClr", "val", hex, NULL);
    of_xml_close(writer->xml);
    of_xml_write_empty(writer->xml, "a:effectLst", NULL);
    of_xml_close(writer->xml);
    of_xml_close(writer->xml);
}

/* The tree's root, which every slide and notes page begins with; left open. */
static void open_tree(OfXml *xml)
{
    of_xml_open(xml, "p:spTree");
    of_xml_open(xml, "p:nvGrpSpPr");
    of_xml_write_empty(xml, "p:cNvPr", "id", "1", "name", "", NULL);
    of_xml_write_empty(xml, "p:cNvGrpSpPr", NULL);
    of_xml_write_empty(xml, "p:nvPr", NULL);
    of_xml_close(xml);
    of_xml_write_empty(xml, "p:grpSpPr", NULL);
}

static void close_colors(OfXml *xml)
{
    of_xml_open(xml, "p:clrMapOvr");
    of_xml_write_empty(xml, "a:masterClrMapping", NULL);
    of_xml_close(xml);
}

/* All but the title in one group with the alt text. */
static void write_drawing(Writer *writer)
{
    g_autofree char *name = of_literal_new_closed(writer->picture->title != NULL ? writer->picture->title : "Drawing");
    OfSlideBox box = of_slide_box_none;
    g_autoptr(GPtrArray) rest = g_ptr_array_new();
    for (guint i = 0; i < writer->groups->len; i++) {
        const Group *group = writer->groups->pdata[i];
        if (write_title(writer, group)) {
            continue;
        }
        g_ptr_array_add(rest, (gpointer) group);
        for (guint k = 0; k < group->elements->len; k++) {
            box = element_box(group->elements->pdata[k], box);
        }
    }
    if (rest->len > 0) {
        const OfSlideBox moved = {box.left + writer->left, box.top + writer->top, box.right + writer->left,
                                  box.bottom + writer->top};
        open_group(writer, name, writer->picture->description, moved, box);
        for (guint i = 0; i < rest->len; i++) {
            write_group(writer, rest->pdata[i]);
        }
        of_xml_close(writer->xml);
    }
}

static char *write_slide(Writer *writer)
{
    writer->xml = of_xml_new(false);
    of_xml_begin(writer->xml, true);
    of_xml_open_with(writer->xml, "p:sld", "xmlns:a", DRAWING_NS, "xmlns:r", RELATIONSHIP_NS, "xmlns:p", SLIDE_NS, NULL);
    of_xml_open(writer->xml, "p:cSld");
    write_background(writer);
    open_tree(writer->xml);
    write_layout_title(writer);
    write_drawing(writer);
    of_xml_close(writer->xml);
    of_xml_close(writer->xml);
    close_colors(writer->xml);
    of_xml_close(writer->xml);
    return of_xml_finish(writer->xml);
}

/* ---- Notes ---- */

static void write_paragraph(OfXml *xml, const char *text, const char *link)
{
    g_autofree char *literal = of_literal_new_closed(text);
    of_xml_open(xml, "a:p");
    of_xml_open(xml, "a:r");
    of_xml_open_with(xml, "a:rPr", "dirty", "0", NULL);
    if (link != NULL) {
        of_xml_write_empty(xml, "a:hlinkClick", "r:id", link, NULL);
    }
    of_xml_close(xml);
    of_xml_open(xml, "a:t");
    of_xml_write_literal(xml, literal);
    of_xml_close(xml);
    of_xml_close(xml);
    of_xml_close(xml);
}

/* What the drawing says, then its source notes, a paragraph each. A note of several lines is told by each. */
static void write_note_text(OfXml *xml, const OfPicture *picture, GPtrArray *links)
{
    if (picture->description != NULL) {
        write_paragraph(xml, picture->description, NULL);
    }
    for (guint i = 0; picture->elements != NULL && i < picture->elements->len; i++) {
        const OfElement *element = picture->elements->pdata[i];
        if (datum_of(element, "source") == NULL) {
            continue;
        }
        g_autofree char *link = take_link(links, element);
        for (guint k = 0; k < element->shapes->len; k++) {
            const OfShape *shape = &g_array_index(element->shapes, OfShape, k);
            if (shape->kind == OF_SHAPE_TEXT && of_slide_shape_is_seen(shape)) {
                g_autofree char *text =
                    element->title != NULL ? g_strdup_printf("%s: %s", shape->text, element->title) : g_strdup(shape->text);
                write_paragraph(xml, text, link);
            }
        }
    }
    of_xml_open(xml, "a:p");
    of_xml_close(xml);
}

static void write_placeholder(OfXml *xml, const char *id, const char *name, const char *type, const char *index)
{
    of_xml_open(xml, "p:nvSpPr");
    of_xml_write_empty(xml, "p:cNvPr", "id", id, "name", name, NULL);
    of_xml_open(xml, "p:cNvSpPr");
    of_xml_write_empty(xml, "a:spLocks", "noGrp", "1", NULL);
    of_xml_close(xml);
    of_xml_open(xml, "p:nvPr");
    of_xml_write_empty(xml, "p:ph", "type", type, index != NULL ? "idx" : NULL, index, NULL);
    of_xml_close(xml);
    of_xml_close(xml);
    of_xml_write_empty(xml, "p:spPr", NULL);
}

static char *write_notes(const OfPicture *picture, GPtrArray *links)
{
    OfXml *xml = of_xml_new(false);
    of_xml_begin(xml, true);
    of_xml_open_with(xml, "p:notes", "xmlns:a", DRAWING_NS, "xmlns:r", RELATIONSHIP_NS, "xmlns:p", SLIDE_NS, NULL);
    of_xml_open(xml, "p:cSld");
    open_tree(xml);
    of_xml_open(xml, "p:sp");
    write_placeholder(xml, "2", "Slide", "sldImg", NULL);
    of_xml_close(xml);
    of_xml_open(xml, "p:sp");
    write_placeholder(xml, "3", "Notes", "body", "1");
    of_xml_open(xml, "p:txBody");
    of_xml_write_empty(xml, "a:bodyPr", NULL);
    of_xml_write_empty(xml, "a:lstStyle", NULL);
    write_note_text(xml, picture, links);
    of_xml_close(xml);
    of_xml_close(xml);
    of_xml_close(xml);
    of_xml_close(xml);
    close_colors(xml);
    of_xml_close(xml);
    return of_xml_finish(xml);
}

OfSlide *of_slide_new(const OfPicture *picture, double left, double top, const OfTemplate *template)
{
    OfSlide *slide = g_new0(OfSlide, 1);
    slide->links = g_ptr_array_new_with_free_func(g_free);
    slide->note_links = g_ptr_array_new_with_free_func(g_free);
    Writer writer = {
        .picture = picture, .style = {picture->language, template}, .left = left, .top = top, .links = slide->links, .next_id = 2};
    writer.groups = g_ptr_array_new_with_free_func(free_group);
    writer.outlines = g_hash_table_new(of_text_hash, g_str_equal);
    writer.glue = g_hash_table_new(of_text_hash, g_str_equal);
    collect(&writer);
    slide->slide = write_slide(&writer);
    slide->notes = write_notes(picture, slide->note_links);
    g_ptr_array_unref(writer.groups);
    g_hash_table_unref(writer.outlines);
    g_hash_table_unref(writer.glue);
    return slide;
}

void of_slide_free(OfSlide *slide)
{
    if (slide != NULL) {
        g_free(slide->slide);
        g_free(slide->notes);
        g_ptr_array_unref(slide->links);
        g_ptr_array_unref(slide->note_links);
        g_free(slide);
    }
}
