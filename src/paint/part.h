/* Parts of a package of ISO/IEC 29500-2 as trees of XML, and how they lead to one another. Elements go by their local names. */
#ifndef OF_PAINT_PART_H
#define OF_PAINT_PART_H

#include "paint/libxml.h"
#include "paint/package.h"

#define OF_PART_TYPES         "[Content_Types].xml"
#define OF_PART_RELATION_BASE "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

/* A part's tree; nothing outside of it is read, and a part that declares a document type (with it entities) is refused. error, a
 * sentence without a subject: OF_ERROR_DATA; OF_ERROR_ENVIRONMENT where libxml2 cannot be loaded. Owned by the caller. */
xmlDoc *of_part_parse(const OfPackage *package, const char *part, GError **error);

/* Puts a tree into the package. error: OF_ERROR_ENVIRONMENT. */
bool of_part_set(OfPackage *package, const char *part, xmlDoc *tree, GError **error);

/* The child elements of a name (NULL: of any): the first, and the next after one. NULL where there is none, or parent or node is
 * NULL. */
xmlNode *of_part_child(const xmlNode *parent, const char *name);
xmlNode *of_part_next(const xmlNode *node, const char *name);

/* The child of a child … of names. */
xmlNode *of_part_descend(const xmlNode *node, const char *const *names, guint n);

/* An attribute, by its local name, or NULL; node may be NULL. Owned by the caller. */
char *of_part_attribute(const xmlNode *node, const char *name);

/* The attribute `id` of relationships, which leads out of a part, or NULL. Owned by the caller. */
char *of_part_relation_id(const xmlNode *node);

/* Sets an attribute that has no prefix. */
void of_part_set_attribute(xmlNode *node, const char *name, const char *value);

/* The part that holds the relationships of a part ("ppt/_rels/presentation.xml.rels"), of the package itself for "". Owned by
 * the caller. */
char *of_part_relations(const char *part);

/* The part that a target leads to from another part, or NULL where it leads nowhere; and the target that leads there. Owned by
 * the caller. */
char *of_part_resolve(const char *part, const char *target);
char *of_part_relative(const char *from, const char *to);

/* Whether a relationship is of a type (the last word of its name) and leads to a part. */
bool of_part_is_relation(const xmlNode *relation, const char *type);

/* The part that the first relationship of a part with this type and id (NULL: any) leads to; NULL where there is none in the
 * package, or the relationships cannot be read. Owned by the caller. */
char *of_part_follow(const OfPackage *package, const char *part, const char *type, const char *id);

/* Adds a relationship to a tree of such. base, type: its name in two, the last word by itself. Returns its id, which begins with
 * the type and is not there yet. Owned by the caller. */
char *of_part_add_relation(xmlDoc *relations, const char *base, const char *type, const char *target);

/* Says in the tree of content types what a part holds. */
void of_part_declare(xmlDoc *types, const char *part, const char *type);

/* What a part holds. Owned by the caller. */
char *of_part_type(const xmlDoc *types, const char *part);

/* A name of a part that there is none of yet: folder, stem, a number from `number` on, ".xml". Owned by the caller. */
char *of_part_free_name(const OfPackage *package, const char *folder, const char *stem, guint number);

#endif
