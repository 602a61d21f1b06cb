/* The order of people in fixed lanes.
 *
 * Lanes and the spaces between them are bands: band 2 i + 1 is lane i from the top, band 2 i the space above it. Each band
 * keeps its people from slot to slot.
 *
 * 1. Who moves to a band from above goes to its top, from below to its bottom, those who come together in the order in which
 *    they stood: nobody crosses before they must. Two people then cross once for each change of the sign of (band of a − band
 *    of b), which is the least possible.
 * 2. Who arrives anew has no order yet: they take the place in their lane that fits best with what will happen, against each
 *    person there the first later slot at which the two are in different lanes. Where nothing ever orders two people, who came
 *    first stands higher, then the lower key.
 * 3. Who is between two labs waits in the space next to the lane that they left, on the side of the lane they go to; who comes
 *    back to the same lane waits on the side with fewer people to pass.
 * 4. Arrivals and returns can make it cheaper to cross early. If the count is above the bound, the search of search.c goes on
 *    from this order with the lanes fixed. */
#include "layout/people_order.h"

#include <stdlib.h>
#include <string.h>

#include "layout/free_order.h"

typedef struct {
    guint32 person;
    gint32 from;  /* band, or −1: new */
    gint32 to;    /* band, or −1: gone */
    guint32 rank; /* in @from */
} Change;

typedef struct {
    const OfSlots *slots;
    const gint32 *key;
    gint32 *place;        /* [lane]: place from the top */
    gint32 *lane_of_band; /* [band]: lane, or OF_LANE_NONE */
    guint n_bands;
    GArray **band;    /* [band]: guint32 people, top to bottom */
    OfRun *run;       /* [band]: its run in the order; n = 0 where that must be written anew */
    gboolean *stale;  /* [band]: whether it changed since */
    gint32 *band_of;  /* [person] */
    guint32 *stay_of; /* [person]: index of the stay they are in */
    OfOrder *order;
} Builder;

static int compare_changes(const void *a, const void *b)
{
    const Change *p = a;
    const Change *q = b;
    if (p->from != q->from) {
        return p->from < q->from ? -1 : 1;
    }
    if (p->rank != q->rank) {
        return p->rank < q->rank ? -1 : 1;
    }
    return p->person < q->person ? -1 : p->person > q->person;
}

static gint32 get_key(const Builder *builder, guint32 person)
{
    return builder->key != NULL ? builder->key[person] : (gint32) person;
}

/* What orders two people in the future: −1 if @a will be above @b, 1 if below, 0 if nothing does. */
static gint look_ahead(const Builder *builder, guint32 a, guint32 b)
{
    const GArray *stays = builder->slots->stays;
    guint32 i = builder->stay_of[a];
    guint32 j = builder->stay_of[b];
    while (i < builder->slots->person_start[a + 1] && j < builder->slots->person_start[b + 1]) {
        const OfLaneStay *p = &g_array_index(stays, OfLaneStay, i);
        const OfLaneStay *q = &g_array_index(stays, OfLaneStay, j);
        gboolean meet = p->first < q->end && q->first < p->end;
        if (meet && p->lane >= 0 && q->lane >= 0 && p->lane != q->lane) {
            return builder->place[p->lane] < builder->place[q->lane] ? -1 : 1;
        }
        gboolean p_ends = p->end <= q->end;
        gboolean q_ends = q->end <= p->end;
        i += p_ends ? 1 : 0;
        j += q_ends ? 1 : 0;
    }
    return 0;
}

/* Step 2: the rank at which @person fits best among the people of the band; among equals the lowest one that keeps ties. */
static guint find_rank(const Builder *builder, const GArray *people, guint32 person, guint slot)
{
    gint64 cost = 0; /* of standing above everyone, with crossings far heavier than ties */
    gint64 least = 0;
    guint rank = 0;
    for (guint i = 0; i < people->len; i++) {
        guint32 other = g_array_index(people, guint32, i);
        gint ahead = look_ahead(builder, person, other);
        gint64 weight = G_GINT64_CONSTANT(1) << 32;
        if (ahead == 0) {
            const OfLaneStay *first = &g_array_index(builder->slots->stays, OfLaneStay, builder->slots->person_start[other]);
            ahead = first->first < slot || get_key(builder, other) < get_key(builder, person) ? 1 : -1;
            weight = 1;
        }
        cost += ahead < 0 ? weight : -weight;
        if (cost < least) {
            least = cost;
            rank = i + 1;
        }
    }
    return rank;
}

