/* One person's stints, roles and moves, along the order of the steps. */
#include "model/people.h"

#include "base/keyed.h"

typedef struct {
    const OfPersonStep *step;
    const OfLink *link;
    OfDay day;
} Turn;

static const OfLab *lab_of(const OfPeople *people, guint token)
{
    return token != OF_NOWHERE ? people->build->story.labs.items[token] : NULL;
}

OfStay *of_people_stay_at(const OfPeople *people, guint token)
{
    guint index = people->stay_at[token];
    if (index >= people->stays->len) {
        return NULL;
    }
    OfStay *stay = &g_array_index(people->stays, OfStay, index);
    return stay->stint->lab->index == token ? stay : NULL;
}

/* ---- Days ---- */

static void bound_day(OfDrawnDay *day, const OfLab *lab)
{
    if (lab != NULL) {
        day->begin = MAX(day->begin, lab->begin_day);
        day->end = MIN(day->end, lab->end_day);
    }
}

static void draw_links(OfPeople *people)
{
    guint n = people->links->len;
    g_array_set_size(people->days, n);
    OfDrawnDay *days = &g_array_index(people->days, OfDrawnDay, 0);
    for (guint i = 0; i < n; i++) {
        const OfLink *link = &g_array_index(people->links, OfLink, i);
        const OfPersonStep *step = &g_array_index(people->steps, OfPersonStep, link->step);
        days[i] = (OfDrawnDay){OF_DAY_MIN, OF_DAY_MAX, OF_DAY_MIN, OF_DAY_MAX, 0};
        bool idle = !link->leaves && link->to == OF_NOWHERE && step->step.kind != OF_STEP_STAY;
        if (idle) {
            continue; /* nothing is drawn */
        }
        days[i].wanted = step->wanted;
        days[i].last = step->last;
        bound_day(&days[i], lab_of(people, link->at));
        bound_day(&days[i], lab_of(people, link->to));
    }
    of_chain_draw(days, n);
}

/* An event of several people is drawn where the last of them takes part. */
static void draw_event(OfPeople *people, const OfEvent *const_event, OfDay day)
{
    OfEvent *event = OF_MUTABLE(OfEvent, const_event);
    if (event == NULL || (event->lab != NULL && event->type != OF_EVENT_ROLE) || event->type == OF_EVENT_MERGE) {
        return; /* the lab says when */
    }
    event->day = people->drawn[event->index] ? MAX(event->day, day) : day;
    people->drawn[event->index] = true;
}

/* ---- Roles ---- */

static void change_lead(OfPeople *people, const OfStay *stay, const Turn *turn, bool leads)
{
    OfLeadChange change = {
        .lab = stay->stint->lab,
        .person = people->person,
        .day = turn->day,
        .date = turn->step->arrival,
        .event = turn->step->event,
        .leads = leads,
        .serial = people->leads->len,
    };
    g_array_append_val(people->leads, change);
}

static void set_role(OfPeople *people, OfStay *stay, const Turn *turn, const char *role, bool lead)
{
    if (g_strcmp0(role, stay->role) == 0 && lead == stay->lead) {
        return;
    }
    OfStayRole entry = {
        .stay = (guint) (stay - &g_array_index(people->stays, OfStay, 0)),
        .role = {.day = turn->day, .date = turn->step->arrival, .role = role, .lead = lead, .event = turn->step->event},
    };
    g_array_append_val(people->roles, entry);
    stay->n_roles++;
    stay->role = role;
    if (lead != stay->lead) {
        change_lead(people, stay, turn, lead);
    }
    stay->lead = lead;
}

static void begin_role(OfPeople *people, OfStay *stay, const Turn *turn)
{
    const OfPersonStep *step = turn->step;
    const OfPerson *person = people->person;
    const char *role = step->event != NULL ? step->event->role : step->decl != NULL ? step->decl->role : NULL;
    bool lead = step->decl != NULL && step->decl->lead;
    if (people->stays->len == 1) {
        role = role != NULL ? role : person->role;
        lead = lead || (step->item == &person->item && person->lead);
    }
    set_role(people, stay, turn, role, lead);
}

/* A step that changes nothing but what they do where they are. */
static void stay_on(OfPeople *people, const Turn *turn)
{
    OfStay *stay = of_people_stay_at(people, turn->link->at);
    const OfEvent *event = turn->step->event;
    if (turn->step->decl != NULL) {
        set_role(people, stay, turn, turn->step->decl->role != NULL ? turn->step->decl->role : stay->role, turn->step->decl->lead);
    } else if (event != NULL && event->type == OF_EVENT_ROLE) {
        set_role(people, stay, turn, event->role != NULL ? event->role : stay->role, event->lead_set ? event->lead : stay->lead);
    }
}

/* ---- Stints ---- */

static bool is_one_day(const OfDate *date)
{
    return of_date_is_set(date) && date->first == date->last;
}

/* Leaving a lab on a day and being there from the same day on cannot both be. */
static void check_return(OfPeople *people, const OfStay *before, const OfPersonStep *step)
{
    const OfDate *left = &before->stint->to, *back = &step->arrival;
    if (is_one_day(left) && is_one_day(back) && left->first == back->first) {
        g_autofree char *date = of_date_format(left);
        of_seal_error(people->diagnostics, "leaves-and-stays", &step->item->place, &before->ended_by->place, NULL,
                      "`%s` both leaves `%s` and is there on %s", people->person->item.id, before->stint->lab->item.id, date);
    }
}

