/* Labels of two revisions as one: which lines are one, and how the panels write them. */
#include "view/label_merge.h"

#include <string.h>

#include "view/graph.h"

static OfFonts *fonts;

static const char *keep_color(gpointer data G_GNUC_UNUSED, const char *color)
{
    return color;
}

/* "Ann/Bob": lines; a line that begins with a blank is wrapped off the one before. Large lines are names. */
static char *make_label(const char *lines, bool large)
{
    GString *html = g_string_new(NULL);
    g_auto(GStrv) parts = g_strsplit(lines, "/", -1);
    for (char **part = parts; *part != NULL && **part != '\0'; part++) {
        g_string_append_printf(html, "<FONT POINT-SIZE=\"%d\" COLOR=\"#102030\">%s</FONT><BR ALIGN=\"%s\"/>", large ? 12 : 9,
                               g_strchug(*part), part[1] != NULL && part[1][0] == ' ' ? "left" : "LEFT");
    }
    return g_string_free(html, FALSE);
}

/* The words of a label: "~" before what is struck through, "." for room without ink, "/" at the end of a line. */
static char *tell(const char *html)
{
    GString *text = g_string_new(NULL);
    const char *at = html;
    while ((at = strchr(at, '<')) != NULL) {
        const char *end = strchr(at, '>');
        if (g_str_has_prefix(at, "<BR")) {
            g_string_append_c(text, '/');
        } else if (g_str_has_prefix(at, "<FONT") && strstr(at, "00000000") != NULL && strstr(at, "00000000") < end) {
            g_string_append_c(text, '.');
        } else if (g_str_has_prefix(at, "<S>")) {
            g_string_append_c(text, '~');
        }
        at = end + 1;
        g_autofree char *words = g_strndup(at, strcspn(at, "<"));
        g_auto(GStrv) parts = g_strsplit(words, "\xc2\xa0", -1); /* no-break spaces */
        g_autofree char *plain = g_strjoinv("", parts);
        g_string_append(text, plain);
    }
    return g_string_free(text, FALSE);
}

static void assert_panels(const OfLabelMerge *merge, OfLabelLook look, const char *diff, const char *before, const char *after)
{
    const char *const expected[] = {[OF_PANEL_DIFF] = diff, [OF_PANEL_BEFORE] = before, [OF_PANEL_AFTER] = after};
    for (OfPanel panel = OF_PANEL_DIFF; panel <= OF_PANEL_AFTER; panel++) {
        g_autofree char *html = of_label_merge_write(merge, panel, &look, NULL);
        g_autofree char *told = tell(html);
        g_assert_cmpstr(told, ==, expected[panel]);
    }
}

