/* The view `strategy`: how strategy shifted. A row a lab, its stances from left to right in time order; stances that began in
 * the same stretch of time stand in one column, so that time runs to the right across all rows. */
#include "base/hash.h"
#include "view/event_text.h"
#include "view/label_merge.h"
#include "view/steps.h"
#include "view/view.h"

#include <math.h>
#include <string.h>

#define NAME_WIDTH      96.0 /* points a lab's name may take before it breaks */
#define WIDTH_TOLERANCE 1.06 /* Graphviz measures in whole pixels, a little wider than we do */

typedef struct {
    const OfDrawing *drawing; /* of two revisions: the one it is of */
    const OfLab *lab;
    const char *lab_key; /* of two revisions: in both */
    const OfLabState *state;
    OfDay day; /* drawn; the window's first day for what was in force then */
    guint column;
    char *name; /* of its node */
    Agnode_t *node;
} Stance;

typedef struct {
    const char *lab, *root; /* keys */
    OfDay root_day, day;    /* when the tree and the lab first have a stance */
    gint pinned;            /* place in `order`, or -1 */
} Row;

typedef struct {
    OfDrawing *drawing;
    GArray *rows;    /* of Row, top to bottom; of two revisions, of both */
    GArray *stances; /* of Stance, by day, then lab id */
    GArray *joint;   /* the same; of two revisions, of both: what is in both as the new one has it */
    guint n_columns;
    double stance_width; /* of a stance's words: the arrangement's, or the widest word of a stance's name */
} Strategy;

static void clear_stance(gpointer data)
{
    g_free(((Stance *) data)->name);
}

static GArray *new_stances(void)
{
    GArray *stances = g_array_new(FALSE, FALSE, sizeof(Stance));
    g_array_set_clear_func(stances, clear_stance);
    return stances;
}

static const struct {
    double width; /* of a stance's words, points */
    bool titles;  /* shifts show their own title beside what led to them */
    bool aligned; /* columns run through all rows */
    const char *ranksep, *nodesep;
} arrangements[] = {{130, true, true, "0.4", "0.3"}, {92, false, true, "0.25", "0.12"}, {84, false, false, "0.2", "0.1"}};

static bool lab_has_people(const OfSelection *selection, const OfLab *lab)
{
    if (selection->people == NULL) {
        return true;
    }
    for (guint i = 0; i < lab->stints.n; i++) {
        const OfStint *stint = lab->stints.items[i];
        if (of_selection_has_person(selection, stint->person) && stint->begin_day <= selection->to &&
            stint->end_day > selection->from) {
            return true;
        }
    }
    return false;
}

/* The stances of lab that the window shows: the one in force at its beginning, and each shift that the filters let through. */
static void collect_lab(const OfDrawing *drawing, const OfLab *lab, GArray *stances)
{
    const OfSelection *selection = &drawing->selection;
    if (!of_selection_has_lab(selection, lab) || !lab_has_people(selection, lab) || lab->begin_day > selection->to ||
        lab->end_day < selection->from) {
        return;
    }
    const OfLabState *at_start = of_lab_stance_on(lab, selection->from);
    for (guint i = 0; i < lab->stances.n; i++) {
        const OfLabState *state = lab->stances.items[i];
        const bool opening = state == at_start || (state->event == NULL && state->day <= selection->to && at_start == NULL);
        if (state->strategy == NULL ||
            (!opening && (state->event == NULL || state->day < selection->from || state->day > selection->to ||
                          !of_selection_has_event(selection, state->event)))) {
            continue;
        }
        Stance stance = {.drawing = drawing,
                         .lab = lab,
                         .lab_key = of_drawing_key(drawing, &lab->item),
                         .state = state,
                         .day = MAX(MAX(state->day, lab->begin_day), selection->from)};
        /* By the event that brought it: another one before it does not change what it is called. */
        stance.name = g_strdup_printf("stance-%s-%u", stance.lab_key,
                                      state->event != NULL ? of_drawing_event_number(drawing, state->event) : 0);
        g_array_append_val(stances, stance);
    }
}

static gint compare_stances(gconstpointer a, gconstpointer b)
{
    const Stance *left = a, *right = b;
    if (left->day != right->day) {
        return left->day < right->day ? -1 : 1;
    }
    return strcmp(left->lab->item.id, right->lab->item.id);
}

