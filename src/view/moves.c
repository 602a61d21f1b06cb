/* The view `moves`: who moved where. Labs are nodes inside their parents, moves are bundled lab to lab. */
#include "view/moves.h"
#include "view/inline_labels.h"
#include "view/steps.h"
#include "view/view.h"

#include <math.h>

#define WIDTH_LEAST 1.2 /* points: the line of one move */
#define WIDTH_STEP  0.9 /* points for each further one … */
#define WIDTH_MOST  8.0 /* … up to this, then as the root of their number */
#define WIDTH_THIN  0.9 /* a second affiliation, another account */

/* What a natural drawing of many lines shows of each. */
#define MANY_LINES 24
#define MOST_LINES 48
#define MANY_NAMES 3

static const struct {
    const char *rankdir, *ranksep, *nodesep;
    guint most_names;
    double label_width;
    const char *margin; /* of clusters */
} arrangements[] = {
    {"LR", "0.35", "0.2", 6, 150, "8"},  {"LR", "0.15", "0.1", 6, 150, "8"},  {"TB", "0.3", "0.25", 6, 150, "8"},
    {"TB", "0.15", "0.12", 6, 150, "8"}, {"LR", "0.12", "0.08", 6, 110, "5"}, {"LR", "0.15", "0.1", 2, 110, "5"},
    {"TB", "0.15", "0.12", 2, 110, "5"}, {"LR", "0.12", "0.08", 0, 110, "5"}, {"TB", "0.12", "0.1", 0, 110, "5"},
};

static bool widths_are_linear(const OfMoves *moves)
{
    return WIDTH_LEAST + WIDTH_STEP * (double) (moves->heaviest - 1) <= WIDTH_MOST;
}

static double line_width(const OfMoves *moves, gint64 weight)
{
    return widths_are_linear(moves)
               ? WIDTH_LEAST + WIDTH_STEP * (double) (weight - 1)
               : WIDTH_LEAST + (WIDTH_MOST - WIDTH_LEAST) * sqrt((double) (weight - 1) / (double) (moves->heaviest - 1));
}

const OfLab *of_moves_parent(const OfMoves *moves, const OfLab *lab)
{
    return of_lab_parent_on(lab, moves->parents_at_end ? moves->drawing->selection.to : moves->labs[lab->index].last_day);
}

bool of_moves_is_within(const OfMoves *moves, const OfLab *lab, const OfLab *ancestor)
{
    for (const OfLab *at = lab; at != NULL; at = of_moves_parent(moves, at)) {
        if (at == ancestor) {
            return true;
        }
    }
    return false;
}

static void touch_lab(OfMoves *moves, const OfBundle *bundle, const OfLab *lab, bool stands_out)
{
    if (lab == NULL) {
        return;
    }
    OfMovesLab *known = &moves->labs[lab->index];
    for (guint i = 0; i < bundle->entries->len; i++) {
        const OfDay day = g_array_index(bundle->entries, OfBundleEntry, i).move->day;
        known->first_day = known->touched ? MIN(known->first_day, day) : day;
        known->last_day = known->touched ? MAX(known->last_day, day) : day;
        known->touched = true;
    }
    known->stands_out = known->stands_out || stands_out || of_selection_stands_out(&moves->drawing->selection, lab->item.id);
}

/* Parents on different days may be a circle: "A in B" until it was "B in A". */
static bool parents_are_tree(const OfMoves *moves)
{
    const OfStory *story = moves->drawing->story;
    for (guint i = 0; i < story->labs.n; i++) {
        guint steps = 0;
        for (const OfLab *lab = story->labs.items[i]; lab != NULL; lab = of_moves_parent(moves, lab)) {
            if (moves->labs[story->labs.items[i]->index].touched && ++steps > story->labs.n) {
                return false;
            }
            if (!moves->labs[story->labs.items[i]->index].touched) {
                break;
            }
        }
    }
    return true;
}

