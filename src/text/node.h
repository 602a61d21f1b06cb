/* YAML and JSON as a tree of nodes with their places. node.c is the only user of libyaml. */
#ifndef OF_TEXT_NODE_H
#define OF_TEXT_NODE_H

#include "base/diagnostics.h"
#include "base/limits.h"

typedef enum { OF_NODE_SCALAR, OF_NODE_SEQUENCE, OF_NODE_MAPPING } OfNodeType;

typedef struct OfNode OfNode;
typedef struct OfNodePair OfNodePair;

/* A node, kept small (24 bytes) since large inputs hold millions. Nodes lie by value in the arrays of their parents; an alias is a
 * copy of the node it names that shares its content, so the tree costs nothing more for being expanded. */
struct OfNode {
    guint8 type;          /* OfNodeType */
    bool plain;           /* a scalar written without quotes: `null`, `~`, `true`, `12` mean what YAML 1.2 core says */
    guint16 width;        /* characters of the node on its first line, for underlining; at least 1 */
    guint32 line, column; /* from 1; columns count characters */
    guint32 n;            /* bytes, items or pairs */
    union {
        const char *text; /* UTF-8, NUL-terminated, no NUL inside */
        const OfNode *items;
        const OfNodePair *pairs; /* in the order of the file; keys are unique */
    };
};

struct OfNodePair {
    const char *key; /* equal keys share one text, but for those of large mappings */
    guint32 line, column;
    OfNode value;
};

typedef struct OfDocument OfDocument;        /* owns all its nodes */
void of_document_free(OfDocument *document); /* takes NULL */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OfDocument, of_document_free)

/* Reads one document. text: borrowed, must outlive the document (it belongs to diagnostics).
 * Problems (unclosed collections, tabs, undefined and cyclic aliases, duplicate keys with both places, a second document, %YAML 2.0,
 * conflicts of a merge, merge keys, tags other than YAML's own, truncation, emptiness, keys that are no scalars, invalid UTF-8, UTF-16, NUL, control
 * characters; limits on depth and on nodes after alias expansion, counted without expanding) go to diagnostics.
 * Returns NULL where there was an error. */
OfDocument *of_document_read(const OfSourceText *text, const OfLimits *limits, OfDiagnostics *diagnostics);

/* borrowed */
const OfNode *of_document_root(const OfDocument *document);
const OfSourceText *of_document_text(const OfDocument *document);

/* The place of a node, or of a pair's key, in the document's text. */
OfPlace of_node_place(const OfDocument *document, const OfNode *node);
OfPlace of_node_key_place(const OfDocument *document, const OfNodePair *pair);

/* The pair of key in a mapping, or NULL (also where node is no mapping). */
const OfNodePair *of_node_get(const OfNode *node, const char *key);

/* YAML 1.2 core, for plain scalars only. */
bool of_node_is_null(const OfNode *node);                    /* empty, ~, null, Null, NULL */
bool of_node_get_bool(const OfNode *node, bool *value);      /* true/True/TRUE, false/… */
bool of_node_get_integer(const OfNode *node, gint64 *value); /* decimal, 0o, 0x; false on overflow */
bool of_node_get_double(const OfNode *node, double *value);  /* integers too; locale-free; finite */

/* "a mapping", "a sequence", "a scalar", "null": for messages. Static. */
const char *of_node_describe(const OfNode *node);

#endif
