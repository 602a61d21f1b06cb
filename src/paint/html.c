/* A web page that explains itself: one file that asks for nothing, with the drawings as SVG, the words around them as text, and what stands
 * behind them as data for the page's own script. Without scripts it is still the drawing with its sources. */
#include <string.h>

#include "base/hash.h"
#include "paint/check.h"
#include "paint/link.h"
#include "paint/literal.h"
#include "paint/page_data.h"
#include "paint/page_files.h"
#include "paint/page_region.h"
#include "paint/painters.h"
#include "paint/svg.h"

/* A drawing on the page. */
typedef struct {
    OfPicture picture; /* a view of one that is given: with an id of its own, and what the page draws of it */
    const OfPicture *given;
    char *name; /* in the page: "storyline", the second of them "storyline-2" */
    char *svg;
    OfSvgInset inset;
} Figure;

static void clear_figure(gpointer data)
{
    Figure *figure = data;
    g_free(figure->picture.id);
    g_ptr_array_unref(figure->picture.elements);
    g_free(figure->name);
    g_free(figure->svg);
    g_free(figure->inset.fonts);
    g_free(figure->inset.dark);
}

static void append_escaped(GString *page, const char *text)
{
    g_autofree char *literal = of_literal_new_closed(text);
    g_autofree char *escaped = g_markup_escape_text(literal, -1);
    g_string_append(page, escaped);
}

static void append_element(GString *page, const char *open, const char *text, const char *close)
{
    g_string_append(page, open);
    append_escaped(page, text);
    g_string_append(page, close);
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

static bool make_figure(Figure *figure, const OfPicture *picture, GHashTable *known, const OfPaintSettings *settings,
                        GError **error)
{
    const OfPageRegion region = of_page_region(picture);
    *figure =
        (Figure){.picture = *picture, .given = picture, .inset = {region.x, region.y, region.width, region.height, NULL, NULL}};
    figure->name = name_figure(picture, known);
    figure->picture.id = g_strconcat("orgflow-", figure->name, NULL);
    figure->picture.elements = g_ptr_array_new();
    for (guint i = 0; i < picture->elements->len; i++) {
        if (!of_page_region_leaves_out(picture->elements->pdata[i])) {
            g_ptr_array_add(figure->picture.elements, picture->elements->pdata[i]);
        }
    }
    figure->svg = of_svg_write(&figure->picture, settings, &figure->inset, error);
    return figure->svg != NULL;
}

static const OfElement *find_kind(const OfPicture *picture, const char *kind)
{
    for (guint i = 0; i < picture->elements->len; i++) {
        const OfElement *element = picture->elements->pdata[i];
        if (g_strcmp0(of_element_datum(element, "kind"), kind) == 0) {
            return element;
        }
    }
    return NULL;
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
        append_element(page, " data-step=\"", step, "\"");
    }
    if (source != NULL) {
        append_element(page, " data-source=\"", source, "\"");
    }
    g_string_append_c(page, '>');
    if (target != NULL && source != NULL) {
        g_hash_table_add(listed, of_literal_new(source));
    }
    if (target != NULL) {
        append_element(page, "<a href=\"", target, "\" rel=\"noopener noreferrer\"");
        append_element(page, " title=\"", element->title, "\">");
    }
    append_escaped(page, words);
    g_string_append(page, target != NULL ? "</a></li>\n" : "</li>\n");
}

/* The list of all notes of a kind. */
static void append_notes(GString *page, const OfPicture *picture, const char *kind, const char *label, GHashTable *listed)
{
    bool begun = false;
    for (guint i = 0; i < picture->elements->len;) {
        const OfElement *element = picture->elements->pdata[i];
        if (g_strcmp0(of_element_datum(element, "kind"), kind) != 0) {
            i++;
            continue;
        }
        if (!begun) {
            g_string_append_printf(page, "<ul class=\"%ss\" aria-label=\"%s\">\n", kind, label);
            begun = true;
        }
        g_autofree char *words = read_note(picture, &i);
        append_note(page, element, words, listed);
    }
    g_string_append(page, begun ? "</ul>\n" : "");
}