static void know_labs(OfMoves *moves)
{
    const OfStory *story = moves->drawing->story;
    moves->labs = g_new0(OfMovesLab, story->labs.n);
    for (guint i = 0; i < story->labs.n; i++) {
        moves->labs[i].last_day = moves->drawing->selection.to;
    }
    for (guint i = 0; i < moves->bundles->len; i++) {
        const OfBundle *bundle = moves->bundles->pdata[i];
        const bool stands_out = of_bundle_stands_out(moves->drawing, bundle);
        touch_lab(moves, bundle, bundle->way.from, stands_out);
        touch_lab(moves, bundle, bundle->way.to, stands_out);
    }
    moves->parents_at_end = !parents_are_tree(moves);
    for (guint i = 0; i < story->labs.n; i++) {
        const OfLab *lab = story->labs.items[i];
        for (const OfLab *parent = moves->labs[i].touched ? of_moves_parent(moves, lab) : NULL; parent != NULL;
             parent = of_moves_parent(moves, parent)) {
            moves->labs[parent->index].holds = true;
            moves->labs[parent->index].stands_out = moves->labs[parent->index].stands_out || moves->labs[i].stands_out;
        }
    }
    of_moves_count_steps(moves);
}

/* The cluster that stands for a parent, inside its own parent's. */
static Agraph_t *cluster_of(OfMoves *moves, const OfLab *lab)
{
    OfDrawing *drawing = moves->drawing;
    if (lab == NULL) {
        return drawing->graph;
    }
    Agraph_t *cluster = g_hash_table_lookup(moves->clusters, lab);
    if (cluster != NULL) {
        return cluster;
    }
    const bool stands_out = moves->labs[lab->index].stands_out || drawing->selection.highlight == NULL;
    const char *label_text = of_lab_name_on(lab, drawing->selection.to);
    g_autofree char *name = g_strconcat("within-", of_drawing_key(drawing, &lab->item), NULL);
    cluster = of_graph_cluster(cluster_of(moves, of_moves_parent(moves, lab)), name);
    g_hash_table_insert(moves->clusters, (gpointer) lab, cluster);
    of_graph_set(cluster, "id", name, "class", "lab parent", "style", "rounded,filled", "fillcolor", drawing->theme->panel,
                 "bgcolor", "", "color", drawing->theme->faint, "labeljust", "l", "margin", arrangements[drawing->variant].margin,
                 "data_kind", "lab", "data_lab", lab->item.id, "data_title", label_text, NULL);
    OfMarkup *label = of_markup_new();
    of_markup_add(label, OF_MARKUP_BOLD, OF_SIZE_NAME, of_drawing_text_color(drawing, drawing->theme->ink, stands_out), label_text);
    const char *muted = of_drawing_text_color(drawing, drawing->theme->muted, stands_out);
    g_autoptr(GArray) notes = of_moves_lab_notes(moves, lab, true, true, 0);
    for (guint i = 0; i < notes->len; i++) {
        const OfMovesNote *note = &g_array_index(notes, OfMovesNote, i);
        g_auto(GStrv) line = of_moves_note_on(note, OF_DAY_MAX);
        if (drawing->steps != NULL) {
            g_autofree char *time = of_drawing_time_lines(drawing, 1, of_moves_note_on, note);
            of_markup_set_time(label, time);
        }
        of_markup_add(label, OF_MARKUP_PLAIN, OF_SIZE_NOTE, muted, line[0]);
    }
    of_markup_finish(label, cluster);
    of_drawing_set_begin(drawing, cluster, moves->labs[lab->index].begin_within);
    return cluster;
}

static Agnode_t *find_lab_node(OfDrawing *drawing, const OfLab *lab)
{
    g_autofree char *name = g_strconcat("lab-", of_drawing_key(drawing, &lab->item), NULL);
    return agnode(drawing->graph, name, FALSE);
}

