#include "view/selection.h"

#include "base/hash.h"
#include "model/known.h"
#include <string.h>

#define COLLECT_IDS(list, ids)                                                                                                     \
    for (guint i_ = 0; i_ < (list).n; i_++) {                                                                                      \
        g_ptr_array_add((ids), (gpointer) (list).items[i_]->item.id);                                                              \
    }

static bool select_people(OfSelection *selection, GError **error)
{
    const OfStory *story = selection->story;
    const OfOptions *options = selection->options;
    if (options->group == NULL && options->person == NULL) {
        return true;
    }
    selection->people = g_hash_table_new(NULL, NULL);
    for (char **id = options->group; id != NULL && *id != NULL; id++) {
        const OfGroup *group = of_known_group(story, *id, error);
        if (group == NULL) {
            return false;
        }
        for (guint i = 0; i < group->people.n; i++) {
            g_hash_table_add(selection->people, (gpointer) group->people.items[i]);
        }
    }
    for (char **id = options->person; id != NULL && *id != NULL; id++) {
        const OfPerson *person = of_known_person(story, *id, error);
        if (person == NULL) {
            return false;
        }
        g_hash_table_add(selection->people, (gpointer) person);
    }
    return true;
}

/* The days of the window after which the tree of labs may be another: its first one, and those on which a lab changes its
 * parent. */
static GArray *collect_tree_days(const OfSelection *selection)
{
    GArray *days = g_array_new(FALSE, FALSE, sizeof(OfDay));
    g_array_append_val(days, selection->from);
    for (guint i = 0; i < selection->story->events.n; i++) {
        const OfEvent *event = selection->story->events.items[i];
        if (event->type == OF_EVENT_REPARENT && event->day > selection->from && event->day <= selection->to) {
            g_array_append_val(days, event->day);
        }
    }
    return days;
}

static bool was_within(const OfLab *lab, const OfLab *ancestor, const GArray *days)
{
    for (guint i = 0; i < days->len; i++) {
        if (of_lab_is_within(lab, ancestor, g_array_index(days, OfDay, i))) {
            return true;
        }
    }
    return false;
}

static bool select_labs(OfSelection *selection, GError **error)
{
    const OfStory *story = selection->story;
    if (selection->options->lab == NULL) {
        return true;
    }
    selection->labs = g_hash_table_new(NULL, NULL);
    selection->named_labs = g_ptr_array_new();
    g_autoptr(GArray) days = collect_tree_days(selection);
    for (char **id = selection->options->lab; *id != NULL; id++) {
        const OfLab *named = of_known_lab(story, *id, error);
        if (named == NULL) {
            return false;
        }
        g_ptr_array_add(selection->named_labs, (gpointer) named);
        for (guint i = 0; i < story->labs.n; i++) {
            if (was_within(story->labs.items[i], named, days)) {
                g_hash_table_add(selection->labs, (gpointer) story->labs.items[i]);
            }
        }
    }
    return true;
}

static bool is_known_id(const OfStory *story, const char *id)
{
    for (guint i = 0; i < story->strategies.n; i++) {
        if (g_str_equal(story->strategies.items[i]->item.id, id)) {
            return true;
        }
    }
    return of_story_find_lab(story, id) != NULL || of_story_find_person(story, id) != NULL ||
           of_story_find_event(story, id) != NULL || of_story_find_group(story, id) != NULL;
}

static bool select_highlight(OfSelection *selection, GError **error)
{
    const OfStory *story = selection->story;
    if (selection->options->highlight == NULL) {
        return true;
    }
    selection->highlight = g_hash_table_new(of_text_hash, g_str_equal);
    for (char **id = selection->options->highlight; *id != NULL; id++) {
        if (!is_known_id(story, *id)) {
            g_autoptr(GPtrArray) known = g_ptr_array_new();
            COLLECT_IDS(story->people, known);
            COLLECT_IDS(story->labs, known);
            COLLECT_IDS(story->strategies, known);
            return of_known_fail("item to highlight", *id, known, error);
        }
        g_hash_table_add(selection->highlight, *id);
        const OfGroup *group = of_story_find_group(story, *id);
        for (guint i = 0; group != NULL && i < group->people.n; i++) {
            g_hash_table_add(selection->highlight, (gpointer) group->people.items[i]->item.id);
        }
    }
    return true;
}

