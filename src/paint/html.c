/* A web page that explains itself: one file that asks for nothing, with the drawings as SVG, the words around them as text, and what stands
 * behind them as data for the page's own script. Without scripts it is still the drawing with its sources. */
#include <string.h>

#include "base/hash.h"
#include "paint/check.h"
#include "paint/link.h"
#include "paint/literal.h"
#include "paint/page_changes.h"
#include "paint/page_data.h"
#include "paint/page_files.h"
#include "paint/page_panels.h"
#include "paint/page_region.h"
#include "paint/page_text.h"
#include "paint/painters.h"
#include "paint/svg.h"

/* A drawing on the page: a picture, or the panels of a difference. */
typedef struct {
    OfPicture picture;      /* a view of those that are given: with an id of its own, and what the page draws of them */
    const OfPicture *given; /* whose words stand around it: of panels the difference, else the last */
    OfPicture *const *panels;
    guint n_panels;    /* 1 where it is one picture */
    GPtrArray *joined; /* the elements of all panels, or NULL */
    char *name;        /* in the page: "storyline", the second of them "storyline-2" */
    char *svg;
    OfSvgInset inset;
} Figure;

static void clear_figure(gpointer data)
{
    Figure *figure = data;
    g_free(figure->picture.id);
    g_ptr_array_unref(figure->picture.elements);
    g_clear_pointer(&figure->joined, g_ptr_array_unref);
    g_free(figure->name);
    g_free(figure->svg);
    g_free(figure->inset.fonts);
    g_free(figure->inset.dark);
}

/* ---- The figures ---- */

static char *name_figure(const OfPicture *picture, GHashTable *known)
{
    const char *id = picture->id != NULL ? picture->id : "drawing";
    const char *plain = g_str_has_prefix(id, "orgflow-") ? id + strlen("orgflow-") : id;
    char *name = g_strdup(plain);
    for (guint n = 2; !g_hash_table_add(known, g_strdup(name)); n++) {
        g_free(name);
        name = g_strdup_printf("%s-%u", plain, n);
    }
    return name;
}

/* How many of the pictures are one figure: panels go on until the next view's first. */
static guint count_panels(OfPicture *const *pictures, guint n)
{
    guint k = 1;
    while (k < n && pictures[0]->panel != NULL && pictures[k]->panel != NULL && !g_str_equal(pictures[k]->panel, "before")) {
        k++;
    }
    return k;
}

static const OfPicture *find_words(OfPicture *const *panels, guint n)
{
    for (guint i = 0; i < n; i++) {
        if (g_strcmp0(panels[i]->panel, "diff") == 0) {
            return panels[i];
        }
    }
    return panels[n - 1];
}

static bool make_figure(Figure *figure, OfPicture *const *panels, guint n, GHashTable *known, const OfPaintSettings *settings,
                        GError **error)
{
    const OfPicture *given = find_words(panels, n);
    *figure = (Figure){.picture = *given, .given = given, .panels = panels, .n_panels = n};
    figure->joined = n > 1 ? of_page_panels_join(panels, n) : NULL;
    figure->name = name_figure(given, known);
    figure->picture.id = g_strconcat("orgflow-", figure->name, NULL);
    figure->picture.elements = g_ptr_array_new();
    const GPtrArray *elements = figure->joined != NULL ? figure->joined : given->elements;
    for (guint i = 0; i < elements->len; i++) {
        if (!of_page_region_leaves_out(elements->pdata[i])) {
            g_ptr_array_add(figure->picture.elements, elements->pdata[i]);
        }
    }
    const OfPageRegion region = of_page_region(&figure->picture);
    figure->inset = (OfSvgInset){region.x, region.y, region.width, region.height, NULL, NULL};
    figure->svg = of_svg_write(&figure->picture, settings, &figure->inset, error);
    return figure->svg != NULL;
}

