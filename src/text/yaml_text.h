/* Writing texts as YAML, each on one line. */
#ifndef OF_TEXT_YAML_TEXT_H
#define OF_TEXT_YAML_TEXT_H

#include <glib.h>
#include <stdbool.h>

/* Appends a double-quoted scalar that reads as exactly this text, whatever it holds. What YAML does not take raw (control
 * characters, its line separators, byte order marks, what is no character) is escaped. text: UTF-8. */
void of_yaml_append_quoted(GString *out, const char *text);

/* The same for an id: without quotes where these are not needed for it to be a string. */
void of_yaml_append_id(GString *out, const char *id);

/* The same for a date in EDTF. */
void of_yaml_append_date(GString *out, const char *date);

/* Whether a text can stand without quotes anywhere in a file, within brackets too, and is taken for what it says: not empty,
 * no null, truth value or number. Some texts for which this is so are refused. */
bool of_yaml_is_string(const char *text);

/* Whether a text can stand without quotes anywhere in a file, whatever it is then taken for. */
bool of_yaml_is_plain(const char *text);

/* Appends a text without quotes where of_yaml_is_string(), else in double quotes. */
void of_yaml_append_text(GString *out, const char *text);

/* Appends a text in single quotes where it can stand in them on one line, else in double quotes. */
void of_yaml_append_single(GString *out, const char *text);

#endif