static void add_lab(OfMoves *moves, const OfLab *lab)
{
    OfDrawing *drawing = moves->drawing;
    if (lab == NULL || find_lab_node(drawing, lab) != NULL) {
        return;
    }
    const OfMovesLab *known = &moves->labs[lab->index];
    const char *label_text = of_lab_name_on(lab, drawing->selection.to);
    const char *color = of_drawing_color(drawing, of_coloring_lab(drawing->coloring, lab), known->stands_out);
    const char *ink = of_drawing_text_color(drawing, drawing->theme->ink, known->stands_out);
    const char *muted = of_drawing_text_color(drawing, drawing->theme->muted, known->stands_out);
    g_autofree char *name = g_strconcat("lab-", of_drawing_key(drawing, &lab->item), NULL);
    g_autofree char *fill = of_color_mix(color, drawing->theme->background, 0.1);
    Agnode_t *node = of_graph_node(cluster_of(moves, known->holds ? lab : of_moves_parent(moves, lab)), name);
    of_graph_set(node, "id", name, "class", "lab", "shape", "box", "style", "rounded,filled", "color", color, "fillcolor", fill,
                 "penwidth", "1.5", "margin", "0.1,0.06", "height", "0.3", "fontname",
                 of_fonts_name(drawing->fonts, OF_FACE_REGULAR), "data_kind", "lab", "data_lab", lab->item.id, "data_title",
                 label_text, NULL);
    OfMarkup *label = of_markup_new();
    g_autofree char *itself = known->holds ? g_strdup_printf("%s itself", label_text) : g_strdup(label_text);
    of_drawing_add_lines(drawing, label, known->holds ? OF_MARKUP_ITALIC : OF_MARKUP_BOLD, OF_SIZE_NAME, ink, itself,
                         moves->label_width, 'c');
    g_autoptr(GArray) notes = of_moves_lab_notes(moves, lab, false, !known->holds, moves->label_width);
    for (guint i = 0; i < notes->len; i++) {
        of_drawing_add_lines_on(drawing, label, OF_MARKUP_PLAIN, OF_SIZE_NOTE, muted, 'c', of_moves_note_on,
                                &g_array_index(notes, OfMovesNote, i));
    }
    of_markup_finish(label, node);
    of_drawing_set_begin(drawing, node, known->begin);
}

static bool outside_stands_out(const OfMoves *moves, bool source)
{
    for (guint i = 0; i < moves->bundles->len; i++) {
        const OfBundle *bundle = moves->bundles->pdata[i];
        if ((source ? bundle->way.from : bundle->way.to) == NULL && of_bundle_stands_out(moves->drawing, bundle)) {
            return true;
        }
    }
    return false;
}

static OfDay outside_begin(const OfMoves *moves, bool source)
{
    OfDay begin = OF_DAY_MAX;
    for (guint i = 0; i < moves->bundles->len; i++) {
        const OfBundle *bundle = moves->bundles->pdata[i];
        begin = (source ? bundle->way.from : bundle->way.to) == NULL ? MIN(begin, bundle->first_day) : begin;
    }
    return begin;
}

static Agnode_t *outside_node(const OfMoves *moves, bool source)
{
    OfDrawing *drawing = moves->drawing;
    const char *name = source ? "outside-from" : "outside-to", *text = source ? "From outside" : "To outside";
    Agnode_t *node = agnode(drawing->graph, (char *) name, FALSE);
    if (node != NULL) {
        return node;
    }
    const bool stands_out = outside_stands_out(moves, source);
    node = of_graph_node(drawing->graph, name);
    of_graph_set(node, "id", name, "class", "outside", "shape", "box", "style", "rounded,dashed", "color",
                 of_drawing_color(drawing, drawing->theme->muted, stands_out), "margin", "0.1,0.05", "height", "0.3", "fontname",
                 of_fonts_name(drawing->fonts, OF_FACE_REGULAR), "data_kind", "outside", "data_title", text, NULL);
    OfMarkup *label = of_markup_new();
    of_markup_add(label, OF_MARKUP_ITALIC, OF_SIZE_NAME, of_drawing_text_color(drawing, drawing->theme->muted, stands_out), text);
    of_markup_finish(label, node);
    of_drawing_set_begin(drawing, node, outside_begin(moves, source));
    return node;
}