/* The words of a note, which may go on in the elements after it. */
static char *read_note(const OfPicture *picture, guint *at)
{
    GString *words = g_string_new(NULL);
    do {
        g_autofree char *line = of_element_words(picture, picture->elements->pdata[*at]);
        g_string_append_printf(words, "%s%s", words->len > 0 ? " " : "", line);
        (*at)++;
    } while (*at < picture->elements->len && of_element_datum(picture->elements->pdata[*at], "more") != NULL);
    return g_string_free(words, FALSE);
}

/* listed: gets the sources whose title, link and words stand here. */
static void append_note(GString *page, const OfElement *element, const char *words, GHashTable *listed)
{
    const char *step = of_element_datum(element, "step"), *source = of_element_datum(element, "source");
    g_autofree char *target = of_link_target(element->url);
    g_string_append(page, "<li");
    if (step != NULL) {
        of_page_append_element(page, " data-step=\"", step, "\"");
    }
    if (source != NULL) {
        of_page_append_element(page, " data-source=\"", source, "\"");
    }
    g_string_append_c(page, '>');
    if (target != NULL && source != NULL) {
        g_hash_table_add(listed, of_literal_new(source));
    }
    if (target != NULL) {
        of_page_append_element(page, "<a href=\"", target, "\" rel=\"noopener noreferrer\"");
        of_page_append_element(page, " title=\"", element->title, "\">");
    }
    of_page_append_text(page, words);
    g_string_append(page, target != NULL ? "</a></li>\n" : "</li>\n");
}

/* All notes of a kind as items of a list. Owned by the caller. */
static char *write_notes(const OfPicture *picture, const char *kind, GHashTable *listed)
{
    GString *list = g_string_new(NULL);
    for (guint i = 0; i < picture->elements->len;) {
        const OfElement *element = picture->elements->pdata[i];
        if (g_strcmp0(of_element_datum(element, "kind"), kind) != 0) {
            i++;
            continue;
        }
        g_autofree char *words = read_note(picture, &i);
        append_note(list, element, words, listed);
    }
    return g_string_free(list, FALSE);
}

static void append_notes(GString *page, const char *notes, const char *kind, const char *label, const char *panels)
{
    if (*notes != '\0') {
        g_string_append_printf(page, "<ul class=\"%ss\" aria-label=\"%s\"%s%s%s>\n%s</ul>\n", kind, label,
                               panels != NULL ? " data-panels=\"" : "", panels != NULL ? panels : "", panels != NULL ? "\"" : "",
                               notes);
    }
}

/* Of panels each its own list, where they are not the same. */
static void append_all_notes(GString *page, const Figure *figure, const char *kind, const char *label, GHashTable *listed)
{
    if (figure->n_panels == 1) {
        g_autofree char *notes = write_notes(figure->given, kind, listed);
        append_notes(page, notes, kind, label, NULL);
        return;
    }
    g_autoptr(GPtrArray) lists = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < figure->n_panels; i++) {
        g_ptr_array_add(lists, write_notes(figure->panels[i], kind, listed));
    }
    for (guint i = 0; i < lists->len; i++) {
        guint first = 0;
        g_autoptr(GString) panels = g_string_new(NULL);
        g_ptr_array_find_with_equal_func(lists, lists->pdata[i], g_str_equal, &first);
        for (guint k = i; k < lists->len && first == i; k++) {
            if (g_str_equal(lists->pdata[k], lists->pdata[i])) {
                g_string_append_printf(panels, "%s%s", panels->len > 0 ? " " : "", figure->panels[k]->panel);
            }
        }
        if (first == i) {
            append_notes(page, lists->pdata[i], kind, label, panels->str);
        }
    }
}

static bool has_difference(const Figure *figure)
{
    return g_strcmp0(figure->given->panel, "diff") == 0;
}

