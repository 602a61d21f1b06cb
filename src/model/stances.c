/* What labs stand for and what they are called, over time. */
#include "model/seal.h"

#include <stddef.h>
#include <string.h>

#define MOST_LOOKS G_GINT64_CONSTANT(10000000) /* for ordering shifts whose dates overlap, all labs together */

typedef struct {
    OfStoryBuild *build;
    OfDiagnostics *diagnostics;
    OfChain *chain;
    GHashTable *tokens; /* OfStrategy -> its index */
    GArray *states;     /* of OfLabStateEntry */
    GArray *steps, *links, *days;
} Stances;

/* Events of one type, each lab's together, in the order of the story within a lab. */
static GPtrArray *list_events(const OfStory *story, OfEventType type)
{
    g_autofree guint *start = g_new0(guint, (gsize) story->labs.n + 1);
    guint n = 0;
    for (guint i = 0; i < story->events.n; i++) {
        of_events_expect(story, i);
        if (story->events.items[i]->type == type) {
            start[story->events.items[i]->lab->index + 1]++;
            n++;
        }
    }
    for (guint i = 1; i <= story->labs.n; i++) {
        start[i] += start[i - 1];
    }
    GPtrArray *list = g_ptr_array_new();
    g_ptr_array_set_size(list, (gint) n);
    for (guint i = 0; n > 0 && i < story->events.n; i++) {
        of_events_expect(story, i);
        OfEvent *event = OF_MUTABLE(OfEvent, story->events.items[i]);
        if (event->type == type) {
            list->pdata[start[event->lab->index]++] = event;
        }
    }
    return list;
}

static void add_state(GArray *states, const OfLab *lab, OfLabState state)
{
    OfLabStateEntry entry = {lab->index, state};
    g_array_append_val(states, entry);
}

/* ---- Stances ---- */

static guint token_of(const Stances *stances, const OfStrategy *strategy)
{
    return strategy != NULL ? GPOINTER_TO_UINT(g_hash_table_lookup(stances->tokens, strategy)) : OF_NOWHERE;
}

static void report_shift(Stances *stances, const OfEvent *event, OfFit fit, const OfStrategy *stance)
{
    const char *id = event->lab->item.id;
    if (fit == OF_FIT_SAME) {
        of_diagnostics_add(stances->diagnostics, OF_SEVERITY_WARNING, "no-change", &event->item.place, NULL,
                           "the stance of `%s` is `%s` already", id, event->to_strategy->item.id);
    } else if (stance == NULL) {
        of_seal_error(stances->diagnostics, "not-the-stance", &event->item.place, NULL, NULL,
                      "`%s` cannot shift from `%s`: it has no stance then", id, event->from_strategy->item.id);
    } else {
        of_seal_error(stances->diagnostics, "not-the-stance", &event->item.place, NULL, NULL,
                      "`%s` cannot shift from `%s`: its stance is `%s` then", id, event->from_strategy->item.id, stance->item.id);
    }
}

static void add_step(Stances *stances, const OfStrategy *from, const OfStrategy *to, OfDay first, OfDay last)
{
    OfStep step = {.from = token_of(stances, from), .to = token_of(stances, to), .first = first, .last = last};
    step.kind = from == NULL ? OF_STEP_TURN : from == to ? OF_STEP_STAY : OF_STEP_MOVE;
    g_array_append_val(stances->steps, step);
}

static void draw_shifts(Stances *stances, const OfLab *lab, OfEvent *const *events, guint n_events, guint opening)
{
    g_array_set_size(stances->days, n_events);
    OfDrawnDay *days = &g_array_index(stances->days, OfDrawnDay, 0);
    for (guint i = 0; i < n_events; i++) {
        const OfEvent *event = events[g_array_index(stances->links, OfLink, i + opening).step - opening];
        days[i] = (OfDrawnDay){of_date_middle(&event->date), event->date.last, lab->begin_day, lab->end_day, 0};
    }
    of_chain_draw(days, n_events);
    for (guint i = 0; i < n_events; i++) {
        events[g_array_index(stances->links, OfLink, i + opening).step - opening]->day = days[i].day;
    }
}

