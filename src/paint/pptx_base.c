#include "paint/pptx_base.h"

#include <math.h>
#include <string.h>

#include "paint/pptx_parts.h"
#include "paint/slide.h"
#include "paint/xml.h"

#define RELATIONS_NS    "http://schemas.openxmlformats.org/package/2006/relationships"
#define PROPERTIES_BASE "http://schemas.openxmlformats.org/package/2006/relationships/metadata/"
#define FIRST_SLIDE_ID  256 /* 19.7.13 */

struct OfPptxBase {
    OfPackage *package;
    xmlDoc *types, *relations, *presentation; /* of the package; the presentation's */
    xmlNode *slides;                          /* the list in the presentation */
    char *part, *folder;                      /* the presentation's */
    char *layout, *notes_master;              /* names of parts */
    guint n_slides;
};

static OfPackage *built_in(void)
{
    OfPackage *package = of_package_new();
    for (const OfFixedPart *part = of_pptx_fixed_parts; part->name != NULL; part++) {
        of_package_set(package, part->name, part->text);
    }
    return package;
}

/* ---- The presentation's lists ---- */

/* The list of a name, added in its place where there is none: after those that the schema has before it. */
static xmlNode *take_list(OfPptxBase *base, const char *name)
{
    static const char *const order[] = {"sldMasterIdLst", "notesMasterIdLst", "handoutMasterIdLst", "sldIdLst", "sldSz"};
    xmlNode *root = of_libxml.DocGetRootElement(base->presentation), *list = of_part_child(root, name), *before = NULL;
    if (list != NULL) {
        return list;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(order) && !g_str_equal(order[i], name); i++) {
        xmlNode *node = of_part_child(root, order[i]);
        before = node != NULL ? node : before;
    }
    list = of_libxml.NewDocNode(base->presentation, root->ns, BAD_CAST name, NULL);
    if (before != NULL) {
        of_libxml.AddNextSibling(before, list);
    } else if (root->children != NULL) {
        of_libxml.AddPrevSibling(root->children, list);
    } else {
        of_libxml.AddChild(root, list);
    }
    return list;
}

/* An entry of a list that leads along a relationship. */
static xmlNode *add_entry(OfPptxBase *base, xmlNode *list, const char *name, const char *relation)
{
    static const xmlChar name_space[] = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    xmlNode *entry = of_libxml.NewChild(list, list->ns, BAD_CAST name, NULL);
    xmlNs *prefix = of_libxml.SearchNsByHref(base->presentation, entry, name_space);
    of_libxml.SetNsProp(entry, prefix != NULL && prefix->prefix != NULL ? prefix : of_libxml.NewNs(entry, name_space, BAD_CAST "r"),
                        BAD_CAST "id", BAD_CAST relation);
    return entry;
}

static char *relate(OfPptxBase *base, const char *type, const char *part)
{
    g_autofree char *target = of_part_relative(base->part, part);
    return of_part_add_relation(base->relations, OF_PART_RELATION_BASE, type, target);
}

/* ---- Relationships of slides and notes ---- */

static OfXml *begin_relations(void)
{
    OfXml *xml = of_xml_new(false);
    of_xml_begin(xml, true);
    of_xml_open_with(xml, "Relationships", "xmlns", RELATIONS_NS, NULL);
    return xml;
}

static void add_relation(OfXml *xml, const char *id, const char *type, const char *target, bool external)
{
    g_autofree char *whole = g_strconcat(OF_PART_RELATION_BASE, type, NULL);
    of_xml_open_with(xml, "Relationship", "Id", id, "Type", whole, NULL);
    of_xml_set_text(xml, "Target", target);
    if (external) {
        of_xml_set_word(xml, "TargetMode", "External");
    }
    of_xml_close(xml);
}

/* Where a part of the package leads: pairs of type and part, ended by NULL; then links. */
static void add_relations(OfPptxBase *base, const char *part, const char *const *ways, const GPtrArray *links)
{
    OfXml *xml = begin_relations();
    for (; *ways != NULL; ways += 2) {
        g_autofree char *target = of_part_relative(part, ways[1]);
        add_relation(xml, ways[0], ways[0], target, false);
    }
    for (guint i = 0; links != NULL && i < links->len; i++) {
        g_autofree char *id = g_strdup_printf("link%u", i + 1);
        add_relation(xml, id, "hyperlink", links->pdata[i], true);
    }
    of_xml_close(xml);
    g_autofree char *text = of_xml_finish(xml);
    g_autofree char *name = of_part_relations(part);
    of_package_set(base->package, name, text);
}

static char *add_part(OfPptxBase *base, const char *folder, const char *stem, guint number, const char *type, const char *text)
{
    g_autofree char *whole_folder = g_strconcat(base->folder, folder, NULL);
    char *name = of_part_free_name(base->package, whole_folder, stem, number);
    of_package_set(base->package, name, text);
    of_part_declare(base->types, name, type);
    return name;
}

/* ---- The notes' master ---- */