static GArray *collect_stances(const OfDrawing *drawing)
{
    GArray *stances = new_stances();
    for (guint i = 0; i < drawing->story->labs.n; i++) {
        collect_lab(drawing, drawing->story->labs.items[i], stances);
    }
    g_array_sort(stances, compare_stances);
    return stances;
}

/* known: the names of what is there. */
static void add_copies(GArray *joint, const GArray *stances, GHashTable *known)
{
    for (guint i = 0; i < stances->len; i++) {
        Stance stance = g_array_index(stances, Stance, i);
        if (g_hash_table_add(known, stance.name)) {
            stance.name = g_strdup(stance.name);
            g_array_append_val(joint, stance);
        }
    }
}

/* Both revisions' together, the new one's first. */
static void join_stances(Strategy *strategy)
{
    OfDrawing *other = strategy->drawing->other;
    g_autoptr(GArray) others = other != NULL ? collect_stances(other) : NULL;
    const bool old = of_drawing_is_old(strategy->drawing);
    g_autoptr(GHashTable) known = g_hash_table_new(of_text_hash, g_str_equal);
    strategy->joint = new_stances();
    add_copies(strategy->joint, old ? others : strategy->stances, known);
    if (others != NULL) {
        add_copies(strategy->joint, old ? strategy->stances : others, known);
        g_array_sort(strategy->joint, compare_stances);
    }
}

/* Whether one of the stances of a day, from first on, is of a lab that the column has already. */
static bool day_is_in_column(const Strategy *strategy, guint first, GHashTable *in_column)
{
    const OfDay day = g_array_index(strategy->joint, Stance, first).day;
    for (guint i = first; i < strategy->joint->len && g_array_index(strategy->joint, Stance, i).day == day; i++) {
        if (g_hash_table_contains(in_column, g_array_index(strategy->joint, Stance, i).lab_key)) {
            return true;
        }
    }
    return false;
}

/* Whether the event that brought one stance names the other's as what led to it. */
static bool is_cause(const Stance *cause, const Stance *effect)
{
    const OfEvent *event = effect->state->event;
    for (guint k = 0; cause->state->event != NULL && event != NULL && k < event->because.n; k++) {
        if (of_drawing_event_number(effect->drawing, event->because.items[k]) ==
            of_drawing_event_number(cause->drawing, cause->state->event)) {
            return true;
        }
    }
    return false;
}

/* Whether what led to one of the stances of a day, from first on, stands in the column. */
static bool cause_is_in_column(const Strategy *strategy, guint first, guint column)
{
    const OfDay day = g_array_index(strategy->joint, Stance, first).day;
    for (guint i = first; i < strategy->joint->len && g_array_index(strategy->joint, Stance, i).day == day; i++) {
        for (guint j = first; j > 0 && g_array_index(strategy->joint, Stance, j - 1).column == column; j--) {
            if (is_cause(&g_array_index(strategy->joint, Stance, j - 1), &g_array_index(strategy->joint, Stance, i))) {
                return true;
            }
        }
    }
    return false;
}

/* A column takes stances in time order, whole days, until a lab would stand in it twice, or a cause above its effect. */
static void set_columns(Strategy *strategy)
{
    g_autoptr(GHashTable) in_column = g_hash_table_new(of_text_hash, g_str_equal);
    g_autoptr(GHashTable) column_of = g_hash_table_new(of_text_hash, g_str_equal);
    guint column = 0;
    for (guint i = 0; i < strategy->joint->len; i++) {
        Stance *stance = &g_array_index(strategy->joint, Stance, i);
        const bool new_day = i == 0 || stance->day != g_array_index(strategy->joint, Stance, i - 1).day;
        const bool repeated = g_hash_table_contains(in_column, stance->lab_key); /* a lab may shift twice on a day */
        if (repeated ||
            (new_day && i > 0 && (day_is_in_column(strategy, i, in_column) || cause_is_in_column(strategy, i, column)))) {
            column++;
            g_hash_table_remove_all(in_column);
        }
        g_hash_table_add(in_column, (gpointer) stance->lab_key);
        stance->column = column;
        g_hash_table_insert(column_of, stance->name, GUINT_TO_POINTER(column));
    }
    strategy->n_columns = strategy->joint->len > 0 ? column + 1 : 0;
    for (guint i = 0; i < strategy->stances->len; i++) {
        Stance *stance = &g_array_index(strategy->stances, Stance, i);
        stance->column = GPOINTER_TO_UINT(g_hash_table_lookup(column_of, stance->name));
    }
}

