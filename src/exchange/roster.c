#include "exchange/roster.h"

#include <string.h>

#include "base/shorten.h"

OfRoster *of_roster_new(void)
{
    OfRoster *roster = g_new0(OfRoster, 1);
    roster->arena = of_arena_new();
    roster->people = g_array_new(FALSE, FALSE, sizeof(OfRosterName));
    roster->labs = g_array_new(FALSE, FALSE, sizeof(OfRosterName));
    roster->stints = g_array_new(FALSE, FALSE, sizeof(OfRosterStint));
    roster->flows = g_array_new(FALSE, FALSE, sizeof(OfRosterFlow));
    roster->last_day = OF_DAY_MAX;
    return roster;
}

void of_roster_free(OfRoster *roster)
{
    if (roster == NULL) {
        return;
    }
    of_text_table_clear(&roster->person_of);
    of_text_table_clear(&roster->lab_of);
    g_array_unref(roster->people);
    g_array_unref(roster->labs);
    g_array_unref(roster->stints);
    g_array_unref(roster->flows);
    of_arena_free(roster->arena);
    g_free(roster);
}

/* Rows of one person, or of one lab, often stand together: what was named last for the first time is looked at before the table. */
static guint find_name(OfRoster *roster, GArray *names, OfTextTable *index_of, const char *name, const OfPlace *place)
{
    if (names->len > 0 && strcmp(g_array_index(names, OfRosterName, names->len - 1).name, name) == 0) {
        return names->len - 1;
    }
    OfTextEntry *found = of_text_table_claim(index_of, name, strlen(name));
    if (found->value == NULL) {
        found->text = of_arena_text(roster->arena, name);
        const OfRosterName entry = {found->text, *place};
        g_array_append_val(names, entry);
        found->value = GUINT_TO_POINTER(names->len);
    }
    return GPOINTER_TO_UINT(found->value) - 1;
}

guint of_roster_person(OfRoster *roster, const char *name, const OfPlace *place)
{
    return find_name(roster, roster->people, &roster->person_of, name, place);
}

guint of_roster_lab(OfRoster *roster, const char *name, const OfPlace *place)
{
    return find_name(roster, roster->labs, &roster->lab_of, name, place);
}

void of_roster_add(OfRoster *roster, const OfRosterStint *stint)
{
    OfRosterStint copy = *stint;
    copy.role = of_arena_text(roster->arena, stint->role);
    g_array_append_val(roster->stints, copy);
}

bool of_roster_step_day(gint64 step, OfDay *day)
{
    if (step < OF_DAY_MIN - OF_STEP_ZERO || step >= OF_DAY_MAX - OF_STEP_ZERO) {
        return false;
    }
    *day = OF_STEP_ZERO + (OfDay) step;
    return true;
}

/* ---- Order ---- */

/* A stint without beginning was there when the story opens. */
static OfDay begin_first(const OfRosterStint *stint)
{
    return of_date_is_set(&stint->from) ? stint->from.first : OF_DAY_MIN - 1;
}

static OfDay begin_last(const OfRosterStint *stint)
{
    return of_date_is_set(&stint->from) ? stint->from.last : OF_DAY_MIN - 1;
}

/* From this day on the stint may be over; OF_DAY_MAX + 1: never. */
static OfDay end_first(const OfRosterStint *stint)
{
    return of_date_is_set(&stint->to) ? stint->to.first : OF_DAY_MAX + 1;
}

static int compare_numbers(gint64 a, gint64 b)
{
    return (a > b) - (a < b);
}

static OfDay end_last(const OfRosterStint *stint)
{
    return of_date_is_set(&stint->to) ? stint->to.last : OF_DAY_MAX + 1;
}

/* In the order of format 1: of stays that begin at once that which ends first is the main one. */
static int compare_stints(gconstpointer a, gconstpointer b)
{
    const OfRosterStint *x = a, *y = b;
    int order = compare_numbers(x->person, y->person);
    order = order != 0 ? order : compare_numbers(begin_first(x), begin_first(y));
    order = order != 0 ? order : compare_numbers(begin_last(x), begin_last(y));
    order = order != 0 ? order : compare_numbers(end_first(x), end_first(y));
    order = order != 0 ? order : compare_numbers(end_last(x), end_last(y));
    order = order != 0 ? order : compare_numbers(x->place.line, y->place.line);
    order = order != 0 ? order : compare_numbers(x->place.column, y->place.column);
    return order != 0 ? order : compare_numbers(x->lab, y->lab);
}

