/* How many people are at each lab when the window of the view `moves` opens and when it closes, so that the numbers and the
 * lines agree: the one is the other, without those whom lines bring and with those whom lines take away. */
#include "view/moves.h"

typedef struct {
    OfMoves *moves;
    GHashTable *entered, *left;       /* OfStint that a line begins or ends … */
    GHashTable *entered_by, *left_by; /* … by the end of the day */
    OfDay until;
    guint *stamps[4]; /* by lab: 1 + index of the last person counted there; see Slot */
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
        const bool before = !entered && (left || stays);
        if (before) {
            count_stint(count, SLOT_BEFORE, stint);
        }
        if (!g_hash_table_contains(count->left_by, stint) && (before || g_hash_table_contains(count->entered_by, stint))) {
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

static void add_change(const Count *count, GHashTable *all, GHashTable *by, const OfStint *stint, OfDay day)
{
    g_hash_table_add(all, (gpointer) stint);
    if (day <= count->until) {
        g_hash_table_add(by, (gpointer) stint);
    }
}

static void collect_changes(Count *count)
{
    for (guint i = 0; i < count->moves->bundles->len; i++) {
        const OfBundle *bundle = count->moves->bundles->pdata[i];
        for (guint j = 0; bundle->way.kind != OF_BUNDLE_ACCOUNT && j < bundle->entries->len; j++) {
            const OfBundleEntry *entry = &g_array_index(bundle->entries, OfBundleEntry, j);
            const OfMove *move = entry->move;
            if (move->person == NULL) {
                mark_unnamed(count->moves, move->from);
                mark_unnamed(count->moves, move->to);
            }
            if (move->enters != NULL) {
                add_change(count, count->entered, count->entered_by, move->enters, entry->day);
            }
            if (move->leaves != NULL) {
                add_change(count, count->left, count->left_by, move->leaves, entry->day);
            }
        }
    }
}

static void clear_counts(OfMoves *moves)
{
    for (guint i = 0; i < moves->drawing->story->labs.n; i++) {
        OfMovesLab *lab = &moves->labs[i];
        lab->before = lab->after = lab->before_within = lab->after_within = 0;
    }
}

void of_moves_count_people(OfMoves *moves, OfDay until)
{
    const OfStory *story = moves->drawing->story;
    Count count = {.moves = moves, .until = until};
    GHashTable **const sets[] = {&count.entered, &count.left, &count.entered_by, &count.left_by};
    for (gsize i = 0; i < G_N_ELEMENTS(count.stamps); i++) {
        count.stamps[i] = g_new0(guint, story->labs.n);
        *sets[i] = g_hash_table_new(NULL, NULL);
    }
    clear_counts(moves);
    collect_changes(&count);
    for (guint i = 0; i < story->people.n; i++) {
        if (of_selection_has_person(&moves->drawing->selection, story->people.items[i])) {
            count_person(&count, story->people.items[i]);
        }
    }
    for (gsize i = 0; i < G_N_ELEMENTS(count.stamps); i++) {
        g_free(count.stamps[i]);
        g_hash_table_unref(*sets[i]);
    }
}
