/* XML written to memory. */
#ifndef OF_PAINT_XML_H
#define OF_PAINT_XML_H

#include <glib.h>
#include <stdbool.h>

typedef struct OfXml OfXml;

/* indented: a line an element. */
OfXml *of_xml_new(bool indented);

/* Begins with the declaration; standalone: says that it is (as office packages do). */
void of_xml_begin(OfXml *xml, bool standalone);

/* name: a constant. */
void of_xml_open(OfXml *xml, const char *name);
void of_xml_close(OfXml *xml);

/* Sets an attribute of the element that was opened last and has no content yet. A word is known to be plain; a text is input, and is made literal first:
 * what XML cannot hold is taken out (see literal.h). */
void of_xml_set_word(OfXml *xml, const char *name, const char *value);
void of_xml_set_text(OfXml *xml, const char *name, const char *value);
void of_xml_set_number(OfXml *xml, const char *name, double value, guint places);
void of_xml_set_integer(OfXml *xml, const char *name, gint64 value);

/* An element of one text; a text within the open element, which is literal already. */
void of_xml_write_text(OfXml *xml, const char *name, const char *text);
void of_xml_write_literal(OfXml *xml, const char *literal);

/* An element with attributes: pairs of name and plain value, ended by NULL; closed, or left open. */
void of_xml_write_empty(OfXml *xml, const char *name, ...) G_GNUC_NULL_TERMINATED;
void of_xml_open_with(OfXml *xml, const char *name, ...) G_GNUC_NULL_TERMINATED;

/* Closes what is open. Returns what was written, owned by the caller, and frees xml. */
char *of_xml_finish(OfXml *xml);

#endif
