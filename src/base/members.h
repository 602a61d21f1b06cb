/* Members of JSON objects as they are built, a line each. */
#ifndef OF_BASE_MEMBERS_H
#define OF_BASE_MEMBERS_H

#include <json-glib/json-glib.h>
#include <stdbool.h>

/* Adds the member name to the object that is being built. text: UTF-8, or NULL for null. */
void of_member_text(JsonBuilder *builder, const char *name, const char *text);
void of_member_count(JsonBuilder *builder, const char *name, gint64 value);
void of_member_number(JsonBuilder *builder, const char *name, double value);
void of_member_bool(JsonBuilder *builder, const char *name, bool value);

/* The same, and no member where there is no text. */
void of_member_text_if_any(JsonBuilder *builder, const char *name, const char *text);

/* A number of days, null where it is less than 0. */
void of_member_days(JsonBuilder *builder, const char *name, gint32 days);

/* Begins a list or an object as the member name; json_builder_end_array() or json_builder_end_object() ends it. */
void of_member_begin_array(JsonBuilder *builder, const char *name);
void of_member_begin_object(JsonBuilder *builder, const char *name);

/* What was built, as text on indented lines without one at the end. Owned by the caller. */
char *of_members_text(JsonBuilder *builder);

#endif
