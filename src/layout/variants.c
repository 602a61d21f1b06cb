#include "layout/variants.h"

/* The stay of a person at @slot, or NULL. */
static const OfLaneStay *find_stay(const OfSlots *slots, guint32 person, guint slot)
{
    guint n = 0;
    const OfLaneStay *stays = of_slots_get_stays(slots, person, &n);
    guint low = 0;
    guint high = n;
    while (low < high) {
        guint middle = low + (high - low) / 2;
        if (stays[middle].end <= slot) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < n && stays[low].first <= slot ? &stays[low] : NULL;
}

guint32 of_variants_get_joined(const OfSlots *slots, guint32 person, guint slot)
{
    guint32 whole = slots->variant_of != NULL ? slots->variant_of[person] : OF_VARIANT_NONE;
    if (whole == OF_VARIANT_NONE) {
        return OF_VARIANT_NONE;
    }
    const OfLaneStay *own = find_stay(slots, person, slot);
    const OfLaneStay *other = find_stay(slots, whole, slot);
    return own != NULL && other != NULL && own->lane == other->lane ? whole : OF_VARIANT_NONE;
}

/* The run without those who are joined; its people are written anew only where somebody is. */
static OfRun filter_run(const OfSlots *slots, OfOrder *order, OfRun run, guint slot)
{
    guint32 first = order->people->len;
    guint kept = 0;
    for (guint i = 0; i < run.n; i++) {
        kept += of_variants_get_joined(slots, of_order_get_people(order, &run)[i], slot) == OF_VARIANT_NONE;
    }
    if (kept == run.n) {
        return run;
    }
    for (guint i = 0; i < run.n; i++) {
        guint32 person = of_order_get_people(order, &run)[i];
        if (of_variants_get_joined(slots, person, slot) == OF_VARIANT_NONE) {
            g_array_append_val(order->people, person);
        }
    }
    return (OfRun){run.lane, first, kept};
}

void of_variants_join(const OfSlots *slots, OfOrder *order)
{
    GArray *runs = g_array_sized_new(FALSE, FALSE, sizeof(OfRun), order->runs->len);
    for (guint slot = 0; slot < order->n_slots; slot++) {
        guint32 first = order->start[slot];
        order->start[slot] = runs->len;
        for (guint32 i = first; i < order->start[slot + 1]; i++) {
            OfRun run = filter_run(slots, order, g_array_index(order->runs, OfRun, i), slot);
            if (run.n > 0) {
                g_array_append_val(runs, run);
            }
        }
    }
    order->start[order->n_slots] = runs->len;
    g_array_unref(order->runs);
    order->runs = runs;
}