static gint compare_rows(gconstpointer a, gconstpointer b)
{
    const Row *left = a, *right = b;
    if (left->pinned != right->pinned) {
        return (guint) left->pinned < (guint) right->pinned ? -1 : 1; /* -1, not pinned, is the largest */
    }
    const int by_root = strcmp(left->root, right->root);
    if (by_root != 0) {
        return left->root_day != right->root_day ? (left->root_day < right->root_day ? -1 : 1) : by_root;
    }
    const int root_first = g_str_equal(right->lab, right->root) - g_str_equal(left->lab, left->root);
    if (root_first != 0) {
        return root_first;
    }
    return left->day != right->day ? (left->day < right->day ? -1 : 1) : strcmp(left->lab, right->lab);
}

static Row new_row(const Stance *stance)
{
    const OfLab *root = of_lab_root_on(stance->lab, stance->drawing->selection.to);
    char **order = stance->drawing->options->order;
    Row row = {.lab = stance->lab_key,
               .root = of_drawing_key(stance->drawing, &root->item),
               .day = stance->day,
               .root_day = stance->day,
               .pinned = -1};
    for (gint j = 0; order != NULL && order[j] != NULL; j++) {
        row.pinned = row.pinned < 0 && g_str_equal(order[j], stance->lab->item.id) ? j : row.pinned;
    }
    return row;
}

static void set_rows(Strategy *strategy)
{
    g_autoptr(GHashTable) known = g_hash_table_new(of_text_hash, g_str_equal);
    for (guint i = 0; i < strategy->joint->len; i++) {
        const Stance *stance = &g_array_index(strategy->joint, Stance, i);
        if (!g_hash_table_add(known, (gpointer) stance->lab_key)) {
            continue;
        }
        Row row = new_row(stance);
        for (guint j = 0; j < strategy->rows->len; j++) {
            const Row *other = &g_array_index(strategy->rows, Row, j);
            row.root_day = g_str_equal(other->root, row.root) ? MIN(row.root_day, other->root_day) : row.root_day;
        }
        g_array_append_val(strategy->rows, row);
    }
    g_array_sort(strategy->rows, compare_rows);
}

/* What stands under a lab's name: "part of Meta", "until 2022". */
static void add_row_notes(const OfDrawing *drawing, OfMarkup *label, const OfLab *lab, const char *color)
{
    const OfDay day = drawing->selection.to;
    const OfLab *parent = of_lab_parent_on(lab, day);
    if (parent != NULL) {
        g_autofree char *part = g_strdup_printf("part of %s", of_lab_name_on(parent, day));
        of_drawing_add_lines_from(drawing, label, OF_MARKUP_PLAIN, OF_SIZE_NOTE, color, part, NAME_WIDTH, 'l', OF_DAY_MIN);
    }
    if (of_date_is_set(&lab->end) && lab->end_day <= day) {
        g_autofree char *end = of_date_display(&lab->end);
        g_autofree char *until = g_strconcat("until ", end, NULL);
        of_drawing_add_lines_from(drawing, label, OF_MARKUP_PLAIN, OF_SIZE_NOTE, color, until, NAME_WIDTH, 'l', lab->end_day);
    }
}

static void set_stance_width(Strategy *strategy)
{
    OfDrawing *drawing = strategy->drawing;
    const double natural = arrangements[0].width;
    strategy->stance_width = arrangements[drawing->variant].width;
    for (guint i = 0; i < strategy->joint->len; i++) {
        const char *name = of_item_label(&g_array_index(strategy->joint, Stance, i).state->strategy->item);
        g_auto(GStrv) words = g_strsplit(name, " ", -1);
        for (char **word = words; *word != NULL; word++) {
            const double width = ceil(of_fonts_width(drawing->fonts, OF_FACE_BOLD, OF_SIZE_NAME, *word)) + 1;
            strategy->stance_width = MAX(strategy->stance_width, MIN(width, natural));
        }
    }
}