static OfRosterStint *stint_at(const OfRoster *roster, guint index)
{
    return &g_array_index(roster->stints, OfRosterStint, index);
}

static void sort_stints(const OfRoster *roster)
{
    for (guint i = 1; i < roster->stints->len; i++) {
        if (compare_stints(stint_at(roster, i - 1), stint_at(roster, i)) > 0) {
            g_array_sort(roster->stints, compare_stints);
            return;
        }
    }
}

static void open_last_step(const OfRoster *roster)
{
    for (guint i = 0; i < roster->stints->len; i++) {
        OfRosterStint *stint = stint_at(roster, i);
        if (stint->in_steps && of_date_is_set(&stint->to) && stint->to.first > roster->last_day) {
            stint->to = (OfDate){.precision = OF_DATE_NONE};
        }
    }
}

/* ---- What is one stay ---- */

/* Whether two stints of one person at one lab are one stay that was told in two rows. */
static bool is_one_stay(const OfRosterStint *earlier, const OfRosterStint *later)
{
    if (earlier->person != later->person || g_strcmp0(earlier->role, later->role) != 0 || !of_date_is_set(&earlier->to) ||
        !of_date_is_set(&later->from)) {
        return false;
    }
    const bool one_day = earlier->to.first == earlier->to.last && later->from.first == later->from.last && !later->in_steps;
    return of_date_compare(&earlier->to, &later->from) == 0 || (one_day && earlier->to.last + 1 == later->from.first);
}

/* Joins what is one stay, so that nothing can come between its parts. latest: zeroed, one a lab. */
static void join_stays(OfRoster *roster, guint *latest)
{
    guint n = 0;
    for (guint i = 0; i < roster->stints->len; i++) {
        const OfRosterStint stint = *stint_at(roster, i);
        OfRosterStint *before = latest[stint.lab] > 0 ? stint_at(roster, latest[stint.lab] - 1) : NULL;
        if (before != NULL && is_one_stay(before, &stint)) {
            before->to = stint.to;
            continue;
        }
        *stint_at(roster, n++) = stint;
        latest[stint.lab] = n;
    }
    g_array_set_size(roster->stints, n);
}

/* ---- What runs beside what ---- */

/* Whether format 1 takes the beginning of a stint for the end of the one before, so that it is a move: on a common day, or the
 * day after. A stint in steps that begins the day after the end of another has a gap of one step before it. */
static bool follows_upon(const OfRosterStint *later, const OfRosterStint *earlier)
{
    if (!of_date_is_set(&earlier->to) || !of_date_is_set(&later->from)) {
        return false;
    }
    const bool meets = earlier->to.first <= later->from.last && later->from.first <= earlier->to.last;
    return meets || (earlier->to.last + 1 == later->from.first && !(earlier->in_steps && later->in_steps));
}

/* Marks what runs beside an earlier stay of one person's n stints, which stand in order. What follows upon the stay that is no
 * twin is a move, whatever else there is beside it. */
static void mark_concurrent(OfRosterStint *stints, guint n)
{
    const OfRosterStint *main_stay = NULL;
    OfDay busy = OF_DAY_MIN - 2; /* the person is somewhere up to this day */
    for (guint i = 0; i < n; i++) {
        OfRosterStint *stint = &stints[i];
        const bool moves = main_stay != NULL && follows_upon(stint, main_stay);
        stint->concurrent = !moves && i > 0 && busy > begin_last(stint);
        main_stay = stint->concurrent ? main_stay : stint;
        busy = MAX(busy, end_first(stint));
    }
}

/* The stint that the i-th follows upon, of those that nothing follows upon yet, as format 1 chooses it: one at the same lab, else
 * the one that began last, where `concurrent` ones follow upon `concurrent` ones only and others rather upon the others.
 * G_MAXUINT: none. */
