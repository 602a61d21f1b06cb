#include "view/event_text.h"

#include "view/drawing.h"

const OfLab *of_event_main_lab(const OfEvent *event)
{
    return event->lab != NULL ? event->lab : event->to != NULL ? event->to : event->from;
}

static const char *lab_name(const OfLab *lab, const OfEvent *event)
{
    return lab != NULL ? of_lab_name_on(lab, event->day) : "outside";
}

static char *who_text(const OfEvent *event)
{
    enum { MOST = 3 };
    if (event->people.n == 0) {
        return of_text_people(event->weight);
    }
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (guint i = 0; i < event->people.n; i++) {
        g_ptr_array_add(names, (gpointer) of_item_label(&event->people.items[i]->item));
    }
    return of_text_list((const char *const *) names->pdata, names->len, MOST);
}

/* Where the people of an event come from: what it says, else what is known of the first of them. */
static const OfLab *lab_left(const OfEvent *event)
{
    for (guint i = 0; event->from == NULL && i < event->people.n; i++) {
        const OfPerson *person = event->people.items[i];
        for (guint j = 0; j < person->stints.n; j++) {
            if (person->stints.items[j]->end_event == event) {
                return person->stints.items[j]->lab;
            }
        }
    }
    return event->from;
}

static char *people_event_text(const OfEvent *event)
{
    g_autofree char *who = who_text(event);
    const bool one = event->people.n == 1 || (event->people.n == 0 && event->weight == 1);
    const OfLab *from = lab_left(event);
    switch (event->type) {
    case OF_EVENT_JOIN:
        return g_strdup_printf("%s %s to %s", who, one ? "comes" : "come", lab_name(event->to, event));
    case OF_EVENT_LEAVE:
        return from != NULL ? g_strdup_printf("%s %s %s", who, one ? "leaves" : "leave", lab_name(from, event))
                            : g_strdup_printf("%s %s", who, one ? "leaves" : "leave");
    case OF_EVENT_MOVE:
        return from != NULL ? g_strdup_printf("%s %s from %s to %s", who, one ? "goes" : "go", lab_name(from, event),
                                              lab_name(event->to, event))
                            : g_strdup_printf("%s %s to %s", who, one ? "goes" : "go", lab_name(event->to, event));
    default:
        if (event->role != NULL) {
            return g_strdup_printf("%s: %s", who, event->role);
        }
        return event->lead ? g_strdup_printf("%s %s %s", who, one ? "leads" : "lead", lab_name(event->lab, event))
                           : g_strdup_printf("%s: new role", who);
    }
}

static char *labs_text(const OfEvent *event)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (guint i = 0; i < event->labs.n; i++) {
        g_ptr_array_add(names, (gpointer) lab_name(event->labs.items[i], event));
    }
    for (guint i = 0; i < event->into.n; i++) {
        g_ptr_array_add(names, (gpointer) lab_name(event->into.items[i]->lab, event));
    }
    return of_text_list((const char *const *) names->pdata, names->len, names->len);
}

static char *lab_event_text(const OfEvent *event)
{
    const char *lab = lab_name(event->lab, event);
    g_autofree char *labs = labs_text(event);
    switch (event->type) {
    case OF_EVENT_FOUND:
        return g_strdup_printf("%s is founded", lab);
    case OF_EVENT_CLOSE:
        return g_strdup_printf("%s closes", lab);
    case OF_EVENT_MERGE:
        return g_strdup_printf("%s become %s", labs, lab_name(event->to, event));
    case OF_EVENT_SPLIT:
        return g_strdup_printf("%s splits into %s", lab, labs);
    case OF_EVENT_RENAME:
        return g_strdup_printf("%s becomes %s", of_item_label(&event->lab->item), event->new_name);
    case OF_EVENT_REPARENT:
        return event->to != NULL ? g_strdup_printf("%s moves under %s", lab, lab_name(event->to, event))
                                 : g_strdup_printf("%s stands alone", lab);
    case OF_EVENT_SHIFT:
        return g_strdup_printf("%s turns to %s", lab, of_item_label(&event->to_strategy->item));
    case OF_EVENT_TRANSFER:
        return g_strdup_printf("%s goes from %s to %s", event->what, lab_name(event->from, event), lab_name(event->to, event));
    default:
        return g_strdup_printf("%s: %s", lab, of_event_type_info(event->type)->name);
    }
}

char *of_event_text(const OfEvent *event)
{
    if (event->item.name != NULL) {
        return g_strdup(event->item.name);
    }
    switch (event->type) {
    case OF_EVENT_JOIN:
    case OF_EVENT_LEAVE:
    case OF_EVENT_MOVE:
    case OF_EVENT_ROLE:
        return people_event_text(event);
    default:
        return lab_event_text(event);
    }
}
