/* Saying what does not fit in a person's chain. */
#include "model/people.h"

static const OfLab *lab_of(const OfPeople *people, guint token)
{
    return people->build->story.labs.items[token];
}

char *of_people_format_date(const OfDate *date)
{
    if (!of_date_is_set(date)) {
        return g_strdup("when the story opens");
    }
    g_autofree char *text = of_date_format(date);
    return g_strdup_printf("on %s", text);
}

/* "at `fair` and `mistral`", "at no lab". Owned by the caller. */
static char *describe_where(const OfPeople *people)
{
    enum { MOST = 5 };
    if (people->at.n == 0) {
        return g_strdup("at no lab");
    }
    GString *text = g_string_new("at ");
    guint n = 0;
    for (guint lab = people->at.first; lab != OF_NOWHERE && n < MOST; lab = people->at.next[lab], n++) {
        bool last = n + 1 == people->at.n;
        g_string_append_printf(text, "%s`%s`", n == 0 ? "" : last ? " and " : ", ", lab_of(people, lab)->item.id);
    }
    if (people->at.n > MOST) {
        g_string_append_printf(text, " and %u more", people->at.n - MOST);
    }
    return g_string_free(text, FALSE);
}

/* Of the labs where they are, one that is part of the other. NULL: none. */
static const OfLab *find_part_of(const OfPeople *people, const OfLab *lab, const OfDate *date)
{
    for (guint at = people->at.first; at != OF_NOWHERE; at = people->at.next[at]) {
        if (of_lab_is_within(lab_of(people, at), lab, of_date_middle(date))) {
            return lab_of(people, at);
        }
    }
    return NULL;
}

static void report_not_there(OfPeople *people, const OfPersonStep *step, const char *date)
{
    const OfLab *lab = lab_of(people, step->step.from), *part = find_part_of(people, lab, &step->date);
    g_autofree char *where = describe_where(people);
    const OfStay *before = of_people_stay_at(people, step->step.from);
    if (before != NULL && before->guessed) {
        return; /* what was reported there is the one mistake: that they left was no more than a guess */
    }
    const char *id = people->person->item.id;
    char *hint = NULL;
    if (part != NULL) {
        hint = g_strdup_printf("they are at `%s`, which is part of `%s`", part->item.id, lab->item.id);
    } else if (before != NULL) {
        g_autofree char *left = of_people_format_date(&before->stint->to);
        hint = g_strdup_printf("they left `%s` %s", lab->item.id, left);
    }
    of_seal_error(people->diagnostics, "not-at-lab", &step->item->place, before != NULL ? &before->ended_by->place : NULL, hint,
                  "`%s` is not at `%s` %s, but %s", id, lab->item.id, date, where);
}

static void report_already_there(OfPeople *people, const OfPersonStep *step, const char *date)
{
    const OfLab *lab = lab_of(people, step->step.to);
    const OfStay *stay = of_people_stay_at(people, step->step.to);
    of_seal_error(people->diagnostics, "already-there", &step->item->place,
                  stay->begun_by != step->item ? &stay->begun_by->place : NULL, NULL,
                  "`%s` cannot arrive at `%s` %s: they are there already", people->person->item.id, lab->item.id, date);
}

void of_people_report_misfit(OfPeople *people, const OfPersonStep *step, const OfLink *link)
{
    g_autofree char *date = of_people_format_date(&step->date);
    g_autofree char *where = NULL;
    const char *id = people->person->item.id;
    switch (link->fit) {
    case OF_FIT_ELSEWHERE:
        where = describe_where(people);
        of_diagnostics_add(people->diagnostics, OF_SEVERITY_WARNING, "joins-while-elsewhere", &step->item->place,
                           g_strdup("say `concurrent: true` if this is meant, else `move`"), "`%s` joins `%s` %s while %s", id,
                           lab_of(people, step->step.to)->item.id, date, where);
        break;
    case OF_FIT_NOT_THERE:
        report_not_there(people, step, date);
        break;
    case OF_FIT_NOWHERE:
        of_seal_error(people->diagnostics, "not-at-lab", &step->item->place, NULL, NULL,
                      "`%s` is at no lab %s that they could leave", id, date);
        break;
    case OF_FIT_AMBIGUOUS:
        where = describe_where(people);
        of_seal_error(people->diagnostics, "ambiguous-from", &step->item->place, NULL, g_strdup("say which one they leave: `from`"),
                      "`%s` is %s %s: it is not clear which one they leave", id, where, date);
        break;
    case OF_FIT_ALREADY_THERE:
        report_already_there(people, step, date);
        break;
    case OF_FIT_BARRED: {
        OfUnlisted unlisted = {step->event, people->person};
        g_array_append_val(people->unlisted, unlisted);
        break;
    }
    case OF_FIT_WELL:
    case OF_FIT_SAME:
        break;
    }
}

static int compare_unlisted(gconstpointer a, gconstpointer b)
{
    const OfUnlisted *x = a, *y = b;
    if (x->event != y->event) {
        return x->event->index < y->event->index ? -1 : 1;
    }
    return x->person->index < y->person->index ? -1 : x->person->index > y->person->index;
}

static const char *unlisted_person(guint i, gconstpointer data)
{
    const OfUnlisted *unlisted = data;
    return unlisted[i].person->item.id;
}

void of_people_report_unlisted(OfPeople *people)
{
    GArray *list = people->unlisted;
    g_array_sort(list, compare_unlisted);
    for (guint i = 0, next; i < list->len; i = next) {
        const OfUnlisted *first = &g_array_index(list, OfUnlisted, i);
        for (next = i + 1; next < list->len && g_array_index(list, OfUnlisted, next).event == first->event; next++) {
        }
        g_autofree char *ids = of_seal_list_keys(next - i, unlisted_person, first);
        char *hint = g_strdup_printf("list them under `into`, or `%s` itself for those who stay", first->event->lab->item.id);
        of_seal_error(people->diagnostics, "split-unlisted", &first->event->item.place, NULL, hint,
                      "`%s` ends, but `into` does not say where its people go: %s", first->event->lab->item.id, ids);
    }
}
