/* GLib escapes, and what is left are brackets. libxml2 has a writer too, but to load it, with ICU behind it, takes as long as to paint a
 * drawing (1.5 of 2 ms): it is kept for the XML of others, see libxml.h. */
#include "paint/xml.h"

#include <string.h>

#include "base/number.h"
#include "paint/literal.h"

struct OfXml {
    GString *text;
    GPtrArray *names; /* of the open elements; borrowed */
    bool in_tag;      /* the innermost one can take attributes */
    bool after_text;  /* what was written last is text: its element ends on the same line */
    bool indented;
};

OfXml *of_xml_new(bool indented)
{
    OfXml *xml = g_new0(OfXml, 1);
    xml->text = g_string_new(NULL);
    xml->names = g_ptr_array_new();
    xml->indented = indented;
    return xml;
}

void of_xml_begin(OfXml *xml, bool standalone)
{
    g_string_append_printf(xml->text, "<?xml version=\"1.0\" encoding=\"UTF-8\"%s?>\n", standalone ? " standalone=\"yes\"" : "");
}

static void end_line(const OfXml *xml)
{
    if (xml->indented) {
        g_string_append_c(xml->text, '\n');
    }
}

static void indent(const OfXml *xml, guint depth)
{
    for (guint i = 0; xml->indented && i < depth; i++) {
        g_string_append_c(xml->text, ' ');
    }
}

void of_xml_open(OfXml *xml, const char *name)
{
    if (xml->in_tag) {
        g_string_append_c(xml->text, '>');
        end_line(xml);
    }
    indent(xml, xml->names->len);
    g_string_append_c(xml->text, '<');
    g_string_append(xml->text, name);
    g_ptr_array_add(xml->names, (gpointer) name);
    xml->in_tag = true;
}

void of_xml_close(OfXml *xml)
{
    const char *name = g_ptr_array_steal_index(xml->names, xml->names->len - 1);
    if (xml->in_tag) {
        g_string_append(xml->text, "/>");
    } else {
        indent(xml, xml->after_text ? 0 : xml->names->len);
        g_string_append(xml->text, "</");
        g_string_append(xml->text, name);
        g_string_append_c(xml->text, '>');
    }
    end_line(xml);
    xml->in_tag = xml->after_text = false;
}

/* text: literal, so that it holds nothing that XML does not, and no line break or tab, which an attribute would lose. */
static void append_escaped(const OfXml *xml, const char *text)
{
    if (strpbrk(text, "&<>'\"") == NULL) { /* which most are, and the longest: coordinates */
        g_string_append(xml->text, text);
        return;
    }
    g_autofree char *escaped = g_markup_escape_text(text, -1);
    g_string_append(xml->text, escaped);
}

void of_xml_set_word(OfXml *xml, const char *name, const char *value)
{
    g_string_append_c(xml->text, ' ');
    g_string_append(xml->text, name);
    g_string_append(xml->text, "=\"");
    append_escaped(xml, value);
    g_string_append_c(xml->text, '"');
}

void of_xml_set_text(OfXml *xml, const char *name, const char *value)
{
    g_autofree char *literal = of_literal_new(value);
    of_xml_set_word(xml, name, literal);
}

void of_xml_set_number(OfXml *xml, const char *name, double value, guint places)
{
    g_autoptr(GString) number = g_string_new(NULL);
    of_number_append(number, value, places);
    of_xml_set_word(xml, name, number->str);
}

void of_xml_set_integer(OfXml *xml, const char *name, gint64 value)
{
    char text[32];
    g_snprintf(text, sizeof text, "%" G_GINT64_FORMAT, value);
    of_xml_set_word(xml, name, text);
}

void of_xml_write_text(OfXml *xml, const char *name, const char *text)
{
    g_autofree char *literal = of_literal_new(text);
    of_xml_open(xml, name);
    of_xml_write_literal(xml, literal);
    of_xml_close(xml);
}

void of_xml_write_literal(OfXml *xml, const char *literal)
{
    if (xml->in_tag) {
        g_string_append_c(xml->text, '>');
    }
    append_escaped(xml, literal);
    xml->in_tag = false;
    xml->after_text = true;
}

static void open_with(OfXml *xml, const char *name, va_list arguments)
{
    of_xml_open(xml, name);
    for (const char *attribute = va_arg(arguments, const char *); attribute != NULL; attribute = va_arg(arguments, const char *)) {
        of_xml_set_word(xml, attribute, va_arg(arguments, const char *));
    }
}

void of_xml_open_with(OfXml *xml, const char *name, ...)
{
    va_list arguments;
    va_start(arguments, name);
    open_with(xml, name, arguments);
    va_end(arguments);
}

void of_xml_write_empty(OfXml *xml, const char *name, ...)
{
    va_list arguments;
    va_start(arguments, name);
    open_with(xml, name, arguments);
    va_end(arguments);
    of_xml_close(xml);
}

char *of_xml_finish(OfXml *xml)
{
    while (xml->names->len > 0) {
        of_xml_close(xml);
    }
    if (!xml->indented) {
        g_string_append_c(xml->text, '\n');
    }
    g_ptr_array_unref(xml->names);
    char *text = g_string_free(xml->text, FALSE);
    g_free(xml);
    return text;
}
