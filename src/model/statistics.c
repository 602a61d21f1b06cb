#include "model/statistics.h"

#include <string.h>

#include "base/keyed.h"
#include "base/limits.h"
#include "base/prefetch.h"
#include "model/known.h"
#include "model/presence.h"
#include "model/survival.h"

/* Labs looked at: a million stints under a tree of many thousand levels would take hours. */
#define MOST_LOOKS G_GINT64_CONSTANT(256000000)

/* What is gathered of one lab for one group. */
typedef struct {
    OfLabNumbers numbers;
    GArray *stays;     /* of OfStay */
    GHashTable *years; /* year -> OfYearNumbers of joins and leaves, owned */
    gint64 opening;    /* there when the story opens */
} Cell;

typedef struct {
    const OfStory *story;
    GPtrArray *groups;  /* of OfGroup asked for; NULL among them: everyone */
    bool *wanted;       /* one a lab */
    GHashTable **cells; /* for each of groups: OfLab -> Cell */
    GArray **moves;     /* for each of groups: OfKeyed of OfMove by its labs, see pair_key() */
    gint64 looks;
} Counting;

static int year_of(OfDay day)
{
    int year, month, month_day;
    of_day_to_civil(day, &year, &month, &month_day);
    return year;
}

/* ---- What is asked for ---- */

static bool choose_groups(Counting *counting, const char *const *ids, GError **error)
{
    counting->groups = g_ptr_array_new();
    if (ids == NULL) {
        g_ptr_array_add(counting->groups, NULL);
        for (guint i = 0; i < counting->story->groups.n; i++) {
            g_ptr_array_add(counting->groups, (gpointer) counting->story->groups.items[i]);
        }
        return true;
    }
    for (; *ids != NULL; ids++) {
        const OfGroup *group = of_known_group(counting->story, *ids, error);
        if (group == NULL) {
            return false;
        }
        if (!g_ptr_array_find(counting->groups, group, NULL)) {
            g_ptr_array_add(counting->groups, (gpointer) group);
        }
    }
    return true;
}

/* A lab and all that were ever below it. */
static void want_lab(Counting *counting, const OfLab *lab)
{
    g_autoptr(GPtrArray) labs = g_ptr_array_new();
    g_ptr_array_add(labs, (gpointer) lab);
    while (labs->len > 0) {
        const OfLab *at = g_ptr_array_steal_index_fast(labs, labs->len - 1);
        if (!counting->wanted[at->index]) {
            counting->wanted[at->index] = true;
            for (guint i = 0; i < at->children.n; i++) {
                g_ptr_array_add(labs, (gpointer) at->children.items[i]);
            }
        }
    }
}

static bool choose_labs(Counting *counting, const char *const *ids, GError **error)
{
    const guint n = counting->story->labs.n;
    counting->wanted = g_new0(bool, n + 1);
    if (ids == NULL) {
        memset(counting->wanted, true, n * sizeof *counting->wanted);
        return true;
    }
    for (; *ids != NULL; ids++) {
        const OfLab *lab = of_known_lab(counting->story, *ids, error);
        if (lab == NULL) {
            return false;
        }
        want_lab(counting, lab);
    }
    return true;
}

/* ---- Cells ---- */

static void free_cell(gpointer data)
{
    Cell *cell = data;
    g_array_unref(cell->stays);
    g_hash_table_unref(cell->years);
    g_free(cell);
}

static Cell *cell_of(Counting *counting, guint group, const OfLab *lab)
{
    Cell *cell = g_hash_table_lookup(counting->cells[group], lab);
    if (cell == NULL) {
        cell = g_new0(Cell, 1);
        cell->numbers.group = counting->groups->pdata[group];
        cell->numbers.lab = lab;
        cell->stays = g_array_new(FALSE, FALSE, sizeof(OfStay));
        cell->years = g_hash_table_new_full(NULL, NULL, NULL, g_free);
        g_hash_table_insert(counting->cells[group], (gpointer) lab, cell);
    }
    return cell;
}

static OfYearNumbers *year_in(Cell *cell, OfDay day)
{
    const int year = year_of(day);
    OfYearNumbers *numbers = g_hash_table_lookup(cell->years, GINT_TO_POINTER(year));
    if (numbers == NULL) {
        numbers = g_new0(OfYearNumbers, 1);
        numbers->year = year;
        g_hash_table_insert(cell->years, GINT_TO_POINTER(year), numbers);
    }
    return numbers;
}

static void add_stay(Cell *cell, const OfPresence *presence, OfDay last_day)
{
    const bool left = presence->end <= last_day;
    if (presence->begins_known) {
        const OfStay stay = {(left ? presence->end : last_day + 1) - presence->begin, left};
        g_array_append_val(cell->stays, stay);
        year_in(cell, presence->begin)->joins++;
        cell->numbers.joins++;
    } else {
        cell->opening++;
    }
    if (left) {
        year_in(cell, presence->end)->leaves++;
        cell->numbers.leaves++;
    } else {
        cell->numbers.people++;
    }
}

