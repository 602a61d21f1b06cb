#include "view/snapshot_doubts.h"

typedef enum { DOUBT_ALREADY, DOUBT_STILL, DOUBT_LEFT, DOUBT_NOT_YET, N_DOUBTS } Doubt;

static const char *const words[N_DOUBTS] = {
    [DOUBT_ALREADY] = "May already be at",
    [DOUBT_STILL] = "May still be at",
    [DOUBT_LEFT] = "May already have left",
    [DOUBT_NOT_YET] = "May not yet be at",
};

/* What the dates of one stint leave open on a day; N_DOUBTS: nothing. */
static Doubt doubt_of(const OfStint *stint, OfDay day)
{
    const bool may_have_come = !of_date_is_set(&stint->from) || stint->from.first <= day;
    const bool may_stay = !of_date_is_set(&stint->to) || stint->to.last >= day;
    if (stint->begin_day > day) {
        return may_have_come ? DOUBT_ALREADY : N_DOUBTS;
    }
    if (stint->end_day <= day) {
        return may_stay && stint->to.last > day ? DOUBT_STILL : N_DOUBTS;
    }
    if (of_date_is_set(&stint->to) && stint->to.first <= day) {
        return DOUBT_LEFT;
    }
    return of_date_is_set(&stint->from) && stint->from.last > day ? DOUBT_NOT_YET : N_DOUBTS;
}

/* Where a person may be tells more than that they may not be where they are drawn. */
static void add_person(const OfPerson *person, OfDay day, GPtrArray *const *doubtful)
{
    bool elsewhere = false;
    for (guint i = 0; i < person->stints.n; i++) {
        const Doubt doubt = doubt_of(person->stints.items[i], day);
        elsewhere = elsewhere || doubt == DOUBT_ALREADY || doubt == DOUBT_STILL;
    }
    for (guint i = 0; i < person->stints.n; i++) {
        const OfStint *stint = person->stints.items[i];
        const Doubt doubt = doubt_of(stint, day);
        if (doubt != N_DOUBTS && (!elsewhere || doubt == DOUBT_ALREADY || doubt == DOUBT_STILL)) {
            g_ptr_array_add(doubtful[doubt], (gpointer) stint);
        }
    }
}

static void add_remarks(OfDrawing *drawing, OfDay day, Doubt doubt, const GPtrArray *stints)
{
    enum { NAMES_MOST = 12 };
    for (guint i = 0; i < drawing->story->labs.n; i++) {
        const OfLab *lab = drawing->story->labs.items[i];
        g_autoptr(GPtrArray) names = g_ptr_array_new();
        for (guint j = 0; j < stints->len; j++) {
            const OfStint *stint = stints->pdata[j];
            if (stint->lab == lab) {
                g_ptr_array_add(names, (gpointer) of_item_label(&stint->person->item));
            }
        }
        if (names->len > 0 && of_selection_has_lab_on(&drawing->selection, lab, day)) {
            g_autofree char *list = of_text_list((const char *const *) names->pdata, names->len, NAMES_MOST);
            of_drawing_add_remark(drawing, g_strdup_printf("%s %s: %s", words[doubt], of_lab_name_on(lab, day), list));
        }
    }
}

void of_snapshot_add_doubts(OfDrawing *drawing, OfDay day)
{
    GPtrArray *doubtful[N_DOUBTS];
    for (int i = 0; i < N_DOUBTS; i++) {
        doubtful[i] = g_ptr_array_new();
    }
    for (guint i = 0; i < drawing->story->people.n; i++) {
        if (of_selection_has_person(&drawing->selection, drawing->story->people.items[i])) {
            add_person(drawing->story->people.items[i], day, doubtful);
        }
    }
    for (int i = 0; i < N_DOUBTS; i++) {
        add_remarks(drawing, day, (Doubt) i, doubtful[i]);
        g_ptr_array_unref(doubtful[i]);
    }
}
