/* How labs hang together over time. */
#include "model/seal.h"

#include <stddef.h>

/* Steps that looking for circles may take, all events together: an input whose labs nest thousands deep and move about
 * thousands of times would take hours. */
#define MOST_STEPS G_GINT64_CONSTANT(50000000)

typedef struct {
    const OfEvent *event;
    OfDay day;
    char *circle; /* what speaks against it; NULL until something does */
} Reparent;

typedef struct {
    OfStoryBuild *build;
    OfDiagnostics *diagnostics;
    const OfLab **parent;  /* [lab]: as far as events have been applied */
    const OfEvent **moved; /* [lab]: the last event applied, or NULL */
    GArray *states;        /* of OfLabStateEntry */
    gint64 steps;          /* left of MOST_STEPS */
} Tree;

static const char *lab_in_circle(guint i, gconstpointer data)
{
    const GPtrArray *labs = data;
    return ((const OfLab *) g_ptr_array_index(labs, i))->item.id;
}

static void add_state(Tree *tree, const OfLab *lab, const OfLab *parent, const OfEvent *event, OfDay day)
{
    OfLabStateEntry entry = {.lab = lab->index, .state = {.day = day, .event = event, .parent = parent}};
    if (event != NULL) {
        entry.state.date = event->date;
    }
    g_array_append_val(tree->states, entry);
}

/* ---- The tree at the start ---- */

static void refuse_circle_at_start(Tree *tree, const OfLab *first)
{
    g_autoptr(GPtrArray) circle = g_ptr_array_new();
    const OfLab *lab = first;
    do {
        g_ptr_array_add(circle, OF_MUTABLE(OfLab, lab));
        lab = tree->parent[lab->index];
    } while (lab != first);
    if (circle->len == 1) {
        of_seal_error(tree->diagnostics, "self-parent", &first->item.place, NULL, NULL, "`%s` is given as its own parent",
                      first->item.id);
        return;
    }
    const OfLab *above = g_ptr_array_index(circle, 1);
    g_autofree char *ids = of_seal_list_keys(circle->len, lab_in_circle, circle);
    of_seal_error(tree->diagnostics, "parent-cycle", &first->item.place, &above->item.place, NULL,
                  "parents run in a circle: %s, and again `%s`; each names the next as its parent", ids, first->item.id);
}

/* Reports each circle at the least of its labs, and opens it there so that the rest can be looked at. */
static void begin_tree(Tree *tree)
{
    const OfStory *story = &tree->build->story;
    guint n = story->labs.n;
    g_autofree guint *walk = g_new0(guint, (gsize) n + 1); /* the walk that came through first, from 1 */
    for (guint i = 0; i < n; i++) {
        tree->parent[i] = story->labs.items[i]->parent;
    }
    for (guint i = 0; i < n; i++) {
        const OfLab *lab = story->labs.items[i];
        while (lab != NULL && walk[lab->index] == 0) {
            walk[lab->index] = i + 1;
            lab = tree->parent[lab->index];
        }
        if (lab == NULL || walk[lab->index] != i + 1) {
            continue;
        }
        const OfLab *least = lab;
        for (const OfLab *at = tree->parent[lab->index]; at != lab; at = tree->parent[at->index]) {
            least = at->index < least->index ? at : least;
        }
        refuse_circle_at_start(tree, least);
        tree->parent[least->index] = NULL;
    }
    for (guint i = 0; i < n; i++) {
        add_state(tree, story->labs.items[i], tree->parent[i], NULL, OF_DAY_MIN);
    }
}

/* ---- Reparenting ---- */

static int compare_reparents(gconstpointer a, gconstpointer b)
{
    const Reparent *x = a, *y = b;
    if (x->day != y->day) {
        return x->day < y->day ? -1 : 1;
    }
    return x->event->index < y->event->index ? -1 : x->event->index > y->event->index;
}

/* Whether the event would put its lab below itself as things stand; the first time, keeps the way up in reparent->circle. */
static bool makes_circle(Tree *tree, Reparent *reparent)
{
    const OfLab *lab = reparent->event->lab, *at = reparent->event->to;
    while (at != NULL && at != lab && tree->steps > 0) {
        at = tree->parent[at->index];
        tree->steps--;
    }
    if (at != lab) {
        return false;
    }
    if (reparent->circle == NULL) {
        g_autoptr(GPtrArray) circle = g_ptr_array_new();
        for (at = reparent->event->to; at != lab; at = tree->parent[at->index]) {
            g_ptr_array_add(circle, OF_MUTABLE(OfLab, at));
        }
        g_ptr_array_add(circle, OF_MUTABLE(OfLab, lab));
        reparent->circle = of_seal_list_keys(circle->len, lab_in_circle, circle);
    }
    return true;
}