/* presences: of one person, by lab. What begins after the end of the story is not counted. */
static void add_presences(Counting *counting, guint group, const GArray *presences)
{
    const OfLab *before = NULL;
    for (guint i = 0; i < presences->len; i++) {
        const OfPresence *presence = &g_array_index(presences, OfPresence, i);
        if (counting->wanted[presence->lab->index] && presence->begin <= counting->story->last_day) {
            Cell *cell = cell_of(counting, group, presence->lab);
            cell->numbers.ever += presence->lab != before;
            add_stay(cell, presence, counting->story->last_day);
            before = presence->lab;
        }
    }
}

static bool is_in(const OfPerson *person, const OfGroup *group)
{
    for (guint i = 0; group != NULL && i < person->groups.n; i++) {
        if (person->groups.items[i] == group) {
            return true;
        }
    }
    return group == NULL;
}

static void count_people(Counting *counting)
{
    g_autoptr(GArray) presences = g_array_new(FALSE, FALSE, sizeof(OfPresence));
    for (guint i = 0; i < counting->story->people.n && counting->looks > 0; i++) {
        const OfPerson *person = counting->story->people.items[i];
        of_presence_list(presences, person, NULL, &counting->looks);
        for (guint k = 0; k < counting->groups->len; k++) {
            counting->looks--;
            if (is_in(person, counting->groups->pdata[k])) {
                add_presences(counting, k, presences);
            }
        }
    }
}

/* ---- Moves ---- */

/* By the labs, in the order of their ids. */
static guint64 pair_key(const OfMove *move)
{
    return (guint64) move->from->index << 32 | move->to->index;
}

#define SOON 8 /* moves */

/* What a group's moves add up to, by pair and year. There can be as many pairs as moves, so that sorting is several times as fast as
 * looking each one up. moves: of OfKeyed, by day as the story has them, and so in each pair too. */
static GArray *add_up_pairs(const OfGroup *group, GArray *moves)
{
    GArray *pairs = g_array_new(FALSE, FALSE, sizeof(OfPairNumbers));
    OfKeyed *keyed = (OfKeyed *) (gpointer) moves->data;
    of_keyed_sort(keyed, moves->len);
    OfPairNumbers *last = NULL;
    for (guint i = 0; i < moves->len; i++) {
        if (i + SOON < moves->len) {
            const OfMove *soon = keyed[i + SOON].item;
            OF_PREFETCH(&soon->weight);
            OF_PREFETCH(&soon->day);
        }
        const OfMove *move = keyed[i].item;
        const int year = year_of(move->day);
        if (last == NULL || last->from != move->from || last->to != move->to || last->year != year) {
            const OfPairNumbers pair = {group, move->from, move->to, year, 0};
            g_array_append_val(pairs, pair);
            last = &g_array_index(pairs, OfPairNumbers, pairs->len - 1);
        }
        last->people += move->weight;
    }
    return pairs;
}

/* The labs of which an aggregated move enters or leaves the tree: those over one end that are not over the other. */
static void add_flow_end(Counting *counting, guint group, const OfMove *move, const OfLab *end, const OfLab *other, bool enters)
{
    for (const OfLab *lab = end; lab != NULL; lab = of_lab_parent_on(lab, move->day)) {
        counting->looks--;
        if (other != NULL && of_lab_is_within(other, lab, move->day)) {
            break;
        }
        if (counting->wanted[lab->index]) {
            Cell *cell = cell_of(counting, group, lab);
            OfYearNumbers *year = year_in(cell, move->day);
            *(enters ? &year->joins : &year->leaves) += move->weight;
            *(enters ? &cell->numbers.joins : &cell->numbers.leaves) += move->weight;
            cell->numbers.ever += enters ? move->weight : 0;
            cell->numbers.people += enters ? move->weight : -move->weight;
        }
    }
}

static void count_moves(Counting *counting)
{
    for (guint i = 0; i < counting->story->moves.n && counting->looks > 0; i++) {
        const OfMove *move = counting->story->moves.items[i];
        const bool pair =
            move->from != NULL && move->to != NULL && (counting->wanted[move->from->index] || counting->wanted[move->to->index]);
        for (guint k = 0; k < counting->groups->len; k++) {
            const OfGroup *group = counting->groups->pdata[k];
            counting->looks--;
            if (pair && (move->person != NULL ? is_in(move->person, group) : group == NULL)) {
                const OfKeyed keyed = {(gpointer) move, pair_key(move)};
                g_array_append_val(counting->moves[k], keyed);
            }
            if (move->person == NULL && group == NULL) {
                add_flow_end(counting, k, move, move->to, move->from, true);
                add_flow_end(counting, k, move, move->from, move->to, false);
            }
        }
    }
}

