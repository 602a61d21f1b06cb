#include "view/frame.h"

#include "view/steps.h"
#include "view/view.h"
#include <math.h>
#include <string.h>

/* Points. */
#define MARGIN          22.0 /* unless told */
#define GAP             12.0 /* between the blocks of a page */
#define LINE_FACTOR     1.25 /* line distance over type size */
#define SAMPLE_WIDTH    26.0 /* of a legend's line or fill */
#define ITEM_GAP        16.0 /* between the items of a flow */
#define LEAST_PAGE      480.0
#define MOST_SCALE      1.5  /* a small graph on a large page is not blown up further: its names stay smaller than the title */
#define WIDTH_TOLERANCE 1.08 /* Graphviz measures in whole pixels, a little wider than we do */

/* One item of a flow of texts that break into lines like words. */
typedef struct {
    const OfLegendEntry *entry; /* a sample stands before the text, or NULL */
    char *text, *title;
    const char *url;    /* or NULL */
    const char *source; /* id, or NULL */
    const char *ids;    /* of the changes that the text speaks of, or NULL */
    double width;       /* with the sample */
    double x, y;        /* of its upper left corner within the flow */
    bool own_line;
    bool more;   /* it goes on with the text of the item before */
    OfDay begin; /* where there are steps */
} FlowItem;

typedef struct {
    GArray *items; /* of FlowItem */
    double height;
} Flow;

/* All blocks of a page, measured for a width. */
typedef struct {
    double width; /* of the text column */
    char **title, **subtitle;
    char *subtitle_words; /* how the subtitle changes from step to step, or NULL */
    double title_height, subtitle_height;
    Flow legend, remarks, sources;
    double top, bottom; /* heights of what stands above and below the body, with gaps, without margins */
} Blocks;

static void clear_flow_item(gpointer data)
{
    FlowItem *item = data;
    g_free(item->text);
    g_free(item->title);
}

static void flow_init(Flow *flow)
{
    flow->items = g_array_new(FALSE, FALSE, sizeof(FlowItem));
    g_array_set_clear_func(flow->items, clear_flow_item);
    flow->height = 0;
}

static void flow_add(Flow *flow, FlowItem item)
{
    g_array_append_val(flow->items, item);
}

/* Points that the sample before an item's text takes. */
static double sample_room(const FlowItem *item)
{
    return item->entry != NULL && item->entry->kind != OF_LEGEND_MARK ? SAMPLE_WIDTH + 6 : 0;
}

static void flow_place(Flow *flow, OfFonts *fonts, double width)
{
    const double line = OF_SIZE_NOTE * LINE_FACTOR;
    double x = 0, y = 0;
    for (guint i = 0; i < flow->items->len; i++) {
        FlowItem *item = &g_array_index(flow->items, FlowItem, i);
        item->width = of_fonts_width(fonts, OF_FACE_REGULAR, OF_SIZE_NOTE, item->text) * WIDTH_TOLERANCE + sample_room(item);
        if (x > 0 && (item->own_line || x + item->width > width)) {
            x = 0;
            y += line;
        }
        item->x = x;
        item->y = y;
        x += item->width + ITEM_GAP;
    }
    flow->height = flow->items->len > 0 ? y + line : 0;
}

static char *source_text(const OfSource *source, guint number)
{
    g_autofree char *date = of_date_is_set(&source->date) ? of_date_display(&source->date) : NULL;
    const char *who = source->publisher != NULL ? source->publisher : of_item_label(&source->item);
    return g_strdup_printf("[%u] %s%s%s", number, who, date != NULL ? ", " : "", date != NULL ? date : "");
}

/* A text that is wider than the page becomes several items, a line each. */
static void flow_add_wrapped(Flow *flow, OfFonts *fonts, double width, FlowItem item)
{
    g_auto(GStrv) lines = of_fonts_wrap(fonts, OF_FACE_REGULAR, OF_SIZE_NOTE, item.text, width / WIDTH_TOLERANCE);
    const bool wrapped = lines[1] != NULL;
    for (char **line = lines; *line != NULL; line++) {
        FlowItem part = item;
        part.text = g_strdup(*line);
        part.title = g_strdup(item.title);
        part.own_line = wrapped || item.own_line;
        part.ids = line == lines ? item.ids : NULL;
        part.more = line != lines;
        flow_add(flow, part);
    }
    clear_flow_item(&item);
}

