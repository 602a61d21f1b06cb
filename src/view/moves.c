/* The view `moves`: who moved where. Labs are nodes inside their parents, moves are bundled lab to lab. */
#include "view/inline_labels.h"
#include "view/view.h"

#include <string.h>

#define NAMES_MOST   6   /* names that a bundle shows before it counts */
#define LABEL_WIDTH  150.0
#define WIDTH_LEAST  1.2 /* points: the line of one person */
#define WIDTH_STEP   0.9 /* points for each further one … */
#define WIDTH_MOST   10.0 /* … up to this, then in proportion to the widest */

typedef struct {
    const OfLab *from, *to; /* NULL: outside */
    GPtrArray *moves;       /* of OfMove, in the story's order */
    gint64 weight;
} Bundle;

typedef struct {
    OfDrawing *drawing;
    GPtrArray *bundles;
    gint64 heaviest;
    GHashTable *clusters; /* lab -> Agraph_t */
} Moves;

static const struct {
    const char *rankdir, *ranksep, *nodesep;
} arrangements[] = {{"LR", "0.35", "0.2"}, {"LR", "0.15", "0.1"}, {"TB", "0.3", "0.25"}, {"TB", "0.15", "0.12"}};

static void free_bundle(gpointer data)
{
    Bundle *bundle = data;
    g_ptr_array_unref(bundle->moves);
    g_free(bundle);
}

static int compare_labs(const OfLab *a, const OfLab *b)
{
    /* Outside (NULL) stands last. */
    if (a == NULL || b == NULL) {
        return (a == NULL) - (b == NULL);
    }
    return strcmp(a->item.id, b->item.id);
}

static gint compare_bundles(gconstpointer a, gconstpointer b)
{
    const Bundle *const *left = a, *const *right = b;
    const int by_from = compare_labs((*left)->from, (*right)->from);
    return by_from != 0 ? by_from : compare_labs((*left)->to, (*right)->to);
}

static void collect_bundles(Moves *moves)
{
    const OfStory *story = moves->drawing->story;
    g_autoptr(GHashTable) known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < story->moves.n; i++) {
        const OfMove *move = story->moves.items[i];
        if (!of_selection_has_move(&moves->drawing->selection, move)) {
            continue;
        }
        g_autofree char *pair = g_strdup_printf("%s>%s", move->from != NULL ? move->from->item.id : "", move->to != NULL ? move->to->item.id : "");
        Bundle *bundle = g_hash_table_lookup(known, pair);
        if (bundle == NULL) {
            bundle = g_new0(Bundle, 1);
            bundle->from = move->from;
            bundle->to = move->to;
            bundle->moves = g_ptr_array_new();
            g_ptr_array_add(moves->bundles, bundle);
            g_hash_table_insert(known, g_steal_pointer(&pair), bundle);
        }
        g_ptr_array_add(bundle->moves, (gpointer) move);
        bundle->weight += move->weight;
        moves->heaviest = MAX(moves->heaviest, bundle->weight);
    }
    g_ptr_array_sort(moves->bundles, compare_bundles);
}

static double line_width(gint64 weight, gint64 heaviest)
{
    const double widest = WIDTH_LEAST + WIDTH_STEP * (double) (heaviest - 1);
    const double width = WIDTH_LEAST + WIDTH_STEP * (double) (weight - 1);
    return widest <= WIDTH_MOST ? width : WIDTH_LEAST + (WIDTH_MOST - WIDTH_LEAST) * (double) (weight - 1) / (double) (heaviest - 1);
}

static bool bundle_stands_out(const OfDrawing *drawing, const Bundle *bundle)
{
    const OfSelection *selection = &drawing->selection;
    if (selection->highlight == NULL || (bundle->from != NULL && of_selection_stands_out(selection, bundle->from->item.id)) ||
        (bundle->to != NULL && of_selection_stands_out(selection, bundle->to->item.id))) {
        return true;
    }
    for (guint i = 0; i < bundle->moves->len; i++) {
        const OfMove *move = bundle->moves->pdata[i];
        if ((move->person != NULL && of_selection_stands_out(selection, move->person->item.id)) ||
            (move->event != NULL && of_selection_stands_out(selection, move->event->item.id))) {
            return true;
        }
    }
    return false;
}

