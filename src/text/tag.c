#include "text/tag.h"

#include <string.h>

#define CORE "tag:yaml.org,2002:"

static bool is_null(const OfNode *node)
{
    return of_node_is_null(node);
}

static bool is_bool(const OfNode *node)
{
    bool value;
    return of_node_get_bool(node, &value);
}

static bool is_integer(const OfNode *node)
{
    gint64 value;
    return of_node_get_integer(node, &value);
}

static bool is_float(const OfNode *node)
{
    double value;
    return of_node_get_double(node, &value);
}

typedef struct {
    const char *tag;
    OfNodeType type;
    bool (*fits)(const OfNode *node); /* NULL: any text, which then is no plain one */
} Row;

static const Row rows[] = {
    {CORE "str", OF_NODE_SCALAR, NULL},       {CORE "null", OF_NODE_SCALAR, is_null},   {CORE "bool", OF_NODE_SCALAR, is_bool},
    {CORE "int", OF_NODE_SCALAR, is_integer}, {CORE "float", OF_NODE_SCALAR, is_float}, {CORE "seq", OF_NODE_SEQUENCE, NULL},
    {CORE "map", OF_NODE_MAPPING, NULL},
};

OfTagVerdict of_tag_apply(const char *tag, OfNode *node)
{
    if (strcmp(tag, "!") == 0) { /* "do not guess": a text stays one */
        node->plain = false;
        return OF_TAG_FITS;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        if (strcmp(rows[i].tag, tag) != 0) {
            continue;
        }
        node->plain = node->type == OF_NODE_SCALAR && rows[i].fits != NULL;
        bool fits = node->type == rows[i].type && (rows[i].fits == NULL || rows[i].fits(node));
        return fits ? OF_TAG_FITS : OF_TAG_MISMATCH;
    }
    return OF_TAG_UNKNOWN;
}
