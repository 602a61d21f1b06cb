/* PowerPoint: one slide a drawing, in a package of ISO/IEC 29500. */
#include <math.h>
#include <string.h>

#include "paint/check.h"
#include "paint/literal.h"
#include "paint/package.h"
#include "paint/painters.h"
#include "paint/pptx_parts.h"
#include "paint/slide.h"
#include "paint/xml.h"

/* Sides of a slide in points (19.2.1.39: 1 to 56 inches). */
#define LEAST_SIDE 72.0
#define MOST_SIDE  4032.0

#define FIRST_SLIDE_ID 256 /* 19.7.13 */

#define RELATIONS_NS  "http://schemas.openxmlformats.org/package/2006/relationships"
#define TYPES_NS      "http://schemas.openxmlformats.org/package/2006/content-types"
#define RELATION_BASE "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define TYPE_BASE     "application/vnd.openxmlformats-officedocument."

typedef struct {
    OfPackage *package;
    GPtrArray *slides; /* of OfSlide */
    double width, height;
} Deck;

/* ---- Parts of parts ---- */

static OfXml *begin_relations(void)
{
    OfXml *xml = of_xml_new(false);
    of_xml_begin(xml, true);
    of_xml_open_with(xml, "Relationships", "xmlns", RELATIONS_NS, NULL);
    return xml;
}

static void add_relation(OfXml *xml, const char *id, const char *type, const char *target, bool external)
{
    g_autofree char *whole = g_strconcat(RELATION_BASE, type, NULL);
    of_xml_write_empty(xml, "Relationship", "Id", id, "Type", whole, "Target", target, external ? "TargetMode" : NULL, "External",
                       NULL);
}

static void add_links(OfXml *xml, const GPtrArray *links)
{
    for (guint i = 0; i < links->len; i++) {
        g_autofree char *id = g_strdup_printf("link%u", i + 1);
        add_relation(xml, id, "hyperlink", links->pdata[i], true);
    }
}

/* Takes the open document over and adds it as a part. */
static bool add_part(Deck *deck, const char *name, OfXml *xml, GError **error)
{
    of_xml_close(xml);
    g_autofree char *text = of_xml_finish(xml, "a presentation", error);
    if (text != NULL) {
        of_package_add(deck->package, name, text);
    }
    return text != NULL;
}

/* ---- The package ---- */

static void add_type(OfXml *xml, const char *part, const char *type)
{
    g_autofree char *name = g_strconcat("/", part, NULL);
    of_xml_write_empty(xml, "Override", "PartName", name, "ContentType", type, NULL);
}

static void add_numbered_type(OfXml *xml, const char *format, guint number, const char *type)
{
    g_autoptr(GString) part = g_string_new(format);
    g_string_append_printf(part, "%u.xml", number);
    add_type(xml, part->str, type);
}

static bool add_types(Deck *deck, GError **error)
{
    OfXml *xml = of_xml_new(false);
    of_xml_begin(xml, true);
    of_xml_open_with(xml, "Types", "xmlns", TYPES_NS, NULL);
    of_xml_write_empty(xml, "Default", "Extension", "rels", "ContentType",
                       "application/vnd.openxmlformats-package.relationships+xml", NULL);
    of_xml_write_empty(xml, "Default", "Extension", "xml", "ContentType", "application/xml", NULL);
    add_type(xml, "ppt/presentation.xml", TYPE_BASE "presentationml.presentation.main+xml");
    add_type(xml, "docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml");
    for (const OfFixedPart *part = of_pptx_fixed_parts; part->name != NULL; part++) {
        if (part->content_type != NULL) {
            add_type(xml, part->name, part->content_type);
        }
    }
    for (guint i = 1; i <= deck->slides->len; i++) {
        add_numbered_type(xml, "ppt/slides/slide", i, TYPE_BASE "presentationml.slide+xml");
        add_numbered_type(xml, "ppt/notesSlides/notesSlide", i, TYPE_BASE "presentationml.notesSlide+xml");
    }
    return add_part(deck, "[Content_Types].xml", xml, error);
}

