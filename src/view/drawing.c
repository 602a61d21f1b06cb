#include "view/drawing.h"

#include "view/view.h"
#include <string.h>

/* Receding items keep this share of their colour. */
#define RECEDED_SHARE 0.22

static void free_legend_entry(gpointer data)
{
    OfLegendEntry *entry = data;
    g_free(entry->text);
    g_free(entry);
}

static void init_made(OfDrawing *drawing)
{
    drawing->legend = g_ptr_array_new_with_free_func(free_legend_entry);
    drawing->cited = g_ptr_array_new();
    drawing->remarks = g_ptr_array_new_with_free_func(g_free);
    drawing->empty = false;
    drawing->width = drawing->height = drawing->below = 0;
    drawing->n_notes = 0;
}

static void clear_made(OfDrawing *drawing)
{
    g_clear_pointer(&drawing->legend, g_ptr_array_unref);
    g_clear_pointer(&drawing->cited, g_ptr_array_unref);
    g_clear_pointer(&drawing->remarks, g_ptr_array_unref);
    g_clear_pointer(&drawing->description, g_free);
    g_clear_pointer(&drawing->subtitle, g_free);
    g_clear_pointer(&drawing->facts, of_facts_free);
    g_clear_pointer(&drawing->cohorts, g_ptr_array_unref);
    g_clear_pointer(&drawing->flow_facts, of_flow_facts_free);
    if (drawing->graph != NULL) {
        agclose(drawing->graph);
        drawing->graph = NULL;
    }
}

OfDrawing *of_drawing_new(const OfStory *story, const OfView *view, const OfOptions *options, const OfLimits *limits,
                          OfFonts *fonts, GError **error)
{
    g_autoptr(OfDrawing) drawing = g_new0(OfDrawing, 1);
    drawing->story = story;
    drawing->view = view;
    drawing->options = options;
    drawing->limits = limits;
    drawing->fonts = fonts;
    drawing->theme = of_theme_find(options->theme);
    g_return_val_if_fail(drawing->theme != NULL, NULL);
    init_made(drawing);
    if (!of_selection_init(&drawing->selection, story, options, error)) {
        return NULL;
    }
    drawing->coloring = of_coloring_new(story, drawing->theme);
    return g_steal_pointer(&drawing);
}

void of_drawing_free(OfDrawing *drawing)
{
    if (drawing == NULL) {
        return;
    }
    clear_made(drawing);
    of_selection_clear(&drawing->selection);
    of_coloring_free(drawing->coloring);
    g_free(drawing);
}

void of_drawing_reset(OfDrawing *drawing, guint variant)
{
    clear_made(drawing);
    init_made(drawing);
    drawing->variant = variant;
}

static guint cite(OfDrawing *drawing, const OfSource *source)
{
    guint index = 0;
    if (!g_ptr_array_find(drawing->cited, source, &index)) {
        g_ptr_array_add(drawing->cited, (gpointer) source);
        index = drawing->cited->len - 1;
    }
    return index + 1;
}

static gint compare_numbers(gconstpointer a, gconstpointer b)
{
    const guint left = *(const guint *) a, right = *(const guint *) b;
    return left < right ? -1 : left > right;
}

char *of_drawing_cite_all(OfDrawing *drawing, const OfItem *const *items, guint n)
{
    g_autoptr(GArray) numbers = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < n; i++) {
        for (guint j = 0; j < items[i]->sources.n; j++) {
            const guint number = cite(drawing, items[i]->sources.items[j]);
            g_array_append_val(numbers, number);
        }
    }
    if (numbers->len == 0) {
        return NULL;
    }
    g_array_sort(numbers, compare_numbers);
    GString *text = g_string_new("[");
    for (guint i = 0; i < numbers->len; i++) {
        const guint number = g_array_index(numbers, guint, i);
        if (i == 0 || number != g_array_index(numbers, guint, i - 1)) {
            g_string_append_printf(text, "%s%u", i > 0 ? " " : "", number);
        }
    }
    g_string_append_c(text, ']');
    return g_string_free(text, FALSE);
}

char *of_drawing_cite(OfDrawing *drawing, const OfItem *item)
{
    return of_drawing_cite_all(drawing, &item, 1);
}

static gint compare_entries(gconstpointer a, gconstpointer b)
{
    const OfLegendEntry *const *left = a, *const *right = b;
    return (*left)->order != (*right)->order ? (*left)->order - (*right)->order : strcmp((*left)->text, (*right)->text);
}

void of_drawing_add_legend(OfDrawing *drawing, OfLegendEntry entry, const char *text)
{
    for (guint i = 0; i < drawing->legend->len; i++) {
        const OfLegendEntry *known = drawing->legend->pdata[i];
        if (g_str_equal(known->text, text)) {
            return;
        }
    }
    OfLegendEntry *added = g_new(OfLegendEntry, 1);
    *added = entry;
    added->text = g_strdup(text);
    g_ptr_array_add(drawing->legend, added);
    g_ptr_array_sort(drawing->legend, compare_entries);
}