static void append_figure(GString *page, const Figure *figure, GHashTable *listed)
{
    const OfElement *title = find_kind(figure->given, "title"), *subtitle = find_kind(figure->given, "subtitle");
    append_element(page, "<section class=\"view\" id=\"view-", figure->name, "\">\n");
    append_element(page, title != NULL ? "<h1>" : "<h1 class=\"unseen\">", figure->picture.title, "</h1>\n");
    if (subtitle != NULL) {
        g_autofree char *words = of_element_words(figure->given, subtitle);
        append_element(page, "<p class=\"subtitle\">", words, "</p>\n");
    }
    g_string_append(page, "<div class=\"stage\">\n");
    g_string_append(page, figure->svg);
    g_string_append(page, "</div>\n");
    append_notes(page, figure->given, "remark", "Notes", listed);
    append_notes(page, figure->given, "source", "Sources", listed);
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

static char *write_style(const GArray *figures)
{
    GString *css = g_string_new(of_page_css);
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

static void append_policy(GString *page, const char *style, const char *dark, bool fonts)
{
    g_autofree char *script_hash = name_hash(of_page_js), *style_hash = name_hash(style),
                    *dark_hash = dark != NULL ? name_hash(dark) : g_strdup("");
    g_string_append_printf(
        page,
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src %s; style-src %s%s%s; "
        "%sbase-uri 'none'; form-action 'none'\">\n",
        script_hash, style_hash, dark != NULL ? " " : "", dark_hash, fonts ? "font-src data:; " : "");
}

static void append_head(GString *page, const GArray *figures)
{
    const OfPicture *first = &g_array_index(figures, Figure, 0).picture;
    g_autofree char *style = write_style(figures), *dark = write_dark_style(figures);
    g_string_append(page, "<!DOCTYPE html>\n");
    append_element(page, "<html lang=\"", first->language != NULL ? first->language : "en",
                   "\">\n<head>\n<meta charset=\"utf-8\">\n");
    append_policy(page, style, dark, g_array_index(figures, Figure, 0).inset.fonts != NULL);
    g_string_append(page, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    append_element(page, "<title>", first->title, "</title>\n");
    append_element(page, "<meta name=\"description\" content=\"", first->description, "\">\n");
    append_element(page, "<meta name=\"generator\" content=\"", first->program, "\">\n");
    append_element(page, "<meta name=\"orgflow-digest\" content=\"", first->digest, "\">\n");
    g_string_append_printf(page, "<style>%s</style>\n", style);
    if (dark != NULL) {
        g_string_append_printf(page, "<style id=\"dark\" media=\"screen and (prefers-color-scheme: dark)\">%s</style>\n", dark);
    }
    g_string_append(page, "</head>\n");
}

static char *write_page(const GArray *figures, double pace)
{
    g_autofree OfPicture **pictures = g_new(OfPicture *, figures->len);
    g_autofree const char **names = g_new(const char *, figures->len);
    g_autoptr(GHashTable) listed = g_hash_table_new_full(of_text_hash, g_str_equal, g_free, NULL);
    GString *page = g_string_new(NULL);
    append_head(page, figures);
    g_string_append(page, "<body>\n<main>\n");
    for (guint i = 0; i < figures->len; i++) {
        Figure *figure = &g_array_index(figures, Figure, i);
        pictures[i] = &figure->picture;
        names[i] = figure->name;
        append_figure(page, figure, listed);
    }
    g_autofree char *data = of_page_data_write(pictures, names, figures->len, listed, pace);
    g_string_append_printf(
        page, "</main>\n<script type=\"application/json\" id=\"data\">%s</script>\n<script>%s</script>\n</body>\n</html>\n", data,
        of_page_js);
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
    for (guint i = 0; i < n && made; i++) {
        g_array_set_size(figures, i + 1);
        made = make_figure(&g_array_index(figures, Figure, i), pictures[i], known, settings, error);
    }
    char *page = made ? write_page(figures, settings->pace) : NULL;
    return page != NULL ? g_bytes_new_take(page, strlen(page)) : NULL;
}
