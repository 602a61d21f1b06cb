/* Stage 4: statements about how many people are where, counted. */
#include "model/stages.h"

/* Looks at stints that counting may take: an input of a hundred thousand claims on a million people would take hours. */
#define MOST_LOOKS G_GINT64_CONSTANT(64000000)

#define SHARE_TOLERANCE 0.005 /* shares are written rounded to a hundredth */
#define MOST_NAMED      20

enum { WITHIN_ALWAYS = 1, WITHIN_POSSIBLY = 2 };

typedef struct {
    OfStoryBuild *build;
    OfDiagnostics *diagnostics;
    GHashTable *next, *previous; /* OfStint -> OfStint: what a move leads to, and where it comes from */
    /* [lab]: whether it is within the claim's on the first and the last day, as 2 * (1 + index of the claim) + (0 or 1); less
     * where that is not known for the claim at hand */
    guint *known_first, *known_last;
    gint64 looks; /* left of MOST_LOOKS */

    const OfClaim *claim;
    guint index;
    OfDate at;
} Count;

/* Whether a lab is the claim's, or below it, on a day. All labs on the way up learn it, so that a claim takes one look at each. */
static bool is_within(const Count *count, const OfLab *lab, OfDay day, guint *known)
{
    const OfLab *end = lab, *of_claim = count->claim->lab;
    guint stamp = 2 * (count->index + 1);
    while (end != NULL && end != of_claim && known[end->index] < stamp) {
        end = of_lab_parent_on(end, day);
    }
    bool within = end != NULL && (end == of_claim || known[end->index] == stamp + 1);
    for (const OfLab *at = lab; at != end; at = of_lab_parent_on(at, day)) {
        known[at->index] = stamp + within;
    }
    return within;
}

/* Whether a lab is the claim's, or below it, all the time that the claim speaks of (WITHIN_ALWAYS), or some of it. */
static guint look_up_within(const Count *count, const OfLab *lab)
{
    bool first = is_within(count, lab, count->at.first, count->known_first);
    bool last = is_within(count, lab, count->at.last, count->known_last);
    return (first && last ? WITHIN_ALWAYS : 0u) | (first || last ? WITHIN_POSSIBLY : 0u);
}

static bool may_cover(const Count *count, const OfStint *stint)
{
    bool came = !of_date_is_set(&stint->from) || stint->from.first <= count->at.last;
    bool stayed = !of_date_is_set(&stint->to) || stint->to.last >= count->at.first;
    return came && stayed;
}

/* Whether they are there on every reading of the dates, from this stint on. A move from one lab of the claim to another is no
 * absence, however uncertain its date. */
static bool surely_covers(Count *count, const OfStint *stint)
{
    const OfStint *previous = g_hash_table_lookup(count->previous, stint);
    if (previous != NULL && look_up_within(count, previous->lab) & WITHIN_ALWAYS) {
        return false; /* looked at from there */
    }
    if (of_date_is_set(&stint->from) && stint->from.last > count->at.first) {
        return false;
    }
    const OfStint *last = stint;
    for (const OfStint *next = last; next != NULL && look_up_within(count, next->lab) & WITHIN_ALWAYS;) {
        last = next;
        next = g_hash_table_lookup(count->next, last);
        count->looks--;
    }
    return !of_date_is_set(&last->to) || last->to.first > count->at.last;
}

static void count_person(Count *count, const OfPerson *person, GPtrArray *counted)
{
    OfClaim *claim = OF_MUTABLE(OfClaim, count->claim);
    bool surely = false, possibly = false;
    for (guint i = 0; i < person->stints.n; i++) {
        const OfStint *stint = person->stints.items[i];
        guint within = look_up_within(count, stint->lab);
        possibly = possibly || (within & WITHIN_POSSIBLY && may_cover(count, stint));
        surely = surely || (within & WITHIN_ALWAYS && surely_covers(count, stint));
        count->looks--;
    }
    claim->n_of++;
    claim->least += surely;
    claim->most += possibly || surely;
    if (possibly || surely) {
        g_ptr_array_add(counted, OF_MUTABLE(OfPerson, person));
    }
}

static void count_people(Count *count)
{
    OfClaim *claim = OF_MUTABLE(OfClaim, count->claim);
    g_autoptr(GPtrArray) counted = g_ptr_array_new();
    claim->n_of = claim->least = claim->most = 0;
    if (claim->person != NULL) {
        count_person(count, claim->person, counted);
    } else {
        for (guint i = 0; i < claim->group->people.n && count->looks > 0; i++) {
            count_person(count, claim->group->people.items[i], counted);
            count->looks--;
        }
    }
    claim->counted.items = of_arena_copy(count->build->arena, counted->pdata, counted->len * sizeof(gpointer));
    claim->counted.n = counted->len;
}