const char *of_drawing_line_style(OfDrawing *drawing, OfConfidence confidence)
{
    static const struct {
        const char *style, *text;
    } styles[] = {
        [OF_CONFIDENCE_CONFIRMED] = {"solid", "confirmed"},
        [OF_CONFIDENCE_REPORTED] = {"dashed", "reported"},
        [OF_CONFIDENCE_UNVERIFIED] = {"dotted", "unverified"},
        [OF_CONFIDENCE_DISPUTED] = {"dashed", "disputed"},
    };
    of_drawing_add_legend(drawing,
                          (OfLegendEntry){.kind = OF_LEGEND_LINE,
                                          .style = styles[confidence].style,
                                          .color = drawing->theme->ink,
                                          .width = 1.5,
                                          .disputed = confidence == OF_CONFIDENCE_DISPUTED,
                                          .order = (int) confidence},
                          styles[confidence].text);
    return styles[confidence].style;
}

void of_drawing_add_remark(OfDrawing *drawing, char *text)
{
    g_ptr_array_add(drawing->remarks, text);
}

const char *of_drawing_color(OfDrawing *drawing, const char *color, bool stands_out)
{
    if (stands_out) {
        return color;
    }
    g_autofree char *receded = of_color_mix(color, drawing->theme->background, RECEDED_SHARE);
    return g_intern_string(receded); /* at most as many as a theme and the data have colours */
}

const char *of_drawing_text_color(OfDrawing *drawing, const char *color, bool stands_out)
{
    if (stands_out) {
        return color;
    }
    g_autofree char *receded = of_color_mix(color, drawing->theme->background, RECEDED_SHARE);
    g_autofree char *legible = of_color_mix_until(receded, color, drawing->theme->background, OF_CONTRAST_RECEDED);
    return g_intern_string(legible);
}

void of_drawing_add_lines(OfDrawing *drawing, OfMarkup *label, OfMarkupStyle style, double size, const char *color,
                          const char *text, double width, char align)
{
    const OfFace face = style & OF_MARKUP_BOLD ? OF_FACE_BOLD : style & OF_MARKUP_ITALIC ? OF_FACE_ITALIC : OF_FACE_REGULAR;
    g_auto(GStrv) lines = of_fonts_wrap(drawing->fonts, face, size, text, width);
    for (char **line = lines; *line != NULL; line++) {
        of_markup_add(label, style, size, color, *line);
        of_markup_break(label, align);
    }
}

char *of_text_people(gint64 n)
{
    return n == 1 ? g_strdup("1 person") : g_strdup_printf("%" G_GINT64_FORMAT " people", n);
}

char *of_text_list(const char *const *items, guint n, guint most)
{
    const guint shown = n <= most ? n : most;
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < shown; i++) {
        const bool last = i + 1 == n;
        g_string_append_printf(text, "%s%s", i == 0 ? "" : last ? " and " : ", ", items[i]);
    }
    if (n > shown) {
        g_string_append_printf(text, "%s%u more", shown > 0 ? " and " : "", n - shown);
    }
    return g_string_free(text, FALSE);
}

char *of_text_span(const OfDate *first, const OfDate *last)
{
    if (of_date_compare(first, last) == 0 || first->open_first || first->open_last || last->open_first || last->open_last) {
        g_autofree char *begin = of_date_display(first);
        g_autofree char *end = of_date_display(last);
        return g_str_equal(begin, end) ? g_steal_pointer(&begin) : g_strdup_printf("%s – %s", begin, end);
    }
    OfDate span = *first;
    span.precision = OF_DATE_INTERVAL;
    span.first = MIN(first->first, last->first);
    span.last = MAX(first->last, last->last);
    span.approximate = first->approximate || last->approximate;
    span.uncertain = first->uncertain || last->uncertain;
    return of_date_display(&span);
}

char *of_text_count(gint64 n, const char *one, const char *many)
{
    return g_strdup_printf("%" G_GINT64_FORMAT " %s", n, n == 1 ? one : many);
}

const char *of_drawing_doubt_mark(OfDrawing *drawing, OfConfidence confidence)
{
    static const struct {
        const char *mark, *text;
    } marks[] = {
        [OF_CONFIDENCE_CONFIRMED] = {"", NULL},
        [OF_CONFIDENCE_REPORTED] = {"°", "° reported"},
        [OF_CONFIDENCE_UNVERIFIED] = {"?", "? unverified"},
        [OF_CONFIDENCE_DISPUTED] = {"≠", "≠ disputed"},
    };
    if (marks[confidence].text != NULL) {
        of_drawing_add_legend(
            drawing,
            (OfLegendEntry){
                .kind = OF_LEGEND_MARK, .style = "invis", .color = drawing->theme->ink, .width = 1, .order = 5 + (int) confidence},
            marks[confidence].text);
    }
    return marks[confidence].mark;
}
