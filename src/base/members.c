#include "base/members.h"

void of_member_text(JsonBuilder *builder, const char *name, const char *text)
{
    json_builder_set_member_name(builder, name);
    if (text != NULL) {
        json_builder_add_string_value(builder, text);
    } else {
        json_builder_add_null_value(builder);
    }
}

void of_member_text_if_any(JsonBuilder *builder, const char *name, const char *text)
{
    if (text != NULL) {
        of_member_text(builder, name, text);
    }
}

void of_member_count(JsonBuilder *builder, const char *name, gint64 value)
{
    json_builder_set_member_name(builder, name);
    json_builder_add_int_value(builder, value);
}

void of_member_number(JsonBuilder *builder, const char *name, double value)
{
    json_builder_set_member_name(builder, name);
    json_builder_add_double_value(builder, value);
}

void of_member_bool(JsonBuilder *builder, const char *name, bool value)
{
    json_builder_set_member_name(builder, name);
    json_builder_add_boolean_value(builder, value);
}

void of_member_days(JsonBuilder *builder, const char *name, gint32 days)
{
    json_builder_set_member_name(builder, name);
    if (days >= 0) {
        json_builder_add_int_value(builder, days);
    } else {
        json_builder_add_null_value(builder);
    }
}

void of_member_begin_array(JsonBuilder *builder, const char *name)
{
    json_builder_set_member_name(builder, name);
    json_builder_begin_array(builder);
}

void of_member_begin_object(JsonBuilder *builder, const char *name)
{
    json_builder_set_member_name(builder, name);
    json_builder_begin_object(builder);
}

char *of_members_text(JsonBuilder *builder)
{
    g_autoptr(JsonNode) root = json_builder_get_root(builder);
    return json_to_string(root, TRUE);
}