static bool holds(const OfClaim *claim)
{
    if (claim->has_count && (claim->count < (gint64) claim->least || claim->count > (gint64) claim->most)) {
        return false;
    }
    if (claim->has_share) {
        double n = claim->n_of > 0 ? claim->n_of : 1;
        return claim->share >= claim->least / n - SHARE_TOLERANCE && claim->share <= claim->most / n + SHARE_TOLERANCE;
    }
    return true;
}

/* What was counted: "4 of 14 are", "between 3 and 5 of 14 are", "`lample` is not", "`lample` may be". Owned by the caller. */
static char *describe_count(const OfClaim *claim)
{
    if (claim->person != NULL) {
        const char *verb = claim->least > 0 ? "is" : claim->most > 0 ? "may be" : "is not";
        return g_strdup_printf("`%s` %s", claim->person->item.id, verb);
    }
    if (claim->least != claim->most) {
        return g_strdup_printf("between %u and %u of %u are", claim->least, claim->most, claim->n_of);
    }
    return g_strdup_printf("%u of %u are", claim->least, claim->n_of);
}

static void refuse_claim(const Count *count)
{
    const OfClaim *claim = count->claim;
    g_autofree char *counted = describe_count(claim);
    g_autofree char *date = of_date_format(&count->at);
    char number[G_ASCII_DTOSTR_BUF_SIZE];
    g_autofree char *said = claim->has_count ? g_strdup_printf("%" G_GINT64_FORMAT, claim->count)
                                             : g_strdup(g_ascii_formatd(number, sizeof number, "%.6g", claim->share));
    GString *people = g_string_new(NULL);
    for (guint i = 0; claim->person == NULL && i < MIN(claim->counted.n, MOST_NAMED); i++) {
        g_string_append_printf(people, "%s%s", i == 0 ? ": " : ", ", claim->counted.items[i]->item.id);
    }
    if (people->len > 0 && claim->counted.n > MOST_NAMED) {
        g_string_append_printf(people, " and %u more", claim->counted.n - MOST_NAMED);
    }
    of_diagnostics_add(count->diagnostics, OF_SEVERITY_ERROR, "claim-contradicted", &claim->item.place, NULL,
                       "%s at `%s` on %s, the claim says %s%s", counted, claim->lab->item.id, date, said, people->str);
    g_string_free(people, TRUE);
}

static void check_claim(Count *count, OfClaim *claim, guint index)
{
    count->claim = claim;
    count->index = index;
    count->at = of_date_is_set(&claim->at) ? claim->at : of_date_from_day(count->build->story.last_day);
    count_people(count);
    claim->holds = holds(claim);
    if (!claim->holds && count->looks > 0) {
        refuse_claim(count);
    }
}

static void link_stints(Count *count)
{
    const OfStory *story = &count->build->story;
    for (guint i = 0; i < story->moves.n; i++) {
        const OfMove *move = story->moves.items[i];
        if (move->leaves != NULL && move->enters != NULL) {
            g_hash_table_insert(count->next, OF_MUTABLE(OfStint, move->leaves), OF_MUTABLE(OfStint, move->enters));
            g_hash_table_insert(count->previous, OF_MUTABLE(OfStint, move->enters), OF_MUTABLE(OfStint, move->leaves));
        }
    }
}

void of_story_check_claims(OfStoryBuild *build, OfDiagnostics *diagnostics)
{
    const OfStory *story = &build->story;
    if (story->claims.n == 0) {
        return;
    }
    g_autoptr(GHashTable) next = g_hash_table_new(NULL, NULL);
    g_autoptr(GHashTable) previous = g_hash_table_new(NULL, NULL);
    g_autofree guint *known_first = g_new0(guint, story->labs.n);
    g_autofree guint *known_last = g_new0(guint, story->labs.n);
    Count count = {build, diagnostics, next, previous, known_first, known_last, MOST_LOOKS, NULL, 0, {0}};
    link_stints(&count);
    for (guint i = 0; i < story->claims.n && count.looks > 0; i++) {
        check_claim(&count, OF_MUTABLE(OfClaim, story->claims.items[i]), i);
    }
    if (count.looks <= 0) {
        of_diagnostics_add(diagnostics, OF_SEVERITY_ERROR, "too-many-claims", NULL, NULL,
                           "the claims would have people counted more than %" G_GINT64_FORMAT " times", MOST_LOOKS)
            ->kind = OF_KIND_LIMIT;
    }
}