static bool lab_stands_out(const Moves *moves, const OfLab *lab)
{
    if (of_selection_stands_out(&moves->drawing->selection, lab->item.id)) {
        return true;
    }
    for (guint i = 0; i < moves->bundles->len; i++) {
        const Bundle *bundle = moves->bundles->pdata[i];
        if ((bundle->from == lab || bundle->to == lab) && bundle_stands_out(moves->drawing, bundle)) {
            return true;
        }
    }
    return false;
}

/* How many of the people selected are at lab (within: or below it) on a day. */
static guint count_people(const OfDrawing *drawing, const OfLab *lab, bool within, OfDay day)
{
    const OfSelection *selection = &drawing->selection;
    guint n = 0;
    for (guint i = 0; i < drawing->story->people.n; i++) {
        const OfPerson *person = drawing->story->people.items[i];
        if (!of_selection_has_person(selection, person)) {
            continue;
        }
        for (guint j = 0; j < person->stints.n; j++) {
            const OfStint *stint = person->stints.items[j];
            const bool open = stint->begin_day <= day && day < stint->end_day;
            if (open && (stint->lab == lab || (within && of_lab_is_within(stint->lab, lab, day)))) {
                n++;
                break;
            }
        }
    }
    return n;
}

/* "14 → 3 people": at the beginning and at the end of the window. NULL where there is nothing to say. */
static char *count_text(const OfDrawing *drawing, const OfLab *lab, bool within)
{
    const guint first = count_people(drawing, lab, within, drawing->selection.from);
    const guint last = count_people(drawing, lab, within, drawing->selection.to);
    if (first < 2 && last < 2) {
        return NULL; /* the arrows say as much */
    }
    if (first == last) {
        return of_text_people(last);
    }
    g_autofree char *people = of_text_people(last);
    return g_strdup_printf("%u → %s", first, people);
}

/* The cluster that stands for a parent, inside its own parent's. */
static Agraph_t *cluster_of(Moves *moves, const OfLab *lab)
{
    OfDrawing *drawing = moves->drawing;
    if (lab == NULL) {
        return drawing->graph;
    }
    Agraph_t *cluster = g_hash_table_lookup(moves->clusters, lab);
    if (cluster != NULL) {
        return cluster;
    }
    Agraph_t *outer = cluster_of(moves, of_lab_parent_on(lab, drawing->selection.to));
    g_autofree char *name = g_strconcat("within-", lab->item.id, NULL);
    cluster = of_graph_cluster(outer, name);
    g_hash_table_insert(moves->clusters, (gpointer) lab, cluster);
    of_graph_set(cluster, "id", name, "class", "lab parent", "style", "rounded,filled", "fillcolor", drawing->theme->panel, "bgcolor", "",
                 "color", drawing->theme->faint, "labeljust", "l", "margin", "8", "data_kind", "lab", "data_lab", lab->item.id, "data_title",
                 of_lab_name_on(lab, drawing->selection.to), NULL);
    OfMarkup *label = of_markup_new();
    of_markup_add(label, OF_MARKUP_BOLD, OF_SIZE_NAME, drawing->theme->ink, of_lab_name_on(lab, drawing->selection.to));
    g_autofree char *count = count_text(drawing, lab, true);
    if (count != NULL) {
        g_autofree char *spaced = g_strconcat("   ", count, NULL);
        of_markup_add(label, OF_MARKUP_PLAIN, OF_SIZE_NOTE, drawing->theme->muted, spaced);
    }
    of_markup_finish(label, cluster);
    return cluster;
}

static Agnode_t *find_lab_node(OfDrawing *drawing, const OfLab *lab)
{
    g_autofree char *name = g_strconcat("lab-", lab->item.id, NULL);
    return agnode(drawing->graph, name, FALSE);
}

