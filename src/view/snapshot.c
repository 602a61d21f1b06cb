/* The view `snapshot`: who was where on one day. People inside their labs inside their parents, in shelves from top to bottom. */
#include "layout/nested.h"
#include "view/snapshot_doubts.h"
#include "view/view.h"

#include <math.h>
#include <string.h>

/* Points. */
#define PADDING         8.0
#define GAP             10.0
#define LINE_FACTOR     1.25  /* line distance over type size */
#define CELL_GAP        2.0   /* between people */
#define NAME_WIDTH      150.0 /* at which names and roles break */
#define HEADER_WIDTH    180.0 /* the same for a lab's name */
#define MARGIN          4.0   /* to the right of a name */
#define WIDTH_TOLERANCE 1.06  /* Graphviz measures in whole pixels, a little wider than we do */

/* The shape of a page on which nothing else was asked for. */
#define NATURAL_WIDTH  960.0
#define NATURAL_HEIGHT 540.0

/* What stands in the picture for a person. */
typedef struct {
    const OfStint *stint;
    bool lead;
    char **name, **role; /* lines; role: none where roles are not shown */
    char *cited;         /* "[1]", or NULL */
    double height;
} Cell;

/* A lab in the drawing with the people it holds itself, or a parent of one. */
typedef struct {
    const OfLab *lab, *root;
    GPtrArray *stints;      /* of OfStint, by person id, who leads first */
    GArray *cells;          /* of Cell, one a stint */
    double *heights;        /* of the cells */
    char **header, **about; /* lines */
    guint n_within;         /* people of it and of the labs below it */
} Place;

typedef struct {
    OfDrawing *drawing;
    OfDay day;
    GPtrArray *places; /* of Place: parents before their children */
    GHashTable *place_of;
    OfNestedBox *boxes; /* one a place */
    bool roles;         /* a person's role stands under the name */
    guint n_people;
    OfConfidence confidence; /* of most of the stints: less sure ones are marked */
} Snapshot;

static void clear_cell(gpointer data)
{
    Cell *cell = data;
    g_strfreev(cell->name);
    g_strfreev(cell->role);
    g_free(cell->cited);
}

static void free_place(gpointer data)
{
    Place *place = data;
    g_ptr_array_unref(place->stints);
    g_array_unref(place->cells);
    g_free(place->heights);
    g_strfreev(place->header);
    g_strfreev(place->about);
    g_free(place);
}

static Place *place_of(Snapshot *snapshot, const OfLab *lab)
{
    Place *place = g_hash_table_lookup(snapshot->place_of, lab);
    if (place == NULL) {
        place = g_new0(Place, 1);
        place->lab = lab;
        place->root = of_lab_root_on(lab, snapshot->day);
        place->stints = g_ptr_array_new();
        place->cells = g_array_new(FALSE, TRUE, sizeof(Cell));
        g_array_set_clear_func(place->cells, clear_cell);
        g_ptr_array_add(snapshot->places, place);
        g_hash_table_insert(snapshot->place_of, (gpointer) lab, place);
        const OfLab *parent = of_lab_parent_on(lab, snapshot->day);
        if (parent != NULL) {
            place_of(snapshot, parent);
        }
    }
    return place;
}

/* Returns whether they are shown. *somewhere: whether they are at any lab at all, be it filtered out. */
static bool add_person_to_places(Snapshot *snapshot, const OfPerson *person, bool *somewhere)
{
    const OfSelection *selection = &snapshot->drawing->selection;
    g_autofree const OfStint **open = g_new(const OfStint *, person->stints.n);
    const guint n = of_person_stints_on(person, snapshot->day, open, person->stints.n);
    bool shown = false;
    for (guint i = 0; i < n; i++) {
        if (!of_selection_has_lab_on(selection, open[i]->lab, snapshot->day) || !of_selection_has_stint(selection, open[i])) {
            continue;
        }
        Place *place = place_of(snapshot, open[i]->lab);
        const bool first = of_lab_lead_on(place->lab, snapshot->day) == person;
        g_ptr_array_insert(place->stints, first ? 0 : -1, (gpointer) open[i]);
        for (const OfLab *lab = open[i]->lab; lab != NULL; lab = of_lab_parent_on(lab, snapshot->day)) {
            place_of(snapshot, lab)->n_within++;
        }
        shown = true;
    }
    *somewhere = n > 0;
    return shown;
}

