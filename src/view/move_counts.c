/* How many people are at each lab when the window of the view `moves` opens and when it closes, so that the numbers and the
 * lines agree: the one is the other, without those whom lines bring and with those whom lines take away. */
#include "view/moves.h"

typedef struct {
    OfMoves *moves;
    GHashTable *entered, *left; /* OfStint that a line begins or ends */
    guint *stamps[4];           /* by lab: 1 + index of the last person counted there; see Slot */
} Count;

typedef enum { SLOT_BEFORE, SLOT_AFTER, SLOT_BEFORE_WITHIN, SLOT_AFTER_WITHIN } Slot;

static void count_once(Count *count, Slot slot, const OfLab *lab, const OfPerson *person)
{
    OfMovesLab *known = &count->moves->labs[lab->index];
    guint *const numbers[] = {&known->before, &known->after, &known->before_within, &known->after_within};
    if (count->stamps[slot][lab->index] != person->index + 1) {
        count->stamps[slot][lab->index] = person->index + 1;
        ++*numbers[slot];
    }
}

static void count_stint(Count *count, Slot slot, const OfStint *stint)
{
    count_once(count, slot, stint->lab, stint->person);
    for (const OfLab *lab = stint->lab; lab != NULL; lab = of_moves_parent(count->moves, lab)) {
        count_once(count, slot + SLOT_BEFORE_WITHIN, lab, stint->person);
    }
}

static void count_person(Count *count, const OfPerson *person)
{
    const OfSelection *selection = &count->moves->drawing->selection;
    for (guint i = 0; i < person->stints.n; i++) {
        const OfStint *stint = person->stints.items[i];
        const bool entered = g_hash_table_contains(count->entered, stint), left = g_hash_table_contains(count->left, stint);
        const bool passes = stint->confidence <= selection->options->min_confidence;
        const bool stays = passes && stint->begin_day <= selection->to && stint->end_day > selection->to;
        if (!entered && (left || stays)) {
            count_stint(count, SLOT_BEFORE, stint);
        }
        if (!left && (entered || stays)) {
            count_stint(count, SLOT_AFTER, stint);
        }
    }
}

static void mark_unnamed(OfMoves *moves, const OfLab *end)
{
    for (const OfLab *lab = end; lab != NULL; lab = of_moves_parent(moves, lab)) {
        moves->labs[lab->index].unnamed = true;
    }
}

static void collect_changes(Count *count)
{
    for (guint i = 0; i < count->moves->bundles->len; i++) {
        const OfBundle *bundle = count->moves->bundles->pdata[i];
        for (guint j = 0; bundle->way.kind != OF_BUNDLE_ACCOUNT && j < bundle->entries->len; j++) {
            const OfMove *move = g_array_index(bundle->entries, OfBundleEntry, j).move;
            if (move->person == NULL) {
                mark_unnamed(count->moves, move->from);
                mark_unnamed(count->moves, move->to);
            }
            if (move->enters != NULL) {
                g_hash_table_add(count->entered, (gpointer) move->enters);
            }
            if (move->leaves != NULL) {
                g_hash_table_add(count->left, (gpointer) move->leaves);
            }
        }
    }
}

void of_moves_count_people(OfMoves *moves)
{
    const OfStory *story = moves->drawing->story;
    Count count = {.moves = moves, .entered = g_hash_table_new(NULL, NULL), .left = g_hash_table_new(NULL, NULL)};
    for (gsize i = 0; i < G_N_ELEMENTS(count.stamps); i++) {
        count.stamps[i] = g_new0(guint, story->labs.n);
    }
    collect_changes(&count);
    for (guint i = 0; i < story->people.n; i++) {
        if (of_selection_has_person(&moves->drawing->selection, story->people.items[i])) {
            count_person(&count, story->people.items[i]);
        }
    }
    for (gsize i = 0; i < G_N_ELEMENTS(count.stamps); i++) {
        g_free(count.stamps[i]);
    }
    g_hash_table_unref(count.entered);
    g_hash_table_unref(count.left);
}

char *of_moves_count_text(const OfMoves *moves, const OfLab *lab, bool within)
{
    const OfMovesLab *known = &moves->labs[lab->index];
    const guint first = within ? known->before_within : known->before, last = within ? known->after_within : known->after;
    if (known->unnamed || (first < 2 && last < 2)) {
        return NULL;
    }
    if (first == last) {
        return of_text_people(last);
    }
    g_autofree char *people = of_text_people(last);
    return g_strdup_printf("%u → %s", first, people);
}
