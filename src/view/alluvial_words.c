/* Names of labs at both ends and where they begin, dates above, numbers in blocks and on ribbons, and where all of it stands. */
#include "view/alluvial_scene.h"

#include <math.h>
#include <string.h>

#define TEXT_FACTOR   1.08 /* Graphviz measures in whole pixels, a little wider than we do */
#define INDENT        8.0
#define MOST_NUMBERED 300 /* ribbons between two slices that are tried for a number, thickest first */
#define NUMBER_MARGIN 3.0
#define DATE_GAP      6.0
#define HEAD_GAP      8.0
#define CAP           0.76 /* of a number's type size: what it takes in height */

double of_flow_text_width(const OfFlowScene *scene, OfFace face, double size, const char *text)
{
    return ceil(of_fonts_width(scene->drawing->fonts, face, size, text) * TEXT_FACTOR) + 1;
}

char *of_flow_count_text(gint64 people)
{
    g_autofree char *digits = g_strdup_printf("%" G_GINT64_FORMAT, people);
    const gsize n = strlen(digits);
    GString *text = g_string_new(NULL);
    for (gsize i = 0; i < n; i++) {
        g_string_append(text, i > 0 && (n - i) % 3 == 0 ? "," : "");
        g_string_append_c(text, digits[i]);
    }
    return g_string_free(text, FALSE);
}

static gint32 parent_of(const OfFlowScene *scene, gint32 lane)
{
    return g_array_index(scene->lanes, OfLayoutLane, lane).parent;
}

/* The next lane above, that is above it on the day of the slice too: labs stand where they are in the end. */
static gint32 parent_at(const OfFlowScene *scene, gint32 lane, guint slice)
{
    const OfDay day = g_array_index(scene->slices, OfSlice, slice).day;
    const OfLab *lab = scene->labs->pdata[lane];
    gint32 up = parent_of(scene, lane);
    while (up != OF_LANE_NONE && !of_lab_is_within(lab, scene->labs->pdata[up], day)) {
        up = parent_of(scene, up);
    }
    return up;
}

static guint depth_of(const OfFlowScene *scene, gint32 lane, guint slice)
{
    guint depth = 0;
    for (gint32 up = parent_at(scene, lane, slice); up != OF_LANE_NONE; up = parent_at(scene, up, slice)) {
        depth++;
    }
    return depth;
}

/* --- Names at both ends --- */

static OfFace face_of(const OfFlowScene *scene, gint32 lane, guint slice)
{
    return depth_of(scene, lane, slice) == 0 && scene->labs->pdata[lane] != NULL ? OF_FACE_BOLD : OF_FACE_REGULAR;
}

static const OfAlluvialBlock *blocks_of(const OfFlowScene *scene, guint slice, guint *n)
{
    const OfAlluvial *layout = scene->layout;
    const guint column = layout->column[slice];
    *n = layout->first_block[column + 1] - layout->first_block[column];
    return &g_array_index(layout->blocks, OfAlluvialBlock, layout->first_block[column]);
}

static char **name_lines(const OfFlowScene *scene, gint32 lane, guint slice, bool with_number)
{
    g_autofree char *name = of_flow_scene_name(scene, lane, slice);
    char **lines = of_fonts_wrap(scene->drawing->fonts, face_of(scene, lane, slice), OF_SIZE_NAME, name, scene->name_width);
    if (with_number) {
        char **last = &lines[g_strv_length(lines) - 1];
        g_autofree char *count = of_flow_count_text(of_flow_scene_people(scene, slice, lane)), *before = *last;
        *last = g_strdup_printf("%s (%s)", before, count);
    }
    return lines;
}

static double widest(const OfFlowScene *scene, gint32 lane, guint slice, char **lines)
{
    double width = 0;
    for (char **line = lines; *line != NULL; line++) {
        width = MAX(width, of_flow_text_width(scene, face_of(scene, lane, slice), OF_SIZE_NAME, *line));
    }
    return width;
}