/* Whose remarks, sources and words a panel has: of a graph of each revision, that side's. */
static const OfDrawing *shown_side(const OfDrawing *drawing)
{
    return drawing->other != NULL && drawing->panel == OF_PANEL_BEFORE ? drawing->other : drawing;
}

static void measure_flows(Blocks *blocks, OfDrawing *drawing)
{
    flow_init(&blocks->legend);
    flow_init(&blocks->remarks);
    flow_init(&blocks->sources);
    for (guint i = 0; i < drawing->legend->len; i++) {
        const OfLegendEntry *entry = drawing->legend->pdata[i];
        if (drawing->revisions == NULL || entry->panels == 0 || (entry->panels & 1 << drawing->panel) != 0) {
            flow_add(&blocks->legend, (FlowItem){.entry = entry, .text = g_strdup(entry->text), .begin = OF_DAY_MIN});
        }
    }
    const OfDrawing *shown = shown_side(drawing);
    const GPtrArray *remarks = of_drawing_list_remarks(drawing);
    for (guint i = 0; i < remarks->len; i++) {
        const OfRemark *remark = remarks->pdata[i];
        flow_add_wrapped(&blocks->remarks, drawing->fonts, blocks->width,
                         (FlowItem){.text = g_strdup(remark->text), .ids = remark->ids, .begin = remark->begin});
    }
    if (drawing->not_drawn != NULL && drawing->panel == OF_PANEL_DIFF) {
        flow_add_wrapped(
            &blocks->remarks, drawing->fonts, blocks->width,
            (FlowItem){.text = g_strdup(drawing->not_drawn), .ids = drawing->not_drawn_ids, .own_line = true, .begin = OF_DAY_MIN});
    }
    for (guint i = 0; i < drawing->cited->len; i++) {
        const OfSource *source = drawing->cited->pdata[i];
        const bool both = drawing->revisions != NULL && drawing->panel == OF_PANEL_DIFF;
        if (!both && !g_hash_table_contains(shown->cites, source)) {
            continue; /* the other revision's */
        }
        flow_add_wrapped(&blocks->sources, drawing->fonts, blocks->width,
                         (FlowItem){.text = source_text(source, i + 1),
                                    .title = g_strdup(of_item_label(&source->item)),
                                    .url = source->item.url,
                                    .begin = OF_DAY_MIN,
                                    .source = source->item.id});
    }
    flow_place(&blocks->legend, drawing->fonts, blocks->width);
    flow_place(&blocks->remarks, drawing->fonts, blocks->width);
    flow_place(&blocks->sources, drawing->fonts, blocks->width);
}

/* Or NULL. Owned by the caller. */
static char *title_of(const OfDrawing *drawing)
{
    static const char *const suffixes[] = {
        [OF_PANEL_DIFF] = " — what changed", [OF_PANEL_BEFORE] = " — before", [OF_PANEL_AFTER] = " — after"};
    const char *title = drawing->options->title != NULL ? drawing->options->title : drawing->story->title;
    return title == NULL ? NULL : g_strconcat(title, drawing->revisions != NULL ? suffixes[drawing->panel] : NULL, NULL);
}

/* Which revisions are seen: " · from old.yaml to new.yaml", or "". Owned by the caller. */
static char *sides_of(const OfDrawing *drawing)
{
    const char *from = of_drawing_side_name(drawing, 0), *to = of_drawing_side_name(drawing, 1);
    if (from == NULL || to == NULL) {
        return g_strdup("");
    }
    return drawing->panel == OF_PANEL_DIFF ? g_strdup_printf(" · from %s to %s", from, to)
                                           : g_strdup_printf(" · %s", drawing->panel == OF_PANEL_BEFORE ? from : to);
}