static guint depth_of(const Snapshot *snapshot, const OfLab *lab)
{
    guint depth = 0;
    for (const OfLab *parent = of_lab_parent_on(lab, snapshot->day); parent != NULL;
         parent = of_lab_parent_on(parent, snapshot->day)) {
        depth++;
    }
    return depth;
}

/* Trees of more people first, then by id; within a tree by depth, then the same. */
static gint compare_places(gconstpointer a, gconstpointer b, gpointer data)
{
    Snapshot *snapshot = data;
    const Place *const left = *(const Place *const *) a, *const right = *(const Place *const *) b;
    const Place *const left_root = place_of(snapshot, left->root), *const right_root = place_of(snapshot, right->root);
    if (left_root != right_root) {
        return left_root->n_within != right_root->n_within ? (left_root->n_within > right_root->n_within ? -1 : 1)
                                                           : strcmp(left->root->item.id, right->root->item.id);
    }
    const guint left_depth = depth_of(snapshot, left->lab), right_depth = depth_of(snapshot, right->lab);
    if (left_depth != right_depth) {
        return left_depth < right_depth ? -1 : 1;
    }
    return left->n_within != right->n_within ? (left->n_within > right->n_within ? -1 : 1)
                                             : strcmp(left->lab->item.id, right->lab->item.id);
}

static void collect_places(Snapshot *snapshot)
{
    enum { NAMES_MOST = 12 };
    OfDrawing *drawing = snapshot->drawing;
    g_autoptr(GPtrArray) nowhere = g_ptr_array_new();
    for (guint i = 0; i < drawing->story->people.n; i++) {
        const OfPerson *person = drawing->story->people.items[i];
        if (!of_selection_has_person(&drawing->selection, person)) {
            continue;
        }
        bool somewhere = false;
        snapshot->n_people += add_person_to_places(snapshot, person, &somewhere);
        const bool has_begun = person->stints.n > 0 && person->stints.items[0]->begin_day <= snapshot->day;
        if (!somewhere && has_begun && drawing->selection.labs == NULL) {
            g_ptr_array_add(nowhere, (gpointer) of_item_label(&person->item));
        }
    }
    g_ptr_array_sort_with_data(snapshot->places, compare_places, snapshot);
    if (nowhere->len > 0) {
        g_autofree char *names = of_text_list((const char *const *) nowhere->pdata, nowhere->len, NAMES_MOST);
        of_drawing_add_remark(drawing, g_strdup_printf("At no lab of this story on that day: %s", names));
    }
    of_snapshot_add_doubts(drawing, snapshot->day);
}

static const OfRole *role_on(const OfStint *stint, OfDay day)
{
    const OfRole *role = NULL;
    for (guint i = 0; i < stint->roles.n; i++) {
        if (stint->roles.items[i]->day <= day) {
            role = stint->roles.items[i];
        }
    }
    return role;
}

static bool leads(const Snapshot *snapshot, const OfStint *stint)
{
    return of_lab_lead_on(stint->lab, snapshot->day) == stint->person;
}

static char *about_text(const Snapshot *snapshot, const Place *place)
{
    const OfLabState *stance = of_lab_stance_on(place->lab, snapshot->day);
    g_autofree char *count = of_text_people(place->n_within);
    return stance != NULL && stance->strategy != NULL ? g_strdup_printf("%s · %s", of_item_label(&stance->strategy->item), count)
                                                      : g_steal_pointer(&count);
}

static const OfItem *item_of(const OfStint *stint)
{
    return stint->decl != NULL ? &stint->decl->item : stint->begin_event != NULL ? &stint->begin_event->item : &stint->person->item;
}

static OfFace face_of(const Cell *cell)
{
    return cell->lead ? OF_FACE_BOLD : cell->stint->concurrent ? OF_FACE_ITALIC : OF_FACE_REGULAR;
}