/* ---- What comes out ---- */

static int compare_years(gconstpointer a, gconstpointer b)
{
    const OfYearNumbers *x = a, *y = b;
    return (x->year > y->year) - (x->year < y->year);
}

static GArray *list_years(const Cell *cell)
{
    GArray *years = g_array_new(FALSE, FALSE, sizeof(OfYearNumbers));
    GHashTableIter iter;
    gpointer value;
    g_hash_table_iter_init(&iter, cell->years);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        g_array_append_vals(years, value, 1);
    }
    g_array_sort(years, compare_years);
    gint64 people = cell->opening;
    for (guint i = 0; i < years->len; i++) {
        OfYearNumbers *year = &g_array_index(years, OfYearNumbers, i);
        people += year->joins - year->leaves;
        year->people = MAX(people, 0);
    }
    return years;
}

static void free_lab_numbers(gpointer data)
{
    OfLabNumbers *numbers = data;
    g_array_unref(numbers->years);
    g_free(numbers);
}

static OfLabNumbers *finish_cell(const Cell *cell)
{
    OfLabNumbers *numbers = g_memdup2(&cell->numbers, sizeof cell->numbers);
    g_autoptr(GArray) steps = of_survival_new((const OfStay *) (gconstpointer) cell->stays->data, cell->stays->len);
    numbers->people = MAX(numbers->people, 0);
    numbers->median_stay = of_survival_median(steps);
    numbers->share_left = numbers->ever > 0 ? 1 - (double) MIN(numbers->people, numbers->ever) / (double) numbers->ever : 0;
    numbers->years = list_years(cell);
    return numbers;
}

static int compare_labs(gconstpointer a, gconstpointer b)
{
    const OfLabNumbers *x = *(const OfLabNumbers *const *) a, *y = *(const OfLabNumbers *const *) b;
    return x->ever != y->ever ? (x->ever > y->ever ? -1 : 1) : strcmp(x->lab->item.id, y->lab->item.id);
}

#define MOST_IN_KEY ((G_GINT64_CONSTANT(1) << 48) - 1)

/* By year, most people first. */
static guint64 pair_rank(gconstpointer item)
{
    const OfPairNumbers *pair = item;
    return (guint64) pair->year << 48 | (guint64) (MOST_IN_KEY - MIN(pair->people, MOST_IN_KEY));
}

static int compare_pairs(gconstpointer a, gconstpointer b)
{
    const OfPairNumbers *x = *(const OfPairNumbers *const *) a, *y = *(const OfPairNumbers *const *) b;
    return (x->people < y->people) - (x->people > y->people);
}

/* Pairs that stand in the order of their labs' ids as OfStatistics has them. */
static void list_pairs(OfStatistics *statistics, GArray *pairs)
{
    g_autofree gpointer *sorted = g_new(gpointer, (gsize) pairs->len + 1);
    for (guint i = 0; i < pairs->len; i++) {
        sorted[i] = &g_array_index(pairs, OfPairNumbers, i);
    }
    of_pointers_sort(sorted, pairs->len, pair_rank, compare_pairs);
    for (guint i = 0; i < pairs->len; i++) {
        g_array_append_vals(statistics->pairs, sorted[i], 1);
    }
}

static void list_group(OfStatistics *statistics, const Counting *counting, guint group)
{
    GHashTableIter iter;
    gpointer value;
    g_autoptr(GPtrArray) labs = g_ptr_array_new();
    g_hash_table_iter_init(&iter, counting->cells[group]);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        g_ptr_array_add(labs, finish_cell(value));
    }
    g_ptr_array_sort(labs, compare_labs);
    g_ptr_array_extend_and_steal(statistics->labs, g_steal_pointer(&labs));
    g_autoptr(GArray) pairs = add_up_pairs(counting->groups->pdata[group], counting->moves[group]);
    list_pairs(statistics, pairs);
}

/* ---- Claims ---- */

static void count_sources(GHashTable *counts, const OfItem *item)
{
    for (guint i = 0; item != NULL && i < item->sources.n; i++) {
        gpointer source = (gpointer) item->sources.items[i];
        g_hash_table_insert(counts, source, GUINT_TO_POINTER(GPOINTER_TO_UINT(g_hash_table_lookup(counts, source)) + 1));
    }
}

static int compare_sources(gconstpointer a, gconstpointer b)
{
    const OfSourceCount *x = a, *y = b;
    return x->n != y->n ? (x->n > y->n ? -1 : 1) : strcmp(x->source->item.id, y->source->item.id);
}

