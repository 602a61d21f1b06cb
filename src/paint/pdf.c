#include "base/number.h"
#include "paint/cairo_page.h"
#include "paint/check.h"
#include "paint/link.h"
#include "paint/literal.h"
#include "paint/painters.h"
#include <cairo-pdf.h>
#include <math.h>
#include <string.h>

/* The largest page that ISO 32000-1, annex C, lets readers count on. */
#define SIDE_MAX 14400
/* Seconds since 1970 of the first day after year 9999, beyond which ISO 8601 has no four-digit year. */
#define EPOCH_END G_GINT64_CONSTANT(253402300800)

/* Each page is a structure element of its own. Without one, cairo 1.16 refers to the elements of links but does not write them,
 * and readers call the file damaged; one across all pages makes it abort. */
#define PAGE_TAG "Document"

/* Points around a sheet of a poster that printers leave blank: a centimetre. */
#define SHEET_MARGIN 28.35

/* A line can be clicked this far beside its middle, at least. */
#define LINK_REACH  2.0
#define CURVE_STEPS 6

typedef struct {
    double left, top, right, bottom;
} OfBox;

static OfBox find_box(const OfPoint *points, guint n, double margin)
{
    OfBox box = {INFINITY, INFINITY, -INFINITY, -INFINITY};
    for (guint i = 0; i < n; i++) {
        box.left = fmin(box.left, points[i].x - margin);
        box.top = fmin(box.top, points[i].y - margin);
        box.right = fmax(box.right, points[i].x + margin);
        box.bottom = fmax(box.bottom, points[i].y + margin);
    }
    return box;
}

static OfBox find_text_box(const OfShape *shape)
{
    double before = shape->align == OF_ALIGN_LEFT ? 0 : shape->align == OF_ALIGN_CENTER ? shape->text_width / 2 : shape->text_width;
    double left = shape->points[0].x - before, baseline = shape->points[0].y;
    return (OfBox){left, baseline - shape->font_size, left + shape->text_width, baseline + shape->font_size / 4};
}

static OfBox find_ellipse_box(const OfShape *shape)
{
    OfPoint centre = shape->points[0];
    double rx = fabs(shape->points[1].x), ry = fabs(shape->points[1].y);
    return (OfBox){centre.x - rx, centre.y - ry, centre.x + rx, centre.y + ry};
}

static OfPoint find_curve_point(const OfPoint *p, double t)
{
    double s = 1 - t;
    double a = s * s * s, b = 3 * s * s * t, c = 3 * s * t * t, d = t * t * t;
    return (OfPoint){a * p[0].x + b * p[1].x + c * p[2].x + d * p[3].x, a * p[0].y + b * p[1].y + c * p[2].y + d * p[3].y};
}

/* A region of its own for each box: readers do not agree on links of many rectangles. The tag's own language (cairo's manual,
 * "Tags and Links") knows quotes and backslashes as special; of_link_target leaves neither in the target. */
static void link_box(cairo_t *cr, const char *target, OfBox box)
{
    g_autoptr(GString) attributes = g_string_new("rect=[");
    const double numbers[] = {box.left, box.top, box.right - box.left, box.bottom - box.top};
    for (guint i = 0; i < G_N_ELEMENTS(numbers); i++) {
        of_number_append(attributes, numbers[i], 2);
        g_string_append_c(attributes, ' ');
    }
    g_string_append_printf(attributes, "] uri='%s'", target);
    cairo_tag_begin(cr, CAIRO_TAG_LINK, attributes->str);
    cairo_tag_end(cr, CAIRO_TAG_LINK);
}

/* Lines are linked piece by piece: the box around a long curve would cover half the page and what is linked there. */
static void link_line(cairo_t *cr, const char *target, const OfShape *shape)
{
    double reach = fmax(shape->line_width / 2, LINK_REACH);
    if (shape->kind == OF_SHAPE_POLYLINE) {
        for (guint i = 0; i + 1 < shape->n_points; i++) {
            link_box(cr, target, find_box(shape->points + i, 2, reach));
        }
        return;
    }
    for (guint i = 0; i + 3 < shape->n_points; i += 3) {
        for (int k = 0; k < CURVE_STEPS; k++) {
            OfPoint ends[2] = {find_curve_point(shape->points + i, (double) k / CURVE_STEPS),
                               find_curve_point(shape->points + i, (double) (k + 1) / CURVE_STEPS)};
            link_box(cr, target, find_box(ends, 2, reach));
        }
    }
}

