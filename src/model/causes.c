/* What led to what, and whether time allows it. No event is its own cause: decode refuses that. */
#include "model/seal.h"

typedef struct {
    const OfStory *story;
    OfDiagnostics *diagnostics;
    guint *waiting;  /* [event]: causes that are not settled yet */
    guint *earliest; /* [event]: the event (itself, a cause, a cause of a cause …) before which it cannot have been */
    guint *queue;    /* events whose causes are settled */
    guint n_queue;
} Causes;

static bool can_cause(const OfEvent *cause, const OfEvent *effect)
{
    return of_date_may_precede(&cause->date, &effect->date);
}

static void refuse_early_effect(Causes *causes, const OfEvent *effect, const OfEvent *cause)
{
    const OfEvent *root = causes->story->events.items[causes->earliest[cause->index]];
    g_autofree char *effect_date = of_date_format(&effect->date);
    g_autofree char *cause_date = of_date_format(&cause->date);
    g_autofree char *root_date = of_date_format(&root->date);
    char *hint = NULL;
    if (root != cause && can_cause(cause, effect)) {
        hint = g_strdup_printf("`%s` itself follows from `%s` (%s)", cause->item.key, root->item.key, root_date);
    }
    of_seal_error(causes->diagnostics, "effect-before-cause", &effect->item.place, &cause->item.place, hint,
                  "`%s` (%s) comes before its cause `%s` (%s)", effect->item.key, effect_date, cause->item.key, cause_date);
}

/* Kahn's algorithm: each event after its causes, with the day before which it cannot have been. */
static void settle_events(Causes *causes)
{
    const OfStory *story = causes->story;
    for (guint i = 0; i < story->events.n; i++) {
        of_events_expect(story, i);
        const OfEvent *event = story->events.items[i];
        causes->earliest[i] = i;
        for (guint k = 0; k < event->because.n; k++) {
            causes->waiting[i] += can_cause(event->because.items[k], event);
        }
        if (causes->waiting[i] == 0) {
            causes->queue[causes->n_queue++] = i;
        }
    }
    for (guint head = 0; head < causes->n_queue; head++) {
        guint index = causes->queue[head];
        const OfEvent *event = story->events.items[index];
        OfDay earliest = event->date.first;
        for (guint k = 0; k < event->because.n; k++) {
            guint root = causes->earliest[event->because.items[k]->index];
            OfDay day = story->events.items[root]->date.first;
            if (day > event->date.last) {
                refuse_early_effect(causes, event, event->because.items[k]);
            } else if (day > earliest) {
                earliest = day;
                causes->earliest[index] = root;
            }
        }
        for (guint k = 0; k < event->effects.n; k++) {
            const OfEvent *effect = event->effects.items[k];
            if (can_cause(event, effect) && --causes->waiting[effect->index] == 0) {
                causes->queue[causes->n_queue++] = effect->index;
            }
        }
    }
}

/* The first cause of an unsettled event that is not settled either: there is one, else the event would be settled. */
static guint unsettled_cause(const Causes *causes, guint index)
{
    const OfEvent *event = causes->story->events.items[index];
    guint k = 0;
    while (causes->waiting[event->because.items[k]->index] == 0 || !can_cause(event->because.items[k], event)) {
        k++;
    }
    return event->because.items[k]->index;
}

static const char *key_in_circle(guint i, gconstpointer data)
{
    const GPtrArray *circle = data;
    return ((const OfEvent *) g_ptr_array_index(circle, i))->item.key;
}

/* at: one event of the circle. */
static void refuse_circle(Causes *causes, guint at)
{
    g_autoptr(GPtrArray) circle = g_ptr_array_new();
    guint first = at;
    for (guint i = unsettled_cause(causes, at); i != at; i = unsettled_cause(causes, i)) {
        first = MIN(first, i);
    }
    guint next = first;
    do {
        g_ptr_array_add(circle, OF_MUTABLE(OfEvent, causes->story->events.items[next]));
        next = unsettled_cause(causes, next);
    } while (next != first);
    const OfEvent *event = causes->story->events.items[first];
    const OfEvent *other = g_ptr_array_index(circle, 1);
    g_autofree char *keys = of_seal_list_keys(circle->len, key_in_circle, circle);
    of_seal_error(causes->diagnostics, "cause-cycle", &event->item.place, &other->item.place, NULL,
                  "causes run in a circle: %s, and again `%s`; each names the next in `because`", keys, event->item.key);
}

/* Follows the first unsettled cause of each unsettled event: every such way ends in a circle. */
static void find_circles(Causes *causes)
{
    guint n = causes->story->events.n;
    g_autofree guint *walk = g_new0(guint, (gsize) n + 1); /* the walk that came through first, from 1 */
    for (guint i = 0; i < n; i++) {
        guint at = i;
        while (causes->waiting[at] > 0 && walk[at] == 0) {
            walk[at] = i + 1;
            at = unsettled_cause(causes, at);
        }
        if (causes->waiting[at] > 0 && walk[at] == i + 1) {
            refuse_circle(causes, at);
        }
    }
}

void of_seal_causes(OfStoryBuild *build, OfDiagnostics *diagnostics)
{
    guint n = build->story.events.n;
    g_autofree guint *waiting = g_new0(guint, (gsize) n + 1);
    g_autofree guint *earliest = g_new0(guint, (gsize) n + 1);
    g_autofree guint *queue = g_new0(guint, (gsize) n + 1);
    Causes causes = {&build->story, diagnostics, waiting, earliest, queue, 0};
    settle_events(&causes);
    if (causes.n_queue < n) {
        find_circles(&causes);
    }
}
