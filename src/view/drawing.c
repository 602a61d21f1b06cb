#include "view/drawing.h"

#include "view/overlay.h"
#include "view/side_options.h"
#include "view/steps.h"
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
    /* Sources are numbered once for both revisions. */
    drawing->cited = of_drawing_is_old(drawing) ? g_ptr_array_ref(drawing->other->cited) : g_ptr_array_new();
    drawing->cites = g_hash_table_new(NULL, NULL);
    drawing->remarks = of_remarks_new();
    drawing->beginnings = of_beginnings_new();
    drawing->drawn = g_hash_table_new(NULL, NULL);
    drawing->empty = false;
    drawing->width = drawing->height = drawing->below = 0;
    drawing->n_notes = 0;
}

static void clear_made(OfDrawing *drawing)
{
    g_clear_pointer(&drawing->legend, g_ptr_array_unref);
    g_clear_pointer(&drawing->cited, g_ptr_array_unref);
    g_clear_pointer(&drawing->cites, g_hash_table_unref);
    g_clear_pointer(&drawing->remarks, g_ptr_array_unref);
    g_clear_pointer(&drawing->diff_remarks, g_ptr_array_unref);
    g_clear_pointer(&drawing->beginnings, g_array_unref);
    g_clear_pointer(&drawing->steps, g_array_unref);
    g_clear_pointer(&drawing->step_cuts, g_array_unref);
    g_clear_pointer(&drawing->not_drawn, g_free);
    g_clear_pointer(&drawing->not_drawn_ids, g_free);
    g_clear_pointer(&drawing->drawn, g_hash_table_unref);
    g_clear_pointer(&drawing->what_changed, g_free);
    g_clear_pointer(&drawing->description, g_free);
    g_clear_pointer(&drawing->subtitle, g_free);
    g_clear_pointer(&drawing->facts, of_facts_free);
    g_clear_pointer(&drawing->overlay, of_overlay_free);
    g_clear_pointer(&drawing->cohorts, g_ptr_array_unref);
    g_clear_pointer(&drawing->flow_facts, of_flow_facts_free);
    if (drawing->graph != NULL) {
        agclose(drawing->graph);
        drawing->graph = NULL;
    }
}

/* One revision's drawing, or the only one's. */
static OfDrawing *new_side(const OfDrawingTask *task, const OfStory *story)
{
    OfDrawing *drawing = g_new0(OfDrawing, 1);
    drawing->task = task;
    drawing->story = story;
    drawing->revisions = task->revisions;
    drawing->view = task->view;
    drawing->options = task->options;
    drawing->limits = task->limits;
    drawing->fonts = task->fonts;
    drawing->theme = task->theme != NULL ? task->theme : of_theme_find(task->options->theme);
    return drawing;
}

/* Whether a story has any date. */
static bool has_dates(const OfStory *story)
{
    return story->first_day != 0 || story->last_day != 0;
}

static bool select_side(OfDrawing *drawing, GError **error)
{
    OfDay first = drawing->story->first_day, last = drawing->story->last_day;
    if (drawing->revisions != NULL) {
        const OfChanges *changes = of_revisions_changes(drawing->revisions);
        drawing->own_options = of_options_for_side(drawing->task->options, drawing->revisions, drawing->story == changes->from);
        drawing->options = drawing->own_options;
        const OfStory *from = has_dates(changes->from) ? changes->from : changes->to;
        const OfStory *to = has_dates(changes->to) ? changes->to : changes->from;
        first = MIN(from->first_day, to->first_day);
        last = MAX(from->last_day, to->last_day);
    }
    return of_selection_init(&drawing->selection, drawing->story, drawing->options, first, last, error);
}

OfDrawing *of_drawing_new(const OfDrawingTask *task, GError **error)
{
    g_autoptr(OfDrawing) drawing = new_side(task, task->story);
    g_return_val_if_fail(drawing->theme != NULL, NULL);
    if (task->revisions != NULL) {
        drawing->other = new_side(task, of_revisions_changes(task->revisions)->from);
        drawing->other->other = drawing;
    }
    if (!select_side(drawing, error) || (drawing->other != NULL && !select_side(drawing->other, error))) {
        return NULL;
    }
    drawing->coloring = of_coloring_new(drawing->story, drawing->theme);
    init_made(drawing);
    if (drawing->other != NULL) {
        of_coloring_add(drawing->coloring, drawing->other->story, drawing->revisions);
        drawing->other->coloring = drawing->coloring;
        init_made(drawing->other);
    }
    return g_steal_pointer(&drawing);
}

static void free_side(OfDrawing *drawing)
{
    clear_made(drawing);
    of_selection_clear(&drawing->selection);
    of_options_free(drawing->own_options);
    g_free(drawing);
}

void of_drawing_free(OfDrawing *drawing)
{
    if (drawing == NULL) {
        return;
    }
    of_coloring_free(drawing->coloring);
    if (drawing->other != NULL) {
        free_side(drawing->other);
    }
    free_side(drawing);
}

void of_drawing_reset(OfDrawing *drawing, guint variant)
{
    OfDrawing *const sides[] = {drawing, drawing->other};
    for (gsize i = 0; i < G_N_ELEMENTS(sides) && sides[i] != NULL; i++) {
        clear_made(sides[i]);
        init_made(sides[i]);
        sides[i]->variant = variant;
    }
}