/* The innermost cluster that holds both ends of a bundle. */
static Agraph_t *common_cluster(const OfMoves *moves, const OfBundle *bundle)
{
    for (const OfLab *lab = bundle->way.from; lab != NULL && bundle->way.to != NULL; lab = of_moves_parent(moves, lab)) {
        Agraph_t *cluster = g_hash_table_lookup(moves->clusters, lab);
        if (cluster != NULL && of_moves_is_within(moves, bundle->way.to, lab)) {
            return cluster;
        }
    }
    return moves->drawing->graph;
}

static void set_data(const OfMoves *moves, Agedge_t *edge, const OfBundle *bundle)
{
    static const char *const kinds[OF_N_BUNDLE_KINDS] = {"move", "move", "account"};
    g_autoptr(GString) people = g_string_new(NULL), dates = g_string_new(NULL), events = g_string_new(NULL),
                       confidences = g_string_new(NULL);
    for (guint i = 0; i < bundle->entries->len; i++) {
        const OfBundleEntry *entry = &g_array_index(bundle->entries, OfBundleEntry, i);
        const char *space = i > 0 ? " " : "";
        g_autofree char *date = of_date_format(&entry->date);
        g_string_append_printf(people, "%s%s", space, entry->move->person != NULL ? entry->move->person->item.id : "-");
        g_string_append_printf(dates, "%s%s", space, date);
        g_string_append_printf(events, "%s%s", space, entry->move->item->key != NULL ? entry->move->item->key : "-");
        g_string_append_printf(confidences, "%s%s", space, of_confidence_names[entry->confidence]);
    }
    g_autofree char *weight = g_strdup_printf("%" G_GINT64_FORMAT, bundle->weight);
    g_autofree char *title = of_bundle_sentence(moves, bundle);
    of_graph_set(edge, "data_kind", kinds[bundle->way.kind], "data_from", bundle->way.from != NULL ? bundle->way.from->item.id : "",
                 "data_to", bundle->way.to != NULL ? bundle->way.to->item.id : "", "data_people", people->str, "data_dates",
                 dates->str, "data_event", events->str, "data_weight", weight, "data_confidence", confidences->str,
                 "data_concurrent", bundle->way.kind == OF_BUNDLE_ALSO ? "true" : NULL, "data_title", title, NULL);
}

/* Sets what kind of line it is. Returns its width. */
static double set_line(const OfMoves *moves, Agedge_t *edge, const OfBundle *bundle)
{
    OfDrawing *drawing = moves->drawing;
    if (bundle->way.kind == OF_BUNDLE_ACCOUNT) {
        of_drawing_add_legend(drawing,
                              (OfLegendEntry){OF_LEGEND_LINE, "dashed", drawing->theme->muted, WIDTH_THIN, true, NULL, 9, 0},
                              "another account");
        of_graph_set(edge, "class", "account disputed", "style", "dashed", "arrowhead", "empty", "arrowsize", "0.6", NULL);
        return WIDTH_THIN;
    }
    const OfConfidence confidence = of_bundle_confidence(bundle);
    const bool disputed = confidence == OF_CONFIDENCE_DISPUTED;
    of_graph_set(edge, "style", of_drawing_line_style(drawing, confidence), NULL);
    if (bundle->way.kind == OF_BUNDLE_ALSO) {
        of_drawing_add_legend(drawing,
                              (OfLegendEntry){OF_LEGEND_LINE, "solid", drawing->theme->muted, WIDTH_THIN, false, NULL, 9, 0},
                              "also there, and stays");
        of_graph_set(edge, "class", disputed ? "move concurrent disputed" : "move concurrent", "arrowhead", "empty", "arrowsize",
                     "0.6", NULL);
        return WIDTH_THIN;
    }
    const double width = line_width(moves, bundle->weight);
    of_graph_set(edge, "class", disputed ? "move disputed" : "move", NULL);
    /* The head's outline is as thick as the line: it grows with it. */
    of_graph_set_number(edge, "arrowsize", 0.6 + 0.03 * (width - WIDTH_LEAST));
    return width;
}

