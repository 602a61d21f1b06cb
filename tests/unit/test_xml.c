/* XML as it is written, held against what libxml2 reads. */
#include "paint/literal.h"
#include "paint/xml.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <string.h>

static const char *const hostile[] = {
    "",
    "<script>alert(1)</script>",
    "\"><svg onload='alert(1)'>",
    "]]>",
    "<![CDATA[ &lt; &#60; &amp; &no; & ]]>",
    "<!-- -- -->",
    "<?xml version=\"1.0\"?>",
    "it's \"quoted\"",
    "  two  blanks  ",
    "\xC3\xA9 \xE4\xB8\xAD \xF0\x9F\x98\x80 e\xCC\x81 \xE2\x80\xAE\xE2\x80\x8F",
    "\x01\x08\x0B\x0C\x1B[31m\x1F\x7F",         /* C0 */
    "\xC2\x80\xC2\x85\xC2\x9F",                 /* C1 */
    "tab\tfeed\nreturn\rboth\r\n",              /* an attribute would lose them */
    "\xEF\xBF\xBE\xEF\xBF\xBF\xEF\xB7\x90",     /* U+FFFE, U+FFFF, U+FDD0 */
    "\xF4\x8F\xBF\xBF\xE2\x80\xA8\xE2\x80\xA9", /* U+10FFFF, U+2028, U+2029 */
    "\xED\xA0\x80 \xED\xBF\xBF",                /* surrogates */
    "\xFF\xFE \xC0\xAF \xE2\x82",               /* no UTF-8, and cut off at the end */
    "\xF0",
};

/* What is written comes back as a text and as an attribute, and nothing of it is taken for an element. */
static void test_hostile(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(hostile) * 2; i++) {
        const char *text = hostile[i / 2];
        OfXml *xml = of_xml_new(i % 2 == 1);
        of_xml_begin(xml, false);
        of_xml_open(xml, "a");
        of_xml_set_text(xml, "b", text);
        of_xml_write_text(xml, "c", text);
        of_xml_close(xml);
        g_autofree char *written = of_xml_finish(xml), *literal = of_literal_new(text);
        g_assert_true(g_utf8_validate(written, -1, NULL));
        xmlDoc *document = xmlReadMemory(written, (int) strlen(written), "hostile.xml", NULL, XML_PARSE_NONET | XML_PARSE_NOBLANKS);
        g_assert_nonnull(document);
        xmlNode *a = xmlDocGetRootElement(document), *c = a->children;
        g_assert_cmpstr((const char *) c->name, ==, "c");
        g_assert_true(c->next == NULL &&
                      (c->children == NULL || (c->children->type == XML_TEXT_NODE && c->children->next == NULL)));
        xmlChar *attribute = xmlGetProp(a, BAD_CAST "b"), *content = xmlNodeGetContent(c);
        g_assert_cmpstr((const char *) attribute, ==, literal);
        g_assert_cmpstr((const char *) content, ==, literal);
        xmlFree(attribute);
        xmlFree(content);
        xmlFreeDoc(document);
    }
}

static void write_all(OfXml *xml)
{
    of_xml_begin(xml, true);
    of_xml_open_with(xml, "a", "b", "1", "c", "<&>", NULL);
    of_xml_write_empty(xml, "d", NULL);
    of_xml_write_text(xml, "e", "x");
    of_xml_write_text(xml, "e", "");
    of_xml_open(xml, "f");
    of_xml_set_number(xml, "g", 1.25, 1);
    of_xml_set_integer(xml, "h", -3);
    of_xml_write_empty(xml, "d", "b", "2", NULL);
}

/* finish closes what is open. */
static void test_lines(void)
{
    OfXml *xml = of_xml_new(false);
    write_all(xml);
    g_autofree char *plain = of_xml_finish(xml);
    g_assert_cmpstr(plain, ==,
                    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
                    "<a b=\"1\" c=\"&lt;&amp;&gt;\"><d/><e>x</e><e></e><f g=\"1.3\" h=\"-3\"><d b=\"2\"/></f></a>\n");
    xml = of_xml_new(true);
    write_all(xml);
    g_autofree char *indented = of_xml_finish(xml);
    g_assert_cmpstr(
        indented, ==,
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
        "<a b=\"1\" c=\"&lt;&amp;&gt;\">\n <d/>\n <e>x</e>\n <e></e>\n <f g=\"1.3\" h=\"-3\">\n  <d b=\"2\"/>\n </f>\n</a>\n");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/xml/hostile", test_hostile);
    g_test_add_func("/xml/lines", test_lines);
    return g_test_run();
}
