/* 1. People: the stays at each person's main labs, as runs of slices, give the people of each slice and the flows where one run
 *    ends and the next begins; who is left of a slice's people stays.
 * 2. Aggregated moves are put in an order in which a lab gives nobody away before it has received them, where there is one; what
 *    is missing even so must have been there from the start.
 * 3. They are carried out in that order. Each lab is a queue of crowds by where they were at the slice before; at each slice the
 *    queues are read off and begin anew. */
#include "view/flow_table.h"

#include "base/limits.h"
#include <string.h>

/* Sums stay exact in doubles too. */
#define MOST_PEOPLE G_GINT64_CONSTANT(1000000000000000)

/* Slices times labs: 8 bytes each. */
#define MOST_CELLS 50000000

typedef struct {
    OfFlowTable *table;
    const OfSelection *selection;
    const OfDay *days;
    guint n_slices;
} Counter;

static gint64 *people_at(const Counter *counter, guint slice, guint lab)
{
    return &counter->table->people[(gsize) slice * counter->table->n_labs + lab];
}

static void add_flow(const Counter *counter, guint slice, gint32 from, gint32 to, gint64 people)
{
    const OfLayoutFlow flow = {slice, from, to, people};
    g_array_append_val(counter->table->flows, flow);
}

/* The first slice that is not before the day. */
static guint slice_from(const Counter *counter, OfDay day)
{
    /* Without a jump that nobody could foresee: it is asked for each end of each stay. */
    guint low = 0;
    for (guint n = counter->n_slices; n > 0; n /= 2) {
        const guint half = n - n / 2;
        low += counter->days[low + half - 1] < day ? half : 0;
    }
    return low;
}

/* --- Step 1 --- */

static void count_person(const Counter *counter, const OfPerson *person)
{
    gint32 lab_before = OF_LANE_NONE;
    guint end_before = 0; /* slice after the last at which they were somewhere */
    OfDay covered = OF_DAY_MIN;
    for (guint i = 0; i < person->stints.n; i++) {
        const OfStint *stint = person->stints.items[i];
        /* Stints are sorted by their beginnings: what earlier ones leave of this one is its end. */
        const OfDay begin = MAX(stint->begin_day, covered);
        if (stint->end_day <= begin || !of_selection_shows_stint(counter->selection, stint)) {
            continue;
        }
        covered = stint->end_day;
        const gint32 lab = (gint32) stint->lab->index;
        const guint first = slice_from(counter, begin);
        const guint end = stint->end_day == OF_DAY_MAX ? counter->n_slices : slice_from(counter, stint->end_day);
        if (first >= end) {
            continue;
        }
        *people_at(counter, first, (guint) lab) += 1;
        if (end < counter->n_slices) {
            *people_at(counter, end, (guint) lab) -= 1;
        }
        if (lab_before != OF_LANE_NONE && end_before == first) {
            if (lab != lab_before) {
                add_flow(counter, first - 1, lab_before, lab, 1);
            }
        } else {
            if (lab_before != OF_LANE_NONE) {
                add_flow(counter, end_before - 1, lab_before, OF_LANE_NONE, 1);
            }
            if (first > 0) {
                add_flow(counter, first - 1, OF_LANE_NONE, lab, 1);
            }
        }
        lab_before = lab;
        end_before = end;
    }
    if (lab_before != OF_LANE_NONE && end_before < counter->n_slices) {
        add_flow(counter, end_before - 1, lab_before, OF_LANE_NONE, 1);
    }
}

/* Whether to look at somebody's stints. Where nobody is chosen by who they are or by their labs, each stint says for itself. */
static bool shows_person(const OfSelection *selection, const OfPerson *person)
{
    return (selection->people == NULL && selection->labs == NULL) || of_selection_shows_person(selection, person);
}