static void link_shape(cairo_t *cr, const char *target, const OfShape *shape)
{
    bool line = shape->kind == OF_SHAPE_POLYLINE || shape->kind == OF_SHAPE_BEZIER;
    if (shape->kind == OF_SHAPE_TEXT) {
        link_box(cr, target, find_text_box(shape));
    } else if (shape->kind == OF_SHAPE_ELLIPSE) {
        link_box(cr, target, find_ellipse_box(shape));
    } else if (line && !shape->filled) {
        link_line(cr, target, shape);
    } else {
        link_box(cr, target, find_box(shape->points, shape->n_points, 0));
    }
}

static void link_elements(cairo_t *cr, const OfPicture *picture)
{
    for (guint i = 0; picture->elements != NULL && i < picture->elements->len; i++) {
        const OfElement *element = g_ptr_array_index(picture->elements, i);
        g_autofree char *target = of_link_target(element->url);
        for (guint k = 0; target != NULL && element->shapes != NULL && k < element->shapes->len; k++) {
            link_shape(cr, target, &g_array_index(element->shapes, OfShape, k));
        }
    }
}

static bool check_pages(OfPicture *const *pictures, guint n, GError **error)
{
    for (guint i = 0; i < n; i++) {
        if (pictures[i]->width > SIDE_MAX || pictures[i]->height > SIDE_MAX) {
            g_set_error(error, OF_ERROR, OF_ERROR_LIMIT,
                        "the page would be %.0f x %.0f points, and no side of a PDF's page may have more than %d",
                        pictures[i]->width, pictures[i]->height, SIDE_MAX);
            return false;
        }
    }
    return true;
}

static void set_metadatum(cairo_surface_t *surface, cairo_pdf_metadata_t key, const char *value)
{
    if (value != NULL) {
        g_autofree char *literal = of_literal_new_closed(value);
        cairo_pdf_surface_set_metadata(surface, key, literal);
    }
}

/* The date in ISO 8601, or NULL with error. Owned by the caller. */
static char *format_date(gint64 epoch, GError **error)
{
    if (epoch < 0 || epoch >= EPOCH_END) {
        g_set_error(error, OF_ERROR, OF_ERROR_USAGE, "%" G_GINT64_FORMAT " seconds since 1970 are no date that a PDF can carry",
                    epoch);
        return NULL;
    }
    g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(epoch);
    int year, month, day;
    g_date_time_get_ymd(time, &year, &month, &day);
    return g_strdup_printf("%04d-%02d-%02dT%02d:%02d:%02dZ", year, month, day, g_date_time_get_hour(time),
                           g_date_time_get_minute(time), g_date_time_get_second(time));
}

/* The first page speaks for the document. Both dates are set: cairo would put the clock's time where there is none. */
static void set_metadata(cairo_surface_t *surface, const OfPicture *first, const char *date)
{
    set_metadatum(surface, CAIRO_PDF_METADATA_CREATE_DATE, date);
    set_metadatum(surface, CAIRO_PDF_METADATA_MOD_DATE, date);
    set_metadatum(surface, CAIRO_PDF_METADATA_TITLE, first->title);
    set_metadatum(surface, CAIRO_PDF_METADATA_SUBJECT, first->description);
    set_metadatum(surface, CAIRO_PDF_METADATA_CREATOR, first->program);
    set_metadatum(surface, CAIRO_PDF_METADATA_KEYWORDS, first->digest);
}

/* cairo, 1.16 as 1.18, leaves out the "D:" that begins a date (ISO 32000-1, 7.9.4). It takes the place of two spaces before the key, so
 * that no offset in the file changes. A line like this is nowhere else: texts have no line breaks, and streams are compressed. */
