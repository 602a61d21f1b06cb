/* The drawing as text, for those who do not see it: what it is called and says, then what is in it, in reading order. */
#include <string.h>

#include "base/hash.h"
#include "paint/check.h"
#include "paint/link.h"
#include "paint/literal.h"
#include "paint/page_region.h"
#include "paint/painters.h"

/* What elements are called in the plural, by their datum `kind`; in the order in which they are told. The last row is for all others. */
static const struct {
    const char *kind, *heading;
} sections[] = {
    {"lab", "Labs"},           {"stance", "Stances"}, {"person", "People"},
    {"way", "Ways"},           {"move", "Moves"},     {"account", "Other accounts"},
    {"shift", "Shifts"},       {"event", "Events"},   {"milestone", "Milestones"},
    {"curve", "Curves"},       {"step", "Steps"},     {"place", "Where they went"},
    {"block", "Labs by time"}, {"flow", "Flows"},     {NULL, "Notes"},
};

static guint section_of(const OfElement *element)
{
    const char *kind = of_element_datum(element, "kind");
    guint i = 0;
    while (sections[i].kind != NULL && g_strcmp0(sections[i].kind, kind) != 0) {
        i++;
    }
    return i;
}

/* The words of an element in one line. NULL where it has none. Owned by the caller. */
static char *words_of(const OfPicture *picture, const OfElement *element)
{
    char *words = of_element_words(picture, element);
    if (*words == '\0') {
        g_clear_pointer(&words, g_free);
    }
    return words;
}

/* A source note, with its link. */
static void append_source(GString *out, const OfPicture *picture, const OfElement *element)
{
    g_autofree char *words = words_of(picture, element);
    g_autofree char *title = of_literal_new_closed(element->title);
    g_autofree char *link = of_link_target(element->url);
    g_string_append_printf(out, "- %s%s%s%s%s%s\n", words != NULL ? words : "", *title != '\0' ? ": " : "", title,
                           link != NULL ? " <" : "", link != NULL ? link : "", link != NULL ? ">" : "");
}

/* What an element is in words: its title, else what is written in it; nothing for ticks, samples and what only stands beside another element. */
static char *line_of(const OfPicture *picture, const OfElement *element, guint section)
{
    const char *kind = of_element_datum(element, "kind");
    if (element->title != NULL) {
        return of_literal_new_closed(element->title);
    }
    return sections[section].kind == NULL && kind == NULL ? words_of(picture, element) : NULL;
}

static bool has_class(const OfElement *element, const char *class)
{
    g_auto(GStrv) classes = g_strsplit(element->classes != NULL ? element->classes : "", " ", -1);
    return g_strv_contains((const char *const *) classes, class);
}

/* Ways of one person stand in their order: their ids are numbered. A crossing says nothing that the stay after it does not. */
static int compare_ways(gconstpointer a, gconstpointer b)
{
    const OfElement *x = *(const OfElement *const *) a, *y = *(const OfElement *const *) b;
    const int by_person = g_strcmp0(of_element_datum(x, "person"), of_element_datum(y, "person"));
    const gsize x_length = strlen(x->id), y_length = strlen(y->id);
    return by_person != 0 ? by_person : x_length != y_length ? (x_length < y_length ? -1 : 1) : strcmp(x->id, y->id);
}

/* What a section tells of, in its order. Owned by the caller (g_ptr_array_unref). */
static GPtrArray *list_section(const OfPicture *picture, guint section)
{
    GPtrArray *list = g_ptr_array_new();
    const bool ways = g_strcmp0(sections[section].kind, "way") == 0;
    for (guint i = 0; i < picture->elements->len; i++) {
        OfElement *element = picture->elements->pdata[i];
        if (section_of(element) == section && of_element_datum(element, "source") == NULL && !has_class(element, "title") &&
            !has_class(element, "subtitle") && !(ways && has_class(element, "move"))) {
            g_ptr_array_add(list, element);
        }
    }
    if (ways) {
        g_ptr_array_sort(list, compare_ways);
    }
    return list;
}

static void append_section(GString *out, const OfPicture *picture, guint section, GHashTable *told)
{
    g_autoptr(GPtrArray) list = list_section(picture, section);
    bool begun = false;
    for (guint i = 0; i < list->len; i++) {
        g_autofree char *line = line_of(picture, list->pdata[i], section);
        if (line == NULL || *line == '\0' || g_hash_table_contains(told, line)) {
            continue;
        }
        if (!begun) {
            g_string_append_printf(out, "\n%s\n", sections[section].heading);
            begun = true;
        }
        g_string_append_printf(out, "- %s\n", line);
        g_hash_table_add(told, g_steal_pointer(&line));
    }
}

static void append_sources(GString *out, const OfPicture *picture)
{
    bool begun = false;
    for (guint i = 0; i < picture->elements->len; i++) {
        const OfElement *element = picture->elements->pdata[i];
        if (of_element_datum(element, "source") != NULL) {
            g_string_append(out, begun ? "" : "\nSources\n");
            append_source(out, picture, element);
            begun = true;
        }
    }
}

GBytes *of_outline_paint(OfPicture *const *pictures, guint n, const OfPaintSettings *settings, GError **error)
{
    if (!of_paint_check(pictures, n, true, settings, error)) {
        return NULL;
    }
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < n; i++) {
        const OfPicture *picture = pictures[i];
        g_autoptr(GHashTable) told = g_hash_table_new_full(of_text_hash, g_str_equal, g_free, NULL);
        g_autofree char *title = of_literal_new_closed(picture->title != NULL ? picture->title : "Drawing");
        g_autofree char *description = of_literal_new_closed(picture->description);
        g_string_append_printf(out, "%s%s\n\n%s\n", i > 0 ? "\n\n" : "", title, description);
        for (guint section = 0; section < G_N_ELEMENTS(sections); section++) {
            append_section(out, picture, section, told);
        }
        append_sources(out, picture);
    }
    return g_string_free_to_bytes(out);
}
