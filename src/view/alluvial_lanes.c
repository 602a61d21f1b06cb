/* Which labs have lanes, and what flows between lanes. */
#include "view/alluvial_scene.h"

#include <string.h>

/* Of a plot's height, what names may take: the rest is for what flows. */
#define NAMES_SHARE 0.68

/* A lab and the people it holds, added up over all slices. */
typedef struct {
    guint lab;
    double people;
} Total;

static gint compare_totals(gconstpointer a, gconstpointer b)
{
    const Total *p = a, *q = b;
    return p->people != q->people ? (p->people > q->people ? -1 : 1) : p->lab < q->lab ? -1 : p->lab > q->lab;
}

/* Labs at which anybody is at a slice, most people first. */
static GArray *rank_labs(const OfFlowTable *table, double *all)
{
    GArray *totals = g_array_new(FALSE, FALSE, sizeof(Total));
    *all = 0;
    for (guint lab = 0; lab < table->n_labs; lab++) {
        Total total = {lab, 0};
        for (guint slice = 0; slice < table->n_slices; slice++) {
            total.people += (double) of_flow_table_get_people(table, slice, lab);
        }
        if (total.people > 0) {
            g_array_append_val(totals, total);
            *all += total.people;
        }
    }
    g_array_sort(totals, compare_totals);
    return totals;
}

static const OfLab *parent_of(const OfFlowScene *scene, const OfLab *lab)
{
    const OfDay last = g_array_index(scene->slices, OfSlice, scene->slices->len - 1).day;
    return of_lab_parent_on(lab, MIN(last, lab->end_day == OF_DAY_MAX ? OF_DAY_MAX : lab->end_day - 1));
}

/* What the names beside a slice take: at n, if the first n labs have lanes. */
static void measure_names(const OfFlowScene *scene, const GArray *totals, guint slice, double *heights)
{
    const OfStory *story = scene->table->story;
    const double line = OF_SIZE_NAME * OF_FLOW_LINE_FACTOR;
    const OfDay day = g_array_index(scene->slices, OfSlice, slice).day;
    g_autoptr(GHashTable) headed = g_hash_table_new(NULL, NULL);
    guint last = 0; /* index after the last lab that is there */
    double height = 0;
    for (guint i = 0; i < totals->len; i++) {
        const guint index = g_array_index(totals, Total, i).lab;
        const OfLab *lab = story->labs.items[index], *parent = parent_of(scene, lab);
        if (of_flow_table_get_people(scene->table, slice, index) > 0) {
            g_auto(GStrv) lines =
                of_fonts_wrap(scene->drawing->fonts, OF_FACE_BOLD, OF_SIZE_NAME, of_lab_name_on(lab, day), scene->name_width);
            height += g_strv_length(lines) * line;
            height += parent != NULL && g_hash_table_add(headed, (gpointer) parent) ? line : 0;
            last = i + 1;
        }
        heights[i + 1] = height;
    }
    for (guint n = 0; n < last; n++) {
        heights[n] += line; /* of the others */
    }
}

static guint count_kept(const OfFlowScene *scene, const GArray *totals, double all, double plot_height)
{
    const double share = scene->drawing->options->fold;
    guint n = totals->len;
    if (share >= 0) {
        while (n > 0 && g_array_index(totals, Total, n - 1).people < share * all) {
            n--;
        }
    } else {
        g_autofree double *first = g_new0(double, (gsize) totals->len + 1), *last = g_new0(double, (gsize) totals->len + 1);
        measure_names(scene, totals, 0, first);
        measure_names(scene, totals, scene->slices->len - 1, last);
        while (n > 1 && MAX(first[n], last[n]) > NAMES_SHARE * plot_height) {
            n--;
        }
    }
    return n + 1 == totals->len ? totals->len : n;
}

static gint compare_labs(gconstpointer a, gconstpointer b)
{
    const OfLab *const *left = a, *const *right = b;
    return strcmp((*left)->item.id, (*right)->item.id);
}

/* Lists the labs of the first n totals and those above them, the others as folded. */
static void list_labs(OfFlowScene *scene, const GArray *totals, guint n)
{
    const OfStory *story = scene->table->story;
    g_autoptr(GHashTable) known = g_hash_table_new(NULL, NULL);
    for (guint i = 0; i < totals->len; i++) {
        const OfLab *lab = story->labs.items[g_array_index(totals, Total, i).lab];
        if (i >= n) {
            g_ptr_array_add(scene->folded, (gpointer) lab);
        }
        for (; i < n && lab != NULL && g_hash_table_add(known, (gpointer) lab); lab = parent_of(scene, lab)) {
            g_ptr_array_add(scene->labs, (gpointer) lab);
        }
    }
    g_ptr_array_sort(scene->labs, compare_labs);
}

