/* The tree is built bottom up. What is not closed yet stands on a stack of frames; finished children wait on two scratch stacks,
 * one of items and one of pairs, until their collection ends and takes them, all at once, into the arena. */
#include <stddef.h>
#include <string.h>

#include "base/hash.h"
#include "base/shorten.h"
#include "base/text_table.h"
#include "text/reader.h"

/* Of a mapping with more pairs the rest of the keys are most likely ids, each for itself: there is no gain in keeping each once. */
#define MOST_INTERNED 64

/* A key, kept once a document. The stamp says in which mapping it was seen last, so that finding duplicates needs no set. */
typedef struct {
    guint64 stamp;
    guint index; /* of its pair in that mapping */
    char text[];
} Key;

typedef struct {
    OfNode node;
    guint64 n_nodes; /* of its subtree, aliases expanded */
    guint height;    /* levels of collections in it, aliases expanded */
    bool is_open;
} Anchor;

/* The few keys of a format fill most of a file: they are looked up here first, by their length and ends. Must be a power of two. */
#define N_RECENT_KEYS 256

typedef enum { KEY_WANTED, KEY_READ, KEY_BAD } KeyState;

typedef struct {
    OfNode node;
    guint64 n_before;  /* nodes of the document when it began */
    guint first_child; /* where its own begin on the scratch stack */
    guint height;
    Anchor *anchor; /* or NULL */
    bool is_flow;
    KeyState key_state; /* of a mapping */
    OfNodePair pair;    /* whose value is being read */
} Frame;

/* A stack of structs of one size. As a GArray, but for a call for each that is put on. */
typedef struct {
    char *data;
    gsize size, room;
    guint n;
} Stack;

struct OfTree {
    OfDocument *document;
    OfDiagnostics *diagnostics;
    guint64 max_depth, max_nodes, n_nodes;
    Stack frames;     /* of Frame */
    Stack items;      /* of OfNode */
    Stack pairs;      /* of OfNodePair */
    Stack hashes;     /* of guint: of the keys of large mappings that are open */
    OfTextTable keys; /* text of a Key → itself */
    const char *recent_keys[N_RECENT_KEYS];
    GHashTable *anchors; /* name → Anchor */
    guint64 n_mappings;
    guint n_hints;
    bool has_failed;
};

static gpointer stack_at(const Stack *stack, guint i)
{
    return stack->data + i * stack->size;
}

static gpointer stack_push(Stack *stack)
{
    if (stack->n == stack->room) {
        stack->room = MAX(stack->room * 2, 64);
        stack->data = g_realloc_n(stack->data, stack->room, stack->size);
    }
    return stack_at(stack, stack->n++);
}

#define LARGE_STACK (1024 * 1024) /* bytes */

/* A suggestion costs a look at every anchor; a flood of mistakes is not worth one each. */
#define MOST_HINTS 20

OfTree *of_tree_new(OfDocument *document, const OfLimits *limits, OfDiagnostics *diagnostics)
{
    OfTree *tree = g_new0(OfTree, 1);
    tree->document = document;
    tree->diagnostics = diagnostics;
    tree->max_depth = (guint64) limits->value[OF_LIMIT_DEPTH];
    tree->max_nodes = (guint64) limits->value[OF_LIMIT_NODES];
    tree->frames.size = sizeof(Frame);
    tree->items.size = sizeof(OfNode);
    tree->pairs.size = sizeof(OfNodePair);
    tree->hashes.size = sizeof(guint);
    tree->anchors = g_hash_table_new(of_text_hash, g_str_equal);
    return tree;
}

void of_tree_free(OfTree *tree)
{
    if (tree == NULL) {
        return;
    }
    g_hash_table_unref(tree->anchors);
    of_text_table_clear(&tree->keys);
    g_free(tree->hashes.data);
    g_free(tree->pairs.data);
    g_free(tree->items.data);
    g_free(tree->frames.data);
    g_free(tree);
}

bool of_tree_has_failed(const OfTree *tree)
{
    return tree->has_failed;
}

static Frame *top_frame(const OfTree *tree)
{
    return tree->frames.n > 0 ? stack_at(&tree->frames, tree->frames.n - 1) : NULL;
}

OfPlace of_tree_open_flow(const OfTree *tree)
{
    for (guint i = tree->frames.n; i > 0; i--) {
        const Frame *frame = stack_at(&tree->frames, i - 1);
        if (frame->is_flow) {
            return of_node_place(tree->document, &frame->node);
        }
    }
    return (OfPlace){0};
}

/* ---- Problems ---- */

static OfDiagnostic *report(OfTree *tree, const char *code, const OfNode *node, char *hint, const char *format, ...)
    G_GNUC_PRINTF(5, 6);

