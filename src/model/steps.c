/* What one person did, as dated steps. */
#include "model/people.h"

#include "base/prefetch.h"
#include <string.h>

/* Steps are ordered by half days: a day and the midnight before it. */
#define AT_DAY(day)     ((day) *2)
#define BEFORE_DAY(day) ((day) *2 - 1)
#define BEFORE_ALL      BEFORE_DAY(OF_DAY_MIN)

#define SOON       8  /* namings */
#define CACHE_LINE 64 /* bytes */

#define PREDECESSORS 64u /* declared stints looked back at for the one that a stint follows upon */

static const OfLab *lab_of(const OfPeople *people, guint token)
{
    return people->build->story.labs.items[token];
}

/* Notes that the person can have been at the lab. */
static void touch_lab(OfPeople *people, guint token)
{
    if (token != OF_NOWHERE && people->touched[token] != people->person->index + 1) {
        people->touched[token] = people->person->index + 1;
        g_array_append_val(people->touched_labs, token);
    }
}

/* A step on a date, which may be not set: then it comes first. */
static OfPersonStep begin_step(const OfDate *date, const OfItem *item)
{
    bool dated = of_date_is_set(date);
    return (OfPersonStep){
        .step = {.from = OF_NOWHERE,
                 .to = OF_NOWHERE,
                 .first = dated ? AT_DAY(date->first) : BEFORE_ALL,
                 .last = dated ? AT_DAY(date->last) : BEFORE_ALL},
        .date = *date,
        .arrival = *date,
        .wanted = dated ? of_date_middle(date) : OF_DAY_MIN,
        .last = dated ? date->last : OF_DAY_MAX,
        .item = item,
    };
}

static void add_step(OfPeople *people, const OfPersonStep *step)
{
    touch_lab(people, step->step.to);
    if (step->step.from != OF_NOWHERE) {
        const OfLab *lab = lab_of(people, step->step.from);
        if (of_date_is_set(&lab->end) && step->step.first > AT_DAY(lab->end.last)) {
            people->outlived[lab->index] = people->person->index + 1;
        }
    }
    g_array_append_vals(people->steps, step, 1);
}

static guint token_of(const OfLab *lab)
{
    return lab != NULL ? lab->index : OF_NOWHERE;
}

/* ---- What the person declares ---- */

/* Whether the later stint begins where the earlier one ends: a common day, or the day after. */
static bool follows_upon(const OfStintDecl *later, const OfStintDecl *earlier)
{
    return of_date_meets(&earlier->to, &later->from) || earlier->to.last + 1 == later->from.first;
}

/* The stint that the i-th follows upon, so that its beginning is a move: of those not followed upon yet one at the same lab,
 * else the one that began last, where `concurrent` ones follow upon `concurrent` ones only and others rather upon the others.
 * G_MAXUINT: none. */
static guint find_predecessor(const OfPerson *person, guint i, const bool *followed)
{
    const OfStintDecl *decl = person->decls.items[i];
    guint found = G_MAXUINT;
    bool found_plain = false;
    if (!of_date_is_set(&decl->from)) {
        return G_MAXUINT;
    }
    for (guint k = i; k > 0 && i - k < PREDECESSORS; k--) {
        const OfStintDecl *earlier = person->decls.items[k - 1];
        if (followed[k - 1] || !of_date_is_set(&earlier->to) || !follows_upon(decl, earlier)) {
            continue;
        }
        if (earlier->lab == decl->lab) {
            return k - 1;
        }
        bool fits = !decl->concurrent || earlier->concurrent;
        bool better = found == G_MAXUINT || (!decl->concurrent && !found_plain && !earlier->concurrent);
        if (fits && better) {
            found = k - 1;
            found_plain = !earlier->concurrent;
        }
    }
    return found;
}

/* The beginning of a declared stint. earlier: the stint that it follows upon, or NULL. */
static void add_beginning(OfPeople *people, const OfStintDecl *decl, const OfStintDecl *earlier)
{
    bool meets = earlier != NULL && of_date_meets(&earlier->to, &decl->from);
    OfDate date = meets ? of_date_join(&earlier->to, &decl->from) : decl->from;
    OfPersonStep step = begin_step(&date, &decl->item);
    step.decl = decl;
    step.step.kind = OF_STEP_ARRIVE;
    step.step.to = decl->lab->index;
    step.step.concurrent = decl->concurrent;
    if (earlier != NULL && !meets) { /* where they touch, that is when it was */
        step.date = earlier->to;
        step.wanted = step.last = decl->from.first;
        step.step.first = step.step.last = BEFORE_DAY(decl->from.first);
    }
    if (earlier != NULL) {
        bool stays = earlier->lab == decl->lab;
        step.step.kind = stays ? OF_STEP_STAY : OF_STEP_MOVE;
        step.step.from = earlier->lab->index;
        step.step.to = stays ? OF_NOWHERE : decl->lab->index;
    }
    add_step(people, &step);
}