/* The labs above a block's that have no block of their own at the slice and no header yet, outermost first; they have one now. */
static GArray *take_headers(const OfFlowScene *scene, guint slice, gint32 lane, gboolean *headed)
{
    GArray *headers = g_array_new(FALSE, FALSE, sizeof(gint32));
    for (gint32 up = parent_at(scene, lane, slice); up != OF_LANE_NONE; up = parent_at(scene, up, slice)) {
        if (!headed[up] && of_flow_scene_people(scene, slice, up) == 0) {
            g_array_prepend_val(headers, up);
        }
        headed[up] = TRUE;
    }
    return headers;
}

static void measure_slice(OfFlowScene *scene, guint slice, double *width)
{
    guint n = 0;
    const OfAlluvialBlock *blocks = blocks_of(scene, slice, &n);
    g_autofree gboolean *headed = g_new0(gboolean, scene->lanes->len);
    for (guint i = 0; i < n; i++) {
        const gint32 lane = blocks[i].lane;
        OfBlockRoom *room = &g_array_index(scene->room, OfBlockRoom, slice * scene->lanes->len + (guint) lane);
        g_auto(GStrv) lines = name_lines(scene, lane, slice, true);
        g_autoptr(GArray) headers = take_headers(scene, slice, lane, headed);
        room->beside = g_strv_length(lines) * OF_SIZE_NAME * OF_FLOW_LINE_FACTOR;
        room->above = headers->len * OF_SIZE_NAME * OF_FLOW_LINE_FACTOR;
        *width = MAX(*width, widest(scene, lane, slice, lines) + INDENT * depth_of(scene, lane, slice) + OF_FLOW_NAME_GAP);
        for (guint j = 0; j < headers->len; j++) {
            const gint32 header = g_array_index(headers, gint32, j);
            g_autofree char *name = of_flow_scene_name(scene, header, slice);
            *width = MAX(*width, of_flow_text_width(scene, face_of(scene, header, slice), OF_SIZE_NAME, name) +
                                     INDENT * depth_of(scene, header, slice) + OF_FLOW_NAME_GAP);
        }
    }
}

void of_flow_scene_measure(OfFlowScene *scene)
{
    g_array_set_size(scene->room, 0);
    g_array_set_size(scene->room, scene->slices->len * scene->lanes->len);
    scene->left = scene->right = 0;
    measure_slice(scene, 0, &scene->left);
    if (scene->slices->len > 1) {
        measure_slice(scene, scene->slices->len - 1, &scene->right);
    }
}

static void add_word(OfFlowScene *scene, OfFlowWord word, const char *text)
{
    word.text = g_strdup(text);
    g_array_append_val(scene->words, word);
}

static void add_name(OfFlowScene *scene, guint slice, gint32 lane, char **lines, double x, double middle, char align)
{
    const double line = OF_SIZE_NAME * OF_FLOW_LINE_FACTOR;
    OfDrawing *drawing = scene->drawing;
    OfFlowWord word = {.face = face_of(scene, lane, slice),
                       .size = OF_SIZE_NAME,
                       .color =
                           of_drawing_text_color(drawing, of_flow_scene_color(scene, lane), of_flow_scene_stands_out(scene, lane)),
                       .class = "lane-name",
                       .lane = lane,
                       .slice = slice,
                       .align = align,
                       .x = x,
                       .y = middle - (g_strv_length(lines) - 1) * line / 2};
    for (char **text = lines; *text != NULL; text++) {
        add_word(scene, word, *text);
        word.y += line;
    }
}

static void add_end_names(OfFlowScene *scene, guint slice)
{
    const bool left = slice == 0;
    const double line = OF_SIZE_NAME * OF_FLOW_LINE_FACTOR;
    const double x = of_flow_scene_x(scene, slice) + (left ? -OF_FLOW_NAME_GAP : scene->block_width + OF_FLOW_NAME_GAP);
    guint n = 0;
    const OfAlluvialBlock *blocks = blocks_of(scene, slice, &n);
    g_autofree gboolean *headed = g_new0(gboolean, scene->lanes->len);
    for (guint i = 0; i < n; i++) {
        const gint32 lane = blocks[i].lane;
        const double middle = blocks[i].top + blocks[i].height / 2 + scene->head;
        g_auto(GStrv) lines = name_lines(scene, lane, slice, !of_flow_scene_has_number(scene, &blocks[i]));
        g_autoptr(GArray) headers = take_headers(scene, slice, lane, headed);
        const double indent = left ? 0 : INDENT;
        const double half = MAX(blocks[i].height, g_strv_length(lines) * line) / 2;
        for (guint j = 0; j < headers->len; j++) {
            const gint32 header = g_array_index(headers, gint32, j);
            g_autofree char *name = of_flow_scene_name(scene, header, slice);
            char *texts[] = {name, NULL};
            add_name(scene, slice, header, texts, x + indent * depth_of(scene, header, slice),
                     middle - half - (headers->len - j - 0.5) * line, left ? 'r' : 'l');
        }
        add_name(scene, slice, lane, lines, x + indent * depth_of(scene, lane, slice), middle, left ? 'r' : 'l');
    }
}