static OfDiagnostic *report(OfTree *tree, const char *code, const OfNode *node, char *hint, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    tree->has_failed = true;
    OfPlace place = of_node_place(tree->document, node);
    return of_diagnostics_add(tree->diagnostics, OF_SEVERITY_ERROR, code, &place, hint, "%s", message);
}

static void report_limit(OfTree *tree, OfLimitId limit, const char *code, const OfNode *node, const char *message)
{
    char *hint = g_strdup_printf("the limit can be raised: --limit %s=N", of_limit_info(limit)->name);
    report(tree, code, node, hint, "%s", message)->kind = OF_KIND_LIMIT;
}

/* Whether height more levels may stand at this point. */
static bool check_depth(OfTree *tree, const OfNode *node, guint height)
{
    if (tree->frames.n + (guint64) height <= tree->max_depth) {
        return true;
    }
    g_autofree char *message = g_strdup_printf("collections are nested more than %" G_GUINT64_FORMAT " deep", tree->max_depth);
    report_limit(tree, OF_LIMIT_DEPTH, "limit-depth", node, message);
    return false;
}

/* Counts n more nodes, unless they are too many. */
static bool count_nodes(OfTree *tree, const OfNode *node, guint64 n)
{
    if (n <= tree->max_nodes - tree->n_nodes) {
        tree->n_nodes += n;
        return true;
    }
    g_autofree char *message =
        g_strdup_printf("there are more than %" G_GUINT64_FORMAT " nodes, with aliases expanded", tree->max_nodes);
    report_limit(tree, OF_LIMIT_NODES, "limit-nodes", node, message);
    return false;
}

/* ---- Keys ---- */

static Key *key_from_text(const char *text)
{
    return (Key *) (void *) ((char *) (guintptr) text - offsetof(Key, text));
}

static const char *intern_key(OfTree *tree, const OfNode *node)
{
    guint first = (guchar) node->text[0], last = node->n > 0 ? (guchar) node->text[node->n - 1] : 0;
    const char **recent = &tree->recent_keys[(first * 31 + last * 7 + node->n) % N_RECENT_KEYS];
    if (*recent != NULL && strcmp(*recent, node->text) == 0) {
        return *recent;
    }
    OfTextEntry *known = of_text_table_claim(&tree->keys, node->text, node->n);
    if (known->value == NULL) {
        Key *key = of_arena_take(tree->document->arena, sizeof(Key) + node->n + 1);
        memcpy(key->text, node->text, node->n);
        known->text = key->text;
        known->value = key;
    }
    *recent = known->text;
    return known->text;
}

/* Keeps the hash of the next key of a mapping that is large by now. Later its text would have to be fetched from memory. */
static void hash_key(OfTree *tree, const Frame *frame, const OfNode *node)
{
    for (guint i = frame->first_child; tree->pairs.n - frame->first_child == MOST_INTERNED && i < tree->pairs.n; i++) {
        const OfNodePair *pair = stack_at(&tree->pairs, i);
        *(guint *) stack_push(&tree->hashes) = of_text_hash(pair->key);
    }
    *(guint *) stack_push(&tree->hashes) = of_bytes_hash(node->text, node->n);
}

static void read_key(OfTree *tree, Frame *frame, const OfNode *node, bool is_merge_key)
{
    frame->key_state = KEY_BAD;
    if (node->type != OF_NODE_SCALAR) {
        report(tree, "complex-key", node, NULL, "%s cannot be a key", of_node_describe(node));
    } else if (is_merge_key) {
        report(tree, "merge-key", node, g_strdup("write the keys out"), "merge keys (`<<`) are not read");
    } else if (node->plain && node->n == 0) {
        report(tree, "missing-key", node, NULL, "a key is missing here");
    } else {
        frame->key_state = KEY_READ;
        const bool few = tree->pairs.n - frame->first_child < MOST_INTERNED;
        const char *key = few ? intern_key(tree, node) : of_arena_text_n(tree->document->arena, node->text, node->n);
        if (!few) {
            hash_key(tree, frame, node);
        }
        frame->pair = (OfNodePair){.key = key, .line = node->line, .column = node->column};
    }
}

/* Names both places of a key that a mapping holds a second time. */
static void report_duplicate(OfTree *tree, const OfNodePair *pair, const OfNodePair *first)
{
    OfPlace place = of_node_key_place(tree->document, pair);
    g_autofree char *name = of_text_shorten(pair->key, -1);
    OfDiagnostic *added = of_diagnostics_add(tree->diagnostics, OF_SEVERITY_ERROR, "duplicate-key", &place, NULL,
                                             "the key `%s` stands here a second time", name);
    added->other = of_node_key_place(tree->document, first);
    tree->has_failed = true;
}