/* Step 3: the band in which to wait between two stays. */
static gint32 find_space(const Builder *builder, const Change *change, const OfLaneStay *stay)
{
    gint32 from = change->from;
    if (from < 0 || from % 2 == 0) {
        return 0;
    }
    const OfLaneStay *next = stay + 1;
    gint32 to = 2 * builder->place[next->lane] + 1;
    if (to != from) {
        return to > from ? from + 1 : from - 1;
    }
    return 2 * change->rank + 1 > builder->band[from]->len ? from + 1 : from - 1;
}

static void mark_stale(Builder *builder, gint32 band)
{
    builder->stale[band] = TRUE;
}

/* Takes everyone who changes out of their bands. @changes are sorted by band and rank. */
static void take_out(Builder *builder, const Change *changes, guint n)
{
    for (guint start = 0, end = 0; start < n; start = end) {
        gint32 from = changes[start].from;
        while (end < n && changes[end].from == from) {
            end++;
        }
        if (from < 0) {
            continue;
        }
        GArray *people = builder->band[from];
        guint kept = 0;
        guint next = start;
        for (guint i = 0; i < people->len; i++) {
            if (next < end && changes[next].rank == i) {
                next++;
            } else {
                g_array_index(people, guint32, kept++) = g_array_index(people, guint32, i);
            }
        }
        g_array_set_size(people, kept);
        mark_stale(builder, from);
    }
}

/* Steps 1 and 2: puts them where they go. Those from below are appended in order; those from above go to the top as one. */
static void put_in(Builder *builder, const Change *changes, guint n, guint slot)
{
    for (guint i = 0; i < n; i++) {
        if (changes[i].to >= 0 && changes[i].from > changes[i].to) {
            g_array_append_val(builder->band[changes[i].to], changes[i].person);
        }
    }
    for (guint i = n; i-- > 0;) {
        if (changes[i].to >= 0 && changes[i].from >= 0 && changes[i].from < changes[i].to) {
            g_array_prepend_val(builder->band[changes[i].to], changes[i].person);
        }
    }
    for (guint i = 0; i < n; i++) {
        if (changes[i].to >= 0) {
            builder->band_of[changes[i].person] = changes[i].to;
            mark_stale(builder, changes[i].to);
        }
    }
    for (guint i = 0; i < n; i++) {
        if (changes[i].from < 0 && changes[i].to >= 0) {
            GArray *people = builder->band[changes[i].to];
            guint rank = find_rank(builder, people, changes[i].person, slot);
            g_array_insert_val(people, rank, changes[i].person);
        }
    }
}

/* Appends a run to the slot that begins at run @start. Spaces that no lane with people parts are one. */
static void add_run(OfOrder *order, guint start, const OfRun *run)
{
    OfRun *last = order->runs->len > start ? &g_array_index(order->runs, OfRun, order->runs->len - 1) : NULL;
    if (last == NULL || last->lane >= 0 || run->lane >= 0) {
        g_array_append_val(order->runs, *run);
        return;
    }
    guint32 first = order->people->len;
    g_array_set_size(order->people, first + last->n + run->n);
    guint32 *people = &g_array_index(order->people, guint32, first);
    memcpy(people, of_order_get_people(order, last), last->n * sizeof(guint32));
    memcpy(people + last->n, of_order_get_people(order, run), run->n * sizeof(guint32));
    last->first = first;
    last->n += run->n;
}

/* Writes the slot's runs; a band that did not change keeps its people. */
static void write_slot(Builder *builder, guint slot)
{
    OfOrder *order = builder->order;
    order->start[slot] = order->runs->len;
    for (guint band = 0; band < builder->n_bands; band++) {
        if (builder->stale[band]) {
            const GArray *people = builder->band[band];
            builder->run[band] = (OfRun){builder->lane_of_band[band], order->people->len, people->len};
            g_array_append_vals(order->people, people->data, people->len);
            builder->stale[band] = FALSE;
        }
        if (builder->run[band].n > 0) {
            add_run(order, order->start[slot], &builder->run[band]);
        }
    }
    order->start[slot + 1] = order->runs->len;
}

