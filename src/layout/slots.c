/* 1. A person's stints, cut to the story, are sorted by beginning, then concurrent ones last, then index.
 * 2. The first is the main one until it ends; then the next in that order that has not ended yet. If it has not begun, the
 *    person is between two labs until it does. Since ends only grow, each stint is looked at once.
 * 3. A stint is a twin from its beginning until it becomes the main one, or to its end. One that stands aside is a twin from when the
 *    first stay begins until the last one ends.
 * 4. The days at which a stay, a twin or a lane begins or ends are the moments of change. */
#include "layout/slots.h"

#include <stdlib.h>

typedef struct {
    guint32 person;
    gint32 from;
    gint32 to;
    gboolean concurrent;
    guint32 stint;
} Span;

/* A stay or twin in days; @lane and @stint as in OfLaneStay. */
typedef struct {
    guint32 person;
    gint32 lane;
    gint32 from;
    gint32 to;
    gint32 first_stint;
    gint32 last_stint;
} Piece;

static int compare_spans(const void *a, const void *b)
{
    const Span *p = a;
    const Span *q = b;
    if (p->person != q->person) {
        return p->person < q->person ? -1 : 1;
    }
    if (p->from != q->from) {
        return p->from < q->from ? -1 : 1;
    }
    if (p->concurrent != q->concurrent) {
        return p->concurrent ? 1 : -1;
    }
    return p->stint < q->stint ? -1 : p->stint > q->stint;
}

static int compare_days(const void *a, const void *b)
{
    gint32 p = *(const gint32 *) a;
    gint32 q = *(const gint32 *) b;
    return p < q ? -1 : p > q;
}

static GArray *sort_spans(const OfLayoutStint *stints, guint n_stints, guint n_people, guint n_lanes, gint32 first_day,
                          gint32 end_day)
{
    GArray *spans = g_array_sized_new(FALSE, FALSE, sizeof(Span), n_stints);
    for (guint32 i = 0; i < n_stints; i++) {
        const OfLayoutStint *stint = &stints[i];
        Span span = {stint->person, MAX(stint->from, first_day), MIN(stint->to, end_day), stint->concurrent, i};
        if (span.from < span.to && stint->person < n_people && stint->lane < n_lanes) {
            g_array_append_val(spans, span);
        }
    }
    if (spans->len > 0) {
        qsort(spans->data, spans->len, sizeof(Span), compare_spans);
    }
    return spans;
}

/* Appends a stay, or makes the one before longer where it is at the same lane. */
static void add_stay(GArray *pieces, guint start, Piece piece)
{
    if (pieces->len > start) {
        Piece *before = &g_array_index(pieces, Piece, pieces->len - 1);
        if (before->lane == piece.lane) {
            before->to = piece.to;
            before->last_stint = piece.last_stint;
            return;
        }
    }
    g_array_append_val(pieces, piece);
}

/* Steps 2 and 3 for one person's @n spans. */
static void split_spans(const Span *spans, guint n, const OfLayoutStint *stints, GArray *stays, GArray *twins)
{
    guint start = stays->len;
    gint32 day = G_MININT32;
    for (guint i = 0; i < n; i++) {
        if (stints[spans[i].stint].aside) {
            continue;
        }
        gint32 lane = (gint32) stints[spans[i].stint].lane;
        day = day == G_MININT32 ? spans[i].from : day;
        gint32 stint = (gint32) spans[i].stint;
        gint32 main_from = MAX(day, spans[i].from);
        if (spans[i].from < MIN(main_from, spans[i].to)) {
            Piece twin = {spans[i].person, lane, spans[i].from, MIN(main_from, spans[i].to), stint, stint};
            g_array_append_val(twins, twin);
        }
        if (spans[i].to <= main_from) {
            continue;
        }
        if (day < main_from) {
            add_stay(stays, start, (Piece){spans[i].person, OF_LANE_NONE, day, main_from, OF_STINT_NONE, OF_STINT_NONE});
        }
        add_stay(stays, start, (Piece){spans[i].person, lane, main_from, spans[i].to, stint, stint});
        day = spans[i].to;
    }
    for (guint i = 0; i < n && stays->len > start; i++) {
        const Piece *first = &g_array_index(stays, Piece, start), *last = &g_array_index(stays, Piece, stays->len - 1);
        gint32 stint = (gint32) spans[i].stint;
        Piece twin = {spans[i].person,
                      (gint32) stints[stint].lane,
                      MAX(spans[i].from, first->from),
                      MIN(spans[i].to, last->to),
                      stint,
                      stint};
        if (stints[stint].aside && twin.from < twin.to) {
            g_array_append_val(twins, twin);
        }
    }
}

