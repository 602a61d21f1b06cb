/* The tags of YAML's core schema; no others are read. */
#ifndef OF_TEXT_TAG_H
#define OF_TEXT_TAG_H

#include "text/node.h"

typedef enum { OF_TAG_FITS, OF_TAG_UNKNOWN, OF_TAG_MISMATCH } OfTagVerdict;

/* What a tag does to a node of which type, plain and (for scalars) text are set. tag: resolved, such as "tag:yaml.org,2002:int".
 * Sets node->plain: a tagged scalar is what its tag says, with or without quotes. */
OfTagVerdict of_tag_apply(const char *tag, OfNode *node);

#endif