/* Of a mapping with MOST_INTERNED pairs or fewer: all keys are interned. */
static void check_interned(OfTree *tree, const OfNode *mapping)
{
    guint64 stamp = ++tree->n_mappings;
    for (guint i = 0; i < mapping->n; i++) {
        const OfNodePair *pair = &mapping->pairs[i];
        Key *key = key_from_text(pair->key);
        if (key->stamp == stamp) {
            report_duplicate(tree, pair, &mapping->pairs[key->index]);
        } else {
            key->stamp = stamp;
            key->index = i;
        }
    }
}

/* Of a larger one, by the hashes of its keys: the next free place from the one that a hash says (Knuth, The Art of Computer Programming
 * 3, 6.4, algorithm L). */
static void check_hashed(OfTree *tree, const OfNode *mapping, const guint *hashes)
{
    gsize size = MOST_INTERNED;
    while (size < 2 * (gsize) mapping->n) {
        size *= 2;
    }
    g_autofree guint32 *places = g_new0(guint32, size); /* number of a pair, from 1 */
    for (guint i = 0; i < mapping->n; i++) {
        const OfNodePair *pair = &mapping->pairs[i], *first = NULL;
        gsize at = hashes[i] & (size - 1);
        for (; places[at] != 0 && first == NULL; at = (at + 1) & (size - 1)) {
            const guint other = places[at] - 1;
            first = hashes[other] == hashes[i] && strcmp(mapping->pairs[other].key, pair->key) == 0 ? &mapping->pairs[other] : NULL;
        }
        if (first != NULL) {
            report_duplicate(tree, pair, first);
        } else {
            places[at] = i + 1;
        }
    }
}

static void check_duplicates(OfTree *tree, const OfNode *mapping)
{
    if (mapping->n <= MOST_INTERNED) {
        check_interned(tree, mapping);
    } else {
        tree->hashes.n -= mapping->n;
        check_hashed(tree, mapping, stack_at(&tree->hashes, tree->hashes.n));
    }
}

/* ---- Nodes ---- */

/* Gives a finished node to what is open, or makes it the root. */
static void give_node(OfTree *tree, const OfNode *node, guint height, bool is_merge_key)
{
    Frame *frame = top_frame(tree);
    if (frame == NULL) {
        tree->document->root = *node;
        return;
    }
    frame->height = MAX(frame->height, height + 1);
    if (frame->node.type == OF_NODE_SEQUENCE) {
        *(OfNode *) stack_push(&tree->items) = *node;
        return;
    }
    switch (frame->key_state) {
    case KEY_WANTED:
        read_key(tree, frame, node, is_merge_key);
        return;
    case KEY_READ:
        frame->pair.value = *node;
        *(OfNodePair *) stack_push(&tree->pairs) = frame->pair;
        break;
    case KEY_BAD:
        break;
    }
    frame->key_state = KEY_WANTED;
}

/* A later anchor of the same name takes the place of an earlier one, as YAML has it. */
static Anchor *add_anchor(OfTree *tree, const OfTreeEvent *event)
{
    Anchor *anchor = of_arena_new_array(tree->document->arena, Anchor, 1);
    anchor->node = event->node;
    anchor->is_open = true;
    g_hash_table_replace(tree->anchors, of_arena_text(tree->document->arena, event->anchor), anchor);
    return anchor;
}

static void finish_anchor(Anchor *anchor, const OfNode *node, guint64 n_nodes, guint height)
{
    *anchor = (Anchor){.node = *node, .n_nodes = n_nodes, .height = height};
}

bool of_tree_add_scalar(OfTree *tree, const OfTreeEvent *event)
{
    OfNode node = event->node;
    if (!count_nodes(tree, &node, 1)) {
        return false;
    }
    const Frame *frame = top_frame(tree);
    bool is_key = frame != NULL && frame->node.type == OF_NODE_MAPPING && frame->key_state == KEY_WANTED;
    if (!is_key || event->anchor != NULL) {
        node.text = of_arena_text_n(tree->document->arena, node.text, node.n);
    }
    if (event->anchor != NULL) {
        finish_anchor(add_anchor(tree, event), &node, 1, 0);
    }
    give_node(tree, &node, 0, event->is_merge_key);
    return true;
}

/* The nearest name of an anchor, for an alias that names none. */
static char *hint_anchor(OfTree *tree, const char *name)
{
    if (tree->n_hints++ >= MOST_HINTS) {
        return NULL;
    }
    guint n;
    g_autofree gpointer *names = g_hash_table_get_keys_as_array(tree->anchors, &n);
    return of_hint_nearest(name, (const char *const *) names, n);
}