/* Makes the cell of a stint. Returns its width. */
static double add_cell(Snapshot *snapshot, Place *place, const OfStint *stint)
{
    OfDrawing *drawing = snapshot->drawing;
    OfFonts *fonts = drawing->fonts;
    const OfRole *role = role_on(stint, snapshot->day);
    Cell cell = {.stint = stint, .lead = leads(snapshot, stint), .cited = of_drawing_cite(drawing, item_of(stint))};
    const char *mark = stint->confidence > snapshot->confidence ? of_drawing_doubt_mark(drawing, stint->confidence) : "";
    g_autofree char *text = g_strdup_printf("%s%s%s%s%s", of_item_label(&stint->person->item), *mark != '\0' ? " " : "", mark,
                                            cell.lead ? ", lead" : "", stint->concurrent ? " (also)" : "");
    cell.name = of_fonts_wrap(fonts, face_of(&cell), OF_SIZE_NAME, text, NAME_WIDTH);
    double width = 0;
    for (char **line = cell.name; *line != NULL; line++) {
        g_autofree char *cited = line[1] == NULL && cell.cited != NULL ? g_strconcat(" ", cell.cited, NULL) : g_strdup("");
        width = MAX(width, of_fonts_width(fonts, face_of(&cell), OF_SIZE_NAME, *line) +
                               of_fonts_width(fonts, OF_FACE_REGULAR, OF_SIZE_NOTE, cited));
        cell.height += OF_SIZE_NAME * LINE_FACTOR;
    }
    if (snapshot->roles && role != NULL && role->role != NULL) {
        cell.role = of_fonts_wrap(fonts, OF_FACE_REGULAR, OF_SIZE_NOTE, role->role, NAME_WIDTH);
    }
    for (char **line = cell.role; line != NULL && *line != NULL; line++) {
        width = MAX(width, of_fonts_width(fonts, OF_FACE_REGULAR, OF_SIZE_NOTE, *line));
        cell.height += OF_SIZE_NOTE * LINE_FACTOR;
    }
    cell.height += CELL_GAP;
    g_array_append_val(place->cells, cell);
    return width * WIDTH_TOLERANCE + MARGIN;
}

static void measure_box(Snapshot *snapshot, Place *place, OfNestedBox *box)
{
    OfFonts *fonts = snapshot->drawing->fonts;
    g_autofree char *about = about_text(snapshot, place);
    place->header = of_fonts_wrap(fonts, OF_FACE_BOLD, OF_SIZE_NAME, of_lab_name_on(place->lab, snapshot->day), HEADER_WIDTH);
    place->about = of_fonts_wrap(fonts, OF_FACE_ITALIC, OF_SIZE_NOTE, about, HEADER_WIDTH);
    for (char **line = place->header; *line != NULL; line++) {
        box->header_width =
            MAX(box->header_width, of_fonts_width(fonts, OF_FACE_BOLD, OF_SIZE_NAME, *line) * WIDTH_TOLERANCE + MARGIN);
        box->header_height += OF_SIZE_NAME * LINE_FACTOR;
    }
    for (char **line = place->about; *line != NULL; line++) {
        box->header_width =
            MAX(box->header_width, of_fonts_width(fonts, OF_FACE_ITALIC, OF_SIZE_NOTE, *line) * WIDTH_TOLERANCE + MARGIN);
        box->header_height += OF_SIZE_NOTE * LINE_FACTOR;
    }
    box->header_height += PADDING / 2;
    box->n_cells = place->stints->len;
    place->heights = g_new(double, place->stints->len);
    for (guint i = 0; i < place->stints->len; i++) {
        const double width = add_cell(snapshot, place, place->stints->pdata[i]);
        box->cell_width = MAX(box->cell_width, width);
        place->heights[i] = g_array_index(place->cells, Cell, i).height;
    }
    box->cell_heights = place->heights;
}

