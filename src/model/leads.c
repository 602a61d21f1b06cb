/* Who leads a lab, over time: one person at a time, until they leave, step down or another one takes over. */
#include "model/people.h"

#include <stddef.h>

static int compare_leads(gconstpointer a, gconstpointer b)
{
    const OfLeadChange *x = a, *y = b;
    if (x->lab != y->lab) {
        return x->lab->index < y->lab->index ? -1 : 1;
    }
    if (x->day != y->day) {
        return x->day < y->day ? -1 : 1;
    }
    if (x->person != y->person) {
        return x->person->index < y->person->index ? -1 : 1;
    }
    return x->serial < y->serial ? -1 : x->serial > y->serial;
}

/* Of one person's changes at one lab on one day only the last counts. */
static bool is_overruled(const GArray *leads, guint i)
{
    const OfLeadChange *change = &g_array_index(leads, OfLeadChange, i);
    const OfLeadChange *next = i + 1 < leads->len ? &g_array_index(leads, OfLeadChange, i + 1) : NULL;
    return next != NULL && next->lab == change->lab && next->day == change->day && next->person == change->person;
}

void of_people_give_leads(OfPeople *people)
{
    GArray *leads = people->leads;
    g_array_sort(leads, compare_leads);
    g_autoptr(GArray) states = g_array_new(FALSE, FALSE, sizeof(OfLabStateEntry));
    const OfLab *lab = NULL;
    const OfPerson *lead = NULL;
    for (guint i = 0; i < leads->len; i++) {
        const OfLeadChange *change = &g_array_index(leads, OfLeadChange, i);
        if (change->lab != lab) {
            lab = change->lab;
            lead = NULL;
        }
        if (is_overruled(leads, i) || (change->leads ? lead == change->person : lead != change->person)) {
            continue;
        }
        lead = change->leads ? change->person : NULL;
        OfLabStateEntry entry = {lab->index, {change->date, change->day, change->event, .person = lead}};
        const OfLabStateEntry *before = states->len > 0 ? &g_array_index(states, OfLabStateEntry, states->len - 1) : NULL;
        if (before != NULL && before->lab == entry.lab && before->state.day == entry.state.day) {
            g_array_set_size(states, states->len - 1); /* taking over and stepping down on one day is one change */
        }
        g_array_append_val(states, entry);
    }
    of_seal_give_states(people->build, states, offsetof(OfLab, leads));
}
