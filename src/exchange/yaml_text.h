/* Writing texts as YAML, each on one line. */
#ifndef OF_EXCHANGE_YAML_TEXT_H
#define OF_EXCHANGE_YAML_TEXT_H

#include <glib.h>

/* Appends a double-quoted scalar that reads as exactly this text, whatever it holds. What YAML does not take raw (control
 * characters, its line separators, byte order marks, what is no character) is escaped. text: UTF-8. */
void of_yaml_append_quoted(GString *out, const char *text);

/* The same for an id: without quotes where these are not needed for it to be a string. */
void of_yaml_append_id(GString *out, const char *id);

/* The same for a date in EDTF. */
void of_yaml_append_date(GString *out, const char *date);

#endif