static void complete_dates(GByteArray *pdf, const char *date)
{
    static const char *const keys[] = {"CreationDate", "ModDate"};
    g_autofree char *digits = g_strdup(date);
    g_strcanon(digits, "0123456789Z", ' ');
    g_auto(GStrv) fields = g_strsplit(digits, " ", -1);
    g_autofree char *joined = g_strjoinv("", fields);

    for (guint i = 0; i < G_N_ELEMENTS(keys); i++) {
        g_autofree char *incomplete = g_strdup_printf("\n   /%s (%s)\n", keys[i], joined);
        g_autofree char *complete = g_strdup_printf("\n /%s (D:%s)\n", keys[i], joined);
        gsize length = strlen(incomplete);
        for (guint start = 0; start + length <= pdf->len; start++) {
            if (memcmp(pdf->data + start, incomplete, length) == 0) {
                memcpy(pdf->data + start, complete, length);
            }
        }
    }
}

static void add_outline_entry(cairo_surface_t *surface, const OfPicture *picture, guint page)
{
    g_autofree char *name = picture->title != NULL ? of_literal_new_closed(picture->title) : g_strdup_printf("%u", page);
    g_autofree char *place = g_strdup_printf("page=%u", page);
    cairo_pdf_surface_add_outline(surface, CAIRO_PDF_OUTLINE_ROOT, name, place, CAIRO_PDF_OUTLINE_FLAG_OPEN);
}

static OfCairoText text_mode_of(const OfPaintSettings *settings)
{
    return settings->text == OF_TEXT_OUTLINE ? OF_CAIRO_TEXT_OUTLINES : OF_CAIRO_TEXT_GLYPHS;
}

/* The clip is the page and cuts nothing off. It keeps cairo from taking a shape that fills the page for a fresh start, upon
 * which 1.16 forgets what came before, the opening of the page's tag too, and crashes at the end. */
static bool draw_page(cairo_t *cr, const OfPicture *picture, const OfPaintSettings *settings, GError **error)
{
    cairo_save(cr);
    cairo_rectangle(cr, 0, 0, picture->width, picture->height);
    cairo_clip(cr);
    cairo_tag_begin(cr, PAGE_TAG, NULL);
    bool drawn = of_cairo_page_draw(cr, picture, text_mode_of(settings), settings->typesetter, error);
    if (drawn) {
        link_elements(cr, picture);
    }
    cairo_tag_end(cr, PAGE_TAG);
    cairo_restore(cr);
    cairo_show_page(cr);
    return drawn;
}

/* How a page is cut into sheets. */
typedef struct {
    double width, height; /* of a sheet as it lies */
    guint columns, rows;
} Cut;

static guint count_sheets(double length, double sheet)
{
    return (guint) fmax(1, ceil((length - 0.01) / (sheet - 2 * SHEET_MARGIN)));
}

/* The sheets lying or standing, whichever are fewer. */
static Cut cut_page(const OfPicture *picture, const OfPaintSettings *settings)
{
    const double a = settings->sheet_width, b = settings->sheet_height;
    const Cut lying = {a, b, count_sheets(picture->width, a), count_sheets(picture->height, b)};
    const Cut standing = {b, a, count_sheets(picture->width, b), count_sheets(picture->height, a)};
    return standing.columns * standing.rows < lying.columns * lying.rows ? standing : lying;
}

/* Where to cut: short lines beyond each corner of what is shown. */
static void draw_cut_marks(cairo_t *cr, double width, double height)
{
    const double from = SHEET_MARGIN / 4, to = SHEET_MARGIN - from;
    cairo_set_source_rgb(cr, 0, 0, 0);
    cairo_set_line_width(cr, 0.4);
    for (int corner = 0; corner < 4; corner++) {
        const double x = corner % 2 == 0 ? SHEET_MARGIN : SHEET_MARGIN + width,
                     y = corner < 2 ? SHEET_MARGIN : SHEET_MARGIN + height;
        const double x_side = corner % 2 == 0 ? -1 : 1, y_side = corner < 2 ? -1 : 1;
        cairo_move_to(cr, x + x_side * (SHEET_MARGIN - to), y);
        cairo_line_to(cr, x + x_side * (SHEET_MARGIN - from), y);
        cairo_move_to(cr, x, y + y_side * (SHEET_MARGIN - to));
        cairo_line_to(cr, x, y + y_side * (SHEET_MARGIN - from));
    }
    cairo_stroke(cr);
}

