/* The view `alluvial`: how many people were at which lab at slices of time, and how many went where in between. */
#include "view/alluvial_scene.h"

#include <math.h>

/* Points. */
#define GAP            7.0
#define MOST_UNIT      26.0
#define LEAST_TOTAL    110.0
#define LEAST_PITCH    13.0
#define NATURAL_PITCH  104.0
#define LEAST_BLOCK    5.0
#define BLOCK_PADDING  5.0
#define BLOCK_SHARE    0.34 /* of a pitch, at most */
#define STUB           13.0
#define STUB_SHARE     0.3 /* of the room between blocks, at most */
#define LEAST_NAME     76.0
#define BROAD_NAME     124.0 /* what names with blanks in them are broken to */
#define MOST_NAME      170.0
#define NAME_SHARE     0.19  /* of the page's width */
#define NATURAL_HEIGHT 440.0 /* what the largest slice is given where no page is asked for */
#define LEAST_WIDTH    420.0
#define MOST_NATURAL   12 /* slices where the options ask for none */

double of_flow_scene_x(const OfFlowScene *scene, guint slice)
{
    return scene->left + slice * scene->pitch;
}

bool of_flow_scene_has_number(const OfFlowScene *scene, const OfAlluvialBlock *block)
{
    g_autofree char *count = of_flow_count_text(block->people);
    return block->height >= OF_SIZE_NOTE * OF_FLOW_LINE_FACTOR &&
           of_flow_text_width(scene, OF_FACE_REGULAR, OF_SIZE_NOTE, count) <= scene->block_width;
}

/* --- The page --- */

static double widest_number(const OfFlowScene *scene)
{
    gint64 most = 0;
    for (guint i = 0; i < scene->people->len; i++) {
        most = MAX(most, g_array_index(scene->people, gint64, i));
    }
    g_autofree char *text = of_flow_count_text(most);
    return of_flow_text_width(scene, OF_FACE_REGULAR, OF_SIZE_NOTE, text);
}

/* Sets where slices stand on a body of this width; 0: as wide as they need. */
static void place_slices(OfFlowScene *scene, double width)
{
    const guint n_gaps = MAX(scene->slices->len, 2) - 1;
    const double wished = widest_number(scene) + BLOCK_PADDING;
    const double beside = scene->left + scene->right, notes = of_drawing_callout_column_width(scene->drawing);
    if (width <= 0) {
        width = MAX(beside + n_gaps * NATURAL_PITCH + wished, LEAST_WIDTH);
    } else {
        width -= notes;
    }
    const double plot = MAX(width - beside, n_gaps * LEAST_PITCH);
    const double share = plot / (n_gaps + BLOCK_SHARE) * BLOCK_SHARE;
    scene->block_width = scene->slices->len == 1 ? wished : MAX(MIN(wished, share), LEAST_BLOCK);
    scene->pitch = (plot - scene->block_width) / n_gaps;
    scene->stub = MIN(STUB, STUB_SHARE * (scene->pitch - scene->block_width));
    scene->drawing->width = beside + (scene->slices->len == 1 ? MAX(scene->block_width, LEAST_WIDTH - beside) : plot);
}

static void find_order(OfFlowScene *scene)
{
    const OfOptions *options = scene->drawing->options;
    const OfAlluvialInput input = {.n_slices = scene->slices->len,
                                   .n_lanes = scene->lanes->len,
                                   .lanes = (const OfLayoutLane *) (gpointer) scene->lanes->data,
                                   .people = (const gint64 *) (gpointer) scene->people->data,
                                   .flows = (const OfLayoutFlow *) (gpointer) scene->flows->data,
                                   .n_flows = scene->flows->len,
                                   .free = g_strcmp0(options->lanes, "free") == 0,
                                   .effort = g_strcmp0(options->effort, "fast") == 0   ? OF_EFFORT_FAST
                                             : g_strcmp0(options->effort, "best") == 0 ? OF_EFFORT_BEST
                                                                                       : OF_EFFORT_NORMAL,
                                   .pinned = (const gint32 *) (gpointer) scene->pinned->data,
                                   .n_pinned = scene->pinned->len};
    const gint64 begin = g_get_monotonic_time();
    of_alluvial_free(scene->layout);
    scene->layout = of_alluvial_order(&input);
    scene->drawing->layout_us += g_get_monotonic_time() - begin;
    of_flow_scene_measure(scene);
}

