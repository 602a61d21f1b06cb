#include "layout/storyline.h"

#include <stdlib.h>
#include <string.h>

#include "layout/free_order.h"
#include "layout/lane_order.h"
#include "layout/people_order.h"
#include "layout/reinsert.h"
#include "layout/variants.h"

static int compare_numbers(const void *a, const void *b)
{
    guint64 p = *(const guint64 *) a;
    guint64 q = *(const guint64 *) b;
    return p < q ? -1 : p > q;
}

/* A key for each person from where they first stand in the previous order; who is new comes after all others. */
static gint32 *make_keys(const OfStorylineInput *input)
{
    const OfPreviousOrder *previous = input->previous;
    gint32 *keys = g_new(gint32, (gsize) input->n_people + 1);
    for (guint person = 0; person < input->n_people; person++) {
        keys[person] = G_MAXINT32;
    }
    for (guint moment = previous->n_moments; moment-- > 0;) {
        for (guint32 i = previous->start[moment]; i < previous->start[moment + 1]; i++) {
            if (previous->people[i] < input->n_people) {
                keys[previous->people[i]] = (gint32) (i - previous->start[moment]);
            }
        }
    }
    /* Equal ranks of different moments, and newcomers, go by index. */
    g_autofree guint64 *sorted = g_new(guint64, (gsize) input->n_people + 1);
    for (guint32 person = 0; person < input->n_people; person++) {
        sorted[person] = (guint64) keys[person] << 32 | person;
    }
    qsort(sorted, input->n_people, sizeof(guint64), compare_numbers);
    for (guint i = 0; i < input->n_people; i++) {
        keys[sorted[i] & G_MAXUINT32] = (gint32) i;
    }
    return keys;
}

static OfEffort find_effort(const OfStorylineInput *input)
{
    return input->previous != NULL ? OF_EFFORT_FAST : input->effort;
}

static void order_fixed(OfStoryline *storyline, const OfStorylineInput *input)
{
    const OfPreviousOrder *previous = input->previous;
    OfLaneOrder request = {.lanes = input->lanes,
                           .n_lanes = input->n_lanes,
                           .pinned = input->pinned,
                           .n_pinned = input->n_pinned,
                           .previous = previous != NULL ? previous->lanes : NULL,
                           .n_previous = previous != NULL ? previous->n_lanes : 0,
                           .effort = find_effort(input)};
    gint64 bound = -1;
    g_autofree gint32 *keys = previous != NULL ? make_keys(input) : NULL;
    g_autoptr(OfLaneTerms) terms = input->n_lanes <= OF_MAX_SEARCHED_LANES ? of_lane_terms_new(storyline->slots) : NULL;
    storyline->lane_order = of_lane_order_find(&request, terms, NULL);
    if (terms != NULL && terms->exact) {
        g_autofree gint32 *place = g_new0(gint32, (gsize) input->n_lanes + 1);
        for (guint i = 0; i < input->n_lanes; i++) {
            place[storyline->lane_order[i]] = (gint32) i;
        }
        bound = of_lane_terms_count(terms, place, NULL);
    }
    storyline->order =
        of_people_order_find(storyline->slots, storyline->lane_order, keys, bound, find_effort(input), &storyline->crossings);
}

typedef struct {
    gint64 key; /* of the group, from the previous order */
    gint32 group;
    gint64 own_key;
    gint32 line;
} Pull;

static int compare_pulls(const void *a, const void *b)
{
    const Pull *p = a;
    const Pull *q = b;
    if (p->key != q->key) {
        return p->key < q->key ? -1 : 1;
    }
    if (p->group != q->group) {
        return p->group < q->group ? -1 : 1;
    }
    if (p->own_key != q->own_key) {
        return p->own_key < q->own_key ? -1 : 1;
    }
    return p->line < q->line ? -1 : p->line > q->line;
}

/* The people of one slot whom the previous order knows, in that order as far as their groups allow: a group stands at the mean
 * rank of its members. */