/* The lane of each lab of the story; that of the folded where it has none of its own. */
static gint32 *map_labs(OfFlowScene *scene)
{
    const guint n_labs = scene->table->n_labs;
    gint32 *lane_of = g_new(gint32, (gsize) n_labs + 1);
    for (guint lab = 0; lab < n_labs; lab++) {
        lane_of[lab] = OF_LANE_NONE;
    }
    for (guint lane = 0; lane < scene->labs->len; lane++) {
        lane_of[((const OfLab *) scene->labs->pdata[lane])->index] = (gint32) lane;
    }
    for (guint lane = 0; lane < scene->labs->len; lane++) {
        const OfLab *parent = parent_of(scene, scene->labs->pdata[lane]);
        const OfLayoutLane made = {.parent = parent != NULL ? lane_of[parent->index] : OF_LANE_NONE};
        g_array_append_val(scene->lanes, made);
    }
    if (scene->folded->len > 0) {
        const OfLayoutLane others = {.parent = OF_LANE_NONE};
        g_array_append_val(scene->lanes, others);
        g_ptr_array_add(scene->labs, NULL);
        for (guint i = 0; i < scene->folded->len; i++) {
            /* A lab above others may be a lane for them, and be folded with its own people. */
            lane_of[((const OfLab *) scene->folded->pdata[i])->index] = (gint32) scene->lanes->len - 1;
        }
    }
    return lane_of;
}

static void map_people(OfFlowScene *scene, const gint32 *lane_of)
{
    const OfFlowTable *table = scene->table;
    g_array_set_size(scene->people, table->n_slices * scene->lanes->len);
    gint64 *people = (gint64 *) (gpointer) scene->people->data;
    for (guint slice = 0; slice < table->n_slices; slice++) {
        for (guint lab = 0; lab < table->n_labs; lab++) {
            if (of_flow_table_get_people(table, slice, lab) > 0) {
                people[slice * scene->lanes->len + (guint) lane_of[lab]] += of_flow_table_get_people(table, slice, lab);
            }
        }
    }
    for (guint i = 0; i < table->flows->len; i++) {
        OfLayoutFlow flow = g_array_index(table->flows, OfLayoutFlow, i);
        flow.from = flow.from != OF_LANE_NONE ? lane_of[flow.from] : OF_LANE_NONE;
        flow.to = flow.to != OF_LANE_NONE ? lane_of[flow.to] : OF_LANE_NONE;
        g_array_append_val(scene->flows, flow);
    }
    of_flows_merge(scene->flows);
}

static void pin_lanes(OfFlowScene *scene, const gint32 *lane_of)
{
    for (char **id = scene->drawing->options->order; id != NULL && *id != NULL; id++) {
        const OfLab *lab = of_story_find_lab(scene->table->story, *id);
        if (lab != NULL && lane_of[lab->index] != OF_LANE_NONE && scene->labs->pdata[lane_of[lab->index]] == lab) {
            g_array_append_val(scene->pinned, lane_of[lab->index]);
        }
    }
}

bool of_flow_scene_fold(OfFlowScene *scene, double plot_height)
{
    double all = 0;
    g_autoptr(GArray) totals = rank_labs(scene->table, &all);
    const guint n = count_kept(scene, totals, all, plot_height);
    if (scene->lanes->len > 0 && scene->folded->len == totals->len - n) {
        return false;
    }
    g_ptr_array_set_size(scene->labs, 0);
    g_ptr_array_set_size(scene->folded, 0);
    g_array_set_size(scene->lanes, 0);
    g_array_set_size(scene->people, 0);
    g_array_set_size(scene->flows, 0);
    g_array_set_size(scene->pinned, 0);
    list_labs(scene, totals, n);
    g_autofree gint32 *lane_of = map_labs(scene);
    map_people(scene, lane_of);
    pin_lanes(scene, lane_of);
    return true;
}

guint of_flow_scene_n_lanes(const OfFlowScene *scene)
{
    return scene->lanes->len;
}

gint64 of_flow_scene_people(const OfFlowScene *scene, guint slice, gint32 lane)
{
    return g_array_index(scene->people, gint64, slice * scene->lanes->len + (guint) lane);
}

char *of_flow_scene_name(const OfFlowScene *scene, gint32 lane, guint slice)
{
    const OfLab *lab = scene->labs->pdata[lane];
    return lab != NULL ? g_strdup(of_lab_name_on(lab, g_array_index(scene->slices, OfSlice, slice).day))
                       : g_strdup_printf("%u others", scene->folded->len);
}

const char *of_flow_scene_id(const OfFlowScene *scene, gint32 lane)
{
    const OfLab *lab = lane != OF_LANE_NONE ? scene->labs->pdata[lane] : NULL;
    return lane == OF_LANE_NONE ? NULL : lab != NULL ? lab->item.id : OF_FOLDED_ID;
}

bool of_flow_scene_stands_out(const OfFlowScene *scene, gint32 lane)
{
    const OfSelection *selection = &scene->drawing->selection;
    bool stands_out = selection->highlight == NULL;
    for (; lane != OF_LANE_NONE && !stands_out; lane = g_array_index(scene->lanes, OfLayoutLane, lane).parent) {
        stands_out = scene->labs->pdata[lane] != NULL && of_selection_stands_out(selection, of_flow_scene_id(scene, lane));
    }
    return stands_out;
}

const char *of_flow_scene_color(const OfFlowScene *scene, gint32 lane)
{
    const OfDrawing *drawing = scene->drawing;
    const OfLab *lab = lane != OF_LANE_NONE ? scene->labs->pdata[lane] : NULL;
    return lab != NULL ? of_coloring_lab(drawing->coloring, lab) : drawing->theme->lab_rest;
}