static void count_persons(const Counter *counter)
{
    const OfStory *story = counter->selection->story;
    OfFlowTable *table = counter->table;
    const gsize n_labs = table->n_labs;
    for (guint i = 0; i < story->people.n; i++) {
        if (shows_person(counter->selection, story->people.items[i])) {
            count_person(counter, story->people.items[i]);
        }
    }
    /* Comings and goings become people. */
    for (gsize i = n_labs; i < n_labs * counter->n_slices; i++) {
        table->people[i] += table->people[i - n_labs];
    }
    of_flows_merge(table->flows);
    g_autofree gint64 *left = g_memdup2(table->people, n_labs * counter->n_slices * sizeof(gint64));
    for (guint i = 0; i < table->flows->len; i++) {
        const OfLayoutFlow *flow = &g_array_index(table->flows, OfLayoutFlow, i);
        if (flow->from != OF_LANE_NONE) {
            left[flow->slice * n_labs + (guint) flow->from] -= flow->people;
        }
    }
    for (guint slice = 0; slice + 1 < counter->n_slices; slice++) {
        for (guint lab = 0; lab < n_labs; lab++) {
            if (left[slice * n_labs + lab] > 0) {
                add_flow(counter, slice, (gint32) lab, (gint32) lab, left[slice * n_labs + lab]);
            }
        }
    }
}

/* --- Step 2 --- */

static GPtrArray *collect_aggregated(const OfSelection *selection)
{
    GPtrArray *moves = g_ptr_array_new();
    for (guint i = 0; i < selection->story->aggregated.n; i++) {
        const OfMove *move = selection->story->aggregated.items[i];
        if (of_selection_has_move_ever(selection, move)) {
            g_ptr_array_add(moves, (gpointer) move);
        }
    }
    return moves;
}

/* Takes a move's people from one stock to the other. */
static void carry(gint64 *stock, const OfMove *move)
{
    if (move->from != NULL) {
        stock[move->from->index] -= move->weight;
    }
    if (move->to != NULL) {
        stock[move->to->index] += move->weight;
    }
}

/* Puts the moves of one day, from first to before end, in an order in which labs receive before they give, as far as a few
 * rounds find one; notes what is missing in initial. */
static void order_day(const OfMove **moves, guint first, guint end, gint64 *stock, gint64 *initial, const OfMove **left)
{
    enum { ROUNDS = 8 };
    for (guint round = 0; first < end; round++) {
        const bool force = round >= ROUNDS;
        const guint begin = first;
        guint n_left = 0;
        for (guint i = first; i < end; i++) {
            const OfMove *move = moves[i];
            const gint64 missing = move->from != NULL ? move->weight - stock[move->from->index] : 0;
            if (missing > 0 && !force) {
                left[n_left++] = move;
                continue;
            }
            if (missing > 0) {
                initial[move->from->index] += missing;
                stock[move->from->index] += missing;
            }
            carry(stock, move);
            moves[first++] = move;
        }
        memcpy(moves + first, left, n_left * sizeof *left);
        round = first == begin ? ROUNDS : round; /* nothing more comes of itself */
    }
}

/* The people of each lab before the first move; moves are put in the order in which they are to be carried out. NULL with error
 * set where they cannot be counted. */
static gint64 *find_initial(const OfStory *story, GPtrArray *aggregated, GError **error)
{
    const OfMove **moves = (const OfMove **) aggregated->pdata;
    gint64 total = 0;
    for (guint i = 0; i < aggregated->len; i++) {
        if (moves[i]->weight > MOST_PEOPLE - total) {
            g_set_error(error, OF_ERROR, OF_ERROR_LIMIT,
                        "the weights of aggregated moves add up to more than %" G_GINT64_FORMAT " people", MOST_PEOPLE);
            return NULL;
        }
        total += moves[i]->weight;
    }
    gint64 *initial = g_new0(gint64, (gsize) story->labs.n + 1);
    g_autofree gint64 *stock = g_new0(gint64, (gsize) story->labs.n + 1);
    g_autofree const OfMove **left = g_new(const OfMove *, (gsize) aggregated->len + 1);
    for (guint first = 0, end = 0; first < aggregated->len; first = end) {
        while (end < aggregated->len && moves[end]->day == moves[first]->day) {
            end++;
        }
        order_day(moves, first, end, stock, initial, left);
    }
    return initial;
}