static void add_size(OfXml *xml, const char *name, double width, double height)
{
    of_xml_open(xml, name);
    of_xml_set_integer(xml, "cx", (gint64) llround(width * OF_EMU));
    of_xml_set_integer(xml, "cy", (gint64) llround(height * OF_EMU));
    of_xml_close(xml);
}

static bool add_presentation(Deck *deck, GError **error)
{
    OfXml *xml = of_xml_new(false);
    of_xml_begin(xml, true);
    of_xml_open_with(xml, "p:presentation", "xmlns:a", "http://schemas.openxmlformats.org/drawingml/2006/main", "xmlns:r",
                     "http://schemas.openxmlformats.org/officeDocument/2006/relationships", "xmlns:p",
                     "http://schemas.openxmlformats.org/presentationml/2006/main", NULL);
    of_xml_open(xml, "p:sldMasterIdLst");
    of_xml_write_empty(xml, "p:sldMasterId", "id", "2147483648", "r:id", "master", NULL);
    of_xml_close(xml);
    of_xml_open(xml, "p:notesMasterIdLst");
    of_xml_write_empty(xml, "p:notesMasterId", "r:id", "notes", NULL);
    of_xml_close(xml);
    of_xml_open(xml, "p:sldIdLst");
    for (guint i = 0; i < deck->slides->len; i++) {
        g_autofree char *relation = g_strdup_printf("slide%u", i + 1);
        of_xml_open(xml, "p:sldId");
        of_xml_set_integer(xml, "id", FIRST_SLIDE_ID + i);
        of_xml_set_word(xml, "r:id", relation);
        of_xml_close(xml);
    }
    of_xml_close(xml);
    add_size(xml, "p:sldSz", deck->width, deck->height);
    add_size(xml, "p:notesSz", 540, 720);
    return add_part(deck, "ppt/presentation.xml", xml, error);
}

static bool add_presentation_relations(Deck *deck, GError **error)
{
    OfXml *xml = begin_relations();
    add_relation(xml, "master", "slideMaster", "slideMasters/slideMaster1.xml", false);
    add_relation(xml, "notes", "notesMaster", "notesMasters/notesMaster1.xml", false);
    add_relation(xml, "theme", "theme", "theme/theme1.xml", false);
    for (guint i = 1; i <= deck->slides->len; i++) {
        g_autofree char *id = g_strdup_printf("slide%u", i);
        g_autofree char *target = g_strdup_printf("slides/slide%u.xml", i);
        add_relation(xml, id, "slide", target, false);
    }
    return add_part(deck, "ppt/_rels/presentation.xml.rels", xml, error);
}

/* Title, description and program; the first drawing speaks for the document. */
static bool add_properties(Deck *deck, const OfPicture *first, gint64 epoch, GError **error)
{
    g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(epoch);
    if (time == NULL) {
        g_set_error(error, OF_ERROR, OF_ERROR_USAGE, "%" G_GINT64_FORMAT " seconds since 1970 are no date", epoch);
        return false;
    }
    g_autofree char *date = g_date_time_format(time, "%Y-%m-%dT%H:%M:%SZ");
    OfXml *xml = of_xml_new(false);
    of_xml_begin(xml, true);
    of_xml_open_with(xml, "cp:coreProperties", "xmlns:cp",
                     "http://schemas.openxmlformats.org/package/2006/metadata/core-properties", "xmlns:dc",
                     "http://purl.org/dc/elements/1.1/", "xmlns:dcterms", "http://purl.org/dc/terms/", "xmlns:xsi",
                     "http://www.w3.org/2001/XMLSchema-instance", NULL);
    const struct {
        const char *name, *value;
    } texts[] = {{"dc:title", first->title},
                 {"dc:creator", first->program},
                 {"dc:description", first->description},
                 {"dc:identifier", first->digest},
                 {"dc:language", first->language}};
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        if (texts[i].value != NULL) {
            of_xml_write_text(xml, texts[i].name, texts[i].value);
        }
    }
    static const char *const dates[] = {"dcterms:created", "dcterms:modified"};
    for (gsize i = 0; i < G_N_ELEMENTS(dates); i++) {
        of_xml_open_with(xml, dates[i], "xsi:type", "dcterms:W3CDTF", NULL);
        of_xml_write_literal(xml, date);
        of_xml_close(xml);
    }
    return add_part(deck, "docProps/core.xml", xml, error);
}