/* Whether the stint ends; an end before the beginning is reported and does not count. */
static bool check_end(OfPeople *people, const OfStintDecl *decl)
{
    if (!of_date_is_set(&decl->to)) {
        return false;
    }
    if (!of_date_is_set(&decl->from) || of_date_may_precede(&decl->from, &decl->to)) {
        return true;
    }
    g_autofree char *from = of_date_format(&decl->from);
    g_autofree char *to = of_date_format(&decl->to);
    of_seal_error(people->diagnostics, "end-before-start", &decl->item.place, NULL, NULL,
                  "the stint of `%s` at `%s` ends (%s) before it begins (%s)", people->person->item.id, decl->lab->item.id, to,
                  from);
    return false;
}

static void add_stints(OfPeople *people)
{
    const OfPerson *person = people->person;
    if (person->decls.n == 0) {
        return;
    }
    g_autofree bool *followed = g_new0(bool, person->decls.n);
    for (guint i = 0; i < person->decls.n; i++) {
        guint earlier = find_predecessor(person, i, followed);
        if (earlier != G_MAXUINT) {
            followed[earlier] = true;
        }
        add_beginning(people, person->decls.items[i], earlier != G_MAXUINT ? person->decls.items[earlier] : NULL);
    }
    for (guint i = 0; i < person->decls.n; i++) {
        const OfStintDecl *decl = person->decls.items[i];
        if (check_end(people, decl) && !followed[i]) {
            OfPersonStep step = begin_step(&decl->to, &decl->item);
            step.decl = decl;
            step.step.kind = OF_STEP_LEAVE;
            step.step.from = decl->lab->index;
            add_step(people, &step);
        }
    }
}

static void add_opening(OfPeople *people)
{
    const OfPerson *person = people->person;
    if (person->lab != NULL) {
        OfPersonStep step = begin_step(&person->since, &person->item);
        step.step.kind = OF_STEP_ARRIVE;
        step.step.to = person->lab->index;
        step.step.first = step.step.last = BEFORE_ALL; /* nothing comes before it */
        add_step(people, &step);
    }
}

/* ---- What events say ---- */

/* What an event asks of and does to somebody it names. */
static void set_step(OfStep *step, const OfNaming *naming)
{
    const OfEvent *event = naming->event;
    step->from = token_of(event->from);
    step->to = token_of(event->to);
    step->concurrent = event->concurrent;
    switch (event->type) {
    case OF_EVENT_JOIN:
        step->kind = OF_STEP_ARRIVE;
        break;
    case OF_EVENT_LEAVE:
        step->kind = event->from != NULL ? OF_STEP_LEAVE : OF_STEP_LEAVE_ONE;
        break;
    case OF_EVENT_MOVE:
        step->kind = event->from != NULL ? OF_STEP_MOVE : OF_STEP_MOVE_ONE;
        break;
    case OF_EVENT_FOUND:
        step->kind = event->from != NULL ? OF_STEP_MOVE : OF_STEP_SETTLE;
        step->to = event->lab->index;
        break;
    case OF_EVENT_SPLIT:
        step->kind = naming->part == event->lab ? OF_STEP_STAY : OF_STEP_MOVE;
        step->from = event->lab->index;
        step->to = naming->part == event->lab ? OF_NOWHERE : naming->part->index;
        break;
    default: /* a role */
        step->kind = OF_STEP_STAY;
        step->from = event->lab->index;
        break;
    }
}

/* Whether a date is surely before the person's chain begins: before `since`. */
static bool is_before_since(const OfPeople *people, const OfDate *date)
{
    const OfDate *since = &people->person->since;
    return people->person->lab != NULL && of_date_is_set(since) && !of_date_may_precede(since, date);
}

