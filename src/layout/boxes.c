#include "layout/boxes.h"

/* What one slot needs to know of its lanes. */
typedef struct {
    const OfSlots *slots;
    const gint32 *place;
    gint32 *lane_at;   /* [place]: lane */
    guint32 *box_of;   /* [lane]: its box at this slot, or OF_RUN_NONE */
    guint32 *stay_of;  /* [person]: index of the stay they are in at this slot */
    GArray *twins;     /* guint32: twins that run at this slot */
    guint next_twin;   /* in @by_first */
    guint32 *by_first; /* twins by first slot */
    gboolean *above;   /* [twin]: stands above the people of its lane */
} Walk;

static gboolean is_open(const OfSlots *slots, gint32 lane, guint slot)
{
    return slots->lane_first[lane] <= slot && slot < slots->lane_end[lane];
}

static void add_box(OfHeights *heights, Walk *walk, gint32 lane, guint32 run, guint n_rows)
{
    OfBox box = {.lane = lane, .run = run, .n_rows = n_rows};
    if (lane >= 0) {
        walk->box_of[lane] = heights->boxes->len;
    }
    g_array_append_val(heights->boxes, box);
}

/* Whether a lane without people in the order has a box of its own: it is open, or a twin is there. */
static gboolean needs_box(const Walk *walk, gint32 lane, guint slot, const gboolean *has_twin)
{
    return is_open(walk->slots, lane, slot) || has_twin[lane];
}

/* The lane at which a person is at @slot; their stay is noted. */
static gint32 get_main_lane(Walk *walk, guint32 person, guint slot)
{
    guint32 *stay = &walk->stay_of[person];
    while (*stay + 1 < walk->slots->person_start[person + 1] && g_array_index(walk->slots->stays, OfLaneStay, *stay).end <= slot) {
        (*stay)++;
    }
    return g_array_index(walk->slots->stays, OfLaneStay, *stay).lane;
}

/* How many lanes, by place, should stand above a run of people between labs: they wait next to the lane that the first of them
 * left, on the side of the lane that they go to. */
static guint get_place_between(Walk *walk, guint32 person, guint slot)
{
    get_main_lane(walk, person, slot);
    const OfLaneStay *stay = &g_array_index(walk->slots->stays, OfLaneStay, walk->stay_of[person]);
    guint before = (guint) walk->place[stay[-1].lane];
    return (guint) walk->place[stay[1].lane] >= before ? before + 1 : before;
}

/* Adds the boxes of the lanes without people whose places are below @end. */
static void add_empty(OfHeights *heights, Walk *walk, guint *next, guint end, guint slot, const gboolean *has_twin)
{
    for (; *next < end; (*next)++) {
        if (needs_box(walk, walk->lane_at[*next], slot, has_twin)) {
            add_box(heights, walk, walk->lane_at[*next], OF_RUN_NONE, 0);
        }
    }
}

/* Boxes of one slot: runs from top to bottom, and in fixed lanes the empty ones in their places. */
static void list_slot(OfHeights *heights, Walk *walk, const OfOrder *order, guint slot, const gboolean *has_twin)
{
    guint n_lanes = walk->slots->n_lanes;
    guint next = 0; /* place of the next lane that may still need a box */
    for (guint lane = 0; lane < n_lanes; lane++) {
        walk->box_of[lane] = OF_RUN_NONE;
    }
    for (guint32 i = order->start[slot]; i < order->start[slot + 1]; i++) {
        const OfRun *run = &g_array_index(order->runs, OfRun, i);
        if (walk->place != NULL && run->lane >= 0) {
            add_empty(heights, walk, &next, (guint) walk->place[run->lane], slot, has_twin);
            next++;
        } else if (walk->place != NULL) {
            guint end = get_place_between(walk, *of_order_get_people(order, run), slot);
            if (i + 1 < order->start[slot + 1]) {
                end = MIN(end, (guint) walk->place[run[1].lane]);
            }
            add_empty(heights, walk, &next, end, slot, has_twin);
        }
        add_box(heights, walk, run->lane, i, run->n);
    }
    for (; next < n_lanes; next++) {
        gint32 lane = walk->place != NULL ? walk->lane_at[next] : (gint32) next;
        gboolean needed = walk->place != NULL ? needs_box(walk, lane, slot, has_twin) : has_twin[lane];
        if (walk->box_of[lane] == OF_RUN_NONE && needed) {
            add_box(heights, walk, lane, OF_RUN_NONE, 0);
        }
    }
}

/* Drops the twins that have ended and adds those that begin. */
static void update_twins(Walk *walk, guint slot)
{
    guint kept = 0;
    for (guint i = 0; i < walk->twins->len; i++) {
        guint32 twin = g_array_index(walk->twins, guint32, i);
        if (g_array_index(walk->slots->twins, OfTwin, twin).end > slot) {
            g_array_index(walk->twins, guint32, kept++) = twin;
        }
    }
    g_array_set_size(walk->twins, kept);
    while (walk->next_twin < walk->slots->twins->len &&
           g_array_index(walk->slots->twins, OfTwin, walk->by_first[walk->next_twin]).first <= slot) {
        g_array_append_val(walk->twins, walk->by_first[walk->next_twin]);
        walk->next_twin++;
    }
}

