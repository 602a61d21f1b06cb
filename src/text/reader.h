/* From libyaml's events to the node tree: what node.c shares with the rest of the reading. */
#ifndef OF_TEXT_READER_H
#define OF_TEXT_READER_H

#include "base/arena.h"
#include "text/node.h"

/* The width of a node that goes on to the end of its line, or is too wide to count. */
#define OF_NODE_WIDTH_OPEN G_MAXUINT16

struct OfDocument {
    OfArena *arena;    /* holds all nodes and texts */
    GPtrArray *stacks; /* but for these large arrays of nodes */
    const OfSourceText *text;
    OfNode root;
};

typedef struct OfTree OfTree;

/* What the tree is told of one event. */
typedef struct {
    OfNode node;        /* type, place and width; for scalars also the decoded text (copied) and whether it is plain; for an alias,
                           an empty text to stand in where it names nothing */
    const char *anchor; /* or NULL */
    bool is_flow;       /* a collection that begins with `[` or `{` */
    bool is_merge_key;  /* `<<` without quotes or tag */
} OfTreeEvent;

/* Builds the tree of a document. All arguments are borrowed and outlive the tree. */
OfTree *of_tree_new(OfDocument *document, const OfLimits *limits, OfDiagnostics *diagnostics);
void of_tree_free(OfTree *tree); /* takes NULL */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OfTree, of_tree_free)

/* Each returns false where reading has to stop, since a limit was reached. */
bool of_tree_add_scalar(OfTree *tree, const OfTreeEvent *event);
bool of_tree_add_alias(OfTree *tree, const OfTreeEvent *event, const char *name);
bool of_tree_open(OfTree *tree, const OfTreeEvent *event);
/* Closes the innermost collection, which ends at end_column (from 1, behind its last character) of end_line. */
void of_tree_close(OfTree *tree, guint end_line, guint end_column);

/* The innermost `[` or `{` that is open; text == NULL: none. */
OfPlace of_tree_open_flow(const OfTree *tree);

/* Whether anything was wrong so far. */
bool of_tree_has_failed(const OfTree *tree);

#endif