static void follow_previous(OfRanking *ranking, const OfGrouping *grouping, guint slot, const OfPreviousOrder *previous,
                            guint moment, const gint64 *known_rank)
{
    g_autofree Pull *pulls = g_new(Pull, (gsize) grouping->n_lines + 1);
    g_autofree gint64 *sum = g_new0(gint64, (gsize) grouping->n_groups + grouping->n_lines + 1);
    g_autofree gint64 *count = g_new0(gint64, (gsize) grouping->n_groups + grouping->n_lines + 1);
    g_autofree gint32 *lines = g_new(gint32, (gsize) grouping->n_lines + 1);
    g_autofree gint64 *rank = g_memdup2(known_rank, ((gsize) grouping->n_lines + 1) * sizeof(gint64));
    guint n = 0;
    for (guint32 i = previous->start[moment]; i < previous->start[moment + 1]; i++) {
        if (previous->people[i] < grouping->n_lines) {
            rank[previous->people[i]] = i - previous->start[moment];
        }
    }
    for (guint line = 0; line < grouping->n_lines; line++) {
        gint32 group = of_grouping_get_group(grouping, line, slot);
        if (group != OF_GROUP_ABSENT && rank[line] >= 0) {
            sum[group] += rank[line] << 16;
            count[group]++;
            pulls[n++] = (Pull){0, group, rank[line], (gint32) line};
        }
    }
    for (guint i = 0; i < n; i++) {
        pulls[i].key = sum[pulls[i].group] / count[pulls[i].group];
    }
    qsort(pulls, n, sizeof(Pull), compare_pulls);
    for (guint i = 0; i < n; i++) {
        lines[i] = pulls[i].line;
    }
    of_ranking_set_step(ranking, slot, lines, n);
}

/* A legal order near the previous one: known people as they stood, new ones where they cross least. */
static OfRanking *make_start(const OfGrouping *grouping, const OfSlots *slots, const OfPreviousOrder *previous)
{
    OfRanking *ranking = of_ranking_new(grouping->n_lines, grouping->n_steps);
    g_autoptr(OfReinserter) reinserter = of_reinserter_new(grouping, ranking, NULL);
    g_autofree gint64 *known_rank = g_new(gint64, (gsize) grouping->n_lines + 1);
    guint moment = 0;
    for (guint line = 0; line <= grouping->n_lines; line++) {
        known_rank[line] = -1;
    }
    for (guint m = previous->n_moments; m-- > 0;) {
        for (guint32 i = previous->start[m]; i < previous->start[m + 1]; i++) {
            if (previous->people[i] < grouping->n_lines) {
                known_rank[previous->people[i]] = i - previous->start[m];
            }
        }
    }
    for (guint slot = 0; slot < grouping->n_steps; slot++) {
        while (moment + 1 < previous->n_moments && previous->day[moment + 1] <= slots->day[slot]) {
            moment++;
        }
        follow_previous(ranking, grouping, slot, previous, moment, known_rank);
    }
    for (guint line = 0; line < grouping->n_lines; line++) {
        if (known_rank[line] < 0 && grouping->first[line] <= grouping->last[line]) {
            of_reinsert_put_back(reinserter, line, grouping->first[line], grouping->last[line]);
        }
    }
    return ranking;
}

typedef struct {
    double height; /* mean share of the picture's height */
    gint32 lane;
} LaneHeight;

static int compare_lane_heights(const void *a, const void *b)
{
    const LaneHeight *p = a;
    const LaneHeight *q = b;
    if (p->height != q->height) {
        return p->height < q->height ? -1 : 1;
    }
    return p->lane < q->lane ? -1 : p->lane > q->lane;
}

/* Lanes by the mean rank of their people over all slots; who never has people comes last. */
static gint32 *sort_lanes(const OfOrder *order, guint n_lanes)
{
    g_autofree double *sum = g_new0(double, (gsize) n_lanes + 1);
    g_autofree guint32 *count = g_new0(guint32, (gsize) n_lanes + 1);
    g_autofree LaneHeight *sorted = g_new0(LaneHeight, (gsize) n_lanes + 1);
    gint32 *lane_order = g_new0(gint32, (gsize) n_lanes + 1);
    for (guint slot = 0; slot < order->n_slots; slot++) {
        guint n = 0;
        const OfRun *runs = of_order_get_runs(order, slot, &n);
        for (guint i = 0; i < n; i++) {
            if (runs[i].lane >= 0) {
                sum[runs[i].lane] += (i + 0.5) / n;
                count[runs[i].lane]++;
            }
        }
    }
    for (guint lane = 0; lane < n_lanes; lane++) {
        sorted[lane] = (LaneHeight){count[lane] > 0 ? sum[lane] / count[lane] : 2, (gint32) lane};
    }
    qsort(sorted, n_lanes, sizeof(LaneHeight), compare_lane_heights);
    for (guint i = 0; i < n_lanes; i++) {
        lane_order[i] = sorted[i].lane;
    }
    return lane_order;
}