/* Sorts the days and drops doubles; the last is the end of the story. */
static void close_days(OfSlots *slots, GArray *days, gint32 first_day, gint32 end_day)
{
    guint n = 0;
    g_array_append_val(days, end_day);
    gint32 *day = (gint32 *) (void *) days->data;
    qsort(day, days->len, sizeof(gint32), compare_days);
    for (guint i = 0; i < days->len; i++) {
        gboolean inside = day[i] >= first_day && day[i] <= end_day;
        if (inside && (n == 0 || day[n - 1] != day[i])) {
            day[n++] = day[i];
        }
    }
    slots->n_slots = n - 1;
    slots->day = g_memdup2(day, n * sizeof(gint32));
}

static void add_days(GArray *days, const GArray *pieces)
{
    for (guint i = 0; i < pieces->len; i++) {
        const Piece *piece = &g_array_index(pieces, Piece, i);
        g_array_append_val(days, piece->from);
        g_array_append_val(days, piece->to);
    }
}

static void place_lanes(OfSlots *slots, const OfLayoutLane *lanes)
{
    slots->lane_first = g_new0(guint32, (gsize) slots->n_lanes + 1);
    slots->lane_end = g_new0(guint32, (gsize) slots->n_lanes + 1);
    for (guint lane = 0; lane < slots->n_lanes; lane++) {
        slots->lane_first[lane] = of_slots_find(slots, lanes[lane].begin);
        slots->lane_end[lane] = lanes[lane].end <= slots->day[0] ? 0 : of_slots_find(slots, lanes[lane].end);
    }
}

static void place_pieces(OfSlots *slots, const GArray *stays, const GArray *twins)
{
    slots->person_start = g_new0(guint32, (gsize) slots->n_people + 1);
    slots->stays = g_array_sized_new(FALSE, FALSE, sizeof(OfLaneStay), stays->len);
    slots->twins = g_array_sized_new(FALSE, FALSE, sizeof(OfTwin), twins->len);
    for (guint i = 0; i < stays->len; i++) {
        const Piece *piece = &g_array_index(stays, Piece, i);
        OfLaneStay stay = {.person = piece->person,
                           .lane = piece->lane,
                           .first = of_slots_find(slots, piece->from),
                           .end = of_slots_find(slots, piece->to),
                           .first_stint = piece->first_stint,
                           .last_stint = piece->last_stint};
        g_array_append_val(slots->stays, stay);
        slots->person_start[piece->person + 1] = i + 1;
    }
    for (guint person = 1; person <= slots->n_people; person++) {
        slots->person_start[person] = MAX(slots->person_start[person], slots->person_start[person - 1]);
    }
    for (guint i = 0; i < twins->len; i++) {
        const Piece *piece = &g_array_index(twins, Piece, i);
        OfTwin twin = {.person = piece->person,
                       .lane = (guint32) piece->lane,
                       .first = of_slots_find(slots, piece->from),
                       .end = of_slots_find(slots, piece->to),
                       .stint = (guint32) piece->first_stint};
        g_array_append_val(slots->twins, twin);
    }
}

OfSlots *of_slots_new(const OfLayoutLane *lanes, guint n_lanes, guint n_people, const OfLayoutStint *stints, guint n_stints,
                      gint32 first_day, gint32 end_day)
{
    OfSlots *slots = g_new0(OfSlots, 1);
    end_day = MAX(first_day, end_day);
    g_autoptr(GArray) spans = sort_spans(stints, n_stints, n_people, n_lanes, first_day, end_day);
    g_autoptr(GArray) stays = g_array_new(FALSE, FALSE, sizeof(Piece));
    g_autoptr(GArray) twins = g_array_new(FALSE, FALSE, sizeof(Piece));
    g_autoptr(GArray) days = g_array_new(FALSE, FALSE, sizeof(gint32));
    slots->n_people = n_people;
    slots->n_lanes = n_lanes;
    for (guint start = 0, end = 0; start < spans->len; start = end) {
        const Span *first = &g_array_index(spans, Span, start);
        while (end < spans->len && g_array_index(spans, Span, end).person == first->person) {
            end++;
        }
        split_spans(first, end - start, stints, stays, twins);
    }
    g_array_append_val(days, first_day);
    add_days(days, stays);
    add_days(days, twins);
    for (guint lane = 0; lane < n_lanes; lane++) {
        g_array_append_val(days, lanes[lane].begin);
        g_array_append_val(days, lanes[lane].end);
    }
    close_days(slots, days, first_day, end_day);
    place_lanes(slots, lanes);
    place_pieces(slots, stays, twins);
    return slots;
}

void of_slots_free(OfSlots *slots)
{
    if (slots == NULL) {
        return;
    }
    g_free(slots->day);
    g_array_unref(slots->stays);
    g_free(slots->person_start);
    g_array_unref(slots->twins);
    g_free(slots->lane_first);
    g_free(slots->lane_end);
    g_free(slots->variant_of);
    g_free(slots);
}

guint of_slots_find(const OfSlots *slots, gint32 day)
{
    guint low = 0;
    guint high = slots->n_slots;
    /* The last slot whose first day is not after @day; n_slots stands for the end of the story. */
    while (low < high) {
        guint middle = low + (high - low + 1) / 2;
        if (slots->day[middle] <= day) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    return low;
}
