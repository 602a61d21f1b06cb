/* The view `moves` in steps: what begins when, how many people are where at each step. */
#include "view/moves.h"
#include "view/steps.h"

gint64 of_bundle_weight_on(const OfBundle *bundle, OfDay day)
{
    gint64 weight = 0;
    for (guint i = 0; i < bundle->entries->len; i++) {
        const OfBundleEntry *entry = &g_array_index(bundle->entries, OfBundleEntry, i);
        weight += entry->day <= day ? entry->move->weight : 0;
    }
    return weight;
}

/* A sentence of those of a bundle's moves that lie between two days. date: the most exact of their dates. */
static char *sentence_of(const OfMoves *moves, const OfBundle *bundle, OfDay from, OfDay to, OfDate *date)
{
    OfBundle part = {.way = bundle->way, .entries = g_array_new(FALSE, FALSE, sizeof(OfBundleEntry))};
    *date = (OfDate){.precision = OF_DATE_NONE};
    for (guint i = 0; i < bundle->entries->len; i++) {
        const OfBundleEntry *entry = &g_array_index(bundle->entries, OfBundleEntry, i);
        if (entry->day >= from && entry->day <= to) {
            g_array_append_val(part.entries, *entry);
            const bool shorter = !of_date_is_set(date) || entry->date.last - entry->date.first < date->last - date->first;
            *date = shorter ? entry->date : *date;
        }
    }
    char *sentence = of_bundle_sentence(moves, &part);
    g_array_unref(part.entries);
    return sentence;
}

char *of_bundle_sentence_on(const OfMoves *moves, const OfBundle *bundle, OfDay day)
{
    OfDate date;
    return sentence_of(moves, bundle, OF_DAY_MIN, day, &date);
}

static void add_day(const OfMoves *moves, const OfBundle *bundle, OfDay day)
{
    OfDate date;
    char *sentence = sentence_of(moves, bundle, day, day, &date);
    of_drawing_add_beginning(moves->drawing, day, &date, sentence);
}

bool of_moves_make_steps(OfMoves *moves, GError **error)
{
    for (guint i = 0; i < moves->bundles->len; i++) {
        const OfBundle *bundle = moves->bundles->pdata[i];
        g_autoptr(GHashTable) days = g_hash_table_new(NULL, NULL);
        for (guint j = 0; j < bundle->entries->len; j++) {
            const OfDay day = g_array_index(bundle->entries, OfBundleEntry, j).day;
            if (g_hash_table_add(days, GINT_TO_POINTER(day))) {
                add_day(moves, bundle, day);
            }
        }
    }
    return of_drawing_make_steps(moves->drawing, error);
}

/* A lab is there with its first move, where nobody is there before; so are those around it. */
static void find_begins(OfMoves *moves)
{
    const OfStory *story = moves->drawing->story;
    for (guint i = 0; i < story->labs.n; i++) {
        moves->labs[i].begin = moves->labs[i].begin_within = OF_DAY_MAX;
    }
    for (guint i = 0; i < story->labs.n; i++) {
        const OfLab *lab = story->labs.items[i];
        OfMovesLab *known = &moves->labs[i];
        if (!known->touched) {
            continue;
        }
        known->begin = known->before > 0 ? OF_DAY_MIN : known->first_day;
        for (const OfLab *at = lab; at != NULL; at = of_moves_parent(moves, at)) {
            moves->labs[at->index].begin_within = MIN(moves->labs[at->index].begin_within, known->begin);
        }
    }
}

void of_moves_count_steps(OfMoves *moves)
{
    const GArray *steps = moves->drawing->steps;
    for (guint k = 0; steps != NULL && k < steps->len; k++) {
        of_moves_count_people(moves, g_array_index(steps, OfStep, k).day);
        for (guint i = 0; i < moves->drawing->story->labs.n; i++) {
            const OfMovesCount count = {moves->labs[i].after, moves->labs[i].after_within};
            g_array_append_val(moves->counts, count);
        }
    }
    of_moves_count_people(moves, OF_DAY_MAX);
    find_begins(moves);
}