/* Whether other labs of the drawing stand under lab at the end of the window: then its own node stands inside its cluster. */
static bool is_parent(const Moves *moves, const OfLab *lab)
{
    const OfDay day = moves->drawing->selection.to;
    for (guint i = 0; i < moves->bundles->len; i++) {
        const Bundle *bundle = moves->bundles->pdata[i];
        if ((bundle->from != NULL && bundle->from != lab && of_lab_is_within(bundle->from, lab, day)) ||
            (bundle->to != NULL && bundle->to != lab && of_lab_is_within(bundle->to, lab, day))) {
            return true;
        }
    }
    return false;
}

static void add_lab(Moves *moves, const OfLab *lab)
{
    OfDrawing *drawing = moves->drawing;
    if (find_lab_node(drawing, lab) != NULL) {
        return;
    }
    const OfDay day = drawing->selection.to;
    const bool stands_out = lab_stands_out(moves, lab);
    const char *color = of_drawing_color(drawing, of_coloring_lab(drawing->coloring, lab), stands_out);
    const char *ink = of_drawing_color(drawing, drawing->theme->ink, stands_out);
    g_autofree char *name = g_strconcat("lab-", lab->item.id, NULL);
    g_autofree char *fill = of_color_mix(color, drawing->theme->background, 0.1);
    const OfLab *parent = is_parent(moves, lab) ? lab : of_lab_parent_on(lab, day);
    Agnode_t *node = of_graph_node(cluster_of(moves, parent), name);
    of_graph_set(node, "id", name, "class", "lab", "shape", "box", "style", "rounded,filled", "color", color, "fillcolor", fill, "penwidth",
                 "1.5", "margin", "0.1,0.06", "height", "0.3", "fontname", of_fonts_name(drawing->fonts, OF_FACE_REGULAR), "data_kind", "lab",
                 "data_lab", lab->item.id, "data_title", of_lab_name_on(lab, day), NULL);
    OfMarkup *label = of_markup_new();
    of_drawing_add_lines(drawing, label, OF_MARKUP_BOLD, OF_SIZE_NAME, ink, of_lab_name_on(lab, day), LABEL_WIDTH, 'c');
    g_autofree char *count = count_text(drawing, lab, false);
    if (count != NULL) {
        of_markup_add(label, OF_MARKUP_PLAIN, OF_SIZE_NOTE, of_drawing_color(drawing, drawing->theme->muted, stands_out), count);
    }
    of_markup_finish(label, node);
}

static Agnode_t *outside_node(OfDrawing *drawing, bool source)
{
    const char *name = source ? "outside-from" : "outside-to";
    Agnode_t *node = of_graph_node(drawing->graph, name);
    of_graph_set(node, "id", name, "class", "outside", "shape", "box", "style", "rounded,dashed", "color", drawing->theme->muted, "margin",
                 "0.1,0.05", "height", "0.3", "fontname", of_fonts_name(drawing->fonts, OF_FACE_REGULAR), "data_kind", "outside", "data_title",
                 source ? "From outside" : "To outside", NULL);
    OfMarkup *label = of_markup_new();
    of_markup_add(label, OF_MARKUP_ITALIC, OF_SIZE_NAME, drawing->theme->muted, source ? "From outside" : "To outside");
    of_markup_finish(label, node);
    return node;
}

/* The innermost cluster that holds both ends of a bundle. */
static Agraph_t *common_cluster(const Moves *moves, const Bundle *bundle)
{
    const OfDay day = moves->drawing->selection.to;
    for (const OfLab *lab = bundle->from; lab != NULL && bundle->to != NULL; lab = of_lab_parent_on(lab, day)) {
        Agraph_t *cluster = g_hash_table_lookup(moves->clusters, lab);
        if (cluster != NULL && of_lab_is_within(bundle->to, lab, day)) {
            return cluster;
        }
    }
    return moves->drawing->graph;
}

