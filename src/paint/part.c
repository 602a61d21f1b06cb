#include "paint/part.h"

#include <string.h>

#include "base/limits.h"

/* ---- Trees ---- */

static void refuse_document_type(void *data, const xmlChar *name G_GNUC_UNUSED, const xmlChar *public_id G_GNUC_UNUSED,
                                 const xmlChar *system_id G_GNUC_UNUSED)
{
    xmlParserCtxt *parser = data;
    *(bool *) parser->_private = true;
    of_libxml.StopParser(parser);
}

xmlDoc *of_part_parse(const OfPackage *package, const char *part, GError **error)
{
    gsize length = 0;
    const char *bytes = of_package_get(package, part, &length);
    if (bytes == NULL || length > G_MAXINT) {
        g_set_error(error, OF_ERROR, OF_ERROR_DATA, "lacks the part `%s`", part);
        return NULL;
    }
    if (!of_libxml_start(error)) {
        return NULL;
    }
    bool typed = false;
    xmlParserCtxt *parser = of_libxml.NewParserCtxt();
    xmlDoc *tree = NULL;
    if (parser != NULL) {
        parser->_private = &typed;
        parser->sax->internalSubset = refuse_document_type;
        tree = of_libxml.CtxtReadMemory(parser, bytes, (int) length, NULL, NULL,
                                        XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
        of_libxml.FreeParserCtxt(parser);
    }
    if (tree != NULL && (typed || of_libxml.DocGetRootElement(tree) == NULL)) {
        g_clear_pointer(&tree, of_libxml.FreeDoc);
    }
    if (tree == NULL) {
        g_set_error(error, OF_ERROR, OF_ERROR_DATA,
                    typed ? "has a part `%s` that declares a document type, which no presentation does"
                          : "has a part `%s` that is no well-formed XML",
                    part);
    }
    return tree;
}

bool of_part_set(OfPackage *package, const char *part, xmlDoc *tree, GError **error)
{
    xmlChar *bytes = NULL;
    int length = 0;
    of_libxml.DocDumpMemoryEnc(tree, &bytes, &length, "UTF-8");
    if (bytes == NULL) {
        g_set_error_literal(error, OF_ERROR, OF_ERROR_ENVIRONMENT, "cannot write the slides: memory ran out");
        return false;
    }
    of_package_set_bytes(package, part, bytes, (gsize) length);
    (*of_libxml.Free)(bytes);
    return true;
}

static xmlNode *first_of(xmlNode *node, const char *name)
{
    while (node != NULL && (node->type != XML_ELEMENT_NODE || (name != NULL && strcmp((const char *) node->name, name) != 0))) {
        node = node->next;
    }
    return node;
}

xmlNode *of_part_child(const xmlNode *parent, const char *name)
{
    return parent != NULL ? first_of(parent->children, name) : NULL;
}

xmlNode *of_part_next(const xmlNode *node, const char *name)
{
    return node != NULL ? first_of(node->next, name) : NULL;
}

xmlNode *of_part_descend(const xmlNode *node, const char *const *names, guint n)
{
    xmlNode *below = (xmlNode *) (gsize) node;
    for (guint i = 0; i < n; i++) {
        below = of_part_child(below, names[i]);
    }
    return below;
}

static char *take_value(xmlChar *value)
{
    char *copy = g_strdup((const char *) value);
    (*of_libxml.Free)(value);
    return copy;
}

char *of_part_attribute(const xmlNode *node, const char *name)
{
    return node != NULL ? take_value(of_libxml.GetNoNsProp(node, BAD_CAST name)) : NULL;
}

char *of_part_relation_id(const xmlNode *node)
{
    static const xmlChar name_space[] = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    return node != NULL ? take_value(of_libxml.GetNsProp(node, BAD_CAST "id", name_space)) : NULL;
}

void of_part_set_attribute(xmlNode *node, const char *name, const char *value)
{
    of_libxml.SetProp(node, BAD_CAST name, BAD_CAST value);
}

/* ---- Names ---- */

/* The folder of a part with its slash, "" at the top. */
static char *folder_of(const char *part)
{
    const char *slash = strrchr(part, '/');
    return slash != NULL ? g_strndup(part, (gsize) (slash + 1 - part)) : g_strdup("");
}

char *of_part_relations(const char *part)
{
    g_autofree char *folder = folder_of(part);
    return g_strdup_printf("%s_rels/%s.rels", folder, part + strlen(folder));
}

char *of_part_resolve(const char *part, const char *target)
{
    g_autofree char *folder = *target == '/' ? g_strdup("") : folder_of(part);
    g_autofree char *whole = g_strconcat(folder, target, NULL);
    g_auto(GStrv) steps = g_strsplit(whole, "/", -1);
    g_autoptr(GPtrArray) kept = g_ptr_array_new();
    for (char **step = steps; *step != NULL; step++) {
        if (g_str_equal(*step, "..")) {
            if (kept->len == 0) {
                return NULL;
            }
            g_ptr_array_set_size(kept, (gint) kept->len - 1);
        } else if (**step != '\0' && !g_str_equal(*step, ".")) {
            g_ptr_array_add(kept, *step);
        }
    }
    g_ptr_array_add(kept, NULL);
    return kept->len > 1 ? g_strjoinv("/", (char **) kept->pdata) : NULL;
}

char *of_part_relative(const char *from, const char *to)
{
    gsize common = 0;
    for (gsize i = 0; from[i] != '\0' && from[i] == to[i]; i++) {
        common = from[i] == '/' ? i + 1 : common;
    }
    g_autoptr(GString) target = g_string_new(NULL);
    for (const char *slash = strchr(from + common, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        g_string_append(target, "../");
    }
    g_string_append(target, to + common);
    return g_strdup(target->str);
}

char *of_part_free_name(const OfPackage *package, const char *folder, const char *stem, guint number)
{
    char *name = g_strdup_printf("%s%s%u.xml", folder, stem, number);
    while (of_package_get(package, name, NULL) != NULL) {
        g_free(name);
        name = g_strdup_printf("%s%s%u.xml", folder, stem, ++number);
    }
    return name;
}

/* ---- Relationships ---- */

bool of_part_is_relation(const xmlNode *relation, const char *type)
{
    g_autofree char *mode = of_part_attribute(relation, "TargetMode");
    g_autofree char *whole = of_part_attribute(relation, "Type");
    const char *last = whole != NULL ? strrchr(whole, '/') : NULL;
    return g_strcmp0(mode, "External") != 0 && last != NULL && strcmp(last + 1, type) == 0;
}

static char *target_of(const OfPackage *package, const char *part, const xmlNode *relation)
{
    g_autofree char *target = of_part_attribute(relation, "Target");
    g_autofree char *name = target != NULL ? of_part_resolve(part, target) : NULL;
    return name != NULL && of_package_get(package, name, NULL) != NULL ? g_steal_pointer(&name) : NULL;
}

char *of_part_follow(const OfPackage *package, const char *part, const char *type, const char *id)
{
    g_autofree char *name = of_part_relations(part);
    g_autoptr(xmlDoc) relations = of_part_parse(package, name, NULL);
    if (relations == NULL) {
        return NULL;
    }
    for (xmlNode *node = of_part_child(of_libxml.DocGetRootElement(relations), "Relationship"); node != NULL;
         node = of_part_next(node, "Relationship")) {
        g_autofree char *own = of_part_attribute(node, "Id");
        if (of_part_is_relation(node, type) && (id == NULL || g_strcmp0(own, id) == 0)) {
            return target_of(package, part, node);
        }
    }
    return NULL;
}

static bool has_relation(const xmlDoc *relations, const char *id)
{
    for (xmlNode *node = of_part_child(of_libxml.DocGetRootElement(relations), NULL); node != NULL;
         node = of_part_next(node, NULL)) {
        g_autofree char *own = of_part_attribute(node, "Id");
        if (g_strcmp0(own, id) == 0) {
            return true;
        }
    }
    return false;
}

char *of_part_add_relation(xmlDoc *relations, const char *base, const char *type, const char *target)
{
    g_autofree char *whole = g_strconcat(base, type, NULL);
    char *id = g_strdup_printf("%s1", type);
    for (guint i = 2; has_relation(relations, id); i++) {
        g_free(id);
        id = g_strdup_printf("%s%u", type, i);
    }
    xmlNode *root = of_libxml.DocGetRootElement(relations);
    xmlNode *node = of_libxml.NewChild(root, root->ns, BAD_CAST "Relationship", NULL);
    of_part_set_attribute(node, "Id", id);
    of_part_set_attribute(node, "Type", whole);
    of_part_set_attribute(node, "Target", target);
    return id;
}

/* ---- Content types ---- */

static xmlNode *find_override(const xmlDoc *types, const char *part)
{
    xmlNode *node = of_part_child(of_libxml.DocGetRootElement(types), "Override");
    while (node != NULL) {
        g_autofree char *name = of_part_attribute(node, "PartName");
        if (name != NULL && *name == '/' && g_ascii_strcasecmp(name + 1, part) == 0) {
            return node;
        }
        node = of_part_next(node, "Override");
    }
    return NULL;
}

void of_part_declare(xmlDoc *types, const char *part, const char *type)
{
    xmlNode *node = find_override(types, part);
    if (node == NULL) {
        xmlNode *root = of_libxml.DocGetRootElement(types);
        g_autofree char *name = g_strconcat("/", part, NULL);
        node = of_libxml.NewChild(root, root->ns, BAD_CAST "Override", NULL);
        of_part_set_attribute(node, "PartName", name);
    }
    of_part_set_attribute(node, "ContentType", type);
}

char *of_part_type(const xmlDoc *types, const char *part)
{
    const xmlNode *node = find_override(types, part);
    const char *dot = strrchr(part, '.');
    for (const xmlNode *other = of_part_child(of_libxml.DocGetRootElement(types), "Default"); node == NULL && other != NULL;
         other = of_part_next(other, "Default")) {
        g_autofree char *ending = of_part_attribute(other, "Extension");
        node = dot != NULL && ending != NULL && g_ascii_strcasecmp(ending, dot + 1) == 0 ? other : NULL;
    }
    return of_part_attribute(node, "ContentType");
}