/* The subtitle asked for, else the view's own, else what it answers and when. */
static char *subject_of(const OfDrawing *drawing)
{
    const OfSelection *selection = &drawing->selection;
    if (drawing->options->subtitle != NULL) {
        return g_strdup(drawing->options->subtitle);
    }
    int from = 0, to = 0, month = 0, day = 0;
    of_day_to_civil(selection->from, &from, &month, &day);
    of_day_to_civil(selection->to, &to, &month, &day);
    g_autofree char *answers = g_strdup(drawing->view->answers);
    answers[0] = g_ascii_toupper(answers[0]);
    if (drawing->subtitle != NULL) {
        return g_strdup(drawing->subtitle);
    }
    if (drawing->story->first_day == 0 && drawing->story->last_day == 0) {
        return g_steal_pointer(&answers); /* a story without a date */
    }
    g_autofree char *span = from == to ? g_strdup_printf("%d", to) : g_strdup_printf("%d–%d", from, to);
    return g_strdup_printf("%s, %s", answers, span);
}

static char *subtitle_of(const OfDrawing *drawing)
{
    g_autofree char *subject = subject_of(drawing);
    g_autofree char *sides = sides_of(drawing);
    return g_strconcat(subject, sides, NULL);
}

typedef struct {
    const OfDrawing *drawing;
    const char *subtitle;
    double width;
} Subtitle;

/* The subtitle with the step's date behind it; that of the last step for the whole drawing. */
static char **subtitle_on(gconstpointer data, OfDay day)
{
    const Subtitle *subtitle = data;
    const GArray *steps = subtitle->drawing->steps;
    guint k = 0;
    while (k + 1 < steps->len && g_array_index(steps, OfStep, k).day < day) {
        k++;
    }
    g_autofree char *text = g_strdup_printf("%s · up to %s", subtitle->subtitle, g_array_index(steps, OfStep, k).label);
    return of_fonts_wrap(subtitle->drawing->fonts, OF_FACE_REGULAR, OF_SIZE_NAME, text, subtitle->width);
}

/* As many lines as the step that has the most. */
static void measure_subtitle(Blocks *blocks, const OfDrawing *drawing, const char *text, double width)
{
    if (drawing->steps == NULL || drawing->steps->len == 0 || drawing->task->interactive) {
        blocks->subtitle = of_fonts_wrap(drawing->fonts, OF_FACE_REGULAR, OF_SIZE_NAME, text, width);
        return;
    }
    const Subtitle subtitle = {drawing, text, width};
    for (guint k = 0; k < drawing->steps->len; k++) {
        char **lines = subtitle_on(&subtitle, g_array_index(drawing->steps, OfStep, k).day);
        if (blocks->subtitle != NULL && g_strv_length(blocks->subtitle) > g_strv_length(lines)) {
            g_strfreev(lines);
            continue;
        }
        g_strfreev(blocks->subtitle);
        blocks->subtitle = lines;
    }
    blocks->subtitle_words = of_drawing_time_lines(drawing, g_strv_length(blocks->subtitle), subtitle_on, &subtitle);
}

/* Points between the page's edge and everything on it: so many, or a share of the shorter side. */
static double margin_of(const OfDrawing *drawing)
{
    const OfOptions *options = drawing->options;
    const double side = options->size.width > 0 ? MIN(options->size.width, options->size.height) : 0;
    const OfMargin *margin = &options->margin;
    return !margin->set ? MARGIN : margin->is_share ? margin->amount * (side > 0 ? side : LEAST_PAGE) : margin->amount;
}

static Blocks panel_measure(OfDrawing *drawing, double width)
{
    Blocks blocks = {.width = width};
    g_autofree char *title = drawing->options->bare ? NULL : title_of(drawing);
    g_autofree char *subtitle = drawing->options->bare ? NULL : subtitle_of(drawing);
    if (title != NULL) {
        blocks.title = of_fonts_wrap(drawing->fonts, OF_FACE_BOLD, OF_SIZE_HEADLINE, title, width / WIDTH_TOLERANCE);
        blocks.title_height = g_strv_length(blocks.title) * OF_SIZE_HEADLINE * LINE_FACTOR;
    }
    if (subtitle != NULL) {
        measure_subtitle(&blocks, drawing, subtitle, width / WIDTH_TOLERANCE);
        blocks.subtitle_height = g_strv_length(blocks.subtitle) * OF_SIZE_NAME * LINE_FACTOR;
    }
    measure_flows(&blocks, drawing);
    const bool apart = drawing->task->interactive;
    blocks.top = subtitle != NULL && !apart ? blocks.title_height + blocks.subtitle_height + GAP : 0;
    const Flow *flows[] = {&blocks.legend, &blocks.remarks, &blocks.sources};
    for (gsize i = 0; i < (apart ? 1 : G_N_ELEMENTS(flows)); i++) {
        blocks.bottom += flows[i]->height > 0 ? flows[i]->height + GAP / 2 : 0;
    }
    blocks.bottom += blocks.bottom > 0 ? GAP : 0;
    return blocks;
}