/* The shifts of one lab: those whose `from` is the stance first, then by earliest day, latest day and key. */
static void shift_lab(Stances *stances, const OfLab *lab, OfEvent *const *events, guint n_events)
{
    guint opening = lab->strategy != NULL;
    g_array_set_size(stances->steps, 0);
    if (opening) {
        add_step(stances, NULL, lab->strategy, OF_DAY_MIN - 1, OF_DAY_MIN - 1);
        add_state(stances->states, lab, (OfLabState){.day = OF_DAY_MIN, .strategy = lab->strategy});
    }
    for (guint i = 0; i < n_events; i++) {
        const OfEvent *event = events[i];
        add_step(stances, event->from_strategy, event->to_strategy, event->date.first, event->date.last);
    }
    guint n = stances->steps->len;
    g_array_set_size(stances->links, n);
    bool found =
        of_chain_order(stances->chain, &g_array_index(stances->steps, OfStep, 0), n, &g_array_index(stances->links, OfLink, 0));
    if (!found) {
        of_diagnostics_add(stances->diagnostics, OF_SEVERITY_ERROR, "order-not-found", &lab->item.place, NULL,
                           "no order of the %u shifts of `%s` was found in which each fits", n_events, lab->item.id)
            ->kind = OF_KIND_LIMIT;
    }
    draw_shifts(stances, lab, events, n_events, opening);
    const OfStrategy *stance = lab->strategy;
    for (guint i = opening; i < n; i++) {
        const OfLink *link = &g_array_index(stances->links, OfLink, i);
        const OfEvent *event = events[link->step - opening];
        bool stays = g_array_index(stances->steps, OfStep, link->step).kind == OF_STEP_STAY;
        OfFit fit = stays && link->fit == OF_FIT_WELL ? OF_FIT_SAME : link->fit;
        if (fit != OF_FIT_WELL && found) {
            report_shift(stances, event, fit, stance);
        }
        stance = event->to_strategy;
        add_state(stances->states, lab, (OfLabState){event->date, event->day, event, .strategy = stance});
    }
}

static void seal_stances(OfStoryBuild *build, OfDiagnostics *diagnostics)
{
    const OfStory *story = &build->story;
    g_autoptr(GPtrArray) events = list_events(story, OF_EVENT_SHIFT);
    g_autoptr(GHashTable) tokens = g_hash_table_new(NULL, NULL);
    for (guint i = 0; i < story->strategies.n; i++) {
        g_hash_table_insert(tokens, OF_MUTABLE(OfStrategy, story->strategies.items[i]), GUINT_TO_POINTER(i));
    }
    g_autoptr(OfChain) chain = of_chain_new(story->strategies.n, MOST_LOOKS);
    g_autoptr(GArray) states = g_array_new(FALSE, FALSE, sizeof(OfLabStateEntry));
    g_autoptr(GArray) steps = g_array_new(FALSE, FALSE, sizeof(OfStep));
    g_autoptr(GArray) links = g_array_new(FALSE, FALSE, sizeof(OfLink));
    g_autoptr(GArray) days = g_array_new(FALSE, FALSE, sizeof(OfDrawnDay));
    Stances stances = {build, diagnostics, chain, tokens, states, steps, links, days};
    guint next = 0;
    for (guint i = 0; i < story->labs.n; i++) {
        guint first = next;
        while (next < events->len && ((const OfEvent *) events->pdata[next])->lab->index == i) {
            next++;
        }
        shift_lab(&stances, story->labs.items[i], (OfEvent *const *) events->pdata + first, next - first);
    }
    of_seal_give_states(build, states, offsetof(OfLab, stances));
}

/* ---- Names ---- */

static int compare_drawn_days(gconstpointer a, gconstpointer b)
{
    const OfEvent *x = *(const OfEvent *const *) a, *y = *(const OfEvent *const *) b;
    if (x->lab != y->lab) {
        return x->lab->index < y->lab->index ? -1 : 1;
    }
    if (x->day != y->day) {
        return x->day < y->day ? -1 : 1;
    }
    return x->index < y->index ? -1 : x->index > y->index;
}

/* Names need nothing of each other, so the day they are drawn at says their order. */
static void seal_names(OfStoryBuild *build, OfDiagnostics *diagnostics)
{
    const OfStory *story = &build->story;
    g_autoptr(GPtrArray) events = list_events(story, OF_EVENT_RENAME);
    for (guint i = 0; i < events->len; i++) {
        OfEvent *event = events->pdata[i];
        event->day = of_lab_clamp_day(event->lab, of_date_middle(&event->date));
    }
    g_ptr_array_sort(events, compare_drawn_days);
    g_autoptr(GArray) states = g_array_new(FALSE, FALSE, sizeof(OfLabStateEntry));
    guint next = 0;
    for (guint i = 0; i < story->labs.n; i++) {
        const OfLab *lab = story->labs.items[i];
        const char *name = of_item_label(&lab->item);
        add_state(states, lab, (OfLabState){.day = OF_DAY_MIN, .name = name});
        for (; next < events->len && ((const OfEvent *) events->pdata[next])->lab == lab; next++) {
            const OfEvent *event = events->pdata[next];
            if (strcmp(event->new_name, name) == 0) {
                of_diagnostics_add(diagnostics, OF_SEVERITY_WARNING, "no-change", &event->item.place, NULL,
                                   "`%s` is called so already", lab->item.id);
            }
            name = event->new_name;
            add_state(states, lab, (OfLabState){event->date, event->day, event, .name = name});
        }
    }
    of_seal_give_states(build, states, offsetof(OfLab, names));
}

void of_seal_stances(OfStoryBuild *build, OfDiagnostics *diagnostics)
{
    seal_stances(build, diagnostics);
    seal_names(build, diagnostics);
}
