/* The view `snapshot`: who was where on one day. People inside their labs inside their parents; see snapshot_place.c for where they stand. */
#include "view/snapshot_doubts.h"
#include "view/view.h"

#include <math.h>
#include <string.h>

/* Points. */
#define NAME_WIDTH   150.0 /* at which names and roles break */
#define HEADER_WIDTH 180.0 /* the same for a lab's name */

/* A lab in the drawing with the people it holds itself, or a parent of one. */
typedef struct {
    const OfLab *lab, *root;
    GPtrArray *stints; /* of OfStint, by person id, who leads first */
    guint n_within;    /* people of it and of the labs below it */
} Place;

typedef struct {
    OfDrawing *drawing;
    OfDay day;
    GPtrArray *places; /* of Place: parents before their children */
    GHashTable *place_of;
    bool roles; /* a person's role stands under the name */
    guint n_people;
} Snapshot;

static void free_place(gpointer data)
{
    Place *place = data;
    g_ptr_array_unref(place->stints);
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

/* Ends a label's lines as Graphviz is to set them; snapshot_place.c makes a block of them. */
static Agnode_t *add_text_node(Snapshot *snapshot, Agraph_t *cluster, const char *name, OfMarkup *label)
{
    Agnode_t *node = of_graph_node(cluster, name);
    of_graph_set(node, "id", name, "shape", "none", "margin", "0", "fontname",
                 of_fonts_name(snapshot->drawing->fonts, OF_FACE_REGULAR), NULL);
    of_markup_finish(label, node);
    return node;
}

/* The name, with what it cites behind its last line. */
static void add_name(const Snapshot *snapshot, OfMarkup *label, const OfStint *stint, const char *ink)
{
    OfDrawing *drawing = snapshot->drawing;
    const bool lead = leads(snapshot, stint);
    const OfMarkupStyle style = lead ? OF_MARKUP_BOLD : stint->concurrent ? OF_MARKUP_ITALIC : OF_MARKUP_PLAIN;
    const OfFace face = lead ? OF_FACE_BOLD : stint->concurrent ? OF_FACE_ITALIC : OF_FACE_REGULAR;
    g_autofree char *cited = of_drawing_cite(drawing, item_of(stint));
    const char *mark = stint->confidence > drawing->usual ? of_drawing_doubt_mark(drawing, stint->confidence) : "";
    g_autofree char *text = g_strdup_printf("%s%s%s%s%s", of_item_label(&stint->person->item), *mark != '\0' ? " " : "", mark,
                                            lead ? ", lead" : "", stint->concurrent ? " (also)" : "");
    g_auto(GStrv) lines = of_fonts_wrap(drawing->fonts, face, OF_SIZE_NAME, text, NAME_WIDTH);
    for (char **line = lines; *line != NULL; line++) {
        of_markup_add(label, style, OF_SIZE_NAME, ink, *line);
        if (line[1] == NULL && cited != NULL) {
            g_autofree char *spaced = g_strconcat(" ", cited, NULL);
            of_markup_add(label, OF_MARKUP_PLAIN, OF_SIZE_NOTE, ink, spaced);
        }
        (line[1] != NULL ? of_markup_wrap : of_markup_break)(label, 'l');
    }
}

static void add_person(Snapshot *snapshot, Agraph_t *cluster, const OfStint *stint)
{
    OfDrawing *drawing = snapshot->drawing;
    const OfRole *role = role_on(stint, snapshot->day);
    const bool lead = leads(snapshot, stint);
    const bool stands_out = of_selection_stands_out(&drawing->selection, stint->person->item.id) ||
                            of_selection_stands_out(&drawing->selection, stint->lab->item.id);
    const char *ink = of_drawing_text_color(drawing, drawing->theme->ink, stands_out);
    const char *person = of_drawing_key(drawing, &stint->person->item);
    /* Of two revisions someone may be at one lab before, at another after. */
    g_autofree char *name = stint->concurrent || drawing->revisions != NULL
                                ? g_strdup_printf("person-%s-AT-%s", person, of_drawing_key(drawing, &stint->lab->item))
                                : g_strconcat("person-", person, NULL);
    OfMarkup *label = of_markup_new();
    add_name(snapshot, label, stint, ink);
    if (snapshot->roles && role != NULL && role->role != NULL) {
        of_drawing_add_lines(drawing, label, OF_MARKUP_PLAIN, OF_SIZE_NOTE, ink, role->role, NAME_WIDTH, 'l');
    }
    Agnode_t *node = add_text_node(snapshot, cluster, name, label);
    of_graph_set(node, "class", lead ? "person lead" : "person", "data_kind", "person", "data_person", stint->person->item.id,
                 "data_lab", stint->lab->item.id, "data_role", role != NULL ? role->role : NULL, "data_lead", lead ? "true" : NULL,
                 "data_confidence", of_confidence_names[stint->confidence], "data_title", of_item_label(&stint->person->item),
                 NULL);
}

static Agraph_t *add_place(Snapshot *snapshot, const Place *place, Agraph_t *outer)
{
    OfDrawing *drawing = snapshot->drawing;
    const OfLab *lab = place->lab;
    const OfLabState *stance = of_lab_stance_on(lab, snapshot->day);
    const OfStrategy *strategy = stance != NULL ? stance->strategy : NULL;
    const bool stands_out = of_selection_stands_out(&drawing->selection, lab->item.id);
    const char *fill = strategy != NULL ? of_coloring_stance(drawing->coloring, strategy) : drawing->theme->panel;
    const char *ink = of_drawing_text_color(drawing, drawing->theme->ink, stands_out);
    g_autofree char *id = g_strconcat("lab-", of_drawing_key(drawing, &lab->item), NULL);
    g_autofree char *header = g_strconcat("name-", of_drawing_key(drawing, &lab->item), NULL);
    Agraph_t *cluster = of_graph_cluster(outer, id);
    of_graph_set(cluster, "id", id, "class", "lab", "style", "filled", "fillcolor", of_drawing_color(drawing, fill, stands_out),
                 "color", of_drawing_color(drawing, of_coloring_lab(drawing->coloring, lab), stands_out), "data_kind", "lab",
                 "data_lab", lab->item.id, "data_stance", strategy != NULL ? strategy->item.id : NULL, "data_title",
                 of_lab_name_on(lab, snapshot->day), NULL);
    OfMarkup *label = of_markup_new();
    g_autofree char *about = about_text(snapshot, place);
    /* In a box with a tint the name is in ink: no hue of a lab can be read on every tint. */
    of_drawing_add_lines(drawing, label, OF_MARKUP_BOLD, OF_SIZE_NAME,
                         strategy != NULL ? ink
                                          : of_drawing_text_color(drawing, of_coloring_lab(drawing->coloring, lab), stands_out),
                         of_lab_name_on(lab, snapshot->day), HEADER_WIDTH, 'l');
    of_drawing_add_lines(drawing, label, OF_MARKUP_ITALIC, OF_SIZE_NOTE, ink, about, HEADER_WIDTH, 'l');
    Agnode_t *node = add_text_node(snapshot, cluster, header, label);
    of_graph_set(node, "class", "lab-name", "data_kind", "lab", "data_lab", lab->item.id, "data_title",
                 of_lab_name_on(lab, snapshot->day), NULL);
    for (guint i = 0; i < place->stints->len; i++) {
        add_person(snapshot, cluster, place->stints->pdata[i]);
    }
    if (strategy != NULL) {
        of_drawing_add_legend(drawing, (OfLegendEntry){OF_LEGEND_FILL, "solid", fill, 1, false, NULL, 30, 0},
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
    drawing->usual = of_drawing_is_old(drawing) ? drawing->other->usual : most_confidence(&snapshot);
    /* Roles are shown by the first arrangement; the second has room for more people. */
    snapshot.roles = drawing->variant == 0 && any_role(&snapshot);
    g_autoptr(GHashTable) clusters = g_hash_table_new(NULL, NULL); /* OfLab -> Agraph_t */
    for (guint i = 0; i < snapshot.places->len; i++) {
        const Place *place = snapshot.places->pdata[i];
        Agraph_t *outer = g_hash_table_lookup(clusters, of_lab_parent_on(place->lab, snapshot.day));
        g_hash_table_insert(clusters, (gpointer) place->lab, add_place(&snapshot, place, outer != NULL ? outer : drawing->graph));
    }
    describe(&snapshot);
    drawing->empty = snapshot.places->len == 0;
    g_ptr_array_unref(snapshot.places);
    g_hash_table_unref(snapshot.place_of);
    return true;
}
