/* The difference for a terminal. */
#include "diff/forms.h"

#include "diff/words.h"

#define COLOR_NONE  "\x1b[0m"
#define COLOR_TITLE "\x1b[1m"
#define COLOR_QUIET "\x1b[2m"

static const char *color_of(char sign)
{
    return sign == '+' ? "\x1b[32m" : sign == '-' ? "\x1b[31m" : "\x1b[33m";
}

static void append_change(GString *out, const OfChange *change, bool colored)
{
    const char sign = of_words_sign(change);
    g_autofree char *words = of_words_describe(change);
    g_autofree char *shown = of_text_escape(words, -1);
    g_autofree char *place = of_words_place(change->to != NULL ? change->to : change->from);
    g_string_append_printf(out, "  %s%c %s%s", colored ? color_of(sign) : "", sign, shown, colored ? COLOR_NONE : "");
    if (place != NULL) {
        g_autofree char *where = of_text_escape(place, -1);
        g_string_append_printf(out, "%s  (%s)%s", colored ? COLOR_QUIET : "", where, colored ? COLOR_NONE : "");
    }
    g_string_append_c(out, '\n');
}

void of_diff_write_text(GString *out, const OfChanges *changes, const OfSideNames *names G_GNUC_UNUSED, bool colored)
{
    g_autoptr(GPtrArray) groups = of_words_group(changes);
    for (guint i = 0; i < groups->len; i++) {
        const OfWordGroup *group = groups->pdata[i];
        g_autofree char *title = of_text_escape(group->title, -1);
        g_string_append_printf(out, "%s%s%s\n", colored ? COLOR_TITLE : "", title, colored ? COLOR_NONE : "");
        for (guint k = 0; k < group->changes->len; k++) {
            append_change(out, group->changes->pdata[k], colored);
        }
        g_string_append_c(out, '\n');
    }
    of_words_append_counts(out, changes);
    g_string_append_c(out, '\n');
}
