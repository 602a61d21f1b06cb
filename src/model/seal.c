#include "model/seal.h"

#include <string.h>

#define MOST_LISTED 20

void of_seal_set_other(OfDiagnostic *diagnostic, const OfPlace *other)
{
    if (other != NULL) {
        diagnostic->other = *other;
    }
}

char *of_seal_list_keys(guint n, const char *(*key_of)(guint i, gconstpointer data), gconstpointer data)
{
    GString *list = g_string_new(NULL);
    for (guint i = 0; i < MIN(n, MOST_LISTED); i++) {
        g_string_append_printf(list, "%s`%s`", i > 0 ? ", " : "", key_of(i, data));
    }
    if (n > MOST_LISTED) {
        g_string_append_printf(list, " and %u more", n - MOST_LISTED);
    }
    return g_string_free(list, FALSE);
}

bool of_date_meets(const OfDate *a, const OfDate *b)
{
    return a->first <= b->last && b->first <= a->last;
}

OfDate of_date_join(const OfDate *a, const OfDate *b)
{
    if (!of_date_is_set(a) || !of_date_is_set(b)) {
        return of_date_is_set(a) ? *a : *b;
    }
    if (a->first >= b->first && a->last <= b->last) {
        return *a;
    }
    if (b->first >= a->first && b->last <= a->last) {
        return *b;
    }
    const OfDate *later = a->first > b->first ? a : b, *earlier = later == a ? b : a;
    return (OfDate){
        .first = later->first,
        .last = earlier->last,
        .precision = OF_DATE_INTERVAL,
        .approximate = a->approximate || b->approximate,
        .uncertain = a->uncertain || b->uncertain,
        .open_first = later->open_first,
        .open_last = earlier->open_last,
    };
}

bool of_split_keeps_lab(const OfEvent *event)
{
    for (guint i = 0; i < event->into.n; i++) {
        if (event->into.items[i]->lab == event->lab) {
            return true;
        }
    }
    return false;
}

OfDay of_lab_clamp_day(const OfLab *lab, OfDay day)
{
    return MAX(MIN(day, lab->end_day), lab->begin_day);
}

void of_seal_give_states(OfStoryBuild *build, const GArray *entries, gsize offset)
{
    guint n_labs = build->story.labs.n;
    OfLabState *states = of_arena_new_array(build->arena, OfLabState, entries->len);
    const OfLabState **items = of_arena_new_array(build->arena, const OfLabState *, entries->len);
    g_autofree guint *start = g_new0(guint, (gsize) n_labs + 2);
    for (guint i = 0; i < entries->len; i++) {
        start[g_array_index(entries, OfLabStateEntry, i).lab + 2]++;
    }
    for (guint i = 2; i < n_labs + 2; i++) {
        start[i] += start[i - 1];
    }
    /* start[lab + 1] runs from the lab's first state to the next lab's. */
    for (guint i = 0; i < entries->len; i++) {
        const OfLabStateEntry *entry = &g_array_index(entries, OfLabStateEntry, i);
        guint slot = start[entry->lab + 1]++;
        states[slot] = entry->state;
        items[slot] = &states[slot];
    }
    for (guint i = 0; i < n_labs; i++) {
        OF_LIST(const OfLabState) list = {items != NULL ? items + start[i] : NULL, start[i + 1] - start[i]};
        memcpy((char *) OF_MUTABLE(OfLab, build->story.labs.items[i]) + offset, &list, sizeof list);
    }
}