static OfConfidence weakest(const Bundle *bundle)
{
    OfConfidence confidence = OF_CONFIDENCE_CONFIRMED;
    for (guint i = 0; i < bundle->moves->len; i++) {
        const OfMove *move = bundle->moves->pdata[i];
        confidence = MAX(confidence, move->confidence);
    }
    return confidence;
}

/* The names while they fit, each with a mark where it is less sure than the rest, then how many more. */
static void add_names(OfDrawing *drawing, OfMarkup *label, const Bundle *bundle, const char *color)
{
    guint n_named = 0, shown = 0;
    gint64 unnamed = 0;
    for (guint i = 0; i < bundle->moves->len; i++) {
        const OfMove *move = bundle->moves->pdata[i];
        n_named += move->person != NULL;
        unnamed += move->person == NULL ? move->weight : 0;
    }
    const guint fitting = n_named <= NAMES_MOST ? n_named : NAMES_MOST - 1;
    for (guint i = 0; i < bundle->moves->len && shown < fitting; i++) {
        const OfMove *move = bundle->moves->pdata[i];
        if (move->person == NULL) {
            continue;
        }
        const bool stands_out = of_selection_stands_out(&drawing->selection, move->person->item.id) ||
                                (bundle->to != NULL && of_selection_stands_out(&drawing->selection, bundle->to->item.id));
        of_drawing_add_lines(drawing, label, OF_MARKUP_PLAIN, OF_SIZE_NAME, of_drawing_color(drawing, color, stands_out),
                             of_item_label(&move->person->item), LABEL_WIDTH, 'l');
        shown++;
    }
    const gint64 more = (gint64) (n_named - shown) + unnamed;
    if (more > 0) {
        g_autofree char *people = of_text_people(more);
        g_autofree char *text = shown > 0 ? g_strdup_printf("and %" G_GINT64_FORMAT " more", more) : g_steal_pointer(&people);
        of_markup_add(label, OF_MARKUP_PLAIN, OF_SIZE_NAME, color, text);
        of_markup_break(label, 'l');
    }
}

static void add_note_line(OfDrawing *drawing, OfMarkup *label, const Bundle *bundle, bool stands_out)
{
    const OfMove *first = bundle->moves->pdata[0], *last = first;
    g_autoptr(GPtrArray) items = g_ptr_array_new();
    for (guint i = 0; i < bundle->moves->len; i++) {
        const OfMove *move = bundle->moves->pdata[i];
        last = move->day >= last->day ? move : last;
        first = move->day < first->day ? move : first;
        g_ptr_array_add(items, (gpointer) move->item);
    }
    g_autofree char *span = of_text_span(&first->date, &last->date);
    g_autofree char *cited = of_drawing_cite_all(drawing, (const OfItem *const *) items->pdata, items->len);
    g_autofree char *text = cited != NULL ? g_strdup_printf("%s %s", span, cited) : g_strdup(span);
    of_drawing_add_lines(drawing, label, OF_MARKUP_PLAIN, OF_SIZE_NOTE, of_drawing_color(drawing, drawing->theme->muted, stands_out), text,
                         LABEL_WIDTH, 'l');
}

static void set_data(Agedge_t *edge, const Bundle *bundle, const char *title)
{
    g_autoptr(GString) people = g_string_new(NULL), dates = g_string_new(NULL), events = g_string_new(NULL);
    for (guint i = 0; i < bundle->moves->len; i++) {
        const OfMove *move = bundle->moves->pdata[i];
        g_autofree char *date = of_date_format(&move->date);
        g_string_append_printf(people, "%s%s", i > 0 ? " " : "", move->person != NULL ? move->person->item.id : "-");
        g_string_append_printf(dates, "%s%s", i > 0 ? " " : "", date);
        g_string_append_printf(events, "%s%s", i > 0 ? " " : "", move->item->key != NULL ? move->item->key : "-");
    }
    g_autofree char *weight = g_strdup_printf("%" G_GINT64_FORMAT, bundle->weight);
    of_graph_set(edge, "data_kind", "move", "data_from", bundle->from != NULL ? bundle->from->item.id : "", "data_to",
                 bundle->to != NULL ? bundle->to->item.id : "", "data_people", people->str, "data_dates", dates->str, "data_event",
                 events->str, "data_weight", weight, "data_confidence", of_confidence_names[weakest(bundle)], "data_title", title, NULL);
}