/* Names in `order` and tags are only looked up where they are used: here they are checked. */
static bool check_names(const OfSelection *selection, GError **error)
{
    const OfStory *story = selection->story;
    for (char **id = selection->options->order; id != NULL && *id != NULL; id++) {
        if (of_known_lab(story, *id, error) == NULL) {
            return false;
        }
    }
    for (char **tag = selection->options->tag; tag != NULL && *tag != NULL; tag++) {
        if (!of_story_has_tag(story, *tag)) {
            g_autoptr(GPtrArray) known = of_story_list_tags(story);
            return of_known_fail("tag", *tag, known, error);
        }
    }
    return true;
}

bool of_selection_init(OfSelection *selection, const OfStory *story, const OfOptions *options, OfDay first_day, OfDay last_day,
                       GError **error)
{
    *selection = (OfSelection){.story = story, .options = options, .from = first_day, .to = last_day};
    selection->from_set = of_date_is_set(&options->from);
    selection->to_set = of_date_is_set(&options->to);
    if (selection->from_set) {
        selection->from = options->from.first;
    }
    if (selection->to_set) {
        selection->to = options->to.last;
    }
    /* Where one end alone is asked for, the window reaches at least to there. */
    if (selection->from > selection->to && !(selection->from_set && selection->to_set)) {
        selection->from = selection->to_set ? selection->to : selection->from;
        selection->to = selection->from;
    }
    if (selection->from_set && selection->to_set && selection->from > selection->to) {
        g_set_error_literal(error, OF_ERROR, OF_ERROR_USAGE, "the window ends before it begins: `from` is after `to`");
        return false;
    }
    return check_names(selection, error) && select_people(selection, error) && select_labs(selection, error) &&
           select_highlight(selection, error);
}

void of_selection_clear(OfSelection *selection)
{
    g_clear_pointer(&selection->people, g_hash_table_unref);
    g_clear_pointer(&selection->labs, g_hash_table_unref);
    g_clear_pointer(&selection->named_labs, g_ptr_array_unref);
    g_clear_pointer(&selection->highlight, g_hash_table_unref);
}

bool of_selection_has_person(const OfSelection *selection, const OfPerson *person)
{
    return selection->people == NULL || g_hash_table_contains(selection->people, person);
}

bool of_selection_has_lab(const OfSelection *selection, const OfLab *lab)
{
    return selection->labs == NULL || (lab != NULL && g_hash_table_contains(selection->labs, lab));
}

bool of_selection_has_lab_on(const OfSelection *selection, const OfLab *lab, OfDay day)
{
    for (guint i = 0; lab != NULL && selection->named_labs != NULL && i < selection->named_labs->len; i++) {
        if (of_lab_is_within(lab, selection->named_labs->pdata[i], day)) {
            return true;
        }
    }
    return selection->named_labs == NULL;
}

bool of_selection_has_date(const OfSelection *selection, const OfDate *date)
{
    if (!of_date_is_set(date)) {
        return true;
    }
    return (!selection->from_set || date->last >= selection->from) && (!selection->to_set || date->first <= selection->to);
}

static bool has_tag(const OfSelection *selection, const OfItem *item)
{
    for (guint i = 0; item != NULL && i < item->tags.n; i++) {
        if (g_strv_contains((const char *const *) selection->options->tag, item->tags.items[i])) {
            return true;
        }
    }
    return false;
}

static bool has_confidence(const OfSelection *selection, OfConfidence confidence)
{
    return confidence <= selection->options->min_confidence;
}

bool of_selection_has_stint(const OfSelection *selection, const OfStint *stint)
{
    return has_confidence(selection, stint->confidence) &&
           (selection->options->tag == NULL || has_tag(selection, &stint->person->item) || has_tag(selection, &stint->lab->item) ||
            has_tag(selection, stint->begin_event != NULL ? &stint->begin_event->item : NULL));
}