/* At each step a line is as wide, and its title as long, as it has moves. */
static void set_changes(const OfMoves *moves, Agedge_t *edge, const OfBundle *bundle)
{
    const GArray *steps = moves->drawing->steps;
    g_autoptr(GString) widths = g_string_new(NULL), titles = g_string_new(NULL);
    gint64 before = 0;
    for (guint k = 0; steps != NULL && k < steps->len; k++) {
        const OfDay day = g_array_index(steps, OfStep, k).day;
        const gint64 weight = of_bundle_weight_on(bundle, day);
        if (weight <= before) {
            continue;
        }
        g_autofree char *sentence = of_bundle_sentence_on(moves, bundle, day);
        g_autofree char *visible = of_label_visible(sentence);
        g_autofree char *title = g_uri_escape_string(visible, NULL, TRUE);
        g_string_append_printf(titles, "%s%d:%s", titles->len > 0 ? " " : "", day, title);
        if (bundle->way.kind == OF_BUNDLE_MOVE) {
            g_autofree char *width = of_number_text(line_width(moves, weight));
            g_string_append_printf(widths, "%s%d:%s", widths->len > 0 ? " " : "", day, width);
        }
        before = weight;
    }
    of_graph_set(edge, "data_widths", widths->len > 0 ? widths->str : NULL, "data_titles", titles->len > 0 ? titles->str : NULL,
                 NULL);
}

static void add_bundle(OfMoves *moves, const OfBundle *bundle)
{
    OfDrawing *drawing = moves->drawing;
    Agnode_t *tail = bundle->way.from != NULL ? find_lab_node(drawing, bundle->way.from) : outside_node(moves, true);
    Agnode_t *head = bundle->way.to != NULL ? find_lab_node(drawing, bundle->way.to) : outside_node(moves, false);
    const bool horizontal = g_str_equal(arrangements[drawing->variant].rankdir, "LR");
    const bool in_hue = bundle->way.to != NULL && bundle->way.kind != OF_BUNDLE_ACCOUNT;
    const char *hue = in_hue ? of_coloring_lab(drawing->coloring, bundle->way.to) : drawing->theme->muted;
    Agnode_t *words = NULL;
    Agedge_t *edge = of_inline_label_new(drawing->graph, common_cluster(moves, bundle), tail, head, bundle->name, horizontal,
                                         bundle->reversed, &words);
    of_graph_set(edge, "id", bundle->name, "color", of_drawing_color(drawing, hue, of_bundle_stands_out(drawing, bundle)),
                 "fontname", of_fonts_name(drawing->fonts, OF_FACE_REGULAR), NULL);
    const double width = set_line(moves, edge, bundle);
    of_graph_set_number(edge, "penwidth", width);
    set_data(moves, edge, bundle);
    set_changes(moves, edge, bundle);
    of_drawing_set_begin(drawing, edge, bundle->first_day);
    of_drawing_set_begin(drawing, words, bundle->first_day);
    OfMarkup *label = of_markup_new();
    of_bundle_add_words(moves, label, bundle, hue);
    of_graph_set(words, "fontname", of_fonts_name(drawing->fonts, OF_FACE_REGULAR), NULL);
    of_markup_finish_beside(label, words, width / 2, horizontal);
}

/* A number that is easily read, one digit and zeros, whose line is about half as wide as the widest. */
static gint64 middle_sample(const OfMoves *moves)
{
    const gint64 middle = moves->heaviest / (widths_are_linear(moves) ? 2 : 4);
    gint64 unit = 1;
    while (unit * 10 <= middle) {
        unit *= 10;
    }
    return middle / unit * unit;
}