static Agnode_t *row_node(Strategy *strategy, const OfLab *lab)
{
    OfDrawing *drawing = strategy->drawing;
    const OfDay day = drawing->selection.to;
    const bool stands_out = of_selection_stands_out(&drawing->selection, lab->item.id);
    const char *muted = of_drawing_text_color(drawing, drawing->theme->muted, stands_out);
    g_autofree char *name = g_strconcat("lab-", of_drawing_key(drawing, &lab->item), NULL);
    Agnode_t *node = of_graph_node(drawing->graph, name);
    of_graph_set(node, "id", name, "class", "lab", "shape", "none", "margin", "0.04,0.02", "width", "0.2", "height", "0.2",
                 "fontname", of_fonts_name(drawing->fonts, OF_FACE_REGULAR), "group", name, "data_kind", "lab", "data_lab",
                 lab->item.id, "data_title", of_lab_name_on(lab, day), NULL);
    OfMarkup *label = of_markup_new();
    of_drawing_add_lines(drawing, label, OF_MARKUP_BOLD, OF_SIZE_NAME,
                         of_drawing_text_color(drawing, of_coloring_lab(drawing->coloring, lab), stands_out),
                         of_lab_name_on(lab, day), NAME_WIDTH, 'l');
    add_row_notes(drawing, label, lab, muted);
    of_markup_finish(label, node);
    return node;
}

/* "after Llama 2 and the war rooms", or NULL. Owned by the caller. */
static char *because_text(const OfEvent *event)
{
    enum { MOST = 3 };
    if (event == NULL || event->because.n == 0) {
        return NULL;
    }
    g_autoptr(GPtrArray) titles = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < event->because.n; i++) {
        g_ptr_array_add(titles, of_event_text(event->because.items[i]));
    }
    g_autofree char *list = of_text_list((const char *const *) titles->pdata, titles->len, MOST);
    return g_strconcat("after ", list, NULL);
}

static void add_caption(Strategy *strategy, OfMarkup *label, const Stance *stance, const char *color)
{
    OfDrawing *drawing = strategy->drawing;
    const OfEvent *event = stance->state->event;
    const double width = strategy->stance_width;
    if (event == NULL) {
        if (of_date_is_set(&stance->lab->begin) && stance->lab->begin_day >= drawing->selection.from) {
            g_autofree char *since = of_date_display(&stance->lab->begin);
            of_drawing_add_lines(drawing, label, OF_MARKUP_PLAIN, OF_SIZE_NOTE, color, since, width, 'l');
        }
        return;
    }
    g_autofree char *date = of_date_display(&stance->state->date);
    g_autofree char *cited = of_drawing_cite(drawing, &event->item);
    g_autofree char *first = cited != NULL ? g_strdup_printf("%s %s", date, cited) : g_strdup(date);
    of_drawing_add_lines(drawing, label, OF_MARKUP_PLAIN, OF_SIZE_NOTE, color, first, width, 'l');
    g_autofree char *because = because_text(event);
    if (event->item.name != NULL && (arrangements[drawing->variant].titles || because == NULL)) {
        of_drawing_add_lines(drawing, label, OF_MARKUP_PLAIN, OF_SIZE_NOTE, color, event->item.name, width, 'l');
    }
    if (because != NULL) {
        of_drawing_add_lines(drawing, label, OF_MARKUP_ITALIC, OF_SIZE_NOTE, color, because, width, 'l');
    }
}

static bool stance_stands_out(const OfDrawing *drawing, const Stance *stance)
{
    const OfSelection *selection = &drawing->selection;
    return of_selection_stands_out(selection, stance->lab->item.id) ||
           of_selection_stands_out(selection, stance->state->strategy->item.id) ||
           (stance->state->event != NULL && of_selection_stands_out(selection, stance->state->event->item.id));
}

