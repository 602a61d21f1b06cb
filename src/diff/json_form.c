/* The record of a difference, version 1.0. */
#include "diff/forms.h"

#include <string.h>

#include "diff/json_text.h"
#include "diff/words.h"

static void append_member(GString *out, const char *before, const char *name, const char *value)
{
    g_string_append_printf(out, "%s\"%s\": ", before, name);
    if (value != NULL) {
        of_json_append_text(out, value);
    } else {
        g_string_append(out, "null");
    }
}

static void append_side(GString *out, const char *side, const char *name, const OfStory *story)
{
    g_autofree char *digest = g_strconcat("sha256:", of_story_digest(story), NULL);
    g_autofree char *shown = name != NULL ? g_utf8_make_valid(name, -1) : NULL;
    g_string_append_printf(out, "\"%s\": {", side);
    append_member(out, "", "rev", shown);
    append_member(out, ", ", "digest", digest);
    g_string_append_c(out, '}');
}

/* {"event": {"added": 0, "removed": 0, "changed": 1}}, for the kinds that have changes. */
static void append_summary(GString *out, const OfChanges *changes)
{
    guint counts[OF_ITEM_VIEW + 1][3] = {{0}};
    for (guint i = 0; i < changes->list->len; i++) {
        const OfChange *change = changes->list->pdata[i];
        counts[change->kind][of_change_is_pair(change) ? 2 : change->from == NULL ? 0 : 1]++;
    }
    const char *before = "";
    g_string_append(out, " \"summary\": {");
    for (OfItemKind kind = OF_ITEM_STORY; kind <= OF_ITEM_VIEW; kind++) {
        const guint *n = counts[kind];
        if (n[0] + n[1] + n[2] > 0) {
            g_string_append_printf(out, "%s\"%s\": {\"added\": %u, \"removed\": %u, \"changed\": %u}", before, of_kind_name(kind),
                                   n[0], n[1], n[2]);
            before = ", ";
        }
    }
    g_string_append(out, "},\n");
}

/* A value that is not there has no member. */
static void append_field(GString *out, const OfFieldChange *field)
{
    append_member(out, "{", "path", field->path);
    if (field->path_to != NULL) {
        append_member(out, ", ", "path_to", field->path_to);
    }
    if (field->before != NULL) {
        g_string_append_printf(out, ", \"before\": %s", field->before);
    }
    if (field->after != NULL) {
        g_string_append_printf(out, ", \"after\": %s", field->after);
    }
    g_string_append_c(out, '}');
}

static void append_places(GString *out, const OfChange *change)
{
    g_autofree char *from = of_words_place(change->from);
    g_autofree char *to = of_words_place(change->to);
    g_autofree char *from_shown = from != NULL ? g_utf8_make_valid(from, -1) : NULL;
    g_autofree char *to_shown = to != NULL ? g_utf8_make_valid(to, -1) : NULL;
    if (from == NULL && to == NULL) {
        return;
    }
    g_string_append(out, ",\n   \"loc\": {");
    if (from != NULL) {
        append_member(out, "", "from", from_shown);
    }
    if (to != NULL) {
        append_member(out, from != NULL ? ", " : "", "to", to_shown);
    }
    g_string_append_c(out, '}');
}

static void append_change(GString *out, const OfChange *change)
{
    append_member(out, "  {", "verb", change->verb);
    append_member(out, ", ", "kind", of_kind_name(change->kind));
    append_member(out, ", ", "id", of_change_key(change));
    if (of_change_is_pair(change)) {
        append_member(out, ", \"match\": {", "by", of_match_names[change->match]);
        /* What goes by its date went by another key before. */
        if (change->from != NULL && strcmp(change->from->key, change->to->key) != 0) {
            append_member(out, ", ", "from", change->from->key);
        }
        if (change->reason != NULL) {
            append_member(out, ", ", "reason", change->reason);
        }
        g_string_append(out, "},\n   \"fields\": [");
        for (guint i = 0; i < change->fields->len; i++) {
            g_string_append(out, i > 0 ? ",\n              " : "");
            append_field(out, change->fields->pdata[i]);
        }
        g_string_append_c(out, ']');
    } else {
        g_string_append_printf(out, ",\n   \"item\": %s", change->item);
    }
    append_places(out, change);
    g_string_append_c(out, '}');
}

void of_diff_write_json(GString *out, const OfChanges *changes, const OfSideNames *names, bool colored G_GNUC_UNUSED)
{
    g_string_append_printf(out, "{\"format\": \"orgflow-diff\", \"format_version\": \"1.0\", \"complete\": %s,\n ",
                           changes->complete ? "true" : "false");
    append_side(out, "from", names->from, changes->from);
    g_string_append(out, ",\n ");
    append_side(out, "to", names->to, changes->to);
    g_string_append(out, ",\n");
    append_summary(out, changes);
    g_string_append(out, " \"changes\": [");
    for (guint i = 0; i < changes->list->len; i++) {
        g_string_append(out, i > 0 ? ",\n" : "\n");
        append_change(out, changes->list->pdata[i]);
    }
    g_string_append(out, changes->list->len > 0 ? "\n ]}\n" : "]}\n");
}