static void blocks_clear(Blocks *blocks)
{
    g_strfreev(blocks->title);
    g_strfreev(blocks->subtitle);
    g_free(blocks->subtitle_words);
    g_array_unref(blocks->legend.items);
    g_array_unref(blocks->remarks.items);
    g_array_unref(blocks->sources.items);
}

/* The drawing's panel, with as much room above and below as the panel that takes most: the body stands at one place in all of them. */
static Blocks blocks_measure(OfDrawing *drawing, double width)
{
    Blocks blocks = panel_measure(drawing, width);
    const OfPanel shown = drawing->panel;
    for (OfPanel panel = OF_PANEL_DIFF; drawing->revisions != NULL && panel <= OF_PANEL_AFTER; panel++) {
        drawing->panel = panel;
        Blocks other = panel_measure(drawing, width);
        blocks.top = MAX(blocks.top, other.top);
        blocks.bottom = MAX(blocks.bottom, other.bottom);
        blocks_clear(&other);
    }
    drawing->panel = shown;
    return blocks;
}

static OfPageFit fit_to(OfDrawing *drawing, double page_width, double page_height, double width, double height)
{
    Blocks blocks = blocks_measure(drawing, page_width - 2 * margin_of(drawing));
    OfPageFit fit = {
        .width = page_width, .height = page_height, .body_x = margin_of(drawing), .body_y = margin_of(drawing) + blocks.top};
    fit.body_width = page_width - 2 * margin_of(drawing);
    fit.body_height = page_height - 2 * margin_of(drawing) - blocks.top - blocks.bottom;
    fit.scale = fit.body_height > 0 ? MIN(MOST_SCALE, MIN(fit.body_width / MAX(width, 1), fit.body_height / MAX(height, 1))) : 0;
    blocks_clear(&blocks);
    return fit;
}

OfPageFit of_frame_fit(OfDrawing *drawing, double width, double height)
{
    const OfPageSize *size = &drawing->options->size;
    if (size->width > 0) {
        return fit_to(drawing, size->width, size->height, width, height);
    }
    const double page_width = MAX(ceil(width) + 2 * margin_of(drawing), LEAST_PAGE);
    Blocks blocks = blocks_measure(drawing, page_width - 2 * margin_of(drawing));
    const double page_height = ceil(height + blocks.top + blocks.bottom + 2 * margin_of(drawing));
    OfPageFit fit = {
        page_width, page_height, 1, margin_of(drawing), margin_of(drawing) + blocks.top, page_width - 2 * margin_of(drawing),
        height};
    blocks_clear(&blocks);
    return fit;
}

double of_frame_least_factor(OfDrawing *drawing, double width, double height)
{
    /* The frame's share falls as the page grows: a few steps find the least page of this shape. */
    const OfPageSize *size = &drawing->options->size;
    const double step = 1.02;
    double factor = 1;
    while (fit_to(drawing, size->width * factor, size->height * factor, width, height).scale < 1) {
        factor *= step;
    }
    return factor;
}