static void add_width_legend(const OfMoves *moves)
{
    OfDrawing *drawing = moves->drawing;
    const gint64 samples[] = {1, middle_sample(moves), moves->heaviest};
    for (gsize i = 0; moves->heaviest > 1 && i < G_N_ELEMENTS(samples); i++) {
        if (i > 0 && samples[i] <= 1) {
            continue;
        }
        g_autofree char *text = of_text_count(samples[i], "move", "moves");
        of_drawing_add_legend(drawing,
                              (OfLegendEntry){.kind = OF_LEGEND_LINE,
                                              .style = "solid",
                                              .color = drawing->theme->muted,
                                              .width = line_width(moves, samples[i]),
                                              .order = 10 + (int) i},
                              text);
    }
}

static bool move_is_of_callout(const OfMove *move, const OfCallout *callout)
{
    return (callout->event != NULL && g_strcmp0(move->item->key, callout->event) == 0) ||
           (callout->person != NULL && move->person != NULL && g_str_equal(move->person->item.id, callout->person));
}

/* A remark on a lab stands at its node, one on a move or a person at the words of the line, of their last one. */
static Agnode_t *callout_node(OfDrawing *drawing, const OfCallout *callout)
{
    if (callout->lab != NULL) {
        const OfLab *lab = of_story_find_lab(drawing->story, callout->lab);
        return lab != NULL ? find_lab_node(drawing, lab) : NULL;
    }
    const OfMove *last = NULL;
    for (guint i = 0; i < drawing->story->moves.n; i++) {
        const OfMove *move = drawing->story->moves.items[i];
        if (move_is_of_callout(move, callout) && of_selection_has_move(&drawing->selection, move)) {
            last = move;
        }
    }
    if (last == NULL) {
        return NULL;
    }
    const OfBundleWay way = of_move_way(last);
    g_autofree char *name = of_bundle_name(drawing, &way);
    return of_inline_label_find(drawing->graph, name);
}

void of_view_finish_moves(OfDrawing *drawing)
{
    of_inline_labels_join(drawing->graph);
    of_cluster_names_settle(drawing->graph);
}

static void set_names(OfMoves *moves)
{
    const guint variant = moves->drawing->variant;
    moves->label_width = arrangements[variant].label_width;
    moves->most_names = arrangements[variant].most_names;
    if (variant == 0 && moves->n_lines > MANY_LINES) {
        moves->most_names = moves->n_lines > MOST_LINES ? 0 : MANY_NAMES;
    }
}

static void build(OfMoves *moves)
{
    OfDrawing *drawing = moves->drawing;
    know_labs(moves);
    set_names(moves);
    /* Nodes come in the order of the moves: dot puts what comes first to the left and on top. */
    for (guint i = 0; i < moves->bundles->len; i++) {
        const OfBundle *bundle = moves->bundles->pdata[i];
        add_lab(moves, bundle->way.from);
        add_lab(moves, bundle->way.to);
    }
    for (guint i = 0; i < moves->bundles->len; i++) {
        add_bundle(moves, moves->bundles->pdata[i]);
    }
    add_width_legend(moves);
    of_moves_describe(moves);
    of_drawing_add_callouts(drawing, callout_node, false);
}

bool of_view_build_moves(OfDrawing *drawing, GError **error)
{
    OfMoves moves = {.drawing = drawing};
    if (!of_moves_collect(&moves, error)) {
        return false;
    }
    moves.clusters = g_hash_table_new(NULL, NULL);
    moves.counts = g_array_new(FALSE, FALSE, sizeof(OfMovesCount));
    drawing->graph = of_graph_new("moves", drawing->discipline);
    of_graph_set(drawing->graph, "rankdir", arrangements[drawing->variant].rankdir, "ranksep",
                 arrangements[drawing->variant].ranksep, "nodesep", arrangements[drawing->variant].nodesep, "fontname",
                 of_fonts_name(drawing->fonts, OF_FACE_REGULAR), NULL);
    drawing->empty = moves.bundles->len == 0;
    const bool done = drawing->empty || !of_drawing_is_stepped(drawing) || of_moves_make_steps(&moves, error);
    if (done) {
        build(&moves);
    }
    g_ptr_array_unref(moves.bundles);
    g_hash_table_unref(moves.clusters);
    g_array_unref(moves.counts);
    g_free(moves.labs);
    return done;
}