static void add_folded_remark(const OfFlowScene *scene)
{
    enum { MOST = 16 };
    if (scene->folded->len == 0) {
        return;
    }
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    const OfDay last = g_array_index(scene->slices, OfSlice, scene->slices->len - 1).day;
    for (guint i = 0; i < scene->folded->len; i++) {
        g_ptr_array_add(names, (gpointer) of_lab_name_on(scene->folded->pdata[i], last));
    }
    g_autofree char *list = of_text_list((const char *const *) names->pdata, names->len, MOST);
    of_drawing_add_remark(scene->drawing, g_strdup_printf("%u others: %s.", scene->folded->len, list));
    scene->drawing->n_notes = scene->drawing->remarks->len;
}

/* The widest word of the names of labs at which anybody is. */
static double widest_word(const OfFlowScene *scene)
{
    double width = 0;
    for (guint lab = 0; lab < scene->table->n_labs; lab++) {
        bool there = false;
        for (guint slice = 0; slice < scene->table->n_slices && !there; slice++) {
            there = of_flow_table_get_people(scene->table, slice, lab) > 0;
        }
        g_auto(GStrv) words = g_strsplit(there ? of_item_label(&scene->table->story->labs.items[lab]->item) : "", " ", -1);
        for (char **word = words; *word != NULL; word++) {
            width = MAX(width, of_flow_text_width(scene, OF_FACE_BOLD, OF_SIZE_NAME, *word));
        }
    }
    return width;
}

/* The width that names are broken to: no word is, where there is room. */
static double name_width(const OfFlowScene *scene, double page_width)
{
    const double width = MIN(MAX(scene->widest_word, BROAD_NAME), MOST_NAME);
    return page_width > 0 ? MIN(width, MAX(NAME_SHARE * page_width, LEAST_NAME)) : width;
}

/* Lays the scene out on a body of width x height points; 0: as large as it needs. Returns the height it takes. */
static double place_on(OfFlowScene *scene, double width, double height)
{
    OfDrawing *drawing = scene->drawing;
    scene->name_width = name_width(scene, width);
    if (of_flow_scene_fold(scene, height > 0 ? height - scene->head : NATURAL_HEIGHT)) {
        find_order(scene);
    }
    of_flow_scene_measure(scene);
    place_slices(scene, width);
    g_ptr_array_set_size(drawing->remarks, 0);
    drawing->n_notes = 0;
    add_folded_remark(scene);
    const OfAlluvialPage page = {.height = height > 0 ? MAX(height - scene->head, 1) : NATURAL_HEIGHT,
                                 .gap = GAP,
                                 .max_unit = MOST_UNIT,
                                 .least_total = LEAST_TOTAL,
                                 .room = (const OfBlockRoom *) (gpointer) scene->room->data};
    const gint64 begin = g_get_monotonic_time();
    of_alluvial_place(scene->layout, &page);
    drawing->layout_us += g_get_monotonic_time() - begin;
    drawing->height = scene->head + scene->layout->used;
    of_flow_scene_place_words(scene);
    return drawing->height;
}

/* Lays the scene out for the page asked for, its body to be magnified by scale. What the notes under it take depends on what is
 * folded, and the other way round: a few rounds settle it. Returns whether it fits. */
static bool fit_scaled(OfFlowScene *scene, double scale)
{
    enum { ROUNDS = 8 };
    OfDrawing *drawing = scene->drawing;
    g_ptr_array_set_size(drawing->remarks, 0);
    OfPageFit fit = of_frame_fit(drawing, 1, 1);
    double height = fit.body_height;
    for (int round = 0; round < ROUNDS; round++) {
        const double used = place_on(scene, fit.body_width / scale, height / scale) * scale;
        const double wide = (drawing->width + of_drawing_callout_column_width(drawing)) * scale;
        fit = of_frame_fit(drawing, drawing->width, drawing->height);
        if (used <= fit.body_height + 0.01) {
            return wide <= fit.body_width + 0.01;
        }
        height = MIN(height, fit.body_height);
    }
    return false;
}