/* --- Dates --- */

/* The date of a slice in one line, or broken before its last word (the year). */
static char **date_lines(const OfFlowScene *scene, guint slice, bool broken)
{
    g_autofree char *text = of_date_display(&g_array_index(scene->slices, OfSlice, slice).date);
    char *blank = broken ? strrchr(text, ' ') : NULL;
    if (blank != NULL) {
        *blank = '\n';
    }
    return g_strsplit(text, "\n", -1);
}

static double date_width(const OfFlowScene *scene, guint slice, bool broken)
{
    double width = 0;
    g_auto(GStrv) lines = date_lines(scene, slice, broken);
    for (char **line = lines; *line != NULL; line++) {
        width = MAX(width, of_flow_text_width(scene, OF_FACE_BOLD, OF_FLOW_SIZE_DATE, *line));
    }
    return width;
}

/* How dates stand above slices: every how many of them, where there is no room for all, and in how many lines. */
typedef struct {
    guint step;
    bool broken;
    double room; /* of one date's width */
} DateStyle;

static bool dates_fit(const OfFlowScene *scene, const DateStyle *style)
{
    for (guint slice = 0; slice < scene->slices->len; slice++) {
        if (date_width(scene, slice, style->broken) > style->room) {
            return false;
        }
    }
    return true;
}

static DateStyle choose_dates(const OfFlowScene *scene)
{
    const guint n = scene->slices->len;
    DateStyle style = {.step = 1, .room = n == 1 ? scene->drawing->width : 0};
    for (; style.step < n; style.step++) {
        style.room = style.step * scene->pitch - DATE_GAP;
        for (int broken = 0; broken < 2; broken++) {
            style.broken = broken == 1;
            if (dates_fit(scene, &style)) {
                return style;
            }
        }
    }
    return style;
}

static gint64 count_slice(const OfFlowScene *scene, guint slice)
{
    gint64 people = 0;
    for (guint lane = 0; lane < scene->lanes->len; lane++) {
        people += of_flow_scene_people(scene, slice, (gint32) lane);
    }
    return people;
}

static void add_date(OfFlowScene *scene, guint slice, const DateStyle *style)
{
    const double line = OF_FLOW_SIZE_DATE * OF_FLOW_LINE_FACTOR, note = OF_SIZE_NOTE * OF_FLOW_LINE_FACTOR;
    const gint64 people = count_slice(scene, slice);
    g_auto(GStrv) lines = date_lines(scene, slice, style->broken);
    g_autofree char *count = of_flow_count_text(people);
    g_autofree char *counted = g_strdup_printf("%s %s", count, people == 1 ? "person" : "people");
    OfFlowWord word = {.face = OF_FACE_BOLD,
                       .size = OF_FLOW_SIZE_DATE,
                       .color = scene->drawing->theme->ink,
                       .class = "tick",
                       .lane = OF_LANE_NONE,
                       .slice = slice,
                       .align = 'c',
                       .x = of_flow_scene_x(scene, slice) + scene->block_width / 2,
                       .y = scene->head - HEAD_GAP - note - (g_strv_length(lines) - 0.5) * line};
    for (char **part = lines; *part != NULL; part++) {
        add_word(scene, word, *part);
        word.y += line;
    }
    word.face = OF_FACE_REGULAR;
    word.size = OF_SIZE_NOTE;
    word.color = scene->drawing->theme->muted;
    word.y = scene->head - HEAD_GAP - note / 2;
    const char *texts[] = {counted, count};
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        if (of_flow_text_width(scene, OF_FACE_REGULAR, OF_SIZE_NOTE, texts[i]) <= style->room) {
            add_word(scene, word, texts[i]);
            return;
        }
    }
}

