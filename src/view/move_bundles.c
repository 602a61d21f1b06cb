/* Which moves the view `moves` draws as one line, and in which order. */
#include "view/moves.h"

#include <string.h>

#include "base/hash.h"

static void free_bundle(gpointer data)
{
    OfBundle *bundle = data;
    g_array_unref(bundle->entries);
    g_free(bundle->name);
    g_free(bundle);
}

/* The main stint of a person on a day, looked for among all but one. */
static const OfStint *main_stint_beside(const OfPerson *person, const OfStint *but, OfDay day)
{
    for (guint i = 0; i < person->stints.n; i++) {
        const OfStint *stint = person->stints.items[i];
        if (stint != but && stint->begin_day <= day && day < stint->end_day) {
            return stint;
        }
    }
    return NULL;
}

OfBundleWay of_move_way(const OfMove *move)
{
    OfBundleWay way = {OF_BUNDLE_MOVE, move->from, move->to};
    const OfStint *changes = move->kind == OF_MOVE_JOIN && move->concurrent ? move->enters
                             : move->kind == OF_MOVE_LEAVE                  ? move->leaves
                                                                            : NULL;
    const OfStint *stays = changes != NULL && move->person != NULL ? main_stint_beside(move->person, changes, move->day) : NULL;
    if (stays == NULL || stays->lab == changes->lab) {
        return way;
    }
    if (move->kind == OF_MOVE_LEAVE && !changes->concurrent) {
        return (OfBundleWay){OF_BUNDLE_MOVE, move->from, stays->lab}; /* what was their second lab is now their first */
    }
    return (OfBundleWay){OF_BUNDLE_ALSO, stays->lab, changes->lab};
}

char *of_bundle_name(const OfDrawing *drawing, const OfBundleWay *way)
{
    /* Ids have no capitals. */
    static const char *const prefixes[OF_N_BUNDLE_KINDS] = {"move", "also", "account"};
    return g_strdup_printf("%s-%s-TO-%s", prefixes[way->kind],
                           way->from != NULL ? of_drawing_key(drawing, &way->from->item) : "OUTSIDE",
                           way->to != NULL ? of_drawing_key(drawing, &way->to->item) : "OUTSIDE");
}

static int compare_labs(const OfLab *a, const OfLab *b)
{
    /* Outside (NULL) stands last. */
    if (a == NULL || b == NULL) {
        return (a == NULL) - (b == NULL);
    }
    return strcmp(a->item.id, b->item.id);
}

static gint compare_bundles(gconstpointer a, gconstpointer b)
{
    const OfBundle *left = *(const OfBundle *const *) a, *right = *(const OfBundle *const *) b;
    if (left->first_day != right->first_day) {
        return left->first_day < right->first_day ? -1 : 1;
    }
    if (left->way.kind != right->way.kind) {
        return left->way.kind < right->way.kind ? -1 : 1;
    }
    const int by_from = compare_labs(left->way.from, right->way.from);
    return by_from != 0 ? by_from : compare_labs(left->way.to, right->way.to);
}

static guint hash_way(gconstpointer data)
{
    const OfBundleWay *way = data;
    const guint from = way->from != NULL ? way->from->index + 1 : 0, to = way->to != NULL ? way->to->index + 1 : 0;
    return ((guint) way->kind * 0x9e3779b1u + from) * 0x85ebca6bu + to;
}

static gboolean is_same_way(gconstpointer a, gconstpointer b)
{
    const OfBundleWay *x = a, *y = b;
    return x->kind == y->kind && x->from == y->from && x->to == y->to;
}

static void add_entry(OfMoves *moves, GHashTable *known, OfBundleWay way, OfBundleEntry entry)
{
    OfBundle *bundle = g_hash_table_lookup(known, &way);
    if (bundle == NULL) {
        bundle = g_new0(OfBundle, 1);
        bundle->way = way;
        bundle->entries = g_array_new(FALSE, FALSE, sizeof(OfBundleEntry));
        bundle->first_day = entry.day;
        bundle->name = of_bundle_name(moves->drawing, &way);
        g_ptr_array_add(moves->bundles, bundle);
        g_hash_table_insert(known, &bundle->way, bundle);
    }
    g_array_append_val(bundle->entries, entry);
    bundle->first_day = MIN(bundle->first_day, entry.day);
    bundle->weight += entry.move->weight;
    if (way.kind == OF_BUNDLE_MOVE) {
        moves->heaviest = MAX(moves->heaviest, bundle->weight);
    }
}