/* Where the page is too small, lays the scene out for the least one of its shape that would do: that is what the message names. */
static void fit_larger(OfFlowScene *scene)
{
    static const double step = 1.1, most = 200;
    OfDrawing *drawing = scene->drawing;
    const OfOptions *asked = drawing->options;
    g_autoptr(OfOptions) larger = of_options_copy(asked);
    drawing->options = larger;
    for (double factor = step; factor < most; factor *= step) {
        larger->size.width = asked->size.width * factor;
        larger->size.height = asked->size.height * factor;
        if (fit_scaled(scene, 1)) {
            break;
        }
    }
    drawing->options = asked;
}

/* On a page with room to spare type grows, as long as no more is folded or left without a place. */
static void fit_page(OfFlowScene *scene)
{
    static const double scales[] = {2, 1.5, 1.25};
    OfDrawing *drawing = scene->drawing;
    if (drawing->options->size.width <= 0) {
        place_on(scene, 0, 0);
        return;
    }
    if (!fit_scaled(scene, 1)) {
        fit_larger(scene);
        return;
    }
    const guint n_folded = scene->folded->len, n_unnamed = scene->n_unnamed, n_words = scene->words->len;
    for (gsize i = 0; i < G_N_ELEMENTS(scales); i++) {
        if (fit_scaled(scene, scales[i]) && scene->folded->len <= n_folded && scene->n_unnamed <= n_unnamed &&
            scene->words->len >= n_words) {
            return;
        }
    }
    fit_scaled(scene, 1);
}

/* --- What stands around it --- */

static void announce(OfFlowScene *scene)
{
    OfDrawing *drawing = scene->drawing;
    const char *background = drawing->theme->background, *sample = drawing->theme->lab_hues[1];
    const struct {
        double share;
        const char *text;
    } rows[] = {{0.28, "still there at the next date"},
                {0.50, "moves, in the colour of the lab that is left"},
                {0.38, "short: comes from outside, or leaves"}};
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *color = of_color_mix(sample, background, rows[i].share);
        of_drawing_add_legend(drawing,
                              (OfLegendEntry){OF_LEGEND_FILL, "solid", g_intern_string(color), 1, false, NULL, 1 + (int) i, 0},
                              rows[i].text);
    }
}

/* The sources of the moves that are counted, in time order. */
static void cite_moves(OfFlowScene *scene)
{
    OfDrawing *drawing = scene->drawing;
    const OfSlice *slices = (const OfSlice *) (gpointer) scene->slices->data;
    for (guint i = 0; i < drawing->story->moves.n && drawing->story->sources.n > 0; i++) {
        const OfMove *move = drawing->story->moves.items[i];
        if (move->item != NULL && move->day > slices[0].day && move->day <= slices[scene->slices->len - 1].day &&
            of_selection_has_move_ever(&drawing->selection, move)) {
            g_free(of_drawing_cite(drawing, move->item));
        }
    }
}

static gint compare_largest(gconstpointer a, gconstpointer b)
{
    const OfLayoutFlow *const *left = a, *const *right = b;
    const OfLayoutFlow *p = *left, *q = *right;
    return p->people != q->people ? (p->people > q->people ? -1 : 1) : of_flow_compare(p, q);
}

/* "5 from FAIR to Mistral AI (Jan 2023 to Jan 2024)", of the largest moves. Owned by the caller. */
static char *describe_moves(const OfFlowScene *scene)
{
    enum { MOST = 3 };
    g_autoptr(GPtrArray) moves = g_ptr_array_new(), texts = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < scene->flows->len; i++) {
        const OfLayoutFlow *flow = &g_array_index(scene->flows, OfLayoutFlow, i);
        if (flow->from != flow->to && flow->from != OF_LANE_NONE && flow->to != OF_LANE_NONE) {
            g_ptr_array_add(moves, (gpointer) flow);
        }
    }
    g_ptr_array_sort(moves, compare_largest);
    for (guint i = 0; i < MIN(moves->len, MOST); i++) {
        const OfLayoutFlow *flow = moves->pdata[i];
        const OfSlice *slices = (const OfSlice *) (gpointer) scene->slices->data;
        g_autofree char *begin = of_date_display(&slices[flow->slice].date), *end = of_date_display(&slices[flow->slice + 1].date);
        g_autofree char *from = of_flow_scene_name(scene, flow->from, flow->slice);
        g_autofree char *to = of_flow_scene_name(scene, flow->to, flow->slice + 1), *count = of_flow_count_text(flow->people);
        g_ptr_array_add(texts, g_strdup_printf("%s from %s to %s (%s to %s)", count, from, to, begin, end));
    }
    return of_text_list((const char *const *) texts->pdata, texts->len, texts->len);
}

