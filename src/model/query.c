/* Questions to a sealed story. */
#include "model/story.h"

/* How many of n states, in order, have begun on a day. */
static guint count_begun(const OfLabState *const *states, guint n, OfDay day)
{
    guint low = 0, high = n;
    while (low < high) {
        guint middle = low + (high - low) / 2;
        if (states[middle]->day <= day) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static const OfLabState *state_on(const OfLabState *const *states, guint n, OfDay day)
{
    guint begun = count_begun(states, n, day);
    return begun > 0 ? states[begun - 1] : NULL;
}

const OfLabState *of_lab_stance_on(const OfLab *lab, OfDay day)
{
    return state_on(lab->stances.items, lab->stances.n, day);
}

const OfLab *of_lab_parent_on(const OfLab *lab, OfDay day)
{
    const OfLabState *state = state_on(lab->parents.items, lab->parents.n, day);
    return state != NULL ? state->parent : NULL;
}

const OfLab *of_lab_root_on(const OfLab *lab, OfDay day)
{
    const OfLab *root = lab;
    for (const OfLab *parent = of_lab_parent_on(root, day); parent != NULL; parent = of_lab_parent_on(root, day)) {
        root = parent;
    }
    return root;
}

const char *of_lab_name_on(const OfLab *lab, OfDay day)
{
    const OfLabState *state = state_on(lab->names.items, lab->names.n, day);
    return state != NULL ? state->name : of_item_label(&lab->item);
}

const OfPerson *of_lab_lead_on(const OfLab *lab, OfDay day)
{
    const OfLabState *state = state_on(lab->leads.items, lab->leads.n, day);
    return state != NULL ? state->person : NULL;
}

bool of_lab_is_within(const OfLab *lab, const OfLab *ancestor, OfDay day)
{
    /* A sealed story has no circle, but its messages are made before that is known: a second walk at half the speed would meet
     * the first. */
    const OfLab *slow = lab;
    for (guint n = 1; lab != NULL; n++) {
        if (lab == ancestor) {
            return true;
        }
        lab = of_lab_parent_on(lab, day);
        slow = n % 2 == 0 ? of_lab_parent_on(slow, day) : slow;
        if (lab == slow) {
            return false;
        }
    }
    return false;
}

guint of_person_stints_on(const OfPerson *person, OfDay day, const OfStint **stints, guint max)
{
    guint n = 0;
    for (guint i = 0; i < person->stints.n && person->stints.items[i]->begin_day <= day && n < max; i++) {
        if (day < person->stints.items[i]->end_day) {
            stints[n++] = person->stints.items[i];
        }
    }
    return n;
}