static void test_lines(void)
{
    g_autoptr(GHashTable) renames = g_hash_table_new(g_str_hash, g_str_equal);
    g_hash_table_insert(renames, (gpointer) "Flo F.", (gpointer) "Flo Finch");
    static const struct {
        const char *old, *new;
        bool large, is_list;
        double width;
        bool differs;
        const char *diff, *before, *after;
    } rows[] = {
        {"one/two", "one/two", false, false, 90, false, "one/two/", "one/two/", "one/two/"},
        /* where a text is wrapped is no difference */
        {"long/ text", "long text", false, false, 90, false, "long/text/", "long/text/", "long text/"},
        {"May 2020", "Aug 2020", false, false, 500, true, "Δ~May 2020 → Aug 2020/", "May 2020/", "Aug 2020/"},
        /* not on one line: each keeps its place */
        {"May 2020", "Aug 2020", false, false, 20, true, "Δ~May 2020/→Aug 2020/", "May 2020/./", "Aug 2020/./"},
        /* an arrow within is not one between */
        {"4 → 3 people", "4 → 2 people", false, false, 500, true, "Δ~4 → 3 people 4 → 2 people/", "4 → 3 people/", "4 → 2 people/"},
        /* facts pair by their words where their numbers differ, names of a list do not */
        {"3 people", "2 people/until 2021", false, false, 500, true, "Δ~3 people → 2 people/+until 2021/", "3 people/./",
         "2 people/until 2021/"},
        {"Ann/Bob", "Ann/Cy", true, true, 500, true, "Ann/−~Bob/+Cy/", "Ann/Bob/./", "Ann/./Cy/"},
        {"Ann/Flo F.", "Ann/Flo Finch", true, true, 500, true, "Ann/Δ~Flo F. → Flo Finch/", "Ann/Flo F./", "Ann/Flo Finch/"},
        {"Ann/and 3 more", "Ann/Bob/and 4 more", true, true, 500, true, "Ann/+Bob/Δ~and 3 more → and 4 more/", "Ann/./and 3 more/",
         "Ann/Bob/and 4 more/"},
        {"Ann °", "Ann", true, true, 500, true, "Δ~Ann ° → Ann/", "Ann °/", "Ann/"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *old = make_label(rows[i].old, rows[i].large);
        g_autofree char *new = make_label(rows[i].new, rows[i].large);
        OfLabelMerge *merge = of_label_merge_new(old, new, rows[i].is_list, false, renames);
        g_test_message("%s against %s", rows[i].old, rows[i].new);
        g_assert_cmpint(of_label_merge_differs(merge), ==, rows[i].differs);
        /* Of a text that is wrapped on one side alone the panels write what each side has. */
        if (i != 1) {
            assert_panels(merge, (OfLabelLook){OF_DELTA_CHANGED, false, false, fonts, rows[i].width, keep_color, NULL},
                          rows[i].diff, rows[i].before, rows[i].after);
        }
        of_label_merge_free(merge);
    }
}

static void test_one_side(void)
{
    g_autofree char *label = make_label("Ann/May 2020", true);
    OfLabelMerge *added = of_label_merge_new(NULL, label, true, false, NULL),
                 *removed = of_label_merge_new(label, NULL, true, false, NULL);
    OfLabelLook look = {OF_DELTA_ADDED, false, true, fonts, 90, keep_color, NULL};
    g_assert_true(of_label_merge_differs(added) && of_label_merge_differs(removed));
    assert_panels(added, look, "+Ann/May 2020/", "././", "Ann/May 2020/");
    look.delta = OF_DELTA_RETARGETED;
    assert_panels(added, look, "↪Ann/May 2020/", "././", "Ann/May 2020/");
    look = (OfLabelLook){OF_DELTA_REMOVED, true, false, fonts, 90, keep_color, NULL};
    assert_panels(removed, look, "−~Ann/~May 2020/", "Ann/May 2020/", "././");
    of_label_merge_free(added);
    of_label_merge_free(removed);
    OfLabelMerge *nothing = of_label_merge_new(NULL, NULL, false, false, NULL);
    assert_panels(nothing, look, "", "", "");
    of_label_merge_free(nothing);
}

/* The table around lines is the one that is there. */
static void test_around(void)
{
    g_autofree char *label = make_label("Ann", true);
    g_autofree char *around = g_strdup_printf("<TABLE><TR><TD>%s</TD></TR></TABLE>", label);
    OfLabelMerge *merge = of_label_merge_new(label, label, false, false, NULL);
    const OfLabelLook look = {OF_DELTA_UNCHANGED, false, false, fonts, 90, keep_color, NULL};
    g_autofree char *written = of_label_merge_write(merge, OF_PANEL_AFTER, &look, around);
    g_assert_cmpstr(written, ==, around);
    double width = 0, height = 0;
    of_label_measure(around, fonts, 1.25, &width, &height);
    g_assert_cmpfloat(height, ==, 15);
    g_assert_cmpfloat(width, ==, of_fonts_width(fonts, OF_FACE_REGULAR, 12, "Ann"));
    of_label_merge_free(merge);
}

static void test_unescape(void)
{
    static const char *const texts[] = {"a & b", "<b>", "]]>", "\"x\"", "back\\slash", "&lt;", "plain"};
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        Agraph_t *graph = of_graph_new("test", NULL);
        OfMarkup *label = of_markup_new();
        of_markup_add(label, OF_MARKUP_PLAIN, 12, NULL, texts[i]);
        of_markup_finish(label, graph);
        const char *html = strchr(agget(graph, (char *) "label"), '>') + 1;
        g_autofree char *inner = g_strndup(html, strlen(html) - strlen("</FONT>"));
        g_autofree char *text = of_markup_unescape(inner);
        g_assert_cmpstr(text, ==, texts[i]);
        agclose(graph);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    fonts = of_fonts_new(NULL, NULL, NULL);
    g_test_add_func("/label-merge/lines", test_lines);
    g_test_add_func("/label-merge/one-side", test_one_side);
    g_test_add_func("/label-merge/around", test_around);
    g_test_add_func("/label-merge/unescape", test_unescape);
    const int status = g_test_run();
    of_fonts_free(fonts);
    return status;
}