/* changes: or NULL. */
static void append_figure(GString *page, const Figure *figure, const OfChangeList *changes, GHashTable *listed)
{
    const OfElement *title = of_page_find_kind(figure->given, "title");
    g_autofree char *subtitle = of_page_subtitle(figure->given);
    of_page_append_element(page, "<section class=\"view\" id=\"view-", figure->name, "\"");
    if (figure->n_panels > 1) {
        g_string_append_printf(page, " data-panel=\"%s\"", figure->given->panel);
    }
    of_page_append_element(page, title != NULL ? ">\n<h1>" : ">\n<h1 class=\"unseen\">", figure->picture.title, "</h1>\n");
    if (subtitle != NULL) {
        of_page_append_element(page, "<p class=\"subtitle\">", subtitle, "</p>\n");
    }
    if (changes != NULL && changes->groups->len == 0) {
        g_string_append_printf(page, "<p class=\"same\">%s</p>\n",
                               changes->complete ? "Nothing changed: both revisions say the same."
                                                 : "Of what was asked for nothing changed.");
    }
    if (figure->n_panels > 1 && !has_difference(figure)) {
        g_string_append(
            page,
            "<p class=\"apart\">This view arranges each revision by itself: the two do not share their places, and what changed is "
            "not marked.</p>\n");
    }
    g_string_append(page, "<div class=\"stage\">\n");
    g_string_append(page, figure->svg);
    g_string_append(page, "</div>\n");
    append_all_notes(page, figure, "remark", "Notes", listed);
    if (has_difference(figure)) { /* it has those of both revisions */
        g_autofree char *sources = write_notes(figure->given, "source", listed);
        append_notes(page, sources, "source", "Sources", NULL);
    } else {
        append_all_notes(page, figure, "source", "Sources", listed);
    }
    g_string_append(page, "</section>\n");
}

/* ---- The page ---- */

/* The colour of the page where there is no other: that of the drawing. */
static void append_color(GString *css, const char *name, bool has, OfColor color)
{
    if (has && color.alpha == 255) {
        g_string_append_printf(css, ":root{--%s:#%02x%02x%02x}\n", name, (guint) color.red, (guint) color.green,
                               (guint) color.blue);
    }
}

static bool is_dark(OfColor color)
{
    return color.red * 299 + color.green * 587 + color.blue * 114 < 128 * 1000;
}

static char *write_style(const GArray *figures, bool differs)
{
    GString *css = g_string_new(of_page_css);
    g_string_append(css, differs ? of_page_diff_css : "");
    const OfPicture *first = &g_array_index(figures, Figure, 0).picture;
    if (first->has_background && !first->has_dark && is_dark(first->background)) {
        g_string_append(css, of_page_dark_css);
    }
    append_color(css, "paper", first->has_background, first->background);
    for (guint i = 0; i < figures->len; i++) {
        const char *fonts = g_array_index(figures, Figure, i).inset.fonts;
        g_string_append(css, fonts != NULL ? fonts : "");
    }
    return g_string_free(css, FALSE);
}

/* NULL where the drawings have one set of colours. */
static char *write_dark_style(const GArray *figures)
{
    const OfPicture *first = &g_array_index(figures, Figure, 0).picture;
    GString *css = g_string_new(of_page_dark_css);
    append_color(css, "paper", first->has_background, first->dark_background);
    bool any = false;
    for (guint i = 0; i < figures->len; i++) {
        const char *dark = g_array_index(figures, Figure, i).inset.dark;
        g_string_append(css, dark != NULL ? dark : "");
        any = any || dark != NULL;
    }
    return g_string_free(css, !any);
}

/* "'sha256-…'", as a policy names a text that may act. Owned by the caller. */
static char *name_hash(const char *text)
{
    guint8 digest[32];
    gsize length = sizeof digest;
    GChecksum *checksum = g_checksum_new(G_CHECKSUM_SHA256);
    g_checksum_update(checksum, (const guchar *) text, (gssize) strlen(text));
    g_checksum_get_digest(checksum, digest, &length);
    g_checksum_free(checksum);
    g_autofree char *base64 = g_base64_encode(digest, length);
    return g_strdup_printf("'sha256-%s'", base64);
}

