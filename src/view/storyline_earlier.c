/* The order of an earlier drawing, in the lanes and lines of this one. */
#include "view/storyline_scene.h"

#include "base/hash.h"

/* Ids -> index + 1. Owned by the caller. */
static GHashTable *index_ids(const GPtrArray *items)
{
    GHashTable *index = g_hash_table_new(of_text_hash, g_str_equal);
    for (guint i = 0; i < items->len; i++) {
        g_hash_table_insert(index, (gpointer) ((const OfItem *) items->pdata[i])->id, GUINT_TO_POINTER(i + 1));
    }
    return index;
}

/* Returns -1 for what is not there any more. */
static gint32 find_id(GHashTable *index, const char *id)
{
    return (gint32) GPOINTER_TO_UINT(g_hash_table_lookup(index, id)) - 1;
}

static gint32 *list_lanes(const OfScene *scene, const OfFacts *earlier, guint *n)
{
    g_autoptr(GHashTable) index = index_ids(scene->labs);
    gint32 *lanes = g_new(gint32, (gsize) earlier->lane_order->len + 1);
    *n = 0;
    for (guint i = 0; i < earlier->lane_order->len; i++) {
        const gint32 lane = find_id(index, earlier->lane_order->pdata[i]);
        if (lane >= 0) {
            lanes[(*n)++] = lane;
        }
    }
    return lanes;
}

static void append_moment(const OfFacts *earlier, const OfFactsMoment *moment, GHashTable *index, GArray *people)
{
    for (guint i = moment->first; i < moment->first + moment->n; i++) {
        const OfFactsLane *lane = &g_array_index(earlier->lanes, OfFactsLane, i);
        for (guint j = lane->first; j < lane->first + lane->n; j++) {
            const gint32 found = find_id(index, earlier->people->pdata[j]);
            if (found >= 0) {
                const guint32 line = (guint32) found;
                g_array_append_val(people, line);
            }
        }
    }
}

void of_scene_start_from(OfScene *scene, const OfFacts *earlier)
{
    const guint n = earlier->moments->len;
    g_autoptr(GHashTable) index = index_ids(scene->people);
    GArray *people = g_array_new(FALSE, FALSE, sizeof(guint32));
    gint32 *day = g_new(gint32, (gsize) n + 1);
    guint32 *start = g_new0(guint32, (gsize) n + 1);
    for (guint i = 0; i < n; i++) {
        const OfFactsMoment *moment = &g_array_index(earlier->moments, OfFactsMoment, i);
        day[i] = moment->day;
        append_moment(earlier, moment, index, people);
        start[i + 1] = people->len;
    }
    scene->earlier = (OfPreviousOrder){.n_moments = n, .day = day, .start = start};
    scene->earlier.lanes = list_lanes(scene, earlier, &scene->earlier.n_lanes);
    scene->earlier.people = (const guint32 *) (gpointer) g_array_free(people, FALSE);
    scene->input.previous = &scene->earlier;
}

void of_scene_clear_earlier(OfScene *scene)
{
    g_free((gpointer) scene->earlier.lanes);
    g_free((gpointer) scene->earlier.day);
    g_free((gpointer) scene->earlier.start);
    g_free((gpointer) scene->earlier.people);
}
