#include "view/cohort.h"

#include <string.h>

#include "model/presence.h"

static void free_cohort(gpointer data)
{
    OfCohort *cohort = data;
    g_free(cohort->name);
    g_clear_pointer(&cohort->steps, g_array_unref);
    g_clear_pointer(&cohort->low, g_array_unref);
    g_clear_pointer(&cohort->high, g_array_unref);
    g_array_unref(cohort->leavers);
    g_free(cohort);
}

static bool is_in(const OfPerson *person, const OfGroup *group)
{
    for (guint i = 0; i < person->groups.n; i++) {
        if (person->groups.items[i] == group) {
            return true;
        }
    }
    return group == NULL;
}

/* The lab at the top of the tree where most people of a group ever were. */
static const OfLab *main_lab(const OfDrawing *drawing, const OfGroup *group)
{
    const OfStory *story = drawing->story;
    g_autofree guint *counts = g_new0(guint, story->labs.n + 1);
    const OfLab *most = NULL;
    g_autoptr(GArray) stays = g_array_new(FALSE, FALSE, sizeof(OfPresence));
    for (guint i = 0; i < story->people.n; i++) {
        const OfPerson *person = story->people.items[i];
        if (!is_in(person, group) || !of_selection_has_person(&drawing->selection, person)) {
            continue;
        }
        of_presence_list(stays, person, NULL, NULL);
        for (guint k = 0; k < stays->len; k++) {
            const OfPresence *stay = &g_array_index(stays, OfPresence, k);
            const bool again = k > 0 && g_array_index(stays, OfPresence, k - 1).lab == stay->lab;
            counts[stay->lab->index] += !again && of_lab_parent_on(stay->lab, stay->begin) == NULL;
        }
    }
    for (guint i = 0; i < story->labs.n; i++) {
        most = counts[i] > 0 && (most == NULL || counts[i] > counts[most->index]) ? story->labs.items[i] : most;
    }
    return most;
}

/* Where they are from the day on which they are gone: the earliest stint open then; as high in the tree as it is apart. */
static const OfLab *destination(const OfPerson *person, const OfLab *lab, OfDay day)
{
    const OfStint *open = NULL;
    if (of_person_stints_on(person, day, &open, 1) == 0) {
        return NULL;
    }
    const OfLab *to = open->lab;
    for (const OfLab *above = of_lab_parent_on(to, day); above != NULL && !of_lab_is_within(lab, above, day);
         above = of_lab_parent_on(above, day)) {
        to = above;
    }
    return to;
}

/* Three readings of one stay, and room for all stays of one person. */
typedef struct {
    GArray *drawn, *low, *high; /* of OfStay */
    GArray *list;               /* of OfPresence */
} Stays;

/* end: the day they are gone, on one reading. */
static void add_reading(GArray *stays, OfDay begin, OfDay end, OfDay last_day)
{
    const bool left = end <= last_day;
    const OfStay stay = {MAX((left ? end : last_day + 1) - begin, 0), left};
    g_array_append_val(stays, stay);
}

static void add_stay(const OfDrawing *drawing, OfCohort *cohort, const OfPresence *stay, const OfPerson *person, OfDay begin,
                     const Stays *stays)
{
    const OfDay last_day = drawing->selection.to;
    const bool fixed = of_date_is_set(&drawing->options->since);
    add_reading(stays->drawn, begin, stay->end, last_day);
    add_reading(stays->low, fixed ? begin : stay->begin_last, MAX(stay->end_first, begin), last_day);
    add_reading(stays->high, fixed ? begin : stay->begin_first, stay->end_last, last_day);
    cohort->n++;
    cohort->length = MAX(cohort->length, g_array_index(stays->drawn, OfStay, cohort->n - 1).days);
    if (stay->end > last_day) {
        cohort->n_there++;
    } else {
        const OfLeaver leaver = {person, stay->end - begin, destination(person, cohort->lab, stay->end)};
        g_array_append_val(cohort->leavers, leaver);
    }
}

