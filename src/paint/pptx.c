/* PowerPoint: one slide a drawing, in a package of ISO/IEC 29500. */
#include <math.h>
#include <string.h>

#include "paint/check.h"
#include "paint/painters.h"
#include "paint/pptx_base.h"
#include "paint/slide.h"
#include "paint/xml.h"

/* Sides of a slide in points (19.2.1.39: 1 to 56 inches). */
#define LEAST_SIDE 72.0
#define MOST_SIDE  4032.0

/* Title, description and program; the first drawing speaks for the document. */
static bool add_properties(OfPptxBase *base, const OfPicture *first, gint64 epoch, GError **error)
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
    of_xml_close(xml);
    g_autofree char *text = of_xml_finish(xml);
    of_pptx_base_set_properties(base, text);
    return true;
}

/* The frame that drawings stand in the middle of: the room that a template leaves, else a slide as large as the largest drawing. */
static bool find_room(OfPptxBase *base, OfPicture *const *pictures, guint n, const OfTemplate *template, OfSlideBox *room,
                      GError **error)
{
    if (template != NULL) {
        *room = (OfSlideBox){template->left, template->top, template->right, template->bottom};
        return true;
    }
    double width = LEAST_SIDE, height = LEAST_SIDE;
    for (guint i = 0; i < n; i++) {
        width = fmax(width, pictures[i]->width);
        height = fmax(height, pictures[i]->height);
    }
    if (width > MOST_SIDE || height > MOST_SIDE) {
        g_set_error(error, OF_ERROR, OF_ERROR_LIMIT,
                    "the slide would be %.0f x %.0f points, and no side may have more than %.0f; --size 16:9 asks for an "
                    "arrangement that fits",
                    width, height, MOST_SIDE);
        return false;
    }
    of_pptx_base_set_size(base, width, height);
    *room = (OfSlideBox){0, 0, width, height};
    return true;
}

static void add_slide(OfPptxBase *base, const OfPicture *picture, const OfTemplate *template, OfSlideBox room)
{
    const double left = (room.left + room.right - picture->width) / 2, top = (room.top + room.bottom - picture->height) / 2;
    g_autoptr(OfSlide) slide = of_slide_new(picture, left, top, template);
    of_pptx_base_add_slide(base, slide->slide, slide->links, slide->notes, slide->note_links);
}

GBytes *of_pptx_paint(OfPicture *const *pictures, guint n, const OfPaintSettings *settings, GError **error)
{
    if (!of_paint_check(pictures, n, true, settings, error)) {
        return NULL;
    }
    g_autoptr(OfPptxBase) base = of_pptx_base_new(settings->template, error);
    OfSlideBox room;
    if (base == NULL || !find_room(base, pictures, n, settings->template, &room, error) ||
        !add_properties(base, pictures[0], settings->epoch, error)) {
        return NULL;
    }
    for (guint i = 0; i < n; i++) {
        add_slide(base, pictures[i], settings->template, room);
    }
    return of_pptx_base_write(base, error);
}