static void add_dates(OfFlowScene *scene)
{
    const guint n = scene->slices->len;
    const DateStyle style = choose_dates(scene);
    for (guint slice = 0; slice < n; slice++) {
        /* The last one always stands, and what is too near to it does not. */
        if (slice + 1 == n || (slice % style.step == 0 && n - 1 - slice >= style.step)) {
            add_date(scene, slice, &style);
        }
    }
}

void of_flow_scene_measure_head(OfFlowScene *scene)
{
    static const double LINES = 2;
    scene->head = LINES * OF_FLOW_SIZE_DATE * OF_FLOW_LINE_FACTOR + OF_SIZE_NOTE * OF_FLOW_LINE_FACTOR + HEAD_GAP;
}

/* --- Inside the plot --- */

static OfLayoutRect rect_of(const OfFlowScene *scene, const OfFlowWord *word)
{
    const double width = of_flow_text_width(scene, word->face, word->size, word->text);
    const double x = word->align == 'l' ? word->x : word->align == 'r' ? word->x - width : word->x - width / 2;
    const double height = word->size * (word->class[0] == 'r' ? CAP + 0.1 : OF_FLOW_LINE_FACTOR);
    return (OfLayoutRect){x, word->y - height / 2, width, height};
}

static bool meets(const OfLayoutRect *a, const OfLayoutRect *b)
{
    return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height && b->y < a->y + a->height;
}

static bool meets_any(const OfLayoutRect *rect, const GArray *taken)
{
    for (guint i = 0; i < taken->len; i++) {
        if (meets(rect, &g_array_index(taken, OfLayoutRect, i))) {
            return true;
        }
    }
    return false;
}

/* The blocks of a slice, as areas that no word may stand on. */
static void take_blocks(const OfFlowScene *scene, guint slice, GArray *taken)
{
    guint n = 0;
    const OfAlluvialBlock *blocks = blocks_of(scene, slice, &n);
    for (guint i = 0; i < n; i++) {
        const OfLayoutRect rect = {of_flow_scene_x(scene, slice) - 1, blocks[i].top + scene->head, scene->block_width + 2,
                                   blocks[i].height};
        g_array_append_val(taken, rect);
    }
}

/* The slice at which a lane that neither end names has most people. */
static guint largest_slice(const OfFlowScene *scene, gint32 lane)
{
    guint largest = 0;
    for (guint slice = 1; slice < scene->slices->len; slice++) {
        largest = of_flow_scene_people(scene, slice, lane) > of_flow_scene_people(scene, largest, lane) ? slice : largest;
    }
    return largest;
}

/* Whether a lane has its first block here, further from the end that names it than the eye likes to go: a third of the drawing. */
static bool begins_far_from_name(const OfFlowScene *scene, gint32 lane, guint slice)
{
    for (guint before = 0; before < slice; before++) {
        if (of_flow_scene_people(scene, before, lane) > 0) {
            return false;
        }
    }
    const guint last = scene->slices->len - 1;
    return slice > 0 && slice + 1 < last && (last - slice) * 3 >= last;
}