static void add_accounts(OfMoves *moves, GHashTable *known, const OfMove *move)
{
    const OfStintDecl *decl = move->event == NULL && move->enters != NULL ? move->enters->decl : NULL;
    const guint n = move->event != NULL ? move->event->accounts.n : decl != NULL ? decl->accounts.n : 0;
    for (guint i = 0; i < n; i++) {
        const OfAccount *account = move->event != NULL ? move->event->accounts.items[i] : decl->accounts.items[i];
        OfBundleWay way = of_move_way(move);
        way.kind = OF_BUNDLE_ACCOUNT;
        way.from = account->from != NULL ? account->from : way.from;
        way.to = account->to != NULL ? account->to : way.to;
        if (way.from == way.to) {
            continue; /* they did not move at all: there is no line for that */
        }
        OfBundleEntry entry = {.move = move, .item = &account->item, .confidence = account->item.confidence};
        entry.date = of_date_is_set(&account->date) ? account->date : move->date;
        entry.day = of_date_middle(&entry.date);
        add_entry(moves, known, way, entry);
    }
}

/* Whether a path of edges leads from one lab to another. */
static bool reaches(GHashTable *next, const OfLab *from, const OfLab *to)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
    g_autoptr(GPtrArray) open = g_ptr_array_new();
    g_ptr_array_add(open, (gpointer) from);
    while (open->len > 0) {
        const OfLab *lab = g_ptr_array_remove_index(open, open->len - 1);
        if (lab == to) {
            return true;
        }
        const GPtrArray *labs = g_hash_table_add(seen, (gpointer) lab) ? g_hash_table_lookup(next, lab) : NULL;
        for (guint i = 0; labs != NULL && i < labs->len; i++) {
            g_ptr_array_add(open, labs->pdata[i]);
        }
    }
    return false;
}

/* The lab that stands for one of either revision. */
static const OfLab *joint_lab(const OfMoves *moves, const OfLab *lab)
{
    const OfItem *mate =
        lab != NULL && of_drawing_is_old(moves->drawing) ? of_revisions_mate(moves->drawing->revisions, &lab->item) : NULL;
    return mate != NULL ? (gconstpointer) mate : lab;
}

/* Lines are laid out in the order of their first days; one that would close a circle is laid out the other way round. next: the lines so far,
 * as lab -> GPtrArray of OfLab. */
static void lay_out(const OfMoves *moves, OfBundle *bundle, GHashTable *next)
{
    const OfLab *from = joint_lab(moves, bundle->way.from), *to = joint_lab(moves, bundle->way.to);
    if (from == NULL || to == NULL) {
        return;
    }
    bundle->reversed = reaches(next, to, from);
    if (!bundle->reversed) {
        GPtrArray *labs = g_hash_table_lookup(next, from);
        if (labs == NULL) {
            labs = g_ptr_array_new();
            g_hash_table_insert(next, (gpointer) from, labs);
        }
        g_ptr_array_add(labs, (gpointer) to);
    }
}

/* Of two revisions the new one's lines come first, then those of the old one alone, so that a line has one direction on both sides. */
static void break_circles(OfMoves *moves, OfMoves *other)
{
    OfMoves *sides[] = {moves, other};
    g_autoptr(GHashTable) next = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
    g_autoptr(GHashTable) known = g_hash_table_new(of_text_hash, g_str_equal);
    if (of_drawing_is_old(moves->drawing)) {
        sides[0] = other;
        sides[1] = moves;
    }
    for (gsize k = 0; k < G_N_ELEMENTS(sides) && sides[k] != NULL; k++) {
        for (guint i = 0; i < sides[k]->bundles->len; i++) {
            OfBundle *bundle = sides[k]->bundles->pdata[i];
            const OfBundle *same = g_hash_table_lookup(known, bundle->name);
            if (same != NULL) {
                bundle->reversed = same->reversed;
            } else {
                lay_out(sides[k], bundle, next);
                g_hash_table_insert(known, bundle->name, bundle);
            }
        }
    }
}

/* Of a million moves what they would be drawn as is known long before they are gathered. Accounts and what else stands in the graph come on top of
 * that: the graph itself is counted again. */