bool of_frame_fail_size(OfDrawing *drawing, double width, double height, GError **error)
{
    const OfPageSize *size = &drawing->options->size;
    const double factor = of_frame_least_factor(drawing, width, height);
    if (size->fixed) {
        g_set_error(error, OF_ERROR, OF_ERROR_LIMIT,
                    "the view `%s` does not fit the %.0fx%.0f points below the template's title with its smallest type; %.0fx%.0f "
                    "would do, or a filter (--group, --lab, --from) that makes it smaller",
                    drawing->view->name, size->width, size->height, ceil(size->width * factor), ceil(size->height * factor));
    } else if (size->pixels) {
        g_set_error(error, OF_ERROR, OF_ERROR_LIMIT,
                    "the view `%s` does not fit %.0fx%.0f pixels with its smallest type; %.0fx%.0f would do", drawing->view->name,
                    2 * size->width, 2 * size->height, ceil(2 * size->width * factor), ceil(2 * size->height * factor));
    } else {
        g_set_error(
            error, OF_ERROR, OF_ERROR_LIMIT,
            "the view `%s` does not fit a page of %.0fx%.0f points with its smallest type; --size %.0fx%.0f (pixels) would do",
            drawing->view->name, size->width, size->height, ceil(2 * size->width * factor), ceil(2 * size->height * factor));
    }
    return false;
}

/* Places things given in points of the page, y downwards, into the graph's own points, y upwards. */
typedef struct {
    OfDrawing *drawing;
    double left, top; /* of the page's upper left corner, in the graph's points */
    double scale;
} Canvas;

static void set_position(const Canvas *canvas, Agnode_t *node, double x, double y, double width, double height)
{
    g_autofree char *cx = of_number_text(canvas->left + (x + width / 2) / canvas->scale);
    g_autofree char *cy = of_number_text(canvas->top - (y + height / 2) / canvas->scale);
    g_autofree char *pos = g_strdup_printf("%s,%s", cx, cy);
    of_graph_set(node, "pos", pos, NULL);
    of_graph_set_number(node, "width", width / canvas->scale / 72);
    of_graph_set_number(node, "height", height / canvas->scale / 72);
}

static Agnode_t *add_text(const Canvas *canvas, const char *name, const char *class, char **lines, OfFace face, double size,
                          const char *color, double x, double y, double width)
{
    Agnode_t *node = of_graph_node(canvas->drawing->graph, name);
    g_autoptr(GString) label = g_string_new(NULL);
    for (char **line = lines; *line != NULL; line++) {
        g_autofree char *escaped = of_label_escape(*line);
        g_string_append_printf(label, "%s\\l", escaped);
    }
    of_graph_set(node, "id", name, "class", class, "shape", "none", "margin", "0", "fixedsize", "true", "label", label->str,
                 "fontname", of_fonts_name(canvas->drawing->fonts, face), "fontcolor", color, "data_kind", class, NULL);
    /* Graphviz writes type sizes in hundredths: rounded up, so that none falls below what a slide asks for. */
    of_graph_set_number(node, "fontsize", ceil(size / canvas->scale * 100) / 100);
    const guint n = g_strv_length(lines);
    set_position(canvas, node, x, y, width, n * size * LINE_FACTOR);
    of_graph_set_number(node, "height", (n * size * LINE_FACTOR / canvas->scale + n * OF_LABEL_LINE_ROUNDING) / 72);
    return node;
}

static void add_line_sample(const Canvas *canvas, const OfLegendEntry *entry, const char *name, double x, double y)
{
    Agraph_t *graph = canvas->drawing->graph;
    Agnode_t *ends[2];
    for (int i = 0; i < 2; i++) {
        g_autofree char *end = g_strdup_printf("%s-%c", name, i == 0 ? 'a' : 'b');
        ends[i] = of_graph_node(graph, end);
        of_graph_set(ends[i], "style", "invis", "shape", "point", "fixedsize", "true", "id", end, NULL);
        set_position(canvas, ends[i], x + i * SAMPLE_WIDTH, y, 0.01, 0.01);
    }
    Agedge_t *edge = of_graph_edge(graph, ends[0], ends[1], name);
    g_autoptr(GString) pos = g_string_new(NULL);
    for (int i = 0; i < 4; i++) {
        g_autofree char *px = of_number_text(canvas->left + (x + i * SAMPLE_WIDTH / 3) / canvas->scale);
        g_autofree char *py = of_number_text(canvas->top - y / canvas->scale);
        g_string_append_printf(pos, "%s%s,%s", i > 0 ? " " : "", px, py);
    }
    of_graph_set(edge, "id", name, "class", entry->disputed ? "legend disputed" : "legend", "pos", pos->str, "style", entry->style,
                 "color", entry->color, "arrowhead", "none", "dir", "none", "data_kind", "legend", NULL);
    /* A sample is as thick as what it stands for, which is scaled with the body. */
    of_graph_set_number(edge, "penwidth", entry->width);
}

