#include "paint/page_changes.h"

#include "paint/link.h"
#include "paint/page_text.h"

static void append_source(GString *page, const OfChangeSource *source)
{
    g_autofree char *target = of_link_target(source->url);
    g_string_append(page, target != NULL ? "<a" : "<span");
    if (target != NULL) {
        of_page_append_element(page, " href=\"", target, "\"");
    }
    if (source->title != NULL) {
        of_page_append_element(page, " title=\"", source->title, "\"");
    }
    of_page_append_element(page, ">", source->text, target != NULL ? "</a>" : "</span>");
    g_string_append_c(page, '\n');
}

/* But for its own, the first: that is told by what the change is called. */
static void append_items(GString *page, const GPtrArray *items)
{
    for (guint i = 1; i < items->len; i++) {
        g_auto(GStrv) words = g_strsplit(items->pdata[i], " ", -1);
        g_autofree char *item = g_strjoinv("%20", words);
        of_page_append_element(page, i > 1 ? " " : " data-items=\"", item, i + 1 == items->len ? "\"" : "");
    }
}

static void append_change(GString *page, const OfListedChange *change)
{
    static const struct {
        char sign;
        const char *name;
    } signs[] = {{'+', "added"}, {'-', "removed"}, {'~', "changed"}};
    guint i = 0;
    while (signs[i].sign != change->sign) {
        i++;
    }
    g_string_append_printf(page, "<li class=\"%s\"", signs[i].name);
    of_page_append_element(page, " data-change=\"", change->id, "\"");
    append_items(page, change->items);
    of_page_append_element(page, "><span class=\"words\">", change->text, "</span>");
    if (change->place != NULL) {
        of_page_append_element(page, " <span class=\"place\">", change->place, "</span>");
    }
    if (change->sources->len > 0) {
        g_string_append(page, "<span class=\"cites\">");
        for (guint k = 0; k < change->sources->len; k++) {
            append_source(page, change->sources->pdata[k]);
        }
        g_string_append(page, "</span>");
    }
    g_string_append(page, "</li>\n");
}

void of_page_append_changes(GString *page, const OfChangeList *list)
{
    g_string_append_printf(page,
                           "<section id=\"changes\" class=\"changes\" aria-labelledby=\"changes-title\"%s>\n"
                           "<h2 id=\"changes-title\">Changes</h2>\n",
                           list->groups->len == 0 ? " hidden" : "");
    of_page_append_element(page, "<p class=\"counts\">", list->counts, "</p>\n");
    for (guint i = 0; i < list->groups->len; i++) {
        const OfChangeGroup *group = list->groups->pdata[i];
        of_page_append_element(page, "<h3>", group->title, "</h3>\n<ul>\n");
        for (guint k = 0; k < group->changes->len; k++) {
            append_change(page, group->changes->pdata[k]);
        }
        g_string_append(page, "</ul>\n");
    }
    g_string_append(page, "</section>\n");
}