/* --- Step 3 --- */

/* People of one lab who were at one lab (OF_LANE_NONE: nowhere) at the slice before. */
typedef struct {
    gint32 origin;
    gint64 people;
} Crowd;

typedef struct {
    GArray *crowds; /* longest there first */
    guint first;    /* those before are gone */
} Queue;

static void enter(Queue *queue, gint32 origin, gint64 people)
{
    if (queue->crowds == NULL) {
        queue->crowds = g_array_new(FALSE, FALSE, sizeof(Crowd));
    }
    Crowd *last = queue->crowds->len > queue->first ? &g_array_index(queue->crowds, Crowd, queue->crowds->len - 1) : NULL;
    if (last != NULL && last->origin == origin) {
        last->people += people;
    } else {
        const Crowd crowd = {origin, people};
        g_array_append_val(queue->crowds, crowd);
    }
}

/* Takes so many, or fewer, of the crowd at the head of the queue. */
static Crowd leave(Queue *queue, gint64 people)
{
    Crowd *head = &g_array_index(queue->crowds, Crowd, queue->first);
    const Crowd taken = {head->origin, MIN(head->people, people)};
    head->people -= taken.people;
    queue->first += head->people == 0;
    return taken;
}

/* next_slice: the first that is not before the move. */
static void carry_out(const Counter *counter, Queue *queues, const OfMove *move, guint next_slice)
{
    for (gint64 left = move->weight; left > 0;) {
        const Crowd taken = move->from != NULL ? leave(&queues[move->from->index], left) : (Crowd){OF_LANE_NONE, left};
        left -= taken.people;
        if (move->to != NULL) {
            enter(&queues[move->to->index], taken.origin, taken.people);
        } else if (taken.origin != OF_LANE_NONE && next_slice > 0) {
            add_flow(counter, next_slice - 1, taken.origin, OF_LANE_NONE, taken.people);
        }
    }
}

/* Reads off where everybody is at a slice, and begins anew from there. */
static void read_slice(const Counter *counter, Queue *queues, guint slice)
{
    for (guint lab = 0; lab < counter->table->n_labs; lab++) {
        Queue *queue = &queues[lab];
        gint64 people = 0;
        for (guint i = queue->first; queue->crowds != NULL && i < queue->crowds->len; i++) {
            const Crowd *crowd = &g_array_index(queue->crowds, Crowd, i);
            people += crowd->people;
            if (slice > 0) {
                add_flow(counter, slice - 1, crowd->origin, (gint32) lab, crowd->people);
            }
        }
        if (queue->crowds != NULL) {
            g_array_set_size(queue->crowds, 0);
            queue->first = 0;
        }
        if (people > 0) {
            enter(queue, (gint32) lab, people);
            *people_at(counter, slice, lab) += people;
        }
    }
}

static bool count_aggregated(const Counter *counter, GError **error)
{
    const OfStory *story = counter->selection->story;
    g_autoptr(GPtrArray) moves = collect_aggregated(counter->selection);
    g_autofree gint64 *initial = find_initial(story, moves, error);
    if (initial == NULL || moves->len == 0) {
        return initial != NULL;
    }
    g_autofree Queue *queues = g_new0(Queue, (gsize) story->labs.n + 1);
    guint slice = 0;
    for (guint lab = 0; lab < story->labs.n; lab++) {
        if (initial[lab] > 0) {
            enter(&queues[lab], (gint32) lab, initial[lab]);
        }
    }
    for (guint i = 0; i < moves->len && slice < counter->n_slices; i++) {
        const OfMove *move = moves->pdata[i];
        for (; slice < counter->n_slices && counter->days[slice] < move->day; slice++) {
            read_slice(counter, queues, slice);
        }
        if (slice < counter->n_slices) {
            carry_out(counter, queues, move, slice);
        }
    }
    for (; slice < counter->n_slices; slice++) {
        read_slice(counter, queues, slice);
    }
    for (guint lab = 0; lab < story->labs.n; lab++) {
        g_clear_pointer(&queues[lab].crowds, g_array_unref);
    }
    return true;
}