static char *bundle_title(const OfDrawing *drawing, const Bundle *bundle)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    gint64 unnamed = 0;
    for (guint i = 0; i < bundle->moves->len; i++) {
        const OfMove *move = bundle->moves->pdata[i];
        if (move->person != NULL) {
            g_ptr_array_add(names, (gpointer) of_item_label(&move->person->item));
        } else {
            unnamed += move->weight;
        }
    }
    g_autofree char *people = unnamed > 0 ? of_text_people(unnamed + (gint64) names->len)
                                          : of_text_list((const char *const *) names->pdata, names->len, NAMES_MOST);
    return g_strdup_printf("%s: %s to %s", people, bundle->from != NULL ? of_lab_name_on(bundle->from, drawing->selection.to) : "outside",
                           bundle->to != NULL ? of_lab_name_on(bundle->to, drawing->selection.to) : "outside");
}

static void add_bundle(Moves *moves, const Bundle *bundle)
{
    OfDrawing *drawing = moves->drawing;
    Agnode_t *tail = bundle->from != NULL ? find_lab_node(drawing, bundle->from) : outside_node(drawing, true);
    Agnode_t *head = bundle->to != NULL ? find_lab_node(drawing, bundle->to) : outside_node(drawing, false);
    const bool stands_out = bundle_stands_out(drawing, bundle);
    const char *hue = bundle->to != NULL ? of_coloring_lab(drawing->coloring, bundle->to) : drawing->theme->muted;
    const OfConfidence confidence = weakest(bundle);
    g_autofree char *name = g_strdup_printf("move-%s-%s", bundle->from != NULL ? bundle->from->item.id : "outside",
                                            bundle->to != NULL ? bundle->to->item.id : "outside");
    Agnode_t *words = NULL;
    const bool horizontal = g_str_equal(arrangements[drawing->variant].rankdir, "LR");
    Agedge_t *edge = of_inline_label_new(drawing->graph, common_cluster(moves, bundle), tail, head, name, horizontal, &words);
    const char *color = of_drawing_color(drawing, hue, stands_out);
    const double width = line_width(bundle->weight, moves->heaviest);
    of_graph_set(edge, "id", name, "class", confidence == OF_CONFIDENCE_DISPUTED ? "move disputed" : "move", "color", color, "style",
                 of_drawing_line_style(drawing, confidence), "arrowsize", "0.6", "fontname",
                 of_fonts_name(drawing->fonts, OF_FACE_REGULAR), NULL);
    of_graph_set_number(edge, "penwidth", width);
    g_autofree char *title = bundle_title(drawing, bundle);
    set_data(edge, bundle, title);
    OfMarkup *label = of_markup_new();
    add_names(drawing, label, bundle, hue);
    add_note_line(drawing, label, bundle, stands_out);
    of_graph_set(words, "fontname", of_fonts_name(drawing->fonts, OF_FACE_REGULAR), NULL);
    of_markup_finish_beside(label, words, width / 2, horizontal);
}

static void add_width_legend(const Moves *moves)
{
    OfDrawing *drawing = moves->drawing;
    if (moves->heaviest < 2) {
        return;
    }
    const gint64 samples[] = {1, moves->heaviest};
    for (gsize i = 0; i < G_N_ELEMENTS(samples); i++) {
        g_autofree char *text = of_text_people(samples[i]);
        of_drawing_add_legend(drawing,
                              (OfLegendEntry){.kind = OF_LEGEND_LINE,
                                              .style = "solid",
                                              .color = drawing->theme->muted,
                                              .width = line_width(samples[i], moves->heaviest),
                                              .order = 10 + (int) i},
                              text);
    }
}