static void apply_reparent(Tree *tree, const Reparent *reparent, OfDay day)
{
    OfEvent *event = OF_MUTABLE(OfEvent, reparent->event);
    guint lab = event->lab->index;
    if (tree->parent[lab] == event->to) {
        const char *parent = event->to != NULL ? event->to->item.id : NULL;
        of_diagnostics_add(tree->diagnostics, OF_SEVERITY_WARNING, "no-change", &event->item.place, NULL, "`%s` %s%s%s already",
                           event->lab->item.id, parent != NULL ? "is part of `" : "stands at the top", parent != NULL ? parent : "",
                           parent != NULL ? "`" : "");
    }
    event->day = day;
    tree->parent[lab] = event->to;
    tree->moved[lab] = event;
    add_state(tree, event->lab, event->to, event, day);
}

/* Applies what has become possible by `enabler`, whose day it cannot precede. */
static void apply_waiting(Tree *tree, GArray *waiting, const OfEvent *enabler)
{
    for (guint i = 0; i < waiting->len && tree->steps > 0;) {
        tree->steps--;
        Reparent *reparent = &g_array_index(waiting, Reparent, i);
        const OfEvent *before = tree->moved[reparent->event->lab->index];
        if (!of_date_may_precede(&enabler->date, &reparent->event->date) ||
            (before != NULL && !of_date_may_precede(&before->date, &reparent->event->date)) || makes_circle(tree, reparent)) {
            i++;
            continue;
        }
        apply_reparent(tree, reparent, MAX(reparent->day, enabler->day));
        enabler = reparent->event;
        g_free(reparent->circle);
        g_array_remove_index(waiting, i);
        i = 0;
    }
}

static void refuse_waiting(Tree *tree, GArray *waiting)
{
    for (guint i = 0; i < waiting->len; i++) {
        Reparent *reparent = &g_array_index(waiting, Reparent, i);
        const OfEvent *event = reparent->event;
        if (event->to == event->lab) {
            of_seal_error(tree->diagnostics, "self-parent", &event->item.place, NULL, NULL, "`%s` is made its own parent",
                          event->lab->item.id);
        } else {
            of_seal_error(tree->diagnostics, "parent-cycle", &event->item.place, NULL, NULL,
                          "`%s` cannot become part of `%s`, which is below it: %s", event->lab->item.id, event->to->item.id,
                          reparent->circle);
        }
        g_free(reparent->circle);
    }
}

static GArray *list_reparents(const OfStory *story)
{
    GArray *list = g_array_new(FALSE, FALSE, sizeof(Reparent));
    for (guint i = 0; i < story->events.n; i++) {
        of_events_expect(story, i);
        const OfEvent *event = story->events.items[i];
        if (event->type == OF_EVENT_REPARENT) {
            Reparent reparent = {.event = event, .day = of_lab_clamp_day(event->lab, of_date_middle(&event->date))};
            g_array_append_val(list, reparent);
        }
    }
    g_array_sort(list, compare_reparents);
    return list;
}

/* Events are applied by the day they are drawn at, over all labs, so that the tree of any day is one that was looked at here.
 * One that would make a circle waits for others, as long as its date allows. */
static void move_labs(Tree *tree)
{
    g_autoptr(GArray) list = list_reparents(&tree->build->story);
    g_autoptr(GArray) waiting = g_array_new(FALSE, FALSE, sizeof(Reparent));
    for (guint i = 0; i < list->len && tree->steps > 0; i++) {
        Reparent *reparent = &g_array_index(list, Reparent, i);
        if (makes_circle(tree, reparent)) {
            g_array_append_vals(waiting, reparent, 1);
        } else {
            apply_reparent(tree, reparent, reparent->day);
            apply_waiting(tree, waiting, reparent->event);
        }
    }
    if (tree->steps <= 0) {
        of_diagnostics_add(tree->diagnostics, OF_SEVERITY_ERROR, "tree-too-deep", NULL, NULL,
                           "labs nest too deep to follow how they move within the tree")
            ->kind = OF_KIND_LIMIT;
    }
    refuse_waiting(tree, waiting);
}

