#include "paint/template_clean.h"

#include "base/hash.h"

/* What a presentation without slides keeps, in the order of its schema (ISO/IEC 29500-1, 19.2.1.26). Sections, protection from
 * changes, shows and what programs remember of their windows go with the slides. */
static const char *const kept_children[] = {"sldMasterIdLst",  "notesMasterIdLst", "handoutMasterIdLst", "sldSz", "notesSz",
                                            "embeddedFontLst", "kinsoku",          "defaultTextStyle",   NULL};
static const char *const kept_of_presentation[] = {"slideMaster", "notesMaster", "handoutMaster", "theme", "tableStyles",
                                                   "font",        NULL};
static const char *const kept_of_package[] = {"officeDocument", "custom-properties", NULL};

/* What leads from a look to slides. */
static const char *const dropped_of_parts[] = {"slide", "notesSlide", "comments", NULL};

static bool is_any_relation(const xmlNode *relation, const char *const *types)
{
    for (; *types != NULL; types++) {
        if (of_part_is_relation(relation, *types)) {
            return true;
        }
    }
    return false;
}

static void drop(xmlNode *node)
{
    of_libxml.UnlinkNode(node);
    of_libxml.FreeNode(node);
}

/* Takes relationships out of a tree: all but those of `kept` types, or those of `dropped` types. Ids of the latter go into ids. */
static void drop_relations(xmlDoc *relations, const char *const *kept, const char *const *dropped, GHashTable *ids)
{
    xmlNode *next = NULL;
    for (xmlNode *node = of_part_child(of_libxml.DocGetRootElement(relations), NULL); node != NULL; node = next) {
        next = of_part_next(node, NULL);
        if (kept != NULL ? is_any_relation(node, kept) : !is_any_relation(node, dropped)) {
            continue;
        }
        char *id = of_part_attribute(node, "Id");
        if (ids != NULL && id != NULL) {
            g_hash_table_add(ids, g_steal_pointer(&id));
        }
        g_free(id);
        drop(node);
    }
}

static bool clean_relations(OfPackage *package, const char *part, const char *const *kept, GError **error)
{
    g_autofree char *name = of_part_relations(part);
    g_autoptr(xmlDoc) relations = of_part_parse(package, name, error);
    if (relations == NULL) {
        return false;
    }
    drop_relations(relations, kept, NULL, NULL);
    return of_part_set(package, name, relations, error);
}

static bool clean_presentation(OfPackage *package, const char *presentation, GError **error)
{
    g_autoptr(xmlDoc) tree = of_part_parse(package, presentation, error);
    if (tree == NULL) {
        return false;
    }
    xmlNode *next = NULL;
    for (xmlNode *node = of_part_child(of_libxml.DocGetRootElement(tree), NULL); node != NULL; node = next) {
        next = of_part_next(node, NULL);
        if (!g_strv_contains(kept_children, (const char *) node->name)) {
            drop(node);
        }
    }
    return of_part_set(package, presentation, tree, error);
}

/* Elements that lead along one of the relationships: links of shapes and words. Trees are no deeper than libxml2 reads. */
static void drop_links(xmlNode *node, GHashTable *ids)
{
    xmlNode *next = NULL;
    for (xmlNode *child = of_part_child(node, NULL); child != NULL; child = next) {
        next = of_part_next(child, NULL);
        g_autofree char *id = of_part_relation_id(child);
        if (id != NULL && g_hash_table_contains(ids, id)) {
            drop(child);
        } else {
            drop_links(child, ids);
        }
    }
}

static bool clean_part(OfPackage *package, const char *part, const char *relations_name, xmlDoc *relations, GError **error)
{
    g_autoptr(GHashTable) ids = g_hash_table_new_full(of_text_hash, g_str_equal, g_free, NULL);
    drop_relations(relations, NULL, dropped_of_parts, ids);
    if (g_hash_table_size(ids) == 0) {
        return true;
    }
    g_autoptr(xmlDoc) tree = of_part_parse(package, part, error);
    if (tree == NULL) {
        return false;
    }
    drop_links(of_libxml.DocGetRootElement(tree), ids);
    return of_part_set(package, part, tree, error) && of_part_set(package, relations_name, relations, error);
}

