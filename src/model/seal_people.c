/* Stage 3: people. See people.h for the way it goes. */
#include "model/people.h"

#include "base/keyed.h"
#include "base/prefetch.h"
#include "base/progress.h"

#define MOST_LOOKS   G_GINT64_CONSTANT(50000000) /* for ordering steps whose dates overlap, all people together */
#define MOST_CARRIED G_GINT64_CONSTANT(2000000)  /* steps that endings of labs may give, all people together */

/* ---- Which events name whom ---- */

#define SOON 8 /* events */

typedef void (*EachNaming)(OfPeople *people, const OfPerson *person, OfNaming naming);

static void each_naming(OfPeople *people, EachNaming each)
{
    const OfStory *story = &people->build->story;
    for (guint i = 0; i < story->events.n; i++) {
        of_events_expect(story, i);
        const OfEvent *event = story->events.items[i];
        if (i + SOON < story->events.n && story->events.items[i + SOON]->people.n > 0) {
            OF_PREFETCH(&story->events.items[i + SOON]->people.items[0]->index);
        }
        for (guint k = 0; k < event->people.n; k++) {
            each(people, event->people.items[k], (OfNaming){event, NULL});
        }
        for (guint k = 0; k < event->into.n; k++) {
            const OfSplitPart *part = event->into.items[k];
            for (guint j = 0; j < part->people.n; j++) {
                each(people, part->people.items[j], (OfNaming){event, part->lab});
            }
        }
    }
}

static void count_naming(OfPeople *people, const OfPerson *person, G_GNUC_UNUSED OfNaming naming)
{
    people->start[person->index + 2]++;
}

static void put_naming(OfPeople *people, const OfPerson *person, OfNaming naming)
{
    people->namings[people->start[person->index + 1]++] = naming;
}

static void list_namings(OfPeople *people)
{
    guint n = people->build->story.people.n;
    people->start = g_new0(guint, (gsize) n + 2);
    each_naming(people, count_naming);
    for (guint i = 2; i < n + 2; i++) {
        people->start[i] += people->start[i - 1];
    }
    people->n_namings = people->start[n + 1];
    people->namings = g_new(OfNaming, (gsize) people->n_namings + 1);
    each_naming(people, put_naming); /* start[i + 1] runs from the first of person i to the first of the next */
}

/* ---- Beginning and end ---- */

static void people_init(OfPeople *people, OfStoryBuild *build, OfDiagnostics *diagnostics)
{
    const OfStory *story = &build->story;
    *people = (OfPeople){.build = build, .diagnostics = diagnostics, .n_carried = MOST_CARRIED};
    people->chain = of_chain_new(story->labs.n, MOST_LOOKS);
    people->steps = g_array_new(FALSE, FALSE, sizeof(OfPersonStep));
    people->plain = g_array_new(FALSE, FALSE, sizeof(OfStep));
    people->links = g_array_new(FALSE, FALSE, sizeof(OfLink));
    people->days = g_array_new(FALSE, FALSE, sizeof(OfDrawnDay));
    people->stays = g_array_new(FALSE, FALSE, sizeof(OfStay));
    people->roles = g_array_new(FALSE, FALSE, sizeof(OfStayRole));
    people->leads = g_array_new(FALSE, FALSE, sizeof(OfLeadChange));
    people->unlisted = g_array_new(FALSE, FALSE, sizeof(OfUnlisted));
    people->touched_labs = g_array_new(FALSE, FALSE, sizeof(guint));
    people->moves = g_array_new(FALSE, FALSE, sizeof(OfKeyed));
    people->stints = g_array_new(FALSE, FALSE, sizeof(OfKeyed));
    of_token_set_init(&people->at, story->labs.n);
    people->stay_at = g_new0(guint, story->labs.n);
    people->touched = g_new0(guint, story->labs.n);
    people->outlived = g_new0(guint, story->labs.n);
    people->listed = g_new0(guint, story->events.n);
    people->drawn = g_new0(bool, story->events.n);
    list_namings(people);
}