/* A template without one gets orgflow's own, with its theme. */
static void add_notes_master(OfPptxBase *base)
{
    g_autofree char *theme =
        add_part(base, "theme/", "theme", 1, OF_PPTX_TYPE_BASE "theme+xml", of_pptx_fixed_part("ppt/theme/theme1.xml"));
    base->notes_master = add_part(base, "notesMasters/", "notesMaster", 1, OF_PPTX_TYPE_BASE "presentationml.notesMaster+xml",
                                  of_pptx_fixed_part("ppt/notesMasters/notesMaster1.xml"));
    const char *const ways[] = {"theme", theme, NULL};
    g_autofree char *id = relate(base, "notesMaster", base->notes_master);
    add_entry(base, take_list(base, "notesMasterIdLst"), "notesMasterId", id);
    add_relations(base, base->notes_master, ways, NULL);
}

/* ---- The base ---- */

static bool read_trees(OfPptxBase *base, GError **error)
{
    g_autofree char *relations = of_part_relations(base->part);
    base->types = of_part_parse(base->package, OF_PART_TYPES, error);
    base->presentation = base->types != NULL ? of_part_parse(base->package, base->part, error) : NULL;
    base->relations = base->presentation != NULL ? of_part_parse(base->package, relations, error) : NULL;
    return base->relations != NULL;
}

OfPptxBase *of_pptx_base_new(const OfTemplate *template, GError **error)
{
    g_autoptr(OfPptxBase) base = g_new0(OfPptxBase, 1);
    base->package = template != NULL ? of_package_copy(template->package) : built_in();
    base->part = g_strdup(template != NULL ? template->presentation : "ppt/presentation.xml");
    base->layout = g_strdup(template != NULL ? template->layout : "ppt/slideLayouts/slideLayout1.xml");
    base->notes_master = g_strdup(template != NULL ? template->notes_master : "ppt/notesMasters/notesMaster1.xml");
    const char *slash = strrchr(base->part, '/');
    base->folder = slash != NULL ? g_strndup(base->part, (gsize) (slash + 1 - base->part)) : g_strdup("");
    if (!read_trees(base, error)) {
        return NULL;
    }
    if (base->notes_master == NULL) {
        add_notes_master(base);
    }
    base->slides = take_list(base, "sldIdLst");
    return g_steal_pointer(&base);
}

void of_pptx_base_free(OfPptxBase *base)
{
    if (base == NULL) {
        return;
    }
    of_package_free(base->package);
    g_clear_pointer(&base->types, of_libxml.FreeDoc);
    g_clear_pointer(&base->relations, of_libxml.FreeDoc);
    g_clear_pointer(&base->presentation, of_libxml.FreeDoc);
    g_free(base->part);
    g_free(base->folder);
    g_free(base->layout);
    g_free(base->notes_master);
    g_free(base);
}

void of_pptx_base_set_size(OfPptxBase *base, double width, double height)
{
    xmlNode *size = take_list(base, "sldSz");
    g_autofree char *cx = g_strdup_printf("%lld", llround(width * OF_EMU));
    g_autofree char *cy = g_strdup_printf("%lld", llround(height * OF_EMU));
    of_part_set_attribute(size, "cx", cx);
    of_part_set_attribute(size, "cy", cy);
}

void of_pptx_base_add_slide(OfPptxBase *base, const char *slide, const GPtrArray *links, const char *notes,
                            const GPtrArray *note_links)
{
    const guint number = ++base->n_slides;
    g_autofree char *slide_part = add_part(base, "slides/", "slide", number, OF_PPTX_TYPE_BASE "presentationml.slide+xml", slide);
    g_autofree char *notes_part =
        add_part(base, "notesSlides/", "notesSlide", number, OF_PPTX_TYPE_BASE "presentationml.notesSlide+xml", notes);
    const char *const of_slide[] = {"slideLayout", base->layout, "notesSlide", notes_part, NULL};
    const char *const of_notes[] = {"notesMaster", base->notes_master, "slide", slide_part, NULL};
    g_autofree char *relation = relate(base, "slide", slide_part);
    g_autofree char *id = g_strdup_printf("%u", FIRST_SLIDE_ID + number - 1);
    of_part_set_attribute(add_entry(base, base->slides, "sldId", relation), "id", id);
    add_relations(base, slide_part, of_slide, links);
    add_relations(base, notes_part, of_notes, note_links);
}

void of_pptx_base_set_properties(OfPptxBase *base, const char *properties)
{
    of_package_set(base->package, "docProps/core.xml", properties);
    of_part_declare(base->types, "docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml");
}

/* The package's own relationships lead to the properties. */
static bool relate_properties(OfPptxBase *base, GError **error)
{
    g_autoptr(xmlDoc) relations = of_part_parse(base->package, "_rels/.rels", error);
    if (relations == NULL) {
        return false;
    }
    g_free(of_part_add_relation(relations, PROPERTIES_BASE, "core-properties", "docProps/core.xml"));
    return of_part_set(base->package, "_rels/.rels", relations, error);
}

GBytes *of_pptx_base_write(OfPptxBase *base, GError **error)
{
    g_autofree char *relations = of_part_relations(base->part);
    if (!relate_properties(base, error) || !of_part_set(base->package, OF_PART_TYPES, base->types, error) ||
        !of_part_set(base->package, base->part, base->presentation, error) ||
        !of_part_set(base->package, relations, base->relations, error)) {
        return NULL;
    }
    return of_package_write(base->package, error);
}
