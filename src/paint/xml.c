#include "paint/xml.h"

#include <libxml/parser.h>
#include <libxml/xmlwriter.h>

#include "base/limits.h"
#include "base/number.h"
#include "paint/literal.h"

struct OfXml {
    xmlBuffer *buffer;
    xmlTextWriter *writer;
    bool failed;
};

OfXml *of_xml_new(bool indented)
{
    static gsize prepared = 0;
    if (g_once_init_enter(&prepared)) {
        xmlInitParser(); /* libxml2 before 2.11 sets up its tables on first use without a lock */
        g_once_init_leave(&prepared, 1);
    }
    OfXml *xml = g_new0(OfXml, 1);
    xml->buffer = xmlBufferCreate();
    xml->writer = xml->buffer != NULL ? xmlNewTextWriterMemory(xml->buffer, 0) : NULL;
    xml->failed = xml->writer == NULL;
    if (!xml->failed && indented) {
        xml->failed = xmlTextWriterSetIndent(xml->writer, 1) < 0 || xmlTextWriterSetIndentString(xml->writer, BAD_CAST " ") < 0;
    }
    return xml;
}

void of_xml_begin(OfXml *xml, bool standalone)
{
    xml->failed = xml->failed || xmlTextWriterStartDocument(xml->writer, NULL, "UTF-8", standalone ? "yes" : NULL) < 0;
}

void of_xml_open(OfXml *xml, const char *name)
{
    xml->failed = xml->failed || xmlTextWriterStartElement(xml->writer, BAD_CAST name) < 0;
}

void of_xml_close(OfXml *xml)
{
    xml->failed = xml->failed || xmlTextWriterEndElement(xml->writer) < 0;
}

void of_xml_set_word(OfXml *xml, const char *name, const char *value)
{
    xml->failed = xml->failed || xmlTextWriterWriteAttribute(xml->writer, BAD_CAST name, BAD_CAST value) < 0;
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
    xml->failed = xml->failed || xmlTextWriterWriteElement(xml->writer, BAD_CAST name, BAD_CAST literal) < 0;
}

void of_xml_write_literal(OfXml *xml, const char *literal)
{
    xml->failed = xml->failed || xmlTextWriterWriteString(xml->writer, BAD_CAST literal) < 0;
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

char *of_xml_finish(OfXml *xml, const char *what, GError **error)
{
    char *text = NULL;
    if (xml->writer != NULL) {
        xml->failed = xml->failed || xmlTextWriterEndDocument(xml->writer) < 0;
        xmlFreeTextWriter(xml->writer); /* flushes into the buffer */
    }
    if (xml->failed) {
        g_set_error(error, OF_ERROR, OF_ERROR_ENVIRONMENT, "out of memory while writing %s", what);
    } else {
        text = g_strndup((const char *) xmlBufferContent(xml->buffer), (gsize) xmlBufferLength(xml->buffer));
    }
    if (xml->buffer != NULL) {
        xmlBufferFree(xml->buffer);
    }
    g_free(xml);
    return text;
}