static void people_clear(OfPeople *people)
{
    GArray *arrays[] = {people->steps, people->plain, people->links,    people->days,        people->stays,
                        people->roles, people->leads, people->unlisted, people->touched_labs};
    for (guint i = 0; i < G_N_ELEMENTS(arrays); i++) {
        g_array_unref(arrays[i]);
    }
    of_chain_free(people->chain);
    g_array_unref(people->moves);
    g_array_unref(people->stints);
    of_token_set_clear(&people->at);
    g_free(people->stay_at);
    g_free(people->touched);
    g_free(people->outlived);
    g_free(people->listed);
    g_free(people->drawn);
    g_free(people->start);
    g_free(people->namings);
}

/* ---- One after another ---- */

static void seal_person(OfPeople *people)
{
    guint n = people->steps->len;
    const OfPerson *person = people->person;
    g_array_set_size(people->links, n);
    bool found =
        of_chain_order(people->chain, &g_array_index(people->plain, OfStep, 0), n, &g_array_index(people->links, OfLink, 0));
    if (!found) {
        of_diagnostics_add(people->diagnostics, OF_SEVERITY_ERROR, "order-not-found", &person->item.place,
                           g_strdup("say more exactly when things happened"),
                           "no order of the %u events of `%s` was found in which each fits", n, person->item.id)
            ->kind = OF_KIND_LIMIT;
        g_array_set_size(people->links, 0);
    }
    of_people_make_stints(people);
}

#define PEOPLE_A_TURN 4096 /* between two words about progress */

static void seal_each(OfPeople *people)
{
    const OfStory *story = &people->build->story;
    for (guint i = 0; i < story->people.n; i++) {
        if (i % PEOPLE_A_TURN == 0 && !of_progress_tell("sealing", (double) i / story->people.n)) {
            return; /* who asked knows that what there is is not the whole */
        }
        of_people_expect(story, i);
        people->person = story->people.items[i];
        if (!of_people_list_steps(people)) {
            of_diagnostics_add(people->diagnostics, OF_SEVERITY_ERROR, "too-many-moves", NULL, NULL,
                               "closing, merging and splitting labs would move people more than %" G_GINT64_FORMAT " times",
                               MOST_CARRIED)
                ->kind = OF_KIND_LIMIT;
            return;
        }
        seal_person(people);
    }
}

/* ---- What labs learn ---- */

/* Labs get their stints, by day; sorting is stable and people come one after another, so that people are in order within a day,
 * and one person's stints too. */
static void give_lab_stints(OfPeople *people)
{
    const OfStory *story = &people->build->story;
    OfKeyed *stints = (OfKeyed *) (gpointer) people->stints->data;
    const guint n = people->stints->len;
    of_keyed_sort(stints, n);
    const OfStint **items = of_arena_new_array(people->build->arena, const OfStint *, n);
    for (guint i = 0; i < n; i++) {
        items[i] = stints[i].item;
    }
    guint next = 0;
    for (guint i = 0; i < story->labs.n; i++) {
        OfLab *lab = OF_MUTABLE(OfLab, story->labs.items[i]);
        guint first = next;
        while (next < n && of_key_from_pair((gint32) i, OF_DAY_MAX) >= stints[next].key) {
            next++;
        }
        lab->stints.items = next > first ? items + first : NULL;
        lab->stints.n = next - first;
    }
}

bool of_story_seal_people(OfStoryBuild *build, OfDiagnostics *diagnostics)
{
    guint n_errors = of_diagnostics_count_severity(diagnostics, OF_SEVERITY_ERROR);
    OfPeople people;
    people_init(&people, build, diagnostics);
    seal_each(&people);
    of_people_report_unlisted(&people);
    of_people_give_leads(&people);
    of_people_give_moves(&people);
    give_lab_stints(&people);
    people_clear(&people);
    return of_diagnostics_count_severity(diagnostics, OF_SEVERITY_ERROR) == n_errors;
}