static void place_boxes(Snapshot *snapshot)
{
    OfDrawing *drawing = snapshot->drawing;
    const OfPageSize *size = &drawing->options->size;
    snapshot->boxes = g_new0(OfNestedBox, snapshot->places->len);
    for (guint i = 0; i < snapshot->places->len; i++) {
        Place *place = snapshot->places->pdata[i];
        const OfLab *parent = of_lab_parent_on(place->lab, snapshot->day);
        snapshot->boxes[i].parent = -1;
        for (guint j = 0; parent != NULL && j < i; j++) {
            const Place *other = snapshot->places->pdata[j];
            snapshot->boxes[i].parent = other->lab == parent ? (gint) j : snapshot->boxes[i].parent;
        }
        measure_box(snapshot, place, &snapshot->boxes[i]);
    }
    /* About as much of a page as its frame leaves. */
    const double width = size->width > 0 ? size->width : NATURAL_WIDTH,
                 height = (size->height > 0 ? size->height : NATURAL_HEIGHT) * 0.75;
    of_nested_place(snapshot->boxes, snapshot->places->len, (OfNestedSpacing){PADDING, GAP}, width, height, &drawing->width,
                    &drawing->height);
}

/* A text node with its left edge at x and its top at y, in the body's points, y downwards. */
static Agnode_t *add_text_node(Snapshot *snapshot, Agraph_t *cluster, const char *name, OfMarkup *label, double x, double y,
                               double width, double height)
{
    Agnode_t *node = of_graph_node(cluster, name);
    g_autofree char *cx = of_number_text(x + width / 2);
    g_autofree char *cy = of_number_text(snapshot->drawing->height - y - height / 2);
    g_autofree char *pos = g_strdup_printf("%s,%s", cx, cy);
    of_graph_set(node, "id", name, "shape", "none", "margin", "0", "pos", pos, "fontname",
                 of_fonts_name(snapshot->drawing->fonts, OF_FACE_REGULAR), NULL);
    of_graph_set_number(node, "width", width / 72);
    of_graph_set_number(node, "height", height / 72);
    of_markup_finish_block(label, node, width, 'l');
    return node;
}

static void add_lines(OfMarkup *label, OfMarkupStyle style, double size, const char *color, char **lines)
{
    for (char **line = lines; line != NULL && *line != NULL; line++) {
        of_markup_add(label, style, size, color, *line);
        of_markup_break(label, 'l');
    }
}

static void add_person(Snapshot *snapshot, Agraph_t *cluster, const Cell *cell, double x, double y, double width)
{
    OfDrawing *drawing = snapshot->drawing;
    const OfStint *stint = cell->stint;
    const OfRole *role = role_on(stint, snapshot->day);
    const bool stands_out = of_selection_stands_out(&drawing->selection, stint->person->item.id) ||
                            of_selection_stands_out(&drawing->selection, stint->lab->item.id);
    const char *ink = of_drawing_text_color(drawing, drawing->theme->ink, stands_out);
    const OfMarkupStyle style = cell->lead ? OF_MARKUP_BOLD : stint->concurrent ? OF_MARKUP_ITALIC : OF_MARKUP_PLAIN;
    g_autofree char *name = stint->concurrent ? g_strdup_printf("person-%s-AT-%s", stint->person->item.id, stint->lab->item.id)
                                              : g_strconcat("person-", stint->person->item.id, NULL);
    OfMarkup *label = of_markup_new();
    for (char **line = cell->name; *line != NULL; line++) {
        of_markup_add(label, style, OF_SIZE_NAME, ink, *line);
        if (line[1] == NULL && cell->cited != NULL) {
            g_autofree char *cited = g_strconcat(" ", cell->cited, NULL);
            of_markup_add(label, OF_MARKUP_PLAIN, OF_SIZE_NOTE, ink, cited);
        }
        of_markup_break(label, 'l');
    }
    add_lines(label, OF_MARKUP_PLAIN, OF_SIZE_NOTE, ink, cell->role);
    Agnode_t *node = add_text_node(snapshot, cluster, name, label, x, y, width, cell->height);
    of_graph_set(node, "class", cell->lead ? "person lead" : "person", "data_kind", "person", "data_person", stint->person->item.id,
                 "data_lab", stint->lab->item.id, "data_role", role != NULL ? role->role : NULL, "data_lead",
                 cell->lead ? "true" : NULL, "data_confidence", of_confidence_names[stint->confidence], "data_title",
                 of_item_label(&stint->person->item), NULL);
}