/* Goes on behind an alias that is wrong. */
static void give_stand_in(OfTree *tree, const OfTreeEvent *event)
{
    Frame *frame = top_frame(tree);
    if (frame != NULL && frame->node.type == OF_NODE_MAPPING && frame->key_state == KEY_WANTED) {
        frame->key_state = KEY_BAD;
        return;
    }
    give_node(tree, &event->node, 0, false);
}

bool of_tree_add_alias(OfTree *tree, const OfTreeEvent *event, const char *name)
{
    const Anchor *anchor = g_hash_table_lookup(tree->anchors, name);
    if (anchor != NULL && !anchor->is_open) {
        OfNode node = anchor->node;
        node.line = event->node.line;
        node.column = event->node.column;
        node.width = event->node.width;
        if (!check_depth(tree, &node, anchor->height) || !count_nodes(tree, &node, anchor->n_nodes)) {
            return false;
        }
        give_node(tree, &node, anchor->height, false);
        return true;
    }
    if (!count_nodes(tree, &event->node, 1)) {
        return false;
    }
    g_autofree char *shown = of_text_shorten(name, -1);
    if (anchor == NULL) {
        report(tree, "undefined-alias", &event->node, hint_anchor(tree, name), "the alias `*%s` names no anchor before it", shown);
    } else {
        OfDiagnostic *added =
            report(tree, "cyclic-alias", &event->node, NULL, "the alias `*%s` stands inside of what it names", shown);
        added->other = of_node_place(tree->document, &anchor->node);
    }
    give_stand_in(tree, event);
    return true;
}

bool of_tree_open(OfTree *tree, const OfTreeEvent *event)
{
    if (!check_depth(tree, &event->node, 1) || !count_nodes(tree, &event->node, 1)) {
        return false;
    }
    Frame frame = {
        .node = event->node,
        .n_before = tree->n_nodes - 1,
        .first_child = event->node.type == OF_NODE_SEQUENCE ? tree->items.n : tree->pairs.n,
        .height = 1,
        .anchor = event->anchor != NULL ? add_anchor(tree, event) : NULL,
        .is_flow = event->is_flow,
    };
    *(Frame *) stack_push(&tree->frames) = frame;
    return true;
}

/* Moves the children behind first from the scratch stack to the arena. Where they are all of a large stack, the document takes the
 * stack itself. */
static void *take_children(OfTree *tree, Stack *scratch, guint first, guint32 *n)
{
    *n = scratch->n - first;
    if (*n == 0) {
        return NULL;
    }
    if (first == 0 && *n * scratch->size >= LARGE_STACK) {
        void *taken = scratch->data;
        g_ptr_array_add(tree->document->stacks, taken);
        *scratch = (Stack){.size = scratch->size};
        return taken;
    }
    void *children = of_arena_copy(tree->document->arena, stack_at(scratch, first), *n * scratch->size);
    scratch->n = first;
    return children;
}

/* What to underline of a collection: all of it where it stands on one line within brackets, else its first key or the `-` of its
 * first item. */
static guint16 collection_width(const Frame *frame, guint end_line, guint end_column)
{
    const OfNode *node = &frame->node;
    if (frame->is_flow) {
        bool is_short = end_line == node->line && end_column - node->column < OF_NODE_WIDTH_OPEN;
        return is_short ? (guint16) MAX(end_column - node->column, 1) : OF_NODE_WIDTH_OPEN;
    }
    if (node->type == OF_NODE_SEQUENCE) {
        return 1;
    }
    if (node->n == 0 || node->pairs[0].line != node->line || node->pairs[0].column != node->column) {
        return OF_NODE_WIDTH_OPEN; /* an anchor stands before it */
    }
    return (guint16) CLAMP(g_utf8_strlen(node->pairs[0].key, -1), 1, OF_NODE_WIDTH_OPEN);
}

void of_tree_close(OfTree *tree, guint end_line, guint end_column)
{
    Frame frame = *top_frame(tree);
    OfNode *node = &frame.node;
    if (node->type == OF_NODE_SEQUENCE) {
        node->items = take_children(tree, &tree->items, frame.first_child, &node->n);
    } else {
        node->pairs = take_children(tree, &tree->pairs, frame.first_child, &node->n);
        check_duplicates(tree, node);
    }
    node->width = collection_width(&frame, end_line, end_column);
    tree->frames.n--;
    if (frame.anchor != NULL) {
        finish_anchor(frame.anchor, node, tree->n_nodes - frame.n_before, frame.height);
    }
    give_node(tree, node, frame.height, false);
}