OfFlowTable *of_flow_table_new(const OfSelection *selection, const OfDay *days, guint n_slices, GError **error)
{
    if ((gint64) n_slices * selection->story->labs.n > MOST_CELLS) {
        g_set_error(error, OF_ERROR, OF_ERROR_LIMIT, "%u slices of %u labs are more than can be counted (%d in all)", n_slices,
                    selection->story->labs.n, MOST_CELLS);
        return NULL;
    }
    g_autoptr(OfFlowTable) table = g_new0(OfFlowTable, 1);
    const Counter counter = {table, selection, days, n_slices};
    table->story = selection->story;
    table->n_slices = n_slices;
    table->n_labs = selection->story->labs.n;
    table->people = g_new0(gint64, (gsize) n_slices * table->n_labs + 1);
    table->flows = g_array_new(FALSE, FALSE, sizeof(OfLayoutFlow));
    count_persons(&counter);
    if (!count_aggregated(&counter, error)) {
        return NULL;
    }
    of_flows_merge(table->flows);
    return g_steal_pointer(&table);
}

void of_flow_table_free(OfFlowTable *table)
{
    if (table != NULL) {
        g_free(table->people);
        g_array_unref(table->flows);
        g_free(table);
    }
}

gint64 of_flow_table_count_slice(const OfFlowTable *table, guint slice)
{
    gint64 people = 0;
    for (guint lab = 0; lab < table->n_labs; lab++) {
        people += of_flow_table_get_people(table, slice, lab);
    }
    return people;
}

/* The last day on which nothing of the move can have happened yet, as it is drawn. */
static OfDay day_before(const OfMove *move)
{
    return of_date_is_set(&move->date) && move->date.first < move->day ? move->date.first : move->day - 1;
}

/* The earliest known beginning of a stay at a lab, whose stays are sorted by their beginnings. at_outset: set where somebody was there already. */
static OfDay first_arrival(const OfSelection *selection, const OfLab *lab, bool *at_outset)
{
    for (guint i = 0; i < lab->stints.n; i++) {
        const OfStint *stint = lab->stints.items[i];
        if (of_selection_shows_stint(selection, stint) && shows_person(selection, stint->person)) {
            if (stint->begin_day != OF_DAY_MIN) {
                return stint->begin_day;
            }
            *at_outset = true;
        }
    }
    return OF_DAY_MAX;
}

OfDay of_flow_table_first_day(const OfSelection *selection)
{
    const OfStory *story = selection->story;
    OfDay first = OF_DAY_MAX, before_changes = OF_DAY_MAX;
    bool at_outset = false;
    for (guint lab = 0; lab < story->labs.n; lab++) {
        first = MIN(first, first_arrival(selection, story->labs.items[lab], &at_outset));
    }
    g_autoptr(GPtrArray) aggregated = collect_aggregated(selection);
    g_autofree gint64 *initial = find_initial(story, aggregated, NULL);
    for (guint lab = 0; initial != NULL && lab < story->labs.n; lab++) {
        at_outset = at_outset || initial[lab] > 0;
    }
    for (guint i = 0; i < aggregated->len; i++) {
        const OfMove *move = aggregated->pdata[i];
        before_changes = MIN(before_changes, day_before(move));
        first = move->to != NULL ? MIN(first, move->day) : first;
    }
    for (guint i = 0; at_outset && i < story->moves.n; i++) {
        const OfMove *move = story->moves.items[i];
        before_changes = of_selection_has_move_ever(selection, move) ? MIN(before_changes, day_before(move)) : before_changes;
    }
    const OfDay known = at_outset ? MIN(first, before_changes) : first;
    return known == OF_DAY_MAX && at_outset ? story->first_day : known;
}