static void end_stay(OfPeople *people, OfStay *stay, const Turn *turn)
{
    stay->stint->to = turn->step->date;
    stay->stint->end_day = turn->day;
    stay->stint->end_event = turn->step->event;
    stay->ended_by = turn->step->item;
    stay->guessed = turn->link->fit == OF_FIT_NOT_THERE;
    if (stay->lead) {
        change_lead(people, stay, turn, false);
    }
    of_token_set_remove(&people->at, stay->stint->lab->index);
}

static void begin_stay(OfPeople *people, const Turn *turn)
{
    const OfPersonStep *step = turn->step;
    guint lab = turn->link->to;
    const OfStay *before = of_people_stay_at(people, lab);
    if (before != NULL) {
        check_return(people, before, step);
    }
    OfStint *stint = of_arena_new_array(people->build->arena, OfStint, 1);
    stint->person = people->person;
    stint->lab = lab_of(people, lab);
    stint->from = step->arrival;
    stint->begin_day = turn->day;
    stint->end_day = OF_DAY_MAX;
    stint->concurrent = people->at.n > 0;
    stint->confidence = step->item->confidence;
    stint->begin_event = step->event;
    stint->decl = step->decl;
    OfStay stay = {.stint = stint, .begun_by = step->item};
    people->stay_at[lab] = people->stays->len;
    g_array_append_val(people->stays, stay);
    const OfKeyed entry = {stint, of_key_from_pair((gint32) lab, turn->day)};
    g_array_append_val(people->stints, entry);
    of_token_set_add(&people->at, lab);
    begin_role(people, &g_array_index(people->stays, OfStay, people->stays->len - 1), turn);
}

static void add_move(OfPeople *people, const Turn *turn, const OfStint *left, const OfStint *entered)
{
    const OfPersonStep *step = turn->step;
    OfMove move = {
        .kind = left == NULL      ? OF_MOVE_JOIN
                : entered == NULL ? OF_MOVE_LEAVE
                                  : OF_MOVE_MOVE,
        .person = people->person,
        .weight = 1,
        .from = left != NULL ? left->lab : NULL,
        .to = entered != NULL ? entered->lab : NULL,
        .date = step->date,
        .day = turn->day,
        .arrival = step->arrival,
        .concurrent = left == NULL && entered->concurrent,
        .confidence = step->item->confidence,
        .event = step->event,
        .leaves = left,
        .enters = entered,
        .item = step->item,
    };
    of_people_add_move(people, &move);
}

static void take_turn(OfPeople *people, const Turn *turn)
{
    const OfLink *link = turn->link;
    OfStint *left = NULL, *entered = NULL;
    bool first = people->stays->len == 0;
    if (link->fit != OF_FIT_WELL) {
        of_people_report_misfit(people, turn->step, link);
    }
    if (turn->step->step.kind == OF_STEP_STAY && link->fit == OF_FIT_WELL) {
        stay_on(people, turn);
        draw_event(people, turn->step->event, turn->day);
        return;
    }
    if (link->leaves) {
        OfStay *stay = of_people_stay_at(people, link->at);
        left = stay->stint;
        end_stay(people, stay, turn);
    }
    if (link->to != OF_NOWHERE) {
        begin_stay(people, turn);
        entered = g_array_index(people->stays, OfStay, people->stays->len - 1).stint;
    }
    /* Where they are first, unless an event brings them there, is no move: they were there already. */
    bool opening = first && turn->step->event == NULL;
    if ((left != NULL || entered != NULL) && !opening) {
        add_move(people, turn, left, entered);
        draw_event(people, turn->step->event, turn->day);
    }
}

/* ---- What the person keeps ---- */

static void give_roles(OfPeople *people)
{
    if (people->roles->len == 0) {
        return;
    }
    OfRole *roles = of_arena_new_array(people->build->arena, OfRole, people->roles->len);
    const OfRole **items = of_arena_new_array(people->build->arena, const OfRole *, people->roles->len);
    guint next = 0;
    for (guint i = 0; i < people->stays->len; i++) {
        OfStay *stay = &g_array_index(people->stays, OfStay, i);
        stay->stint->roles.items = items + next;
        stay->first_role = next;
        next += stay->n_roles;
    }
    for (guint i = 0; i < people->roles->len; i++) {
        const OfStayRole *entry = &g_array_index(people->roles, OfStayRole, i);
        OfStay *stay = &g_array_index(people->stays, OfStay, entry->stay);
        guint slot = stay->first_role + stay->stint->roles.n++;
        roles[slot] = entry->role;
        items[slot] = &roles[slot];
    }
}

static void give_stints(OfPeople *people)
{
    OfPerson *person = OF_MUTABLE(OfPerson, people->person);
    const OfStint **items = of_arena_new_array(people->build->arena, const OfStint *, people->stays->len);
    for (guint i = 0; i < people->stays->len; i++) {
        items[i] = g_array_index(people->stays, OfStay, i).stint;
    }
    person->stints.items = items;
    person->stints.n = people->stays->len;
}

void of_people_make_stints(OfPeople *people)
{
    g_array_set_size(people->stays, 0);
    g_array_set_size(people->roles, 0);
    draw_links(people);
    for (guint i = 0; i < people->links->len; i++) {
        Turn turn = {.link = &g_array_index(people->links, OfLink, i)};
        turn.step = &g_array_index(people->steps, OfPersonStep, turn.link->step);
        turn.day = g_array_index(people->days, OfDrawnDay, i).day;
        take_turn(people, &turn);
    }
    of_token_set_empty(&people->at);
    give_roles(people);
    give_stints(people);
}