static bool add_slide(Deck *deck, guint index, GError **error)
{
    const OfSlide *slide = deck->slides->pdata[index];
    const guint number = index + 1;
    g_autofree char *name = g_strdup_printf("ppt/slides/slide%u.xml", number);
    g_autofree char *relations_name = g_strdup_printf("ppt/slides/_rels/slide%u.xml.rels", number);
    g_autofree char *notes_name = g_strdup_printf("ppt/notesSlides/notesSlide%u.xml", number);
    g_autofree char *notes_relations_name = g_strdup_printf("ppt/notesSlides/_rels/notesSlide%u.xml.rels", number);
    g_autofree char *to_notes = g_strdup_printf("../notesSlides/notesSlide%u.xml", number);
    g_autofree char *to_slide = g_strdup_printf("../slides/slide%u.xml", number);
    of_package_add(deck->package, name, slide->slide);
    of_package_add(deck->package, notes_name, slide->notes);
    OfXml *xml = begin_relations();
    add_relation(xml, "layout", "slideLayout", "../slideLayouts/slideLayout1.xml", false);
    add_relation(xml, "notes", "notesSlide", to_notes, false);
    add_links(xml, slide->links);
    if (!add_part(deck, relations_name, xml, error)) {
        return false;
    }
    xml = begin_relations();
    add_relation(xml, "master", "notesMaster", "../notesMasters/notesMaster1.xml", false);
    add_relation(xml, "slide", "slide", to_slide, false);
    add_links(xml, slide->note_links);
    return add_part(deck, notes_relations_name, xml, error);
}

static bool measure(Deck *deck, OfPicture *const *pictures, guint n, GError **error)
{
    for (guint i = 0; i < n; i++) {
        deck->width = fmax(deck->width, pictures[i]->width);
        deck->height = fmax(deck->height, pictures[i]->height);
    }
    deck->width = fmax(deck->width, LEAST_SIDE);
    deck->height = fmax(deck->height, LEAST_SIDE);
    if (deck->width > MOST_SIDE || deck->height > MOST_SIDE) {
        g_set_error(error, OF_ERROR, OF_ERROR_LIMIT,
                    "the slide would be %.0f x %.0f points, and no side may have more than %.0f; --size 16:9 asks for an "
                    "arrangement that fits",
                    deck->width, deck->height, MOST_SIDE);
        return false;
    }
    return true;
}

static bool fill(Deck *deck, OfPicture *const *pictures, guint n, gint64 epoch, GError **error)
{
    for (guint i = 0; i < n; i++) {
        OfSlide *slide =
            of_slide_new(pictures[i], (deck->width - pictures[i]->width) / 2, (deck->height - pictures[i]->height) / 2, error);
        if (slide == NULL) {
            return false;
        }
        g_ptr_array_add(deck->slides, slide);
    }
    if (!add_types(deck, error) || !add_properties(deck, pictures[0], epoch, error) || !add_presentation(deck, error) ||
        !add_presentation_relations(deck, error)) {
        return false;
    }
    for (const OfFixedPart *part = of_pptx_fixed_parts; part->name != NULL; part++) {
        of_package_add(deck->package, part->name, part->text);
    }
    for (guint i = 0; i < n; i++) {
        if (!add_slide(deck, i, error)) {
            return false;
        }
    }
    return true;
}

GBytes *of_pptx_paint(OfPicture *const *pictures, guint n, const OfPaintSettings *settings, GError **error)
{
    if (!of_paint_check(pictures, n, true, settings, error)) {
        return NULL;
    }
    g_autoptr(OfPackage) package = of_package_new();
    g_autoptr(GPtrArray) slides = g_ptr_array_new_with_free_func((GDestroyNotify) of_slide_free);
    Deck deck = {package, slides, 0, 0};
    if (!measure(&deck, pictures, n, error) || !fill(&deck, pictures, n, settings->epoch, error)) {
        return NULL;
    }
    return of_package_write(package, error);
}