/* "6 at Mistral AI and 3 at Meta", most people first. Owned by the caller. */
static char *describe_slice(const OfFlowScene *scene, guint slice)
{
    enum { MOST = 8 };
    g_autoptr(GArray) flows = g_array_new(FALSE, FALSE, sizeof(OfLayoutFlow));
    g_autoptr(GPtrArray) sorted = g_ptr_array_new(), texts = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < scene->lanes->len; i++) {
        const OfLayoutFlow here = {slice, (gint32) i, OF_LANE_NONE, of_flow_scene_people(scene, slice, (gint32) i)};
        g_array_append_val(flows, here);
    }
    for (guint i = 0; i < flows->len; i++) {
        if (g_array_index(flows, OfLayoutFlow, i).people > 0) {
            g_ptr_array_add(sorted, &g_array_index(flows, OfLayoutFlow, i));
        }
    }
    g_ptr_array_sort(sorted, compare_largest);
    for (guint i = 0; i < sorted->len; i++) {
        const OfLayoutFlow *here = sorted->pdata[i];
        g_autofree char *name = of_flow_scene_name(scene, here->from, slice), *count = of_flow_count_text(here->people);
        g_ptr_array_add(texts, g_strdup_printf("%s at %s", count, name));
    }
    return texts->len > 0 ? of_text_list((const char *const *) texts->pdata, texts->len, MOST) : g_strdup("nobody");
}

static void describe(OfFlowScene *scene)
{
    OfDrawing *drawing = scene->drawing;
    const guint last = scene->slices->len - 1;
    g_autofree char *begin = of_date_display(&g_array_index(scene->slices, OfSlice, 0).date);
    g_autofree char *end = of_date_display(&g_array_index(scene->slices, OfSlice, last).date);
    g_autofree char *first_people = of_text_people(of_flow_table_count_slice(scene->table, 0));
    g_autofree char *last_people = of_text_people(of_flow_table_count_slice(scene->table, last));
    g_autofree char *moves = describe_moves(scene), *first_labs = describe_slice(scene, 0),
                    *last_labs = describe_slice(scene, last);
    if (last == 0) {
        drawing->description = g_strdup_printf("Where %s were on %s: %s.", first_people, begin, first_labs);
        return;
    }
    drawing->description =
        g_strdup_printf("How people moved between labs at %u dates from %s to %s. At first %s: %s; at the end %s: %s.%s%s%s",
                        last + 1, begin, end, first_people, first_labs, last_people, last_labs,
                        *moves != '\0' ? " The largest moves: " : "", moves, *moves != '\0' ? "." : "");
}

/* --- The report --- */

static OfFlowFacts *collect_facts(const OfFlowScene *scene)
{
    const OfAlluvial *layout = scene->layout;
    OfFlowFacts *facts = of_flow_facts_new();
    facts->crossings = layout->crossings;
    facts->bend = layout->bend;
    for (guint i = 0; i < scene->folded->len; i++) {
        g_ptr_array_add(facts->folded, (gpointer) ((const OfLab *) scene->folded->pdata[i])->item.id);
    }
    for (guint slice = 0; slice < scene->slices->len; slice++) {
        const OfSlice *cut = &g_array_index(scene->slices, OfSlice, slice);
        const guint column = layout->column[slice];
        const OfFactsSlice made = {cut->day, cut->date, facts->blocks->len,
                                   layout->first_block[column + 1] - layout->first_block[column]};
        g_array_append_val(facts->slices, made);
        for (guint32 i = layout->first_block[column]; i < layout->first_block[column + 1]; i++) {
            const OfAlluvialBlock *block = &g_array_index(layout->blocks, OfAlluvialBlock, i);
            const OfFactsBlock fact = {of_flow_scene_id(scene, block->lane), block->people};
            g_array_append_val(facts->blocks, fact);
        }
    }
    for (guint i = 0; i < scene->flows->len; i++) {
        const OfLayoutFlow *flow = &g_array_index(scene->flows, OfLayoutFlow, i);
        const OfFactsFlow fact = {flow->slice, of_flow_scene_id(scene, flow->from), of_flow_scene_id(scene, flow->to),
                                  flow->people};
        g_array_append_val(facts->flows, fact);
    }
    return facts;
}