/* The order for fixed lanes: free ones need never cross more. Worth beginning with where lanes are few and people come back to them (the NBA stints:
 * 2218 crossings against 2979 without it). Where lanes outnumber people, as scenes do, it is a bad start (war.txt: 20,398 against 17,213): NULL then. */
static OfRanking *make_fixed_start(const OfStoryline *storyline, const OfStorylineInput *input)
{
    if (input->n_lanes > input->n_people) {
        return NULL;
    }
    OfLaneOrder request = {.lanes = input->lanes, .n_lanes = input->n_lanes, .effort = OF_EFFORT_FAST};
    g_autoptr(OfLaneTerms) terms = input->n_lanes <= OF_MAX_SEARCHED_LANES ? of_lane_terms_new(storyline->slots) : NULL;
    g_autofree gint32 *lane_order = of_lane_order_find(&request, terms, NULL);
    g_autoptr(OfOrder) order = of_people_order_build(storyline->slots, lane_order, NULL);
    return of_order_to_ranking(order, input->n_people);
}

static void order_free(OfStoryline *storyline, const OfStorylineInput *input)
{
    g_autoptr(OfGrouping) grouping = of_people_order_make_grouping(storyline->slots, NULL);
    gboolean known = input->previous != NULL && input->previous->n_moments > 0;
    g_autoptr(OfRanking) start =
        known ? make_start(grouping, storyline->slots, input->previous) : make_fixed_start(storyline, input);
    g_autoptr(OfRanking) ranking = of_free_order_search(grouping, find_effort(input), 0, start, &storyline->crossings, NULL);
    storyline->order = of_order_from_ranking(ranking, grouping, NULL);
    storyline->lane_order = sort_lanes(storyline->order, input->n_lanes);
}

OfStoryline *of_storyline_order(const OfStorylineInput *input)
{
    OfStoryline *storyline = g_new0(OfStoryline, 1);
    storyline->slots = of_slots_new(input->lanes, input->n_lanes, input->n_people, input->stints, input->n_stints, input->first_day,
                                    input->end_day);
    if (input->mode == OF_LANES_FREE) {
        order_free(storyline, input);
    } else {
        order_fixed(storyline, input);
    }
    if (input->variant_of != NULL) {
        storyline->slots->variant_of = g_memdup2(input->variant_of, input->n_people * sizeof(guint32));
        of_variants_join(storyline->slots, storyline->order);
        storyline->crossings = of_order_count_crossings(storyline->order, input->n_people);
    }
    return storyline;
}

void of_storyline_place(OfStoryline *storyline, const OfStorylineInput *input)
{
    const OfSlots *slots = storyline->slots;
    g_autofree gint32 *place = NULL;
    g_autofree guint32 *n_moves = of_routes_count_moves(slots);
    if (input->mode == OF_LANES_FIXED) {
        place = g_new0(gint32, (gsize) input->n_lanes + 1);
        for (guint i = 0; i < input->n_lanes; i++) {
            place[storyline->lane_order[i]] = (gint32) i;
        }
    }
    g_clear_pointer(&storyline->heights, of_heights_free);
    g_clear_pointer(&storyline->timescale, of_timescale_free);
    g_clear_pointer(&storyline->routes, of_routes_free);
    g_clear_pointer(&storyline->outlines, of_outlines_free);
    storyline->heights = of_heights_new(slots, storyline->order, place, &input->page);
    storyline->timescale = of_timescale_new(slots, n_moves, &input->page);
    storyline->routes = of_routes_new(slots, input->stints, storyline->order, storyline->heights, storyline->timescale);
    storyline->outlines = of_outlines_new(slots, storyline->heights, storyline->timescale);
    storyline->wiggles = storyline->routes->wiggles;
}

OfStoryline *of_storyline_new(const OfStorylineInput *input)
{
    OfStoryline *storyline = of_storyline_order(input);
    of_storyline_place(storyline, input);
    return storyline;
}

void of_storyline_free(OfStoryline *storyline)
{
    if (storyline == NULL) {
        return;
    }
    of_slots_free(storyline->slots);
    g_free(storyline->lane_order);
    of_order_free(storyline->order);
    of_heights_free(storyline->heights);
    of_timescale_free(storyline->timescale);
    of_routes_free(storyline->routes);
    of_outlines_free(storyline->outlines);
    g_free(storyline);
}