/* The stays that begin at each slot, and one entry more for each person's end, by slot: indices into the stays, with the
 * highest bit for an end. */
typedef struct {
    guint32 *start;
    guint32 *entry;
} Agenda;

static const guint32 ENDS = 0x80000000u;

static Agenda make_agenda(const OfSlots *slots)
{
    Agenda agenda = {g_new0(guint32, (gsize) slots->n_slots + 3), g_new(guint32, 2 * (gsize) slots->stays->len + 1)};
    for (guint pass = 0; pass < 2; pass++) {
        for (guint32 i = 0; i < slots->stays->len; i++) {
            const OfLaneStay *stay = &g_array_index(slots->stays, OfLaneStay, i);
            gboolean last = i + 1 == slots->person_start[stay->person + 1];
            if (pass == 0) {
                agenda.start[stay->first + 2]++;
                agenda.start[stay->end + 2] += last ? 1 : 0;
                continue;
            }
            agenda.entry[agenda.start[stay->first + 1]++] = i;
            if (last) {
                agenda.entry[agenda.start[stay->end + 1]++] = i | ENDS;
            }
        }
        for (guint slot = 2; pass == 0 && slot < slots->n_slots + 3; slot++) {
            agenda.start[slot] += agenda.start[slot - 1];
        }
    }
    return agenda;
}

/* Lists who changes band at a slot. */
static void list_changes(Builder *builder, const Agenda *agenda, guint slot, guint32 *rank, GArray *changes)
{
    g_array_set_size(changes, 0);
    for (guint32 i = agenda->start[slot]; i < agenda->start[slot + 1]; i++) {
        const OfLaneStay *stay = &g_array_index(builder->slots->stays, OfLaneStay, agenda->entry[i] & ~ENDS);
        gboolean ends = (agenda->entry[i] & ENDS) != 0;
        Change change = {stay->person, builder->band_of[stay->person], -1, 0};
        if (!ends) {
            builder->stay_of[stay->person] = agenda->entry[i];
            change.to = stay->lane >= 0 ? 2 * builder->place[stay->lane] + 1 : -1;
        }
        g_array_append_val(changes, change);
    }
    /* Ranks of those who leave a band, from one scan of each such band. */
    for (guint i = 0; i < changes->len; i++) {
        gint32 from = g_array_index(changes, Change, i).from;
        if (from >= 0 && !builder->stale[from]) {
            builder->stale[from] = TRUE;
            for (guint j = 0; j < builder->band[from]->len; j++) {
                rank[g_array_index(builder->band[from], guint32, j)] = j;
            }
        }
    }
    for (guint i = 0; i < changes->len; i++) {
        Change *change = &g_array_index(changes, Change, i);
        guint32 stay = builder->stay_of[change->person];
        gboolean ends = (agenda->entry[agenda->start[slot] + i] & ENDS) != 0;
        change->rank = change->from >= 0 ? rank[change->person] : 0;
        if (!ends && change->to < 0) {
            change->to = find_space(builder, change, &g_array_index(builder->slots->stays, OfLaneStay, stay));
        }
    }
    if (changes->len > 0) {
        qsort(changes->data, changes->len, sizeof(Change), compare_changes);
    }
}

static void free_builder(Builder *builder)
{
    for (guint band = 0; band < builder->n_bands; band++) {
        g_array_unref(builder->band[band]);
    }
    g_free(builder->band);
    g_free(builder->place);
    g_free(builder->lane_of_band);
    g_free(builder->run);
    g_free(builder->stale);
    g_free(builder->band_of);
    g_free(builder->stay_of);
}

