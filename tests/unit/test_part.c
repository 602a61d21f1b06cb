/* Parts of packages: names, relationships, content types, trees. */
#include "paint/part.h"

#include <string.h>

#include "base/limits.h"

#define RELATIONSHIPS                                                                                                              \
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"                                       \
    "<Relationship Id=\"a\" Type=\"http://x/theme\" Target=\"../t/one.xml\"/>"                                                     \
    "<Relationship Id=\"b\" Type=\"http://x/theme\" Target=\"/t/two.xml\"/>"                                                       \
    "<Relationship Id=\"c\" Type=\"http://x/link\" Target=\"http://example.org/\" TargetMode=\"External\"/>"                       \
    "<Relationship Id=\"d\" Type=\"http://x/lost\" Target=\"../../../none.xml\"/></Relationships>"

static void check_resolve(const char *part, const char *target, const char *expected)
{
    g_autofree char *found = of_part_resolve(part, target);
    g_assert_cmpstr(found, ==, expected);
}

static void check_relative(const char *from, const char *to, const char *expected)
{
    g_autofree char *found = of_part_relative(from, to), *back = of_part_resolve(from, found);
    g_assert_cmpstr(found, ==, expected);
    g_assert_cmpstr(back, ==, to);
}

static void test_names(void)
{
    check_resolve("ppt/a/b.xml", "../c/d.xml", "ppt/c/d.xml");
    check_resolve("ppt/a/b.xml", "/x.xml", "x.xml");
    check_resolve("ppt/a/b.xml", "./c//d.xml", "ppt/a/c/d.xml");
    check_resolve("", "ppt/p.xml", "ppt/p.xml");
    check_resolve("ppt/a.xml", "../../x.xml", NULL);
    check_resolve("ppt/a.xml", "..", NULL);
    check_resolve("ppt/a.xml", "/", NULL);
    check_relative("ppt/slides/s.xml", "ppt/layouts/l.xml", "../layouts/l.xml");
    check_relative("ppt/p.xml", "ppt/slides/s.xml", "slides/s.xml");
    check_relative("p.xml", "slides/s.xml", "slides/s.xml");
    check_relative("a/b/c.xml", "d.xml", "../../d.xml");
    check_relative("pp/a.xml", "ppt/a.xml", "../ppt/a.xml");
    static const char *const relations[][2] = {
        {"", "_rels/.rels"}, {"p.xml", "_rels/p.xml.rels"}, {"a/b/c.xml", "a/b/_rels/c.xml.rels"}};
    for (gsize i = 0; i < G_N_ELEMENTS(relations); i++) {
        g_autofree char *name = of_part_relations(relations[i][0]);
        g_assert_cmpstr(name, ==, relations[i][1]);
    }
}

static void check_follow(const OfPackage *package, const char *type, const char *id, const char *expected)
{
    g_autofree char *found = of_part_follow(package, "p/q.xml", type, id);
    g_assert_cmpstr(found, ==, expected);
}

static void test_relations(void)
{
    g_autoptr(OfPackage) package = of_package_new();
    of_package_set(package, "p/_rels/q.xml.rels", RELATIONSHIPS);
    of_package_set(package, "T/One.xml", "<x/>");
    of_package_set(package, "t/two.xml", "<x/>");
    check_follow(package, "theme", NULL, "t/one.xml"); /* which is the same name as T/One.xml */
    check_follow(package, "theme", "b", "t/two.xml");
    check_follow(package, "link", NULL, NULL);
    check_follow(package, "lost", NULL, NULL);
    check_follow(package, "none", NULL, NULL);
    g_autoptr(xmlDoc) relations = of_part_parse(package, "p/_rels/q.xml.rels", NULL);
    g_autofree char *first = of_part_add_relation(relations, OF_PART_RELATION_BASE, "slide", "s.xml");
    g_autofree char *second = of_part_add_relation(relations, OF_PART_RELATION_BASE, "slide", "t.xml");
    g_assert_cmpstr(first, ==, "slide1");
    g_assert_cmpstr(second, ==, "slide2");
    g_autofree char *name = of_part_free_name(package, "t/", "one", 1);
    g_assert_cmpstr(name, ==, "t/one1.xml");
}

static void test_types(void)
{
    g_autoptr(OfPackage) package = of_package_new();
    of_package_set(package, OF_PART_TYPES, "<Types xmlns=\"x\"><Default Extension=\"XML\" ContentType=\"a\"/></Types>");
    g_autoptr(xmlDoc) types = of_part_parse(package, OF_PART_TYPES, NULL);
    g_autofree char *by_ending = of_part_type(types, "p/q.xml"), *none = of_part_type(types, "p/q.png");
    g_assert_cmpstr(by_ending, ==, "a");
    g_assert_null(none);
    of_part_declare(types, "p/q.xml", "b");
    of_part_declare(types, "P/Q.xml", "c");
    g_autofree char *declared = of_part_type(types, "p/q.xml");
    g_assert_cmpstr(declared, ==, "c");
}

static void check_refused(const char *text, const char *words)
{
    g_autoptr(OfPackage) package = of_package_new();
    g_autoptr(GError) error = NULL;
    of_package_set(package, "x.xml", text);
    g_assert_null(of_part_parse(package, "x.xml", &error));
    g_assert_error(error, OF_ERROR, OF_ERROR_DATA);
    g_assert_nonnull(strstr(error->message, words));
}

static void test_trees(void)
{
    check_refused("", "well-formed");
    check_refused("<a>", "well-formed");
    check_refused("<!DOCTYPE a><a/>", "document type");
    check_refused("<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>", "document type");
    check_refused("<a>&b;</a>", "well-formed");
    g_autoptr(OfPackage) package = of_package_new();
    g_autoptr(GError) error = NULL;
    g_assert_null(of_part_parse(package, "y.xml", &error));
    g_assert_error(error, OF_ERROR, OF_ERROR_DATA);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/part/names", test_names);
    g_test_add_func("/part/relations", test_relations);
    g_test_add_func("/part/types", test_types);
    g_test_add_func("/part/trees", test_trees);
    return g_test_run();
}