static void scene_init(OfFlowScene *scene, OfDrawing *drawing)
{
    *scene = (OfFlowScene){.drawing = drawing};
    scene->labs = g_ptr_array_new();
    scene->lanes = g_array_new(FALSE, TRUE, sizeof(OfLayoutLane));
    scene->folded = g_ptr_array_new();
    scene->people = g_array_new(FALSE, TRUE, sizeof(gint64));
    scene->flows = g_array_new(FALSE, TRUE, sizeof(OfLayoutFlow));
    scene->pinned = g_array_new(FALSE, TRUE, sizeof(gint32));
    scene->room = g_array_new(FALSE, TRUE, sizeof(OfBlockRoom));
    scene->words = g_array_new(FALSE, TRUE, sizeof(OfFlowWord));
}

static void scene_clear(OfFlowScene *scene)
{
    of_flow_scene_clear_words(scene);
    g_clear_pointer(&scene->slices, g_array_unref);
    of_flow_table_free(scene->table);
    of_alluvial_free(scene->layout);
    g_ptr_array_unref(scene->labs);
    g_array_unref(scene->lanes);
    g_ptr_array_unref(scene->folded);
    g_array_unref(scene->people);
    g_array_unref(scene->flows);
    g_array_unref(scene->pinned);
    g_array_unref(scene->room);
    g_array_unref(scene->words);
}

/* Chooses slices and counts. Returns false with error set where that cannot be. */
static bool count(OfFlowScene *scene, GError **error)
{
    const OfSelection *selection = &scene->drawing->selection;
    scene->slices = of_slices_choose(selection, of_flow_table_first_day(selection), MOST_NATURAL);
    const gint64 most = scene->drawing->limits->value[OF_LIMIT_GRAPH_NODES];
    if (scene->slices->len > most) {
        g_set_error(error, OF_ERROR, OF_ERROR_LIMIT,
                    "the drawing has %u slices, more than the limit graph-nodes of %" G_GINT64_FORMAT
                    "; a longer --every, or --slices,"
                    " makes them fewer",
                    scene->slices->len, most);
        return false;
    }
    g_autofree OfDay *days = g_new(OfDay, scene->slices->len);
    for (guint i = 0; i < scene->slices->len; i++) {
        days[i] = g_array_index(scene->slices, OfSlice, i).day;
    }
    scene->table = of_flow_table_new(selection, days, scene->slices->len, error);
    return scene->table != NULL;
}

static bool is_empty(const OfFlowTable *table)
{
    bool empty = true;
    for (guint slice = 0; slice < table->n_slices && empty; slice++) {
        empty = of_flow_table_count_slice(table, slice) == 0;
    }
    return empty;
}

bool of_view_build_alluvial(OfDrawing *drawing, GError **error)
{
    OfFlowScene scene;
    scene_init(&scene, drawing);
    drawing->graph = of_graph_new("alluvial", drawing->discipline);
    const bool counted = count(&scene, error);
    drawing->empty = counted && is_empty(scene.table);
    if (drawing->empty) {
        drawing->description = g_strdup("Nobody of this part of the story is at a lab on these dates.");
    } else if (counted) {
        of_flow_scene_measure_head(&scene);
        scene.widest_word = widest_word(&scene);
        announce(&scene);
        cite_moves(&scene);
        fit_page(&scene);
        of_flow_scene_draw(&scene);
        describe(&scene);
        drawing->flow_facts = collect_facts(&scene);
    }
    scene_clear(&scene);
    return counted;
}