static void add_fill_sample(const Canvas *canvas, const OfLegendEntry *entry, const char *name, double x, double y, double height)
{
    Agnode_t *node = of_graph_node(canvas->drawing->graph, name);
    of_graph_set(node, "id", name, "class", "legend", "shape", "box", "style", "filled", "fillcolor", entry->color, "color",
                 canvas->drawing->theme->faint, "fixedsize", "true", "label", "", "data_kind", "legend", NULL);
    set_position(canvas, node, x, y, SAMPLE_WIDTH, height);
}

static double add_flow(const Canvas *canvas, const Flow *flow, const char *class, double y)
{
    const OfDrawing *drawing = canvas->drawing;
    for (guint i = 0; i < flow->items->len; i++) {
        const FlowItem *item = &g_array_index(flow->items, FlowItem, i);
        const double x = margin_of(canvas->drawing) + item->x, line = OF_SIZE_NOTE * LINE_FACTOR;
        const double indent = sample_room(item);
        if (indent > 0) {
            g_autofree char *sample = g_strdup_printf("frame-%s-%u-sample", class, i + 1);
            if (item->entry->kind == OF_LEGEND_LINE) {
                add_line_sample(canvas, item->entry, sample, x, y + item->y + line / 2);
            } else {
                add_fill_sample(canvas, item->entry, sample, x, y + item->y + 1, line - 2);
            }
        }
        g_autofree char *name = g_strdup_printf("frame-%s-%u", class, i + 1);
        char *lines[] = {item->text, NULL};
        Agnode_t *node = add_text(canvas, name, class, lines, OF_FACE_REGULAR, OF_SIZE_NOTE, drawing->theme->muted, x + indent,
                                  y + item->y, item->width - indent);
        if (item->begin > OF_DAY_MIN) {
            of_drawing_set_begin(drawing, node, item->begin);
        }
        of_graph_set(node, "data_url", item->url, "data_title", item->title, "data_source", item->source, "data_change_ids",
                     item->ids, "data_more", item->more ? "true" : NULL, NULL);
    }
    return flow->height > 0 ? y + flow->height + GAP / 2 : y;
}

/* `data_steps` (see picture/timing.h), or NULL. Owned by the caller. */
static char *steps_of(const OfDrawing *drawing)
{
    if (drawing->steps == NULL) {
        return NULL;
    }
    GString *text = g_string_new(NULL);
    for (guint k = 0; k < drawing->steps->len; k++) {
        const OfStep *step = &g_array_index(drawing->steps, OfStep, k);
        g_autofree char *seen = of_label_visible(step->description);
        g_autofree char *label = g_uri_escape_string(step->label, NULL, TRUE), *description = g_uri_escape_string(seen, NULL, TRUE);
        g_string_append_printf(text, "%s%d%s:%s:%s", k > 0 ? " " : "", step->day, step->day >= drawing->selection.to ? "!" : "",
                               label, description);
    }
    return g_string_free(text, FALSE);
}

/* `data_cuts`, or NULL. Owned by the caller. */
static char *cuts_of(const OfDrawing *drawing)
{
    if (drawing->step_cuts == NULL) {
        return NULL;
    }
    GString *text = g_string_new(NULL);
    for (guint k = 0; k < drawing->step_cuts->len; k++) {
        g_autofree char *x = of_number_text(g_array_index(drawing->step_cuts, double, k));
        g_string_append_printf(text, "%s%s", k > 0 ? " " : "", x);
    }
    return g_string_free(text, FALSE);
}