static void describe(const Moves *moves)
{
    OfDrawing *drawing = moves->drawing;
    g_autoptr(GHashTable) people = g_hash_table_new(NULL, NULL), labs = g_hash_table_new(NULL, NULL);
    const Bundle *heaviest = NULL;
    gint64 n_moves = 0;
    for (guint i = 0; i < moves->bundles->len; i++) {
        const Bundle *bundle = moves->bundles->pdata[i];
        n_moves += bundle->weight;
        heaviest = heaviest == NULL || bundle->weight > heaviest->weight ? bundle : heaviest;
        for (guint j = 0; j < bundle->moves->len; j++) {
            const OfMove *move = bundle->moves->pdata[j];
            g_hash_table_add(people, (gpointer) move->person);
        }
        g_hash_table_add(labs, (gpointer) bundle->from);
        g_hash_table_add(labs, (gpointer) bundle->to);
    }
    g_hash_table_remove(labs, NULL);
    if (heaviest == NULL) {
        drawing->description = g_strdup("Nobody moves in this part of the story.");
        return;
    }
    g_hash_table_remove(people, NULL);
    g_autofree char *most = bundle_title(drawing, heaviest);
    const guint n_labs = g_hash_table_size(labs);
    g_autofree char *named = of_text_people(g_hash_table_size(people));
    drawing->description = g_strdup_printf("Who moved where: %" G_GINT64_FORMAT " move%s, %s by name, between %u lab%s. Most together: %s.", n_moves,
                                           n_moves == 1 ? "" : "s", named, n_labs, n_labs == 1 ? "" : "s", most);
}

static bool move_is_of_callout(const OfMove *move, const OfCallout *callout)
{
    return (callout->event != NULL && g_strcmp0(move->item->key, callout->event) == 0) ||
           (callout->person != NULL && move->person != NULL && g_str_equal(move->person->item.id, callout->person));
}

/* A remark on a lab stands at its node, one on a move or a person at the lab they come to last, or else leave. */
static Agnode_t *callout_node(OfDrawing *drawing, const OfCallout *callout)
{
    if (callout->lab != NULL) {
        const OfLab *lab = of_story_find_lab(drawing->story, callout->lab);
        return lab != NULL ? find_lab_node(drawing, lab) : NULL;
    }
    Agnode_t *node = NULL;
    for (guint i = 0; i < drawing->story->moves.n; i++) {
        const OfMove *move = drawing->story->moves.items[i];
        if (move_is_of_callout(move, callout) && of_selection_has_move(&drawing->selection, move)) {
            node = find_lab_node(drawing, move->to != NULL ? move->to : move->from);
        }
    }
    return node;
}

void of_view_finish_moves(OfDrawing *drawing)
{
    of_inline_labels_join(drawing->graph);
}

bool of_view_build_moves(OfDrawing *drawing, GError **error G_GNUC_UNUSED)
{
    Moves moves = {.drawing = drawing};
    moves.bundles = g_ptr_array_new_with_free_func(free_bundle);
    moves.clusters = g_hash_table_new(NULL, NULL);
    drawing->graph = of_graph_new("moves", drawing->discipline);
    of_graph_set(drawing->graph, "rankdir", arrangements[drawing->variant].rankdir, "ranksep", arrangements[drawing->variant].ranksep,
                 "nodesep", arrangements[drawing->variant].nodesep, "fontname", of_fonts_name(drawing->fonts, OF_FACE_REGULAR), NULL);
    collect_bundles(&moves);
    for (guint i = 0; i < moves.bundles->len; i++) {
        const Bundle *bundle = moves.bundles->pdata[i];
        if (bundle->from != NULL) {
            add_lab(&moves, bundle->from);
        }
        if (bundle->to != NULL) {
            add_lab(&moves, bundle->to);
        }
    }
    for (guint i = 0; i < moves.bundles->len; i++) {
        add_bundle(&moves, moves.bundles->pdata[i]);
    }
    add_width_legend(&moves);
    describe(&moves);
    of_drawing_add_callouts(drawing, callout_node);
    drawing->empty = moves.bundles->len == 0;
    g_ptr_array_unref(moves.bundles);
    g_hash_table_unref(moves.clusters);
    return true;
}
