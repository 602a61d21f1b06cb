/* YAML and JSON as a tree of nodes with the bytes that they take: what editing a file in place needs. Reading uses node.h, whose tree is
 * smaller. */
#ifndef OF_TEXT_MARKS_H
#define OF_TEXT_MARKS_H

#include "text/node.h"

typedef enum { OF_STYLE_PLAIN, OF_STYLE_SINGLE, OF_STYLE_DOUBLE, OF_STYLE_BLOCK, OF_STYLE_FLOW } OfMarkStyle;

typedef struct OfMark OfMark;

/* A node. Of a collection OF_STYLE_BLOCK or OF_STYLE_FLOW (in brackets); of a scalar OF_STYLE_BLOCK is `|` and `>`. */
struct OfMark {
    OfNodeType type; /* of an alias: that of what it names */
    OfMarkStyle style;
    bool is_editable; /* false: it stands in a form whose parts cannot be told apart (`[a: b]`) */
    bool is_touched;  /* for who edits */
    gsize start,
        end; /* bytes, anchor and tag included; a block ends behind its last node. Of a value that is not there both are where
                           it would stand */
    const char *text;    /* of a scalar; NULL else */
    const char *anchor;  /* its name, or NULL */
    const OfMark *names; /* of an alias: the node it names, else NULL */
    guint n_aliases;     /* how many aliases name it */
    OfMark **children;   /* of a mapping key, value, key, value … */
    guint n;             /* children */
};

typedef struct OfMarks OfMarks;
void of_marks_free(OfMarks *marks); /* takes NULL */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OfMarks, of_marks_free)

/* Reads the marks of a text that of_document_read() takes without an error. Returns NULL where it cannot be read. text: borrowed. */
OfMarks *of_marks_read(const OfSourceText *text);

OfMark *of_marks_root(const OfMarks *marks);

/* All nodes that have an anchor, in the order of the file (of OfMark). Borrowed. */
const GPtrArray *of_marks_anchored(const OfMarks *marks);
/* All aliases alike. */
const GPtrArray *of_marks_aliases(const OfMarks *marks);

/* What stands there: the node itself, or what the alias names. */
const OfMark *of_mark_resolve(const OfMark *mark);

/* The value of a key in a mapping (through an alias), or NULL; its index among the children in index, unless that is NULL. */
OfMark *of_mark_get(const OfMark *mark, const char *key, guint *index);

/* Appends the node in flow style on one line, without anchors, aliases and tags, in the same words. */
void of_mark_append_flow(GString *out, const OfMark *mark);

/* Where the node's content begins, behind anchor and tag. */
gsize of_mark_content(const OfSourceText *text, const OfMark *mark);

#endif