static bool check_nodes(const OfMoves *moves, GError **error)
{
    const OfStory *story = moves->drawing->story;
    g_autoptr(GHashTable) ways = g_hash_table_new_full(hash_way, is_same_way, g_free, NULL);
    g_autofree bool *touched = g_new0(bool, (gsize) story->labs.n + 1);
    gint64 n_labs = 0;
    for (guint i = 0; i < story->moves.n; i++) {
        const OfMove *move = story->moves.items[i];
        if (!of_selection_has_move(&moves->drawing->selection, move)) {
            continue;
        }
        const OfBundleWay way = of_move_way(move);
        const OfLab *const ends[] = {way.from, way.to};
        if (!g_hash_table_contains(ways, &way)) {
            g_hash_table_add(ways, g_memdup2(&way, sizeof way));
        }
        for (gsize k = 0; k < G_N_ELEMENTS(ends); k++) {
            if (ends[k] != NULL && !touched[ends[k]->index]) {
                touched[ends[k]->index] = true;
                n_labs++;
            }
        }
    }
    return of_drawing_check_nodes(moves->drawing, n_labs + (gint64) g_hash_table_size(ways), error);
}

/* One revision's, in the order of their first days. */
static void collect(OfMoves *moves)
{
    const OfStory *story = moves->drawing->story;
    g_autoptr(GHashTable) known = g_hash_table_new(hash_way, is_same_way);
    moves->bundles = g_ptr_array_new_with_free_func(free_bundle);
    for (guint i = 0; i < story->moves.n; i++) {
        const OfMove *move = story->moves.items[i];
        if (!of_selection_has_move(&moves->drawing->selection, move)) {
            continue;
        }
        const OfBundleWay way = of_move_way(move);
        const OfBundleEntry entry = {move,      move->item,       move->date,
                                     move->day, move->confidence, way.kind == OF_BUNDLE_ALSO && move->kind == OF_MOVE_LEAVE};
        add_entry(moves, known, way, entry);
        if (moves->drawing->options->accounts) {
            add_accounts(moves, known, move);
        }
    }
    g_ptr_array_sort(moves->bundles, compare_bundles);
    moves->n_lines = moves->bundles->len;
}

bool of_moves_collect(OfMoves *moves, GError **error)
{
    OfMoves other = {.drawing = moves->drawing->other};
    if (!check_nodes(moves, error) || (other.drawing != NULL && !check_nodes(&other, error))) {
        return false;
    }
    collect(moves);
    if (other.drawing == NULL) {
        break_circles(moves, NULL);
        return true;
    }
    collect(&other);
    break_circles(moves, &other);
    moves->heaviest = MAX(moves->heaviest, other.heaviest);
    moves->n_lines = MAX(moves->n_lines, other.n_lines);
    g_ptr_array_unref(other.bundles);
    return true;
}

OfConfidence of_bundle_confidence(const OfBundle *bundle)
{
    gint64 n[OF_CONFIDENCE_DISPUTED + 1] = {0};
    for (guint i = 0; i < bundle->entries->len; i++) {
        const OfBundleEntry *entry = &g_array_index(bundle->entries, OfBundleEntry, i);
        n[entry->confidence] += entry->move->weight;
    }
    OfConfidence most = OF_CONFIDENCE_CONFIRMED;
    for (guint i = 0; i < G_N_ELEMENTS(n); i++) {
        most = n[i] > n[most] ? (OfConfidence) i : most;
    }
    return most;
}

bool of_bundle_stands_out(const OfDrawing *drawing, const OfBundle *bundle)
{
    const OfSelection *selection = &drawing->selection;
    if (selection->highlight == NULL ||
        (bundle->way.from != NULL && of_selection_stands_out(selection, bundle->way.from->item.id)) ||
        (bundle->way.to != NULL && of_selection_stands_out(selection, bundle->way.to->item.id))) {
        return true;
    }
    for (guint i = 0; i < bundle->entries->len; i++) {
        const OfMove *move = g_array_index(bundle->entries, OfBundleEntry, i).move;
        if ((move->person != NULL && of_selection_stands_out(selection, move->person->item.id)) ||
            (move->event != NULL && of_selection_stands_out(selection, move->event->item.key))) {
            return true;
        }
    }
    return false;
}