static void set_box(const Snapshot *snapshot, Agraph_t *cluster, const OfNestedBox *box)
{
    const double sides[] = {box->x, snapshot->drawing->height - box->y - box->height, box->x + box->width,
                            snapshot->drawing->height - box->y};
    g_autoptr(GString) bb = g_string_new(NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(sides); i++) {
        g_autofree char *side = of_number_text(sides[i]);
        g_string_append_printf(bb, "%s%s", i > 0 ? "," : "", side);
    }
    of_graph_set(cluster, "bb", bb->str, NULL);
}

static Agraph_t *add_place(Snapshot *snapshot, const Place *place, const OfNestedBox *box, Agraph_t *outer)
{
    OfDrawing *drawing = snapshot->drawing;
    const OfLab *lab = place->lab;
    const OfLabState *stance = of_lab_stance_on(lab, snapshot->day);
    const OfStrategy *strategy = stance != NULL ? stance->strategy : NULL;
    const bool stands_out = of_selection_stands_out(&drawing->selection, lab->item.id);
    const char *fill = strategy != NULL ? of_coloring_stance(drawing->coloring, strategy) : drawing->theme->panel;
    const char *ink = of_drawing_text_color(drawing, drawing->theme->ink, stands_out);
    g_autofree char *id = g_strconcat("lab-", lab->item.id, NULL);
    g_autofree char *header = g_strconcat("name-", lab->item.id, NULL);
    Agraph_t *cluster = of_graph_cluster(outer, id);
    of_graph_set(cluster, "id", id, "class", "lab", "style", "filled", "fillcolor", of_drawing_color(drawing, fill, stands_out),
                 "color", of_drawing_color(drawing, of_coloring_lab(drawing->coloring, lab), stands_out), "data_kind", "lab",
                 "data_lab", lab->item.id, "data_stance", strategy != NULL ? strategy->item.id : NULL, "data_title",
                 of_lab_name_on(lab, snapshot->day), NULL);
    set_box(snapshot, cluster, box);
    OfMarkup *label = of_markup_new();
    /* In a box with a tint the name is in ink: no hue of a lab can be read on every tint. */
    add_lines(label, OF_MARKUP_BOLD, OF_SIZE_NAME,
              strategy != NULL ? ink : of_drawing_text_color(drawing, of_coloring_lab(drawing->coloring, lab), stands_out),
              place->header);
    add_lines(label, OF_MARKUP_ITALIC, OF_SIZE_NOTE, ink, place->about);
    Agnode_t *node = add_text_node(snapshot, cluster, header, label, box->x + PADDING, box->y + PADDING, box->width - 2 * PADDING,
                                   box->header_height - PADDING / 2);
    of_graph_set(node, "class", "lab-name", "data_kind", "lab", "data_lab", lab->item.id, "data_title",
                 of_lab_name_on(lab, snapshot->day), NULL);
    double y = box->cells_y;
    for (guint i = 0; i < place->cells->len; i++) {
        const Cell *cell = &g_array_index(place->cells, Cell, i);
        y = i % box->n_rows == 0 ? box->cells_y : y;
        add_person(snapshot, cluster, cell, box->x + PADDING + i / box->n_rows * box->cell_width, y, box->cell_width);
        y += cell->height;
    }
    if (strategy != NULL) {
        of_drawing_add_legend(drawing, (OfLegendEntry){OF_LEGEND_FILL, "solid", fill, 1, false, NULL, 30},
                              of_item_label(&strategy->item));
    }
    return cluster;
}