bool of_selection_shows_stint(const OfSelection *selection, const OfStint *stint)
{
    return stint->begin_day <= selection->to && stint->end_day > selection->from && of_selection_has_stint(selection, stint);
}

bool of_selection_shows_person(const OfSelection *selection, const OfPerson *person)
{
    bool any = false;
    for (guint i = 0; i < person->stints.n && !any; i++) {
        const OfStint *stint = person->stints.items[i];
        any = of_selection_shows_stint(selection, stint) && of_selection_has_lab(selection, stint->lab);
    }
    return any && of_selection_has_person(selection, person);
}

bool of_selection_has_move(const OfSelection *selection, const OfMove *move)
{
    return of_selection_has_date(selection, &move->date) && of_selection_has_move_ever(selection, move);
}

bool of_selection_has_move_ever(const OfSelection *selection, const OfMove *move)
{
    if (!has_confidence(selection, move->confidence)) {
        return false;
    }
    if (move->person != NULL ? !of_selection_has_person(selection, move->person) : selection->people != NULL) {
        return false;
    }
    if (selection->labs != NULL && !of_selection_has_lab_on(selection, move->from, move->day) &&
        !of_selection_has_lab_on(selection, move->to, move->day)) {
        return false;
    }
    return selection->options->tag == NULL || has_tag(selection, move->item) ||
           has_tag(selection, move->person != NULL ? &move->person->item : NULL) ||
           has_tag(selection, move->from != NULL ? &move->from->item : NULL) ||
           has_tag(selection, move->to != NULL ? &move->to->item : NULL);
}

static gint compare_labs(gconstpointer a, gconstpointer b)
{
    const OfLab *const *left = a, *const *right = b;
    return strcmp((*left)->item.id, (*right)->item.id);
}

static void add_lab(GPtrArray *labs, const OfLab *lab)
{
    if (lab != NULL && !g_ptr_array_find(labs, lab, NULL)) {
        g_ptr_array_add(labs, (gpointer) lab);
    }
}

GPtrArray *of_event_labs(const OfEvent *event)
{
    GPtrArray *labs = g_ptr_array_new();
    add_lab(labs, event->lab);
    add_lab(labs, event->from);
    add_lab(labs, event->to);
    for (guint i = 0; i < event->labs.n; i++) {
        add_lab(labs, event->labs.items[i]);
    }
    for (guint i = 0; i < event->into.n; i++) {
        add_lab(labs, event->into.items[i]->lab);
    }
    g_ptr_array_sort(labs, compare_labs);
    return labs;
}

static bool has_one_of_people(const OfSelection *selection, const OfEvent *event)
{
    for (guint i = 0; i < event->people.n; i++) {
        if (of_selection_has_person(selection, event->people.items[i])) {
            return true;
        }
    }
    /* What is about a lab and not about people is not for a filter on people to take away. */
    return event->people.n == 0;
}

bool of_selection_has_event(const OfSelection *selection, const OfEvent *event)
{
    if (!of_selection_has_date(selection, &event->date) || !has_confidence(selection, event->item.confidence) ||
        !has_one_of_people(selection, event)) {
        return false;
    }
    g_autoptr(GPtrArray) labs = of_event_labs(event);
    bool in_labs = selection->labs == NULL;
    bool tagged = selection->options->tag == NULL || has_tag(selection, &event->item);
    for (guint i = 0; i < labs->len; i++) {
        const OfLab *lab = labs->pdata[i];
        /* A lab that leaves its parent is still below it the day before. */
        in_labs = in_labs || of_selection_has_lab_on(selection, lab, event->day) ||
                  of_selection_has_lab_on(selection, lab, event->day - 1);
        tagged = tagged || has_tag(selection, &lab->item);
    }
    for (guint i = 0; i < event->people.n; i++) {
        tagged = tagged || has_tag(selection, &event->people.items[i]->item);
    }
    return in_labs && tagged;
}

bool of_selection_stands_out(const OfSelection *selection, const char *id)
{
    return selection->highlight == NULL || (id != NULL && g_hash_table_contains(selection->highlight, id));
}