static guint find_predecessor(const OfRosterStint *stints, guint i, const bool *followed)
{
    enum { LOOK_BACK = 64 };
    guint found = G_MAXUINT;
    for (guint k = i; k > 0 && i - k < LOOK_BACK; k--) {
        const OfRosterStint *earlier = &stints[k - 1];
        if (followed[k - 1] || !follows_upon(&stints[i], earlier)) {
            continue;
        }
        if (earlier->lab == stints[i].lab) {
            return k - 1;
        }
        const bool fits = !stints[i].concurrent || earlier->concurrent;
        const bool better = found == G_MAXUINT || (!stints[i].concurrent && stints[found].concurrent && !earlier->concurrent);
        found = fits && better ? k - 1 : found;
    }
    return found;
}

static bool begin_at_once(const OfRosterStint *a, const OfRosterStint *b)
{
    return begin_first(a) == begin_first(b);
}

/* Whether any is counted in steps. */
static bool is_in_steps(const OfRosterStint *stints, guint n)
{
    bool any = false;
    for (guint i = 0; i < n; i++) {
        any = any || stints[i].in_steps;
    }
    return any;
}

/* A gap of one day reads as a move in format 1: where it is a step at no lab, leaving is said by an event. Format 1 sees no end
 * of such a stint, and takes others that begin with it for the main one: then both are said to be concurrent. */
static void mark_left(OfRosterStint *stints, guint n)
{
    g_autofree bool *followed = g_new0(bool, n);
    g_autoptr(GHashTable) begins = g_hash_table_new(NULL, NULL); /* set of days at which a stint begins */
    for (guint i = 0; i < n; i++) {
        const guint earlier = find_predecessor(stints, i, followed);
        if (earlier != G_MAXUINT) {
            followed[earlier] = true;
        }
        g_hash_table_add(begins, GINT_TO_POINTER(begin_first(&stints[i])));
    }
    for (guint i = 0; i < n; i++) {
        const bool before_gap = g_hash_table_contains(begins, GINT_TO_POINTER(end_first(&stints[i]) + 1));
        stints[i].left = stints[i].in_steps && of_date_is_set(&stints[i].to) && !followed[i] && before_gap;
        const bool tied =
            (i > 0 && begin_at_once(&stints[i - 1], &stints[i])) || (i + 1 < n && begin_at_once(&stints[i], &stints[i + 1]));
        stints[i].concurrent = stints[i].concurrent || (stints[i].left && tied);
    }
}

/* Nobody is at one lab twice at once. latest: of each lab, one more than the index of the stint that ended last among those
 * looked at. */
static bool check_twice(const OfRoster *roster, guint first, guint end, guint *latest, OfDiagnostics *diagnostics)
{
    bool fine = true;
    for (guint i = first; i < end; i++) {
        const OfRosterStint *stint = stint_at(roster, i);
        const guint before = latest[stint->lab];
        if (before > first && end_first(stint_at(roster, before - 1)) > begin_last(stint)) {
            g_autofree char *person = of_text_shorten(g_array_index(roster->people, OfRosterName, stint->person).name, -1);
            g_autofree char *lab = of_text_shorten(g_array_index(roster->labs, OfRosterName, stint->lab).name, -1);
            of_diagnostics_add(diagnostics, OF_SEVERITY_ERROR, "already-there", &stint->place,
                               g_strdup("let one stint end where the other begins, or make one of both"),
                               "`%s` is at `%s` already when this begins", person, lab)
                ->other = stint_at(roster, before - 1)->place;
            fine = false;
        }
        if (before <= first || end_first(stint) > end_first(stint_at(roster, before - 1))) {
            latest[stint->lab] = i + 1;
        }
    }
    return fine;
}

bool of_roster_close(OfRoster *roster, OfDiagnostics *diagnostics)
{
    bool fine = true;
    g_autofree guint *latest = g_new0(guint, (gsize) roster->labs->len + 1);
    if (roster->last_day < OF_DAY_MAX) {
        open_last_step(roster);
    }
    sort_stints(roster);
    join_stays(roster, latest);
    sort_stints(roster); /* ends have changed */
    memset(latest, 0, sizeof(guint) * roster->labs->len);
    for (guint first = 0, end; first < roster->stints->len; first = end) {
        for (end = first + 1; end < roster->stints->len && stint_at(roster, end)->person == stint_at(roster, first)->person;
             end++) {
        }
        mark_concurrent(stint_at(roster, first), end - first);
        if (is_in_steps(stint_at(roster, first), end - first)) {
            mark_left(stint_at(roster, first), end - first);
        }
        fine = check_twice(roster, first, end, latest, diagnostics) && fine;
    }
    return fine;
}