static void add_person(const OfDrawing *drawing, OfCohort *cohort, const OfPerson *person, const Stays *stays)
{
    const OfSelection *selection = &drawing->selection;
    const OfDate *since = &drawing->options->since;
    of_presence_list(stays->list, person, cohort->lab, NULL);
    for (guint i = 0; i < stays->list->len; i++) {
        const OfPresence *stay = &g_array_index(stays->list, OfPresence, i);
        if (!of_selection_has_stint(selection, stay->first)) {
            continue;
        }
        if (of_date_is_set(since)) {
            const OfDay day = of_date_middle(since);
            if (stay->begin <= day && day < stay->end) {
                add_stay(drawing, cohort, stay, person, day, stays);
            }
        } else if (stay->begin <= selection->to && (!selection->from_set || stay->begin >= selection->from)) {
            if (stay->begins_known) {
                add_stay(drawing, cohort, stay, person, stay->begin, stays);
            }
            cohort->n_unknown += !stay->begins_known;
            return; /* who comes back has left all the same */
        }
    }
}

static int compare_leavers(gconstpointer a, gconstpointer b)
{
    const OfLeaver *x = a, *y = b;
    return x->days != y->days ? (x->days < y->days ? -1 : 1) : strcmp(x->person->item.id, y->person->item.id);
}

static GArray *curve_of(GArray *stays)
{
    return of_survival_new((const OfStay *) (gconstpointer) stays->data, stays->len);
}

static OfCohort *cohort_new(const OfDrawing *drawing, const OfGroup *group, const OfLab *lab)
{
    OfCohort *cohort = g_new0(OfCohort, 1);
    const char *at = of_lab_name_on(lab, drawing->selection.to);
    *cohort = (OfCohort){.group = group, .lab = lab, .leavers = g_array_new(FALSE, FALSE, sizeof(OfLeaver))};
    cohort->name = group != NULL ? g_strdup_printf("%s at %s", of_item_label(&group->item), at) : g_strdup(at);
    g_autoptr(GArray) drawn = g_array_new(FALSE, FALSE, sizeof(OfStay));
    g_autoptr(GArray) low = g_array_new(FALSE, FALSE, sizeof(OfStay));
    g_autoptr(GArray) high = g_array_new(FALSE, FALSE, sizeof(OfStay));
    g_autoptr(GArray) list = g_array_new(FALSE, FALSE, sizeof(OfPresence));
    const Stays stays = {drawn, low, high, list};
    for (guint i = 0; i < drawing->story->people.n; i++) {
        const OfPerson *person = drawing->story->people.items[i];
        if (is_in(person, group) && of_selection_has_person(&drawing->selection, person)) {
            add_person(drawing, cohort, person, &stays);
        }
    }
    cohort->steps = curve_of(drawn);
    cohort->low = curve_of(low);
    cohort->high = curve_of(high);
    cohort->median = of_survival_median(cohort->steps);
    g_array_sort(cohort->leavers, compare_leavers);
    return cohort;
}

/* labs: of OfLab, or NULL for the main one of each group. */
static void add_group(OfDrawing *drawing, GPtrArray *cohorts, const OfGroup *group, const GPtrArray *labs)
{
    const OfLab *main = labs == NULL ? main_lab(drawing, group) : NULL;
    const guint n = labs != NULL ? labs->len : main != NULL;
    for (guint i = 0; i < n; i++) {
        OfCohort *cohort = cohort_new(drawing, group, labs != NULL ? labs->pdata[i] : main);
        if (cohort->n > 0) {
            g_ptr_array_add(cohorts, cohort);
        } else {
            of_drawing_add_remark(
                drawing,
                g_strdup_printf(cohort->n_unknown > 0 ? "%s: not drawn, the data does not say when they joined" : "%s: nobody",
                                cohort->name));
            free_cohort(cohort);
        }
    }
}

GPtrArray *of_cohorts_new(OfDrawing *drawing)
{
    GPtrArray *cohorts = g_ptr_array_new_with_free_func(free_cohort);
    char **groups = drawing->options->group;
    if (groups == NULL) {
        add_group(drawing, cohorts, NULL, drawing->selection.named_labs);
    }
    for (; groups != NULL && *groups != NULL; groups++) {
        add_group(drawing, cohorts, of_story_find_group(drawing->story, *groups), drawing->selection.named_labs);
    }
    return cohorts;
}
