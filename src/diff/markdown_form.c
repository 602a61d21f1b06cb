/* The difference as a comment on a pull request. */
#include "diff/forms.h"

#include <string.h>

#include "diff/words.h"

/* Forges take comments of 65,536 characters. */
#define MOST_BYTES 60000

/* Kept for what closes the text. */
#define CLOSING_BYTES 200

/* Whatever input says, it opens no tag, mentions nobody and makes no link. */
static void append_escaped(GString *out, const char *text)
{
    g_autofree char *shown = of_text_escape(text, -1);
    for (const char *p = shown; *p != '\0'; p++) {
        if (strchr("&<>@", *p) != NULL) {
            g_string_append_printf(out, "&#%d;", *p);
        } else {
            g_string_append_printf(out, "%s%c", strchr("\\`*_[]()#|~!", *p) != NULL ? "\\" : "", *p);
        }
    }
}

static char *change_line(const OfChange *change)
{
    GString *line = g_string_new(NULL);
    g_autofree char *words = of_words_describe(change);
    g_autofree char *place = of_words_place(change->to != NULL ? change->to : change->from);
    static const char *const signs[] = {"**+**", "**−**", "**Δ**"};
    const char sign = of_words_sign(change);
    g_string_append_printf(line, "- %s ", signs[sign == '+' ? 0 : sign == '-' ? 1 : 2]);
    append_escaped(line, words);
    if (place != NULL) {
        g_string_append(line, " (");
        append_escaped(line, place);
        g_string_append_c(line, ')');
    }
    g_string_append_c(line, '\n');
    return g_string_free(line, FALSE);
}

static char *group_head(const OfWordGroup *group)
{
    GString *head = g_string_new("\n<details><summary>");
    g_autofree char *title = of_text_escape(group->title, -1);
    g_autofree char *safe = g_markup_escape_text(title, -1);
    g_auto(GStrv) parts = g_strsplit(safe, "@", -1);
    g_autofree char *quiet = g_strjoinv("&#64;", parts);
    g_string_append_printf(head, "%s: %u</summary>\n\n", quiet, group->changes->len);
    return g_string_free(head, FALSE);
}

static bool has_room(const GString *out, const char *text)
{
    return out->len + strlen(text) + CLOSING_BYTES <= MOST_BYTES;
}

/* Returns how many of the group's changes were written: all, or as many as there is room for. */
static guint append_group(GString *out, const OfWordGroup *group)
{
    g_autofree char *head = group_head(group);
    guint n = 0;
    bool room = true;
    while (room && n < group->changes->len) {
        g_autofree char *line = change_line(group->changes->pdata[n]);
        g_autofree char *text = n == 0 ? g_strconcat(head, line, NULL) : g_strdup(line);
        room = has_room(out, text);
        if (room) {
            g_string_append(out, text);
            n++;
        }
    }
    if (n > 0) {
        g_string_append(out, "\n</details>\n");
    }
    return n;
}

void of_diff_write_markdown(GString *out, const OfChanges *changes, const OfSideNames *names G_GNUC_UNUSED,
                            bool colored G_GNUC_UNUSED)
{
    g_autoptr(GPtrArray) groups = of_words_group(changes);
    guint written = 0;
    g_string_append(out, "**");
    of_words_append_counts(out, changes);
    g_string_append(out, "**\n");
    for (guint i = 0; i < groups->len; i++) {
        const OfWordGroup *group = groups->pdata[i];
        const guint n = append_group(out, group);
        written += n;
        if (n < group->changes->len) {
            break; /* what follows would leave a gap nobody sees */
        }
    }
    if (written < changes->list->len) {
        g_string_append_printf(out, "\n…and %u more: `orgflow diff` shows them all.\n", changes->list->len - written);
    }
}