/* Gives each running twin a row: above the people if its main line is above the lane, else below. */
static void place_twins(OfHeights *heights, Walk *walk, guint slot, const OfOrder *order)
{
    for (guint pass = 0; pass < 2; pass++) {
        for (guint i = 0; i < walk->twins->len; i++) {
            guint32 index = g_array_index(walk->twins, guint32, i);
            const OfTwin *twin = &g_array_index(walk->slots->twins, OfTwin, index);
            gint32 main_lane = get_main_lane(walk, twin->person, slot);
            guint32 at = heights->twin_start[index] + (slot - twin->first);
            guint32 box_index = walk->box_of[twin->lane];
            if (main_lane == (gint32) twin->lane) {
                heights->twin_box[at] = OF_RUN_NONE;
                continue;
            }
            if (pass == 0 && (slot == twin->first || heights->twin_box[at - 1] == OF_RUN_NONE)) {
                walk->above[index] = main_lane >= 0 && walk->box_of[main_lane] < box_index;
            }
            OfBox *box = &g_array_index(heights->boxes, OfBox, box_index);
            guint n_people = box->run != OF_RUN_NONE ? g_array_index(order->runs, OfRun, box->run).n : 0;
            heights->twin_box[at] = box_index;
            if (pass == 0 && walk->above[index]) {
                heights->twin_row[at] = box->n_above++;
                box->n_rows++;
            } else if (pass == 1 && !walk->above[index]) {
                heights->twin_row[at] = MAX(box->n_rows, box->n_above + n_people);
                box->n_rows++;
            }
        }
    }
}

static gint compare_firsts(gconstpointer a, gconstpointer b, gpointer data)
{
    const GArray *twins = data;
    guint32 p = *(const guint32 *) a;
    guint32 q = *(const guint32 *) b;
    guint32 first_p = g_array_index(twins, OfTwin, p).first;
    guint32 first_q = g_array_index(twins, OfTwin, q).first;
    if (first_p != first_q) {
        return first_p < first_q ? -1 : 1;
    }
    return p < q ? -1 : p > q;
}

static void prepare_twins(OfHeights *heights, Walk *walk)
{
    GArray *twins = walk->slots->twins;
    gsize total = 0;
    heights->twin_start = g_new0(guint32, (gsize) twins->len + 1);
    walk->by_first = g_new0(guint32, (gsize) twins->len + 1);
    for (guint32 i = 0; i < twins->len; i++) {
        const OfTwin *twin = &g_array_index(twins, OfTwin, i);
        total += twin->end - twin->first;
        heights->twin_start[i + 1] = (guint32) total;
        walk->by_first[i] = i;
    }
    g_qsort_with_data(walk->by_first, (gint) twins->len, sizeof(guint32), compare_firsts, twins);
    heights->twin_box = g_new0(guint32, total + 1);
    heights->twin_row = g_new0(guint32, total + 1);
}

void of_boxes_list(OfHeights *heights, const OfSlots *slots, const OfOrder *order, const gint32 *place)
{
    gsize n_lanes = (gsize) slots->n_lanes + 1;
    Walk walk = {.slots = slots,
                 .place = place,
                 .lane_at = g_new0(gint32, n_lanes),
                 .box_of = g_new0(guint32, n_lanes),
                 .stay_of = g_new0(guint32, (gsize) slots->n_people + 1),
                 .twins = g_array_new(FALSE, FALSE, sizeof(guint32)),
                 .above = g_new0(gboolean, (gsize) slots->twins->len + 1)};
    g_autofree gboolean *has_twin = g_new0(gboolean, n_lanes);
    for (guint lane = 0; place != NULL && lane < slots->n_lanes; lane++) {
        walk.lane_at[place[lane]] = (gint32) lane;
    }
    for (guint person = 0; person < slots->n_people; person++) {
        walk.stay_of[person] = slots->person_start[person];
    }
    prepare_twins(heights, &walk);
    heights->start = g_new0(guint32, (gsize) slots->n_slots + 1);
    for (guint slot = 0; slot < slots->n_slots; slot++) {
        update_twins(&walk, slot);
        for (guint i = 0; i < walk.twins->len; i++) {
            const OfTwin *twin = &g_array_index(slots->twins, OfTwin, g_array_index(walk.twins, guint32, i));
            has_twin[twin->lane] = TRUE;
        }
        list_slot(heights, &walk, order, slot, has_twin);
        place_twins(heights, &walk, slot, order);
        for (guint i = 0; i < walk.twins->len; i++) {
            const OfTwin *twin = &g_array_index(slots->twins, OfTwin, g_array_index(walk.twins, guint32, i));
            has_twin[twin->lane] = FALSE;
        }
        heights->start[slot + 1] = heights->boxes->len;
    }
    g_free(walk.lane_at);
    g_free(walk.box_of);
    g_free(walk.stay_of);
    g_array_unref(walk.twins);
    g_free(walk.by_first);
    g_free(walk.above);
}
