/* Painters: display lists to the bytes of a file. One file and one table row a format. */
#ifndef OF_PAINT_PAINT_H
#define OF_PAINT_PAINT_H

#include "picture/change_list.h"
#include "picture/picture.h"

/* How formats that can hold text in several ways hold it. */
typedef enum {
    OF_TEXT_LIVE,    /* as text, kept to its width where the reader's font is another */
    OF_TEXT_EMBED,   /* as text, with the glyphs of its fonts in the file */
    OF_TEXT_OUTLINE, /* as shapes */
} OfTextMode;

typedef struct {
    double scale; /* of pixels: 1 is 2 px a point */
    const OfLimits *limits;
    struct OfTypesetter *typesetter; /* of this thread, to share, or NULL */
    OfTextMode text;
    double pace;                       /* seconds of one step, where they are played */
    double sheet_width, sheet_height;  /* points: each page is cut into sheets of this size; 0: it is not */
    const struct OfTemplate *template; /* of slides, or NULL */
    const OfChangeList *changes;       /* between the revisions that the pictures show, or NULL; for formats that answer */
    gint64 epoch;                      /* seconds since 1970 for formats that want a date (SOURCE_DATE_EPOCH), 0 by default */
} OfPaintSettings;

/* Whether a format can show the steps of a picture one after the other. */
typedef enum { OF_PLAYS_NOT, OF_PLAYS_WHERE_ASKED, OF_PLAYS_ALWAYS } OfPlays;

typedef struct {
    const char *name; /* "svg": the word for -T and the file's ending */
    const char *media_type;
    const char *summary; /* for `orgflow formats` */
    bool many_pages;     /* one file holds any number of pictures */
    /* pictures: n >= 1; exactly one where !many_pages. Returns the bytes, owned by the caller, or NULL with error (OF_ERROR_LIMIT
     * for an image over the pixel limit, OF_ERROR_ENVIRONMENT for memory and fonts). */
    GBytes *(*paint)(OfPicture *const *pictures, guint n, const OfPaintSettings *settings, GError **error);
    OfPlays plays; /* else pictures have no steps */
    bool follows;  /* it can be light or dark as its reader likes */
    bool
        answers; /* its reader can ask what is drawn: pictures have details, steps where nothing else is said, and lines that stay whole */
} OfPainter;

/* The table, ended by a row whose name is NULL. */
extern const OfPainter of_painters[];
const OfPainter *of_painter_find(const char *name); /* NULL where there is none */

#endif