static void describe(const Snapshot *snapshot)
{
    OfDrawing *drawing = snapshot->drawing;
    const OfDate at = of_date_from_day(snapshot->day);
    const OfStory *story = drawing->story;
    /* A story without any date has no last day. */
    const bool dated = story->first_day != 0 || story->last_day != 0 || of_date_is_set(&drawing->options->at);
    g_autofree char *day = of_date_display(&at);
    g_autofree char *date = dated ? g_strdup_printf(" on %s", day) : g_strdup("");
    g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func(g_free);
    drawing->subtitle = g_strdup_printf("Who was where%s", date);
    for (guint i = 0; i < snapshot->places->len; i++) {
        const Place *place = snapshot->places->pdata[i];
        if (place->stints->len > 0) {
            const char *name = of_lab_name_on(place->lab, snapshot->day);
            g_ptr_array_add(parts, snapshot->n_people == 1 ? g_strdup_printf("at %s", name)
                                                           : g_strdup_printf("%u at %s", place->stints->len, name));
        }
    }
    enum { MOST = 10 };
    g_autofree char *list = of_text_list((const char *const *) parts->pdata, parts->len, MOST);
    g_autofree char *people = of_text_people(snapshot->n_people);
    drawing->description = parts->len == 0 ? g_strdup_printf("Nobody of this part of the story is at a lab%s.", date)
                                           : g_strdup_printf("Who was where%s: %s, %s.", date, people, list);
}

static Agnode_t *callout_node(OfDrawing *drawing, const OfCallout *callout)
{
    for (Agnode_t *node = agfstnode(drawing->graph); node != NULL; node = agnxtnode(drawing->graph, node)) {
        if ((callout->person != NULL && g_strcmp0(agget(node, "data_person"), callout->person) == 0) ||
            (callout->lab != NULL && g_strcmp0(agget(node, "data_lab"), callout->lab) == 0)) {
            return node;
        }
    }
    return NULL;
}

static OfConfidence most_confidence(const Snapshot *snapshot)
{
    guint n[OF_CONFIDENCE_DISPUTED + 1] = {0};
    OfConfidence most = OF_CONFIDENCE_CONFIRMED;
    for (guint i = 0; i < snapshot->places->len; i++) {
        const Place *place = snapshot->places->pdata[i];
        for (guint j = 0; j < place->stints->len; j++) {
            const OfStint *stint = place->stints->pdata[j];
            n[stint->confidence]++;
        }
    }
    for (guint i = 0; i < G_N_ELEMENTS(n); i++) {
        most = n[i] > n[most] ? (OfConfidence) i : most;
    }
    return most;
}

static bool any_role(const Snapshot *snapshot)
{
    for (guint i = 0; i < snapshot->places->len; i++) {
        const Place *place = snapshot->places->pdata[i];
        for (guint j = 0; j < place->stints->len; j++) {
            const OfRole *role = role_on(place->stints->pdata[j], snapshot->day);
            if (role != NULL && role->role != NULL) {
                return true;
            }
        }
    }
    return false;
}

bool of_view_build_snapshot(OfDrawing *drawing, GError **error G_GNUC_UNUSED)
{
    const OfDate *at = &drawing->options->at;
    Snapshot snapshot = {.drawing = drawing, .day = of_date_is_set(at) ? of_date_middle(at) : drawing->selection.to};
    snapshot.places = g_ptr_array_new_with_free_func(free_place);
    snapshot.place_of = g_hash_table_new(NULL, NULL);
    drawing->graph = of_graph_new("snapshot", drawing->discipline);
    const OfSelection *selection = &drawing->selection;
    if ((!selection->from_set || snapshot.day >= selection->from) && (!selection->to_set || snapshot.day <= selection->to)) {
        collect_places(&snapshot);
    }
    snapshot.confidence = most_confidence(&snapshot);
    /* Roles are shown by the first arrangement; the second has room for more people. */
    snapshot.roles = drawing->variant == 0 && any_role(&snapshot);
    place_boxes(&snapshot);
    g_autofree Agraph_t **clusters = g_new0(Agraph_t *, snapshot.places->len);
    for (guint i = 0; i < snapshot.places->len; i++) {
        const gint parent = snapshot.boxes[i].parent;
        clusters[i] =
            add_place(&snapshot, snapshot.places->pdata[i], &snapshot.boxes[i], parent < 0 ? drawing->graph : clusters[parent]);
    }
    describe(&snapshot);
    of_drawing_add_callout_column(drawing, callout_node);
    drawing->empty = snapshot.places->len == 0;
    g_ptr_array_unref(snapshot.places);
    g_hash_table_unref(snapshot.place_of);
    g_free(snapshot.boxes);
    return true;
}