/* Whether a step of an event does not come before `since`. */
static bool check_since(OfPeople *people, const OfPersonStep *step)
{
    const OfPerson *person = people->person;
    if (!is_before_since(people, &step->date)) {
        return true;
    }
    g_autofree char *since = of_date_format(&person->since);
    g_autofree char *date = of_date_format(&step->date);
    of_seal_error(people->diagnostics, "before-since", &step->item->place, &person->item.place,
                  g_strdup("say in `stints` where they were before"), "`%s` is at `%s` since %s, but `%s` has them on %s",
                  person->item.id, person->lab->item.id, since, step->item->key, date);
    return false;
}

static void add_naming(OfPeople *people, const OfNaming *naming)
{
    const OfEvent *event = naming->event;
    OfPersonStep step = begin_step(&event->date, &event->item);
    const OfLab *lab = event->lab;
    if (lab != NULL && lab->begin_event == event) {
        step = begin_step(&lab->begin, &event->item);
        step.wanted = lab->begin_day;
    } else if (lab != NULL && lab->end_event == event) {
        step = begin_step(&lab->end, &event->item);
        step.wanted = lab->end_day;
    }
    step.event = event;
    set_step(&step.step, naming);
    if (event->type == OF_EVENT_SPLIT) {
        people->listed[event->index] = people->person->index + 1;
    }
    if (check_since(people, &step)) {
        add_step(people, &step);
    }
}

static void add_namings(OfPeople *people)
{
    guint first = people->start[people->person->index], end = people->start[people->person->index + 1];
    for (guint i = first; i < end; i++) {
        /* Others' come next, from anywhere in the story. */
        const char *soon = (const char *) people->namings[MIN(i + SOON, people->n_namings - 1)].event;
        for (gsize at = 0; at < sizeof(OfEvent); at += CACHE_LINE) {
            OF_PREFETCH(soon + at);
        }
        add_naming(people, &people->namings[i]);
    }
}

/* ---- What the ends of labs do ---- */

/* The step that the lab's end means to somebody who can be there. */
static void add_ending(OfPeople *people, const OfLab *lab)
{
    const OfEvent *event = lab->end_event;
    OfPersonStep step = begin_step(&lab->end, event != NULL ? &event->item : &lab->item);
    step.wanted = lab->end_day;
    step.event = event;
    step.step.kind = OF_STEP_CARRY;
    step.step.from = lab->index;
    if (event == NULL && people->outlived[lab->index] == people->person->index + 1) {
        return; /* only `closed` says that it ended: an event that knows better is at most warned of */
    }
    if (event != NULL && event->type == OF_EVENT_SPLIT) {
        if (people->listed[event->index] == people->person->index + 1) {
            return;
        }
        step.step.kind = OF_STEP_BAR;
    } else if (event != NULL) {
        step.step.to = token_of(event->to);
    }
    people->n_carried--;
    add_step(people, &step);
}

/* Touching a lab may add a step that touches another one. */
static void add_endings(OfPeople *people)
{
    for (guint i = 0; i < people->touched_labs->len && people->n_carried > 0; i++) {
        const OfLab *lab = lab_of(people, g_array_index(people->touched_labs, guint, i));
        if (of_date_is_set(&lab->end) && !is_before_since(people, &lab->end)) {
            add_ending(people, lab);
        }
    }
}

/* ---- All together ---- */

static int compare_steps(gconstpointer a, gconstpointer b)
{
    const OfPersonStep *x = a, *y = b;
    if (x->step.first != y->step.first) {
        return x->step.first < y->step.first ? -1 : 1;
    }
    if (x->step.last != y->step.last) {
        return x->step.last < y->step.last ? -1 : 1;
    }
    int order = strcmp(x->item->key, y->item->key);
    if (order != 0) {
        return order;
    }
    if (x->step.kind != y->step.kind) {
        return x->step.kind < y->step.kind ? -1 : 1;
    }
    if (x->step.from != y->step.from) {
        return x->step.from < y->step.from ? -1 : 1;
    }
    return x->step.to < y->step.to ? -1 : x->step.to > y->step.to;
}

bool of_people_list_steps(OfPeople *people)
{
    g_array_set_size(people->steps, 0);
    g_array_set_size(people->touched_labs, 0);
    add_opening(people);
    add_stints(people);
    add_namings(people);
    add_endings(people);
    if (people->steps->len > 1) {
        g_array_sort(people->steps, compare_steps);
    }
    g_array_set_size(people->plain, people->steps->len);
    for (guint i = 0; i < people->steps->len; i++) {
        g_array_index(people->plain, OfStep, i) = g_array_index(people->steps, OfPersonStep, i).step;
    }
    return people->n_carried > 0;
}