OfOrder *of_people_order_build(const OfSlots *slots, const gint32 *lane_order, const gint32 *key)
{
    gsize n_people = (gsize) slots->n_people + 1;
    guint n_bands = 2 * slots->n_lanes + 1;
    Builder builder = {.slots = slots,
                       .key = key,
                       .place = g_new0(gint32, (gsize) slots->n_lanes + 1),
                       .lane_of_band = g_new0(gint32, n_bands),
                       .n_bands = n_bands,
                       .band = g_new0(GArray *, n_bands),
                       .run = g_new0(OfRun, n_bands),
                       .stale = g_new0(gboolean, n_bands),
                       .band_of = g_new0(gint32, n_people),
                       .stay_of = g_new0(guint32, n_people),
                       .order = of_order_new(slots->n_slots)};
    g_autofree guint32 *rank = g_new0(guint32, n_people);
    g_autoptr(GArray) changes = g_array_new(FALSE, FALSE, sizeof(Change));
    for (guint band = 0; band < n_bands; band++) {
        builder.band[band] = g_array_new(FALSE, FALSE, sizeof(guint32));
        builder.lane_of_band[band] = band % 2 == 0 ? OF_LANE_NONE : lane_order[band / 2];
    }
    for (guint i = 0; i < slots->n_lanes; i++) {
        builder.place[lane_order[i]] = (gint32) i;
    }
    for (guint person = 0; person < slots->n_people; person++) {
        builder.band_of[person] = -1;
    }
    Agenda agenda = make_agenda(slots);
    for (guint slot = 0; slot < slots->n_slots; slot++) {
        list_changes(&builder, &agenda, slot, rank, changes);
        const Change *change = (const Change *) (const void *) changes->data;
        take_out(&builder, change, changes->len);
        put_in(&builder, change, changes->len, slot);
        write_slot(&builder, slot);
    }
    g_free(agenda.start);
    g_free(agenda.entry);
    free_builder(&builder);
    return builder.order;
}

OfGrouping *of_people_order_make_grouping(const OfSlots *slots, const gint32 *place)
{
    OfGrouping *grouping = of_grouping_new(slots->n_people, slots->n_slots, slots->n_lanes, place != NULL);
    for (guint i = 0; i < slots->stays->len; i++) {
        const OfLaneStay *stay = &g_array_index(slots->stays, OfLaneStay, i);
        gint32 group = stay->lane < 0 ? grouping->n_groups : place != NULL ? place[stay->lane] : stay->lane;
        for (guint slot = stay->first; slot < stay->end; slot++) {
            of_grouping_set_group(grouping, stay->person, slot, group);
        }
    }
    of_grouping_close(grouping);
    return grouping;
}

/* Whether one pass over all people is small against the budget of a search. */
static gboolean can_search(const OfSlots *slots, OfEffort effort)
{
    static const guint64 most[] = {
        [OF_EFFORT_FAST] = 10000000u,
        [OF_EFFORT_NORMAL] = 50000000u,
        [OF_EFFORT_BEST] = 1000000000u,
    };
    guint64 cells = (guint64) slots->n_slots * slots->n_people;
    return cells <= most[effort] && cells * slots->n_people <= most[effort];
}

OfOrder *of_people_order_find(const OfSlots *slots, const gint32 *lane_order, const gint32 *key, gint64 bound, OfEffort effort,
                              gint64 *crossings)
{
    OfOrder *built = of_people_order_build(slots, lane_order, key);
    *crossings = of_order_count_crossings(built, slots->n_people);
    if (*crossings <= MAX(bound, 0) || !can_search(slots, effort)) {
        return built;
    }
    g_autofree gint32 *place = g_new0(gint32, (gsize) slots->n_lanes + 1);
    for (guint i = 0; i < slots->n_lanes; i++) {
        place[lane_order[i]] = (gint32) i;
    }
    g_autoptr(OfGrouping) grouping = of_people_order_make_grouping(slots, place);
    g_autoptr(OfRanking) start = of_order_to_ranking(built, slots->n_people);
    gint64 found = 0;
    g_autoptr(OfRanking) ranking = of_free_order_refine(grouping, effort, MAX(bound, 0), start, &found);
    if (found >= *crossings) {
        return built;
    }
    of_order_free(built);
    *crossings = found;
    return of_order_from_ranking(ranking, grouping, lane_order);
}