static void add_stance(Strategy *strategy, Stance *stance)
{
    OfDrawing *drawing = strategy->drawing;
    const OfEvent *event = stance->state->event;
    const bool stands_out = stance_stands_out(drawing, stance);
    const char *ink = of_drawing_text_color(drawing, drawing->theme->ink, stands_out);
    g_autofree char *row = g_strconcat("lab-", stance->lab_key, NULL);
    g_autofree char *date = event != NULL ? of_date_format(&stance->state->date) : NULL;
    g_autofree char *title =
        g_strdup_printf("%s: %s", of_lab_name_on(stance->lab, stance->day), of_item_label(&stance->state->strategy->item));
    stance->node = of_graph_node(drawing->graph, stance->name);
    const char *fill = of_drawing_color(drawing, of_coloring_stance(drawing->coloring, stance->state->strategy), stands_out);
    of_graph_set(stance->node, "id", stance->name, "class", "stance", "shape", "box", "style", "filled", "fillcolor", fill, "color",
                 fill, "margin", "0.07,0.05", "width", "0.5", "height", "0.3", "fontname",
                 of_fonts_name(drawing->fonts, OF_FACE_REGULAR), "group", row, "data_kind", "stance", "data_lab",
                 stance->lab->item.id, "data_stance", stance->state->strategy->item.id, "data_date", date, "data_event",
                 event != NULL ? event->item.key : NULL, "data_confidence",
                 event != NULL ? of_confidence_names[event->item.confidence] : NULL, "data_title", title, NULL);
    of_drawing_set_begin(drawing, stance->node, stance->day);
    OfMarkup *label = of_markup_new();
    of_drawing_add_lines(drawing, label, OF_MARKUP_BOLD, OF_SIZE_NAME, ink, of_item_label(&stance->state->strategy->item),
                         strategy->stance_width, 'l');
    add_caption(strategy, label, stance, ink);
    of_markup_finish_block(label, stance->node, strategy->stance_width, 'l');
}

/* The step from one stance of a lab to its next. */
static void add_shift(Strategy *strategy, const Stance *before, const Stance *after)
{
    OfDrawing *drawing = strategy->drawing;
    const OfEvent *event = after->state->event;
    const bool stands_out = stance_stands_out(drawing, after);
    const OfConfidence confidence = event != NULL ? event->item.confidence : OF_CONFIDENCE_CONFIRMED;
    g_autofree char *id = g_strconcat("shift-", agnameof(after->node), NULL);
    g_autofree char *because = because_text(event);
    g_autofree char *title =
        g_strdup_printf("%s: %s to %s%s%s", of_lab_name_on(after->lab, after->day), of_item_label(&before->state->strategy->item),
                        of_item_label(&after->state->strategy->item), because != NULL ? ", " : "", because != NULL ? because : "");
    Agedge_t *edge = of_graph_edge(drawing->graph, before->node, after->node, id);
    of_graph_set(edge, "id", id, "class", confidence == OF_CONFIDENCE_DISPUTED ? "shift disputed" : "shift", "style",
                 of_drawing_line_style(drawing, confidence), "color",
                 of_drawing_color(drawing, of_coloring_lab(drawing->coloring, after->lab), stands_out), "penwidth", "1.8",
                 "arrowsize", "0.6", "weight", "20", "data_kind", "shift", "data_lab", after->lab->item.id, "data_from",
                 before->state->strategy->item.id, "data_to", after->state->strategy->item.id, "data_event",
                 event != NULL ? event->item.key : NULL, "data_title", title, NULL);
    of_drawing_set_begin(drawing, edge, after->day);
}

/* Where a shift names another shift of the drawing as what led to it, a thin arrow says so. */
static void add_causes(Strategy *strategy, const Stance *effect)
{
    OfDrawing *drawing = strategy->drawing;
    const OfEvent *event = effect->state->event;
    for (guint i = 0; event != NULL && i < event->because.n; i++) {
        for (guint j = 0; j < strategy->stances->len; j++) {
            const Stance *cause = &g_array_index(strategy->stances, Stance, j);
            if (cause->state->event != event->because.items[i] || cause->lab == effect->lab) {
                continue;
            }
            g_autofree char *id = g_strdup_printf("because-%s-TO-%s", agnameof(cause->node), agnameof(effect->node));
            Agedge_t *edge = of_graph_edge(drawing->graph, cause->node, effect->node, id);
            of_graph_set(edge, "id", id, "class", "because", "constraint", "false", "color", drawing->theme->muted, "penwidth",
                         "0.8", "arrowsize", "0.5", "data_kind", "because", "data_because", event->because.items[i]->item.key,
                         "data_event", event->item.key, NULL);
            of_drawing_set_begin(drawing, edge, MAX(cause->day, effect->day));
            of_drawing_add_legend(drawing, (OfLegendEntry){OF_LEGEND_LINE, "solid", drawing->theme->muted, 0.8, false, NULL, 20, 0},
                                  "led to");
        }
    }
}