/* One sheet: its part of the page inside a margin that printers leave blank. */
static bool draw_sheet(cairo_t *cr, const OfPicture *picture, const OfPaintSettings *settings, const Cut *cut, guint column,
                       guint row, GError **error)
{
    const double width = cut->width - 2 * SHEET_MARGIN, height = cut->height - 2 * SHEET_MARGIN;
    const double shown_width = fmin(width, picture->width - column * width),
                 shown_height = fmin(height, picture->height - row * height);
    draw_cut_marks(cr, shown_width, shown_height);
    cairo_save(cr);
    cairo_rectangle(cr, SHEET_MARGIN, SHEET_MARGIN, shown_width, shown_height);
    cairo_clip(cr);
    cairo_translate(cr, SHEET_MARGIN - column * width, SHEET_MARGIN - row * height);
    cairo_tag_begin(cr, PAGE_TAG, NULL);
    const bool drawn = of_cairo_page_draw(cr, picture, text_mode_of(settings), settings->typesetter, error);
    cairo_tag_end(cr, PAGE_TAG);
    cairo_restore(cr);
    cairo_show_page(cr);
    return drawn;
}

static bool draw_sheets(cairo_surface_t *surface, cairo_t *cr, const OfPicture *picture, const OfPaintSettings *settings,
                        guint *page, GError **error)
{
    const Cut cut = cut_page(picture, settings);
    bool drawn = true;
    for (guint row = 0; drawn && row < cut.rows; row++) {
        for (guint column = 0; drawn && column < cut.columns; column++) {
            cairo_pdf_surface_set_size(surface, cut.width, cut.height);
            add_outline_entry(surface, picture, ++*page);
            drawn = draw_sheet(cr, picture, settings, &cut, column, row, error);
        }
    }
    return drawn;
}

static bool draw_pages(cairo_surface_t *surface, OfPicture *const *pictures, guint n, const OfPaintSettings *settings,
                       GError **error)
{
    cairo_t *cr = cairo_create(surface);
    bool drawn = of_cairo_check_status(cairo_status(cr), "the document", error);
    guint page = 0;
    for (guint i = 0; drawn && i < n; i++) {
        if (settings->sheet_width > 0) {
            drawn = draw_sheets(surface, cr, pictures[i], settings, &page, error);
        } else {
            cairo_pdf_surface_set_size(surface, pictures[i]->width, pictures[i]->height);
            add_outline_entry(surface, pictures[i], ++page);
            drawn = draw_page(cr, pictures[i], settings, error);
        }
    }
    drawn = drawn && of_cairo_check_status(cairo_status(cr), "the document", error);
    cairo_destroy(cr);
    return drawn;
}

GBytes *of_pdf_paint(OfPicture *const *pictures, guint n, const OfPaintSettings *settings, GError **error)
{
    if (!of_paint_check(pictures, n, true, settings, error) || !check_pages(pictures, n, error)) {
        return NULL;
    }
    g_autofree char *date = format_date(settings->epoch, error);
    if (date == NULL) {
        return NULL;
    }
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    cairo_surface_t *surface =
        cairo_pdf_surface_create_for_stream(of_cairo_write_bytes, bytes, pictures[0]->width, pictures[0]->height);
    bool done = of_cairo_check_status(cairo_surface_status(surface), "the document", error);
    if (done) {
        if (cairo_version() >= CAIRO_VERSION_ENCODE(1, 17, 0)) {
            /* From 1.5 on these pack objects into compressed streams, out of reach of complete_dates(). */
            cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_4);
        }
        set_metadata(surface, pictures[0], date);
        done = draw_pages(surface, pictures, n, settings, error);
    }
    /* All objects but the pages are written at the end, so their errors show only here. */
    cairo_surface_finish(surface);
    done = done && of_cairo_check_status(cairo_surface_status(surface), "the document", error);
    cairo_surface_destroy(surface);
    if (!done) {
        return NULL;
    }
    complete_dates(bytes, date);
    return g_byte_array_free_to_bytes(g_steal_pointer(&bytes));
}