/* Names a lane at one of its blocks: right of it, left of it, above, below. Returns false where it finds no place. */
static bool name_inside(OfFlowScene *scene, gint32 lane, guint slice, const OfAlluvialBlock *block, GArray *taken)
{
    g_autofree char *name = of_flow_scene_name(scene, lane, slice);
    const double x = of_flow_scene_x(scene, slice), middle = block->top + block->height / 2 + scene->head;
    const double line = OF_SIZE_NAME * OF_FLOW_LINE_FACTOR;
    const struct {
        char align;
        double x, y;
    } places[] = {{'l', x + scene->block_width + 3, middle},
                  {'r', x - 3, middle},
                  {'c', x + scene->block_width / 2, block->top + scene->head - line / 2 - 1},
                  {'c', x + scene->block_width / 2, block->top + block->height + scene->head + line / 2 + 1}};
    OfFlowWord word = {.face = face_of(scene, lane, slice),
                       .size = OF_SIZE_NAME,
                       .color =
                           of_drawing_text_color(scene->drawing, scene->drawing->theme->ink, of_flow_scene_stands_out(scene, lane)),
                       .class = "lane-name",
                       .lane = lane,
                       .slice = slice,
                       .text = name};
    for (gsize i = 0; i < G_N_ELEMENTS(places); i++) {
        word.align = places[i].align;
        word.x = places[i].x;
        word.y = places[i].y;
        const OfLayoutRect rect = rect_of(scene, &word);
        const bool inside = rect.x >= scene->left && rect.x + rect.width <= scene->drawing->width - scene->right &&
                            rect.y >= scene->head && rect.y + rect.height <= scene->head + scene->layout->height;
        if (inside && !meets_any(&rect, taken)) {
            add_word(scene, word, name);
            g_array_append_val(taken, rect);
            return true;
        }
    }
    return false;
}

/* Of lanes that neither end names, and where there is room of those that begin within the drawing. */
static void add_inner_names(OfFlowScene *scene, GArray *taken)
{
    enum { MOST = 12 };
    g_autoptr(GPtrArray) unnamed = g_ptr_array_new_with_free_func(g_free);
    const guint last = scene->slices->len - 1;
    for (guint slice = 0; slice <= last; slice++) {
        guint n = 0;
        const OfAlluvialBlock *blocks = blocks_of(scene, slice, &n);
        for (guint i = 0; i < n; i++) {
            const gint32 lane = blocks[i].lane;
            const bool named = of_flow_scene_people(scene, 0, lane) > 0 || of_flow_scene_people(scene, last, lane) > 0;
            const bool wanted = named ? begins_far_from_name(scene, lane, slice) : largest_slice(scene, lane) == slice;
            if (wanted && !name_inside(scene, lane, slice, &blocks[i], taken) && !named) {
                g_ptr_array_add(unnamed, of_flow_scene_name(scene, lane, slice));
            }
        }
    }
    scene->n_unnamed = unnamed->len;
    if (unnamed->len > 0) {
        g_autofree char *names = of_text_list((const char *const *) unnamed->pdata, unnamed->len, MOST);
        of_drawing_add_remark(scene->drawing, g_strdup_printf("Without room for their names: %s.", names));
    }
}

/* How far a ribbon's area reaches over a span of x. */
static void span_of(const OfFlowScene *scene, const OfRibbon *ribbon, double from, double to, double *top, double *bottom,
                    double *least, double *most)
{
    OfLayoutPoint curve[4];
    of_flow_scene_curve(scene, ribbon, curve);
    const double a = of_bezier_get_y(curve, 4, from), b = of_bezier_get_y(curve, 4, to);
    *least = MIN(a, b);
    *top = MAX(a, b);
    *bottom = MIN(a, b) + ribbon->thickness;
    *most = MAX(a, b) + ribbon->thickness;
}

/* Whether the area of another ribbon of the same slices lies under a rectangle. */
static bool meets_ribbons(const OfFlowScene *scene, const OfRibbon *own, const OfLayoutRect *rect, guint first, guint end)
{
    for (guint i = first; i < end; i++) {
        const OfRibbon *other = &g_array_index(scene->layout->ribbons, OfRibbon, i);
        double top = 0, bottom = 0, least = 0, most = 0;
        if (other == own || other->from_block == OF_BLOCK_NONE || other->to_block == OF_BLOCK_NONE) {
            continue;
        }
        span_of(scene, other, rect->x, rect->x + rect->width, &top, &bottom, &least, &most);
        if (least < rect->y + rect->height && rect->y < most) {
            return true;
        }
    }
    return false;
}

/* Whether a number says more than the block's that the ribbon leaves. */
static bool is_telling(const OfFlowScene *scene, const OfRibbon *ribbon)
{
    const OfAlluvialBlock *from = &g_array_index(scene->layout->blocks, OfAlluvialBlock, ribbon->from_block);
    return from->people != ribbon->flow.people || !of_flow_scene_has_number(scene, from);
}