/* The lab of a row in the revision that is being built, or NULL. */
static const OfLab *row_lab(const Strategy *strategy, const Row *row)
{
    for (guint i = 0; i < strategy->stances->len; i++) {
        const Stance *stance = &g_array_index(strategy->stances, Stance, i);
        if (g_str_equal(stance->lab_key, row->lab)) {
            return stance->lab;
        }
    }
    return NULL;
}

static void add_rows(Strategy *strategy)
{
    OfDrawing *drawing = strategy->drawing;
    Agraph_t *names = agsubg(drawing->graph, "names", TRUE);
    of_graph_set(names, "rank", "same", NULL);
    Agnode_t *above = NULL;
    for (guint i = 0; i < strategy->rows->len; i++) {
        const OfLab *lab = row_lab(strategy, &g_array_index(strategy->rows, Row, i));
        if (lab == NULL) {
            continue; /* the other revision's */
        }
        Agnode_t *name = row_node(strategy, lab);
        agsubnode(names, name, TRUE);
        if (above != NULL) {
            g_autofree char *id = g_strdup_printf("row-%u", i);
            of_graph_set(of_graph_edge(drawing->graph, above, name, id), "style", "invis", "id", id, NULL);
        }
        above = name;
        const Stance *before = NULL;
        for (guint j = 0; j < strategy->stances->len; j++) {
            Stance *stance = &g_array_index(strategy->stances, Stance, j);
            if (stance->lab != lab) {
                continue;
            }
            add_stance(strategy, stance);
            if (before == NULL) {
                of_drawing_set_begin(drawing, name, stance->day); /* the row's first stance */
                g_autofree char *id = g_strdup_printf("begin-%u", i);
                of_graph_set(of_graph_edge(drawing->graph, name, stance->node, id), "style", "invis", "weight", "20", "id", id,
                             NULL);
            } else {
                add_shift(strategy, before, stance);
            }
            before = stance;
        }
    }
}

static void align_columns(Strategy *strategy)
{
    OfDrawing *drawing = strategy->drawing;
    Agnode_t *before = NULL;
    for (guint column = 0; column < strategy->n_columns; column++) {
        g_autofree char *name = g_strdup_printf("column-%u", column);
        Agraph_t *same = agsubg(drawing->graph, name, TRUE);
        of_graph_set(same, "rank", "same", NULL);
        /* A point without ink holds the column's place. */
        Agnode_t *post = of_graph_node(same, name);
        of_graph_set(post, "id", name, "style", "invis", "shape", "point", "label", "", "width", "0.01", "height", "0.01", NULL);
        if (before != NULL) {
            of_graph_set(of_graph_edge(drawing->graph, before, post, name), "style", "invis", NULL);
        }
        before = post;
        for (guint i = 0; i < strategy->stances->len; i++) {
            const Stance *stance = &g_array_index(strategy->stances, Stance, i);
            if (stance->column == column) {
                agsubnode(same, stance->node, TRUE);
            }
        }
    }
}