static void set_page_attributes(const Canvas *canvas, const OfPageFit *fit)
{
    OfDrawing *drawing = canvas->drawing;
    Agraph_t *graph = drawing->graph;
    /* In full: what is cut off here is multiplied by the scale, and a page is to be as large as it was asked for. */
    char exact[5][G_ASCII_DTOSTR_BUF_SIZE];
    const double numbers[] = {canvas->left, canvas->top - fit->height / canvas->scale, fit->width / canvas->scale,
                              fit->height / canvas->scale, canvas->scale};
    for (gsize i = 0; i < G_N_ELEMENTS(numbers); i++) {
        g_ascii_dtostr(exact[i], sizeof exact[i], numbers[i]);
    }
    g_autofree char *page = g_strdup_printf("%s,%s,%s,%s", exact[0], exact[1], exact[2], exact[3]);
    g_autofree char *x = of_number_text(canvas->left);
    g_autofree char *y = of_number_text(canvas->top - fit->height / canvas->scale);
    g_autofree char *right = of_number_text(canvas->left + fit->width / canvas->scale);
    g_autofree char *top = of_number_text(canvas->top);
    /* `neato -n2` computes the canvas anew: a polygon without ink keeps it, and keeps everything from being moved. */
    const char *drawn = agget(graph, (char *) "_background");
    g_autofree char *background = g_strdup_printf("c 9 -#00000000 C 9 -#00000000 P 4 %s %s %s %s %s %s %s %s %s", x, y, right, y,
                                                  right, top, x, top, drawn != NULL ? drawn : "");
    g_autofree char *id = g_strdup_printf("orgflow-%s", drawing->view->name);
    g_autofree char *title = title_of(drawing);
    g_autofree char *steps = steps_of(drawing), *cuts = cuts_of(drawing);
    const bool old = drawing->revisions != NULL && drawing->panel == OF_PANEL_BEFORE;
    const bool difference = drawing->revisions != NULL && drawing->panel == OF_PANEL_DIFF;
    const char *description =
        difference && drawing->what_changed != NULL ? drawing->what_changed : shown_side(drawing)->description;
    of_graph_set(graph, "id", id, "data_page", page, "data_pixels", drawing->options->size.pixels ? "true" : "", "_background",
                 background, "bgcolor", drawing->options->transparent ? "transparent" : drawing->theme->background, "data_title",
                 title != NULL ? title : drawing->view->answers, "data_description", description, "data_language",
                 drawing->story->lang, "data_digest", of_story_digest(old ? drawing->other->story : drawing->story), "data_program",
                 "orgflow " ORGFLOW_VERSION, "data_view", drawing->view->name, "data_scale", exact[4], "data_steps", steps,
                 "data_cuts", cuts, NULL);
}

void of_frame_add(OfDrawing *drawing, const OfPageFit *fit, double x0, double y0, double x1, double y1)
{
    Canvas canvas = {.drawing = drawing, .scale = fit->scale};
    /* The body's centre comes to the middle of its room. */
    canvas.left = (x0 + x1) / 2 - (fit->body_x + fit->body_width / 2) / fit->scale;
    canvas.top = (y0 + y1) / 2 + (fit->body_y + fit->body_height / 2) / fit->scale;
    Blocks blocks = blocks_measure(drawing, fit->width - 2 * margin_of(drawing));
    double y = drawing->task->interactive ? -blocks.title_height - blocks.subtitle_height : margin_of(drawing); /* out of the way */
    if (blocks.title != NULL) {
        add_text(&canvas, "frame-title", "title", blocks.title, OF_FACE_BOLD, OF_SIZE_HEADLINE, drawing->theme->ink,
                 margin_of(drawing), y, blocks.width);
        y += blocks.title_height;
    }
    if (blocks.subtitle != NULL) {
        Agnode_t *node = add_text(&canvas, "frame-subtitle", "subtitle", blocks.subtitle, OF_FACE_REGULAR, OF_SIZE_NAME,
                                  drawing->theme->muted, margin_of(drawing), y, blocks.width);
        of_graph_set(node, "data_words", blocks.subtitle_words, NULL);
    }
    if (drawing->empty) {
        char *words[] = {drawing->description, NULL};
        add_text(&canvas, "frame-empty", "empty", words, OF_FACE_ITALIC, OF_SIZE_NAME, drawing->theme->muted, margin_of(drawing),
                 fit->body_y, blocks.width);
    }
    y = fit->height - margin_of(drawing) - blocks.bottom + GAP;
    y = add_flow(&canvas, &blocks.legend, "legend", y);
    y = add_flow(&canvas, &blocks.remarks, "remark", y);
    add_flow(&canvas, &blocks.sources, "source", y);
    set_page_attributes(&canvas, fit);
    blocks_clear(&blocks);
}