/* Writes a ribbon's number near its beginning, its end or in the middle, where it lies within the ribbon and nothing else is. */
static void number_ribbon(OfFlowScene *scene, const OfRibbon *ribbon, guint first, guint end, GArray *taken)
{
    g_autofree char *count = of_flow_count_text(ribbon->flow.people);
    OfFlowWord word = {.face = OF_FACE_REGULAR,
                       .size = OF_SIZE_NOTE,
                       .color = scene->drawing->theme->ink,
                       .class = "ribbon-number",
                       .lane = OF_LANE_NONE,
                       .slice = ribbon->flow.slice,
                       .align = 'l',
                       .text = count};
    const double width = of_flow_text_width(scene, word.face, word.size, count), height = OF_SIZE_NOTE * CAP;
    const double left = of_flow_scene_x(scene, ribbon->flow.slice) + scene->block_width + NUMBER_MARGIN;
    const double right = of_flow_scene_x(scene, ribbon->flow.slice + 1) - NUMBER_MARGIN - width;
    const double places[] = {left, right, (left + right) / 2};
    for (gsize i = 0; i < G_N_ELEMENTS(places) && left <= right; i++) {
        double top = 0, bottom = 0, least = 0, most = 0;
        span_of(scene, ribbon, places[i], places[i] + width, &top, &bottom, &least, &most);
        word.x = places[i];
        word.y = (top + bottom) / 2;
        const OfLayoutRect rect = rect_of(scene, &word);
        if (bottom - top >= height && !meets_any(&rect, taken) && !meets_ribbons(scene, ribbon, &rect, first, end)) {
            add_word(scene, word, count);
            g_array_append_val(taken, rect);
            return;
        }
    }
}

static gint compare_thickness(gconstpointer a, gconstpointer b)
{
    const OfRibbon *const *left = a, *const *right = b;
    const OfRibbon *p = *left, *q = *right;
    return p->flow.people != q->flow.people ? (p->flow.people > q->flow.people ? -1 : 1) : of_flow_compare(&p->flow, &q->flow);
}

/* Numbers of those who stay or move from one slice to the next. */
static void add_ribbon_numbers(OfFlowScene *scene, GArray *taken)
{
    const GArray *ribbons = scene->layout->ribbons;
    for (guint first = 0, end = 0; first < ribbons->len; first = end) {
        const guint slice = g_array_index(ribbons, OfRibbon, first).flow.slice;
        g_autoptr(GPtrArray) sorted = g_ptr_array_new();
        for (; end < ribbons->len && g_array_index(ribbons, OfRibbon, end).flow.slice == slice; end++) {
            const OfRibbon *ribbon = &g_array_index(ribbons, OfRibbon, end);
            const bool shown =
                ribbon->from_block != OF_BLOCK_NONE && ribbon->to_block != OF_BLOCK_NONE &&
                ribbon->thickness >= OF_SIZE_NOTE * CAP && is_telling(scene, ribbon) &&
                (of_flow_scene_stands_out(scene, ribbon->flow.from) || of_flow_scene_stands_out(scene, ribbon->flow.to));
            if (shown) {
                g_ptr_array_add(sorted, (gpointer) ribbon);
            }
        }
        g_ptr_array_sort(sorted, compare_thickness);
        for (guint i = 0; i < MIN(sorted->len, MOST_NUMBERED); i++) {
            number_ribbon(scene, sorted->pdata[i], first, end, taken);
        }
    }
}

void of_flow_scene_clear_words(OfFlowScene *scene)
{
    for (guint i = 0; i < scene->words->len; i++) {
        g_free(g_array_index(scene->words, OfFlowWord, i).text);
    }
    g_array_set_size(scene->words, 0);
}

void of_flow_scene_place_words(OfFlowScene *scene)
{
    g_autoptr(GArray) taken = g_array_new(FALSE, FALSE, sizeof(OfLayoutRect));
    of_flow_scene_clear_words(scene);
    add_dates(scene);
    add_end_names(scene, 0);
    if (scene->slices->len > 1) {
        add_end_names(scene, scene->slices->len - 1);
    }
    for (guint slice = 0; slice < scene->slices->len; slice++) {
        take_blocks(scene, slice, taken);
    }
    add_inner_names(scene, taken);
    add_ribbon_numbers(scene, taken);
}