static void describe(const Strategy *strategy)
{
    OfDrawing *drawing = strategy->drawing;
    guint n_shifts = 0;
    g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < strategy->rows->len; i++) {
        const OfLab *lab = row_lab(strategy, &g_array_index(strategy->rows, Row, i));
        if (lab == NULL) {
            continue;
        }
        g_autoptr(GString) path = g_string_new(of_lab_name_on(lab, drawing->selection.to));
        guint n = 0, n_events = 0;
        for (guint j = 0; j < strategy->stances->len; j++) {
            const Stance *stance = &g_array_index(strategy->stances, Stance, j);
            if (stance->lab == lab) {
                g_string_append_printf(path, "%s%s",
                                       n > 0                          ? " to "
                                       : stance->state->event != NULL ? " turns to "
                                                                      : " from ",
                                       of_item_label(&stance->state->strategy->item));
                n++;
                n_events += stance->state->event != NULL;
            }
        }
        n_shifts += n_events;
        if (n_events > 0) {
            g_ptr_array_add(parts, g_strdup(path->str));
        }
    }
    g_autofree char *list = of_text_list((const char *const *) parts->pdata, parts->len, parts->len);
    g_autofree char *shifts = of_text_count(n_shifts, "shift", "shifts");
    g_autofree char *labs = of_text_count(parts->len, "lab", "labs");
    drawing->description = parts->len == 0 ? g_strdup("No lab changes its stance in this part of the story.")
                                           : g_strdup_printf("How strategy shifted: %s of %s. %s.", shifts, labs, list);
}

static Agnode_t *callout_node(OfDrawing *drawing, const OfCallout *callout)
{
    g_autofree char *lab = callout->lab != NULL ? g_strconcat("lab-", callout->lab, NULL) : NULL;
    for (Agnode_t *node = agfstnode(drawing->graph); node != NULL; node = agnxtnode(drawing->graph, node)) {
        if ((lab != NULL && g_str_equal(agnameof(node), lab)) ||
            (callout->event != NULL && g_strcmp0(agget(node, "data_event"), callout->event) == 0)) {
            return node;
        }
    }
    return NULL;
}

static bool make_steps(const Strategy *strategy, GError **error)
{
    OfDrawing *drawing = strategy->drawing;
    for (guint i = 0; i < strategy->stances->len; i++) {
        const Stance *stance = &g_array_index(strategy->stances, Stance, i);
        char *text =
            g_strdup_printf("%s: %s", of_lab_name_on(stance->lab, stance->day), of_item_label(&stance->state->strategy->item));
        of_drawing_add_beginning(drawing, stance->day, stance->state->event != NULL ? &stance->state->date : NULL, text);
    }
    return of_drawing_make_steps(drawing, error);
}

static void build(Strategy *strategy)
{
    join_stances(strategy);
    set_columns(strategy);
    set_rows(strategy);
    set_stance_width(strategy);
    add_rows(strategy);
    if (arrangements[strategy->drawing->variant].aligned) {
        align_columns(strategy);
    }
    for (guint i = 0; i < strategy->stances->len; i++) {
        add_causes(strategy, &g_array_index(strategy->stances, Stance, i));
    }
    describe(strategy);
    of_drawing_add_callouts(strategy->drawing, callout_node, true);
}

bool of_view_build_strategy(OfDrawing *drawing, GError **error)
{
    Strategy strategy = {.drawing = drawing};
    strategy.rows = g_array_new(FALSE, FALSE, sizeof(Row));
    drawing->graph = of_graph_new("strategy", drawing->discipline);
    of_graph_set(drawing->graph, "rankdir", "LR", "ranksep", arrangements[drawing->variant].ranksep, "nodesep",
                 arrangements[drawing->variant].nodesep, NULL);
    strategy.stances = collect_stances(drawing);
    drawing->empty = strategy.stances->len == 0;
    const bool done = !of_drawing_is_stepped(drawing) || drawing->empty || make_steps(&strategy, error);
    if (done) {
        build(&strategy);
    }
    g_array_unref(strategy.rows);
    g_array_unref(strategy.stances);
    g_clear_pointer(&strategy.joint, g_array_unref);
    return done;
}

/* All rows' names are as wide as the widest, so that they are flush left. */
void of_view_place_strategy(OfDrawing *drawing)
{
    double widest = 0;
    for (int pass = 0; pass < 2; pass++) {
        for (Agnode_t *node = agfstnode(drawing->graph); node != NULL; node = agnxtnode(drawing->graph, node)) {
            double width = 0, height = 0;
            if (!g_str_has_prefix(agget(node, (char *) "class"), "lab")) {
                continue;
            }
            if (pass == 0) {
                of_label_measure(agget(node, (char *) "label"), drawing->fonts, 1, &width, &height);
                widest = MAX(widest, ceil(width * WIDTH_TOLERANCE));
            } else {
                of_markup_make_block(node, widest, 'l');
            }
        }
    }
}
