/* What the library and `orgflow-layout` say to each other: requests and answers over one stream socket, both on one machine and
 * built together, so numbers are in the machine's own order. */
#ifndef OF_GRAPHVIZ_PROTOCOL_H
#define OF_GRAPHVIZ_PROTOCOL_H

#include "graphviz/listing.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

#define OF_LAYOUT_REQUEST_MAGIC 0x3171666fU /* "ofq1" */
#define OF_LAYOUT_ANSWER_MAGIC  0x3161666fU /* "ofa1" */

/* Exit status of the process once it has run out of memory. */
#define OF_LAYOUT_EXIT_MEMORY 77

/* Followed by `known` bytes, the sizes of texts that will be asked for: an OfTextQuestion with its names, an OfTextSize, and so on; and by
 * `length` bytes, the graph: as wire.h has it where a listing is asked for, else as DOT. */
typedef struct {
    guint32 magic;
    char engine[12]; /* NUL-padded, one of of_layout_engines() */
    char format[16]; /* NUL-padded, one of of_layout_formats() or of_layout_listings() */
    guint64 known;
    guint64 length;
} OfLayoutRequest;

typedef enum {
    OF_LAYOUT_DRAWN,  /* the bytes are the drawing */
    OF_LAYOUT_FAILED, /* the bytes say which step failed; Graphviz's own words are on stderr */
    OF_LAYOUT_ASKS,   /* no answer yet, but a question (OfTextQuestion) that is to be answered first, by an OfTextSize */
} OfLayoutStatus;

/* Followed by `length` bytes. */
typedef struct {
    guint32 magic;
    guint32 status; /* OfLayoutStatus */
    guint64 length;
} OfLayoutAnswer;

/* Followed by the names of a font and a text, each with a NUL. */
typedef struct {
    OfLayoutAnswer answer; /* length counts what is behind it */
    double size;           /* of the type, points */
    guint32 bold, italic;  /* besides what the font's name says */
    guint32 text_at;       /* bytes from the font's name to the text */
} OfTextQuestion;

typedef struct {
    double width; /* points, not rounded; 0: not known */
} OfTextSize;

/* A whole question: the same bytes for the same text. */
static inline GBytes *of_text_question(const char *font, double size, bool bold, bool italic, const char *text)
{
    const gsize font_length = strlen(font) + 1, text_length = strlen(text) + 1,
                length = sizeof(OfTextQuestion) + font_length + text_length;
    char *message = g_malloc0(length); /* the padding too */
    OfTextQuestion *question = (OfTextQuestion *) (gpointer) message;
    question->answer =
        (OfLayoutAnswer){.magic = OF_LAYOUT_ANSWER_MAGIC, .status = OF_LAYOUT_ASKS, .length = length - sizeof question->answer};
    question->size = size;
    question->bold = bold;
    question->italic = italic;
    question->text_at = (guint32) font_length;
    memcpy(message + sizeof *question, font, font_length);
    memcpy(message + sizeof *question + font_length, text, text_length);
    return g_bytes_new_take(message, length);
}

/* NULL-terminated, static. The process accepts no others. */
static inline const char *const *of_layout_engines(void)
{
    static const char *const engines[] = {"dot", "nop2", NULL};
    return engines;
}

/* What is not a format of Graphviz's (see listing.h). */
static inline const char *const *of_layout_listings(void)
{
    static const char *const listings[] = {OF_LISTING_POSITIONS, OF_LISTING_DRAWING, NULL};
    return listings;
}

static inline const char *const *of_layout_formats(void)
{
    static const char *const formats[] = {"canon",     "dot",  "dot_json", "gv",      "json",      "json0", "plain",
                                          "plain-ext", "xdot", "xdot1.2",  "xdot1.4", "xdot_json", NULL};
    return formats;
}

#endif
