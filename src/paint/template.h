/* A presentation of the caller's, whose look the slides take: its size, a layout with a title, colours and fonts of its theme. */
#ifndef OF_PAINT_TEMPLATE_H
#define OF_PAINT_TEMPLATE_H

#include "paint/package.h"

#define OF_TEMPLATE_ACCENTS 6

/* The colours of a theme by the names that slides call them by. */
enum {
    OF_TEMPLATE_TEXT_1,
    OF_TEMPLATE_BACKGROUND_1,
    OF_TEMPLATE_TEXT_2,
    OF_TEMPLATE_BACKGROUND_2,
    OF_TEMPLATE_ACCENT_1,
    OF_TEMPLATE_COLORS = OF_TEMPLATE_ACCENT_1 + OF_TEMPLATE_ACCENTS
};

typedef struct OfTemplate {
    OfPackage *package;               /* without slides */
    char *presentation;               /* names of parts: the presentation's, */
    char *layout;                     /* that of the layout with a title and as little else as there is, */
    char *notes_master;               /* or NULL */
    double width, height;             /* of a slide, points */
    double left, top, right, bottom;  /* the room for a drawing below the title, points */
    char *colors[OF_TEMPLATE_COLORS]; /* "#rrggbb" */
    char *background;                 /* what stands behind the drawing, "#rrggbb" */
    char *font;                       /* family of body text, or NULL */
} OfTemplate;

/* Reads a .pptx or .potx. most: bytes that it may unpack to. error, a sentence without a subject ("is no zip package"):
 * OF_ERROR_DATA where it is no presentation, or has no layout with a title and room below it; OF_ERROR_LIMIT. Nothing outside of
 * the bytes is opened. Owned by the caller. */
OfTemplate *of_template_read(const void *bytes, gsize length, gint64 most, GError **error);
void of_template_free(OfTemplate *template); /* takes NULL */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OfTemplate, of_template_free)

/* What slides call one of the colours: "accent1". */
extern const char *const of_template_color_names[OF_TEMPLATE_COLORS];

#endif