#define SWAP(Type, a, b)                                                                                                           \
    do {                                                                                                                           \
        Type kept_ = (a);                                                                                                          \
        (a) = (b);                                                                                                                 \
        (b) = kept_;                                                                                                               \
    } while (0)

void of_drawing_swap_made(OfDrawing *drawing)
{
    OfDrawing *other = drawing->other;
    SWAP(Agraph_t *, drawing->graph, other->graph);
    SWAP(double, drawing->width, other->width);
    SWAP(double, drawing->height, other->height);
    SWAP(double, drawing->below, other->below);
    SWAP(bool, drawing->empty, other->empty);
    SWAP(char *, drawing->description, other->description);
    SWAP(char *, drawing->subtitle, other->subtitle);
    SWAP(GPtrArray *, drawing->legend, other->legend);
    SWAP(GPtrArray *, drawing->remarks, other->remarks);
    SWAP(GPtrArray *, drawing->cohorts, other->cohorts);
    SWAP(OfFlowFacts *, drawing->flow_facts, other->flow_facts);
    SWAP(guint, drawing->n_notes, other->n_notes);
    SWAP(GHashTable *, drawing->cites, other->cites);
}

bool of_drawing_is_old(const OfDrawing *drawing)
{
    return drawing->other != NULL && drawing->story != drawing->task->story;
}

const char *of_path_last_part(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL && slash[1] != '\0' ? slash + 1 : path;
}

const char *of_side_name(const char *const names[2], guint side)
{
    const char *name = names[side], *other = names[1 - side];
    const bool alike = name == NULL || other == NULL || g_str_equal(of_path_last_part(name), of_path_last_part(other));
    return alike ? name : of_path_last_part(name);
}

const char *of_drawing_side_name(const OfDrawing *drawing, guint side)
{
    return drawing->revisions != NULL ? of_side_name(drawing->task->names, side) : NULL;
}

const char *of_drawing_key(const OfDrawing *drawing, const OfItem *item)
{
    return drawing->revisions != NULL ? of_revisions_key(drawing->revisions, item) : item->key;
}

guint of_drawing_event_number(const OfDrawing *drawing, const OfEvent *event)
{
    if (!of_drawing_is_old(drawing)) {
        return event->index + 1;
    }
    const OfEvent *mate = (gconstpointer) of_revisions_mate(drawing->revisions, &event->item);
    return mate != NULL ? mate->index + 1 : drawing->other->story->events.n + event->index + 1;
}

void of_drawing_draw_change(OfDrawing *drawing, const OfChange *change)
{
    g_hash_table_add(drawing->drawn, (gpointer) change);
}

static guint cite(OfDrawing *drawing, const OfSource *source)
{
    const bool old = drawing->revisions != NULL && of_revisions_is_old(drawing->revisions, &source->item);
    const OfItem *mate = old ? of_revisions_mate(drawing->revisions, &source->item) : NULL;
    gconstpointer known = mate != NULL ? (gconstpointer) mate : source;
    guint index = 0;
    g_hash_table_add(drawing->cites, (gpointer) known);
    if (!g_ptr_array_find(drawing->cited, known, &index)) {
        g_ptr_array_add(drawing->cited, (gpointer) known);
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

bool of_drawing_check_nodes(const OfDrawing *drawing, gint64 n, GError **error)
{
    const gint64 most = drawing->limits->value[OF_LIMIT_GRAPH_NODES];
    if (n > most) {
        g_set_error(error, OF_ERROR, OF_ERROR_LIMIT,
                    "the view `%s` has %" G_GINT64_FORMAT " nodes, more than the limit graph-nodes of %" G_GINT64_FORMAT
                    "; a filter (--group, --lab, --person, --from, --to) makes it smaller, `--limit graph-nodes=%" G_GINT64_FORMAT
                    "` lets it through",
                    drawing->view->name, n, most, n);
    }
    return n <= most;
}

void of_drawing_add_remark(OfDrawing *drawing, char *text)
{
    if (drawing->diff_remarks != NULL) {
        g_ptr_array_add(drawing->diff_remarks, of_remark_new(g_strdup(text), NULL));
    }
    g_ptr_array_add(drawing->remarks, of_remark_new(text, NULL));
}

void of_drawing_add_remark_on(OfDrawing *drawing, char *text, OfDay day)
{
    OfRemark *remark = of_remark_new(text, NULL);
    remark->begin = day;
    g_ptr_array_add(drawing->remarks, remark);
}

static void free_remark(gpointer data)
{
    OfRemark *remark = data;
    g_free(remark->text);
    g_free(remark->ids);
    g_free(remark);
}

GPtrArray *of_remarks_new(void)
{
    return g_ptr_array_new_with_free_func(free_remark);
}

OfRemark *of_remark_new(char *text, char *ids)
{
    OfRemark *remark = g_new(OfRemark, 1);
    *remark = (OfRemark){text, ids, OF_DAY_MIN};
    return remark;
}

const GPtrArray *of_drawing_list_remarks(const OfDrawing *drawing)
{
    if (drawing->other != NULL && drawing->panel == OF_PANEL_BEFORE) {
        return drawing->other->remarks;
    }
    return drawing->panel == OF_PANEL_DIFF && drawing->diff_remarks != NULL ? drawing->diff_remarks : drawing->remarks;
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
        (line[1] != NULL ? of_markup_wrap : of_markup_break)(label, align);
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