/* What says that a person was at the claim's lab, came there or left it. */
static void count_person(Counting *counting, GHashTable *counts, const OfPerson *person, const OfLab *lab)
{
    for (guint i = 0; i < person->stints.n; i++) {
        const OfStint *stint = person->stints.items[i];
        counting->looks--;
        if (!of_lab_is_within(stint->lab, lab, stint->begin_day)) {
            continue;
        }
        count_sources(counts, stint->decl != NULL ? &stint->decl->item : NULL);
        count_sources(counts, stint->begin_event != NULL ? &stint->begin_event->item : stint->decl == NULL ? &person->item : NULL);
        count_sources(counts, stint->end_event != NULL ? &stint->end_event->item : NULL);
    }
}

static void free_claim_sources(gpointer data)
{
    OfClaimSources *sources = data;
    g_array_unref(sources->sources);
    g_free(sources);
}

static OfClaimSources *count_claim(Counting *counting, const OfClaim *claim)
{
    OfClaimSources *made = g_new(OfClaimSources, 1);
    *made = (OfClaimSources){claim, g_array_new(FALSE, FALSE, sizeof(OfSourceCount))};
    g_autoptr(GHashTable) counts = g_hash_table_new(NULL, NULL);
    count_sources(counts, &claim->item);
    if (claim->person != NULL) {
        count_person(counting, counts, claim->person, claim->lab);
    }
    for (guint i = 0; claim->group != NULL && i < claim->group->people.n && counting->looks > 0; i++) {
        count_person(counting, counts, claim->group->people.items[i], claim->lab);
    }
    GHashTableIter iter;
    gpointer source, n;
    g_hash_table_iter_init(&iter, counts);
    while (g_hash_table_iter_next(&iter, &source, &n)) {
        const OfSourceCount count = {source, GPOINTER_TO_UINT(n)};
        g_array_append_val(made->sources, count);
    }
    g_array_sort(made->sources, compare_sources);
    return made;
}

static void count_claims(OfStatistics *statistics, Counting *counting)
{
    for (guint i = 0; i < counting->story->claims.n && counting->looks > 0; i++) {
        const OfClaim *claim = counting->story->claims.items[i];
        const bool everyone = counting->groups->len > 0 && counting->groups->pdata[0] == NULL;
        if (counting->wanted[claim->lab->index] && (everyone || g_ptr_array_find(counting->groups, claim->group, NULL))) {
            g_ptr_array_add(statistics->claims, count_claim(counting, claim));
        }
    }
}

/* ---- All of it ---- */

static OfStatistics *count_all(Counting *counting)
{
    OfStatistics *statistics = g_new(OfStatistics, 1);
    statistics->labs = g_ptr_array_new_with_free_func(free_lab_numbers);
    statistics->pairs = g_array_new(FALSE, FALSE, sizeof(OfPairNumbers));
    statistics->claims = g_ptr_array_new_with_free_func(free_claim_sources);
    const guint n = counting->groups->len;
    counting->cells = g_new(GHashTable *, n + 1);
    counting->moves = g_new(GArray *, n + 1);
    for (guint i = 0; i < n; i++) {
        counting->cells[i] = g_hash_table_new_full(NULL, NULL, NULL, free_cell);
        counting->moves[i] = g_array_new(FALSE, FALSE, sizeof(OfKeyed));
    }
    count_people(counting);
    count_moves(counting);
    for (guint i = 0; i < n; i++) {
        list_group(statistics, counting, i);
        g_hash_table_unref(counting->cells[i]);
        g_array_unref(counting->moves[i]);
    }
    count_claims(statistics, counting);
    g_free(counting->cells);
    g_free(counting->moves);
    return statistics;
}

OfStatistics *of_statistics_new(const OfStory *story, const char *const *groups, const char *const *labs, GError **error)
{
    Counting counting = {.story = story, .looks = MOST_LOOKS};
    OfStatistics *statistics = NULL;
    if (choose_groups(&counting, groups, error) && choose_labs(&counting, labs, error)) {
        statistics = count_all(&counting);
        if (counting.looks <= 0) {
            g_clear_pointer(&statistics, of_statistics_free);
            g_set_error(error, OF_ERROR, OF_ERROR_LIMIT,
                        "the tree of labs is too deep for so many people: counting would look at more than %" G_GINT64_FORMAT
                        " labs",
                        MOST_LOOKS);
        }
    }
    g_ptr_array_unref(counting.groups);
    g_free(counting.wanted);
    return statistics;
}

void of_statistics_free(OfStatistics *statistics)
{
    if (statistics != NULL) {
        g_ptr_array_unref(statistics->labs);
        g_array_unref(statistics->pairs);
        g_ptr_array_unref(statistics->claims);
        g_free(statistics);
    }
}