/* ---- What is still led to ---- */

typedef struct {
    OfPackage *package;
    GHashTable *reached; /* names of parts in lower case */
    GPtrArray *waiting;  /* of char *, parts whose relationships are still to be followed */
} Walk;

static bool reach(Walk *walk, const char *part)
{
    return g_hash_table_add(walk->reached, g_ascii_strdown(part, -1));
}

static bool follow(Walk *walk, const char *part, GError **error)
{
    g_autofree char *name = of_part_relations(part);
    if (of_package_get(walk->package, name, NULL) == NULL) {
        return true;
    }
    reach(walk, name);
    g_autoptr(xmlDoc) relations = of_part_parse(walk->package, name, error);
    if (relations == NULL || (*part != '\0' && !clean_part(walk->package, part, name, relations, error))) {
        return false;
    }
    for (xmlNode *node = of_part_child(of_libxml.DocGetRootElement(relations), NULL); node != NULL;
         node = of_part_next(node, NULL)) {
        g_autofree char *mode = of_part_attribute(node, "TargetMode");
        g_autofree char *target = of_part_attribute(node, "Target");
        g_autofree char *to = target != NULL && g_strcmp0(mode, "External") != 0 ? of_part_resolve(part, target) : NULL;
        if (to != NULL && of_package_get(walk->package, to, NULL) != NULL && reach(walk, to)) {
            g_ptr_array_add(walk->waiting, g_steal_pointer(&to));
        }
    }
    return true;
}

static bool walk_parts(Walk *walk, GError **error)
{
    reach(walk, OF_PART_TYPES);
    g_ptr_array_add(walk->waiting, g_strdup(""));
    while (walk->waiting->len > 0) {
        g_autofree char *part = g_ptr_array_steal_index(walk->waiting, walk->waiting->len - 1);
        if (!follow(walk, part, error)) {
            return false;
        }
    }
    return true;
}

static bool is_reached(const Walk *walk, const char *part)
{
    g_autofree char *lower = g_ascii_strdown(part, -1);
    return g_hash_table_contains(walk->reached, lower);
}

static bool drop_unreached(Walk *walk, GError **error)
{
    guint i = 0;
    for (const char *name = of_package_name(walk->package, i); name != NULL; name = of_package_name(walk->package, i)) {
        if (is_reached(walk, name)) {
            i++;
        } else {
            g_autofree char *copy = g_strdup(name);
            of_package_remove(walk->package, copy);
        }
    }
    g_autoptr(xmlDoc) types = of_part_parse(walk->package, OF_PART_TYPES, error);
    if (types == NULL) {
        return false;
    }
    xmlNode *next = NULL;
    for (xmlNode *node = of_part_child(of_libxml.DocGetRootElement(types), "Override"); node != NULL; node = next) {
        next = of_part_next(node, "Override");
        g_autofree char *part = of_part_attribute(node, "PartName");
        if (part == NULL || *part != '/' || !is_reached(walk, part + 1)) {
            drop(node);
        }
    }
    return of_part_set(walk->package, OF_PART_TYPES, types, error);
}

bool of_template_clean(OfPackage *package, const char *presentation, GError **error)
{
    if (!clean_relations(package, "", kept_of_package, error) ||
        !clean_relations(package, presentation, kept_of_presentation, error) || !clean_presentation(package, presentation, error)) {
        return false;
    }
    Walk walk = {package, g_hash_table_new_full(of_text_hash, g_str_equal, g_free, NULL), g_ptr_array_new_with_free_func(g_free)};
    const bool cleaned = walk_parts(&walk, error) && drop_unreached(&walk, error);
    g_hash_table_unref(walk.reached);
    g_ptr_array_unref(walk.waiting);
    return cleaned;
}