/* ---- Children ---- */

static int compare_pairs(gconstpointer a, gconstpointer b)
{
    guint64 x = *(const guint64 *) a, y = *(const guint64 *) b;
    return x < y ? -1 : x > y;
}

static void list_children(Tree *tree)
{
    const OfStory *story = &tree->build->story;
    g_autoptr(GArray) pairs = g_array_new(FALSE, FALSE, sizeof(guint64)); /* parent, child: indices are in the order of ids */
    for (guint i = 0; i < tree->states->len; i++) {
        const OfLabStateEntry *entry = &g_array_index(tree->states, OfLabStateEntry, i);
        if (entry->state.parent != NULL) {
            guint64 pair = (guint64) entry->state.parent->index << 32 | entry->lab;
            g_array_append_val(pairs, pair);
        }
    }
    g_array_sort(pairs, compare_pairs);
    const OfLab **children = of_arena_new_array(tree->build->arena, const OfLab *, pairs->len);
    for (guint i = 0; i < pairs->len; i++) {
        guint64 pair = g_array_index(pairs, guint64, i);
        if (i > 0 && pair == g_array_index(pairs, guint64, i - 1)) {
            continue;
        }
        OfLab *parent = OF_MUTABLE(OfLab, story->labs.items[pair >> 32]);
        if (parent->children.n == 0) {
            parent->children.items = &children[i];
        }
        /* A list begins at its first pair, so what duplicates leave free lies behind it. */
        OF_MUTABLE(const OfLab *, parent->children.items)[parent->children.n++] = story->labs.items[(guint32) pair];
    }
}

static void check_child(Tree *tree, const OfLab *child, const OfLabState *state, const OfLabState *next)
{
    const OfLab *parent = state->parent;
    if (parent == NULL || !of_date_is_set(&parent->end)) {
        return;
    }
    const OfDate *since = state->event != NULL ? &state->date : &child->begin;
    bool moves = next != NULL && of_date_may_precede(&next->date, &parent->end);
    bool ends = of_date_is_set(&child->end) && of_date_may_precede(&child->end, &parent->end);
    g_autofree char *date = of_date_format(&parent->end);
    const OfPlace *place = parent->end_event != NULL ? &parent->end_event->item.place : &parent->item.place;
    if (of_date_is_set(since) && !of_date_may_precede(since, &parent->end)) {
        if (state->event == NULL) {
            of_seal_set_other(of_diagnostics_add(tree->diagnostics, OF_SEVERITY_WARNING, "outside-lifetime", &child->item.place,
                                                 NULL, "`%s` begins after its parent `%s` has ended (%s)", child->item.id,
                                                 parent->item.id, date),
                              place);
        }
    } else if (!moves && !ends) {
        char *hint = g_strdup_printf("close `%s`, or give it another parent by a `reparent`, before that", child->item.id);
        of_seal_error(tree->diagnostics, "open-children", place, &child->item.place, hint,
                      "`%s` ends (%s) while `%s` is still part of it", parent->item.id, date, child->item.id);
    }
}

static void check_children(Tree *tree)
{
    const OfStory *story = &tree->build->story;
    for (guint i = 0; i < story->labs.n; i++) {
        const OfLab *lab = story->labs.items[i];
        for (guint k = 0; k < lab->parents.n; k++) {
            check_child(tree, lab, lab->parents.items[k], k + 1 < lab->parents.n ? lab->parents.items[k + 1] : NULL);
        }
    }
}

void of_seal_tree(OfStoryBuild *build, OfDiagnostics *diagnostics)
{
    guint n = build->story.labs.n;
    g_autofree const OfLab **parent = g_new0(const OfLab *, (gsize) n + 1);
    g_autofree const OfEvent **moved = g_new0(const OfEvent *, (gsize) n + 1);
    g_autoptr(GArray) states = g_array_new(FALSE, FALSE, sizeof(OfLabStateEntry));
    Tree tree = {build, diagnostics, parent, moved, states, MOST_STEPS};
    begin_tree(&tree);
    move_labs(&tree);
    of_seal_give_states(build, states, offsetof(OfLab, parents));
    list_children(&tree);
    check_children(&tree);
}