static void append_policy(GString *page, const char *style, const char *dark, bool fonts, bool differs)
{
    g_autofree char *script_hash = name_hash(of_page_js), *style_hash = name_hash(style),
                    *more_hash = differs ? name_hash(of_page_diff_js) : g_strdup(""),
                    *dark_hash = dark != NULL ? name_hash(dark) : g_strdup("");
    g_string_append_printf(
        page,
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src %s%s%s; style-src %s%s%s; "
        "%sbase-uri 'none'; form-action 'none'\">\n",
        script_hash, differs ? " " : "", more_hash, style_hash, dark != NULL ? " " : "", dark_hash,
        fonts ? "font-src data:; " : "");
}

static void append_head(GString *page, const GArray *figures, bool differs)
{
    const OfPicture *first = &g_array_index(figures, Figure, 0).picture;
    g_autofree char *style = write_style(figures, differs), *dark = write_dark_style(figures);
    g_string_append(page, "<!DOCTYPE html>\n");
    of_page_append_element(page, "<html lang=\"", first->language != NULL ? first->language : "en",
                           "\">\n<head>\n<meta charset=\"utf-8\">\n");
    append_policy(page, style, dark, g_array_index(figures, Figure, 0).inset.fonts != NULL, differs);
    g_string_append(page, "<meta name=\"referrer\" content=\"no-referrer\">\n"
                          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    of_page_append_element(page, "<title>", first->title, "</title>\n");
    of_page_append_element(page, "<meta name=\"description\" content=\"", first->description, "\">\n");
    of_page_append_element(page, "<meta name=\"generator\" content=\"", first->program, "\">\n");
    of_page_append_element(page, "<meta name=\"orgflow-digest\" content=\"", first->digest, "\">\n");
    g_string_append_printf(page, "<style>%s</style>\n", style);
    if (dark != NULL) {
        g_string_append_printf(page, "<style id=\"dark\" media=\"screen and (prefers-color-scheme: dark)\">%s</style>\n", dark);
    }
    g_string_append(page, "</head>\n");
}

static char *write_page(const GArray *figures, const OfChangeList *changes, double pace)
{
    g_autofree OfPageView *views = g_new(OfPageView, figures->len);
    g_autoptr(GHashTable) listed = g_hash_table_new_full(of_text_hash, g_str_equal, g_free, NULL);
    GString *page = g_string_new(NULL);
    append_head(page, figures, changes != NULL);
    g_string_append(page, "<body>\n<main>\n");
    for (guint i = 0; i < figures->len; i++) {
        const Figure *figure = &g_array_index(figures, Figure, i);
        views[i] = (OfPageView){figure->name, &figure->picture, figure->panels, figure->n_panels};
        append_figure(page, figure, changes, listed);
    }
    if (changes != NULL) {
        of_page_append_changes(page, changes);
    }
    g_autofree char *data = of_page_data_write(views, figures->len, changes, listed, pace);
    g_string_append_printf(page, "</main>\n<script type=\"application/json\" id=\"data\">%s</script>\n", data);
    if (changes != NULL) {
        g_string_append_printf(page, "<script>%s</script>\n", of_page_diff_js);
    }
    g_string_append_printf(page, "<script>%s</script>\n</body>\n</html>\n", of_page_js);
    return g_string_free(page, FALSE);
}

GBytes *of_html_paint(OfPicture *const *pictures, guint n, const OfPaintSettings *settings, GError **error)
{
    if (!of_paint_check(pictures, n, true, settings, error)) {
        return NULL;
    }
    g_autoptr(GArray) figures = g_array_new(FALSE, TRUE, sizeof(Figure));
    g_autoptr(GHashTable) known = g_hash_table_new_full(of_text_hash, g_str_equal, g_free, NULL);
    g_array_set_clear_func(figures, clear_figure);
    bool made = true;
    for (guint i = 0, n_panels = 0; i < n && made; i += n_panels) {
        n_panels = count_panels(pictures + i, n - i);
        g_array_set_size(figures, figures->len + 1);
        made = make_figure(&g_array_index(figures, Figure, figures->len - 1), pictures + i, n_panels, known, settings, error);
    }
    char *page = made ? write_page(figures, settings->changes, settings->pace) : NULL;
    return page != NULL ? g_bytes_new_take(page, strlen(page)) : NULL;
}
